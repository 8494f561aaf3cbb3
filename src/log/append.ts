import { defined } from '../common/assert.js';
import type { LeaderEpoch, Offset } from '../common/ids.js';
import {
  batchBaseOffset,
  batchLastOffset,
  batchLastOffsetDelta,
  batchLeaderEpoch,
  batchMaxTimestamp,
  batchNextOffset,
  batchRecordCount,
  batchSizeBytes,
  NO_TIMESTAMP,
  setBaseOffsetAndEpoch,
} from '../record/batch-header.js';
import type { LogState } from './log-state.js';
import { replayBatch } from './producer-replay.js';
import { MAX_RELATIVE_OFFSET } from './segment.js';

/** What makes checked batches part of a log, as copies. */

/** Gives the batches their offsets, from the log's end on, and the leader's epoch, and appends them. */
export function appendWithOffsets(state: LogState, batches: Buffer, leaderEpoch: LeaderEpoch): void {
  let next = state.endOffset;
  for (let at = 0; at < batches.length; at += batchSizeBytes(batches, at)) {
    setBaseOffsetAndEpoch(batches, at, next, leaderEpoch);
    next += batchLastOffsetDelta(batches, at) + 1;
  }
  take(state, batches, next);
}

/** Appends the batches with the offsets that they have: at the log's end, or behind a gap. */
export function appendAsIs(state: LogState, batches: Buffer): void {
  const end = endOf(batches);
  const fitsSegment =
    batches.length <= state.config.segmentBytes && end - 1 - batchBaseOffset(batches, 0) <= MAX_RELATIVE_OFFSET;
  if (fitsSegment) take(state, batches, end);
  else takeEach(state, batches);
}

/** Batch for batch, so that none of many makes a segment too large or too long. */
function takeEach(state: LogState, batches: Buffer): void {
  for (let at = 0; at < batches.length;) {
    const end = at + batchSizeBytes(batches, at);
    take(state, batches.subarray(at, end), batchNextOffset(batches, at));
    at = end;
  }
}

/** Makes checked batches with their offsets part of the log, in memory, and hands them to the writer. */
function take(state: LogState, batches: Buffer, nextOffset: Offset): void {
  const { tailCache, smallBatches } = state.services;
  // First: where there is no memory for it, nothing has happened.
  const entry = tailCache.entry(batches, batchBaseOffset(batches, 0), nextOffset, smallBatches);
  rollIfNeeded(state, batches, nextOffset);
  const segment = state.segments.active;
  let records = 0;
  let expected = state.endOffset;
  let isGapless = true;
  for (let at = 0; at < batches.length; at += batchSizeBytes(batches, at)) {
    const baseOffset = batchBaseOffset(batches, at);
    const lastOffset = batchLastOffset(batches, at);
    isGapless &&= baseOffset === expected;
    state.epochs.assignBehind(expected, batchLeaderEpoch(batches, at), baseOffset);
    expected = lastOffset + 1;
    const maxTimestamp = batchMaxTimestamp(batches, at);
    segment.add(batchSizeBytes(batches, at), lastOffset, maxTimestamp, state.config.indexIntervalBytes);
    const aborted = replayBatch(state.producers, batches, at);
    if (aborted !== undefined) segment.transactions.add(aborted);
    records += batchRecordCount(batches, at);
  }
  state.endOffset = nextOffset;
  state.tail.add(entry);
  if (!isGapless && state.gaps !== 'noted') {
    state.gaps = 'seen';
    state.writer.seal(segment, () => state.noteGaps());
  }
  state.writer.write(segment, entry, records);
}

function rollIfNeeded(state: LogState, batches: Buffer, nextOffset: Offset): void {
  let maxTimestamp = NO_TIMESTAMP;
  for (let at = 0; at < batches.length; at += batchSizeBytes(batches, at)) {
    maxTimestamp = Math.max(maxTimestamp, batchMaxTimestamp(batches, at));
  }
  const nowMs = state.services.platform.clock.wallMs();
  const reason = { sizeBytes: batches.length, lastOffset: nextOffset - 1, maxTimestamp, nowMs };
  const { active } = state.segments;
  if (active.firstTimestamp === undefined && active.created) void state.reader.loadFirstTimestamp(active);
  if (!active.mustRoll(state.config, reason)) return;
  // As in Kafka: behind a gap that compaction left, a segment from the log's end on could not hold the batch either.
  const isFar = reason.lastOffset - state.endOffset > MAX_RELATIVE_OFFSET;
  state.roll(isFar ? batchBaseOffset(batches, 0) : state.endOffset);
}

function endOf(batches: Buffer): Offset {
  let end: Offset | undefined;
  for (let at = 0; at < batches.length; at += batchSizeBytes(batches, at)) end = batchNextOffset(batches, at);
  return defined(end, 'an append has a batch');
}
