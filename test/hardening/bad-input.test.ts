import { Client, credentials, status } from '@grpc/grpc-js';
import type { ServiceError } from '@grpc/grpc-js';
import t from 'tap';
import type { Test } from 'tap';
import { Admin } from '../../src/index.js';
import { grpcDoor } from '../../src/grpc/grpc-node-door.js';
import { varve } from '../../src/protocol/varve.js';
import {
  CompressionCodec,
  CRC_AT,
  LAST_OFFSET_DELTA_AT,
  LENGTH_AT,
  MAGIC_AT,
  RECORDS_AT,
  RECORD_COUNT_AT,
  computeBatchCrc,
} from '../../src/record/batch-header.js';
import { replaceRecords } from '../../src/record/batch-builder.js';
import { compressRecords } from '../../src/record/compression.js';
import { LocalCluster, until } from '../broker/local-cluster.js';
import { RawClient, encodedBatch } from './raw-client.js';

const TOPIC = 'orders';
const MAX_MESSAGE_BYTES = 64 * 1024;

/** A cluster, a client at the node that leads the partition, and one at a node that has to forward. */
async function start(t: Test) {
  const cluster = await LocalCluster.start(3, {}, [grpcDoor]);
  t.teardown(() => cluster.close());
  await cluster.createTopic(TOPIC, 1, { 'max.message.bytes': String(MAX_MESSAGE_BYTES) });
  const leaderId = (): number => cluster.node(1).image.topicByName(TOPIC)?.partitions.get(0)?.leader ?? -1;
  await until('the partition is led', () => {
    const open = (id: number): boolean => cluster.node(id).replicas.replica(TOPIC, 0) !== undefined;
    return [1, 2, 3].every(open) && cluster.node(leaderId()).replicas.replica(TOPIC, 0)?.leader !== undefined;
  });
  const connect = async (nodeId: number): Promise<RawClient> => {
    const client = await RawClient.connect(cluster.node(nodeId).address('GRPC'));
    t.teardown(() => client.close());
    return client;
  };
  const leader = await connect(leaderId());
  const forwarder = await connect((leaderId() % 3) + 1);
  return { cluster, leader, forwarder, leaderId, connect };
}

/** Every replica's log end, and what is visible. */
function state(cluster: LocalCluster): number[] {
  return [1, 2, 3].flatMap((id) => {
    const replica = cluster.node(id).replicas.replica(TOPIC, 0);
    return [replica?.log.endOffset ?? -1];
  });
}

/** `batch` with some bytes of its header changed, and a CRC that is right for them unless that is what is changed. */
function altered(batch: Buffer, change: (batch: Buffer) => void, keepCrc = false): Buffer {
  change(batch);
  if (!keepCrc) batch.writeUInt32BE(computeBatchCrc(batch, 0), CRC_AT);
  return batch;
}

const { none, gzip } = CompressionCodec;
const three = (codec: number = none): Buffer => encodedBatch(['a', 'b', 'c'], { codec: codec as 0 });

/** The records of `batch`, each of which has an offset delta that is greater by one. */
function shifted(batch: Buffer): Buffer {
  const records = Buffer.from(batch.subarray(RECORDS_AT));
  // Length, attributes, timestamp delta, offset delta: a byte each in records as small as these.
  for (let at = 0; at < records.length; at += 1 + records.readUInt8(at) / 2) {
    records.writeUInt8(records.readUInt8(at + 3) + 2, at + 3);
  }
  return records;
}

