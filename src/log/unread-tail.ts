import type { File } from '../platform/file-system.js';
import type { Segment } from './segment.js';

/** The end of a file stays: a recovery, or who leads next, begins there; and its pages are still at work in the system. */
const KEPT_BYTES = 4 * 1024 * 1024;
/** One hint for so much, and for no more: it blocks for about 0.1 ms a MiB. */
const STEP_BYTES = 1024 * 1024;
const MAX_STEP_BYTES = 16 * 1024 * 1024;
/** A page that lies across the end of a range stays (Linux has pages of up to 2 MiB): the next one includes it. */
const OVERLAP_BYTES = 2 * 1024 * 1024;

/**
 * The end of a log that nobody reads from its file here: a follower's. Consumers and other replicas read at the leader, and
 * what was just appended is in the tail cache; the system would keep a copy of all that is written and look for new memory
 * for each page, to the loss of what is read (and of processor time: pages that are used again cost a tenth).
 */
export class UnreadTail {
  #segment: Segment | undefined;
  #droppedTo = 0;

  /** Forgets how far it was: what was written meanwhile stays in the cache. */
  restart(): void {
    this.#segment = undefined;
  }

  /** All of `segment` that is written is synced. */
  synced(segment: Segment, file: File): void {
    const { writtenBytes } = segment;
    if (segment !== this.#segment || writtenBytes < this.#droppedTo) {
      this.#segment = segment;
      this.#droppedTo = writtenBytes;
    }
    const to = writtenBytes - KEPT_BYTES;
    if (to - this.#droppedTo < STEP_BYTES) return;
    const from = Math.max(0, this.#droppedTo - OVERLAP_BYTES, to - MAX_STEP_BYTES);
    this.#droppedTo = to;
    file.dropCached?.(from, to - from);
  }
}
