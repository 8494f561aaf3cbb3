import t from 'tap';
import { hash128, OffsetMap } from '../../src/log/offset-map.js';
import { Seeded } from './fake-disk.js';

t.test('the offset map', async (t) => {
  const hash = new Uint32Array(4);
  hash128(Buffer.from('The quick brown fox jumps over the lazy dog'), 0, 43, hash, new Int32Array(4));
  t.equal(Buffer.from(hash.buffer).swap32().toString('hex'), '2f1583c3ecee2c675d7bf66ce5e91d2c', 'the published value');
  const map = new OffsetMap({ maxKeys: 500, memoryBytes: 24 * 300, random: new Seeded(1) });
  const keys = Array.from({ length: 400 }, (_, index) => Buffer.from(`key-${index * 7919}`));
  const fitting = keys.filter((key, index) => map.put(key, 0, key.length, index));
  t.equal(fitting.length, 270, 'bounded');
  for (const [index, key] of fitting.entries()) t.equal(map.get(key, 0, key.length), index);
  const known = fitting[3] ?? Buffer.alloc(0);
  t.ok(map.put(known, 0, known.length, 999), 'a known key is updated even when full');
  t.equal(map.get(known, 0, known.length), 999);
  t.equal(map.get(Buffer.from('other'), 0, 5), -1);
});

const KNOWN_SEED = { below: () => 0, bytes: (length: number) => Buffer.alloc(length) };
const MAX_KEYS = 500;
/** Of a map for so many keys. */
const SLOTS = Math.ceil(MAX_KEYS / 0.9) + 1;

/** Keys that with a seed of zeros all want the same slot. */
function collidingKeys(count: number): Buffer[] {
  const keys: Buffer[] = [];
  const hash = new Uint32Array(4);
  const seed = new Int32Array(4);
  for (let index = 0; keys.length < count; index++) {
    const key = Buffer.from(`key ${index}`);
    hash128(key, 0, key.length, hash, seed);
    if ((hash[0] ?? 0) % SLOTS === 7) keys.push(key);
  }
  return keys;
}

t.test('keys that are chosen against the hash cost no more than a bounded walk each, and lose nothing', async (t) => {
  const options = { maxKeys: MAX_KEYS, memoryBytes: 1 << 20, maxSteps: 64 };
  const keys = collidingKeys(200);
  const known = new OffsetMap({ ...options, random: KNOWN_SEED });
  const took = keys.map((key, index) => known.put(key, 0, key.length, index));
  t.same(took, [...Array<boolean>(64).fill(true), ...Array<boolean>(136).fill(false)], 'full where they are');
  t.equal(known.size, 64);
  for (const [index, key] of keys.entries()) t.equal(known.get(key, 0, key.length), index < 64 ? index : -1);
  const [first = Buffer.alloc(0)] = keys;
  t.ok(known.put(first, 0, first.length, 999), 'one that is in it is updated');
  t.equal(known.get(first, 0, first.length), 999);
  for (let index = 0; index < 200; index++) {
    const other = Buffer.from(`other ${index}`);
    const isIn = known.put(other, 0, other.length, 1000 + index);
    t.equal(known.get(other, 0, other.length), isIn ? 1000 + index : -1, 'elsewhere there is room');
  }

  const seeded = new OffsetMap({ ...options, random: new Seeded(1) });
  for (const [index, key] of keys.entries()) t.ok(seeded.put(key, 0, key.length, index), 'nobody knows the seed');
  for (const [index, key] of keys.entries()) t.equal(seeded.get(key, 0, key.length), index);
});
