import t from 'tap';
import { fetchLocal } from '../../src/broker/use-cases/local-fetch.js';
import type { LocalPosition } from '../../src/broker/use-cases/local-fetch.js';
import type { PartitionLeader } from '../../src/replication/partition-leader.js';
import { ManualClock, settle } from '../replication/manual-clock.js';
import { context } from './local-cluster.js';

t.test('a fetch that waits for more from a busy partition leaves no listener on an idle one', async (t) => {
  const clock = new ManualClock();
  let listeners = 0;
  const leaderWith = (highWatermark: () => number): PartitionLeader =>
    ({
      get highWatermark() {
        return highWatermark();
      },
      closed: undefined,
      visibleEnd: () => 0,
      log: { startOffset: 0, endOffset: 0, abortedTransactions: () => [] },
      onHighWatermark: () => {
        listeners += 1;
        return () => void (listeners -= 1);
      },
    }) as unknown as PartitionLeader;
  const positionOf = (partition: number, leader: PartitionLeader): LocalPosition => ({
    leader,
    position: {
      topic: 't',
      partition,
      offset: 0,
      positionId: 1,
      currentLeaderEpoch: -1,
      lastFetchedEpoch: -1,
      topicId: undefined,
    },
  });
  // It rises each time that it is looked at, for a while.
  let looks = 0;
  const busy = leaderWith(() => Math.min(looks++, 50));
  const idle = leaderWith(() => 0);
  const positions = [positionOf(0, busy), positionOf(1, idle)];
  const call = {
    context,
    positions: positions.map(({ position }) => position),
    isolation: 'readUncommitted' as const,
    maxBytes: 1000,
    maxWaitMs: 500,
    minBytes: 1000,
  };
  const answer = fetchLocal(clock, call, positions, 1000);
  await settle();
  t.ok(looks > 50);
  t.equal(listeners, 2, 'one a partition while it waits');
  await clock.advance(500);
  t.equal((await answer).length, 2);
  t.equal(listeners, 0);
});
