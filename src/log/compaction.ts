import { VarveError } from '../common/errors.js';
import type { Offset } from '../common/ids.js';
import type { Clock } from '../platform/clock.js';
import { batchAttributes, batchNextOffset, isControl } from '../record/batch-header.js';
import { RecordCursor } from '../record/record-cursor.js';
import { CleanedTransactions } from './cleaned-transactions.js';
import { readBatches } from './compaction-input.js';
import { SegmentCleaner } from './compaction-output.js';
import { latestOf } from './index-repair.js';
import type { LogState } from './log-state.js';
import { OffsetMap, SLOT_BYTES } from './offset-map.js';
import { openBatch } from './open-batch.js';
import { MAX_RELATIVE_OFFSET } from './segment.js';
import type { Segment } from './segment.js';
import { swapIn } from './swap.js';

export interface CompactionResult {
  /** The log is clean below it. */
  readonly cleanedOffset: Offset;
  readonly bytesBefore: number;
  readonly bytesAfter: number;
}

/** How much of a log is worth compacting now. */
export interface Cleanable {
  readonly firstDirtyOffset: Offset;
  /** Compaction stops before it: unstable, not replicated, too young, or in a segment that is not whole on disk. */
  readonly endOffset: Offset;
  readonly dirtyRatio: number;
  /** `max.compaction.lag.ms` has passed for the first record of a dirty segment. */
  readonly isOverdue: boolean;
}

/** How long work goes on before the event loop gets its turn. */
const SLICE_MS = 4;
/** Between two looks at the clock so many records are gone through, of so many bytes, whichever is reached first. */
const RECORDS_A_LOOK = 256;
const BYTES_A_LOOK = 64 * 1024;

/** The work is broken off; what it exchanged so far stays, and it begins anew another time. */
export class BrokenOff extends Error {}

/** Gives way to the event loop in good time, and to whoever waits for the log. */
export class Pacer {
  readonly #clock: Clock;
  readonly #state: Pick<LogState, 'mustYield'>;
  #startedMs: number;
  /** Since the last look at the clock. */
  #records = 0;
  #bytes = 0;

  constructor(clock: Clock, state: Pick<LogState, 'mustYield'>) {
    this.#clock = clock;
    this.#state = state;
    this.#startedMs = clock.monotonicMs();
  }

  get isDue(): boolean {
    this.#records = 0;
    this.#bytes = 0;
    return this.#state.mustYield || this.#clock.monotonicMs() - this.#startedMs >= SLICE_MS;
  }

