import { defined } from '../../common/assert.js';
import type { Random } from '../../platform/random.js';

/** What the partitioner may ask about a topic's partitions. */
export interface PartitionLoads {
  readonly count: number;
  hasLeader(partition: number): boolean;
  /** Batches that wait for the partition. */
  queuedBatches(partition: number): number;
}

/**
 * Where records without a key go (KIP-794): to one partition until `stickyBytes` were sent to it, at the end of a
 * batch where possible, then to another one, chosen at random with the longer queues less likely. All partitions get
 * the same bytes over time, in full batches, and slow ones get fewer.
 */
export class StickyPartitioner {
  readonly #random: Random;
  readonly #stickyBytes: number;
  #current = -1;
  #sentBytes = 0;

  constructor(random: Random, stickyBytes: number) {
    this.#random = random;
    this.#stickyBytes = stickyBytes;
  }

  /** The partition for the next record. */
  current(loads: PartitionLoads): number {
    if (this.#current < 0 || this.#current >= loads.count) this.#switch(loads);
    return this.#current;
  }

  /** `bytes` went to the current partition; `batchIsNew`: its last batch is full or was sent. */
  onAppended(bytes: number, batchIsNew: boolean, loads: PartitionLoads): void {
    this.#sentBytes += bytes;
    // Not in the middle of a batch, unless twice the size went there already (BuiltInPartitioner.updatePartitionInfo).
    if (this.#sentBytes < this.#stickyBytes) return;
    if (batchIsNew || this.#sentBytes >= this.#stickyBytes * 2) this.#switch(loads);
  }

  #switch(loads: PartitionLoads): void {
    this.#sentBytes = 0;
    const candidates: number[] = [];
    let longest = 0;
    for (let partition = 0; partition < loads.count; partition += 1) {
      if (!loads.hasLeader(partition)) continue;
      candidates.push(partition);
      longest = Math.max(longest, loads.queuedBatches(partition));
    }
    if (candidates.length === 0) {
      this.#current = this.#random.below(loads.count);
      return;
    }
    // A weight of (longest + 1 - own queue): the shorter the queue, the likelier.
    let total = 0;
    for (const each of candidates) total += longest + 1 - loads.queuedBatches(each);
    let drawn = this.#random.below(total);
    for (const each of candidates) {
      drawn -= longest + 1 - loads.queuedBatches(each);
      if (drawn >= 0) continue;
      this.#current = each;
      return;
    }
    this.#current = defined(candidates.at(-1), 'there is a candidate');
  }
}
