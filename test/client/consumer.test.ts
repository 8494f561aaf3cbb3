import t from 'tap';
import type { ErrorName } from '../../src/common/errors.js';
import { VarveError } from '../../src/common/errors.js';
import { Consumer, Producer, serializers } from '../../src/index.js';
import { until } from '../broker/local-cluster.js';
import { BatchBuilder } from '../../src/record/batch-builder.js';
import { CRC_AT, CompressionCodec, RECORDS_AT, computeBatchCrc } from '../../src/record/batch-header.js';
import { fill, logReader, numbers, take, textConsumer, withCluster, withLog } from './text-consumer.js';

t.test('reads from the start, then tails', async (t) => {
  const cluster = await withLog(t, 2);
  await fill(cluster, 'log', numbers(200));
  const consumer = await logReader(t, cluster);
  const iterator = consumer.records();
  for (const expected of numbers(200)) {
    const { value: record } = await iterator.next();
    if (record?.value !== expected || record.key !== `k${expected}` || Number(record.offset) !== Number(expected)) {
      t.fail(`record ${expected} is ${record?.value} at ${record?.offset}`);
    }
    if (record?.headers[0]?.key !== 'n' || String(record.headers[0].value) !== expected) t.fail('headers');
  }
  const late = iterator.next();
  await fill(cluster, 'log', ['late']);
  t.equal((await late).value?.value, 'late');
  t.equal(consumer.position('log', 0), 201n);
  t.match(consumer.positions(), [{ topic: 'log', partition: 0, offset: 201n, topicId: /^.{22}$/ }]);
  t.equal(consumer.lag('log', 0), 0n);
});

t.test('a saved position, a seek, the end and a time as starts', async (t) => {
  const cluster = await withLog(t, 1);
  const producer = new Producer({ bootstrap: cluster.bootstrap, batchSizeBytes: 200 });
  for (const value of numbers(100)) producer.produce({ topic: 'log', value, timestamp: 1_000 + Number(value) });
  await producer.close();
  const consumer = await logReader(t, cluster);
  t.same(await take(consumer, 37), numbers(37));
  const saved = consumer.positions();
  t.equal(saved[0]?.offset, 37n, 'what was not handed on is not counted');
  t.same(await take(consumer, 3), ['37', '38', '39'], 'iterating again goes on');
  const other = textConsumer(t, cluster);
  await other.assign(saved.map((position) => ({ ...position, from: position.offset })));
  t.same(await take(other, 2), ['37', '38']);
  other.seek('log', 0, 90);
  t.same(await take(other, 2), ['90', '91']);
  other.seek('log', 0, 'earliest');
  t.same(await take(other, 1), ['0']);
  other.seek('log', 0, { timestamp: 1_050 });
  t.same(await take(other, 1), ['50']);
  await other.assign([{ topic: 'log', from: 'latest' }]);
  const end = take(other, 1);
  await fill(cluster, 'log', ['new']);
  t.same(await end, ['new']);
});

t.test('assign resolves when a paused partition is sought in before the place to start is known', async (t) => {
  const cluster = await withLog(t, 1);
  await fill(cluster, 'log', numbers(3));
  const consumer = textConsumer(t, cluster);
  let asked = 0;
  cluster.offsetFault = () => {
    asked += 1;
    return new VarveError('LEADER_NOT_AVAILABLE');
  };
  const assigned = consumer.assign([{ topic: 'log', from: 'latest' }]);
  await until('it is asked for', () => asked > 0);
  consumer.pause();
  consumer.seek('log', 0, 1n);
  await assigned;
  t.equal(consumer.position('log', 0), 1n);
  consumer.resume();
  t.same(await take(consumer, 2), ['1', '2']);
});

