import t from 'tap';
import { decodeBounded } from '../../src/grpc/bounded-decoding.js';
import { NodeTransport } from '../../src/platform/node/transport.js';
import { varve } from '../../src/protocol/varve.js';
import { FakeCluster } from './fake-broker.js';

const { v1 } = varve;

/** `count` empty values of field 1: two bytes each. */
function empties(count: number, tag = 0x0a): Buffer {
  return Buffer.alloc(count * 2, Buffer.from([tag, 0]));
}

/** Field 1 with these bytes. */
function wrapped(bytes: Buffer, tag = 0x0a): Buffer {
  const head: number[] = [tag];
  let rest = bytes.length;
  for (; rest > 0x7f; rest >>>= 7) head.push((rest & 0x7f) | 0x80);
  return Buffer.concat([Buffer.from([...head, rest]), bytes]);
}

t.test('a message of very many empty values is refused before it is decoded', async (t) => {
  const cluster = await FakeCluster.start(1);
  const [host = '', port] = cluster.node(0).address.split(':');
  const client = new NodeTransport().connectRpc({
    host,
    port: Number(port),
    maxMessageBytes: 4 * 1024 * 1024,
    channel: 'test',
  });
  t.teardown(async () => {
    client.close();
    await cluster.close();
  });
  cluster.createTopic('log', 1);
  const manyRecords = wrapped(Buffer.concat([wrapped(Buffer.from('log'), 0x12), empties(1_900_000, 0x32)]));
  const manyHeaders = wrapped(wrapped(empties(1_900_000, 0x1a), 0x32));
  const streams: [string, Buffer, RegExp][] = [
    ['Produce', empties(10_001), /at most 10000 batches/],
    ['Produce', wrapped(empties(100_000, 0x32)), /at most 100000 values/],
    ['Produce', wrapped(wrapped(empties(100_000, 0x1a), 0x32)), /at most 100000 values/],
    ['Produce', manyRecords, /at most 1000000 tags/],
    ['Produce', manyHeaders, /at most 1000000 tags/],
    ['Consume', empties(10_001), /at most 10000 positions/],
    ['Consume', empties(1_900_000), /at most 1000000 tags/],
    ['WatchMetadata', empties(10_001), /at most 10000 topics/],
    ['WatchMetadata', empties(1_900_000), /at most 1000000 tags/],
  ];
  for (const [method, message, expected] of streams) {
    const stream = client.stream(`/varve.v1.Varve/${method}`);
    stream.onMessage(() => {});
    const closed = new Promise((resolve) => stream.onClose(resolve));
    stream.send(message);
    t.match(await closed, { code: 'INVALID_REQUEST', message: expected }, method);
  }
  /** Numbers that are packed into one field take a byte each. */
  const zeros = Buffer.alloc(3_000_000);
  const calls = [
    ['Varve/Fetch', empties(10_001)],
    ['Varve/Metadata', empties(10_001)],
    ['Varve/ListOffsets', empties(10_001)],
    ['Admin/DeleteRecords', empties(10_001)],
    ['Admin/DeleteTopics', empties(100_001)],
    ['Admin/CreateTopics', wrapped(empties(100_001, 0x2a))],
    ['Admin/CreatePartitions', wrapped(empties(100_001, 0x1a))],
    ['Admin/AlterConfigs', wrapped(empties(100_001, 0x12))],
    ['Admin/DescribeConfigs', empties(100_001)],
    ['Admin/AlterPartitionReassignments', wrapped(wrapped(zeros.subarray(0, 100_001), 0x1a))],
    ['Admin/ListPartitionReassignments', wrapped(wrapped(zeros.subarray(0, 100_001), 0x12))],
    ['Varve/Fetch', empties(1_900_000)],
    ['Varve/Metadata', empties(1_900_000)],
    ['Varve/ListOffsets', empties(1_900_000)],
    ['Admin/CreateTopics', wrapped(empties(1_900_000, 0x2a))],
    ['Admin/AlterConfigs', wrapped(empties(1_900_000, 0x12))],
    ['Admin/ElectLeaders', wrapped(empties(1_900_000, 0x10), 0x12)],
    ['Admin/DescribeConfigs', empties(1_900_000)],
    ['Admin/CreateTopics', wrapped(wrapped(wrapped(zeros), 0x2a))],
    ['Admin/CreatePartitions', wrapped(wrapped(wrapped(zeros), 0x1a))],
    ['Admin/ElectLeaders', wrapped(wrapped(zeros, 0x12), 0x12)],
    ['Admin/ListPartitionReassignments', wrapped(wrapped(zeros, 0x12))],
    ['Admin/AlterPartitionReassignments', wrapped(wrapped(zeros, 0x1a))],
  ] as const;
  for (const [method, message] of calls) {
    const call = client.unary(`/varve.v1.${method}`, message, { timeoutMs: 5_000 });
    await t.rejects(call, { code: 'INVALID_REQUEST', message: /at most/ }, method);
  }
  t.equal(cluster.admins.length, 0);
  const topics = [{ name: 'all', partitions: Array.from({ length: 90_000 }, (_, partition) => partition) }];
  const many = v1.ElectLeadersRequest.encode({ partitions: topics }).finish();
  await client.unary('/varve.v1.Admin/ElectLeaders', many, { timeoutMs: 5_000 });
  t.equal(cluster.admins.length, 1, 'what is within the bound is taken');
});

