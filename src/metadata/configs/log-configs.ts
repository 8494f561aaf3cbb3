import { boolean, double, int, listOf, long, oneOf, optionalInt } from './definition.js';

const NO_LIMIT = Number.MAX_SAFE_INTEGER;
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** Defaults of topics: a topic may override each (see TOPIC_CONFIGS). */
export const LOG_CONFIGS = {
  numPartitions: int({
    name: 'num.partitions',
    min: 1,
    max: 10_000,
    default: 1,
    dynamic: 'cluster',
    documentation: 'Partitions of a topic that is made without a number.',
  }),
  defaultReplicationFactor: optionalInt({
    name: 'default.replication.factor',
    min: 1,
    max: 32_767,
    dynamic: 'cluster',
    importance: 'high',
    documentation:
      'Replicas of a topic that is made without a number; without it, 3 or the number of nodes, whichever is less.',
  }),
  minInsyncReplicas: optionalInt({
    name: 'min.insync.replicas',
    min: 1,
    dynamic: 'cluster',
    clusterWide: true,
    importance: 'high',
    documentation:
      'Replicas that must have a record on disk before acks=all is answered; without it, a majority of the ' +
      'replication factor.',
  }),
  messageMaxBytes: int({
    name: 'message.max.bytes',
    min: 0,
    default: 1_048_588,
    unit: 'bytes',
    dynamic: 'cluster',
    importance: 'high',
    documentation: 'The greatest record batch that is accepted, after compression.',
  }),
  compressionType: oneOf({
    name: 'compression.type',
    words: ['producer', 'uncompressed', 'gzip', 'snappy', 'lz4', 'zstd'],
    default: 'producer',
    dynamic: 'cluster',
    importance: 'high',
    documentation: "How batches are stored; 'producer' keeps what the producer chose.",
  }),
  logMessageTimestampType: oneOf({
    name: 'log.message.timestamp.type',
    words: ['CreateTime', 'LogAppendTime'],
    default: 'CreateTime',
    dynamic: 'cluster',
    documentation: "Whether a record's timestamp is its producer's or the time when it was appended.",
  }),
  logMessageTimestampBeforeMaxMs: long({
    name: 'log.message.timestamp.before.max.ms',
    min: 0,
    default: NO_LIMIT,
    unit: 'ms',
    dynamic: 'cluster',
    documentation: "How far a record's timestamp may lie in the past of the broker's clock.",
  }),
  logMessageTimestampAfterMaxMs: long({
    name: 'log.message.timestamp.after.max.ms',
    min: 0,
    default: HOUR_MS,
    unit: 'ms',
    dynamic: 'cluster',
    documentation: "How far a record's timestamp may lie in the future of the broker's clock.",
  }),
  logCleanupPolicy: listOf({
    name: 'log.cleanup.policy',
    words: ['delete', 'compact'],
    default: ['delete'],
    dynamic: 'cluster',
    documentation: 'Whether old segments are deleted, or compacted to the last record of each key, or both.',
  }),
  logSegmentBytes: int({
    name: 'log.segment.bytes',
    min: 14,
    default: 1024 * 1024 * 1024,
    unit: 'bytes',
    dynamic: 'cluster',
    importance: 'high',
    documentation: 'The size at which a new segment file is begun.',
  }),
  logRollMs: long({
    name: 'log.roll.ms',
    min: 1,
    default: 7 * DAY_MS,
    unit: 'ms',
    dynamic: 'cluster',
    fallbacks: [{ name: 'log.roll.hours', factor: HOUR_MS }],
    documentation: 'The age at which a new segment file is begun.',
  }),
  logRollJitterMs: long({
    name: 'log.roll.jitter.ms',
    min: 0,
    default: 0,
    unit: 'ms',
    dynamic: 'cluster',
    fallbacks: [{ name: 'log.roll.jitter.hours', factor: HOUR_MS }],
    importance: 'low',
    documentation: 'A random time, up to this, by which a segment is begun earlier, so that not all are begun at once.',
  }),
  logRetentionMs: long({
    name: 'log.retention.ms',
    min: -1,
    default: 7 * DAY_MS,
    unit: 'ms',
    dynamic: 'cluster',
    fallbacks: [
      { name: 'log.retention.minutes', factor: MINUTE_MS },
      { name: 'log.retention.hours', factor: HOUR_MS },
    ],
    importance: 'high',
    documentation: 'How long records are kept; -1 for ever.',
  }),
  logRetentionBytes: long({
    name: 'log.retention.bytes',
    min: -1,
    default: -1,
    unit: 'bytes',
    dynamic: 'cluster',
    importance: 'high',
    documentation: 'How large a partition may grow before its oldest segments are deleted; -1 without a limit.',
  }),
  logIndexSizeMaxBytes: int({
    name: 'log.index.size.max.bytes',
    min: 4,
    default: 10 * 1024 * 1024,
    unit: 'bytes',
    dynamic: 'cluster',
    documentation: 'The size at which an index is full and a new segment is begun.',
  }),
  logIndexIntervalBytes: int({
    name: 'log.index.interval.bytes',
    min: 0,
    default: 4096,
    unit: 'bytes',
    dynamic: 'cluster',
    documentation: 'How many bytes of a log stand between two entries of its offset index.',
  }),
  logFlushIntervalMessages: long({
    name: 'log.flush.interval.messages',
    min: 1,
    default: 1,
    dynamic: 'cluster',
    clusterWide: true,
    importance: 'high',
    documentation:
      'Above 1, records count as stored once they are in the page cache and are synced in the background: faster, and ' +
      'lost when the power of all replicas fails together.',
  }),
  logFlushIntervalMs: long({
    name: 'log.flush.interval.ms',
    min: 0,
    default: NO_LIMIT,
    unit: 'ms',
    dynamic: 'cluster',
    importance: 'high',
    documentation: 'With flush.messages above 1: the longest time that a record waits for its sync.',
  }),
  logCleanerDeleteRetentionMs: long({
    name: 'log.cleaner.delete.retention.ms',
    min: 0,
    default: DAY_MS,
    unit: 'ms',
    dynamic: 'cluster',
    documentation: 'How long tombstones of a compacted topic are kept, so that every reader can see them.',
  }),
  logCleanerMinCleanableRatio: double({
    name: 'log.cleaner.min.cleanable.ratio',
    min: 0,
    max: 1,
    default: 0.5,
    dynamic: 'cluster',
    documentation: 'The share of a log that must be uncompacted before it is compacted.',
  }),
  logCleanerMinCompactionLagMs: long({
    name: 'log.cleaner.min.compaction.lag.ms',
    min: 0,
    default: 0,
    unit: 'ms',
    dynamic: 'cluster',
    documentation: 'How long a record stays uncompacted at least.',
  }),
  logCleanerMaxCompactionLagMs: long({
    name: 'log.cleaner.max.compaction.lag.ms',
    min: 1,
    default: NO_LIMIT,
    unit: 'ms',
    dynamic: 'cluster',
    documentation: 'How long a record stays uncompacted at most, unless the least lag is longer.',
  }),
  uncleanLeaderElectionEnable: boolean({
    name: 'unclean.leader.election.enable',
    default: false,
    dynamic: 'cluster',
    importance: 'high',
    documentation:
      'Whether a replica that lacks acknowledged records may lead when no other can, and a leader may give up those that ' +
      'are damaged on its disk and that no other replica has: they are lost.',
  }),
};

