import t from 'tap';
import { defined } from '../../src/common/assert.js';
import { sleep } from '../../src/platform/clock.js';
import type { Clock } from '../../src/platform/clock.js';
import { withCluster } from './node-cluster.js';
import { seedsOf } from '../simulation/seeds.js';

t.test('a busy event loop is not a silent leader: what arrived is heard before an election is called', async (t) => {
  for (const seed of seedsOf(t, 5)) {
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

/** A clock that tells when it is asked to wait for what has arrived. */
function watched(clock: Clock, onDefer: () => void): Clock {
  return {
    monotonicMs: () => clock.monotonicMs(),
    wallMs: () => clock.wallMs(),
    after: (delayMs, callback) => clock.after(delayMs, callback),
    atEndOfTurn: (callback) => clock.atEndOfTurn(callback),
    takeLatenessMs: () => clock.takeLatenessMs(),
    defer: (callback) => {
      onDefer();
      clock.defer(callback);
    },
  };
}

t.test('a leader that all have answered sends its heartbeats at once, but not where it was held up', async (t) => {
  for (const seed of seedsOf(t, 5)) {
    await withCluster({ seed, voters: 3 }, async (cluster) => {
      let waits = 0;
      for (const member of cluster.members) {
        member.clockOver = (clock) =>
          watched(clock, () => {
            if (member.node?.role === 'leader') waits++;
          });
      }
      cluster.startAll();
      await cluster.propose('a');
      await cluster.untilEqual(['a']);
      const leader = await cluster.untilLeader();
      await sleep(cluster.clock, 1_000);
      waits = 0;
      await sleep(cluster.clock, 2_000);
      t.equal(waits, 0, 'there is nobody who could be silent');
      leader.host.pause();
      await sleep(cluster.clock, 400);
      leader.host.resume();
      await sleep(cluster.clock, 10);
      t.ok(waits > 0, 'answers that nobody has heard lie there');
      t.equal(leader.node?.role, 'leader');
    });
  }
});

t.test('a new leader decides nothing until it has applied all that was committed before', async (t) => {
  for (const seed of seedsOf(t, 10)) {
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

t.test(
  'a leader of two that took itself out, and is alone with that when its office ends, leads once more',
  async (t) => {
    for (const crashes of [false, true]) {
      await withCluster({ seed: 3, voters: 2 }, async (cluster) => {
        cluster.startAll();
        await cluster.propose('a');
        await cluster.untilEqual(['a']);
        const leader = await cluster.untilLeader();
        const other = defined(
          cluster.members.find((member) => member !== leader),
          'there is another',
        );
        const { network } = cluster.simulation;
        network.cutBoth(leader.host.name, other.host.name);
        const removal = defined(leader.node, 'it runs').removeVoter(leader);
        // A crash takes the question with it.
        removal.catch(() => {});
        if (crashes) {
          await sleep(cluster.clock, 100);
          cluster.powerOff(leader);
          cluster.start(leader);
        } else await t.rejects(removal, { code: 'NETWORK_EXCEPTION' }, 'nobody knows what becomes of it');
        network.healAll();
        await cluster.until('the other one leads alone', () => other.leads);
        t.same(
          other.node?.status().voters.map(({ nodeId }) => nodeId),
          [other.nodeId],
        );
        await cluster.propose('b');
        await cluster.untilEqual(['a', 'b']);
        t.equal(leader.node?.role, 'observer');
      });
    }
  },
);

t.test('who has not caught up becomes no voter: the death of another one does not stop the quorum', async (t) => {
  await withCluster({ seed: 5, voters: 3, observers: 1 }, async (cluster) => {
    cluster.startAll();
    await cluster.propose('a');
    await cluster.untilEqual(['a']);
    const leader = await cluster.untilLeader();
    const observer = cluster.member(4);
    const { network } = cluster.simulation;
    for (const { nodeId } of cluster.members) if (nodeId !== 4) network.cutBoth(`n${nodeId}`, 'n4');
    await cluster.propose('b');
    await sleep(cluster.clock, 2_000);
    const voter = { nodeId: 4, directoryId: observer.directoryId, host: 'n4', port: 9093 };
    const refused = defined(leader.node, 'it runs').addVoter(voter);
    refused.catch(() => {});
    const other = cluster.members.find((member) => member !== leader && member !== observer);
    cluster.kill(defined(other, 'there is another'));
    // With a fourth voter, and two of the four away, nothing would be committed any more.
    let isCommitted = false;
    const committed = cluster.propose('c').then(() => (isCommitted = true));
    committed.catch(() => {});
    await cluster.until('the two that are left of three commit on', () => isCommitted);
    await t.rejects(refused, { code: 'REQUEST_TIMED_OUT', message: /has not caught up with it/ });
    network.healAll();
    await cluster.until('it has caught up', () => observer.machine.values.length === 3);
    await cluster.until('the leader has been told', () => {
      const { lastIndex, replicas } = defined(leader.node, 'it runs').status();
      return replicas.some(({ nodeId, matchIndex }) => nodeId === 4 && matchIndex === lastIndex);
    });
    await defined(leader.node, 'it runs').addVoter(voter);
  });
});
