import { Consumer } from '../../client/consumer/consumer.js';
import type { SavedPosition } from '../../client/consumer/consumer.js';
import { Producer } from '../../client/producer/producer.js';
import { SendError } from '../../client/producer/send-error.js';
import { VarveError } from '../../common/errors.js';
import { topicPartitionKey } from '../../common/ids.js';
import type { Uuid } from '../../common/ids.js';
import { sleep } from '../../platform/clock.js';
import type { Clock } from '../../platform/clock.js';
import type { Platform } from '../../platform/platform.js';
import { checkHistory } from '../checkers/check-history.js';
import type { HistoryReport } from '../checkers/check-history.js';
import type { Operation, PollStep } from '../checkers/history.js';
import type { SeededRandom } from '../random.js';
import { FOREIGN, parseTag, tagOf, taggedValue } from './record-tags.js';
import type { SimulatedCluster } from './simulated-cluster.js';
import { LIVENESS_MS } from './liveness.js';

export interface PassingWorkloadOptions {
  readonly cluster: SimulatedCluster;
  /** The name of a topic that is deleted and made again. */
  readonly topic: string;
  readonly partitions: number;
  readonly random: SeededRandom;
}

/** One send, from its beginning on. */
interface Send {
  readonly partition: number;
  readonly startMs: number;
  readonly value: string;
  /** Topics that anyone held for the one of this name, from its beginning to its acknowledgement. */
  readonly topicIds: Set<Uuid>;
  outcome: Operation['outcome'];
  endMs: number;
  offset: number;
}

interface Poll {
  readonly reader: number;
  readonly ms: number;
  readonly topicId: Uuid;
  readonly partition: number;
  readonly records: readonly { readonly offset: number; readonly value: string }[];
}

const PRODUCER = 0;
const FIRST_READER = 1_000;
const MAX_IN_FLIGHT = 5;
const PAUSE_MS = 50;
/** Between two looks at which topic the nodes hold: none is made, written to and deleted again in so short a time. */
const LOOK_EVERY_MS = 1;
/** Nothing of the old topic is waited for longer. */
const DELIVERY_TIMEOUT_MS = 10_000;
const REQUEST_TIMEOUT_MS = 3_000;

/**
 * Writes to a topic that is deleted and made again under its name, and reads it. Each topic that had the name has a history of
 * its own, by its id: a consumer knows of which one its records are. An acknowledgement does not tell: it counts as that of the
 * only topic which any node held for the one of this name between the send and its answer; where there were two, the send
 * counts as unknown.
 */
export class PassingWorkload {
  readonly #options: PassingWorkloadOptions;
  readonly #sends: Send[] = [];
  readonly #polls: Poll[] = [];
  readonly #unanswered = new Set<Send>();
  #readers = 0;
  #stopped = false;

  constructor(options: PassingWorkloadOptions) {
    this.#options = options;
  }

  stop(): void {
    this.#stopped = true;
  }

