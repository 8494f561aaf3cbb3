import t from 'tap';
import { BufferPool, MAX_FREE_BYTES } from '../../src/platform/buffer-pool.js';

const MIB = 1024 * 1024;

t.test('a buffer that was given back is used again, by any size of its class', async (t) => {
  const pool = new BufferPool();
  const first = pool.take(100_000);
  t.equal(first.length, 100_000);
  pool.give(first);
  t.equal(pool.freeBytes, 114_688);
  const second = pool.take(114_688);
  t.equal(second.buffer, first.buffer, 'the same memory');
  t.equal(second.length, 114_688);
  t.equal(pool.freeBytes, 0);
  t.not(pool.take(114_688).buffer, second.buffer, 'what is in use is not given to another');
  t.not(pool.take(65_536).buffer, second.buffer);
});

t.test('small and huge buffers are not kept, nor are those of others', async (t) => {
  const pool = new BufferPool();
  for (const size of [0, 1, 16_383, 5 * MIB]) pool.give(pool.take(size));
  pool.give(Buffer.alloc(100_000));
  t.equal(pool.freeBytes, 0);
});

t.test('a buffer is at most a quarter larger than what was asked for', async (t) => {
  const pool = new BufferPool();
  for (let size = 16 * 1024; size < 4 * MIB; size += 12_345) {
    const taken = pool.take(size);
    const memoryBytes = taken.buffer.byteLength;
    t.ok(taken.length === size && memoryBytes >= size && memoryBytes <= size * 1.25, `${memoryBytes} for ${size}`);
    pool.give(taken);
    t.equal(pool.take(memoryBytes).buffer, taken.buffer, 'and fits its own size');
  }
});

t.test('a slice stands for the whole, and nothing is taken back twice, nor what is of others', async (t) => {
  const pool = new BufferPool();
  const first = pool.take(100_000);
  pool.give(first.subarray(5, 20_000));
  t.equal(pool.freeBytes, 114_688);
  pool.give(first);
  t.equal(pool.freeBytes, 114_688, 'it is free already');
  pool.give(Buffer.from(new ArrayBuffer(65_536)));
  t.equal(pool.freeBytes, 114_688, 'that one was never given');
  t.equal(pool.take(100_000).buffer, first.buffer);
});

t.test('sizes that are wanted no longer make way for those that are', async (t) => {
  const pool = new BufferPool();
  const small = Array.from({ length: 200 }, () => pool.take(100_000));
  for (const buffer of small) pool.give(buffer);
  const large = Array.from({ length: 10 }, () => pool.take(MIB));
  for (const buffer of large) pool.give(buffer);
  const again = new Set(Array.from({ length: 10 }, () => pool.take(MIB).buffer));
  t.ok(large.every(({ buffer }) => again.has(buffer)));
  t.ok(pool.freeBytes <= MAX_FREE_BYTES);
});

t.test('what it keeps is bounded', async (t) => {
  const pool = new BufferPool();
  const taken = Array.from({ length: 64 }, () => pool.take(MIB));
  for (const buffer of taken) pool.give(buffer);
  t.equal(pool.freeBytes, MAX_FREE_BYTES);
});

t.test('what it does not keep is told of, and is in no hands then', async (t) => {
  const discarded = new Set<ArrayBuffer>();
  const pool = new BufferPool((memory) => discarded.add(memory));
  const taken = Array.from({ length: 20 }, () => pool.take(MIB));
  for (const buffer of taken) pool.give(buffer);
  t.equal(discarded.size, 4);
  const again = Array.from({ length: 20 }, () => pool.take(MIB).buffer);
  t.notOk(again.some((memory) => memory instanceof ArrayBuffer && discarded.has(memory)));
});
