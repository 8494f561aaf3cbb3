import t from 'tap';
import type { PartitionLeader } from '../../src/replication/partition-leader.js';
import { ManualClock, settle } from '../replication/manual-clock.js';
import { fetchFrom, localPosition } from './local-positions.js';

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
  // It rises each time that it is looked at, for a while.
  let looks = 0;
  const busy = leaderWith(() => Math.min(looks++, 50));
  const idle = leaderWith(() => 0);
  const positions = [localPosition(busy), localPosition(idle, { partition: 1 })];
  const answer = fetchFrom(clock, positions, { maxWaitMs: 500, minBytes: 1_000 });
  await settle();
  t.ok(looks > 50);
  t.equal(listeners, 2, 'one a partition while it waits');
  await clock.advance(500);
  t.equal((await answer).length, 2);
  t.equal(listeners, 0);
});
