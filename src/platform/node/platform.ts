import { BufferPool } from '../buffer-pool.js';
import { noMetrics } from '../observe.js';
import type { Platform } from '../platform.js';
import { RealClock } from './clock.js';
import { NodeFileSystem } from './file-system.js';
import { LevelStores } from './level-store.js';
import { openPinoLogger } from './pino-logger.js';
import type { LogLevel } from './pino-logger.js';
import { PromMetrics } from './prom-metrics.js';
import { RealRandom } from './random.js';
import { NodeTransport } from './transport.js';
import type { NodeTransportOptions } from './transport.js';
import { NodeWorkers } from './workers.js';

export interface NodePlatformOptions {
  readonly logLevel: LogLevel;
  /** File descriptor for the log; standard error by default. */
  readonly logDescriptor?: number;
  /** False for none: a client or a tool needs no metrics. */
  readonly metrics?: boolean;
  /**
   * The compiled `platform/node/worker-main.js`. Without it tasks run on the event loop. A library that is also built
   * for `require` cannot know its own place, so whoever can says it.
   */
  readonly workerEntry?: URL | string;
  /** Worker threads at most, started when needed. */
  readonly workerThreads?: number;
  readonly transport?: Omit<NodeTransportOptions, 'logger'>;
}

export interface NodePlatform extends Platform {
  /** Ends the worker threads. Servers, clients, files and stores are closed by who opened them. */
  close(): Promise<void>;
}

const DEFAULT_WORKER_THREADS = 2;
const MAX_QUEUED_TASKS = 256;

/** All of the outside, for real. */
export async function createNodePlatform(options: NodePlatformOptions): Promise<NodePlatform> {
  const logger = openPinoLogger({
    level: options.logLevel,
    ...(options.logDescriptor === undefined ? {} : { descriptor: options.logDescriptor }),
  });
  const workers = new NodeWorkers({
    threads: options.workerThreads ?? DEFAULT_WORKER_THREADS,
    maxQueued: MAX_QUEUED_TASKS,
    ...(options.workerEntry === undefined ? {} : { entry: options.workerEntry }),
  });
  const release = options.transport?.release;
  const buffers = new BufferPool(release && ((memory) => release.free(memory)));
  return {
    clock: new RealClock(),
    random: new RealRandom(),
    fileSystem: new NodeFileSystem(),
    keyValueStores: new LevelStores(),
    transport: new NodeTransport({ ...options.transport, pool: buffers, logger }),
    workers,
    buffers,
    logger,
    metrics: options.metrics === false ? noMetrics : await PromMetrics.open({ process: true }),
    close: () => workers.close(),
  };
}
