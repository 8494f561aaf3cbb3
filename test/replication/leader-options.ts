import type { PartitionLeaderOptions } from '../../src/replication/partition-leader.js';

export const TOPIC_ID = 'AAAAAAAAAAAAAAAAAAAAAQ';

type Given = Partial<PartitionLeaderOptions> & Pick<PartitionLeaderOptions, 'log' | 'clock'>;

/** Node 1 leads partition 0 in epoch 5 with nodes 2 and 3 in sync, if nothing else is given. */
export function leaderOptions(given: Given): PartitionLeaderOptions {
  return {
    nodeId: 1,
    topicId: TOPIC_ID,
    partition: 0,
    hooks: { isEligible: () => true, alterPartition: () => {} },
    leaderEpoch: 5,
    partitionEpoch: 10,
    replicas: [1, 2, 3],
    isr: [1, 2, 3],
    highWatermark: 0,
    minInsyncReplicas: 2,
    lagMaxMs: 10_000,
    leaderThrottled: false,
    markedReplicas: [],
    ...given,
  };
}
