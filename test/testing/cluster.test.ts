import { stat } from 'node:fs/promises';
import t from 'tap';
import { Admin, Producer } from '../../src/index.js';
import { startCluster } from '../../src/testing/index.js';

t.test('startCluster gives real nodes that serve clients, and close leaves nothing', async (t) => {
  const cluster = await startCluster({ nodes: 3 });
  t.equal(cluster.bootstrap.length, 3);
  const admin = new Admin({ bootstrap: cluster.bootstrap });
  await admin.createTopic({ name: 'events', partitions: 2 });
  const producer = new Producer({ bootstrap: cluster.bootstrap });
  const { offset } = await producer.send({ topic: 'events', partition: 1, value: 'first' });
  t.equal(offset, 0n);
  await cluster.stopNode(2);
  t.equal(cluster.bootstrap.length, 2);
  t.equal((await producer.send({ topic: 'events', partition: 1, value: 'second' })).offset, 1n);
  await cluster.startNode(2);
  t.equal(cluster.bootstrap.length, 3);
  await producer.close();
  await admin.close();
  await cluster.close();
  await t.rejects(stat(cluster.directory), { code: 'ENOENT' }, 'the data is gone');
  // The process ends by itself when no handle is left: the runner's own time-out would say otherwise.
});

t.test('a cluster of a silly size is refused', async (t) => {
  await t.rejects(startCluster({ nodes: 0 }), { code: 'INVALID_REQUEST' });
});