/** How a broker keeps its logs, whatever the topic. */
export const LOG_MANAGER_CONFIGS = {
  logRetentionCheckIntervalMs: long({
    name: 'log.retention.check.interval.ms',
    min: 1,
    default: 5 * MINUTE_MS,
    unit: 'ms',
    documentation: 'How often logs are looked at for segments to delete.',
  }),
  logCleanerEnable: boolean({
    name: 'log.cleaner.enable',
    default: true,
    documentation: 'Whether topics with cleanup.policy=compact are compacted.',
  }),
  logCleanerBackoffMs: long({
    name: 'log.cleaner.backoff.ms',
    min: 0,
    default: 15_000,
    unit: 'ms',
    dynamic: 'cluster',
    documentation: 'How long the cleaner rests when there is nothing to compact.',
  }),
  logCleanerDedupeBufferSize: long({
    name: 'log.cleaner.dedupe.buffer.size',
    min: 64 * 1024,
    default: 16 * 1024 * 1024,
    unit: 'bytes',
    dynamic: 'cluster',
    documentation: 'Memory for the keys of one run of the cleaner.',
  }),
  logCleanerIoMaxBytesPerSecond: double({
    name: 'log.cleaner.io.max.bytes.per.second',
    min: 1,
    default: 32 * 1024 * 1024,
    dynamic: 'cluster',
    documentation: 'Bytes that the cleaner reads and writes a second, at most.',
  }),
  logFlushOffsetCheckpointIntervalMs: int({
    name: 'log.flush.offset.checkpoint.interval.ms',
    min: 1,
    default: 10_000,
    unit: 'ms',
    documentation: 'How often the recovery points are written down: what is below them needs no recovery.',
  }),
  logFlushConcurrency: int({
    name: 'log.flush.concurrency',
    min: 1,
    max: 64,
    default: 4,
    documentation: 'Syncs under way at once in one log directory.',
  }),
  logMaxUnflushedBytes: int({
    name: 'log.max.unflushed.bytes',
    min: 1024 * 1024,
    default: 64 * 1024 * 1024,
    unit: 'bytes',
    documentation:
      'Appended bytes of one log directory that wait for the disk; past it, appends are refused for a moment.',
  }),
  logTailCacheBytes: int({
    name: 'log.tail.cache.bytes',
    min: 0,
    default: 4 * 1024 * 1024,
    unit: 'bytes',
    documentation: 'Memory of the node for the newest records, so that followers and tailing consumers read no file.',
  }),
  logIndexCacheBytes: int({
    name: 'log.index.cache.bytes',
    min: 0,
    default: 128 * 1024 * 1024,
    unit: 'bytes',
    documentation:
      'Memory of the node for the indexes of closed segments (20 bytes for each 4 KiB of log, or each batch that is larger); ' +
      'past it, those used longest ago are read from their files again.',
  }),
  logPageCacheBytes: long({
    name: 'log.page.cache.bytes',
    min: -1,
    default: 256 * 1024 * 1024,
    unit: 'bytes',
    documentation:
      "Of what leaders wrote to each log directory and of what was read there, so much stays in the system's page cache " +
      'for consumers that are behind (Linux, topics that are not compacted); -1 leaves that to the system.',
  }),
  logMaxOpenFiles: int({
    name: 'log.max.open.files',
    min: 16,
    default: 4_000,
    documentation: 'Log files that are kept open; fewer where the process may open few (ulimit -n).',
  }),
  logScrubIntervalMs: long({
    name: 'log.scrub.interval.ms',
    min: -1,
    default: 7 * DAY_MS,
    unit: 'ms',
    dynamic: 'cluster',
    documentation: 'Within this time each stored batch is read and its CRC checked once; -1 never.',
  }),
  producerIdExpirationMs: int({
    name: 'producer.id.expiration.ms',
    min: 1,
    default: DAY_MS,
    unit: 'ms',
    dynamic: 'cluster',
    importance: 'low',
    documentation:
      "How long a partition remembers a producer that is silent, and so recognizes that producer's retries.",
  }),
  producerIdCacheMaxEntries: int({
    name: 'producer.id.cache.max.entries',
    min: 100,
    default: 100_000,
    importance: 'low',
    documentation: 'Producers that one partition remembers at most; the longest silent ones are forgotten first.',
  }),
};

