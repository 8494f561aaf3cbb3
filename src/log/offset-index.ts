import { assert } from '../common/assert.js';
import type { Offset } from '../common/ids.js';
import { GrowingEntries } from './growing-index.js';

const ENTRY_BYTES = 8;

/** One indexed batch: its last offset and where it starts. */
export interface OffsetIndexEntry {
  readonly lastOffset: Offset;
  readonly position: number;
}

/**
 * Kafka's `.index`: entries of (last offset of a batch relative to the segment's base, position of the batch's start),
 * both growing. Sparse: a lookup gives where to start walking.
 */
export class OffsetIndex {
  readonly #baseOffset: Offset;
  readonly #entries: GrowingEntries;

  private constructor(baseOffset: Offset, entries: GrowingEntries) {
    this.#baseOffset = baseOffset;
    this.#entries = entries;
  }

  static empty(baseOffset: Offset): OffsetIndex {
    return new OffsetIndex(baseOffset, new GrowingEntries(ENTRY_BYTES));
  }

  /**
   * The index in `content`, a preallocated tail of zeros left off. Undefined when the entries do not grow or leave the
   * segment of `segmentBytes`: then it must be rebuilt.
   */
  static parse(baseOffset: Offset, content: Buffer, segmentBytes: number): OffsetIndex | undefined {
    let count = Math.floor(content.length / ENTRY_BYTES);
    while (count > 0 && isZero(content, (count - 1) * ENTRY_BYTES)) count--;
    let lastOffset = -1;
    let lastPosition = -1;
    for (let entry = 0; entry < count; entry++) {
      const offset = content.readUInt32BE(entry * ENTRY_BYTES);
      const position = content.readUInt32BE(entry * ENTRY_BYTES + 4);
      // An index starts after a full interval, so position 0 never has an entry.
      if (offset <= lastOffset || position <= lastPosition || position === 0 || position >= segmentBytes) {
        return undefined;
      }
      lastOffset = offset;
      lastPosition = position;
    }
    return new OffsetIndex(baseOffset, new GrowingEntries(ENTRY_BYTES, content.subarray(0, count * ENTRY_BYTES)));
  }

  get sizeBytes(): number {
    return this.#entries.sizeBytes;
  }

  /** As `GrowingEntries.memoryBytes`. */
  get memoryBytes(): number {
    return this.#entries.memoryBytes;
  }

  add(lastOffset: Offset, position: number): void {
    const relative = lastOffset - this.#baseOffset;
    assert(relative >= 0 && relative <= 0x7fff_ffff, 'an index entry fits its segment');
    const at = this.#entries.add();
    this.#entries.buffer.writeUInt32BE(relative, at);
    this.#entries.buffer.writeUInt32BE(position, at + 4);
  }

  /** The last indexed batch that ends at or before `offset`; undefined when there is none. */
  entryBefore(offset: Offset): OffsetIndexEntry | undefined {
    return this.#entryAt(this.#lastEntryAtMost(0, offset - this.#baseOffset));
  }

  /** The last indexed batch that starts at or before byte `position`; undefined when there is none. */
  entryAtOrBefore(position: number): OffsetIndexEntry | undefined {
    return this.#entryAt(this.#lastEntryAtMost(4, position));
  }

  /** Forgets batches that start at or after byte `position`. */
  truncate(position: number): void {
    this.#entries.cut(this.#lastEntryAtMost(4, position - 1) + 1);
  }

  /** As `GrowingEntries.shrink`. */
  shrink(): void {
    this.#entries.shrink();
  }

  content(): Buffer {
    return this.#entries.content();
  }

  #entryAt(entry: number): OffsetIndexEntry | undefined {
    if (entry < 0) return undefined;
    const lastOffset = this.#baseOffset + this.#entries.buffer.readUInt32BE(entry * ENTRY_BYTES);
    return { lastOffset, position: this.#positionAt(entry) };
  }

  #positionAt(entry: number): number {
    return this.#entries.buffer.readUInt32BE(entry * ENTRY_BYTES + 4);
  }

  /** Binary search in one of the two growing fields. */
  #lastEntryAtMost(fieldAt: 0 | 4, limit: number): number {
    let low = 0;
    let high = this.#entries.count;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#entries.buffer.readUInt32BE(middle * ENTRY_BYTES + fieldAt) <= limit) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  }
}

function isZero(content: Buffer, at: number): boolean {
  return content.readUInt32BE(at) === 0 && content.readUInt32BE(at + 4) === 0;
}
