import type { Clock, Timer } from '../clock.js';

/** The longest delay that setTimeout takes; a longer one would fire at once. */
const MAX_TIMEOUT_MS = 2 ** 31 - 1;
/** From here on a millisecond does not matter. */
const LONG_MS = 20;

/** The machine's clocks and Node's timers. */
export class RealClock implements Clock {
  #latestMs = 0;

  monotonicMs(): number {
    return performance.now();
  }

  wallMs(): number {
    return Date.now();
  }

  after(delayMs: number, callback: () => void): Timer {
    return new RealTimer(delayMs, callback, this.#fired);
  }

  defer(callback: () => void): void {
    // Asked from a timer, the first turn's poll delivers what had arrived; asked from within a poll, that poll may have
    // stopped short of other sockets, and the second turn's delivers them.
    setImmediate(() => setImmediate(callback));
  }

  atEndOfTurn(callback: () => void): void {
    setImmediate(callback);
  }

  takeLatenessMs(): number {
    const latestMs = this.#latestMs;
    this.#latestMs = 0;
    return latestMs;
  }

  readonly #fired = (lateMs: number): void => {
    if (lateMs > this.#latestMs) this.#latestMs = lateMs;
  };
}

class RealTimer implements Timer {
  readonly #dueMs: number;
  readonly #callback: () => void;
  readonly #fired: (lateMs: number) => void;
  #handle: NodeJS.Timeout;

  constructor(delayMs: number, callback: () => void, fired: (lateMs: number) => void) {
    this.#dueMs = performance.now() + Math.max(0, delayMs);
    this.#callback = callback;
    this.#fired = fired;
    this.#handle = this.#arm();
  }

  cancel(): void {
    clearTimeout(this.#handle);
  }

  #arm(): NodeJS.Timeout {
    const exactMs = Math.ceil(this.#dueMs - performance.now());
    // Node counts from when its loop last looked at the clock, in whole milliseconds: a timer may be called that much too
    // early, only to be set again. A long one is better a millisecond late than woken up twice.
    const leftMs = exactMs < LONG_MS ? exactMs : exactMs + 1;
    return setTimeout(() => this.#fire(), Math.min(leftMs, MAX_TIMEOUT_MS));
  }

  #fire(): void {
    const lateMs = performance.now() - this.#dueMs;
    if (lateMs < 0) {
      // A lease must not end early.
      this.#handle = this.#arm();
      return;
    }
    this.#fired(lateMs);
    this.#callback();
  }
}
