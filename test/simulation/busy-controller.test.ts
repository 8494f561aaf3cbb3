import t from 'tap';
import { Admin } from '../../src/client/admin.js';
import { sleep } from '../../src/platform/clock.js';
import { SimulatedCluster } from '../../src/simulation/cluster/simulated-cluster.js';
import { Simulation } from '../../src/simulation/simulation.js';
import { loadWorkerTasks } from '../../src/simulation/worker-tasks.js';
import { seedsOf } from './seeds.js';

/** Leases far shorter than elections, so that a held-up controller stays one and finds all leases over. */
const CONFIG = {
  'broker.session.timeout.ms': '400',
  'broker.heartbeat.interval.ms': '50',
  'controller.quorum.election.timeout.ms': '5000',
};

t.test('a busy event loop is not a silent broker: what arrived is heard before a lease is judged', async (t) => {
  const runTask = await loadWorkerTasks();
  for (const seed of seedsOf(t, 5)) {
    const fenced: string[] = [];
    const simulation = new Simulation({ seed, runTask });
    await simulation.run(
      async ({ clock }) => {
        const cluster = new SimulatedCluster({ simulation, nodes: 3, config: CONFIG });
        cluster.startAll();
        const isWhole = (): boolean =>
          cluster.runningNodes.length === 3 &&
          cluster.runningNodes.every((node) => {
            const { brokers } = node.api.metadata({ topics: [], context: CONTEXT });
            return brokers.length === 3 && brokers.every((broker) => !broker.fenced);
          });
        while (!isWhole()) await sleep(clock, 50);
        const controller = cluster.nodeIds.find((id) => cluster.node(id)?.raft.role === 'leader');
        if (controller === undefined) throw new Error('a whole cluster has a controller');
        for (const node of cluster.runningNodes) {
          node.api.watchMetadata({ topics: [], context: CONTEXT }, ({ brokers }) => {
            for (const broker of brokers) if (broker.fenced) fenced.push(`node ${broker.nodeId}`);
          });
        }
        cluster.host(controller).pause();
        await sleep(clock, 1_500);
        cluster.host(controller).resume();
        await sleep(clock, 1_000);
        t.equal(cluster.node(controller)?.raft.role, 'leader', 'it is the controller still');
      },
      { limitMs: 60_000 },
    );
    t.same(fenced, [], `seed ${seed}: nobody is fenced, its own broker neither`);
  }
});

t.test('a node that stops while the controller hangs has its leaders taken by the next one', async (t) => {
  const runTask = await loadWorkerTasks();
  for (const seed of seedsOf(t, 5)) {
    const simulation = new Simulation({ seed, runTask });
    await simulation.run(
      async (platform) => {
        const { clock } = platform;
        const cluster = new SimulatedCluster({ simulation, nodes: 3 });
        cluster.startAll();
        const isServing = (): boolean =>
          cluster.runningNodes.filter(({ health }) => health.notReadyBecause() === undefined).length === 3;
        while (!isServing()) await sleep(clock, 50);
        const admin = new Admin({ bootstrap: cluster.bootstrap, platform });
        await admin.createTopic({ name: 'orders', partitions: 6, replicationFactor: 3 });
        while (!cluster.isFull) await sleep(clock, 50);
        const controller = cluster.nodeIds.find((id) => cluster.node(id)?.raft.role === 'leader') ?? 0;
        const [stopping = 0, other = 0] = cluster.nodeIds.filter((id) => id !== controller);
        const startMs = simulation.nowMs;
        cluster.stopInOrder(stopping);
        cluster.host(controller).pause();
        while (cluster.host(stopping).running && simulation.nowMs < startMs + 60_000) await sleep(clock, 20);
        const tookMs = simulation.nowMs - startMs;
        t.ok(tookMs < 4_000, `seed ${seed}: the stop took ${tookMs.toFixed(0)} ms`);
        t.equal(cluster.node(other)?.raft.role, 'leader');
        const leaders = [...Array(6).keys()].map(
          (partition) => cluster.node(other)?.image.topicByName('orders')?.partitions.get(partition)?.leader,
        );
        t.notOk(leaders.includes(stopping), `seed ${seed}: the leaders are ${leaders.join()}`);
        admin.close();
      },
      { limitMs: 120_000 },
    );
  }
});

const CONTEXT = {
  principal: 'User:test',
  peerAddress: 'test',
  timeoutMs: 10_000,
  signal: new AbortController().signal,
};
