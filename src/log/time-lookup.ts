import type { LeaderEpoch, Offset } from '../common/ids.js';
import {
  batchBaseOffset,
  batchLastOffset,
  batchLeaderEpoch,
  batchMaxTimestamp,
  batchSizeBytes,
} from '../record/batch-header.js';
import { RecordCursor } from '../record/record-cursor.js';
import { scanBatches } from './batch-scan.js';
import { Pacer } from './compaction.js';
import { latestOf, placeOf, timeEntryOf } from './index-repair.js';
import type { LogState } from './log-state.js';
import { openBatch } from './open-batch.js';
import { follows } from './segment-reader.js';
import type { Segment } from './segment.js';

/** Asks for the record with the greatest timestamp (ListOffsets, KIP-734). */
export const MAX_TIMESTAMP = -3;

/** Bytes read at once where the indexes do not tell. */
const WALK_BYTES = 128 * 1024;

export interface TimestampedOffset {
  readonly offset: Offset;
  readonly timestampMs: number;
  readonly leaderEpoch: LeaderEpoch;
}

/** The first record with at least `timestampMs`, from the log's start to `upToOffset`. */
export async function findTimestamp(
  state: LogState,
  timestampMs: number,
  upToOffset: Offset,
): Promise<TimestampedOffset | undefined> {
  return search(state, () => searchLog(state, timestampMs, upToOffset));
}

/** The record with the greatest timestamp from the log's start to `upToOffset`, the first of several. */
export async function findMaxTimestamp(state: LogState, upToOffset: Offset): Promise<TimestampedOffset | undefined> {
  return search(state, async () => {
    for (;;) {
      const { startOffset } = state;
      const greatest = await greatestOf(state, upToOffset);
      const found = greatest < 0 ? undefined : await searchLog(state, greatest, upToOffset);
      // Else what was the greatest may have been deleted under the search.
      if (found !== undefined || startOffset === state.startOffset) return found;
    }
  });
}

/** In its turn: each reads batches of its own, and inflates them. */
function search<T>(state: LogState, run: () => Promise<T>): Promise<T> {
  return state.services.searches.run(() => ofOneGeneration(state, run));
}

/** Searches again when segments were cut, exchanged or removed under the search: it may have looked at files that went. */
async function ofOneGeneration<T>(state: LogState, run: () => Promise<T>): Promise<T> {
  for (;;) {
    const { generation } = state.reader;
    try {
      const found = await state.tryToRead(run);
      if (generation === state.reader.generation) return found;
    } catch (error) {
      if (generation === state.reader.generation) throw error;
    }
    state.services.checkOnline();
  }
}

async function searchLog(
  state: LogState,
  timestampMs: number,
  upToOffset: Offset,
): Promise<TimestampedOffset | undefined> {
  for (const segment of [...state.segments.all]) {
    if (segment.baseOffset >= upToOffset) return undefined;
    if ((await latestOf(state, segment)).timestamp < timestampMs) continue;
    const earlier = await timeEntryOf(state, segment, (times) => times.lastEarlier(timestampMs));
    const from = Math.max(earlier?.lastOffset ?? segment.baseOffset, state.startOffset);
    const found = await searchFrom(state, segment, from, { timestampMs, upToOffset });
    if (found !== undefined) return found;
  }
  return undefined;
}

async function greatestOf(state: LogState, upToOffset: Offset): Promise<number> {
  let greatest = -1;
  for (const segment of [...state.segments.all]) {
    if (segment.baseOffset >= upToOffset) break;
    greatest = Math.max(greatest, await greatestTimestamp(state, segment, upToOffset));
  }
  return greatest;
}

/**
 * The greatest timestamp of the segment's batches from the log's start to `upToOffset`: from its indexes as far as they tell,
 * which is nothing of what follows a later timestamp that was deleted.
 */
async function greatestTimestamp(state: LogState, segment: Segment, upToOffset: Offset): Promise<number> {
  const latest = await latestOf(state, segment);
  if (latest.timestamp < 0) return -1;
  if (latest.offset < upToOffset && (await isKept(state, segment, latest.offset, upToOffset))) return latest.timestamp;
  const indexed = await timeEntryOf(state, segment, (times) => times.lastBefore(upToOffset));
  const isEntryKept = indexed !== undefined && (await isKept(state, segment, indexed.lastOffset, upToOffset));
  let greatest = isEntryKept ? indexed.timestamp : -1;
  const end = Math.min(upToOffset, state.segments.endOf(state.segments.all.indexOf(segment), state.endOffset));
  for (let next = isEntryKept ? indexed.lastOffset : Math.max(segment.baseOffset, state.startOffset); next < end;) {
    const batches = await batchesAt(state, next, WALK_BYTES, end);
    if (batches.length === 0) break;
    for (const buffer of batches) {
      for (let at = 0; at < buffer.length; at += batchSizeBytes(buffer, at)) {
        next = batchLastOffset(buffer, at) + 1;
        if (batchMaxTimestamp(buffer, at) <= greatest) continue;
        greatest =
          batchBaseOffset(buffer, at) >= state.startOffset
            ? batchMaxTimestamp(buffer, at)
            : Math.max(greatest, await greatestOfRecords(state, buffer.subarray(at)));
      }
    }
  }
  return greatest;
}

