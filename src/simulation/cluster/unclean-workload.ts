import { Consumer } from '../../client/consumer/consumer.js';
import { Producer } from '../../client/producer/producer.js';
import { sleep } from '../../platform/clock.js';
import type { Platform } from '../../platform/platform.js';
import type { SeededRandom } from '../random.js';
import { LIVENESS_MS } from './liveness.js';

export interface UncleanWorkloadOptions {
  readonly bootstrap: readonly string[];
  /** A topic with one partition, unclean elections and `min.insync.replicas=1`. */
  readonly topic: string;
  readonly random: SeededRandom;
}

const MAX_IN_FLIGHT = 10;
/** Records that are sent at once: four on the average, mostly as one batch. What a leader may lose counts in records. */
const BURSTS = [1, 3, 8] as const;

/**
 * Writes with acks=1 to a topic that may lose records in unclean elections. Nothing is promised about records there, but
 * readers are not blind (KIP-320): what a reader holds in the end is what the log holds, since it is told where the log
 * was cut and goes back there.
 */
export class UncleanWorkload {
  readonly #options: UncleanWorkloadOptions;
  /** By offset, what the reader holds for the log's content. */
  readonly #held = new Map<number, string>();
  #next = 0;
  #reader: Consumer<string | null, string> | undefined;
  #stopped = false;
  #unanswered = 0;
  /** The reader was told of a cut and went back. */
  timesBack = 0;

  constructor(options: UncleanWorkloadOptions) {
    this.#options = options;
  }

  stop(): void {
    this.#stopped = true;
  }

  get settled(): boolean {
    return this.#stopped && this.#unanswered === 0;
  }

  async produce(platform: Platform): Promise<void> {
    const { bootstrap, topic, random } = this.#options;
    const producer = new Producer<string, string>({
      bootstrap,
      platform,
      acks: 1,
      idempotent: false,
      deliveryTimeoutMs: 30_000,
      requestTimeoutMs: 3_000,
    });
    const settled = (): number => this.#unanswered--;
    let n = 0;
    for (;;) {
      await sleep(platform.clock, random.between(8, 120));
      if (this.#stopped) break;
      for (let left = random.pick(BURSTS); left > 0 && this.#unanswered < MAX_IN_FLIGHT; left--) {
        this.#unanswered++;
        producer.send({ topic, value: String(n++) }).then(settled, settled);
      }
    }
    await producer.close();
  }

  /** Reads and goes on reading. A reader that gives up is followed by one that begins anew. */
  async read(platform: Platform): Promise<void> {
    for (;;) {
      const consumer = this.#consumer(platform);
      this.#held.clear();
      this.#next = 0;
      try {
        await consumer.assign([{ topic: this.#options.topic, partition: 0 }]);
        this.#reader = consumer;
        for await (const batch of consumer.batches()) {
          for (const { offset, value } of batch) {
            this.#goTo(Number(offset));
            this.#held.set(Number(offset), value);
            this.#next = Number(offset) + 1;
          }
          this.#next = Number(batch.nextOffset);
        }
      } catch (error) {
        platform.logger.warn({ error }, 'A reader gave up; the next one starts from the beginning.');
      }
      this.#reader = undefined;
      await consumer.close();
      await sleep(platform.clock, 100);
    }
  }

  /** What is at and behind the place that the reader went back to is no longer there. */
  #goTo(offset: number): void {
    if (offset >= this.#next) return;
    this.timesBack++;
    for (const held of this.#held.keys()) if (held >= offset) this.#held.delete(held);
    this.#next = offset;
  }

  /** Where the log ends, and what is in it. Call it when nobody writes. */
  async contents(platform: Platform): Promise<{ readonly end: number; readonly values: ReadonlyMap<number, string> }> {
    const consumer = this.#consumer(platform, LIVENESS_MS);
    const partitions = [{ topic: this.#options.topic, partition: 0 }];
    await consumer.assign(partitions);
    const end = (await consumer.endOffsets(partitions))[0]?.offset ?? 0n;
    const values = new Map<number, string>();
    if (end > 0n) {
      for await (const batch of consumer.batches()) {
        for (const { offset, value } of batch) values.set(Number(offset), value);
        if (batch.nextOffset >= end) break;
      }
    }
    await consumer.close();
    return { end: Number(end), values };
  }

  /** Whether the reader is at the end; then a sentence for each offset at which it holds what the log does not. */
  compare({
    end,
    values,
  }: {
    readonly end: number;
    readonly values: ReadonlyMap<number, string>;
  }): string[] | undefined {
    // It may have been told of a cut behind which nothing was written.
    this.#goTo(Number(this.#reader?.position(this.#options.topic, 0) ?? this.#next));
    if (this.#next !== end) return undefined;
    const wrong: string[] = [];
    for (const [offset, value] of values) {
      const held = this.#held.get(offset);
      if (held !== value) wrong.push(`a reader holds ${held ?? 'nothing'} for offset ${offset}, the log ${value}`);
    }
    return wrong;
  }

  #consumer(platform: Platform, requestTimeoutMs = 5_000): Consumer<string | null, string> {
    return new Consumer<string | null, string>({
      bootstrap: this.#options.bootstrap,
      platform,
      requestTimeoutMs,
      autoOffsetReset: 'earliest',
      keyDeserializer: (bytes) => bytes?.toString() ?? null,
      valueDeserializer: (bytes) => bytes?.toString() ?? '',
    });
  }
}
