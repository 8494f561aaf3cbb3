import t from 'tap';
import { Producer } from '../../src/index.js';
import { fill, logReader, numbers, take, withCluster, withLog } from './text-consumer.js';

// One node of the bootstrap list takes everything, and passes it on.

t.test('one node forwards everything; when it dies the next one does', async (t) => {
  const cluster = await withCluster(t, 3);
  const partitions = cluster.createTopic('log', 3);
  cluster.forwards = true;
  const via = new Set<number>();
  cluster.fault = (_call, node) => {
    via.add(node.id);
    return undefined;
  };
  const producer = new Producer({ bootstrap: cluster.bootstrap, routing: 'bootstrap' });
  t.teardown(() => producer.close());
  for (const partition of [0, 1, 2]) await producer.send({ topic: 'log', partition, value: 'a' });
  t.same([...via], [0]);
  await cluster.node(0).stop();
  for (const partition of [0, 1, 2]) await producer.send({ topic: 'log', partition, value: 'b' });
  t.same([...via], [0, 1]);
  for (const partition of partitions) t.same(partition.values(), ['a', 'b']);
});

t.test('when it hangs and is fenced a producer goes to the next one', async (t) => {
  const cluster = await withCluster(t, 3);
  const [partition] = cluster.createTopic('log', 3);
  cluster.forwards = true;
  const producer = new Producer({ bootstrap: cluster.bootstrap, routing: 'bootstrap' });
  t.teardown(() => producer.close());
  await producer.send({ topic: 'log', partition: 0, value: 'a' });
  const first = cluster.node(0);
  first.hangs = true;
  const waiting = producer.send({ topic: 'log', partition: 0, value: 'b' });
  first.isFenced = true;
  cluster.moveLeader('log', 0, 1);
  await waiting;
  t.same(partition?.values(), ['a', 'b']);
});

t.test('where there is no other node a fenced one goes on forwarding', async (t) => {
  const cluster = await withCluster(t, 2);
  const [partition] = cluster.createTopic('log', 1);
  cluster.forwards = true;
  cluster.ackDelayMs = 20;
  let batches = 0;
  cluster.fault = () => {
    batches += 1;
    return undefined;
  };
  const [only = ''] = cluster.bootstrap;
  const producer = new Producer({ bootstrap: only, routing: 'bootstrap' });
  t.teardown(() => producer.close());
  cluster.node(0).isFenced = true;
  const values = ['a', 'b', 'c', 'd'];
  for (const value of values) {
    const sent = producer.send({ topic: 'log', partition: 0, value });
    cluster.moveLeader('log', 0, 1);
    await sent;
  }
  t.same(partition?.values(), values);
  t.equal(batches, values.length, 'none is sent twice');
});

t.test('and so does a consumer', async (t) => {
  const cluster = await withLog(t, 3);
  cluster.forwards = true;
  await fill(cluster, 'log', numbers(2));
  const consumer = await logReader(t, cluster, { routing: 'bootstrap' });
  t.same(await take(consumer, 2), numbers(2));
  const first = cluster.node(0);
  first.hangs = true;
  first.isFenced = true;
  cluster.moveLeader('log', 0, 1);
  const read = take(consumer, 1);
  await fill(cluster, 'log', ['2']);
  t.same(await read, ['2']);
});
