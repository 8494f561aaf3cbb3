import t from 'tap';
import type { Test } from 'tap';
import { VarveError } from '../../src/common/errors.js';
import { Producer } from '../../src/index.js';
import type { ClientPlatform } from '../../src/client/platform.js';
import { realClientPlatform } from '../../src/client/platform.js';
import type { RpcClient, RpcConnectOptions, RpcStream } from '../../src/platform/transport.js';
import { TransportError } from '../../src/platform/transport.js';
import { silentLogger } from '../../src/platform/observe.js';
import { until } from '../broker/local-cluster.js';
import { FakeCluster } from '../grpc/fake-broker.js';

async function withCluster(t: Test, nodes: number): Promise<FakeCluster> {
  const cluster = await FakeCluster.start(nodes);
  t.teardown(() => cluster.close());
  return cluster;
}

/** The real platform; an answer on a Produce stream gives way to the stream's end where `end` gives an error. */
function endingProduceStreams(end: () => Error | undefined): ClientPlatform {
  const platform = realClientPlatform();
  const wrap = (client: RpcClient): RpcClient => ({
    unary: (method, request, options) => client.unary(method, request, options),
    close: () => client.close(),
    stream: (method, options) => {
      const stream = client.stream(method, options);
      if (method !== '/varve.v1.Varve/Produce') return stream;
      let close: (error: Error | undefined) => void = () => {};
      return new Proxy(stream, {
        get: (target, name: keyof RpcStream) => {
          if (name === 'queuedBytes') return target.queuedBytes;
          if (name === 'onClose') {
            return (listener: typeof close) => {
              close = listener;
              target.onClose(listener);
            };
          }
          if (name === 'onMessage') {
            return (listener: (message: Buffer) => void) => {
              target.onMessage((message) => {
                const error = end();
                if (error === undefined) listener(message);
                else {
                  close(error);
                  target.cancel();
                }
              });
            };
          }
          return target[name].bind(target);
        },
      });
    },
  });
  const { transport } = platform;
  return {
    ...platform,
    transport: new Proxy(transport, {
      get: (target, name: keyof typeof transport) =>
        name === 'connectRpc'
          ? (options: RpcConnectOptions) => wrap(target.connectRpc(options))
          : target[name].bind(target),
    }),
  };
}

const numbers = (count: number): string[] => Array.from({ length: count }, (_, index) => String(index));

t.test('send gives partition and offset; keys go where Kafka puts them', async (t) => {
  const cluster = await withCluster(t, 3);
  cluster.createTopic('orders', 6);
  const producer = new Producer({ bootstrap: cluster.bootstrap });
  t.teardown(() => producer.close());
  const first = await producer.send({ topic: 'orders', partition: 4, value: 'a', headers: { h: 'x' } });
  t.same(first, { topic: 'orders', partition: 4, offset: 0n, logAppendTimeMs: undefined });
  t.equal((await producer.send({ topic: 'orders', partition: 4, value: 'b' })).offset, 1n);
  // murmur2('foobar') = -790332482 in Kafka's own test (UtilsTest.testMurmur2).
  t.equal(
    (await producer.send({ topic: 'orders', key: 'foobar', value: 'c' })).partition,
    (-790332482 & 0x7fffffff) % 6,
  );
  t.same(cluster.partition('orders', 4).values(), ['a', 'b']);
});

t.test('records of one turn travel together, and in order', async (t) => {
  const cluster = await withCluster(t, 1);
  const [partition] = cluster.createTopic('log', 1);
  const producer = new Producer({ bootstrap: cluster.bootstrap });
  t.teardown(() => producer.close());
  await producer.partitionCount('log');
  const sent = await producer.sendAll(numbers(1000).map((value) => ({ topic: 'log', value })));
  t.same(
    sent.map((each) => Number(each.offset)),
    numbers(1000).map(Number),
  );
  t.same(partition?.values(), numbers(1000));
  t.ok((partition?.stored.length ?? 99) <= 2, 'in a batch or two');
});

