import t from 'tap';
import { VarveError } from '../../src/common/errors.js';
import { sleep } from '../../src/platform/clock.js';
import { FileSystemError } from '../../src/platform/file-system.js';
import type { KeyValueStore } from '../../src/platform/key-value-store.js';
import { defined } from '../../src/common/assert.js';
import { withCluster } from './node-cluster.js';
import type { Member } from './node-cluster.js';
import { storeThat, storesThat } from './watched-stores.js';

/** Above the election time-out of 1 s, below what counts as a disk that hangs. */
const SLOW_WRITE_MS = 2_500;

t.test('three blank nodes found a cluster, elect the lowest at once and commit', async (t) => {
  await withCluster({ seed: 1, voters: 3 }, async (cluster) => {
    const startMs = cluster.clock.monotonicMs();
    cluster.startAll();
    const leader = await cluster.untilLeader();
    t.equal(leader.nodeId, 1, 'the lowest voter leads');
    t.ok(cluster.clock.monotonicMs() - startMs < 400, 'without waiting for an election time-out');
    await cluster.propose('a');
    await cluster.untilEqual(['a']);
    const ids = new Set(cluster.members.map((member) => member.node?.clusterId));
    t.equal(ids.size, 1, 'one cluster id');
    t.not([...ids][0], undefined);
  });
});

t.test('one node is a whole cluster, and comes back with its log', async (t) => {
  await withCluster({ seed: 2, voters: 1 }, async (cluster) => {
    cluster.startAll();
    await cluster.propose('a');
    const only = cluster.member(1);
    const clusterId = only.node?.clusterId;
    cluster.powerOff(only);
    cluster.start(only);
    await cluster.propose('b');
    t.same(only.machine.values, ['a', 'b']);
    t.equal(only.node?.clusterId, clusterId);
  });
});

t.test('a killed leader is replaced within half a second; a silent one within its time-out', async (t) => {
  for (const seed of [3, 4, 5, 6, 7, 8]) {
    await withCluster({ seed, voters: 3 }, async (cluster) => {
      cluster.startAll();
      await cluster.propose('a');
      await cluster.untilEqual(['a']);
      const first = await cluster.untilLeader();
      const killedMs = cluster.clock.monotonicMs();
      if (seed % 2 === 0) cluster.kill(first);
      else cluster.powerOff(first);
      const second = await cluster.untilLeader();
      const tookMs = cluster.clock.monotonicMs() - killedMs;
      t.ok(tookMs < (seed % 2 === 0 ? 500 : 2500), `seed ${seed}: a new leader after ${tookMs.toFixed(0)} ms`);
      t.not(second.nodeId, first.nodeId);
      await cluster.propose('b');
      cluster.start(first);
      await cluster.untilEqual(['a', 'b']);
    });
  }
});

t.test(
  'voters that were all stopped at once need no time-out to elect; one that comes back unseats nobody',
  async (t) => {
    for (const seed of [31, 32, 33, 34, 35, 36]) {
      await withCluster({ seed, voters: 3 }, async (cluster) => {
        cluster.startAll();
        await cluster.propose('a');
        await cluster.untilEqual(['a']);
        for (const member of cluster.members) cluster.powerOff(member);
        const startMs = cluster.clock.monotonicMs();
        cluster.startAll();
        const leader = await cluster.untilLeader();
        const tookMs = cluster.clock.monotonicMs() - startMs;
        t.ok(tookMs < 400, `seed ${seed}: a leader after ${tookMs.toFixed(0)} ms`);
        await cluster.untilEqual(['a']);

        const term = defined(leader.node, 'it runs').term;
        const [follower] = cluster.members.filter((member) => member !== leader);
        const back = defined(follower, 'there is another');
        cluster.kill(back);
        cluster.start(back);
        await cluster.propose('b');
        await cluster.untilEqual(['a', 'b']);
        await sleep(cluster.clock, 1_500);
        t.equal(leader.node?.term, term, `seed ${seed}: its asking led to no election`);
      });
    }
  },
);

