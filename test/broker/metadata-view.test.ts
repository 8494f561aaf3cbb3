import t from 'tap';
import { clusterView } from '../../src/broker/metadata-view.js';
import { uuidToBytes } from '../../src/common/ids.js';
import { context } from './local-cluster.js';
import { Fixture } from '../controller/fixture.js';

t.test('clients see which replicas a reassignment adds (KIP-455)', (t) => {
  const f = new Fixture();
  f.startAll(1, 2, 3, 4);
  f.assign('orders', [[1, 2]]);
  const partition = () => {
    const view = clusterView(f.image, { topics: ['orders'], context }, { clusterId: 'c', controllerId: 1 });
    return view.topics[0]?.partitions[0];
  };
  t.match(partition(), { replicas: [1, 2], isr: [1, 2], addingReplicas: [] });
  t.notOk(f.reassign('orders', 0, [3, 2]));
  t.same(partition()?.addingReplicas, [3]);
  t.same([...(partition()?.isr ?? [])].sort(), [1, 2]);
  t.end();
});

t.test('a replica on a disk that failed is offline, as one on a broker that is away (KIP-858)', (t) => {
  const f = new Fixture();
  f.startAll(1, 2, 3);
  f.assign('orders', [[1, 2, 3]]);
  const offline = () => {
    const view = clusterView(f.image, { topics: ['orders'], context }, { clusterId: 'c', controllerId: 1 });
    return view.topics[0]?.partitions[0]?.offlineReplicas;
  };
  t.same(offline(), []);
  f.kill(3);
  t.same(offline(), [3]);
  const directory = f.partition('orders').directories[1] ?? '';
  f.heartbeat(2, { offline_log_dirs: [uuidToBytes(directory)] });
  t.same(offline(), [2, 3]);
  t.end();
});
