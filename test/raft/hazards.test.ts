import t from 'tap';
import { sleep } from '../../src/platform/clock.js';
import { withCluster } from './node-cluster.js';

t.test('a busy event loop is not a silent leader: what arrived is heard before an election is called', async (t) => {
  for (let seed = 1; seed <= 5; seed++) {
    await withCluster({ seed, voters: 3 }, async (cluster) => {
      cluster.startAll();
      await cluster.propose('a');
      await cluster.untilEqual(['a']);
      const leader = await cluster.untilLeader();
      const follower = cluster.members.find((member) => member !== leader);
      const { term } = leader.node?.status() ?? { term: -1 };
      const told: unknown[] = [];
      follower?.node?.onLeadershipChange((leadership) => told.push(leadership));
      // The follower's loop is held up for longer than any election time-out; heartbeats queue up meanwhile.
      follower?.host.pause();
      await sleep(cluster.clock, 3_000);
      follower?.host.resume();
      await sleep(cluster.clock, 1_000);
      t.same(told, [], 'it never doubted its leader');
      t.equal(leader.node?.status().term, term, 'nobody was elected');
    });
  }
});

t.test('a new leader decides nothing until it has applied all that was committed before', async (t) => {
  for (let seed = 1; seed <= 10; seed++) {
    await withCluster({ seed, voters: 3 }, async (cluster) => {
      cluster.startAll();
      for (const value of ['a', 'b', 'c']) await cluster.propose(value);
      // Committed on the leader; the others have it, and have not heard that it is committed.
      cluster.kill(await cluster.untilLeader());
      const next = await cluster.untilLeader();
      t.same(next.machine.valuesInOffice, ['a', 'b', 'c'], 'it decides on all that was acknowledged');
    });
  }
});
