import { assert } from '../common/assert.js';
import { noMetrics } from '../platform/observe.js';
import type { Metrics } from '../platform/observe.js';
import type { Platform } from '../platform/platform.js';
import { HostTime, SimulatedClock } from './clock.js';
import { SimulatedDisk } from './disk/disk.js';
import { SimulatedFileSystem } from './disk/file-system.js';
import { SimulatedKeyValueStores } from './disk/key-value-stores.js';
import { SimulatedProcess } from './process.js';
import type { SimulatedNetwork } from './network/network.js';
import { SimulatedTransport } from './network/transport.js';
import { TraceLogger } from './observe.js';
import type { Trace } from './observe.js';
import type { SeededRandom } from './random.js';
import type { Scheduler } from './scheduler.js';
import { PoisonedBuffers } from './poisoned-buffers.js';
import { SimulatedWorkers } from './workers.js';
import type { TaskRunner } from './workers.js';

/** In every second process batches below it share memory, as they do below 16 KiB where it is real. */
const SMALL_BATCH_BYTES = 300;

/** What a host runs. Its promise is the program's life: when it settles, the process ends. */
export type Program = (platform: Platform) => Promise<void>;

export interface StartOptions {
  /** The program may end with an error without failing the run. */
  readonly mayFail?: boolean;
  /** The program ended by itself, with or without an error; not called when it is killed. */
  readonly onExit?: (error: unknown) => void;
}

export interface HostOptions {
  readonly name: string;
  readonly scheduler: Scheduler;
  readonly network: SimulatedNetwork;
  readonly random: SeededRandom;
  readonly trace: Trace;
  readonly runTask: TaskRunner;
  readonly timerSlackMs: number;
  readonly nextProcessId: () => number;
  readonly metricsFor: ((hostName: string) => Metrics) | undefined;
  /** A program ended by itself with an error that the host was not told to expect. */
  readonly onFailure: (host: SimulatedHost, error: unknown) => void;
}

/** A machine: its disk and its clocks outlive the processes that it runs, one at a time. */
export class SimulatedHost {
  readonly name: string;
  readonly disk: SimulatedDisk;
  readonly time: HostTime;
  readonly #options: HostOptions;
  readonly #random: SeededRandom;
  #process: SimulatedProcess | undefined;
  #incarnations = 0;
  #powered = true;
  #exitError: unknown;

  constructor(options: HostOptions) {
    const { name, scheduler, random } = options;
    this.name = name;
    this.#options = options;
    this.#random = random;
    this.time = new HostTime(scheduler, random.split('time'));
    this.disk = new SimulatedDisk({ scheduler, time: this.time, random: random.split('disk') });
    options.network.addHost(name);
  }

  get running(): boolean {
    return this.#process?.alive ?? false;
  }

  get paused(): boolean {
    return this.running && (this.#process?.paused ?? false);
  }

  get powered(): boolean {
    return this.#powered;
  }

  /** What the last program that ended by itself ended with; undefined when it ended well, or was killed. */
  get exitError(): unknown {
    return this.#exitError;
  }

  /** Lives so far. */
  get incarnation(): number {
    return this.#incarnations;
  }

  /** Starts a program in a new process (and the host, when its power is off). */
  start(program: Program, options: StartOptions = {}): void {
    assert(!this.running, `no process runs on ${this.name} when one is started`);
    if (!this.#powered) this.powerOn();
    this.#incarnations++;
    this.#exitError = undefined;
    const { scheduler } = this.#options;
    const process = new SimulatedProcess({
      id: this.#options.nextProcessId(),
      hostName: this.name,
      incarnation: this.#incarnations,
      scheduler,
      order: this.#options.random.split(`order ${this.#incarnations}`),
    });
    this.#process = process;
    const platform = this.#platform(process);
    process.schedule(0, 'start', () => {
      void Promise.resolve()
        .then(() => program(platform))
        .then(
          () => {
            if (!process.alive) return;
            process.kill();
            options.onExit?.(undefined);
          },
          (error: unknown) => {
            // A dead process's promises do not settle, but for what its last microtasks do: nobody hears of those.
            if (!process.alive) return;
            process.kill();
            this.#exitError = error;
            if (options.mayFail !== true) this.#options.onFailure(this, error);
            options.onExit?.(error);
          },
        );
    });
  }

  /** SIGKILL: the process is gone, the page cache stays. Connections are reset, connecting is refused. */
  kill(): void {
    this.#process?.kill();
  }

  /** The plug is pulled: the process, its connections (without a word) and everything unsynced are gone. */
  powerOff(): void {
    if (!this.#powered) return;
    this.#powered = false;
    this.#options.network.powerOff(this.name);
    this.#process?.kill();
    this.disk.losePower();
  }

  powerOn(): void {
    if (this.#powered) return;
    this.#powered = true;
    this.#options.network.powerOn(this.name);
  }

  /** SIGSTOP. */
  pause(): void {
    this.#process?.pause();
  }

  /** SIGCONT. */
  resume(): void {
    this.#process?.resume();
  }

  /** An empty disk is put in. Kill the process first. */
  wipe(): void {
    assert(!this.running, `no process runs on ${this.name} when its disk is taken out`);
    this.disk.wipe();
  }

  #platform(process: SimulatedProcess): Platform {
    const { network, trace, scheduler, runTask, timerSlackMs, metricsFor } = this.#options;
    const random = this.#random.split(`process-${process.incarnation}`);
    return {
      clock: new SimulatedClock({ process, time: this.time, random: random.split('clock'), timerSlackMs }),
      random: random.split('random'),
      fileSystem: new SimulatedFileSystem(this.disk, process),
      keyValueStores: new SimulatedKeyValueStores(this.disk, process),
      transport: new SimulatedTransport({ network, process, random: random.split('transport') }),
      workers: new SimulatedWorkers({ process, random: random.split('workers'), runTask }),
      buffers: new PoisonedBuffers(random.split('buffers').below(2) === 0 ? 1 : SMALL_BATCH_BYTES),
      logger: new TraceLogger({
        trace,
        nowMs: () => scheduler.nowMs,
        who: `${this.name}#${process.incarnation}`,
      }),
      metrics: metricsFor?.(this.name) ?? noMetrics,
    };
  }
}
