/** Memory for large byte strings that is used again: see `BufferPool`. */
export interface Buffers {
  /** Smaller ones are not worth being given back. */
  readonly leastBytes: number;
  /** A buffer of `sizeBytes`, with anything in it. Who does not give it back leaves it to the collector. */
  take(sizeBytes: number): Buffer;
  /** Takes back what `take` gave, or a slice of it: nobody looks at any of it any more. What it did not give it leaves alone. */
  give(buffer: Buffer): void;
}

/** Below it a buffer made anew costs as little. */
const MIN_POOLED_BYTES = 16 * 1024;
const MAX_POOLED_BYTES = 4 * 1024 * 1024;
/** Kept for reuse at most, of all sizes together. */
export const MAX_FREE_BYTES = 16 * 1024 * 1024;
/** Sizes between two powers of two: what is not used of a buffer is at most a fifth of it. */
const STEPS = 4;

/**
 * Memory for messages and for batches in memory, used again once nobody looks at them: making megabytes anew for every one
 * costs more than filling them, in page faults and in the collector's work.
 */
export class BufferPool implements Buffers {
  readonly #discard: ((memory: ArrayBuffer) => void) | undefined;
  readonly leastBytes = MIN_POOLED_BYTES;
  /** By their size; those sizes last that were wanted last. */
  readonly #free = new Map<number, ArrayBuffer[]>();
  /** What is out, so that nothing is taken back twice, nor what is somebody else's. */
  readonly #out = new WeakSet<ArrayBufferLike>();
  #freeBytes = 0;

  /** `discard` is told of what is not kept, which nobody looks at any more; without it the collector sees to that. */
  constructor(discard?: (memory: ArrayBuffer) => void) {
    this.#discard = discard;
  }

  get freeBytes(): number {
    return this.#freeBytes;
  }

  take(sizeBytes: number): Buffer {
    if (sizeBytes < MIN_POOLED_BYTES || sizeBytes > MAX_POOLED_BYTES) return Buffer.allocUnsafe(sizeBytes);
    const size = sizeAbove(sizeBytes);
    const kept = this.#wanted(size).pop();
    if (kept !== undefined) this.#freeBytes -= size;
    const memory = kept ?? new ArrayBuffer(size);
    this.#out.add(memory);
    return Buffer.from(memory, 0, sizeBytes);
  }

  give(buffer: Buffer): void {
    const memory = buffer.buffer;
    if (!(memory instanceof ArrayBuffer) || !this.#out.delete(memory)) return;
    this.#wanted(memory.byteLength).push(memory);
    this.#freeBytes += memory.byteLength;
    while (this.#freeBytes > MAX_FREE_BYTES) this.#dropOne();
  }

  #wanted(size: number): ArrayBuffer[] {
    const kept = this.#free.get(size) ?? [];
    this.#free.delete(size);
    this.#free.set(size, kept);
    return kept;
  }

  /** Of a size that was not wanted for longest: what was once wanted must not stand in the way of what is wanted now. */
  #dropOne(): void {
    for (const [size, kept] of this.#free) {
      const memory = kept.pop();
      if (memory === undefined) {
        this.#free.delete(size);
        continue;
      }
      this.#freeBytes -= size;
      this.#discard?.(memory);
      return;
    }
  }
}

/** The next size that buffers are made in: a power of two, or a quarter, a half or three quarters above one. */
function sizeAbove(sizeBytes: number): number {
  const power = 2 ** (31 - Math.clz32(sizeBytes));
  const step = power / STEPS;
  return Math.ceil(sizeBytes / step) * step;
}
