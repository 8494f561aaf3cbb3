import t from 'tap';
import { BatchBuilder } from '../../src/record/batch-builder.js';
import { context } from '../broker/local-cluster.js';
import { fill, logReader, numbers, take, textConsumer, withLog } from './text-consumer.js';

t.test('a topic that is deleted and made again under its name: told, or read from where the policy says', async (t) => {
  const cluster = await withLog(t, 2);
  await fill(cluster, 'log', numbers(50));
  const strict = textConsumer(t, cluster);
  const lenient = textConsumer(t, cluster, { autoOffsetReset: 'earliest' });
  for (const consumer of [strict, lenient]) {
    await consumer.assign([{ topic: 'log' }]);
    t.same(await take(consumer, 10), numbers(10));
  }
  cluster.deleteTopic('log');
  cluster.createTopic('log', 1);
  await fill(
    cluster,
    'log',
    numbers(60).map((value) => `new ${value}`),
  );
  await t.rejects(take(strict, 50), { code: 'UNKNOWN_TOPIC_ID', message: /deleted and made again/ });
  await t.rejects(take(strict, 50), { code: 'UNKNOWN_TOPIC_ID' }, 'the next iteration, too');
  strict.seek('log', 0, 59);
  t.same(await take(strict, 1), ['new 59'], 'a seek goes on in the new one');
  t.same(await take(lenient, 3), ['new 0', 'new 1', 'new 2']);
});

t.test('a position that was saved before its topic was made again is told of, not read in the new one', async (t) => {
  const cluster = await withLog(t, 2);
  await fill(cluster, 'log', numbers(50));
  const before = await logReader(t, cluster);
  t.same(await take(before, 10), numbers(10));
  const saved = before.positions().map(({ offset, ...where }) => ({ ...where, from: offset }));
  await before.close();

  cluster.deleteTopic('log');
  cluster.createTopic('log', 1);
  await fill(
    cluster,
    'log',
    numbers(60).map((value) => `new ${value}`),
  );
  const strict = textConsumer(t, cluster);
  const resumed = strict.assign(saved).then(() => take(strict, 1));
  await t.rejects(resumed, { code: 'UNKNOWN_TOPIC_ID', message: /deleted and made again: offset 10 of log-0/ });
  const lenient = textConsumer(t, cluster, { autoOffsetReset: 'earliest' });
  await lenient.assign(saved);
  t.same(await take(lenient, 1), ['new 0']);
});

t.test('a client that knows the old topic alone gets nothing of the new one', async (t) => {
  const cluster = await withLog(t, 1);
  await fill(cluster, 'log', numbers(50));
  const consumer = await logReader(t, cluster);
  t.same(await take(consumer, 50), numbers(50));
  // The news of it is on its way.
  const node = cluster.node(0);
  const known = node.metadata({ topics: ['log'], context });
  const metadata = node.metadata.bind(node);
  node.metadata = () => known;
  cluster.deleteTopic('log');
  const [partition] = cluster.createTopic('log', 1);
  const next = take(consumer, 1);
  for (const value of numbers(60)) {
    const builder = new BatchBuilder().reset();
    builder.append(1, null, `new ${value}`);
    partition?.append(builder.detach());
  }
  const rejected = t.rejects(next, { code: 'UNKNOWN_TOPIC_ID' });
  await new Promise((resolve) => cluster.clock.after(200, () => resolve(undefined)));
  t.equal(consumer.position('log', 0), 50n);
  node.metadata = metadata;
  cluster.changed();
  await rejected;
});

t.test('partitions that fail together are told of once, where the program then assigns or seeks anew', async (t) => {
  const cluster = await withLog(t, 1);
  cluster.createTopic('other', 3);
  const consumer = textConsumer(t, cluster);
  await consumer.assign([{ topic: 'other' }]);
  const makeAgain = async (): Promise<void> => {
    const next = take(consumer, 1);
    cluster.deleteTopic('other');
    for (const partition of cluster.createTopic('other', 3)) {
      const builder = new BatchBuilder().reset();
      builder.append(1, null, 'new');
      partition.append(builder.detach());
    }
    cluster.changed();
    await t.rejects(next, { code: 'UNKNOWN_TOPIC_ID' });
  };
  await makeAgain();
  await consumer.assign([{ topic: 'other' }]);
  t.same(await take(consumer, 3), ['new', 'new', 'new']);
  await makeAgain();
  for (const partition of [0, 1, 2]) consumer.seek('other', partition, 0);
  t.same(await take(consumer, 3), ['new', 'new', 'new']);
});

t.test('a topic that is deleted, and stays so, is told', async (t) => {
  const cluster = await withLog(t, 1);
  await fill(cluster, 'log', numbers(5));
  const consumer = await logReader(t, cluster);
  t.same(await take(consumer, 5), numbers(5));
  const next = take(consumer, 1);
  cluster.deleteTopic('log');
  await t.rejects(next, { code: 'UNKNOWN_TOPIC_OR_PARTITION' });
});

t.test('a topic that was told to be gone is read once it is there again, by the next iteration', async (t) => {
  const cluster = await withLog(t, 1);
  await fill(cluster, 'log', numbers(5));
  const consumer = await logReader(t, cluster, { autoOffsetReset: 'earliest' });
  t.same(await take(consumer, 5), numbers(5));
  const next = take(consumer, 1);
  cluster.deleteTopic('log');
  await t.rejects(next, { code: 'UNKNOWN_TOPIC_OR_PARTITION' });
  cluster.createTopic('log', 1);
  await fill(cluster, 'log', ['again']);
  const late = new Promise((resolve) => cluster.clock.after(10_000, () => resolve('late')));
  t.same(await Promise.race([take(consumer, 1), late]), ['again']);
});
