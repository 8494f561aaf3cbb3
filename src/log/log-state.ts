import type { Offset, Uuid } from '../common/ids.js';
import type { LeaderEpochCache } from './leader-epoch-cache.js';
import type { LogConfig } from './log-config.js';
import { LogReader } from './log-reader.js';
import type { LogServices } from './log-services.js';
import { LogWriter } from './log-writer.js';
import type { ProducerState } from './producer-state.js';
import type { RecoveryReport } from './recovery-report.js';
import type { SegmentList } from './segment-list.js';
import { LogTail } from './tail-cache.js';

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
  readonly recovery: RecoveryReport | undefined;
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
  config: LogConfig;
  startOffset: Offset;
  endOffset: Offset;
  highWatermark: Offset;

  constructor(options: {
    services: LogServices;
    config: LogConfig;
    loaded: LoadedLog;
    onDurable: (offset: Offset) => void;
  }) {
    const { services, config, loaded } = options;
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
      onDamaged: () => undefined,
    });
  }

  raiseStartOffset(offset: Offset): void {
    if (offset <= this.startOffset) return;
    this.startOffset = offset;
    this.highWatermark = Math.max(this.highWatermark, offset);
    this.epochs.truncateFromStart(offset);
  }
}
