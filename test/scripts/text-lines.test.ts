import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { endlessTextLines, textLines } from '../../scripts/workload/text-lines.js';

t.test('lines of text files, by path and number', (t) => {
  const folder = t.testdir({ 'b.txt': 'one\r\n\nthree', a: { 'x.js': 'x\n' } });
  writeFileSync(join(folder, 'binary'), Buffer.from([65, 0, 10, 66]));
  writeFileSync(join(folder, 'long'), 'y'.repeat(70_000));
  mkdirSync(join(folder, 'empty'));
  symlinkSync(join(folder, 'b.txt'), join(folder, 'link'));
  const lines = [...textLines(folder)].map(({ key, value }) => [key, value.toString().slice(0, 5), value.length]);
  t.strictSame(lines, [
    ['a/x.js:1', 'x', 1],
    ['b.txt:1', 'one', 3],
    ['b.txt:2', '', 0],
    ['b.txt:3', 'three', 5],
    ['long:1', 'yyyyy', 65_536],
  ]);
  t.end();
});

t.test('they start over when they end, and a folder without text is refused', (t) => {
  const lines = endlessTextLines(t.testdir({ only: 'a\nb\n' }));
  t.strictSame(
    [1, 2, 3].map(() => lines.next().value.key),
    ['only:1', 'only:2', 'only:1'],
  );
  t.throws(() => endlessTextLines(t.testdir({})).next(), /no line of text/);
  t.end();
});
