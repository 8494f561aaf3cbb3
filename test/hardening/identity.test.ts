import { cp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import t from 'tap';
import type { Test } from 'tap';
import { VarveNode } from '../../src/broker/node.js';
import { VarveError } from '../../src/common/errors.js';
import { grpcDoor } from '../../src/grpc/grpc-node-door.js';
import { createNodePlatform } from '../../src/platform/node/platform.js';
import { LocalCluster, until } from '../broker/local-cluster.js';
import { RawClient, encodedBatch } from './raw-client.js';

const TOPIC = 'orders';

/** A cluster of one node with a record in it, and a client of it. */
async function start(t: Test) {
  const cluster = await LocalCluster.start(1, {}, [grpcDoor]);
  t.teardown(() => cluster.close());
  await cluster.createTopic(TOPIC, 1);
  await until('the partition is led', () => cluster.node(1).replicas.replica(TOPIC, 0)?.leader !== undefined);
  const client = await RawClient.connect(cluster.node(1).address('GRPC'));
  t.teardown(() => client.close());
  const produce = () => client.produceError({ topic: TOPIC, partition: 0, record_batch: encodedBatch(['x']) });
  t.equal(await produce(), '');
  const internal = cluster.node(1).address('INTERNAL');
  const voters = `1@${internal?.host}:${internal?.port}`;
  return { cluster, client, produce, voters };
}

/** Starts a node beside those of a cluster; what it failed with. */
async function startNode(t: Test, config: Record<string, string>) {
  const platform = await createNodePlatform({ logLevel: 'silent', metrics: false });
  const failures: Error[] = [];
  const closing = { done: (): Promise<void> => platform.close() };
  t.teardown(() => closing.done());
  const node = await VarveNode.start({
    config: new Map(Object.entries({ listeners: 'INTERNAL://127.0.0.1:0', ...config })),
    platform,
    doors: [],
    onFailure: (error) => failures.push(error),
  });
  closing.done = async () => {
    await node.close();
    await platform.close();
  };
  return { node, failures, close: () => closing.done() };
}

t.test('a data directory in use is refused, and its user goes on', async (t) => {
  const { cluster, produce, voters } = await start(t);
  const directory = join(cluster.directory, '1');
  await t.rejects(startNode(t, { 'node.id': '1', 'log.dirs': directory, 'controller.quorum.voters': voters }), {
    name: 'FileSystemError',
    message: /another process or node uses it/,
  });
  await t.rejects(
    startNode(t, {
      'node.id': '2',
      'log.dirs': `${cluster.directory}/2,${directory}`,
      'process.roles': 'broker',
      'controller.quorum.voters': voters,
    }),
    { name: 'FileSystemError' },
    'the free one of two is given back',
  );
  const free = await startNode(t, {
    'node.id': '2',
    'log.dirs': `${cluster.directory}/2`,
    'process.roles': 'broker',
    'controller.quorum.voters': voters,
  });
  await free.node.ready();
  t.equal(await produce(), '');
  t.same(cluster.failures, []);
});

t.test("another node's data directory is refused", async (t) => {
  const { cluster, voters } = await start(t);
  await cluster.stopNode(1);
  const directory = join(cluster.directory, '1');
  const before = await readFile(join(directory, 'meta.properties'), 'utf8');
  await t.rejects(
    startNode(t, {
      'node.id': '7',
      'log.dirs': directory,
      'process.roles': 'broker',
      'controller.quorum.voters': voters,
    }),
    {
      name: 'VarveError',
      code: 'KAFKA_STORAGE_ERROR',
      message: /node\.id 1, not 7/,
    },
  );
  t.equal(await readFile(join(directory, 'meta.properties'), 'utf8'), before);
  await cluster.startNode(1);
  await cluster.ready();
});

t.test("another cluster's data directory is refused, and left as it is", async (t) => {
  const first = await start(t);
  const second = await start(t);
  // A broker of the first cluster, with a partition of its own.
  const directory = join(first.cluster.directory, 'broker');
  const config = { 'node.id': '5', 'log.dirs': directory, 'process.roles': 'broker' };
  const member = await startNode(t, { ...config, 'controller.quorum.voters': first.voters });
  await member.node.ready();
  const made = await first.client.createTopic({ name: 'kept', assignment: [{ replicas: [5] }] });
  t.equal(made.error ?? null, null);
  await until('it has the log', () => member.node.replicas.replica('kept', 0)?.leader !== undefined);
  await member.close();
  t.ok((await readdir(directory)).includes('kept-0'));
  for (const withoutQuorum of [false, true]) {
    if (withoutQuorum) {
      await rm(join(directory, 'quorum'), { recursive: true });
      // As a release left it that did not note yet where the metadata log is.
      const meta = join(directory, 'meta.properties');
      await writeFile(meta, (await readFile(meta, 'utf8')).replace('varve.quorum=true\n', ''));
    }
    const stray = await startNode(t, { ...config, 'controller.quorum.voters': second.voters });
    const told = () => `${stray.failures[0]?.message ?? ''}${stray.node.health.notReadyBecause() ?? ''}`;
    await until('it says why', () => /belongs to cluster/.test(told()));
    if (withoutQuorum) t.match(stray.failures, [{ name: 'VarveError', code: 'INCONSISTENT_CLUSTER_ID' }]);
    t.equal(second.cluster.node(1).image.broker(5), undefined, 'it is no member of the second cluster');
    await stray.close();
    t.ok((await readdir(directory)).includes('kept-0'), 'and its logs are still there');
  }
  t.equal(await second.produce(), '');
  t.same([...first.cluster.failures, ...second.cluster.failures], []);
});

t.test('a node.id in use is refused by name, and its owner goes on', async (t) => {
  const { cluster, produce, voters } = await start(t);
  const config = { 'process.roles': 'broker', 'controller.quorum.voters': voters, 'broker.session.timeout.ms': '500' };
  const owner = await startNode(t, { ...config, 'node.id': '2', 'log.dirs': join(cluster.directory, 'owner') });
  await owner.node.ready();
  const epoch = cluster.node(1).image.broker(2)?.brokerEpoch;
  const other = await startNode(t, { ...config, 'node.id': '2', 'log.dirs': join(cluster.directory, 'other') });
  await until('it gives up', () => other.failures.length > 0);
  t.match(other.failures[0], { name: 'VarveError', code: 'DUPLICATE_BROKER_REGISTRATION' });
  await t.rejects(other.node.ready(), VarveError);
  await other.close();
  t.equal(cluster.node(1).image.broker(2)?.brokerEpoch, epoch);
  t.equal(cluster.node(1).image.broker(2)?.fenced, false);
  t.equal(owner.node.health.notReadyBecause(), undefined);
  t.equal(await produce(), '');
});

t.test('a second process with the node.id of a voter that lives is told so, and takes nothing from it', async (t) => {
  const cluster = await LocalCluster.start(3);
  t.teardown(() => cluster.close());
  const leader = () => [1, 2, 3].map((id) => cluster.node(id)).find(({ raft }) => raft.role === 'leader');
  await until('there is a leader', () => leader() !== undefined);
  const owner = leader()?.nodeId === 2 ? 3 : 2;
  const voters = [1, 2, 3].map((id) => {
    const { host, port } = cluster.node(id).address('INTERNAL') ?? { host: '', port: 0 };
    return `${id}@${host}:${port}`;
  });
  const before = leader()?.raft.status().voters;
  const second = await startNode(t, {
    'node.id': String(owner),
    'log.dirs': join(cluster.directory, 'second'),
    'controller.quorum.voters': voters.join(),
  });
  await until('it says why it does not begin', () =>
    new RegExp(`refused this node: node.id ${owner} is in use by another process`).test(
      second.node.health.notReadyBecause() ?? '',
    ),
  );
  t.same(leader()?.raft.status().voters, before);
  t.equal(cluster.node(owner).health.notReadyBecause(), undefined);
  await second.close();
  t.same(cluster.failures, []);
});

t.test('a voter that lost only its metadata log is refused by name; restored or emptied, it is back', async (t) => {
  const cluster = await LocalCluster.start(3);
  t.teardown(() => cluster.close());
  const directory = join(cluster.directory, '1');
  await cluster.stopNode(1);
  await cp(join(directory, 'quorum'), join(cluster.directory, 'kept'), { recursive: true });
  await rm(join(directory, 'quorum'), { recursive: true });
  for (const attempt of ['first', 'second']) {
    // Blank under its old identity it would vote a second time in a term, and count for what it no longer holds.
    await t.rejects(
      cluster.startNode(1),
      { code: 'KAFKA_STORAGE_ERROR', message: /must not vote.*empty the whole log directory/ },
      `${attempt} attempt`,
    );
  }
  t.notOk((await readdir(directory)).includes('quorum'), 'and nothing was put in its place');
  await cp(join(cluster.directory, 'kept'), join(directory, 'quorum'), { recursive: true });
  await cluster.startNode(1);
  await cluster.ready();
  await cluster.stopNode(1);
  await rm(directory, { recursive: true });
  await cluster.startNode(1);
  await cluster.ready();
  const votes = () => cluster.node(1).raft.role !== 'observer';
  await until('its new replica was taken in as a voter', votes, 30_000);
  t.same(cluster.failures, []);
});
