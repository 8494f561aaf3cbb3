import t from 'tap';
import { VarveError } from '../../src/common/errors.js';
import type { ProposedIsr } from '../../src/replication/in-sync-replicas.js';
import { PartitionLeader, type PartitionLeaderOptions } from '../../src/replication/partition-leader.js';
import { leaderOptions } from './leader-options.js';
import { ManualClock, settle } from './manual-clock.js';
import { MemoryLog, batch } from './memory-log.js';

function setUp(options: Partial<PartitionLeaderOptions> = {}) {
  const clock = new ManualClock();
  const log = new MemoryLog();
  const proposals: ProposedIsr[] = [];
  for (const tag of ['a', 'b', 'c', 'd']) log.appendAsLeader(batch(tag), 5);
  const hooks: PartitionLeaderOptions['hooks'] = {
    isEligible: () => true,
    alterPartition: (_, proposal) => void proposals.push(proposal),
  };
  const leader = new PartitionLeader(leaderOptions({ log, clock, hooks, highWatermark: 4, ...options }));
  /** Deletes, and gives the list that the answer arrives in. */
  const deleteRecords = (before: number, timeoutMs = 5_000, signal?: AbortSignal): Array<number | string> => {
    const answers: Array<number | string> = [];
    leader.deleteRecords(before, clock.monotonicMs() + timeoutMs, signal).then(
      (low) => answers.push(low),
      (error: unknown) => answers.push(error instanceof VarveError ? error.code : String(error)),
    );
    return answers;
  };
  const fetched = (nodeId: number, startOffset: number): void => leader.followerFetched(nodeId, 4, 4, 7, startOffset);
  return { leader, log, clock, proposals, deleteRecords, fetched };
}

t.test('records are deleted once every in-sync replica has stored the new log start', async (t) => {
  const { deleteRecords, fetched, log } = setUp();
  let stored = (): void => {};
  log.storedStart = () => new Promise((resolve) => (stored = resolve));
  const answer = deleteRecords(3);
  t.equal(log.startOffset, 3, 'nobody reads them from now on');
  fetched(2, 3);
  fetched(3, 2);
  stored();
  await settle();
  t.same(answer, [], 'node 3 has not');
  fetched(3, 3);
  await settle();
  t.same(answer, [3]);
  const further = deleteRecords(4);
  fetched(2, 4);
  fetched(3, 4);
  await settle();
  t.same(further, [], 'nor has the leader');
  stored();
  await settle();
  t.same(further, [4]);
});

t.test('while too few are in sync nothing counts as deleted: an eligible replica may still have it', async (t) => {
  const { deleteRecords, fetched, leader, log } = setUp({ minInsyncReplicas: 2 });
  const waiting = deleteRecords(2);
  const state = {
    replicas: [1, 2, 3],
    markedReplicas: [],
    minInsyncReplicas: 2,
    lagMaxMs: 10_000,
    leaderThrottled: false,
  };
  leader.update({ ...state, isr: [1], partitionEpoch: 11 });
  await settle();
  t.same(waiting, []);
  const refused = deleteRecords(3);
  await settle();
  t.same(refused, ['NOT_ENOUGH_REPLICAS']);
  t.equal(log.startOffset, 2, 'what is refused has no effect');
  leader.update({ ...state, isr: [1, 2], partitionEpoch: 12 });
  await settle();
  t.same(waiting, [], 'it has come back, and has not said that it stored it');
  fetched(2, 2);
  await settle();
  t.same(waiting, [2]);
});

t.test('a replica that leaves the ISR is waited for no longer', async (t) => {
  const { deleteRecords, fetched, leader } = setUp();
  const answer = deleteRecords(2);
  fetched(2, 2);
  await settle();
  t.same(answer, []);
  leader.update({
    isr: [1, 2],
    partitionEpoch: 11,
    replicas: [1, 2, 3],
    markedReplicas: [],
    minInsyncReplicas: 2,
    lagMaxMs: 10_000,
    leaderThrottled: false,
  });
  await settle();
  t.same(answer, [2]);
});

t.test('a replica without the log start that was promised does not join the ISR', async (t) => {
  const { deleteRecords, fetched, proposals } = setUp({ isr: [1, 2] });
  const answer = deleteRecords(2);
  fetched(2, 2);
  await settle();
  t.same(answer, [2]);
  fetched(3, 1);
  t.same(proposals, []);
  fetched(3, 2);
  t.same(proposals[0]?.isr, [1, 2, 3]);
});

t.test('a replica that the controller did not let join is waited for no longer', async (t) => {
  const { deleteRecords, fetched, leader, proposals } = setUp({ isr: [1, 2] });
  fetched(3, 0);
  const [joining] = proposals;
  if (joining === undefined) throw new Error('node 3 has everything');
  const answer = deleteRecords(2);
  fetched(2, 2);
  await settle();
  t.same(answer, [], 'it may be a member already');
  leader.refused(joining);
  await settle();
  t.same(answer, [2]);
});

t.test('a deletion that nobody waits for any more leaves nothing behind', async (t) => {
  const { deleteRecords, fetched, log } = setUp();
  const call = new AbortController();
  const given = deleteRecords(2, 60_000, call.signal);
  const other = deleteRecords(2, 60_000);
  await settle();
  call.abort();
  await settle();
  t.same([given, other], [['REQUEST_TIMED_OUT'], []]);
  t.equal(log.startOffset, 2, 'what was begun goes on');
  const late = deleteRecords(3, 60_000, call.signal);
  await settle();
  t.same(late, ['REQUEST_TIMED_OUT'], 'nor does one that was given up before it began');
  for (const node of [2, 3]) fetched(node, 3);
  await settle();
  t.same(other, [3]);
});

t.test('a deletion ends with its time, or with the leadership', async (t) => {
  const { deleteRecords, fetched, leader, clock } = setUp();
  const late = deleteRecords(1, 100);
  const patient = deleteRecords(2);
  fetched(2, 2);
  await clock.advance(101);
  leader.tick(clock.monotonicMs());
  await settle();
  t.same([late, patient], [['REQUEST_TIMED_OUT'], []]);
  leader.close(new VarveError('NOT_LEADER_OR_FOLLOWER'));
  await settle();
  t.same(patient, ['NOT_LEADER_OR_FOLLOWER']);
  const refused = deleteRecords(3);
  await settle();
  t.same(refused, ['NOT_LEADER_OR_FOLLOWER']);
});
