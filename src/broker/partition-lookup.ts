import { VarveError } from '../common/errors.js';
import type { LeaderEpoch, NodeId, Uuid } from '../common/ids.js';
import type { PartitionLeader } from '../replication/partition-leader.js';
import type { ReplicaManager } from '../replication/replica-manager.js';

/** Where a partition is led, as the metadata image of this node has it. */
export interface PartitionRoute {
  /** -1: none at the moment. */
  readonly leader: NodeId;
  readonly leaderEpoch: LeaderEpoch;
}

/** A request for a partition is served by its leader here, or goes on to another node. */
export type Found = { readonly leader: PartitionLeader } | { readonly forwardTo: NodeId };

/** Finds who serves a partition. */
export class PartitionLookup {
  readonly #nodeId: NodeId;
  readonly #replicas: ReplicaManager;
  readonly #route: (topic: string, partition: number) => PartitionRoute | undefined;

  /** `route` reads the image: undefined for a partition that does not exist. */
  constructor(
    nodeId: NodeId,
    replicas: ReplicaManager,
    route: (topic: string, partition: number) => PartitionRoute | undefined,
  ) {
    this.#nodeId = nodeId;
    this.#replicas = replicas;
    this.#route = route;
  }

  /** The leader if it is this node. The quick way for the hot path. */
  local(topic: string, partition: number): PartitionLeader | undefined {
    return this.#replicas.replica(topic, partition)?.leader;
  }

  /** Throws UNKNOWN_TOPIC_OR_PARTITION, LEADER_NOT_AVAILABLE, NOT_LEADER_OR_FOLLOWER. */
  find(topic: string, partition: number): Found {
    const leader = this.local(topic, partition);
    if (leader !== undefined) return { leader };
    const route = this.#route(topic, partition);
    if (route === undefined) {
      throw new VarveError(
        'UNKNOWN_TOPIC_OR_PARTITION',
        `There is no partition ${partition} of a topic '${topic}' here.`,
      );
    }
    if (route.leader < 0) {
      throw new VarveError('LEADER_NOT_AVAILABLE', `${topic}-${partition} has no leader at the moment. Try again.`);
    }
    if (route.leader === this.#nodeId) {
      throw new VarveError(
        'NOT_LEADER_OR_FOLLOWER',
        `Node ${this.#nodeId} is about to lead ${topic}-${partition}. Try again.`,
      );
    }
    return { forwardTo: route.leader };
  }

  /** The leader here, with the reader's leader epoch checked (KIP-320). Throws as `find` does. */
  findLocal(topic: string, partition: number, currentLeaderEpoch: LeaderEpoch): PartitionLeader {
    const found = this.find(topic, partition);
    if (!('leader' in found)) {
      throw new VarveError(
        'NOT_LEADER_OR_FOLLOWER',
        `Node ${found.forwardTo} leads ${topic}-${partition}, not ${this.#nodeId}.`,
      );
    }
    checkLeaderEpoch(found.leader, currentLeaderEpoch);
    return found.leader;
  }
}

/** KIP-516; undefined checks nothing. Throws UNKNOWN_TOPIC_ID. */
export function checkTopicId(leader: PartitionLeader, asked: Uuid | undefined): void {
  if (asked === undefined || asked === leader.topicId) return;
  throw new VarveError(
    'UNKNOWN_TOPIC_ID',
    `The topic of this name has the id ${leader.topicId}, the request says ${asked}: it was deleted and made again. Refresh the metadata.`,
  );
}

/** KIP-320; -1 checks nothing. Throws FENCED_LEADER_EPOCH or UNKNOWN_LEADER_EPOCH. */
export function checkLeaderEpoch(leader: PartitionLeader, asked: LeaderEpoch): void {
  if (asked < 0 || asked === leader.leaderEpoch) return;
  if (asked < leader.leaderEpoch) {
    throw new VarveError(
      'FENCED_LEADER_EPOCH',
      `The leader epoch is ${leader.leaderEpoch}, the request says ${asked}. Refresh the metadata.`,
    );
  }
  throw new VarveError(
    'UNKNOWN_LEADER_EPOCH',
    `The leader epoch ${asked} is not known here yet; it is ${leader.leaderEpoch}. Try again.`,
  );
}
