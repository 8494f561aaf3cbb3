import { assert } from '../../common/assert.js';
import type { NodeId, Uuid } from '../../common/ids.js';
import type { ReplicaId, Voter } from '../api.js';

/**
 * `node.id@directory id` as one string: how the core names a replica. Two replicas of one node (before and after a
 * wipe) have different keys.
 */
export type ReplicaKey = string;

export function replicaKey(replica: ReplicaId): ReplicaKey {
  return `${replica.nodeId}@${replica.directoryId}`;
}

export function parseReplicaKey(key: ReplicaKey): ReplicaId {
  const at = key.indexOf('@');
  assert(at > 0, 'a replica key is node.id@directory id');
  return { nodeId: Number(key.slice(0, at)), directoryId: key.slice(at + 1) };
}

export function nodeIdOfKey(key: ReplicaKey): NodeId {
  return Number.parseInt(key, 10);
}

/** Who votes, ordered by node.id; immutable. The cluster id is unknown only in a founding set. */
export class VoterSet {
  readonly clusterId: Uuid | undefined;
  readonly voters: readonly Voter[];
  readonly keys: readonly ReplicaKey[];
  /** Nodes whose wiped voter was taken out: their new replica is to be added once it has caught up. */
  readonly replacing: readonly NodeId[];

  constructor(voters: readonly Voter[], clusterId: Uuid | undefined, replacing: readonly NodeId[] = []) {
    this.clusterId = clusterId;
    this.replacing = replacing;
    this.voters = voters.toSorted((a, b) => a.nodeId - b.nodeId);
    this.keys = this.voters.map(replicaKey);
    assert(new Set(this.voters.map((v) => v.nodeId)).size === voters.length, 'no node is in a voter set twice');
  }

  static readonly empty = new VoterSet([], undefined);

  get size(): number {
    return this.voters.length;
  }

  /** The least number of voters that is more than half. */
  get majority(): number {
    return Math.floor(this.voters.length / 2) + 1;
  }

  has(key: ReplicaKey): boolean {
    return this.keys.includes(key);
  }

  find(nodeId: NodeId): Voter | undefined {
    return this.voters.find((voter) => voter.nodeId === nodeId);
  }

  withVoter(voter: Voter): VoterSet {
    return new VoterSet([...this.voters, voter], this.clusterId, this.#replacingWithout(voter.nodeId));
  }

  /** `replaced`: another replica of the same node is to take its place. */
  withoutVoter(key: ReplicaKey, replaced: boolean): VoterSet {
    const nodeId = nodeIdOfKey(key);
    const others = this.#replacingWithout(nodeId);
    return new VoterSet(
      this.voters.filter((voter) => replicaKey(voter) !== key),
      this.clusterId,
      replaced ? [...others, nodeId] : others,
    );
  }

  #replacingWithout(nodeId: NodeId): readonly NodeId[] {
    return this.replacing.filter((id) => id !== nodeId);
  }

  withClusterId(clusterId: Uuid): VoterSet {
    return new VoterSet(this.voters, clusterId, this.replacing);
  }

  sameReplicas(other: VoterSet): boolean {
    return this.size === other.size && this.keys.every((key) => other.has(key));
  }
}
