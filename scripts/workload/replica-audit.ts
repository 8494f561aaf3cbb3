import { isControl, batchAttributes } from '../../src/record/batch-header.js';
import { RecordCursor } from '../../src/record/record-cursor.js';
import type { DeliveryLedger } from './delivery-ledger.js';
import { TAG_HEADER, decodeTag } from './record-tag.js';

export interface AuditCounts {
  readonly records: number;
  readonly lost: number;
  readonly duplicated: number;
  readonly outOfOrder: number;
  readonly unexpected: number;
}

/** One bit a record of one producer. */
class Bits {
  #bytes = new Uint8Array(1024);

  /** Gives whether the bit was set before. */
  set(index: number): boolean {
    const at = index >>> 3;
    if (at >= this.#bytes.length) {
      const longer = new Uint8Array(Math.max(at + 1, this.#bytes.length * 2));
      longer.set(this.#bytes);
      this.#bytes = longer;
    }
    const mask = 1 << (index & 7);
    const before = this.#bytes[at] ?? 0;
    this.#bytes[at] = before | mask;
    return (before & mask) !== 0;
  }

  has(index: number): boolean {
    return ((this.#bytes[index >>> 3] ?? 0) & (1 << (index & 7))) !== 0;
  }
}

/** Goes over everything that one node's replicas hold, from their files, and compares it with the producers' books. */
export class ReplicaAudit {
  readonly #seen: readonly Bits[];
  readonly #ledgers: readonly DeliveryLedger[];
  readonly #cursor = new RecordCursor();
  /** By producer and partition: the greatest number seen. */
  readonly #last = new Map<string, number>();
  #records = 0;
  #duplicated = 0;
  #outOfOrder = 0;
  #unexpected = 0;

  /** `ledgers`: by the producer number of the tags. */
  constructor(ledgers: readonly DeliveryLedger[]) {
    this.#ledgers = ledgers;
    this.#seen = ledgers.map(() => new Bits());
  }

  visit(partition: number, batch: Buffer): void {
    if (isControl(batchAttributes(batch, 0))) return;
    this.#cursor.open(batch, 0);
    while (this.#cursor.next()) this.#record(partition);
  }

  /** Complete once all partitions were visited. */
  counts(): AuditCounts {
    let lost = 0;
    for (const [producer, ledger] of this.#ledgers.entries()) {
      for (let number = 0; number < ledger.nextNumber; number++) {
        if (this.#seen[producer]?.has(number) !== true && !ledger.failedNumbers.has(number)) lost += 1;
      }
    }
    return {
      records: this.#records,
      lost,
      duplicated: this.#duplicated,
      outOfOrder: this.#outOfOrder,
      unexpected: this.#unexpected,
    };
  }

  #record(partition: number): void {
    this.#records += 1;
    const tag = decodeTag(this.#cursor.headers().find((header) => header.key === TAG_HEADER)?.value);
    const seen = tag === undefined ? undefined : this.#seen[tag.producer];
    const isSent = tag !== undefined && tag.number < (this.#ledgers[tag.producer]?.nextNumber ?? 0);
    if (seen === undefined || !isSent) {
      this.#unexpected += 1;
      return;
    }
    if (seen.set(tag.number)) {
      this.#duplicated += 1;
      return;
    }
    const key = `${tag.producer}/${partition}`;
    if (tag.number < (this.#last.get(key) ?? -1)) this.#outOfOrder += 1;
    else this.#last.set(key, tag.number);
  }
}
