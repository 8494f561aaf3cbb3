import t from 'tap';
import { RealClock } from '../../src/platform/node/clock.js';
import { RealRandom } from '../../src/platform/node/random.js';
import { clockConformance } from './conformance/clock.js';

clockConformance(t, () => new RealClock());

t.test('a held event loop shows in the lateness of a timer', async (t) => {
  const clock = new RealClock();
  await new Promise<void>((resolve) => {
    clock.after(1, resolve);
    const endMs = clock.monotonicMs() + 60;
    while (clock.monotonicMs() < endMs);
  });
  t.ok(clock.takeLatenessMs() >= 55);
});

t.test('random integers are within their bound and reach both ends', async (t) => {
  const random = new RealRandom();
  const seen = new Set<number>();
  for (let i = 0; i < 400; i++) seen.add(random.below(3));
  t.same([...seen].sort(), [0, 1, 2]);
  t.equal(random.below(1), 0);
  t.ok(random.below(2 ** 32) < 2 ** 32);
  t.throws(() => random.below(0));
  t.equal(random.bytes(16).length, 16);
});
