import { spawnSync } from 'node:child_process';
import t from 'tap';

const ENVIRONMENT = { RATE: '2000', STEADY_SECONDS: '1' };
const TIMEOUT_MS = 240_000;
const REPLICAS = 6 * 3;

/** The rows of the tables in a text, by their first column. */
function rowsOf(text: string): Map<string, readonly string[]> {
  const rows = new Map<string, readonly string[]>();
  for (const line of text.split('\n')) {
    const [name, ...cells] = line.split('│').map((cell) => cell.trim()).filter((cell) => cell !== ''); // prettier-ignore
    if (name !== undefined && cells.length > 0) rows.set(name, cells);
  }
  return rows;
}

t.test('make demo, smaller: two nodes are killed under load, and the table says that nothing is lost', async (t) => {
  const run = spawnSync(process.execPath, ['dist/scripts/demo.js'], {
    env: { ...process.env, ...ENVIRONMENT },
    encoding: 'utf8',
    timeout: TIMEOUT_MS,
  });
  t.equal(run.status, 0, `${run.stdout}${run.stderr}`);
  t.match(
    run.stdout,
    /Killed node \d, the leader of partition 0\.[^]*is back[^]*Killed node \d, the active controller\./,
  );
  t.match(run.stdout, /\nNothing that was acknowledged was lost\.\n$/);
  const rows = rowsOf(run.stdout);
  const count = (name: string): number => Number(rows.get(name)?.[0]?.replaceAll(',', ''));
  // A second before the kills, one after them, and twice three with a node down.
  t.ok(count('sent') > 2_000 * 4, `${count('sent')} records were sent`);
  t.equal(count('acknowledged'), count('sent'));
  t.equal(count('read back'), count('sent'));
  for (const name of [
    'not acknowledged',
    'times the input had to pause',
    'lost',
    'duplicated',
    'out of order',
    'altered, or never sent',
    'stored, and not among those that were read',
    'replicas that differ in a byte below the high watermark',
  ]) {
    t.equal(count(name), 0, name);
  }
  t.match(rows.get('replicas compared')?.[0], new RegExp(`^${REPLICAS} \\(\\d+ MiB\\)$`));
  const silences = [...rows].filter(([name]) => name.startsWith('after SIGKILL of node '));
  t.equal(silences.length, 2);
  for (const [name, [any = '']] of silences) t.match(any, /^\d+ ms$/, name);
});

t.test('a rate that is none is refused', async (t) => {
  const run = spawnSync(process.execPath, ['dist/scripts/demo.js'], {
    env: { ...process.env, RATE: 'fast' },
    encoding: 'utf8',
    timeout: TIMEOUT_MS,
  });
  t.equal(run.status, 1);
  t.match(run.stderr, /RATE=fast is not a number above 0\./);
});