/** What a stranger may send, and the code that Kafka answers it with. */
const BAD_BATCHES: ReadonlyArray<readonly [what: string, code: string, batch: () => Buffer]> = [
  ['a record over max.message.bytes', 'MESSAGE_TOO_LARGE', () => encodedBatch(['x'.repeat(MAX_MESSAGE_BYTES)])],
  ['a wrong CRC', 'CORRUPT_MESSAGE', () => altered(three(), (b) => b.writeUInt8(b.readUInt8(70) ^ 1, 70), true)],
  [
    'a length beyond the bytes',
    'CORRUPT_MESSAGE',
    () => altered(three(), (b) => b.writeInt32BE(9_999, LENGTH_AT), true),
  ],
  ['a length below a header', 'CORRUPT_MESSAGE', () => altered(three(), (b) => b.writeInt32BE(5, LENGTH_AT), true)],
  ['a negative length', 'CORRUPT_MESSAGE', () => altered(three(), (b) => b.writeInt32BE(-1, LENGTH_AT), true)],
  ['a cut batch', 'CORRUPT_MESSAGE', () => three().subarray(0, 40)],
  ['bytes after the batch', 'CORRUPT_MESSAGE', () => Buffer.concat([three(), Buffer.from('tail')])],
  ['several batches', 'INVALID_RECORD', () => Buffer.concat([three(), three(gzip)])],
  ['an older format', 'INVALID_RECORD', () => altered(three(), (b) => b.writeInt8(1, MAGIC_AT), true)],
  ['a count above the records', 'INVALID_RECORD', () => altered(three(), (b) => b.writeInt32BE(4, RECORD_COUNT_AT))],
  ['a count below the records', 'INVALID_RECORD', () => altered(three(), (b) => b.writeInt32BE(2, RECORD_COUNT_AT))],
  ['a count of 0', 'INVALID_RECORD', () => altered(three(), (b) => b.writeInt32BE(0, RECORD_COUNT_AT))],
  [
    'a last delta above the count',
    'INVALID_RECORD',
    () => altered(three(), (b) => b.writeInt32BE(9, LAST_OFFSET_DELTA_AT)),
  ],
  [
    'a compressed batch whose count is not its last delta + 1',
    'INVALID_RECORD',
    () => altered(three(gzip), (b) => b.writeInt32BE(7, RECORD_COUNT_AT)),
  ],
  [
    'a compressed batch whose last delta is not its count - 1',
    'INVALID_RECORD',
    () => altered(three(gzip), (b) => b.writeInt32BE(1_000_000, LAST_OFFSET_DELTA_AT)),
  ],
  ['a codec that is none', 'UNSUPPORTED_COMPRESSION_TYPE', () => altered(three(), (b) => b.writeUInt16BE(6, 21))],
  [
    'a control batch of a client',
    'INVALID_RECORD',
    () => encodedBatch(['x'], { isControl: true, producerId: 1, producerEpoch: 0 }),
  ],
  [
    'a batch of a transaction',
    'INVALID_TXN_STATE',
    () => encodedBatch(['x'], { isTransactional: true, producerId: 1, producerEpoch: 0, baseSequence: 0 }),
  ],
  ['compressed bytes that are none', 'CORRUPT_MESSAGE', () => altered(three(gzip), (b) => b.fill(7, RECORDS_AT))],
  [
    'a compressed batch with fewer records than it states',
    'CORRUPT_MESSAGE',
    () =>
      altered(three(gzip), (b) => {
        b.writeInt32BE(4, RECORD_COUNT_AT);
        b.writeInt32BE(3, LAST_OFFSET_DELTA_AT);
      }),
  ],
  [
    'a compressed batch with more records than it states',
    'CORRUPT_MESSAGE',
    () =>
      altered(three(gzip), (b) => {
        b.writeInt32BE(2, RECORD_COUNT_AT);
        b.writeInt32BE(1, LAST_OFFSET_DELTA_AT);
      }),
  ],
  [
    'a compressed record that counts from 1',
    'INVALID_RECORD',
    () => replaceRecords(three(gzip), 0, gzip, compressRecords(gzip, shifted(three()))),
  ],
];

t.test('bad batches are refused by name, at the leader and through another node, without effect', async (t) => {
  const { cluster, leader, forwarder } = await start(t);
  const good = { topic: TOPIC, partition: 0, record_batch: encodedBatch(['first']) };
  t.equal(await leader.produceError(good), '');
  await until('all replicas have it', () => state(cluster).every((end) => end === 1));
  const before = state(cluster);
  for (const [what, code, batch] of BAD_BATCHES) {
    const request = { topic: TOPIC, partition: 0 };
    const ack = await leader.produce({ ...request, record_batch: batch() });
    t.equal(ack.error?.name ?? '', code, `${what}: ${ack.error?.message ?? ''}`);
    t.equal(await forwarder.produceError({ ...request, record_batch: batch() }), code, `${what}, forwarded`);
    // Without an answer, too, it must leave nothing behind.
    void leader.produce({ ...request, record_batch: batch(), acks: varve.v1.Acks.ACKS_NONE }).catch(() => {});
  }
  t.equal(await forwarder.produceError({ ...good, record_batch: encodedBatch(['second']) }), '');
  t.same(before, [1, 1, 1]);
  await until('the good one alone follows', () => state(cluster).every((end) => end === 2));
  const read = await leader.fetch({ topic: TOPIC, partition: 0, offset: 0 });
  t.equal(read.high_watermark, 2);
  t.same(cluster.failures, []);
});

