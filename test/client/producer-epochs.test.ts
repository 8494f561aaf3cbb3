import t from 'tap';
import type { Test } from 'tap';
import { VarveError } from '../../src/common/errors.js';
import { Producer } from '../../src/index.js';
import { batchBaseSequence, batchProducerEpoch } from '../../src/record/batch-header.js';
import { FakeCluster } from '../grpc/fake-broker.js';

// When a producer goes on in a new epoch (KIP-360), and when it would store a batch twice by that.

async function withCluster(t: Test, nodes: number): Promise<FakeCluster> {
  const cluster = await FakeCluster.start(nodes);
  t.teardown(() => cluster.close());
  return cluster;
}

t.test('what follows a batch that was given up goes in a new epoch: nobody has to be asked for it', async (t) => {
  const cluster = await withCluster(t, 1);
  const [partition] = cluster.createTopic('log', 1);
  // As a node does that waits for the failed batch to come again.
  cluster.fault = (call) => {
    if (batchProducerEpoch(call.batches, 0) > 0) return undefined;
    const isFirst = batchBaseSequence(call.batches, 0) === 0;
    return { refuse: new VarveError(isFirst ? 'NOT_ENOUGH_REPLICAS' : 'NOT_LEADER_OR_FOLLOWER') };
  };
  const producer = new Producer({ bootstrap: cluster.bootstrap, deliveryTimeoutMs: 200 });
  t.teardown(() => producer.close({ timeoutMs: 0 }));
  await t.rejects(producer.send({ topic: 'log', value: 'given up' }), { code: 'REQUEST_TIMED_OUT' });
  await producer.send({ topic: 'log', value: 'next' });
  t.same(partition?.values(), ['next']);
});

t.test('a node that misses what was acknowledged is no reason to send a batch in a new epoch', async (t) => {
  const cluster = await withCluster(t, 2);
  const [partition] = cluster.createTopic('log', 1);
  cluster.forwards = true;
  let misses = 3;
  cluster.fault = (call, node) => {
    if (!call.batches.includes('second')) return undefined;
    if (node.id === 0) return 'loseAnswer';
    // The other one hands on to a leader that was deposed before the first batch.
    return misses-- > 0 ? { refuse: new VarveError('OUT_OF_ORDER_SEQUENCE_NUMBER') } : undefined;
  };
  const producer = new Producer({ bootstrap: cluster.bootstrap, routing: 'bootstrap', requestTimeoutMs: 100 });
  t.teardown(() => producer.close({ timeoutMs: 0 }));
  await producer.send({ topic: 'log', value: 'first' });
  t.equal((await producer.send({ topic: 'log', value: 'second' })).offset, 1n);
  t.equal(misses, -1);
  t.same(partition?.values(), ['first', 'second'], 'nothing twice');
});

t.test('a topic that is made again under its name is no reason to wait: what was acknowledged is gone', async (t) => {
  const cluster = await withCluster(t, 1);
  cluster.createTopic('log', 1);
  const producer = new Producer({ bootstrap: cluster.bootstrap });
  t.teardown(() => producer.close({ timeoutMs: 0 }));
  await producer.send({ topic: 'log', value: 'first' });
  cluster.fault = () => ({ refuse: new VarveError('KAFKA_STORAGE_ERROR') });
  const sent = producer.send({ topic: 'log', value: 'second' });
  await new Promise((resolve) => cluster.clock.after(30, () => resolve(undefined)));
  cluster.deleteTopic('log');
  const [partition] = cluster.createTopic('log', 1);
  cluster.fault = () => undefined;
  t.equal((await sent).offset, 0n);
  t.same(partition?.values(), ['second']);
});
