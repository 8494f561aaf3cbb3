import t from 'tap';
import { uuidFromBytes } from '../../src/common/ids.js';
import { DEFAULT_RAFT_CONFIG } from '../../src/raft/api.js';
import type { RaftConfig } from '../../src/raft/api.js';
import { RaftCore } from '../../src/raft/core/raft-core.js';
import type { Message } from '../../src/raft/core/types.js';
import { VoterSet, replicaKey } from '../../src/raft/core/voter-set.js';

/** What a leader holds for others and for its callers is bounded, however long nobody answers. */

const CLUSTER_ID = uuidFromBytes(Buffer.alloc(16, 9));
const REPLICAS = [1, 2, 3].map((nodeId) => ({
  nodeId,
  directoryId: uuidFromBytes(Buffer.alloc(16, nodeId)),
  host: `n${nodeId}`,
  port: 9093,
}));
const [SELF = '', FOLLOWER = ''] = REPLICAS.map(replicaKey);
/** Far from what any test here reaches. */
const NO_BOUND = 1e9;

/** A leader in term 1 and one follower, whose answers are up to the test. */
class Leader {
  readonly core: RaftCore;
  #nowMs = 0;

  constructor(bounds: Partial<RaftConfig>) {
    this.core = new RaftCore({
      self: SELF,
      config: { ...DEFAULT_RAFT_CONFIG, ...bounds },
      random: { below: () => 0, bytes: (length) => Buffer.alloc(length) },
      makeClusterId: () => CLUSTER_ID,
      restored: {
        hardState: { term: 0, vote: undefined, commit: 0 },
        founding: new VoterSet(REPLICAS, CLUSTER_ID),
        snapshot: undefined,
        baseIndex: 0,
        baseTerm: 0,
        entries: [],
        clusterId: CLUSTER_ID,
        applied: 0,
      },
      nowMs: 0,
    });
    this.core.campaign(++this.#nowMs);
    this.sent();
    this.#hear({ type: 'voteResponse', preVote: true, granted: true });
    this.sent();
    this.#hear({ type: 'voteResponse', preVote: false, granted: true });
    this.sent();
    this.answer();
    this.sent();
  }

  #hear(message: { type: 'voteResponse'; preVote: boolean; granted: boolean }): void {
    this.core.step({ ...message, from: FOLLOWER, to: SELF, term: 1 }, ++this.#nowMs);
  }

  /** The follower has stored all up to `index`. */
  answer(index = this.core.lastIndex): void {
    const accepted = { rejected: false, hintIndex: 0, hintTerm: 0 } as const;
    const address = { from: FOLLOWER, to: SELF, term: 1 };
    this.core.step({ type: 'appendResponse', ...address, ...accepted, index }, ++this.#nowMs);
  }

  /** The follower's word that it follows, in this round of reads. */
  answerHeartbeat(readSequence: number): void {
    this.core.step({ type: 'heartbeatResponse', from: FOLLOWER, to: SELF, term: 1, readSequence }, ++this.#nowMs);
  }

  /** All that it sends now, its disk being quick. */
  sent(): Message[] {
    const messages: Message[] = [];
    for (let turn = 0; turn < 100; turn++) {
      const ready = this.core.ready();
      messages.push(...ready.messages, ...(ready.persist?.messages ?? []));
      if (ready.persist !== undefined) this.core.persisted();
      else if (ready.messages.length === 0 && ready.committed.length === 0) return messages;
    }
    throw new Error('there is always more to do');
  }

  /** Proposes payloads of so many bytes, one after the other; gives the payload bytes of each append to the follower. */
  appends(count: number, bytes: number): number[] {
    const sizes: number[] = [];
    for (let i = 0; i < count; i++) {
      if (this.core.propose([Buffer.alloc(bytes)]).kind !== 'appended') throw new Error('it is not taken');
      sizes.push(...this.appended());
    }
    return sizes;
  }

  appended(): number[] {
    return this.sent().flatMap((message) =>
      message.type === 'append' && message.to === FOLLOWER && message.entries.length > 0
        ? [message.entries.reduce((sum, { payload }) => sum + payload.length, 0)]
        : [],
    );
  }
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, one) => total + one, 0);
}

t.test('a follower that does not answer has a bounded number of appends under way', async (t) => {
  const leader = new Leader({ maxInflightMessages: 3, maxInflightBytes: NO_BOUND });
  t.equal(leader.core.role, 'leader');
  const before = leader.core.lastIndex;
  t.same(leader.appends(20, 10), [10, 10, 10]);
  leader.answer(before + 1);
  t.same(leader.appended(), [170], 'one is answered: the rest goes in its place');
  leader.answer();
  t.equal(leader.core.commit, before + 20);
});

t.test('and a bounded number of bytes, but for the last message', async (t) => {
  const [maxInflightBytes, maxAppendBytes] = [1_000, 300];
  const leader = new Leader({ maxInflightMessages: NO_BOUND, maxInflightBytes, maxAppendBytes });
  const underWay = sum(leader.appends(50, 100));
  t.ok(underWay > maxInflightBytes / 2, `${underWay} bytes are under way`);
  t.ok(underWay < maxInflightBytes + maxAppendBytes, `${underWay} bytes are under way`);
});

t.test('what is proposed and not committed is bounded, but for a single proposal', async (t) => {
  const leader = new Leader({ maxUncommittedBytes: 1_000 });
  const propose = (bytes: number): string => leader.core.propose([Buffer.alloc(bytes)]).kind;
  t.equal(propose(5_000), 'appended', 'nothing else waits');
  t.equal(propose(1), 'tooMuchUncommitted');
  leader.sent();
  leader.answer();
  t.equal(propose(600), 'appended');
  t.equal(propose(401), 'tooMuchUncommitted');
  t.equal(propose(300), 'appended');
  t.equal(propose(101), 'tooMuchUncommitted');
});

t.test('reads that wait for a majority are bounded', async (t) => {
  const leader = new Leader({ maxPendingReads: 3 });
  const ask = (count: number): boolean[] => Array.from({ length: count }, (_, i) => leader.core.readIndex(i + 1));
  t.same(ask(5), [true, true, true, false, false]);
  leader.sent();
  leader.answerHeartbeat(1);
  t.same(
    leader.core.ready().reads.map(({ requestId }) => requestId),
    [1, 2, 3],
    'those that were taken are answered',
  );
  t.same(ask(4), [true, true, true, false], 'and make room');
});
