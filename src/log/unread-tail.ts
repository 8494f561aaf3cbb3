import type { File } from '../platform/file-system.js';
import type { Segment } from './segment.js';

/**
 * The end of a file stays: a recovery, or who leads next, begins there; and its pages are still at work in the system. The
 * ends of a directory's logs share so much, and each has what lies within its bounds.
 */
const KEPT_BYTES_OF_ALL = 64 * 1024 * 1024;
const MIN_KEPT_BYTES = 256 * 1024;
const MAX_KEPT_BYTES = 4 * 1024 * 1024;
/** One hint for half of what is kept: it blocks for some 0.02 ms, and 0.1 more a MiB. */
const STEPS_OF_KEPT = 2;
const MAX_STEP_BYTES = 1024 * 1024;
/** And for no more than this at once. */
const MAX_HINT_BYTES = 16 * 1024 * 1024;
/** A page that lies across the end of a range stays (Linux has pages of up to 2 MiB): the next one includes it. */
const OVERLAP_BYTES = 2 * 1024 * 1024;

/** The unread tails of one directory, which share what is kept. */
export class UnreadTails {
  readonly #tails = new Set<UnreadTail>();

  /** What each of them may keep, in bytes. */
  get keptBytes(): number {
    const share = Math.floor(KEPT_BYTES_OF_ALL / Math.max(this.#tails.size, 1));
    return Math.min(Math.max(share, MIN_KEPT_BYTES), MAX_KEPT_BYTES);
  }

  add(tail: UnreadTail): void {
    this.#tails.add(tail);
  }

  delete(tail: UnreadTail): void {
    this.#tails.delete(tail);
  }
}

/**
 * The end of a log that nobody reads from its file here: a follower's. Consumers and other replicas read at the leader, and
 * what was just appended is in the tail cache; the system would keep a copy of all that is written and look for new memory
 * for each page, to the loss of what is read (and of processor time: pages that are used again cost a tenth).
 */
export class UnreadTail {
  readonly #all: UnreadTails;
  #segment: Segment | undefined;
  #droppedTo = 0;

  constructor(all: UnreadTails) {
    this.#all = all;
  }

  /** Forgets how far it was: what was written meanwhile stays in the cache. */
  begin(): void {
    this.#segment = undefined;
    this.#all.add(this);
  }

  /** The log is read from here on, or at its end. */
  end(): void {
    this.#all.delete(this);
  }

  /** All of `segment` that is written is synced. */
  synced(segment: Segment, file: File): void {
    const { writtenBytes } = segment;
    if (segment !== this.#segment || writtenBytes < this.#droppedTo) {
      this.#segment = segment;
      this.#droppedTo = writtenBytes;
    }
    const { keptBytes } = this.#all;
    const to = writtenBytes - keptBytes;
    if (to - this.#droppedTo < Math.min(keptBytes / STEPS_OF_KEPT, MAX_STEP_BYTES)) return;
    const from = Math.max(0, this.#droppedTo - OVERLAP_BYTES, to - MAX_HINT_BYTES);
    this.#droppedTo = to;
    file.dropCached?.(from, to - from);
  }
}
