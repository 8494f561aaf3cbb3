import { assert } from '../common/assert.js';
import type { Metrics } from '../platform/observe.js';
import type { Platform } from '../platform/platform.js';
import { drive } from './driver.js';
import { involvedIn, lastOfInvolved, nameInvolved } from './involved.js';
import { SimulatedNetwork } from './network/network.js';
import { Trace, formatLine } from './observe.js';
import type { TraceLine } from './observe.js';
import { SeededRandom } from './random.js';
import { Scheduler } from './scheduler.js';
import { SimulatedHost } from './host.js';
import type { TaskRunner } from './workers.js';

export interface SimulationOptions {
  /** 0 .. 2^53-1. The same seed and scenario give the same run, event by event. */
  readonly seed: number;
  /** Does what worker threads do (`platform.workers`), synchronously. Without it, tasks are refused. */
  readonly runTask?: TaskRunner;
  /** Timers fire up to so much late (default 0.5 ms). */
  readonly timerSlackMs?: number;
  /** Lines of the trace that are kept for a failure's report (default 2,000). */
  readonly traceLines?: number;
  /** Gets every line of the trace as it comes. */
  readonly onTrace?: (line: TraceLine) => void;
  readonly metricsFor?: (hostName: string) => Metrics;
}

/** A run that broke: what broke first, and what is needed to see it again. */
export class SimulationFailure extends Error {
  override readonly name = 'SimulationFailure';
  readonly seed: number;
  readonly timeMs: number;
  readonly trace: readonly TraceLine[];

  constructor(options: { seed: number; timeMs: number; trace: readonly TraceLine[]; what: string; cause: unknown }) {
    const { seed, timeMs, trace, what, cause } = options;
    const reason = cause instanceof Error ? `${cause.name}: ${cause.message}` : String(cause);
    super(`seed ${seed}, at ${timeMs.toFixed(3)} ms: ${what}: ${reason}`, { cause });
    this.seed = seed;
    this.timeMs = timeMs;
    this.trace = trace;
  }

  /** The message and the last `count` lines of the trace that concern those whom it names. */
  report(count = 50): string {
    const involved = involvedIn(this.message, this.trace);
    const lines = lastOfInvolved(this.trace, involved, count);
    return [this.message, `the last of ${nameInvolved(involved)}:`, ...lines.map(formatLine)].join('\n');
  }
}

/** Hosts, a network and time, all from one seed. */
export class Simulation {
  readonly seed: number;
  readonly random: SeededRandom;
  readonly scheduler = new Scheduler();
  readonly network: SimulatedNetwork;
  readonly trace: Trace;
  readonly #options: SimulationOptions;
  readonly #hosts = new Map<string, SimulatedHost>();
  readonly #reached = new Map<string, number>();
  #nextProcessId = 1;
  #failure: SimulationFailure | undefined;

  constructor(options: SimulationOptions) {
    this.#options = options;
    this.seed = options.seed;
    this.random = new SeededRandom(options.seed);
    this.trace = new Trace({ capacity: options.traceLines ?? 2_000, listener: options.onTrace });
    this.network = new SimulatedNetwork({ scheduler: this.scheduler, random: this.random.split('network') });
    this.scheduler.digest.mix(options.seed);
  }

  /** The host of this name, made when it is first asked for. */
  host(name: string): SimulatedHost {
    const known = this.#hosts.get(name);
    if (known !== undefined) return known;
    const host = new SimulatedHost({
      name,
      scheduler: this.scheduler,
      network: this.network,
      random: this.random.split(`host ${name}`),
      trace: this.trace,
      runTask: this.#options.runTask ?? refuseTask,
      timerSlackMs: this.#options.timerSlackMs ?? 0.5,
      nextProcessId: () => this.#nextProcessId++,
      metricsFor: this.#options.metricsFor,
      onFailure: (failed, error) => this.fail(`the program on ${failed.name} ended with an error`, error),
    });
    this.#hosts.set(name, host);
    return host;
  }

  get hosts(): readonly SimulatedHost[] {
    return [...this.#hosts.values()];
  }

  get nowMs(): number {
    return this.scheduler.nowMs;
  }

  /** A hash of everything that has happened: equal for equal runs. */
  get digest(): string {
    return this.scheduler.digest.value();
  }

  /** Counts that something rare happened, so that a batch of seeds can say what it never saw. */
  reached(name: string, count = 1): void {
    this.#reached.set(name, (this.#reached.get(name) ?? 0) + count);
  }

  /** What was reached, sorted by name. */
  get coverage(): ReadonlyMap<string, number> {
    return new Map([...this.#reached].sort(([a], [b]) => (a < b ? -1 : 1)));
  }

  /** Adds a line to the trace. */
  say(who: string, text: string): void {
    this.trace.add({ timeMs: this.nowMs, who, level: 'info', text });
  }

  /** Ends the run: the first failure is the one that is reported. */
  fail(what: string, cause: unknown): void {
    if (this.#failure !== undefined) return;
    const { seed, nowMs: timeMs } = this;
    this.#failure = new SimulationFailure({ seed, timeMs, trace: this.trace.lines(), what, cause });
  }

  /** Schedules something that belongs to no host: a fault, a check. */
  at(delayMs: number, callback: () => void): void {
    this.scheduler.schedule(delayMs, 'control', undefined, callback);
  }

  /**
   * Runs `scenario` as a program on the host `hostName` (default `scenario`, which no fault touches) and all hosts with
   * it, until its promise settles, and gives its value back. Rejects with a SimulationFailure when it rejects, when any
   * program or event fails, when `limitMs` of simulated time pass first, or when nothing is left that could happen.
   */
  async run<T>(
    scenario: (platform: Platform) => Promise<T>,
    options: { readonly limitMs: number; readonly hostName?: string },
  ): Promise<T> {
    const host = this.host(options.hostName ?? 'scenario');
    const endMs = this.nowMs + options.limitMs;
    let result: { readonly value: T } | undefined;
    host.start(async (platform) => {
      result = { value: await scenario(platform) };
    });
    const reason = await drive({
      scheduler: this.scheduler,
      done: () => result !== undefined || this.#failure !== undefined,
      limitMs: endMs,
      onFailure: (error) => this.fail('an event failed', error),
    });
    if (reason === 'limit') this.fail('the scenario did not end', `${options.limitMs} ms have passed`);
    if (reason === 'idle') this.fail('the scenario did not end', 'nothing is left that could happen');
    if (this.#failure !== undefined) throw this.#failure;
    assert(result !== undefined, 'a scenario that is done has a result');
    return result.value;
  }
}

function refuseTask(): never {
  throw new Error('this simulation has no worker tasks: give it runTask');
}
