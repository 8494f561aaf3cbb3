import t from 'tap';
import type { Test } from 'tap';
import { grpcDoor } from '../../src/grpc/grpc-node-door.js';
import { Admin, Consumer, Producer } from '../../src/index.js';
import { varve } from '../../src/protocol/varve.js';
import { LocalCluster, until } from '../broker/local-cluster.js';
import { RawClient, encodedBatch } from './raw-client.js';

const { v1 } = varve;
type ResourceType = varve.v1.ConfigResourceType;
const UINT32_MAX = 0xffff_ffff;

interface Setup {
  readonly cluster: LocalCluster;
  readonly bootstrap: string[];
  readonly client: RawClient;
  readonly admin: Admin;
}

async function setUp(t: Test, nodes = 1): Promise<Setup> {
  const cluster = await LocalCluster.start(nodes, {}, [grpcDoor]);
  const bootstrap = Array.from({ length: nodes }, (_, index) => {
    const address = cluster.node(index + 1).address('GRPC');
    return `${address?.host}:${address?.port}`;
  });
  const client = await RawClient.connect(cluster.node(1).address('GRPC'));
  const admin = new Admin({ bootstrap });
  t.teardown(async () => {
    await admin.close();
    await client.close();
    await cluster.close();
  });
  return { cluster, bootstrap, client, admin };
}

async function make(admin: Admin, client: RawClient, name: string): Promise<void> {
  await admin.createTopic({ name, partitions: 1 });
  const batch = { topic: name, partition: 0, record_batch: encodedBatch(['first']) };
  await until('it is led', async () => (await client.produceError(batch)) === '');
}

t.test('odd values are refused by name, or mean what they can', async (t) => {
  const { admin, client } = await setUp(t);
  await make(admin, client, 'log');
  const records = [{ value: Buffer.from('x') }];
  const place = { topic: 'log', partition: 0 };
  const batches: [varve.v1.IProduceBatch, string][] = [
    [{ ...place, records, acks: 99 as varve.v1.Acks }, 'INVALID_REQUIRED_ACKS'],
    [{ ...place, records, acks: -1 as varve.v1.Acks }, 'INVALID_REQUIRED_ACKS'],
    [{ ...place, partition: 2 ** 31 - 1, records }, 'UNKNOWN_TOPIC_OR_PARTITION'],
    [{ ...place, records, timeout_ms: UINT32_MAX }, ''],
    [{ ...place, records: [{}] }, ''],
    [{ ...place, records: [{ headers: [{ key: '' }, { key: '' }] }] }, ''],
    [{ ...place, records: [{ timestamp_ms: -2 }] }, 'INVALID_REQUEST'],
    [{ ...place, records, producer_id: 5, producer_epoch: 40_000, base_sequence: 0 }, 'INVALID_REQUEST'],
    [{ ...place, records, producer_id: -5, producer_epoch: 0, base_sequence: 0 }, 'INVALID_REQUEST'],
    [{ topic: '', partition: 0, records }, 'UNKNOWN_TOPIC_OR_PARTITION'],
    [{ topic: '../../etc', partition: 0, records }, 'UNKNOWN_TOPIC_OR_PARTITION'],
    [{}, 'INVALID_REQUEST'],
  ];
  for (const [batch, expected] of batches) t.equal(await client.produceError(batch), expected, JSON.stringify(batch));

  const fetch = async (request: varve.v1.IFetchRequest): Promise<varve.v1.FetchResponse> =>
    client.unary('/varve.v1.Varve/Fetch', v1.FetchRequest, v1.FetchResponse, request);
  const positions = [{ ...place, offset: 0 }];
  const level = { isolation_level: 9 as varve.v1.IsolationLevel };
  await t.rejects(fetch({ positions, ...level }), { code: 'INVALID_REQUEST' }, 'an isolation level that there is not');
  t.equal((await fetch({ positions, max_wait_ms: UINT32_MAX })).partitions.length, 1);
  t.ok((await fetch({ positions, max_response_bytes: UINT32_MAX })).partitions[0]?.records?.length);
  t.same((await fetch({})).partitions, []);
  await t.rejects(fetch({ positions: [{ ...place, offset: -1 }] }), { code: 'INVALID_REQUEST' });
  await t.rejects(fetch({ positions: [{ ...place, partition: -1 }] }), { code: 'INVALID_REQUEST' });
  const ahead = await fetch({ positions: [{ ...place, offset: Number.MAX_SAFE_INTEGER }] });
  t.equal(ahead.partitions[0]?.error?.name, 'OFFSET_OUT_OF_RANGE');

  for (const [timestamp_ms, offset] of [
    [-2, 0],
    [0, 0],
    [1, 0],
    [Number.MAX_SAFE_INTEGER, -1],
  ] as const) {
    t.match(await client.listOffset({ ...place, timestamp_ms }), { error: null, offset }, `timestamp ${timestamp_ms}`);
  }
  t.match(await client.listOffset({ ...place, timestamp_ms: -3 }), { error: null });
  await t.rejects(client.listOffset({ ...place, timestamp_ms: -9 }), { code: 'INVALID_REQUEST' });
  t.match(await client.listOffset({ topic: 'none', timestamp_ms: -1 }), {
    error: { name: 'UNKNOWN_TOPIC_OR_PARTITION' },
  });
  const call = { topics: [{ name: 'slow', partitions: 1 }], timeout_ms: UINT32_MAX };
  const made = await client.unary(
    '/varve.v1.Admin/CreateTopics',
    v1.CreateTopicsRequest,
    v1.CreateTopicsResponse,
    call,
  );
  t.match(made.topics, [{ name: 'slow', error: null }], 'a time-out beyond what timers take');
});

