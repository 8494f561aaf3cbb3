import { Consumer } from '../../client/consumer/consumer.js';
import { Producer } from '../../client/producer/producer.js';
import { topicPartitionKey } from '../../common/ids.js';
import { sleep } from '../../platform/clock.js';
import type { Platform } from '../../platform/platform.js';
import type { Operation, PolledRecord, Step } from '../checkers/history.js';
import type { SeededRandom } from '../random.js';
import type { Simulation } from '../simulation.js';

export interface WorkloadOptions {
  readonly simulation: Simulation;
  readonly bootstrap: readonly string[];
  readonly topic: string;
  readonly partitions: number;
  /** Sends that one producer leaves unanswered at most. */
  readonly maxInFlight: number;
  /** A record of one producer, on the average. */
  readonly meanEveryMs: number;
  /** Producers know only the nodes that they were given, as thin clients do: batches are forwarded for them. */
  readonly thinProducers?: boolean;
  /** A record that was sent at `sentMs` is stored at `offset`, as its producer was told now. */
  readonly onAcknowledged?: (partition: number, offset: number, sentMs: number) => void;
}

/** Records that a producer sends at once, mostly as one batch: six on the average. */
const BURSTS = [1, 2, 6, 15] as const;
/** Records that a consumer takes in one poll at most, as Kafka's `max.poll.records` has it: a batch is several polls. */
const MAX_POLL_RECORDS = 2;
/** That a producer's next burst follows at once, so that batches are under way together. */
const FOLLOWS_AT_ONCE = 0.5;
const AT_ONCE_MS = 2;
const LEAST_PAUSE_MS = 5;
/** A producer that was held up makes up for so much of it. */
const MAX_BEHIND_MS = 100;
/** Fills values up behind their ids. */
const FILLER = ' ';

/** An operation whose end is not known yet. */
interface OpenOperation {
  readonly process: number;
  readonly startMs: number;
  endMs: number;
  outcome: Operation['outcome'];
  steps: readonly Step[];
}

/** What the clients of a run did and saw. Each runs on a host of its own, so that its links may fail, too. */
export class Workload {
  readonly #options: WorkloadOptions;
  readonly #history: OpenOperation[] = [];
  /** Where each consumer that runs goes on, by partition. */
  readonly #positions = new Map<number, Map<number, number>>();
  readonly #deletedBelow = new Map<string, number>();
  /** The partitions as the history names them. */
  readonly #names: readonly string[];
  readonly #operations = new Map<string, number>();
  /** By partition and offset: the record that was polled there last. */
  readonly #seen: Map<number, PolledRecord>[] = [];
  #nextProcess = 1;
  #stopped = false;
  sent = 0;
  /** Sends that were answered, well or not. */
  answered = 0;
  acknowledged = 0;
  polled = 0;

  constructor(options: WorkloadOptions) {
    this.#options = options;
    this.#names = Array.from({ length: options.partitions }, (_, i) => topicPartitionKey(options.topic, i));
  }

  /** Operations that were completed well so far, by client. */
  get operations(): ReadonlyMap<string, number> {
    return this.#operations;
  }

  /** The history so far; sends without an answer count as unknown. */
  get history(): readonly Operation[] {
    return this.#history;
  }

  /** By partition: records below may have been deleted, all of them read by every consumer before. */
  get deletedBelow(): ReadonlyMap<string, number> {
    return this.#deletedBelow;
  }

