import type { Offset, Uuid } from '../common/ids.js';
import type { Damage } from './damage.js';
import { DamageList, measureDamage } from './damage.js';
import type { LeaderEpochCache } from './leader-epoch-cache.js';
import type { LogConfig } from './log-config.js';
import { LogReader } from './log-reader.js';
import type { LogServices } from './log-services.js';
import { LogWriter } from './log-writer.js';
import { LogPages } from './page-cache-window.js';
import type { ProducerState } from './producer-state.js';
import type { DamagedRange, RecoveryReport } from './recovery-report.js';
import type { SegmentList } from './segment-list.js';
import type { DamagedBytes } from './segment-reader.js';
import { Segment } from './segment.js';
import { LogTail } from './tail-cache.js';
import type { AbortedTransaction } from './transaction-index.js';

/** What opening a log folder found: the parts of a PartitionLog. */
export interface LoadedLog {
  readonly topic: string;
  readonly partition: number;
  readonly topicId: Uuid;
  readonly folder: string;
  readonly segments: SegmentList;
  readonly epochs: LeaderEpochCache;
  readonly producers: ProducerState;
  readonly startOffset: Offset;
  readonly endOffset: Offset;
  readonly highWatermark: Offset;
  readonly cleanedOffset: Offset;
  readonly recovery: RecoveryReport | undefined;
  /** A recovery cut it, and the controller has not been told yet. */
  readonly truncated: boolean;
  /** Where such damage begins, by the mark on the disk. */
  readonly damagedFrom: Offset | undefined;
  /** Compaction may have taken offsets out of it, or out of the leader's that it is a copy of. */
  readonly hasGaps: boolean;
  /** What recovery found damaged and left in its place. */
  readonly damage: readonly Damage[];
}

/**
 * What the parts of one log share: appending (PartitionLog), truncation, retention and compaction.
 *
 * Invariant: `startOffset <= highWatermark <= endOffset`.
 */
export class LogState {
  readonly topic: string;
  readonly partition: number;
  readonly folder: string;
  readonly services: LogServices;
  readonly segments: SegmentList;
  readonly epochs: LeaderEpochCache;
  readonly producers: ProducerState;
  readonly tail: LogTail;
  readonly writer: LogWriter;
  readonly reader: LogReader;
  readonly damage: DamageList;
  readonly onDamaged: (range: DamagedRange) => void;
  config: LogConfig;
  startOffset: Offset;
  endOffset: Offset;
  highWatermark: Offset;
  /** Compaction has been through everything below; 0 when it never ran. */
  cleanedOffset: Offset;
  /** Where damage begins that hides producers, by the mark on the disk. */
  #damagedFrom: Offset | undefined;
  /** Whether the log has gaps that compaction left: `noted` on the disk, or `seen` in a batch that waits for that. */
  gaps: 'none' | 'seen' | 'noted';
  /** Where the files begin of segments that were taken off the list, until they are gone. */
  removingFrom: Offset | undefined;
  /** What the recovery point may be at most: while the log is started over, the former files are still what a crash finds. */
  recoveryLimit = Infinity;
  /** The log is being closed or deleted. */
  stopping = false;
  /** The log was deleted: its files are about to go. */
  discarded = false;
  /** The log is being cut, or will be once what is at work in it has ended. */
  truncating = false;

  constructor(options: {
    services: LogServices;
    config: LogConfig;
    loaded: LoadedLog;
    onDurable: (offset: Offset) => void;
    onDamaged: (range: DamagedRange) => void;
  }) {
    this.onDamaged = options.onDamaged;
    this.damage = new DamageList(options.loaded.damage, options.loaded.startOffset);
    const { services, config, loaded } = options;
    this.topic = loaded.topic;
    this.partition = loaded.partition;
    this.folder = loaded.folder;
    this.services = services;
    this.config = config;
    this.segments = loaded.segments;
    this.segments.active.rollJitterMs = this.drawRollJitterMs();
    this.epochs = loaded.epochs;
    this.producers = loaded.producers;
    this.startOffset = loaded.startOffset;
    this.endOffset = loaded.endOffset;
    this.cleanedOffset = loaded.cleanedOffset;
    this.#damagedFrom = loaded.damagedFrom;
    this.gaps = loaded.hasGaps ? 'noted' : 'none';
    this.highWatermark = Math.min(Math.max(loaded.highWatermark, loaded.startOffset), loaded.endOffset);
    this.producers.updateHighWatermark(this.highWatermark);
    this.tail = new LogTail(loaded.endOffset);
    const pages = new LogPages(services);
    this.writer = new LogWriter({
      services,
      tail: this.tail,
      pages,
      endOffset: loaded.endOffset,
      policy: config,
      onDurable: options.onDurable,
    });
    this.reader = new LogReader({
      services,
      segments: this.segments,
      tail: this.tail,
      pages,
      config: () => this.config,
      endOffset: () => this.endOffset,
      epochAt: (offset) => this.epochs.epochAt(offset),
      damage: this.damage,
      onDamaged: (found) => this.reportDamage(found),
      onHole: (hole) => this.#noteDamage(hole),
      mayHaveGaps: () => !this.contiguous,
    });
  }