/** How replicas and consumers fetch. */
export const REPLICATION_CONFIGS = {
  replicaLagTimeMaxMs: long({
    name: 'replica.lag.time.max.ms',
    min: 100,
    default: 30_000,
    unit: 'ms',
    importance: 'high',
    documentation: "A follower whose disk has not reached the leader's log end for this long leaves the ISR.",
  }),
  replicaFetchMaxBytes: int({
    name: 'replica.fetch.max.bytes',
    min: 0,
    default: 1024 * 1024,
    unit: 'bytes',
    documentation: 'Bytes of one partition in one message to a follower; always at least one batch.',
  }),
  replicaFetchWindowBytes: int({
    name: 'replica.fetch.window.bytes',
    min: 64 * 1024,
    default: 4 * 1024 * 1024,
    unit: 'bytes',
    documentation: 'Bytes that a leader node may have under way to one follower node.',
  }),
  replicaHighWatermarkCheckpointIntervalMs: long({
    name: 'replica.high.watermark.checkpoint.interval.ms',
    min: 10,
    default: 5_000,
    unit: 'ms',
    importance: 'low',
    documentation: 'How often high watermarks are written down.',
  }),
  leaderReplicationThrottledRate: long({
    name: 'leader.replication.throttled.rate',
    min: 0,
    default: NO_LIMIT,
    unit: 'bytes/s',
    dynamic: 'broker',
    documentation: 'Bytes a second that this broker sends to throttled replicas, such as those of a reassignment.',
  }),
  followerReplicationThrottledRate: long({
    name: 'follower.replication.throttled.rate',
    min: 0,
    default: NO_LIMIT,
    unit: 'bytes/s',
    dynamic: 'broker',
    documentation: 'Bytes a second that this broker receives for its own throttled replicas.',
  }),
  fetchMaxBytes: int({
    name: 'fetch.max.bytes',
    min: 1024,
    default: 55 * 1024 * 1024,
    unit: 'bytes',
    documentation: 'Bytes of one answer to a fetch; always at least one batch.',
  }),
};
