import t from 'tap';
import type { ProduceResult } from '../../src/broker/broker-api.js';
import type { VarveNode } from '../../src/broker/node.js';
import { BatchBuilder } from '../../src/record/batch-builder.js';
import { records } from '../../src/record/record-cursor.js';
import { LocalCluster, context, until } from './local-cluster.js';

function batchOf(values: readonly string[], producer?: { id: number; epoch: number; sequence: number }): Buffer {
  const builder = new BatchBuilder().reset(
    producer === undefined
      ? {}
      : { producerId: producer.id, producerEpoch: producer.epoch, baseSequence: producer.sequence },
  );
  for (const value of values) builder.append(1_700_000_000_000, null, value);
  return Buffer.from(builder.close());
}

function produce(node: VarveNode, partition: number, batches: Buffer, topic = 't'): Promise<ProduceResult> {
  return new Promise((resolve) => {
    node.api.produce({ context, topic, partition, acks: -1, timeoutMs: 10_000, batches }, resolve);
  });
}

/** As clients do: an error that a retry may mend is tried again. */
async function produceRetrying(node: VarveNode, partition: number, batch: () => Buffer): Promise<ProduceResult> {
  let result: ProduceResult | undefined;
  await until('an answer that is final', async () => {
    result = await produce(node, partition, batch());
    return result.error?.retriable !== true;
  });
  if (result === undefined) throw new Error('no answer');
  return result;
}

async function readAll(node: VarveNode, partition: number, topic = 't'): Promise<string[]> {
  const position = {
    topic,
    partition,
    offset: 0,
    positionId: 1,
    currentLeaderEpoch: -1,
    lastFetchedEpoch: -1,
    topicId: undefined,
  };
  const call = {
    context,
    positions: [position],
    isolation: 'readUncommitted' as const,
    maxBytes: 1 << 20,
    maxWaitMs: 0,
    minBytes: 1,
  };
  const [chunk] = await node.api.fetch(call);
  if (chunk === undefined || chunk.error !== undefined) throw chunk?.error ?? new Error('no answer');
  const values: string[] = [];
  for (const buffer of chunk.batches) for (const record of records(buffer)) values.push(String(record.value));
  return values;
}

function leaderOf(cluster: LocalCluster, via: number, partition = 0): number {
  const view = cluster.node(via).api.metadata({ topics: ['t'], context });
  return view.topics[0]?.partitions[partition]?.leader ?? -1;
}

t.test('three nodes: found a cluster, replicate, serve through any node, and outlive one', async (t) => {
  const cluster = await LocalCluster.start(3);
  t.teardown(() => cluster.close());
  await cluster.createTopic('t', 3);
  await until('every node sees the leaders', () => [1, 2, 3].every((id) => leaderOf(cluster, id) > 0));

  const first = await produceRetrying(cluster.node(1), 0, () => batchOf(['a', 'b']));
  t.equal(first.error, undefined);
  t.equal(first.baseOffset, 0);
  for (const id of [1, 2, 3]) t.same(await readAll(cluster.node(id), 0), ['a', 'b'], `read through node ${id}`);

  const leader = leaderOf(cluster, 1);
  const others = [1, 2, 3].filter((id) => id !== leader);
  await cluster.stopNode(leader);
  const via = others[0] ?? 1;
  await until('another node leads', () => leaderOf(cluster, via) > 0 && leaderOf(cluster, via) !== leader);
  await until('it acknowledges', async () => (await produce(cluster.node(via), 0, batchOf(['c']))).error === undefined);
  await cluster.startNode(leader);
  await until('the node that was away is in the ISR again', () => {
    const view = cluster.node(via).api.metadata({ topics: ['t'], context });
    return view.topics[0]?.partitions[0]?.isr.length === 3;
  });
  t.same((await readAll(cluster.node(leader), 0)).slice(0, 2), ['a', 'b']);
  t.same(cluster.failures, []);
});

t.test('a batch that is sent again is stored once, across a change of leader', async (t) => {
  const cluster = await LocalCluster.start(3);
  t.teardown(() => cluster.close());
  await cluster.createTopic('t', 1);
  await until('a leader', () => [1, 2, 3].every((id) => leaderOf(cluster, id) > 0));
  const { producerId, producerEpoch } = await cluster
    .node(2)
    .api.initProducerId({ context, transactionalId: undefined, transactionTimeoutMs: 0, current: undefined });
  const batch = () => batchOf(['once'], { id: producerId, epoch: producerEpoch, sequence: 0 });
  const original = await produceRetrying(cluster.node(1), 0, batch);
  t.equal(original.error, undefined);
  const again = await produceRetrying(cluster.node(2), 0, batch);
  t.equal(again.error, undefined);
  t.equal(again.baseOffset, original.baseOffset);
  const leader = leaderOf(cluster, 1);
  await cluster.stopNode(leader);
  const via = leader === 1 ? 2 : 1;
  await until('another node leads', () => leaderOf(cluster, via) > 0 && leaderOf(cluster, via) !== leader);
  const elsewhere = await produceRetrying(cluster.node(via), 0, batch);
  t.equal(elsewhere.error, undefined);
  t.equal(elsewhere.baseOffset, original.baseOffset);
  t.same(await readAll(cluster.node(via), 0), ['once']);
  const gap = await produce(
    cluster.node(via),
    0,
    batchOf(['x'], { id: producerId, epoch: producerEpoch, sequence: 5 }),
  );
  t.equal(gap.error?.code, 'OUT_OF_ORDER_SEQUENCE_NUMBER');
});

