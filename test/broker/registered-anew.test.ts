import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import t from 'tap';
import { encodeMetadataBatch } from '../../src/metadata/record-codec.js';
import { LocalCluster, until } from './local-cluster.js';

t.test(
  'a broker that has to register anew in one life follows again, and tells of its last registration when it stops',
  async (t) => {
    const cluster = await LocalCluster.start(3);
    t.teardown(() => cluster.close());
    const nodes = [1, 2, 3].map((id) => cluster.node(id));
    await cluster.createTopic('orders', 3);
    const inSync = (): boolean => {
      const partitions = cluster.node(1).image.topicByName('orders')?.partitions;
      return [0, 1, 2].every((partition) => partitions?.get(partition)?.isr.length === 3);
    };
    await until('all replicas are in sync', inSync);
    const leader = nodes.find(({ raft }) => raft.role === 'leader');
    const [broker, next] = nodes.filter((node) => node !== leader);
    if (leader === undefined || broker === undefined || next === undefined) throw new Error('nobody leads');
    const { brokerEpoch: before, nodeId } = broker;
    // Behind the back of the controller; the one after it does not know the broker.
    const unregister = { kind: 'unregisterBroker', nodeId, brokerEpoch: before } as const;
    await leader.raft.propose([encodeMetadataBatch([unregister])]);
    await leader.raft.transferLeadership(next.nodeId);
    await until('it has registered anew', () => {
      const registered = broker.image.broker(nodeId);
      return registered !== undefined && registered.brokerEpoch > before && !registered.fenced;
    });
    const { brokerEpoch } = broker;
    await until('its replicas are in sync again', inSync);
    await cluster.stopNode(nodeId);
    const marker = join(cluster.directory, String(nodeId), '.kafka_cleanshutdown');
    t.match(JSON.parse(await readFile(marker, 'utf8')), { brokerEpoch });
    t.same(cluster.failures, []);
  },
);