t.test("every node is told of the quorum's heartbeats, and may open streams of its own beside Raft's", async (t) => {
  await withCluster({ seed: 9, voters: 3 }, async (cluster) => {
    cluster.startAll();
    const leader = await cluster.untilLeader();
    await cluster.propose('a');
    const told = new Map<number, number>();
    const stops = cluster.members.map(({ nodeId, node }) =>
      node?.onHeartbeat(() => told.set(nodeId, (told.get(nodeId) ?? 0) + 1)),
    );
    await sleep(cluster.clock, 2_000);
    for (const { nodeId } of cluster.members) {
      const times = told.get(nodeId) ?? 0;
      t.ok(times >= 9 && times <= 11, `node ${nodeId} was told ${times} times in two seconds`);
    }
    for (const stop of stops) stop?.();
    told.clear();
    const follower = cluster.members.find((member) => member !== leader);
    t.not(follower?.node?.openStream(leader.nodeId, '/varve.internal.Raft/Exchange'), undefined);
    t.equal(follower?.node?.openStream(77, '/varve.internal.Raft/Exchange'), undefined, 'no such node');
    await sleep(cluster.clock, 500);
    t.equal(told.size, 0, 'nobody who has stopped listening is told');
  });
});

t.test('a proposal on a follower is refused and names the leader', async (t) => {
  await withCluster({ seed: 9, voters: 3 }, async (cluster) => {
    cluster.startAll();
    await cluster.propose('a');
    await cluster.untilEqual(['a']);
    const follower = defined(cluster.member(2).node, 'it runs');
    await t.rejects(follower.propose([Buffer.from('b')]), { code: 'NOT_CONTROLLER', message: /node 1 is: ask it/ });
    const index = await follower.readIndex();
    t.ok(index >= defined(cluster.member(1).node, 'it runs').status().committedIndex, 'any node reads');
  });
});

t.test('an observer follows and can become a voter; voters can leave, the leader too', async (t) => {
  await withCluster({ seed: 10, voters: 3, observers: 1 }, async (cluster) => {
    cluster.startAll();
    await cluster.propose('a');
    await cluster.untilEqual(['a']);
    const leader = await cluster.untilLeader();
    const observer = cluster.member(4);
    t.equal(observer.node?.role, 'observer');
    const voter = { nodeId: 4, directoryId: observer.directoryId, host: 'n4', port: 9093 };
    await defined(leader.node, 'it runs').addVoter(voter);
    await cluster.until('it votes', () => observer.node?.role === 'follower');
    await defined(leader.node, 'it runs').removeVoter(leader);
    const next = await cluster.untilLeader();
    t.not(next.nodeId, leader.nodeId);
    t.same(
      next.node?.status().voters.map((other) => other.nodeId),
      [2, 3, 4],
    );
    await cluster.propose('b');
    await cluster.untilEqual(['a', 'b']);
    t.equal(leader.node?.role, 'observer');
  });
});

t.test(
  'a change that its leader appended and could not commit is no refusal: the next one may commit it',
  async (t) => {
    await withCluster({ seed: 12, voters: 3, observers: 1 }, async (cluster) => {
      cluster.startAll();
      await cluster.propose('a');
      await cluster.untilEqual(['a']);
      const leader = await cluster.untilLeader();
      const node = defined(leader.node, 'it runs');
      const { directoryId } = cluster.member(4);
      const { network } = cluster.simulation;
      for (const { nodeId } of cluster.members)
        if (nodeId !== leader.nodeId) network.cutBoth(`n${leader.nodeId}`, `n${nodeId}`);
      const change = node.addVoter({ nodeId: 4, directoryId, host: 'n4', port: 9093 });
      await t.rejects(change, { code: 'NETWORK_EXCEPTION', message: /may be yet/ });
      await t.rejects(node.addVoter({ nodeId: 4, directoryId, host: 'n4', port: 9093 }), { code: 'NOT_CONTROLLER' });
    });
  },
);

t.test('leadership is handed over on request', async (t) => {
  await withCluster({ seed: 11, voters: 3 }, async (cluster) => {
    cluster.startAll();
    await cluster.propose('a');
    const leader = await cluster.untilLeader();
    await cluster.untilEqual(['a']);
    await defined(leader.node, 'it runs').transferLeadership(3);
    t.equal((await cluster.untilLeader()).nodeId, 3);
    await t.rejects(defined(leader.node, 'it runs').transferLeadership(2), { code: 'NOT_CONTROLLER' });
  });
});

