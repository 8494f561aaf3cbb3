import type { LeaderEpoch, Offset } from '../common/ids.js';
import { NO_EPOCH } from '../common/ids.js';
import type { File } from '../platform/file-system.js';
import {
  ATTRIBUTES_AT,
  batchBaseOffset,
  batchCrc,
  batchLastOffset,
  batchLeaderEpoch,
  batchMaxTimestamp,
  batchNextOffset,
  batchSizeBytes,
  checkCrc,
  RECORD_BATCH_OVERHEAD,
} from '../record/batch-header.js';
import { crc32c } from '../record/crc32c.js';
import { batchAt, findNextBatch, scanBatches } from './batch-scan.js';
import type { Damage } from './damage.js';
import type { EpochStart } from './leader-epoch-cache.js';
import { LeaderEpochCache } from './leader-epoch-cache.js';
import type { LogServices } from './log-services.js';
import { replayBatch } from './producer-replay.js';
import type { ProducerState } from './producer-state.js';
import { follows } from './segment-reader.js';
import type { Segment } from './segment.js';

/** What the walk over one segment found after its last good batch. */
export type SegmentTail =
  | { readonly kind: 'whole' }
  /** Nothing but zeros: preallocated, or extended by a write that never came. */
  | { readonly kind: 'zeros' }
  /** A last batch that the end of the file cuts short: a write that was never synced. */
  | { readonly kind: 'cutShort' }
  /** Bytes that are no batch, and that a sync may have covered. */
  | { readonly kind: 'damage' };

export interface SegmentRecovery {
  /** End of the last good batch. */
  readonly position: number;
  readonly nextOffset: Offset;
  readonly fileBytes: number;
  readonly tail: SegmentTail;
  readonly damaged: readonly Damage[];
  /** Epochs that the checkpoint notes in damage, or in a gap, behind which no batch stands yet. */
  readonly hiddenEpochs: readonly EpochStart[];
}

export interface RecoveredState {
  readonly producers: ProducerState;
  readonly epochs: LeaderEpochCache;
}

export interface SegmentRecoveryOptions {
  readonly recoveryPoint: Offset;
  readonly indexIntervalBytes: number;
  readonly contiguous: boolean;
  /** Where the next segment begins, Infinity for the last one. */
  readonly segmentEnd: Offset;
  /** The checkpoint's epochs: where one begins within damage, or in a gap that compaction left, no batch tells. */
  readonly notedEpochs: readonly EpochStart[];
  /** Of the segment before. */
  readonly hiddenEpochs: readonly EpochStart[];
}

/**
 * Reads and checks every batch of `segment`, and rebuilds its indexes, and the epochs and producers from there on.
 * Damage that ends at or below `recoveryPoint` is stepped over and reported where good batches follow, or the next segment
 * does; the walk ends at any other.
 */
export async function recoverSegment(
  services: LogServices,
  segment: Segment,
  state: RecoveredState,
  options: SegmentRecoveryOptions,
): Promise<SegmentRecovery> {
  segment.resetIndexes();
  segment.sizeBytes = 0;
  const lease = await services.files.acquire(segment.logPath, 'read');
  try {
    const fileBytes = await lease.file.sizeBytes();
    return await new RecoveryWalk(lease.file, fileBytes, segment, state, options).run();
  } finally {
    lease.release();
  }
}

/** The walk over one segment's file, from its first batch to where nothing good follows. */
class RecoveryWalk {
  readonly #file: File;
  readonly #fileBytes: number;
  readonly #segment: Segment;
  readonly #state: RecoveredState;
  readonly #options: SegmentRecoveryOptions;
  readonly #damaged: Damage[] = [];
  #expected: Offset;
  /**
   * Epochs that begin in the damage just stepped over, or in the gap behind it. Followers truncate by these boundaries: one
   * that came too late would leave them a record that the leader cut (KIP-101).
   */
  #hidden: readonly EpochStart[];
  /** A batch that begins an epoch, or is not of the one that is noted, is taken once the next ones were asked: no CRC covers the epoch. */
  #doubtfulAt = -1;
  #certainAt = -1;
  readonly #noted: NotedEpochs;
  /** What is noted where the last batch stands, which is of another epoch all the same. */
  #overruled: LeaderEpoch | undefined;

