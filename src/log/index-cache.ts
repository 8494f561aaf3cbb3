import { assert, defined } from '../common/assert.js';
import type { Segment, SegmentIndexes } from './segment.js';

/** What the objects of a segment's two indexes take besides their entries. */
const OVERHEAD_BYTES = 768;

/**
 * The indexes in memory of the closed segments of all logs of a node. What they take grows with what the disks hold, 20 bytes
 * for each 4 KiB of log or each batch, so it has a bound: past it those used longest ago are given back, to be read again from
 * their files.
 *
 * Invariant: a segment is in it only while its files have its indexes and nothing is added to them (`indexesAreWritten`). The
 * indexes of the active segment, of one that waits for the disk, and those made anew because their files are wrong stay in
 * memory and are not counted. Whoever got indexes uses them before anything else can run, or asks for them again.
 */
export class IndexCache {
  readonly #capacityBytes: number;
  /** What each takes; the one used last is at the end. */
  readonly #sizes = new Map<Segment, number>();
  #usedBytes = 0;

  constructor(options: { capacityBytes: number }) {
    this.#capacityBytes = options.capacityBytes;
  }

  get usedBytes(): number {
    return this.#usedBytes;
  }

  /** Segments whose indexes are counted. */
  get count(): number {
    return this.#sizes.size;
  }

  /** Notes that the segment's indexes, which are in memory, are used. They may be given back at once: hold on to them first. */
  use(segment: Segment): void {
    if (!segment.indexesAreWritten) return;
    const known = this.#sizes.get(segment);
    if (known !== undefined) {
      this.#sizes.delete(segment);
      this.#sizes.set(segment, known);
      return;
    }
    const sizeBytes = shrink(defined(segment.indexes, 'indexes that are used are in memory'));
    this.#sizes.set(segment, sizeBytes);
    this.#usedBytes += sizeBytes;
    for (const [oldest] of this.#sizes) {
      if (this.#usedBytes <= this.#capacityBytes) return;
      assert(oldest.indexesAreWritten, 'indexes that are given back are in their files');
      this.forget(oldest);
      oldest.indexes = undefined;
    }
  }

  /** The segment is closed, and its files have `written`: from now on they may be given back, if they are its indexes still. */
  release(segment: Segment, written: SegmentIndexes): void {
    if (segment.indexes !== written) return;
    segment.indexesAreWritten = true;
    this.use(segment);
  }

  /** The segment's indexes, once they are in memory, stay there: they are about to be changed. */
  keep(segment: Segment): void {
    this.forget(segment);
    segment.indexesAreWritten = false;
    segment.indexesVersion++;
  }

  /** Its log has the segment no longer. */
  forget(segment: Segment): void {
    this.#usedBytes -= this.#sizes.get(segment) ?? 0;
    this.#sizes.delete(segment);
  }
}

/** Gives back what the buffers have grown beyond their entries; what is left, in bytes. */
function shrink({ offsets, times }: SegmentIndexes): number {
  offsets.shrink();
  times.shrink();
  return offsets.memoryBytes + times.memoryBytes + OVERHEAD_BYTES;
}