t.test('unknown topics and partitions are refused by name', async (t) => {
  const cluster = await LocalCluster.start(1);
  t.teardown(() => cluster.close());
  await cluster.createTopic('t', 1);
  const node = cluster.node(1);
  t.equal((await produce(node, 0, batchOf(['x']), 'nowhere')).error?.code, 'UNKNOWN_TOPIC_OR_PARTITION');
  t.equal((await produce(node, 9, batchOf(['x']))).error?.code, 'UNKNOWN_TOPIC_OR_PARTITION');
});

t.test('a topic with a codec of its own stores it, in the order of the producer', async (t) => {
  const cluster = await LocalCluster.start(1);
  t.teardown(() => cluster.close());
  await cluster.createTopic('t', 1, { 'compression.type': 'gzip' });
  const node = cluster.node(1);
  await produceRetrying(node, 0, () => batchOf(['first']));
  const answers = await Promise.all(
    ['a', 'b', 'c', 'd'].map((value) => produce(node, 0, batchOf([value, value.repeat(2000)]))),
  );
  t.same(
    answers.map(({ error, baseOffset }) => [error, baseOffset]),
    [
      [undefined, 1],
      [undefined, 3],
      [undefined, 5],
      [undefined, 7],
    ],
  );
  const values = await readAll(node, 0);
  t.same(
    values.filter((value) => value.length < 10),
    ['first', 'a', 'b', 'c', 'd'],
  );
  t.ok((node.replicas.replica('t', 0)?.log.endOffset ?? 0) === 9);
});

t.test('a read of partitions that several nodes lead waits, and any of them ends its wait', async (t) => {
  const cluster = await LocalCluster.start(3);
  t.teardown(() => cluster.close());
  await cluster.createTopic('t', 3);
  const led = (): number[] => [0, 1, 2].map((partition) => leaderOf(cluster, 1, partition));
  await until('each node leads one', () => new Set(led()).size === 3 && !led().includes(-1));
  for (const partition of [0, 1, 2]) {
    await produceRetrying(cluster.node(1), partition, () => batchOf(['first']));
    await until('a read at the end can wait', async () => {
      const [chunk] = await fetchAll(cluster.node(1), [partition], 1, 0);
      return chunk?.error === undefined;
    });
  }
  for (const partition of [0, 1, 2]) {
    const startedMs = performance.now();
    const waiting = fetchAll(cluster.node(1), [0, 1, 2], partition === 0 ? 1 : -1, 60_000);
    const early = await Promise.race([waiting, new Promise((resolve) => setTimeout(resolve, 200, 'waits'))]);
    t.equal(early, 'waits', 'nothing is new');
    await produceRetrying(cluster.node(1), partition, () => batchOf(['second']));
    const chunks = await waiting;
    t.ok(performance.now() - startedMs < 30_000, `woken by partition ${partition}`);
    t.same(
      chunks.filter((chunk) => chunk.sizeBytes > 0).map((chunk) => chunk.partition),
      [partition],
    );
    t.same(chunks.map((chunk) => chunk.partition).sort(), [0, 1, 2], 'all of them answer');
    t.same(
      chunks.filter((chunk) => chunk.error !== undefined),
      [],
    );
  }
});

/** Reads partitions from `offset` (-1: their ends) on. */
async function fetchAll(node: VarveNode, partitions: readonly number[], offset: number, maxWaitMs: number) {
  const positions = await Promise.all(
    partitions.map(async (partition) => {
      const query = { topic: 't', partition, timestampMs: -1, currentLeaderEpoch: -1 };
      const call = { context, isolation: 'readUncommitted' as const, partitions: [query] };
      const end = offset >= 0 ? offset : ((await node.api.listOffsets(call))[0]?.offset ?? 0);
      const epochs = { currentLeaderEpoch: -1, lastFetchedEpoch: -1 };
      return { topic: 't', topicId: undefined, partition, offset: end, positionId: 1, ...epochs };
    }),
  );
  const limits = { maxBytes: 1 << 20, maxWaitMs, minBytes: 1 };
  return node.api.fetch({ context, positions, isolation: 'readUncommitted', ...limits });
}
