import type { Clock, Timer } from '../platform/clock.js';

/** How much may flow at once after a rest: this many seconds' worth of the rate. */
const BURST_SECONDS = 1;

/**
 * Bounds the bytes a second of replicas that are catching up, on one side of replication (KIP-73): a token bucket that a
 * chunk may overdraw, so that a chunk larger than the bucket passes too.
 */
export class ReplicationThrottle {
  readonly #clock: Clock;
  #bytesPerSecond = Infinity;
  #available = Infinity;
  #filledMs: number;
  #timer: Timer | undefined;
  #waiting: Array<() => void> = [];
  #closed = false;

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#filledMs = clock.monotonicMs();
  }

  /** Infinity for none. A new rate holds at once, also for those who wait. */
  setRate(bytesPerSecond: number): void {
    if (bytesPerSecond === this.#bytesPerSecond) return;
    this.#bytesPerSecond = bytesPerSecond;
    this.#available = bytesPerSecond * BURST_SECONDS;
    this.#filledMs = this.#clock.monotonicMs();
    this.#timer?.cancel();
    this.#timer = undefined;
    this.#release();
  }

  /** Whether more may flow now. */
  get isOpen(): boolean {
    if (this.#bytesPerSecond === Infinity) return true;
    const now = this.#clock.monotonicMs();
    const filled = this.#available + ((now - this.#filledMs) / 1000) * this.#bytesPerSecond;
    this.#available = Math.min(filled, this.#bytesPerSecond * BURST_SECONDS);
    this.#filledMs = now;
    return this.#available > 0;
  }

  take(sizeBytes: number): void {
    if (this.#bytesPerSecond !== Infinity) this.#available -= sizeBytes;
  }

  /** Calls `listener` once, when it is open again. */
  onOpen(listener: () => void): void {
    if (this.#closed) return;
    this.#waiting.push(listener);
    if (this.#timer !== undefined || this.#bytesPerSecond === Infinity) {
      if (this.#timer === undefined) this.#release();
      return;
    }
    const missing = Math.max(1, -this.#available);
    this.#timer = this.#clock.after((missing / this.#bytesPerSecond) * 1000 + 1, () => {
      this.#timer = undefined;
      this.#release();
    });
  }

  close(): void {
    this.#closed = true;
    this.#timer?.cancel();
    this.#waiting = [];
  }

  #release(): void {
    for (const listener of this.#waiting.splice(0)) listener();
  }
}
