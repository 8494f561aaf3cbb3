import { Consumer, Producer } from '../../src/index.js';
import type { SeededRandom } from '../../src/simulation/random.js';
import { ClientHistory } from '../../src/simulation/checkers/client-history.js';
import { DeliveryLedger, sumCounts } from '../workload/delivery-ledger.js';
import type { DeliveryCounts } from '../workload/delivery-ledger.js';
import { LiveReader } from '../workload/live-reader.js';
import { PacedLoad } from '../workload/paced-load.js';
import { ReturningReader } from '../workload/returning-reader.js';
import { SilenceMeter } from '../workload/silence-meter.js';
import type { Silence } from '../workload/silence-meter.js';

export interface ChaosClientsOptions {
  readonly bootstrap: readonly string[];
  readonly topic: string;
  readonly partitions: number;
  readonly random: SeededRandom;
}

/** One of the producers has the first node forward everything. */
const PRODUCERS = 3;
const RECORDS_PER_SECOND = 1_500;
const MAX_UNDER_WAY = 500_000;
const KEYS = 1_000;
const MOST_VALUE_BYTES = 500;
const DRAIN_TIMEOUT_MS = 130_000;
/** How far the reader that comes back goes back, and how long it stays. */
const GO_BACK = 1_500;
const STAY_MS = 6_000;

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
/** One that the process does not stay alive for. */
const unheldPause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms).unref());

/** The producers and consumers of a run, and the books on what they did. */
export class ChaosClients {
  readonly silence: SilenceMeter;
  readonly history: ClientHistory;
  readonly ledgers: readonly DeliveryLedger[];
  readonly #options: ChaosClientsOptions;
  readonly #producers: readonly Producer[];
  readonly #loads: readonly PacedLoad[];
  readonly #consumer: Consumer;
  #reader: LiveReader | undefined;
  #returning: ReturningReader | undefined;
  #flushed: Promise<unknown> | undefined;
  #silences: readonly Silence[] | undefined;

  constructor(options: ChaosClientsOptions) {
    const { bootstrap, topic, partitions } = options;
    this.#options = options;
    this.silence = new SilenceMeter(partitions, () => performance.now(), 'start');
    this.history = new ClientHistory(topic, partitions, PRODUCERS, () => performance.now());
    const numbers = Array.from({ length: PRODUCERS }, (_, index) => index);
    this.ledgers = numbers.map(() => new DeliveryLedger(MAX_UNDER_WAY));
    this.#producers = numbers.map(
      (index) => new Producer({ bootstrap, routing: index === 0 ? 'bootstrap' : 'leader' }),
    );
    this.#loads = this.#producers.map((producer, index) => this.#load(producer, index));
    this.#consumer = new Consumer({ bootstrap });
  }

  get counts(): DeliveryCounts {
    return sumCounts(this.ledgers.map((ledger) => ledger.counts()));
  }

  /** For a line of progress. */
  get progress(): string {
    const sum = (of: (ledger: DeliveryLedger) => number): number =>
      this.ledgers.reduce((all, each) => all + of(each), 0);
    return `${sum((each) => each.acknowledgedCount)} acknowledged, ${sum((each) => each.readBackCount)} read`;
  }

  /** Records that the producers had no room for. */
  get refusedCount(): number {
    return this.#loads.reduce((total, load) => total + load.refusedCount, 0);
  }

  async start(): Promise<void> {
    const { topic, bootstrap } = this.#options;
    await Promise.all(this.#producers.map((producer) => producer.partitionCount(topic)));
    await this.#consumer.assign([{ topic, from: 'earliest' }]);
    this.#reader = new LiveReader(this.#consumer, this.ledgers, this.history);
    this.#returning = new ReturningReader({
      history: this.history,
      lifeMs: STAY_MS,
      open: async () => {
        const consumer = new Consumer({ bootstrap });
        const places = this.#consumer
          .positions()
          .map(({ partition, offset }) => ({ partition, from: Number(offset) - GO_BACK }));
        try {
          await consumer.assign(places.map(({ partition, from }) => ({ topic, partition, from: Math.max(0, from) })));
          return consumer;
        } catch (error) {
          await consumer.close();
          throw error;
        }
      },
    });
    for (const load of this.#loads) load.start();
  }

  stopLoad(): void {
    for (const load of this.#loads) load.stop();
    this.#flushed ??= this.#flush();
  }

  /** The gaps between acknowledgements while there was anything to acknowledge. */
  get silences(): readonly Silence[] {
    return this.#silences ?? this.silence.windows();
  }

  /** Everything is settled and, where acknowledged, read; gives what went wrong. */
  async drained(): Promise<string[]> {
    await this.#returning?.stop();
    const deadlineMs = performance.now() + DRAIN_TIMEOUT_MS;
    await Promise.race([this.#flushed, unheldPause(DRAIN_TIMEOUT_MS)]);
    while (!this.ledgers.every((ledger) => ledger.isSettled && ledger.isRead)) {
      if (this.#reader?.failure !== undefined) break;
      if (performance.now() > deadlineMs) {
        return [`Not everything was settled and read ${DRAIN_TIMEOUT_MS} ms after the last fault.`];
      }
      await pause(50);
    }
    return [];
  }

  /** The offsets behind the last records, by partition. */
  async ends(): Promise<ReadonlyMap<number, number>> {
    const { topic, partitions } = this.#options;
    const all = Array.from({ length: partitions }, (_, partition) => ({ topic, partition }));
    const ends = await this.#consumer.endOffsets(all);
    return new Map(ends.map(({ partition, offset }) => [partition, Number(offset)]));
  }

  /** What went wrong with the clients themselves, each a sentence. */
  problems(): string[] {
    const problems: string[] = [];
    if (this.#reader?.failure !== undefined) problems.push(`Reading ended: ${this.#reader.failure.message}`);
    if ((this.#reader?.untaggedCount ?? 0) > 0) problems.push('Records were read that nobody here sent.');
    if (this.#returning?.failure !== undefined) problems.push(`Reading anew ended: ${this.#returning.failure.message}`);
    if (this.#returning?.recordCount === 0) problems.push('Nothing was read anew.');
    for (const load of this.#loads) {
      if (load.firstFailure !== undefined) problems.push(`A record failed: ${load.firstFailure.message}`);
    }
    return problems;
  }

  async close(): Promise<void> {
    this.stopLoad();
    const closing = this.#producers.map((producer) => producer.close({ timeoutMs: 0 }));
    const readers = [this.#reader?.stop(), this.#returning?.stop()];
    await Promise.allSettled([...closing, ...readers, this.#consumer.close()]);
  }

  async #flush(): Promise<void> {
    await Promise.all(this.#producers.map((producer) => producer.flush().catch(() => {})));
    this.#silences = this.silence.windows();
  }

  #load(sink: Producer, producer: number): PacedLoad {
    const random = this.#options.random.split(`producer ${producer}`);
    const bytes = random.bytes(64 * 1024);
    return new PacedLoad({
      sink,
      producer,
      ledger: this.ledgers[producer] ?? new DeliveryLedger(MAX_UNDER_WAY),
      silence: this.silence,
      history: this.history,
      topic: this.#options.topic,
      recordsPerSecond: RECORDS_PER_SECOND / PRODUCERS,
      nextRecord: () => {
        const start = random.below(bytes.length - MOST_VALUE_BYTES);
        const value = Buffer.from(bytes.buffer, bytes.byteOffset + start, random.below(MOST_VALUE_BYTES + 1));
        return { key: `key-${random.below(KEYS)}`, value };
      },
    });
  }
}
