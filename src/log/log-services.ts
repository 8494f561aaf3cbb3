import { VarveError } from '../common/errors.js';
import type { Clock, Timer } from '../platform/clock.js';
import type { File, FileSystem } from '../platform/file-system.js';
import { FileSystemError } from '../platform/file-system.js';
import { METRICS } from '../platform/metric-catalog.js';
import type { Histogram, Logger, Metrics } from '../platform/observe.js';
import type { Random } from '../platform/random.js';
import type { Workers } from '../platform/workers.js';
import { BatchValidator } from '../record/batch-validation.js';
import { BoundedRun } from './bounded-run.js';
import { Flusher } from './flusher.js';
import type { LogDirectoryConfig } from './log-config.js';
import { SYNC_FAILED_MARK } from './file-names.js';
import type { IndexCache } from './index-cache.js';
import { OpenFiles } from './open-files.js';
import { PageCacheWindow, type PageCacheWindows } from './page-cache-window.js';
import { SyncWatch, WatchedFileSystem } from './sync-watch.js';
import { SmallBatches, type TailCache } from './tail-cache.js';

/** A recovery, or who leads next, begins at the ends of the files; and the newest pages are still at work in the system. */
const MAX_UNREAD_BYTES = 64 * 1024 * 1024;
/** Of a file that cannot be parsed. */
const MAX_READS = 5;
/** Of searches by time: they read, and inflate, whole batches. */
const SEARCHES_AT_ONCE = 8;
/** A stop waits through so many tries in a row that find no room. */
const MAX_TRIES_OF_A_STOP = 5;

/** What of the platform the logs use. */
export interface LogPlatform {
  readonly clock: Clock;
  readonly random: Random;
  readonly fileSystem: FileSystem;
  readonly workers: Workers;
  readonly logger: Logger;
  readonly metrics?: Metrics;
}

/**
 * What the logs of one directory share: files, flusher, bounds, and whether the disk still works. A device that failed
 * once is not used again until the process starts anew: after a failed sync nobody knows what the disk holds.
 */
export class LogServices implements PageCacheWindows {
  readonly path: string;
  readonly platform: LogPlatform;
  readonly config: LogDirectoryConfig;
  readonly tailCache: TailCache;
  readonly indexCache: IndexCache;
  readonly files: OpenFiles;
  readonly flusher: Flusher;
  readonly #syncs: SyncWatch;
  readonly readPages: PageCacheWindow;
  readonly unreadPages: PageCacheWindow;
  /** For synchronous use. */
  readonly validator = new BatchValidator();
  readonly smallBatches = new SmallBatches();
  readonly searches = new BoundedRun(SEARCHES_AT_ONCE);
  /** Bytes appended and not in a file yet. */
  pendingBytes = 0;
  #failure: unknown;
  #failureNoted: Promise<void> = Promise.resolve();
  #offline = false;
  /** What appends wait for. */
  #lack: 'room' | 'files' | undefined;
  #stopTimer: Timer | undefined;
  #gaveUp = false;
  readonly #syncSeconds: Histogram | undefined;
  readonly #abandonLogs: (error: unknown) => void;
  readonly #onOffline: (error: unknown) => void;
  /** Writes the recovery points of all logs as they are now. */
  readonly saveRecoveryPoints: () => Promise<void>;
  /** Writes the high watermarks and the cleaned offsets of all logs as they are now. */
  readonly saveLoweredOffsets: () => Promise<void>;
  /** Writes the log starts of all logs as they are now, where they are not those of their first segments. */
  readonly saveStartOffsets: () => Promise<void>;

