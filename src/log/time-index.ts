import { assert } from '../common/assert.js';
import type { Offset } from '../common/ids.js';
import { isSafeInt64, NO_TIMESTAMP, readInt64, writeInt64 } from '../record/batch-header.js';
import { GrowingEntries } from './growing-index.js';

const ENTRY_BYTES = 12;

/** The greatest timestamp up to a batch that has it, and that batch's last offset. */
export interface TimeIndexEntry {
  readonly timestamp: number;
  readonly lastOffset: Offset;
}

/**
 * Kafka's `.timeindex`: entries of (greatest timestamp so far, last offset of its batch relative to the segment's base),
 * timestamps strictly growing. All batches up to an entry's have no later timestamp than the entry.
 */
export class TimeIndex {
  readonly #baseOffset: Offset;
  readonly #entries: GrowingEntries;

  private constructor(baseOffset: Offset, entries: GrowingEntries) {
    this.#baseOffset = baseOffset;
    this.#entries = entries;
  }

  static empty(baseOffset: Offset): TimeIndex {
    return new TimeIndex(baseOffset, new GrowingEntries(ENTRY_BYTES));
  }

  /** The index in `content`, a preallocated tail of zeros left off; undefined when it must be rebuilt. */
  static parse(baseOffset: Offset, content: Buffer): TimeIndex | undefined {
    let count = Math.floor(content.length / ENTRY_BYTES);
    while (count > 0 && isZero(content, (count - 1) * ENTRY_BYTES)) count--;
    let lastTimestamp = NO_TIMESTAMP;
    let lastOffset = -1;
    for (let entry = 0; entry < count; entry++) {
      const at = entry * ENTRY_BYTES;
      const offset = content.readUInt32BE(at + 8);
      if (!isSafeInt64(content, at) || readInt64(content, at) <= lastTimestamp || offset < lastOffset) return undefined;
      lastTimestamp = readInt64(content, at);
      lastOffset = offset;
    }
    return new TimeIndex(baseOffset, new GrowingEntries(ENTRY_BYTES, content.subarray(0, count * ENTRY_BYTES)));
  }

  get sizeBytes(): number {
    return this.#entries.sizeBytes;
  }

  /** As `GrowingEntries.memoryBytes`. */
  get memoryBytes(): number {
    return this.#entries.memoryBytes;
  }

  /** The greatest timestamp indexed, `NO_TIMESTAMP` in an empty index. */
  get lastTimestamp(): number {
    return this.#entries.count === 0 ? NO_TIMESTAMP : this.#timestampAt(this.#entries.count - 1);
  }

  /** The offset of the last entry, the base offset in an empty index. */
  get lastOffset(): Offset {
    return this.#entries.count === 0 ? this.#baseOffset : this.#offsetAt(this.#entries.count - 1);
  }

  /** Adds an entry if `timestamp` is beyond the last one. */
  addIfLater(timestamp: number, lastOffset: Offset): void {
    if (timestamp <= this.lastTimestamp) return;
    const relative = lastOffset - this.#baseOffset;
    assert(relative >= 0 && relative <= 0x7fff_ffff, 'a time index entry fits its segment');
    const at = this.#entries.add();
    writeInt64(this.#entries.buffer, at, timestamp);
    this.#entries.buffer.writeUInt32BE(relative, at + 8);
  }

  /** The last entry before `timestamp`: all batches up to its own are earlier; undefined without one. */
  lastEarlier(timestamp: number): TimeIndexEntry | undefined {
    let low = 0;
    let high = this.#entries.count;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#timestampAt(middle) < timestamp) low = middle + 1;
      else high = middle;
    }
    return low === 0 ? undefined : { timestamp: this.#timestampAt(low - 1), lastOffset: this.#offsetAt(low - 1) };
  }

  /** The last entry whose batch ends before `offset`; undefined without one. */
  lastBefore(offset: Offset): TimeIndexEntry | undefined {
    for (let entry = this.#entries.count - 1; entry >= 0; entry--) {
      const lastOffset = this.#offsetAt(entry);
      if (lastOffset < offset) return { timestamp: this.#timestampAt(entry), lastOffset };
    }
    return undefined;
  }

  /** Forgets entries at or after `offset`. */
  truncate(offset: Offset): void {
    let count = this.#entries.count;
    while (count > 0 && this.#offsetAt(count - 1) >= offset) count--;
    this.#entries.cut(count);
  }

  /** As `GrowingEntries.shrink`. */
  shrink(): void {
    this.#entries.shrink();
  }

  content(): Buffer {
    return this.#entries.content();
  }

  #timestampAt(entry: number): number {
    return readInt64(this.#entries.buffer, entry * ENTRY_BYTES);
  }

  #offsetAt(entry: number): Offset {
    return this.#baseOffset + this.#entries.buffer.readUInt32BE(entry * ENTRY_BYTES + 8);
  }
}

function isZero(content: Buffer, at: number): boolean {
  return content.readUInt32BE(at) === 0 && content.readUInt32BE(at + 4) === 0 && content.readUInt32BE(at + 8) === 0;
}
