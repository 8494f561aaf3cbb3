/** How long no acknowledgement came, within the time since a thing happened. */
export interface Silence {
  readonly label: string;
  /** From any partition. */
  readonly anyMs: number;
  /** From the partition that was silent for longest. */
  readonly worstPartitionMs: number;
}

/**
 * Measures the gaps between acknowledgements of a steady load, one window after another. A gap counts in the window in
 * which it ends, and what has not ended when the window closes counts there.
 */
export class SilenceMeter {
  readonly #now: () => number;
  readonly #lastMs: Float64Array;
  #lastAnyMs: number;
  #windowStartMs: number;
  #label: string;
  #anyMs = 0;
  #worstPartitionMs = 0;
  readonly #closed: Silence[] = [];

  constructor(partitionCount: number, now: () => number, label: string) {
    this.#now = now;
    this.#label = label;
    this.#windowStartMs = now();
    this.#lastAnyMs = this.#windowStartMs;
    this.#lastMs = new Float64Array(partitionCount).fill(this.#windowStartMs);
  }

  acknowledged(partition: number): void {
    const now = this.#now();
    this.#anyMs = Math.max(this.#anyMs, now - this.#lastAnyMs);
    this.#worstPartitionMs = Math.max(this.#worstPartitionMs, now - (this.#lastMs[partition] ?? now));
    this.#lastAnyMs = now;
    this.#lastMs[partition] = now;
  }

  /** The longest silence of the window so far, that which goes on included. */
  current(): Silence {
    const now = this.#now();
    const longest = this.#lastMs.reduce((most, lastMs) => Math.max(most, now - lastMs), this.#worstPartitionMs);
    return { label: this.#label, anyMs: Math.max(this.#anyMs, now - this.#lastAnyMs), worstPartitionMs: longest };
  }

  /** Closes the window and starts the next one; gives the closed one. */
  next(label: string): Silence {
    const closed = this.current();
    this.#closed.push(closed);
    this.#label = label;
    this.#windowStartMs = this.#now();
    this.#anyMs = 0;
    this.#worstPartitionMs = 0;
    return closed;
  }

  /** Every window, the one that is open included. */
  windows(): Silence[] {
    return [...this.#closed, this.current()];
  }
}
