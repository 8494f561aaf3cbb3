import { defined } from '../common/assert.js';
import type { Offset } from '../common/ids.js';
import {
  batchAttributes,
  batchBaseOffset,
  batchBaseSequence,
  batchLastOffset,
  batchLastSequence,
  batchMaxTimestamp,
  batchNextOffset,
  batchProducerEpoch,
  batchProducerId,
  isControl,
  isTransactional,
  NO_PRODUCER_ID,
} from '../record/batch-header.js';
import { findNextBatch, scanBatches } from './batch-scan.js';
import { SNAPSHOT_SUFFIX, offsetFileName } from './file-names.js';
import type { LogServices } from './log-services.js';
import { readEndMarker } from './end-marker.js';
import type { ProducerEntry } from './producer-entry.js';
import { addEarlierBatches, decodeSnapshot, wholeEarlierBatches } from './producer-snapshot.js';
import type { ProducerBatch } from './producer-state.js';
import { ProducerState } from './producer-state.js';
import type { Segment, SegmentIndexes } from './segment.js';
import type { BatchPlace } from './segment-reader.js';
import { DamagedBytes, findPosition, follows, loadIndexes } from './segment-reader.js';
import { TransactionIndex } from './transaction-index.js';
import type { AbortedTransaction } from './transaction-index.js';

/** Suffix of Varve's own file beside a snapshot, see `encodeEarlierBatches`. */
export const EARLIER_BATCHES_SUFFIX = '.batches';

/** The producer's view of the data batch at `at`. */
export function producerBatch(buffer: Buffer, at: number): ProducerBatch {
  return {
    producerId: batchProducerId(buffer, at),
    epoch: batchProducerEpoch(buffer, at),
    baseSequence: batchBaseSequence(buffer, at),
    lastSequence: batchLastSequence(buffer, at),
    transactional: isTransactional(batchAttributes(buffer, at)),
  };
}

/** Takes the batch at `at`, which the log has, into the producer state; gives the transaction that it aborts, if any. */
export function replayBatch(producers: ProducerState, buffer: Buffer, at: number): AbortedTransaction | undefined {
  const producerId = batchProducerId(buffer, at);
  if (producerId === NO_PRODUCER_ID) return undefined;
  if (isControl(batchAttributes(buffer, at))) {
    const marker = readEndMarker(buffer, at);
    if (marker === undefined) return undefined;
    const epoch = batchProducerEpoch(buffer, at);
    return producers.applyMarker(producerId, epoch, marker, batchBaseOffset(buffer, at), batchMaxTimestamp(buffer, at));
  }
  producers.apply(
    producerBatch(buffer, at),
    batchBaseOffset(buffer, at),
    batchLastOffset(buffer, at),
    batchMaxTimestamp(buffer, at),
  );
  return undefined;
}

/** As `replayBatch`, of a data batch before the last one of its producer. A marker there has done what it does. */
export function recallBatch(producers: ProducerState, buffer: Buffer, at: number): void {
  if (isControl(batchAttributes(buffer, at))) return;
  const [firstOffset, lastOffset] = [batchBaseOffset(buffer, at), batchLastOffset(buffer, at)];
  producers.recall(producerBatch(buffer, at), firstOffset, lastOffset, batchMaxTimestamp(buffer, at));
}

/**
 * Loads the latest good snapshot at or below `offset`, and not before the first segment, into `producers`; gives its
 * offset, or the first segment's without one.
 */
export async function loadSnapshot(
  services: LogServices,
  folder: string,
  producers: ProducerState,
  options: { readonly snapshotOffsets: Set<Offset>; readonly firstOffset: Offset; readonly offset: Offset },
): Promise<Offset> {
  const offsets = [...options.snapshotOffsets].filter((each) => each >= options.firstOffset && each <= options.offset);
  const wallMs = services.platform.clock.wallMs();
  let lacking: { readonly offset: Offset; readonly entries: ProducerEntry[] } | undefined;
  for (const offset of offsets.sort((a, b) => b - a)) {
    const path = `${folder}/${offsetFileName(offset, '')}`;
    const entries = await services.readParsed(path + SNAPSHOT_SUFFIX, decodeSnapshot);
    // Damaged, or still on its way to the disk.
    if (entries === undefined) continue;
    if (!(await completeSnapshot(services, path, entries))) {
      lacking ??= { offset, entries };
      continue;
    }
    producers.restore(entries, wallMs);
    return offset;
  }
  if (lacking !== undefined) {
    producers.restore(lacking.entries, wallMs);
    return lacking.offset;
  }
  producers.clear();
  return options.firstOffset;
}

/**
 * Adds the batches before each producer's last one; false where the file that has them is damaged: an older snapshot and the
 * batches since tell of them, too. Without them a producer that sends several batches again would be refused for its first one
 * (OUT_OF_ORDER_SEQUENCE_NUMBER) until it gives up.
 */
async function completeSnapshot(services: LogServices, path: string, entries: ProducerEntry[]): Promise<boolean> {
  if (entries.length === 0) return true;
  const earlier = await services.readParsed(path + EARLIER_BATCHES_SUFFIX, wholeEarlierBatches);
  if (earlier === undefined) return (await services.readFileIfThere(path + EARLIER_BATCHES_SUFFIX)) === undefined;
  addEarlierBatches(entries, earlier);
  return true;
}

