import { VarveError } from '../common/errors.js';
import type { NodeId, Offset, Uuid } from '../common/ids.js';
import { NO_NODE, topicPartitionKey } from '../common/ids.js';
import type { LogConfig, LogDirectoryConfig } from '../log/log-config.js';
import { IndexCache } from '../log/index-cache.js';
import { type FoundPartition, LogDirectory } from '../log/log-directory.js';
import type { LogPlatform } from '../log/log-services.js';
import type { Buffers } from '../platform/buffer-pool.js';
import type { PartitionLog } from '../log/partition-log.js';
import { TailCache } from '../log/tail-cache.js';
import { metadataDirectoryOf } from '../metadata/configs/parse.js';
import type { BrokerConfig, TopicConfig } from '../metadata/configs/tables.js';
import type { MetadataImage } from '../metadata/image.js';
import { FileSystemError } from '../platform/file-system.js';
import type { PartitionAssignment } from '../replication/replica.js';
import type { ReplicaLogs } from '../replication/replica-manager.js';

export interface LogManagerOptions {
  readonly nodeId: NodeId;
  readonly config: BrokerConfig;
  readonly platform: LogPlatform & { readonly buffers: Buffers };
  /** The configuration in force of a topic; the broker's own before the image is known. */
  readonly topicConfig: (topic: string) => TopicConfig;
  readonly onOffline: (directoryId: Uuid, error: unknown) => void;
}

/** Logs of one directory that are opened at once: while one waits for the disk, another's batches are checked. */
const OPENINGS_AT_ONCE = 4;
/** Of a log directory, however little the process may have open. */
const MIN_OPEN_FILES = 16;

/** A replica whose recovery cut off what may have been acknowledged: it says so when the broker registers. */
export interface TruncatedReplica {
  readonly topicId: Uuid;
  readonly partition: number;
  readonly lastEpoch: number;
  readonly endOffset: Offset;
}

interface OpenLog {
  readonly log: PartitionLog;
  readonly directory: LogDirectory;
  /** Its settings are its topic's, from an image that this node acts on; until then they are a guess. */
  hasTopicConfig: boolean;
}

/** All logs of this node, over its log directories. */
export class LogManager implements ReplicaLogs {
  readonly #options: LogManagerOptions;
  readonly #directories: readonly LogDirectory[];
  /** Paths of log.dirs that could not be opened at the start. */
  readonly #unusable: readonly string[];
  readonly #logs = new Map<string, OpenLog>();
  /** Further copies of those in other directories, until `open` or `removeStrays` has settled which one counts. */
  readonly #secondCopies = new Map<string, readonly OpenLog[]>();
  /** Undefined until the broker is registered in this life of it. */
  #brokerEpoch: number | undefined;
  /** The last opening or removal under way by topic and partition; it never rejects. */
  readonly #turns = new Map<string, Promise<void>>();

  private constructor(options: LogManagerOptions, directories: readonly LogDirectory[], unusable: readonly string[]) {
    this.#options = options;
    this.#directories = directories;
    this.#unusable = unusable;
    for (const directory of directories) {
      directory.onOffline((error) => options.onOffline(directory.directoryId, error));
    }
  }

  /**
   * Takes the log directories; those whose disk fails are left out (JBOD), but not the one of the metadata log. Rejects as
   * LogDirectory.open does, after giving back those it had taken.
   */
  static async open(options: LogManagerOptions): Promise<LogManager> {
    const { config, platform, nodeId } = options;
    const tailCache = new TailCache({ capacityBytes: config.logTailCacheBytes, buffers: platform.buffers });
    const indexCache = new IndexCache({ capacityBytes: config.logIndexCacheBytes });
    const maxOpenFiles = openFilesOfDirectory(config, platform);
    const directories: LogDirectory[] = [];
    const unusable: string[] = [];
    try {
      for (const path of config.logDirs) {
        try {
          const settings = directoryConfig(config, maxOpenFiles);
          directories.push(
            await LogDirectory.open({ path, nodeId, platform, config: settings, tailCache, indexCache }),
          );
        } catch (error) {
          if (!isDiskFailure(error) || path === metadataDirectoryOf(config)) throw error;
          unusable.push(path);
          platform.logger.error(
            { path, error: String(error) },
            'The log directory cannot be used and is left out; its partitions are served by other replicas.',
          );
        }
      }
    } catch (error) {
      for (const directory of directories) await directory.close();
      throw error;
    }
    return new LogManager(options, directories, unusable);
  }

