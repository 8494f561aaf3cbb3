import { assert } from '../common/assert.js';
import type { Buffers } from '../platform/buffer-pool.js';

/** No magic, no length and no offset of a batch has it. */
const POISON = 0xdb;
/** So many that were given back are watched. */
const WATCHED = 64;

/**
 * Memory that is garbage from the moment on when it is given back: who looks at it afterwards finds what fits nothing, and who
 * writes into it is found out.
 */
export class PoisonedBuffers implements Buffers {
  readonly leastBytes: number;
  readonly #given: Buffer[] = [];

  /** `leastBytes`: 1, so that the small batches of a simulation are looked after as well, unless they are to share memory. */
  constructor(leastBytes = 1) {
    this.leastBytes = leastBytes;
  }

  take(sizeBytes: number): Buffer {
    return Buffer.alloc(sizeBytes, POISON);
  }

  give(buffer: Buffer): void {
    poison(buffer);
    this.#given.push(buffer);
    if (this.#given.length <= WATCHED) return;
    const oldest = this.#given.shift();
    assert(oldest?.every((byte) => byte === POISON) === true, 'nobody writes into memory that was given back');
  }
}

export function poison(bytes: Buffer): void {
  bytes.fill(POISON);
}
