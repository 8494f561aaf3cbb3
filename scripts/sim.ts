import { parseArgs } from 'node:util';
import { runCluster } from '../src/simulation/cluster/run-cluster.js';
import { shrinkPlan } from '../src/simulation/cluster/shrink-plan.js';
import { formatReport } from '../src/simulation/checkers/check-history.js';
import { FAULT_KINDS, formatPlan } from '../src/simulation/fault-plan.js';
import type { FaultKind } from '../src/simulation/fault-plan.js';
import { formatLine } from '../src/simulation/observe.js';
import { SimulationFailure } from '../src/simulation/simulation.js';
import { loadWorkerTasks } from '../src/simulation/worker-tasks.js';

const HELP = `Runs whole clusters, their clients and their faults in one process, each from one seed.

  node dist/scripts/sim.js [--seed N] [--count N] [--seconds N] [--faults KIND,...] [--trace] [--shrink]

  --seed N      first seed (default 1)
  --count N     seeds to run, one after the other (default 1)
  --seconds N   simulated seconds with faults (default 10)
  --nodes N     nodes of the cluster (default 3)
  --faults ...  kinds to draw from: ${FAULT_KINDS.join(', ')}
                (default: all; "none" for none)
  --trace       print the whole run as lines
  --shrink      where a seed fails, take faults out while it still does`;

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    count: { type: 'string', default: '1' },
    seconds: { type: 'string', default: '10' },
    nodes: { type: 'string', default: '3' },
    faults: { type: 'string', default: FAULT_KINDS.join(',') },
    trace: { type: 'boolean', default: false },
    shrink: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});

function isKind(name: string): name is FaultKind {
  return (FAULT_KINDS as readonly string[]).includes(name);
}

function kinds(text: string): FaultKind[] {
  if (text === 'none' || text === '') return [];
  return text.split(',').map((name) => {
    if (isKind(name)) return name;
    console.error(`There is no fault '${name}'. There are: ${FAULT_KINDS.join(', ')}.`);
    process.exit(2);
  });
}

async function main(): Promise<number> {
  if (values.help) {
    console.log(HELP);
    return 0;
  }
  const runTask = await loadWorkerTasks();
  const faults = kinds(values.faults);
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
  return failed === 0 ? 0 : 1;
}

process.exitCode = await main();