t.test('streams that are half closed, cancelled in the middle or opened for nothing cost a node nothing', async (t) => {
  const { admin, bootstrap, client } = await setUp(t);
  await make(admin, client, 'log');
  const batch = { topic: 'log', partition: 0, record_batch: encodedBatch(['x'.repeat(100_000)]) };
  for (let n = 0; n < 20; n += 1) await client.produce(batch);
  for (let round = 0; round < 100; round += 1) {
    for (const method of ['Produce', 'Consume', 'WatchMetadata']) {
      const stream = client.rpc.stream(`/varve.v1.Varve/${method}`);
      stream.onMessage(() => {});
      stream.onClose(() => {});
      if (method === 'Consume') {
        const positions = [{ topic: 'log', partition: 0, offset: 0 }];
        stream.send(v1.ConsumeRequest.encode({ positions, as_record_batches: round % 2 === 0 }).finish());
      } else if (method === 'Produce' && round % 3 > 0) {
        stream.send(v1.ProduceRequest.encode({ batches: [{ ...batch, correlation_id: 1 }] }).finish());
      }
      if (round % 2 === 0) stream.end();
      if (round % 5 > 0) await new Promise((resolve) => setImmediate(resolve));
      stream.cancel();
    }
  }
  const [host = '', port] = bootstrap[0]?.split(':') ?? [];
  await Promise.all(
    Array.from({ length: 100 }, async (_, number) => {
      const one = await RawClient.connect({ host, port: Number(port) });
      const asked = one.bytes('/varve.v1.Varve/Metadata', Buffer.alloc(0));
      await (number % 2 === 0 ? asked : Promise.race([asked.catch(() => {}), one.close()]));
      await one.close();
    }),
  );
  t.equal(await client.produceError(batch), '');
});

t.test('a half closed Produce stream is answered to its end', async (t) => {
  const { admin, client } = await setUp(t);
  await make(admin, client, 'log');
  const stream = client.rpc.stream('/varve.v1.Varve/Produce');
  let acks = 0;
  stream.onMessage((bytes) => (acks += v1.ProduceResponse.decode(bytes).acks.length));
  const closed = new Promise((resolve) => stream.onClose(resolve));
  for (let n = 1; n <= 50; n += 1) {
    const batches = [{ correlation_id: n, topic: 'log', partition: 0, record_batch: encodedBatch([`${n}`]) }];
    stream.send(v1.ProduceRequest.encode({ batches }).finish());
  }
  stream.end();
  t.equal(await closed, undefined);
  t.equal(acks, 50);
});

t.test('many producers and consumers at once: each value once, each producer in its order', async (t) => {
  const { admin, bootstrap } = await setUp(t, 3);
  await admin.createTopic({ name: 'busy', partitions: 4 });
  const producers = 12;
  const each = 200;
  const consumers = Array.from({ length: 4 }, () => new Consumer({ bootstrap }));
  t.teardown(() => Promise.all(consumers.map((consumer) => consumer.close())));
  const reads = consumers.map(async (consumer) => {
    await consumer.assign([{ topic: 'busy' }]);
    const last = new Map<string, number>();
    let count = 0;
    for await (const record of consumer) {
      const [name = '', number] = String(record.value).split(':');
      const key = `${name}/${record.partition}`;
      if (Number(number) <= (last.get(key) ?? -1)) throw new Error(`${key}: ${number} after ${last.get(key)}`);
      last.set(key, Number(number));
      count += 1;
      if (count % 97 === 0) {
        consumer.pause();
        consumer.resume();
      }
      if (count % 251 === 0) {
        const at = consumer.position('busy', record.partition);
        if (at !== undefined) consumer.seek('busy', record.partition, at);
      }
      if (count === producers * each) return count;
    }
    return -1;
  });
  await Promise.all(
    Array.from({ length: producers }, async (_, number) => {
      const producer = new Producer({ bootstrap, lingerMs: number % 3 });
      for (let n = 0; n < each; n += 1) {
        producer.produce({ topic: 'busy', partition: n % 4, value: `${number}:${n}` });
        if (n % 50 === 49) await producer.flush();
      }
      await producer.close();
    }),
  );
  t.same(await Promise.all(reads), [2400, 2400, 2400, 2400]);
});

