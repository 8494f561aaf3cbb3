import t from 'tap';
import type { VarveError } from '../../src/common/errors.js';
import type { ProposedIsr } from '../../src/replication/in-sync-replicas.js';
import { PartitionLeader, type PartitionLeaderOptions } from '../../src/replication/partition-leader.js';
import { leaderOptions } from './leader-options.js';
import { ManualClock } from './manual-clock.js';
import { MemoryLog, batch } from './memory-log.js';

interface Setup {
  leader: PartitionLeader;
  log: MemoryLog;
  clock: ManualClock;
  proposals: Array<{ proposal: ProposedIsr; recovered: readonly number[]; lost: readonly number[] }>;
  eligible: Set<number>;
}

function setUp(options: Partial<PartitionLeaderOptions> = {}, log = new MemoryLog({ autoSync: false })): Setup {
  const clock = new ManualClock();
  const proposals: Setup['proposals'] = [];
  const eligible = new Set([1, 2, 3]);
  const hooks: PartitionLeaderOptions['hooks'] = {
    isEligible: (id) => eligible.has(id),
    alterPartition: (_, proposal, found) => void proposals.push({ proposal, ...found }),
  };
  const leader = new PartitionLeader(leaderOptions({ log, clock, hooks, ...options }));
  log.onDurable(() => leader.logDurable());
  return { leader, log, clock, proposals, eligible };
}

/** Appends, and gives the list that the answer arrives in. */
function produce(leader: PartitionLeader, acks: 'all' | 'leader' = 'all', deadlineMs = Infinity): string[] {
  const answers: string[] = [];
  leader.append(batch('x'), acks, deadlineMs, (error: VarveError | undefined) => answers.push(error?.code ?? 'ok'));
  return answers;
}

// SEED=1795814976 SECONDS=4, at that time.
t.test('what a leader heard as a follower outside the ISR counts as far as it has synced itself', async (t) => {
  const log = new MemoryLog({ autoSync: false });
  log.appendAsLeader(batch('synced'), 4);
  log.sync();
  log.appendAsLeader(batch('not'), 4);
  const { leader } = setUp({ isr: [1], highWatermark: 2, minInsyncReplicas: 1 }, log);
  t.equal(leader.highWatermark, 1);
  log.sync();
  t.equal(leader.highWatermark, 2);
});

t.test('acks=all waits until every ISR member, the leader included, has synced', async (t) => {
  const { leader, log } = setUp();
  const answers = produce(leader);
  leader.followerFetched(2, 1, 1, 7, 0);
  leader.followerFetched(3, 1, 0, 7, 0);
  log.sync();
  t.same(answers, [], 'node 3 has fetched, but not synced');
  t.equal(leader.highWatermark, 0);
  leader.followerFetched(3, 1, 1, 7, 0);
  t.same(answers, ['ok']);
  t.equal(leader.highWatermark, 1);
});

t.test('the leader itself counts only with what it has synced', async (t) => {
  const { leader, log } = setUp();
  const answers = produce(leader);
  leader.followerFetched(2, 1, 1, 7, 0);
  leader.followerFetched(3, 1, 1, 7, 0);
  t.same(answers, [], "followers may be ahead of the leader's disk");
  log.sync();
  t.same(answers, ['ok']);
});

t.test("acks=1 waits for the leader's own sync", async (t) => {
  const { leader, log } = setUp();
  const answers = produce(leader, 'leader');
  t.same(answers, []);
  log.sync();
  t.same(answers, ['ok']);
  t.equal(leader.highWatermark, 0);
});

t.test(
  'below min.insync.replicas acks=all is refused without effect, and the high watermark stands still',
  async (t) => {
    const { leader, log } = setUp({ isr: [1], minInsyncReplicas: 2 });
    t.same(produce(leader), ['NOT_ENOUGH_REPLICAS']);
    t.equal(log.endOffset, 0);
    const answers = produce(leader, 'leader');
    log.sync();
    t.same(answers, ['ok'], 'acks=1 is served');
    t.equal(leader.highWatermark, 0, 'but nothing becomes visible');
  },
);

