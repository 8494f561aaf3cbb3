import t from 'tap';
import { IsrChanges } from '../../src/replication/isr-changes.js';
import { PartitionLeader } from '../../src/replication/partition-leader.js';
import type { varve } from '../../src/protocol/controller.js';
import { errorCode } from '../../src/common/errors.js';
import { uuidToBytes } from '../../src/common/ids.js';
import type { LeaderHooks } from '../../src/replication/partition-leader.js';
import { leaderOptions, TOPIC_ID } from './leader-options.js';
import { ManualClock } from './manual-clock.js';
import { MemoryLog } from './memory-log.js';

type Sent = varve.internal.IAlterPartition[];

/** A leader that is about to let node 2 join, and what it sends to the controller. */
function setUp(send: (partitions: Sent) => Promise<varve.internal.IAlterPartitionResponse>): {
  clock: ManualClock;
  leader: PartitionLeader;
  changes: IsrChanges;
  image: { epochOfNode2: number };
} {
  const clock = new ManualClock();
  const image = { epochOfNode2: 7 };
  const changes = new IsrChanges({ clock, retryMs: 50, brokerEpochOf: () => image.epochOfNode2, send });
  const isEligible = (_: number, brokerEpoch: number): boolean => brokerEpoch === image.epochOfNode2;
  return { clock, leader: aloneInSync(clock, changes, { isEligible }), changes, image };
}

const idOf = (i: number): string => i.toString().padStart(4, 'A').padStart(21, 'A') + 'A';

/** Node 1 leads alone; node 2 is to join. */
function aloneInSync(
  clock: ManualClock,
  changes: IsrChanges,
  { topicId = TOPIC_ID, isEligible = () => true }: { topicId?: string; isEligible?: LeaderHooks['isEligible'] } = {},
): PartitionLeader {
  const log = new MemoryLog({ autoSync: true });
  const hooks: LeaderHooks = {
    isEligible,
    alterPartition: (leader, proposal, found) => changes.add({ topicId, partition: 0, leader, proposal, found }),
  };
  return new PartitionLeader(
    leaderOptions({ log, clock, hooks, topicId, replicas: [1, 2], isr: [1], minInsyncReplicas: 1 }),
  );
}

t.test('a proposal sent again names the incarnations that were seen in sync, not their successors', async (t) => {
  const sent: Sent[] = [];
  const { clock, leader, changes, image } = setUp(async (partitions) => {
    sent.push(partitions);
    throw new Error('no answer');
  });
  leader.followerFetched(2, 0, 0, 7, 0);
  await clock.advance(1);
  // Node 2 registers anew, perhaps without what it had, while the first request found no answer.
  image.epochOfNode2 = 8;
  await clock.advance(200);
  t.ok(sent.length > 1, `sent ${sent.length} times`);
  t.same(
    new Set(sent.flat().map((one) => one.new_isr?.find((member) => member.node_id === 2)?.broker_epoch)),
    new Set([7]),
  );
  changes.close();
});

t.test('a change that was made comes with the image; one that was none is proposed anew at a tick', async (t) => {
  let partitionEpoch = 11;
  let count = 0;
  const { clock, leader, changes } = setUp(async () => {
    count++;
    const answer = { topic_id: uuidToBytes(TOPIC_ID), leader_epoch: 5, partition_epoch: partitionEpoch, isr: [1, 2] };
    return { partitions: [answer] };
  });
  leader.followerFetched(2, 0, 0, 7, 0);
  await clock.advance(1_000);
  t.equal(count, 1);
  t.ok(leader.proposedIsr, 'in flight until the image has it');
  const state = {
    isr: [1, 2],
    replicas: [1, 2],
    markedReplicas: [2],
    minInsyncReplicas: 2,
    lagMaxMs: 10_000,
    leaderThrottled: false,
  };
  partitionEpoch = 11;
  leader.update({ ...state, partitionEpoch: 11 });
  await clock.advance(1);
  t.equal(count, 2, 'the end of a mark is proposed');
  t.notOk(leader.proposedIsr, 'the partition is at epoch 11 as before: nothing was changed');
  changes.close();
});

t.test('a change that a vanished controller was asked for goes to the new one at once', async (t) => {
  const answers: Array<(answer: varve.internal.IAlterPartitionResponse) => void> = [];
  const { clock, leader, changes } = setUp(() => new Promise((resolve) => answers.push(resolve)));
  leader.followerFetched(2, 0, 0, 7, 0);
  await clock.advance(1);
  t.equal(answers.length, 1);
  changes.retryNow();
  await clock.advance(0);
  t.equal(answers.length, 2, 'without waiting for an answer or for a time-out');
  const refusal = { topic_id: uuidToBytes(TOPIC_ID), error: errorCode('INELIGIBLE_REPLICA') };
  answers[0]?.({ partitions: [refusal] });
  await clock.advance(0);
  t.ok(leader.proposedIsr, 'the first one asked has no say any more');
  answers[1]?.({ partitions: [refusal] });
  await clock.advance(0);
  t.notOk(leader.proposedIsr);
  changes.close();
});

t.test('the work on an answer grows with the partitions in it, not with their square', async (t) => {
  const clock = new ManualClock();
  const count = 300;
  const leaders: PartitionLeader[] = [];
  let looks = 0;
  const changes = new IsrChanges({
    clock,
    retryMs: 50,
    brokerEpochOf: () => 7,
    send: async (partitions) => ({
      partitions: partitions.map(({ topic_id }) => ({
        get topic_id(): Uint8Array {
          looks++;
          return topic_id ?? new Uint8Array();
        },
        error: errorCode('INELIGIBLE_REPLICA'),
      })),
    }),
  });
  for (let i = 0; i < count; i++) {
    const leader = aloneInSync(clock, changes, { topicId: idOf(i) });
    leaders.push(leader);
    leader.followerFetched(2, 0, 0, 7, 0);
  }
  await clock.advance(1);
  t.ok(
    leaders.every((leader) => leader.proposedIsr === undefined),
    'each has its own answer',
  );
  t.ok(looks <= 4 * count, `${looks} looks at ${count} answers`);
  changes.close();
});

t.test('more changes than one batch of metadata holds go in several requests', async (t) => {
  const clock = new ManualClock();
  const sent: number[] = [];
  const answer = async (partitions: Sent): Promise<varve.internal.IAlterPartitionResponse> => {
    sent.push(partitions.length);
    // As the controller refuses what would be too much at once.
    if (partitions.length > 1_000) throw new Error('POLICY_VIOLATION');
    return {
      partitions: partitions.map(({ topic_id = null }) => ({ topic_id, error: errorCode('INELIGIBLE_REPLICA') })),
    };
  };
  const changes = new IsrChanges({ clock, retryMs: 50, brokerEpochOf: () => 7, send: answer });
  const leaders = Array.from({ length: 2_500 }, (_, i) => aloneInSync(clock, changes, { topicId: idOf(i) }));
  for (const leader of leaders) leader.followerFetched(2, 0, 0, 7, 0);
  await clock.advance(1);
  t.same(sent, [1_000, 1_000, 500], 'one after the other, without a wait');
  t.ok(leaders.every((leader) => leader.proposedIsr === undefined));
  changes.close();
});
