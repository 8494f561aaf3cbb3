import t from 'tap';
import { Admin } from '../../src/client/admin.js';
import { sleep } from '../../src/platform/clock.js';
import { Operator } from '../../src/simulation/cluster/operator.js';
import { SimulatedCluster } from '../../src/simulation/cluster/simulated-cluster.js';
import { Workload } from '../../src/simulation/cluster/workload.js';
import type { ChangeRate } from '../../src/simulation/fault-plan.js';
import { Simulation } from '../../src/simulation/simulation.js';
import { loadWorkerTasks } from '../../src/simulation/worker-tasks.js';
import { seedsOf } from './seeds.js';

const TOPIC = 'orders';

function operatorOf(cluster: SimulatedCluster, plan: readonly ChangeRate[]): Operator {
  const { simulation, bootstrap } = cluster;
  const load = { topic: TOPIC, partitions: 1, producers: 1, maxInFlight: 1, meanEveryMs: 100 };
  return new Operator({
    simulation,
    cluster,
    random: simulation.random.split('operator'),
    plan,
    workload: new Workload({ simulation, bootstrap, ...load }),
    topic: TOPIC,
    partitions: 1,
    replicationFactor: 3,
    passing: 'passing',
    passingPartitions: 2,
  });
}

// SEED=1983873247 SECONDS=3 without damage, at that time.
t.test('whoever runs a cluster that is down asks again, and makes the topic once it is up', async (t) => {
  const runTask = await loadWorkerTasks();
  const simulation = new Simulation({ seed: 1, runTask });
  await simulation.run(
    async ({ clock }) => {
      const cluster = new SimulatedCluster({ simulation, nodes: 3 });
      for (const id of cluster.nodeIds) cluster.host(id).powerOff();
      const operator = operatorOf(cluster, [{ kind: 'recreateTopic', meanEveryMs: 500, meanLastingMs: 100 }]);
      operator.start();
      await sleep(clock, 10_000);
      cluster.startAll();
      const isMade = (): boolean =>
        cluster.runningNodes.some((node) => node.image.topicByName('passing') !== undefined);
      while (!isMade()) await sleep(clock, 50);
      await operator.end(clock);
    },
    { limitMs: 60_000 },
  );
  t.pass('it lived through that');
});

t.test('a move that comes late, after it had no answer, is put right', async (t) => {
  const runTask = await loadWorkerTasks();
  // What is on its way when it is cut off is a matter of chance: with some seeds it is a move.
  let came = 0;
  for (const seed of seedsOf(t, 48)) {
    const simulation = new Simulation({ seed, runTask });
    const seen: (readonly number[])[] = [];
    let fewest = Infinity;
    await simulation.run(
      async (platform) => {
        const { clock } = platform;
        const { network } = simulation;
        const cluster = new SimulatedCluster({ simulation, nodes: 3 });
        cluster.startAll();
        const admin = new Admin({ bootstrap: cluster.bootstrap, platform });
        /** How many replicas the partition has, as each node knows. */
        const counts = (): number[] =>
          cluster.nodeIds.map((id) => {
            const topic = cluster.node(id)?.image.topicByName(TOPIC);
            return topic?.partitions.get(0)?.replicas.length ?? 0;
          });
        while (counts().some((count) => count < 3)) {
          await admin.createTopic({ name: TOPIC, partitions: 1, replicationFactor: 3 }).catch(() => {});
          await sleep(clock, 50);
        }
        const operator = operatorOf(cluster, [
          // So that it has a connection when the way is cut.
          { kind: 'electPreferred', meanEveryMs: 50, meanLastingMs: 0 },
          { kind: 'reassign', meanEveryMs: 2_000, meanLastingMs: 0 },
        ]);
        operator.start();
        await sleep(clock, 500);
        for (const id of cluster.nodeIds) network.cut('operator', cluster.host(id).name);
        await sleep(clock, 2_500);
        await operator.end(clock);
        seen.push(counts());
        network.healAll();
        let isOver = false;
        const looking = (async () => {
          for (; !isOver; await sleep(clock, 5)) fewest = Math.min(fewest, ...counts());
        })();
        while (!(await operator.restored(admin, clock))) await sleep(clock, 5);
        isOver = true;
        await looking;
        await sleep(clock, 5_000);
        seen.push(counts());
        await admin.close();
      },
      { limitMs: 120_000 },
    );
    const whole = [3, 3, 3];
    t.same(seen[1], whole, `seed ${seed}: all is right after`);
    // With others it was asked for, and answered, before the way was cut.
    if (fewest === 2 && seen[0]?.every((count) => count === 3)) came++;
  }
  t.ok(came > 0, `it came with ${came} seeds`);
});

// SEED=517154850 SECONDS=3 without syncFailure, at that time: the last move was left as it was.
t.test('a move is put right once every node knows of it, and not before', async (t) => {
  const runTask = await loadWorkerTasks();
  const simulation = new Simulation({ seed: 1, runTask });
  const found = await simulation.run(
    async (platform) => {
      const { clock } = platform;
      const cluster = new SimulatedCluster({ simulation, nodes: 3 });
      cluster.startAll();
      const admin = new Admin({ bootstrap: cluster.bootstrap, platform });
      const counts = (): number[] =>
        cluster.runningNodes.map(({ image }) => image.topicByName(TOPIC)?.partitions.get(0)?.replicas.length ?? 0);
      const until = async (count: number): Promise<void> => {
        while (counts().length < 3 || counts().some((each) => each !== count)) await sleep(clock, 20);
      };
      while (!counts().includes(2)) {
        await admin.createTopic({ name: TOPIC, assignment: [[1, 2]] }).catch(() => {});
        await sleep(clock, 50);
      }
      await until(2);
      const [late] = cluster.runningNodes.map(({ image }) => image);
      await admin.alterPartitionReassignments([{ topic: TOPIC, partition: 0, replicas: [1, 2, 3] }]);
      await until(3);
      await sleep(clock, 1_000);
      const view = { simulation, bootstrap: cluster.bootstrap, nodeIds: cluster.nodeIds };
      const plan = [{ kind: 'reassign', meanEveryMs: 2_000, meanLastingMs: 0 }] as const;
      const restored = (runningNodes: readonly unknown[]): Promise<boolean> =>
        operatorOf({ ...view, runningNodes } as unknown as SimulatedCluster, plan).restored(admin, clock);
      const { runningNodes } = cluster;
      const told = [await restored([...runningNodes, { image: late }]), await restored(runningNodes)];
      await admin.close();
      return told;
    },
    { limitMs: 60_000 },
  );
  t.same(found, [false, true], 'with a node that has not heard of the move, and without it');
});
