import { assert } from '../common/assert.js';
import { VarveError } from '../common/errors.js';
import type { NodeId, Uuid } from '../common/ids.js';
import { topicPartitionKey, uuidFromBytes } from '../common/ids.js';
import type { Timer } from '../platform/clock.js';
import type { DirectoryLock, FileSystem } from '../platform/file-system.js';
import { writeFileAtomically } from '../platform/file-system.js';
import type { Random } from '../platform/random.js';
import { BoundedRun } from './bounded-run.js';
import { emptyFolder, removeFolder } from './folder-removal.js';
import { parsePartitionMetadata } from './checkpoint-files.js';
import { DirectoryCheckpoints } from './directory-checkpoints.js';
import {
  DELETED_FOLDER_SUFFIX,
  deletedFolderName,
  isDeletedFolderOf,
  PARTITION_METADATA,
  parsePartitionFolder,
  SYNC_FAILED_MARK,
} from './file-names.js';
import type { LogConfig, LogDirectoryConfig } from './log-config.js';
import { openPartition } from './log-opener.js';
import type { LogPlatform } from './log-services.js';
import { LogServices } from './log-services.js';
import { formatMetaProperties, META_PROPERTIES, parseMetaProperties } from './meta-properties.js';
import type { MetaProperties } from './meta-properties.js';
import { PartitionLog } from './partition-log.js';
import { SharedRun } from './shared-run.js';
import type { IndexCache } from './index-cache.js';
import type { TailCache } from './tail-cache.js';

export interface LogDirectoryOptions {
  readonly path: string;
  readonly nodeId: NodeId;
  /** Refuses a directory of another cluster; undefined while the node does not know its cluster. */
  readonly clusterId?: Uuid;
  readonly platform: LogPlatform;
  readonly config: LogDirectoryConfig;
  /** One for all directories of a node. */
  readonly tailCache: TailCache;
  /** As `tailCache`. */
  readonly indexCache: IndexCache;
}

/** A log folder that was found on disk. */
export interface FoundPartition {
  readonly topic: string;
  readonly partition: number;
  readonly folder: string;
  /** Undefined when `partition.metadata` is missing. */
  readonly topicId: Uuid | undefined;
}

const CLEAN_SHUTDOWN = '.kafka_cleanshutdown';
/**
 * Of logs. A topic of a thousand partitions is one change of the metadata: with all of its logs under way at once each step
 * of them would come back in one turn of the event loop, and hold up the heartbeats behind it.
 */
const OPENINGS_AT_ONCE = 32;
const REMOVALS_AT_ONCE = 2;

/** What Kafka writes there (CleanShutdownFileHandler.java, KIP-966). */
function cleanShutdownContent(brokerEpoch: number): Buffer {
  return Buffer.from(JSON.stringify({ version: 0, brokerEpoch }));
}

/** -1 for a marker of an older release, which is empty, or one that cannot be read. */
function brokerEpochOf(content: Buffer): number {
  const epoch = /"brokerEpoch":\s*(\d+)/.exec(content.toString('utf8'))?.[1];
  return epoch === undefined ? -1 : Number(epoch);
}

interface DirectoryParts {
  readonly options: LogDirectoryOptions;
  readonly services: LogServices;
  readonly lock: DirectoryLock;
  readonly logs: Map<string, PartitionLog>;
  readonly offlineListeners: Array<(error: unknown) => void>;
  readonly checkpoints: DirectoryCheckpoints;
  readonly meta: MetaProperties;
  readonly wasClean: boolean;
  readonly previousBrokerEpoch: number;
  readonly syncFailed: boolean;
}

/**
 * One of a node's `log.dirs`: the logs in it, what identifies it, its checkpoints, and the marker that tells a clean
 * stop from a crash. It belongs to one process at a time. When the device fails it goes offline, for good, with all its
 * logs; the node's other directories go on.
 */
