import t from 'tap';
import type { RpcStream } from '../../src/platform/transport.js';
import { ALLOWED_BYTES, MIB, WatchedNode } from './watched-node.js';
import type { WatchedOptions } from './watched-node.js';

const CASES: readonly (readonly [name: string, options: WatchedOptions])[] = [
  ['of whole batches', { reading: 'batches' }],
  ['of decoded records', { reading: 'records' }],
  ['of decoded records, through a node that forwards', { reading: 'records', forwards: true }],
];

const READERS = 3;
/**
 * What all of them may hold: each far less than the 32 MiB that one may. What is resident tells nothing of it: memory that reading at
 * full speed has taken is used again, or was given back to the system.
 */
const HELD_BYTES = READERS * (ALLOWED_BYTES * 0.6);
/** By then what a collection frees is free. */
const SETTLED_MS = 5_000;

interface Readers {
  taken: number;
  readonly streams: RpcStream[];
}

/** They take one message, and no more. */
async function stuckReaders(node: WatchedNode): Promise<Readers> {
  const readers: Readers = { taken: 0, streams: [] };
  for (let i = 0; i < READERS; i++) {
    const stream = node.consume(await node.connect());
    stream.onMessage((bytes) => {
      readers.taken += bytes.length;
      stream.pause();
    });
    stream.onClose(() => {});
    readers.streams.push(stream);
  }
  return readers;
}

/** What the node holds beyond `before` while others go on writing; what is held counts some garbage until it is collected. */
async function heldMore(node: WatchedNode, before: number, allowed: number): Promise<number> {
  await node.greatestBytes();
  let held = Infinity;
  for (const deadline = Date.now() + SETTLED_MS; held >= allowed && Date.now() < deadline;) {
    held = (await node.retainedBytes()) - before;
  }
  return held;
}

for (const [name, options] of CASES) {
  t.test(`consumers ${name} that stop reading cost a node less than 32 MiB each`, async (t) => {
    const node = await WatchedNode.start(t, options);
    await node.greatestBytes();
    const before = await node.retainedBytes();
    const readers = await stuckReaders(node);
    const held = await heldMore(node, before, HELD_BYTES);
    t.ok(
      readers.taken > 0 && readers.taken < 48 * MIB,
      `the readers have taken ${readers.taken} bytes and stand still`,
    );
    t.ok(held < HELD_BYTES, `the node holds ${(held / MIB).toFixed(1)} MiB for ${READERS} of them`);
    t.comment(`${(held / MIB).toFixed(1)} MiB`);
    for (const stream of readers.streams) stream.cancel();
    await node.readAll();
  });
}

t.test('consumers of a hundred partitions each that stop reading hold no more of a node', async (t) => {
  const node = await WatchedNode.start(t, { partitions: 100 });
  const before = await node.retainedBytes();
  const readers = await stuckReaders(node);
  const held = await heldMore(node, before, ALLOWED_BYTES);
  t.ok(held < ALLOWED_BYTES, `the node holds ${(held / MIB).toFixed(1)} MiB`);
  for (const stream of readers.streams) stream.cancel();
  await node.readAll();
});
