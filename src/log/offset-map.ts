import type { Offset } from '../common/ids.js';
import { NO_OFFSET } from '../common/ids.js';
import type { Random } from '../platform/random.js';

/** Bytes of memory one key takes: 128 bits of hash and an offset. */
export const SLOT_BYTES = 24;
/** Filled beyond it, looking a key up takes too many steps. */
const LOAD_FACTOR = 0.9;
/** More than the longest run of taken slots that chance makes in 100 million of them at that load: ln n / (a - 1 - ln a). */
const MAX_STEPS = 4096;
const NO_SLOT = -1;

/**
 * The last offset of each key in the part of a log that is compacted. Keys are known by a 128-bit hash, as in Kafka, so
 * that memory is bounded whatever their size; open addressing in flat arrays, no object a key. The hash has a random seed:
 * with a known one, keys could be chosen that all want the same slot, and each would be held against all others.
 *
 * Invariant: a key lies within `maxSteps` slots of the one that its hash wants, with no free one between (none is ever freed).
 */
export class OffsetMap {
  readonly #slots: number;
  readonly #hashes: Uint32Array;
  readonly #offsets: Float64Array;
  readonly #seed = new Int32Array(4);
  readonly #maxSteps: number;
  readonly #hash = new Uint32Array(4);
  #size = 0;

  constructor(options: { maxKeys: number; memoryBytes: number; random: Random; maxSteps?: number }) {
    const seed = options.random.bytes(16);
    for (let word = 0; word < 4; word++) this.#seed[word] = seed.readInt32LE(word * 4);
    this.#maxSteps = options.maxSteps ?? MAX_STEPS;
    const wanted = Math.max(16, Math.ceil(options.maxKeys / LOAD_FACTOR) + 1);
    this.#slots = Math.max(16, Math.min(wanted, Math.floor(options.memoryBytes / SLOT_BYTES)));
    this.#hashes = new Uint32Array(this.#slots * 4);
    // Offsets are kept plus one: 0 is a free slot.
    this.#offsets = new Float64Array(this.#slots);
  }

  get size(): number {
    return this.#size;
  }

  /** False when there is no room for another key, or none near its place; a known one is always updated. */
  put(bytes: Buffer, start: number, end: number, offset: Offset): boolean {
    const slot = this.#find(bytes, start, end);
    if (slot === NO_SLOT) return false;
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
    const slot = this.#find(bytes, start, end);
    const found = slot === NO_SLOT ? 0 : (this.#offsets[slot] ?? 0);
    return found === 0 ? NO_OFFSET : found - 1;
  }

  /** The slot of the key, or the free one where it would go; NO_SLOT when neither is near. Leaves its hash in `#hash`. */
  #find(bytes: Buffer, start: number, end: number): number {
    hash128(bytes, start, end, this.#hash, this.#seed);
    const [first = 0, second = 0, third = 0, fourth = 0] = this.#hash;
    let slot = first % this.#slots;
    for (let steps = 0; steps < this.#maxSteps; steps++) {
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
    return NO_SLOT;
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

/**
 * MurmurHash3_x86_128 (public domain, Austin Appleby) of `bytes[start, end)`; its one seed is for each of the four words of
 * its state another one here.
 */
export function hash128(bytes: Buffer, start: number, end: number, result: Uint32Array, seed: Int32Array): void {
  const length = end - start;
  let [h1 = 0, h2 = 0, h3 = 0, h4 = 0] = seed;
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
