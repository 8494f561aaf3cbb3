import type { Offset } from '../common/ids.js';
import { NO_OFFSET } from '../common/ids.js';

/** Bytes of memory one key takes: 128 bits of hash and an offset. */
export const SLOT_BYTES = 24;
/** Filled beyond it, looking a key up takes too many steps. */
const LOAD_FACTOR = 0.9;

/**
 * The last offset of each key in the part of a log that is compacted. Keys are known by a 128-bit hash, as in Kafka, so
 * that memory is bounded whatever their size; open addressing in flat arrays, no object a key.
 */
export class OffsetMap {
  readonly #slots: number;
  readonly #hashes: Uint32Array;
  readonly #offsets: Float64Array;
  readonly #hash = new Uint32Array(4);
  #size = 0;

  constructor(options: { maxKeys: number; memoryBytes: number }) {
    const wanted = Math.max(16, Math.ceil(options.maxKeys / LOAD_FACTOR) + 1);
    this.#slots = Math.max(16, Math.min(wanted, Math.floor(options.memoryBytes / SLOT_BYTES)));
    this.#hashes = new Uint32Array(this.#slots * 4);
    // Offsets are kept plus one: 0 is a free slot.
    this.#offsets = new Float64Array(this.#slots);
  }

  get size(): number {
    return this.#size;
  }

  /** False when there is no room for another key; a known one is always updated. */
  put(bytes: Buffer, start: number, end: number, offset: Offset): boolean {
    const slot = this.#find(bytes, start, end);
    if (this.#offsets[slot] === 0) {
      if (this.#size >= Math.floor(this.#slots * LOAD_FACTOR)) return false;
      this.#size++;
      this.#hashes.set(this.#hash, slot * 4);
    }
    this.#offsets[slot] = offset + 1;
    return true;
  }

  /** -1 for a key that is not in the map. */
  get(bytes: Buffer, start: number, end: number): Offset {
    const found = this.#offsets[this.#find(bytes, start, end)] ?? 0;
    return found === 0 ? NO_OFFSET : found - 1;
  }

  /** The slot of the key, or the free one where it would go. Leaves its hash in `#hash`. */
  #find(bytes: Buffer, start: number, end: number): number {
    hash128(bytes, start, end, this.#hash);
    const [first = 0, second = 0, third = 0, fourth = 0] = this.#hash;
    let slot = first % this.#slots;
    for (;;) {
      if (this.#offsets[slot] === 0) return slot;
      const at = slot * 4;
      const same =
        this.#hashes[at] === first &&
        this.#hashes[at + 1] === second &&
        this.#hashes[at + 2] === third &&
        this.#hashes[at + 3] === fourth;
      if (same) return slot;
      slot = slot + 1 === this.#slots ? 0 : slot + 1;
    }
  }
}

const C1 = 0x239b961b;
const C2 = 0xab0e9789;
const C3 = 0x38b34ae5;
const C4 = 0xa1e38b93;

function rotate(value: number, by: number): number {
  return (value << by) | (value >>> (32 - by));
}

function finish(value: number): number {
  let mixed = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return mixed ^ (mixed >>> 16);
}

/** MurmurHash3_x86_128 (public domain, Austin Appleby) of `bytes[start, end)` with seed 0. */
export function hash128(bytes: Buffer, start: number, end: number, result: Uint32Array): void {
  const length = end - start;
  let h1 = 0;
  let h2 = 0;
  let h3 = 0;
  let h4 = 0;
  let at = start;
  for (; at + 16 <= end; at += 16) {
    h1 ^= Math.imul(rotate(Math.imul(bytes.readInt32LE(at), C1), 15), C2);
    h1 = (Math.imul(rotate(h1, 19) + h2, 5) + 0x561ccd1b) | 0;
    h2 ^= Math.imul(rotate(Math.imul(bytes.readInt32LE(at + 4), C2), 16), C3);
    h2 = (Math.imul(rotate(h2, 17) + h3, 5) + 0x0bcaa747) | 0;
    h3 ^= Math.imul(rotate(Math.imul(bytes.readInt32LE(at + 8), C3), 17), C4);
    h3 = (Math.imul(rotate(h3, 15) + h4, 5) + 0x96cd1c35) | 0;
    h4 ^= Math.imul(rotate(Math.imul(bytes.readInt32LE(at + 12), C4), 18), C1);
    h4 = (Math.imul(rotate(h4, 13) + h1, 5) + 0x32ac3b17) | 0;
  }
  if (end > at + 12) h4 ^= Math.imul(rotate(Math.imul(tail(bytes, at + 12, end), C4), 18), C1);
  if (end > at + 8) h3 ^= Math.imul(rotate(Math.imul(tail(bytes, at + 8, end), C3), 17), C4);
  if (end > at + 4) h2 ^= Math.imul(rotate(Math.imul(tail(bytes, at + 4, end), C2), 16), C3);
  if (end > at) h1 ^= Math.imul(rotate(Math.imul(tail(bytes, at, end), C1), 15), C2);
  h1 ^= length;
  h2 ^= length;
  h3 ^= length;
  h4 ^= length;
  h1 = (h1 + h2 + h3 + h4) | 0;
  h2 = (h2 + h1) | 0;
  h3 = (h3 + h1) | 0;
  h4 = (h4 + h1) | 0;
  h1 = finish(h1);
  h2 = finish(h2);
  h3 = finish(h3);
  h4 = finish(h4);
  h1 = (h1 + h2 + h3 + h4) | 0;
  result[0] = h1;
  result[1] = h2 + h1;
  result[2] = h3 + h1;
  result[3] = h4 + h1;
}

/** Up to four bytes from `at` on, little-endian. */
function tail(bytes: Buffer, at: number, end: number): number {
  let value = 0;
  for (let index = Math.min(end, at + 4) - 1; index >= at; index--) value = (value << 8) | (bytes[index] ?? 0);
  return value;
}
