/**
 * The settings of one partition's log, with the meaning of Kafka's topic configs of the same names. Unlimited is
 * `Infinity`, also where Kafka writes -1 or 2^63-1.
 */
export interface LogConfig {
  /** `segment.bytes`: a segment file never grows over it. */
  readonly segmentBytes: number;
  /** `segment.ms`: a segment whose records span more is rolled. */
  readonly segmentMs: number;
  /** `segment.jitter.ms`: rolling by time comes up to this much earlier, so that not all segments roll at once. */
  readonly segmentJitterMs: number;
  /** `segment.index.bytes`: an index that has reached it makes the segment roll. */
  readonly segmentIndexBytes: number;
  /** `index.interval.bytes`: at least that many bytes of log between two index entries. */
  readonly indexIntervalBytes: number;
  /** `flush.messages`: records appended before a sync. 1 (the default): nothing counts as durable before its sync. */
  readonly flushMessages: number;
  /** `flush.ms`: the longest that records of a relaxed topic wait for their sync. */
  readonly flushMs: number;
  /** `retention.bytes` */
  readonly retentionBytes: number;
  /** `retention.ms` */
  readonly retentionMs: number;
  /** `max.message.bytes`: the greatest batch. */
  readonly maxMessageBytes: number;
  /** `message.timestamp.type` */
  readonly messageTimestampType: 'CreateTime' | 'LogAppendTime';
  /** `message.timestamp.before.max.ms`: how far in the past a record's timestamp may be. */
  readonly messageTimestampBeforeMaxMs: number;
  /** `message.timestamp.after.max.ms`: how far in the future. */
  readonly messageTimestampAfterMaxMs: number;
  /** `compression.type`: what the broker stores; `producer` keeps the producer's codec. */
  readonly compressionType: 'producer' | 'uncompressed' | 'gzip' | 'snappy' | 'lz4' | 'zstd';
  /** `cleanup.policy` */
  readonly cleanupDelete: boolean;
  readonly cleanupCompact: boolean;
  /** `min.cleanable.dirty.ratio` */
  readonly minCleanableDirtyRatio: number;
  /** `min.compaction.lag.ms` */
  readonly minCompactionLagMs: number;
  /** `max.compaction.lag.ms`: see also `maxSegmentMs`. */
  readonly maxCompactionLagMs: number;
  /** `delete.retention.ms`: how long tombstones and transaction markers outlive their compaction. */
  readonly deleteRetentionMs: number;
}

/**
 * The longest that the records of one segment may span (KIP-354): what is in the active segment is not compacted, so a
 * compacted log begins the next one by when its records are due.
 */
export function maxSegmentMs(config: LogConfig): number {
  return config.cleanupCompact ? Math.min(config.segmentMs, config.maxCompactionLagMs) : config.segmentMs;
}

const HOUR_MS = 3_600_000;

/** Kafka's defaults, but for `flush.messages`: Varve syncs before it acknowledges. */
export const DEFAULT_LOG_CONFIG: LogConfig = {
  segmentBytes: 1024 * 1024 * 1024,
  segmentMs: 168 * HOUR_MS,
  segmentJitterMs: 0,
  segmentIndexBytes: 10 * 1024 * 1024,
  indexIntervalBytes: 4096,
  flushMessages: 1,
  flushMs: Infinity,
  retentionBytes: Infinity,
  retentionMs: 168 * HOUR_MS,
  maxMessageBytes: 1_048_588,
  messageTimestampType: 'CreateTime',
  messageTimestampBeforeMaxMs: Infinity,
  messageTimestampAfterMaxMs: HOUR_MS,
  compressionType: 'producer',
  cleanupDelete: true,
  cleanupCompact: false,
  minCleanableDirtyRatio: 0.5,
  minCompactionLagMs: 0,
  maxCompactionLagMs: Infinity,
  deleteRetentionMs: 24 * HOUR_MS,
};

/** Settings of a log directory, shared by all logs in it. */
export interface LogDirectoryConfig {
  /** Syncs in flight at once, below the size of libuv's pool. */
  readonly maxConcurrentSyncs: number;
  /** Bytes appended and not yet written, in all logs of the directory; past them appends are refused. */
  readonly maxPendingBytes: number;
  /** Bytes one write and sync takes of one log; more waits for the next. */
  readonly maxGroupBytes: number;
  /** Of what leaders wrote and of what was read: how much stays in the system's page cache. Infinity: it decides. */
  readonly pageCacheBytes: number;
  /** Files held open. */
  readonly maxOpenFiles: number;
  /** How long a write that found the disk full waits before it is tried again. */
  readonly fullDiskRetryMs: number;
  /** `log.flush.offset.checkpoint.interval.ms` and `replica.high.watermark.checkpoint.interval.ms` in one. */
  readonly checkpointIntervalMs: number;
  /** `producer.id.expiration.ms` */
  readonly producerIdExpirationMs: number;
  /** Producers whose state one log keeps; past them the longest silent one without a transaction is forgotten. */
  readonly maxProducerIds: number;
}

export const DEFAULT_LOG_DIRECTORY_CONFIG: LogDirectoryConfig = {
  maxConcurrentSyncs: 4,
  maxPendingBytes: 64 * 1024 * 1024,
  maxGroupBytes: 8 * 1024 * 1024,
  pageCacheBytes: 256 * 1024 * 1024,
  maxOpenFiles: 4096,
  fullDiskRetryMs: 1000,
  checkpointIntervalMs: 5000,
  producerIdExpirationMs: 24 * HOUR_MS,
  maxProducerIds: 100_000,
};
