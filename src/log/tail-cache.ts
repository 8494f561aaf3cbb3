import { assert } from '../common/assert.js';
import type { Offset } from '../common/ids.js';
import type { Buffers } from '../platform/buffer-pool.js';
import { batchNextOffset, batchSizeBytes } from '../record/batch-header.js';

/** What the objects of an entry take besides its bytes. */
const ENTRY_OVERHEAD_BYTES = 320;
/** Small batches are copied into pieces of memory of this size. */
const CHUNK_BYTES = 64 * 1024;
const NOTHING = Buffer.alloc(0);

/** One append's batches in memory. */
export class TailEntry {
  buffer: Buffer;
  readonly firstOffset: Offset;
  nextOffset: Offset;
  /** Its log no longer has it: evicted or truncated. */
  gone = false;
  /** Written: nobody but readers needs it in memory. */
  onDisk = false;
  /** All that is its own, and where it goes back to; small batches share theirs with others. */
  #memory: Buffer | undefined;
  readonly #buffers: Buffers;

  constructor(batches: Buffer, firstOffset: Offset, nextOffset: Offset, buffers: Buffers, smallBatches: SmallBatches) {
    this.firstOffset = firstOffset;
    this.nextOffset = nextOffset;
    this.#buffers = buffers;
    if (batches.length < buffers.leastBytes) {
      this.buffer = smallBatches.copyOf(batches);
      return;
    }
    this.buffer = buffers.take(batches.length);
    batches.copy(this.buffer);
    this.#memory = this.buffer;
  }