t.test('each compression is stored so that a reader gets the same', async (t) => {
  const cluster = await withCluster(t, 1);
  for (const compression of ['gzip', 'snappy', 'lz4', 'zstd'] as const) {
    const [partition] = cluster.createTopic(compression, 1);
    const producer = new Producer({ bootstrap: cluster.bootstrap, compression });
    await producer.sendAll(numbers(100).map((value) => ({ topic: compression, value })));
    t.same(partition?.values(), numbers(100), compression);
    await producer.close();
  }
});

t.test('retriable refusals and lost answers: once each, in order', async (t) => {
  const cluster = await withCluster(t, 3);
  const partitions = cluster.createTopic('log', 3);
  let calls = 0;
  cluster.fault = () => {
    calls += 1;
    if (calls % 7 === 3) return { refuse: new VarveError('NOT_ENOUGH_REPLICAS') };
    if (calls % 11 === 5) return { refuse: new VarveError('NOT_LEADER_OR_FOLLOWER') };
    return undefined;
  };
  const producer = new Producer({ bootstrap: cluster.bootstrap, batchSizeBytes: 200 });
  t.teardown(() => producer.close());
  for (const value of numbers(600)) producer.produce({ topic: 'log', partition: Number(value) % 3, value });
  await producer.flush();
  for (const [index, partition] of partitions.entries()) {
    t.same(
      partition.values(),
      numbers(600).filter((value) => Number(value) % 3 === index),
    );
  }
  t.ok(calls > 50, `${calls} calls`);
});

t.test('a leader that dies with answers outstanding: the next one gets everything once', async (t) => {
  const cluster = await withCluster(t, 3);
  const [partition] = cluster.createTopic('log', 1);
  let killed = false;
  cluster.fault = (_call, node) => (node.id === 0 && killed ? 'loseAnswer' : undefined);
  const producer = new Producer({ bootstrap: cluster.bootstrap, batchSizeBytes: 500 });
  t.teardown(() => producer.close());
  await producer.send({ topic: 'log', value: 'first' });
  killed = true;
  const sent = producer.sendAll(numbers(300).map((value) => ({ topic: 'log', value })));
  await new Promise((resolve) => cluster.clock.after(50, () => resolve(undefined)));
  await cluster.node(0).stop();
  const startMs = cluster.clock.monotonicMs();
  cluster.moveLeader('log', 0, 1);
  t.equal((await sent).length, 300);
  t.ok(cluster.clock.monotonicMs() - startMs < 2_000, 'without waiting for a time-out');
  t.same(partition?.values(), ['first', ...numbers(300)]);
});

t.test('a leader that hangs: news from another node is enough', async (t) => {
  const cluster = await withCluster(t, 3);
  const [partition] = cluster.createTopic('log', 1);
  const producer = new Producer({ bootstrap: cluster.bootstrap });
  t.teardown(() => producer.close());
  await producer.send({ topic: 'log', value: 'first' });
  cluster.node(0).hangs = true;
  const sent = producer.send({ topic: 'log', value: 'second' });
  await new Promise((resolve) => cluster.clock.after(50, () => resolve(undefined)));
  const startMs = cluster.clock.monotonicMs();
  cluster.moveLeader('log', 0, 2);
  t.equal((await sent).offset, 1n);
  t.ok(cluster.clock.monotonicMs() - startMs < 1_000);
  t.same(partition?.values(), ['first', 'second']);
});

t.test('a node that cannot give producer ids just now is not the only one that is asked', async (t) => {
  const cluster = await withCluster(t, 2);
  const [partition] = cluster.createTopic('log', 1);
  cluster.node(0).initProducerId = () => Promise.reject(new VarveError('COORDINATOR_LOAD_IN_PROGRESS'));
  const producer = new Producer({ bootstrap: cluster.bootstrap });
  t.teardown(() => producer.close());
  await producer.send({ topic: 'log', value: 'first' });
  t.same(partition?.values(), ['first']);
});

