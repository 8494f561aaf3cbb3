import type { BufferMemory } from './buffer-memory.js';

/** The least that may be unanswered while little waits: enough to keep a node busy whose answers come within milliseconds. */
export const MIN_PARTIAL_UNANSWERED = 4;
/** As long as no answer tells how far away the node is. */
export const FIRST_PARTIAL_UNANSWERED = 12;
/** That many go together while much waits, to a node that is near: what they cost it beside their bytes it does once. */
export const PARTIAL_TOGETHER = 3;
const MAX_PARTIAL_UNANSWERED = 64;
/** Batches for each millisecond of the shortest answer: five hundred a second where the network, and not the node, is slow. */
const PARTIAL_PER_MS = 0.5;
/** While much waits: for each millisecond above what a busy node takes that is near. */
const BACKLOG_PARTIAL_PER_MS = 0.2;
/** While nobody is told of room. */
const FULL_BUFFER_PARTIAL_PER_MS = 0.5;
const NEAR_ANSWER_MS = 10;
/** The same in bytes, of batches full or not: three full ones, and a hundred MB a second. */
export const MIN_UNANSWERED_BYTES = 3_000_000;
const BYTES_PER_MS = 100_000;
/** The shortest answer is that of this time and of as long before it. */
const WINDOW_MS = 5_000;

/**
 * How much may be unanswered by one node at a time. What waits for room waits for a round trip, so that it takes more to keep
 * a node busy the further away it is; and the shortest answer tells how far, where the usual one tells of the work that these
 * limits make.
 */
export class UnansweredLimit {
  readonly #minBytes: number;
  readonly #memory: Pick<BufferMemory, 'backlog'>;
  #shortestMs = Infinity;
  #formerShortestMs = Infinity;
  #windowEndMs = -Infinity;
  #partialBatches = FIRST_PARTIAL_UNANSWERED;
  #backlogPartialBatches = PARTIAL_TOGETHER;
  #fullBufferPartialBatches = PARTIAL_TOGETHER;
  #bytes = Infinity;

  /** `batchSizeBytes`: two full batches may be unanswered, however large. */
  constructor(batchSizeBytes: number, memory: Pick<BufferMemory, 'backlog'>) {
    this.#memory = memory;
    this.#minBytes = Math.max(MIN_UNANSWERED_BYTES, batchSizeBytes * 2);
  }

  /**
   * Batches that are not full. Each costs every replica a write and a sync whatever its size, so that a producer to a thousand
   * partitions would keep the brokers busy with a few records at a time: the others grow meanwhile. Where much waits, growing
   * comes first, and to a node that is near a few go at a time: brokers with more to do take the processor's time for small batches
   * in which the producer could fill large ones.
   */
  get partialBatches(): number {
    const { backlog } = this.#memory;
    if (backlog === 'little') return this.#partialBatches;
    return backlog === 'much' ? this.#backlogPartialBatches : this.#fullBufferPartialBatches;
  }

  /** Whether the next of them wait until all are answered, so that they arrive, are replicated and are answered as one. */
  get partialGoTogether(): boolean {
    return this.#memory.backlog !== 'little' && this.partialBatches === PARTIAL_TOGETHER;
  }

  /**
   * Bytes of all batches. More of them are not stored sooner: they lie in the node's memory, until those before them are
   * replicated, for so long that its collector takes them for things that last.
   */
  get bytes(): number {
    return this.#bytes;
  }

  /** A batch was answered at `nowMs`, `answerMs` after it was sent. */
  answered(answerMs: number, nowMs: number): void {
    if (nowMs >= this.#windowEndMs) {
      this.#windowEndMs = nowMs + WINDOW_MS;
      this.#formerShortestMs = this.#shortestMs;
      this.#shortestMs = Infinity;
    }
    this.#shortestMs = Math.min(this.#shortestMs, answerMs);
    const shortestMs = Math.min(this.#shortestMs, this.#formerShortestMs);
    this.#partialBatches = bounded(Math.ceil(shortestMs * PARTIAL_PER_MS), MIN_PARTIAL_UNANSWERED);
    const farMs = shortestMs - NEAR_ANSWER_MS;
    this.#backlogPartialBatches = bounded(Math.round(farMs * BACKLOG_PARTIAL_PER_MS), PARTIAL_TOGETHER);
    this.#fullBufferPartialBatches = bounded(Math.round(farMs * FULL_BUFFER_PARTIAL_PER_MS), PARTIAL_TOGETHER);
    this.#bytes = Math.max(this.#minBytes, shortestMs * BYTES_PER_MS);
  }
}

function bounded(count: number, least: number): number {
  return Math.min(Math.max(count, least), MAX_PARTIAL_UNANSWERED);
}
