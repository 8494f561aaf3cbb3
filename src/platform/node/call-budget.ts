/** A request that is being received, or an answer that is being read. */
export interface HeldByCall {
  readonly heldBytes: number;
  /** Lets go of what it holds, and leaves the budget. */
  turnAway(): void;
}

/**
 * Bytes of requests that a server has received and does not have whole yet, or of answers that its clients do not have whole.
 * Past the bound the one that began first is turned away: one that goes on slowly, or no more, makes room for those that pass
 * through at once.
 */
export class CallBudget {
  readonly #maxBytes: number;
  /** In the order in which they began. */
  readonly #calls = new Set<HeldByCall>();
  #usedBytes = 0;

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  get maxBytes(): number {
    return this.#maxBytes;
  }

  get isBounded(): boolean {
    return this.#maxBytes !== Infinity;
  }

  get usedBytes(): number {
    return this.#usedBytes;
  }

  /** `held` has `bytes` more, and holds them. */
  take(held: HeldByCall, bytes: number): void {
    this.#calls.add(held);
    this.#usedBytes += bytes;
    while (this.#usedBytes > this.#maxBytes) {
      const [oldest] = this.#calls;
      if (oldest === undefined) return;
      oldest.turnAway();
    }
  }

  /** It is whole, or over. */
  leave(held: HeldByCall): void {
    if (this.#calls.delete(held)) this.#usedBytes -= held.heldBytes;
  }
}
