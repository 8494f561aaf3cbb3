const KIB = 1024;
const MIB = 1024 * KIB;
/** `buffer.memory` where none is given, with few partitions. */
export const DEFAULT_BUFFER_BYTES = 64 * MIB;
/**
 * What each partition adds where there are many, so that their batches are worth a write and a sync on every replica; no more than a
 * batch. Less than a sticky partitioner puts into a partition at once: its leaving many behind makes no room for more of them.
 */
export const BYTES_PER_PARTITION = 240 * KIB;
export const MOST_BUFFER_BYTES = 256 * MIB;
/** Room is told of when the buffer is down to this part of its limit, so that filling it goes in long strides. */
export const ROOM_SHARE = 0.75;
/** Records may wait for room up to this many times what a producer to few partitions buffers. */
const WAITING_FACTOR = 4;

/** As much waits where batches may rather grow than go soon: in all, and for each partition. */
export const BACKLOG_BYTES = 8 * MIB;
export const BACKLOG_BYTES_PER_PARTITION = 16 * KIB;

/** How much waits to be sent or is under way: `little`, `much`, or so much that whoever waits for room is not told of any. */
export type Backlog = 'little' | 'much' | 'full';

/**
 * The memory that a producer's records take, from the call until they are settled. What is used and its limit are looked at for
 * every record, and so are plain fields.
 */
export class BufferMemory {
  usedBytes = 0;
  /** Of batches' records, all that were ever taken. */
  addedBytes = 0;
  /** No record is taken while as much is used; the last one that was taken may lie above it. */
  limitBytes: number;
  /** What records may take beside it that wait for room. */
  readonly waitingLimitBytes: number;
  /** What is buffered is to be sent, full or not, and its sender waits for that. */
  isFlushing = false;
  /** Somebody waits for room: what is buffered is to make some, full or not. */
  isAwaited = false;
  /** 0 for a limit that was given. */
  readonly #bytesPerPartition: number;
  #openPartitions = 0;

  /** `fixedBytes`: what `buffer.memory` was set to. Without it the limit grows with the partitions that are written to. */
  constructor(fixedBytes: number | undefined, batchSizeBytes: number) {
    this.#bytesPerPartition = fixedBytes === undefined ? Math.min(BYTES_PER_PARTITION, batchSizeBytes) : 0;
    this.limitBytes = fixedBytes ?? DEFAULT_BUFFER_BYTES;
    this.waitingLimitBytes = this.limitBytes * WAITING_FACTOR;
  }

  /** Partitions with a batch that takes records. */
  get openPartitions(): number {
    return this.#openPartitions;
  }

  set openPartitions(count: number) {
    this.#openPartitions = count;
    if (this.#bytesPerPartition === 0) return;
    const wanted = Math.min(Math.max(DEFAULT_BUFFER_BYTES, count * this.#bytesPerPartition), MOST_BUFFER_BYTES);
    // Smaller only where there is room all the same: a program that was told of room may rely on it.
    if (wanted > this.limitBytes || this.usedBytes < wanted * ROOM_SHARE) this.limitBytes = wanted;
  }

  /** What lacks of as much as makes whoever waits for room wait, as a part of that: 1 for an empty buffer. */
  get shortfall(): number {
    return Math.max(0, 1 - this.usedBytes / (this.limitBytes * ROOM_SHARE));
  }

  get backlog(): Backlog {
    const { usedBytes } = this;
    const muchBytes = Math.max(BACKLOG_BYTES, this.#openPartitions * BACKLOG_BYTES_PER_PARTITION);
    if (this.isFlushing || usedBytes < muchBytes) return 'little';
    return usedBytes >= this.limitBytes * ROOM_SHARE ? 'full' : 'much';
  }
}
