import t from 'tap';
import { runCluster } from '../../src/simulation/cluster/run-cluster.js';
import { HARMLESS_KINDS } from '../../src/simulation/fault-plan.js';
import { loadWorkerTasks } from '../../src/simulation/worker-tasks.js';

const SEEDS = 24;

t.test(
  'swarms of crashes, partitions, slow links and disks, pauses and clocks cost nothing acknowledged',
  async (t) => {
    const runTask = await loadWorkerTasks();
    const coverage = new Map<string, number>();
    for (let seed = 1; seed <= SEEDS; seed++) {
      const report = await runCluster({ seed, runTask, safetyMs: 5_000, faults: HARMLESS_KINDS });
      t.equal(report.history.valid, true, `seed ${seed}`);
      for (const [name, count] of report.coverage) coverage.set(name, (coverage.get(name) ?? 0) + count);
    }
    t.same(
      HARMLESS_KINDS.filter((kind) => !coverage.has(`fault: ${kind}`)),
      [],
      'every kind of fault struck',
    );
  },
);