t.test('topics that are assigned together are asked for together', async (t) => {
  const cluster = await withLog(t, 1);
  const topics = Array.from({ length: 30 }, (_, index) => `topic-${index}`);
  for (const topic of topics) cluster.createTopic(topic, 1);
  const node = cluster.node(0);
  const watched = t.capture(node, 'watchMetadata', node.watchMetadata.bind(node));
  const consumer = textConsumer(t, cluster);
  await consumer.assign(topics.map((topic) => ({ topic, from: 0 })));
  t.equal(consumer.assignment.length, 30);
  const { length } = watched();
  t.ok(length <= 6, `the metadata was watched ${length} times`);
});

// SEED=1795805560 SECONDS=3, at that time: the user got the error.
t.test('ends are asked for again while a new leader does not know its own yet', async (t) => {
  const cluster = await withLog(t, 1, 2);
  await fill(cluster, 'log', numbers(3), 1);
  const consumer = textConsumer(t, cluster, { requestTimeoutMs: 500 });
  const both = [0, 1].map((partition) => ({ topic: 'log', partition }));
  const passing: ErrorName[] = ['LEADER_NOT_AVAILABLE', 'NOT_LEADER_OR_FOLLOWER', 'OFFSET_NOT_AVAILABLE'];
  let asked = 0;
  cluster.offsetFault = (_topic, partition) => {
    asked++;
    const code = partition === 1 ? passing.shift() : undefined;
    return code && new VarveError(code);
  };
  const ends = await consumer.endOffsets(both);
  t.same(
    ends.map(({ partition, offset }) => [partition, offset]),
    [
      [0, 0n],
      [1, 3n],
    ],
  );
  t.equal(asked, 5, 'what was answered is not asked for again');
  cluster.offsetFault = () => new VarveError('OFFSET_NOT_AVAILABLE');
  await t.rejects(consumer.endOffsets(both), { code: 'OFFSET_NOT_AVAILABLE' }, 'not for ever');
  cluster.offsetFault = () => new VarveError('TOPIC_AUTHORIZATION_FAILED');
  await t.rejects(consumer.endOffsets(both), { code: 'TOPIC_AUTHORIZATION_FAILED' });
});

t.test('a seek to what is no place changes nothing', async (t) => {
  const cluster = await withLog(t, 1);
  await fill(cluster, 'log', numbers(100));
  const consumer = await logReader(t, cluster);
  const iterator = consumer.records();
  for (const expected of numbers(10)) t.equal((await iterator.next()).value?.value, expected);
  t.throws(() => consumer.seek('log', 0, -1n), { code: 'INVALID_REQUEST' });
  for (const expected of numbers(100).slice(10)) t.equal((await iterator.next()).value?.value, expected);
});

t.test(
  'of a partition that is assigned twice the later mention counts, and a later assignment ends the wait',
  async (t) => {
    const cluster = await withLog(t, 1, 2);
    await fill(cluster, 'log', numbers(20), 0);
    const consumer = textConsumer(t, cluster);
    await consumer.assign([{ topic: 'log' }, { topic: 'log', partition: 0, from: 15n }]);
    t.same(await take(consumer, 5), numbers(20).slice(15));
    const first = consumer.assign([{ topic: 'log', from: 'earliest' }]);
    const second = consumer.assign([{ topic: 'log', partition: 0, from: 18n }]);
    await Promise.all([first, second]);
    t.same(await take(consumer, 2), ['18', '19']);
  },
);

t.test('calls that do not wait for each other get records in their order, each one', async (t) => {
  const cluster = await withLog(t, 1);
  const consumer = await logReader(t, cluster);
  const iterator = consumer.records();
  const asked = numbers(300).map(() => iterator.next());
  await fill(cluster, 'log', numbers(300));
  t.same(
    (await Promise.all(asked)).map(({ value }) => value?.value),
    numbers(300),
  );
});

t.test('an iteration that ends while it waits takes nothing from the next one', async (t) => {
  const cluster = await withLog(t, 1);
  const consumer = await logReader(t, cluster);
  const iterator = consumer.records();
  const waiting = iterator.next();
  await iterator.return?.();
  t.same(await waiting, { done: true, value: undefined });
  t.same(await iterator.next(), { done: true, value: undefined });
  await fill(cluster, 'log', numbers(10));
  t.same(await take(consumer, 10), numbers(10));
});

