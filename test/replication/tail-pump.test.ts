import t from 'tap';
import { VarveError } from '../../src/common/errors.js';
import { type TailSource, TailPump } from '../../src/replication/tail-pump.js';
import { makeBatch, settle } from '../log/support.js';

t.test('a tail whose source closes while it is read from the disk is taken off', async (t) => {
  for (const [what, read, nextOffset] of [
    ['the read reaches the end', [makeBatch({ baseOffset: 0 })], 1],
    ['the read gives nothing', [], undefined],
  ] as const) {
    const events: string[] = [];
    const closed: VarveError[] = [];
    let wake = (): void => {};
    let finish = (_: Buffer[]): void => {};
    const pump = new TailPump<string>(
      {
        open: () => true,
        readAheadBytes: () => 1000,
        emit: (tail, { nextOffset }) => events.push(`${tail.key} up to ${nextOffset}`),
        failed: (tail, { code }) => events.push(`${tail.key}: ${code}`),
        flush: () => {},
      },
      { chunkBytes: 1000, sharedChunkBytes: 1000 },
      queueMicrotask,
    );
    const source = {
      end: () => 1,
      closed: () => closed[0],
      isInMemory: () => false,
      read: () => new Promise<Buffer[]>((resolve) => (finish = resolve)),
      subscribe: (listener: () => void) => {
        wake = listener;
        return () => {};
      },
    };
    pump.add('orders-0', source, 0);
    await settle();
    // A new leader was elected, and is told of once.
    closed.push(new VarveError('NOT_LEADER_OR_FOLLOWER', 'Another node leads.'));
    wake();
    await settle();
    finish([...read]);
    await settle();
    const emitted = nextOffset === undefined ? [] : [`orders-0 up to ${nextOffset}`];
    t.same(events, [...emitted, 'orders-0: NOT_LEADER_OR_FOLLOWER'], what);
  }
});

const CHUNK_BYTES = 1000;
const SHARED_BYTES = 100;

/** A pump of tails that each have one batch; a test answers the reads of those on the disk. */
function setUp() {
  const emitted: string[] = [];
  const asked: number[] = [];
  const underWay: Array<{ readonly key: string; readonly answer: (batches: Buffer[]) => void }> = [];
  const sink = { isOpen: true, readAheadBytes: 4 * SHARED_BYTES };
  let mostUnderWay = 0;
  const pump = new TailPump<string>(
    {
      open: () => sink.isOpen,
      readAheadBytes: () => sink.readAheadBytes,
      emit: (tail) => emitted.push(tail.key),
      failed: (tail, { code }) => emitted.push(`${tail.key}: ${code}`),
      flush: () => {},
    },
    { chunkBytes: CHUNK_BYTES, sharedChunkBytes: SHARED_BYTES },
    queueMicrotask,
  );
  const source = (key: string, isInMemory: boolean): TailSource => ({
    end: () => 1,
    closed: () => undefined,
    isInMemory: () => isInMemory,
    read: (_offset, maxBytes) => {
      asked.push(maxBytes);
      if (isInMemory) return [makeBatch({ baseOffset: 0 })];
      return new Promise<Buffer[]>((answer) => {
        underWay.push({ key, answer });
        mostUnderWay = Math.max(mostUnderWay, underWay.length);
      });
    },
    subscribe: () => () => {},
  });
  return {
    pump,
    sink,
    emitted,
    asked,
    underWay,
    mostUnderWay: () => mostUnderWay,
    add: (key: string, isInMemory = false) => pump.add(key, source(key, isInMemory), 0),
    /** The disk answers the oldest read. */
    answer: async (): Promise<void> => {
      underWay.shift()?.answer([makeBatch({ baseOffset: 0 })]);
      await settle();
    },
  };
}

t.test('of a thousand tails on the disk no more are read at once than the sink allows', async (t) => {
  const { add, answer, underWay, mostUnderWay, emitted, asked } = setUp();
  const keys = Array.from({ length: 1000 }, (_, index) => `orders-${index}`);
  for (const key of keys) add(key);
  await settle();
  t.equal(underWay.length, 4, 'several at once');
  while (underWay.length > 0) await answer();
  t.equal(mostUnderWay(), 4);
  t.same(emitted, keys, 'each in its turn');
  t.same([...new Set(asked)], [SHARED_BYTES]);
});

t.test('one read is under way however little the sink allows, and a tail alone reads a whole chunk', async (t) => {
  const { add, answer, sink, emitted, asked, underWay, mostUnderWay } = setUp();
  sink.readAheadBytes = 1;
  add('a');
  await settle();
  t.same(asked, [CHUNK_BYTES]);
  add('b');
  add('c');
  await settle();
  while (underWay.length > 0) await answer();
  t.equal(mostUnderWay(), 1);
  t.same(emitted, ['a', 'b', 'c']);
});

t.test('reads that end while the sink is full are followed by none', async (t) => {
  const { add, answer, pump, sink, emitted, underWay } = setUp();
  for (let index = 0; index < 100; index++) add(`orders-${index}`);
  await settle();
  sink.isOpen = false;
  for (let index = 0; index < 4; index++) await answer();
  t.equal(underWay.length, 0);
  t.equal(emitted.length, 4, 'what was under way alone');
  sink.isOpen = true;
  pump.schedule();
  await settle();
  t.equal(underWay.length, 4);
});

t.test('what is in memory does not wait for a disk that does not answer', async (t) => {
  const { add, answer, emitted, underWay } = setUp();
  for (let index = 0; index < 6; index++) add(`cold-${index}`);
  add('hot', true);
  await settle();
  t.same(emitted, ['hot']);
  await answer();
  t.same(emitted, ['hot', 'cold-0']);
  t.same(
    underWay.map(({ key }) => key),
    ['cold-1', 'cold-2', 'cold-3', 'cold-4'],
    'those that wait for the disk keep their order',
  );
});

t.test('the read of a tail that was removed counts until it ends', async (t) => {
  const { add, answer, pump, emitted, underWay } = setUp();
  for (let index = 0; index < 4; index++) pump.remove(add(`gone-${index}`));
  await settle();
  t.equal(underWay.length, 0, 'nobody wants them');
  const tails = [0, 1, 2, 3].map((index) => add(`orders-${index}`));
  await settle();
  for (const tail of tails) pump.remove(tail);
  add('next');
  await settle();
  t.equal(underWay.length, 4, 'they hold their memory');
  await answer();
  t.equal(underWay.at(-1)?.key, 'next');
  t.same(emitted, []);
  while (underWay.length > 0) await answer();
  t.same(emitted, ['next']);
});
