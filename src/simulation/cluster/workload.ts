import { Consumer } from '../../client/consumer/consumer.js';
import { Producer } from '../../client/producer/producer.js';
import { topicPartitionKey } from '../../common/ids.js';
import { sleep } from '../../platform/clock.js';
import type { Platform } from '../../platform/platform.js';
import type { CheckOptions, HistoryReport } from '../checkers/check-history.js';
import { ClientHistory } from '../checkers/client-history.js';
import type { HistoryReader } from '../checkers/client-history.js';
import type { Operation } from '../checkers/history.js';
import type { SeededRandom } from '../random.js';
import type { Simulation } from '../simulation.js';
import { FOREIGN, parseTag, tagOf, taggedValue } from './record-tags.js';
import { LIVENESS_MS } from './liveness.js';

export interface WorkloadOptions {
  readonly simulation: Simulation;
  readonly bootstrap: readonly string[];
  readonly topic: string;
  readonly partitions: number;
  readonly producers: number;
  /** Sends that one producer leaves unanswered at most. */
  readonly maxInFlight: number;
  /** A record of one producer, on the average; `pace` changes it. */
  readonly meanEveryMs: number;
  /** Producers know only the nodes that they were given, as thin clients do: batches are forwarded for them. */
  readonly thinProducers?: boolean;
  /** A record that was sent at `sentMs` is stored at `offset`, as its producer was told now. */
  readonly onAcknowledged?: (partition: number, offset: number, sentMs: number) => void;
}

/** Records that a producer sends at once, mostly as one batch: eight on the average. */
const BURSTS = [1, 3, 8, 20] as const;
/** Records that a consumer takes in one poll at most, as Kafka's `max.poll.records` has it: a batch is several polls. */
const MAX_POLL_RECORDS = 2;
/** That a producer's next burst follows at once, so that batches are under way together. */
const FOLLOWS_AT_ONCE = 0.5;
const AT_ONCE_MS = 2;
const LEAST_PAUSE_MS = 5;
/**
 * A record so far in the future is refused, by `message.timestamp.after.max.ms` (an hour): a write that surely failed, so that
 * nobody may ever read it. One of so many is, some in each run.
 */
const UNACCEPTABLE_MS = 365 * 24 * 3_600_000;
const UNACCEPTABLE = 1 / 600;
/** One that is so far ahead of its pace waits first: it would stand still for long afterwards (SEED=99726 SECONDS=60, at that time). */
const MAX_AHEAD_MS = 250;
/** A producer that was held up makes up for so much of it. */
const MAX_BEHIND_MS = 100;
const ASK_EVERY_MS = 400;

/** What the clients of a run did and saw. Each runs on a host of its own, so that its links may fail, too. */
export class Workload {
  readonly #options: WorkloadOptions;
  readonly #history: ClientHistory;
  /** Where each consumer that runs goes on, by partition. */
  readonly #positions = new Set<Map<number, number>>();
  readonly #deletedBelow = new Map<string, number>();
  readonly #operations = new Map<string, number>();
  #meanEveryMs: number;
  #producers = 0;
  #stopped = false;
  sent = 0;
  /** Sends that were answered, well or not. */
  answered = 0;
  acknowledged = 0;
  polled = 0;

  constructor(options: WorkloadOptions) {
    this.#options = options;
    this.#meanEveryMs = options.meanEveryMs;
    const { simulation, topic, partitions, producers } = options;
    this.#history = new ClientHistory(topic, partitions, producers, () => simulation.nowMs);
  }

  /** Operations that were completed well so far, by client. */
  get operations(): ReadonlyMap<string, number> {
    return this.#operations;
  }

  /** From now on each producer sends a record every so many milliseconds, on the average. */
  pace(meanEveryMs: number): void {
    this.#meanEveryMs = meanEveryMs;
  }

  /** The history of one partition so far; sends without an answer count as unknown. */
  historyOf(partition: number): readonly Operation[] {
    return this.#history.operations(partition);
  }

  /** Judges what clients saw of one partition so far. */
  judge(partition: number, options: CheckOptions): HistoryReport {
    return this.#history.judge(partition, options);
  }

  /** By partition: records below may have been deleted, all of them read by every consumer before. */
  get deletedBelow(): ReadonlyMap<string, number> {
    return this.#deletedBelow;
  }

