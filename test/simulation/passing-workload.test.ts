import t from 'tap';
import { Admin } from '../../src/client/admin.js';
import { sleep } from '../../src/platform/clock.js';
import type { Clock } from '../../src/platform/clock.js';
import type { HistoryReport } from '../../src/simulation/checkers/check-history.js';
import { PassingWorkload } from '../../src/simulation/cluster/passing-workload.js';
import { SimulatedCluster } from '../../src/simulation/cluster/simulated-cluster.js';
import { HEALTHY_LINK } from '../../src/simulation/network/network.js';
import { Simulation } from '../../src/simulation/simulation.js';
import { loadWorkerTasks } from '../../src/simulation/worker-tasks.js';

const NAME = 'passing';
const TOPIC = { name: NAME, partitions: 1 };
const SOME_MS = 2_000;
const WRITER = 'writer';

interface Stage {
  readonly simulation: Simulation;
  readonly cluster: SimulatedCluster;
  readonly clock: Clock;
  readonly admin: Admin;
  readonly workload: PassingWorkload;
}

/** The reports on all topics that had the name, in their order. */
async function judged(seed: number, readers: number, play: (stage: Stage) => Promise<void>): Promise<HistoryReport[]> {
  const simulation = new Simulation({ seed, runTask: await loadWorkerTasks() });
  const reports = await simulation.run(
    async (platform) => {
      const cluster = new SimulatedCluster({ simulation, nodes: 1 });
      const admin = new Admin({ bootstrap: cluster.bootstrap, platform });
      const random = simulation.random.split(NAME);
      const workload = new PassingWorkload({ cluster, topic: NAME, partitions: 1, random });
      cluster.startAll();
      await admin.createTopic(TOPIC);
      const writer = simulation.host(WRITER);
      writer.start((own) => workload.produce(own));
      for (let i = 0; i < readers; i++) simulation.host(`reader ${i}`).start((own) => workload.consume(own));
      await play({ simulation, cluster, clock: platform.clock, admin, workload });
      workload.stop();
      while (writer.running) await sleep(platform.clock, 50);
      await workload.readToEnd(platform);
      await admin.close();
      return workload.check();
    },
    { limitMs: 120_000 },
  );
  return [...reports.values()];
}

async function makeAgain({ admin, clock }: Stage): Promise<void> {
  await sleep(clock, SOME_MS);
  await admin.deleteTopic(NAME);
  await admin.createTopic(TOPIC);
  await sleep(clock, SOME_MS);
}

t.test('each of two topics of one name is judged by its own history', async (t) => {
  const reports = await judged(1, 1, makeAgain);
  t.equal(reports.length, 2);
  for (const { errors, acknowledged, read } of reports) {
    t.same([...errors.keys()], []);
    t.ok(acknowledged > 10 && read >= acknowledged, `${acknowledged} acknowledged, ${read} read`);
  }
});

t.test('records that the second of two topics has lost are missed', async (t) => {
  const [first, second] = await judged(2, 0, async (stage) => {
    await makeAgain(stage);
    const [deleted] = await stage.admin.deleteRecords([{ topic: NAME, partition: 0, beforeOffset: 5 }]);
    t.equal(deleted?.error, undefined);
  });
  t.same([...(first?.errors.keys() ?? [])], [], 'nobody read the first before it was deleted');
  t.same([...(second?.errors.keys() ?? [])].sort(), ['lost-write', 'unseen']);
  t.equal(second?.errors.get('unseen')?.length, 5);
});

// SEED=94005 SECONDS=60, at that time: what it took counted as lost by the topic before it.
t.test('a topic that was made and deleted while a send was under way may have taken it', async (t) => {
  const reports = await judged(3, 1, async ({ simulation, cluster, admin, clock }) => {
    const { network } = simulation;
    await sleep(clock, SOME_MS);
    for (const link of [network.link(WRITER, 'n1'), network.link('n1', WRITER)]) {
      link.behaviour = { ...HEALTHY_LINK, latencyMs: [200, 200] };
    }
    await sleep(clock, 100);
    await admin.deleteTopic(NAME);
    await admin.createTopic(TOPIC);
    const isTaken = (): boolean => (cluster.node(1)?.replicas.replica(NAME, 0)?.highWatermark ?? 0) > 0;
    while (!isTaken()) await sleep(clock, 1);
    // The acknowledgement is on its way, and arrives when there is no topic of this name.
    await admin.deleteTopic(NAME);
    await sleep(clock, SOME_MS);
    network.restoreLinks();
    await admin.createTopic(TOPIC);
    await sleep(clock, SOME_MS);
  });
  t.equal(reports.length, 3);
  for (const { errors } of reports) t.same([...errors.keys()], []);
});
