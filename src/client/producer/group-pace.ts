import type { BufferMemory } from './buffer-memory.js';

/** At most so many times as long as a group took do the next ones wait, while the buffer is all but empty. */
const PAUSE_FACTOR = 2;
const MAX_PAUSE_MS = 50;
/** The program adds to what waits if it gave at least this part of a group's bytes while the group was under way. */
const ADDING_SHARE = 0.5;

/**
 * When the next batches go that are not full, where those to one node go together and much waits.
 *
 * As soon as the former ones are answered, if it were for the batches alone. But where one machine's processors are the producer's
 * and the brokers', small batches keep the brokers so busy that the producer never comes to fill larger ones, and stays with
 * small batches and with a buffer that is far from full. So the next ones wait while the program goes on adding: the longer, the
 * less is buffered, and not at all once whoever waits for room would not be told of any. They wait for nothing when the
 * program has stopped, or is slow.
 */
export class GroupPace {
  readonly #memory: Pick<BufferMemory, 'addedBytes' | 'shortfall'>;
  #bytes = 0;
  #sentMs = 0;
  #addedBefore = 0;
  #pausedUntilMs = -Infinity;

  constructor(memory: Pick<BufferMemory, 'addedBytes' | 'shortfall'>) {
    this.#memory = memory;
  }

  /** A batch of `sizeBytes` goes, which is the group's first, or joins it. */
  sent(sizeBytes: number, nowMs: number, isFirst: boolean): void {
    if (isFirst) {
      this.#bytes = 0;
      this.#sentMs = nowMs;
      this.#addedBefore = this.#memory.addedBytes;
    }
    this.#bytes += sizeBytes;
  }

  /** All of the group are answered. */
  answered(nowMs: number): void {
    const { addedBytes, shortfall } = this.#memory;
    const isAdding = addedBytes - this.#addedBefore >= this.#bytes * ADDING_SHARE;
    const pauseMs = Math.min((nowMs - this.#sentMs) * PAUSE_FACTOR * shortfall, MAX_PAUSE_MS);
    this.#pausedUntilMs = isAdding ? nowMs + pauseMs : -Infinity;
  }

  /** How long the next group waits still, in ms; 0: it may go. */
  waitMs(nowMs: number): number {
    return Math.max(0, this.#pausedUntilMs - nowMs);
  }
}
