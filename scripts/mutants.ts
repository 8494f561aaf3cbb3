import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import Table from 'cli-table3';
import { SoundCode, hunt } from './mutants/hunting.js';
import type { Mutant, Outcome } from './mutants/mutant.js';
import { MUTANTS } from './mutants/table.js';
import { judge } from './mutants/verdict.js';
import { Workspace } from './mutants/workspace.js';

const HELP = `Takes each mend out of a copy of the code, one at a time: the test that guards it must fail, and by name.

  node dist/scripts/mutants.js [--by test|sim] [--only TEXT] [--jobs N] [--limit SECONDS] [--list]

  --by sim         not by its test, but by the simulation alone: seeds of whole clusters until one fails
  --only TEXT      mutants whose name or hazard has TEXT in it
  --jobs N         how many at once (default: the processors, 2 at most)
  --limit SECONDS  for one test (default 240)
  --list           print the mutants and end`;

const { values } = parseArgs({
  options: {
    by: { type: 'string', default: 'test' },
    only: { type: 'string', default: '' },
    jobs: { type: 'string', default: String(Math.min(2, availableParallelism())) },
    limit: { type: 'string', default: '240' },
    list: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});

/** Tests that fail by themselves kill nothing: each must pass on the code as it is. */
async function baseline(workspaces: readonly Workspace[], mutants: readonly Mutant[], limitMs: number): Promise<void> {
  const tests = [...new Set(mutants.map((mutant) => mutant.test))];
  await share(workspaces, tests, async (workspace, test) => {
    const run = await workspace.test(test, limitMs);
    if (run.exitCode !== 0) throw new Error(`${test} fails on the code as it is:\n${run.output.slice(-4000)}`);
  });
}

type Trial = (workspace: Workspace, mutant: Mutant) => Promise<Omit<Outcome, 'mutant' | 'seconds'>>;

function byTest(limitMs: number): Trial {
  return async (workspace, mutant) => judge(mutant, await workspace.test(mutant.test, limitMs));
}

function bySimulation(sound: SoundCode, limitMs: number): Trial {
  return (workspace, mutant) => hunt(mutant, workspace, sound, limitMs);
}

async function tryMutant(workspace: Workspace, mutant: Mutant, trial: Trial): Promise<Outcome> {
  const started = performance.now();
  const seconds = (): number => (performance.now() - started) / 1000;
  try {
    const misfit = await workspace.apply(mutant.edits);
    if (misfit !== undefined) return { mutant, fate: 'misfit', evidence: misfit, seconds: seconds() };
    const complaints = await workspace.compile();
    if (complaints !== undefined) return { mutant, fate: 'not compiled', evidence: complaints, seconds: seconds() };
    return { mutant, ...(await trial(workspace, mutant)), seconds: seconds() };
  } finally {
    await workspace.restore();
  }
}

/** Each item once, by whichever workspace is free; stops at the first rejection. */
async function share<T>(
  workspaces: readonly Workspace[],
  items: readonly T[],
  work: (workspace: Workspace, item: T) => Promise<void>,
): Promise<void> {
  const queue = [...items];
  const lane = async (workspace: Workspace): Promise<void> => {
    for (let item = queue.shift(); item !== undefined; item = queue.shift()) {
      try {
        await work(workspace, item);
      } catch (error) {
        queue.length = 0;
        throw error;
      }
    }
  };
  const lanes = await Promise.allSettled(workspaces.map(lane));
  for (const result of lanes) if (result.status === 'rejected') throw result.reason;
}

function report(outcomes: readonly Outcome[]): string {
  const table = new Table({
    head: ['mutant', 'against', 'caught by', 'died by', 's'],
    colAligns: ['left', 'left', 'left', 'left', 'right'],
    colWidths: [34, 44, 34, 60, 6],
    wordWrap: true,
    style: { head: [], border: [], compact: true },
  });
  for (const { mutant, fate, evidence, seconds, seed, seeds, scenario = mutant.test } of outcomes) {
    const test = scenario.replace(/^dist\/test\/|\.test\.js$/g, '');
    const killer = seed === undefined ? test : `seed ${seed}, within ${seeds}`;
    const caught = fate === 'killed' ? killer : fate.toUpperCase();
    table.push([mutant.name, mutant.hazard, caught, evidence, seconds.toFixed(0)]);
  }
  return table.toString();
}

/** By the simulation alone: how many died by scenarios, and how many by seeds, and how late. */
function killers(outcomes: readonly Outcome[]): string {
  const killed = outcomes.filter(({ fate }) => fate === 'killed');
  const bySeeds = killed.flatMap(({ seeds }) => seeds ?? []);
  const isReal = ({ mutant }: Outcome): boolean => mutant.onRealProcesses === true;
  const byTests = killed.filter(({ scenario }) => scenario !== undefined);
  if (bySeeds.length + byTests.length === 0) return '';
  const real = byTests.filter(isReal).length;
  const parts = [
    bySeeds.length === 0 ? [] : `${bySeeds.length} by a seed, the last one within ${Math.max(...bySeeds)}`,
    `${byTests.length - real} by a scenario`,
    `${real} by a test with real processes`,
  ];
  return `: ${parts.flat().join(', ')}`;
}

async function run(mutants: readonly Mutant[], jobs: number, limitMs: number): Promise<Outcome[]> {
  const workspaces: Workspace[] = [];
  const sound = await Workspace.create(process.cwd());
  try {
    for (let i = 0; i < Math.min(jobs, mutants.length); i++) workspaces.push(await Workspace.create(process.cwd()));
    const isHunt = values.by === 'sim';
    if (!isHunt) await baseline(workspaces, mutants, limitMs);
    const trial = isHunt ? bySimulation(new SoundCode(sound, limitMs), limitMs) : byTest(limitMs);
    const outcomes: Outcome[] = [];
    await share(workspaces, mutants, async (workspace, mutant) => {
      const outcome = await tryMutant(workspace, mutant, trial);
      outcomes.push(outcome);
      const seed = outcome.seed === undefined ? '' : ` seed ${outcome.seed}, within ${outcome.seeds}:`;
      const took = `${outcome.seconds.toFixed(0)} s`;
      console.log(`${outcome.fate.padEnd(12)} ${mutant.name} (${took}):${seed} ${outcome.evidence}`);
    });
    return mutants.flatMap((mutant) => outcomes.filter((outcome) => outcome.mutant === mutant));
  } finally {
    for (const workspace of [...workspaces, sound]) await workspace.remove();
  }
}

async function main(): Promise<number> {
  if (values.help) {
    console.log(HELP);
    return 0;
  }
  if (!['test', 'sim'].includes(values.by)) {
    console.error(`--by is 'test' or 'sim', not '${values.by}'.`);
    return 2;
  }
  const mutants = MUTANTS.filter(({ name, hazard }) => `${name} ${hazard}`.includes(values.only));
  if (mutants.length === 0) {
    console.error(`No mutant has '${values.only}' in its name or hazard: see --list.`);
    return 2;
  }
  if (values.list) {
    for (const { name, hazard } of mutants) console.log(`${name.padEnd(40)} ${hazard}`);
    return 0;
  }
  const outcomes = await run(mutants, Math.max(1, Number(values.jobs)), Number(values.limit) * 1000);
  console.log(report(outcomes));
  const alive = outcomes.filter((outcome) => outcome.fate !== 'killed');
  console.log(`${outcomes.length - alive.length} of ${outcomes.length} mutants killed${killers(outcomes)}.`);
  return alive.length === 0 ? 0 : 1;
}

process.exitCode = await main();
