import t from 'tap';
import { VarveError } from '../../src/common/errors.js';
import { silentLogger } from '../../src/platform/observe.js';
import type { ReplicaFetcher } from '../../src/replication/replica-fetcher.js';
import { ReplicaManager, type ReplicaLogs, type ReplicaManagerOptions } from '../../src/replication/replica-manager.js';
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

function managerOf(
  logs: ReplicaLogs,
  clock = new ManualClock(),
  reportTruncation: ReplicaManagerOptions['reportTruncation'] = async () => {},
  onTick: () => void = () => {},
): ReplicaManager {
  return new ReplicaManager({
    nodeId: 1,
    clock,
    logger: silentLogger,
    logs,
    isrChanges: { send: async () => ({ error: 0, partitions: [] }), brokerEpochOf: () => 1, retryMs: 100 },
    isEligible: () => true,
    fetcher: {
      clusterId: () => 'c',
      brokerEpoch: () => 1,
      windowBytes: 1,
      backoffMs: 20,
      maxBackoffMs: 20,
      connect: () => undefined,
      disconnect: () => {},
    },
    readRange: () => Promise.reject(new Error('nothing is damaged')),
    reportTruncation,
    onDamaged: () => {},
    minTickMs: 100,
    maxTickMs: 300,
    onTick,
    onProposal: () => {},
    onFetched: () => {},
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
  const manager = managerOf(
    { open: async () => ({ log, highWatermark: 0 }), remove: async () => {} },
    clock,
    async (replica, unledEpoch) => {
      reported.push({ ...replica, unledEpoch });
      const answer = answers.shift();
      if (answer !== undefined) throw answer;
    },
  );
  t.teardown(() => manager.close());
  const leading = { ...following, leader: 1, leaderEpoch: 2, partitionEpoch: 2 };
  manager.apply(leading);
  await settle();
  t.match(reported, [{ last_epoch: 1, end_offset: 1, unledEpoch: 2 }]);
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

const [DISK_A, DISK_B] = ['AAAAAAAAAAAAAAAAAAAACg', 'AAAAAAAAAAAAAAAAAAAACw'];

// As an unclean election that is ordered does with the replicas of a disk that failed in this life of their node.
t.test('a replica that is made anew in another directory is opened there, and leads', async (t) => {
  const opened: Array<string | undefined> = [];
  const logs: ReplicaLogs = {
    open: async ({ directoryId }) => {
      opened.push(directoryId);
      return { log: new MemoryLog(), highWatermark: 0 };
    },
    remove: async () => {},
  };
  const manager = managerOf(logs);
  t.teardown(() => manager.close());
  const leading = { ...following, leader: 1, leaderEpoch: 2, partitionEpoch: 2, directoryId: DISK_A };
  manager.apply(leading);
  await settle();
  const former = manager.replicaById(following.topicId, 0);
  if (former === undefined) throw new Error('it was opened');
  manager.storageFailed(former, new VarveError('KAFKA_STORAGE_ERROR'));
  manager.apply({ ...leading, leader: -1, leaderEpoch: 3, partitionEpoch: 3 });
  await settle();
  t.same(opened, [DISK_A], 'in the same directory it stays stopped');
  manager.apply({ ...leading, directoryId: DISK_B, leaderEpoch: 4, partitionEpoch: 4 });
  await settle();
  t.same(opened, [DISK_A, DISK_B]);
  t.equal(manager.leaderById(following.topicId, 0).leaderEpoch, 4);
  // Something that the failed disk had under way ends at last.
  manager.storageFailed(former, new VarveError('KAFKA_STORAGE_ERROR'));
  t.not(manager.replica('orders', 0), former);
  t.equal(manager.replica('orders', 0), manager.replicaById(following.topicId, 0), 'clients reach it');
  manager.apply({ ...leading, directoryId: DISK_B, leaderEpoch: 4, partitionEpoch: 5 });
  await settle();
  t.equal(opened.length, 2, 'once');
});

// Moved away and back in what a snapshot of the metadata brings at once.
t.test('a replica that is placed in another directory stops where it is', async (t) => {
  const manager = managerOf({ open: async () => ({ log: new MemoryLog(), highWatermark: 0 }), remove: async () => {} });
  t.teardown(() => manager.close());
  manager.apply({ ...following, leader: 1, directoryId: DISK_A });
  await settle();
  const former = manager.replicaById(following.topicId, 0);
  manager.apply({ ...following, leader: -1, leaderEpoch: 2, directoryId: DISK_B });
  t.equal(former?.stopped, true);
  await settle();
  t.equal(manager.replicaById(following.topicId, 0)?.stopped, false);
});

t.test('another directory is named while the log is being opened', async (t) => {
  for (const outcome of ['opened', 'failed']) {
    const opened: Array<string | undefined> = [];
    let goOn = (): void => {};
    const held = new Promise<void>((resolve) => (goOn = resolve));
    const logs: ReplicaLogs = {
      open: async ({ directoryId }) => {
        opened.push(directoryId);
        if (opened.length === 1) await held;
        if (opened.length === 1 && outcome === 'failed') throw new VarveError('KAFKA_STORAGE_ERROR');
        return { log: new MemoryLog(), highWatermark: 0 };
      },
      remove: async () => {},
    };
    const manager = managerOf(logs);
    t.teardown(() => manager.close());
    const leading = { ...following, leader: 1, directoryId: DISK_A };
    manager.apply(leading);
    manager.apply({ ...leading, directoryId: DISK_B, leaderEpoch: 2 });
    goOn();
    await settle();
    t.same(opened, [DISK_A, DISK_B], outcome);
    t.equal(manager.leaderById(following.topicId, 0).leaderEpoch, 2);
  }
});

t.test('late produces are looked for with the heartbeats of the quorum, and without them all the same', async (t) => {
  const clock = new ManualClock();
  const ticks: number[] = [];
  const startMs = clock.monotonicMs();
  const logs: ReplicaLogs = { open: () => Promise.reject(new Error('no log is opened')), remove: async () => {} };
  const manager = managerOf(logs, clock, undefined, () => ticks.push(clock.monotonicMs() - startMs));
  manager.quorumBeats();
  t.same(ticks, [], 'before the start there is nothing to look at');
  manager.start();
  for (let ms = 60; ms <= 360; ms += 60) {
    await clock.advance(60);
    manager.quorumBeats();
  }
  t.same(ticks, [120, 240, 360], 'a heartbeat too soon after the last look is not one');
  await clock.advance(700);
  t.same(ticks, [120, 240, 360, 660, 960]);
  manager.close();
  manager.quorumBeats();
  await clock.advance(700);
  t.equal(ticks.length, 5);
});
