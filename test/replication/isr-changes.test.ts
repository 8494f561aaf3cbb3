import t from 'tap';
import { IsrChanges } from '../../src/replication/isr-changes.js';
import { PartitionLeader } from '../../src/replication/partition-leader.js';
import type { varve } from '../../src/protocol/controller.js';
import { ManualClock } from './manual-clock.js';
import { MemoryLog } from './memory-log.js';

t.test('a proposal sent again names the incarnations that were seen in sync, not their successors', async (t) => {
  const clock = new ManualClock();
  const sent: varve.internal.IAlterPartition[][] = [];
  let epochInImage = 7;
  const changes = new IsrChanges({
    clock,
    retryMs: 50,
    brokerEpochOf: () => epochInImage,
    send: async (partitions) => {
      sent.push(partitions);
      throw new Error('no answer');
    },
  });
  const leader = new PartitionLeader({
    nodeId: 1,
    topicId: 'AAAAAAAAAAAAAAAAAAAAAQ',
    partition: 0,
    log: new MemoryLog({ autoSync: true }),
    clock,
    hooks: {
      isEligible: (_, brokerEpoch) => brokerEpoch === epochInImage,
      alterPartition: (from, proposal, found) =>
        changes.add({ topicId: from.topicId, partition: 0, leader: from, proposal, found }),
    },
    leaderEpoch: 5,
    partitionEpoch: 10,
    replicas: [1, 2],
    isr: [1],
    highWatermark: 0,
    minInsyncReplicas: 1,
    lagMaxMs: 10_000,
    markedReplicas: [],
  });
  leader.followerFetched(2, 0, 0, 7);
  await clock.advance(1);
  // Node 2 registers anew, perhaps without what it had, while the first request found no answer.
  epochInImage = 8;
  await clock.advance(200);
  t.ok(sent.length > 1, `sent ${sent.length} times`);
  t.same(
    new Set(sent.flat().map((one) => one.new_isr?.find((member) => member.node_id === 2)?.broker_epoch)),
    new Set([7]),
  );
  changes.close();
});
