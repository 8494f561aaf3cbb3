import t from 'tap';
import { VarveError } from '../../src/common/errors.js';
import { silentLogger } from '../../src/platform/observe.js';
import type { ReplicaFetcher } from '../../src/replication/replica-fetcher.js';
import { ReplicaManager } from '../../src/replication/replica-manager.js';
import type { PartitionAssignment } from '../../src/replication/replica.js';
import { Replica } from '../../src/replication/replica.js';
import { ManualClock, settle } from './manual-clock.js';
import { MemoryLog, batch } from './memory-log.js';

const following: PartitionAssignment = {
  topic: 'orders',
  topicId: 'AAAAAAAAAAAAAAAAAAAAAQ',
  partition: 0,
  directoryId: undefined,
  leader: -1,
  leaderEpoch: 1,
  partitionEpoch: 1,
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

function replicaOf(log: MemoryLog, highWatermark: number, fetcherOf: () => ReplicaFetcher): Replica {
  return new Replica({
    nodeId: 1,
    clock: new ManualClock(),
    log,
    hooks: { isEligible: () => true, alterPartition: () => {} },
    highWatermark,
    fetcherOf,
    assignment: following,
    storageFailed: () => {},
    epochsAhead: () => {},
  });
}

t.test('a replica takes no new role while its log is being cut', async (t) => {
  const log = new MemoryLog();
  for (const tag of ['a', 'b', 'c']) log.appendAsLeader(batch(tag), 0);
  const replica = replicaOf(log, 1, () => {
    throw new Error('nothing is followed here');
  });
  replica.apply(following);
  let goOn = (): void => {};
  const held = new Promise<void>((resolve) => (goOn = resolve));
  const cut = replica.cut(async () => {
    await held;
    await log.truncateTo(2);
  });
  const leading = { ...following, leader: 1, leaderEpoch: 2, partitionEpoch: 2 };
  replica.apply(leading);
  await settle();
  t.equal(replica.leader, undefined, 'it would count, and append behind, what is about to go');
  goOn();
  await cut;
  t.equal(replica.leader?.epochStartOffset, 2);
  t.equal(replica.leader?.leaderEpoch, 2);
});

t.test('a log has readers while it leads', async (t) => {
  const log = new MemoryLog();
  let followed = 0;
  const fetcher = { add: () => followed++, remove: () => {}, throttleChanged: () => {} };
  const replica = replicaOf(log, 0, () => fetcher as unknown as ReplicaFetcher);
  replica.apply({ ...following, leader: 2 });
  t.equal(followed, 1);
  t.equal(log.hasReaders, false);
  replica.apply({ ...following, leader: 1, leaderEpoch: 2 });
  t.equal(log.hasReaders, true);
  replica.apply({ ...following, leader: 2, leaderEpoch: 3 });
  t.equal(log.hasReaders, false);
});

t.test('a log with a leader epoch that was never given leads only where nobody else can, and without it', async (t) => {
  const log = new MemoryLog();
  log.appendAsLeader(batch('a'), 1);
  log.appendAsLeader(batch('b'), 8192);
  const clock = new ManualClock();
  const answers: Array<VarveError | undefined> = [new VarveError('NETWORK_EXCEPTION')];
  const reported: unknown[] = [];
  const manager = new ReplicaManager({
    nodeId: 1,
    clock,
    logger: silentLogger,
    logs: { open: async () => ({ log, highWatermark: 0 }), remove: async () => {} },
    isrChanges: { send: async () => ({ error: 0, partitions: [] }), brokerEpochOf: () => 1, retryMs: 100 },
    isEligible: () => true,
    fetcher: {
      clusterId: () => 'c',
      brokerEpoch: () => 1,
      windowBytes: 1,
      backoffMs: 20,
      maxBackoffMs: 20,
      connect: () => undefined,
    },
    readRange: () => Promise.reject(new Error('nothing is damaged')),
    reportTruncation: async (replica) => {
      reported.push(replica);
      const answer = answers.shift();
      if (answer !== undefined) throw answer;
    },
    onDamaged: () => {},
    tickMs: 100,
    onTick: () => {},
    onProposal: () => {},
    onFetched: () => {},
  });
  t.teardown(() => manager.close());
  const leading = { ...following, leader: 1, leaderEpoch: 2, partitionEpoch: 2 };
  manager.apply(leading);
  await settle();
  t.match(reported, [{ end_offset: 1 }]);
  await clock.advance(150);
  t.equal(reported.length, 2, 'it asks again');
  const replica = manager.replicaById(following.topicId, 0);
  t.equal(replica?.leader, undefined);
  t.equal(log.endOffset, 2, 'another one is to lead: nothing is cut before that');
  answers.push(new VarveError('ELIGIBLE_LEADERS_NOT_AVAILABLE'));
  manager.apply({ ...leading, leaderEpoch: 3, partitionEpoch: 3 });
  await settle();
  t.equal(replica?.leader?.leaderEpoch, 3);
  t.equal(log.endOffset, 1);
});
