import type { Offset, Uuid } from '../common/ids.js';
import type { Damage } from './damage.js';
import { DamageList, measureDamage } from './damage.js';
import { GAPS_MARK } from './file-names.js';
import type { LeaderEpochCache } from './leader-epoch-cache.js';
import type { LogConfig } from './log-config.js';
import { LogReader } from './log-reader.js';
import type { LogServices } from './log-services.js';
import { LogWriter } from './log-writer.js';
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
  /** Offsets may be missing between batches: it is or was compacted. */
  readonly mayHaveGaps: boolean;
  /** A recovery cut it, and the controller has not been told yet. */
  readonly truncated: boolean;
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
  readonly tail = new LogTail();
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
  #mayHaveGaps: boolean;
  /** The log is being closed or deleted: long work in it stops where it may. */
  stopping = false;

  constructor(options: {
    services: LogServices;
    config: LogConfig;
    loaded: LoadedLog;
    onDurable: (offset: Offset) => void;
    onDamaged: (range: DamagedRange) => void;
  }) {
    this.onDamaged = options.onDamaged;
    this.damage = new DamageList(options.loaded.damage);
    const { services, config, loaded } = options;
    this.#mayHaveGaps = loaded.mayHaveGaps;
    this.topic = loaded.topic;
    this.partition = loaded.partition;
    this.folder = loaded.folder;
    this.services = services;
    this.config = config;
    this.segments = loaded.segments;
    this.epochs = loaded.epochs;
    this.producers = loaded.producers;
    this.startOffset = loaded.startOffset;
    this.endOffset = loaded.endOffset;
    this.cleanedOffset = loaded.cleanedOffset;
    this.highWatermark = Math.min(Math.max(loaded.highWatermark, loaded.startOffset), loaded.endOffset);
    this.producers.updateHighWatermark(this.highWatermark);
    this.writer = new LogWriter({
      services,
      tail: this.tail,
      endOffset: loaded.endOffset,
      policy: config,
      onDurable: options.onDurable,
    });
    this.reader = new LogReader({
      services,
      segments: this.segments,
      tail: this.tail,
      config: () => this.config,
      endOffset: () => this.endOffset,
      epochAt: (offset) => this.epochs.epochAt(offset),
      damage: this.damage,
      onDamaged: (found) => this.reportDamage(found),
    });
  }

  /** Fences off what a read found damaged; undefined when it is not, and the read went astray. */
  async reportDamage(found: DamagedBytes): Promise<Damage | undefined> {
    const { generation } = this.reader;
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
    if (this.damage.add(damage)) {
      const { fromOffset, toOffset } = damage;
      this.services.platform.logger.error(
        { path: found.segment.logPath, position: found.position, fromOffset, toOffset },
        'Bytes on disk are damaged; they are not served and must be fetched from another replica.',
      );
      this.onDamaged({ fromOffset, toOffset });
    }
    return damage;
  }

  /** Aborted transactions with records in `from` .. `to`-1, in the order of their markers. */
  collectAborted(from: Offset, to: Offset): AbortedTransaction[] {
    const found: AbortedTransaction[] = [];
    for (let index = this.segments.indexOf(from); index < this.segments.count; index++) {
      if (this.segments.at(index).transactions.collect(from, to, found)) break;
    }
    return found;
  }

  /** Ends the active segment at the log's end and begins the next. */
  roll(): void {
    const old = this.segments.active;
    old.finishTimeIndex();
    this.writer.seal(old, this.segments.prepareSeal(old, this.endOffset, this.producers));
    const jitterMs = Math.min(this.config.segmentJitterMs, 0xffff_ffff);
    this.segments.add(
      Segment.empty({
        baseOffset: this.endOffset,
        folder: this.folder,
        createdMs: this.services.platform.clock.wallMs(),
        rollJitterMs: jitterMs > 0 ? this.services.platform.random.below(jitterMs) : 0,
      }),
    );
  }

  get mayHaveGaps(): boolean {
    return this.#mayHaveGaps;
  }

  /** Notes on the disk, before the first compaction, that offsets may be missing from here on. */
  async noteGaps(): Promise<void> {
    if (this.#mayHaveGaps) return;
    await this.services.mustDo(() => markGaps(this.services, this.folder));
    this.#mayHaveGaps = true;
  }

  raiseStartOffset(offset: Offset): void {
    if (offset <= this.startOffset) return;
    this.startOffset = offset;
    this.highWatermark = Math.max(this.highWatermark, offset);
    this.epochs.truncateFromStart(offset);
    this.damage.trim(offset, this.endOffset);
  }
}

/** Makes the mark that recovery looks for, durable. */
export async function markGaps(services: LogServices, folder: string): Promise<void> {
  await services.writeFile(`${folder}/${GAPS_MARK}`, Buffer.alloc(0));
  await services.platform.fileSystem.syncDirectory(folder);
}
