import t from 'tap';
import { Admin, Producer } from '../../src/index.js';
import { sleep } from '../../src/platform/clock.js';
import type { Clock } from '../../src/platform/clock.js';
import { SimulatedCluster } from '../../src/simulation/cluster/simulated-cluster.js';
import { Simulation } from '../../src/simulation/simulation.js';
import { loadWorkerTasks } from '../../src/simulation/worker-tasks.js';

/** Three seconds of silence, with what it takes to tell the controller; replica.lag.time.max.ms is ten times as long. */
const LIMIT_MS = 6_000;

/** Starts the nodes; resolves once each of them serves. */
async function startNodes(simulation: Simulation, clock: Clock, nodes: number): Promise<SimulatedCluster> {
  const cluster = new SimulatedCluster({ simulation, nodes, config: {} });
  cluster.startAll();
  const isServing = (): boolean =>
    cluster.runningNodes.length === nodes &&
    cluster.runningNodes.every(({ health }) => health.notReadyBecause() === undefined);
  while (!isServing()) await sleep(clock, 50);
  return cluster;
}

t.test(
  'a leader that is cut off from one follower alone acknowledges again long before replica.lag.time.max.ms',
  async (t) => {
    const runTask = await loadWorkerTasks();
    for (let seed = 1; seed <= 5; seed++) {
      const simulation = new Simulation({ seed, runTask });
      await simulation.run(
        async (platform) => {
          const { clock } = platform;
          const cluster = await startNodes(simulation, clock, 3);
          const client = { bootstrap: cluster.bootstrap, platform };
          const admin = new Admin(client);
          await admin.createTopic({ name: 'lines', partitions: 6, replicationFactor: 3 });
          const producer = new Producer(client);
          const describe = async () => (await admin.describeTopics(['lines']))[0]?.partitions ?? [];
          for (;;) {
            const partitions = await describe();
            if (partitions.length === 6 && partitions.every(({ isr }) => isr.length === 3)) break;
            await sleep(clock, 50);
          }
          const controller = cluster.nodeIds.find((id) => cluster.node(id)?.raft.role === 'leader');
          const led = (await describe()).find(({ leader }) => leader !== controller);
          const follower = cluster.nodeIds.find((id) => id !== controller && id !== led?.leader);
          if (led === undefined || follower === undefined) throw new Error('three nodes share six partitions');
          await producer.send({ topic: 'lines', partition: led.partition, value: 'before' });

          simulation.network.cutBoth(cluster.host(led.leader).name, cluster.host(follower).name);
          const cutMs = simulation.nowMs;
          await producer.send({ topic: 'lines', partition: led.partition, value: 'while it is cut off' });
          const tookMs = simulation.nowMs - cutMs;
          t.comment(`seed ${seed}: ${Math.round(tookMs)} ms`);
          t.ok(tookMs < LIMIT_MS, `seed ${seed}: acknowledged after ${Math.round(tookMs)} ms`);
          const seen = async () => (await describe()).find(({ partition }) => partition === led.partition);
          let now = await seen();
          // The node that is asked may hear of it a moment later.
          for (const endMs = simulation.nowMs + 500; now?.isr.includes(follower) && simulation.nowMs < endMs;) {
            await sleep(clock, 10);
            now = await seen();
          }
          t.equal(now?.leader, led.leader, 'its leader leads on');
          t.notOk(now?.isr.includes(follower), 'without the one that it cannot reach');

          simulation.network.healBoth(cluster.host(led.leader).name, cluster.host(follower).name);
          for (;;) {
            if ((await describe()).every(({ isr }) => isr.length === 3)) break;
            await sleep(clock, 50);
          }
          await Promise.all([producer.close(), admin.close()]);
        },
        { limitMs: 120_000 },
      );
    }
  },
);

t.test('a new leader that one follower never reaches acknowledges as soon', async (t) => {
  const runTask = await loadWorkerTasks();
  for (let seed = 1; seed <= 5; seed++) {
    const simulation = new Simulation({ seed, runTask });
    await simulation.run(
      async (platform) => {
        const { clock } = platform;
        const cluster = await startNodes(simulation, clock, 4);
        // The controller is none of them: it reaches all, and fences nobody for the cut.
        const replicas = cluster.nodeIds.filter((id) => cluster.node(id)?.raft.role !== 'leader');
        const [first, second, third] = replicas;
        if (first === undefined || second === undefined || third === undefined) throw new Error('one of four leads');
        const client = { bootstrap: cluster.bootstrap, platform };
        const admin = new Admin(client);
        await admin.createTopic({ name: 'lines', assignment: [[first, second, third]] });
        const producer = new Producer(client);
        await producer.send({ topic: 'lines', partition: 0, value: 'before' });

        simulation.network.cutBoth(cluster.host(second).name, cluster.host(third).name);
        cluster.host(first).kill();
        const killedMs = simulation.nowMs;
        const now = async () => (await admin.describeTopics(['lines']))[0]?.partitions[0];
        while ((await now())?.leader === first) await sleep(clock, 10);
        // It follows whoever leads by now: two of three are enough.
        cluster.start(first);
        await producer.send({ topic: 'lines', partition: 0, value: 'of the new leader' });
        const tookMs = simulation.nowMs - killedMs;
        t.comment(`seed ${seed}: ${Math.round(tookMs)} ms`);
        t.ok(tookMs < LIMIT_MS, `seed ${seed}: acknowledged after ${Math.round(tookMs)} ms`);
        t.not((await now())?.leader, first);

        simulation.network.healBoth(cluster.host(second).name, cluster.host(third).name);
        while ((await now())?.isr.length !== 3) await sleep(clock, 50);
        await Promise.all([producer.close(), admin.close()]);
      },
      { limitMs: 120_000 },
    );
  }
});
