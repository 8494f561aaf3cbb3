import { once } from 'node:events';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { VarveProcess, runVarve } from './varve-process.js';

interface Announcement {
  readonly dir: string;
  readonly listeners: Readonly<Record<string, string>>;
}

async function startDev(...args: string[]): Promise<{ node: VarveProcess; grpc: string; http: string; dir: string }> {
  const node = new VarveProcess(['dev', '--port', '0', '--json', ...args]);
  await node.until(({ stdout }) => stdout.endsWith('}\n'));
  const { dir, listeners } = JSON.parse(node.stdout) as Announcement;
  return { node, dir, grpc: listeners['GRPC'] ?? '', http: listeners['HTTP'] ?? '' };
}

t.test('varve dev: create, produce, consume, and an end that leaves nothing', async (t) => {
  const { node, grpc, http, dir } = await startDev();
  t.teardown(() => node.child.kill('SIGKILL'));
  const varve = (args: readonly string[], stdin?: string) => runVarve([...args, '--bootstrap', grpc], stdin);
  t.equal((await fetch(`http://${http}/readyz`)).status, 200);
  t.match(await (await fetch(`http://${http}/metrics`)).text(), /^process_cpu_seconds_total /m);

  t.equal((await varve(['topics', 'create', 'lines', '--partitions', '3'])).code, 0);
  const numbers = Array.from({ length: 5000 }, (_, index) => `line ${index}`);
  const produced = await varve(['produce', 'lines', '--json'], `${numbers.join('\n')}\n`);
  t.equal(produced.stderr, '');
  t.match(JSON.parse(produced.stdout), { sent: 5000, acknowledged: 5000, failed: 0 });
  const consumed = await varve(['consume', 'lines', '--from-beginning', '--exit-at-end']);
  t.equal(consumed.code, 0);
  t.same(consumed.stdout.trimEnd().split('\n').sort(), numbers.sort());

  const pairs = 'a\t1\r\nb\t\\N\nlast\tno line end';
  await varve(['topics', 'create', 'pairs', '--partitions', '1']);
  const keyed = await varve(
    ['produce', 'pairs', '--key-separator', '\\t', '--null-marker', '\\N', '--header', 'h=x'],
    pairs,
  );
  t.equal(keyed.code, 0, keyed.stderr);
  const json = await varve(['consume', 'pairs', '--from-beginning', '--exit-at-end', '--json']);
  t.match(
    json.stdout.trimEnd().split('\n').map((line) => JSON.parse(line) as unknown), // prettier-ignore
    [
      { topic: 'pairs', partition: 0, offset: 0, key: 'a', value: '1', headers: [{ key: 'h', value: 'x' }] },
      { offset: 1, key: 'b', value: null },
      { offset: 2, key: 'last', value: 'no line end' },
    ],
  );
  const format = ['--format', '%p:%o %k=%v %h\\n', '--exit-at-end'];
  t.equal((await varve(['consume', 'pairs', '--offset', '2', ...format])).stdout, '0:2 last=no line end h=x\n');
  t.equal((await varve(['consume', 'pairs', '--last', '1', ...format])).stdout, '0:2 last=no line end h=x\n');
  t.equal((await varve(['consume', 'pairs', '--from-beginning', '--count', '1', ...format])).stdout, '0:0 a=1 h=x\n');
  t.equal((await varve(['consume', 'pairs', '--timestamp', '2020-01-01', '--count', '1'])).stdout, '1\n');
  t.equal((await varve(['consume', 'pairs', '--timestamp', '4102444800000', ...format])).stdout, '', 'after the end');

  const { code, stderr } = await node.stop();
  t.equal(code, 0, stderr);
  t.notOk(existsSync(dir), 'the temporary folder is gone');
});

t.test('varve dev tells the folder that an override names, and keeps it', async (t) => {
  const kept = join(t.testdir({}), 'kept');
  const { node, dir } = await startDev('--override', `log.dirs=${kept}`);
  t.teardown(() => node.child.kill('SIGKILL'));
  t.equal(dir, kept);
  t.equal((await node.stop()).code, 0);
  t.ok(existsSync(kept));
});

/** What Node alone takes to start and end on an idle machine: a busy one is given so many times more. */
const NODE_MS = 60;
const READY_MS = 1_000;
const STARTS = 5;

