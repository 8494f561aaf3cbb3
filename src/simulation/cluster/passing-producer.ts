import { Producer } from '../../client/producer/producer.js';
import { VarveError } from '../../common/errors.js';
import { sleep } from '../../platform/clock.js';
import type { Platform } from '../../platform/platform.js';
import type { SeededRandom } from '../random.js';

/**
 * Writes to a topic that is deleted and made again under its name, and expects nothing of it: sends that outlive their
 * topic fail, or land in the next one.
 */
export async function writeToPassing(options: {
  readonly platform: Platform;
  readonly bootstrap: readonly string[];
  readonly topic: string;
  readonly random: SeededRandom;
  readonly ended: () => boolean;
}): Promise<void> {
  const { platform, bootstrap, topic, random, ended } = options;
  const producer = new Producer<string, string>({
    bootstrap,
    platform,
    deliveryTimeoutMs: 10_000,
    requestTimeoutMs: 3_000,
  });
  let inFlight = 0;
  while (!ended()) {
    if (inFlight < 5) {
      inFlight++;
      void producer
        .send({ topic, value: 'passing' })
        .catch((error: unknown) => {
          if (!(error instanceof VarveError)) throw error;
        })
        .finally(() => inFlight--);
    }
    await sleep(platform.clock, random.between(5, 60));
  }
  await producer.close();
}