t.test('records at the bounds: a megabyte, nothing at all, and a close in the middle', async (t) => {
  const { admin, bootstrap } = await setUp(t);
  await admin.createTopic({ name: 'log', partitions: 1 });
  const producer = new Producer({ bootstrap, bufferMemoryBytes: 4 * 1024 * 1024, maxRequestBytes: 8 * 1024 * 1024 });
  const room = 1_048_588 - 61 - 30;
  await producer.send({ topic: 'log', value: Buffer.alloc(room, 1) });
  await t.rejects(producer.send({ topic: 'log', value: Buffer.alloc(1_048_600) }), { code: 'MESSAGE_TOO_LARGE' });
  await producer.send({ topic: 'log', key: null, value: null, headers: {} });
  await producer.send({ topic: 'log', key: '', value: '', headers: [{ key: '', value: null }] });
  const large = Array.from({ length: 20 }, () => producer.send({ topic: 'log', value: Buffer.alloc(1_000_000) }));
  const closing = producer.close();
  t.equal((await Promise.allSettled(large)).filter(({ status }) => status === 'fulfilled').length, 20);
  await closing;
  t.throws(() => producer.produce({ topic: 'log', value: 'late' }), { code: 'INVALID_REQUEST' });
  const consumer = new Consumer({ bootstrap });
  t.teardown(() => consumer.close());
  await consumer.assign([{ topic: 'log' }]);
  const shapes: unknown[] = [];
  for await (const { key, value, headers } of consumer) {
    shapes.push([key?.length ?? null, value?.length ?? null, headers.map((one) => [one.key, one.value])]);
    if (shapes.length === 3) break;
  }
  t.same(shapes, [
    [null, room, []],
    [null, null, []],
    [0, 0, [['', null]]],
  ]);
});

t.test('what a person does wrong in an admin call is told by its code', async (t) => {
  const { admin } = await setUp(t);
  await admin.createTopic({ name: 'log', partitions: 1 });
  const wrong: [string, () => Promise<unknown>][] = [
    ['TOPIC_ALREADY_EXISTS', () => admin.createTopic({ name: 'log' })],
    ['INVALID_TOPIC_EXCEPTION', () => admin.createTopic({ name: 'a b' })],
    ['INVALID_TOPIC_EXCEPTION', () => admin.createTopic({ name: '..' })],
    ['INVALID_TOPIC_EXCEPTION', () => admin.createTopic({ name: '' })],
    ['INVALID_TOPIC_EXCEPTION', () => admin.createTopic({ name: 'x'.repeat(250) })],
    ['INVALID_PARTITIONS', () => admin.createTopic({ name: 'other', partitions: -7 })],
    ['INVALID_REPLICATION_FACTOR', () => admin.createTopic({ name: 'other', replicationFactor: 3 })],
    ['INVALID_CONFIG', () => admin.createTopic({ name: 'other', configs: { 'no.such': '1' } })],
    ['INVALID_CONFIG', () => admin.createTopic({ name: 'other', configs: { 'retention.ms': 'soon' } })],
    ['UNKNOWN_TOPIC_OR_PARTITION', () => admin.deleteTopic('none')],
    ['INVALID_PARTITIONS', () => admin.createPartitions('log', 1)],
    ['UNKNOWN_TOPIC_OR_PARTITION', () => admin.createPartitions('none', 3)],
  ];
  for (const [code, call] of wrong) await t.rejects(call(), { code }, code);
  t.same(await admin.listTopics(), ['log']);
});

