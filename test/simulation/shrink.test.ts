import t from 'tap';
import { runCluster } from '../../src/simulation/cluster/run-cluster.js';
import { planOf, shrink } from '../../src/simulation/cluster/shrink.js';
import { SWARM_KINDS, formatPlan, parsePlan } from '../../src/simulation/fault-plan.js';
import type { FaultKind, FaultPlan } from '../../src/simulation/fault-plan.js';
import { Strikes, strikeName } from '../../src/simulation/strikes.js';
import type { Strike } from '../../src/simulation/strikes.js';
import { loadWorkerTasks } from '../../src/simulation/worker-tasks.js';

const KINDS: readonly FaultKind[] = ['kill', 'pause', 'reset', 'clog'];

function rates(kinds: readonly FaultKind[]): FaultPlan {
  return kinds.map((kind) => ({ kind, meanEveryMs: 200, meanLastingMs: 100 }));
}

t.test('a failing run is shrunk to the single faults that it fails by', async (t) => {
  const needed = ['kill.3', 'pause.1'];
  let trials = 0;
  const { plan, strikes } = await shrink(rates(KINDS), async (plan, only) => {
    trials++;
    const strikes = new Strikes(only);
    for (let count = 0; count < 20; count++) {
      for (const { kind } of plan) {
        const name = strikeName(kind, count);
        if (strikes.allows(name)) strikes.happened(name, `${kind} strikes`);
      }
    }
    const happened = strikes.all.map(({ name }) => name);
    return needed.every((name) => happened.includes(name)) ? strikes.all : undefined;
  });
  t.same(plan, rates(['kill', 'pause']));
  t.same(
    strikes.map(({ name }) => name),
    ['pause.1', 'kill.3'],
    'in the order in which they struck',
  );
  t.ok(trials < 50, `${trials} trials`);
});

t.test('a fault that is left out leaves the others as they were', async (t) => {
  const runTask = await loadWorkerTasks();
  const plan = rates(['pause', 'clog']);
  const run = async (only?: readonly string[]): Promise<readonly Strike[]> => {
    const strikes = new Strikes(only);
    await runCluster({ seed: 3, runTask, safetyMs: 2_000, faults: [], plan, strikes });
    return strikes.all;
  };
  const all = await run();
  const kept = all.filter((_, i) => i % 3 === 1);
  t.ok(kept.length >= 2, `${all.length} faults struck`);
  t.same(await run(kept.map(({ name }) => name)), kept);
});

t.test('the text of a drawn plan is the plan', (t) => {
  for (let seed = 0; seed < 100; seed++) {
    const plan = planOf({ seed, faults: SWARM_KINDS });
    if (plan.length > 0) t.same(parsePlan(formatPlan(plan)), plan);
  }
  t.end();
});
