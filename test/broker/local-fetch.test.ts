import t from 'tap';
import type { PartitionLeader } from '../../src/replication/partition-leader.js';
import { LENGTH_AT, LOG_OVERHEAD } from '../../src/record/batch-header.js';
import { ManualClock, settle } from '../replication/manual-clock.js';
import { fetchFrom, localPosition } from './local-positions.js';

/** Leaders of partitions in which nothing is, and how many listen to them. */
class EmptyLeaders {
  listeners = 0;

  leader(highWatermark: () => number): PartitionLeader {
    return {
      get highWatermark() {
        return highWatermark();
      },
      closed: undefined,
      visibleEnd: () => 0,
      log: { startOffset: 0, endOffset: 0, abortedTransactions: () => [] },
      onHighWatermark: () => {
        this.listeners += 1;
        return () => void (this.listeners -= 1);
      },
    } as unknown as PartitionLeader;
  }
}

t.test('a fetch that waits for more from a busy partition leaves no listener on an idle one', async (t) => {
  const clock = new ManualClock();
  const leaders = new EmptyLeaders();
  // It rises each time that it is looked at, for a while.
  let looks = 0;
  const busy = leaders.leader(() => Math.min(looks++, 50));
  const idle = leaders.leader(() => 0);
  const positions = [localPosition(busy), localPosition(idle, { partition: 1 })];
  const answer = fetchFrom(clock, positions, { maxWaitMs: 500, minBytes: 1_000 });
  await settle();
  t.ok(looks > 50);
  t.equal(leaders.listeners, 2, 'one a partition while it waits');
  await clock.advance(500);
  t.equal((await answer).length, 2);
  t.equal(leaders.listeners, 0);
});

t.test('a partition that is asked for at many offsets has one listener while the fetch waits', async (t) => {
  const clock = new ManualClock();
  const leaders = new EmptyLeaders();
  const leader = leaders.leader(() => 0);
  const positions = Array.from({ length: 1_000 }, (_, positionId) => localPosition(leader, { positionId }));
  const answer = fetchFrom(clock, positions, { maxWaitMs: 500, minBytes: 1_000 });
  await settle();
  t.equal(leaders.listeners, 1);
  await clock.advance(500);
  t.equal((await answer).length, 1_000);
  t.equal(leaders.listeners, 0);
});

/** A leader of `visible` batches of 300 bytes and one record each, whose reads are counted. */
function leaderOf(
  visible: number,
  highWatermark: () => number,
): { readonly leader: PartitionLeader; readonly reads: () => number } {
  let reads = 0;
  const batch = Buffer.alloc(300);
  batch.writeInt32BE(batch.length - LOG_OVERHEAD, LENGTH_AT);
  const log = {
    startOffset: 0,
    endOffset: visible,
    abortedTransactions: () => [],
    read: (offset: number, maxBytes: number, end: number): Buffer[] => {
      reads += 1;
      const count = Math.min(end - offset, Math.floor(maxBytes / batch.length));
      return Array.from({ length: count }, (_, index) => {
        const next = Buffer.from(batch);
        next.writeBigInt64BE(BigInt(offset + index));
        return next;
      });
    },
  };
  const leader = {
    get highWatermark() {
      return highWatermark();
    },
    closed: undefined,
    visibleEnd: () => visible,
    log,
    onHighWatermark: (listener: () => void) => {
      queueMicrotask(listener);
      return () => {};
    },
  } as unknown as PartitionLeader;
  return { leader, reads: () => reads };
}

t.test('an answer that is full is enough, whatever min_bytes says', async (t) => {
  const clock = new ManualClock();
  const { leader, reads } = leaderOf(4, () => 4);
  const answer = fetchFrom(clock, [localPosition(leader)], { maxWaitMs: 500, minBytes: 1_000_000 });
  await clock.advance(500);
  const [chunk] = await answer;
  t.equal(chunk?.sizeBytes, 900, 'three of them fit');
  t.equal(reads(), 1);
});

t.test('what is not enough is not read anew at each step of the high watermark', async (t) => {
  const clock = new ManualClock();
  // It rises each time that it is looked at, behind the start of an open transaction.
  let looks = 2;
  const { leader, reads } = leaderOf(2, () => looks++);
  const answer = fetchFrom(clock, [localPosition(leader)], { maxWaitMs: 1_000, minBytes: 1_000 });
  await clock.advance(1_000);
  t.equal((await answer).length, 1);
  t.ok(reads() < 20, `${reads()} reads`);
});
