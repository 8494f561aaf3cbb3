import { VarveError } from '../common/errors.js';

/**
 * A name is kept, and is in the view that may be on its way to a client that does not read: as a topic's name and in the error
 * that there is no such topic, in a buffer that is rounded up (measured: 6 MiB for 4,000 names of 249 characters).
 */
const COPIES_OF_A_NAME = 6;
const BYTES_BESIDE_A_NAME = 96;

/** What the WatchMetadata streams of a node hold of the names that they were asked for, all of them together. */
export class WatchBudget {
  readonly #maxBytes: number;
  #usedBytes = 0;

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  get usedBytes(): number {
    return this.#usedBytes;
  }

  /** Gives what was taken, to be given back. Throws THROTTLING_QUOTA_EXCEEDED, and takes nothing, where there is no room. */
  take(names: readonly string[]): number {
    let bytes = 0;
    for (const name of names) bytes += COPIES_OF_A_NAME * name.length + BYTES_BESIDE_A_NAME;
    if (this.#usedBytes + bytes > this.#maxBytes) {
      throw new VarveError(
        'THROTTLING_QUOTA_EXCEEDED',
        `The topics of this WatchMetadata would take ${bytes} bytes of the node, and all such streams together have ` +
          `${this.#usedBytes} of ${this.#maxBytes}: watch at another node, end other streams, or name fewer topics.`,
      );
    }
    this.#usedBytes += bytes;
    return bytes;
  }

  give(bytes: number): void {
    this.#usedBytes -= bytes;
  }
}