  /** Compaction has left no gap: each batch begins where the one before it ends. */
  get contiguous(): boolean {
    return this.gaps === 'none';
  }

  /** The log start that the next start finds by the files alone. */
  get firstOffsetOnDisk(): Offset {
    const first = this.segments.at(0);
    return this.removingFrom ?? (first.created || first.named ? first.baseOffset : 0);
  }

  /** Long work in the log stops where it may: somebody waits for it. */
  get mustYield(): boolean {
    return this.stopping || this.truncating;
  }

  /** As `LogServices.mustDo`; a log that was deleted waits for no room. */
  async mustDo<T>(work: () => Promise<T>): Promise<T> {
    return this.services.mustDo(work, () => this.discarded);
  }

  /**
   * Runs work that reads the log's files, and nothing else: a disk that fails takes the directory offline, as in
   * `LogReader.read`. Files that were cut, exchanged or removed, meanwhile or with their log before, say nothing of the disk:
   * their failure stays as it is.
   * @throws VarveError KAFKA_STORAGE_ERROR, and what `work` throws
   */
  async tryToRead<T>(work: () => Promise<T>): Promise<T> {
    const { generation } = this.reader;
    try {
      return await work();
    } catch (error) {
      throw generation === this.reader.generation && !this.discarded ? this.services.readFailure(error) : error;
    }
  }

  /** Fences off what a read found damaged; undefined when it is not, and the read went astray. */
  async reportDamage(found: DamagedBytes): Promise<Damage | undefined> {
    const { generation } = this.reader;
    // Found in a file that was exchanged or removed while it was read.
    if (this.reader.closed || !this.segments.all.includes(found.segment)) return undefined;
    const damage = await measureDamage(this, found);
    // What was measured in a segment that was cut or exchanged meanwhile fences good data off.
    if (generation !== this.reader.generation || !this.segments.all.includes(found.segment)) return undefined;
    if (damage === undefined) {
      this.services.platform.logger.warn(
        { path: found.segment.logPath, position: found.position },
        'Bytes on disk were read wrong once, and are good.',
      );
      return undefined;
    }
    this.#noteDamage(damage);
    return damage;
  }

  #noteDamage(damage: Damage): void {
    // What was deleted is not asked for, and nobody has it any more.
    if (!this.damage.add(damage) || damage.toOffset <= this.startOffset) return;
    const { segment, position, fromOffset, toOffset } = damage;
    this.services.platform.logger.error(
      { path: segment.logPath, position, fromOffset, toOffset },
      'Bytes on disk are damaged; they are not served and must be fetched from another replica.',
    );
    this.onDamaged({ fromOffset, toOffset });
  }

  /** Resolves when the disk has it that gaps in this log are no damage. */
  async noteGaps(): Promise<void> {
    if (this.gaps === 'noted') return;
    await this.segments.writeGapsMark();
    this.gaps = 'noted';
  }

  /** Resolves when the next start will know that damage from `fromOffset` on hides producers. */
  async noteDamageMark(fromOffset: Offset): Promise<void> {
    if (this.#damagedFrom !== undefined && this.#damagedFrom <= fromOffset) return;
    await this.segments.writeDamageMark(fromOffset);
    this.#damagedFrom = fromOffset;
  }

  /** Once all is mended that a recovery stepped over, or gone: the next start may trust what a stop leaves. */
  async endDamageMark(): Promise<void> {
    if (this.#damagedFrom === undefined || this.damage.firstUnvouched !== undefined) return;
    await this.segments.unlinkDamageMark();
    this.#damagedFrom = undefined;
  }

  /** Aborted transactions with records in `from` .. `to`-1, in the order of their markers. */
  collectAborted(from: Offset, to: Offset): AbortedTransaction[] {
    const found: AbortedTransaction[] = [];
    for (let index = this.segments.indexOf(from); index < this.segments.count; index++) {
      if (this.segments.at(index).transactions.collect(from, to, found)) break;
    }
    return found;
  }

  /** Ends the active segment and begins the next, at the log's end or, behind a gap, where its first batch begins. */
  roll(baseOffset = this.endOffset): void {
    const old = this.segments.active;
    old.finishTimeIndex();
    this.writer.seal(old, this.segments.prepareSeal(old, baseOffset, this.producers));
    this.segments.add(
      Segment.empty({
        baseOffset,
        folder: this.folder,
        createdMs: this.services.platform.clock.wallMs(),
        rollJitterMs: this.drawRollJitterMs(),
      }),
    );
  }

  /** How much earlier than others of its age a segment is rolled, by `segment.jitter.ms`. */
  drawRollJitterMs(): number {
    const jitterMs = Math.min(this.config.segmentJitterMs, 0xffff_ffff);
    return jitterMs > 0 ? this.services.platform.random.below(jitterMs) : 0;
  }

  raiseStartOffset(offset: Offset): void {
    if (offset <= this.startOffset) return;
    this.startOffset = offset;
    this.highWatermark = Math.max(this.highWatermark, offset);
    this.epochs.truncateFromStart(offset);
    this.damage.trim(offset, this.endOffset);
  }
}
