import t from 'tap';
import { ReadStream } from '../../src/client/consumer/read-stream.js';
import { varve } from '../../src/protocol/varve.js';
import { ManualClock, settle } from '../replication/manual-clock.js';
import { streamPair } from '../replication/stream-pair.js';

t.test('very many seeks of one turn are the last word of each partition, in messages that a node takes', async (t) => {
  const clock = new ManualClock();
  const { client, server } = streamPair();
  const messages: varve.v1.IConsumePosition[][] = [];
  server.onMessage((bytes) => messages.push(varve.v1.ConsumeRequest.decode(bytes).positions));
  const events = { onRecords: () => {}, onClosed: () => {} };
  const stream = new ReadStream('node-1', client, clock, events, { isolation: 0, maxResponseBytes: 1 });
  for (let partition = 0; partition < 10_001; partition += 1) {
    stream.remove('log', partition);
    stream.set({ topic: 'log', partition, offset: 7, position_id: 2 });
  }
  stream.set({ topic: 'log', partition: 3, offset: 8, position_id: 3 });
  stream.remove('log', 4);
  await clock.advance(0);
  await settle();
  t.same(
    messages.map(({ length }) => length),
    [10_000, 1],
  );
  const seen = messages.flat();
  t.match(seen[2], { partition: 2, offset: 7, remove: false });
  t.match(seen[3], { partition: 3, offset: 8, position_id: 3 });
  t.match(seen[4], { partition: 4, remove: true });
});
