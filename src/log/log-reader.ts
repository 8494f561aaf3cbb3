import { VarveError } from '../common/errors.js';
import type { LeaderEpoch, Offset } from '../common/ids.js';
import { batchMaxTimestamp, RECORD_BATCH_OVERHEAD } from '../record/batch-header.js';
import { batchAt } from './batch-scan.js';
import type { Damage, DamageList } from './damage.js';
import type { LogConfig } from './log-config.js';
import type { LogServices } from './log-services.js';
import type { LogPages } from './page-cache-window.js';
import type { SegmentList } from './segment-list.js';
import type { ReadRange } from './segment-reader.js';
import { DamagedBytes, findPosition, loadIndexes, readSegment } from './segment-reader.js';
import type { Segment } from './segment.js';
import type { LogTail } from './tail-cache.js';

/** So many wrong reads of good bytes in a row are told to the reader. */
const MAX_TRIES = 3;

/** Reads batches from a log's files. */
export class LogReader {
  readonly #services: LogServices;
  readonly #segments: SegmentList;
  readonly #tail: LogTail;
  readonly #config: () => LogConfig;
  readonly #endOffset: () => Offset;
  readonly #epochAt: (offset: Offset) => LeaderEpoch;
  readonly #damage: DamageList;
  readonly #onDamaged: (found: DamagedBytes) => Promise<Damage | undefined>;
  readonly #onHole: (hole: Damage) => void;
  readonly #mayHaveGaps: () => boolean;
  readonly #pages: LogPages;
  /** Counts what makes a read under way void: truncations and swapped segments. */
  #generation = 0;
  #closed = false;
  readonly #loadingFirst = new Set<Segment>();

  constructor(options: {
    services: LogServices;
    segments: SegmentList;
    tail: LogTail;
    pages: LogPages;
    config: () => LogConfig;
    endOffset: () => Offset;
    epochAt: (offset: Offset) => LeaderEpoch;
    damage: DamageList;
    onDamaged: (found: DamagedBytes) => Promise<Damage | undefined>;
    onHole: (hole: Damage) => void;
    /** Compaction may have left gaps between the batches. */
    mayHaveGaps: () => boolean;
  }) {
    this.#services = options.services;
    this.#segments = options.segments;
    this.#tail = options.tail;
    this.#config = options.config;
    this.#endOffset = options.endOffset;
    this.#epochAt = options.epochAt;
    this.#damage = options.damage;
    this.#onDamaged = options.onDamaged;
    this.#onHole = options.onHole;
    this.#mayHaveGaps = options.mayHaveGaps;
    this.#pages = options.pages;
  }

  /** Grows when segments are cut, exchanged or removed: what was found out about their files may be true no longer. */
  get generation(): number {
    return this.#generation;
  }

  /** Reads under way start again: the files they look at have changed. */
  invalidate(): void {
    this.#generation++;
  }

  get closed(): boolean {
    return this.#closed;
  }

  /** The log is deleted: reads under way and to come are refused. */
  close(): void {
    this.#generation++;
    this.#closed = true;
  }