t.test('requests that name what is not there are refused by name', async (t) => {
  const { cluster, leader, forwarder } = await start(t);
  const record_batch = encodedBatch(['x']);
  for (const client of [leader, forwarder]) {
    for (const [topic, partition] of [
      ['nothing', 0],
      [TOPIC, 7],
    ] as const) {
      const place = { topic, partition };
      t.equal(await client.produceError({ ...place, record_batch }), 'UNKNOWN_TOPIC_OR_PARTITION');
      t.equal((await client.fetch({ ...place, offset: 0 })).error?.name, 'UNKNOWN_TOPIC_OR_PARTITION');
      t.equal((await client.listOffset({ ...place, timestamp_ms: -1 })).error?.name, 'UNKNOWN_TOPIC_OR_PARTITION');
      t.equal((await consumeOne(client, { ...place, offset: 0 })).error?.name, 'UNKNOWN_TOPIC_OR_PARTITION');
    }
    const place = { topic: TOPIC, partition: 0 };
    t.equal((await client.fetch({ ...place, offset: 99 })).error?.name, 'OFFSET_OUT_OF_RANGE');
    t.equal((await consumeOne(client, { ...place, offset: 99 })).error?.name, 'OFFSET_OUT_OF_RANGE');
    t.equal(await client.produceError({ ...place, record_batch, acks: 9 as 0 }), 'INVALID_REQUIRED_ACKS');
    t.equal(await client.produceError({ ...place }), 'INVALID_REQUEST', 'no records');
    t.equal(await client.produceError({ topic: TOPIC, record_batch }), 'INVALID_REQUEST', 'no partition');
    t.equal(await client.produceError({ ...place, partition: -3, record_batch }), 'INVALID_REQUEST');
    t.equal(
      await client.produceError({ ...place, record_batch, records: [{ value: Buffer.from('x') }] }),
      'INVALID_REQUEST',
      'both ways at once',
    );
    await t.rejects(client.fetch({ ...place, offset: -5 }), { code: 'INVALID_REQUEST' });
  }
  t.same(state(cluster), [0, 0, 0]);
});

t.test('an old or unknown leader epoch is fenced', async (t) => {
  const { cluster, leaderId, connect } = await start(t);
  const old = leaderId();
  await cluster.stopNode(old);
  const other = (old % 3) + 1;
  const partition = () => cluster.node(other).image.topicByName(TOPIC)?.partitions.get(0);
  await until('another node leads', () => (partition()?.leader ?? -1) > 0 && partition()?.leader !== old);
  const client = await connect(partition()?.leader ?? -1);
  const epoch = partition()?.leaderEpoch ?? -1;
  t.ok(epoch > 0);
  const place = { topic: TOPIC, partition: 0 };
  for (const [asked, code] of [
    [epoch - 1, 'FENCED_LEADER_EPOCH'],
    [epoch + 1, 'UNKNOWN_LEADER_EPOCH'],
  ] as const) {
    const at = { ...place, offset: 0, current_leader_epoch: asked };
    t.equal((await client.fetch(at)).error?.name, code);
    t.equal((await consumeOne(client, at)).error?.name, code);
    t.equal((await client.listOffset({ ...place, timestamp_ms: -1, current_leader_epoch: asked })).error?.name, code);
  }
  t.equal((await client.fetch({ ...place, offset: 0, current_leader_epoch: epoch })).error ?? null, null);
});

