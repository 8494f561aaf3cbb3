import { isUtf8 } from 'node:buffer';
import t from 'tap';
import type { Test } from 'tap';
import type { PartitionChunk } from '../../src/broker/broker-api.js';
import { DecodedChunk } from '../../src/grpc/decoded-chunk.js';
import { NodeTransport } from '../../src/platform/node/transport.js';
import { NodeWorkers } from '../../src/platform/node/workers.js';
import type { RpcClient } from '../../src/platform/transport.js';
import { varve } from '../../src/protocol/varve.js';
import { BatchBuilder } from '../../src/record/batch-builder.js';
import type { BatchOptions } from '../../src/record/batch-builder.js';
import { CompressionCodec } from '../../src/record/batch-header.js';
import { FakeCluster } from './fake-broker.js';
import type { FakePartition } from './fake-broker.js';

const { v1 } = varve;
const MIB = 1024 * 1024;
const GRPC_DEFAULT_BYTES = 4 * MIB;

interface Setup {
  readonly client: RpcClient;
  readonly partitions: readonly FakePartition[];
}

async function setup(t: Test, partitionCount = 1): Promise<Setup> {
  const cluster = await FakeCluster.start(1);
  const [host = '', port] = cluster.node(0).address.split(':');
  // As the clients of other languages, it takes no message above gRPC's default.
  const client = new NodeTransport().connectRpc({
    host,
    port: Number(port),
    maxMessageBytes: GRPC_DEFAULT_BYTES,
    channel: 'test',
  });
  t.teardown(async () => {
    client.close();
    await cluster.close();
  });
  return { client, partitions: cluster.createTopic('log', partitionCount) };
}

function batch(values: readonly (string | Buffer)[], options: BatchOptions = {}): Buffer {
  const builder = new BatchBuilder().reset(options);
  for (const value of values) builder.append(1, null, value);
  return builder.detach();
}

const gzip = { codec: CompressionCodec.gzip };

/** `count` values of `bytes` each that compress to next to nothing, and differ. */
function tame(count: number, bytes: number, from = 0): string[] {
  return Array.from({ length: count }, (_, index) => `${from + index}:`.padEnd(bytes, 'x'));
}

function numberOf(record: varve.v1.IConsumedRecord): number {
  return Number(String(record.value).split(':')[0]);
}

/** Reads until `end`, and gives the numbers of the records and the size of the largest message. */
async function consumeTo(client: RpcClient, end: number, maxResponseBytes: number): Promise<[number[], number]> {
  const numbers: number[] = [];
  let largest = 0;
  await new Promise<void>((resolve, reject) => {
    const stream = client.stream('/varve.v1.Varve/Consume');
    stream.onMessage((bytes) => {
      largest = Math.max(largest, bytes.length);
      for (const { records, error, next_offset } of v1.ConsumeResponse.decode(bytes).partitions) {
        if (error) reject(new Error(error.message ?? ''));
        for (const record of records ?? []) numbers.push(numberOf(record));
        if (records?.length) next(records.at(-1)?.offset ?? 0, next_offset ?? 0);
      }
    });
    const next = (last: number, after: number): void => {
      if (after !== last + 1) reject(new Error(`after offset ${last} comes ${after}`));
      if (after < end) return;
      stream.cancel();
      resolve();
    };
    stream.onClose((error) => reject(error ?? new Error('it ended')));
    stream.send(
      v1.ConsumeRequest.encode({
        positions: [{ topic: 'log', partition: 0, offset: 0 }],
        max_response_bytes: maxResponseBytes,
      }).finish(),
    );
  });
  return [numbers, largest];
}

async function fetch(
  client: RpcClient,
  positions: varve.v1.IConsumePosition[],
  max_response_bytes: number,
): Promise<[varve.v1.IPartitionRecords[], number]> {
  const request = v1.FetchRequest.encode({ positions, max_response_bytes }).finish();
  const bytes = await client.unary('/varve.v1.Varve/Fetch', request, { timeoutMs: 20_000 });
  return [v1.FetchResponse.decode(bytes).partitions, bytes.length];
}

