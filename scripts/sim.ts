import { parseArgs } from 'node:util';
import { runCluster } from '../src/simulation/cluster/run-cluster.js';
import { RARE_PATHS, neverReached } from '../src/simulation/cluster/rare-paths.js';
import { shrinkPlan } from '../src/simulation/cluster/shrink-plan.js';
import { formatReport } from '../src/simulation/checkers/check-history.js';
import { SWARM_KINDS, formatPlan, parsePlan } from '../src/simulation/fault-plan.js';
import type { SwarmKind, SwarmPlan } from '../src/simulation/fault-plan.js';
import { formatLine } from '../src/simulation/observe.js';
import { SimulationFailure } from '../src/simulation/simulation.js';
import { loadWorkerTasks } from '../src/simulation/worker-tasks.js';

const HELP = `Runs whole clusters, their clients and their faults in one process, each from one seed.

  node dist/scripts/sim.js [--seed N] [--count N] [--seconds N] [--faults KIND,...] [--trace] [--shrink]

  --seed N      first seed (default 1)
  --count N     seeds to run, one after the other (default 1)
  --seconds N   simulated seconds with faults (default 10)
  --nodes N     nodes of the cluster (default 3)
  --faults ...  kinds to draw from: ${SWARM_KINDS.join(', ')}
                (default: all; "none" for none)
  --plan TEXT   these faults and rates instead of what the seed draws: "kill every 400 ms for 100 ms, ..."
  --plain       nodes with Kafka's default settings, not with what the seed draws
  --require-coverage   fail unless every kind of fault and every rare path happened in some seed
  --trace       print the whole run as lines
  --shrink      where a seed fails, take faults out while it still does`;

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    count: { type: 'string', default: '1' },
    seconds: { type: 'string', default: '10' },
    nodes: { type: 'string', default: '3' },
    faults: { type: 'string', default: SWARM_KINDS.join(',') },
    plan: { type: 'string', default: '' },
    plain: { type: 'boolean', default: false },
    'require-coverage': { type: 'boolean', default: false },
    trace: { type: 'boolean', default: false },
    shrink: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});

function isKind(name: string): name is SwarmKind {
  return (SWARM_KINDS as readonly string[]).includes(name);
}

function kinds(text: string): SwarmKind[] {
  if (text === 'none' || text === '') return [];
  return text.split(',').map((name) => {
    if (isKind(name)) return name;
    console.error(`There is no fault '${name}'. There are: ${SWARM_KINDS.join(', ')}.`);
    process.exit(2);
  });
}

function planOf(text: string): SwarmPlan | undefined {
  if (text === '') return undefined;
  const plan = parsePlan(text);
  if (plan !== undefined) return plan;
  console.error(`'${text}' is no plan. One is: kill every 400 ms for 100 ms, pause every 2000 ms for 500 ms`);
  process.exit(2);
}

/** What never happened in any of the seeds, of what should have. */
function missing(faults: readonly SwarmKind[], coverage: ReadonlyMap<string, number>): string[] {
  return neverReached([...faults.map((kind) => `fault: ${kind}`), ...RARE_PATHS], coverage);
}

async function main(): Promise<number> {
  if (values.help) {
    console.log(HELP);
    return 0;
  }
  const runTask = await loadWorkerTasks();
  const faults = kinds(values.faults);
  const plan = planOf(values.plan);
  const first = Number(values.seed);
  const coverage = new Map<string, number>();
  let failed = 0;
  for (let seed = first; seed < first + Number(values.count); seed++) {
    const options = {
      seed,
      runTask,
      nodes: Number(values.nodes),
      safetyMs: Number(values.seconds) * 1_000,
      faults,
      ...(plan === undefined ? {} : { plan }),
      ...(values.plain ? { config: {} } : {}),
    };
    const startMs = performance.now();
    try {
      const report = await runCluster({
        ...options,
        ...(values.trace ? { onTrace: (line) => console.log(formatLine(line)) } : {}),
      });
      for (const [name, count] of report.coverage) coverage.set(name, (coverage.get(name) ?? 0) + count);
      const realMs = performance.now() - startMs;
      const speed = (report.simulatedMs / realMs).toFixed(1);
      console.log(
        `seed ${seed}: ${report.digest}, ${report.events} events, ${(report.simulatedMs / 1000).toFixed(1)} s ` +
          `(${speed} times real time), ${formatReport(report.history)}`,
      );
    } catch (error) {
      if (!(error instanceof SimulationFailure)) throw error;
      failed++;
      console.log(error.report());
      console.log(`again: make sim SEED=${seed} SECONDS=${values.seconds} FAULTS=${values.faults} TRACE=1`);
      if (values.shrink) console.log(`enough to fail: ${formatPlan(await shrinkPlan(options))}`);
    }
  }
  for (const [name, count] of [...coverage].sort(([a], [b]) => (a < b ? -1 : 1))) console.log(`${name}: ${count}`);
  if (values['require-coverage']) {
    const never = missing(faults, coverage);
    for (const name of never) console.log(`never happened: ${name}`);
    if (never.length > 0) return 1;
  }
  return failed === 0 ? 0 : 1;
}

process.exitCode = await main();
