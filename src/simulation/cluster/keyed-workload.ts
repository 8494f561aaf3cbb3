import { Consumer } from '../../client/consumer/consumer.js';
import { Producer } from '../../client/producer/producer.js';
import { sleep } from '../../platform/clock.js';
import type { Platform } from '../../platform/platform.js';
import type { SeededRandom } from '../random.js';
import { LIVENESS_MS } from './liveness.js';

export interface KeyedWorkloadOptions {
  readonly bootstrap: readonly string[];
  /** A compacted topic with one partition. */
  readonly topic: string;
  readonly random: SeededRandom;
}

const KEYS = 10;
const MAX_IN_FLIGHT = 10;
/** Records that are sent at once: four on the average, mostly as one batch. Compaction is due by bytes, not by batches. */
const BURSTS = [1, 3, 8] as const;

/** Writes to a compacted topic and judges what is left of it: the last record of each key, and nothing invented. */
export class KeyedWorkload {
  readonly #options: KeyedWorkloadOptions;
  /** By key: the greatest offset that was acknowledged. */
  readonly #acknowledged = new Map<string, number>();
  /** By offset, of what was acknowledged. */
  readonly #values = new Map<number, string>();
  readonly #sent = new Set<string>();
  #stopped = false;
  #unanswered = 0;

  constructor(options: KeyedWorkloadOptions) {
    this.#options = options;
  }

  stop(): void {
    this.#stopped = true;
  }

  /** Every send was answered. */
  get settled(): boolean {
    return this.#stopped && this.#unanswered === 0;
  }

  async produce(platform: Platform): Promise<void> {
    const { bootstrap, topic, random } = this.#options;
    const producer = new Producer<string, string>({
      bootstrap,
      platform,
      deliveryTimeoutMs: 120_000,
      requestTimeoutMs: 5_000,
    });
    const send = (n: number): void => {
      const key = `k${random.below(KEYS)}`;
      const value = `${key}=${n}`;
      this.#sent.add(value);
      this.#unanswered++;
      producer.send({ topic, key, value: value.padEnd(200, '.') }).then(
        ({ offset }) => {
          this.#unanswered--;
          this.#values.set(Number(offset), value);
          this.#acknowledged.set(key, Math.max(Number(offset), this.#acknowledged.get(key) ?? -1));
        },
        () => this.#unanswered--,
      );
    };
    let n = 0;
    for (;;) {
      await sleep(platform.clock, random.between(20, 240));
      if (this.#stopped) break;
      for (let left = random.pick(BURSTS); left > 0 && this.#unanswered < MAX_IN_FLIGHT; left--) send(n++);
    }
    await producer.close();
  }

  /** Reads the topic to its end; gives a sentence for each thing that is wrong. Call it when all is settled. */
  async check(platform: Platform): Promise<string[]> {
    const { topic, bootstrap } = this.#options;
    const consumer = new Consumer<string, string>({
      bootstrap,
      platform,
      requestTimeoutMs: LIVENESS_MS,
      keyDeserializer: (bytes) => bytes?.toString() ?? '',
      valueDeserializer: (bytes) => bytes?.toString().replace(/\.*$/, '') ?? '',
    });
    const partitions = [{ topic, partition: 0 }];
    await consumer.assign(partitions);
    const end = (await consumer.endOffsets(partitions))[0]?.offset ?? 0n;
    const wrong: string[] = [];
    const last = new Map<string, number>();
    if (end > 0n) {
      for await (const batch of consumer.batches()) {
        for (const { key, value, offset } of batch) {
          last.set(key, Number(offset));
          const acknowledged = this.#values.get(Number(offset));
          if (!this.#sent.has(value)) wrong.push(`${value} at ${offset} was never sent`);
          if (acknowledged !== undefined && acknowledged !== value) {
            wrong.push(`${value} stands at ${offset}, where ${acknowledged} was acknowledged`);
          }
        }
        if (batch.nextOffset >= end) break;
      }
    }
    for (const [key, offset] of this.#acknowledged) {
      const found = last.get(key);
      if (found !== undefined && found >= offset) continue;
      wrong.push(`${key} was written at ${offset}, and its last record is at ${found ?? 'no offset'}`);
    }
    await consumer.close();
    return wrong;
  }
}