export class LogDirectory {
  readonly path: string;
  /** Whether the last stop was clean; an unclean one makes each log recover as it opens. */
  readonly wasClean: boolean;
  /** The broker epoch of the last clean stop, -1 after an unclean one. */
  readonly previousBrokerEpoch: number;
  /** A sync failed in a former process: what was not known to be synced is written anew. */
  readonly #syncFailed: boolean;
  readonly #services: LogServices;
  readonly #lock: DirectoryLock;
  readonly #logs: Map<string, PartitionLog>;
  readonly #offlineListeners: Array<(error: unknown) => void>;
  /**
   * Folders that do not say whose logs they are, by topic and partition. Nobody opens them, and they are no reason to
   * recover all others at each start; one that a topic of its name gets is recovered, however clean the last stop was.
   */
  readonly #leftAside = new Set<string>();
  readonly #checkpoints: DirectoryCheckpoints;
  #meta: MetaProperties;
  #timer: Timer | undefined;
  #checkpointing: Promise<void> | undefined;
  /** Many logs that are made, or deleted, at once share a sync of the directory. */
  readonly #rootSync = new SharedRun(() => this.#fileSystem.syncDirectory(this.path));
  /** Deletions do not wait for it: they make the room that an opening may wait for. */
  readonly #openings = new BoundedRun(OPENINGS_AT_ONCE);
  /** A topic of many partitions, or of gigabytes, is removed beside what others write and sync, and not in its place. */
  readonly #removals = new BoundedRun(REMOVALS_AT_ONCE);
  readonly #removing = new Set<Promise<void>>();
  #closed = false;

  private constructor(parts: DirectoryParts) {
    this.path = parts.options.path;
    this.wasClean = parts.wasClean;
    this.previousBrokerEpoch = parts.previousBrokerEpoch;
    this.#syncFailed = parts.syncFailed;
    this.#services = parts.services;
    this.#lock = parts.lock;
    this.#logs = parts.logs;
    this.#offlineListeners = parts.offlineListeners;
    this.#checkpoints = parts.checkpoints;
    this.#meta = parts.meta;
    this.#scheduleCheckpoint();
  }

  /**
   * Takes the directory, made and formatted when it is new.
   * @throws FileSystemError (`locked`: another process has it; `io`, `full`, `denied`), VarveError
   *   INCONSISTENT_CLUSTER_ID, KAFKA_STORAGE_ERROR (another node's, or unreadable `meta.properties`)
   */
  static async open(options: LogDirectoryOptions): Promise<LogDirectory> {
    const { path, platform } = options;
    await makeDurableDirectory(platform.fileSystem, path);
    const lock = await platform.fileSystem.lockDirectory(path);
    try {
      return await LogDirectory.#openLocked(options, lock);
    } catch (error) {
      await lock.release();
      throw error;
    }
  }

