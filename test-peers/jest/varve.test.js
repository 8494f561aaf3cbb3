const { Admin, Consumer, Producer, VarveError } = require('varve');
const { simulateCluster, startCluster } = require('varve/testing');

test('a cluster, a producer and a consumer', async () => {
  const cluster = await startCluster({ nodes: 3 });
  try {
    const admin = new Admin({ bootstrap: cluster.bootstrap });
    await admin.createTopic({ name: 'jest', partitions: 3 });
    const producer = new Producer({ bootstrap: cluster.bootstrap });
    const sent = await Promise.all(
      Array.from({ length: 100 }, (_, n) => producer.send({ topic: 'jest', key: `k${n}`, value: `v${n}` })),
    );
    expect(sent).toHaveLength(100);
    await producer.close();

    const consumer = new Consumer({ bootstrap: cluster.bootstrap });
    await consumer.assign([{ topic: 'jest' }]);
    const values = [];
    for await (const record of consumer) {
      values.push(record.value.toString());
      if (values.length === 100) break;
    }
    await consumer.close();
    expect(values.sort()).toEqual(Array.from({ length: 100 }, (_, n) => `v${n}`).sort());
    await expect(admin.deleteTopic('absent')).rejects.toThrow(VarveError);
    await admin.close();
  } finally {
    await cluster.close();
  }
});

test('every codec works here', async () => {
  const cluster = await startCluster({ nodes: 1 });
  try {
    const admin = new Admin({ bootstrap: cluster.bootstrap });
    await admin.createTopic({ name: 'codecs', partitions: 1 });
    await admin.close();
    for (const compression of ['gzip', 'snappy', 'lz4', 'zstd']) {
      const producer = new Producer({ bootstrap: cluster.bootstrap, compression });
      await producer.send({ topic: 'codecs', value: compression.repeat(100) });
      await producer.close();
    }
    const consumer = new Consumer({ bootstrap: cluster.bootstrap });
    await consumer.assign([{ topic: 'codecs' }]);
    const values = [];
    for await (const record of consumer) {
      values.push(record.value.toString());
      if (values.length === 4) break;
    }
    await consumer.close();
    expect(values).toEqual(['gzip', 'snappy', 'lz4', 'zstd'].map((name) => name.repeat(100)));
  } finally {
    await cluster.close();
  }
});

test('a simulated cluster, with assertions in its body', async () => {
  const run = () =>
    simulateCluster({ seed: 5, faults: ['kill', 'partition'] }, async (cluster) => {
      await cluster.admin().createTopic({ name: 'simulated', partitions: 1 });
      const producer = cluster.producer();
      cluster.beginFaults();
      const { offset } = await producer.send({ topic: 'simulated', value: 'v' });
      expect(offset).toBe(0n);
      await cluster.sleep(1_000);
      cluster.endFaults();
      return cluster.digest;
    });
  expect(await run()).toBe(await run());
  const touching = simulateCluster({ seed: 5 }, async () => Math.random());
  await expect(touching).rejects.toThrow('the real world is touched: Math.random');
}, 60_000);
