import t from 'tap';
import { Producer } from '../../src/index.js';
import { BatchBuilder } from '../../src/record/batch-builder.js';
import { CRC_AT, computeBatchCrc } from '../../src/record/batch-header.js';
import { fill, logReader, numbers, take, textConsumer, withCluster, withLog } from './text-consumer.js';

// A program turns to a consumer in the midst of what that is doing for it.

/** Records of one batch, which all come at once. */
async function fillAtOnce(...[cluster, values]: [Parameters<typeof fill>[0], readonly string[]]): Promise<void> {
  const producer = new Producer({ bootstrap: cluster.bootstrap });
  await producer.sendAll(values.map((value) => ({ topic: 'log', value })));
  await producer.close();
}

t.test('an assignment in the place of one whose start is being asked for is read', async (t) => {
  const cluster = await withLog(t, 1);
  await fill(cluster, 'log', numbers(3));
  const consumer = textConsumer(t, cluster);
  let second: Promise<void> | undefined;
  cluster.offsetFault = () => {
    second ??= consumer.assign([{ topic: 'log', from: 1n }]);
    return undefined;
  };
  await consumer.assign([{ topic: 'log' }]);
  await second;
  const late = new Promise((resolve) => cluster.clock.after(5_000, () => resolve('late')));
  t.same(await Promise.race([take(consumer, 2), late]), ['1', '2']);
});

t.test('of assignments that do not wait for each other the last one counts', async (t) => {
  const cluster = await withLog(t, 1);
  await fill(cluster, 'log', numbers(1));
  const consumer = textConsumer(t, cluster);
  const first = consumer.assign([{ topic: 'late' }]);
  await consumer.assign([{ topic: 'log' }]);
  cluster.createTopic('late', 1);
  await first;
  t.same(consumer.assignment, [{ topic: 'log', partition: 0 }]);
  t.same(await take(consumer, 1), ['0']);
});

t.test('an iteration ends where the consumer is closed, or the signal given, also within a batch', async (t) => {
  const cluster = await withLog(t, 1);
  await fillAtOnce(cluster, numbers(5));
  const consumer = await logReader(t, cluster);
  const abort = new AbortController();
  const values: unknown[] = [];
  const aborted = (async () => {
    for await (const record of consumer.records({ signal: abort.signal })) {
      values.push(record.value);
      if (values.length === 2) abort.abort(new Error('enough'));
    }
  })();
  await t.rejects(aborted, { message: 'enough' });
  t.same(values, ['0', '1']);
  t.equal(consumer.position('log', 0), 2n);
  for await (const record of consumer) {
    values.push(record.value);
    if (values.length === 4) await consumer.close();
  }
  t.same(values, ['0', '1', '2', '3'], 'the next iteration goes on where the former one was');
});

t.test('a record that cannot be read is not passed over by the next iteration', async (t) => {
  const cluster = await withCluster(t, 1);
  const [partition] = cluster.createTopic('log', 1);
  const builder = new BatchBuilder().reset({});
  for (const value of ['x', 'y']) builder.append(1, null, value);
  const bytes = builder.detach();
  bytes.fill(0xff, bytes.length - 8);
  bytes.writeUInt32BE(computeBatchCrc(bytes, 0), CRC_AT);
  partition?.append(bytes);
  await fill(cluster, 'log', ['z']);
  const consumer = await logReader(t, cluster, { fetchMaxBytes: 1 });
  t.same(await take(consumer, 1), ['x']);
  for (let tries = 0; tries < 2; tries++) {
    await t.rejects(take(consumer, 1), { code: 'CORRUPT_MESSAGE', message: /Records of log-0 at offset/ });
    t.equal(consumer.position('log', 0), 1n);
  }
  consumer.seek('log', 0, 2);
  t.same(await take(consumer, 1), ['z']);
});

t.test('an iteration goes on where the one before it was left, also within a batch', async (t) => {
  const cluster = await withLog(t, 1);
  await fillAtOnce(cluster, numbers(5));
  const consumer = await logReader(t, cluster);
  const values: unknown[] = [];
  for (let i = 0; i < 3; i++) values.push((await consumer.records().next()).value?.value);
  t.same(values, ['0', '1', '2'], 'none of them has ended');
  for await (const batch of consumer.batches()) {
    t.same([...batch].map(({ value }) => value), ['3', '4'], 'what is left of it, as a batch'); // prettier-ignore
    break;
  }
  t.equal(consumer.position('log', 0), 5n);
});

t.test('of iterations at the same time each record goes to one', async (t) => {
  const cluster = await withLog(t, 2);
  const consumer = await logReader(t, cluster);
  const values: unknown[] = [];
  const wanted = numbers(200);
  const loop = async (): Promise<void> => {
    const own = consumer.records();
    while (values.length < wanted.length) {
      // One that has taken a record ends, now and then, and another one goes on.
      const iteration = values.length % 7 === 0 ? consumer.records() : own;
      const { value } = await iteration.next();
      if (value === undefined) return;
      values.push(value.value);
      if (iteration !== own) await iteration.return?.();
    }
    await consumer.close();
  };
  const loops = [loop(), loop(), loop()];
  for (let from = 0; from < wanted.length; from += 50) await fill(cluster, 'log', wanted.slice(from, from + 50));
  await Promise.all(loops);
  t.same(values.sort(), wanted.sort());
});

t.test('of iterations that wait at the same time each gets one of the records of a batch', async (t) => {
  const cluster = await withLog(t, 1);
  const consumer = await logReader(t, cluster);
  const waiting = [consumer.records().next(), consumer.records().next()];
  await fillAtOnce(cluster, numbers(2));
  t.same(
    (await Promise.all(waiting)).map(({ value }) => value?.value),
    numbers(2),
  );
});
