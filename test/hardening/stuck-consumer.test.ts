import t from 'tap';
import type { RpcStream } from '../../src/platform/transport.js';
import { ALLOWED_BYTES, MIB, WatchedNode } from './watched-node.js';
import type { WatchedOptions } from './watched-node.js';

const CASES: readonly (readonly [name: string, options: WatchedOptions])[] = [
  ['of whole batches', { reading: 'batches' }],
  ['of decoded records', { reading: 'records' }],
  ['of decoded records, through a node that forwards', { reading: 'records', forwards: true }],
];

/** By then what a collection frees is free. */
const SETTLED_MS = 5_000;

for (const [name, options] of CASES) {
  t.test(`consumers ${name} that stop reading cost a node less than 32 MiB`, async (t) => {
    const node = await WatchedNode.start(t, options);
    await node.greatestBytes();
    const before = await node.greatestBytes();
    let taken = 0;
    const readers: RpcStream[] = [];
    for (let i = 0; i < 3; i++) {
      const stream = node.consume(await node.connect());
      stream.onMessage((bytes) => {
        taken += bytes.length;
        stream.pause();
      });
      stream.onClose(() => {});
      readers.push(stream);
    }
    const grown = (await node.greatestBytes()) - before;
    t.comment(`${before} bytes resident before, ${grown} more then`);
    t.ok(taken > 0 && taken < 48 * MIB, `the readers have taken ${taken} bytes and stand still`);
    t.ok(grown < ALLOWED_BYTES, `the node has grown by ${(grown / MIB).toFixed(1)} MiB`);
    for (const reader of readers) reader.cancel();
    await node.readAll();
  });
}

t.test('consumers of a hundred partitions each that stop reading hold less than 32 MiB of a node', async (t) => {
  const node = await WatchedNode.start(t, { partitions: 100 });
  const before = await node.retainedBytes();
  const readers: RpcStream[] = [];
  for (let i = 0; i < 3; i++) {
    const stream = node.consume(await node.connect());
    stream.onMessage(() => stream.pause());
    stream.onClose(() => {});
    readers.push(stream);
  }
  await node.greatestBytes();
  // What is resident tells nothing here: memory that reading at full speed has taken is used again. And what is held counts
  // some garbage too, until a collection is through with it.
  let held = Infinity;
  for (const deadline = Date.now() + SETTLED_MS; held >= ALLOWED_BYTES && Date.now() < deadline;) {
    held = (await node.retainedBytes()) - before;
  }
  t.ok(held < ALLOWED_BYTES, `the node holds ${(held / MIB).toFixed(1)} MiB`);
  for (const reader of readers) reader.cancel();
  await node.readAll();
});
