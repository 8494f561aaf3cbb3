import t from 'tap';
import { RARE_PATHS, neverReached } from '../../src/simulation/cluster/rare-paths.js';
import { runCluster } from '../../src/simulation/cluster/run-cluster.js';
import { SWARM_KINDS } from '../../src/simulation/fault-plan.js';
import { loadWorkerTasks } from '../../src/simulation/worker-tasks.js';

const SEEDS = 60;
/** What is still open with disks that lie (docs/TESTING.md) must not turn a change elsewhere red by chance. */
const LEFT_OUT: ReadonlySet<string> = new Set(['syncFailure', 'misdirectedRead']);
const KINDS = SWARM_KINDS.filter((kind) => !LEFT_OUT.has(kind));
/** Once in some hundred seeds: asked for where more of them run (`make sim COVERAGE=1`). */
const SELDOM: ReadonlySet<string> = new Set([
  'a damaged log was cut and fetched again',
  'a reader was told of a truncation',
]);

t.test('swarms of faults and changes cost nothing acknowledged, and leave no path untrodden', async (t) => {
  const runTask = await loadWorkerTasks();
  const coverage = new Map<string, number>();
  for (let seed = 1; seed <= SEEDS; seed++) {
    const report = await runCluster({ seed, runTask, safetyMs: 4_000, faults: KINDS });
    t.equal(report.history.valid, true, `seed ${seed}`);
    for (const [name, count] of report.coverage) coverage.set(name, (coverage.get(name) ?? 0) + count);
  }
  const wanted = [...KINDS.map((kind) => `fault: ${kind}`), ...RARE_PATHS.filter((path) => !SELDOM.has(path))];
  t.same(neverReached(wanted, coverage), [], 'every kind of fault and every rare path happened');
});
