import t from 'tap';
import { uuidFromBytes } from '../../src/common/ids.js';
import type { KeyValueRange, KeyValueStore, KeyValueWrite } from '../../src/platform/key-value-store.js';
import { DEFAULT_RAFT_CONFIG } from '../../src/raft/api.js';
import { RaftCore } from '../../src/raft/core/raft-core.js';
import type { Entry, HardState, Message } from '../../src/raft/core/types.js';
import type { Restored } from '../../src/raft/core/state.js';
import { VoterSet, replicaKey } from '../../src/raft/core/voter-set.js';
import { RaftStorage } from '../../src/raft/storage/raft-storage.js';
import { FakeDisk } from '../log/fake-disk.js';

const REPLICAS = [1, 2, 3].map((nodeId) => ({
  nodeId,
  directoryId: uuidFromBytes(Buffer.alloc(16, nodeId)),
  host: `n${nodeId}`,
  port: 9093,
}));
const VOTERS = new VoterSet(REPLICAS, uuidFromBytes(Buffer.alloc(16, 9)));
/** A write that takes longer hangs. */
const HANGS_MS = 3 * DEFAULT_RAFT_CONFIG.electionTimeoutMaxMs;
const [SELF = '', OTHER = '', THIRD = ''] = REPLICAS.map(replicaKey);

function coreOf(hardState: HardState, entries: readonly Entry[], base: Partial<Restored> = {}): RaftCore {
  return new RaftCore({
    self: SELF,
    config: DEFAULT_RAFT_CONFIG,
    random: { below: () => 0, bytes: (length) => Buffer.alloc(length) },
    makeClusterId: () => uuidFromBytes(Buffer.alloc(16, 9)),
    restored: {
      hardState,
      founding: VOTERS,
      snapshot: undefined,
      baseIndex: 0,
      baseTerm: 0,
      entries,
      clusterId: VOTERS.clusterId,
      applied: 0,
      ...base,
    },
    nowMs: 0,
  });
}

t.test('a voter that crashes after its vote gives no other one in that term', async (t) => {
  const ask = (core: RaftCore, from: string): { hardState: HardState; granted: boolean } => {
    const request = { preVote: false, lastIndex: 0, lastTerm: 0, transfer: true } as const;
    core.step({ type: 'voteRequest', from, to: SELF, term: 2, ...request }, 1);
    const { persist } = core.ready();
    const answer = persist?.messages.find(({ type }) => type === 'voteResponse');
    if (persist === undefined || answer?.type !== 'voteResponse') throw new Error('the question is answered');
    return { hardState: persist.hardState, granted: answer.granted };
  };
  const first = ask(coreOf({ term: 1, vote: undefined, commit: 0 }, []), OTHER);
  t.ok(first.granted);
  const restarted = coreOf(first.hardState, []);
  t.notOk(ask(restarted, THIRD).granted, 'two votes in one term could elect two leaders');
});