/**
 * Makes `producers` the state of the log at `offset` (all of it below that is in the files): the latest snapshot, and
 * the batches after it.
 */
export async function rebuildProducers(
  services: LogServices,
  folder: string,
  producers: ProducerState,
  options: {
    readonly segments: readonly Segment[];
    readonly indexIntervalBytes: number;
    readonly snapshotOffsets: Set<Offset>;
    readonly contiguous: boolean;
    readonly offset: Offset;
    readonly onDamaged?: (found: DamagedBytes) => void;
  },
): Promise<void> {
  const firstOffset = options.segments[0]?.baseOffset ?? 0;
  const from = await loadSnapshot(services, folder, producers, { ...options, firstOffset });
  if (from >= options.offset) return;
  for (const [index, segment] of options.segments.entries()) {
    const next = options.segments[index + 1];
    if (segment.writtenBytes === 0 || (next !== undefined && next.baseOffset <= from)) continue;
    if (segment.baseOffset >= options.offset) break;
    const segmentEnd = next?.baseOffset ?? Infinity;
    await replaySegment(services, segment, { ...options, segmentEnd, from, producers });
  }
}

/** The aborted transactions of the segment at `index`, as its batches tell, for an index that is lost. */
export async function rebuildTransactions(
  services: LogServices,
  folder: string,
  index: number,
  options: {
    readonly segments: readonly Segment[];
    readonly indexIntervalBytes: number;
    readonly snapshotOffsets: Set<Offset>;
    readonly contiguous: boolean;
  },
): Promise<TransactionIndex> {
  const segment = defined(options.segments[index], 'a segment index is within the list');
  const producers = new ProducerState(services.config);
  await rebuildProducers(services, folder, producers, { ...options, offset: segment.baseOffset });
  const transactions = TransactionIndex.empty();
  await replaySegment(services, segment, {
    ...options,
    producers,
    segmentEnd: options.segments[index + 1]?.baseOffset ?? Infinity,
    from: segment.baseOffset,
    offset: Infinity,
    onAborted: (transaction) => transactions.add(transaction),
  });
  return transactions;
}

/** Where to begin for `offset`; at the segment's start when an index, or damage, leads astray. */
async function placeFor(
  services: LogServices,
  segment: Segment,
  indexes: SegmentIndexes,
  options: { readonly offset: Offset; readonly contiguous: boolean },
): Promise<BatchPlace> {
  try {
    return await findPosition(services, segment, indexes, { ...options, end: segment.writtenBytes, from: undefined });
  } catch (error) {
    if (error instanceof DamagedBytes) return { position: 0, expectedOffset: segment.baseOffset };
    throw error;
  }
}

/** Takes the segment's batches in `from` .. `offset`-1. Damage is stepped over: its repair brings the rest. */
async function replaySegment(
  services: LogServices,
  segment: Segment,
  options: {
    readonly producers: ProducerState;
    readonly indexIntervalBytes: number;
    readonly segmentEnd: Offset;
    readonly contiguous: boolean;
    readonly from: Offset;
    readonly offset: Offset;
    readonly onAborted?: (transaction: AbortedTransaction) => void;
    readonly onDamaged?: (found: DamagedBytes) => void;
  },
): Promise<void> {
  const { contiguous, segmentEnd } = options;
  const to = segment.writtenBytes;
  const indexes = await loadIndexes(services, segment, options.indexIntervalBytes);
  const place = await placeFor(services, segment, indexes, { offset: options.from, contiguous });
  let next: number | undefined = place.position;
  let expected = place.expectedOffset;
  const lease = await services.files.acquire(segment.logPath, 'read');
  try {
    for (let readAgain = -1; next !== undefined;) {
      let done = false;
      const scan = await scanBatches(lease.file, { from: next, to, checkCrc: true }, (chunk, at) => {
        if (expected !== undefined && !follows(batchBaseOffset(chunk, at), expected, contiguous)) return false;
        done = batchBaseOffset(chunk, at) >= options.offset;
        if (done) return false;
        expected = batchNextOffset(chunk, at);
        if (expected <= options.from) return true;
        const aborted = replayBatch(options.producers, chunk, at);
        if (aborted !== undefined) options.onAborted?.(aborted);
        return true;
      });
      if (done || scan.outcome === 'end') return;
      // A read may have gone astray once.
      if (scan.position !== readAgain) {
        readAgain = scan.position;
        next = readAgain;
        continue;
      }
      // Whatever stands there, nothing is missing.
      if (expected !== undefined && expected >= Math.min(segmentEnd, options.offset)) return;
      const fit = { expected: expected ?? options.from, segmentEnd, contiguous };
      options.onDamaged?.(new DamagedBytes(segment, fit.expected, readAgain));
      const found = await findNextBatch(lease.file, readAgain + 1, to, fit);
      expected = found?.baseOffset;
      next = found?.position;
    }
  } finally {
    lease.release();
  }
}
