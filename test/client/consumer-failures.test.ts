import t from 'tap';
import type { Test } from 'tap';
import { realClientPlatform } from '../../src/client/platform.js';
import { defined } from '../../src/common/assert.js';
import { VarveError } from '../../src/common/errors.js';
import type { RpcStream, Transport } from '../../src/platform/transport.js';
import { until } from '../broker/local-cluster.js';
import type { FakeCluster } from '../grpc/fake-broker.js';
import { AdvancingClock } from './advancing-clock.js';
import { fill, logReader, numbers, take, textConsumer, withLog } from './text-consumer.js';

// What a partition fails with: how long a consumer bears it, when it tells of it, and how it goes on after that.

/** Above half of the patience, and far below all of it: what a slow machine adds makes no difference. */
const HALF_OF_PATIENCE_MS = 3_000;
const PATIENCE_MS = 5_000;

interface Damage {
  readonly cluster: FakeCluster;
  readonly clock: AdvancingClock;
  /** How often the damaged partition was asked for. */
  asked: number;
  /** Waits until the consumer has heard of the damage twice more. */
  readonly heardAgain: () => Promise<void>;
  readonly flip: () => void;
}

/** A topic `log` of three records in one batch, which is damaged. */
async function damagedLog(t: Test): Promise<Damage> {
  const cluster = await withLog(t, 1);
  await fill(cluster, 'log', numbers(3));
  const { stored } = cluster.partition('log', 0);
  const bytes = defined(stored[0], 'a batch').bytes;
  const flip = (): void => void (bytes[70] = (bytes[70] ?? 0) ^ 1);
  flip();
  const node = cluster.node(0);
  const chunk = node.chunk.bind(node);
  const damage: Damage = {
    cluster,
    clock: new AdvancingClock(),
    asked: 0,
    flip,
    heardAgain: async () => {
      // Of the two before it the third question tells that they were answered.
      const least = damage.asked + 3;
      await until('it is asked for again', () => damage.asked >= least);
    },
  };
  node.chunk = (position, maxBytes) => {
    if (position.offset < 3) damage.asked += 1;
    return chunk(position, maxBytes);
  };
  return damage;
}

function platformOf({ clock }: Damage) {
  return { platform: { ...realClientPlatform(), clock } };
}

t.test('an error that was told is over by itself once its cause is: no seek is needed', async (t) => {
  const damage = await damagedLog(t);
  const consumer = await logReader(t, damage.cluster, platformOf(damage));
  await damage.heardAgain();
  damage.clock.advance(PATIENCE_MS);
  await t.rejects(take(consumer, 1), { code: 'CORRUPT_MESSAGE' });
  damage.flip();
  t.same(await take(consumer, 3), numbers(3));
});

t.test('an error that was told and still holds is told again soon, with no other patience', async (t) => {
  const damage = await damagedLog(t);
  const consumer = await logReader(t, damage.cluster, platformOf(damage));
  await damage.heardAgain();
  damage.clock.advance(PATIENCE_MS);
  await t.rejects(take(consumer, 1), { code: 'CORRUPT_MESSAGE' });
  for (let time = 0; time < 2; time++) {
    const startMs = damage.clock.monotonicMs();
    const told = t.rejects(take(consumer, 1), { code: 'CORRUPT_MESSAGE' });
    await damage.heardAgain();
    damage.clock.advance(1_000);
    await told;
    t.ok(damage.clock.monotonicMs() - startMs < PATIENCE_MS, 'sooner than the first time');
  }
  damage.flip();
  t.same(await take(consumer, 1), ['0']);
  damage.flip();
  // What was received along with it is asked for again.
  consumer.pause();
  consumer.resume();
  const last = take(consumer, 2);
  await damage.heardAgain();
  damage.clock.advance(HALF_OF_PATIENCE_MS);
  await damage.heardAgain();
  damage.flip();
  t.same(await last, ['1', '2'], 'once it was read, it is borne as long as the first time');
});

