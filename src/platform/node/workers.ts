import { Worker } from 'node:worker_threads';
import { VarveError } from '../../common/errors.js';
import type { Workers, WorkerTasks } from '../workers.js';
import { handOver } from './worker-protocol.js';
import type { WorkerResponse } from './worker-protocol.js';
import { runTask } from './worker-tasks.js';
import type { TaskOutput, TaskRequest } from './worker-tasks.js';

const RETRY_MS = 60_000;

export interface NodeWorkersOptions {
  /** The compiled `worker-main`; without it, or where it cannot start, tasks run on the caller's event loop. */
  readonly entry?: URL | string;
  /** Threads at most; each starts when it is first needed. */
  readonly threads: number;
  /** Tasks that may wait for a thread. */
  readonly maxQueued: number;
  /** So long no thread is tried after one that did not start; default a minute. */
  readonly retryMs?: number;
}

interface Job {
  readonly request: TaskRequest;
  readonly resolve: (output: TaskOutput) => void;
  readonly reject: (error: Error) => void;
}

/** A pool of worker threads. An idle one does not keep the process alive. */
export class NodeWorkers implements Workers {
  readonly #options: NodeWorkersOptions;
  readonly #threads = new Set<Thread>();
  readonly #queue: Job[] = [];
  /** By `performance.now`: before it no thread is tried. While there is none, tasks are done here. */
  #nextThreadMs: number;
  #closed = false;

  constructor(options: NodeWorkersOptions) {
    this.#options = options;
    this.#nextThreadMs = options.entry === undefined || options.threads === 0 ? Infinity : -Infinity;
  }

  run<Name extends keyof WorkerTasks>(
    task: Name,
    input: WorkerTasks[Name]['input'],
  ): Promise<WorkerTasks[Name]['output']> {
    if (this.#closed) return Promise.reject(closedError());
    // The compiler cannot follow that a name and its own input make one of the requests.
    const request = { task, input } as TaskRequest;
    return new Promise((resolve, reject) => {
      const job: Job = { request, resolve, reject };
      const thread = this.#idleThread();
      if (thread !== undefined) thread.start(job);
      else if (this.#threads.size === 0) runTask(request).then(resolve, reject);
      else if (this.#queue.length < this.#options.maxQueued) this.#queue.push(job);
      else reject(new VarveError('THROTTLING_QUOTA_EXCEEDED', 'Too much work waits for a worker thread: try again.'));
    });
  }

  async close(): Promise<void> {
    this.#closed = true;
    for (const job of this.#queue.splice(0)) job.reject(closedError());
    await Promise.all([...this.#threads].map((thread) => thread.stop()));
  }

  #idleThread(): Thread | undefined {
    for (const thread of this.#threads) if (thread.idle) return thread;
    const { entry, threads } = this.#options;
    if (this.#threads.size >= threads || entry === undefined || performance.now() < this.#nextThreadMs)
      return undefined;
    try {
      const thread: Thread = new Thread(entry, {
        onIdle: () => this.#feed(thread),
        onEnd: (job, error) => this.#onEnd(thread, job, error),
      });
      this.#threads.add(thread);
      return thread;
    } catch {
      this.#noThread();
      return undefined;
    }
  }

  #feed(thread: Thread): void {
    const job = this.#queue.shift();
    if (job !== undefined) thread.start(job);
  }

  #onEnd(thread: Thread, job: Job | undefined, error: Error): void {
    this.#threads.delete(thread);
    if (this.#closed) {
      job?.reject(closedError());
      return;
    }
    if (thread.wasReady) {
      // Its code was loaded, so its task killed it (out of memory, say): fail that one, and go on with a new thread.
      job?.reject(new VarveError('UNKNOWN_SERVER_ERROR', `A worker thread died: ${error.message}`, { cause: error }));
      if (this.#queue.length > 0) {
        const next = this.#idleThread();
        if (next !== undefined) this.#feed(next);
        else if (this.#threads.size === 0) runHere(this.#queue.splice(0));
      }
      return;
    }
    this.#noThread();
    if (job !== undefined) this.#queue.unshift(job);
    for (const other of this.#threads) if (other.idle) this.#feed(other);
    if (this.#threads.size === 0) runHere(this.#queue.splice(0));
  }

  /**
   * One did not start: for want of memory, by a limit of the user's or the container's, or for its code, which a bundle may lack.
   * Those that there are go on; without any, tasks are done on the event loop. What it was may pass.
   */
  #noThread(): void {
    this.#nextThreadMs = performance.now() + (this.#options.retryMs ?? RETRY_MS);
  }
}

function runHere(jobs: readonly Job[]): void {
  for (const { request, resolve, reject } of jobs) runTask(request).then(resolve, reject);
}

function closedError(): VarveError {
  return new VarveError('BROKER_NOT_AVAILABLE', 'The node is shutting down.');
}

interface ThreadListeners {
  /** The job is done and answered. */
  onIdle(): void;
  /** The thread is gone; `job` is what it was at. Called once. */
  onEnd(job: Job | undefined, error: Error): void;
}

class Thread {
  readonly #worker: Worker;
  readonly #listeners: ThreadListeners;
  #job: Job | undefined;
  #ended = false;
  /** Its code was loaded. */
  wasReady = false;

  constructor(entry: URL | string, listeners: ThreadListeners) {
    this.#listeners = listeners;
    this.#worker = new Worker(entry);
    this.#worker.unref();
    this.#worker.on('message', (response: WorkerResponse) => this.#onResponse(response));
    this.#worker.on('error', (error) => this.#end(error instanceof Error ? error : new Error(String(error))));
    this.#worker.on('exit', (code) => this.#end(new Error(`it exited with code ${code}`)));
  }

  get idle(): boolean {
    return this.#job === undefined && !this.#ended;
  }

  start(job: Job): void {
    this.#job = job;
    this.#worker.ref();
    const { input } = job.request;
    // A thread that never was ready may not come to life: then the task is done here, and needs its data.
    const isGiven = this.wasReady && 'givesData' in input && input.givesData === true;
    const data = isGiven ? input.data : handOver(input.data);
    this.#worker.postMessage({ ...job.request, input: { ...input, data } }, [data.buffer as ArrayBuffer]);
  }

  async stop(): Promise<void> {
    await this.#worker.terminate();
  }

  #onResponse(response: WorkerResponse): void {
    if ('ready' in response) {
      this.wasReady = true;
      return;
    }
    const job = this.#job;
    this.#job = undefined;
    this.#worker.unref();
    if ('output' in response) job?.resolve(response.output);
    else job?.reject(new VarveError(response.failure.code, response.failure.message));
    this.#listeners.onIdle();
  }

  #end(error: Error): void {
    if (this.#ended) return;
    this.#ended = true;
    const job = this.#job;
    this.#job = undefined;
    this.#listeners.onEnd(job, error);
  }
}
