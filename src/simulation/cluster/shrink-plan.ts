import { drawFaultPlan } from '../fault-plan.js';
import type { SwarmPlan } from '../fault-plan.js';
import { SeededRandom } from '../random.js';
import { SimulationFailure } from '../simulation.js';
import { runCluster } from './run-cluster.js';
import type { ClusterRunOptions } from './run-cluster.js';

/** The plan that a seed draws. */
export function planOf(options: Pick<ClusterRunOptions, 'seed' | 'faults' | 'plan'>): SwarmPlan {
  return options.plan ?? drawFaultPlan(new SeededRandom(options.seed).split('plan'), options.faults);
}

/**
 * Takes kinds of faults out of a failing run's plan, one after the other, as long as it goes on failing. Each kind draws
 * from a stream of its own, so that the others strike as before.
 */
export async function shrinkPlan(options: ClusterRunOptions): Promise<SwarmPlan> {
  let plan = planOf(options);
  for (const rate of plan) {
    const smaller = plan.filter((other) => other !== rate);
    if (await fails({ ...options, plan: smaller })) plan = smaller;
  }
  return plan;
}

async function fails(options: ClusterRunOptions): Promise<boolean> {
  try {
    await runCluster(options);
    return false;
  } catch (error) {
    if (error instanceof SimulationFailure) return true;
    throw error;
  }
}
