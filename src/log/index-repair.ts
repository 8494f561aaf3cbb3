import type { Offset } from '../common/ids.js';
import { batchBaseOffset, batchMaxTimestamp, batchSizeBytes, RECORD_BATCH_OVERHEAD } from '../record/batch-header.js';
import { batchAt } from './batch-scan.js';
import type { LogState } from './log-state.js';
import type { BatchPlace } from './segment-reader.js';
import { DamagedBytes, findPosition, indexesOf, loadIndexes } from './segment-reader.js';
import type { Segment } from './segment.js';
import type { TimeIndex, TimeIndexEntry } from './time-index.js';

/**
 * Index files have no checksums, and what a flipped bit makes of one can look right. So an entry counts only when the
 * batch that it leads to agrees with it; else the indexes are made anew from the segment's batches.
 */

/** Makes the indexes in memory anew: from the file, then from what is not written yet. */
export async function repairIndexes(state: LogState, segment: Segment): Promise<void> {
  const grows = segment === state.segments.active || segment.writtenBytes < segment.sizeBytes;
  if (!grows) {
    await replaceIndexes(state, segment);
    return;
  }
  // Nothing may pass from memory to the file between the two.
  await state.writer.exclusive(() => replaceIndexes(state, segment));
}

async function replaceIndexes(state: LogState, segment: Segment): Promise<void> {
  const generation = state.reader.generation;
  const builder = await indexesOf(state.services, segment, state.config.indexIntervalBytes);
  const place = state.segments.all.indexOf(segment);
  // A truncation or a swap came between: the segment is another one, or none.
  if (generation !== state.reader.generation || place < 0) return;
  const end = state.segments.endOf(place, state.endOffset);
  for (const buffer of state.tail.view(state.writer.writtenOffset, Infinity, end) ?? []) {
    for (let at = 0; at < buffer.length; at += batchSizeBytes(buffer, at)) {
      // What waits to be written may begin in an earlier segment.
      if (batchBaseOffset(buffer, at) >= segment.baseOffset) builder.add(buffer, at);
    }
  }
  if (segment === state.segments.active) segment.bytesSinceIndexEntry = builder.sinceEntry;
  else builder.finish();
  // Those in the files are wrong.
  state.services.indexCache.keep(segment);
  segment.indexes = builder.indexes;
  segment.latest = builder.latest;
  segment.latestIsSure = true;
}

/** As `findPosition`; an index that leads astray is made anew. @throws DamagedBytes after it was reported */
export async function placeOf(state: LogState, segment: Segment, offset: Offset): Promise<BatchPlace> {
  for (let tries = 1, passed = -1; ;) {
    const indexes = await loadIndexes(state.services, segment, state.config.indexIntervalBytes);
    try {
      const from = state.damage.endBefore(segment, offset);
      const wanted = { offset, end: segment.writtenBytes, contiguous: state.contiguous, from };
      return await findPosition(state.services, segment, indexes, wanted);
    } catch (error) {
      if (!(error instanceof DamagedBytes)) throw error;
      const damage = await state.reportDamage(error);
      if (damage !== undefined && damage.toOffset <= offset && damage.endPosition > passed) {
        passed = damage.endPosition;
        continue;
      }
      if (damage !== undefined || tries++ === MAX_TRIES) throw error;
    }
  }
}

const MAX_TRIES = 3;

/** The segment's greatest timestamp and the last offset of its batch. */
export async function latestOf(
  state: LogState,
  segment: Segment,
): Promise<{ readonly timestamp: number; readonly offset: Offset }> {
  // Once known it stays: who asks every segment of a log, as retention does, need not read all of their indexes again.
  if (segment.latest === undefined) await loadIndexes(state.services, segment, state.config.indexIntervalBytes);
  const { latest } = segment;
  if (latest !== undefined && !segment.latestIsSure && latest.timestamp >= 0) {
    if (!(await isTrue(state, segment, latest.timestamp, latest.offset))) await repairIndexes(state, segment);
    segment.latestIsSure = true;
  }
  return segment.latest ?? { timestamp: -1, offset: segment.baseOffset };
}

/** An entry of the segment's time index, as `find` chooses it. */
export async function timeEntryOf(
  state: LogState,
  segment: Segment,
  find: (times: TimeIndex) => TimeIndexEntry | undefined,
): Promise<TimeIndexEntry | undefined> {
  const { times } = await loadIndexes(state.services, segment, state.config.indexIntervalBytes);
  const entry = find(times);
  if (entry === undefined || (await isTrue(state, segment, entry.timestamp, entry.lastOffset))) return entry;
  await repairIndexes(state, segment);
  return find((await loadIndexes(state.services, segment, state.config.indexIntervalBytes)).times);
}

/** Whether the batch with `offset` has this greatest timestamp. One that is damaged or not written yet tells nothing. */
async function isTrue(state: LogState, segment: Segment, timestamp: number, offset: Offset): Promise<boolean> {
  const end = segment.writtenBytes;
  try {
    const { position } = await placeOf(state, segment, offset);
    if (position + RECORD_BATCH_OVERHEAD > end) return offset >= state.writer.writtenOffset && offset < state.endOffset;
    const lease = await state.services.files.acquire(segment.logPath, 'read');
    try {
      const header = Buffer.allocUnsafe(RECORD_BATCH_OVERHEAD);
      await lease.file.read(header, position);
      if (batchAt(header, 0, Number.MAX_SAFE_INTEGER) <= 0) return true;
      return batchBaseOffset(header, 0) <= offset && batchMaxTimestamp(header, 0) === timestamp;
    } finally {
      lease.release();
    }
  } catch (error) {
    if (error instanceof DamagedBytes) return true;
    throw error;
  }
}