t.test('what is within the bounds is decoded, and what is malformed is told as before', async (t) => {
  const fields = { batches: { most: 3, within: { records: {} } } };
  const records = Array.from({ length: 50_000 }, () => ({ value: Buffer.from('v') }));
  const message = v1.ProduceRequest.encode({ batches: [{ records }, { timeout_ms: 7, producer_id: -1 }, {}] }).finish();
  t.equal(decodeBounded(v1.ProduceRequest, message, fields).batches[0]?.records?.length, 50_000);
  t.throws(
    () => decodeBounded(v1.ProduceRequest, Buffer.concat([message, empties(1)]), fields),
    /A ProduceRequest holds at most 3 batches/,
  );
  for (const bad of [message.subarray(0, 40_000), Buffer.alloc(20_000, 0xff), Buffer.alloc(20_000, 0x0f)]) {
    t.throws(() => decodeBounded(v1.ProduceRequest, bad, fields), { code: 'INVALID_REQUEST' });
  }
});

t.test('what a decoder reads in its own way does not get past the bound', async (t) => {
  const fields = { batches: { most: 10_000, within: { records: {} } } };
  const ways: [string, Buffer][] = [
    ['behind a group', Buffer.concat([Buffer.from([0x7b, 0x7c]), empties(600_000)])],
    ['in a group', Buffer.concat([Buffer.from([0x7b]), empties(600_000), Buffer.from([0x7c])])],
    ['under another wire type', wrapped(empties(600_000, 0x32), 0x08)],
    ['behind a tag of more bytes than a tag takes', Buffer.concat([Buffer.alloc(5, 0x80), empties(600_000)])],
    ['of fields that there are not', empties(600_000, 0x7a)],
  ];
  for (const [name, message] of ways) {
    t.throws(
      () => decodeBounded(v1.ProduceRequest, message, fields),
      { code: 'INVALID_REQUEST', message: /A ProduceRequest holds at most 1000000 tags and lengths/ },
      name,
    );
  }
  // Below the bound of the decoder, what it has made of it counts.
  for (const message of [
    wrapped(empties(100_001, 0x32), 0x08),
    Buffer.concat([Buffer.from([0x7b, 0x7c]), empties(10_001)]),
  ])
    t.throws(() => decodeBounded(v1.ProduceRequest, message, fields), {
      code: 'INVALID_REQUEST',
      message: /at most 10/,
    });
});

t.test('a name that is asked for many times is answered once', async (t) => {
  const cluster = await FakeCluster.start(1);
  const [host = '', port] = cluster.node(0).address.split(':');
  const client = new NodeTransport().connectRpc({
    host,
    port: Number(port),
    maxMessageBytes: 1 << 20,
    channel: 'test',
  });
  t.teardown(async () => {
    client.close();
    await cluster.close();
  });
  cluster.createTopic('log', 100);
  const topics = Array.from({ length: 5_000 }, () => 'log');
  const request = v1.MetadataRequest.encode({ topics }).finish();
  const answer = await client.unary('/varve.v1.Varve/Metadata', request, { timeoutMs: 5_000 });
  t.equal(v1.MetadataResponse.decode(answer).topics.length, 1);
});
