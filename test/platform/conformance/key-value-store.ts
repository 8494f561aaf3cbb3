import type { Test } from 'tap';
import type { KeyValueRange, KeyValueStore, KeyValueStores } from '../../../src/platform/key-value-store.js';
import { rejectsWith } from './file-system.js';

/** A folder in which no store is yet. */
export interface KeyValueSubject {
  readonly stores: KeyValueStores;
  readonly path: string;
}

const bytes = (...values: number[]): Buffer => Buffer.from(values);

async function put(store: KeyValueStore, pairs: ReadonlyArray<readonly [Buffer, Buffer]>): Promise<void> {
  await store.write(
    pairs.map(([key, value]) => ({ type: 'put', key, value })),
    { sync: true },
  );
}

/** What every KeyValueStore does. `make` gives a new path each time. */
export function keyValueStoreConformance(t: Test, make: (t: Test) => Promise<KeyValueSubject>): void {
  t.test('values and order', (t) => valuesAndOrder(t, make));
  t.test('writes', (t) => writes(t, make));
  t.test('closing and opening', (t) => reopening(t, make));
}

async function valuesAndOrder(t: Test, make: (t: Test) => Promise<KeyValueSubject>): Promise<void> {
  const { stores, path } = await make(t);
  const store = await stores.open(path);
  t.equal(await store.get(bytes(1)), undefined);
  t.same(await store.entries({}), []);
  // Unsigned, byte by byte, and a prefix comes first.
  const keys = [bytes(0), bytes(0, 0), bytes(1), bytes(0x7f, 0xff), bytes(0x80), bytes(0xff), bytes(0xff, 0)];
  await put(
    store,
    [...keys].reverse().map((key) => [key, Buffer.concat([key, key])] as const),
  );
  const found = await store.entries({});
  t.same(
    found.map(([key]) => key),
    keys,
  );
  t.same(await store.get(bytes(0x80)), bytes(0x80, 0x80));
  const keysOf = async (range: KeyValueRange): Promise<Buffer[]> => (await store.entries(range)).map(([key]) => key);
  t.same(await keysOf({ from: bytes(1), to: bytes(0xff) }), keys.slice(2, 5), 'from is inclusive, to exclusive');
  t.same(await keysOf({ from: bytes(2), reverse: true, limit: 2 }), [bytes(0xff, 0), bytes(0xff)]);
  t.same(await keysOf({ to: bytes(1), reverse: true }), [bytes(0, 0), bytes(0)]);
  t.same(await keysOf({ limit: 1 }), [bytes(0)]);
  t.same(await keysOf({ from: bytes(3), to: bytes(3) }), []);
  await store.close();
}

async function writes(t: Test, make: (t: Test) => Promise<KeyValueSubject>): Promise<void> {
  const { stores, path } = await make(t);
  const store = await stores.open(path);
  await store.write(
    [
      { type: 'put', key: bytes(1), value: bytes(1) },
      { type: 'put', key: bytes(2), value: new Uint8Array([9, 8]) },
      { type: 'del', key: bytes(1) },
      { type: 'del', key: bytes(7) },
    ],
    { sync: true },
  );
  t.equal(await store.get(bytes(1)), undefined, 'within one write the later wins');
  t.same(await store.get(bytes(2)), bytes(9, 8));
  await put(store, [[bytes(3), Buffer.alloc(0)]]);
  t.same(await store.get(bytes(3)), Buffer.alloc(0), 'an empty value is a value');
  await store.write([], { sync: true });
  // Not waiting between writes keeps their order.
  const under: Promise<void>[] = [];
  for (let i = 0; i < 200; i++) {
    under.push(store.write([{ type: 'put', key: bytes(5), value: bytes(i) }], { sync: i % 10 === 0 }));
  }
  await Promise.all(under);
  t.same(await store.get(bytes(5)), bytes(199));
  await store.close();
}

async function reopening(t: Test, make: (t: Test) => Promise<KeyValueSubject>): Promise<void> {
  const { stores, path } = await make(t);
  const store = await stores.open(path);
  await put(store, [[bytes(1), Buffer.from('kept')]]);
  await rejectsWith(t, 'locked', path, stores.open(path));
  await store.close();
  const again = await stores.open(path);
  t.equal((await again.get(bytes(1)))?.toString(), 'kept');
  await again.close();
}