t.test('a node far behind catches up from a snapshot, and logs are cut behind snapshots', async (t) => {
  const config = { snapshotIntervalBytes: 2000, snapshotTrailingEntries: 5, snapshotChunkBytes: 64 };
  await withCluster({ seed: 12, voters: 3, config }, async (cluster) => {
    cluster.startAll();
    await cluster.untilLeader();
    cluster.kill(cluster.member(3));
    const values = Array.from({ length: 200 }, (_, i) => `value ${i}`);
    for (const value of values) await cluster.propose(value);
    const status = defined((await cluster.untilLeader()).node, 'it runs').status();
    t.ok(status.snapshotIndex > 100, `snapshot at ${status.snapshotIndex}`);
    cluster.start(cluster.member(3));
    await cluster.untilEqual(values);
    t.ok((cluster.member(3).node?.status().snapshotIndex ?? 0) > 0, 'by a snapshot');
    for (const member of cluster.members) cluster.powerOff(member);
    cluster.startAll();
    await cluster.propose('after');
    await cluster.untilEqual([...values, 'after']);
  });
});

t.test('few great entries stay behind a snapshot, whatever their number may be', async (t) => {
  const config = { snapshotIntervalBytes: 20_000, snapshotTrailingEntries: 1000 };
  await withCluster({ seed: 13, voters: 1, config }, async (cluster) => {
    cluster.startAll();
    await cluster.untilLeader();
    for (let i = 0; i < 40; i++) await cluster.propose(`${i}`.padEnd(5_000));
    const { baseIndex, lastIndex } = defined(cluster.member(1).node, 'it runs').log;
    t.ok(lastIndex - baseIndex <= 10, `${lastIndex - baseIndex} entries of ${lastIndex} are in memory`);
    cluster.powerOff(cluster.member(1));
    cluster.startAll();
    await cluster.propose('after');
    t.equal(cluster.member(1).machine.values.length, 41);
  });
});

t.test('power lost on all nodes at once loses nothing that was acknowledged', async (t) => {
  for (let seed = 20; seed < 30; seed++) {
    await withCluster({ seed, voters: 3 }, async (cluster) => {
      cluster.startAll();
      const acknowledged: string[] = [];
      for (let round = 0; round < 3; round++) {
        for (let i = 0; i < 5; i++) {
          const value = `${round}.${i}`;
          await cluster.propose(value);
          acknowledged.push(value);
        }
        const leader = await cluster.untilLeader();
        for (let i = 0; i < 3; i++) leader.node?.propose([Buffer.from(`lost? ${round}.${i}`)]).catch(() => {});
        await sleep(cluster.clock, seed % 5);
        for (const member of cluster.members) cluster.powerOff(member);
        cluster.startAll();
      }
      await cluster.propose('end');
      await cluster.until('all reach the end', () =>
        cluster.members.every((member) => member.machine.values.includes('end')),
      );
      for (const member of cluster.members) {
        t.same(
          member.machine.values.filter((value) => !value.startsWith('lost')),
          [...acknowledged, 'end'],
        );
      }
    });
  }
});

t.test('a full disk suspends a node; with room again it goes on', async (t) => {
  await withCluster({ seed: 31, voters: 3 }, async (cluster) => {
    cluster.startAll();
    await cluster.propose('a');
    await cluster.untilEqual(['a']);
    const leader = await cluster.untilLeader();
    leader.host.disk.capacityBytes = leader.host.disk.usedBytes;
    const error = await defined(leader.node, 'it runs')
      .propose([Buffer.alloc(1000, 'x')])
      .then(
        () => undefined,
        (reason: unknown) => reason,
      );
    // It may be committed by the others before its own disk refuses it.
    t.ok(error === undefined || (error instanceof VarveError && error.code === 'NOT_CONTROLLER'));
    await cluster.until('another leads', () => {
      const other = cluster.leader();
      return other !== undefined && other !== leader;
    });
    await cluster.propose('b');
    leader.host.disk.capacityBytes = Number.POSITIVE_INFINITY;
    await cluster.propose('c');
    await cluster.until('it follows again', () => leader.machine.values.includes('c'));
    t.equal(leader.failure, undefined);
  });
});

