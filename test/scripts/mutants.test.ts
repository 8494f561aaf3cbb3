import { existsSync, readFileSync } from 'node:fs';
import t from 'tap';
import { parseShare, shareOf, shareOfCommit } from '../../scripts/mutants/share.js';
import { MUTANTS } from '../../scripts/mutants/table.js';
import { catcherOf, judge } from '../../scripts/mutants/verdict.js';

t.test('the table of mutants fits the code', async (t) => {
  t.equal(new Set(MUTANTS.map(({ name }) => name)).size, MUTANTS.length, 'each has a name of its own');
  for (const { name, edits, test, hunt } of MUTANTS) {
    for (const path of [test, hunt?.scenario ?? test]) {
      t.ok(existsSync(path.replace(/^dist\//, '').replace(/\.js$/, '.ts')), `${name}: ${path} is there`);
    }
    for (const { file, find } of edits) {
      const count = readFileSync(file, 'utf8').split(find).length - 1;
      t.equal(count, 1, `${name}: ${file} has this once: ${find.trim()}`);
    }
  }
});

t.test('a mutant is killed only by what it must die by', async (t) => {
  const dies = /nothing is lost/;
  const run = (exitCode: number | undefined, output: string, timedOut = false): string =>
    judge({ dies }, { exitCode, output, timedOut }).fate;
  t.equal(run(0, 'ok 1 - nothing is lost'), 'survived');
  t.equal(run(1, '    not ok 2 - nothing is lost # time=3ms'), 'killed');
  t.equal(
    run(1, 'ok 1 - nothing is lost\n# Subtest: nothing is lost\nnot ok 2 - another'),
    'astray',
    'that one passed',
  );
  t.equal(run(1, 'not ok 1 - nothing is lost\n  type: TypeError\n'), 'crashed');
  t.equal(run(undefined, 'not ok 1 - nothing is lost', true), 'timed out');
  t.equal(
    judge({ dies }, { exitCode: 1, timedOut: false, output: 'not ok 7 - nothing is lost # time=3ms' }).evidence,
    'nothing is lost',
  );
});

t.test('what caught a mutant is told with the seed, and of how many, or as a fixed schedule', async (t) => {
  const output = [
    '# Subtest: first',
    '    # seeds 1 to 10',
    '    ok 1 - should be equivalent',
    'ok 1 - first',
    '# Subtest: second',
    '    # seeds 1 to 60',
    '    not ok 1 - should be equivalent',
    '        +  "seed 4: 3 was durable, 2 is left",',
    'not ok 2 - second',
    '# Subtest: third',
    '    not ok 1 - seed 1, at 3.100 ms: the late proposal: 1, not 2',
    'not ok 3 - third',
  ].join('\n');
  const scenario = 'dist/test/simulation/some.test.js';
  const caught = (dies: RegExp): string => {
    const { fate, seed, seeds } = judge({ dies }, { exitCode: 1, timedOut: false, output });
    t.equal(fate, 'killed');
    return catcherOf({ scenario, ...(seed === undefined ? {} : { seed }), ...(seeds === undefined ? {} : { seeds }) });
  };
  t.equal(caught(/seed \d+: \d was durable/), 'simulation/some, seed 4 of 60');
  t.equal(caught(/\d was durable/), 'simulation/some, seed 4 of 60', 'the seed that its failure names');
  t.equal(caught(/the late proposal: 1/), 'simulation/some, a fixed schedule');
  t.equal(catcherOf({ seed: 9, seeds: 3 }), 'seed 9, within 3', 'of whole clusters');
});

t.test('the parts of the table are all of it, each row once', async (t) => {
  const parts = Array.from({ length: 12 }, (_, part) => shareOf(MUTANTS, { part, of: 12 }));
  t.same(new Set(parts.flat()), new Set(MUTANTS));
  t.equal(parts.flat().length, MUTANTS.length);
  t.same(parseShare('3/12'), { part: 3, of: 12 });
  for (const wrong of ['12/12', '1', '', '-1/3']) t.equal(parseShare(wrong), undefined, `'${wrong}' is none`);
  t.same(shareOfCommit('0000000d00', 12), { part: 1, of: 12 });
  t.same(shareOfCommit(undefined, 12), { part: 0, of: 12 });
});