  constructor(file: File, fileBytes: number, segment: Segment, state: RecoveredState, options: SegmentRecoveryOptions) {
    this.#file = file;
    this.#fileBytes = fileBytes;
    this.#segment = segment;
    this.#state = state;
    this.#options = options;
    this.#expected = segment.baseOffset;
    this.#hidden = options.hiddenEpochs;
    this.#noted = new NotedEpochs(options);
  }

  async run(): Promise<SegmentRecovery> {
    for (let from = 0, readAgain = -1; ;) {
      const visit = (chunk: Buffer, at: number, position: number): boolean => this.#take(chunk, at, position);
      const scan = await scanBatches(this.#file, { from, to: this.#fileBytes, checkCrc: true }, visit);
      from = scan.position;
      if (scan.outcome === 'end') {
        // Not even bad bytes are left of what the next segment follows.
        if (this.#isDurableToItsEnd && this.#options.contiguous) this.#stepOver(from, from, this.#options.segmentEnd);
        else if (!this.#options.contiguous) this.#hideEpochsIn(this.#expected, this.#options.segmentEnd);
        return this.#found(from, { kind: 'whole' });
      }
      const asks = from === this.#doubtfulAt;
      this.#doubtfulAt = -1;
      if (asks && (await hasItsEpoch(this.#file, from, this.#fileBytes, this.#noted))) {
        this.#certainAt = from;
        continue;
      }
      if (from !== readAgain) {
        // A read may have gone astray once; nothing is cut for that.
        readAgain = from;
        continue;
      }
      const end = await this.#judgeBadBytes(from);
      if (typeof end !== 'number') return this.#found(from, end);
      from = end;
    }
  }

  /** Takes the good batch at `at` into indexes, epochs and producers; false when it cannot follow what came before. */
  #take(chunk: Buffer, at: number, position: number): boolean {
    const { epochs, producers } = this.#state;
    const baseOffset = batchBaseOffset(chunk, at);
    const epoch = batchLeaderEpoch(chunk, at);
    // The CRC does not cover the base offset: where nothing was compacted away, a gap is a flipped bit.
    if (!follows(baseOffset, this.#expected, this.#options.contiguous) || epoch < epochs.latestEpoch) return false;
    if (batchNextOffset(chunk, at) > this.#options.segmentEnd) return false;
    const notedHere = this.#noted.of(batchNextOffset(chunk, at));
    if (this.#isDoubtful(epoch, notedHere) && position !== this.#certainAt) {
      this.#doubtfulAt = position;
      return false;
    }
    this.#overruled = notedHere === epoch ? undefined : notedHere;
    this.#hideEpochsIn(this.#expected, baseOffset);
    for (const noted of this.#hidden) if (this.#stillHolds(noted, epoch)) epochs.assign(noted.epoch, noted.startOffset);
    this.#hidden = [];
    epochs.assignBehind(this.#expected, epoch, baseOffset);
    this.#segment.add(
      batchSizeBytes(chunk, at),
      batchLastOffset(chunk, at),
      batchMaxTimestamp(chunk, at),
      this.#options.indexIntervalBytes,
    );
    const aborted = replayBatch(producers, chunk, at);
    if (aborted !== undefined) this.#segment.transactions.add(aborted);
    this.#expected = batchNextOffset(chunk, at);
    return true;
  }

  #isDoubtful(epoch: LeaderEpoch, noted: LeaderEpoch | undefined): boolean {
    const { latestEpoch } = this.#state.epochs;
    if (noted === undefined) return epoch > latestEpoch;
    // What is noted wrong is wrong for all batches of that epoch: the others need not be asked for each.
    return noted !== epoch && (noted !== this.#overruled || epoch !== latestEpoch);
  }

  /** What the bytes at `position` are, which are no batch that may stand here: an end, or damage and where it is over. */
  async #judgeBadBytes(position: number): Promise<SegmentTail | number> {
    const isOnceDurable = this.#isDurableToItsEnd;
    if (!isOnceDurable && (await isZero(this.#file, position, this.#fileBytes))) return { kind: 'zeros' };
    const { contiguous, segmentEnd } = this.#options;
    const fit = { expected: this.#expected, segmentEnd, contiguous };
    const next = await findNextBatch(this.#file, position + 1, this.#fileBytes, fit);
    // Damage that reaches beyond the recovery point may hide an epoch that the checkpoint has not noted: it is cut.
    if (next !== undefined && next.baseOffset <= this.#options.recoveryPoint) {
      this.#stepOver(position, next.position, next.baseOffset);
      return next.position;
    }
    if (isOnceDurable) {
      this.#stepOver(position, this.#fileBytes, segmentEnd);
      return this.#fileBytes;
    }
    const cutShort = next === undefined && (await isCutShort(this.#file, position, this.#fileBytes, this.#expected));
    return { kind: cutShort ? 'cutShort' : 'damage' };
  }

  /** All that is missing of the segment is below the recovery point: what is behind it does not go for it. */
  get #isDurableToItsEnd(): boolean {
    const { segmentEnd, recoveryPoint } = this.#options;
    return this.#expected < segmentEnd && segmentEnd <= recoveryPoint;
  }

  #stepOver(position: number, endPosition: number, toOffset: Offset): void {
    const fromOffset = this.#expected;
    this.#damaged.push({ segment: this.#segment, fromOffset, toOffset, position, endPosition });
    this.#hideEpochsIn(fromOffset, toOffset);
    this.#segment.sizeBytes += endPosition - position;
    this.#expected = toOffset;
  }

  /**
   * Whether an epoch that is noted where no batch stands began there, the next batch being of `epoch`. Above the recovery point
   * the file may be older than a truncation that has made room for others. The batch's own epoch begins where it always did: it
   * has one leader.
   */
  #stillHolds(noted: EpochStart, epoch: LeaderEpoch): boolean {
    return noted.epoch === epoch || (noted.epoch < epoch && noted.startOffset < this.#options.recoveryPoint);
  }

  #hideEpochsIn(fromOffset: Offset, toOffset: Offset): void {
    if (fromOffset === toOffset) return;
    const { latestEpoch } = this.#state.epochs;
    const hidden = this.#options.notedEpochs.filter(
      (noted) => noted.epoch > latestEpoch && noted.startOffset >= fromOffset && noted.startOffset < toOffset,
    );
    this.#hidden = [...this.#hidden, ...hidden];
  }

  #found(position: number, tail: SegmentTail): SegmentRecovery {
    return {
      position,
      nextOffset: this.#expected,
      fileBytes: this.#fileBytes,
      tail,
      damaged: this.#damaged,
      hiddenEpochs: this.#hidden,
    };
  }
}

const CHUNK_BYTES = 256 * 1024;

async function isZero(file: File, from: number, to: number): Promise<boolean> {
  const chunk = Buffer.allocUnsafeSlow(Math.min(CHUNK_BYTES, to - from));
  for (let position = from; position < to;) {
    const length = await file.read(chunk.subarray(0, Math.min(chunk.length, to - position)), position);
    if (length === 0) return true;
    for (let at = 0; at < length; at++) if (chunk[at] !== 0) return false;
    position += length;
  }
  return true;
}

/** What the checkpoint says of the epochs: below the recovery point all that there is, beyond it what may be out of date. */
class NotedEpochs {
  readonly entries: readonly EpochStart[];
  readonly recoveryPoint: Offset;
  readonly #cache: LeaderEpochCache;

  constructor(options: Pick<SegmentRecoveryOptions, 'notedEpochs' | 'recoveryPoint'>) {
    this.entries = options.notedEpochs;
    this.recoveryPoint = options.recoveryPoint;
    this.#cache = new LeaderEpochCache(options.notedEpochs);
  }

  /** Of a batch below the recovery point that ends at `nextOffset`: the log, and with it the epoch, may begin within the batch. */
  of(nextOffset: Offset): LeaderEpoch | undefined {
    if (nextOffset > this.recoveryPoint) return undefined;
    const epoch = this.#cache.epochAt(nextOffset - 1);
    return epoch === NO_EPOCH ? undefined : epoch;
  }
}

/**
 * Whether the epoch of the good batch at `position` can be right, which is later than the one before it or not the one that is
 * noted. Below the recovery point the checkpoint is right, and the batch damaged, unless the next batch departs from what is
 * noted, too, and is of the same epoch: a flipped bit is one batch's, or the checkpoint's. Elsewhere the checkpoint notes that
 * it begins here, or of the batches that follow the last one of two has no earlier one. The last batch of a file is believed,
 * and so is one behind which others are missing up to beyond the recovery point: they would be cut with it.
 */
async function hasItsEpoch(file: File, position: number, fileBytes: number, noted: NotedEpochs): Promise<boolean> {
  const first = await goodBatchAt(file, position, fileBytes);
  if (first === undefined) return true;
  const { epoch, baseOffset } = first;
  const next = await goodBatchAt(file, first.end, fileBytes);
  if (noted.of(first.nextOffset) !== undefined) {
    if (next === undefined || next.baseOffset > noted.recoveryPoint) return true;
    const notedNext = noted.of(next.nextOffset);
    return next.epoch === epoch && notedNext !== undefined && notedNext !== epoch;
  }
  if (noted.entries.some((entry) => entry.epoch === epoch && entry.startOffset === baseOffset)) return true;
  const last = next && ((await goodBatchAt(file, next.end, fileBytes)) ?? next);
  return last === undefined || last.epoch >= epoch;
}

/** A batch as it stands in the file. */
interface PlacedBatch {
  readonly epoch: LeaderEpoch;
  readonly baseOffset: Offset;
  readonly nextOffset: Offset;
  readonly end: number;
}

async function goodBatchAt(file: File, position: number, fileBytes: number): Promise<PlacedBatch | undefined> {
  if (position + RECORD_BATCH_OVERHEAD > fileBytes) return undefined;
  const header = Buffer.allocUnsafe(RECORD_BATCH_OVERHEAD);
  await file.read(header, position);
  const sizeBytes = batchAt(header, 0, Number.MAX_SAFE_INTEGER);
  if (sizeBytes <= 0 || position + sizeBytes > fileBytes) return undefined;
  const batch = Buffer.allocUnsafeSlow(sizeBytes);
  await file.read(batch, position);
  if (batchAt(batch, 0, sizeBytes) !== sizeBytes || !checkCrc(batch, 0)) return undefined;
  return {
    epoch: batchLeaderEpoch(batch, 0),
    baseOffset: batchBaseOffset(batch, 0),
    nextOffset: batchNextOffset(batch, 0),
    end: position + sizeBytes,
  };
}

/** Whether what starts at `position` can only be a batch of which the end of the file cuts a part off. */
async function isCutShort(file: File, position: number, fileBytes: number, expected: Offset): Promise<boolean> {
  const left = fileBytes - position;
  if (left < RECORD_BATCH_OVERHEAD) return true;
  const header = Buffer.allocUnsafe(RECORD_BATCH_OVERHEAD);
  await file.read(header, position);
  if (batchAt(header, 0, Number.MAX_SAFE_INTEGER) <= left || batchBaseOffset(header, 0) < expected) return false;
  // The CRC does not cover the length: with a damaged length a whole batch looks cut short, but its CRC fits the rest.
  const rest = Buffer.allocUnsafeSlow(left);
  await file.read(rest, position);
  return crc32c(rest, ATTRIBUTES_AT, left) !== batchCrc(rest, 0);
}
