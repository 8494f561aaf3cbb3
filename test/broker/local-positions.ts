import type { LocalPosition } from '../../src/broker/use-cases/local-fetch.js';
import { fetchLocal } from '../../src/broker/use-cases/local-fetch.js';
import type { PartitionLeader } from '../../src/replication/partition-leader.js';
import type { ManualClock } from '../replication/manual-clock.js';
import { context } from './local-cluster.js';

/** Where a reader is in a partition of topic t that this node leads. */
export function localPosition(leader: PartitionLeader, given: Partial<LocalPosition['position']> = {}): LocalPosition {
  return {
    leader,
    position: {
      topic: 't',
      partition: 0,
      offset: 0,
      positionId: 1,
      currentLeaderEpoch: -1,
      lastFetchedEpoch: -1,
      topicId: undefined,
      ...given,
    },
  };
}

/** Fetches up to 1,000 bytes without forwarding. */
export function fetchFrom(
  clock: ManualClock,
  positions: readonly LocalPosition[],
  wait: { readonly maxWaitMs: number; readonly minBytes: number },
): ReturnType<typeof fetchLocal> {
  const call = {
    context,
    positions: positions.map(({ position }) => position),
    isolation: 'readUncommitted' as const,
    maxBytes: 1_000,
    ...wait,
  };
  return fetchLocal(clock, call, positions, 1_000);
}
