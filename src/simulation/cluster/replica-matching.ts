import type { NodeId, Offset } from '../../common/ids.js';
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
    const from = Math.max(first.startOffset, other.startOffset);
    const limit = Math.min(first.highWatermark, other.highWatermark);
    if (from >= limit) continue;
    const [expected, found] = [epochsWithin(first.epochs, from, limit), epochsWithin(other.epochs, from, limit)];
    if (expected === found) continue;
    throw new Error(
      `${name} has from ${from} to ${limit}, below the high watermark, the leader epochs ${expected} on node ` +
        `${first.nodeId} and ${found} on node ${other.nodeId}`,
    );
  }
}

/** The replicas of all partitions of topics that are `judged`, by a name of the partition. */
export function matchedReplicas(
  { runningNodes }: SimulatedCluster,
  judged: (topic: string) => boolean,
): ReadonlyMap<string, readonly MatchedReplica[]> {
  const partitions = new Map<string, MatchedReplica[]>();
  for (const { nodeId, logs, replicas } of runningNodes) {
    for (const { topic, topicId, partition, startOffset, endOffset, epochs } of logs.logs) {
      const replica = replicas.replica(topic, partition);
      if (replica?.topicId !== topicId || !judged(topic)) continue;
      const highWatermark = Math.min(replica.highWatermark, endOffset);
      const name = `${topic}-${partition} (${topicId})`;
      const known = partitions.get(name);
      const view = { nodeId, startOffset, highWatermark, epochs };
      if (known === undefined) partitions.set(name, [view]);
      else known.push(view);
    }
  }
  return partitions;
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
