import t from 'tap';
import { operationRates, slowestOf } from '../../src/simulation/cluster/calm.js';
import { runCluster } from '../../src/simulation/cluster/run-cluster.js';
import { SWARM_KINDS } from '../../src/simulation/fault-plan.js';
import { loadWorkerTasks } from '../../src/simulation/worker-tasks.js';

t.test('the slowest client of a stretch is the one that counts', async (t) => {
  const operations = new Map([['p1', 10]]);
  const work = async (): Promise<void> => {
    operations.set('p1', 260).set('c1', 199);
  };
  const rates = await operationRates({ operations }, ['p1', 'c1', 'c2'], work, 2_000);
  t.same([...rates], [['p1', 125], ['c1', 99.5], ['c2', 0]]); // prettier-ignore
  t.same(slowestOf(rates), { name: 'c2', aSecond: 0 }, 'a client that does nothing at all, too');
});

t.test('a run whose clients are too slow before any fault fails by the name of the slowest', async (t) => {
  const run = runCluster({
    seed: 1,
    runTask: await loadWorkerTasks(),
    safetyMs: 100,
    faults: SWARM_KINDS,
    calmEveryMs: 14,
  });
  await t.rejects(run, /client p\d completed \d+ operations a simulated second before any fault, fewer than 100/);
});
