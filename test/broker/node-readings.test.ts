import t from 'tap';
import { nodeReadings } from '../../src/broker/node-readings.js';
import type { PartitionLeader } from '../../src/replication/partition-leader.js';
import type { ReplicaManager } from '../../src/replication/replica-manager.js';
import { Fixture } from '../controller/fixture.js';

t.test('a partition that gets more replicas is not under-replicated before it lacks one of those it had', (t) => {
  const f = new Fixture();
  f.startAll(1, 2, 3, 4);
  f.assign('orders', [[1, 2]]);
  const topicId = f.topicId('orders');
  const led = (): number => {
    const { isr, replicas } = f.partition('orders');
    const leader = { topicId, partition: 0, isr, replicas } as unknown as PartitionLeader;
    const readings = nodeReadings({
      nodeId: 1,
      image: () => f.image,
      replicas: { replicas: () => [{ leader }] } as unknown as ReplicaManager,
      offlineDirectories: () => 0,
      isController: () => true,
    });
    return readings.underReplicatedPartitions();
  };
  t.equal(led(), 0);
  t.notOk(f.reassign('orders', 0, [3, 4]));
  t.same(f.partition('orders').isr, [1, 2], 'of four replicas two are in sync');
  t.equal(led(), 0, 'and those are all that there were');
  f.kill(2);
  t.equal(led(), 1);
  t.end();
});
