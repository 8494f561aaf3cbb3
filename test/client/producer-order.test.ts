import t from 'tap';
import { Producer } from '../../src/index.js';
import type { ClientPlatform } from '../../src/client/platform.js';
import { realClientPlatform } from '../../src/client/platform.js';
import type { RpcClient, RpcStream, Transport } from '../../src/platform/transport.js';
import { until } from '../broker/local-cluster.js';
import { FakeCluster } from '../grpc/fake-broker.js';

// Records are stored in the order of the calls, also of those that were given before their topic was known.

/** The real platform, which calls `onNews` in the turn of each message of a metadata watch; Metadata is never answered. */
function newsOfMetadata(onNews: () => void): ClientPlatform {
  const platform = realClientPlatform();
  const watched = (stream: RpcStream): RpcStream =>
    new Proxy(stream, {
      get: (target, name: keyof RpcStream) => {
        if (name === 'queuedBytes') return target.queuedBytes;
        if (name !== 'onMessage') return target[name].bind(target);
        return (listener: (message: Buffer) => void) =>
          target.onMessage((message) => {
            listener(message);
            onNews();
          });
      },
    });
  const wrap = (client: RpcClient): RpcClient => ({
    unary: (method, request, options) =>
      method.endsWith('/Metadata') ? new Promise(() => {}) : client.unary(method, request, options),
    close: () => client.close(),
    stream: (method, options) => {
      const stream = client.stream(method, options);
      return method.endsWith('/WatchMetadata') ? watched(stream) : stream;
    },
  });
  const transport = new Proxy(platform.transport, {
    get: (target, name: keyof Transport) =>
      name === 'connectRpc'
        ? (options: Parameters<Transport['connectRpc']>[0]) => wrap(target.connectRpc(options))
        : target[name].bind(target),
  });
  return { ...platform, transport };
}

t.test('what is sent in the turn in which a topic becomes known goes behind what was sent before', async (t) => {
  const cluster = await FakeCluster.start(1);
  t.teardown(() => cluster.close());
  const [partition] = cluster.createTopic('log', 1);
  const sent: Promise<unknown>[] = [];
  let isFirst = true;
  const platform = newsOfMetadata(() => {
    if (!isFirst) return;
    isFirst = false;
    // An answer of another topic, say, in the same bytes of the socket: its promise goes on before those of the metadata.
    void Promise.resolve().then(() => sent.push(producer.send({ topic: 'log', value: 'second' })));
  });
  const producer = new Producer({ bootstrap: cluster.bootstrap, platform });
  t.teardown(() => producer.close({ timeoutMs: 0 }));
  await producer.send({ topic: 'log', value: 'first' });
  await Promise.all(sent);
  t.same(partition?.values(), ['first', 'second']);
});

t.test('what a callback sends goes behind what waits for the topic', async (t) => {
  const cluster = await FakeCluster.start(1);
  t.teardown(() => cluster.close());
  const [partition] = cluster.createTopic('log', 1);
  const producer = new Producer({ bootstrap: cluster.bootstrap });
  t.teardown(() => producer.close({ timeoutMs: 0 }));
  producer.produce({ topic: 'log', partition: 7, value: '' }, () =>
    producer.produce({ topic: 'log', value: 'second' }),
  );
  producer.produce({ topic: 'log', value: 'first' });
  await producer.flush();
  t.same(partition?.values(), ['first', 'second']);
});

t.test(
  'a callback that sends again what is refused at once holds nothing up, and goes behind what waits',
  async (t) => {
    const cluster = await FakeCluster.start(1);
    t.teardown(() => cluster.close());
    const [partition] = cluster.createTopic('log', 1);
    const producer = new Producer({ bootstrap: cluster.bootstrap });
    t.teardown(() => producer.close({ timeoutMs: 0 }));
    let refusals = 0;
    let flushed: Promise<void> | undefined;
    const again = (): void => {
      producer.produce({ topic: 'log', partition: 7, value: '' }, () => {
        refusals += 1;
        if (refusals === 100_000) throw new Error('they go round and round');
        if (refusals === 1) flushed = producer.flush();
        if (refusals === 3) producer.produce({ topic: 'log', value: 'third' });
        if (partition?.nextOffset !== 3) again();
      });
    };
    again();
    for (const value of ['first', 'second']) producer.produce({ topic: 'log', value });
    await producer.flush();
    await flushed;
    t.same(partition?.values().slice(0, 2), ['first', 'second'], 'what was sent before a flush is stored after it');
    await until('all is stored', () => partition?.nextOffset === 3);
    await producer.flush();
    t.same(partition?.values(), ['first', 'second', 'third']);
    t.ok(refusals < 100_000, `${refusals} refusals`);
  },
);

t.test(
  'a record that waits for room while its topic is not there goes to the one that is made meanwhile',
  async (t) => {
    const cluster = await FakeCluster.start(1);
    t.teardown(() => cluster.close());
    const producer = new Producer({ bootstrap: cluster.bootstrap, bufferMemoryBytes: 1_000 });
    t.teardown(() => producer.close({ timeoutMs: 0 }));
    const heard: (string | undefined)[] = [];
    producer.produce({ topic: 'log', value: 'x'.repeat(1_000) }, (error) => {
      heard.push(error?.code);
      cluster.createTopic('log', 1);
    });
    t.equal((await producer.send({ topic: 'log', value: 'waits' })).offset, 0n);
    t.same(heard, ['UNKNOWN_TOPIC_OR_PARTITION']);
  },
);
