import { assert } from '../common/assert.js';
import type { Offset } from '../common/ids.js';
import { NO_TIMESTAMP } from '../record/batch-header.js';
import { type LogConfig, maxSegmentMs } from './log-config.js';
import { LOG_SUFFIX, offsetFileName, SWAP_SUFFIX } from './file-names.js';
import { OffsetIndex } from './offset-index.js';
import { TimeIndex } from './time-index.js';
import { TransactionIndex } from './transaction-index.js';

export interface SegmentIndexes {
  readonly offsets: OffsetIndex;
  readonly times: TimeIndex;
}

/** The greatest offset that the indexes can hold, relative to the base offset. */
export const MAX_RELATIVE_OFFSET = 0x7fff_ffff;

/**
 * One segment of a log: its files' names, how much of it there is, and its indexes. The last segment of a log, the
 * active one, is appended to and has its indexes in memory; those of the others are read when asked for, and given back.
 *
 * Invariant: `writtenBytes <= sizeBytes`; what lies between is in the log's tail and on its way to the file.
 */
export class Segment {
  readonly baseOffset: Offset;
  readonly folder: string;
  sizeBytes = 0;
  /** Bytes in the file. */
  writtenBytes = 0;
  /** The file and its name are on the disk. */
  created = false;
  /** It is being swapped in: its batches are in a file beside the one that it will take the place of. */
  isSwapping = false;
  /** Of one that is not written to yet: its empty file was made with the folder, and the name is on the disk. */
  named = false;
  /** Undefined: not read yet, or given back. */
  indexes: SegmentIndexes | undefined;
  /** The files have what `indexes` has, and nothing is added to it: it may be given back, and read again (`IndexCache`). */
  indexesAreWritten = true;
  /** Grows when `indexes` is about to be changed: what was read of the files before that is void. */
  indexesVersion = 0;
  transactions = TransactionIndex.empty();
  /** Greatest timestamp of its batches and the last offset of that batch; undefined: not read yet. */
  latest: { timestamp: number; offset: Offset } | undefined;
  /** `latest` comes from the batches, not from the file of the time index alone. */
  latestIsSure = true;
  /** Timestamp of its first batch, from which rolling by time counts; undefined when not known. */
  firstTimestamp: number | undefined;
  bytesSinceIndexEntry = 0;
  /** When this process made or opened it, or the file was last written. */
  readonly createdMs: number;
  /** Taken off `maxSegmentMs`: drawn once the segment is the active one of a log whose settings are known. */
  rollJitterMs: number;

  constructor(options: { baseOffset: Offset; folder: string; createdMs: number; rollJitterMs: number }) {
    this.baseOffset = options.baseOffset;
    this.folder = options.folder;
    this.createdMs = options.createdMs;
    this.rollJitterMs = options.rollJitterMs;
  }

  /** A segment that has no batch yet. */
  static empty(options: { baseOffset: Offset; folder: string; createdMs: number; rollJitterMs: number }): Segment {
    const segment = new Segment(options);
    segment.resetIndexes();
    return segment;
  }

  get logPath(): string {
    return this.path(this.isSwapping ? LOG_SUFFIX + SWAP_SUFFIX : LOG_SUFFIX);
  }

  path(suffix: string): string {
    return `${this.folder}/${offsetFileName(this.baseOffset, suffix)}`;
  }

  resetIndexes(): void {
    this.indexesAreWritten = false;
    this.indexes = { offsets: OffsetIndex.empty(this.baseOffset), times: TimeIndex.empty(this.baseOffset) };
    this.transactions = TransactionIndex.empty();
    this.latest = { timestamp: NO_TIMESTAMP, offset: this.baseOffset };
    this.latestIsSure = true;
    this.firstTimestamp = undefined;
    this.bytesSinceIndexEntry = 0;
  }

  /** Notes a batch of `sizeBytes` at the end. The order of the steps decides the bytes of the indexes, as in Kafka. */
  add(sizeBytes: number, lastOffset: Offset, maxTimestamp: number, indexIntervalBytes: number): void {
    const { indexes, latest } = this;
    assert(indexes !== undefined && latest !== undefined, 'a segment that is appended to has its indexes in memory');
    if (this.sizeBytes === 0) this.firstTimestamp = maxTimestamp;
    if (maxTimestamp > latest.timestamp) {
      latest.timestamp = maxTimestamp;
      latest.offset = lastOffset;
    }
    if (this.bytesSinceIndexEntry > indexIntervalBytes) {
      indexes.offsets.add(lastOffset, this.sizeBytes);
      indexes.times.addIfLater(latest.timestamp, latest.offset);
      this.bytesSinceIndexEntry = 0;
    }
    this.sizeBytes += sizeBytes;
    this.bytesSinceIndexEntry += sizeBytes;
  }

  /** Whether an append must go to a new segment, as Kafka decides it. */
  mustRoll(
    config: LogConfig,
    append: {
      readonly sizeBytes: number;
      readonly lastOffset: Offset;
      readonly maxTimestamp: number;
      readonly nowMs: number;
    },
  ): boolean {
    if (append.lastOffset - this.baseOffset > MAX_RELATIVE_OFFSET) return true;
    if (this.sizeBytes === 0) return false;
    if (this.sizeBytes + append.sizeBytes > config.segmentBytes) return true;
    const { indexes } = this;
    assert(indexes !== undefined, 'a segment that is appended to has its indexes in memory');
    if (indexes.offsets.sizeBytes + 8 > config.segmentIndexBytes) return true;
    if (indexes.times.sizeBytes + 12 > config.segmentIndexBytes) return true;
    const { firstTimestamp } = this;
    // Not read yet after a clean start: the next append knows.
    if (firstTimestamp === undefined) return false;
    const spanMs = firstTimestamp >= 0 ? append.maxTimestamp - firstTimestamp : append.nowMs - this.createdMs;
    return spanMs > Math.max(0, maxSegmentMs(config) - this.rollJitterMs);
  }

  /** No batch will be added: the time index ends with the greatest timestamp, so that retention need not read batches. */
  finishTimeIndex(): void {
    const { indexes, latest } = this;
    if (indexes === undefined || latest === undefined || latest.timestamp === NO_TIMESTAMP) return;
    indexes.times.addIfLater(latest.timestamp, latest.offset);
  }
}