t.test('varve dev is ready within a second', async (t) => {
  const starts: number[] = [];
  const bare: number[] = [];
  const timed = async (list: number[], work: () => Promise<unknown> | void): Promise<void> => {
    const startedMs = performance.now();
    await work();
    list.push(performance.now() - startedMs);
  };
  for (let i = 0; i < STARTS; i++) {
    await timed(bare, () => void spawnSync(process.execPath, ['-e', '0']));
    let started: VarveProcess | undefined;
    await timed(starts, async () => {
      const { node, http } = await startDev();
      started = node;
      t.teardown(() => node.child.kill('SIGKILL'));
      t.equal((await fetch(`http://${http}/readyz`)).status, 200, 'what it announces serves');
    });
    await started?.stop();
  }
  const median = (list: readonly number[]): number => [...list].sort((a, b) => a - b)[list.length >> 1] ?? 0;
  const allowed = READY_MS * Math.max(1, median(bare) / NODE_MS);
  const found = `${median(starts).toFixed(0)} of ${allowed.toFixed(0)} ms; Node alone ${median(bare).toFixed(0)} ms`;
  t.ok(median(starts) <= allowed, found);
  t.comment(found);
});

t.test('a closed terminal ends a node in order, too', async (t) => {
  const { node, dir } = await startDev();
  t.teardown(() => node.child.kill('SIGKILL'));
  const { code, stderr } = await node.stop('SIGHUP');
  t.equal(code, 0, stderr);
  t.notOk(existsSync(dir), 'the temporary folder is gone');
});

t.test('data in a given folder outlives the node; a tailing consumer ends on SIGINT', async (t) => {
  const folder = join(t.testdir(), 'kept');
  const first = await startDev('--dir', folder);
  t.teardown(() => first.node.child.kill('SIGKILL'));
  const produced = await runVarve(['produce', 'kept', '--bootstrap', first.grpc], 'one\n');
  t.equal(produced.code, 1, 'no topic is made by a typing error');
  t.match(produced.stderr, /UNKNOWN_TOPIC_OR_PARTITION/);
  await runVarve(['topics', 'create', 'kept', '--bootstrap', first.grpc]);
  await runVarve(['produce', 'kept', '--bootstrap', first.grpc], 'one\n');
  const locked = await runVarve(['dev', '--port', '0', '--dir', folder]);
  t.equal(locked.code, 1);
  t.match(locked.stderr, /Stop the node that uses it first/);
  t.equal((await first.node.stop('SIGTERM')).code, 0);

  const second = await startDev('--dir', folder);
  t.teardown(() => second.node.child.kill('SIGKILL'));
  const tail = new VarveProcess(['consume', 'kept', '--from-beginning', '--bootstrap', second.grpc]);
  await tail.until(({ stdout }) => stdout === 'one\n');
  await runVarve(['produce', 'kept', '--bootstrap', second.grpc], 'two\n');
  await tail.until(({ stdout }) => stdout === 'one\ntwo\n');
  t.equal((await tail.stop()).code, 0);
  t.equal((await second.node.stop()).code, 0);
});

t.test('a consumer whose reader has stopped reading ends when it is told to', async (t) => {
  const { node, grpc } = await startDev();
  t.teardown(() => node.child.kill('SIGKILL'));
  await runVarve(['topics', 'create', 'long', '--bootstrap', grpc]);
  await runVarve(['produce', 'long', '--bootstrap', grpc], `${'x'.repeat(10_000)}\n`.repeat(100));
  const consumer = new VarveProcess(['consume', 'long', '--from-beginning', '--bootstrap', grpc]);
  t.teardown(() => consumer.child.kill('SIGKILL'));
  await consumer.until(({ stdout }) => {
    if (stdout !== '') consumer.child.stdout?.pause();
    return stdout !== '';
  });
  const ended = once(consumer.child, 'exit', { signal: AbortSignal.timeout(20_000) });
  consumer.child.kill('SIGTERM');
  t.same(await ended, [0, null]);
  consumer.child.stdout?.resume();
  await consumer.exited;
  t.equal((await node.stop()).code, 0);
});