t.test('an old producer epoch, a sequence gap and a foreign producer id are refused', async (t) => {
  const { cluster, leader, forwarder } = await start(t);
  const { producer_id: producerId } = await leader.unary(
    '/varve.v1.Varve/InitProducerId',
    varve.v1.InitProducerIdRequest,
    varve.v1.InitProducerIdResponse,
    {},
  );
  const send = (client: RawClient, producerEpoch: number, baseSequence: number, values = ['v']): Promise<string> =>
    client.produceError({
      topic: TOPIC,
      partition: 0,
      record_batch: encodedBatch(values, { producerId, producerEpoch, baseSequence }),
    });
  t.equal(await send(leader, 1, 0, ['a', 'b']), '');
  for (const client of [leader, forwarder]) {
    t.equal(await send(client, 1, 3), 'OUT_OF_ORDER_SEQUENCE_NUMBER', 'a gap');
    t.equal(await send(client, 1, 1), 'OUT_OF_ORDER_SEQUENCE_NUMBER', 'half of what is there');
    t.equal(await send(client, 0, 2), 'INVALID_PRODUCER_EPOCH', 'an old epoch');
    t.equal(await send(client, 2, 5), 'OUT_OF_ORDER_SEQUENCE_NUMBER', 'a new epoch begins at 0');
    t.equal(await send(client, 1, 0, ['a', 'b']), '', 'the same again is acknowledged');
  }
  const end = (): number => Math.max(...state(cluster));
  t.equal(end(), 2, 'and stored once');
  t.equal(await send(forwarder, 1, 2), '');
  t.equal(end(), 3);
});

t.test('bad topics and configs are refused by name', async (t) => {
  const { cluster, leader, forwarder } = await start(t);
  const bad: ReadonlyArray<readonly [varve.v1.ITopicSpec, string]> = [
    [{ name: '' }, 'INVALID_TOPIC_EXCEPTION'],
    [{ name: '..' }, 'INVALID_TOPIC_EXCEPTION'],
    [{ name: 'a/b' }, 'INVALID_TOPIC_EXCEPTION'],
    [{ name: 'ä' }, 'INVALID_TOPIC_EXCEPTION'],
    [{ name: 'x'.repeat(250) }, 'INVALID_TOPIC_EXCEPTION'],
    [{ name: TOPIC }, 'TOPIC_ALREADY_EXISTS'],
    [{ name: 'n', partitions: -7 }, 'INVALID_PARTITIONS'],
    [{ name: 'n', partitions: 100_000_000 }, 'POLICY_VIOLATION'],
    [{ name: 'n', replication_factor: 4 }, 'INVALID_REPLICATION_FACTOR'],
    [{ name: 'n', replication_factor: -2 }, 'INVALID_REPLICATION_FACTOR'],
    [{ name: 'n', assignment: [{ replicas: [1, 1] }] }, 'INVALID_REPLICA_ASSIGNMENT'],
    [{ name: 'n', assignment: [{ replicas: [9] }] }, 'INVALID_REPLICA_ASSIGNMENT'],
    [{ name: 'n', configs: { 'no.such.config': '1' } }, 'INVALID_CONFIG'],
    [{ name: 'n', configs: { 'retention.ms': 'soon' } }, 'INVALID_CONFIG'],
    [{ name: 'n', configs: { 'segment.bytes': '-1' } }, 'INVALID_CONFIG'],
    [{ name: 'n', configs: { 'cleanup.policy': 'burn' } }, 'INVALID_CONFIG'],
  ];
  for (const client of [leader, forwarder]) {
    for (const [spec, code] of bad) {
      const result = await client.createTopic(spec);
      t.equal(result.error?.name, code, JSON.stringify(spec).slice(0, 80));
      t.ok((result.error?.message ?? '').length > 10, 'and says what is wrong');
    }
  }
  const address = cluster.node(1).address('GRPC');
  const admin = new Admin({ bootstrap: [`${address?.host}:${address?.port}`] });
  t.teardown(() => admin.close());
  t.same(await admin.listTopics(), [TOPIC]);
});

