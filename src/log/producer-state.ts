import { assert, defined } from '../common/assert.js';
import { VarveError } from '../common/errors.js';
import type { Offset } from '../common/ids.js';
import { NO_OFFSET } from '../common/ids.js';
import { addToSequence, NO_PRODUCER_EPOCH } from '../record/batch-header.js';
import { ProducerEntry } from './producer-entry.js';
import type { AbortedTransaction } from './transaction-index.js';

/** The fields of a batch that producer state is about. */
export interface ProducerBatch {
  readonly producerId: number;
  readonly epoch: number;
  readonly baseSequence: number;
  readonly lastSequence: number;
  readonly transactional: boolean;
}

/** What an EndTransactionMarker says. */
export interface EndMarker {
  readonly committed: boolean;
  readonly coordinatorEpoch: number;
}

export interface ProducerStateLimits {
  /** `producer.id.expiration.ms` */
  readonly producerIdExpirationMs: number;
  readonly maxProducerIds: number;
}

/** More than a producer tries to send a batch (`delivery.timeout.ms`, 2 minutes), and than a restart takes. */
const RESTORED_GRACE_MS = 15 * 60_000;

interface CompletedTransaction {
  readonly firstOffset: Offset;
  readonly lastOffset: Offset;
}

/**
 * What a log knows of its producers: the sequence each must go on with, the batches that a retry would repeat, and the
 * transactions that keep the last stable offset back. It is a function of the log's batches alone, so leader and
 * followers build the same one by `apply`; only a leader asks `check` first.
 */
export class ProducerState {
  readonly #limits: ProducerStateLimits;
  readonly #producers = new Map<number, ProducerEntry>();
  /** Open transactions by first offset, in its order: they are added as the log grows. */
  readonly #open = new Map<Offset, ProducerEntry>();
  /** Ended ones whose marker is at or above the high watermark. */
  #unreplicated: CompletedTransaction[] = [];

  constructor(limits: ProducerStateLimits) {
    this.#limits = limits;
  }

  get producers(): ReadonlyMap<number, ProducerEntry> {
    return this.#producers;
  }

