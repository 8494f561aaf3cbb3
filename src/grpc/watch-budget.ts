import { VarveError } from '../common/errors.js';
import type { Logger } from '../platform/observe.js';

/**
 * A name is kept, and is in the view that may be on its way to a client that does not read: as a topic's name and in the error
 * that there is no such topic, in a buffer that is rounded up (measured: 6 MiB for 4,000 names of 249 characters).
 */
const COPIES_OF_A_NAME = 6;
const BYTES_BESIDE_A_NAME = 96;

/** Fifty names of thirty characters: what a client of each connection may watch, all of them at once. */
const BYTES_A_CONNECTION = 16 * 1024;
const LEAST_BYTES = 32 * 1024 * 1024;

/** The bound of a node that keeps so many connections open (`max.connections`). */
export function maxWatchBytes(maxConnections: number): number {
  return Math.max(LEAST_BYTES, maxConnections * BYTES_A_CONNECTION);
}

/** What the WatchMetadata streams of a node hold of the names that they were asked for, all of them together. */
export class WatchBudget {
  readonly #maxBytes: number;
  readonly #logger: Logger | undefined;
  #usedBytes = 0;
  /** It is said once, until there is room again. */
  #saidFull = false;

  constructor(maxBytes: number, logger?: Logger) {
    this.#maxBytes = maxBytes;
    this.#logger = logger;
  }

  get usedBytes(): number {
    return this.#usedBytes;
  }

  /** Gives what was taken, to be given back. Throws THROTTLING_QUOTA_EXCEEDED, and takes nothing, where there is no room. */
  take(names: readonly string[]): number {
    let bytes = 0;
    for (const name of names) bytes += COPIES_OF_A_NAME * name.length + BYTES_BESIDE_A_NAME;
    if (this.#usedBytes + bytes > this.#maxBytes) {
      this.#sayFull();
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
    if (this.#usedBytes <= this.#maxBytes / 2) this.#saidFull = false;
  }

  #sayFull(): void {
    if (this.#saidFull) return;
    this.#saidFull = true;
    this.#logger?.warn(
      { usedBytes: this.#usedBytes, maxBytes: this.#maxBytes },
      'The topics that WatchMetadata streams name take all that this node has for them, and further streams are refused ' +
        '(THROTTLING_QUOTA_EXCEEDED): spread the clients over more nodes, or raise max.connections, by which the bound goes, in the ' +
        "node's configuration and restart it.",
    );
  }
}
