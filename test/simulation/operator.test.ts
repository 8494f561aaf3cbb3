import t from 'tap';
import { sleep } from '../../src/platform/clock.js';
import { Operator } from '../../src/simulation/cluster/operator.js';
import { SimulatedCluster } from '../../src/simulation/cluster/simulated-cluster.js';
import { Workload } from '../../src/simulation/cluster/workload.js';
import type { ChangeRate } from '../../src/simulation/fault-plan.js';
import { Simulation } from '../../src/simulation/simulation.js';
import { loadWorkerTasks } from '../../src/simulation/worker-tasks.js';

const PLAN: readonly ChangeRate[] = [{ kind: 'recreateTopic', meanEveryMs: 500, meanLastingMs: 100 }];

t.test('whoever runs a cluster that is down asks again, and makes the topic once it is up', async (t) => {
  const runTask = await loadWorkerTasks();
  const simulation = new Simulation({ seed: 1, runTask });
  await simulation.run(
    async ({ clock }) => {
      const cluster = new SimulatedCluster({ simulation, nodes: 3 });
      const { bootstrap } = cluster;
      for (const id of cluster.nodeIds) cluster.host(id).powerOff();
      const load = { topic: 'orders', partitions: 1, producers: 1, maxInFlight: 1, meanEveryMs: 100 };
      const workload = new Workload({ simulation, bootstrap, ...load });
      const operator = new Operator({
        simulation,
        cluster,
        random: simulation.random.split('operator'),
        plan: PLAN,
        workload,
        topic: 'orders',
        partitions: 1,
        replicationFactor: 3,
        passing: 'passing',
        passingPartitions: 2,
      });
      operator.start();
      await sleep(clock, 10_000);
      cluster.startAll();
      const isMade = (): boolean =>
        cluster.runningNodes.some((node) => node.image.topicByName('passing') !== undefined);
      while (!isMade()) await sleep(clock, 50);
      await operator.end(clock);
    },
    { limitMs: 60_000 },
  );
  t.pass('it lived through that');
});