  static async #openLocked(options: LogDirectoryOptions, lock: DirectoryLock): Promise<LogDirectory> {
    const { path, platform } = options;
    const meta = await readOrMakeMeta(options);
    const logs = new Map<string, PartitionLog>();
    const offlineListeners: Array<(error: unknown) => void> = [];
    const services: LogServices = new LogServices({
      path,
      platform,
      config: options.config,
      tailCache: options.tailCache,
      indexCache: options.indexCache,
      abandonLogs: (error) => {
        for (const log of logs.values()) log.abandon(error);
      },
      onOffline: (error) => {
        for (const listener of offlineListeners) listener(error);
      },
      saveRecoveryPoints: () => checkpoints.recoveryPoints.save(),
      saveLoweredOffsets: async () => {
        await checkpoints.highWatermarks.save();
        await checkpoints.cleanedOffsets.save();
      },
      saveStartOffsets: () => checkpoints.startOffsets.save(),
    });
    // From here on the directory counts as open: a crash must not find the marker of the last clean stop.
    const marker = `${path}/${CLEAN_SHUTDOWN}`;
    const wasClean = (await platform.fileSystem.stat(marker)) !== undefined;
    let previousBrokerEpoch = -1;
    if (wasClean) {
      previousBrokerEpoch = brokerEpochOf(await platform.fileSystem.readFile(marker));
      await platform.fileSystem.unlink(marker);
    }
    // An earlier start may have ended before the names that it made were durable: what is found here counts from now on.
    await platform.fileSystem.syncDirectory(path);
    const syncFailed = (await platform.fileSystem.stat(`${path}/${SYNC_FAILED_MARK}`)) !== undefined;
    const checkpoints = await DirectoryCheckpoints.open(services, path, logs);
    return new LogDirectory({
      options,
      services,
      lock,
      logs,
      offlineListeners,
      checkpoints,
      meta,
      wasClean,
      previousBrokerEpoch,
      syncFailed,
    });
  }

  get directoryId(): Uuid {
    return this.#meta.directoryId;
  }

  get clusterId(): Uuid | undefined {
    return this.#meta.clusterId;
  }

  get offline(): boolean {
    return this.#services.offline;
  }

  /** Takes it offline for good: its disk fails. */
  fail(error: unknown): void {
    this.#services.fail(error);
  }

  /** Once it is offline: resolves when the next start will know, as far as the disk lets it. */
  get failureNoted(): Promise<void> {
    return this.#services.failureNoted;
  }

  /** The disk had no room at the last try: appends are refused until it has. */
  get full(): boolean {
    return this.#services.full;
  }

  /** When the oldest write or sync of its logs that is under way began, on the clock's monotonic time. */
  get oldestWorkMs(): number | undefined {
    return this.#services.oldestWorkMs;
  }

  get logs(): Iterable<PartitionLog> {
    return this.#logs.values();
  }

  log(topic: string, partition: number): PartitionLog | undefined {
    return this.#logs.get(topicPartitionKey(topic, partition));
  }

  /** Called once, when the directory fails. */
  onOffline(listener: (error: unknown) => void): void {
    this.#offlineListeners.push(listener);
  }

  /** Writes the cluster that the node has joined into `meta.properties`. */
  async setClusterId(clusterId: Uuid): Promise<void> {
    if (this.#meta.clusterId === clusterId) return;
    assert(this.#meta.clusterId === undefined, 'a directory belongs to one cluster for good');
    await this.#writeMeta({ ...this.#meta, clusterId });
  }

  /** The metadata log was opened here once: if it is missing now, it was lost. */
  get hasQuorum(): boolean {
    return this.#meta.hasQuorum;
  }

  /** Resolves when it is on stable storage that the metadata log is here. */
  async noteQuorum(): Promise<void> {
    if (!this.#meta.hasQuorum) await this.#writeMeta({ ...this.#meta, hasQuorum: true });
  }

  async #writeMeta(meta: MetaProperties): Promise<void> {
    await writeFileAtomically(this.#fileSystem, `${this.path}/${META_PROPERTIES}`, formatMetaProperties(meta));
    this.#meta = meta;
  }

  /** The log folders on disk, opened or not, by name; and removes those whose deletion a crash interrupted. */
  async findPartitions(): Promise<FoundPartition[]> {
    const found: FoundPartition[] = [];
    const names = await this.#fileSystem.readDirectory(this.path);
    await this.#finishDeletions(names);
    for (const name of names) {
      const folder = `${this.path}/${name}`;
      const parsed = parsePartitionFolder(name);
      if (parsed === undefined) continue;
      const path = `${folder}/${PARTITION_METADATA}`;
      const topicId = await this.#services.readParsed(path, parsePartitionMetadata);
      if (topicId === undefined) this.#leftAside.add(topicPartitionKey(parsed.topic, parsed.partition));
      found.push({ ...parsed, folder, topicId });
    }
    return found;
  }

  /**
   * Opens the partition's log, made when absent. After an unclean stop its `recovery` says what had to be done.
   * @throws VarveError INCONSISTENT_TOPIC_ID when the folder is another topic's of that name: delete it first
   */
  openLog(topic: string, partition: number, topicId: Uuid, config: LogConfig): Promise<PartitionLog> {
    return this.#openings.run(() => this.#openLog(topic, partition, topicId, config));
  }

  async #openLog(topic: string, partition: number, topicId: Uuid, config: LogConfig): Promise<PartitionLog> {
    if (this.#closed) throw new VarveError('KAFKA_STORAGE_ERROR', `The log directory ${this.path} is closed.`);
    this.#services.checkOnline();
    const key = topicPartitionKey(topic, partition);
    assert(!this.#logs.has(key), 'a log is opened once');
    const recoveryPoint = this.#checkpoints.recoveryPoints.get(topic, partition);
    const highWatermark = this.#checkpoints.highWatermarks.get(topic, partition);
    const cleanedOffset = this.#checkpoints.cleanedOffsets.get(topic, partition);
    let tries = 0;
    const loaded = await this.#services.mustDo(() =>
      openPartition(this.#services, {
        isRetry: tries++ > 0,
        topic,
        partition,
        topicId,
        folder: `${this.path}/${key}`,
        config,
        clean: this.wasClean && !this.#leftAside.has(key),
        syncFailed: this.#syncFailed,
        recoveryPoint,
        startOffset: this.#checkpoints.startOffsets.get(topic, partition),
        highWatermark,
        cleanedOffset,
        syncParent: () => this.#rootSync.run(),
      }),
    );
    const log = new PartitionLog({ services: this.#services, config, loaded });
    this.#logs.set(key, log);
    // What is appended now where a longer log was before is not synced yet: the next recovery must not take it for that.
    if (log.endOffset < (recoveryPoint ?? 0)) await this.#services.mustDo(() => this.#services.saveRecoveryPoints());
    // Nor committed, nor clean.
    if (log.endOffset < Math.max(highWatermark ?? 0, cleanedOffset ?? 0))
      await this.#services.mustDo(() => this.#services.saveLoweredOffsets());
    return log;
  }

  /**
   * Takes the partition's log away, open or not, so that another one may have its place. A crash on the way leaves it whole or
   * gone. Its files go afterwards, at leisure; `close` waits for that.
   */
  async deleteLog(topic: string, partition: number): Promise<void> {
    const key = topicPartitionKey(topic, partition);
    const log = this.#logs.get(key);
    this.#logs.delete(key);
    await log?.discard();
    // Checkpoints know logs by name: after a crash those of this one must not be taken for those of the next of its name.
    const isNoted = this.#checkpoints.forgetLog(topic, partition);
    const isSaved = !isNoted || (await this.#tryToCheckpoint());
    const folder = `${this.path}/${key}`;
    const unique = this.#services.platform.random.bytes(8).toString('hex');
    const deleted = `${this.path}/${deletedFolderName(topic, partition, unique)}`;
    await this.#services.mustDo(async () => {
      if ((await this.#fileSystem.stat(folder)) !== undefined) await this.#fileSystem.rename(folder, deleted);
      await this.#rootSync.run();
    });
    // On a full disk the checkpoints need the room that the log's files have. Until they are written the empty folder tells
    // the next start that what they say is of a log that was deleted.
    if (!isSaved) {
      await this.#services.mustDo(() => emptyFolder(this.#fileSystem, deleted));
      await this.#services.mustDo(() => this.checkpoint());
    }
    this.#removeLater(deleted);
  }

  #removeLater(folder: string): void {
    const services = this.#services;
    const isHasty = (): boolean => services.isStopping || services.offline;
    const remove = (): Promise<void> => removeFolder(services.platform, folder, isHasty);
    const removal = this.#removals
      .run(() => services.mustDo(remove))
      .catch((error: unknown) => {
        // What is on a disk that fails is left there.
        if (!services.offline) services.fail(error);
      })
      .finally(() => this.#removing.delete(removal));
    this.#removing.add(removal);
  }

  /** False when there is no room for them. */
  async #tryToCheckpoint(): Promise<boolean> {
    try {
      await this.#services.tryTo(() => this.checkpoint());
      return true;
    } catch (error) {
      if (this.#services.isTransient(error)) return false;
      throw error;
    }
  }

  /** Removes what an interrupted deletion left, and what the checkpoints may still have of its log, before its folder. */
  async #finishDeletions(names: readonly string[]): Promise<void> {
    const deleted = names.filter((name) => name.endsWith(DELETED_FOLDER_SUFFIX));
    if (deleted.length === 0) return;
    const present = new Set(names);
    const isGone = (topic: string, partition: number): boolean =>
      !present.has(topicPartitionKey(topic, partition)) &&
      deleted.some((name) => isDeletedFolderOf(name, topic, partition));
    if (this.#checkpoints.forget(isGone)) {
      for (const name of deleted) await emptyFolder(this.#fileSystem, `${this.path}/${name}`);
      await this.#services.mustDo(() => this.checkpoint());
    }
    for (const name of deleted) await this.#fileSystem.removeTree(`${this.path}/${name}`);
  }

  /** Writes the checkpoints now; otherwise it happens every `checkpointIntervalMs`. */
  async checkpoint(): Promise<void> {
    await this.#checkpoints.save();
  }

  /**
   * The node stops: from now on a full disk is not waited for without end, neither by what is under way nor by `close`,
   * which then is no clean stop.
   */
  limitWaits(): void {
    this.#services.limitWaits();
  }

  /**
   * Closes all logs and marks the stop as clean, with the broker's epoch, so that the next start reads no data; then lets
   * the directory go. A broker that did not register in this life has changed nothing: the epoch of its last clean stop stays.
   * On a full disk it gives up after a while, and the stop is no clean one.
   */
  async close(brokerEpoch = this.previousBrokerEpoch): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    this.#timer?.cancel();
    this.#services.limitWaits();
    await this.#checkpointing;
    try {
      await Promise.all(this.#removing);
      if (!this.#services.offline) await this.#closeLogs(brokerEpoch);
    } catch (error) {
      if (!this.#services.gaveUp) throw error;
    } finally {
      this.#services.endWaits();
      this.#services.flusher.stop();
      await this.#services.failureNoted;
      await this.#services.files.closeAll();
      await this.#lock.release();
    }
  }

  async #closeLogs(brokerEpoch: number): Promise<void> {
    const closed = await Promise.allSettled([...this.#logs.values()].map((log) => log.close()));
    const failed = closed.find((one) => one.status === 'rejected');
    if (failed !== undefined) throw failed.reason;
    await this.#services.mustDo(() => this.checkpoint());
    if (this.#services.offline) return;
    if (!(await this.#isRecovered())) return;
    await this.#fileSystem.unlink(`${this.path}/${SYNC_FAILED_MARK}`);
    const marker = `${this.path}/${CLEAN_SHUTDOWN}`;
    await this.#services.mustDo(() => writeFileAtomically(this.#fileSystem, marker, cleanShutdownContent(brokerEpoch)));
  }

  /**
   * Whether every log here is as its checkpoints say. After an unclean stop that takes its recovery: a node that gave up
   * before it had opened all of them must not tell the next start that it may trust them.
   */
  async #isRecovered(): Promise<boolean> {
    if (this.wasClean) return true;
    const names = await this.#fileSystem.readDirectory(this.path);
    return names.every((name) => {
      const found = parsePartitionFolder(name);
      if (found === undefined) return true;
      const key = topicPartitionKey(found.topic, found.partition);
      return this.#logs.has(key) || this.#leftAside.has(key);
    });
  }

  get #fileSystem(): LogPlatform['fileSystem'] {
    return this.#services.platform.fileSystem;
  }

  #scheduleCheckpoint(): void {
    this.#timer = this.#services.platform.clock.after(this.#services.config.checkpointIntervalMs, () => {
      if (this.#services.offline) return;
      this.#checkpointing = this.#periodicCheckpoint().finally(() => {
        this.#checkpointing = undefined;
        if (!this.#closed && !this.#services.offline) this.#scheduleCheckpoint();
      });
    });
  }

  async #periodicCheckpoint(): Promise<void> {
    try {
      await this.checkpoint();
    } catch (error) {
      // They only save work after a crash; when there is room again the next one succeeds.
      if (this.#services.isTransient(error)) return;
      this.#services.fail(error);
    }
  }
}

/** Makes the folder and its parents so that a crash does not take their names away. */
async function makeDurableDirectory(fileSystem: FileSystem, path: string): Promise<void> {
  const made: string[] = [];
  for (let folder = path; folder !== '.' && folder !== '/'; folder = parentOf(folder)) {
    if ((await fileSystem.stat(folder)) !== undefined) break;
    made.push(folder);
  }
  await fileSystem.makeDirectory(path);
  for (const folder of made) await fileSystem.syncDirectory(parentOf(folder));
}

function parentOf(path: string): string {
  const at = path.lastIndexOf('/');
  if (at < 0) return '.';
  return at === 0 ? '/' : path.slice(0, at);
}

async function readOrMakeMeta(options: LogDirectoryOptions): Promise<MetaProperties> {
  const { fileSystem, random } = options.platform;
  const path = `${options.path}/${META_PROPERTIES}`;
  if ((await fileSystem.stat(path)) === undefined) {
    const { nodeId, clusterId } = options;
    const meta = { nodeId, clusterId, directoryId: randomUuid(random), hasQuorum: false };
    await writeFileAtomically(fileSystem, path, formatMetaProperties(meta));
    return meta;
  }
  const meta = parseMetaProperties(await fileSystem.readFile(path), path);
  if (meta.nodeId !== options.nodeId) {
    throw new VarveError(
      'KAFKA_STORAGE_ERROR',
      `${options.path} belongs to node.id ${meta.nodeId}, not ${options.nodeId}: set node.id or log.dirs right.`,
    );
  }
  if (options.clusterId !== undefined && meta.clusterId !== undefined && meta.clusterId !== options.clusterId) {
    throw new VarveError(
      'INCONSISTENT_CLUSTER_ID',
      `${options.path} belongs to cluster ${meta.clusterId}, not ${options.clusterId}: point log.dirs at another folder.`,
    );
  }
  return meta;
}

/** Random, and not beginning with a dash, which command lines would take for an option. */
function randomUuid(random: Random): Uuid {
  for (;;) {
    const uuid = uuidFromBytes(random.bytes(16));
    if (!uuid.startsWith('-')) return uuid;
  }
}