t.test('a removal counts only once committed; an addition counts from its proposal on', async (t) => {
  const { leader, log, clock, proposals } = setUp({ replicas: [1, 2, 3], isr: [1, 2], minInsyncReplicas: 1 });
  // Node 3 catches up and is proposed; from now on it must have what is acknowledged.
  leader.followerFetched(3, 0, 0, 7, 0);
  t.same(
    proposals.map(({ proposal }) => proposal.isr),
    [[1, 2, 3]],
  );
  const answers = produce(leader);
  log.sync();
  leader.followerFetched(2, 1, 1, 7, 0);
  t.same(answers, [], 'the addition of node 3 is in flight');
  leader.followerFetched(3, 1, 1, 7, 0);
  t.same(answers, ['ok']);
  leader.update({
    isr: [1, 2, 3],
    partitionEpoch: 11,
    replicas: [1, 2, 3],
    markedReplicas: [],
    minInsyncReplicas: 1,
    lagMaxMs: 10_000,
    leaderThrottled: false,
  });
  // Node 2 falls behind and its removal is proposed: until that is committed it may be elected, so it still counts.
  const later = produce(leader);
  log.sync();
  leader.followerFetched(3, 2, 2, 7, 0);
  await clock.advance(10_001);
  leader.followerFetched(3, 2, 2, 7, 0);
  leader.tick(clock.monotonicMs());
  t.same(proposals[1]?.proposal.isr, [1, 3]);
  leader.followerFetched(3, 2, 2, 7, 0);
  t.same(later, [], 'the removal of node 2 is in flight');
  leader.update({
    isr: [1, 3],
    partitionEpoch: 12,
    replicas: [1, 2, 3],
    markedReplicas: [],
    minInsyncReplicas: 1,
    lagMaxMs: 10_000,
    leaderThrottled: false,
  });
  t.same(later, ['ok']);
});

t.test('a proposal without an answer stays in flight, however long, until a newer image settles it', async (t) => {
  const { leader, log, clock, proposals } = setUp({ isr: [1, 2], minInsyncReplicas: 1 });
  leader.followerFetched(3, 0, 0, 7, 0);
  const answers = produce(leader);
  log.sync();
  leader.followerFetched(2, 1, 1, 7, 0);
  await clock.advance(600_000);
  leader.followerFetched(2, 1, 1, 7, 0);
  leader.tick(clock.monotonicMs());
  t.same(answers, [], 'node 3 may be in the committed ISR by now');
  t.equal(proposals.length, 1);
  leader.update({
    isr: [1, 2],
    partitionEpoch: 11,
    replicas: [1, 2, 3],
    markedReplicas: [],
    minInsyncReplicas: 1,
    lagMaxMs: 10_000,
    leaderThrottled: false,
  });
  t.same(answers, ['ok']);
});

t.test('a member whose durable offset falls below the high watermark is removed at once', async (t) => {
  const { leader, log, proposals } = setUp();
  produce(leader);
  log.sync();
  leader.followerFetched(2, 1, 1, 7, 0);
  leader.followerFetched(3, 1, 1, 7, 0);
  t.equal(leader.highWatermark, 1);
  leader.followerFetched(3, 0, 0, 8, 0);
  t.same(
    proposals.map(({ proposal, lost }) => [proposal.isr, lost]),
    [[[1, 2], [3]]],
    'and the controller is told that it lost what was acknowledged',
  );
});

