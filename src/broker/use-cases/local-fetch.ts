import type { Clock } from '../../platform/clock.js';
import { toVarveError } from '../../common/errors.js';
import { divergence } from '../../replication/divergence.js';
import type { PartitionLeader } from '../../replication/partition-leader.js';
import { logRead } from '../../replication/replica-log.js';
import type { FetchCall, PartitionChunk, ReadPosition } from '../broker-api.js';
import { checkLeaderEpoch } from '../partition-lookup.js';
import { failure, offsetOutOfRange } from './local-consume.js';

/** A partition of a fetch with its leader here. */
export interface LocalPosition {
  readonly position: ReadPosition;
  readonly leader: PartitionLeader;
}

/**
 * One read of partitions that this node leads: at once when there is enough or an error, else when appends have brought
 * `minBytes`, or after `maxWaitMs` with what there is.
 */
export async function fetchLocal(
  clock: Clock,
  call: FetchCall,
  positions: readonly LocalPosition[],
  sizeLimit: number,
): Promise<PartitionChunk[]> {
  const deadlineMs = clock.monotonicMs() + call.maxWaitMs;
  let late = call.maxWaitMs <= 0;
  for (;;) {
    // Noted before reading: what is appended while the disk is read must end the wait, not be slept through.
    const ends = positions.map(({ leader }) => leader.highWatermark);
    const chunks = await readAll(call, positions, sizeLimit);
    if (late || isEnough(call, chunks)) return chunks;
    late = await changed(clock, positions, ends, deadlineMs - clock.monotonicMs(), call.context.signal);
  }
}

function isEnough(call: FetchCall, chunks: readonly PartitionChunk[]): boolean {
  let sizeBytes = 0;
  for (const chunk of chunks) {
    if (chunk.error !== undefined || chunk.divergingEpoch !== undefined) return true;
    sizeBytes += chunk.sizeBytes;
  }
  return sizeBytes >= call.minBytes;
}

/** Resolves when any partition's high watermark is above `ends` (false) or the time is over or the caller gone (true). */
function changed(
  clock: Clock,
  positions: readonly LocalPosition[],
  ends: readonly number[],
  waitMs: number,
  signal: AbortSignal,
): Promise<boolean> {
  return new Promise((resolve) => {
    const stops: Array<() => void> = [];
    let isOver = false;
    const finish = (late: boolean): void => {
      isOver = true;
      for (const stop of stops.splice(0)) stop();
      timer.cancel();
      signal.removeEventListener('abort', onAbort);
      resolve(late);
    };
    const onAbort = (): void => finish(true);
    const timer = clock.after(Math.max(0, waitMs), () => finish(true));
    for (const [index, { leader }] of positions.entries()) {
      if (leader.closed !== undefined || leader.highWatermark !== ends[index]) finish(false);
      // What is subscribed to after that nobody would take back: an idle partition would keep it for good.
      if (isOver) return;
      stops.push(leader.onHighWatermark(() => finish(false)));
    }
    signal.addEventListener('abort', onAbort, { once: true });
    if (signal.aborted) finish(true);
  });
}

async function readAll(
  call: FetchCall,
  positions: readonly LocalPosition[],
  sizeLimit: number,
): Promise<PartitionChunk[]> {
  const chunks: PartitionChunk[] = [];
  let left = Math.min(call.maxBytes, sizeLimit);
  for (const position of positions) {
    const chunk = await readOne(position, call.isolation === 'readCommitted', left);
    left = Math.max(0, left - chunk.sizeBytes);
    chunks.push(chunk);
  }
  return chunks;
}

async function readOne(local: LocalPosition, readCommitted: boolean, maxBytes: number): Promise<PartitionChunk> {
  const { position, leader } = local;
  try {
    if (leader.closed !== undefined) throw leader.closed;
    checkLeaderEpoch(leader, position.currentLeaderEpoch);
    const diverging = divergence(leader.log, position.lastFetchedEpoch, position.offset);
    if (diverging !== undefined)
      return failure(position, undefined, { leaderEpoch: diverging.epoch, endOffset: diverging.endOffset });
    const end = leader.visibleEnd(readCommitted);
    if (position.offset < leader.log.startOffset || position.offset > leader.log.endOffset)
      throw offsetOutOfRange(position, leader);
    const buffers =
      position.offset >= end || maxBytes <= 0 ? [] : await leader.log.read(position.offset, maxBytes, end);
    const read = logRead(position.offset, buffers);
    return {
      topic: position.topic,
      partition: position.partition,
      positionId: position.positionId,
      error: undefined,
      highWatermark: leader.highWatermark,
      lastStableOffset: leader.visibleEnd(true),
      logStartOffset: leader.log.startOffset,
      batches: read.buffers,
      sizeBytes: read.sizeBytes,
      abortedTransactions: readCommitted ? leader.log.abortedTransactions(position.offset, read.nextOffset) : [],
      nextOffset: read.nextOffset,
      divergingEpoch: undefined,
    };
  } catch (error) {
    return failure(position, toVarveError(error));
  }
}