t.test('with too few in-sync replicas nothing is stored, and it goes on when they are back', async (t) => {
  const { cluster, leader, leaderId } = await start(t);
  const stays = leaderId();
  const record_batch = (): Buffer => encodedBatch(['x']);
  const batch = (acks = varve.v1.Acks.ACKS_ALL) => ({ topic: TOPIC, partition: 0, acks, record_batch: record_batch() });
  t.equal(await leader.produceError(batch()), '');
  const first = (stays % 3) + 1;
  await cluster.stopNode(first);
  t.equal(await leader.produceError(batch()), '', 'two of three are enough');
  const raised = await leader.unary(
    '/varve.v1.Admin/AlterConfigs',
    varve.v1.AlterConfigsRequest,
    varve.v1.AlterConfigsResponse,
    {
      alterations: [
        {
          resource: { type: varve.v1.ConfigResourceType.CONFIG_RESOURCE_TOPIC, name: TOPIC },
          changes: [{ name: 'min.insync.replicas', operation: 0, value: '3' }],
        },
      ],
    },
  );
  t.equal(raised.results[0]?.error ?? null, null);
  await until(
    'the leader heeds it',
    () => cluster.node(stays).replicas.replica(TOPIC, 0)?.leader?.isUnderMinIsr === true,
  );
  const end = (): number => cluster.node(stays).replicas.replica(TOPIC, 0)?.log.endOffset ?? -1;
  t.equal(end(), 2);
  const refused = await leader.produce(batch());
  t.equal(refused.error?.name, 'NOT_ENOUGH_REPLICAS');
  t.equal(refused.error?.retriable, true);
  t.equal(end(), 2, 'nothing was stored');
  t.equal((await leader.fetch({ topic: TOPIC, partition: 0, offset: 0 })).high_watermark, 2);
  await cluster.startNode(first);
  await cluster.ready();
  await until('it is in sync again', async () => (await leader.produceError(batch())) === '');
  t.equal(end(), 3);
});

/** What a stub of any language is told of a call with 40 MiB. */
function statusOfTooLarge(t: Test, target: string, method: string): Promise<ServiceError> {
  const client = new Client(target, credentials.createInsecure());
  t.teardown(() => client.close());
  const same = (bytes: Buffer): Buffer => bytes;
  return new Promise((resolve, reject) => {
    const deadline = Date.now() + 20_000;
    client.makeUnaryRequest(method, same, same, Buffer.alloc(40 * 1024 * 1024), { deadline }, (error) =>
      error === null ? reject(new Error(`${method} was answered`)) : resolve(error),
    );
  });
}

t.test('a message over the gRPC limit ends its call alone', async (t) => {
  const { cluster, leader, leaderId } = await start(t);
  const address = cluster.node(leaderId()).address('GRPC');
  const target = `${address?.host}:${address?.port}`;
  for (const method of ['/varve.v1.Admin/CreateTopics', '/varve.v1.Varve/Fetch', '/varve.v1.Varve/Metadata']) {
    const { code, details } = await statusOfTooLarge(t, target, method);
    t.equal(code, status.RESOURCE_EXHAUSTED, method);
    t.match(details, /^Received message larger than max \(41943040 vs\.? \d+\)/, method);
  }
  const admin = new Admin({ bootstrap: target });
  t.teardown(() => admin.close());
  const configs = { 'retention.ms': 'x'.repeat(40 * 1024 * 1024) };
  await t.rejects(admin.createTopic({ name: 'other', partitions: 1, configs }), { code: 'MESSAGE_TOO_LARGE' });

  const stream = leader.rpc.stream('/varve.v1.Varve/Produce');
  const closed = new Promise<Error | undefined>((resolve) => stream.onClose(resolve));
  stream.onMessage(() => {});
  const record_batch = encodedBatch(['x'.repeat(40 * 1024 * 1024)]);
  stream.send(varve.v1.ProduceRequest.encode({ batches: [{ topic: TOPIC, partition: 0, record_batch }] }).finish());
  t.match(await closed, { name: 'TransportError', kind: 'tooLarge' });
  t.same(state(cluster), [0, 0, 0]);
  t.equal(
    await leader.produceError({ topic: TOPIC, partition: 0, record_batch: encodedBatch(['x']) }),
    '',
    'and the connection goes on',
  );
});

/** The first answer for a position of a consume stream. */
function consumeOne(client: RawClient, position: varve.v1.IConsumePosition): Promise<varve.v1.IPartitionRecords> {
  return new Promise((resolve, reject) => {
    const stream = client.rpc.stream('/varve.v1.Varve/Consume');
    stream.onMessage((bytes) => {
      const [answer] = varve.v1.ConsumeResponse.decode(bytes).partitions;
      if (answer === undefined) return;
      resolve(answer);
      stream.cancel();
    });
    stream.onClose((error) => reject(error ?? new Error('the stream ended')));
    stream.send(varve.v1.ConsumeRequest.encode({ positions: [position], as_record_batches: true }).finish());
  });
}
