import { VarveError } from '../../common/errors.js';
import type { PartitionLog } from '../../log/partition-log.js';
import { batchNextOffset, batchSizeBytes } from '../../record/batch-header.js';
import type { SimulatedCluster } from './simulated-cluster.js';

/** One replica's log as it stands on its node. */
interface ReplicaView {
  readonly nodeId: number;
  readonly log: PartitionLog;
  readonly highWatermark: number;
}

const CHUNK_BYTES = 1024 * 1024;

/**
 * Compares the replicas of every partition of a topic byte by byte, below the lowest high watermark that any of them
 * knows. Gives a sentence for each difference, and for each partition of which fewer than `replicas` replicas were there to
 * be compared. Call it when nobody writes and every replica is readable.
 */
export async function compareReplicas(
  cluster: SimulatedCluster,
  { topic, partitions, replicas, deletedBelow }: ReplicatedTopic,
): Promise<string[]> {
  const differences: string[] = [];
  for (let partition = 0; partition < partitions; partition++) {
    const views = replicasOf(cluster, topic, partition);
    if (views.length !== replicas) {
      const nodeIds = views.map(({ nodeId }) => nodeId).join(', ') || 'none';
      differences.push(`${topic}-${partition}: ${views.length} of ${replicas} replicas could be compared: ${nodeIds}`);
    }
    // Of one that lacks its beginning no more would be compared than of the shortest.
    const mayStartAt = deletedBelow?.(partition) ?? 0;
    for (const { nodeId, log } of views) {
      if (log.startOffset <= mayStartAt) continue;
      differences.push(
        `${topic}-${partition}: node ${nodeId} starts at ${log.startOffset}, though records were deleted below ` +
          `${mayStartAt} alone`,
      );
    }
    const [first, ...others] = views;
    if (first === undefined) continue;
    const limit = Math.min(first.highWatermark, ...others.map(({ highWatermark }) => highWatermark));
    const from = Math.max(first.log.startOffset, ...others.map(({ log }) => log.startOffset));
    const expected = await batchesOf(first.log, from, limit);
    for (const other of others) {
      const found = await batchesOf(other.log, from, limit);
      for (const [offset, batch] of expected) {
        const same = found.get(offset);
        if (same !== undefined && same.equals(batch)) continue;
        const what = same === undefined ? 'has no batch' : 'has another batch';
        differences.push(`${topic}-${partition}: node ${other.nodeId} ${what} at ${offset} than node ${first.nodeId}`);
        break;
      }
      const extra = [...found.keys()].filter((offset) => !expected.has(offset));
      if (extra.length > 0) {
        differences.push(
          `${topic}-${partition}: node ${other.nodeId} has batches at ${extra.slice(0, 5).join(', ')} that node ` +
            `${first.nodeId} has not (${from} to ${limit})`,
        );
      }
    }
  }
  return differences;
}

/**
 * Reads every replica of a topic whole, and names those that the disk damaged: reading finds the damage, and its repair
 * follows.
 */
export async function unreadableReplicas(
  cluster: SimulatedCluster,
  topic: string,
  partitions: number,
): Promise<string[]> {
  const names: string[] = [];
  for (let partition = 0; partition < partitions; partition++) {
    for (const view of replicasOf(cluster, topic, partition)) {
      if (view.log.damagedRanges.length === 0 && (await isReadable(view))) continue;
      cluster.simulation.reached('a replica was damaged at the end');
      names.push(`${topic}-${partition} of node ${view.nodeId}`);
    }
  }
  return names;
}

/** A topic, and how many replicas each of its partitions has. */
export interface ReplicatedTopic {
  readonly topic: string;
  readonly partitions: number;
  readonly replicas: number;
  /** By partition: records below may have been deleted, above none. Absent: no record is deleted. */
  readonly deletedBelow?: (partition: number) => number;
}

/**
 * What stands in the way of comparing the replicas of a topic: those that are not there (their node may just have ended, as its
 * disk failed), and those that know of a lower high watermark than others, where a comparison would end. They hear of it soon
 * after the last write.
 */
export function laggingReplicas(cluster: SimulatedCluster, { topic, partitions, replicas }: ReplicatedTopic): string[] {
  const names: string[] = [];
  for (let partition = 0; partition < partitions; partition++) {
    const views = replicasOf(cluster, topic, partition);
    if (views.length !== replicas) names.push(`${topic}-${partition} has ${views.length} of ${replicas} replicas`);
    const highest = Math.max(...views.map(({ highWatermark }) => highWatermark));
    for (const { nodeId, highWatermark } of views) {
      if (highWatermark < highest) names.push(`${topic}-${partition} of node ${nodeId}`);
    }
  }
  return names;
}

function replicasOf(cluster: SimulatedCluster, topic: string, partition: number): ReplicaView[] {
  const views: ReplicaView[] = [];
  for (const node of cluster.runningNodes) {
    const replica = node.replicas.replica(topic, partition);
    if (replica === undefined) continue;
    // Beside it the log of a topic of that name may stand that was deleted before.
    const log = node.logs.logs.find((one) => one.topicId === replica.topicId && one.partition === partition);
    if (log !== undefined) {
      views.push({ nodeId: node.nodeId, log, highWatermark: Math.min(replica.highWatermark, log.endOffset) });
    }
  }
  return views;
}

async function isReadable({ log, highWatermark }: ReplicaView): Promise<boolean> {
  try {
    await batchesOf(log, log.startOffset, highWatermark);
    return true;
  } catch (error) {
    if (error instanceof VarveError && error.code === 'CORRUPT_MESSAGE') return false;
    throw error;
  }
}

/** Whole batches by base offset. */
async function batchesOf(log: PartitionLog, from: number, limit: number): Promise<ReadonlyMap<number, Buffer>> {
  const batches = new Map<number, Buffer>();
  for (let next = from; next < limit;) {
    const buffers = await log.read(next, CHUNK_BYTES, limit);
    if (buffers.length === 0) break;
    for (const buffer of buffers) {
      for (let at = 0; at < buffer.length;) {
        const end = at + batchSizeBytes(buffer, at);
        batches.set(Number(buffer.readBigInt64BE(at)), buffer.subarray(at, end));
        next = batchNextOffset(buffer, at);
        at = end;
      }
    }
  }
  return batches;
}
