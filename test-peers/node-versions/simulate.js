import { HARMLESS_KINDS, simulateCluster } from 'varve/testing';

for (const seed of [1, 2, 3]) {
  const line = await simulateCluster({ seed, nodes: 3, faults: HARMLESS_KINDS }, async (cluster) => {
    const admin = cluster.admin();
    await admin.createTopic({ name: 'lines', partitions: 3 });
    const producer = cluster.producer({ compression: 'gzip' });
    cluster.beginFaults();
    const sent = Array.from({ length: 200 }, (_, n) =>
      producer.send({ topic: 'lines', key: `${n % 7}`, value: `${n}` }),
    );
    await cluster.sleep(3_000);
    cluster.endFaults();
    await Promise.all(sent);
    return `${cluster.digest} at ${cluster.nowMs}`;
  });
  console.log(`seed ${seed}: ${line}`);
}
