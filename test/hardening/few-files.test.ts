import t from 'tap';
import { clusterAndClients } from './cluster-and-clients.js';

/** Fewer than there are partitions, each of which wants a file. */
const FILES = 200;
const PARTITIONS = 300;

t.test('a node that may open few files opens and closes them more often, and goes on', async (t) => {
  const { cluster, admin, producer, consumer } = await clusterAndClients(t, {
    nodeCount: 1,
    command: ['/bin/sh', '-c', `ulimit -n ${FILES}; exec "$@"`, 'sh', process.execPath, 'dist/src/bin/varve.cjs'],
  });
  await admin.createTopic({ name: 'many', partitions: PARTITIONS, replicationFactor: 1 });
  for (let round = 0; round < 2; round++) {
    const sent = Array.from({ length: PARTITIONS }, (_, partition) =>
      producer.send({ topic: 'many', partition, value: `${partition}` }),
    );
    t.equal((await Promise.all(sent)).length, PARTITIONS);
  }
  await consumer.assign([{ topic: 'many' }]);
  let read = 0;
  for await (const { partition, value } of consumer) {
    if (String(value) !== `${partition}`) t.fail(`partition ${partition} has '${String(value)}'`);
    if (++read === 2 * PARTITIONS) break;
  }
  t.equal(cluster.nodes[0]?.unexpectedEnds, 0, 'the node lives');
});
