import t from 'tap';
import type { RpcStream } from '../../src/platform/transport.js';
import { ALLOWED_BYTES, MIB, WatchedNode, consume } from './watched-node.js';

t.test('consumers that stop reading cost a node less than 32 MiB', async (t) => {
  const node = await WatchedNode.start(t);
  await node.greatestBytes();
  const before = await node.greatestBytes();
  let taken = 0;
  const readers: RpcStream[] = [];
  for (let i = 0; i < 3; i++) {
    const stream = consume(await node.connect());
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
