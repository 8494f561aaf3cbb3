import { assert } from '../common/assert.js';
import type { Offset } from '../common/ids.js';
import { isSafeInt64, readInt64, writeInt64 } from '../record/batch-header.js';
import { GrowingEntries } from './growing-index.js';

const ENTRY_BYTES = 34;
const VERSION = 0;

/** One aborted transaction; `lastOffset` is its abort marker's. */
export interface AbortedTransaction {
  readonly producerId: number;
  readonly firstOffset: Offset;
  readonly lastOffset: Offset;
  /** The last stable offset when it was aborted: no transaction that ends later is below it. */
  readonly lastStableOffset: Offset;
}

/** Kafka's `.txnindex`: the aborted transactions whose marker lies in the segment, in the order of their markers. */
export class TransactionIndex {
  readonly #entries: GrowingEntries;

  private constructor(entries: GrowingEntries) {
    this.#entries = entries;
  }

  static empty(): TransactionIndex {
    return new TransactionIndex(new GrowingEntries(ENTRY_BYTES));
  }

  /** The index of a segment of `baseOffset` .. `endOffset`-1; undefined when it is damaged and must be rebuilt. */
  static parse(content: Buffer, baseOffset: Offset, endOffset: Offset): TransactionIndex | undefined {
    const count = Math.floor(content.length / ENTRY_BYTES);
    if (count * ENTRY_BYTES !== content.length) return undefined;
    let last = baseOffset - 1;
    for (let entry = 0; entry < count; entry++) {
      const at = entry * ENTRY_BYTES;
      if (content.readUInt16BE(at) !== VERSION) return undefined;
      for (let field = 0; field < 4; field++) if (!isSafeInt64(content, at + 2 + field * 8)) return undefined;
      const lastOffset = readInt64(content, at + 18);
      if (lastOffset <= last || lastOffset >= endOffset || readInt64(content, at + 10) > lastOffset) return undefined;
      last = lastOffset;
    }
    return new TransactionIndex(new GrowingEntries(ENTRY_BYTES, content));
  }

  get count(): number {
    return this.#entries.count;
  }

  add(transaction: AbortedTransaction): void {
    assert(
      this.count === 0 || this.at(this.count - 1).lastOffset < transaction.lastOffset,
      'aborted transactions are indexed in the order of their markers',
    );
    const at = this.#entries.add();
    const buffer = this.#entries.buffer;
    buffer.writeUInt16BE(VERSION, at);
    writeInt64(buffer, at + 2, transaction.producerId);
    writeInt64(buffer, at + 10, transaction.firstOffset);
    writeInt64(buffer, at + 18, transaction.lastOffset);
    writeInt64(buffer, at + 26, transaction.lastStableOffset);
  }

  at(entry: number): AbortedTransaction {
    const at = entry * ENTRY_BYTES;
    const buffer = this.#entries.buffer;
    return {
      producerId: readInt64(buffer, at + 2),
      firstOffset: readInt64(buffer, at + 10),
      lastOffset: readInt64(buffer, at + 18),
      lastStableOffset: readInt64(buffer, at + 26),
    };
  }

  /**
   * Adds to `found` the transactions that touch `from` .. `to`-1. True when the entry's last stable offset shows that
   * later segments have no more of them.
   */
  collect(from: Offset, to: Offset, found: AbortedTransaction[]): boolean {
    for (let entry = 0; entry < this.count; entry++) {
      const transaction = this.at(entry);
      if (transaction.lastOffset >= from && transaction.firstOffset < to) found.push(transaction);
      if (transaction.lastStableOffset >= to) return true;
    }
    return false;
  }

  /** Forgets transactions whose marker is at or after `offset`. */
  truncate(offset: Offset): void {
    let count = this.count;
    while (count > 0 && this.at(count - 1).lastOffset >= offset) count--;
    this.#entries.cut(count);
  }

  content(): Buffer {
    return this.#entries.content();
  }
}