t.test('a batch that inflates to many messages comes as many', async (t) => {
  const { client, partitions } = await setup(t);
  const each = 2_000;
  for (let n = 0; n < 5; n += 1) partitions[0]?.append(batch(tame(each, 4_000, n * each), gzip));
  const expected = Array.from({ length: 5 * each }, (_, index) => index);
  for (const [asked, bound] of [
    [0, MIB],
    [300_000, 300_000],
    [64 * MIB, GRPC_DEFAULT_BYTES],
  ] as const) {
    const [numbers, largest] = await consumeTo(client, expected.length, asked);
    t.same(numbers, expected, `asked for ${asked}: each record once, in order`);
    t.ok(largest <= bound && largest > bound * 0.9, `the largest message has ${largest} bytes`);
  }
  const fetched: number[] = [];
  let largest = 0;
  for (let offset = 0; offset < expected.length;) {
    const [[answer], bytes] = await fetch(client, [{ topic: 'log', partition: 0, offset }], 64 * MIB);
    for (const record of answer?.records ?? []) fetched.push(numberOf(record));
    t.ok((answer?.next_offset ?? 0) > offset, 'a fetch goes on');
    offset = answer?.next_offset ?? Infinity;
    largest = Math.max(largest, bytes);
  }
  t.same(fetched, expected);
  t.ok(largest <= GRPC_DEFAULT_BYTES, `the largest answer has ${largest} bytes`);
});

t.test('one fetch of several partitions stays within its bound, and skips none', async (t) => {
  const { client, partitions } = await setup(t, 3);
  for (const partition of partitions) partition.append(batch(tame(10, 100_000), gzip));
  const positions = partitions.map((_, partition) => ({ topic: 'log', partition, offset: 0 }));
  const [answers, bytes] = await fetch(client, positions, 1_500_000);
  t.ok(bytes <= 1_500_000, `${bytes} bytes`);
  t.same(
    answers.map(({ records, next_offset }) => [records?.length, next_offset]),
    [
      [10, 10],
      [4, 4],
      [0, 0],
    ],
  );
});

t.test('a fetch may name a partition at several offsets', async (t) => {
  const { client, partitions } = await setup(t);
  partitions[0]?.append(batch(tame(10, 100)));
  const positions = [5, 0, 7].map((offset, index) => ({ topic: 'log', partition: 0, offset, position_id: 9 - index }));
  const [answers] = await fetch(client, positions, MIB);
  t.same(
    answers.map(({ position_id, records }) => [position_id, records?.map(numberOf)]),
    [
      [9, [5, 6, 7, 8, 9]],
      [8, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]],
      [7, [7, 8, 9]],
    ],
  );
});

t.test('a record above the bound comes alone', async (t) => {
  const { client, partitions } = await setup(t);
  partitions[0]?.append(batch(tame(3, 50_000)));
  const [[answer]] = await fetch(client, [{ topic: 'log', partition: 0, offset: 1 }], 1_000);
  t.same(answer?.records?.map(numberOf), [1]);
  t.equal(answer?.next_offset, 2);
  const [numbers, largest] = await consumeTo(client, 3, 1);
  t.same(numbers, [0, 1, 2]);
  t.ok(largest < 51_000, `${largest} bytes`);
});

t.test('a fetch gives a record above the bound also behind partitions that have none', async (t) => {
  const { client, partitions } = await setup(t, 4);
  partitions[0]?.append(batch(['0:']));
  for (const partition of [2, 3]) partitions[partition]?.append(batch(tame(2, 50_000), gzip));
  const positions = [1, 0, 0, 0].map((offset, partition) => ({ topic: 'log', partition, offset }));
  // The answers of the empty ones alone fill the smallest bound.
  for (const bound of [1_000, 1]) {
    const [answers] = await fetch(client, positions, bound);
    t.same(
      answers.map(({ records, next_offset }) => [records?.map(numberOf), next_offset]),
      [
        [[], 1],
        [[], 0],
        [[0], 1],
        [[], 0],
      ],
      `at most ${bound} bytes: one record, and one alone`,
    );
  }
});

