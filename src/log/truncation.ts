import type { Offset } from '../common/ids.js';
import { batchBaseOffset, batchLastOffset, batchMaxTimestamp, batchSizeBytes } from '../record/batch-header.js';
import { scanBatches } from './batch-scan.js';
import type { LogState } from './log-state.js';
import { rebuildProducers, replayBatch } from './producer-replay.js';
import { measureDamage } from './damage.js';
import { DamagedBytes, findPosition, loadIndexes } from './segment-reader.js';
import { Segment } from './segment.js';

/**
 * Cuts the log so that it ends at `offset`. Memory first, so that nothing beyond is read any more; then the recovery
 * point on disk, so that a crash does not take the cut for damage; then the files from the end on, synced before
 * anything is appended in their place.
 */
export async function truncateTo(state: LogState, offset: Offset): Promise<void> {
  if (offset <= state.segments.at(0).baseOffset || offset < state.startOffset) {
    await truncateFullyAndStartAt(state, offset);
    return;
  }
  await state.writer.exclusive(async () => {
    const index = state.segments.indexOf(offset - 1);
    const segment = state.segments.at(index);
    const cut = await state.services.mustDo(() => findCut(state, segment, offset));
    if (cut.endOffset < state.startOffset) {
      // The log begins within the batch that is cut.
      await restartAt(state, state.startOffset);
      return;
    }
    const removed = state.segments.removeAfter(index);
    const reopened = removed.length > 0 ? segment : undefined;
    state.reader.invalidate();
    state.tail.truncate(cut.endOffset);
    state.writer.truncate(cut.endOffset, new Set(removed), reopened);
    state.endOffset = cut.endOffset;
    state.cleanedOffset = Math.min(state.cleanedOffset, cut.endOffset);
    state.highWatermark = Math.min(state.highWatermark, cut.endOffset);
    state.epochs.truncateFromEnd(cut.endOffset);
    state.damage.trim(state.startOffset, cut.endOffset);
    cutIndexes(segment, cut.position, cut.endOffset);
    await state.services.mustDo(async () => {
      await state.services.saveRecoveryPoints();
      await state.segments.unlink([...removed].reverse());
      for (const snapshot of state.segments.snapshotOffsets) {
        // The one at the new end may have been on its way, with the closing of the segment that is open again.
        const unsure = snapshot === cut.endOffset && segment.baseOffset !== snapshot;
        if (snapshot > cut.endOffset || unsure) await state.segments.unlinkSnapshot(snapshot);
      }
      await cutFile(state, segment);
      await state.services.platform.fileSystem.syncDirectory(state.folder);
    });
    await state.services.mustDo(() => rebuildState(state, segment));
  });
}

/** Empties the log; the next offset is `offset`. */
export async function truncateFullyAndStartAt(state: LogState, offset: Offset): Promise<void> {
  await state.writer.exclusive(() => restartAt(state, offset));
}

async function restartAt(state: LogState, offset: Offset): Promise<void> {
  const createdMs = state.services.platform.clock.wallMs();
  const fresh = Segment.empty({ baseOffset: offset, folder: state.folder, createdMs, rollJitterMs: 0 });
  const removed = state.segments.restartWith(fresh);
  state.reader.invalidate();
  state.tail.clear();
  state.writer.truncate(0, new Set(removed), undefined);
  state.writer.restartAt(offset);
  state.epochs.clear();
  state.producers.clear();
  state.startOffset = offset;
  state.endOffset = offset;
  state.cleanedOffset = Math.min(state.cleanedOffset, offset);
  state.highWatermark = offset;
  state.damage.trim(offset, offset);
  await state.services.mustDo(async () => {
    await state.services.saveRecoveryPoints();
    await state.segments.unlink([...removed].reverse());
    for (const snapshot of state.segments.snapshotOffsets) await state.segments.unlinkSnapshot(snapshot);
    await state.segments.create(fresh);
  });
}

/** Where the batch that holds `offset` starts in `segment`: the new end. What is not written yet is in the tail. */
async function findCut(
  state: LogState,
  segment: Segment,
  offset: Offset,
): Promise<{ readonly position: number; readonly endOffset: Offset }> {
  const written = Math.min(segment.writtenBytes, segment.sizeBytes);
  const indexes = await loadIndexes(state.services, segment, state.config.indexIntervalBytes);
  let first: number;
  try {
    first = (await findPosition(state.services, segment, indexes, offset, written)).position;
  } catch (error) {
    if (!(error instanceof DamagedBytes)) throw error;
    // Nothing at or behind the damage is worth keeping: it is fetched anew.
    const damage = await measureDamage(state, error);
    return { position: damage.position, endOffset: Math.min(offset, damage.fromOffset) };
  }
  if (first < written) {
    const header = Buffer.allocUnsafe(8);
    const lease = await state.services.files.acquire(segment.logPath, 'read');
    try {
      await lease.file.read(header, first);
    } finally {
      lease.release();
    }
    return { position: first, endOffset: Math.min(offset, batchBaseOffset(header, 0)) };
  }
  if (written === segment.sizeBytes) return { position: written, endOffset: offset };
  let position = written;
  // Several segments may wait to be written.
  const tailStart = Math.max(state.writer.writtenOffset, segment.baseOffset);
  for (const buffer of state.tail.read(tailStart, Infinity, offset) ?? []) position += buffer.length;
  return { position, endOffset: state.tail.boundaryBefore(offset, tailStart) };
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
  if (position === 0) segment.firstTimestamp = undefined;
}

async function cutFile(state: LogState, segment: Segment): Promise<void> {
  if (!segment.created || segment.writtenBytes <= segment.sizeBytes) return;
  const lease = await state.services.files.acquire(segment.logPath, 'write');
  try {
    await lease.file.truncate(segment.sizeBytes);
    await state.services.syncFile(segment.logPath, lease.file);
  } finally {
    lease.release();
  }
  segment.writtenBytes = segment.sizeBytes;
}

/** The producers as of the new end: from the files, then from what is not written yet. */
async function rebuildState(state: LogState, active: Segment): Promise<void> {
  await rebuildProducers(state.services, state.folder, state.producers, {
    segments: state.segments.all,
    indexIntervalBytes: state.config.indexIntervalBytes,
    snapshotOffsets: state.segments.snapshotOffsets,
    offset: state.endOffset,
  });
  await findLatest(state, active);
  for (const buffer of state.tail.read(state.writer.writtenOffset, Infinity, state.endOffset) ?? []) {
    for (let at = 0; at < buffer.length; at += batchSizeBytes(buffer, at)) {
      replayBatch(state.producers, buffer, at);
      noteTimestamp(active, buffer, at);
    }
  }
}

/** The greatest timestamp left may be later than the last one indexed. */
async function findLatest(state: LogState, active: Segment): Promise<void> {
  if (!active.created) return;
  const from = active.indexes?.offsets.positionBefore(active.latest?.offset ?? active.baseOffset) ?? 0;
  const lease = await state.services.files.acquire(active.logPath, 'read');
  try {
    await scanBatches(lease.file, { from, to: active.writtenBytes, checkCrc: false }, (chunk, at) => {
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