  get directories(): readonly LogDirectory[] {
    return this.#directories;
  }

  get onlineDirectoryIds(): Uuid[] {
    return this.#directories.filter((one) => !one.offline).map((one) => one.directoryId);
  }

  get offlineDirectoryIds(): Uuid[] {
    return this.#directories.filter((one) => one.offline).map((one) => one.directoryId);
  }

  /** Of log.dirs: those that failed, at the start or since. */
  get offlineDirectoryCount(): number {
    return this.#unusable.length + this.offlineDirectoryIds.length;
  }

  /** When the oldest write or sync that is under way in each directory began, in monotonic milliseconds. */
  get oldestWorkMs(): readonly (number | undefined)[] {
    return this.#directories.map((directory) => directory.oldestWorkMs);
  }

  get wasClean(): boolean {
    return this.#directories.every((directory) => directory.wasClean);
  }

  get logs(): PartitionLog[] {
    const logs: PartitionLog[] = [];
    for (const { log } of this.#logs.values()) logs.push(log);
    return logs;
  }

  /**
   * Logs whose topic's settings are known. Of others nothing may be removed: the broker's own retention is not that of a
   * topic that keeps everything or is compacted.
   */
  get configuredLogs(): PartitionLog[] {
    return [...this.#logs.values()].filter(({ hasTopicConfig }) => hasTopicConfig).map(({ log }) => log);
  }

  /** Resolves when the next start will know that the directory failed. */
  async failureNoted(directoryId: Uuid): Promise<void> {
    await this.#directories.find((directory) => directory.directoryId === directoryId)?.failureNoted;
  }

  logsOf(directoryId: Uuid): PartitionLog[] {
    return [...this.#logs.values()]
      .filter(({ directory }) => directory.directoryId === directoryId)
      .map(({ log }) => log);
  }

  /** The broker epoch of the last clean stop of all directories, -1 after any other (KIP-966). */
  get previousBrokerEpoch(): number {
    const epochs = this.#directories.map((directory) => directory.previousBrokerEpoch);
    return epochs.every((epoch) => epoch === epochs[0]) ? (epochs[0] ?? -1) : -1;
  }

  /** The epoch that a clean stop writes down. */
  registeredAs(brokerEpoch: number): void {
    this.#brokerEpoch = brokerEpoch;
  }

  /** The metadata has what `recover` found cut: the next start need not say it again. Does nothing for failed disks. */
  async truncationsReported(): Promise<void> {
    for (const log of this.logs) {
      if (!log.truncatedByRecovery || log.offline) continue;
      await log.truncationReported().catch((error: unknown) => {
        if (!(error instanceof VarveError)) throw error;
      });
    }
  }

  /** Opens every log on the disks, recovering where the last stop was not clean. */
  async recover(): Promise<TruncatedReplica[]> {
    const truncated: TruncatedReplica[] = [];
    await Promise.all(this.#directories.map((directory) => this.#recoverDirectory(directory, truncated)));
    return truncated;
  }

  async #recoverDirectory(directory: LogDirectory, truncated: TruncatedReplica[]): Promise<void> {
    try {
      const found = (await directory.findPartitions()).values();
      const openInTurn = async (): Promise<void> => {
        for (const partition of found) await this.#openFound(directory, partition, truncated);
      };
      const openings = Array.from({ length: OPENINGS_AT_ONCE }, openInTurn);
      const failed = (await Promise.allSettled(openings)).find((one) => one.status === 'rejected');
      if (failed !== undefined) throw failed.reason;
    } catch (error) {
      if (isDiskFailure(error)) directory.fail(error);
      // One disk of several: the node does without it. Without the metadata log it is no node.
      if (!directory.offline || directory.path === metadataDirectoryOf(this.#options.config)) throw error;
    }
  }

  async #openFound(
    directory: LogDirectory,
    { topic, partition, topicId, folder }: FoundPartition,
    truncated: TruncatedReplica[],
  ): Promise<void> {
    if (topicId === undefined) {
      this.#options.platform.logger.warn(
        { folder },
        'A log folder without partition.metadata is left alone: remove it, unless a replica here is missing it.',
      );
      return;
    }
    const key = topicPartitionKey(topic, partition);
    const log = await directory.openLog(topic, partition, topicId, logConfig(this.#options.topicConfig(topic)));
    this.#setCopies(key, [...this.#copies(key), { log, directory, hasTopicConfig: false }]);
    if (!log.truncatedByRecovery || truncated.some((one) => one.topicId === topicId && one.partition === partition))
      return;
    truncated.push({ topicId, partition, lastEpoch: log.latestEpoch, endOffset: log.endOffset });
  }

  /**
   * The log in the directory that the metadata names, made there when absent: whether a replica is whole, and whether it may
   * lead, is judged by that directory alone. A copy on a disk that was away when the replica was made anew, or moved, is no
   * replica any more: it goes. One on a failed disk is out of reach.
   */
  async open(assignment: PartitionAssignment): Promise<{ log: PartitionLog; highWatermark: Offset }> {
    const { topic, partition, topicId } = assignment;
    const key = topicPartitionKey(topic, partition);
    return this.#inTurn(key, async () => {
      const copies = this.#copies(key);
      const placed = copies.find((copy) => isPlaced(copy, assignment));
      const directory = placed?.directory ?? this.#directoryFor(assignment);
      if (placed === undefined) this.#refuseToLose(copies, assignment, directory);
      this.#setCopies(key, placed === undefined ? [] : [placed]);
      await deleteCopies(copies.filter((copy) => copy !== placed));
      const config = this.#options.topicConfig(topic);
      const log = placed?.log ?? (await directory.openLog(topic, partition, topicId, logConfig(config)));
      this.#logs.set(key, { log, directory, hasTopicConfig: true });
      // A copy that was found knows what was guessed at the recovery; and what was changed during an opening passed it by.
      log.setConfig(logConfig(this.#options.topicConfig(topic)));
      return { log, highWatermark: log.highWatermark };
    });
  }

  /**
   * What is in another directory than the metadata says may be what was acknowledged, where the replica is in the ISR or
   * ELR; or the best that there is, where nobody leads. It does not go then. Nor is it used: when its disk failed, nobody
   * would know that this replica is hit.
   */
  #refuseToLose(copies: readonly OpenLog[], assignment: PartitionAssignment, placedIn: LogDirectory): void {
    const { topic, partition, topicId, leader, isr, elr } = assignment;
    const { nodeId } = this.#options;
    const isMember = isr.includes(nodeId) || elr.includes(nodeId);
    if (!isMember && leader !== NO_NODE) return;
    const astray = copies.find(({ log, directory }) => log.topicId === topicId && !directory.offline);
    if (astray === undefined) return;
    throw new VarveError(
      'KAFKA_STORAGE_ERROR',
      `The log of ${topic}-${partition} is in ${astray.directory.path}, but the metadata has this replica in ` +
        `${placedIn.path}: stop the node, move the folder there, and start it again.`,
    );
  }

  async remove(topicId: Uuid, topic: string, partition: number): Promise<void> {
    const key = topicPartitionKey(topic, partition);
    await this.#inTurn(key, async () => {
      const copies = this.#copies(key);
      const isRemoved = ({ log }: OpenLog): boolean => log.topicId === topicId;
      this.#setCopies(
        key,
        copies.filter((copy) => !isRemoved(copy)),
      );
      await deleteCopies(copies.filter(isRemoved));
    });
  }

  #copies(key: string): OpenLog[] {
    const known = this.#logs.get(key);
    return known === undefined ? [] : [known, ...(this.#secondCopies.get(key) ?? [])];
  }

  #setCopies(key: string, [first, ...more]: readonly OpenLog[]): void {
    if (first === undefined) this.#logs.delete(key);
    else this.#logs.set(key, first);
    if (more.length === 0) this.#secondCopies.delete(key);
    else this.#secondCopies.set(key, more);
  }

  /** One opening or removal of a folder at a time, in the order of the calls. */
  async #inTurn<T>(key: string, work: () => Promise<T>): Promise<T> {
    const before = this.#turns.get(key);
    const result = before === undefined ? work() : before.then(work);
    const turn: Promise<void> = result.then(
      () => this.#turnOver(key, turn),
      () => this.#turnOver(key, turn),
    );
    this.#turns.set(key, turn);
    return result;
  }

