import type { Test } from 'tap';
import { ClusterProcesses } from '../../scripts/cluster/cluster-processes.js';
import { Admin, Consumer, Producer } from '../../src/index.js';

/** Nodes in processes of their own, with a client of each kind, until the test is over. */
export async function clusterAndClients(
  t: Test,
  options: Parameters<typeof ClusterProcesses.start>[0],
): Promise<{ cluster: ClusterProcesses; admin: Admin; producer: Producer; consumer: Consumer }> {
  const cluster = await ClusterProcesses.start(options);
  t.teardown(() => cluster.close());
  const { bootstrap } = cluster;
  const admin = new Admin({ bootstrap });
  const producer = new Producer({ bootstrap });
  const consumer = new Consumer({ bootstrap });
  t.teardown(async () => {
    await Promise.allSettled([producer.close({ timeoutMs: 0 }), consumer.close(), admin.close()]);
  });
  return { cluster, admin, producer, consumer };
}