t.test('nodes whose disks fill up before their cluster is founded found it once there is room', async (t) => {
  for (const voters of [1, 2]) {
    await withCluster({ seed: 32, voters }, async (cluster) => {
      const [first] = cluster.members;
      const member = defined(first, 'there is a member');
      // Its first write is the founding set.
      let wrote = false;
      const { disk } = member.host;
      member.stores = (stores) => ({
        open: async (path) => {
          const store = await stores.open(path);
          return storeThat(store, async (writes, options) => {
            if (!wrote) disk.capacityBytes = disk.usedBytes;
            wrote = true;
            await store.write(writes, options);
          });
        },
      });
      cluster.startAll();
      await sleep(cluster.clock, 3_000);
      t.equal(cluster.leader(), undefined, 'nobody leads');
      t.ok(wrote, 'it tried to');
      disk.capacityBytes = Number.POSITIVE_INFINITY;
      await cluster.propose('a');
      await cluster.untilEqual(['a']);
    });
  }
});

t.test('a snapshot that was stored by a write that failed is in the state, too', async (t) => {
  const config = { snapshotIntervalBytes: 2000, snapshotTrailingEntries: 5, snapshotChunkBytes: 64 };
  await withCluster({ seed: 33, voters: 3, config }, async (cluster) => {
    cluster.startAll();
    await cluster.untilLeader();
    const member = cluster.member(3);
    cluster.kill(member);
    const values = Array.from({ length: 100 }, (_, i) => `value ${i}`);
    for (const value of values) await cluster.propose(value);
    let failed = 0;
    member.stores = (stores) => ({
      open: async (path) => failingOnce(await stores.open(path), path, () => failed++ === 0),
    });
    cluster.start(member);
    await cluster.untilEqual(values);
    t.ok(failed > 0, 'the write of a snapshot was said to have failed');
    await cluster.propose('after');
    await cluster.untilEqual([...values, 'after']);
    t.equal(member.failure, undefined);
  });
});

/** Says of the write that brings a snapshot into use that the disk is full, though it was done. */
function failingOnce(store: KeyValueStore, path: string, fails: () => boolean): KeyValueStore {
  let hasChunk = false;
  return storeThat(store, async (writes, options) => {
    await store.write(writes, options);
    const isChunk = writes[0]?.key[0] === 'c'.charCodeAt(0);
    if (!isChunk && hasChunk && fails()) throw new FileSystemError('full', path, 'no room, or so it seemed');
    hasChunk = isChunk;
  });
}

t.test('a leader whose disk hangs, and says nothing, gives its office up until the disk goes on', async (t) => {
  await withCluster({ seed: 52, voters: 3 }, async (cluster) => {
    const disk: { hanging?: Member; until?: Promise<void> } = {};
    for (const member of cluster.members) {
      member.stores = (stores) =>
        storesThat(stores, async (write, ...args) => {
          if (member === disk.hanging) await disk.until;
          await write(...args);
        });
    }
    cluster.startAll();
    await cluster.propose('a');
    await cluster.untilEqual(['a']);
    const first = await cluster.untilLeader();
    const others = cluster.members.filter((member) => member !== first);
    let release = (): void => {};
    disk.until = new Promise((resolve) => (release = resolve));
    disk.hanging = first;
    const proposal = defined(first.node, 'it runs').propose([Buffer.from('b')]);
    const fate = proposal.then(
      () => 'stored',
      () => 'unknown',
    );
    await cluster.until('another leads', () => others.some((member) => member.leads), 6_000);
    t.equal(first.leads, false);
    const second = defined(
      others.find((member) => member.leads),
      'another leads',
    );
    await defined(second.node, 'it runs').propose([Buffer.from('c')]);
    // For a while: the one that hangs must not stand again and again.
    const { term } = defined(second.node, 'it runs');
    await sleep(cluster.clock, 10_000);
    t.equal(second.leads, true);
    t.equal(second.node?.term, term);
    release();
    await cluster.untilEqual(['a', 'b', 'c']);
    t.equal(second.node?.term, term, 'its return disturbs nobody');
    t.equal(await fate, 'stored', 'the others had committed it');
  });
});