/** None of the records of the segment's batch with `offset` was deleted. */
async function isKept(state: LogState, segment: Segment, offset: Offset, upToOffset: Offset): Promise<boolean> {
  if (segment.baseOffset >= state.startOffset) return true;
  if (offset < state.startOffset) return false;
  const batch = await nextBatch(state, offset, upToOffset);
  return batch !== undefined && batchBaseOffset(batch, 0) >= state.startOffset;
}

/** Of the first batch of `batches`, from the log's start on. */
async function greatestOfRecords(state: LogState, batches: Buffer): Promise<number> {
  const { startOffset } = state;
  let greatest = -1;
  await walkRecords(state, batches, (cursor) => {
    if (cursor.offset >= startOffset) greatest = Math.max(greatest, cursor.timestamp);
    return true;
  });
  return greatest;
}

/** Goes over the records of the first batch of `batches` until `visit` says false, and never holds the event loop for long. */
async function walkRecords(state: LogState, batches: Buffer, visit: (cursor: RecordCursor) => boolean): Promise<void> {
  const cursor = new RecordCursor();
  await openBatch(state, cursor, batches, 0);
  const pacer = new Pacer(state.services.platform.clock, { mustYield: false });
  while (cursor.next() && visit(cursor)) {
    if (pacer.isDueAfter(cursor.sizeBytes)) await pacer.pause();
  }
}

interface Wanted {
  readonly timestampMs: number;
  readonly upToOffset: Offset;
}

/** Looks through the segment's batches from the one with `from` on. */
async function searchFrom(
  state: LogState,
  segment: Segment,
  from: Offset,
  wanted: Wanted,
): Promise<TimestampedOffset | undefined> {
  let next: Offset | undefined;
  if (segment.created) {
    const { position, expectedOffset } = await placeOf(state, segment, from);
    let expected = expectedOffset;
    let reached = from;
    const lease = await state.services.files.acquire(segment.logPath, 'read');
    try {
      const range = { from: position, to: segment.writtenBytes, checkCrc: false };
      const scan = await scanBatches(lease.file, range, (chunk, at) => {
        const baseOffset = batchBaseOffset(chunk, at);
        if (expected !== undefined && !follows(baseOffset, expected, state.contiguous)) {
          next = reached;
          return false;
        }
        expected = batchLastOffset(chunk, at) + 1;
        if (baseOffset >= wanted.upToOffset) return false;
        if (batchLastOffset(chunk, at) < from || batchMaxTimestamp(chunk, at) < wanted.timestampMs) {
          reached = Math.max(reached, batchLastOffset(chunk, at) + 1);
          return true;
        }
        next = baseOffset;
        return false;
      });
      // No batch: an ordinary read finds out what is the matter there.
      if (scan.outcome === 'invalid' || scan.outcome === 'incomplete') next = reached;
      const isSealed = segment.writtenBytes === segment.sizeBytes && segment !== state.segments.active;
      // Nor is there one where the end of its file is lost.
      if (scan.outcome === 'end' && isSealed && state.contiguous) next = reached;
    } finally {
      lease.release();
    }
  }
  // What is not in the file yet is in memory; there are no more than a few batches of it.
  next ??= Math.max(from, state.writer.writtenOffset);
  const end = state.segments.endOf(state.segments.all.indexOf(segment), state.endOffset);
  while (next < Math.min(end, wanted.upToOffset)) {
    const batch = await nextBatch(state, next, wanted.upToOffset);
    if (batch === undefined) return undefined;
    if (batchMaxTimestamp(batch, 0) >= wanted.timestampMs) {
      const found = await searchBatch(state, batch, wanted);
      if (found !== undefined) return found;
    }
    next = batchLastOffset(batch, 0) + 1;
  }
  return undefined;
}

/** The batch with `offset`, or the first after it. */
async function nextBatch(state: LogState, offset: Offset, upToOffset: Offset): Promise<Buffer | undefined> {
  const [first] = await batchesAt(state, offset, 1, upToOffset);
  return first?.subarray(0, batchSizeBytes(first, 0));
}

/** From the batch with `offset` on, or the first after it; through the ordinary read path, so their CRCs are checked. */
async function batchesAt(state: LogState, offset: Offset, maxBytes: number, upToOffset: Offset): Promise<Buffer[]> {
  return state.tail.read(offset, maxBytes, upToOffset) ?? (await state.reader.read(offset, maxBytes, upToOffset));
}

async function searchBatch(state: LogState, batch: Buffer, wanted: Wanted): Promise<TimestampedOffset | undefined> {
  const { startOffset } = state;
  let found: TimestampedOffset | undefined;
  await walkRecords(state, batch, ({ offset, timestamp }) => {
    if (offset >= wanted.upToOffset) return false;
    if (timestamp < wanted.timestampMs || offset < startOffset) return true;
    found = { offset, timestampMs: timestamp, leaderEpoch: batchLeaderEpoch(batch, 0) };
    return false;
  });
  return found;
}
