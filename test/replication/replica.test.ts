import t from 'tap';
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
  markedReplicas: [],
  minInsyncReplicas: 1,
  lagMaxMs: 10_000,
  leaderThrottled: false,
  followerThrottled: false,
};

t.test('a replica takes no new role while its log is being cut', async (t) => {
  const log = new MemoryLog();
  for (const tag of ['a', 'b', 'c']) log.appendAsLeader(batch(tag), 0);
  const replica = new Replica({
    nodeId: 1,
    clock: new ManualClock(),
    log,
    hooks: { isEligible: () => true, alterPartition: () => {} },
    highWatermark: 1,
    fetcherOf: () => {
      throw new Error('nothing is followed here');
    },
    assignment: following,
    storageFailed: () => {},
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
