import t from 'tap';
import type { Test } from 'tap';
import { VarveError } from '../../src/common/errors.js';
import { NodeTransport } from '../../src/platform/node/transport.js';
import type { RpcClient, RpcStream } from '../../src/platform/transport.js';
import { grpc as health } from '../../src/protocol/health.js';
import { grpc as reflection } from '../../src/protocol/reflection.js';
import { varve } from '../../src/protocol/varve.js';
import { BatchBuilder } from '../../src/record/batch-builder.js';
import { records } from '../../src/record/record-cursor.js';
import { until } from '../broker/local-cluster.js';
import { FakeCluster } from './fake-broker.js';

const { v1 } = varve;

const MIB = 1024 * 1024;

interface Setup {
  readonly cluster: FakeCluster;
  readonly client: RpcClient;
}

async function setup(t: Test, limits = {}): Promise<Setup> {
  const cluster = await FakeCluster.start(1, limits);
  const [host, port] = cluster.node(0).address.split(':');
  const client = new NodeTransport().connectRpc({
    host: host ?? '',
    port: Number(port),
    maxMessageBytes: 64 * 1024 * 1024,
    channel: 'test',
  });
  t.teardown(async () => {
    client.close();
    await cluster.close();
  });
  return { cluster, client };
}

/** Collects the messages of a stream, to be awaited one by one. */
class Inbox<Message> {
  readonly stream: RpcStream;
  readonly #arrived: Message[] = [];
  #waiting: ((message: Message) => void) | undefined;
  readonly closed: Promise<Error | undefined>;

  constructor(stream: RpcStream, decode: (bytes: Buffer) => Message) {
    this.stream = stream;
    stream.onMessage((bytes) => {
      const message = decode(bytes);
      const waiting = this.#waiting;
      this.#waiting = undefined;
      if (waiting === undefined) this.#arrived.push(message);
      else waiting(message);
    });
    stream.onDrain(() => {});
    stream.onEnd(() => {});
    this.closed = new Promise((resolve) => stream.onClose(resolve));
  }

