import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { freePorts } from '../../scripts/cluster/free-ports.js';
import { startCluster } from '../../src/testing/index.js';
import { LocalCluster, until } from '../broker/local-cluster.js';
import { runVarve } from './varve-process.js';

interface Quorum {
  readonly leaderId: number;
  readonly replicas: ReadonlyArray<{ readonly nodeId: number; readonly role: string }>;
}

t.test('two of three voters are lost: the third goes on alone, once a person agrees', async (t) => {
  const directory = t.testdir();
  const cluster = await startCluster({ nodes: 3, directory });
  const bootstrap = ['--bootstrap', cluster.bootstrap.join(',')];
  t.equal((await runVarve(['topics', 'create', 'survivor', ...bootstrap])).code, 0);
  await cluster.close();
  rmSync(join(directory, 'node-2'), { recursive: true });
  rmSync(join(directory, 'node-3'), { recursive: true });

  const settings = join(directory, 'node-1.properties');
  writeFileSync(settings, `node.id=1\nlog.dirs=${join(directory, 'node-1')}\nlisteners=INTERNAL://127.0.0.1:0\n`);
  const recover = (args: readonly string[], stdin?: string) =>
    runVarve(['quorum', 'recover', '--config', settings, ...args], stdin);
  const refused = await recover([], '2\n');
  t.equal(refused.code, 1);
  t.match(refused.stdout, /The voters are 1@[^]*Its log ends at entry \d+[^]*lost for good[^]*Type the node\.id, 1/);
  t.match(refused.stderr, /Nothing was changed/);
  const wrongNode = await recover(['--override', 'node.id=7']);
  t.match(wrongNode.stderr, /is that of node 1, the settings are those of node 7/);
  const done = await recover([], '1\n');
  t.equal(done.code, 0, done.stderr);
  t.match(done.stdout, /Node 1 is the only voter now/);

  const alone = await startCluster({ nodes: 1, directory });
  const status = await runVarve(['quorum', 'status', '--json', '--bootstrap', alone.bootstrap.join(',')]);
  const quorum = JSON.parse(status.stdout) as Quorum;
  t.match(quorum, { leaderId: 1, replicas: [{ nodeId: 1, role: 'leader' }] });
  t.equal(quorum.replicas.length, 1);
  const list = await runVarve(['topics', 'list', '--json', '--bootstrap', alone.bootstrap.join(',')]);
  t.match(JSON.parse(list.stdout), [{ name: 'survivor' }], 'the metadata that it had is there');
  await alone.close();
  t.ok(readFileSync(join(directory, 'node-1', 'meta.properties'), 'utf8').includes('cluster.id='));
});

t.test('all voters are lost: a broker, which has their log, becomes the quorum', async (t) => {
  const ports = await freePorts(4);
  const voters = ports.slice(0, 3).map((port, index) => `${index + 1}@127.0.0.1:${port}`);
  const cluster = await LocalCluster.start(4, (nodeId) => ({
    listeners: `INTERNAL://127.0.0.1:${ports[nodeId - 1]}`,
    'controller.quorum.voters': voters.join(),
    'default.replication.factor': '1',
    'process.roles': nodeId === 4 ? 'broker' : 'controller',
  }));
  t.teardown(() => cluster.close());
  await cluster.createTopic('survivor', 1);
  await until('the broker has heard of it', () => cluster.node(4).image.topicByName('survivor') !== undefined);
  for (const nodeId of [1, 2, 3, 4]) await cluster.stopNode(nodeId);

  const settings = join(cluster.directory, 'broker.properties');
  const texts = {
    'node.id': '4',
    'log.dirs': join(cluster.directory, '4'),
    listeners: `INTERNAL://127.0.0.1:${ports[3]}`,
    'process.roles': 'broker',
    'controller.quorum.voters': voters.join(),
  };
  writeFileSync(
    settings,
    Object.entries(texts)
      .map((text) => text.join('='))
      .join('\n'),
  );
  const done = await runVarve(['quorum', 'recover', '--yes', '--config', settings]);
  t.equal(done.code, 0, done.stderr);
  t.match(
    done.stdout,
    /The voters are 1@[^]*whose log reaches furthest[^]*Node 4 is the only voter now[^]*process\.roles/,
  );

  cluster.reconfigure(4, {
    'process.roles': 'broker,controller',
    'controller.quorum.voters': `4@127.0.0.1:${ports[3]}`,
  });
  const node = await cluster.startNode(4);
  await node.ready();
  t.equal(node.raft.role, 'leader');
  t.ok(node.image.topicByName('survivor'));
  await cluster.createTopic('later', 1);
});

t.test('a directory that was never a node is refused', async (t) => {
  const directory = t.testdir({ 'x.properties': 'node.id=1\nlog.dirs=/nonexistent/varve\n' });
  const run = await runVarve(['quorum', 'recover', '--yes', '--config', join(directory, 'x.properties')]);
  t.equal(run.code, 1);
  t.match(run.stderr, /holds no node: there is no \/nonexistent\/varve\/meta\.properties/);
});
