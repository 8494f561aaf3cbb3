import { assert, defined } from '../../src/common/assert.js';

/** What became of the records of one producer. All but the first four must be 0. */
export interface DeliveryCounts {
  readonly sent: number;
  readonly acknowledged: number;
  /** Neither acknowledged nor refused in time: it may have been stored or not. */
  readonly failed: number;
  readonly readBack: number;
  /** Acknowledged and not read. */
  readonly lost: number;
  readonly duplicated: number;
  /** Read after a record that was sent later to the same partition. */
  readonly outOfOrder: number;
  /** Read with other bytes, or at another place, than what was sent and acknowledged. */
  readonly altered: number;
  /** Read and never sent. */
  readonly unexpected: number;
}

const ACKNOWLEDGED = 1;
const FAILED = 2;
const READ = 4;
const SETTLED = ACKNOWLEDGED | FAILED;
const NO_PARTITION = -1;

/**
 * The books on one producer's records, which are numbered from 0 as they are sent. What is sent and not yet both settled
 * and read lies in a window; its low end moves on, so that memory does not grow with the count of records:
 *
 *     base <= every number that is not settled and read < next <= base + capacity
 */
export class DeliveryLedger {
  readonly #capacity: number;
  readonly #flags: Uint8Array;
  readonly #checksums: Uint32Array;
  readonly #partitions: Int32Array;
  readonly #offsets: Float64Array;
  /** Per partition, the greatest number read. */
  readonly #lastRead = new Map<number, number>();
  /** All that failed; those that were not read and are below the window are in `#failedBelow` too. */
  readonly #failedNumbers = new Set<number>();
  readonly #failedBelow = new Set<number>();
  #base = 0;
  #next = 0;
  #acknowledged = 0;
  #readBack = 0;
  #duplicated = 0;
  #outOfOrder = 0;
  #altered = 0;
  #unexpected = 0;

  /** `capacity`: how many records may be under way at once, at 17 bytes each. */
  constructor(capacity: number) {
    assert(capacity > 0, 'a ledger has room for a record');
    this.#capacity = capacity;
    this.#flags = new Uint8Array(capacity);
    this.#checksums = new Uint32Array(capacity);
    this.#partitions = new Int32Array(capacity);
    this.#offsets = new Float64Array(capacity);
  }

  /** Whether another record may be sent now. */
  get hasRoom(): boolean {
    return this.#next < this.#base + this.#capacity;
  }

  /** The number that the next record gets. */
  get nextNumber(): number {
    return this.#next;
  }

  get acknowledgedCount(): number {
    return this.#acknowledged;
  }

  get readBackCount(): number {
    return this.#readBack;
  }

  /** The numbers of the records that may or may not have been stored. */
  get failedNumbers(): ReadonlySet<number> {
    return this.#failedNumbers;
  }

  /** Whether everything that was sent was acknowledged or failed. */
  get isSettled(): boolean {
    return this.#acknowledged + this.#failedNumbers.size === this.#next;
  }

  /** Whether everything that was acknowledged was read. */
  get isRead(): boolean {
    return this.#base === this.#next || this.#countLost() === 0;
  }

  /** Books the sending of the record `nextNumber`. */
  sent(checksum: number): void {
    assert(this.hasRoom, 'more records are under way than the ledger has room for');
    const slot = this.#next % this.#capacity;
    this.#flags[slot] = 0;
    this.#checksums[slot] = checksum >>> 0;
    this.#partitions[slot] = NO_PARTITION;
    this.#offsets[slot] = -1;
    this.#next += 1;
  }

  acknowledged(number: number, partition: number, offset: number): void {
    this.#settle(number, ACKNOWLEDGED);
    this.#acknowledged += 1;
    // A duplicate that is older than what the broker remembers is acknowledged without its offset.
    if (offset >= 0) this.#place(number, partition, offset);
    this.#slide();
  }

  failed(number: number): void {
    this.#settle(number, FAILED);
    this.#failedNumbers.add(number);
    this.#slide();
  }

  read(number: number, partition: number, offset: number, checksum: number): void {
    const last = this.#lastRead.get(partition) ?? -1;
    if (number >= this.#next) {
      this.#unexpected += 1;
      return;
    }
    if (number < this.#base) {
      if (this.#failedBelow.delete(number)) this.#countRead(number, partition, last);
      else this.#duplicated += 1;
      return;
    }
    const slot = number % this.#capacity;
    if ((this.#flag(number) & READ) !== 0) {
      this.#duplicated += 1;
      return;
    }
    this.#flags[slot] = this.#flag(number) | READ;
    this.#countRead(number, partition, last);
    if (this.#checksums[slot] !== checksum >>> 0) this.#altered += 1;
    this.#place(number, partition, offset);
    this.#slide();
  }

  counts(): DeliveryCounts {
    return {
      sent: this.#next,
      acknowledged: this.#acknowledged,
      failed: this.#failedNumbers.size,
      readBack: this.#readBack,
      lost: this.#countLost(),
      duplicated: this.#duplicated,
      outOfOrder: this.#outOfOrder,
      altered: this.#altered,
      unexpected: this.#unexpected,
    };
  }

  #flag(number: number): number {
    assert(this.#base <= number && number < this.#next, 'the number is in the window');
    return defined(this.#flags[number % this.#capacity], 'a slot is below the capacity');
  }

  #settle(number: number, how: number): void {
    const flags = this.#flag(number);
    assert((flags & SETTLED) === 0, 'a record is settled once');
    this.#flags[number % this.#capacity] = flags | how;
  }

  #countRead(number: number, partition: number, last: number): void {
    this.#readBack += 1;
    if (number < last) this.#outOfOrder += 1;
    else this.#lastRead.set(partition, number);
  }

  /** The acknowledgement and the reader must name the same place, whichever comes first. */
  #place(number: number, partition: number, offset: number): void {
    const slot = number % this.#capacity;
    if (this.#partitions[slot] === NO_PARTITION) {
      this.#partitions[slot] = partition;
      this.#offsets[slot] = offset;
    } else if (this.#partitions[slot] !== partition || this.#offsets[slot] !== offset) {
      this.#altered += 1;
    }
  }

  #slide(): void {
    while (this.#base < this.#next) {
      const flags = this.#flag(this.#base);
      if ((flags & FAILED) !== 0 && (flags & READ) === 0) this.#failedBelow.add(this.#base);
      else if ((flags & READ) === 0 || (flags & SETTLED) === 0) return;
      this.#base += 1;
    }
  }

  #countLost(): number {
    let lost = 0;
    for (let number = this.#base; number < this.#next; number++) {
      const flags = this.#flag(number);
      if ((flags & ACKNOWLEDGED) !== 0 && (flags & READ) === 0) lost += 1;
    }
    return lost;
  }
}

/** The sums of several producers' counts. */
export function sumCounts(all: readonly DeliveryCounts[]): DeliveryCounts {
  const sum = (of: (counts: DeliveryCounts) => number): number => all.reduce((total, counts) => total + of(counts), 0);
  return {
    sent: sum((counts) => counts.sent),
    acknowledged: sum((counts) => counts.acknowledged),
    failed: sum((counts) => counts.failed),
    readBack: sum((counts) => counts.readBack),
    lost: sum((counts) => counts.lost),
    duplicated: sum((counts) => counts.duplicated),
    outOfOrder: sum((counts) => counts.outOfOrder),
    altered: sum((counts) => counts.altered),
    unexpected: sum((counts) => counts.unexpected),
  };
}
