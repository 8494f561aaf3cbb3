import t from 'tap';
import { Admin } from '../../src/client/admin.js';
import { sleep } from '../../src/platform/clock.js';
import { SimulatedCluster } from '../../src/simulation/cluster/simulated-cluster.js';
import { Workload } from '../../src/simulation/cluster/workload.js';
import { Simulation } from '../../src/simulation/simulation.js';
import { loadWorkerTasks } from '../../src/simulation/worker-tasks.js';

const DOWN_MS = 20_000;
/** Looking for room every few milliseconds alone would take 200. */
const MAX_EVENTS_A_SECOND = 100;

t.test('a producer that has all in flight that it may have waits for an answer, and polls nothing', async (t) => {
  const simulation = new Simulation({ seed: 1 });
  const { sent, eventsASecond } = await simulation.run(
    async ({ clock }) => {
      const { bootstrap } = new SimulatedCluster({ simulation, nodes: 3 });
      const load = { topic: 'orders', partitions: 1, producers: 1, maxInFlight: 4, meanEveryMs: 10 };
      const workload = new Workload({ simulation, bootstrap, ...load });
      workload.startProducer('p1');
      await sleep(clock, 1_000);
      const before = simulation.scheduler.executed;
      await sleep(clock, DOWN_MS);
      return { sent: workload.sent, eventsASecond: (simulation.scheduler.executed - before) / (DOWN_MS / 1_000) };
    },
    { limitMs: 60_000 },
  );
  t.equal(sent, 4);
  t.ok(eventsASecond < MAX_EVENTS_A_SECOND, `${eventsASecond} events a second`);
});

t.test('some records are surely refused, and are failed writes of the history', async (t) => {
  const simulation = new Simulation({ seed: 2, runTask: await loadWorkerTasks() });
  const outcomes = await simulation.run(
    async (platform) => {
      const cluster = new SimulatedCluster({ simulation, nodes: 1 });
      const { bootstrap } = cluster;
      cluster.startAll();
      const admin = new Admin({ bootstrap, platform });
      await admin.createTopic({ name: 'orders', partitions: 1 });
      const load = { topic: 'orders', partitions: 1, producers: 1, maxInFlight: 40, meanEveryMs: 5 };
      const workload = new Workload({ simulation, bootstrap, ...load });
      workload.startProducer('p1');
      await sleep(platform.clock, 10_000);
      workload.stopProducers();
      while (workload.answered < workload.sent) await sleep(platform.clock, 10);
      await workload.readToEnd(platform);
      await admin.close();
      return workload.historyOf(0).map(({ outcome }) => outcome);
    },
    { limitMs: 60_000 },
  );
  t.ok(outcomes.includes('failed'));
  t.notOk(outcomes.includes('unknown'), 'nothing else stands in the way of a send');
});
