import { stat } from 'node:fs/promises';
import { createServer } from 'node:net';
import type { AddressInfo, Server } from 'node:net';
import t from 'tap';
import { Admin, Producer } from '../../src/index.js';
import { TransportError } from '../../src/platform/transport.js';
import { TestCluster, startCluster } from '../../src/testing/index.js';

t.test('startCluster gives real nodes that serve clients, and close leaves nothing', async (t) => {
  const cluster = await startCluster({ nodes: 3 });
  t.equal(cluster.bootstrap.length, 3);
  const admin = new Admin({ bootstrap: cluster.bootstrap });
  await admin.createTopic({ name: 'events', partitions: 2 });
  const producer = new Producer({ bootstrap: cluster.bootstrap });
  const { offset } = await producer.send({ topic: 'events', partition: 1, value: 'first' });
  t.equal(offset, 0n);
  await cluster.stopNode(2);
  t.equal(cluster.bootstrap.length, 2);
  t.equal((await producer.send({ topic: 'events', partition: 1, value: 'second' })).offset, 1n);
  await cluster.startNode(2);
  t.equal(cluster.bootstrap.length, 3);
  await producer.close();
  await admin.close();
  await cluster.close();
  await t.rejects(stat(cluster.directory), { code: 'ENOENT' }, 'the data is gone');
  // The process ends by itself when no handle is left: the runner's own time-out would say otherwise.
});

t.test('a port that another process takes before its node does: the cluster starts on others', async (t) => {
  const taken = createServer((socket) => socket.destroy());
  await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve));
  t.teardown(() => taken.close());
  const portOf = (server: Server): number => (server.address() as AddressInfo).port;
  const free = async (): Promise<number> => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const port = portOf(server);
    await new Promise((resolve) => server.close(resolve));
    return port;
  };
  let picks = 0;
  const cluster = await TestCluster.start({ nodes: 2 }, async () => {
    picks += 1;
    return [await free(), picks === 1 ? portOf(taken) : await free()];
  });
  t.teardown(() => cluster.close());
  t.equal(picks, 2);
  t.equal(cluster.bootstrap.length, 2);

  const [, second] = cluster.nodes;
  const [host = '', port] = second?.grpc.split(':') ?? [];
  await cluster.stopNode(2);
  const passing = createServer((socket) => socket.destroy());
  await new Promise<void>((resolve) => passing.listen(Number(port), host, resolve));
  setTimeout(() => passing.close(), 200);
  await cluster.startNode(2);
  t.equal(second?.grpc, `${host}:${port}`, 'a restart waits for the port that its clients know');
  const always = async (): Promise<number[]> => [portOf(taken)];
  await t.rejects(TestCluster.start({ nodes: 1 }, always), TransportError, 'it does not try for ever');
});

t.test('a node that hands the quorum on as it stops leaves no timer', async (t) => {
  const timers = (): number => process.getActiveResourcesInfo().filter((each) => each === 'Timeout').length;
  const before = timers();
  const cluster = await startCluster({ nodes: 3 });
  await cluster.close();
  // A connection that was just closed may take a turn to let go of its own.
  for (const deadlineMs = performance.now() + 300; timers() > before && performance.now() < deadlineMs;) {
    await new Promise((resolve) => setImmediate(resolve));
  }
  t.equal(timers(), before);
});

t.test('a close waits for a node that stops already', async (t) => {
  const cluster = await startCluster({ nodes: 1 });
  let isStopped = false;
  const stopping = cluster.stopNode(1).then(() => void (isStopped = true));
  await cluster.close();
  t.ok(isStopped, 'nothing of the node is left when close resolves');
  await stopping;
});

t.test('a cluster of a silly size is refused', async (t) => {
  await t.rejects(startCluster({ nodes: 0 }), { code: 'INVALID_REQUEST' });
});

t.test('a close waits for a node that starts, too, and leaves nothing of it', async (t) => {
  const cluster = await startCluster({ nodes: 1 });
  const [node] = cluster.nodes;
  await cluster.stopNode(1);
  const started = cluster.startNode(1).catch(() => {});
  await cluster.close();
  t.equal(node?.node, undefined);
  await t.rejects(stat(cluster.directory), { code: 'ENOENT' }, 'it writes nothing any more');
  await t.rejects(cluster.startNode(1), { code: 'INVALID_REQUEST', message: /closed/ });
  await started;
});
