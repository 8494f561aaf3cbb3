import type { Clock } from '../../platform/clock.js';
import { sleep } from '../../platform/clock.js';
import { toVarveError } from '../../common/errors.js';
import type { Offset } from '../../common/ids.js';
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

interface Looked {
  readonly chunks: PartitionChunk[];
  readonly sizeBytes: number;
  /** There is more than the answer takes: waiting adds nothing to it. */
  readonly isFull: boolean;
}

/** What was read and is not enough is read anew: not at each step of a high watermark, and ever more seldom. */
const FIRST_PAUSE_MS = 5;
const LAST_PAUSE_MS = 100;

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
  let pauseMs = FIRST_PAUSE_MS;
  for (;;) {
    // Noted before reading: what is appended while the disk is read must end the wait, not be slept through.
    const ends = positions.map(({ leader }) => leader.highWatermark);
    const looked = await readAll(call, positions, sizeLimit);
    if (late || isEnough(call, looked)) return looked.chunks;
    if (looked.sizeBytes > 0) {
      await sleep(clock, Math.min(pauseMs, Math.max(0, deadlineMs - clock.monotonicMs())));
      pauseMs = Math.min(2 * pauseMs, LAST_PAUSE_MS);
    }
    const isOver = await changed(clock, positions, ends, deadlineMs - clock.monotonicMs(), call.context.signal);
    late = isOver || clock.monotonicMs() >= deadlineMs;
  }
}

function isEnough(call: FetchCall, { chunks, sizeBytes, isFull }: Looked): boolean {
  if (chunks.some(({ error, divergingEpoch }) => error !== undefined || divergingEpoch !== undefined)) return true;
  return sizeBytes >= call.minBytes || (isFull && sizeBytes > 0);
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
    // One partition may be asked for at thousands of offsets: it tells once.
    const noted = new Map<PartitionLeader, number | undefined>();
    for (const [index, { leader }] of positions.entries()) if (!noted.has(leader)) noted.set(leader, ends[index]);
    for (const [leader, end] of noted) {
      if (leader.closed !== undefined || leader.highWatermark !== end) finish(false);
      // What is subscribed to after that nobody would take back: an idle partition would keep it for good.
      if (isOver) return;
      stops.push(leader.onHighWatermark(() => finish(false)));
    }
    signal.addEventListener('abort', onAbort, { once: true });
    if (signal.aborted) finish(true);
  });
}

async function readAll(call: FetchCall, positions: readonly LocalPosition[], sizeLimit: number): Promise<Looked> {
  const readCommitted = call.isolation === 'readCommitted';
  const maxBytes = Math.min(call.maxBytes, sizeLimit);
  const chunks: PartitionChunk[] = [];
  let sizeBytes = 0;
  let isFull = false;
  for (const local of positions) {
    const end = local.leader.visibleEnd(readCommitted);
    const chunk = await readOne(local, readCommitted, Math.max(0, maxBytes - sizeBytes), end);
    sizeBytes += chunk.sizeBytes;
    isFull ||= chunk.nextOffset < end;
    chunks.push(chunk);
  }
  return { chunks, sizeBytes, isFull };
}

async function readOne(
  local: LocalPosition,
  readCommitted: boolean,
  maxBytes: number,
  end: Offset,
): Promise<PartitionChunk> {
  const { position, leader } = local;
  try {
    if (leader.closed !== undefined) throw leader.closed;
    checkLeaderEpoch(leader, position.currentLeaderEpoch);
    const diverging = divergence(leader.log, position.lastFetchedEpoch, position.offset);
    if (diverging !== undefined)
      return failure(position, undefined, { leaderEpoch: diverging.epoch, endOffset: diverging.endOffset });
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