  /** The offset below which every consumer that runs has read a partition. */
  readByAll(partition: number): number {
    const positions = [...this.#positions].map((position) => position.get(partition) ?? 0);
    return positions.length === 0 ? 0 : Math.min(...positions);
  }

  /** Somebody is about to delete the records below an offset. */
  deleting(partition: number, beforeOffset: number): void {
    const name = topicPartitionKey(this.#options.topic, partition);
    this.#deletedBelow.set(name, Math.max(beforeOffset, this.#deletedBelow.get(name) ?? 0));
  }

  startProducer(hostName: string): void {
    const random = this.#options.simulation.random.split(`producer ${hostName}`);
    this.#options.simulation.host(hostName).start((platform) => this.#produce(platform, random, hostName));
  }

  startConsumer(hostName: string): void {
    this.#options.simulation.host(hostName).start((platform) => this.#consume(platform, hostName));
  }

  /** Asks for the first and the last offsets again and again, as one client. */
  startAsker(hostName: string): void {
    this.#options.simulation.host(hostName).start((platform) => this.#ask(platform));
  }

  /** Producers end once their last send is answered; consumers go on. */
  stopProducers(): void {
    this.#stopped = true;
  }

  /** Reads every partition from its start to its end as of now, as one new consumer, on the caller's platform. */
  async readToEnd(platform: Platform): Promise<void> {
    const { topic, partitions } = this.#options;
    const reader = this.#history.newReader();
    // DeleteRecords may still be on its way to a leader that has just taken over.
    const consumer = this.#consumer(platform, 'earliest', LIVENESS_MS);
    const all = Array.from({ length: partitions }, (_, partition) => ({ topic, partition }));
    await consumer.assign(all);
    const ends = await consumer.endOffsets(all);
    const missing = new Set(ends.filter(({ offset }) => offset > 0n).map(({ partition }) => partition));
    if (missing.size > 0) {
      for await (const batch of consumer.batches()) {
        this.#polled(reader, 'reader', batch);
        const end = ends.find(({ partition }) => partition === batch.partition);
        if (end !== undefined && batch.nextOffset >= end.offset) missing.delete(batch.partition);
        if (missing.size === 0) break;
      }
    }
    await consumer.close();
  }

  async #produce(platform: Platform, random: SeededRandom, hostName: string): Promise<void> {
    const { partitions, maxInFlight } = this.#options;
    const producer = new Producer<string, string>({
      bootstrap: random.shuffle([...this.#options.bootstrap]),
      platform,
      clientId: hostName,
      // A record that was given up may still arrive: the producer starts anew under another id then.
      deliveryTimeoutMs: 120_000,
      requestTimeoutMs: 5_000,
      routing: this.#options.thinProducers === true ? 'bootstrap' : 'leader',
    });
    const index = this.#producers++;
    let inFlight = 0;
    let n = 0;
    let onRoom = (): void => {};
    const answered = (): void => {
      inFlight--;
      onRoom();
    };
    let dueMs = platform.clock.monotonicMs();
    while (!this.#stopped) {
      const before = n;
      const partition = random.below(partitions);
      for (let left = random.pick(BURSTS); left > 0 && inFlight < maxInFlight; left--) {
        inFlight++;
        const number = n++;
        const value = taggedValue(index, number, random.below(400));
        // Alone, unless it comes into a batch that others of an earlier burst wait in: that is refused as a whole.
        const isUnacceptable = random.chance(UNACCEPTABLE);
        if (isUnacceptable) left = 1;
        void this.#send({ producer, index, hostName, platform, partition, number, value, isUnacceptable }).then(
          answered,
        );
      }
      const nowMs = platform.clock.monotonicMs();
      dueMs = Math.max(dueMs, nowMs - MAX_BEHIND_MS) + (n - before) * this.#meanEveryMs;
      if (inFlight >= maxInFlight) {
        // A cluster that answers nobody for long is not looked at again and again.
        await new Promise<void>((resolve) => {
          onRoom = resolve;
        });
      }
      const goesOn = n > before && random.chance(FOLLOWS_AT_ONCE) && dueMs - nowMs < MAX_AHEAD_MS;
      if (goesOn) await sleep(platform.clock, random.between(0, AT_ONCE_MS));
      else {
        const pace = this.#meanEveryMs;
        await sleep(platform.clock, Math.max(LEAST_PAUSE_MS, dueMs - nowMs));
        // Where another pace was set meanwhile, nothing is made up for.
        if (this.#meanEveryMs !== pace) dueMs = platform.clock.monotonicMs();
      }
    }
    await producer.flush();
    await producer.close();
  }

  /** One send, from its beginning to its answer. */
  async #send(options: {
    producer: Producer<string, string>;
    /** The producer's, in the history. */
    index: number;
    hostName: string;
    platform: Platform;
    partition: number;
    number: number;
    value: string;
    isUnacceptable: boolean;
  }): Promise<void> {
    const { producer, index, hostName, platform, partition, number, value, isUnacceptable } = options;
    const { simulation, topic, onAcknowledged } = this.#options;
    const sentMs = simulation.nowMs;
    this.#history.sent(index, partition);
    this.sent++;
    try {
      const timestamp = isUnacceptable ? { timestamp: platform.clock.wallMs() + UNACCEPTABLE_MS } : {};
      const { offset } = await producer.send({ topic, partition, value, ...timestamp });
      this.acknowledged++;
      this.#history.acknowledged(index, number, partition, Number(offset));
      if (offset >= 0n) onAcknowledged?.(partition, Number(offset), sentMs);
      this.#completed(hostName);
    } catch (error) {
      platform.logger.warn({ producer: index, number, error }, 'Not acknowledged.');
      this.#history.notAcknowledged(index, number, error);
      simulation.reached(isUnacceptable ? 'an unacceptable record was refused' : 'send not acknowledged');
    }
    this.answered++;
  }

  async #consume(platform: Platform, hostName: string): Promise<void> {
    const { topic, partitions } = this.#options;
    for (;;) {
      const reader = this.#history.newReader();
      const consumer = this.#consumer(platform);
      const position = new Map<number, number>();
      this.#positions.add(position);
      try {
        await consumer.assign(Array.from({ length: partitions }, (_, partition) => ({ topic, partition })));
        for await (const batch of consumer.batches()) this.#polled(reader, hostName, batch, position);
      } catch (error) {
        platform.logger.warn({ error }, 'A consumer gave up; the next one starts from the beginning.');
        this.#options.simulation.reached('consumer gave up');
      }
      this.#positions.delete(position);
      await consumer.close();
      await sleep(platform.clock, 100);
    }
  }

