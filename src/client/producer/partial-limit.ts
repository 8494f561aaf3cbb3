/** The least that may be unanswered: enough to keep a node busy whose answers come within milliseconds. */
export const MIN_PARTIAL_UNANSWERED = 4;
/** As long as no answer tells how far away the node is. */
export const FIRST_PARTIAL_UNANSWERED = 12;
const MAX_PARTIAL_UNANSWERED = 64;
/** Batches for each millisecond of the shortest answer: five hundred a second where the network, and not the node, is slow. */
const PER_MS = 0.5;
/** The shortest answer is that of this time and of as long before it. */
const WINDOW_MS = 5_000;

/**
 * How many batches that are not full may be unanswered by one node at a time. Each costs every replica a write and a sync
 * whatever its size, so that a producer to a thousand partitions would keep the brokers busy with a few records at a time: the
 * others grow meanwhile. Behind a long way they would wait for too long, for each turn takes a round trip; and the shortest
 * answer is that trip's time, where the usual one is that of the work that this limit makes.
 */
export class PartialLimit {
  #shortestMs = Infinity;
  #formerShortestMs = Infinity;
  #windowEndMs = -Infinity;
  #value = FIRST_PARTIAL_UNANSWERED;

  get value(): number {
    return this.#value;
  }

  /** A batch was answered at `nowMs`, `answerMs` after it was sent. */
  answered(answerMs: number, nowMs: number): void {
    if (nowMs >= this.#windowEndMs) {
      this.#windowEndMs = nowMs + WINDOW_MS;
      this.#formerShortestMs = this.#shortestMs;
      this.#shortestMs = Infinity;
    }
    this.#shortestMs = Math.min(this.#shortestMs, answerMs);
    const wanted = Math.ceil(Math.min(this.#shortestMs, this.#formerShortestMs) * PER_MS);
    this.#value = Math.min(Math.max(wanted, MIN_PARTIAL_UNANSWERED), MAX_PARTIAL_UNANSWERED);
  }
}
