import t from 'tap';
import { sleep } from '../../src/platform/clock.js';
import { SimulatedCluster } from '../../src/simulation/cluster/simulated-cluster.js';
import { Simulation } from '../../src/simulation/simulation.js';
import { loadWorkerTasks } from '../../src/simulation/worker-tasks.js';
import { seedsOf } from './seeds.js';

const SEEDS = 8;

t.test('a busy event loop is not a silent leader: what arrived is heard before the leader is judged', async (t) => {
  const runTask = await loadWorkerTasks();
  for (const seed of seedsOf(t, SEEDS)) {
    const doubts: string[] = [];
    const simulation = new Simulation({ seed, runTask });
    await simulation.run(
      async ({ clock }) => {
        const cluster = new SimulatedCluster({ simulation, nodes: 3 });
        cluster.startAll();
        const follow = (): boolean =>
          cluster.runningNodes.length === 3 && cluster.runningNodes.every(({ raft }) => raft.leaderId !== undefined);
        while (!follow()) await sleep(clock, 50);
        const nodeId = cluster.nodeIds.find((id) => cluster.node(id)?.raft.role === 'follower');
        const raft = nodeId === undefined ? undefined : cluster.node(nodeId)?.raft;
        if (nodeId === undefined || raft === undefined) throw new Error('a whole quorum has followers');
        raft.onLeadershipChange(({ leaderId }) => doubts.push(`node ${nodeId} follows ${leaderId ?? 'nobody'}`));
        // Longer than an election time-out, and shorter than what the leader waits for an answer.
        cluster.host(nodeId).pause();
        await sleep(clock, simulation.random.between(1_100, 1_600));
        cluster.host(nodeId).resume();
        await sleep(clock, 1_000);
      },
      { limitMs: 60_000 },
    );
    t.same(doubts, [], `seed ${seed}: it never doubted its leader`);
  }
});
