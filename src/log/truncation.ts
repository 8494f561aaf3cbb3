import type { Offset } from '../common/ids.js';
import { FileSystemError } from '../platform/file-system.js';
import {
  batchBaseOffset,
  batchLastOffset,
  batchMaxTimestamp,
  batchNextOffset,
  batchSizeBytes,
} from '../record/batch-header.js';
import { scanBatches } from './batch-scan.js';
import { placeOf } from './index-repair.js';
import type { LogState } from './log-state.js';
import type { ProducerEntry } from './producer-entry.js';
import { rebuildProducers, replayBatch } from './producer-replay.js';
import { measureDamage } from './damage.js';
import { DamagedBytes, follows, loadIndexes, startOf } from './segment-reader.js';
import { Segment } from './segment.js';

/**
 * Cuts the log so that it ends at `offset`. Memory first, so that nothing beyond is read any more; then the recovery
 * point on disk, so that a crash does not take the cut for damage, and what was committed or clean beyond the cut, so that a
 * crash does not take what comes in its place for that; then the files from the end on, synced before
 * anything is appended in their place.
 */
export async function truncateTo(state: LogState, offset: Offset): Promise<void> {
  if (offset <= state.segments.at(0).baseOffset || offset < state.startOffset) {
    await state.writer.exclusive(() => restartAt(state, offset, knownBelow(state, offset), true));
    return;
  }
  await state.writer.exclusive(async () => {
    const index = state.segments.indexOf(offset - 1);
    const segment = state.segments.at(index);
    // It is appended to from here on, and its indexes are cut: what waits for the disk meanwhile must not take them away.
    state.services.indexCache.keep(segment);
    const cut = await state.mustDo(() => findCut(state, segment, offset));
    if (cut.endOffset < state.startOffset) {
      // The log begins within the batch that is cut.
      await restartAt(state, state.startOffset, knownBelow(state, state.startOffset), true);
      return;
    }
    const removed = state.segments.removeAfter(index);
    const reopened = removed.length > 0 ? segment : undefined;
    state.reader.invalidate();
    state.tail.truncate(cut.endOffset);
    state.writer.truncate(cut.endOffset, new Set(removed), reopened);
    const isLowered = Math.max(state.highWatermark, state.cleanedOffset) > cut.endOffset;
    state.endOffset = cut.endOffset;
    state.cleanedOffset = Math.min(state.cleanedOffset, cut.endOffset);
    state.highWatermark = Math.min(state.highWatermark, cut.endOffset);
    state.epochs.truncateFromEnd(cut.endOffset);
    state.damage.trim(state.startOffset, cut.endOffset);
    cutIndexes(segment, cut.position, cut.endOffset);
    // A look at the file must not find more in it than the log has, and take it for damage.
    const inFile = segment.writtenBytes;
    segment.writtenBytes = Math.min(inFile, cut.position);
    await state.mustDo(async () => {
      await state.services.saveRecoveryPoints();
      if (isLowered) await state.services.saveLoweredOffsets();
      // It may have waited behind what was taken off the writer's queue.
      if (state.gaps === 'seen') await state.noteGaps();
      await state.segments.unlink([...removed].reverse());
      for (const snapshot of state.segments.snapshotOffsets) {
        // The one at the new end may have been on its way, with the closing of the segment that is open again.
        const unsure = snapshot === cut.endOffset && segment.baseOffset !== snapshot;
        if (snapshot > cut.endOffset || unsure) await state.segments.unlinkSnapshot(snapshot);
      }
      if (inFile > segment.writtenBytes) await cutFile(state, segment);
      await state.services.platform.fileSystem.syncDirectory(state.folder);
    });
    await state.mustDo(() => rebuildState(state, segment));
  });
}

function knownBelow(state: LogState, offset: Offset): ProducerEntry[] {
  return [...state.producers.below(offset).values()];
}

/** Empties the log; the next offset is `offset`. `producers`: what is known of the time before it. */
export async function truncateFullyAndStartAt(
  state: LogState,
  offset: Offset,
  producers: readonly ProducerEntry[],
): Promise<void> {
  await state.writer.exclusive(() => restartAt(state, offset, producers, false));
}

