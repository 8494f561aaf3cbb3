import assert from 'node:assert/strict';
import fc from 'fast-check';
import t from 'tap';
import { PersistentMap } from '../../src/metadata/persistent/persistent-map.js';
import { PersistentVector } from '../../src/metadata/persistent/persistent-vector.js';

const KEY = fc.oneof(fc.integer({ min: 0, max: 60 }).map(String), fc.constantFrom('Aa', 'BB', 'AaAa', 'BBBB', 'AaBB'));
const CHANGES = fc.array(fc.tuple(KEY, fc.option(fc.integer({ min: 0, max: 3 }))), { maxLength: 120 });

function applied(
  changes: readonly (readonly [string, number | null])[],
  map = PersistentMap.empty<string, number>(),
): PersistentMap<string, number> {
  for (const [key, value] of changes) map = value === null ? map.delete(key) : map.set(key, value);
  return map;
}

function entries(map: PersistentMap<string, number>): [string, number][] {
  const all: [string, number][] = [];
  map.forEach((value, key) => all.push([key, value]));
  return all;
}

t.test('a persistent map is a Map whose old versions stay, and whose order is a function of its contents', async () => {
  fc.assert(
    fc.property(CHANGES, CHANGES, (first, second) => {
      const before = applied(first);
      const frozen = entries(before);
      const after = applied(second, before);
      assert.deepEqual(entries(before), frozen);
      const model = new Map<string, number>();
      for (const [key, value] of [...first, ...second])
        if (value === null) model.delete(key);
        else model.set(key, value);
      assert.deepEqual(new Map(entries(after)), model);
      assert.equal(after.size, model.size);
      // Made another way: the same form.
      assert.deepEqual(entries(applied([...model].reverse())), entries(after));
    }),
    { seed: 7, numRuns: 60 },
  );
});

t.test('diff of two maps tells exactly the keys whose values differ', async (t) => {
  fc.assert(
    fc.property(CHANGES, CHANGES, (first, second) => {
      const before = applied(first);
      const after = applied(second, before);
      const told = new Map<string, readonly [number | undefined, number | undefined]>();
      before.diff(after, (key, a, b) => told.set(key, [a, b]));
      for (const key of new Set([...before.sortedKeys(), ...after.sortedKeys()])) {
        const [a, b] = [before.get(key), after.get(key)];
        assert.deepEqual(told.get(key), a === b ? undefined : [a, b]);
      }
    }),
    { seed: 8, numRuns: 60 },
  );
  t.pass('60 pairs');
});

t.test('a large map of numbers keeps its keys', async (t) => {
  let map = PersistentMap.empty<number, string>();
  for (let key = 0; key < 50_000; key++) map = map.set(key, `v${key}`);
  t.equal(map.size, 50_000);
  t.equal(map.get(49_999), 'v49999');
  for (let key = 0; key < 50_000; key += 2) map = map.delete(key);
  t.equal(map.size, 25_000);
  t.equal(map.get(2), undefined);
  t.equal(map.get(3), 'v3');
});

t.test('a persistent vector keeps its elements over its growth; diff visits what changed', async (t) => {
  const item = (n: number): { n: number } => ({ n });
  let vector = PersistentVector.empty<{ n: number }>();
  const sizes = [0, 1, 31, 32, 33, 1023, 1024, 1025, 5000];
  for (let i = 0; i < 5000; i++) {
    if (sizes.includes(i)) t.equal(vector.length, i);
    vector = vector.set(i, item(i));
  }
  const order: number[] = [];
  vector.forEach((value, index) => order.push(value.n === index ? index : -1));
  t.same(
    order,
    Array.from({ length: 5000 }, (_, i) => i),
  );
  t.equal(vector.get(5000), undefined);
  t.equal(vector.get(-1), undefined);
  t.throws(() => vector.set(5001, item(0)), /index 5001/);

  const changed = vector.set(40, item(-40)).set(5000, item(5000));
  const told: [number, number | undefined, number | undefined][] = [];
  vector.diff(changed, (index, a, b) => told.push([index, a?.n, b?.n]));
  t.same(told, [
    [40, 40, -40],
    [5000, undefined, 5000],
  ]);
  t.equal(vector.get(40)?.n, 40);
  const fromEmpty: number[] = [];
  PersistentVector.empty<{ n: number }>().diff(vector, (index) => fromEmpty.push(index));
  t.equal(fromEmpty.length, 5000);
});