t.test(
  "a follower joins by its durable offset, at the high watermark and the epoch's start, if it is eligible",
  async (t) => {
    const log = new MemoryLog({ autoSync: false });
    log.appendAsLeader(batch('old', 4), 4);
    log.sync();
    const { leader, eligible, proposals, clock } = setUp({ isr: [1, 2], highWatermark: 2 }, log);
    leader.followerFetched(3, 4, 3, 7, 0);
    t.equal(proposals.length, 0, 'synced below where the epoch starts');
    eligible.delete(3);
    leader.followerFetched(3, 4, 4, 7, 0);
    t.equal(proposals.length, 0, 'fenced, or another incarnation (KIP-903)');
    eligible.add(3);
    leader.tick(clock.monotonicMs());
    t.same(
      proposals.map(({ proposal }) => proposal.isr),
      [[1, 2, 3]],
    );
  },
);

t.test("the last words of a dead incarnation, held up on its connection, are not its successor's", async (t) => {
  const { leader, log } = setUp({ isr: [1, 2], replicas: [1, 2] });
  const answers = produce(leader);
  log.sync();
  leader.followerFetched(2, 0, 0, 9, 0);
  leader.followerFetched(2, 1, 1, 7, 0);
  t.same(answers, [], 'the incarnation that lives has not synced it');
  t.equal(leader.brokerEpochOf(2), 9);
  leader.followerFetched(2, 1, 1, 9, 0);
  t.same(answers, ['ok']);
});

t.test('a refused proposal is not made again before the next tick', async (t) => {
  const { leader, proposals, clock } = setUp({ isr: [1, 2] });
  leader.followerFetched(3, 0, 0, 7, 0);
  leader.refused(proposals[0]?.proposal as ProposedIsr);
  leader.followerFetched(3, 0, 0, 7, 0);
  t.equal(proposals.length, 1);
  leader.tick(clock.monotonicMs());
  t.equal(proposals.length, 2);
});

t.test('an idle follower does not lag; its lag begins with the first record that it misses', async (t) => {
  const { leader, clock, proposals } = setUp();
  leader.followerFetched(2, 0, 0, 7, 0);
  leader.followerFetched(3, 0, 0, 7, 0);
  await clock.advance(60_000);
  produce(leader);
  leader.tick(clock.monotonicMs());
  t.equal(proposals.length, 0);
  await clock.advance(10_001);
  leader.tick(clock.monotonicMs());
  t.same(proposals[0]?.proposal.isr, [1]);
});

t.test(
  'a follower that lacks records and has no stream for three seconds leaves, long before one that lags',
  async (t) => {
    const { leader, clock, proposals } = setUp();
    leader.followerFetched(2, 0, 0, 7, 0);
    leader.followerFetched(3, 0, 0, 7, 0);
    leader.followerLeft(3);
    await clock.advance(60_000);
    leader.tick(clock.monotonicMs());
    t.equal(proposals.length, 0, 'one that has everything stays, however long it is away');
    const answers = produce(leader);
    leader.followerFetched(2, 1, 1, 7, 0);
    await clock.advance(3_000);
    leader.tick(clock.monotonicMs());
    t.equal(proposals.length, 0, 'it may come back on another stream');
    await clock.advance(1);
    leader.tick(clock.monotonicMs());
    t.same(proposals[0]?.proposal.isr, [1, 2]);
    t.same(answers, [], 'until the removal is committed it is waited for');
  },
);

/** As a node looks at its partitions. */
async function tickFor(leader: PartitionLeader, clock: ManualClock, ms: number): Promise<void> {
  for (let passed = 0; passed < ms; passed += 500) {
    await clock.advance(500);
    leader.tick(clock.monotonicMs());
  }
}

t.test('a member that a new leader does not hear of leaves after three seconds', async (t) => {
  const { leader, log, clock, proposals } = setUp();
  const answers = produce(leader);
  log.sync();
  leader.followerFetched(2, 1, 1, 7, 0);
  // From the first tick on: what takes a node long is to begin with all that it leads.
  await clock.advance(4_000);
  leader.followerFetched(2, 1, 1, 7, 0);
  leader.tick(clock.monotonicMs());
  await tickFor(leader, clock, 3_000);
  t.equal(proposals.length, 0, 'it may be on its way');
  await tickFor(leader, clock, 500);
  t.same(proposals[0]?.proposal.isr, [1, 2]);
  t.same(answers, []);
});

