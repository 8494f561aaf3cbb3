import t from 'tap';
import { Producer } from '../../src/index.js';
import { logReader, withLog } from './text-consumer.js';

t.test('sendAll takes no more once a record is refused', async (t) => {
  const cluster = await withLog(t, 1);
  const producer = new Producer({ bootstrap: cluster.bootstrap });
  t.teardown(() => producer.close());
  await producer.partitionCount('log');
  let taken = 0;
  function* endless(record: object): Generator<{ topic: string }> {
    for (; taken < 100_000; taken += 1) yield { topic: 'log', ...record };
    throw new Error('it takes and takes');
  }
  await t.rejects(producer.sendAll(endless({ partition: 7 })), { code: 'UNKNOWN_TOPIC_OR_PARTITION' });
  await t.rejects(producer.sendAll(endless({ timestamp: -5 })), { code: 'INVALID_TIMESTAMP' });
  t.ok(taken < 4, `${taken} were taken`);
});

t.test('buffers are the program’s own again after the call, also while a record waits', async (t) => {
  const cluster = await withLog(t, 1);
  const producer = new Producer({ bootstrap: cluster.bootstrap, bufferMemoryBytes: 200 });
  t.teardown(() => producer.close());
  const text = Buffer.alloc(100);
  const sent: Promise<unknown>[] = [];
  for (const each of ['topic', 'buffer', 'room']) {
    text.fill('.').write(each);
    sent.push(producer.send({ topic: 'log', key: text, value: text, headers: { h: text } }));
  }
  text.fill('!');
  await Promise.all(sent);
  const consumer = await logReader(t, cluster);
  for await (const { key, value, headers, offset } of consumer) {
    const wanted = (['topic', 'buffer', 'room'][Number(offset)] ?? '').padEnd(100, '.');
    t.same([key, value, String(headers[0]?.value)], [wanted, wanted, wanted]);
    if (offset === 2n) break;
  }
});
