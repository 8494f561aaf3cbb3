const MIB = 1024 * 1024;
/** `buffer.memory` where none is given. */
export const DEFAULT_BUFFER_BYTES = 64 * MIB;
/**
 * What is added for many partitions, so that their batches are worth a write and a sync on every replica. Less than a sticky
 * partitioner leaves in a partition: what it has sent to a thousand of them is no reason to take more.
 */
export const BYTES_PER_PARTITION = 192 * 1024;
export const MOST_BUFFER_BYTES = 256 * MIB;

/** Records may wait for room up to this many times what a producer to few partitions buffers. */
const WAITING_FACTOR = 4;

/** From here on there is enough to send, and few records wait for a batch of their own alone. */
export const BACKLOG_BYTES = 8 * MIB;
const FULL_SHARE = 7 / 8;

/** How much waits to be sent or is under way: `little`, `much`, or so much that there will soon be no room for more. */
export type Backlog = 'little' | 'much' | 'full';

/** The memory that a producer's records take, from the call until they are settled. Read for every record: fields, no getters. */
export class BufferMemory {
  usedBytes = 0;
  /** No record is taken while as much is used; the last one that was taken may lie above it. */
  limitBytes: number;
  /** What records may take beside it that wait for room. */
  readonly waitingLimitBytes: number;
  readonly #isFixed: boolean;
  #openPartitions = 0;

  /** `fixedBytes`: what `buffer.memory` was set to. Without it the limit grows with the partitions that are written to. */
  constructor(fixedBytes: number | undefined) {
    this.#isFixed = fixedBytes !== undefined;
    this.limitBytes = fixedBytes ?? DEFAULT_BUFFER_BYTES;
    this.waitingLimitBytes = this.limitBytes * WAITING_FACTOR;
  }

  /** Partitions with records that are not sent yet, in a batch that is not full. */
  get openPartitions(): number {
    return this.#openPartitions;
  }

  set openPartitions(count: number) {
    this.#openPartitions = count;
    if (this.#isFixed) return;
    this.limitBytes = Math.min(Math.max(DEFAULT_BUFFER_BYTES, count * BYTES_PER_PARTITION), MOST_BUFFER_BYTES);
  }

  get backlog(): Backlog {
    if (this.usedBytes >= this.limitBytes * FULL_SHARE) return 'full';
    return this.usedBytes >= BACKLOG_BYTES ? 'much' : 'little';
  }
}
