import type { Clock } from '../platform/clock.js';
import { sleep } from '../platform/clock.js';

/** How long a node that is asked may know less than the one before it: metadata that was committed is on its way. */
const LAG_MS = 1_000;
const ASK_AGAIN_MS = 20;

/** Asks until the answer is `known`, or for about a second. */
export async function untilKnown<Answer>(
  clock: Clock,
  ask: () => Promise<Answer>,
  known: (answer: Answer) => boolean,
): Promise<Answer> {
  const endMs = clock.monotonicMs() + LAG_MS;
  for (;;) {
    const answer = await ask();
    if (known(answer) || clock.monotonicMs() >= endMs) return answer;
    await sleep(clock, ASK_AGAIN_MS);
  }
}