for (const [how, anew] of [
  ['a seek', async (consumer) => consumer.seek('log', 0, 0)],
  ['another assignment', async (consumer) => consumer.assign([{ topic: 'log' }])],
] as readonly [string, (consumer: Awaited<ReturnType<typeof logReader>>) => Promise<void>][]) {
  t.test(`patience with an error begins anew with ${how}`, async (t) => {
    const damage = await damagedLog(t);
    const consumer = await logReader(t, damage.cluster, platformOf(damage));
    await damage.heardAgain();
    damage.clock.advance(HALF_OF_PATIENCE_MS);
    await anew(consumer);
    const read = take(consumer, 3);
    await damage.heardAgain();
    damage.clock.advance(HALF_OF_PATIENCE_MS);
    await damage.heardAgain();
    damage.flip();
    t.same(await read, numbers(3), 'what was borne before does not count');
  });
}

t.test('after a seek an iteration is told of what is wrong there, not of what was wrong before', async (t) => {
  const cluster = await withLog(t, 1, 2);
  const node = cluster.node(0);
  const chunk = node.chunk.bind(node);
  const asked = new Set<number>();
  node.chunk = (position, maxBytes) => {
    asked.add(position.offset);
    return chunk(position, maxBytes);
  };
  const consumer = textConsumer(t, cluster);
  await consumer.assign([
    { topic: 'log', partition: 0, from: 1_000 },
    { topic: 'log', partition: 1 },
  ]);
  /** What is answered on the stream after the failure shows that this was heard. */
  const failed = async (offset: number): Promise<void> => {
    await until(`offset ${offset} is asked for`, () => asked.has(offset));
    const end = cluster.partition('log', 1).nextOffset + 1;
    await fill(cluster, 'log', ['x'], 1);
    await until('what came after it is there', () => consumer.lag('log', 1) === BigInt(end));
  };
  await failed(1_000);
  consumer.seek('log', 0, 2_000);
  await failed(2_000);
  consumer.pause([{ topic: 'log', partition: 1 }]);
  await t.rejects(take(consumer, 1), { code: 'OFFSET_OUT_OF_RANGE', message: /^Offset 2000 / });
});

t.test('a node that goes away and comes back is read on, without a word', async (t) => {
  const cluster = await withLog(t, 1);
  await fill(cluster, 'log', numbers(3));
  const consumer = await logReader(t, cluster);
  const read = take(consumer, 5);
  await until('all is received', () => consumer.lag('log', 0) === 0n);
  const node = cluster.node(0);
  await node.stop();
  await node.listen();
  await fill(cluster, 'log', ['3', '4']);
  t.same(await read, numbers(5));
});

t.test('a stream that is ended in order is opened anew, without a word', async (t) => {
  const cluster = await withLog(t, 1);
  await fill(cluster, 'log', numbers(1));
  const platform = realClientPlatform();
  const ends: (() => void)[] = [];
  const transport: Transport = Object.create(platform.transport, {
    connectRpc: {
      value: (options: Parameters<Transport['connectRpc']>[0]) => {
        const client = platform.transport.connectRpc(options);
        const open = client.stream.bind(client);
        client.stream = (method, more) => {
          const stream = open(method, more);
          if (method === '/varve.v1.Varve/Consume') ends.push(endedInOrder(stream));
          return stream;
        };
        return client;
      },
    },
  }) as Transport;
  const consumer = await logReader(t, cluster, { platform: { ...platform, transport } });
  t.same(await take(consumer, 1), ['0']);
  const next = take(consumer, 1);
  defined(ends[0], 'the consumer has a stream')();
  await fill(cluster, 'log', ['1']);
  t.same(await next, ['1']);
  t.equal(ends.length, 2, 'on another stream');
});

/** A way to have the stream end as if the node, or what stands between, had ended it in order. */
function endedInOrder(stream: RpcStream): () => void {
  const onClose = stream.onClose.bind(stream);
  let end = (): void => {};
  stream.onClose = (listener) => {
    end = () => {
      listener(undefined);
      stream.cancel();
    };
    onClose(listener);
  };
  return () => end();
}

t.test('a stream that a node refuses for good is told, and the next iteration opens another one', async (t) => {
  const cluster = await withLog(t, 1);
  await fill(cluster, 'log', numbers(3));
  const node = cluster.node(0);
  const open = node.openConsume.bind(node);
  node.openConsume = () => {
    throw new VarveError('CLUSTER_AUTHORIZATION_FAILED', 'Not you.');
  };
  const consumer = await logReader(t, cluster);
  for (let time = 0; time < 2; time++) await t.rejects(take(consumer, 1), { code: 'CLUSTER_AUTHORIZATION_FAILED' });
  node.openConsume = open;
  t.same(await take(consumer, 3), numbers(3));
});