  /** The offset below which every consumer that runs has read a partition. */
  readByAll(partition: number): number {
    const positions = [...this.#positions.values()].map((position) => position.get(partition) ?? 0);
    return positions.length === 0 ? 0 : Math.min(...positions);
  }

  /** Somebody is about to delete the records below an offset. */
  deleting(partition: number, beforeOffset: number): void {
    const name = this.#nameOf(partition);
    this.#deletedBelow.set(name, Math.max(beforeOffset, this.#deletedBelow.get(name) ?? 0));
  }

  startProducer(hostName: string): void {
    const random = this.#options.simulation.random.split(`producer ${hostName}`);
    this.#options.simulation.host(hostName).start((platform) => this.#produce(platform, random, hostName));
  }

  startConsumer(hostName: string): void {
    this.#options.simulation.host(hostName).start((platform) => this.#consume(platform, hostName));
  }

  /** Producers end once their last send is answered; consumers go on. */
  stopProducers(): void {
    this.#stopped = true;
  }

  /** Reads every partition from its start to its end as of now, as one new consumer, on the caller's platform. */
  async readToEnd(platform: Platform): Promise<void> {
    const { topic, partitions } = this.#options;
    const process = this.#nextProcess++;
    // DeleteRecords may still be on its way to a leader that has just taken over.
    const consumer = this.#consumer(platform, 'earliest');
    const all = Array.from({ length: partitions }, (_, partition) => ({ topic, partition }));
    await consumer.assign(all);
    const ends = await consumer.endOffsets(all);
    const missing = new Set(ends.filter(({ offset }) => offset > 0n).map(({ partition }) => partition));
    if (missing.size > 0) {
      for await (const batch of consumer.batches()) {
        this.#polled(process, 'reader', batch);
        const end = ends.find(({ partition }) => partition === batch.partition);
        if (end !== undefined && batch.nextOffset >= end.offset) missing.delete(batch.partition);
        if (missing.size === 0) break;
      }
    }
    await consumer.close();
  }

  async #produce(platform: Platform, random: SeededRandom, hostName: string): Promise<void> {
    const { partitions, maxInFlight, meanEveryMs } = this.#options;
    const producer = new Producer<string, string>({
      bootstrap: random.shuffle([...this.#options.bootstrap]),
      platform,
      clientId: hostName,
      // A record that was given up may still arrive: the producer starts anew under another id then.
      deliveryTimeoutMs: 120_000,
      requestTimeoutMs: 5_000,
      routing: this.#options.thinProducers === true ? 'bootstrap' : 'leader',
    });
    const process = this.#nextProcess++;
    let inFlight = 0;
    let n = 0;
    const answered = (): void => {
      inFlight--;
    };
    let dueMs = platform.clock.monotonicMs();
    while (!this.#stopped) {
      const before = n;
      const partition = random.below(partitions);
      for (let left = random.pick(BURSTS); left > 0 && inFlight < maxInFlight; left--) {
        inFlight++;
        const value = `${hostName}.${n++}`;
        const record = { partition, id: value, value: value.padEnd(random.below(400), FILLER) };
        void this.#send({ producer, process, hostName, platform, record }).then(answered);
      }
      const nowMs = platform.clock.monotonicMs();
      dueMs = Math.max(dueMs, nowMs - MAX_BEHIND_MS) + (n - before) * meanEveryMs;
      const goesOn = n > before && random.chance(FOLLOWS_AT_ONCE);
      await sleep(platform.clock, goesOn ? random.between(0, AT_ONCE_MS) : Math.max(LEAST_PAUSE_MS, dueMs - nowMs));
    }
    await producer.flush();
    await producer.close();
  }

  /** One send, from its beginning to its answer. */
  async #send(options: {
    producer: Producer<string, string>;
    process: number;
    hostName: string;
    platform: Platform;
    record: { partition: number; id: string; value: string };
  }): Promise<void> {
    const { producer, process, hostName, platform, record } = options;
    const { partition, id, value } = record;
    const operation = this.#open(process);
    const step = { kind: 'send', partition: this.#nameOf(partition), value: id } as const;
    operation.steps = [step];
    this.sent++;
    try {
      const { offset } = await producer.send({ topic: this.#options.topic, partition, value });
      this.acknowledged++;
      if (offset >= 0n) {
        operation.steps = [{ ...step, offset: Number(offset) }];
        this.#options.onAcknowledged?.(partition, Number(offset), operation.startMs);
      }
      this.#close(operation, 'ok', hostName);
    } catch (error) {
      platform.logger.warn({ id, error }, 'Not acknowledged.');
      this.#options.simulation.reached('send not acknowledged');
      this.#close(operation, 'unknown', hostName);
    }
    this.answered++;
  }

  async #consume(platform: Platform, hostName: string): Promise<void> {
    const { topic, partitions } = this.#options;
    for (;;) {
      const process = this.#nextProcess++;
      const consumer = this.#consumer(platform);
      this.#positions.set(process, new Map());
      try {
        await consumer.assign(Array.from({ length: partitions }, (_, partition) => ({ topic, partition })));
        for await (const batch of consumer.batches()) this.#polled(process, hostName, batch);
      } catch (error) {
        platform.logger.warn({ error }, 'A consumer gave up; the next one starts from the beginning.');
        this.#options.simulation.reached('consumer gave up');
      }
      this.#positions.delete(process);
      await consumer.close();
      await sleep(platform.clock, 100);
    }
  }

  #consumer(platform: Platform, autoOffsetReset: 'none' | 'earliest' = 'none'): Consumer<string | null, string> {
    return new Consumer<string | null, string>({
      bootstrap: this.#options.bootstrap,
      platform,
      requestTimeoutMs: 5_000,
      autoOffsetReset,
      keyDeserializer: (bytes) => bytes?.toString() ?? null,
      valueDeserializer: (bytes) => (bytes === null ? '' : idOf(bytes)),
    });
  }

  #polled(
    process: number,
    hostName: string,
    batch: Iterable<{ partition: number; offset: bigint; value: string }>,
  ): void {
    let records: PolledRecord[] = [];
    const position = this.#positions.get(process);
    for (const { partition, offset: place, value } of batch) {
      const offset = Number(place);
      position?.set(partition, offset + 1);
      if (records.length === MAX_POLL_RECORDS) {
        this.#poll(process, hostName, records);
        records = [];
      }
      records.push(this.#recordAt(partition, offset, value));
    }
    this.#poll(process, hostName, records);
  }

  #poll(process: number, hostName: string, records: readonly PolledRecord[]): void {
    this.polled += records.length;
    const operation = this.#open(process);
    operation.steps = [{ kind: 'poll', records }];
    this.#close(operation, 'ok', hostName);
  }

  /** What several readers see at one place is kept once: a history of an hour has millions of records. */
  #recordAt(partition: number, offset: number, value: string): PolledRecord {
    const seen = (this.#seen[partition] ??= new Map<number, PolledRecord>());
    const known = seen.get(offset);
    if (known?.value === value) return known;
    const record = { partition: this.#nameOf(partition), offset, value };
    seen.set(offset, record);
    return record;
  }

  #nameOf(partition: number): string {
    return this.#names[partition] ?? topicPartitionKey(this.#options.topic, partition);
  }

  #open(process: number): OpenOperation {
    const { nowMs } = this.#options.simulation;
    const operation: OpenOperation = { process, startMs: nowMs, endMs: nowMs, outcome: 'unknown', steps: [] };
    this.#history.push(operation);
    return operation;
  }

  #close(operation: OpenOperation, outcome: Operation['outcome'], client: string): void {
    operation.endMs = this.#options.simulation.nowMs;
    operation.outcome = outcome;
    if (outcome === 'ok') this.#operations.set(client, (this.#operations.get(client) ?? 0) + 1);
  }
}

/** A value's id, in front of what fills it up (which the batch's CRC vouches for). */
function idOf(value: Buffer): string {
  const end = value.indexOf(FILLER);
  return value.toString('latin1', 0, end < 0 ? value.length : end);
}