t.test('disks that take longer than an election time-out to store an entry cost no leader its office', async (t) => {
  await withCluster({ seed: 54, voters: 3 }, async (cluster) => {
    const disk = { writeMs: 0 };
    for (const member of cluster.members) {
      member.stores = (stores) =>
        storesThat(stores, async (write, ...args) => {
          if (disk.writeMs > 0) await sleep(cluster.clock, disk.writeMs);
          await write(...args);
        });
    }
    cluster.startAll();
    await cluster.propose('a');
    await cluster.untilEqual(['a']);
    const leader = await cluster.untilLeader();
    const { term } = defined(leader.node, 'it runs');
    disk.writeMs = SLOW_WRITE_MS;
    for (const value of ['b', 'c', 'd']) {
      const proposal = defined(leader.node, 'it runs').propose([Buffer.from(value)]);
      const fate = await proposal.then(
        () => 'stored',
        () => 'unknown',
      );
      t.equal(fate, 'stored', 'a slow disk makes slow commits, and no elections');
    }
    disk.writeMs = 0;
    for (const { node } of cluster.members) t.equal(node?.term, term, 'a slow disk makes no elections');
    await cluster.untilEqual(['a', 'b', 'c', 'd']);
  });
});

t.test('the only voter has nobody to give its office to, and waits for its disk', async (t) => {
  await withCluster({ seed: 53, voters: 1 }, async (cluster) => {
    const disk: { until?: Promise<void> } = {};
    cluster.member(1).stores = (stores) => ({
      open: async (path) => {
        const store = await stores.open(path);
        return storeThat(store, async (writes, options) => {
          await disk.until;
          await store.write(writes, options);
        });
      },
    });
    cluster.startAll();
    await cluster.propose('a');
    const term = cluster.member(1).node?.term;
    let release = (): void => {};
    disk.until = new Promise((resolve) => (release = resolve));
    const proposal = cluster.propose('b');
    await sleep(cluster.clock, 10_000);
    release();
    await proposal;
    await cluster.untilEqual(['a', 'b']);
    t.equal(cluster.member(1).node?.term, term);
  });
});

t.test('a follower that was held up hears what arrived before it judges its leader', async (t) => {
  await withCluster({ seed: 50, voters: 3 }, async (cluster) => {
    cluster.startAll();
    await cluster.propose('a');
    await cluster.untilEqual(['a']);
    const term = cluster.leader()?.node?.term;
    for (let i = 0; i < 5; i++) {
      const follower = cluster.member(2 + (i % 2));
      follower.host.pause();
      await sleep(cluster.clock, 2_000);
      follower.host.resume();
      await sleep(cluster.clock, 1_500);
    }
    await cluster.propose('b');
    await cluster.untilEqual(['a', 'b']);
    t.equal(cluster.leader()?.node?.term, term, 'no election came of it');
  });
});

t.test('a leader that was held up is replaced, and follows when it wakes', async (t) => {
  await withCluster({ seed: 51, voters: 3 }, async (cluster) => {
    cluster.startAll();
    await cluster.propose('a');
    await cluster.untilEqual(['a']);
    const first = await cluster.untilLeader();
    first.host.pause();
    const others = cluster.members.filter((member) => member !== first);
    await cluster.until('another leads', () => others.some((member) => member.leads), 2_500);
    const second = defined(
      others.find((member) => member.leads),
      'it leads',
    );
    await defined(second.node, 'it runs').propose([Buffer.from('b')]);
    first.host.resume();
    await cluster.untilEqual(['a', 'b']);
    t.equal(first.node?.role, 'follower');
    t.equal(first.machine.leadingTerm, undefined, 'it was told that it leads no more');
    t.ok(second.leads, 'and disturbs nobody');
  });
});

t.test('the same seed gives the same run', async (t) => {
  const run = async (): Promise<string> => {
    const simulation = await withCluster({ seed: 40, voters: 3 }, async (cluster) => {
      cluster.startAll();
      for (let i = 0; i < 20; i++) await cluster.propose(String(i));
      cluster.kill(await cluster.untilLeader());
      await cluster.propose('x');
    });
    return simulation.digest;
  };
  t.equal(await run(), await run());
});
