import type { Test } from 'tap';
import type { ClusterRunReport } from '../../src/simulation/cluster/run-cluster.js';
import type { FaultPlan } from '../../src/simulation/fault-plan.js';
import { loadWorkerTasks } from '../../src/simulation/worker-tasks.js';
import { runSeed } from './cluster-seed.js';

/** The first one strikes within a second. */
const PLAN: FaultPlan = [{ kind: 'powerOffAll', meanEveryMs: 500, meanLastingMs: 100 }];

/**
 * Runs each seed twice: three nodes, clients with acks=all, the power of all nodes lost at once (and with it whatever
 * was not synced), again and again; then everything is read.
 */
export async function survivesPowerLoss(t: Test, fromSeed: number, count: number): Promise<void> {
  const runTask = await loadWorkerTasks();
  const run = (seed: number): Promise<ClusterRunReport | undefined> =>
    runSeed(t, { seed, runTask, safetyMs: 1_200, faults: [], plan: PLAN });
  let acknowledged = 0;
  const digests = new Set<string>();
  for (let seed = fromSeed; seed < fromSeed + count; seed++) {
    const first = await run(seed);
    const second = await run(seed);
    if (first === undefined || second === undefined) continue;
    t.equal(first.digest, second.digest, `seed ${seed} is one run`);
    t.ok((first.coverage.get('fault: powerOffAll') ?? 0) > 0, 'the power was off');
    acknowledged += first.history.acknowledged;
    digests.add(first.digest);
  }
  t.equal(digests.size, count, 'another seed is another run');
  t.ok(acknowledged > 50 * count, `${acknowledged} records were acknowledged, and read back`);
}
