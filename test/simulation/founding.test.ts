import t from 'tap';
import { sleep } from '../../src/platform/clock.js';
import type { Clock } from '../../src/platform/clock.js';
import { QuorumInvariants } from '../../src/simulation/cluster/quorum-invariants.js';
import { SimulatedCluster } from '../../src/simulation/cluster/simulated-cluster.js';
import { Simulation } from '../../src/simulation/simulation.js';
import { loadWorkerTasks } from '../../src/simulation/worker-tasks.js';
import { seedsOf } from './seeds.js';

const SEEDS = 8;
const NODES = 3;
const FORMATION_MS = 30_000;

/** A founding quorum: what its nodes call their cluster, and whether Raft's safety holds among them. */
class Quorum {
  readonly cluster: SimulatedCluster;
  readonly simulation: Simulation;
  /** The cluster ids that any node has had. */
  readonly names = new Set<string>();
  readonly #invariants = new QuorumInvariants();

  constructor(simulation: Simulation) {
    this.simulation = simulation;
    this.cluster = new SimulatedCluster({ simulation, nodes: NODES });
  }

  watch(): void {
    this.simulation.at(2, () => {
      try {
        this.#look();
        this.watch();
      } catch (error) {
        this.simulation.fail('the quorum', error);
      }
    });
  }

  #look(): void {
    for (const { nodeId, raft } of this.cluster.runningNodes) {
      const { name, incarnation } = this.cluster.host(nodeId);
      const { role, term, vote, directoryId, log } = raft;
      this.#invariants.check({ nodeId, life: `${name}#${incarnation}`, role, term, vote, directoryId, log });
      if (raft.clusterId !== undefined) this.names.add(raft.clusterId);
    }
    if (this.names.size > 1) throw new Error(`there are ${this.names.size} clusters: ${[...this.names].join(', ')}`);
  }

  /** All of these nodes know a leader, and have the cluster's name. */
  async formed(clock: Clock, ...nodeIds: readonly number[]): Promise<void> {
    if (!(await this.formsWithin(FORMATION_MS, clock, nodeIds))) {
      throw new Error(`nodes ${nodeIds.join(', ')} formed no cluster`);
    }
  }

  async formsWithin(limitMs: number, clock: Clock, nodeIds: readonly number[]): Promise<boolean> {
    const isFormed = (): boolean =>
      nodeIds.every((id) => {
        const raft = this.cluster.node(id)?.raft;
        return raft?.leaderId !== undefined && raft.clusterId !== undefined;
      });
    const untilMs = clock.monotonicMs() + limitMs;
    while (!isFormed()) {
      if (clock.monotonicMs() > untilMs) return false;
      await sleep(clock, 20);
    }
    return true;
  }

  /** They get empty disks. */
  wipe(...nodeIds: readonly number[]): void {
    for (const id of nodeIds) {
      this.cluster.host(id).kill();
      this.cluster.host(id).wipe();
      this.cluster.start(id);
    }
  }
}

async function eachSeed(work: (quorum: Quorum, clock: Clock) => Promise<void>): Promise<void> {
  const runTask = await loadWorkerTasks();
  for (const seed of seedsOf(t, SEEDS)) {
    const simulation = new Simulation({ seed, runTask });
    const quorum = new Quorum(simulation);
    await simulation.run(
      async ({ clock }) => {
        quorum.watch();
        await work(quorum, clock);
      },
      { limitMs: 120_000 },
    );
  }
}

t.test('two wiped of three voters found no new cluster, which would be an empty one', async (t) => {
  await eachSeed(async (quorum, clock) => {
    const { cluster, simulation } = quorum;
    cluster.startAll();
    await quorum.formed(clock, 1, 2, 3);
    await sleep(clock, simulation.random.between(0, 2_000));
    quorum.wipe(...simulation.random.shuffle([1, 2, 3]).slice(0, 2));
    await sleep(clock, 8_000);
  });
  t.pass('there was one cluster');
});

t.test(
  'a node that was blank once is not blank for ever: by its word of before nobody founds a second cluster',
  async (t) => {
    await eachSeed(async (quorum, clock) => {
      const { cluster, simulation } = quorum;
      const { network, random } = simulation;
      network.cutBoth('n2', 'n3');
      cluster.start(1);
      cluster.start(3);
      // Node 3 hears that node 1 is blank, and not that it writes down a founding set with node 2.
      await sleep(clock, random.between(100, 1_500));
      network.cutBoth('n1', 'n3');
      cluster.start(2);
      await sleep(clock, random.between(50, 1_500));
      network.cutBoth('n1', 'n2');
      quorum.wipe(2);
      network.healBoth('n2', 'n3');
      await sleep(clock, 15_000);
      network.healAll();
      await sleep(clock, 5_000);
    });
    t.pass('there was one cluster at most');
  },
);

t.test('voters that are killed and lose their power while they found a cluster found one all the same', async (t) => {
  await eachSeed(async (quorum, clock) => {
    const { cluster, simulation } = quorum;
    const { random } = simulation;
    cluster.startAll();
    for (let left = 12; left > 0; left--) {
      await sleep(clock, random.between(1, 150));
      const nodeId = random.pick(cluster.nodeIds);
      const host = cluster.host(nodeId);
      if (random.chance(0.5)) host.kill();
      else host.powerOff();
      await sleep(clock, random.between(0, 30));
      if (!host.running) cluster.start(nodeId);
    }
    await quorum.formed(clock, 1, 2, 3);
  });
  t.pass('they founded one');
});

t.test(
  'a founder that was never sent anything is blank no more: with two wiped voters it founds nothing new',
  async (t) => {
    const runTask = await loadWorkerTasks();
    let formed = 0;
    for (const seed of seedsOf(t, SEEDS)) {
      let founded = false;
      const simulation = new Simulation({
        seed,
        runTask,
        onTrace: ({ who, text }) => {
          if (founded || !who.startsWith('n3#') || !text.startsWith('Founding a cluster')) return;
          founded = true;
          // Once it has said that it wrote the set down, and before it hears of a leader.
          simulation.at(simulation.random.between(1, 12), () => {
            for (const other of ['n1', 'n2']) simulation.network.cutBoth(other, 'n3');
          });
        },
      });
      const quorum = new Quorum(simulation);
      await simulation.run(
        async ({ clock }) => {
          quorum.watch();
          quorum.cluster.startAll();
          if (!(await quorum.formsWithin(5_000, clock, [1, 2]))) return;
          formed++;
          await sleep(clock, 1_000);
          quorum.cluster.host(3).kill();
          simulation.network.healAll();
          quorum.wipe(1, 2);
          quorum.cluster.start(3);
          await sleep(clock, 8_000);
        },
        { limitMs: 120_000 },
      );
    }
    t.ok(formed > 0, `there was one cluster, ${formed} times`);
  },
);

t.test(
  'a voter that lost its metadata log, and nothing else, does not come back as the voter that it was',
  async (t) => {
    await eachSeed(async (quorum, clock) => {
      const { cluster, simulation } = quorum;
      cluster.startAll();
      await quorum.formed(clock, 1, 2, 3);
      await sleep(clock, simulation.random.between(0, 1_000));
      const nodeId = simulation.random.pick(cluster.nodeIds);
      const host = cluster.host(nodeId);
      host.kill();
      host.disk.lose('/data/quorum');
      cluster.start(nodeId);
      for (let left = 100; left > 0; left--) {
        await sleep(clock, 20);
        if (cluster.node(nodeId) === undefined) continue;
        throw new Error(`node ${nodeId} runs as the voter that it was, without its vote`);
      }
    });
    t.pass('it was refused');
  },
);
