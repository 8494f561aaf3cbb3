import t from 'tap';
import {
  FIRST_PARTIAL_UNANSWERED,
  MIN_PARTIAL_UNANSWERED,
  PartialLimit,
} from '../../src/client/producer/partial-limit.js';

t.test('the limit follows the shortest answer: the way, not the work', async (t) => {
  const limit = new PartialLimit();
  t.equal(limit.value, FIRST_PARTIAL_UNANSWERED);
  limit.answered(100, 1_000);
  t.equal(limit.value, 50, 'a long way');
  limit.answered(2, 1_010);
  t.equal(limit.value, MIN_PARTIAL_UNANSWERED, 'a short one');
  for (let nowMs = 1_020; nowMs < 5_000; nowMs += 10) limit.answered(80, nowMs);
  t.equal(limit.value, MIN_PARTIAL_UNANSWERED, 'a busy node makes no long way');
});

t.test('a way that has become longer is noticed within ten seconds, and has a limit, too', async (t) => {
  const limit = new PartialLimit();
  limit.answered(2, 0);
  for (let nowMs = 100; nowMs < 10_200; nowMs += 100) limit.answered(60, nowMs);
  t.equal(limit.value, 30);
  limit.answered(40, 10_300);
  t.equal(limit.value, 20);
  for (let nowMs = 10_400; nowMs < 20_600; nowMs += 100) limit.answered(3_000, nowMs);
  t.equal(limit.value, 64);
});