  async #ask(platform: Platform): Promise<void> {
    const { simulation, topic, partitions } = this.#options;
    const asker = this.#history.newAsker();
    const consumer = this.#consumer(platform);
    const all = Array.from({ length: partitions }, (_, partition) => ({ topic, partition }));
    for (;;) {
      const startMs = simulation.nowMs;
      try {
        // Both only grow, so that what starts where is never behind an end that is asked for later.
        const starts = await consumer.beginningOffsets(all);
        const ends = await consumer.endOffsets(all);
        for (const { partition, offset: end } of ends) {
          const start = starts.find((one) => one.partition === partition);
          if (start !== undefined) asker.told(partition, startMs, Number(start.offset), Number(end));
        }
      } catch (error) {
        platform.logger.warn({ error }, 'Nobody told where the partitions start and end.');
      }
      await sleep(platform.clock, ASK_EVERY_MS);
    }
  }

  #consumer(
    platform: Platform,
    autoOffsetReset: 'none' | 'earliest' = 'none',
    requestTimeoutMs = 5_000,
  ): Consumer<null, number> {
    return new Consumer<null, number>({
      bootstrap: this.#options.bootstrap,
      platform,
      requestTimeoutMs,
      autoOffsetReset,
      keyDeserializer: () => null,
      valueDeserializer: tagOf,
    });
  }

  #polled(
    reader: HistoryReader,
    hostName: string,
    batch: Iterable<{ partition: number; offset: bigint; value: number }>,
    position?: Map<number, number>,
  ): void {
    let left = 0;
    for (const { partition, offset: place, value } of batch) {
      const offset = Number(place);
      position?.set(partition, offset + 1);
      if (left === 0) {
        reader.poll();
        this.#completed(hostName);
        left = MAX_POLL_RECORDS;
      }
      left--;
      this.polled++;
      if (value === FOREIGN)
        this.#options.simulation.fail('a record was read that nobody sent', `${partition}:${offset}`);
      reader.read(partition, offset, parseTag(value));
    }
  }

  #completed(client: string): void {
    this.#operations.set(client, (this.#operations.get(client) ?? 0) + 1);
  }
}