  constructor(options: {
    path: string;
    platform: LogPlatform;
    config: LogDirectoryConfig;
    tailCache: TailCache;
    indexCache: IndexCache;
    /** Lets go whoever waits for one of the logs: no disk work is done any more. */
    abandonLogs: (error: unknown) => void;
    onOffline: (error: unknown) => void;
    saveRecoveryPoints: () => Promise<void>;
    saveLoweredOffsets: () => Promise<void>;
    saveStartOffsets: () => Promise<void>;
  }) {
    this.path = options.path;
    this.#syncs = new SyncWatch(options.platform.clock);
    const fileSystem = new WatchedFileSystem(options.platform.fileSystem, this.#syncs);
    this.platform = { ...options.platform, fileSystem };
    this.config = options.config;
    this.tailCache = options.tailCache;
    this.indexCache = options.indexCache;
    this.#abandonLogs = options.abandonLogs;
    this.#onOffline = options.onOffline;
    this.#syncSeconds = options.platform.metrics?.histogram(METRICS.logSyncSeconds);
    this.saveRecoveryPoints = options.saveRecoveryPoints;
    this.saveLoweredOffsets = options.saveLoweredOffsets;
    this.saveStartOffsets = options.saveStartOffsets;
    this.readPages = new PageCacheWindow(fileSystem, options.config.pageCacheBytes);
    this.unreadPages = new PageCacheWindow(fileSystem, Math.min(options.config.pageCacheBytes, MAX_UNREAD_BYTES));
    this.files = new OpenFiles({
      fileSystem,
      maxOpenFiles: options.config.maxOpenFiles,
    });
    this.flusher = new Flusher({
      clock: options.platform.clock,
      maxConcurrentSyncs: options.config.maxConcurrentSyncs,
      fullDiskRetryMs: options.config.fullDiskRetryMs,
      onFailed: (error) => this.fail(error),
    });
  }

  get offline(): boolean {
    return this.#offline;
  }

  /**
   * When the oldest step or sync that is under way began, on the clock's monotonic time; undefined without one, and once the
   * directory is offline. What waits for room, or syncs as much as there is, is none.
   */
  get oldestWorkMs(): number | undefined {
    if (this.#offline) return undefined;
    const { oldestStepMs = Infinity } = this.flusher;
    const oldestMs = Math.min(oldestStepMs, this.#syncs.oldestMs ?? Infinity);
    return oldestMs === Infinity ? undefined : oldestMs;
  }

  /** The disk had no room at the last try. */
  get full(): boolean {
    return this.#lack !== undefined;
  }

  /** Takes the directory offline for good. */
  fail(error: unknown): void {
    if (this.#offline) return;
    this.#end(error);
    this.#failureNoted = this.#noteFailure();
    this.platform.logger.error(
      { path: this.path, error: String(error) },
      'The log directory failed and is offline; its partitions are served by other replicas.',
    );
    this.#onOffline(error);
  }

  #end(error: unknown): void {
    this.#offline = true;
    this.#failure = error;
    this.flusher.stop();
    this.#abandonLogs(error);
  }

  /**
   * The node stops: from now on work that finds no room is not waited for without end. After some tries all of it is given
   * up. What is not on disk then was acknowledged by nobody here; the next start recovers, as after a crash.
   */
  limitWaits(): void {
    if (this.#stopTimer !== undefined || this.#offline) return;
    let tries = 0;
    const look = (): void => {
      tries = this.full ? tries + 1 : 0;
      if (tries > MAX_TRIES_OF_A_STOP) this.#giveUp();
      else this.#stopTimer = this.platform.clock.after(this.config.fullDiskRetryMs, look);
    };
    look();
  }

  /** From `limitWaits` on. */
  get isStopping(): boolean {
    return this.#stopTimer !== undefined;
  }

  /** The stop is done. */
  endWaits(): void {
    this.#stopTimer?.cancel();
  }

  /** The disk had no room for what a clean stop leaves. */
  get gaveUp(): boolean {
    return this.#gaveUp;
  }

  #giveUp(): void {
    if (this.#offline) return;
    this.#gaveUp = true;
    const reason = this.#lack === 'files' ? 'no more files could be opened' : 'the disk was full';
    this.platform.logger.warn({ path: this.path }, `The stop is not a clean one: ${reason}. The next start recovers.`);
    this.#end(new Error(`the node stopped while ${reason}`));
  }

  /** Resolves when the next start will know of the failure, as far as the disk lets it. */
  get failureNoted(): Promise<void> {
    return this.#failureNoted;
  }

  /**
   * After a failed sync the kernel takes the pages for clean: a later sync of the file succeeds and stores nothing. The
   * mark is not synced: it lives as long as that page cache does.
   */
  async #noteFailure(): Promise<void> {
    try {
      const file = await this.platform.fileSystem.open(`${this.path}/${SYNC_FAILED_MARK}`, 'write');
      await file.close();
    } catch (error) {
      this.platform.logger.warn({ path: this.path, error: String(error) }, 'The failure could not be noted.');
    }
  }

  /** @throws VarveError KAFKA_STORAGE_ERROR once the directory is offline */
  checkOnline(): void {
    if (this.#offline) throw this.#offlineError();
  }

  #offlineError(): VarveError {
    const reason = this.#failure instanceof Error ? this.#failure.message : String(this.#failure);
    return new VarveError('KAFKA_STORAGE_ERROR', `The log directory ${this.path} is offline: ${reason}`, {
      cause: this.#failure,
    });
  }

  /** @throws VarveError KAFKA_STORAGE_ERROR when the disk is offline, full, or too far behind for `sizeBytes` more */
  checkRoom(sizeBytes: number): void {
    this.checkOnline();
    if (this.#lack === 'files') {
      throw new VarveError(
        'KAFKA_STORAGE_ERROR',
        `The node of ${this.path} can open no more files: raise its limit (ulimit -n), or send again later.`,
      );
    }
    if (this.#lack === 'room') {
      throw new VarveError(
        'KAFKA_STORAGE_ERROR',
        `The disk of ${this.path} is full: free some space, and appends go on by themselves.`,
      );
    }
    if (this.pendingBytes > 0 && this.pendingBytes + sizeBytes > this.config.maxPendingBytes) {
      throw new VarveError(
        'KAFKA_STORAGE_ERROR',
        `The disk of ${this.path} is ${this.pendingBytes} bytes behind the appends: send again later.`,
      );
    }
  }

  /** Whether `error` passes when files are removed or closed: then the work is tried again later. */
  isTransient(error: unknown): boolean {
    return error instanceof FileSystemError && (error.kind === 'full' || error.kind === 'tooManyFiles');
  }

  /** Notes a try that found no room (or no free file handle). */
  noteFull(error: unknown): void {
    if (this.#lack !== undefined) return;
    const isFull = !(error instanceof FileSystemError && error.kind === 'tooManyFiles');
    this.#lack = isFull ? 'room' : 'files';
    this.platform.logger.error(
      { path: this.path, error: String(error) },
      isFull
        ? 'The disk is full; appends wait for room.'
        : 'No more files can be opened; appends wait until one can: raise the limit of open files (ulimit -n).',
    );
  }

  noteRoom(): void {
    if (this.#lack === undefined) return;
    const isFull = this.#lack === 'room';
    this.#lack = undefined;
    this.platform.logger.info(
      { path: this.path },
      `${isFull ? 'The disk has room' : 'Files can be opened'} again; appends go on.`,
    );
  }

  /**
   * Runs disk work that must succeed: waits while the disk is full; any other failure takes the directory offline and
   * rejects with KAFKA_STORAGE_ERROR. `work` may run several times; not again once it `isPointless`.
   */
  async mustDo<T>(work: () => Promise<T>, isPointless = () => false): Promise<T> {
    for (;;) {
      try {
        const result = await this.tryTo(work);
        this.noteRoom();
        return result;
      } catch (error) {
        if (!this.isTransient(error)) throw error;
        if (isPointless()) throw new VarveError('KAFKA_STORAGE_ERROR', 'The log was deleted while its disk was full.');
        this.noteFull(error);
        await new Promise<void>((resolve) => {
          this.platform.clock.after(this.config.fullDiskRetryMs, resolve);
        });
      }
    }
  }

  /**
   * Runs disk work once. An error that passes (`isTransient`) rejects as it is, and appends are not refused for it; any
   * other takes the directory offline and rejects with KAFKA_STORAGE_ERROR.
   */
  async tryTo<T>(work: () => Promise<T>): Promise<T> {
    this.checkOnline();
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof FileSystemError) || this.isTransient(error)) throw error;
      this.fail(error);
      this.checkOnline();
      throw error;
    }
  }

  /**
   * What whoever reads the log's files is told of `error`. One of the file system takes the directory offline and becomes
   * KAFKA_STORAGE_ERROR; where no file handle is free the read can be done again later. Any other stays as it is.
   */
  readFailure(error: unknown): unknown {
    if (!(error instanceof FileSystemError)) return error;
    if (error.kind === 'tooManyFiles') {
      return new VarveError('KAFKA_STORAGE_ERROR', 'No file handle is free: read again later.', { cause: error });
    }
    this.fail(error);
    return this.#offlineError();
  }

  /**
   * Syncs a log file. Whatever its failure is called, it is final: the kernel may have dropped the bytes and would
   * report success to a second try.
   */
  async syncFile(path: string, file: File): Promise<void> {
    await this.#syncs.during(() => this.syncLargeFile(path, file));
  }

  /** The same, of a file that may have gigabytes to sync: that it takes seconds does not mean that the disk hangs. */
  async syncLargeFile(path: string, file: File): Promise<void> {
    try {
      const startedMs = this.platform.clock.monotonicMs();
      await file.sync();
      this.#syncSeconds?.observe((this.platform.clock.monotonicMs() - startedMs) / 1000);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      throw new FileSystemError('io', path, `sync of ${path} failed: ${reason}`, { cause: error });
    }
  }

  /** Makes `path` hold exactly `content`, synced; not atomic: the reader must know a damaged one. */
  async writeFile(path: string, content: Buffer): Promise<void> {
    this.files.forget(path);
    const file = await this.platform.fileSystem.open(path, 'write');
    try {
      if (content.length > 0) await file.write([content], 0);
      await file.truncate(content.length);
      await this.syncFile(path, file);
    } finally {
      await file.close();
    }
  }

  /**
   * What `parse` makes of a small file that no CRC covers; undefined without one. What cannot be parsed is read again: the
   * disk may have given another place's bytes, and a file that is taken for absent is made anew.
   */
  async readParsed<T>(path: string, parse: (content: Buffer) => T | undefined): Promise<T | undefined> {
    for (let tries = 0; tries < MAX_READS; tries++) {
      const content = await this.readFileIfThere(path);
      const parsed = content && parse(content);
      if (content === undefined || parsed !== undefined) return parsed;
    }
    return undefined;
  }

  /** The content, or undefined when there is no such file. */
  async readFileIfThere(path: string): Promise<Buffer | undefined> {
    try {
      return await this.platform.fileSystem.readFile(path);
    } catch (error) {
      if (error instanceof FileSystemError && error.kind === 'missing') return undefined;
      throw error;
    }
  }
}
