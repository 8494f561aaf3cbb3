import type { FileSystem } from '../platform/file-system.js';

/** One hint for so much: it blocks for some 0.02 ms, and 0.1 more a MiB. */
const MAX_RANGE_BYTES = 1024 * 1024;
/** However many runs there are: a hint for less costs more than it gives. */
const MIN_RANGE_BYTES = 256 * 1024;
/** What is read here and there in smaller pieces is left to the system. */
const MIN_PIECE_BYTES = 64 * 1024;
/** A page that lies across the end of a range stays (Linux has pages of up to 2 MiB): the next one includes it. */
const OVERLAP_BYTES = 2 * 1024 * 1024;

interface FileRange {
  readonly run: PageCacheRun;
  readonly path: string;
  readonly from: number;
  to: number;
  /** What the window had seen in all, in bytes, when the range was last touched. */
  seenBytes: number;
}

/**
 * What of some files the system is to keep in its page cache: the last `maxBytes` that were written to them or read from
 * them. Left to itself the system keeps whatever there is memory for, and takes memory that was never used for each page
 * that is written: on many virtual machines this costs ten times what a page costs that is used again, and other programs
 * lose what they had read.
 *
 * What leaves the window is dropped from the cache, and whoever reads it then reads the disk; but for what is not synced,
 * and where the system takes no hints.
 */
export class PageCacheWindow {
  readonly #fileSystem: FileSystem;
  readonly #maxBytes: number;
  /** The ranges that are still growing, the one touched longest ago at the front. */
  readonly #growing = new Map<PageCacheRun, FileRange>();
  /** The others, likewise; those before `#first` have left. */
  #whole: FileRange[] = [];
  #first = 0;
  #seenBytes = 0;

  /** `maxBytes` Infinity: no hints are given. */
  constructor(fileSystem: FileSystem, maxBytes: number) {
    this.#fileSystem = fileSystem;
    this.#maxBytes = fileSystem.dropCached === undefined ? Infinity : maxBytes;
  }

  /** As `PageCacheRun.touch`. */
  touch(run: PageCacheRun, path: string, from: number, to: number): void {
    if (this.#maxBytes === Infinity) return;
    this.#seenBytes += to - from;
    let range = this.#growing.get(run);
    this.#growing.delete(run);
    if (range !== undefined && (range.path !== path || range.to !== from)) {
      this.#close(range);
      range = undefined;
    }
    range ??= { run, path, from, to, seenBytes: 0 };
    range.to = to;
    range.seenBytes = this.#seenBytes;
    if (to - range.from >= this.#rangeBytes()) this.#whole.push(range);
    else this.#growing.set(run, range);
    this.#dropOld();
  }

  /** A run of many has less that is still growing: they share the window. */
  #rangeBytes(): number {
    const share = this.#maxBytes / Math.max(this.#growing.size, 1);
    return Math.min(Math.max(share, MIN_RANGE_BYTES), MAX_RANGE_BYTES);
  }

  #close(range: FileRange): void {
    if (range.to - range.from >= MIN_PIECE_BYTES) this.#whole.push(range);
  }

  #dropOld(): void {
    for (;;) {
      const range = this.#whole[this.#first];
      if (range === undefined || this.#seenBytes - range.seenBytes < this.#maxBytes) break;
      this.#first++;
      this.#drop(range);
    }
    // Half of the list has left: the rest moves up, which is one move for each that left.
    if (this.#first * 2 > this.#whole.length) {
      this.#whole = this.#whole.slice(this.#first);
      this.#first = 0;
    }
    // Whose run has ended: each of those that go on is touched again before it comes to this.
    const growingBytes = Math.max(this.#maxBytes, this.#growing.size * MIN_RANGE_BYTES);
    for (const range of this.#growing.values()) {
      if (this.#seenBytes - range.seenBytes < growingBytes) break;
      this.#growing.delete(range.run);
      this.#drop(range);
    }
  }

  #drop({ run, path, from, to }: FileRange): void {
    run.dropped(path, to);
    const start = Math.max(0, from - OVERLAP_BYTES);
    this.#fileSystem.dropCached?.(path, start, to - start);
  }
}

/** One that writes or reads file after file, each from front to back: what follows on the last is one range with it. */
export class PageCacheRun {
  readonly #window: PageCacheWindow;
  #path = '';
  /** From here to `#to` the run's file is in the window. */
  #heldFrom = 0;
  #to = 0;

  constructor(window: PageCacheWindow) {
    this.#window = window;
  }

  /** The bytes from `from` up to `to` of the file at `path` were written and synced, or read. */
  touch(path: string, from: number, to: number): void {
    if (to <= from) return;
    if (path !== this.#path || from > this.#to) this.#heldFrom = from;
    else this.#heldFrom = Math.min(this.#heldFrom, from);
    this.#path = path;
    this.#to = to;
    this.#window.touch(this, path, from, to);
  }

  /** The window lets go of the file at `path` up to `to`. */
  dropped(path: string, to: number): void {
    if (path === this.#path) this.#heldFrom = Math.max(this.#heldFrom, to);
  }

  holds(path: string, from: number): boolean {
    return path === this.#path && this.#heldFrom <= from && from < this.#to;
  }
}

/** What leaders wrote and what was read, for those who come after; and what followers wrote: it is read at the leader. */
export interface PageCacheWindows {
  readonly readPages: PageCacheWindow;
  readonly unreadPages: PageCacheWindow;
}

/** The pages of one log. */
export class LogPages {
  readonly #led: PageCacheRun;
  readonly #followed: PageCacheRun;
  readonly #read: PageCacheRun;

  constructor({ readPages, unreadPages }: PageCacheWindows) {
    this.#led = new PageCacheRun(readPages);
    this.#followed = new PageCacheRun(unreadPages);
    this.#read = new PageCacheRun(readPages);
  }

  /** Written and synced, by a leader (`hasReaders`) or by a follower. */
  wrote(path: string, from: number, to: number, hasReaders: boolean): void {
    (hasReaders ? this.#led : this.#followed).touch(path, from, to);
  }

  read(path: string, from: number, to: number): void {
    // Whoever reads soon what was written has no part in what is kept.
    if (!this.#led.holds(path, from)) this.#read.touch(path, from, to);
  }
}