t.test('a kind of thing that there is not is no other kind, and changes nothing', async (t) => {
  const { admin, client } = await setUp(t);
  await admin.createTopic({ name: 'log', partitions: 1 });
  const changes = [{ name: 'retention.ms', value: '1000' }];
  const altered = await client.unary('/varve.v1.Admin/AlterConfigs', v1.AlterConfigsRequest, v1.AlterConfigsResponse, {
    alterations: [
      { resource: { type: 7 as ResourceType, name: 'log' }, changes },
      {
        resource: { type: 0, name: 'log' },
        changes: [{ name: 'retention.ms', value: '1000', operation: 9 as varve.v1.ConfigOperation }],
      },
    ],
  });
  t.same(
    altered.results.map(({ error }) => error?.name),
    ['INVALID_REQUEST', 'INVALID_REQUEST'],
  );
  const described = await client.unary(
    '/varve.v1.Admin/DescribeConfigs',
    v1.DescribeConfigsRequest,
    v1.DescribeConfigsResponse,
    {
      resources: [
        { type: 7 as ResourceType, name: 'log' },
        { type: 1, name: '1.0' },
        { type: 0, name: 'log' },
        { type: 0, name: 'log' },
      ],
    },
  );
  t.same(
    described.resources.map(({ error }) => error?.name),
    ['INVALID_REQUEST', 'RESOURCE_NOT_FOUND', undefined],
    'one that is named twice is described once',
  );
  t.match(
    described.resources[2]?.entries?.find(({ name }) => name === 'retention.ms'),
    { value: '604800000' },
    'nothing was changed',
  );
  const elect = client.unary('/varve.v1.Admin/ElectLeaders', v1.ElectLeadersRequest, v1.ElectLeadersResponse, {
    type: 5 as varve.v1.ElectionType,
  });
  await t.rejects(elect, { code: 'INVALID_REQUEST' });
});

t.test('a producer id is given, or its epoch raised, and never made of what is none', async (t) => {
  const { client } = await setUp(t);
  const init = (request: varve.v1.IInitProducerIdRequest): Promise<varve.v1.InitProducerIdResponse> =>
    client.unary('/varve.v1.Varve/InitProducerId', v1.InitProducerIdRequest, v1.InitProducerIdResponse, request);
  const { producer_id } = await init({});
  t.match(await init({ producer_id, producer_epoch: 0 }), { producer_id, producer_epoch: 1 });
  const none = await init({ producer_id: -1, producer_epoch: -1 });
  t.ok(none.producer_id > producer_id && none.producer_epoch === 0, "Kafka's way to say that it has none yet");
  t.match(await init({ producer_id, producer_epoch: 32_767 }), { producer_epoch: 0 }, 'the last epoch: another id');
  for (const request of [
    { producer_id: -7, producer_epoch: 0 },
    { producer_id, producer_epoch: -9 },
    { producer_id, producer_epoch: 32_768 },
    { producer_id: -1, producer_epoch: 3 },
    { producer_id },
  ]) {
    await t.rejects(init(request), { code: 'INVALID_REQUEST' }, JSON.stringify(request));
  }
});

t.test('a name that no topic can have is told as such, and nobody waits for it', async (t) => {
  const { bootstrap, client } = await setUp(t);
  const metadata = await client.unary('/varve.v1.Varve/Metadata', v1.MetadataRequest, v1.MetadataResponse, {
    topics: ['none', 'a b', '', '..'],
  });
  t.same(
    metadata.topics.map(({ name, error }) => [name, error?.name]),
    [
      ['', 'INVALID_TOPIC_EXCEPTION'],
      ['..', 'INVALID_TOPIC_EXCEPTION'],
      ['a b', 'INVALID_TOPIC_EXCEPTION'],
      ['none', 'UNKNOWN_TOPIC_OR_PARTITION'],
    ],
  );
  const producer = new Producer({ bootstrap });
  t.teardown(() => producer.close());
  await t.rejects(producer.send({ topic: 'a b', value: 'x' }), { code: 'INVALID_TOPIC_EXCEPTION' });
});

t.test('records of a topic that is compacted alone are not deleted by offset', async (t) => {
  const { admin } = await setUp(t);
  await admin.createTopics([
    { name: 'table', partitions: 1, configs: { 'cleanup.policy': 'compact' } },
    { name: 'both', partitions: 1, configs: { 'cleanup.policy': 'compact,delete' } },
  ]);
  await until('they are led', async () => {
    const results = await admin.deleteRecords(
      ['table', 'both', 'none'].map((topic) => ({ topic, partition: 0, beforeOffset: -1n })),
    );
    const codes = results.map(({ error }) => error?.code);
    if (codes.includes('NOT_LEADER_OR_FOLLOWER')) return false;
    t.same(codes, ['POLICY_VIOLATION', undefined, 'UNKNOWN_TOPIC_OR_PARTITION']);
    return true;
  });
});

t.test('settings of very many topics come in pieces', async (t) => {
  const { admin, client } = await setUp(t);
  const resources = Array.from({ length: 1_500 }, (_, index) => ({ type: 'topic' as const, name: `t${index}` }));
  const described = await admin.describeConfigs(resources);
  t.same(
    described.map(({ resource }) => resource.name),
    resources.map(({ name }) => name),
  );
  const atOnce = client.unary(
    '/varve.v1.Admin/DescribeConfigs',
    v1.DescribeConfigsRequest,
    v1.DescribeConfigsResponse,
    { resources: resources.map(({ name }) => ({ name })) },
  );
  await t.rejects(atOnce, { code: 'INVALID_REQUEST', message: /1000/ });
});
