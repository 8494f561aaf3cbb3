import t from 'tap';
import type { Test } from 'tap';
import { Admin, Consumer, Producer, deserializers } from '../../src/index.js';
import { realClientPlatform } from '../../src/client/platform.js';
import { grpcDoor } from '../../src/grpc/grpc-node-door.js';
import { LocalCluster, until } from '../broker/local-cluster.js';

async function withCluster(t: Test): Promise<{ cluster: LocalCluster; bootstrap: string[] }> {
  const cluster = await LocalCluster.start(3, {}, [grpcDoor]);
  t.teardown(() => cluster.close());
  const bootstrap = [1, 2, 3].map((id) => {
    const address = cluster.node(id).address('GRPC');
    return `${address?.host}:${address?.port}`;
  });
  return { cluster, bootstrap };
}

const numbers = (count: number): string[] => Array.from({ length: count }, (_, index) => String(index));

t.test('three real nodes: everything acknowledged is read once, in order, through a clean stop of each', async (t) => {
  const { cluster, bootstrap } = await withCluster(t);
  const admin = new Admin({ bootstrap });
  t.teardown(() => admin.close());
  const created = await admin.createTopic({ name: 'log', partitions: 3 });
  t.equal(created.replicationFactor, 3);
  await t.rejects(admin.createTopic({ name: 'log' }), { code: 'TOPIC_ALREADY_EXISTS' });
  t.same(await admin.listTopics(), ['log']);

  const consumer = new Consumer<string | null, string | null>({
    bootstrap,
    keyDeserializer: deserializers.string,
    valueDeserializer: deserializers.string,
  });
  t.teardown(() => consumer.close());
  await consumer.assign([{ topic: 'log' }]);
  const total = 1500;
  const read = [0, 1, 2].map((): string[] => []);
  const reading = (async () => {
    let count = 0;
    for await (const record of consumer) {
      read[record.partition]?.push(record.value ?? '');
      count += 1;
      if (count === total) return;
    }
  })();

  const producer = new Producer({ bootstrap });
  t.teardown(() => producer.close());
  const sent: Promise<unknown>[] = [];
  for (const value of numbers(total)) {
    sent.push(producer.send({ topic: 'log', partition: Number(value) % 3, value }));
    if (Number(value) % 100 === 99) await Promise.all(sent);
    if (value === '500') await cluster.stopNode(2);
    if (value === '1000') await cluster.startNode(2);
  }
  await Promise.all(sent);
  await reading;
  for (const partition of [0, 1, 2]) {
    t.same(
      read[partition],
      numbers(total).filter((value) => Number(value) % 3 === partition),
    );
  }
  t.same(cluster.failures, []);
});

for (const routing of ['leader', 'bootstrap'] as const) {
  t.test(`${routing}: a first batch that is too large is stored before what was sent behind it`, async (t) => {
    const { bootstrap } = await withCluster(t);
    const admin = new Admin({ bootstrap });
    t.teardown(() => admin.close());
    await admin.createTopic({ name: 'log', partitions: 1, configs: { 'max.message.bytes': '20000' } });
    // A log that has lost records at its start takes any sequence from a producer that it does not know.
    const older = new Producer({ bootstrap });
    t.teardown(() => older.close());
    await older.send({ topic: 'log', value: 'old' });
    await admin.deleteRecords([{ topic: 'log', partition: 0, beforeOffset: -1n }]);

    const producer = new Producer({ bootstrap, routing, batchSizeBytes: 30_000 });
    t.teardown(() => producer.close());
    await producer.partitionCount('log');
    const values = numbers(40).map((number) => number.padEnd(1_000, '.'));
    const sent = await Promise.all(values.map((value) => producer.send({ topic: 'log', value })));
    t.same(
      sent.map(({ offset }) => Number(offset)),
      values.map((_, index) => index + 1),
    );
  });
}

t.test('all records deleted, then another leader: a reader at the end goes on (KIP-320)', async (t) => {
  const { cluster, bootstrap } = await withCluster(t);
  const admin = new Admin({ bootstrap });
  t.teardown(() => admin.close());
  await admin.createTopic({ name: 'log', partitions: 1 });
  const producer = new Producer({ bootstrap });
  t.teardown(() => producer.close());
  const consumer = new Consumer<Buffer | null, string | null>({ bootstrap, valueDeserializer: deserializers.string });
  t.teardown(() => consumer.close());
  await consumer.assign([{ topic: 'log' }]);
  const records = consumer.records();
  for (const value of numbers(10)) await producer.send({ topic: 'log', value });
  for (const value of numbers(10)) t.equal((await records.next()).value?.value, value);
  // As retention does: on each replica by itself, once it knows that all is committed.
  for (const id of [1, 2, 3]) {
    const replica = cluster.node(id).replicas.replica('log', 0);
    await until('the follower knows the end', () => replica?.highWatermark === 10);
    replica?.log.deleteRecordsBefore(10);
  }
  const leader = (await admin.describeTopics(['log']))[0]?.partitions[0]?.leader ?? -1;
  const next = records.next();
  await cluster.stopNode(leader);
  await producer.send({ topic: 'log', value: 'after' });
  const { value: record } = await next;
  t.equal(record?.value, 'after');
  t.equal(record?.offset, 10n, 'nothing was given up: no record is missing to the reader');
  t.same(cluster.failures, []);
});

t.test('one node reads for a client from all leaders; when it stops, the next one goes on', async (t) => {
  const { cluster, bootstrap } = await withCluster(t);
  const admin = new Admin({ bootstrap });
  t.teardown(() => admin.close());
  await admin.createTopic({ name: 'log', partitions: 6 });
  const leaders = new Set((await admin.describeTopics(['log']))[0]?.partitions.map(({ leader }) => leader));
  t.ok(leaders.size > 1, 'several nodes lead');
  const producer = new Producer({ bootstrap });
  t.teardown(() => producer.close());
  const platform = realClientPlatform();
  const { transport } = platform;
  const readFrom: string[] = [];
  const consumer = new Consumer<Buffer | null, string | null>({
    bootstrap,
    routing: 'bootstrap',
    valueDeserializer: deserializers.string,
    platform: {
      ...platform,
      transport: {
        serveRpc: (options) => transport.serveRpc(options),
        serveBytes: (options) => transport.serveBytes(options),
        connectBytes: (options) => transport.connectBytes(options),
        connectRpc: (target) => {
          const client = transport.connectRpc(target);
          return {
            unary: (...call) => client.unary(...call),
            stream: (method, options) => {
              if (method === '/varve.v1.Varve/Consume') readFrom.push(`${target.host}:${target.port}`);
              return client.stream(method, options);
            },
            close: () => client.close(),
          };
        },
      },
    },
  });
  t.teardown(() => consumer.close());
  await consumer.assign([{ topic: 'log' }]);
  const read = Array.from({ length: 6 }, (): string[] => []);
  const records = consumer.records();
  for (const [first, stops] of [
    [0, false],
    [60, true],
  ] as const) {
    if (stops) await cluster.stopNode(1);
    for (const value of numbers(60)) {
      await producer.send({ topic: 'log', partition: Number(value) % 6, value: String(first + Number(value)) });
    }
    for (let count = 0; count < 60; count += 1) {
      const { value: record } = await records.next();
      read[record?.partition ?? 0]?.push(record?.value ?? '');
    }
  }
  for (const [partition, values] of read.entries()) {
    t.same(
      values,
      numbers(120).filter((value) => Number(value) % 6 === partition),
    );
  }
  t.same(new Set(readFrom), new Set(bootstrap.slice(0, 2)));
  t.same(cluster.failures, []);
});
