import t from 'tap';
import { HARMLESS_KINDS, SimulationFailure, simulateCluster } from '../../src/testing/index.js';
import type { SimulatedTestCluster } from '../../src/testing/index.js';

const COUNT = 60;

/** A user's program: what was acknowledged is read back, in its order. */
async function roundTrip(cluster: SimulatedTestCluster): Promise<{ values: string[]; digest: string }> {
  const admin = cluster.admin();
  await admin.createTopic({ name: 'lines', partitions: 1 });
  const producer = cluster.producer();
  cluster.beginFaults();
  const sent = Array.from({ length: COUNT }, async (_, n) => {
    await cluster.sleep(100 * n);
    await producer.send({ topic: 'lines', value: `${n}` });
  });
  await cluster.sleep(100 * COUNT);
  cluster.endFaults();
  await Promise.all(sent);
  const consumer = cluster.consumer();
  await consumer.assign([{ topic: 'lines', from: 'earliest' }]);
  const values: string[] = [];
  for await (const { value } of consumer) {
    values.push(String(value));
    if (values.length === COUNT) break;
  }
  await Promise.all([producer.close(), consumer.close(), admin.close()]);
  return { values, digest: cluster.digest };
}

t.test("a user's clients and a simulated cluster with faults are one run a seed", async (t) => {
  const run = (seed: number): ReturnType<typeof roundTrip> =>
    simulateCluster({ seed, nodes: 3, faults: HARMLESS_KINDS }, roundTrip);
  const first = await run(3);
  t.same(
    first.values,
    Array.from({ length: COUNT }, (_, n) => `${n}`),
  );
  t.same(await run(3), first, 'the same run again');
  t.not((await run(4)).digest, first.digest);
});

t.test('nodes are killed, lose their power and come back by name', async (t) => {
  const offsets = await simulateCluster({ seed: 1 }, async (cluster) => {
    const admin = cluster.admin();
    await admin.createTopic({ name: 'lines', partitions: 1 });
    const producer = cluster.producer();
    const found: bigint[] = [];
    for (const nodeId of cluster.nodeIds) {
      if (nodeId === 1) cluster.kill(nodeId);
      else cluster.powerOff(nodeId);
      found.push((await producer.send({ topic: 'lines', value: `without ${nodeId}` })).offset);
      cluster.start(nodeId);
      await cluster.ready();
      // Back in the ISR: the next one may fail.
      for (;;) {
        const [topic] = await admin.describeTopics(['lines']);
        if (topic?.partitions.every(({ isr }) => isr.length === 3) === true) break;
        await cluster.sleep(50);
      }
    }
    t.throws(() => cluster.kill(4), { code: 'INVALID_REQUEST' });
    return found;
  });
  t.same(offsets, [0n, 1n, 2n]);
});

/** Which faults struck a cluster with one topic of these configs, in half a minute; what was acknowledged is read back. */
async function struckBy(
  seed: number,
  topic: { readonly replicationFactor: number; readonly configs?: Readonly<Record<string, string>> },
  nodes = 3,
): Promise<string[]> {
  const struck: string[] = [];
  const onTrace = (line: string): void => {
    const kind = / fault +info +(wipe|bitFlip|misdirectedRead|syncFailure)\.\d+: /.exec(line)?.[1];
    if (kind !== undefined) struck.push(kind);
  };
  const faults = ['wipe', 'bitFlip', 'misdirectedRead', 'syncFailure', 'kill'] as const;
  await simulateCluster({ seed, nodes, faults, onTrace }, async (cluster) => {
    const admin = cluster.admin();
    await admin.createTopic({ name: 'lines', partitions: 2, ...topic });
    const producer = cluster.producer();
    cluster.beginFaults();
    const sent = Array.from({ length: COUNT }, async (_, n) => {
      await cluster.sleep(200 * n);
      await producer.send({ topic: 'lines', key: `${n}`, value: `${n}` });
    });
    await cluster.sleep(30_000);
    cluster.endFaults();
    await Promise.all(sent);
    const consumer = cluster.consumer();
    await consumer.assign([{ topic: 'lines', from: 'earliest' }]);
    const values = new Set<string>();
    for await (const { value } of consumer) {
      values.add(String(value));
      if (values.size === COUNT) break;
    }
    await Promise.all([producer.close(), consumer.close(), admin.close()]);
  });
  return struck;
}

t.test('faults that destroy strike where other replicas have what was acknowledged, and nowhere else', async (t) => {
  const safe = new Set<string>();
  for (let seed = 1; seed <= 8; seed++) {
    t.same(await struckBy(seed, { replicationFactor: 1 }), [], 'the only replica');
    for (const kind of await struckBy(seed, { replicationFactor: 3 })) safe.add(kind);
  }
  t.same([...safe].sort(), ['bitFlip', 'misdirectedRead', 'syncFailure', 'wipe']);
  const relaxed = { replicationFactor: 3, configs: { 'min.insync.replicas': '1' } };
  t.same(await struckBy(2, relaxed), [], 'a leader may be alone with what it acknowledges');
  t.same(await struckBy(2, { replicationFactor: 1 }, 1), [], 'one node');
});

t.test('no bits flip in compacted logs', async (t) => {
  const struck = new Set<string>();
  const compacted = { replicationFactor: 3, configs: { 'cleanup.policy': 'compact' } };
  for (let seed = 1; seed <= 8; seed++) for (const kind of await struckBy(seed, compacted)) struck.add(kind);
  t.same([...struck].sort(), ['misdirectedRead', 'syncFailure', 'wipe']);
});

t.test('what goes wrong in the body, or takes too long, is told with the seed and the trace', async (t) => {
  const wrong = simulateCluster({ seed: 5, nodes: 1 }, () => Promise.reject(new Error('not as expected')));
  await t.rejects(wrong, { name: 'SimulationFailure', seed: 5, message: /not as expected/ });
  const late = simulateCluster({ seed: 6, nodes: 1, limitMs: 5_000 }, (cluster) => cluster.sleep(10_000));
  const error: unknown = await late.catch((failure: unknown) => failure);
  t.ok(error instanceof SimulationFailure && /5000 ms have passed/.test(error.report()), String(error));
});

t.test('options that make no sense are refused', async (t) => {
  await t.rejects(
    simulateCluster({ seed: 1, nodes: 0 }, () => Promise.resolve()),
    { code: 'INVALID_REQUEST' },
  );
  await t.rejects(
    simulateCluster({ seed: 0.5 }, () => Promise.resolve()),
    { code: 'INVALID_REQUEST' },
  );
});
