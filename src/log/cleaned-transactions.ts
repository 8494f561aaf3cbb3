import type { Offset } from '../common/ids.js';
import { batchAttributes, batchLastOffset, batchProducerId, isTransactional } from '../record/batch-header.js';
import { readEndMarker } from './end-marker.js';
import type { AbortedTransaction, TransactionIndex } from './transaction-index.js';

/**
 * Which batches of a compacted part of a log belong to aborted transactions, and which markers still have records
 * before them. Batches are shown to it in the order of the log (Kafka's CleanedTransactionMetadata).
 */
export class CleanedTransactions {
  readonly #aborted: AbortedTransaction[];
  readonly #committed = new Set<number>();
  readonly #open = new Map<number, { readonly transaction: AbortedTransaction; seen: boolean }>();
  #next = 0;
  /** Gets the aborted transactions of which batches are left. */
  index: TransactionIndex | undefined;

  constructor(aborted: readonly AbortedTransaction[]) {
    this.#aborted = [...aborted].sort((a, b) => a.firstOffset - b.firstOffset);
  }

  /** True for a batch of an aborted transaction: its records go. */
  onBatch(buffer: Buffer, at: number): boolean {
    this.#openUpTo(batchLastOffset(buffer, at));
    if (!isTransactional(batchAttributes(buffer, at))) return false;
    const producerId = batchProducerId(buffer, at);
    const open = this.#open.get(producerId);
    if (open === undefined) {
      this.#committed.add(producerId);
      return false;
    }
    open.seen = true;
    return true;
  }

  /** True for a marker of whose transaction no batch is left: it may go in its time. */
  onMarker(buffer: Buffer, at: number): boolean {
    this.#openUpTo(batchLastOffset(buffer, at));
    const marker = readEndMarker(buffer, at);
    if (marker === undefined) return true;
    const producerId = batchProducerId(buffer, at);
    if (marker.committed) return !this.#committed.delete(producerId);
    const open = this.#open.get(producerId);
    this.#open.delete(producerId);
    if (open === undefined || !open.seen) return true;
    this.index?.add(open.transaction);
    return false;
  }

  #openUpTo(offset: Offset): void {
    for (let next = this.#aborted[this.#next]; next !== undefined && next.firstOffset <= offset;) {
      if (!this.#open.has(next.producerId)) this.#open.set(next.producerId, { transaction: next, seen: false });
      next = this.#aborted[++this.#next];
    }
  }
}