  /** What it takes of the node's memory. */
  get sizeBytes(): number {
    return (this.#memory?.buffer.byteLength ?? this.buffer.length) + ENTRY_OVERHEAD_BYTES;
  }

  /** Cuts off the batches at and after `offset`, which is a boundary of batches within it. */
  trim(offset: Offset): void {
    this.buffer = sliceBatches(this.buffer, this.firstOffset, this.buffer.length, offset, false);
    this.nextOffset = offset;
  }

  /** Its log has it no longer. What waits for the disk keeps its bytes; else the memory is given back. */
  forget(): void {
    this.gone = true;
    if (!this.onDisk) return;
    this.buffer = NOTHING;
    if (this.#memory !== undefined) this.#buffers.give(this.#memory);
    this.#memory = undefined;
  }
}

/**
 * Copies of small batches, one behind the other. Those of one disk leave the cache more or less in the order in which they came,
 * so that a chunk outlives its first batch by little more than a chunk's worth of others.
 */
export class SmallBatches {
  #chunk = NOTHING;
  #usedBytes = 0;

  copyOf(batches: Buffer): Buffer {
    assert(batches.length <= CHUNK_BYTES, 'a small batch is a part of a chunk');
    if (this.#usedBytes + batches.length > this.#chunk.length) {
      this.#chunk = Buffer.allocUnsafeSlow(CHUNK_BYTES);
      this.#usedBytes = 0;
    }
    const copy = this.#chunk.subarray(this.#usedBytes, this.#usedBytes + batches.length);
    batches.copy(copy);
    this.#usedBytes += batches.length;
    return copy;
  }
}

/** First in, first out, in one array. */
class Fifo<T> {
  #items: Array<T | undefined> = [];
  #head = 0;

  get length(): number {
    return this.#items.length - this.#head;
  }

  at(index: number): T | undefined {
    return this.#items[this.#head + index];
  }

  push(item: T): void {
    this.#items.push(item);
  }

  shift(): T | undefined {
    const item = this.#items[this.#head];
    if (item === undefined) return undefined;
    this.#items[this.#head++] = undefined;
    if (this.#head > 64 && this.#head * 2 > this.#items.length) {
      this.#items = this.#items.slice(this.#head);
      this.#head = 0;
    }
    return item;
  }

  pop(): T | undefined {
    return this.length === 0 ? undefined : this.#items.pop();
  }
}

/**
 * The last appended batches of all logs of a node, so that followers and consumers at the tail read no file. Batches
 * that are not on disk yet stay in their log's tail whatever the bound; what is written counts against it, and the
 * oldest of any log goes first.
 *
 * They are copies, in memory that is another batch's once one has left: whoever looks at an entry's own bytes does so before it
 * returns to the event loop (`view`): what puts an entry out is what a disk has done, or a log that is cut or closed.
 */
export class TailCache {
  readonly #capacityBytes: number;
  readonly #order = new Fifo<{ entry: TailEntry; tail: LogTail; retainedBytes: number }>();
  readonly #buffers: Buffers;
  #usedBytes = 0;

  constructor(options: { capacityBytes: number; buffers: Buffers }) {
    this.#capacityBytes = options.capacityBytes;
    this.#buffers = options.buffers;
  }

  get usedBytes(): number {
    return this.#usedBytes;
  }

  /** A copy of batches that are appended. `smallBatches` is that of their disk. */
  entry(batches: Buffer, firstOffset: Offset, nextOffset: Offset, smallBatches: SmallBatches): TailEntry {
    return new TailEntry(batches, firstOffset, nextOffset, this.#buffers, smallBatches);
  }

  /** Counts a batch that is on disk now. */
  admit(tail: LogTail, entry: TailEntry): void {
    if (entry.gone || entry.onDisk) return;
    entry.onDisk = true;
    const retainedBytes = entry.sizeBytes;
    this.#order.push({ entry, tail, retainedBytes });
    this.#usedBytes += retainedBytes;
    while (this.#usedBytes > this.#capacityBytes) {
      const oldest = this.#order.shift();
      assert(oldest !== undefined, 'bytes in use belong to entries');
      this.#usedBytes -= oldest.retainedBytes;
      if (!oldest.entry.gone) oldest.tail.dropFirst(oldest.entry);
    }
  }
}

/** One log's part of the cache: consecutive appends up to the log's end. */
export class LogTail {
  readonly #entries = new Fifo<TailEntry>();
  /** All that the log has from here on is in memory. It is below the first entry where compaction left a gap before that. */
  #wholeFrom: Offset;

  constructor(endOffset: Offset) {
    this.#wholeFrom = endOffset;
  }

  add(entry: TailEntry): void {
    this.#entries.push(entry);
  }

  /** The first offset in memory; undefined when nothing is. */
  get firstOffset(): Offset | undefined {
    return this.#entries.at(0)?.firstOffset;
  }

  /** The first of `entry`s leaves; evictions keep the order of the log. */
  dropFirst(entry: TailEntry): void {
    const first = this.#entries.shift();
    assert(first === entry, 'the cache evicts in the order of each log');
    this.#forgetFirst(entry);
  }

  /** What is in the file by now is not worth memory: `entry` leaves, and what is before it. */
  leave(entry: TailEntry): void {
    if (entry.gone) return;
    entry.onDisk = true;
    this.dropBefore(entry.firstOffset);
    this.dropFirst(entry);
  }

  /** The greatest end of a batch at or below `offset`, among the batches in memory from `from` on; `from` without one. */
  boundaryBefore(offset: Offset, from: Offset): Offset {
    let boundary = from;
    for (const buffer of this.view(from, Infinity, offset) ?? []) boundary = Math.max(boundary, batchesEnd(buffer));
    return boundary;
  }

  /** Forgets appends at or after `offset`. `offset` is a boundary of batches; an append that holds it loses its end. */
  truncate(offset: Offset): void {
    this.#wholeFrom = Math.min(this.#wholeFrom, offset);
    for (let last = this.#last(); last !== undefined && last.nextOffset > offset; last = this.#last()) {
      if (last.firstOffset < offset) {
        last.trim(offset);
        return;
      }
      this.#entries.pop();
      last.forget();
    }
  }

  /** Forgets appends that are on disk and end at or before `offset`: removed or compacted since. */
  dropBefore(offset: Offset): void {
    for (let first = this.#entries.at(0); first?.onDisk && first.nextOffset <= offset; first = this.#entries.at(0)) {
      this.#entries.shift();
      this.#forgetFirst(first);
    }
  }

  /** The log is emptied, or ends; it goes on at `endOffset`. */
  clear(endOffset: Offset): void {
    this.truncate(0);
    this.#wholeFrom = endOffset;
  }

  /**
   * Whole batches from the one with `offset` on, up to `maxBytes` (at least one batch) and wholly below `upToOffset`.
   * Undefined when something at or behind `offset` is not in memory, or nothing is. They are the cache's own bytes, which may
   * be others once the caller has returned to the event loop.
   */
  view(offset: Offset, maxBytes: number, upToOffset: Offset): Buffer[] | undefined {
    if (this.#entries.length === 0 || offset < this.#wholeFrom) return undefined;
    const found: Buffer[] = [];
    let room = maxBytes;
    for (let index = this.#find(offset); ; index++) {
      const entry = this.#entries.at(index);
      if (entry === undefined) return found;
      if (entry.firstOffset >= offset && entry.nextOffset <= upToOffset && entry.buffer.length <= room) {
        found.push(entry.buffer);
        room -= entry.buffer.length;
        continue;
      }
      const part = sliceBatches(entry.buffer, offset, room, upToOffset, found.length === 0);
      if (part.length > 0) found.push(part);
      if (part.length === 0 || entry.nextOffset >= upToOffset || part.length >= room) return found;
      room -= part.length;
      // A part that ends before the entry does was cut by a bound.
      if (batchesEnd(part) < entry.nextOffset) return found;
    }
  }

  /** As `view`, in copies that are the caller's. */
  read(offset: Offset, maxBytes: number, upToOffset: Offset): Buffer[] | undefined {
    return this.view(offset, maxBytes, upToOffset)?.map((batches) => Buffer.from(batches));
  }

  #forgetFirst(entry: TailEntry): void {
    this.#wholeFrom = entry.nextOffset;
    entry.forget();
  }

  #last(): TailEntry | undefined {
    return this.#entries.at(this.#entries.length - 1);
  }

  /** Index of the entry with the batch at `offset`, or of the next one where compaction left a gap. */
  #find(offset: Offset): number {
    let low = 0;
    let high = this.#entries.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const entry = this.#entries.at(middle);
      if (entry !== undefined && entry.nextOffset <= offset) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

/**
 * The batches in `buffer` (whole ones) from the first that ends after `offset`, as many as fit `maxBytes` and end at or
 * below `upToOffset`; the first is given whatever its size when `atLeastOne`.
 */
export function sliceBatches(
  buffer: Buffer,
  offset: Offset,
  maxBytes: number,
  upToOffset: Offset,
  atLeastOne: boolean,
): Buffer {
  let start = 0;
  while (start < buffer.length && batchNextOffset(buffer, start) <= offset) start += batchSizeBytes(buffer, start);
  let end = start;
  while (end < buffer.length) {
    const next = end + batchSizeBytes(buffer, end);
    if (batchNextOffset(buffer, end) > upToOffset) break;
    if (next - start > maxBytes && !(atLeastOne && end === start)) break;
    end = next;
  }
  return buffer.subarray(start, end);
}

/** The offset after the last of `batches`. */
function batchesEnd(batches: Buffer): Offset {
  let next = 0;
  for (let at = 0; at < batches.length; at += batchSizeBytes(batches, at)) next = batchNextOffset(batches, at);
  return next;
}