t.test('wrong settings are refused with the key, the value and what is allowed', async (t) => {
  const folder = t.testdir();
  const server = (content: string, ...overrides: string[]) => {
    const path = join(folder, 'server.properties');
    writeFileSync(path, content);
    return runVarve(['server', '--config', path, ...overrides.flatMap((override) => ['--override', override])]);
  };
  const refused = async (text: RegExp, content: string, ...overrides: string[]): Promise<void> => {
    const run = await server(content, ...overrides);
    t.equal(run.code, 1, String(text));
    t.match(run.stderr, text);
  };
  const unknown = /server\.properties, line 2: num\.partition=3: .* is num\.partitions meant\? docs\/OPERATIONS\.md/;
  await refused(unknown, 'node.id=1\nnum.partition=3\n');
  await refused(/error: num\.partition=3: there is no such configuration; is num/, 'node.id=1\n', 'num.partition=3');
  await refused(/ssl\.truststore\.password=\(hidden\): there is no such/, 'node.id=1\nssl.truststore.password=hush\n');
  await refused(/num\.partitions=many: .* must be /, 'node.id=1\n', 'num.partitions=many');
  await refused(/node\.id is not set/, '# nothing\n');
  await refused(/Line 2: \\u must be followed/, 'node.id=1\nbroker.rack=\\uZZ\n');
  const missing = await runVarve(['server', '--config', join(folder, 'absent.properties')]);
  t.match(missing.stderr, /absent\.properties cannot be read/);
  t.equal((await runVarve(['server'])).code, 2);

  mkdirSync(join(folder, 'data'));
  const taken = await startDev();
  t.teardown(() => taken.node.child.kill('SIGKILL'));
  const own = `node.id=1\nlog.dirs=${join(folder, 'data')}\nlisteners=INTERNAL://127.0.0.1:0,GRPC://${taken.grpc}\n`;
  await refused(/another process uses this port\.\nStop the other process/, own);
  t.equal((await taken.node.stop()).code, 0);
});

t.test('varve produce waits for a cluster that does not answer as long as it is told', async (t) => {
  const startMs = performance.now();
  const run = await runVarve(['produce', 'lines', '--bootstrap', '127.0.0.1:1', '--timeout-ms', '300'], 'one\n');
  t.equal(run.code, 1);
  t.match(run.stderr, /No node told of topic 'lines' within 300 ms.*REQUEST_TIMED_OUT/);
  t.ok(performance.now() - startMs < 30_000, 'not the minute that a program waits by default');
});

t.test('who is told to stop before what was asked for says so, with its exit code, too', async (t) => {
  const { node, grpc } = await startDev();
  t.teardown(() => node.child.kill('SIGKILL'));
  const to = ['--bootstrap', grpc];
  await runVarve(['topics', 'create', 'cut', ...to]);
  const producer = new VarveProcess(['produce', 'cut', ...to]);
  t.teardown(() => producer.child.kill('SIGKILL'));
  producer.child.stdin?.write('one\ntwo\n');
  const reader = new VarveProcess(['consume', 'cut', '--from-beginning', '--count', '3', ...to]);
  t.teardown(() => reader.child.kill('SIGKILL'));
  await reader.until(({ stdout }) => stdout === 'one\ntwo\n');
  const cut = await producer.stop('SIGTERM');
  t.equal(cut.code, 1);
  t.match(cut.stderr, /error: SIGTERM came before the end of the input: 2 records are acknowledged\./);
  const short = await reader.stop('SIGINT');
  t.equal(short.code, 1);
  t.match(short.stderr, /error: SIGINT came before 1 of 3 records\./);
  t.equal((await node.stop()).code, 0);
});

t.test('a node has its metrics, and dev its log lines, whatever the log level', async (t) => {
  const { node, http } = await startDev('--override', 'log.level=silent');
  t.teardown(() => node.child.kill('SIGKILL'));
  const page = await (await fetch(`http://${http}/metrics`)).text();
  t.match(page, /^varve_elections_total 1$/m);
  t.notMatch(page, /nodejs_eventloop_lag_(min|mean|p99)/, 'which would say how seldom they are taken');
  t.equal((await node.stop()).code, 0);
  const loud = await startDev('--override', 'log.level=info');
  t.teardown(() => loud.node.child.kill('SIGKILL'));
  t.match((await loud.node.stop()).stderr, /"level":"info"|"level":30/);
});