t.test('a batch that is refused for good fails alone: the rest follows in a new epoch', async (t) => {
  const cluster = await withCluster(t, 1);
  const [partition] = cluster.createTopic('log', 1);
  let refused = false;
  cluster.fault = (call) => {
    if (refused || !call.batches.includes('poison')) return undefined;
    refused = true;
    return { refuse: new VarveError('INVALID_RECORD', 'no poison') };
  };
  const producer = new Producer({ bootstrap: cluster.bootstrap, batchSizeBytes: 100 });
  t.teardown(() => producer.close());
  const values = ['a', 'poison', 'b', 'c', 'd', 'e'];
  const results = await Promise.allSettled(values.map((value) => producer.send({ topic: 'log', value })));
  t.same(
    results.map((each) => each.status === 'fulfilled'),
    [true, false, true, true, true, true],
  );
  t.same(partition?.values(), ['a', 'b', 'c', 'd', 'e']);
});

t.test('a topic that takes only small batches: large ones are sent in parts', async (t) => {
  const cluster = await withCluster(t, 1);
  const [partition] = cluster.createTopic('log', 1);
  cluster.fault = (call) => (call.batches.length > 700 ? { refuse: new VarveError('MESSAGE_TOO_LARGE') } : undefined);
  for (const compression of ['none', 'gzip'] as const) {
    const producer = new Producer({ bootstrap: cluster.bootstrap, compression });
    await producer.partitionCount('log');
    const before = partition?.nextOffset ?? 0;
    const record = (value: string) => ({ topic: 'log', key: `key ${value}`, value: `${value}${'-'.repeat(20)}` });
    const sent = producer.sendAll(numbers(200).map(record));
    producer.produce({ ...record('heard of by nobody'), headers: { h: 'x' } });
    const large = producer.send({ topic: 'log', value: Array.from({ length: 2000 }, (_, at) => at * 7919).join() });
    await t.rejects(large, { code: 'MESSAGE_TOO_LARGE' }, 'one record alone cannot be parted');
    await producer.flush();
    t.same(
      (await sent).map((each) => Number(each.offset)),
      numbers(200).map((value) => before + Number(value)),
    );
    t.equal(partition?.nextOffset, before + 201);
    t.equal(producer.bufferedBytes, 0);
    await producer.close();
  }
});

t.test('a stream that ends as exhausted, with batches stored: each record once all the same', async (t) => {
  const cluster = await withCluster(t, 1);
  const [partition] = cluster.createTopic('log', 1);
  let ends = 0;
  const platform = endingProduceStreams(() => {
    ends += 1;
    return ends <= 2
      ? new TransportError('tooLarge', 'More than 1 bytes wait for a peer that reads nothing.')
      : undefined;
  });
  const producer = new Producer({ bootstrap: cluster.bootstrap, platform });
  t.teardown(() => producer.close());
  await producer.partitionCount('log');
  const sent = await producer.sendAll(numbers(100).map((value) => ({ topic: 'log', value })));
  t.ok(ends > 2);
  t.same(
    sent.map((each) => Number(each.offset)),
    numbers(100).map(Number),
  );
  t.same(partition?.values(), numbers(100));
});

t.test('a batch above what a node takes in one message is parted, a record above it fails by itself', async (t) => {
  const cluster = await withCluster(t, 1);
  const [partition] = cluster.createTopic('log', 1);
  const producer = new Producer({
    bootstrap: cluster.bootstrap,
    batchSizeBytes: 8 * 1024 * 1024,
    maxRequestBytes: 8 * 1024 * 1024,
    deliveryTimeoutMs: 20_000,
  });
  t.teardown(() => producer.close());
  await producer.partitionCount('log');
  const value = 'v'.repeat(10_000);
  const many = producer.sendAll(numbers(600).map((key) => ({ topic: 'log', key, value })));
  t.same(
    (await many).map((each) => Number(each.offset)),
    numbers(600).map(Number),
    '6 MB in parts that 4 MiB hold',
  );
  const large = producer.send({ topic: 'log', value: 'v'.repeat(5 * 1024 * 1024) });
  await t.rejects(large, { code: 'MESSAGE_TOO_LARGE', message: /4194304/ });
  t.equal((await producer.send({ topic: 'log', value: 'after' })).offset, 600n);
  t.equal(partition?.nextOffset, 601);
});

