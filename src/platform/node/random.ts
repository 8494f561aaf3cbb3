import { randomBytes, randomInt } from 'node:crypto';
import { assert } from '../../common/assert.js';
import type { Random } from '../random.js';

/** The operating system's randomness. */
export class RealRandom implements Random {
  below(bound: number): number {
    assert(Number.isInteger(bound) && bound >= 1 && bound <= 2 ** 32, `1 <= bound <= 2^32, not ${bound}`);
    return randomInt(bound);
  }

  bytes(length: number): Buffer {
    return randomBytes(length);
  }
}