t.test('a member that has fetched once from a new leader has replica.lag.time.max.ms', async (t) => {
  const { leader, clock, proposals } = setUp();
  produce(leader);
  for (const id of [2, 3]) leader.followerFetched(id, 0, 0, 7, 0);
  await tickFor(leader, clock, 9_500);
  t.equal(proposals.length, 0);
});

t.test('a member that speaks of other partitions is not taken for cut off by a new leader', async (t) => {
  const clock = new ManualClock();
  const proposals: ProposedIsr[] = [];
  let heardMs: number | undefined;
  const hooks: PartitionLeaderOptions['hooks'] = {
    isEligible: () => true,
    alterPartition: (_, proposal) => void proposals.push(proposal),
    heardMs: (nodeId) => (nodeId === 3 ? heardMs : undefined),
  };
  const leader = new PartitionLeader(leaderOptions({ log: new MemoryLog(), clock, hooks }));
  leader.followerFetched(2, 0, 0, 7, 0);
  for (let second = 0; second < 5; second++) {
    heardMs = clock.monotonicMs();
    await tickFor(leader, clock, 1_000);
  }
  t.same(proposals, []);
  await tickFor(leader, clock, 2_500);
  t.same(proposals[0]?.isr, [1, 2], 'until it is silent');
});

t.test('a new leader whose node stood still hears first what came meanwhile', async (t) => {
  const { leader, clock, proposals } = setUp();
  produce(leader);
  await tickFor(leader, clock, 500);
  await clock.advance(5_000);
  leader.followerFetched(2, 1, 1, 7, 0);
  t.equal(proposals.length, 0, 'what node 3 said may come right after it');
  leader.tick(clock.monotonicMs());
  await tickFor(leader, clock, 3_000);
  t.equal(proposals.length, 0);
  await tickFor(leader, clock, 500);
  t.same(proposals[0]?.proposal.isr, [1, 2]);
});

t.test('a follower that came back on another stream before its old one closed is not taken for gone', async (t) => {
  const { leader, clock, proposals } = setUp();
  for (const id of [2, 3]) leader.followerFetched(id, 0, 0, 7, 0);
  leader.followerLeft(3);
  produce(leader);
  leader.followerFetched(2, 1, 1, 7, 0);
  leader.followerFetched(3, 1, 0, 7, 0);
  await clock.advance(9_000);
  leader.tick(clock.monotonicMs());
  t.equal(proposals.length, 0, 'its disk is slow, which it has replica.lag.time.max.ms for');
});

t.test('latest offsets are not told before the high watermark has reached the epoch (KIP-207)', async (t) => {
  const log = new MemoryLog({ autoSync: true });
  log.appendAsLeader(batch('old', 4), 4);
  const { leader } = setUp({ highWatermark: 2 }, log);
  t.throws(() => leader.latestOffset(false), { code: 'OFFSET_NOT_AVAILABLE' });
  leader.followerFetched(2, 4, 4, 7, 0);
  leader.followerFetched(3, 4, 4, 7, 0);
  t.equal(leader.latestOffset(false), 4);
});

t.test('the mark of a cut replica ends when its durable offset is at the high watermark', async (t) => {
  const { leader, proposals } = setUp({ isr: [1, 2], markedReplicas: [2] });
  leader.followerFetched(2, 0, 0, 7, 0);
  t.same(
    proposals.map(({ recovered }) => recovered),
    [[2]],
  );
});

