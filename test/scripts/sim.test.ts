import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import t from 'tap';
import { commitId } from '../../scripts/simulation/replay-command.js';

const SIM = fileURLToPath(new URL('../../scripts/sim.js', import.meta.url));
const BUG = new URL('./planted-bug.js', import.meta.url).href;
/** With the planted bug a loss of power fails the seed within its first seconds; pauses and clocks have no part in it. */
const SEED = 1;
const PLAN = 'powerOffAll every 700 ms for 100 ms, pause every 500 ms for 50 ms, clockDrift every 300 ms for 100 ms';

interface Run {
  readonly exitCode: number;
  readonly lines: readonly string[];
}

/** The real command, over code with a bug unless `sound`. */
async function simulate(args: readonly string[], sound = false): Promise<Run> {
  const all = ['--seed', `${SEED}`, '--seconds', '3', ...args];
  const options = { env: { ...process.env, NODE_OPTIONS: '' }, maxBuffer: 64 * 1024 * 1024 };
  const command = [...(sound ? [] : ['--import', BUG]), SIM, ...all];
  const run = await promisify(execFile)(process.execPath, command, options).then(
    ({ stdout }) => ({ exitCode: 0, stdout }),
    (error: unknown) => error as { code: number; stdout: string },
  );
  return { exitCode: 'code' in run ? run.code : 0, lines: run.stdout.trimEnd().split('\n') };
}

t.test('a seed that fails says all that is needed to see it again', async (t) => {
  const { exitCode, lines } = await simulate(['--plan', PLAN]);
  const [failure = '', heading = '', ...rest] = lines;
  t.equal(exitCode, 1);
  t.match(
    failure,
    /^seed 1, at \d+\.\d{3} ms: an invariant of the cluster broke: Error: .*\bn\d#\d/,
    'seed, time, invariant',
  );
  const names = heading.match(/^the last of (.*) and the faults:$/)?.[1]?.split(', ') ?? [];
  t.ok(names.some((name) => /^orders-\d$/.test(name)) && names.some((name) => /^n\d$/.test(name)), heading);
  const events = rest.filter((line) => /^ +\d+\.\d{3} \S+ +(debug|info|warn|error) /.test(line));
  t.ok(events.length > 5 && events.length <= 50, `${events.length} events`);
  t.ok(events.some((line) => / fault +info +powerOffAll\.\d+: all hosts lose power/.test(line)));
  const other = events
    .filter((line) => /topic=orders partition=\d/.test(line))
    .map((line) => line.replace(/.*topic=(\S+) partition=(\d+).*/, '$1-$2'));
  t.ok(
    other.every((partition) => names.includes(partition)),
    `of other partitions there is nothing: ${other.join(' ')}`,
  );
  const again = rest.find((line) => line.startsWith('again')) ?? '';
  const commit = commitId();
  if (commit !== undefined) t.match(again, `at commit ${commit}`);
  t.match(again, `make sim SEED=1 SECONDS=3 PLAN="${PLAN}" TRACE=1`);
});

t.test('--trace writes the whole run, the same one each time', async (t) => {
  const [{ lines }, again] = await Promise.all([
    simulate(['--plan', PLAN, '--trace']),
    simulate(['--plan', PLAN, '--trace']),
  ]);
  const first = lines.findIndex((line) => line.startsWith('seed 1, at'));
  t.ok(first > 30, `${first} lines before the failure`);
  t.match(lines[0], / 0\.000 plan +info +powerOffAll every 700 ms/);
  for (const host of ['n1#1', 'n2#1', 'n3#1', 'fault']) {
    t.ok(
      lines.slice(0, first).some((line) => line.includes(` ${host} `)),
      `${host} speaks in it`,
    );
  }
  t.same(again.lines, lines);
});

/** Which numbers they are changes with the code. */
function withoutNumbers(line: string): string {
  return line
    .trim()
    .replace(/\d+(?:\.\d+)?/g, 'N')
    .replace(/ +/g, ' ');
}

t.test('the example of docs/TESTING.md is what the command says', async (t) => {
  const page = readFileSync('docs/TESTING.md', 'utf8');
  const example = /```text\n(seed 1, .*?)\n```/s.exec(page)?.[1]?.split('\n') ?? [];
  const { lines } = await simulate(['--plan', PLAN, '--shrink']);
  t.ok(page.includes(`--plan "${PLAN}"`) && example.length > 5, 'the page shows this run');
  const said = lines.map(withoutNumbers);
  let at = -1;
  for (const line of example) {
    const shown = withoutNumbers(line);
    const isIt = (one: string): boolean =>
      shown.endsWith('...') ? one.startsWith(shown.slice(0, -3).trim()) : one === shown;
    const found = said.findIndex((one, index) => index > at && isIt(one));
    t.ok(found > at, `it says, in this order: ${line}`);
    at = Math.max(at, found);
  }
});

t.test('--shrink leaves what is enough to fail, and the command that runs it', async (t) => {
  const { lines } = await simulate(['--plan', PLAN, '--shrink']);
  const from = lines.indexOf('enough to fail:') + 1;
  t.ok(from > 0);
  const to = lines.findIndex((line, index) => index >= from && line.includes('make sim'));
  const strikes = lines.slice(from, to);
  t.ok(strikes.length > 0 && strikes.every((line) => /^ {2}powerOffAll\.\d+: /.test(line)), strikes.join('\n'));
  const command = lines[to] ?? '';
  const [, plan = '', only = ''] = /PLAN="([^"]*)" STRIKES=(\S+) TRACE=1$/.exec(command) ?? [];
  t.match(plan, /^powerOffAll every 700 ms for 100 ms$/);
  const again = await simulate(['--plan', plan, '--strikes', only]);
  t.equal(again.exitCode, 1, 'it fails with these alone');
  const sound = await simulate(['--plan', plan, '--strikes', only], true);
  t.equal(sound.exitCode, 0, sound.lines.join('\n'));
});
