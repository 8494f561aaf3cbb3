import { assert } from '../common/assert.js';
import type { Clock } from '../platform/clock.js';

/** Something with disk work to do, a step at a time. */
export interface FlushTarget {
  /**
   * Does the next piece of work. `idle`: nothing is left; `more`: call again when it is its turn; `later`: the disk is
   * full, call again after a while. A rejection takes the directory offline.
   */
  step(): Promise<'idle' | 'more' | 'later'>;
}

export interface FlusherOptions {
  readonly clock: Clock;
  readonly maxConcurrentSyncs: number;
  readonly fullDiskRetryMs: number;
  /** Called once, with the first failure; no step is started after it. */
  readonly onFailed: (error: unknown) => void;
}

/**
 * Group commit for one log directory. Each log has at most one step (a write and its sync) under way; what it appends
 * meanwhile is its next group. Logs take turns, and the steps under way are bounded below libuv's pool, so that Raft's
 * own sync never waits behind a queue of them.
 */
export class Flusher {
  readonly #options: FlusherOptions;
  readonly #ready: FlushTarget[] = [];
  /** Logs in `#ready`, under way or waiting for room. */
  readonly #known = new Set<FlushTarget>();
  /** Logs under way that got more to do. */
  readonly #again = new Set<FlushTarget>();
  /** The steps under way, oldest first, with when each began. */
  readonly #underWay = new Map<FlushTarget, number>();
  #pumping = false;
  #stopped = false;

  constructor(options: FlusherOptions) {
    assert(options.maxConcurrentSyncs >= 1, 'at least one sync may be in flight');
    this.#options = options;
  }

  /** When the oldest step that is under way began, on the clock's monotonic time; undefined without one. */
  get oldestStepMs(): number | undefined {
    const [oldest] = this.#underWay.values();
    return oldest;
  }

  /** Sees to it that `target.step` is called until it is idle. Starts after the current synchronous work. */
  schedule(target: FlushTarget): void {
    if (this.#stopped) return;
    if (this.#known.has(target)) {
      this.#again.add(target);
      return;
    }
    this.#known.add(target);
    this.#ready.push(target);
    if (this.#pumping) return;
    this.#pumping = true;
    // Appends of the same turn join the group.
    void Promise.resolve().then(() => {
      this.#pumping = false;
      this.#pump();
    });
  }

  /** Starts no further step. */
  stop(): void {
    this.#stopped = true;
    this.#ready.length = 0;
  }

  #pump(): void {
    while (!this.#stopped && this.#underWay.size < this.#options.maxConcurrentSyncs) {
      const target = this.#ready.shift();
      if (target === undefined) return;
      this.#underWay.set(target, this.#options.clock.monotonicMs());
      this.#again.delete(target);
      void this.#run(target);
    }
  }

  async #run(target: FlushTarget): Promise<void> {
    try {
      const outcome = await target.step();
      if (outcome === 'later') this.#options.clock.after(this.#options.fullDiskRetryMs, () => this.#requeue(target));
      else if (outcome === 'more' || this.#again.has(target)) this.#ready.push(target);
      else this.#known.delete(target);
    } catch (error) {
      const first = !this.#stopped;
      this.stop();
      if (first) this.#options.onFailed(error);
    } finally {
      this.#underWay.delete(target);
      this.#pump();
    }
  }

  #requeue(target: FlushTarget): void {
    if (this.#stopped) return;
    this.#ready.push(target);
    this.#pump();
  }
}
