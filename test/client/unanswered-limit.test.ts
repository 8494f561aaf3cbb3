import t from 'tap';
import type { Backlog } from '../../src/client/producer/buffer-memory.js';
import {
  FIRST_PARTIAL_UNANSWERED,
  MIN_UNANSWERED_BYTES,
  MIN_PARTIAL_UNANSWERED,
  PARTIAL_TOGETHER,
  UnansweredLimit,
} from '../../src/client/producer/unanswered-limit.js';

t.test('the limit follows the shortest answer: the way, not the work', async (t) => {
  const limit = new UnansweredLimit(1_000_000, { backlog: 'little' });
  t.equal(limit.partialBatches, FIRST_PARTIAL_UNANSWERED);
  limit.answered(100, 1_000);
  t.equal(limit.partialBatches, 50, 'a long way');
  limit.answered(2, 1_010);
  t.equal(limit.partialBatches, MIN_PARTIAL_UNANSWERED, 'a short one');
  for (let nowMs = 1_020; nowMs < 5_000; nowMs += 10) limit.answered(80, nowMs);
  t.equal(limit.partialBatches, MIN_PARTIAL_UNANSWERED, 'a busy node makes no long way');
});

t.test('a way that has become longer is noticed within ten seconds, and has a limit, too', async (t) => {
  const limit = new UnansweredLimit(1_000_000, { backlog: 'little' });
  limit.answered(2, 0);
  for (let nowMs = 100; nowMs < 10_200; nowMs += 100) limit.answered(60, nowMs);
  t.equal(limit.partialBatches, 30);
  limit.answered(40, 10_300);
  t.equal(limit.partialBatches, 20);
  for (let nowMs = 10_400; nowMs < 20_600; nowMs += 100) limit.answered(3_000, nowMs);
  t.equal(limit.partialBatches, 64);
});

t.test('the bytes that may be unanswered follow it, too', async (t) => {
  const limit = new UnansweredLimit(1_000_000, { backlog: 'little' });
  t.equal(limit.bytes, Infinity, 'before the first answer nobody knows how long the way is');
  limit.answered(80, 0);
  t.equal(limit.bytes, 8_000_000, 'a long way');
  limit.answered(2, 10);
  t.equal(limit.bytes, MIN_UNANSWERED_BYTES, 'a short one');
  const large = new UnansweredLimit(16_000_000, { backlog: 'little' });
  large.answered(2, 0);
  t.equal(large.bytes, 32_000_000, 'two full batches');
});

t.test('where much waits few go at a time that are not full, and more to a node that is far', async (t) => {
  const memory: { backlog: Backlog } = { backlog: 'much' };
  const limits = [new UnansweredLimit(1_000_000, memory), new UnansweredLimit(1_000_000, memory)] as const;
  const [near, far] = limits;
  const allowed = (): number[] => limits.map(({ partialBatches }) => partialBatches);
  const together = (): boolean[] => limits.map(({ partialGoTogether }) => partialGoTogether);
  t.same(allowed(), [PARTIAL_TOGETHER, PARTIAL_TOGETHER], 'before the first answer');
  near.answered(12, 0);
  far.answered(60, 0);
  t.same(allowed(), [PARTIAL_TOGETHER, 10]);
  t.same(together(), [true, false], 'those to a near node wait for each other');
  memory.backlog = 'full';
  t.same(allowed(), [PARTIAL_TOGETHER, 25]);
  t.same(together(), [true, false]);
  memory.backlog = 'little';
  t.same(allowed(), [6, 30]);
  t.same(together(), [false, false]);
});
