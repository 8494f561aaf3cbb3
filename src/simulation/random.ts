import { assert, defined } from '../common/assert.js';
import type { Random } from '../platform/random.js';

const UINT32 = 0x1_0000_0000;

/** Spreads a 32-bit seed (SplitMix32's finalizer), so that neighbouring seeds share nothing. */
function spread(value: number): number {
  let x = value | 0;
  x = Math.imul(x ^ (x >>> 16), 0x21f0aaad);
  x = Math.imul(x ^ (x >>> 15), 0x735a2d97);
  return (x ^ (x >>> 15)) >>> 0;
}

function hashName(name: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < name.length; i++) hash = Math.imul(hash ^ name.charCodeAt(i), 0x01000193);
  return hash >>> 0;
}

/**
 * xoshiro128** (Blackman and Vigna): small, quick, good in all its bits. Every component draws from a stream of its own
 * (`split`), so that one more draw in one of them does not change what happens in the others.
 */
export class SeededRandom implements Random {
  readonly #state = new Uint32Array(4);
  readonly #seed: number;

  constructor(seed: number) {
    assert(Number.isSafeInteger(seed) && seed >= 0, 'a seed is an integer from 0 to 2^53-1');
    this.#seed = seed;
    const low = seed >>> 0;
    const high = Math.floor(seed / UINT32);
    for (let i = 0; i < 4; i++) this.#state[i] = spread(low + Math.imul(0x9e3779b9, i + 1)) ^ spread(high + i * 77);
    // The all-zero state is the one that xoshiro never leaves.
    if (this.#state.every((word) => word === 0)) this.#state[0] = 1;
  }

  /** A stream of its own, fixed by this stream's seed and `name` alone. */
  split(name: string): SeededRandom {
    const low = spread((this.#seed >>> 0) ^ hashName(name));
    const high = spread(Math.floor(this.#seed / UINT32) + hashName(`${name}+`)) & 0x1fffff;
    return new SeededRandom(high * UINT32 + low);
  }

  /** A uniform integer in 0 .. 2^32-1. */
  uint32(): number {
    const state = this.#state;
    const s1 = state[1] ?? 0;
    const product = Math.imul(s1, 5);
    const result = Math.imul((product << 7) | (product >>> 25), 9) >>> 0;
    const s2 = (state[2] ?? 0) ^ (state[0] ?? 0);
    const s3 = (state[3] ?? 0) ^ s1;
    state[1] = s1 ^ s2;
    state[0] = (state[0] ?? 0) ^ s3;
    state[2] = s2 ^ (s1 << 9);
    state[3] = (s3 << 11) | (s3 >>> 21);
    return result;
  }

  below(bound: number): number {
    assert(Number.isInteger(bound) && bound >= 1 && bound <= UINT32, 'a bound is an integer in 1 .. 2^32');
    // Lemire's multiply-shift needs 64 bits; a rejected modulo is as uniform and rarely draws twice.
    const limit = UINT32 - (UINT32 % bound);
    let value = this.uint32();
    while (value >= limit) value = this.uint32();
    return value % bound;
  }

  bytes(length: number): Buffer {
    const bytes = Buffer.allocUnsafe(length);
    for (let i = 0; i < length; i++) bytes[i] = this.uint32() >>> 24;
    return bytes;
  }

  /** Uniform in [0, 1). */
  fraction(): number {
    return this.uint32() / UINT32;
  }

  /** Uniform in [from, to). */
  between(from: number, to: number): number {
    return from + (to - from) * this.fraction();
  }

  /** A uniform integer in from .. to, both inclusive. */
  integer(from: number, to: number): number {
    return from + this.below(to - from + 1);
  }

  chance(probability: number): boolean {
    return this.fraction() < probability;
  }

  pick<T>(choices: readonly T[]): T {
    return defined(choices[this.below(choices.length)], 'a choice is made among at least one');
  }

  /** Shuffles in place (Fisher-Yates) and gives the same array back. */
  shuffle<T>(items: T[]): T[] {
    for (let i = items.length - 1; i > 0; i--) {
      const j = this.below(i + 1);
      const item = items[i] as T;
      items[i] = items[j] as T;
      items[j] = item;
    }
    return items;
  }
}
