import t from 'tap';
import { Admin, Producer } from '../../src/index.js';
import { sleep } from '../../src/platform/clock.js';
import { SimulatedCluster } from '../../src/simulation/cluster/simulated-cluster.js';
import { Simulation } from '../../src/simulation/simulation.js';
import { loadWorkerTasks } from '../../src/simulation/worker-tasks.js';

t.test(
  'a leader that is cut off from one follower alone acknowledges again long before replica.lag.time.max.ms',
  async (t) => {
    const runTask = await loadWorkerTasks();
    for (let seed = 1; seed <= 5; seed++) {
      const simulation = new Simulation({ seed, runTask });
      await simulation.run(
        async (platform) => {
          const { clock } = platform;
          const cluster = new SimulatedCluster({ simulation, nodes: 3, config: {} });
          cluster.startAll();
          const isServing = (): boolean =>
            cluster.runningNodes.length === 3 &&
            cluster.runningNodes.every(({ health }) => health.notReadyBecause() === undefined);
          while (!isServing()) await sleep(clock, 50);
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
          t.ok(tookMs < 20_000, `seed ${seed}: acknowledged after ${Math.round(tookMs)} ms`);
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
