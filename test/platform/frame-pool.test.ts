import t from 'tap';
import { FramePool, MAX_FREE_BYTES } from '../../src/platform/node/frame-pool.js';

const MIB = 1024 * 1024;

t.test('a buffer that was given back is used again, by any size of its class', async (t) => {
  const pool = new FramePool();
  const first = pool.take(100_000);
  t.equal(first.length, 100_000);
  pool.give(first);
  t.equal(pool.freeBytes, 131_072);
  const second = pool.take(131_072);
  t.equal(second.buffer, first.buffer, 'the same memory');
  t.equal(second.length, 131_072);
  t.equal(pool.freeBytes, 0);
  t.not(pool.take(131_072).buffer, second.buffer, 'what is in use is not given to another');
  t.not(pool.take(65_536).buffer, second.buffer);
});

t.test('small and huge buffers are not kept, nor are those of others', async (t) => {
  const pool = new FramePool();
  for (const size of [0, 1, 16_383, 5 * MIB]) pool.give(pool.take(size));
  pool.give(Buffer.alloc(100_000));
  pool.give(pool.take(100_000).subarray(5));
  t.equal(pool.freeBytes, 0);
});

t.test('what it keeps is bounded', async (t) => {
  const pool = new FramePool();
  const taken = Array.from({ length: 64 }, () => pool.take(MIB));
  for (const buffer of taken) pool.give(buffer);
  t.equal(pool.freeBytes, MAX_FREE_BYTES);
});
