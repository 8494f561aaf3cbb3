import t from 'tap';
import { Producer } from '../../src/index.js';
import { until } from '../broker/local-cluster.js';
import { fill, logReader, numbers, take, textConsumer, withCluster, withLog } from './text-consumer.js';

t.test('a log that was cut off: told with the place, or gone back to', async (t) => {
  const cluster = await withLog(t, 1);
  await fill(cluster, 'log', numbers(10));
  const node = cluster.node(0);
  const chunk = node.chunk.bind(node);
  const strict = await logReader(t, cluster);
  t.same(await take(strict, 10), numbers(10));
  // As after an unclean election: the new leader holds epoch 0 below offset 6 only.
  node.chunk = (position, maxBytes) => {
    const read = chunk(position, maxBytes);
    if (position.lastFetchedEpoch !== 0 || position.offset <= 6) return read;
    return { ...read, batches: [], sizeBytes: 0, divergingEpoch: { leaderEpoch: 0, endOffset: 6 } };
  };
  const lenient = textConsumer(t, cluster, { autoOffsetReset: 'latest' });
  await lenient.assign([{ topic: 'log', from: 0n }]);
  t.same(await take(lenient, 10), numbers(10));
  cluster.moveLeader('log', 0, 0);
  await t.rejects(take(strict, 1), { name: 'VarveError', code: 'OFFSET_OUT_OF_RANGE', divergentOffset: 6n });
  t.same(await take(lenient, 2), ['6', '7'], 'what is there now is read');
});

t.test('a log that was cut off since a position was saved: told, or gone back to', async (t) => {
  const cluster = await withCluster(t, 1);
  const [partition] = cluster.createTopic('log', 1);
  await fill(cluster, 'log', ['0', '1', '2']);
  cluster.moveLeader('log', 0, 0);
  await fill(cluster, 'log', ['gone 3', 'gone 4']);
  const first = await logReader(t, cluster);
  t.same(await take(first, 5), ['0', '1', '2', 'gone 3', 'gone 4']);
  const saved = first.positions();
  t.match(saved, [{ offset: 5n, leaderEpoch: 1 }]);
  await first.close();
  const node = cluster.node(0);
  const chunk = node.chunk.bind(node);
  node.chunk = (position, maxBytes) => {
    const read = chunk(position, maxBytes);
    if (position.lastFetchedEpoch !== 1) return read;
    return { ...read, error: undefined, batches: [], sizeBytes: 0, divergingEpoch: { leaderEpoch: 0, endOffset: 3 } };
  };
  partition?.cutTo(3);
  cluster.moveLeader('log', 0, 0);
  const now = ['3', '4', '5', '6'];
  await fill(cluster, 'log', now);
  const assignments = saved.map(({ offset, ...where }) => ({ ...where, from: offset }));
  const strict = textConsumer(t, cluster);
  await strict.assign(assignments);
  await t.rejects(take(strict, 1), { code: 'OFFSET_OUT_OF_RANGE', divergentOffset: 3n });
  const lenient = textConsumer(t, cluster, { autoOffsetReset: 'latest' });
  await lenient.assign(assignments);
  t.same(await take(lenient, now.length), now, 'what is there now is read');
  await t.rejects(lenient.assign([{ topic: 'log', from: 5, leaderEpoch: -2 }]), { code: 'INVALID_REQUEST' });
});

// SEED=1795809508 SECONDS=20, at that time: the reader took the end of the earlier epoch for all that it is told.
t.test('a leader that lacks the last epoch that was read, and has more of the one before', async (t) => {
  const cluster = await withCluster(t, 1);
  const [partition] = cluster.createTopic('log', 1);
  await fill(cluster, 'log', ['0', '1', '2']);
  cluster.moveLeader('log', 0, 0);
  await fill(cluster, 'log', ['gone 3', 'gone 4']);
  t.equal(partition?.leaderEpoch, 1);
  const strict = textConsumer(t, cluster);
  const lenient = textConsumer(t, cluster, { autoOffsetReset: 'latest' });
  for (const consumer of [strict, lenient]) {
    await consumer.assign([{ topic: 'log', from: 1 }]);
    t.same(await take(consumer, 4), ['1', '2', 'gone 3', 'gone 4']);
  }
  // As after two unclean elections: the new leader had gone on with epoch 0 while others followed epoch 1.
  const node = cluster.node(0);
  const chunk = node.chunk.bind(node);
  node.chunk = (position, maxBytes) => {
    const read = chunk(position, maxBytes);
    if (position.lastFetchedEpoch !== 1) return read;
    const none = { error: undefined, batches: [], sizeBytes: 0 };
    return { ...read, ...none, divergingEpoch: { leaderEpoch: 0, endOffset: 8 } };
  };
  partition?.cutTo(3);
  cluster.moveLeader('log', 0, 0);
  const told = t.rejects(take(strict, 1), { code: 'OFFSET_OUT_OF_RANGE', divergentOffset: 3n });
  const now = ['3', '4', '5', '6', '7'];
  const read = take(lenient, now.length);
  await fill(cluster, 'log', now);
  await told;
  t.same(await read, now, 'what is there now is read');
});

