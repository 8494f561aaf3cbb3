import { assert } from '../common/assert.js';
import type { FileSystem } from '../platform/file-system.js';

/** One hint for so much: it blocks for some 0.02 ms, and 0.1 more a MiB. */
const RANGE_BYTES = 1024 * 1024;
/** Each run may have so much of the window, however many there are: a hint for less costs more than it gives. */
const MIN_RUN_BYTES = 256 * 1024;
/** What is read here and there in smaller pieces is left to the system. */
const MIN_RANGE_BYTES = 64 * 1024;
/** A page that lies across the end of a range stays (Linux has pages of up to 2 MiB): the next one includes it. */
const OVERLAP_BYTES = 2 * 1024 * 1024;

interface FileRange {
  readonly path: string;
  readonly from: number;
  to: number;
}

/**
 * What of some files the system is to keep in its page cache: what was written to them or read from them last, about
 * `maxBytes` of all together. Left to itself the system keeps whatever there is memory for, and takes memory that was
 * never used for each page that is written: on many virtual machines this costs ten times what a page costs that is used
 * again, and other programs lose what they had read.
 *
 * What leaves the window is dropped from the cache, and whoever reads it then reads the disk; but for what is not synced,
 * and where the system takes no hints.
 */
export class PageCacheWindow {
  readonly #fileSystem: FileSystem;
  readonly #maxBytes: number;
  /** The ranges that are still growing, the one begun first at the front. */
  readonly #growing = new Map<PageCacheRun, FileRange>();
  /** The others, in the order in which they leave; those before `#first` have left. */
  #whole: FileRange[] = [];
  #first = 0;
  /** The sum of them all. */
  #bytes = 0;

  /** `maxBytes` Infinity: no hints are given. */
  constructor(fileSystem: FileSystem, maxBytes: number) {
    this.#fileSystem = fileSystem;
    this.#maxBytes = fileSystem.dropCached === undefined ? Infinity : maxBytes;
  }

  /** As `PageCacheRun.touch`. */
  touch(run: PageCacheRun, path: string, from: number, to: number): void {
    if (this.#maxBytes === Infinity || to <= from) return;
    this.#bytes += to - from;
    let range = this.#growing.get(run);
    if (range !== undefined && (range.path !== path || range.to !== from)) {
      this.#close(run, range);
      range = undefined;
    }
    if (range === undefined) this.#growing.set(run, (range = { path, from, to }));
    else range.to = to;
    if (to - range.from >= RANGE_BYTES) this.#close(run, range);
    while (this.#bytes > Math.max(this.#maxBytes, this.#growing.size * MIN_RUN_BYTES)) this.#dropOldest();
  }

  #close(run: PageCacheRun, range: FileRange): void {
    this.#growing.delete(run);
    const sizeBytes = range.to - range.from;
    if (sizeBytes >= MIN_RANGE_BYTES) this.#whole.push(range);
    else this.#bytes -= sizeBytes;
  }

  /** The whole ones leave first: what is growing is the end of a file, as a rule. */
  #dropOldest(): void {
    const whole = this.#whole[this.#first];
    if (whole !== undefined) {
      this.#first++;
      // Half of the list has left: the rest moves up, which is one move for each that left.
      if (this.#first * 2 >= this.#whole.length) {
        this.#whole = this.#whole.slice(this.#first);
        this.#first = 0;
      }
      this.#drop(whole);
      return;
    }
    const [oldest] = this.#growing;
    assert(oldest !== undefined, 'the bytes of a window are those of its ranges');
    this.#growing.delete(oldest[0]);
    this.#drop(oldest[1]);
  }

  #drop({ path, from, to }: FileRange): void {
    this.#bytes -= to - from;
    const start = Math.max(0, from - OVERLAP_BYTES);
    this.#fileSystem.dropCached?.(path, start, to - start);
  }
}

/** One that writes or reads file after file, each from front to back: what follows on the last is one range with it. */
export class PageCacheRun {
  readonly #window: PageCacheWindow;

  constructor(window: PageCacheWindow) {
    this.#window = window;
  }

  /** The bytes from `from` up to `to` of the file at `path` were written and synced, or read. */
  touch(path: string, from: number, to: number): void {
    this.#window.touch(this, path, from, to);
  }
}
