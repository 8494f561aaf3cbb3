import t from 'tap';
import { RarePathWatch } from '../../src/simulation/cluster/rare-paths.js';
import type { SimulatedCluster } from '../../src/simulation/cluster/simulated-cluster.js';
import { Simulation } from '../../src/simulation/simulation.js';

const PATH = 'a damaged log was cut and fetched again';

t.test(
  'a damaged log is fetched again once its replica is in sync, with all that is committed on its disk',
  async (t) => {
    const simulation = new Simulation({ seed: 1 });
    const follower = { topicId: 't', log: { durableOffset: 9 }, leader: undefined };
    const leader = {
      topicId: 't',
      log: { durableOffset: 9 },
      leader: { topicId: 't', leaderEpoch: 3, highWatermark: 9 },
    };
    let isr = [1];
    const image = { offset: 1, partition: () => ({ isr }) };
    const nodeOf = (nodeId: number, replica: object) => ({
      ...{ nodeId, image, raft: { log: { baseIndex: 0, lastIndex: 0 }, role: 'follower' }, logs: { logs: [] } },
      replicas: { replica: () => replica, replicas: () => [] },
    });
    const nodes = [nodeOf(1, leader), nodeOf(2, follower)];
    const cluster = {
      ...{ simulation, nodeIds: [1, 2], runningNodes: nodes, node: (nodeId: number) => nodes[nodeId - 1] },
      host: (nodeId: number) => ({ name: `n${nodeId}`, incarnation: 1 }),
    };
    const watch = new RarePathWatch(cluster as unknown as SimulatedCluster);
    const reached = (): number | undefined => {
      watch.look();
      return simulation.coverage.get(PATH);
    };
    const text = 'The log is cut at its damage and fetched anew from there. topic=orders partition=1 fromOffset=4';
    watch.heard({ timeMs: 1, who: 'n2#1', level: 'info', text });
    follower.log.durableOffset = 4;
    t.equal(reached(), undefined, 'it is cut');
    follower.log.durableOffset = 9;
    t.equal(reached(), undefined, 'its leader does not count on it yet');
    isr = [1, 2];
    follower.log.durableOffset = 8;
    t.equal(reached(), undefined, 'a record that is committed is missing');
    follower.log.durableOffset = 9;
    t.equal(reached(), 1);
    t.equal(reached(), 1, 'once');
  },
);
