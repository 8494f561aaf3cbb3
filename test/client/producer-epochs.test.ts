import t from 'tap';
import type { Test } from 'tap';
import { VarveError } from '../../src/common/errors.js';
import type { ClientPlatform } from '../../src/client/platform.js';
import { realClientPlatform } from '../../src/client/platform.js';
import { Producer } from '../../src/index.js';
import type { Timer } from '../../src/platform/clock.js';
import { batchBaseSequence, batchProducerEpoch, batchProducerId } from '../../src/record/batch-header.js';
import { until } from '../broker/local-cluster.js';
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

t.test('where one partition uses up the epochs of a producer id, no other one sends without a number', async (t) => {
  const cluster = await withCluster(t, 1);
  cluster.createTopic('log', 2);
  const numbers: number[] = [];
  cluster.fault = (call) => {
    numbers.push(batchProducerId(call.batches, 0));
    return call.batches.includes('given up') ? { refuse: new VarveError('NOT_ENOUGH_REPLICAS') } : undefined;
  };
  const node = cluster.node(0);
  const last = 32_766;
  let nextId = 1;
  node.initProducerId = async () => ({ producerId: nextId++, producerEpoch: last });
  const producer = new Producer({ bootstrap: cluster.bootstrap, deliveryTimeoutMs: 200 });
  t.teardown(() => producer.close({ timeoutMs: 0 }));
  await t.rejects(producer.send({ topic: 'log', partition: 0, value: 'given up' }), { code: 'REQUEST_TIMED_OUT' });
  numbers.length = 0;
  await Promise.all([0, 1].map((partition) => producer.send({ topic: 'log', partition, value: 'next' })));
  t.same(numbers, [2, 2], 'both wait for the next id');
});

t.test('a producer that is refused an id does not ask on for nobody', async (t) => {
  const cluster = await withCluster(t, 1);
  const [partition] = cluster.createTopic('log', 1);
  const node = cluster.node(0);
  const give = node.initProducerId.bind(node);
  let asked = 0;
  node.initProducerId = async () => {
    asked += 1;
    throw new VarveError('CLUSTER_AUTHORIZATION_FAILED');
  };
  const producer = new Producer({ bootstrap: cluster.bootstrap, retryBackoffMs: 5 });
  t.teardown(() => producer.close({ timeoutMs: 0 }));
  const refused = { code: 'CLUSTER_AUTHORIZATION_FAILED' };
  await t.rejects(producer.send({ topic: 'log', value: 'a' }), refused);
  await t.rejects(producer.send({ topic: 'log', value: 'b' }), refused);
  await new Promise((resolve) => cluster.clock.after(200, () => resolve(undefined)));
  t.equal(asked, 2, 'once for each record');
  node.initProducerId = give;
  await producer.send({ topic: 'log', value: 'c' });
  t.same(partition?.values(), ['c']);
});

t.test('no timer outlives a producer', async (t) => {
  const cluster = await withCluster(t, 1);
  cluster.createTopic('log', 1);
  const node = cluster.node(0);
  const give = node.initProducerId.bind(node);
  for (const refuse of ['id', 'batch']) {
    const isForId = refuse === 'id';
    node.initProducerId = isForId ? async () => Promise.reject(new VarveError('THROTTLING_QUOTA_EXCEEDED')) : give;
    let refusals = 0;
    cluster.fault = () => {
      refusals += 1;
      return { refuse: new VarveError('NOT_ENOUGH_REPLICAS') };
    };
    const timers = new Map<Timer, number>();
    const platform = watched(timers);
    const backoff = { retryBackoffMs: 60_000, retryBackoffMaxMs: 60_000 };
    const producer = new Producer({ bootstrap: cluster.bootstrap, platform, ...backoff });
    const sent = producer.send({ topic: 'log', value: 'a' });
    sent.catch(() => {});
    const isWaiting = (): boolean => [...timers.values()].includes(60_000) && (isForId || refusals > 0);
    await until(`it waits to be given its ${refuse}`, isWaiting);
    await producer.close({ timeoutMs: 0 });
    await t.rejects(sent);
    t.same([...timers.values()], [], `a ${refuse} that was refused`);
  }
});

/** The real platform; `timers` has those that have neither fired nor been cancelled, with their delays. */
function watched(timers: Map<Timer, number>): ClientPlatform {
  const platform = realClientPlatform();
  const { clock } = platform;
  const after: typeof clock.after = (delayMs, callback) => {
    const timer = clock.after(delayMs, () => {
      timers.delete(one);
      callback();
    });
    const one: Timer = {
      cancel: () => {
        timers.delete(one);
        timer.cancel();
      },
    };
    timers.set(one, Math.round(delayMs));
    return one;
  };
  return {
    ...platform,
    clock: {
      after,
      monotonicMs: () => clock.monotonicMs(),
      wallMs: () => clock.wallMs(),
      defer: (work) => clock.defer(work),
      atEndOfTurn: (work) => clock.atEndOfTurn(work),
      takeLatenessMs: () => clock.takeLatenessMs(),
    },
  };
}