/** @param areOwn the producers are those of this log's batches, before and after */
async function restartAt(
  state: LogState,
  offset: Offset,
  producers: readonly ProducerEntry[],
  areOwn: boolean,
): Promise<void> {
  const createdMs = state.services.platform.clock.wallMs();
  const rollJitterMs = state.drawRollJitterMs();
  const fresh = Segment.empty({ baseOffset: offset, folder: state.folder, createdMs, rollJitterMs });
  const isLower = offset < state.startOffset;
  const isLowered = Math.max(state.highWatermark, state.cleanedOffset) > offset;
  state.removingFrom = state.firstOffsetOnDisk;
  // Where the power goes, any of the former files may be back: a hole between them is no damage.
  state.recoveryLimit = Math.min(state.removingFrom, offset);
  const removed = state.segments.restartWith(fresh);
  state.reader.invalidate();
  state.tail.clear(offset);
  state.writer.truncate(0, new Set(removed), undefined);
  state.writer.restartAt(offset);
  state.epochs.clear();
  state.producers.restore(producers, createdMs);
  state.startOffset = offset;
  state.endOffset = offset;
  state.cleanedOffset = Math.min(state.cleanedOffset, offset);
  state.highWatermark = offset;
  state.damage.dropOf(new Set(removed));
  state.damage.trim(offset, offset);
  await state.mustDo(async () => {
    // Another try, behind a disk that had no room for the start, leaves what is in place.
    if (!fresh.created) {
      await state.services.saveRecoveryPoints();
      if (isLowered) await state.services.saveLoweredOffsets();
      // A crash amid the removal leaves a log that begins here, and nobody sends it these again.
      if (areOwn) await state.segments.keepProducers(offset, state.producers);
      const kept = areOwn ? offset : undefined;
      // The file of one that begins here, too, becomes the new one's: were it gone first, a crash left nothing to tell where
      // the log begins.
      await state.segments.unlink([...removed].reverse(), { log: offset, ...(areOwn ? { snapshot: offset } : {}) });
      for (const snapshot of state.segments.snapshotOffsets)
        if (snapshot !== kept) await state.segments.unlinkSnapshot(snapshot);
      // No batch that is left tells of them after a restart, which looks for them where it finds the first segment.
      await state.segments.keepProducers(offset, state.producers);
      await state.segments.create(fresh);
      state.removingFrom = undefined;
      state.recoveryLimit = Infinity;
    }
    // A start that finds the former one takes what is appended below it for deleted, and drops it.
    if (isLower) await state.services.saveStartOffsets();
  });
}

interface Cut {
  readonly position: number;
  readonly endOffset: Offset;
}

/** Where the batch that holds `offset` starts in `segment`: the new end. What is not written yet is in the tail. */
async function findCut(state: LogState, segment: Segment, offset: Offset): Promise<Cut> {
  const written = Math.min(segment.writtenBytes, segment.sizeBytes);
  const first = await findWrittenCut(state, segment, offset, written);
  if (first !== undefined) return first;
  if (written === segment.sizeBytes) return { position: written, endOffset: offset };
  let position = written;
  // Several segments may wait to be written.
  const tailStart = Math.max(state.writer.writtenOffset, segment.baseOffset);
  for (const buffer of state.tail.view(tailStart, Infinity, offset) ?? []) position += buffer.length;
  return { position, endOffset: state.tail.boundaryBefore(offset, tailStart) };
}

/** Reads that go astray so often in a row are a disk that has failed. */
const MAX_TRIES = 10;

/**
 * Good bytes were read wrong again and again. Nothing can be concluded from such a disk: neither where to cut, nor what the
 * producers are that are left, and a log that guessed would store a retry twice, and leave its guess to the next start.
 */
function isUnreadable({ segment, position }: DamagedBytes): FileSystemError {
  const { logPath } = segment;
  const what = `${logPath} was read wrong at byte ${position} in ${MAX_TRIES} tries, though its bytes are good`;
  return new FileSystemError('io', logPath, `${what}: the log cannot be cut`);
}

/**
 * The cut in the file; undefined when all that is written stays. Every batch on the way is checked: a cut at a place that
 * one wrong read gave would take good batches with it, and leave the log shorter than it says.
 */
async function findWrittenCut(
  state: LogState,
  segment: Segment,
  offset: Offset,
  written: number,
): Promise<Cut | undefined> {
  for (let tries = 1; ; tries++) {
    try {
      return await walkToCut(state, segment, offset, written);
    } catch (error) {
      if (!(error instanceof DamagedBytes)) throw error;
      const damage = await measureDamage(state, error);
      // Its records were deleted: what is to be kept is behind it.
      if (damage !== undefined && damage.toOffset <= state.startOffset && state.damage.add(damage)) continue;
      // Nothing at or behind the damage is worth keeping: it is fetched anew.
      if (damage !== undefined) return { position: damage.position, endOffset: Math.min(offset, damage.fromOffset) };
      if (tries === MAX_TRIES) throw isUnreadable(error);
    }
  }
}

