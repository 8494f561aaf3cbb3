import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import t from 'tap';
import type { Mutant, Outcome } from '../../scripts/mutants/mutant.js';
import { shareOf, shareOfCommit } from '../../scripts/mutants/share.js';
import { MUTANTS } from '../../scripts/mutants/table.js';
import { formatOutcome, tryAll } from '../../scripts/mutants/trials.js';
import { commitId } from '../../scripts/simulation/replay-command.js';

/** So many commits try the whole table, on an average. */
const SHARES = 12;
/** For one row; most take a few seconds. And for all: before the test is ended from outside, which would leave the copies. */
const LIMIT_MS = 120_000;
const TOTAL_MS = 230_000;

const directory = mkdtempSync(join(tmpdir(), 'varve-mutant-share-'));
const options = { by: 'sim', jobs: 1, limitMs: LIMIT_MS, totalMs: TOTAL_MS, directory } as const;
t.teardown(() => rmSync(directory, { recursive: true, force: true }));

t.test(
  'the simulation finds what is taken out of this commit: the part of the table that its id chooses',
  async (t) => {
    const share = shareOfCommit(commitId(), SHARES);
    const again = `make mutants SHARE=${share.part}/${share.of}`;
    t.comment(`again, at commit ${commitId() ?? 'unknown'}: ${again}`);
    const told = (outcome: Outcome): void => t.comment(formatOutcome(outcome));
    const outcomes = await tryAll(shareOf(MUTANTS, share), { ...options, told });
    for (const outcome of outcomes) t.equal(outcome.fate, 'killed', `${formatOutcome(outcome)}; again: ${again}`);
  },
);

t.test('what nothing finds is told by its name', async (t) => {
  const harmless: Mutant = {
    name: 'nothing is taken out',
    hazard: 'none',
    edits: [{ file: 'src/common/assert.ts', find: 'export function assert(', replace: 'export  function assert(' }],
    test: 'dist/test/common/errors.test.js',
    dies: /./,
    hunt: { scenario: 'dist/test/common/errors.test.js' },
  };
  const told: string[] = [];
  const [outcome] = await tryAll([harmless], { ...options, told: (each) => told.push(formatOutcome(each)) });
  t.equal(outcome?.fate, 'survived');
  t.match(told, [/^survived +nothing is taken out /]);
  const [late] = await tryAll([harmless], { ...options, totalMs: 0, told: () => {} });
  t.match(late, { mutant: harmless, fate: 'timed out' }, 'what no time was left for is not taken for killed');
});

t.test('no copy of the project stays', async (t) => {
  t.same(readdirSync(directory), []);
});