t.test('a batch that may be stored is not parted', async (t) => {
  const cluster = await withCluster(t, 1);
  const [partition] = cluster.createTopic('log', 1);
  let calls = 0;
  cluster.fault = () => {
    calls += 1;
    if (calls === 1) return 'loseAnswer';
    return calls === 2 ? { refuse: new VarveError('MESSAGE_TOO_LARGE') } : undefined;
  };
  const producer = new Producer({ bootstrap: cluster.bootstrap, requestTimeoutMs: 100 });
  t.teardown(() => producer.close());
  await producer.partitionCount('log');
  const sent = producer.sendAll(numbers(4).map((value) => ({ topic: 'log', value })));
  await t.rejects(sent, { code: 'MESSAGE_TOO_LARGE' });
  t.same(partition?.values(), numbers(4), 'nothing twice');
});

t.test('delivery.timeout.ms ends the retries', async (t) => {
  const cluster = await withCluster(t, 1);
  cluster.createTopic('log', 1);
  cluster.fault = () => ({ refuse: new VarveError('NOT_ENOUGH_REPLICAS') });
  const producer = new Producer({ bootstrap: cluster.bootstrap, deliveryTimeoutMs: 200 });
  t.teardown(() => producer.close());
  await t.rejects(producer.send({ topic: 'log', value: 'x' }), { name: 'VarveError' });
  producer.produce({ topic: 'log', value: 'y' });
  await t.rejects(producer.flush(), { name: 'VarveError' }, 'flush tells what nobody heard of');
  cluster.fault = () => undefined;
  t.equal((await producer.send({ topic: 'log', value: 'z' })).offset, 0n, 'and goes on');
});

t.test('a full buffer: produce says so, send waits, nothing is lost', async (t) => {
  const cluster = await withCluster(t, 1);
  const [partition] = cluster.createTopic('log', 1);
  cluster.ackDelayMs = 5;
  const producer = new Producer({ bootstrap: cluster.bootstrap, bufferMemoryBytes: 10_000 });
  t.teardown(() => producer.close());
  await producer.partitionCount('log');
  const value = 'v'.repeat(1000);
  let accepted = 0;
  while (producer.produce({ topic: 'log', value })) accepted += 1;
  t.ok(accepted >= 8 && accepted <= 10, `${accepted} records of 1 KB in 10 KB`);
  t.throws(() => producer.produce({ topic: 'log', value }), { code: 'THROTTLING_QUOTA_EXCEEDED' });
  const waiting = numbers(30).map(() => producer.send({ topic: 'log', value }));
  t.ok(producer.bufferedBytes < 12_000);
  await producer.ready();
  const offsets = (await Promise.all(waiting)).map((each) => Number(each.offset));
  t.same(
    offsets,
    [...offsets].sort((a, b) => a - b),
  );
  t.equal(partition?.values().length, accepted + 1 + 30);
});

t.test('callbacks and partitioners that throw hurt their own record alone', async (t) => {
  const cluster = await withCluster(t, 1);
  const [partition] = cluster.createTopic('log', 1);
  const complaints: string[] = [];
  const logger = { ...silentLogger, error: (_fields: object, message: string) => void complaints.push(message) };
  const producer = new Producer({
    bootstrap: cluster.bootstrap,
    logger,
    partitioner: (_topic, key) => {
      if (key === 'bad') throw new Error('no such key');
      return 0;
    },
  });
  t.teardown(() => producer.close());
  const heard: string[] = [];
  // Before the topic is known, so that the partitioner runs when nobody is there to catch.
  const bad = t.rejects(producer.send({ topic: 'log', key: 'bad', value: 'b' }), { message: /no such key/ });
  for (const value of ['x', 'y', 'z']) {
    producer.produce({ topic: 'log', key: 'good', value }, () => {
      heard.push(value);
      throw new Error('a mistake of the program');
    });
  }
  await bad;
  await producer.flush();
  t.same(heard, ['x', 'y', 'z']);
  t.equal(complaints.length, 3);
  t.same(partition?.values(), ['x', 'y', 'z']);
  t.equal(producer.bufferedBytes, 0);
  await t.rejects(producer.send({ topic: 'log', key: 'bad', value: 'c' }), { message: /no such key/ });
  const headers = { h: 5 as unknown as string };
  await t.rejects(producer.send({ topic: 'log', key: 'good', value: 'h', headers }), { code: 'INVALID_RECORD' });
  t.equal((await producer.send({ topic: 'log', key: 'good', value: 'after' })).offset, 3n);
});

