import type { Test } from 'tap';
import { replayCommand, sourceOf } from '../../scripts/simulation/replay-command.js';
import { runCluster } from '../../src/simulation/cluster/run-cluster.js';
import type { ClusterRunOptions, ClusterRunReport } from '../../src/simulation/cluster/run-cluster.js';
import { formatPlan } from '../../src/simulation/fault-plan.js';
import { SimulationFailure } from '../../src/simulation/simulation.js';

/**
 * Runs a seed. Where it fails, the test does, and says all that is needed to see it again: the command, the commit, what
 * broke and the last events of those that it concerns. Else the report, of a test that passes by the same command.
 */
export async function runSeed(
  t: Pick<Test, 'pass' | 'fail'>,
  options: ClusterRunOptions,
  run: (options: ClusterRunOptions) => Promise<ClusterRunReport> = runCluster,
): Promise<ClusterRunReport | undefined> {
  const { seed, safetyMs, nodes = 3, faults, plan, thinProducers: thin = false } = options;
  const again = replayCommand({
    ...{ seed, seconds: safetyMs / 1_000, nodes, thin },
    faults: faults.length === 0 ? 'none' : faults.join(','),
    ...(plan === undefined ? {} : { plan: formatPlan(plan) }),
  });
  try {
    const report = await run(options);
    t.pass(again);
    return report;
  } catch (error) {
    if (!(error instanceof SimulationFailure)) throw error;
    t.fail(again, { report: [...error.report().split('\n'), `again, ${sourceOf()}: ${again} TRACE=1`] });
    return undefined;
  }
}
