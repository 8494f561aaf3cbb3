import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { runCluster } from '../src/simulation/cluster/run-cluster.js';
import type { ClusterRunOptions } from '../src/simulation/cluster/run-cluster.js';
import { RARE_PATHS, neverReached } from '../src/simulation/cluster/rare-paths.js';
import { shrinkRun } from '../src/simulation/cluster/shrink.js';
import { formatReport } from '../src/simulation/checkers/check-history.js';
import { SWARM_KINDS, formatPlan, parsePlan } from '../src/simulation/fault-plan.js';
import type { SwarmKind, SwarmPlan } from '../src/simulation/fault-plan.js';
import { formatLine } from '../src/simulation/observe.js';
import { SimulationFailure } from '../src/simulation/simulation.js';
import { Strikes } from '../src/simulation/strikes.js';
import { loadWorkerTasks } from '../src/simulation/worker-tasks.js';
import { replayCommand, sourceOf } from './simulation/replay-command.js';
import type { Replay } from './simulation/replay-command.js';
import { coverageOf } from './simulation/coverage.js';
import { ownShare, runJobs, tellResult } from './simulation/jobs.js';
import type { SeedResult } from './simulation/jobs.js';
import { EMPTY_TALLY, addTallies, formatSpeed, formatTally } from './simulation/tally.js';
import type { Tally } from './simulation/tally.js';

const HELP = `Runs whole clusters, their clients and their faults in one process, each from one seed.

  node dist/scripts/sim.js [--seed N] [--count N] [--seconds N] [--faults KIND,...] [--trace] [--shrink]

  --seed N      first seed (default 1)
  --count N     seeds to run (default 1); their results come in their order
  --minutes N   seed after seed for so long, in place of a count
  --jobs N      processes that share the seeds (default: the processors; 1 with --trace and --until-failure)
  --seconds N   simulated seconds with faults (default 10)
  --nodes N     nodes of the cluster (default 3)
  --faults ...  kinds to draw from: ${SWARM_KINDS.join(', ')}
                (default: all; "none" for none)
  --plan TEXT   these faults and rates instead of what the seed draws: "kill every 400 ms for 100 ms, ..."
  --strikes ... of these faults only those of these names, as the trace and --shrink give them: kill.3,pause.0
  --look-every N   milliseconds between two looks at the invariants inside (default 20)
  --plain       nodes with Kafka's default settings, not with what the seed draws
  --thin        producers know only the nodes that they were given: batches are forwarded for them
  --require-coverage   fail unless every kind of fault and every rare path happened in some seed
  --until-failure      end with the first seed that fails
  --trace       print the whole run as lines
  --shrink      where a seed fails, take faults out, kinds and single ones, while it still does`;

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    count: { type: 'string', default: '1' },
    minutes: { type: 'string', default: '' },
    jobs: { type: 'string', default: '' },
    seconds: { type: 'string', default: '10' },
    nodes: { type: 'string', default: '3' },
    faults: { type: 'string', default: SWARM_KINDS.join(',') },
    plan: { type: 'string', default: '' },
    strikes: { type: 'string', default: '' },
    'look-every': { type: 'string', default: '20' },
    plain: { type: 'boolean', default: false },
    thin: { type: 'boolean', default: false },
    'require-coverage': { type: 'boolean', default: false },
    'until-failure': { type: 'boolean', default: false },
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
function missing(faults: readonly SwarmKind[], coverage: Tally['coverage']): string[] {
  return neverReached([...faults.map((kind) => `fault: ${kind}`), ...RARE_PATHS], new Map(Object.entries(coverage)));
}

/** This process's seeds by their place in the batch: so many, or until the time is over. */
function* indexes(): Iterable<number> {
  const { first, step } = ownShare() ?? { first: 0, step: 1 };
  const count = values.minutes === '' ? Number(values.count) : Number.POSITIVE_INFINITY;
  const endMs = values.minutes === '' ? Number.POSITIVE_INFINITY : performance.now() + Number(values.minutes) * 60_000;
  for (let i = first; i < count && performance.now() < endMs; i += step) yield i;
}

/** How many processes share the seeds. */
function jobCount(): number {
  if (values.jobs !== '') return Number(values.jobs);
  if (values.trace || values['until-failure']) return 1;
  return Math.min(availableParallelism(), values.minutes === '' ? Number(values.count) : Number.POSITIVE_INFINITY);
}