t.test('flush waits neither for linger.ms nor for what comes later', async (t) => {
  const cluster = await withCluster(t, 1);
  cluster.createTopic('log', 1);
  const producer = new Producer({ bootstrap: cluster.bootstrap, lingerMs: 60_000 });
  t.teardown(() => producer.close());
  producer.produce({ topic: 'log', value: 'of a topic not known yet' });
  const flushed = producer.flush().then(() => 'flushed');
  let isOver = false;
  const later = (async () => {
    for (let index = 0; !isOver; index += 1) {
      // Each of a topic that nobody has: it waits for a second.
      producer.produce({ topic: `none-${index}`, value: 'x' }, () => {});
      await new Promise((resolve) => cluster.clock.after(20, () => resolve(undefined)));
    }
  })();
  const late = new Promise((resolve) => cluster.clock.after(5_000, () => resolve('late')));
  t.equal(await Promise.race([flushed, late]), 'flushed');
  isOver = true;
  await later;
});

t.test('what waits for room is bounded by its bytes; sendAll takes no more than there is room for', async (t) => {
  const cluster = await withCluster(t, 1);
  const [partition] = cluster.createTopic('log', 1);
  const producer = new Producer({ bootstrap: cluster.bootstrap, bufferMemoryBytes: 10_000 });
  t.teardown(() => producer.close());
  await producer.partitionCount('log');
  const value = 'v'.repeat(1000);
  const sent = Array.from({ length: 200 }, () => producer.send({ topic: 'log', value }));
  const results = await Promise.allSettled(sent);
  const refused = results.filter((each) => each.status === 'rejected');
  t.ok(refused.length > 130 && refused.length < 170, `${refused.length} of 200 were refused`);
  t.match(refused[0], { reason: { code: 'THROTTLING_QUOTA_EXCEEDED' } });
  const before = partition?.nextOffset ?? 0;
  let mostBytes = 0;
  function* many(): Generator<{ topic: string; value: string }> {
    for (let index = 0; index < 200; index += 1) {
      mostBytes = Math.max(mostBytes, producer.bufferedBytes);
      yield { topic: 'log', value };
    }
  }
  t.equal((await producer.sendAll(many())).length, 200);
  t.equal(partition?.nextOffset, before + 200);
  t.ok(mostBytes <= 12_000, `${mostBytes} bytes buffered`);
});

t.test('ready() resolves when produce() takes a record, and not while others wait for room', async (t) => {
  const cluster = await withCluster(t, 1);
  cluster.createTopic('log', 1);
  cluster.ackDelayMs = 2;
  const producer = new Producer({ bootstrap: cluster.bootstrap, bufferMemoryBytes: 10_000 });
  t.teardown(() => producer.close());
  await producer.partitionCount('log');
  const value = 'v'.repeat(1000);
  for (let round = 0; round < 20; round += 1) {
    const waiting = Array.from({ length: 30 }, () => producer.send({ topic: 'log', value }));
    // At three quarters of the buffer room is given; between that and the whole, others go first.
    await until('some are through', () => producer.bufferedBytes < 10_000);
    await producer.ready();
    t.doesNotThrow(() => producer.produce({ topic: 'log', value }));
    await Promise.all(waiting);
  }
});

t.test('a batch that stays damaged fails at delivery.timeout.ms, and says why', async (t) => {
  const cluster = await withCluster(t, 1);
  cluster.createTopic('log', 1);
  const refuse = new VarveError('CORRUPT_MESSAGE', 'The batch fails its CRC.');
  cluster.fault = () => ({ refuse });
  const producer = new Producer({ bootstrap: cluster.bootstrap, deliveryTimeoutMs: 1_500, requestTimeoutMs: 300 });
  t.teardown(() => producer.close({ timeoutMs: 0 }));
  await t.rejects(producer.send({ topic: 'log', value: 'x' }), {
    code: 'REQUEST_TIMED_OUT',
    message: /delivery\.timeout\.ms.*CORRUPT_MESSAGE: The batch fails its CRC/,
  });
});