  /** What is known of the time before `offset`, of the `most` producers that wrote last. */
  below(offset: Offset, most = Infinity): Map<number, ProducerEntry> {
    const entries = [...this.#producers.values()].flatMap((entry) => entry.below(offset) ?? []);
    if (entries.length > most) entries.sort((a, b) => byLastWrite(b, a));
    return new Map(entries.slice(0, most).map((entry) => [entry.producerId, entry]));
  }

  /** Makes it the state in `entries` (a snapshot's): who has expired by `nowMs` has a moment left to write again. */
  restore(entries: readonly ProducerEntry[], nowMs: number): void {
    this.clear();
    const open: ProducerEntry[] = [];
    for (const entry of entries) {
      entry.isFresh = false;
      entry.seenMs = nowMs - Math.max(0, this.#limits.producerIdExpirationMs - RESTORED_GRACE_MS);
      this.#producers.set(entry.producerId, entry);
      if (entry.transactionFirstOffset !== NO_OFFSET) open.push(entry);
    }
    open.sort((a, b) => a.transactionFirstOffset - b.transactionFirstOffset);
    for (const entry of open) this.#open.set(entry.transactionFirstOffset, entry);
  }

  clear(): void {
    this.#producers.clear();
    this.#open.clear();
    this.#unreplicated = [];
  }

  /** Where the log already has exactly this batch of the producer's current epoch; undefined when it has not. */
  findDuplicate(batch: ProducerBatch): { readonly firstOffset: Offset; readonly lastOffset: Offset } | undefined {
    const entry = this.#producers.get(batch.producerId);
    if (entry === undefined || entry.epoch !== batch.epoch) return undefined;
    const index = entry.findBatch(batch.baseSequence, batch.lastSequence);
    if (index < 0) return undefined;
    return { firstOffset: entry.firstOffsetOf(index), lastOffset: entry.lastOffsetOf(index) };
  }

  /**
   * Whether a producer may append `batch` now (KIP-98). `previous` is its last batch in the same append, if any.
   * @throws VarveError INVALID_PRODUCER_EPOCH, OUT_OF_ORDER_SEQUENCE_NUMBER, UNKNOWN_PRODUCER_ID, INVALID_TXN_STATE
   */
  check(batch: ProducerBatch, logStartOffset: Offset, previous?: ProducerBatch): void {
    const entry = this.#producers.get(batch.producerId);
    const epoch = previous?.epoch ?? entry?.epoch ?? NO_PRODUCER_EPOCH;
    if (batch.epoch < epoch) {
      throw new VarveError(
        'INVALID_PRODUCER_EPOCH',
        `Producer ${batch.producerId} has epoch ${epoch}; a batch with epoch ${batch.epoch} is of an older instance of it.`,
      );
    }
    if (epoch === NO_PRODUCER_EPOCH) this.#checkUnknown(batch, logStartOffset);
    else {
      const sameEpoch = batch.epoch === epoch;
      const lastSequence = previous?.lastSequence ?? entry?.lastSequence ?? -1;
      const expected = sameEpoch ? addToSequence(lastSequence, 1) : 0;
      if (batch.baseSequence !== expected) {
        throw new VarveError(
          'OUT_OF_ORDER_SEQUENCE_NUMBER',
          `Producer ${batch.producerId} (epoch ${batch.epoch}) must go on with sequence ${expected}, not ${batch.baseSequence}.`,
        );
      }
    }
    const open = entry !== undefined && entry.transactionFirstOffset !== NO_OFFSET;
    if ((open || previous?.transactional === true) && !batch.transactional) {
      throw new VarveError(
        'INVALID_TXN_STATE',
        `Producer ${batch.producerId} has an open transaction here and sent a batch outside it.`,
      );
    }
  }

  /**
   * Whether a transaction coordinator may write a marker of `epoch` for the producer.
   * @throws VarveError INVALID_PRODUCER_EPOCH, TRANSACTION_COORDINATOR_FENCED
   */
  checkMarker(producerId: number, epoch: number, marker: EndMarker): void {
    const entry = this.#producers.get(producerId);
    if (entry === undefined) return;
    if (epoch < entry.epoch) {
      throw new VarveError(
        'INVALID_PRODUCER_EPOCH',
        `Producer ${producerId} has epoch ${entry.epoch}; a marker with epoch ${epoch} comes too late.`,
      );
    }
    if (marker.coordinatorEpoch < entry.coordinatorEpoch) {
      throw new VarveError(
        'TRANSACTION_COORDINATOR_FENCED',
        `Coordinator epoch ${entry.coordinatorEpoch} has written a marker here; epoch ${marker.coordinatorEpoch} is a former coordinator's.`,
      );
    }
  }

  /** Takes a data batch that the log now has. */
  apply(batch: ProducerBatch, firstOffset: Offset, lastOffset: Offset, timestampMs: number): void {
    const entry = this.#entry(batch.producerId);
    entry.addBatch(batch.epoch, batch.lastSequence, lastOffset, lastOffset - firstOffset, timestampMs);
    if (batch.transactional && entry.transactionFirstOffset === NO_OFFSET) {
      entry.transactionFirstOffset = firstOffset;
      this.#open.set(firstOffset, entry);
    }
  }

  /**
   * Takes a data batch that the log has again, before the last one of its producer and of the same epoch, so that a retry of it is
   * known.
   */
  recall(
    { producerId, epoch, lastSequence }: ProducerBatch,
    firstOffset: Offset,
    lastOffset: Offset,
    timestampMs: number,
  ): void {
    const entry = this.#producers.get(producerId);
    if (entry?.epoch === epoch) entry.recallBatch(lastSequence, lastOffset, lastOffset - firstOffset, timestampMs);
  }

  /** The batches in `from` .. `to`-1 are lost: the producers' next ones follow what is left of them. */
  forgetBetween(from: Offset, to: Offset): void {
    for (const entry of this.#producers.values()) {
      const isAllGone = entry.forgetBetween(from, to);
      if (isAllGone && entry.transactionFirstOffset === NO_OFFSET) this.#producers.delete(entry.producerId);
    }
  }

  /** Takes a marker that the log now has at `offset`. Gives the transaction that it aborted, for the index. */
  applyMarker(
    producerId: number,
    epoch: number,
    marker: EndMarker,
    offset: Offset,
    timestampMs: number,
  ): AbortedTransaction | undefined {
    const entry = this.#entry(producerId);
    const firstOffset = entry.transactionFirstOffset;
    entry.setEpoch(epoch);
    entry.coordinatorEpoch = marker.coordinatorEpoch;
    entry.lastTimestamp = timestampMs;
    entry.writtenAt = offset;
    if (firstOffset === NO_OFFSET) return undefined;
    entry.transactionFirstOffset = NO_OFFSET;
    assert(this.#open.delete(firstOffset), 'a producer with a transaction is among the open ones');
    this.#unreplicated.push({ firstOffset, lastOffset: offset });
    if (marker.committed) return undefined;
    const lastStableOffset = this.#firstOpenOffset() ?? offset + 1;
    return { producerId, firstOffset, lastOffset: offset, lastStableOffset };
  }

  /** Transactions whose marker is below the high watermark no longer hold the last stable offset back. */
  updateHighWatermark(highWatermark: Offset): void {
    if (this.#unreplicated.length === 0) return;
    this.#unreplicated = this.#unreplicated.filter((transaction) => transaction.lastOffset >= highWatermark);
  }

  /** First offset of the earliest transaction that is open or whose end is not replicated; undefined without one. */
  firstUnstableOffset(): Offset | undefined {
    let first = this.#firstOpenOffset();
    for (const transaction of this.#unreplicated) {
      if (first === undefined || transaction.firstOffset < first) first = transaction.firstOffset;
    }
    return first;
  }

  /** First offset of the earliest open transaction. */
  firstOpenTransactionOffset(): Offset | undefined {
    return this.#firstOpenOffset();
  }

  knows(producerId: number): boolean {
    return this.#producers.has(producerId);
  }

  /** The producer has a transaction open in this log. */
  hasOpenTransaction(producerId: number): boolean {
    return (this.#producers.get(producerId)?.transactionFirstOffset ?? NO_OFFSET) !== NO_OFFSET;
  }

  /**
   * Forgets who wrote nothing for `producer.id.expiration.ms`. The timestamps of its records alone do not tell: who copies
   * old records writes now, and a retry of it must find its batch.
   */
  removeExpired(nowMs: number): void {
    for (const entry of this.#producers.values()) {
      if (entry.isFresh) entry.seenMs = nowMs;
      entry.isFresh = false;
      if (this.#isExpired(entry, nowMs)) this.#producers.delete(entry.producerId);
    }
  }

  #checkUnknown(batch: ProducerBatch, logStartOffset: Offset): void {
    // Nothing was ever removed from a log that starts at 0, so an id without state there has written nothing.
    if (batch.baseSequence === 0 || logStartOffset > 0) return;
    throw new VarveError(
      'UNKNOWN_PRODUCER_ID',
      `Producer ${batch.producerId} is not known here and starts at sequence ${batch.baseSequence} instead of 0: earlier batches of it are missing, or it was silent for longer than producer.id.expiration.ms.`,
    );
  }

  #firstOpenOffset(): Offset | undefined {
    for (const offset of this.#open.keys()) return offset;
    return undefined;
  }

  #entry(producerId: number): ProducerEntry {
    const known = this.#producers.get(producerId);
    if (known !== undefined) return known;
    if (this.#producers.size >= this.#limits.maxProducerIds) this.#forgetOldest();
    const entry = new ProducerEntry(producerId);
    this.#producers.set(producerId, entry);
    return entry;
  }

  /** Makes room for a sixteenth more, so that a full table is not searched for each new producer. */
  #forgetOldest(): void {
    const idle = [...this.#producers.values()].filter((entry) => entry.transactionFirstOffset === NO_OFFSET);
    idle.sort(byLastWrite);
    const count = Math.min(idle.length, Math.ceil(this.#limits.maxProducerIds / 16));
    for (let index = 0; index < count; index++) {
      this.#producers.delete(defined(idle[index], 'index is below the length').producerId);
    }
  }

  #isExpired(entry: ProducerEntry, nowMs: number): boolean {
    const lastMs = Math.max(entry.lastTimestamp, entry.seenMs);
    return entry.transactionFirstOffset === NO_OFFSET && nowMs - lastMs >= this.#limits.producerIdExpirationMs;
  }
}

/**
 * Who wrote longest ago comes first. The log's own order tells, on every replica alike: who copies old records has the oldest
 * timestamps, and writes now. (A snapshot has no offset of those that wrote a marker alone; they count as the first.)
 */
function byLastWrite(a: ProducerEntry, b: ProducerEntry): number {
  return a.writtenAt - b.writtenAt || a.lastTimestamp - b.lastTimestamp || a.producerId - b.producerId;
}
