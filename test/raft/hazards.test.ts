import t from 'tap';
import { uuidFromBytes } from '../../src/common/ids.js';
import { sleep } from '../../src/platform/clock.js';
import type { KeyValueRange, KeyValueStore, KeyValueWrite } from '../../src/platform/key-value-store.js';
import { DEFAULT_RAFT_CONFIG } from '../../src/raft/api.js';
import { RaftCore } from '../../src/raft/core/raft-core.js';
import type { Entry } from '../../src/raft/core/types.js';
import { VoterSet, replicaKey } from '../../src/raft/core/voter-set.js';
import { RaftStorage } from '../../src/raft/storage/raft-storage.js';
import { FakeDisk } from '../log/fake-disk.js';
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

const REPLICAS = [1, 2, 3].map((nodeId) => ({
  nodeId,
  directoryId: uuidFromBytes(Buffer.alloc(16, nodeId)),
  host: `n${nodeId}`,
  port: 9093,
}));
const VOTERS = new VoterSet(REPLICAS, uuidFromBytes(Buffer.alloc(16, 9)));
const [SELF = '', OTHER = ''] = REPLICAS.map(replicaKey);

t.test('entries of an older term are committed by one of the own, not by being counted (figure 3.7)', async (t) => {
  const old: Entry[] = [1, 2].map((index) => ({ index, term: 1, type: 'normal', payload: Buffer.from(`${index}`) }));
  const core = new RaftCore({
    self: SELF,
    config: DEFAULT_RAFT_CONFIG,
    random: { below: () => 0, bytes: (length) => Buffer.alloc(length) },
    makeClusterId: () => uuidFromBytes(Buffer.alloc(16, 9)),
    restored: {
      hardState: { term: 1, vote: undefined, commit: 0 },
      founding: VOTERS,
      snapshot: undefined,
      baseIndex: 0,
      baseTerm: 0,
      entries: old,
      clusterId: VOTERS.clusterId,
      applied: 0,
    },
    nowMs: 0,
  });
  const persistAll = (): void => {
    while (core.ready().persist !== undefined) core.persisted();
  };
  const from = { from: OTHER, to: SELF };
  core.campaign(1);
  persistAll();
  core.step({ type: 'voteResponse', ...from, term: 2, preVote: true, granted: true }, 2);
  persistAll();
  core.step({ type: 'voteResponse', ...from, term: 2, preVote: false, granted: true }, 3);
  persistAll();
  t.equal(core.role, 'leader');
  const stored = (index: number): void =>
    core.step({ type: 'appendResponse', ...from, term: 2, index, rejected: false, hintIndex: 0, hintTerm: 0 }, 4);
  stored(2);
  t.equal(core.commit, 0, 'not by counting an entry of an older term: a node without it could still be elected');
  stored(3);
  t.equal(core.commit, 3);
});

/** A store whose every write has a journal of its own: a sync makes durable what was written with it, and no more. */
class JournaledStore implements KeyValueStore {
  live = new Map<string, Buffer>();
  readonly #durable = new Map<string, Buffer>();

  crash(): void {
    this.live = new Map(this.#durable);
  }

  async get(key: Uint8Array): Promise<Buffer | undefined> {
    return this.live.get(Buffer.from(key).toString('hex'));
  }

  async write(writes: readonly KeyValueWrite[], { sync }: { readonly sync: boolean }): Promise<void> {
    for (const write of writes) {
      const key = Buffer.from(write.key).toString('hex');
      for (const map of sync ? [this.live, this.#durable] : [this.live]) {
        if (write.type === 'put') map.set(key, Buffer.from(write.value));
        else map.delete(key);
      }
    }
  }

  async entries({ from = Buffer.alloc(0), to, limit }: KeyValueRange): Promise<[Buffer, Buffer][]> {
    const all = [...this.live].map(([key, value]): [Buffer, Buffer] => [Buffer.from(key, 'hex'), value]);
    return all
      .filter(([key]) => key.compare(from) >= 0 && (to === undefined || key.compare(to) < 0))
      .sort(([a], [b]) => a.compare(b))
      .slice(0, limit);
  }

  async close(): Promise<void> {}
}

t.test('a snapshot that takes the place of entries is on stable storage first, each piece of it', async (t) => {
  const store = new JournaledStore();
  const options = {
    keyValueStores: { open: async () => store },
    fileSystem: new FakeDisk(),
    directory: '/raft',
    self: { nodeId: 1, directoryId: REPLICAS[0]?.directoryId ?? '' },
  };
  const { storage } = await RaftStorage.open(options);
  const entries: Entry[] = [1, 2, 3].map((index) => ({ index, term: 1, type: 'normal', payload: Buffer.from('x') }));
  const hardState = { term: 1, vote: undefined, commit: 3 };
  const persist = { founding: VOTERS, clusterId: VOTERS.clusterId, snapshot: undefined, isEmpty: false, messages: [] };
  await storage.write({ ...persist, entries, hardState });
  const chunks = [Buffer.from('first'), Buffer.from('second')];
  await storage.saveSnapshot({ index: 3, term: 1, voters: VOTERS, chunks }, { index: 3, term: 1 });
  await storage.close();
  store.crash();
  const reopened = await RaftStorage.open(options).catch((error: unknown) => {
    t.fail(`a piece of it is lost: ${String(error)}`);
  });
  t.equal(Buffer.concat(reopened?.restored.snapshot?.chunks ?? []).toString(), 'firstsecond');
});
