import type { NodeId, Offset, Uuid } from '../../common/ids.js';
import type { EpochStart } from '../../log/leader-epoch-cache.js';
import type { SimulatedCluster } from './simulated-cluster.js';

/** One replica, as far as it can be looked at between two events. */
export interface MatchedReplica {
  readonly nodeId: NodeId;
  readonly startOffset: Offset;
  /** What it holds for committed, of what it has. */
  readonly highWatermark: Offset;
  /** Leader epochs of its batches. */
  readonly epochs: readonly EpochStart[];
}

/**
 * That the replicas of a partition are equal below the high watermark, at any time: what both of two hold for committed is of
 * the same leader epochs, offset for offset. One leader writes an epoch, and sends it as it is, so that a replica which kept
 * what its leader has cut shows in this. (Bytes take reads, which faults disturb: they are compared at the end.)
 */
export function checkMatching(name: string, replicas: readonly MatchedReplica[]): void {
  const [first, ...others] = replicas;
  if (first === undefined) return;
  for (const other of others) {
    const from = Math.max(knownFrom(first), knownFrom(other));
    const limit = Math.min(first.highWatermark, other.highWatermark);
    if (from >= limit || isSameWithin(first.epochs, other.epochs, from, limit)) continue;
    const [expected, found] = [epochsWithin(first.epochs, from, limit), epochsWithin(other.epochs, from, limit)];
    throw new Error(
      `${name} has from ${from} to ${limit}, below the high watermark, the leader epochs ${expected} on node ` +
        `${first.nodeId} and ${found} on node ${other.nodeId}`,
    );
  }
}

/**
 * A log that was to start later, and crashed before it had stored that, starts where it was, but has not noted the epochs before the
 * place any more.
 */
function knownFrom({ startOffset, epochs }: MatchedReplica): Offset {
  return Math.max(startOffset, epochs[0]?.startOffset ?? startOffset);
}

/** Those of one partition, by its name for people. */
interface MatchedPartition {
  readonly name: string;
  readonly replicas: MatchedReplica[];
}

/** The replicas of all partitions of topics that are `judged`. */
export function matchedReplicas(
  { runningNodes }: SimulatedCluster,
  judged: (topic: string) => boolean,
): readonly MatchedPartition[] {
  const partitions: MatchedPartition[] = [];
  const byTopic = new Map<Uuid, Map<number, MatchedReplica[]>>();
  for (const { nodeId, logs, replicas } of runningNodes) {
    for (const { topic, topicId, partition, startOffset, endOffset, epochs } of logs.logs) {
      const replica = replicas.replica(topic, partition);
      if (replica?.topicId !== topicId || !judged(topic)) continue;
      const highWatermark = Math.min(replica.highWatermark, endOffset);
      let ofTopic = byTopic.get(topicId);
      if (ofTopic === undefined) byTopic.set(topicId, (ofTopic = new Map()));
      let known = ofTopic.get(partition);
      if (known === undefined) {
        ofTopic.set(partition, (known = []));
        partitions.push({ name: `${topic}-${partition} (${topicId})`, replicas: known });
      }
      known.push({ nodeId, startOffset, highWatermark, epochs });
    }
  }
  return partitions;
}

/** Where in `epochs`, which ascend by offset, the one of the record at `offset` stands; 0 below the first. */
function indexAt(epochs: readonly EpochStart[], offset: Offset): number {
  let index = epochs.length - 1;
  while (index > 0 && (epochs[index]?.startOffset ?? 0) > offset) index--;
  return Math.max(0, index);
}

/** Whether both give every offset in from .. limit-1 the same epoch: as `epochsWithin` tells it, without the words. */
function isSameWithin(a: readonly EpochStart[], b: readonly EpochStart[], from: Offset, limit: Offset): boolean {
  let i = indexAt(a, from);
  let j = indexAt(b, from);
  for (;;) {
    const inA = a[i];
    const inB = b[j];
    const isInA = inA !== undefined && inA.startOffset < limit;
    const isInB = inB !== undefined && inB.startOffset < limit;
    if (!isInA || !isInB) return isInA === isInB;
    if (inA.epoch !== inB.epoch) return false;
    if (Math.max(inA.startOffset, from) !== Math.max(inB.startOffset, from)) return false;
    i++;
    j++;
  }
}

/** `3 from 0, 5 from 17`. */
function epochsWithin(epochs: readonly EpochStart[], from: Offset, limit: Offset): string {
  const within: string[] = [];
  for (const [index, { epoch, startOffset }] of epochs.entries()) {
    const endOffset = epochs[index + 1]?.startOffset ?? limit;
    if (endOffset > from && startOffset < limit) within.push(`${epoch} from ${Math.max(startOffset, from)}`);
  }
  return within.join(', ');
}