t.test('an answer that comes after delivery.timeout.ms ends a batch as the time itself does', async (t) => {
  const cluster = await withCluster(t, 1);
  cluster.createTopic('log', 1);
  cluster.fault = () => ({ refuse: new VarveError('NOT_ENOUGH_REPLICAS') });
  cluster.ackDelayMs = 40;
  const producer = new Producer({ bootstrap: cluster.bootstrap, lingerMs: 0, deliveryTimeoutMs: 20 });
  t.teardown(() => producer.close({ timeoutMs: 0 }));
  await producer.partitionCount('log');
  const late = { code: 'REQUEST_TIMED_OUT', message: /delivery\.timeout\.ms/ };
  await t.rejects(producer.send({ topic: 'log', value: 'x' }), late);
});

t.test('bad calls are refused by name, with no effect', async (t) => {
  const cluster = await withCluster(t, 1);
  const [partition] = cluster.createTopic('log', 2);
  const producer = new Producer({ bootstrap: cluster.bootstrap });
  t.teardown(() => producer.close());
  await t.rejects(producer.send({ topic: 'nowhere', value: 'x' }), { code: 'UNKNOWN_TOPIC_OR_PARTITION' });
  await t.rejects(producer.send({ topic: 'log', partition: 2, value: 'x' }), { code: 'UNKNOWN_TOPIC_OR_PARTITION' });
  await t.rejects(producer.send({ topic: 'log', value: Buffer.alloc(2 ** 20) }), { code: 'MESSAGE_TOO_LARGE' });
  await t.rejects(producer.send({ topic: 'log', value: 5 as unknown as string }), { code: 'INVALID_RECORD' });
  for (const timestamp of [NaN, -2, 1.5, 2 ** 60]) {
    await t.rejects(producer.send({ topic: 'log', value: 'x', timestamp }), { code: 'INVALID_TIMESTAMP' });
  }
  t.equal(partition?.nextOffset, 0);
  t.throws(() => new Producer({ bootstrap: 'x:y' }), { code: 'INVALID_CONFIG' });
  t.throws(() => new Producer({ bootstrap: 'x:1', acks: 1, idempotent: true }), { code: 'INVALID_CONFIG' });
  t.throws(() => new Producer({ bootstrap: 'x:1', lingerMs: -1 }), { code: 'INVALID_CONFIG' });
  t.throws(() => new Producer({ bootstrap: 'x:1', lingerMs: 500, deliveryTimeoutMs: 200 }), { code: 'INVALID_CONFIG' });
});

t.test('acks 0 and routing through one node', async (t) => {
  const cluster = await withCluster(t, 2);
  const partitions = cluster.createTopic('log', 2);
  cluster.forwards = true;
  const producer = new Producer({ bootstrap: cluster.bootstrap, acks: 0, routing: 'bootstrap' });
  t.equal((await producer.send({ topic: 'log', partition: 1, value: 'x' })).offset, -1n);
  await producer.close();
  const deadlineMs = cluster.clock.monotonicMs() + 5_000;
  while (partitions[1]?.nextOffset === 0 && cluster.clock.monotonicMs() < deadlineMs) {
    await new Promise((resolve) => cluster.clock.after(5, () => resolve(undefined)));
  }
  t.same(partitions[1]?.values(), ['x']);
});

t.test('who waits for room does not wait for linger.ms', async (t) => {
  const cluster = await withCluster(t, 1);
  const [partition] = cluster.createTopic('log', 1);
  const producer = new Producer({ bootstrap: cluster.bootstrap, bufferMemoryBytes: 10_000, lingerMs: 60_000 });
  t.teardown(() => producer.close());
  await producer.partitionCount('log');
  const value = 'v'.repeat(1000);
  // The last of them lie in a batch that nobody waits for room behind.
  const sent = numbers(25).map(() => producer.send({ topic: 'log', value }));
  const first = Promise.all(sent.slice(0, 10)).then(() => 'sent');
  const late = new Promise((resolve) => cluster.clock.after(5_000, () => resolve('late')));
  t.equal(await Promise.race([first, late]), 'sent');
  const ready = producer.ready().then(() => 'ready');
  t.equal(await Promise.race([ready, late]), 'ready');
  await producer.flush();
  await Promise.all(sent);
  t.equal(partition?.values().length, 25);
});
