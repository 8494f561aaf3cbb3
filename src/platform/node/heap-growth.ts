import { getHeapStatistics, setFlagsFromString } from 'node:v8';

/** What the heap and its buffers may grow by from one full collection to the next. */
const GROWTH_BYTES = 40 * 1024 * 1024;
/** Below it, for heaps above some 150 MiB, the choice is V8's own. */
const MIN_PERCENT = 26;
const MAX_PERCENT = 1_500;
const CHECK_MS = 5_000;

/**
 * Lets a process that moves many buffers collect its whole heap less often.
 *
 * V8 adds the bytes of the buffers made since the last full collection to the size of the JavaScript heap, and collects
 * when the sum passes a limit that it derives from the heap alone. A node's heap is some 20 MB, so that the limit is
 * reached after another 20 MB of buffers: at 100 MB/s it marked the whole heap ten to fifteen times a second, a third of
 * its time. The limit is made to lie a fixed number of bytes above the heap instead. Messages and what connections are read into
 * hardly count, for they are used again or given back (BufferPool, BufferRelease).
 * V8 keeps its further bound, 64 MiB of buffers since the last collection, and its greatest heap.
 *
 * The setting is the process's: only a program that is nothing but a node, or the command, may change it.
 */
export class HeapGrowth {
  readonly #timer: NodeJS.Timeout;

  constructor() {
    this.#adjust();
    this.#timer = setInterval(() => this.#adjust(), CHECK_MS);
    this.#timer.unref();
  }

  stop(): void {
    clearInterval(this.#timer);
    setFlagsFromString('--heap-growing-percent=0');
  }

  #adjust(): void {
    // Not process.memoryUsage, which opens a file and fails when no more can be.
    setFlagsFromString(`--heap-growing-percent=${growingPercent(getHeapStatistics().used_heap_size)}`);
  }
}

/** By how many percent of itself a heap of `usedBytes` may grow; 0 leaves it to V8. */
export function growingPercent(usedBytes: number): number {
  const percent = Math.floor((GROWTH_BYTES / Math.max(usedBytes, 1)) * 100);
  return percent < MIN_PERCENT ? 0 : Math.min(percent, MAX_PERCENT);
}