  /** As PartitionLog.read, for offsets that are not in memory. */
  async read(offset: Offset, maxBytes: number, upToOffset: Offset): Promise<Buffer[]> {
    this.#damage.check(offset);
    const range = { offset, maxBytes, upToOffset, epochAt: this.#epochAt };
    for (let index = this.#segments.indexOf(offset); index < this.#segments.count;) {
      const generation = this.#generation;
      const segment = this.#segments.at(index);
      if (segment.baseOffset >= upToOffset) return [];
      const segmentEnd = this.#segments.endOf(index, this.#endOffset());
      try {
        const found = await this.#readOne(segment, { ...range, segmentEnd }, generation);
        if (generation === this.#generation) {
          if (found !== undefined) return [found];
          const cached = this.#tail.read(offset, maxBytes, upToOffset);
          if (cached !== undefined) return cached;
          await this.#checkForHole(index, offset, upToOffset);
        }
      } catch (error) {
        // Files that were cut, exchanged or removed meanwhile, or with their log before, say nothing of the disk.
        if (generation === this.#generation && !this.#closed) throw this.#services.readFailure(error);
      }
      if (generation === this.#generation && !this.#closed) {
        index++;
        continue;
      }
      this.#checkStillThere(offset);
      index = this.#segments.indexOf(offset);
    }
    return [];
  }

  /** Reads the timestamp of the segment's first batch, from which rolling by time counts. */
  async loadFirstTimestamp(segment: Segment): Promise<void> {
    if (this.#loadingFirst.has(segment) || segment.writtenBytes < RECORD_BATCH_OVERHEAD) return;
    this.#loadingFirst.add(segment);
    const generation = this.#generation;
    try {
      const lease = await this.#services.files.acquire(segment.logPath, 'read');
      try {
        const header = Buffer.allocUnsafe(RECORD_BATCH_OVERHEAD);
        await lease.file.read(header, 0);
        const isBatch = batchAt(header, 0, Number.MAX_SAFE_INTEGER) > 0;
        // Where the file was cut meanwhile, another batch may be its first by now.
        if (isBatch && generation === this.#generation) segment.firstTimestamp = batchMaxTimestamp(header, 0);
      } finally {
        lease.release();
      }
    } catch (error) {
      // A damaged first batch is found when it is served; until then the segment is rolled by size alone.
      this.#services.platform.logger.warn({ path: segment.logPath, error: String(error) }, 'No first timestamp.');
    } finally {
      this.#loadingFirst.delete(segment);
    }
  }

  #checkStillThere(offset: Offset): void {
    if (this.#closed) throw new VarveError('KAFKA_STORAGE_ERROR', 'The log was deleted.');
    if (offset >= this.#segments.at(0).baseOffset) return;
    throw new VarveError('OFFSET_OUT_OF_RANGE', `The records at offset ${offset} were removed while they were read.`);
  }

  /**
   * The segment at `index` has no batch with `offset`, and the read would go on in the next one: where nothing was
   * compacted away, the end of its file is lost, or a segment after it.
   * @throws VarveError CORRUPT_MESSAGE
   */
  async #checkForHole(index: number, offset: Offset, upToOffset: Offset): Promise<void> {
    const segment = this.#segments.at(index);
    const next = this.#segments.all[index + 1];
    if (next === undefined || next.baseOffset <= offset || next.baseOffset >= upToOffset) return;
    if (this.#mayHaveGaps() || segment.writtenBytes < segment.sizeBytes) return;
    const generation = this.#generation;
    const position = segment.writtenBytes;
    const indexes = await loadIndexes(this.#services, segment, this.#config().indexIntervalBytes);
    const wanted = { offset, end: position, contiguous: true, from: this.#damage.endBefore(segment, offset) };
    const place = await findPosition(this.#services, segment, indexes, wanted);
    if (generation !== this.#generation || place.position < position) return;
    const fromOffset = place.expectedOffset ?? segment.baseOffset;
    this.#onHole({ segment, fromOffset, toOffset: next.baseOffset, position, endPosition: position });
    this.#damage.check(offset);
  }

  /** Undefined: no batch of the segment, or the generation has changed. */
  async #readOne(
    segment: Segment,
    range: Omit<ReadRange, 'contiguous' | 'from' | 'pages'>,
    generation: number,
  ): Promise<Buffer | undefined> {
    for (let tries = 1, passed = -1; ;) {
      try {
        const indexes = await loadIndexes(this.#services, segment, this.#config().indexIntervalBytes);
        const contiguous = !this.#mayHaveGaps();
        const from = this.#damage.endBefore(segment, range.offset);
        const pages = this.#config().cleanupCompact ? undefined : this.#pages;
        return await readSegment(this.#services, segment, indexes, { ...range, contiguous, from, pages });
      } catch (error) {
        if (generation !== this.#generation) return undefined;
        if (!(error instanceof DamagedBytes)) throw error;
        const damage = await this.#onDamaged(error);
        if (generation !== this.#generation) return undefined;
        // It is before what is read, which the next try goes around it for.
        if (damage !== undefined && damage.toOffset <= range.offset && damage.endPosition > passed) {
          passed = damage.endPosition;
          continue;
        }
        // A read that went astray, or an index that did and was made anew: the bytes themselves are good.
        if (damage !== undefined || tries++ === MAX_TRIES) throw error;
      }
    }
  }
}
