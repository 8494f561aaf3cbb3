import t from 'tap';
import { uuidFromBytes } from '../../src/common/ids.js';
import { DEFAULT_RAFT_CONFIG } from '../../src/raft/api.js';
import { RaftCore } from '../../src/raft/core/raft-core.js';
import type { Message, Ready } from '../../src/raft/core/types.js';
import { VoterSet } from '../../src/raft/core/voter-set.js';

// What wakes a replica while nothing happens.

const VOTERS = new VoterSet(
  [1, 2, 3].map((nodeId) => ({
    nodeId,
    directoryId: uuidFromBytes(Buffer.alloc(16, nodeId)),
    host: `n${nodeId}`,
    port: 9093,
  })),
  uuidFromBytes(Buffer.alloc(16, 9)),
);
const [SELF = '', OTHER = '', THIRD = ''] = VOTERS.keys;
const { heartbeatIntervalMs, electionTimeoutMinMs, electionTimeoutMaxMs } = DEFAULT_RAFT_CONFIG;

function newCore(): RaftCore {
  return new RaftCore({
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
      entries: [],
      clusterId: VOTERS.clusterId,
      applied: 0,
    },
    nowMs: 0,
  });
}

/** All that the core asks for until it has nothing more to ask. */
function settle(core: RaftCore): Message[] {
  const sent: Message[] = [];
  for (;;) {
    const { messages, persist, committed }: Ready = core.ready();
    sent.push(...messages, ...(persist?.messages ?? []));
    if (persist !== undefined) core.persisted();
    if (persist === undefined && committed.length === 0) return sent;
  }
}

/** A leader whose followers have all of its log. */
function newLeader(): RaftCore {
  const core = newCore();
  core.campaign(0);
  for (const preVote of [true, false]) {
    settle(core);
    core.step({ type: 'voteResponse', from: OTHER, to: SELF, term: 2, preVote, granted: true }, 0);
  }
  settle(core);
  for (const from of [OTHER, THIRD]) {
    const head = { type: 'appendResponse', from, to: SELF, term: core.term } as const;
    core.step({ ...head, index: core.lastIndex, rejected: false, hintIndex: 0, hintTerm: 0 }, 0);
  }
  settle(core);
  return core;
}

t.test('a leader of an idle quorum wakes for its heartbeats, and looks at its majority with them', async (t) => {
  const core = newLeader();
  t.equal(core.role, 'leader');
  let wakes = 0;
  let heartbeats = 0;
  for (let nowMs = core.dueMs; nowMs <= 10_000; nowMs = core.dueMs) {
    core.tick(nowMs);
    wakes++;
    const beats = settle(core).filter(({ type }) => type === 'heartbeat');
    if (beats.length > 0) heartbeats++;
    for (const { to } of beats)
      core.step({ type: 'heartbeatResponse', from: to, to: SELF, term: core.term, readSequence: 0 }, nowMs);
    settle(core);
  }
  t.equal(heartbeats, 10_000 / heartbeatIntervalMs + 1);
  t.ok(wakes <= heartbeats + 1, `${wakes} wake-ups for ${heartbeats} heartbeats`);

  const silentMs = core.dueMs;
  while (core.role === 'leader') core.tick(core.dueMs);
  const tookMs = core.dueMs - electionTimeoutMinMs - silentMs;
  t.ok(tookMs <= electionTimeoutMaxMs + heartbeatIntervalMs, `a leader alone steps down after ${tookMs} ms`);
});

t.test('reads, which have heartbeats of their own, do not put off the look at the majority', async (t) => {
  const core = newLeader();
  let nowMs = 0;
  for (let request = 1; core.role === 'leader' && nowMs < 10_000; request++) {
    nowMs += heartbeatIntervalMs / 2;
    core.readIndex(request);
    settle(core);
    if (core.dueMs <= nowMs) core.tick(nowMs);
  }
  t.ok(nowMs <= 2 * electionTimeoutMaxMs, `nobody answers: it stepped down after ${nowMs} ms`);
});

t.test('a follower that hears its leader wakes for the election that might be due, and for nothing else', async (t) => {
  const core = newCore();
  for (let nowMs = 0; nowMs < 10_000; nowMs += heartbeatIntervalMs) {
    core.step({ type: 'heartbeat', from: OTHER, to: SELF, term: 2, commit: 0, readSequence: 0 }, nowMs);
    settle(core);
    t.equal(core.dueMs, nowMs + electionTimeoutMinMs);
    if (nowMs % 1_000 === 0) core.tick(nowMs);
  }
  t.equal(core.leader, OTHER);
});

t.test('a tick waits for what has arrived where it may take someone for silent, and nowhere else', async (t) => {
  const follower = newCore();
  follower.step({ type: 'heartbeat', from: OTHER, to: SELF, term: 2, commit: 0, readSequence: 0 }, 0);
  settle(follower);
  t.equal(follower.judgesAt(electionTimeoutMinMs - 1), false);
  t.equal(follower.judgesAt(electionTimeoutMinMs), true);

  const leader = newLeader();
  t.equal(leader.judgesAt(electionTimeoutMaxMs), false, 'all have answered within the time');
  const answer = { type: 'heartbeatResponse', to: SELF, term: leader.term, readSequence: 0 } as const;
  leader.step({ ...answer, from: OTHER }, electionTimeoutMaxMs);
  t.equal(leader.judgesAt(electionTimeoutMaxMs + 1), true, 'one has not: a voter that was wiped may be replaced');
  leader.step({ ...answer, from: THIRD }, electionTimeoutMaxMs);
  t.equal(leader.judgesAt(electionTimeoutMaxMs + 1), false);
  leader.propose([Buffer.from('x')]);
  leader.ready();
  t.equal(leader.judgesAt(electionTimeoutMaxMs + 1), true, 'its own disk has not answered');
  leader.persisted();
  settle(leader);
  t.equal(leader.judgesAt(electionTimeoutMaxMs + 1), false);
  t.equal(leader.transferLeadership(2), 'started');
  settle(leader);
  t.equal(leader.judgesAt(2 * electionTimeoutMaxMs - 1), false);
  t.equal(leader.judgesAt(2 * electionTimeoutMaxMs), true, 'the one that is to take over may have failed to');
});
