import { execFile } from 'node:child_process';
import { createServer } from 'node:net';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
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

t.test('start, start again, status, stop', async (t) => {
  const folder = t.testdir();
  const hosts = join(folder, 'hosts.txt');
  const first = await freePorts();
  const data = join(folder, 'data');
  writeFileSync(hosts, '# two nodes here\nlocalhost 5\n\nlocalhost   # the second\n');
  const args = ['--hosts', hosts, '--data', data, '--port', String(first)];
  t.teardown(() => script('stop-cluster.sh', ['--data', data]));

  const started = await script('start-cluster.sh', [...args, '--override', 'num.partitions=4']);
  t.equal(started.code, 0, started.output);
  t.match(started.output, /node 5 on localhost: started \(pid \d+\)[^]*node 2 on localhost: started/);
  const bootstrap = `127.0.0.1:${first + 2},127.0.0.1:${first + 12}`;
  t.match(started.output, `up: --bootstrap ${bootstrap}`);
  const again = await script('start-cluster.sh', args);
  t.match(again.output, /node 5 on localhost: runs already/);

  t.equal((await runVarve(['topics', 'create', 'x', '--bootstrap', bootstrap])).code, 0);
  const described = await runVarve(['topics', 'describe', 'x', '--json', '--bootstrap', bootstrap]);
  t.match(JSON.parse(described.stdout), [{ partitions: [{}, {}, {}, { replicas: { length: 2 } }] }]);

  const stopped = await script('stop-cluster.sh', ['--data', data]);
  t.equal(stopped.code, 0, stopped.output);
  t.match(stopped.output, /node 2 on localhost: stopped\nnode 5 on localhost: stopped/);
  t.notOk(existsSync(join(data, 'node-5', 'varve.pid')));
  t.match(readFileSync(join(data, 'node-5', 'varve.log'), 'utf8'), /The node has stopped\./);
  t.match((await script('stop-cluster.sh', ['--data', data])).output, /no node runs/);
});

t.test('hosts that are not local go over ssh, with the project of that host', async (t) => {
  const folder = t.testdir();
  const hosts = join(folder, 'hosts.txt');
  const log = join(folder, 'calls.txt');
  writeFileSync(hosts, 'remote-a.example 1\nremote-b.example 2\n');
  // In the place of ssh: writes down where it was to go, and runs nothing.
  const ssh = join(folder, 'ssh.sh');
  writeFileSync(ssh, `#!/bin/sh\nprintf '%s\\n' "$*" >>${log}\n`, { mode: 0o755 });
  const args = ['--hosts', hosts, '--data', '/srv/varve'];
  const run = await script('start-cluster.sh', args, {
    VARVE_SSH: ssh,
    VARVE_HOME: '/opt/varve',
    VARVE_START_TIMEOUT_S: '0',
  });
  t.equal(run.code, 1, 'nothing comes up there');
  const calls = readFileSync(log, 'utf8');
  t.match(calls, /^remote-a\.example cd \/opt\/varve && bash -c /m);
  t.match(calls, /node\.id=2 .*listeners=KAFKA:\/\/remote-b\.example:9092\\,/);
  t.match(calls, /controller\.quorum\.voters=1@remote-a\.example:9093.*2@remote-b\.example:9093/);
});

t.test('wrong usage exits with 2', async (t) => {
  const hosts = join(t.testdir({ 'hosts.txt': 'localhost 1\nlocalhost 1\n', 'bad.txt': 'localhost one\n' }));
  for (const args of [
    ['--nodes', '0'],
    ['--frobnicate'],
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
