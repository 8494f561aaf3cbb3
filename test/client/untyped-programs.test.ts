import { inspect } from 'node:util';
import t from 'tap';
import { Admin, Consumer, Producer, deserializers } from '../../src/index.js';
import { FakeCluster } from '../grpc/fake-broker.js';

// What a program without types may say: it hears of it at its own call, by a code, and its process goes on.

/** Anything in place of what the types ask for. */
function untyped<Type>(value: unknown): Type {
  return value as Type;
}

t.test('options: what is spelt wrong, left out or of another type is refused by name', async (t) => {
  for (const [make, what] of [
    [(options: never) => new Producer(options), 'producer'],
    [(options: never) => new Consumer(options), 'consumer'],
    [(options: never) => new Admin(options), 'client for administration'],
  ] as const) {
    const refused = (options: unknown, message: RegExp): void => {
      t.throws(() => make(untyped(options)), { code: 'INVALID_CONFIG', message }, `${what} ${inspect(options)}`);
    };
    refused(undefined, /takes an object of options/);
    refused({}, /bootstrap must be host:port, or a list of such, not undefined/);
    refused({ bootstrap: 9094 }, /bootstrap must be host:port, or a list of such, not 9094/);
    refused({ bootstrap: ['x:1', 7] }, /bootstrap must be/);
    refused(
      { bootstrap: 'x:1', transactionalId: 'a' },
      new RegExp(`A ${what} has no option 'transactionalId'. There are`),
    );
  }
  t.doesNotThrow(
    () => new Producer(untyped<{ bootstrap: string }>({ bootstrap: 'x:1', linger: undefined })),
    'nothing is asked for',
  );
});

t.test('topics, partitions and counts', async (t) => {
  const cluster = await FakeCluster.start(1);
  const { bootstrap } = cluster;
  cluster.createTopic('log', 2);
  const producer = new Producer({ bootstrap });
  const consumer = new Consumer({ bootstrap });
  const admin = new Admin({ bootstrap });
  t.teardown(async () => {
    await Promise.all([producer.close(), consumer.close(), admin.close()]);
    await cluster.close();
  });
  const noTopic = { code: 'INVALID_TOPIC_EXCEPTION' };
  for (const topic of [undefined, 5, '']) {
    await t.rejects(producer.send(untyped({ topic, value: 'x' })), noTopic);
    t.throws(() => producer.produce(untyped({ topic, value: 'x' })), noTopic);
    await t.rejects(producer.partitionCount(untyped(topic)), noTopic);
    await t.rejects(consumer.assign([untyped({ topic })]), noTopic);
  }
  const noPartition = { code: 'UNKNOWN_TOPIC_OR_PARTITION' };
  await t.rejects(producer.send(untyped({ topic: 'log', partition: '0', value: 'x' })), noPartition);
  await t.rejects(consumer.assign([untyped({ topic: 'log', partition: '0' })]), noPartition);
  for (const partitions of [0, 1.5, '3', -2]) {
    const spec = { name: 'new', partitions };
    await t.rejects(admin.createTopic(untyped(spec)), { code: 'INVALID_PARTITIONS' });
    await t.rejects(admin.createPartitions('log', untyped(partitions)), { code: 'INVALID_PARTITIONS' });
  }
  const noCount = { code: 'INVALID_PARTITIONS', message: 'totalCount is an integer of at least 1, not undefined.' };
  await t.rejects(admin.createPartitions('log', untyped(undefined)), noCount);
  await t.rejects(admin.createTopic({ name: 'new', replicationFactor: 0 }), { code: 'INVALID_REPLICATION_FACTOR' });
  const wrongTypes = [{ name: 5 }, { name: 'new', configs: { 'retention.ms': 5_000 } }];
  for (const spec of wrongTypes) {
    await t.rejects(admin.createTopic(untyped(spec)), { code: 'INVALID_REQUEST', message: /CreateTopics.*wrong type/ });
  }
  t.match(await producer.send({ topic: 'log', value: 'x' }), { topic: 'log' }, 'the process goes on');
});

t.test('a record shows what it holds', async (t) => {
  const cluster = await FakeCluster.start(1);
  const { bootstrap } = cluster;
  cluster.createTopic('log', 1);
  const producer = new Producer({ bootstrap });
  const consumer = new Consumer({ bootstrap, valueDeserializer: deserializers.string });
  t.teardown(async () => {
    await Promise.all([producer.close(), consumer.close()]);
    await cluster.close();
  });
  const headers = [{ key: 'of', value: 'it' }];
  await producer.send({ topic: 'log', key: 'k', value: 'all', timestamp: 5, headers });
  await consumer.assign([{ topic: 'log' }]);
  for await (const record of consumer) {
    t.equal(
      JSON.stringify(record),
      '{"topic":"log","partition":0,"offset":0,"timestamp":5,"key":"k","value":"all","headers":[{"key":"of","value":"it"}]}',
    );
    t.match(inspect(record), /offset: 0n,[^]*key: <Buffer 6b>,[^]*value: 'all'/);
    t.match(record.toObject(), { topic: 'log', partition: 0, offset: 0n, timestamp: 5, value: 'all' });
    break;
  }
});
