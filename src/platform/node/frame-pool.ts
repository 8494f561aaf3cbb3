/** Below it a buffer made anew costs as little. */
const MIN_POOLED_BYTES = 16 * 1024;
const MAX_POOLED_BYTES = 4 * 1024 * 1024;
/** Kept for reuse at most, of all sizes together. */
export const MAX_FREE_BYTES = 16 * 1024 * 1024;

/**
 * Memory for outgoing messages, used again once the network has them (a client's: once they are answered): making megabytes
 * anew for every one costs more than filling them, in page faults and in the collector's work. Sizes are powers of two.
 */
export class FramePool {
  /** By the power of two that is the size. */
  readonly #free = new Map<number, Buffer[]>();
  #freeBytes = 0;

  get freeBytes(): number {
    return this.#freeBytes;
  }

  /** A buffer of `sizeBytes`, with anything in it. */
  take(sizeBytes: number): Buffer {
    if (sizeBytes < MIN_POOLED_BYTES || sizeBytes > MAX_POOLED_BYTES) return Buffer.allocUnsafe(sizeBytes);
    const power = powerAbove(sizeBytes);
    const kept = this.#free.get(power)?.pop();
    if (kept === undefined) return Buffer.from(new ArrayBuffer(2 ** power), 0, sizeBytes);
    this.#freeBytes -= 2 ** power;
    return Buffer.from(kept.buffer, 0, sizeBytes);
  }

  /** Takes back what `take` gave; nobody looks at it any more. */
  give(buffer: Buffer): void {
    const power = Math.log2(buffer.buffer.byteLength);
    const isOurs = buffer.byteOffset === 0 && buffer.length >= MIN_POOLED_BYTES && Number.isInteger(power);
    if (!isOurs || powerAbove(buffer.length) !== power || this.#freeBytes + 2 ** power > MAX_FREE_BYTES) return;
    const kept = this.#free.get(power);
    if (kept === undefined) this.#free.set(power, [buffer]);
    else kept.push(buffer);
    this.#freeBytes += 2 ** power;
  }
}

function powerAbove(sizeBytes: number): number {
  return 32 - Math.clz32(sizeBytes - 1);
}
