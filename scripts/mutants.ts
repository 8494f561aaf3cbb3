import { availableParallelism, tmpdir } from 'node:os';
import { parseArgs } from 'node:util';
import Table from 'cli-table3';
import type { Outcome } from './mutants/mutant.js';
import { parseShare, shareOf } from './mutants/share.js';
import { MUTANTS } from './mutants/table.js';
import { formatOutcome, tryAll } from './mutants/trials.js';
import { catcherOf } from './mutants/verdict.js';

const HELP = `Takes each mend out of a copy of the code, one at a time: the simulation must find it, and by name.

  node dist/scripts/mutants.js [--by sim|test] [--only TEXT] [--share K/N] [--jobs N] [--limit SECONDS] [--list]

  --by test        not by the simulation (seeds of whole clusters, or a scenario), but by the test that guards it
  --share K/N      the K-th of N parts of the table, from 0 on, as 'make test' runs one of them for each commit
  --only TEXT      mutants whose name or hazard has TEXT in it
  --jobs N         how many at once (default: the processors, 2 at most)
  --limit SECONDS  for one test (default 240)
  --list           print the mutants and end`;

const { values } = parseArgs({
  options: {
    by: { type: 'string', default: 'sim' },
    share: { type: 'string', default: '0/1' },
    only: { type: 'string', default: '' },
    jobs: { type: 'string', default: String(Math.min(2, availableParallelism())) },
    limit: { type: 'string', default: '240' },
    list: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});

function report(outcomes: readonly Outcome[]): string {
  const table = new Table({
    head: ['mutant', 'against', 'caught by', 'died by', 's'],
    colAligns: ['left', 'left', 'left', 'left', 'right'],
    colWidths: [34, 44, 34, 60, 6],
    wordWrap: true,
    style: { head: [], border: [], compact: true },
  });
  for (const outcome of outcomes) {
    const { mutant, fate, evidence, seconds } = outcome;
    const isByTest = outcome.seed === undefined && outcome.scenario === undefined;
    const killer = catcherOf(isByTest ? { ...outcome, scenario: mutant.test } : outcome);
    const caught = fate === 'killed' ? killer : fate.toUpperCase();
    table.push([mutant.name, mutant.hazard, caught, evidence, seconds.toFixed(0)]);
  }
  return table.toString();
}

/** By the simulation alone: how many died by scenarios, and how many by seeds, and how late. */
function killers(outcomes: readonly Outcome[]): string {
  const killed = outcomes.filter(({ fate }) => fate === 'killed');
  const bySeeds = killed.flatMap(({ seeds, scenario }) => (scenario === undefined ? (seeds ?? []) : []));
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

async function main(): Promise<number> {
  if (values.help) {
    console.log(HELP);
    return 0;
  }
  const { by } = values;
  if (by !== 'test' && by !== 'sim') {
    console.error(`--by is 'test' or 'sim', not '${by}'.`);
    return 2;
  }
  const share = parseShare(values.share);
  if (share === undefined) {
    console.error(`--share is K/N with K from 0 to N-1, not '${values.share}'.`);
    return 2;
  }
  const mutants = shareOf(MUTANTS, share).filter(({ name, hazard }) => `${name} ${hazard}`.includes(values.only));
  if (mutants.length === 0) {
    console.error(`No mutant has '${values.only}' in its name or hazard: see --list.`);
    return 2;
  }
  if (values.list) {
    for (const { name, hazard } of mutants) console.log(`${name.padEnd(40)} ${hazard}`);
    return 0;
  }
  const outcomes = await tryAll(mutants, {
    by,
    jobs: Math.max(1, Number(values.jobs)),
    limitMs: Number(values.limit) * 1000,
    directory: tmpdir(),
    told: (outcome) => console.log(formatOutcome(outcome)),
  });
  console.log(report(outcomes));
  const alive = outcomes.filter((outcome) => outcome.fate !== 'killed');
  console.log(`${outcomes.length - alive.length} of ${outcomes.length} mutants killed${killers(outcomes)}.`);
  return alive.length === 0 ? 0 : 1;
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));
process.exitCode = await main();