  /** Until `stop`, and until all that was sent is answered. */
  async produce(platform: Platform): Promise<void> {
    const { cluster, random, partitions } = this.#options;
    const producer = new Producer<string, string>({
      bootstrap: cluster.bootstrap,
      platform,
      deliveryTimeoutMs: DELIVERY_TIMEOUT_MS,
      requestTimeoutMs: REQUEST_TIMEOUT_MS,
    });
    this.#watch();
    while (!this.#stopped) {
      if (this.#unanswered.size < MAX_IN_FLIGHT) void this.#send(producer, random.below(partitions));
      await sleep(platform.clock, random.between(5, 60));
    }
    while (this.#unanswered.size > 0) await sleep(platform.clock, PAUSE_MS);
    await producer.close();
  }

  /** One consumer after the other: each ends with the topic that it reads. */
  async consume(platform: Platform): Promise<void> {
    const { cluster } = this.#options;
    for (;;) {
      const consumer = this.#consumer(platform);
      try {
        await this.#read(consumer, () => false);
      } catch (error) {
        if (!(error instanceof VarveError)) throw error;
        if (error.code === 'UNKNOWN_TOPIC_ID') cluster.simulation.reached('a reader was told that its topic is gone');
      }
      await consumer.close();
      await sleep(platform.clock, PAUSE_MS);
    }
  }

  /** Reads what the last topic of the name holds, to its end as of now; call it when nobody writes or deletes any more. */
  async readToEnd(platform: Platform): Promise<void> {
    const { topic } = this.#options;
    const consumer = this.#consumer(platform, LIVENESS_MS);
    const all = this.#partitions();
    const ends = new Map<number, number>();
    for (const { partition, offset } of await this.#endOffsets(consumer, platform.clock)) {
      ends.set(partition, Number(offset));
    }
    if (ends.size > 0) {
      await this.#read(consumer, () =>
        all.every(({ partition }) => Number(consumer.position(topic, partition) ?? 0) >= (ends.get(partition) ?? 0)),
      );
    }
    await consumer.close();
  }

  /**
   * Of the topic that is there; none once no node holds one. A node whose disk hangs serves a new topic late, and holds a
   * deleted one for long, which may outlast a client's patience (SEED=110 SECONDS=4).
   */
  async #endOffsets(consumer: Consumer<null, number>, clock: Clock): Promise<readonly SavedPosition[]> {
    const untilMs = clock.monotonicMs() + LIVENESS_MS;
    for (;;) {
      if (this.#heldTopicIds().size === 0) return [];
      try {
        return await consumer.endOffsets(this.#partitions());
      } catch (error) {
        const mayPass = error instanceof VarveError && error.retriable && clock.monotonicMs() < untilMs;
        if (!mayPass) throw error;
        await sleep(clock, PAUSE_MS);
      }
    }
  }

  /** By `topic-partition` with the topic's id: what is to be said of its history. */
  check(): ReadonlyMap<string, HistoryReport> {
    const reports = new Map<string, HistoryReport>();
    const last = this.#heldTopicIds();
    for (const topicId of new Set([...this.#sends.flatMap((send) => [...send.topicIds]), ...last])) {
      for (const { topic, partition } of this.#partitions()) {
        const name = `${topicPartitionKey(topic, partition)} (${topicId})`;
        const history = this.#historyOf(topicId, partition, name);
        reports.set(name, checkHistory(history, { consumers: 'assign', readToEnd: last.has(topicId) }));
      }
    }
    return reports;
  }

  async #send(producer: Producer<string, string>, partition: number): Promise<void> {
    const { cluster, topic } = this.#options;
    const { simulation } = cluster;
    const value = taggedValue(PRODUCER, this.#sends.length, 0);
    const topicIds = this.#heldTopicIds();
    const startMs = simulation.nowMs;
    const send: Send = { partition, startMs, value, topicIds, outcome: 'unknown', endMs: Infinity, offset: -1 };
    this.#sends.push(send);
    this.#unanswered.add(send);
    try {
      const { offset } = await producer.send({ topic, partition, value });
      send.offset = Number(offset);
      send.outcome = 'ok';
      this.#look();
    } catch (error) {
      if (!(error instanceof VarveError)) throw error;
      if (error instanceof SendError && !error.mayBeStored) send.outcome = 'failed';
    }
    send.endMs = simulation.nowMs;
    this.#unanswered.delete(send);
  }

  /**
   * Until nothing is sent any more. Its beginning and its end do not tell what a send went through: the topic that took it may
   * have been made after the one, and deleted before the other.
   */
  #watch(): void {
    this.#look();
    if (this.#stopped && this.#unanswered.size === 0) return;
    this.#options.cluster.simulation.at(LOOK_EVERY_MS, () => this.#watch());
  }

  #look(): void {
    if (this.#unanswered.size === 0) return;
    for (const topicId of this.#heldTopicIds()) {
      for (const { topicIds } of this.#unanswered) topicIds.add(topicId);
    }
  }

  /** Ids of the topics that running nodes hold for the one of this name: more than one while some have not heard yet. */
  #heldTopicIds(): Set<Uuid> {
    const { cluster, topic } = this.#options;
    const ids = new Set<Uuid>();
    for (const { image } of cluster.runningNodes) {
      const held = image.topicByName(topic);
      if (held !== undefined) ids.add(held.id);
    }
    return ids;
  }

  #partitions(): { readonly topic: string; readonly partition: number }[] {
    const { topic, partitions } = this.#options;
    return Array.from({ length: partitions }, (_, partition) => ({ topic, partition }));
  }

  #consumer(platform: Platform, requestTimeoutMs = REQUEST_TIMEOUT_MS): Consumer<null, number> {
    return new Consumer<null, number>({
      bootstrap: this.#options.cluster.bootstrap,
      platform,
      requestTimeoutMs,
      keyDeserializer: () => null,
      valueDeserializer: tagOf,
    });
  }

  /** From the start of each partition, until `isDone`. */
  async #read(consumer: Consumer<null, number>, isDone: () => boolean): Promise<void> {
    const { simulation } = this.#options.cluster;
    const reader = FIRST_READER + this.#readers++;
    await consumer.assign(this.#partitions().map((each) => ({ ...each, from: 'earliest' as const })));
    if (isDone()) return;
    for await (const batch of consumer.batches()) {
      const { partition } = batch;
      const place = consumer.positions().find((one) => one.partition === partition);
      const records: { offset: number; value: string }[] = [];
      for (const { offset, value } of batch) {
        if (value === FOREIGN) simulation.fail('a record was read that nobody sent', `${batch.topic}-${partition}`);
        const { producer, number } = parseTag(value);
        records.push({ offset: Number(offset), value: taggedValue(producer, number, 0) });
      }
      this.#polls.push({ reader, ms: simulation.nowMs, topicId: place?.topicId ?? '', partition, records });
      if (isDone()) return;
    }
  }

  /** Of one partition of one topic: what was surely stored in it, what was read of it, and the sends that this tells of. */
  #historyOf(topicId: Uuid, partition: number, name: string): Operation[] {
    const polls = this.#polls.filter((poll) => poll.topicId === topicId && poll.partition === partition);
    const read = new Set(polls.flatMap(({ records }) => records.map(({ value }) => value)));
    const operations: Operation[] = [];
    for (const { startMs, endMs, value, topicIds, outcome, offset, ...send } of this.#sends) {
      if (send.partition !== partition) continue;
      const isHere = outcome === 'ok' && topicIds.size === 1 && topicIds.has(topicId);
      // What another topic took may have come here all the same, late, by another way.
      if (!isHere && !read.has(value)) continue;
      const step = { kind: 'send', partition: name, value } as const;
      operations.push({
        process: PRODUCER,
        startMs,
        endMs,
        outcome: isHere ? 'ok' : outcome === 'failed' ? 'failed' : 'unknown',
        steps: [isHere && offset >= 0 ? { ...step, offset } : step],
      });
    }
    for (const { reader, ms, records } of polls) {
      const step: PollStep = { kind: 'poll', records: records.map((record) => ({ ...record, partition: name })) };
      operations.push({ process: reader, startMs: ms, endMs: ms, outcome: 'ok', steps: [step] });
    }
    return operations;
  }
}
