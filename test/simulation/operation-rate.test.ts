import t from 'tap';
import { runCluster } from '../../src/simulation/cluster/run-cluster.js';
import { loadWorkerTasks } from '../../src/simulation/worker-tasks.js';

t.test('outside faults each of four clients completes at least 100 operations a simulated second', async (t) => {
  const report = await runCluster({
    seed: 4,
    runTask: await loadWorkerTasks(),
    producers: 2,
    consumers: 2,
    safetyMs: 20_000,
    faults: [],
    config: {},
  });
  t.ok(report.operationsPerSecond >= 100, `the slowest completed ${report.operationsPerSecond.toFixed(0)}`);
});
