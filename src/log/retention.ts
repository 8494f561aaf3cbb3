import type { Offset } from '../common/ids.js';
import type { LogState } from './log-state.js';
import { latestOf } from './index-repair.js';
import type { Segment } from './segment.js';

/** What one round of retention removed. */
export interface RetentionResult {
  readonly segments: number;
  readonly bytes: number;
}

/**
 * Removes the oldest segments that are wholly below the log's start, older than `retention.ms`, or in excess of
 * `retention.bytes`; never beyond the high watermark or what is on disk. An active segment that is due is rolled first.
 */
export async function applyRetention(state: LogState, nowMs: number): Promise<RetentionResult> {
  const deletableEnd = await state.tryToRead(() => findDeletableEnd(state, nowMs));
  // What was appended to the active segment while the others' indexes were read was not judged.
  const { all } = state.segments;
  let count = all.findIndex((_, index) => state.segments.endOf(index, state.endOffset) > deletableEnd);
  if (count < 0) count = state.segments.active.sizeBytes > 0 ? all.length : all.length - 1;
  if (count === 0) return { segments: 0, bytes: 0 };
  if (count === state.segments.count) state.roll();
  return state.writer.exclusive(async () => {
    // Nothing before the high watermark is appended or truncated meanwhile, but the log's start may have moved.
    count = Math.min(count, state.segments.count - 1);
    state.removingFrom = state.firstOffsetOnDisk;
    const removed = state.segments.removeFirst(count);
    state.reader.invalidate();
    state.writer.forget(new Set(removed));
    state.damage.dropOf(new Set(removed));
    state.raiseStartOffset(state.segments.at(0).baseOffset);
    state.tail.dropBefore(state.startOffset);
    await state.mustDo(async () => {
      await state.segments.create(state.segments.at(0));
      await unlinkAll(state, removed);
      state.removingFrom = undefined;
      // Those that clean stops left within the removed segments: no start reads what is below the first one.
      for (const snapshot of state.segments.snapshotOffsets) {
        if (snapshot < state.segments.at(0).baseOffset) await state.segments.unlinkSnapshot(snapshot);
      }
    });
    return { segments: removed.length, bytes: removed.reduce((sum, segment) => sum + segment.sizeBytes, 0) };
  });
}

/**
 * A start that does not find the producers' state where the log now begins knows nobody of before, and would store a retry of
 * a batch that was removed again: before each segment goes, the disk has the state at its end.
 */
async function unlinkAll({ segments, services, producers }: LogState, removed: readonly Segment[]): Promise<void> {
  const { baseOffset } = segments.at(0);
  for (const [index, segment] of removed.entries()) {
    try {
      await segments.keepProducers(removed[index + 1]?.baseOffset ?? baseOffset, producers);
    } catch (error) {
      // Room is what the removal makes, and what others wait for: it is written below, then.
      if (!services.isTransient(error)) throw error;
    }
    await segments.unlink([segment]);
  }
  await segments.keepProducers(baseOffset, producers);
}

/** Where the last of the segments ends that, from the first on, may go; -1 for none. */
async function findDeletableEnd(state: LogState, nowMs: number): Promise<Offset> {
  const { config, segments } = state;
  const limit = Math.min(state.highWatermark, state.writer.durableOffset);
  let excessBytes = segments.sizeBytes - config.retentionBytes;
  let deletableEnd = -1;
  for (const [index, segment] of [...segments.all].entries()) {
    const end = segments.endOf(index, state.endOffset);
    if ((segment.sizeBytes === 0 && segment === segments.active) || end > limit) break;
    const inExcess = config.cleanupDelete && excessBytes - segment.sizeBytes >= 0;
    const expired = config.cleanupDelete && (await largestTimestamp(state, segment)) < nowMs - config.retentionMs;
    if (end > state.startOffset && !inExcess && !expired) break;
    excessBytes -= segment.sizeBytes;
    deletableEnd = end;
  }
  return deletableEnd;
}

async function largestTimestamp(state: LogState, segment: Segment): Promise<number> {
  if (state.config.retentionMs === Infinity) return Infinity;
  const { timestamp } = await latestOf(state, segment);
  return timestamp >= 0 ? timestamp : segment.createdMs;
}