/** Runs one seed and says what came of it. */
async function runSeed(index: number, options: ClusterRunOptions): Promise<SeedResult> {
  const { seed, nodes = 3 } = options;
  const { plan, strikes, thin, plain, faults } = values;
  const again = (change: Partial<Replay>): string =>
    replayCommand({ seed, seconds: Number(values.seconds), nodes, faults, plan, strikes, thin, plain, ...change });
  const before = process.cpuUsage();
  const cpuMs = (): number => {
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1_000;
  };
  try {
    const report = await runCluster({
      ...options,
      ...(values.trace ? { onTrace: (line) => console.log(formatLine(line)) } : {}),
    });
    const { events, simulatedMs, calmOperationsPerSecond, operationsPerSecond } = report;
    const cost = { events, simulatedMs, cpuMs: cpuMs() };
    const line =
      `seed ${seed}: ${report.digest}, ${events} events, ${(simulatedMs / 1000).toFixed(1)} s ` +
      `(${formatSpeed(cost)}, operations of the slowest client: ${calmOperationsPerSecond.toFixed(0)} before the faults, ` +
      `${operationsPerSecond.toFixed(0)} during them), ` +
      formatReport(report.history);
    const tally = { seeds: 1, failedSeeds: [], ...cost, coverage: Object.fromEntries(report.coverage) };
    return { index, lines: [line], tally };
  } catch (error) {
    if (!(error instanceof SimulationFailure)) throw error;
    const lines = [error.report(), `again, ${sourceOf()}: ${again({})} TRACE=1`];
    if (values.shrink) {
      const shrunk = await shrinkRun(options);
      const strikes = shrunk.strikes.map(({ name }) => name).join(',');
      lines.push('enough to fail:', ...shrunk.strikes.map(({ name, what }) => `  ${name}: ${what}`));
      lines.push(`  ${again({ plan: formatPlan(shrunk.plan), strikes })} TRACE=1`);
    }
    const tally = { ...EMPTY_TALLY, seeds: 1, failedSeeds: [seed], simulatedMs: error.timeMs, cpuMs: cpuMs() };
    return { index, lines, tally };
  }
}

async function runSeeds(faults: readonly SwarmKind[], take: (result: SeedResult) => void): Promise<void> {
  const runTask = await loadWorkerTasks();
  const plan = planOf(values.plan);
  // Of errors nothing but the message is shown, and what the simulated network breaks makes thousands of them.
  if (!values.trace) Error.stackTraceLimit = 0;
  for (const index of indexes()) {
    const result = await runSeed(index, {
      seed: Number(values.seed) + index,
      runTask,
      nodes: Number(values.nodes),
      safetyMs: Number(values.seconds) * 1_000,
      faults,
      ...(plan === undefined ? {} : { plan }),
      thinProducers: values.thin,
      lookEveryMs: Number(values['look-every']),
      ...(values.strikes === '' ? {} : { strikes: new Strikes(values.strikes.split(',')) }),
      ...(values.plain ? { config: {} } : {}),
    });
    take(result);
    if (result.tally.failedSeeds.length > 0 && values['until-failure']) break;
  }
}

async function main(): Promise<number> {
  if (values.help) {
    console.log(HELP);
    return 0;
  }
  const faults = kinds(values.faults);
  if (ownShare() !== undefined) {
    await runSeeds(faults, tellResult);
    return 0;
  }
  let tally = EMPTY_TALLY;
  const take = (result: SeedResult): void => {
    for (const line of result.lines) console.log(line);
    tally = addTallies(tally, result.tally);
  };
  const jobs = jobCount();
  await (jobs > 1 ? runJobs(jobs, take) : runSeeds(faults, take));
  for (const line of formatTally(tally)) console.log(line);
  const isSoak = values.minutes !== '' && !values['require-coverage'];
  const coverage = coverageOf(tally.seeds, values);
  if (isSoak) console.log(coverage.word);
  if (values['require-coverage'] || (isSoak && coverage.required)) {
    const never = missing(faults, tally.coverage);
    for (const name of never) console.log(`never happened: ${name}`);
    if (never.length > 0) return 1;
  }
  if (tally.seeds === 0) console.log('No seed ran: COUNT and MINUTES are numbers above 0.');
  return tally.failedSeeds.length === 0 && tally.seeds > 0 ? 0 : 1;
}

process.exitCode = await main();
