/** Someone who takes from a budget and can be told to wait. */
export interface BudgetHolder {
  /** There is room again. */
  onRoom(): void;
}

/**
 * Bytes that produce requests may hold in the whole node (Kafka's `queued.max.request.bytes`). A holder that takes the
 * last of it stops reading until others have given back.
 */
export class InFlightBudget {
  readonly #maxBytes: number;
  #usedBytes = 0;
  readonly #waiting = new Set<BudgetHolder>();

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  get usedBytes(): number {
    return this.#usedBytes;
  }

  take(bytes: number): void {
    this.#usedBytes += bytes;
  }

  /** True: used up. `holder` hears `onRoom` once, when there is room again. */
  isExhausted(holder: BudgetHolder): boolean {
    if (this.#usedBytes < this.#maxBytes) return false;
    this.#waiting.add(holder);
    return true;
  }

  give(bytes: number): void {
    this.#usedBytes -= bytes;
    if (this.#waiting.size === 0 || this.#usedBytes >= this.#maxBytes) return;
    const waiting = [...this.#waiting];
    this.#waiting.clear();
    for (const holder of waiting) holder.onRoom();
  }

  leave(holder: BudgetHolder): void {
    this.#waiting.delete(holder);
  }
}
