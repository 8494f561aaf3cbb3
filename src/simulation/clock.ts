import type { Clock, Timer } from '../platform/clock.js';
import type { SimulatedProcess } from './process.js';
import type { SeededRandom } from './random.js';
import type { Scheduler } from './scheduler.js';

/** 2026-01-01T00:00:00Z: wall time at the start of every run. */
const WALL_START_MS = 1_767_225_600_000;

/** How a host's clocks differ from the simulation's time. Belongs to the host and outlives its processes. */
export class HostTime {
  readonly #scheduler: Scheduler;
  #rate = 1;
  #rateSinceMs = 0;
  #monotonicBaseMs: number;
  #wallOffsetMs = 0;

  constructor(scheduler: Scheduler, random: SeededRandom) {
    this.#scheduler = scheduler;
    // Machines boot at different times: a monotonic time means nothing on another host.
    this.#monotonicBaseMs = random.between(1_000, 10_000_000);
  }

  get rate(): number {
    return this.#rate;
  }

  monotonicMs(): number {
    return this.#monotonicBaseMs + (this.#scheduler.nowMs - this.#rateSinceMs) * this.#rate;
  }

  wallMs(): number {
    return Math.floor(WALL_START_MS + this.#scheduler.nowMs + this.#wallOffsetMs);
  }

  /** Lets both clocks run `rate` times as fast as the simulation's time from now on (crystals differ by 1e-4 or so). */
  setRate(rate: number): void {
    this.#monotonicBaseMs = this.monotonicMs();
    this.#rateSinceMs = this.#scheduler.nowMs;
    this.#rate = rate;
  }

  /** Moves wall time by `byMs`, forwards or back, as a time server or a person does. */
  jumpWall(byMs: number): void {
    this.#wallOffsetMs += byMs;
  }
}

/** The clock that one process sees. */
export class SimulatedClock implements Clock {
  readonly #process: SimulatedProcess;
  readonly #time: HostTime;
  readonly #random: SeededRandom;
  readonly #timerSlackMs: number;

  /** `timerSlackMs`: a timer fires up to so much late, as on a real event loop. */
  constructor(options: { process: SimulatedProcess; time: HostTime; random: SeededRandom; timerSlackMs: number }) {
    this.#process = options.process;
    this.#time = options.time;
    this.#random = options.random;
    this.#timerSlackMs = options.timerSlackMs;
  }

  monotonicMs(): number {
    return this.#time.monotonicMs();
  }

  wallMs(): number {
    return this.#time.wallMs();
  }

  after(delayMs: number, callback: () => void): Timer {
    const slackMs = this.#timerSlackMs * this.#random.fraction();
    return this.#process.schedule(Math.max(0, delayMs) / this.#time.rate + slackMs, 'timer', callback);
  }

  defer(callback: () => void): void {
    // Everything that has arrived is in the queue already, at this time or before: the last of this moment comes after.
    this.#process.schedule(0, 'defer', callback);
  }

  atEndOfTurn(callback: () => void): void {
    // A turn is one event here.
    queueMicrotask(callback);
  }

  takeLatenessMs(): number {
    // An event takes no time here.
    return 0;
  }
}
