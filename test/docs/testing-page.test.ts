import { existsSync, readFileSync } from 'node:fs';
import t from 'tap';
import { MUTANTS } from '../../scripts/mutants/table.js';

const page = readFileSync('docs/TESTING.md', 'utf8');

function section(heading: string, until: string): string {
  const from = page.indexOf(heading);
  const to = page.indexOf(until, from);
  if (from < 0 || to < 0) throw new Error(`docs/TESTING.md has '${heading}' and, behind it, '${until}'`);
  return page.slice(from + heading.length, to);
}

/** The entries of the lists in a part of the page, each as one line. */
function entriesOf(part: string): string[] {
  const items = part.split(/^- /m).slice(1);
  return items.map((item) => (item.split('\n\n')[0] ?? '').replace(/\s+/g, ' ').trim());
}

/** `SEED=12 ...`, 'seed 12 of', 'seeds 12 and 13'. */
function seedsIn(entry: string): string[] {
  const named = [...entry.matchAll(/SEED=(\d+)|\bseeds? (\d+)(?: and (\d+))?/g)];
  return named.flatMap((match) => match.slice(1).filter((seed) => seed !== undefined));
}

t.test('each seed that found something stands in the file that the page names for it', async (t) => {
  const entries = entriesOf(section('## Bugs that seeds found', 'And by `make chaos`'));
  t.ok(entries.length > 50, `${entries.length} entries`);
  for (const entry of entries) {
    const files = [...entry.matchAll(/`((?:test|src)\/[^`]+\.ts)`/g)].map((match) => match[1] ?? '');
    t.ok(files.length > 0 && files.every((file) => existsSync(file)), `it names a file: ${entry.slice(0, 80)}`);
    const content = files.map((file) => readFileSync(file, 'utf8')).join('\n');
    for (const seed of seedsIn(entry)) {
      t.ok(
        new RegExp(`\\b(?:SEED=|seeds? |and |above )${seed}\\b`, 'i').test(content),
        `seed ${seed}: ${files.join(', ')}`,
      );
    }
  }
});

t.test('the page has each row of the table of mutants, and counts them', async (t) => {
  const table = section('| killed by | rows | mutants |', '\nMends that hide each other');
  const rows = [...table.matchAll(/^\| [^|]+ \| (\d+) \| ([^|]+) \|$/gm)];
  t.equal(
    rows.reduce((sum, row) => sum + Number(row[1]), 0),
    MUTANTS.length,
  );
  for (const { name } of MUTANTS) t.equal(rows.filter((row) => row[2]?.includes(name)).length > 0, true, name);
  t.match(page, new RegExp(`\\bAll ${MUTANTS.length} rows`));
});
