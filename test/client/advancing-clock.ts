import type { Clock, Timer } from '../../src/platform/clock.js';
import { RealClock } from '../../src/platform/node/clock.js';

interface Pending {
  readonly dueMs: number;
  readonly callback: () => void;
  timer: Timer | undefined;
}

/** The machine's clock, which a test may put forward: nothing is to be waited for as long as it would take. */
export class AdvancingClock implements Clock {
  readonly #real = new RealClock();
  readonly #pending = new Set<Pending>();
  #advancedMs = 0;

  /** Timers that are due by then fire in their order. */
  advance(byMs: number): void {
    this.#advancedMs += byMs;
    for (const each of [...this.#pending].sort((a, b) => a.dueMs - b.dueMs)) this.#arm(each);
  }

  /** Whether anything waits for at least so long. */
  hasTimerOf(leastMs: number): boolean {
    return [...this.#pending].some(({ dueMs }) => dueMs - this.monotonicMs() >= leastMs);
  }

  monotonicMs(): number {
    return this.#real.monotonicMs() + this.#advancedMs;
  }

  wallMs(): number {
    return this.#real.wallMs() + this.#advancedMs;
  }

  after(delayMs: number, callback: () => void): Timer {
    const pending: Pending = { dueMs: this.monotonicMs() + delayMs, callback, timer: undefined };
    this.#pending.add(pending);
    this.#arm(pending);
    return {
      cancel: () => {
        pending.timer?.cancel();
        this.#pending.delete(pending);
      },
    };
  }

  defer(callback: () => void): void {
    this.#real.defer(callback);
  }

  atEndOfTurn(callback: () => void): void {
    this.#real.atEndOfTurn(callback);
  }

  takeLatenessMs(): number {
    return this.#real.takeLatenessMs();
  }

  #arm(pending: Pending): void {
    pending.timer?.cancel();
    pending.timer = this.#real.after(Math.max(0, pending.dueMs - this.monotonicMs()), () => {
      this.#pending.delete(pending);
      pending.callback();
    });
  }
}
