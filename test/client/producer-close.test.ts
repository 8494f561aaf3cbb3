import t from 'tap';
import { Producer } from '../../src/index.js';
import { FakeCluster } from '../grpc/fake-broker.js';

t.test('close tells of records that never had a place, also where nobody listens for each', async (t) => {
  const producer = new Producer({ bootstrap: '127.0.0.1:1' });
  const heard: string[] = [];
  producer.produce({ topic: 'log', value: 'x' });
  producer.produce({ topic: 'log', value: 'y' }, (error) => heard.push(error?.code ?? 'stored'));
  await t.rejects(producer.close({ timeoutMs: 50 }), { code: 'NETWORK_EXCEPTION' });
  t.same(heard, ['NETWORK_EXCEPTION']);
});

t.test('acks 0: close waits until the node has what was sent', async (t) => {
  const cluster = await FakeCluster.start(1);
  t.teardown(() => cluster.close());
  const [partition] = cluster.createTopic('log', 1);
  const producer = new Producer({ bootstrap: cluster.bootstrap, acks: 0 });
  await producer.partitionCount('log');
  const value = Buffer.alloc(100_000);
  for (let index = 0; index < 200; index += 1) producer.produce({ topic: 'log', value });
  await producer.close();
  t.equal(partition?.nextOffset, 200, 'all 20 MB of it');
});
