import type { Clock, Timer } from '../clock.js';

/** The longest delay that setTimeout takes; a longer one would fire at once. */
const MAX_TIMEOUT_MS = 2 ** 31 - 1;

/** The machine's clocks and Node's timers. */
export class RealClock implements Clock {
  monotonicMs(): number {
    return performance.now();
  }

  wallMs(): number {
    return Date.now();
  }

  after(delayMs: number, callback: () => void): Timer {
    return new RealTimer(delayMs, callback);
  }

  defer(callback: () => void): void {
    // Asked from a timer, the first turn's poll delivers what had arrived; asked from within a poll, that poll may have
    // stopped short of other sockets, and the second turn's delivers them.
    setImmediate(() => setImmediate(callback));
  }

  atEndOfTurn(callback: () => void): void {
    setImmediate(callback);
  }
}

class RealTimer implements Timer {
  readonly #dueMs: number;
  readonly #callback: () => void;
  #handle: NodeJS.Timeout;

  constructor(delayMs: number, callback: () => void) {
    this.#dueMs = performance.now() + Math.max(0, delayMs);
    this.#callback = callback;
    this.#handle = this.#arm();
  }

  cancel(): void {
    clearTimeout(this.#handle);
  }

  #arm(): NodeJS.Timeout {
    const leftMs = Math.ceil(this.#dueMs - performance.now());
    return setTimeout(() => this.#fire(), Math.min(leftMs, MAX_TIMEOUT_MS));
  }

  #fire(): void {
    // Node counts in whole milliseconds of a cached clock and may call a fraction early; a lease must not end early.
    if (performance.now() < this.#dueMs) this.#handle = this.#arm();
    else this.#callback();
  }
}
