import type { Offset } from '../common/ids.js';
import { NO_OFFSET } from '../common/ids.js';
import { NO_PRODUCER_EPOCH, NO_SEQUENCE, NO_TIMESTAMP } from '../record/batch-header.js';

/** Batches a producer may have in flight (`max.in.flight.requests.per.connection`), so as many are remembered. */
export const REMEMBERED_BATCHES = 5;
/** Of a RememberedBatch. */
const FIELDS = 4;
type RememberedBatch = readonly [lastSequence: number, lastOffset: Offset, offsetDelta: number, timestamp: number];

/** What one log knows of one producer: its epoch, its last batches and its open transaction (KIP-98). */
export class ProducerEntry {
  readonly producerId: number;
  epoch = NO_PRODUCER_EPOCH;
  coordinatorEpoch = -1;
  lastTimestamp = NO_TIMESTAMP;
  /** Of its last batch or marker, whatever is remembered of it: who has the greater one wrote later. */
  writtenAt: Offset = NO_OFFSET;
  /** It wrote since `ProducerState.removeExpired` last looked. */
  isFresh = false;
  /** When `ProducerState.removeExpired` last found that it had written, by this broker's clock. */
  seenMs = Number.NEGATIVE_INFINITY;
  /** First offset of the open transaction, -1 when none is open. */
  transactionFirstOffset: Offset = NO_OFFSET;
  /** A ring: one allocation a producer, none a batch. */
  readonly #batches = new Float64Array(REMEMBERED_BATCHES * FIELDS);
  #next = 0;
  #count = 0;

  constructor(producerId: number) {
    this.producerId = producerId;
  }

  get batchCount(): number {
    return this.#count;
  }

  /** -1 when no batch of the epoch is remembered: the next one starts at sequence 0. */
  get lastSequence(): number {
    return this.#count === 0 ? NO_SEQUENCE : this.#field(this.#count - 1, 0);
  }

  get lastOffset(): Offset {
    return this.#count === 0 ? NO_OFFSET : this.#field(this.#count - 1, 1);
  }

  get lastOffsetDelta(): number {
    return this.#count === 0 ? 0 : this.#field(this.#count - 1, 2);
  }

  forgetBatches(): void {
    this.#count = 0;
  }

  /** A greater epoch begins with sequence 0 and without known batches. */
  setEpoch(epoch: number): void {
    if (epoch === this.epoch) return;
    this.epoch = epoch;
    this.#count = 0;
  }

  addBatch(epoch: number, lastSequence: number, lastOffset: Offset, offsetDelta: number, timestamp: number): void {
    this.setEpoch(epoch);
    this.#remember(lastSequence, lastOffset, offsetDelta, timestamp);
    this.lastTimestamp = timestamp;
    this.writtenAt = lastOffset;
    this.isFresh = true;
  }

  /** A batch of this epoch that the log has again, before its last one: it is remembered in its place, among as many as ever. */
  recallBatch(...batch: RememberedBatch): void {
    const known = this.#remembered();
    if (known.some(([, lastOffset]) => lastOffset === batch[1])) return;
    this.#rememberOnly([...known, batch].sort(([, a], [, b]) => a - b));
  }

  /** The log has lost what it had in `from` .. `to`-1. True when that was all that was remembered. */
  forgetBetween(from: Offset, to: Offset): boolean {
    const isLost = ([, lastOffset, delta]: RememberedBatch): boolean => lastOffset >= from && lastOffset - delta < to;
    const kept = this.#remembered().filter((batch) => !isLost(batch));
    if (kept.length === this.#count) return false;
    this.#rememberOnly(kept);
    return kept.length === 0;
  }

  /** What it was before the batches at and above `offset`; undefined when nothing is remembered of that time. */
  below(offset: Offset): ProducerEntry | undefined {
    const before = new ProducerEntry(this.producerId);
    before.setEpoch(this.epoch);
    before.lastTimestamp = this.lastTimestamp;
    before.coordinatorEpoch = this.coordinatorEpoch;
    if (this.transactionFirstOffset < offset) before.transactionFirstOffset = this.transactionFirstOffset;
    for (let index = 0; index < this.#count; index++) {
      const lastOffset = this.lastOffsetOf(index);
      if (lastOffset >= offset) break;
      const delta = this.#field(index, 2);
      before.addBatch(this.epoch, this.lastSequenceOf(index), lastOffset, delta, this.timestampOf(index));
    }
    if (before.batchCount === 0) before.writtenAt = Math.min(this.writtenAt, offset - 1);
    return before.batchCount === 0 && this.#count > 0 ? undefined : before;
  }

  /** Whether the batch that ends with `lastOffset` is among those that are remembered. */
  remembers(lastOffset: Offset): boolean {
    for (let index = 0; index < this.#count; index++) if (this.lastOffsetOf(index) === lastOffset) return true;
    return false;
  }

  /** Index of the remembered batch with exactly these sequences, oldest first; -1 when there is none. */
  findBatch(baseSequence: number, lastSequence: number): number {
    for (let index = this.#count - 1; index >= 0; index--) {
      if (this.#field(index, 0) === lastSequence && this.firstSequenceOf(index) === baseSequence) return index;
    }
    return -1;
  }

  firstSequenceOf(index: number): number {
    const first = this.#field(index, 0) - this.#field(index, 2);
    // Sequences wrap from 2^31-1 to 0.
    return first < 0 ? first + 0x8000_0000 : first;
  }

  lastSequenceOf(index: number): number {
    return this.#field(index, 0);
  }

  firstOffsetOf(index: number): Offset {
    return this.#field(index, 1) - this.#field(index, 2);
  }

  lastOffsetOf(index: number): Offset {
    return this.#field(index, 1);
  }

  timestampOf(index: number): number {
    return this.#field(index, 3);
  }

  /** The oldest first. */
  #remembered(): RememberedBatch[] {
    const batches: RememberedBatch[] = [];
    for (let index = 0; index < this.#count; index++) {
      const [sequence, offset] = [this.lastSequenceOf(index), this.lastOffsetOf(index)];
      batches.push([sequence, offset, this.#field(index, 2), this.timestampOf(index)]);
    }
    return batches;
  }

  /** The last of them, as many as there is room for. */
  #rememberOnly(batches: readonly RememberedBatch[]): void {
    this.#count = 0;
    for (const batch of batches) this.#remember(...batch);
  }

  #remember(...[lastSequence, lastOffset, offsetDelta, timestamp]: RememberedBatch): void {
    const at = this.#next * FIELDS;
    this.#batches[at] = lastSequence;
    this.#batches[at + 1] = lastOffset;
    this.#batches[at + 2] = offsetDelta;
    this.#batches[at + 3] = timestamp;
    this.#next = (this.#next + 1) % REMEMBERED_BATCHES;
    if (this.#count < REMEMBERED_BATCHES) this.#count++;
  }

  /** `index` counts from the oldest remembered batch. */
  #field(index: number, field: number): number {
    const slot = (this.#next - this.#count + index + REMEMBERED_BATCHES) % REMEMBERED_BATCHES;
    return this.#batches[slot * FIELDS + field] ?? 0;
  }
}
