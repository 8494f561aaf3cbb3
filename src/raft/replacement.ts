import type { NodeId } from '../common/ids.js';
import type { Address } from '../platform/transport.js';
import type { Voter } from './api.js';
import type { RaftCore } from './core/raft-core.js';
import { nodeIdOfKey, parseReplicaKey, replicaKey } from './core/voter-set.js';
import type { ReplicaKey } from './core/voter-set.js';

/** One step of taking a wiped voter's place: out with what it was; once that is committed, in with what it is now. */
export type ReplacementStep =
  { readonly kind: 'remove'; readonly key: ReplicaKey } | { readonly kind: 'add'; readonly voter: Voter };

export interface ReplacementView {
  readonly core: RaftCore;
  /** Where a node listens, as far as is known beside the voters: by the configuration, or by its registration as a broker. */
  readonly addressOf: (nodeId: NodeId) => Address | undefined;
  readonly nowMs: number;
  /** A replica that answered within it is alive. */
  readonly aliveMs: number;
}

/**
 * What the leader should do next about voters that were wiped, or undefined. A voter is taken for wiped when it is
 * silent and an observer of the same node with another directory id is alive; it is removed only if those that stay can
 * form a majority, and if it is known where the node listens: with the old voter its address goes, and the new one needs one.
 */
export function nextReplacement(view: ReplacementView): ReplacementStep | undefined {
  const { core, addressOf } = view;
  if (core.role !== 'leader') return undefined;
  const alive = aliveReplicas(view);
  if (core.voters.replacing.length === 0 && core.voters.keys.every((key) => alive.has(key))) return undefined;
  for (const nodeId of core.voters.replacing) {
    const address = addressOf(nodeId);
    const key = [...alive].find((candidate) => nodeIdOfKey(candidate) === nodeId);
    if (address === undefined || key === undefined || !core.isCaughtUp(key)) continue;
    return { kind: 'add', voter: { ...parseReplicaKey(key), host: address.host, port: address.port } };
  }
  for (const voter of core.voters.voters) {
    const key = replicaKey(voter);
    if (alive.has(key) || addressOf(voter.nodeId) === undefined) continue;
    if (![...alive].some((other) => nodeIdOfKey(other) === voter.nodeId)) continue;
    const staying = core.voters.withoutVoter(key, true);
    const active = staying.keys.filter((other) => alive.has(other)).length;
    if (staying.size > 0 && active >= staying.majority) return { kind: 'remove', key };
  }
  return undefined;
}

function aliveReplicas({ core, nowMs, aliveMs }: ReplacementView): Set<ReplicaKey> {
  const alive = new Set<ReplicaKey>([core.self]);
  for (const progress of core.progress) {
    if (progress.lastContactMs !== undefined && nowMs - progress.lastContactMs <= aliveMs) alive.add(progress.key);
  }
  return alive;
}

/**
 * Why the voters cannot elect a leader, as one sentence, or undefined: those known to have come back with another
 * directory are lost. `seen`: the key that each node was last heard under.
 */
export function lostMajority(core: RaftCore, seen: ReadonlyMap<NodeId, ReplicaKey>): string | undefined {
  if (!core.isElectable) return undefined;
  const { voters } = core;
  const wiped = voters.voters.filter((voter) => {
    const now = seen.get(voter.nodeId);
    return now !== undefined && now !== replicaKey(voter);
  });
  if (voters.size - wiped.length >= voters.majority) return undefined;
  return (
    `Voters ${wiped.map((voter) => voter.nodeId).join(', ')} came back with blank directories, so that only ` +
    `${voters.size - wiped.length} of ${voters.size} voters still hold the log and no leader can be elected: restore ` +
    'one of their directories, or run `varve quorum recover` on this node.'
  );
}