t.test('a batch that inflates without end is refused by name, and the rest is read on', async (t) => {
  const { client, partitions } = await setup(t, 2);
  partitions[0]?.append(batch(['0:']));
  partitions[0]?.append(batch([Buffer.alloc(80 * MIB), '2:'], gzip));
  partitions[0]?.append(batch(['3:']));
  partitions[1]?.append(batch(['0:', '1:']));
  const got: string[] = [];
  await new Promise<void>((resolve, reject) => {
    const stream = client.stream('/varve.v1.Varve/Consume');
    const send = (...positions: varve.v1.IConsumePosition[]): void =>
      void stream.send(v1.ConsumeRequest.encode({ positions }).finish());
    stream.onMessage((bytes) => {
      for (const each of v1.ConsumeResponse.decode(bytes).partitions) {
        for (const record of each.records ?? []) got.push(`${each.partition}:${record.offset}`);
        if (each.error) {
          got.push(`${each.error.name} ${each.error.retriable} ${each.next_offset}`);
          t.match(each.error.message, /batch at offset 1 of log-0 .* go on at offset 3/);
          send({ topic: 'log', partition: 0, offset: 3 });
          partitions[1]?.append(batch(['2:']));
        }
        if (each.partition === 0 && each.next_offset === 4) {
          stream.cancel();
          resolve();
        }
      }
    });
    stream.onClose((error) => reject(error ?? new Error('it ended')));
    send({ topic: 'log', partition: 0, offset: 0 }, { topic: 'log', partition: 1, offset: 0 });
  });
  t.same(
    got.filter((each) => !each.startsWith('1:')),
    ['0:0', 'MESSAGE_TOO_LARGE false 1', '0:3'],
  );
  const [[answer]] = await fetch(client, [{ topic: 'log', partition: 0, offset: 1 }], MIB);
  t.match(answer, { error: { name: 'MESSAGE_TOO_LARGE' }, next_offset: 1, records: [] });
  const [[before]] = await fetch(client, [{ topic: 'log', partition: 0, offset: 0 }], MIB);
  t.match(before, { error: null, next_offset: 1 }, 'what is before it is given first');
});

t.test('a batch that cannot be given, behind what earlier chunks gave, is where reading goes on', async (t) => {
  const { partitions } = await setup(t);
  partitions[0]?.append(batch(['0:', '1:', '2:']));
  partitions[0]?.append(batch([Buffer.alloc(80 * MIB)], gzip));
  const bytes = partitions[0]?.stored[1]?.bytes ?? Buffer.alloc(0);
  const workers = new NodeWorkers({ threads: 0, maxQueued: 1 });
  const decoded = new DecodedChunk({
    chunk: chunkOf([bytes], 4),
    fromOffset: 0,
    isolation: 'readUncommitted',
    workers,
  });
  await t.rejects(decoded.next(MIB), { code: 'MESSAGE_TOO_LARGE' });
  t.equal(decoded.nextOffset, 3);
});

function chunkOf(batches: readonly Buffer[], nextOffset: number): PartitionChunk {
  const sizeBytes = batches.reduce((sum, each) => sum + each.length, 0);
  const ends = { highWatermark: nextOffset, lastStableOffset: nextOffset, logStartOffset: 0 };
  const place = { topic: 'log', partition: 0, positionId: 1, error: undefined, divergingEpoch: undefined };
  return { ...place, ...ends, batches, sizeBytes, abortedTransactions: [], nextOffset };
}

