import { drawFaultPlan } from '../fault-plan.js';
import type { SwarmPlan } from '../fault-plan.js';
import { SeededRandom } from '../random.js';
import { SimulationFailure } from '../simulation.js';
import { Strikes } from '../strikes.js';
import type { Strike } from '../strikes.js';
import { runCluster } from './run-cluster.js';
import type { ClusterRunOptions } from './run-cluster.js';

/** What is enough to make a run fail. */
export interface Shrunk {
  readonly plan: SwarmPlan;
  /** In the order in which they happened. */
  readonly strikes: readonly Strike[];
}

/** The strikes of a run that failed; undefined: it did not. */
type Trial = (plan: SwarmPlan, only: readonly string[] | undefined) => Promise<readonly Strike[] | undefined>;

/** The plan that a seed draws. */
export function planOf(options: Pick<ClusterRunOptions, 'seed' | 'faults' | 'plan'>): SwarmPlan {
  return options.plan ?? drawFaultPlan(new SeededRandom(options.seed).split('plan'), options.faults);
}

/** Takes out of a failing run what it fails without: kinds of faults first, then single ones. */
export function shrinkRun(options: ClusterRunOptions): Promise<Shrunk> {
  return shrink(planOf(options), async (plan, only) => {
    const strikes = new Strikes(only);
    try {
      await runCluster({ ...options, plan, strikes });
      return undefined;
    } catch (error) {
      if (error instanceof SimulationFailure) return strikes.all;
      throw error;
    }
  });
}

/**
 * Kinds one after the other, then strikes by halves, quarters and so on down to single ones (Zeller's delta debugging),
 * as long as the run goes on failing. Each draws from a stream of its own, so that the others strike as before; how a
 * cluster answers may be another each time, so that what comes out is small, and not surely the smallest.
 */
export async function shrink(plan: SwarmPlan, trial: Trial): Promise<Shrunk> {
  let kept: SwarmPlan = plan;
  let strikes = (await trial(kept, undefined)) ?? [];
  for (const rate of plan) {
    const smaller = kept.filter((other) => other !== rate);
    const failed = await trial(smaller, undefined);
    if (failed === undefined) continue;
    kept = smaller;
    strikes = failed;
  }
  for (let size = Math.ceil(strikes.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    for (let start = 0; start < strikes.length;) {
      const rest = [...strikes.slice(0, start), ...strikes.slice(start + size)];
      const failed = await trial(
        kept,
        rest.map(({ name }) => name),
      );
      // Without what was taken out, others may have had nothing to strike any more.
      if (failed !== undefined) strikes = failed;
      else start += size;
    }
  }
  return { plan: kept, strikes };
}