t.test('entries of an older term are committed by one of the own, not by being counted (figure 3.7)', async (t) => {
  const old: Entry[] = [1, 2].map((index) => ({ index, term: 1, type: 'normal', payload: Buffer.from(`${index}`) }));
  const core = coreOf({ term: 1, vote: undefined, commit: 0 }, old);
  const persistAll = (): void => {
    for (let turn = 0; core.ready().persist !== undefined; turn++) {
      if (turn > 10) throw new Error('there is always more to keep');
      core.persisted();
    }
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

t.test('entries that were cut off and brought again while they were being stored are stored once more', async (t) => {
  const entry = (index: number, term: number): Entry => ({
    index,
    term,
    type: 'normal',
    payload: Buffer.from(`${index}`),
  });
  const core = coreOf(
    { term: 2, vote: undefined, commit: 0 },
    [1, 2].map((index) => entry(index, 1)),
  );
  const append = (from: string, term: number, entries: readonly Entry[]): void =>
    core.step({ type: 'append', from, to: SELF, term, prevIndex: 2, prevTerm: 1, commit: 0, entries }, 1);
  const second = [3, 4, 5].map((index) => entry(index, 2));
  append(OTHER, 2, second);
  const first = core.ready().persist;
  t.equal(first?.entries.length, 3, 'they are on their way to the disk');
  append(THIRD, 3, [entry(3, 3)]);
  append(OTHER, 4, second);
  core.persisted();
  t.equal(core.log.lastIndex, 5);
  const next = core.ready().persist;
  t.match(next?.entries, second, 'the disk gets them again: what it has of them may be cut off');
  t.ok(next?.messages.some((message) => message.type === 'appendResponse' && message.index === 5));
  core.persisted();
  append(OTHER, 4, [...second, entry(6, 4)]);
  t.equal(core.ready().persist?.entries.length, 1);
});

t.test('what waits for a disk that hangs is bounded, however much is asked meanwhile', async (t) => {
  const core = coreOf({ term: 2, vote: undefined, commit: 0 }, []);
  const from = { from: OTHER, to: SELF, term: 2 } as const;
  const append = (index: number): void => {
    const entries: Entry[] = [{ index, term: 2, type: 'normal', payload: Buffer.from('x') }];
    const prevTerm = index === 1 ? 0 : 2;
    core.step({ type: 'append', ...from, prevIndex: index - 1, prevTerm, commit: 0, entries }, index);
  };
  append(1);
  t.ok(core.ready().persist, 'a write is under way');
  for (let i = 2; i <= 2_000; i++) {
    append(i);
    core.step({ type: 'heartbeat', ...from, commit: 0, readSequence: i }, HANGS_MS + i);
    const vote = { preVote: true, lastIndex: i, lastTerm: 2, transfer: false } as const;
    core.step({ type: 'voteRequest', from: THIRD, to: SELF, term: 3, ...vote }, HANGS_MS + i);
    const { persist, messages } = core.ready();
    if (persist !== undefined || messages.length > 0) t.fail('one write at a time, and no answer before it is done');
  }
  // These were overtaken on their way.
  append(5);
  core.step({ type: 'heartbeat', ...from, commit: 0, readSequence: 5 }, HANGS_MS + 2_001);
  core.persisted();
  const messages = core.ready().persist?.messages ?? [];
  t.equal(messages.length, 3);
  t.match(
    messages.find(({ type }) => type === 'appendResponse'),
    { to: OTHER, rejected: false, index: 2_000 },
  );
  t.match(
    messages.find(({ type }) => type === 'heartbeatResponse'),
    { to: OTHER, readSequence: 2_000 },
  );
  t.match(
    messages.find(({ type }) => type === 'voteResponse'),
    { to: THIRD, granted: false },
  );
});

t.test('a slow disk holds up what claims a part of the log or a vote, and no answer to a heartbeat', async (t) => {
  const core = coreOf({ term: 2, vote: undefined, commit: 0 }, []);
  const from = { from: OTHER, to: SELF, term: 2 } as const;
  const entries: Entry[] = [{ index: 1, term: 2, type: 'normal', payload: Buffer.from('x') }];
  core.step({ type: 'append', ...from, prevIndex: 0, prevTerm: 0, commit: 0, entries }, 1);
  t.ok(core.ready().persist, 'a write is under way');
  core.step({ type: 'heartbeat', ...from, commit: 0, readSequence: 7 }, HANGS_MS);
  core.step({ type: 'append', ...from, prevIndex: 0, prevTerm: 0, commit: 0, entries }, HANGS_MS);
  t.strictSame(
    core.ready().messages,
    [{ type: 'heartbeatResponse', from: SELF, to: OTHER, term: 2, readSequence: 7 }],
    'it follows, whatever its disk does',
  );
  core.step({ type: 'heartbeat', ...from, commit: 0, readSequence: 8 }, HANGS_MS + 2);
  t.strictSame(core.ready().messages, [], 'and is not to be counted on behind a disk that hangs');
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
    mustExist: false,
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

t.test(
  'a replica whose committed entries the leader contradicts goes no further, and vouches for nothing',
  async (t) => {
    const run = (from: number, to: number, term: number): Entry[] =>
      Array.from({ length: to - from + 1 }, (_, i) => ({
        index: from + i,
        term,
        type: 'normal',
        payload: Buffer.alloc(1),
      }));
    // Entries up to 3 are of term 1 in both histories. Here those up to 8 are committed, in terms 1 to 3; the quorum was
    // recovered with entry 4 of term 4.
    const here = [...run(1, 5, 1), ...run(6, 8, 3)];
    const hardState = { term: 3, vote: undefined, commit: 8 };
    const whole = (): RaftCore => coreOf(hardState, here);
    const compacted = (): RaftCore =>
      coreOf(hardState, here.slice(7), {
        snapshot: { index: 7, term: 3, voters: VOTERS, chunks: [] },
        baseIndex: 7,
        baseTerm: 3,
      });
    const address = { from: OTHER, to: SELF, term: 4 };
    const append = (prevIndex: number, prevTerm: number, entries: Entry[] = []): Message => ({
      type: 'append',
      ...address,
      prevIndex,
      prevTerm,
      commit: 3,
      entries,
    });
    const snapshot = (index: number): Message => ({
      type: 'snapshotChunk',
      ...address,
      index,
      snapshotTerm: 4,
      voters: VOTERS,
      chunk: 0,
      chunks: 1,
      data: Buffer.alloc(1),
    });
    const refused = {
      code: 'INCONSISTENT_VOTER_SET',
      message: /Entry \d of .* is committed here, .* of term 4: .*varve quorum recover/,
    };
    for (const [name, core] of Object.entries({ whole, compacted })) {
      t.throws(() => core().step(append(4, 4), 1), refused, `${name}: the entry before`);
      t.throws(() => core().step(append(3, 1, run(4, 4, 4)), 1), refused, `${name}: the entries themselves`);
      t.throws(() => core().step(append(8, 4, run(9, 9, 4)), 1), refused, `${name}: behind what is committed`);
      t.throws(() => core().step(snapshot(6), 1), refused, `${name}: a snapshot`);
      const agreeing = core();
      agreeing.step(append(3, 1, run(4, 5, 1)), 1);
      agreeing.step(append(8, 3, run(9, 9, 4)), 1);
      t.equal(agreeing.lastIndex, 9, `${name}: what agrees is taken`);
    }
  },
);