  next(): Promise<Message> {
    const message = this.#arrived.shift();
    if (message !== undefined) return Promise.resolve(message);
    return new Promise((resolve) => (this.#waiting = resolve));
  }
}

function produceStream(client: RpcClient): Inbox<varve.v1.IProduceAck[]> {
  return new Inbox(client.stream('/varve.v1.Varve/Produce'), (bytes) => v1.ProduceResponse.decode(bytes).acks);
}

function produce(inbox: Inbox<varve.v1.IProduceAck[]>, ...batches: varve.v1.IProduceBatch[]): void {
  inbox.stream.send(v1.ProduceRequest.encode({ batches }).finish());
}

const unary = { timeoutMs: 5_000 };

t.test('a thin client: records in, records out', async (t) => {
  const { cluster, client } = await setup(t);
  const [partition] = cluster.createTopic('log', 1);
  const inbox = produceStream(client);
  const header = { key: 'h', value: Buffer.from('1') };
  produce(inbox, {
    correlation_id: 7,
    topic: 'log',
    records: [
      { key: Buffer.from('k'), value: Buffer.from('a'), headers: [header, { key: 'none' }], timestamp_ms: 5 },
      { value: null },
    ],
  });
  const [ack] = await inbox.next();
  t.match(ack, { correlation_id: 7, topic: 'log', partition: 0, base_offset: 0, error: null });
  t.equal(partition?.nextOffset, 2);
  const fetched = v1.FetchResponse.decode(
    await client.unary(
      '/varve.v1.Varve/Fetch',
      v1.FetchRequest.encode({ positions: [{ topic: 'log', partition: 0, offset: 0 }] }).finish(),
      unary,
    ),
  ).partitions[0];
  t.match(fetched, { next_offset: 2, high_watermark: 2, error: null });
  const [first, second] = fetched?.records ?? [];
  t.equal(String(first?.key), 'k');
  t.equal(first?.timestamp_ms, 5);
  t.match(first?.headers, [{ key: 'h' }, { key: 'none', value: null }]);
  t.equal(second?.value, null);
  t.equal(second?.offset, 1);
  inbox.stream.end();
  t.equal(await inbox.closed, undefined, 'a stream that was answered ends in order');
});

t.test('encoded batches pass through; one sent twice is stored once', async (t) => {
  const { cluster, client } = await setup(t);
  const [partition] = cluster.createTopic('log', 1);
  const inbox = produceStream(client);
  const encode = (): Buffer => {
    const builder = new BatchBuilder().reset({ producerId: 9, producerEpoch: 0, baseSequence: 0 });
    builder.append(1, null, 'x');
    return builder.detach();
  };
  produce(inbox, { correlation_id: 1, topic: 'log', partition: 0, record_batch: encode() });
  t.match(await inbox.next(), [{ correlation_id: 1, base_offset: 0 }]);
  produce(inbox, { correlation_id: 2, topic: 'log', partition: 0, record_batch: encode() });
  t.match(await inbox.next(), [{ correlation_id: 2, base_offset: 0 }]);
  t.same(partition?.values(), ['x']);
  inbox.stream.cancel();
});

t.test('bad batches get their own error, and have no effect', async (t) => {
  const { cluster, client } = await setup(t);
  const [partition] = cluster.createTopic('log', 1);
  const inbox = produceStream(client);
  const good = new BatchBuilder().reset();
  good.append(1, null, 'x');
  const wrongCrc = Buffer.from(good.close());
  wrongCrc[65] = 0xff;
  const large = new BatchBuilder().reset();
  large.append(1, null, Buffer.alloc(1024 * 1024));
  const record = { value: Buffer.from('v') };
  const cases: [varve.v1.IProduceBatch, string][] = [
    [{ topic: 'nowhere', partition: 0, records: [record] }, 'UNKNOWN_TOPIC_OR_PARTITION'],
    [{ topic: 'nowhere', records: [record] }, 'UNKNOWN_TOPIC_OR_PARTITION'],
    [{ topic: 'log', partition: 3, records: [record] }, 'UNKNOWN_TOPIC_OR_PARTITION'],
    [{ topic: 'log', partition: -1, records: [record] }, 'INVALID_REQUEST'],
    [{ topic: 'log', partition: 0 }, 'INVALID_REQUEST'],
    [{ topic: 'log', record_batch: good.close() }, 'INVALID_REQUEST'],
    [{ topic: 'log', partition: 0, records: [record], record_batch: good.close() }, 'INVALID_REQUEST'],
    [{ topic: 'log', partition: 0, records: [record], producer_id: 5 }, 'INVALID_REQUEST'],
    [{ topic: 'log', partition: 0, records: [record], acks: 9 as varve.v1.Acks }, 'INVALID_REQUIRED_ACKS'],
    [{ topic: 'log', partition: 0, record_batch: Buffer.from('rubbish') }, 'CORRUPT_MESSAGE'],
    [{ topic: 'log', partition: 0, record_batch: wrongCrc }, 'CORRUPT_MESSAGE'],
    [{ topic: 'log', partition: 0, record_batch: large.close() }, 'MESSAGE_TOO_LARGE'],
  ];
  for (const [index, [batch, expected]] of cases.entries()) {
    produce(inbox, { correlation_id: index, ...batch });
    const [ack] = await inbox.next();
    t.equal(ack?.error?.name, expected, `case ${index}: ${ack?.error?.message}`);
    t.equal(ack?.correlation_id, index);
  }
  t.equal(partition?.nextOffset, 0);
  inbox.stream.cancel();
});

t.test(
  'a correlation id above what comes back unchanged ends the stream, and nothing of the message is taken',
  async (t) => {
    const { cluster, client } = await setup(t);
    const [partition] = cluster.createTopic('log', 1);
    const records = [{ value: Buffer.from('v') }];
    const greatest = produceStream(client);
    produce(greatest, { correlation_id: 2 ** 53 - 1, topic: 'log', partition: 0, records });
    t.match(await greatest.next(), [{ correlation_id: 2 ** 53 - 1, base_offset: 0 }]);
    greatest.stream.cancel();
    const inbox = produceStream(client);
    const batch = { topic: 'log', partition: 0, records };
    produce(inbox, { ...batch, correlation_id: 1 }, { ...batch, correlation_id: 2 ** 53 });
    t.match(await inbox.closed, { code: 'INVALID_REQUEST', message: /correlation_id/ });
    t.equal(partition?.nextOffset, 1);
  },
);

t.test('malformed messages end the call, and only it', async (t) => {
  const { cluster, client } = await setup(t);
  cluster.createTopic('log', 1);
  for (const method of ['Produce', 'Consume', 'WatchMetadata']) {
    const inbox = new Inbox(client.stream(`/varve.v1.Varve/${method}`), (bytes) => bytes);
    inbox.stream.send(Buffer.from([0x0a, 0xff]));
    t.match(await inbox.closed, { code: 'INVALID_REQUEST' }, method);
  }
  const rubbish = Buffer.from([0x0f]);
  await t.rejects(client.unary('/varve.v1.Varve/Metadata', rubbish, unary), { code: 'INVALID_REQUEST' });
  await t.rejects(client.unary('/varve.v1.Admin/CreateTopics', rubbish, unary), { code: 'INVALID_REQUEST' });
  t.equal(cluster.admins.length, 0, 'an admin call that cannot be read goes no further');
  await t.rejects(client.unary('/varve.v1.Varve/Nothing', Buffer.alloc(0), unary), Error);
  const inbox = produceStream(client);
  inbox.stream.send(Buffer.alloc(5 * 1024 * 1024));
  t.ok((await inbox.closed) instanceof Error, 'a message over the limit');
  const answer = await client.unary('/varve.v1.Varve/Metadata', Buffer.alloc(0), unary);
  t.equal(v1.MetadataResponse.decode(answer).topics[0]?.name, 'log');
});

t.test('consume: tails, seeks, drops; answers to older positions are told apart', async (t) => {
  const { cluster, client } = await setup(t);
  const [partition] = cluster.createTopic('log', 1);
  const append = (value: string): void => {
    const builder = new BatchBuilder().reset();
    builder.append(1, null, value);
    partition?.append(builder.detach());
  };
  append('a');
  const inbox = new Inbox(
    client.stream('/varve.v1.Varve/Consume'),
    (bytes) => v1.ConsumeResponse.decode(bytes).partitions,
  );
  const send = (position: varve.v1.IConsumePosition): void => {
    inbox.stream.send(v1.ConsumeRequest.encode({ as_record_batches: true, positions: [position] }).finish());
  };
  send({ topic: 'log', partition: 0, offset: 0, position_id: 1 });
  const [first] = await inbox.next();
  t.match(first, { position_id: 1, next_offset: 1, high_watermark: 1 });
  t.equal(String([...records(Buffer.from(first?.record_batches ?? []))][0]?.value), 'a');
  append('b');
  t.match(await inbox.next(), [{ position_id: 1, next_offset: 2 }]);
  send({ topic: 'log', partition: 0, offset: 1, position_id: 2 });
  t.match(await inbox.next(), [{ position_id: 2, next_offset: 2 }]);
  send({ topic: 'log', partition: 0, offset: 77, position_id: 3 });
  t.match(await inbox.next(), [{ position_id: 3, error: { name: 'OFFSET_OUT_OF_RANGE' } }]);
  send({ topic: 'log', partition: 5, offset: 0, position_id: 4 });
  t.match(await inbox.next(), [{ position_id: 4, error: { name: 'UNKNOWN_TOPIC_OR_PARTITION' } }]);
  send({ topic: 'log', partition: 0, offset: -4, position_id: 5 });
  t.match(await inbox.closed, { code: 'INVALID_REQUEST' });
});

t.test('partitions that cannot be read count no more among those of a stream', async (t) => {
  const { cluster, client } = await setup(t, { maxPartitionsPerStream: 2 });
  cluster.createTopic('log', 2);
  for (const as_record_batches of [true, false]) {
    const inbox = new Inbox(
      client.stream('/varve.v1.Varve/Consume'),
      (bytes) => v1.ConsumeResponse.decode(bytes).partitions,
    );
    const send = (partition: number): void => {
      const position = { topic: 'log', partition, offset: 0 };
      inbox.stream.send(v1.ConsumeRequest.encode({ as_record_batches, positions: [position] }).finish());
    };
    for (const missing of [5, 6, 7, 8]) {
      send(missing);
      t.match(await inbox.next(), [{ partition: missing, error: { name: 'UNKNOWN_TOPIC_OR_PARTITION' } }]);
    }
    for (const partition of [0, 1]) {
      send(partition);
      t.match(await inbox.next(), [{ partition, next_offset: 0 }]);
    }
    send(5);
    t.match(await inbox.closed, { code: 'INVALID_REQUEST' }, 'what is read does');
  }
});

t.test('a reader that stops reading: the node holds a bounded rest', async (t) => {
  const { cluster, client } = await setup(t);
  const [partition] = cluster.createTopic('log', 1);
  const value = Buffer.alloc(512 * 1024, 1);
  for (let index = 0; index < 200; index += 1) {
    const builder = new BatchBuilder().reset();
    builder.append(1, null, value);
    partition?.append(builder.detach());
  }
  const before = process.memoryUsage();
  const stream = client.stream('/varve.v1.Varve/Consume');
  stream.onMessage(() => {});
  stream.onClose(() => {});
  stream.pause();
  const positions = [{ topic: 'log', partition: 0, offset: 0, position_id: 1 }];
  stream.send(v1.ConsumeRequest.encode({ as_record_batches: true, positions }).finish());
  await new Promise((resolve) => cluster.clock.after(500, () => resolve(undefined)));
  const after = process.memoryUsage();
  const grown = after.external + after.arrayBuffers - before.external - before.arrayBuffers;
  // Both ends are in this process, and an ArrayBuffer counts in both figures.
  t.ok(grown < 32 * 1024 * 1024, `${Math.round(grown / 1024)} KiB of 100 MiB`);
  stream.cancel();
});

t.test('a reader that asks on and reads no answer is left to wait', async (t) => {
  const { cluster, client } = await setup(t, { maxPartitionsPerStream: 1_000 });
  let taken = 0;
  const node = cluster.node(0);
  const open = node.openConsume.bind(node);
  node.openConsume = (options, sink) => {
    const session = open(options, sink);
    session.set = (position) => {
      taken += 1;
      // As a node does with what it cannot read, whatever else waits.
      queueMicrotask(() => sink.onChunk(node.chunk(position, 1)));
    };
    return session;
  };
  const stream = client.stream('/varve.v1.Varve/Consume');
  let answered = 0;
  stream.onMessage((bytes) => {
    answered += v1.ConsumeResponse.decode(bytes).partitions.filter((each) => each.error).length;
  });
  stream.onClose(() => {});
  stream.pause();
  const positions = Array.from({ length: 1_000 }, (_, partition) => ({ topic: 'none', partition }));
  const message = v1.ConsumeRequest.encode({ as_record_batches: true, positions }).finish();
  const total = 100_000;
  for (let sent = 0; sent < total; sent += positions.length) stream.send(Buffer.from(message));
  await new Promise((resolve) => cluster.clock.after(1_000, () => resolve(undefined)));
  t.ok(taken < total / 2, `${taken} of ${total} positions taken while no answer is read`);
  stream.resume();
  await until('all are answered', () => answered === total);
  t.equal(taken, total);
  stream.cancel();
});

t.test('the positions of Fetch calls that are under way are bounded', async (t) => {
  const { cluster, client } = await setup(t);
  cluster.createTopic('log', 1);
  const waiting: (() => void)[] = [];
  cluster.node(0).fetch = () => new Promise((resolve) => waiting.push(() => resolve([])));
  const positions = Array.from({ length: 10_000 }, () => ({ topic: 'log' }));
  const request = v1.FetchRequest.encode({ positions, as_record_batches: true }).finish();
  const ask = (): Promise<Buffer> => client.unary('/varve.v1.Varve/Fetch', request, { timeoutMs: 20_000 });
  const calls = Array.from({ length: 10 }, ask);
  await until('all wait', () => waiting.length === calls.length);
  await t.rejects(ask(), { code: 'THROTTLING_QUOTA_EXCEEDED', message: /Fetch calls of 100000 positions/ });
  waiting.pop()?.();
  await Promise.race(calls);
  calls.push(ask());
  await until('there is room again', () => waiting.length === 10);
  for (const end of waiting) end();
  await Promise.all(calls);
});

t.test('a name that is longer than any topic has is refused where it enters', async (t) => {
  const { cluster, client } = await setup(t);
  cluster.createTopic('log', 1);
  const topic = 'x'.repeat(250);
  const refused = { code: 'INVALID_TOPIC_EXCEPTION', message: /is too long: 249 characters are allowed/ };
  for (const position of [
    { topic, partition: 0, offset: 0 },
    { topic, partition: 0, remove: true },
  ]) {
    const inbox = new Inbox(client.stream('/varve.v1.Varve/Consume'), (bytes) => bytes);
    inbox.stream.send(v1.ConsumeRequest.encode({ positions: [position] }).finish());
    t.match(await inbox.closed, refused);
  }
  const fetched = v1.FetchRequest.encode({ positions: [{ topic }] }).finish();
  await t.rejects(client.unary('/varve.v1.Varve/Fetch', fetched, unary), refused);
  const listed = v1.ListOffsetsRequest.encode({ partitions: [{ topic, timestamp_ms: -1 }] }).finish();
  await t.rejects(client.unary('/varve.v1.Varve/ListOffsets', listed, unary), refused);
  const inbox = produceStream(client);
  const records = [{ value: Buffer.from('v') }];
  produce(inbox, { correlation_id: 7, topic: 'x'.repeat(MIB), partition: 0, records });
  const [ack] = await inbox.next();
  t.match(ack, { correlation_id: 7, topic: '', error: { name: refused.code, message: refused.message } });
  t.ok((ack?.error?.message?.length ?? 0) < 400, 'which does not repeat all of it');
  produce(inbox, { correlation_id: 8, topic: 'log', partition: 0, records });
  t.match(await inbox.next(), [{ correlation_id: 8, error: null }], 'and the stream goes on');
  inbox.stream.end();
});

t.test('a producer that does not read its answers, or sends without end, is left to wait', async (t) => {
  const { cluster, client } = await setup(t, { maxStreamProduceBytes: 64 * 1024 });
  cluster.createTopic('log', 1);
  let taken = 0;
  const held: (() => void)[] = [];
  cluster.node(0).produce = (_call, done) => {
    taken += 1;
    held.push(() => done({ error: undefined, baseOffset: 0, logAppendTimeMs: -1, logStartOffset: 0 }));
    return false;
  };
  const inbox = produceStream(client);
  const record = { value: Buffer.alloc(8 * 1024) };
  const total = 400;
  for (let index = 0; index < total; index += 1) {
    produce(inbox, { correlation_id: index, topic: 'log', partition: 0, records: [record] });
  }
  await new Promise((resolve) => cluster.clock.after(300, () => resolve(undefined)));
  t.ok(taken < total / 2, `${taken} of ${total} batches taken while none is answered`);
  const hold = cluster.node(0).produce;
  cluster.node(0).produce = (call, done) => {
    hold(call, done);
    for (const answer of held.splice(0)) answer();
    return false;
  };
  for (const answer of held.splice(0)) answer();
  let answered = 0;
  while (answered < total) answered += (await inbox.next()).length;
  t.equal(taken, total);
  inbox.stream.cancel();
});

t.test('a produce stream that is opened while the node has no room is not read before there is some', async (t) => {
  const { cluster, client } = await setup(t, { maxQueuedProduceBytes: 16 * 1024 });
  cluster.createTopic('log', 1);
  const held: (() => void)[] = [];
  let taken = 0;
  cluster.node(0).produce = (_call, done) => {
    taken += 1;
    held.push(() => done({ error: undefined, baseOffset: 0, logAppendTimeMs: -1, logStartOffset: 0 }));
    return false;
  };
  const batch = { topic: 'log', partition: 0, records: [{ value: Buffer.alloc(20 * 1024) }] };
  const first = produceStream(client);
  produce(first, batch);
  await until('the first is taken', () => taken === 1);
  const late = produceStream(client);
  produce(late, batch);
  // What was sent before this is there when it is answered.
  const request = v1.MetadataRequest.encode({ topics: ['log'] }).finish();
  for (let round = 0; round < 20; round += 1) await client.unary('/varve.v1.Varve/Metadata', request, unary);
  t.equal(taken, 1);
  for (const answer of held.splice(0)) answer();
  await until('there is room for it', () => taken === 2);
  for (const { stream } of [first, late]) stream.cancel();
});

t.test('metadata is pushed; ids are given; offsets are listed', async (t) => {
  const { cluster, client } = await setup(t);
  const inbox = new Inbox(client.stream('/varve.v1.Varve/WatchMetadata'), (bytes) => v1.MetadataResponse.decode(bytes));
  inbox.stream.send(v1.MetadataRequest.encode({ topics: ['log'] }).finish());
  inbox.stream.end();
  t.match((await inbox.next()).topics, [
    { name: 'log', error: { name: 'UNKNOWN_TOPIC_OR_PARTITION', retriable: true } },
  ]);
  cluster.createTopic('log', 2);
  t.match((await inbox.next()).topics, [{ name: 'log', partitions: [{ partition: 0, leader: 0 }, { partition: 1 }] }]);
  inbox.stream.cancel();

  const ask = async <Message>(
    method: string,
    request: Uint8Array,
    decode: (bytes: Buffer) => Message,
  ): Promise<Message> => decode(await client.unary(`/varve.v1.Varve/${method}`, request, unary));
  const id = await ask('InitProducerId', Buffer.alloc(0), (bytes) => v1.InitProducerIdResponse.decode(bytes));
  const bumped = await ask(
    'InitProducerId',
    v1.InitProducerIdRequest.encode({ producer_id: id.producer_id, producer_epoch: 0 }).finish(),
    (bytes) => v1.InitProducerIdResponse.decode(bytes),
  );
  t.match(bumped, { producer_id: id.producer_id, producer_epoch: 1 });
  const half = v1.InitProducerIdRequest.encode({ producer_id: 1 }).finish();
  await t.rejects(client.unary('/varve.v1.Varve/InitProducerId', half, unary), VarveError);
  const listed = await ask(
    'ListOffsets',
    v1.ListOffsetsRequest.encode({
      partitions: [{ topic: 'log', partition: 0, timestamp_ms: -1 }, { topic: 'x' }],
    }).finish(),
    (bytes) => v1.ListOffsetsResponse.decode(bytes),
  );
  t.match(listed.partitions, [{ offset: 0, error: null }, { error: { name: 'UNKNOWN_TOPIC_OR_PARTITION' } }]);
});

t.test('health and reflection, as the standard tools ask', async (t) => {
  const { cluster, client } = await setup(t);
  const { HealthCheckRequest, HealthCheckResponse } = health.health.v1;
  const check = async (service: string): Promise<number> =>
    HealthCheckResponse.decode(
      await client.unary('/grpc.health.v1.Health/Check', HealthCheckRequest.encode({ service }).finish(), unary),
    ).status;
  t.equal(await check(''), 1);
  t.equal(await check('varve.v1.Varve'), 1);
  await t.rejects(check('nothing'), { code: 'RESOURCE_NOT_FOUND' });
  const watch = new Inbox(
    client.stream('/grpc.health.v1.Health/Watch'),
    (bytes) => HealthCheckResponse.decode(bytes).status,
  );
  watch.stream.send(HealthCheckRequest.encode({ service: '' }).finish());
  t.equal(await watch.next(), 1);
  cluster.node(0).serving = false;
  for (const listener of cluster.node(0).servingListeners) listener();
  t.equal(await watch.next(), 2);
  t.equal(await check(''), 2);
  watch.stream.cancel();

  const { ServerReflectionRequest, ServerReflectionResponse } = reflection.reflection.v1;
  for (const version of ['v1', 'v1alpha']) {
    const inbox = new Inbox(
      client.stream(`/grpc.reflection.${version}.ServerReflection/ServerReflectionInfo`),
      (bytes) => ServerReflectionResponse.decode(bytes),
    );
    const ask = (
      request: reflection.reflection.v1.IServerReflectionRequest,
    ): Promise<reflection.reflection.v1.ServerReflectionResponse> => {
      inbox.stream.send(ServerReflectionRequest.encode(request).finish());
      return inbox.next();
    };
    const services = (await ask({ list_services: '*' })).list_services_response?.service ?? [];
    t.ok(services.some((each) => each.name === 'varve.v1.Admin'));
    const file = await ask({ file_containing_symbol: 'varve.v1.Varve.Produce' });
    t.equal(file.file_descriptor_response?.file_descriptor_proto?.length, 1);
    t.match(await ask({ file_containing_symbol: 'no.Such' }), { error_response: { error_code: 5 } });
    t.ok((await ask({ file_by_filename: 'varve/v1/varve.proto' })).file_descriptor_response);
    inbox.stream.end();
    t.equal(await inbox.closed, undefined);
  }
});