  #turnOver(key: string, turn: Promise<void>): void {
    if (this.#turns.get(key) === turn) this.#turns.delete(key);
  }

  /**
   * Removes logs of partitions that the image does not place here: deleted or moved while this node was down. All of them
   * are in turn when it returns its promise: one that a later image places here again is opened after that, and empty. What
   * is on a disk that fails is left there.
   */
  async removeStrays(image: MetadataImage): Promise<void> {
    const removals: Array<Promise<void>> = [];
    for (const { log } of [...this.#logs.values(), ...[...this.#secondCopies.values()].flat()]) {
      const state = image.partition(log.topicId, log.partition);
      if (state?.replicas.includes(this.#options.nodeId)) continue;
      this.#options.platform.logger.info(
        { topic: log.topic, partition: log.partition },
        'The partition is no longer on this node: its log is removed.',
      );
      removals.push(this.remove(log.topicId, log.topic, log.partition));
    }
    await Promise.all(removals);
  }

  /** Of a topic of so many partitions. It is called for each topic in turn: no other topic's logs are looked at. */
  configChanged(topic: string, config: TopicConfig, partitions: number): void {
    for (let partition = 0; partition < partitions; partition++) {
      const open = this.#logs.get(topicPartitionKey(topic, partition));
      if (open === undefined) continue;
      open.log.setConfig(logConfig(config));
      open.hasTopicConfig = true;
    }
  }

  /** A new directory whose disk fails goes offline. Rejects where that has the metadata log. */
  async setClusterId(clusterId: Uuid): Promise<void> {
    for (const directory of this.#directories) {
      if (directory.offline) continue;
      try {
        await directory.setClusterId(clusterId);
      } catch (error) {
        // Nothing is in it yet.
        const isOffline = isDiskFailure(error) || isFull(error);
        if (!isOffline || directory.path === metadataDirectoryOf(this.#options.config)) throw error;
        directory.fail(error);
      }
    }
  }

  async close(): Promise<void> {
    // An opening or a removal may wait for room, too.
    for (const directory of this.#directories) directory.limitWaits();
    while (this.#turns.size > 0) await Promise.all(this.#turns.values());
    for (const directory of this.#directories) await directory.close(this.#brokerEpoch);
  }

  /**
   * The controller's choice; where it made none, the directory with the fewest logs. A replica that waits for its disk is
   * not begun anew elsewhere: it may be the last whole copy.
   */
  #directoryFor(assignment: PartitionAssignment): LogDirectory {
    const online = this.#directories.filter((directory) => !directory.offline);
    const chosen = online.find((directory) => directory.directoryId === assignment.directoryId);
    if (chosen !== undefined) return chosen;
    if (assignment.directoryId !== undefined) {
      throw new VarveError(
        'KAFKA_STORAGE_ERROR',
        `The log directory ${assignment.directoryId} of this replica is not online: bring its disk back.`,
      );
    }
    const counts = new Map<LogDirectory, number>();
    for (const { directory } of this.#logs.values()) counts.set(directory, (counts.get(directory) ?? 0) + 1);
    const [emptiest] = online.sort((a, b) => (counts.get(a) ?? 0) - (counts.get(b) ?? 0));
    if (emptiest === undefined) {
      throw new VarveError('KAFKA_STORAGE_ERROR', 'All log directories of this node are offline.');
    }
    return emptiest;
  }
}

/**
 * Of the device or its file system, not of who uses the directory. Nor is it one to be full: left out for that, its replicas would
 * count as lost, and be made anew elsewhere.
 */
function isDiskFailure(error: unknown): boolean {
  return error instanceof FileSystemError && !['locked', 'tooManyFiles', 'full'].includes(error.kind);
}

function isFull(error: unknown): boolean {
  return error instanceof FileSystemError && error.kind === 'full';
}

function isPlaced({ log, directory }: OpenLog, { topicId, directoryId }: PartitionAssignment): boolean {
  const isThere = directoryId === undefined || directory.directoryId === directoryId;
  return isThere && log.topicId === topicId && !directory.offline;
}

/** What is on a disk that fails is left there: one of several, and the next start that finds it settles it. */
async function deleteCopies(copies: readonly OpenLog[]): Promise<void> {
  for (const { log, directory } of copies) {
    if (directory.offline) continue;
    await directory.deleteLog(log.topic, log.partition).catch((error: unknown) => {
      if (!directory.offline) throw error;
    });
  }
}

/**
 * Half of what the process may have open is for log files, the rest for connections, the metadata log and what is open
 * only while it is worked with.
 */
function openFilesOfDirectory(config: BrokerConfig, { fileSystem, logger }: LogPlatform): number {
  const limit = fileSystem.maxOpenDescriptors;
  const share = Math.floor(limit / 2 / config.logDirs.length);
  if (share >= config.logMaxOpenFiles) return config.logMaxOpenFiles;
  logger.warn(
    { limit, wanted: 2 * config.logDirs.length * config.logMaxOpenFiles },
    'Few files may be open at once: log files are opened and closed more often. Raise the limit (ulimit -n, LimitNOFILE).',
  );
  return Math.max(MIN_OPEN_FILES, share);
}

function directoryConfig(config: BrokerConfig, maxOpenFiles: number): LogDirectoryConfig {
  return {
    maxConcurrentSyncs: config.logFlushConcurrency,
    maxPendingBytes: config.logMaxUnflushedBytes,
    maxGroupBytes: 8 * 1024 * 1024,
    pageCacheBytes: unlimited(config.logPageCacheBytes),
    maxOpenFiles,
    fullDiskRetryMs: 1000,
    checkpointIntervalMs: Math.min(
      config.replicaHighWatermarkCheckpointIntervalMs,
      config.logFlushOffsetCheckpointIntervalMs,
    ),
    producerIdExpirationMs: config.producerIdExpirationMs,
    maxProducerIds: config.producerIdCacheMaxEntries,
  };
}

/** A topic's configuration as its logs heed it: -1 and 2^63-1 are Infinity there. */
export function logConfig(topic: TopicConfig): LogConfig {
  return {
    segmentBytes: topic.segmentBytes,
    segmentMs: topic.segmentMs,
    segmentJitterMs: topic.segmentJitterMs,
    segmentIndexBytes: topic.segmentIndexBytes,
    indexIntervalBytes: topic.indexIntervalBytes,
    flushMessages: unlimited(topic.flushMessages),
    flushMs: unlimited(topic.flushMs),
    retentionBytes: unlimited(topic.retentionBytes),
    retentionMs: unlimited(topic.retentionMs),
    maxMessageBytes: topic.maxMessageBytes,
    messageTimestampType: topic.messageTimestampType,
    messageTimestampBeforeMaxMs: unlimited(topic.messageTimestampBeforeMaxMs),
    messageTimestampAfterMaxMs: unlimited(topic.messageTimestampAfterMaxMs),
    compressionType: topic.compressionType,
    cleanupDelete: topic.cleanupPolicy.includes('delete'),
    cleanupCompact: topic.cleanupPolicy.includes('compact'),
    minCleanableDirtyRatio: topic.minCleanableDirtyRatio,
    minCompactionLagMs: topic.minCompactionLagMs,
    maxCompactionLagMs: unlimited(topic.maxCompactionLagMs),
    deleteRetentionMs: topic.deleteRetentionMs,
  };
}

function unlimited(value: number): number {
  return value < 0 || value >= Number.MAX_SAFE_INTEGER ? Infinity : value;
}