t.test('an iteration that ends as its batch arrives leaves that to the next one', async (t) => {
  const cluster = await withLog(t, 1);
  await fill(cluster, 'log', numbers(10));
  // Between the queue and the iteration a batch takes a few turns of the microtasks.
  for (let turns = 0; turns < 6; turns++) {
    const consumer = await logReader(t, cluster);
    while (consumer.lag('log', 0) === undefined) await consumer.endOffsets([{ topic: 'log', partition: 0 }]);
    const iterator = consumer.records();
    const next = iterator.next();
    for (let turn = 0; turn < turns; turn++) await Promise.resolve();
    await iterator.return?.();
    const { value } = await next;
    const rest = numbers(10).slice(value === undefined ? 0 : 1);
    t.same(await take(consumer, rest.length), rest);
    await consumer.close();
  }
});

t.test('a batch that a seek or a pause overtakes is not handed on', async (t) => {
  const cluster = await withLog(t, 1);
  await fill(cluster, 'log', numbers(10));
  const turns: ReadonlyArray<readonly [string, (consumer: Awaited<ReturnType<typeof logReader>>) => void]> = [
    ['0', (consumer) => consumer.seek('log', 0, 0)],
    [
      '5',
      (consumer) => {
        consumer.pause();
        consumer.resume();
      },
    ],
  ];
  for (const [expected, turn] of turns) {
    const consumer = textConsumer(t, cluster);
    await consumer.assign([{ topic: 'log', from: 5n }]);
    while (consumer.lag('log', 0) === undefined) await consumer.endOffsets([{ topic: 'log', partition: 0 }]);
    const iterator = consumer.batches();
    const next = iterator.next();
    turn(consumer);
    const { value } = await next;
    t.same(value && [...value][0]?.value, expected);
    await consumer.close();
  }
});

t.test('pause and resume', async (t) => {
  const cluster = await withLog(t, 1, 2);
  const consumer = await logReader(t, cluster);
  consumer.pause([{ topic: 'log', partition: 0 }]);
  await fill(cluster, 'log', ['paused'], 0);
  await fill(cluster, 'log', ['open'], 1);
  t.same(await take(consumer, 1), ['open']);
  consumer.resume();
  t.same(await take(consumer, 1), ['paused']);
});

t.test('batches, scanned without an object a record; compressed ones too', async (t) => {
  const cluster = await withLog(t, 1);
  const producer = new Producer({ bootstrap: cluster.bootstrap, compression: 'lz4', keySerializer: serializers.int32 });
  for (const value of numbers(1000)) producer.produce({ topic: 'log', key: Number(value), value });
  await producer.close();
  const consumer = new Consumer({ bootstrap: cluster.bootstrap });
  t.teardown(() => consumer.close());
  await consumer.assign([{ topic: 'log', from: 10n }]);
  let sum = 0;
  let first = -1;
  for await (const batch of consumer.batches()) {
    batch.scan((cursor) => {
      if (first < 0) first = cursor.offset;
      sum += cursor.bytes.readInt32BE(cursor.keyStart);
    });
    if (batch.nextOffset === 1000n) break;
  }
  t.equal(first, 10);
  t.equal(sum, (1000 * 999) / 2 - 45);
});

t.test('leaders that move and die: each record once, in order', async (t) => {
  const cluster = await withLog(t, 3);
  const consumer = await logReader(t, cluster);
  const read = take(consumer, 400);
  await fill(cluster, 'log', numbers(400).slice(0, 100));
  cluster.moveLeader('log', 0, 1);
  await fill(cluster, 'log', numbers(400).slice(100, 200));
  await cluster.node(1).stop();
  cluster.moveLeader('log', 0, 2);
  await fill(cluster, 'log', numbers(400).slice(200, 300));
  cluster.node(2).hangs = true;
  cluster.moveLeader('log', 0, 0);
  await fill(cluster, 'log', numbers(400).slice(300));
  t.same(await read, numbers(400));
});

