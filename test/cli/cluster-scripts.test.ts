import { execFile, spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import t from 'tap';
import type { Test } from 'tap';
import { parseProperties } from '../../src/cli/properties.js';
import { runVarve } from './varve-process.js';

function script(name: string, args: readonly string[], env: NodeJS.ProcessEnv = {}) {
  return new Promise<{ code: number | null; output: string }>((resolve) => {
    const child = execFile(`scripts/${name}`, args, { env: { ...process.env, ...env } }, (_, stdout, stderr) =>
      resolve({ code: child.exitCode, output: stdout + stderr }),
    );
  });
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer().on('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}

/** The first of free ports for two nodes, four each, ten apart: below those of scripts/cluster/free-ports.ts. */
async function freePorts(): Promise<number> {
  for (let first = 10_000 + (process.pid % 90) * 20; ; first += 20) {
    const ports = [0, 1, 2, 3, 10, 11, 12, 13].map((offset) => first + offset);
    if ((await Promise.all(ports.map(isFree))).every(Boolean)) return first;
  }
}

/** Where a test's nodes are: it stays until they are stopped, where a `testdir` is gone before. */
function dataFolder(t: Test): string {
  const folder = mkdtempSync(join(tmpdir(), 'varve-scripts-'));
  const data = join(folder, 'data');
  t.teardown(async () => {
    await script('stop-cluster.sh', ['--data', data]);
    rmSync(folder, { recursive: true, force: true });
  });
  return data;
}

/** Small images have no `ps`; where there is no /proc either, it cannot be missed. */
function withoutPs(folder: string): NodeJS.ProcessEnv {
  if (!existsSync('/proc/self/cmdline')) return {};
  const bin = join(folder, 'bin');
  mkdirSync(bin);
  writeFileSync(join(bin, 'ps'), '#!/bin/sh\nexit 127\n', { mode: 0o755 });
  return { PATH: `${bin}:${process.env.PATH}` };
}

/** In the place of ssh: writes down where it was to go, and gives the words to a plain POSIX shell, as sshd does. */
function fakeSsh(folder: string, log: string): string {
  const ssh = join(folder, 'ssh.sh');
  writeFileSync(ssh, `#!/bin/sh\nprintf '%s\\n' "$*" >>${log}\nexec sh -c "$2"\n`, { mode: 0o755 });
  return ssh;
}

/** In the place of a node: on SIGTERM it says so in a file, and ends, saying so, once the file holds `awaited`. */
const STAND_IN = `
const { appendFileSync, readFileSync } = require('node:fs');
const [id, log, awaited] = process.argv.slice(-3);
process.on('SIGTERM', () => {
  appendFileSync(log, id + ' asked\\n');
  setInterval(() => {
    if (!readFileSync(log, 'utf8').includes(awaited)) return;
    appendFileSync(log, id + ' ends\\n');
    process.exit();
  }, 10);
});
// A handler of signals keeps no process alive.
setInterval(() => {}, 60_000);
console.log('ready');
`;

/** Starts one, with its pid file below `data`. */
async function startStandIn(t: Test, data: string, id: number, log: string, awaited: string): Promise<void> {
  const program = join(data, 'varve-stand-in.cjs');
  mkdirSync(join(data, `node-${id}`), { recursive: true });
  writeFileSync(program, STAND_IN);
  const config = join(data, `node-${id}`, 'server.properties');
  const child = spawn(process.execPath, [program, 'server', '--config', config, String(id), log, awaited], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  t.teardown(() => child.kill('SIGKILL'));
  await once(child.stdout, 'data');
  writeFileSync(join(data, `node-${id}`, 'varve.pid'), `${child.pid}\n`);
}

t.test('start, start again, status, stop', async (t) => {
  const folder = t.testdir();
  const hosts = join(folder, 'hosts.txt');
  const first = await freePorts();
  const data = dataFolder(t);
  writeFileSync(hosts, '# two nodes here\nlocalhost 5\n\nlocalhost   # the second\n');
  const args = ['--hosts', hosts, '--data', data, '--port', String(first)];
  const env = { VARVE_START_TIMEOUT_S: '120', ...withoutPs(folder) };
  const started = await script('start-cluster.sh', [...args, '--override', 'num.partitions=4'], env);
  t.equal(started.code, 0, started.output);
  t.match(started.output, /node 5 on localhost: started \(pid \d+\)[^]*node 2 on localhost: started/);
  const bootstrap = `127.0.0.1:${first + 2},127.0.0.1:${first + 12}`;
  t.match(started.output, `up: --bootstrap ${bootstrap}`);
  const again = await script('start-cluster.sh', args, env);
  t.match(again.output, /node 5 on localhost: runs already/);

  t.equal((await runVarve(['topics', 'create', 'x', '--bootstrap', bootstrap])).code, 0);
  const described = await runVarve(['topics', 'describe', 'x', '--json', '--bootstrap', bootstrap]);
  t.match(JSON.parse(described.stdout), [{ partitions: [{}, {}, {}, { replicas: { length: 2 } }] }]);

  const stopped = await script('stop-cluster.sh', ['--data', data], env);
  t.equal(stopped.code, 0, stopped.output);
  t.match(stopped.output, /node 2 on localhost: stopped\nnode 5 on localhost: stopped/);
  t.notOk(existsSync(join(data, 'node-5', 'varve.pid')));
  t.match(readFileSync(join(data, 'node-5', 'varve.log'), 'utf8'), /The node has stopped\./);
  t.match((await script('stop-cluster.sh', ['--data', data])).output, /no node runs/);

  const settings = join(data, 'node-5', 'server.properties');
  const recovered = await runVarve(['quorum', 'recover', '--config', settings], 'no\n');
  t.match(recovered.stdout, /The voters are [^]*Type the node\.id, 5/, 'the file it runs with is all that finds it');
  t.match(recovered.stderr, /Nothing was changed/);
});

t.test('another process has a port: no node starts; a node ends: nobody waits', async (t) => {
  const first = await freePorts();
  const data = dataFolder(t);
  const start = (...args: string[]) =>
    script('start-cluster.sh', ['--nodes', '2', '--data', data, '--port', String(first), ...args], {
      VARVE_START_TIMEOUT_S: '200',
    });
  const taken = createServer().listen(first + 12, '127.0.0.1');
  await once(taken, 'listening');
  const refused = await start();
  taken.close();
  t.equal(refused.code, 1);
  t.match(refused.output, `another process listens at 127.0.0.1:${first + 12}`);
  t.notOk(existsSync(data), 'no node was started');

  const ended = await start('--override', 'num.partitions=none');
  t.equal(ended.code, 1);
  t.match(ended.output, /node \d on localhost has ended[^]*num\.partitions/);
});

t.test('hosts that are not local go over ssh, with the project of that host', async (t) => {
  const folder = t.testdir();
  const hosts = join(folder, 'hosts.txt');
  const log = join(folder, 'calls.txt');
  writeFileSync(hosts, 'remote-a.example 1\nremote-b.example 2\n');
  const ssh = fakeSsh(folder, log);
  const home = join(folder, "the project's");
  mkdirSync(home);
  const odd = "ssl.keystore.key=it's \\d & $HOME\nnext line";
  const args = ['--hosts', hosts, '--data', 'its data', '--override', odd];
  const run = await script('start-cluster.sh', args, {
    VARVE_SSH: ssh,
    VARVE_HOME: home,
    VARVE_START_TIMEOUT_S: '0',
  });
  t.equal(run.code, 1, 'nothing comes up there');
  t.match(readFileSync(log, 'utf8'), /^remote-a\.example cd /m);
  const { values } = parseProperties(readFileSync(join(home, 'its data', 'node-2', 'server.properties'), 'utf8'));
  t.match(Object.fromEntries(values), {
    'node.id': '2',
    'log.dirs': 'its data/node-2/log',
    listeners: /^KAFKA:\/\/remote-b\.example:9092,/,
    'controller.quorum.voters': '1@remote-a.example:9093,2@remote-b.example:9093',
    'ssl.keystore.key': odd.slice('ssl.keystore.key='.length),
  });
  t.ok(existsSync(join(home, 'its data', 'node-1', 'varve.pid')));
});

/** 127.0.0.1 in another spelling, by which the scripts do not know this machine. */
const ELSEWHERE = '0x7f000001';

t.test('nodes on other hosts start, serve and stop, through the ssh of PATH', async (t) => {
  const folder = t.testdir({ bin: {} });
  const data = dataFolder(t);
  const first = await freePorts();
  const hosts = join(folder, 'hosts.txt');
  const log = join(folder, 'calls.txt');
  writeFileSync(hosts, `${ELSEWHERE}\n${ELSEWHERE}\n`);
  const ssh = `#!/bin/sh\nprintf '%s\\n' "$*" >>'${log}'\n[ "$1 $2" = '-o BatchMode=yes' ] || exit 9\nexec sh -c "$4"\n`;
  writeFileSync(join(folder, 'bin', 'ssh'), ssh, { mode: 0o755 });
  const env = { PATH: `${join(folder, 'bin')}:${process.env.PATH}`, VARVE_START_TIMEOUT_S: '120' };
  const args = ['--hosts', hosts, '--data', data];
  const started = await script('start-cluster.sh', [...args, '--port', String(first)], env);
  t.equal(started.code, 0, started.output);
  t.match(started.output, new RegExp(`node 1 on ${ELSEWHERE}: started [^]*node 2 on ${ELSEWHERE}: started `));
  const bootstrap = `${ELSEWHERE}:${first + 2},${ELSEWHERE}:${first + 12}`;
  t.match(started.output, `up: --bootstrap ${bootstrap}`);
  const created = await runVarve(['topics', 'create', 'x', '--bootstrap', bootstrap]);
  t.equal(created.code, 0, created.stderr);
  t.match(readFileSync(log, 'utf8'), new RegExp(`^-o BatchMode=yes ${ELSEWHERE} cd '${process.cwd()}' && bash -c `));
  const stopped = await script('stop-cluster.sh', args, env);
  t.equal(stopped.code, 0, stopped.output);
  t.match(stopped.output, new RegExp(`^node 1 on ${ELSEWHERE}: stopped\nnode 2 on ${ELSEWHERE}: stopped\n$`));
});

t.test('nodes are stopped over ssh: all at once, or one after the end of the other', async (t) => {
  const cases = [
    // Each ends only once the other is asked, too.
    { args: [], awaited: ['2 asked', '1 asked'], order: /^1 asked\n2 asked\n\d ends\n\d ends\n$/ },
    { args: ['--rolling'], awaited: ['', ''], order: /^1 asked\n1 ends\n2 asked\n2 ends\n$/ },
  ];
  for (const { args, awaited, order } of cases) {
    const folder = mkdtempSync(join(tmpdir(), "varve's project-"));
    t.teardown(() => rmSync(folder, { recursive: true, force: true }));
    const hosts = join(folder, 'hosts.txt');
    const calls = join(folder, 'calls.txt');
    const log = join(folder, 'order.txt');
    writeFileSync(hosts, 'remote-a.example 1\nremote-b.example 2\nremote-c.example 3\n');
    for (const id of [1, 2]) await startStandIn(t, join(folder, 'its data'), id, log, awaited[id - 1] ?? '');
    const run = await script('stop-cluster.sh', ['--hosts', hosts, '--data', 'its data', ...args], {
      VARVE_SSH: fakeSsh(t.testdir(), `'${calls.replaceAll("'", `'\\''`)}'`),
      VARVE_HOME: folder,
    });
    t.equal(run.code, 0, run.output);
    t.equal(
      run.output,
      'node 1 on remote-a.example: stopped\nnode 2 on remote-b.example: stopped\nnode 3 on remote-c.example: does not run\n',
    );
    t.match(readFileSync(log, 'utf8'), order);
    t.match(readFileSync(calls, 'utf8'), /^remote-a\.example cd [^]*^remote-b\.example cd /m);
    t.notOk(existsSync(join(folder, 'its data', 'node-1', 'varve.pid')));
  }
});

t.test('a process that has the number of a node from before the machine was restarted is left alone', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'varve-scripts-'));
  t.teardown(() => rmSync(folder, { recursive: true, force: true }));
  const log = join(folder, 'order.txt');
  writeFileSync(log, '');
  await startStandIn(t, folder, 1, log, '');
  mkdirSync(join(folder, 'node-2'));
  renameSync(join(folder, 'node-1', 'varve.pid'), join(folder, 'node-2', 'varve.pid'));
  const run = await script('stop-cluster.sh', ['--data', folder]);
  t.equal(run.output, 'node 2 on localhost: does not run\n');
  t.equal(readFileSync(log, 'utf8'), '', 'it is node 1');
});

t.test('a node that does not end in time is told of', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'varve-scripts-'));
  t.teardown(() => rmSync(folder, { recursive: true, force: true }));
  await startStandIn(t, folder, 1, join(folder, 'order.txt'), 'nothing that comes');
  const run = await script('stop-cluster.sh', ['--data', folder], { VARVE_STOP_TIMEOUT_S: '1' });
  t.equal(run.code, 1);
  t.match(run.output, /node 1 on localhost: still runs after 1 s \(pid \d+\): see .*varve\.log/);
  t.ok(existsSync(join(folder, 'node-1', 'varve.pid')));
});

t.test('wrong usage exits with 2', async (t) => {
  const hosts = join(t.testdir({ 'hosts.txt': 'localhost 1\nlocalhost 1\n', 'bad.txt': 'localhost one\n' }));
  for (const args of [
    ['--nodes', '0'],
    ['--frobnicate'],
    ['--override', 'num.partitions'],
    ['--hosts', join(hosts, 'absent.txt')],
    ['--hosts', join(hosts, 'hosts.txt')],
    ['--hosts', join(hosts, 'bad.txt')],
  ]) {
    const run = await script('start-cluster.sh', args);
    t.equal(run.code, 2, args.join(' '));
    t.match(run.output, /^error: /);
  }
  t.match((await script('start-cluster.sh', ['--help'])).output, /--hosts FILE/);
});
