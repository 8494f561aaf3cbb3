import t from 'tap';
import { NO_NODE } from '../../src/common/ids.js';
import { silentLogger } from '../../src/platform/observe.js';
import type { PartitionLeader } from '../../src/replication/partition-leader.js';
import { Replica } from '../../src/replication/replica.js';
import type { PartitionAssignment } from '../../src/replication/replica.js';
import { ReplicaFetcher } from '../../src/replication/replica-fetcher.js';
import type { AppendOutcome } from '../../src/replication/replica-log.js';
import { ReplicationThrottle } from '../../src/replication/throttle.js';
import { FakeDisk } from '../log/fake-disk.js';
import { logConfig, makeBatch, openDirectory } from '../log/support.js';
import { ManualClock, settle } from './manual-clock.js';
import { MemoryLog, batch, tagOf } from './memory-log.js';

// One test for each way of the design's hazard table to lose or double data that replicas and their logs design out.

const TOPIC_ID = 'AAAAAAAAAAAAAAAAAAAAAQ';

const ASSIGNMENT: PartitionAssignment = {
  topic: 't',
  topicId: TOPIC_ID,
  partition: 0,
  directoryId: undefined,
  leader: NO_NODE,
  leaderEpoch: 0,
  partitionEpoch: 0,
  replicas: [1, 2],
  isr: [1, 2],
  elr: [],
  markedReplicas: [],
  minInsyncReplicas: 1,
  mayLoseRecords: false,
  lagMaxMs: 10_000,
  leaderThrottled: false,
  followerThrottled: false,
};

/** A replica on node 1, without a way to anybody else. */
function replicaOf(log: MemoryLog, highWatermark: number): Replica {
  const clock = new ManualClock();
  const fetcher = new ReplicaFetcher({
    nodeId: 1,
    sourceId: 2,
    clusterId: () => 'c',
    clock,
    logger: silentLogger,
    brokerEpoch: () => 7,
    windowBytes: 1_000_000,
    backoffMs: 20,
    maxBackoffMs: 100,
    throttle: new ReplicationThrottle(clock),
    onFetched: () => {},
    connect: () => undefined,
    disconnect: () => {},
  });
  return new Replica({
    nodeId: 1,
    clock,
    log,
    hooks: { isEligible: () => true, alterPartition: () => {} },
    highWatermark,
    fetcherOf: () => fetcher,
    assignment: ASSIGNMENT,
    storageFailed: () => {},
    epochsAhead: () => {},
  });
}

function leading(replica: Replica, change: Partial<PartitionAssignment> = {}): PartitionLeader {
  replica.apply({ ...ASSIGNMENT, leader: 1, leaderEpoch: 6, ...change });
  if (replica.leader === undefined) throw new Error('the replica leads');
  return replica.leader;
}

t.test('a follower does not cut what is above the high watermark that it knows (KIP-101)', async (t) => {
  // b is acknowledged: both replicas have it. Node 1 has not heard of that before it restarts, follows, and then leads.
  const log = new MemoryLog();
  log.appendAsLeader(batch('a'), 4);
  log.appendAsLeader(batch('b'), 4);
  const replica = replicaOf(log, 1);
  replica.apply({ ...ASSIGNMENT, leader: 2, leaderEpoch: 5 });
  await settle();
  const leader = leading(replica, { isr: [1] });
  await settle();
  t.same(log.tags, ['a', 'b'], 'nothing acknowledged is cut');
  t.equal(leader.highWatermark, 2);
});

/** Answers a batch with a tag that it has already as a log with producer state does. */
class DeduplicatingLog extends MemoryLog {
  override appendAsLeader(bytes: Buffer, leaderEpoch: number): AppendOutcome {
    const at = this.tags.indexOf(tagOf(bytes));
    if (at < 0) return super.appendAsLeader(bytes, leaderEpoch);
    return { firstOffset: at, lastOffset: at, logAppendTimeMs: -1, duplicateOf: { firstOffset: at, lastOffset: at } };
  }
}

t.test('a duplicate is acknowledged only when the high watermark passes the original', async (t) => {
  const log = new DeduplicatingLog();
  // Fetched from the former leader, which died before the others had it.
  log.appendAsFollower(batch('a'));
  const leader = leading(replicaOf(log, 0));
  const answers: string[] = [];
  leader.append(batch('a'), 'all', Infinity, (error, outcome) =>
    answers.push(error?.code ?? `ok at ${outcome?.firstOffset}`),
  );
  t.same(answers, [], 'the other replica may not have the original');
  t.same(log.tags, ['a'], 'and it is not stored twice');
  leader.followerFetched(2, 1, 1, 7, 0);
  t.same(answers, ['ok at 0']);
});

t.test('a follower that comes to lead, and a log that is recovered, know what a retry would repeat', async (t) => {
  const disk = new FakeDisk();
  const { directory } = await openDirectory(disk.mount());
  const log = await directory.openLog('t', 0, TOPIC_ID, logConfig());
  const sent = { producerId: 7, baseSequence: 0, records: 2 };
  log.appendAsFollower(makeBatch({ ...sent, leaderEpoch: 1 }));
  t.match(log.appendAsLeader(makeBatch(sent), 2), { duplicateOf: { firstOffset: 0, lastOffset: 1 } }, 'followed');
  await log.flush();
  const again = await openDirectory(disk.mount());
  const recovered = await again.directory.openLog('t', 0, TOPIC_ID, logConfig());
  t.equal(recovered.recovery?.endOffset, 2, 'it was no clean stop');
  t.match(recovered.appendAsLeader(makeBatch(sent), 2), { duplicateOf: { firstOffset: 0 } }, 'recovered');
  t.equal(recovered.endOffset, 2, 'one copy');
});

t.test('an id without state starts at sequence 0, unless the log has lost its start', async (t) => {
  const { directory } = await openDirectory(new FakeDisk());
  const log = await directory.openLog('t', 0, TOPIC_ID, logConfig());
  // Its first batch is on its way through another node, or was given up: this one must not overtake it.
  t.throws(() => log.appendAsLeader(makeBatch({ producerId: 7, baseSequence: 3 }), 1), {
    code: 'UNKNOWN_PRODUCER_ID',
  });
  t.equal(log.endOffset, 0, 'without effect');
  log.appendAsLeader(makeBatch({ producerId: 7, baseSequence: 0 }), 1);
  await log.flush();
  log.updateHighWatermark(1);
  log.deleteRecordsBefore(1);
  // What producer 8 wrote may have been deleted with the log's start.
  t.match(log.appendAsLeader(makeBatch({ producerId: 8, baseSequence: 3 }), 1), { firstOffset: 1 });
});
