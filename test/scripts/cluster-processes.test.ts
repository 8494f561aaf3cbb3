import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { ClusterProcesses } from '../../scripts/cluster/cluster-processes.js';
import { ClusterWatch } from '../../scripts/cluster/cluster-watch.js';
import type { WatchedPartition } from '../../scripts/cluster/cluster-watch.js';
import { untilThisProcessEnds } from '../../scripts/cluster/node-process.js';
import { until } from '../broker/local-cluster.js';

const STUB = [process.execPath, 'dist/test/scripts/stub-node.js'];

t.test('nodes are started, killed, started again and stopped, and leave nothing', async (t) => {
  const cluster = await ClusterProcesses.start({ nodeCount: 2, command: STUB, config: { 'num.partitions': '3' } });
  t.teardown(() => cluster.close());
  const settings = readFileSync(join(cluster.directory, 'node-2.properties'), 'utf8');
  t.match(settings, /^node\.id=2\n/);
  t.match(settings, /controller\.quorum\.voters=1@127\.0\.0\.1:\d+,2@127\.0\.0\.1:\d+\n/);
  t.match(settings, /num\.partitions=3\n/);
  const node = cluster.node(2);
  const pid = node.pid;
  t.equal(await node.page('/pid'), String(pid));
  t.throws(() => node.start(), /runs already/);
  await node.kill();
  t.notOk(node.isRunning);
  writeFileSync(join(cluster.directory, 'kept'), '');
  node.start();
  await node.ready(10_000);
  t.not(node.pid, pid);
  await cluster.stop();
  t.strictSame(
    cluster.nodes.map((each) => [each.isRunning, each.unexpectedEnds]),
    [
      [false, 0],
      [false, 0],
    ],
  );
  await cluster.close();
  t.notOk(existsSync(cluster.directory));
});

t.test('nodes end with the process that started them, also when a signal ends that', async (t) => {
  if (untilThisProcessEnds().length === 0) {
    t.notOk(existsSync('/usr/bin/setpriv'), 'there is nothing here that ties a process to its parent');
    return;
  }
  const starter = spawn(process.execPath, ['dist/test/scripts/stub-starter.js'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(starter, 'exit');
  const [line] = (await once(starter.stdout, 'data')) as [Buffer];
  const [pid = 0, httpUrl = '', directory = ''] = JSON.parse(String(line)) as [number, string, string];
  const answers = (): Promise<boolean> =>
    fetch(httpUrl).then(
      () => true,
      () => false,
    );
  t.teardown(async () => {
    if (await answers()) process.kill(pid, 'SIGKILL');
    rmSync(directory, { recursive: true, force: true });
  });
  t.equal(await (await fetch(`${httpUrl}/pid`)).text(), String(pid), 'the node runs');
  starter.kill('SIGTERM');
  t.strictSame(await ended, [null, 'SIGTERM']);
  await until('the node is gone', async () => !(await answers()));
});

t.test('a node that ends by itself is told of with the end of its log', async (t) => {
  const cluster = await ClusterProcesses.prepare({ nodeCount: 1, command: STUB, config: { 'stub.fails': 'true' } });
  t.teardown(() => cluster.close());
  cluster.startAll();
  await t.rejects(cluster.ready(), /Node 1 ended\.\nthe stub fails/);
  t.equal(cluster.node(1).unexpectedEnds, 1);
});

t.test('the watch waits through errors for leaders and full ISRs, and says for what in vain', async (t) => {
  const partition: WatchedPartition = { partition: 0, leader: -1, leaderEpoch: 1, replicas: [1, 2], isr: [1] };
  const answers: (readonly WatchedPartition[])[] = [
    [partition],
    [{ ...partition, leader: 1 }],
    [{ ...partition, leader: 1 }],
    [{ ...partition, leader: 1, isr: [2, 1] }],
  ];
  const voters = [
    [{ lastContactMs: 0 }, { lastContactMs: -1 }],
    [{ lastContactMs: 0 }],
    [{ lastContactMs: 0 }, { lastContactMs: 5 }],
  ];
  let asked = 0;
  const watch = new ClusterWatch(
    {
      describeTopics: () => {
        asked += 1;
        if (asked === 2) return Promise.reject(new Error('no node answers'));
        const partitions = answers.shift() ?? [];
        return Promise.resolve([{ name: 'lines', error: undefined, partitions }]);
      },
      describeCluster: () => Promise.resolve({ controllerId: -1 }),
      describeQuorum: () => Promise.resolve({ voters: voters.shift() ?? [], observers: [] }),
    },
    'lines',
  );
  t.equal(await watch.leaderOf(0, 10_000), 1);
  t.equal(asked, 3);
  t.strictSame((await watch.everyIsrFull(10_000))[0]?.isr, [2, 1]);
  answers.push([{ ...partition, leader: 1, isr: [2, 1] }]);
  await watch.allIsWhole(2, 10_000);
  t.strictSame([voters.length, answers.length], [0, 0], 'a voter that is silent or not there is waited for');
  await t.rejects(watch.controller(60), /Waited 60 ms in vain for an active controller/);
});