  /** As `isDue`, asked behind each record, of `sizeBytes`: most of them cost no look at the clock. */
  isDueAfter(sizeBytes: number): boolean {
    this.#records++;
    this.#bytes += sizeBytes;
    return (this.#records >= RECORDS_A_LOOK || this.#bytes >= BYTES_A_LOOK) && this.isDue;
  }

  /** Resolves after the event loop has done what waited; rejects with BrokenOff when somebody waits for the log. */
  async pause(): Promise<void> {
    await new Promise<void>((resolve) => this.#clock.defer(resolve));
    if (this.#state.mustYield) throw new BrokenOff('Compaction is broken off.');
    this.#startedMs = this.#clock.monotonicMs();
  }
}

/** What could be compacted as of `nowMs`; undefined when there is nothing. */
export async function findCleanable(state: LogState, nowMs: number): Promise<Cleanable | undefined> {
  const { segments, config } = state;
  const firstDirtyOffset = Math.max(state.cleanedOffset, segments.at(0).baseOffset);
  const unstable = state.producers.firstUnstableOffset() ?? Infinity;
  // A closed segment may still wait for the disk: what is not written of it would be missing in its copy, and what is to
  // sync it would find its file gone.
  const firstUnsynced = segments.at(segments.indexOf(state.writer.syncedOffset));
  let endOffset = Math.min(unstable, state.highWatermark, firstUnsynced.baseOffset);
  let cleanBytes = 0;
  let dirtyBytes = 0;
  let isOverdue = false;
  for (const [index, segment] of [...segments.all].entries()) {
    if (segment.baseOffset >= endOffset) break;
    if (segments.endOf(index, state.endOffset) <= firstDirtyOffset) {
      cleanBytes += segment.sizeBytes;
      continue;
    }
    const isYoung =
      config.minCompactionLagMs > 0 && (await latestOf(state, segment)).timestamp > nowMs - config.minCompactionLagMs;
    if (isYoung) {
      endOffset = Math.min(endOffset, segment.baseOffset);
      break;
    }
    isOverdue ||= await beginsBefore(state, segment, nowMs - config.maxCompactionLagMs);
    dirtyBytes += segment.sizeBytes;
  }
  if (endOffset <= firstDirtyOffset || dirtyBytes === 0) return undefined;
  return { firstDirtyOffset, endOffset, dirtyRatio: dirtyBytes / (cleanBytes + dirtyBytes), isOverdue };
}

/**
 * Whether the segment's first batch is from before `limitMs`. As in Kafka (LogCleanerManager.maxCompactionDelay) one without
 * a timestamp says nothing: an empty batch that compaction left would make its log overdue for ever.
 */
async function beginsBefore(state: LogState, segment: Segment, limitMs: number): Promise<boolean> {
  if (limitMs === -Infinity) return false;
  if (segment.firstTimestamp === undefined) await state.reader.loadFirstTimestamp(segment);
  const { firstTimestamp } = segment;
  return firstTimestamp !== undefined && firstTimestamp > 0 && firstTimestamp < limitMs;
}

/**
 * Compacts the log once: of each key in the dirty part only the last record stays, in the whole log. Undefined when it
 * is not worth it yet, or broken off for a truncation or the log's end. Runs beside appends, fetches and the flusher; it
 * gives way to them every few milliseconds.
 * @throws VarveError CORRUPT_MESSAGE when it met damage, which is then fenced off; KAFKA_STORAGE_ERROR when there is no
 *   room for a copy of a segment: whoever waits for the log, to free some, is not kept waiting
 */
export async function compact(
  state: LogState,
  options: { readonly nowMs: number; readonly memoryBytes: number },
): Promise<CompactionResult | undefined> {
  try {
    return await state.services.tryTo(async () => {
      const cleanable = await findCleanable(state, options.nowMs);
      if (cleanable === undefined) return undefined;
      if (cleanable.dirtyRatio < state.config.minCleanableDirtyRatio && !cleanable.isOverdue) return undefined;
      return compactNow(state, cleanable, options);
    });
  } catch (error) {
    if (error instanceof BrokenOff) return undefined;
    if (!state.services.isTransient(error)) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw new VarveError('KAFKA_STORAGE_ERROR', `There was no room to compact ${state.folder}: ${reason}`, {
      cause: error,
    });
  }
}

async function compactNow(
  state: LogState,
  cleanable: Cleanable,
  options: { readonly nowMs: number; readonly memoryBytes: number },
): Promise<CompactionResult | undefined> {
  const { nowMs } = options;
  const pacer = new Pacer(state.services.platform.clock, state);
  const maxKeys = Math.min(cleanable.endOffset - cleanable.firstDirtyOffset, options.memoryBytes / SLOT_BYTES);
  const { random } = state.services.platform;
  const map = new OffsetMap({ maxKeys, memoryBytes: options.memoryBytes, random });
  const cleanedOffset = await buildMap(state, cleanable, map, pacer);
  if (cleanedOffset <= cleanable.firstDirtyOffset) return undefined;
  const bytesBefore = state.segments.sizeBytes;
  const first = state.segments.at(0).baseOffset;
  // Segments are cleaned whole. What is behind the last mapped offset is copied, its markers among it: of their transactions,
  // too, the new index must tell (as in Kafka's Cleaner), or their records would pass for committed ones.
  const end = state.segments.endOf(state.segments.indexOf(cleanedOffset - 1), state.endOffset);
  const transactions = new CleanedTransactions(state.collectAborted(first, end));
  await state.services.tryTo(() => state.noteGaps());
  const cleaner = new SegmentCleaner({ state, map, transactions, cleanedOffset, nowMs, pacer });
  for (const group of groupSegments(state, cleanedOffset)) {
    if (pacer.isDue) await pacer.pause();
    const cleaned = await cleaner.clean(group);
    await swapIn(state, group, cleaned);
  }
  state.cleanedOffset = cleanedOffset;
  return { cleanedOffset, bytesBefore, bytesAfter: state.segments.sizeBytes };
}

/**
 * Fills the map with the keys of the dirty part; gives the offset up to which all are in it. Where it is full, that may be
 * within a batch: one of more keys than it holds would else end the compaction of the log for good.
 */
async function buildMap(state: LogState, cleanable: Cleanable, map: OffsetMap, pacer: Pacer): Promise<Offset> {
  const { firstDirtyOffset, endOffset } = cleanable;
  const transactions = new CleanedTransactions(state.collectAborted(firstDirtyOffset, endOffset));
  const cursor = new RecordCursor();
  let mapped = firstDirtyOffset;
  for (const [index, segment] of [...state.segments.all].entries()) {
    if (segment.baseOffset >= endOffset) break;
    if (state.segments.endOf(index, state.endOffset) <= firstDirtyOffset) continue;
    for await (const { buffer, at } of readBatches(state, segment, firstDirtyOffset)) {
      if (batchNextOffset(buffer, at) > endOffset) return mapped;
      if (isControl(batchAttributes(buffer, at))) transactions.onMarker(buffer, at);
      else if (!transactions.onBatch(buffer, at)) {
        await openBatch(state, cursor, buffer, at);
        while (cursor.next()) {
          // A former run ended within this batch.
          if (cursor.offset < firstDirtyOffset) continue;
          if (cursor.keyStart >= 0 && !map.put(cursor.bytes, cursor.keyStart, cursor.keyEnd, cursor.offset))
            return cursor.offset;
          if (pacer.isDueAfter(cursor.sizeBytes)) await pacer.pause();
        }
      }
      mapped = batchNextOffset(buffer, at);
      if (pacer.isDue) await pacer.pause();
    }
  }
  return Math.max(mapped, endOffset);
}

/** Neighbours that fit one segment together are cleaned into one. */
function groupSegments(state: LogState, cleanedOffset: Offset): Segment[][] {
  const groups: Segment[][] = [];
  let sizeBytes = 0;
  for (const [index, segment] of state.segments.all.entries()) {
    if (segment.baseOffset >= cleanedOffset || segment === state.segments.active) break;
    const group = groups.at(-1);
    const end = state.segments.endOf(index, state.endOffset);
    const fits =
      group !== undefined &&
      sizeBytes + segment.sizeBytes <= state.config.segmentBytes &&
      end - (group[0]?.baseOffset ?? 0) <= MAX_RELATIVE_OFFSET;
    if (fits) group.push(segment);
    else groups.push([segment]);
    sizeBytes = fits ? sizeBytes + segment.sizeBytes : segment.sizeBytes;
  }
  return groups;
}