t.test('what is let go while the reader waits is gone on with where it was', async (t) => {
  const workers = new NodeWorkers({ threads: 0, maxQueued: 1 });
  let inflations = 0;
  const counting: typeof workers.run = (...task) => {
    inflations += 1;
    return workers.run(...task);
  };
  const options = { isolation: 'readUncommitted', workers: { run: counting, close: () => workers.close() } } as const;
  const large = new DecodedChunk({
    chunk: chunkOf([batch(tame(5_000, 1_000), gzip)], 5_000),
    fromOffset: 7,
    ...options,
  });
  const numbers: number[] = [];
  for (let message = await large.next(MIB); message !== undefined; message = await large.next(MIB)) {
    for (const record of v1.ConsumeResponse.decode(message).partitions[0]?.records ?? [])
      numbers.push(numberOf(record));
    large.letGo();
  }
  t.same(
    numbers,
    Array.from({ length: 4_993 }, (_, index) => index + 7),
  );
  t.equal(inflations, 5);
  inflations = 0;
  const small = new DecodedChunk({ chunk: chunkOf([batch(tame(500, 1_000), gzip)], 500), fromOffset: 0, ...options });
  while ((await small.next(MIB / 4)) !== undefined) small.letGo();
  t.equal(inflations, 1, 'a small one is kept');
});

t.test('records are what protobuf makes of them, whatever they hold', async (t) => {
  const workers = new NodeWorkers({ threads: 0, maxQueued: 1 });
  const builder = new BatchBuilder().reset({ baseOffset: 2 ** 45 + 3, leaderEpoch: 7 });
  const notText = Buffer.from([0xff, 0xfe, 0x41]);
  builder.append(-1, null, null);
  builder.append(1_700_000_000_000, '', '');
  builder.append(0, 'clé', Buffer.alloc(200, 1), [
    { key: notText, value: notText },
    { key: '', value: null },
    { key: 'h', value: '' },
  ]);
  builder.append(2 ** 41, Buffer.alloc(20_000, 2), null);
  const chunk = chunkOf([builder.detach()], 2 ** 45 + 7);
  const decoded = new DecodedChunk({ chunk, fromOffset: 0, isolation: 'readUncommitted', workers });
  const message = (await decoded.next(MIB)) ?? Buffer.alloc(0);
  const [partition] = v1.ConsumeResponse.decode(message).partitions;
  t.match(partition, { topic: 'log', position_id: 1, next_offset: 2 ** 45 + 7 });
  const got = (partition?.records ?? []).map((each) => [
    each.offset,
    each.timestamp_ms,
    each.leader_epoch,
    each.key?.length ?? null,
    each.value?.length ?? null,
    (each.headers ?? []).map(({ key, value }) => [key, value?.length ?? null]),
  ]);
  const replaced = notText.toString();
  t.ok(isUtf8(Buffer.from(replaced)));
  t.same(got, [
    [2 ** 45 + 3, -1, 7, null, null, []],
    [2 ** 45 + 4, 1_700_000_000_000, 7, 0, 0, []],
    [
      2 ** 45 + 5,
      0,
      7,
      4,
      200,
      [
        [replaced, 3],
        ['', null],
        ['h', 0],
      ],
    ],
    [2 ** 45 + 6, 2 ** 41, 7, 20_000, null, []],
  ]);
  t.notOk(
    message.includes(Buffer.concat([Buffer.from([3]), notText, Buffer.from([0x12])])),
    'no header key is left that is no text',
  );
});

t.test('a record of more headers than there is room for as objects is refused by name', async (t) => {
  const { client, partitions } = await setup(t, 1);
  const builder = new BatchBuilder().reset(gzip);
  const headers = Array.from({ length: 100_001 }, () => ({ key: '', value: '' }));
  builder.append(1, null, '0:');
  builder.append(1, null, '1:', headers);
  builder.append(1, null, '2:');
  partitions[0]?.append(builder.detach());
  const [[before]] = await fetch(client, [{ topic: 'log', partition: 0, offset: 0 }], MIB);
  t.match(before, { error: null, next_offset: 1, records: [{ offset: 0 }] }, 'what is before it is given first');
  const [[answer]] = await fetch(client, [{ topic: 'log', partition: 0, offset: 1 }], MIB);
  t.match(answer, { error: { name: 'MESSAGE_TOO_LARGE', message: /offset 1 has 100001 headers/ }, records: [] });
  const [[behind]] = await fetch(client, [{ topic: 'log', partition: 0, offset: 2 }], MIB);
  t.match(behind, { error: null, next_offset: 3, records: [{ offset: 2 }] });
});
