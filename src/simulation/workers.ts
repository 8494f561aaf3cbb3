import { VarveError } from '../common/errors.js';
import type { Workers, WorkerTasks } from '../platform/workers.js';
import type { SimulatedProcess } from './process.js';
import type { SeededRandom } from './random.js';

/** Runs one task, as a worker thread would. */
export type TaskRunner = <Name extends keyof WorkerTasks>(
  task: Name,
  input: WorkerTasks[Name]['input'],
) => Promise<WorkerTasks[Name]['output']> | WorkerTasks[Name]['output'];

/** Tasks that may be under way at once; more are refused, as a real pool does. */
const MAX_QUEUED = 256;
const BYTES_PER_MS = 200_000;

/** Worker threads without threads: the work is done in an event of its own, some time later. */
export class SimulatedWorkers implements Workers {
  readonly #process: SimulatedProcess;
  readonly #random: SeededRandom;
  readonly #runTask: TaskRunner;
  #queued = 0;

  constructor(options: { process: SimulatedProcess; random: SeededRandom; runTask: TaskRunner }) {
    this.#process = options.process;
    this.#random = options.random;
    this.#runTask = options.runTask;
  }

  run<Name extends keyof WorkerTasks>(
    task: Name,
    input: WorkerTasks[Name]['input'],
  ): Promise<WorkerTasks[Name]['output']> {
    if (this.#queued >= MAX_QUEUED) {
      const message = `${MAX_QUEUED} tasks wait for a worker: try again later.`;
      return Promise.reject(new VarveError('THROTTLING_QUOTA_EXCEEDED', message));
    }
    this.#queued++;
    return new Promise((resolve, reject) => {
      const delayMs = this.#random.between(0.05, 0.5) + input.data.length / BYTES_PER_MS;
      this.#process.schedule(delayMs, 'work', () => {
        this.#queued--;
        // Codecs are synchronous here: nothing may come from a real thread in its own time.
        Promise.resolve()
          .then(() => this.#runTask(task, input))
          .then(resolve, reject);
      });
    });
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}