t.test(
  'a leader that lacks the last epoch that was read, since compaction left nothing of it, is no cut',
  async (t) => {
    const cluster = await withCluster(t, 1);
    const [partition] = cluster.createTopic('log', 1);
    await fill(cluster, 'log', ['0', '1', '2']);
    cluster.moveLeader('log', 0, 0);
    await fill(cluster, 'log', ['compacted 3', 'compacted 4']);
    t.equal(partition?.leaderEpoch, 1);
    const readers = [textConsumer(t, cluster), textConsumer(t, cluster, { autoOffsetReset: 'latest' })];
    for (const consumer of readers) {
      await consumer.assign([{ topic: 'log', from: 1 }]);
      t.same(await take(consumer, 4), ['1', '2', 'compacted 3', 'compacted 4']);
    }
    // The new leader copied the log after that: epoch 0 ends, for all that it knows, where epoch 2 begins.
    const node = cluster.node(0);
    const chunk = node.chunk.bind(node);
    node.chunk = (position, maxBytes) => {
      if (position.lastFetchedEpoch !== 1)
        return chunk(position.offset === 3 ? { ...position, offset: 5 } : position, maxBytes);
      const none = { error: undefined, batches: [], sizeBytes: 0 };
      return { ...chunk(position, maxBytes), ...none, divergingEpoch: { leaderEpoch: 0, endOffset: 5 } };
    };
    cluster.moveLeader('log', 0, 0);
    const read = readers.map((consumer) => take(consumer, 2));
    await fill(cluster, 'log', ['5', '6']);
    for (const values of read) t.same(await values, ['5', '6']);
  },
);

t.test('a log that was cut off beyond what was handed on: nobody sees the records that are gone', async (t) => {
  for (const autoOffsetReset of ['none', 'latest'] as const) {
    const cluster = await withCluster(t, 1);
    const [partition] = cluster.createTopic('log', 1);
    const producer = new Producer({ bootstrap: cluster.bootstrap });
    for (const value of numbers(10)) await producer.send({ topic: 'log', value });
    const consumer = await logReader(t, cluster, { autoOffsetReset });
    const records = consumer.records();
    for (const value of numbers(3)) t.equal((await records.next()).value?.value, value);
    const node = cluster.node(0);
    const chunk = node.chunk.bind(node);
    const asked: number[] = [];
    node.chunk = (position, maxBytes) => {
      if (position.lastFetchedEpoch === 0 && position.offset > 6) {
        asked.push(position.offset);
        const none = { error: undefined, batches: [], sizeBytes: 0, nextOffset: position.offset };
        return { ...chunk({ ...position, offset: 0 }, 1), ...none, divergingEpoch: { leaderEpoch: 0, endOffset: 6 } };
      }
      return chunk(position, maxBytes);
    };
    partition?.cutTo(6);
    cluster.moveLeader('log', 0, 0);
    await until('the reader has asked beyond the cut', () => asked.length > 0);
    await producer.send({ topic: 'log', value: 'new' });
    const read: (string | null | undefined)[] = [];
    for (let index = 0; index < 4; index += 1) read.push((await records.next()).value?.value);
    t.same(read, ['3', '4', '5', 'new'], `${autoOffsetReset}: what is there now, and no complaint`);
    await producer.close();
  }
});

t.test('an answer that knows nothing that old: reset by policy, never an offset below 0', async (t) => {
  const cluster = await withLog(t, 1, 2);
  await fill(cluster, 'log', numbers(5));
  const node = cluster.node(0);
  const chunk = node.chunk.bind(node);
  const strict = textConsumer(t, cluster);
  const lenient = textConsumer(t, cluster, { autoOffsetReset: 'earliest' });
  for (const consumer of [strict, lenient]) {
    await consumer.assign([{ topic: 'log' }]);
    t.same(await take(consumer, 5), numbers(5));
  }
  node.chunk = (position, maxBytes) => {
    const read = chunk(position, maxBytes);
    if (position.lastFetchedEpoch < 0) return read;
    return { ...read, batches: [], sizeBytes: 0, divergingEpoch: { leaderEpoch: -1, endOffset: -1 } };
  };
  const others = take(lenient, 6);
  cluster.moveLeader('log', 0, 0);
  await t.rejects(take(strict, 1), { code: 'OFFSET_OUT_OF_RANGE' });
  await fill(cluster, 'log', ['other'], 1);
  t.same((await others).sort(), [...numbers(5), 'other'], 'the other partition is read on, this one from its start');
});