t.test('a waiting produce times out, and one of a deposed leader is told to go elsewhere', async (t) => {
  const { leader, clock } = setUp();
  const late = produce(leader, 'all', clock.monotonicMs() + 100);
  const patient = produce(leader);
  await clock.advance(101);
  leader.tick(clock.monotonicMs());
  t.same([late, patient], [['REQUEST_TIMED_OUT'], []]);
  const { VarveError } = await import('../../src/common/errors.js');
  leader.close(new VarveError('NOT_LEADER_OR_FOLLOWER'));
  t.same(patient, ['NOT_LEADER_OR_FOLLOWER']);
  t.same(produce(leader), ['NOT_LEADER_OR_FOLLOWER']);
});

t.test('a duplicate that waited behind a batch that came too late is answered with it', async (t) => {
  const { leader, log, clock } = setUp({ highWatermark: 0 });
  const first = produce(leader);
  log.sync();
  for (const follower of [2, 3]) leader.followerFetched(follower, 1, 1, 7, 0);
  t.same(first, ['ok']);
  const late = produce(leader, 'all', clock.monotonicMs() + 500);
  const duplicate: string[] = [];
  log.appendAsLeader = () => ({ firstOffset: 0, lastOffset: 0, logAppendTimeMs: -1 });
  leader.append(batch('x'), 'all', Infinity, (error) => duplicate.push(error?.code ?? 'ok'));
  t.same(duplicate, [], 'answers keep the order of the appends');
  await clock.advance(600);
  leader.tick(clock.monotonicMs());
  t.same(late, ['REQUEST_TIMED_OUT']);
  t.same(duplicate, ['ok'], 'its original is below the high watermark');
});

t.test(
  'a follower that is always a little later than the members joins all the same, under a steady load',
  async (t) => {
    const { leader, log, clock, proposals } = setUp({ isr: [1, 2] });
    /** Node 2 has each record at once, node 3 two records later. */
    const step = async (late: number): Promise<void> => {
      await clock.advance(10);
      produce(leader);
      log.sync();
      leader.followerFetched(2, log.endOffset, log.endOffset, 7, 0);
      const behind = Math.max(0, log.endOffset - late);
      leader.followerFetched(3, behind, behind, 7, 0);
    };
    for (let i = 0; i < 10 && proposals.length === 0; i++) await step(2);
    t.same(proposals[0]?.proposal.isr, [1, 2, 3]);
    t.ok(leader.highWatermark <= log.endOffset - 2, 'what it lacks is not acknowledged any more');
    t.equal(proposals.length, 1);
  },
);

t.test('a follower that stops on the way into the ISR does not hold up the others for long', async (t) => {
  const { leader, log, clock, proposals } = setUp({ isr: [1, 2] });
  const step = async (): Promise<void> => {
    await clock.advance(10);
    produce(leader);
    log.sync();
    leader.followerFetched(2, log.endOffset, log.endOffset, 7, 0);
  };
  await step();
  leader.followerFetched(3, 0, 0, 7, 0);
  await step();
  await step();
  t.equal(leader.highWatermark, 1, 'it waits for node 3');
  await clock.advance(600);
  leader.tick(clock.monotonicMs());
  t.equal(leader.highWatermark, 3);
  leader.followerFetched(3, 2, 2, 7, 0);
  await step();
  t.equal(leader.highWatermark, 4, 'and not again at once');
  t.same(proposals, []);
});

t.test('an eligible replica that comes back with less than was acknowledged is told of', async (t) => {
  const log = new MemoryLog({ autoSync: false });
  log.appendAsLeader(batch('a'), 4);
  log.sync();
  const { leader, proposals } = setUp({ isr: [1], elr: [2, 3], markedReplicas: [3], highWatermark: 1 }, log);
  leader.followerFetched(3, 0, 0, 7, 0);
  t.same(proposals, [], 'of one that was cut by its recovery the mark tells');
  leader.followerFetched(2, 0, 0, 7, 0);
  t.same(
    proposals.map(({ proposal, lost }) => [proposal.isr, lost]),
    [[[1], [2]]],
    'it may be elected the next moment, and its folder is gone',
  );
});