async function walkToCut(state: LogState, segment: Segment, offset: Offset, written: number): Promise<Cut | undefined> {
  // A segment that nothing was written to has no file yet.
  if (written === 0) return offset <= segment.baseOffset ? { position: 0, endOffset: offset } : undefined;
  const { offsets } = await loadIndexes(state.services, segment, state.config.indexIntervalBytes);
  const {
    position: from,
    expectedOffset,
    entry,
  } = startOf(segment, offsets, offset, state.damage.endBefore(segment, offset));
  let expected = expectedOffset;
  let cut: Cut | undefined;
  const lease = await state.services.files.acquire(segment.logPath, 'read');
  try {
    const range = { from, to: written, checkCrc: true };
    const scan = await scanBatches(lease.file, range, (chunk, at, position) => {
      const baseOffset = batchBaseOffset(chunk, at);
      const nextOffset = batchNextOffset(chunk, at);
      const inLine =
        expected === undefined ? nextOffset - 1 === entry?.lastOffset : follows(baseOffset, expected, state.contiguous);
      if (!inLine) return false;
      if (nextOffset > offset) cut = { position, endOffset: Math.min(offset, baseOffset) };
      expected = nextOffset;
      return cut === undefined;
    });
    if (cut === undefined && scan.outcome !== 'end') {
      // All that stays has been seen, and what stands behind it goes, whatever it is.
      if (expected !== undefined && expected >= offset) return { position: scan.position, endOffset: offset };
      throw new DamagedBytes(segment, offset, scan.position);
    }
    const isSealed = written === segment.sizeBytes && segment !== state.segments.active;
    // Where compaction left no gap, what is missing before the cut is lost: the log ends before it, too.
    if (cut === undefined && isSealed && state.contiguous && expected !== undefined)
      return { position: written, endOffset: Math.min(offset, expected) };
    return cut;
  } finally {
    lease.release();
  }
}

function cutIndexes(segment: Segment, position: number, endOffset: Offset): void {
  const { indexes } = segment;
  if (indexes === undefined) return;
  indexes.offsets.truncate(position);
  indexes.times.truncate(endOffset);
  segment.transactions.truncate(endOffset);
  segment.sizeBytes = position;
  segment.bytesSinceIndexEntry = 0;
  segment.latest = { timestamp: indexes.times.lastTimestamp, offset: indexes.times.lastOffset };
  segment.latestIsSure = false;
  if (position === 0) segment.firstTimestamp = undefined;
}

async function cutFile(state: LogState, segment: Segment): Promise<void> {
  if (!segment.created) return;
  const lease = await state.services.files.acquire(segment.logPath, 'write');
  try {
    await lease.file.truncate(segment.writtenBytes);
    await state.services.syncFile(segment.logPath, lease.file);
  } finally {
    lease.release();
  }
}

/** The producers as of the new end: from the files, then from what is not written yet. */
async function rebuildState(state: LogState, active: Segment): Promise<void> {
  for (let tries = 1; ; tries++) {
    const passed: DamagedBytes[] = [];
    await rebuildProducers(state.services, state.folder, state.producers, {
      segments: state.segments.all,
      indexIntervalBytes: state.config.indexIntervalBytes,
      snapshotOffsets: state.segments.snapshotOffsets,
      contiguous: state.contiguous,
      offset: state.endOffset,
      onDamaged: (found) => passed.push(found),
    });
    const misread = await withdrawAll(state, passed);
    if (misread === undefined) break;
    if (tries === MAX_TRIES) throw isUnreadable(misread);
  }
  await findLatest(state, active);
  for (const buffer of state.tail.view(state.writer.writtenOffset, Infinity, state.endOffset) ?? []) {
    for (let at = 0; at < buffer.length; at += batchSizeBytes(buffer, at)) {
      replayBatch(state.producers, buffer, at);
      noteTimestamp(active, buffer, at);
    }
  }
}

/**
 * The producers are not known any more of what the replay passed over: the log vouches for nothing behind it. Gives what of
 * it is good, and was read wrong, if anything is.
 */
async function withdrawAll(state: LogState, passed: readonly DamagedBytes[]): Promise<DamagedBytes | undefined> {
  for (const found of passed) {
    const damage = await state.reportDamage(found);
    if (damage === undefined) return found;
    if (!state.damage.withdraw(damage.fromOffset)) continue;
    await state.noteDamageMark(damage.fromOffset);
  }
  return undefined;
}

/** The greatest timestamp left may be later than the last one indexed. */
async function findLatest(state: LogState, active: Segment): Promise<void> {
  if (!active.created) return;
  let from = 0;
  try {
    from = (await placeOf(state, active, active.latest?.offset ?? active.baseOffset)).position;
  } catch (error) {
    if (!(error instanceof DamagedBytes)) throw error;
    // What is damaged is mended later; until then the rest tells.
  }
  const lease = await state.services.files.acquire(active.logPath, 'read');
  try {
    await scanBatches(lease.file, { from, to: active.writtenBytes, checkCrc: true }, (chunk, at) => {
      noteTimestamp(active, chunk, at);
      return true;
    });
  } finally {
    lease.release();
  }
}

function noteTimestamp(active: Segment, buffer: Buffer, at: number): void {
  const timestamp = batchMaxTimestamp(buffer, at);
  // What is not written yet may begin in an earlier segment.
  if (batchBaseOffset(buffer, at) < active.baseOffset) return;
  if (active.latest !== undefined && timestamp <= active.latest.timestamp) return;
  active.latest = { timestamp, offset: batchLastOffset(buffer, at) };
}
