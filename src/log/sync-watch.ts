import type { Clock } from '../platform/clock.js';
import type { DirectoryLock, File, FileStat, FileSystem } from '../platform/file-system.js';

/** Which syncs of a log directory are under way, and since when: a disk that hangs ends none of them. */
export class SyncWatch {
  readonly #clock: Clock;
  /** Oldest first. */
  readonly #underWay = new Set<{ readonly startMs: number }>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** When the oldest one that is under way began, on the clock's monotonic time; undefined without one. */
  get oldestMs(): number | undefined {
    const [oldest] = this.#underWay;
    return oldest?.startMs;
  }

  async during(sync: () => Promise<void>): Promise<void> {
    const noted = { startMs: this.#clock.monotonicMs() };
    this.#underWay.add(noted);
    try {
      await sync();
    } finally {
      this.#underWay.delete(noted);
    }
  }
}

/** A file system whose syncs of folders are watched; its users see to those of files, of which some take long by right. */
export class WatchedFileSystem implements FileSystem {
  readonly #inner: FileSystem;
  readonly #watch: SyncWatch;
  readonly dropCached?: NonNullable<FileSystem['dropCached']>;

  constructor(inner: FileSystem, watch: SyncWatch) {
    this.#inner = inner;
    this.#watch = watch;
    if (inner.dropCached !== undefined) this.dropCached = inner.dropCached.bind(inner);
  }

  get maxOpenDescriptors(): number {
    return this.#inner.maxOpenDescriptors;
  }

  syncDirectory(path: string): Promise<void> {
    return this.#watch.during(() => this.#inner.syncDirectory(path));
  }

  open(path: string, mode: 'read' | 'write' | 'createNew'): Promise<File> {
    return this.#inner.open(path, mode);
  }

  readFile(path: string): Promise<Buffer> {
    return this.#inner.readFile(path);
  }

  stat(path: string): Promise<FileStat | undefined> {
    return this.#inner.stat(path);
  }

  readDirectory(path: string): Promise<string[]> {
    return this.#inner.readDirectory(path);
  }

  makeDirectory(path: string): Promise<boolean> {
    return this.#inner.makeDirectory(path);
  }

  rename(from: string, to: string): Promise<void> {
    return this.#inner.rename(from, to);
  }

  unlink(path: string): Promise<void> {
    return this.#inner.unlink(path);
  }

  removeTree(path: string): Promise<void> {
    return this.#inner.removeTree(path);
  }

  lockDirectory(path: string): Promise<DirectoryLock> {
    return this.#inner.lockDirectory(path);
  }

  freeBytes(path: string): Promise<number> {
    return this.#inner.freeBytes(path);
  }
}