t.test('a position that is gone: told, or reset as asked', async (t) => {
  const cluster = await withCluster(t, 1);
  const [partition] = cluster.createTopic('log', 1);
  await fill(cluster, 'log', numbers(100));
  const strict = textConsumer(t, cluster);
  await strict.assign([{ topic: 'log', from: 1000n }]);
  for (let time = 0; time < 3; time++) {
    await t.rejects(take(strict, 1), { code: 'OFFSET_OUT_OF_RANGE' }, 'each iteration is told, until a seek');
  }
  strict.seek('log', 0, 99);
  t.same(await take(strict, 1), ['99'], 'a seek mends it');
  const lenient = textConsumer(t, cluster, { autoOffsetReset: 'earliest' });
  await lenient.assign([{ topic: 'log', from: 1000n }]);
  t.same(await take(lenient, 1), ['0']);
  t.equal(partition?.nextOffset, 100);
  for (const [place, told] of [
    ['end', /or an offset, not 'end'/],
    ['10', /or an offset, not '10'/],
    [{ timestamp: 'today' }, /not \{ timestamp: today \}/],
    [new Date(5), /or an offset, not 'Thu/],
    [-1, /from 0 to 2\^53-1, not -1/],
  ] as const) {
    const wrong = place as unknown as 'latest';
    await t.rejects(strict.assign([{ topic: 'log', from: wrong }]), { code: 'INVALID_REQUEST', message: told });
    t.throws(() => strict.seek('log', 0, wrong), { code: 'INVALID_REQUEST', message: told });
  }
  t.throws(() => strict.seek('log', 0, null as unknown as 'latest'), { code: 'INVALID_REQUEST' });
  await t.rejects(strict.offsetsFor([{ topic: 'log', partition: 0 }], 'end' as 'latest'), { code: 'INVALID_REQUEST' });
  await t.rejects(strict.assign([{ topic: 'nowhere' }]), { code: 'UNKNOWN_TOPIC_OR_PARTITION' });
  await t.rejects(strict.assign([{ topic: 'log', partition: 7 }]), { code: 'UNKNOWN_TOPIC_OR_PARTITION' });
});

t.test('a damaged batch is not handed on', async (t) => {
  const cluster = await withCluster(t, 1);
  const [partition] = cluster.createTopic('log', 1);
  await fill(cluster, 'log', numbers(3));
  const bytes = partition?.stored[0]?.bytes ?? Buffer.alloc(0);
  bytes[70] = (bytes[70] ?? 0) ^ 1;
  const consumer = await logReader(t, cluster);
  const read = take(consumer, 3);
  await new Promise((resolve) => cluster.clock.after(100, () => resolve(undefined)));
  t.equal(consumer.position('log', 0), 0n);
  bytes[70] = (bytes[70] ?? 0) ^ 1;
  t.same(await read, numbers(3), 'it is asked for again, and good now');
});

t.test('a slow program holds the nodes back', async (t) => {
  const cluster = await withLog(t, 1);
  const producer = new Producer({ bootstrap: cluster.bootstrap, batchSizeBytes: 64 * 1024 });
  const value = 'v'.repeat(16 * 1024);
  for (let index = 0; index < 2000; index += 1) await (producer.produce({ topic: 'log', value }) || producer.ready());
  await producer.close();
  const consumer = await logReader(t, cluster, { maxBufferedBytes: 256 * 1024, fetchMaxBytes: 128 * 1024 });
  await new Promise((resolve) => cluster.clock.after(200, () => resolve(undefined)));
  t.equal((await take(consumer, 2000)).length, 2000);
});

t.test('a signal ends an iteration, close another', async (t) => {
  const cluster = await withLog(t, 1);
  const consumer = await logReader(t, cluster);
  const abort = new AbortController();
  const next = consumer.records({ signal: abort.signal }).next();
  abort.abort(new Error('enough'));
  await t.rejects(next, { message: 'enough' });
  const last = consumer.records().next();
  await consumer.close();
  t.equal((await last).done, true);
  t.throws(() => consumer.seek('log', 0, 0), { code: 'INVALID_REQUEST' });
});

t.test('damage that stays is told, with its place; a seek goes on behind it', async (t) => {
  const cluster = await withCluster(t, 1);
  const [partition] = cluster.createTopic('log', 1);
  for (const value of ['a', 'b', 'c']) await fill(cluster, 'log', [value]);
  const bytes = partition?.stored[1]?.bytes ?? Buffer.alloc(0);
  bytes[70] = (bytes[70] ?? 0) ^ 1;
  const consumer = await logReader(t, cluster, { fetchMaxBytes: 1 });
  t.same(await take(consumer, 1), ['a']);
  await t.rejects(take(consumer, 1), {
    code: 'CORRUPT_MESSAGE',
    message: /log-0 is damaged at offset 1: .*offset 1 .*Seek/,
  });
  consumer.seek('log', 0, 2);
  t.same(await take(consumer, 1), ['c']);
});

t.test('compressed records that are none are told, with their place', async (t) => {
  const cluster = await withCluster(t, 1);
  const [partition] = cluster.createTopic('log', 1);
  const builder = new BatchBuilder().reset({ codec: CompressionCodec.gzip });
  builder.append(1, null, 'x');
  const bytes = builder.detach();
  bytes.fill(0xee, RECORDS_AT + 12);
  bytes.writeUInt32BE(computeBatchCrc(bytes, 0), CRC_AT);
  partition?.append(bytes);
  await fill(cluster, 'log', ['y']);
  const consumer = await logReader(t, cluster);
  await t.rejects(take(consumer, 1), { code: 'CORRUPT_MESSAGE', message: /log-0 at offset 0 .*Seek/ });
  consumer.seek('log', 0, 1);
  t.same(await take(consumer, 1), ['y']);
});

t.test('a record that cannot be read rejects the promise of its call', async (t) => {
  const cluster = await withCluster(t, 1);
  const [partition] = cluster.createTopic('log', 1);
  const builder = new BatchBuilder().reset({});
  for (const value of ['x', 'y']) builder.append(1, null, value);
  const bytes = builder.detach();
  bytes.fill(0xff, bytes.length - 8);
  bytes.writeUInt32BE(computeBatchCrc(bytes, 0), CRC_AT);
  partition?.append(bytes);
  const consumer = await logReader(t, cluster);
  const iterator = consumer.records();
  t.equal((await iterator.next()).value?.value, 'x');
  const failing = iterator.next();
  await t.rejects(failing, { code: 'CORRUPT_MESSAGE', message: /Records of log-0 at offset/ });
});

t.test('the offsets of more partitions than a node takes in one question', async (t) => {
  const cluster = await withCluster(t, 1);
  cluster.createTopic('wide', 10_001);
  const consumer = textConsumer(t, cluster);
  const partitions = Array.from({ length: 10_001 }, (_, partition) => ({ topic: 'wide', partition }));
  t.equal((await consumer.endOffsets(partitions)).length, 10_001);
});

t.test('what is written while a time is looked up is not passed over', async (t) => {
  const cluster = await withLog(t, 1);
  await fill(cluster, 'log', numbers(3));
  const [partition] = cluster.topics.get('log') ?? [];
  const consumer = textConsumer(t, cluster);
  const written = new BatchBuilder().reset();
  written.append(1, null, 'written meanwhile');
  cluster.offsetFault = () => {
    // Behind the answers of the first message, whatever is asked next.
    queueMicrotask(() => {
      if (partition?.nextOffset === 3) partition.append(written.close());
    });
    return undefined;
  };
  await consumer.assign([{ topic: 'log', from: { timestamp: Number.MAX_SAFE_INTEGER - 1 } }]);
  t.same(await take(consumer, 1), ['written meanwhile']);
});
