import { VarveError, toVarveError } from '../../common/errors.js';
import { partitionForKey } from '../../common/murmur2.js';
import type { Timer } from '../../platform/clock.js';
import { sleep } from '../../platform/clock.js';
import type { RecordBytes, HeaderInput } from '../../record/batch-builder.js';
import { Cluster, checkTopicName } from '../cluster.js';
import type { Serializer } from '../serializers.js';
import { copied, copiedHeader, headerList, type ProducerRecord, recordSize, serialized } from './producer-record.js';
import { BufferMemory, DEFAULT_BUFFER_BYTES, ROOM_SHARE } from './buffer-memory.js';
import type { PartitionQueue } from './partition-queue.js';
import type { BatchResult, DeliveryCallback, RecordMetadata } from './producer-batch.js';
import { varve } from '../../protocol/varve.js';
import { BuilderPool, ProducerBatch } from './producer-batch.js';
import type { Partitioner, ProducerOptions, ResolvedProducerOptions } from './producer-options.js';
import { resolveProducerOptions } from './producer-options.js';
import { SendError } from './send-error.js';
import { Sender } from './sender.js';
import { TopicQueues } from './topic-queues.js';

const { Acks } = varve.v1;

/** A record that has no place yet: its topic's partitions are not known, or the buffer is full. */
interface WaitingRecord {
  readonly topicName: string;
  readonly partition: number | undefined;
  readonly key: RecordBytes;
  readonly value: RecordBytes;
  readonly headers: readonly HeaderInput[] | undefined;
  readonly timestamp: number;
  readonly sizeBytes: number;
  readonly sinceMs: number;
  /** Counts the records that had to wait. */
  readonly number: number;
  readonly delivery: DeliveryCallback | undefined;
}

const INITIAL_BUILDER_BYTES = 4 * 1024;
const MAX_WAITING_RECORDS = 1_000_000;
const CLOSE_POLL_MS = 10;

/**
 * Sends records. Idempotent unless told otherwise: within the life of a producer each record is stored once, and the
 * records of one partition in the order of the calls, across retries and fail-overs.
 */
export class Producer<Key = RecordBytes, Value = RecordBytes> {
  readonly #cluster: Cluster;
  readonly #options: ResolvedProducerOptions;
  readonly #keySerializer: Serializer<Key> | undefined;
  readonly #valueSerializer: Serializer<Value> | undefined;
  readonly #partitioner: Partitioner | undefined;
  readonly #sender: Sender;
  readonly #pool: BuilderPool;
  readonly #topics = new Map<string, TopicQueues>();
  /** Records of topics that are not known yet, by topic. */
  readonly #unplaced = new Map<TopicQueues, WaitingRecord[]>();
  /** Records for which the buffer has no room, first come first served. */
  #roomless: WaitingRecord[] = [];
  #roomlessBytes = 0;
  #nextWaiting = 0;
  #roomlessTimer: Timer | undefined;
  #roomListeners: (() => void)[] = [];
  readonly #memory: BufferMemory;
  /** The first failure of a record that nobody waits for, for `flush`. */
  #unheardFailure: VarveError | undefined;
  #closed = false;

  constructor(options: ProducerOptions<Key, Value>) {
    this.#options = resolveProducerOptions(options);
    this.#keySerializer = options.keySerializer;
    this.#valueSerializer = options.valueSerializer;
    this.#partitioner = options.partitioner;
    this.#cluster = new Cluster(options);
    const { bufferMemoryBytes, batchSizeBytes } = this.#options;
    this.#memory = new BufferMemory(bufferMemoryBytes, batchSizeBytes);
    this.#pool = new BuilderPool(INITIAL_BUILDER_BYTES, bufferMemoryBytes ?? DEFAULT_BUFFER_BYTES);
    this.#sender = new Sender(this.#cluster, this.#options, this.#memory, {
      onSplit: (_queue, batch) => this.#pool.give(batch.builder, this.#memory),
      onSettled: (queue, batch, error, result) => this.#onSettled(queue, batch, error, result),
    });
  }

  /** Bytes of records that are buffered or under way. */
  get bufferedBytes(): number {
    return this.#memory.usedBytes;
  }

  /**
   * Sends one record; resolves once it is acknowledged. Waits while the buffer is full. Rejects with a VarveError whose
   * code is Kafka's, REQUEST_TIMED_OUT after `deliveryTimeoutMs`; that of a record which was taken is a SendError and tells
   * whether it may be stored.
   */
  send(record: ProducerRecord<Key, Value>): Promise<RecordMetadata> {
    return this.#send(record, () => {});
  }

  /**
   * Sends many; resolves, in their order, once all are acknowledged. Rejects with the first failure. While the buffer is
   * full no more are taken from `records`.
   */
  async sendAll(records: Iterable<ProducerRecord<Key, Value>>): Promise<RecordMetadata[]> {
    const sent: Promise<RecordMetadata>[] = [];
    let failure: { readonly error: unknown } | undefined;
    const onFailure = (error: unknown): void => {
      failure ??= { error };
    };
    for (const record of records) {
      while (!this.#hasRoom && !this.#closed) await this.ready();
      if (failure !== undefined) throw failure.error;
      const one = this.#send(record, onFailure);
      // It is told by what is thrown here, or by the first of all.
      one.catch(() => {});
      sent.push(one);
    }
    return Promise.all(sent);
  }

  /** Calls `onFailure` at once: while nothing waits for room, no promise comes to tell of it. */
  #send(record: ProducerRecord<Key, Value>, onFailure: (error: unknown) => void): Promise<RecordMetadata> {
    return new Promise((resolve, reject) => {
      const fail = (error: unknown): void => {
        onFailure(error);
        reject(error as Error);
      };
      try {
        this.#take(record, true, (error, metadata) => {
          if (metadata === undefined) fail(error);
          else resolve(metadata);
        });
      } catch (error) {
        fail(error);
      }
    });
  }

  /**
   * Sends one record without a promise's cost. False: the buffer is full now, await `ready()` before the next one; a
   * call without room throws THROTTLING_QUOTA_EXCEEDED. `onDelivery` hears of this record; what fails
   * without one rejects the next `flush`. Where several parts of a program share a producer, each awaits `ready()` until
   * `hasRoom` holds: another may have been quicker.
   */
  produce(record: ProducerRecord<Key, Value>, onDelivery?: DeliveryCallback): boolean {
    this.#take(record, false, onDelivery);
    return this.#hasRoom;
  }

  /** Whether `produce` takes a record now. */
  get hasRoom(): boolean {
    return this.#hasRoom;
  }

  /** Resolves when `produce` takes a record again. */
  ready(): Promise<void> {
    if (this.#hasRoom || this.#closed) return Promise.resolve();
    this.#sender.makeRoom();
    return new Promise((resolve) => this.#roomListeners.push(resolve));
  }

  /**
   * Sends what is buffered without waiting for batches to fill, and resolves once all that was sent before the call is
   * settled. Rejects with the first failure of a record that was given to `produce` without a callback.
   */
  async flush(): Promise<void> {
    const end = this.#sender.beginFlush();
    try {
      await this.#placed();
      await Promise.all(this.#unsettled());
    } finally {
      end();
    }
    const failure = this.#unheardFailure;
    this.#unheardFailure = undefined;
    if (failure !== undefined) throw failure;
  }

  /** The partitions of a topic, in their number. Rejects with the topic's error. */
  async partitionCount(topic: string): Promise<number> {
    return (await this.#cluster.knownTopic(topic, this.#options.maxBlockMs)).partitions.length;
  }

  /**
   * Sends what is buffered, for at most `timeoutMs` (default: `deliveryTimeoutMs`), and disconnects. What is not
   * acknowledged by then fails; rejects as `flush` does.
   */
  async close(options: { readonly timeoutMs?: number } = {}): Promise<void> {
    if (this.#closed) return;
    const { clock } = this.#cluster.platform;
    const deadlineMs = clock.monotonicMs() + (options.timeoutMs ?? this.#options.deliveryTimeoutMs);
    const end = this.#sender.beginFlush();
    let settled = false;
    const wait = async (what: Promise<unknown>, untilMs: number): Promise<void> => {
      while (!settled && clock.monotonicMs() < untilMs) await Promise.race([what, sleep(clock, CLOSE_POLL_MS)]);
    };
    const done = this.#placed()
      .then(() => Promise.all(this.#unsettled()))
      .finally(() => (settled = true));
    await wait(done, deadlineMs);
    end();
    this.#closed = true;
    this.#roomlessTimer?.cancel();
    const error = new VarveError('NETWORK_EXCEPTION', 'The producer was closed before the record was acknowledged.');
    const waiting = [...this.#roomless, ...[...this.#unplaced.values()].flat()];
    this.#roomless = [];
    this.#roomlessBytes = 0;
    this.#unplaced.clear();
    for (const { delivery } of waiting) this.#fail(delivery, error);
    settled = false;
    const ended = this.#sender.close(error).finally(() => (settled = true));
    this.#tellRoom();
    // Without answers, the end of the streams is what says that the nodes have it all.
    if (this.#options.acks === Acks.ACKS_NONE) {
      await wait(ended, Math.min(deadlineMs, clock.monotonicMs() + this.#options.requestTimeoutMs));
    }
    this.#cluster.close();
    const failure = this.#unheardFailure;
    this.#unheardFailure = undefined;
    if (failure !== undefined) throw failure;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  #take(record: ProducerRecord<Key, Value>, mayWait: boolean, delivery: DeliveryCallback | undefined): void {
    if (this.#closed) throw new VarveError('INVALID_REQUEST', 'The producer is closed: make a new one.');
    const { topic: name } = record;
    const key = serialized(record.key, this.#keySerializer, name, 'key');
    const value = serialized(record.value, this.#valueSerializer, name, 'value');
    const headers = record.headers === undefined ? undefined : headerList(record.headers, name);
    const timestamp = record.timestamp ?? this.#cluster.platform.clock.wallMs();
    if (!Number.isSafeInteger(timestamp) || timestamp < -1) {
      throw new VarveError(
        'INVALID_TIMESTAMP',
        `The timestamp of a record for '${name}' is ${timestamp}: give Unix milliseconds, an integer.`,
      );
    }
    const sizeBytes = recordSize(key, value, headers);
    if (sizeBytes > this.#options.maxRequestBytes) {
      throw new VarveError(
        'MESSAGE_TOO_LARGE',
        `A record for '${name}' takes ${sizeBytes} bytes, above maxRequestBytes = ${this.#options.maxRequestBytes}.`,
      );
    }
    const topic = this.#topic(name);
    const hasRoom = this.#hasRoom;
    if (hasRoom && topic.isKnown && !this.#isHeldUp(topic)) {
      this.#append(topic, record.partition, key, value, headers, timestamp, delivery);
      return;
    }
    if (!hasRoom && (!mayWait || !this.#mayWaitForRoom(sizeBytes))) {
      throw new VarveError(
        'THROTTLING_QUOTA_EXCEEDED',
        `The producer's buffer of ${this.#memory.limitBytes} bytes is full: await ready() or send().`,
      );
    }
    const sinceMs = this.#cluster.platform.clock.monotonicMs();
    const { partition } = record;
    const number = this.#nextWaiting++;
    const own = { key: copied(key), value: copied(value), headers: headers?.map(copiedHeader) };
    const waiting = { topicName: name, partition, ...own, timestamp, sizeBytes, sinceMs, number, delivery };
    if (hasRoom) this.#holdBack(topic, waiting);
    else this.#waitForRoom(waiting);
  }

  #topic(name: string): TopicQueues {
    let topic = this.#topics.get(name);
    if (topic === undefined) {
      checkTopicName(name);
      topic = new TopicQueues(name, this.#cluster, this.#sender, this.#memory, this.#options.batchSizeBytes);
      this.#topics.set(name, topic);
      this.#cluster.watch(name);
    }
    return topic;
  }

  #append(
    topic: TopicQueues,
    partition: number | undefined,
    key: RecordBytes,
    value: RecordBytes,
    headers: readonly HeaderInput[] | undefined,
    timestamp: number,
    delivery: DeliveryCallback | undefined,
  ): void {
    const { batchSizeBytes, codec, lingerMs } = this.#options;
    let keyBytes = key;
    let chosen = partition;
    let isSticky = false;
    if (chosen === undefined) {
      if (this.#partitioner !== undefined) chosen = this.#choose(topic, key);
      else if (key !== null) {
        keyBytes = typeof key === 'string' ? Buffer.from(key) : key;
        chosen = partitionForKey(keyBytes, topic.count);
      } else {
        chosen = topic.sticky.current(topic);
        isSticky = true;
      }
    }
    if (!Number.isInteger(chosen) || chosen < 0 || chosen >= topic.count) {
      const error = new VarveError(
        'UNKNOWN_TOPIC_OR_PARTITION',
        `Topic '${topic.name}' has partitions 0 to ${topic.count - 1}, not ${chosen}.`,
      );
      this.#fail(delivery, error);
      return;
    }
    const queue = topic.queue(chosen);
    const limitBytes = Math.min(batchSizeBytes, queue.batchLimitBytes);
    const bound = recordSize(keyBytes, value, headers);
    if (queue.open !== undefined && queue.open.sizeBytes + bound > limitBytes) {
      queue.closeOpen();
      this.#sender.wake(queue);
    }
    let batch = queue.open;
    const isNew = batch === undefined;
    if (batch === undefined) {
      const nowMs = this.#cluster.platform.clock.monotonicMs();
      batch = new ProducerBatch(this.#pool.take(), codec, nowMs);
    }
    const before = batch.sizeBytes;
    batch.append(timestamp, keyBytes, value, headers, delivery);
    if (isNew) {
      // Not before: what the append throws must not leave an empty batch behind.
      queue.begin(batch);
      if (lingerMs > 0) {
        queue.lingerTimer?.cancel();
        queue.lingerTimer = this.#cluster.platform.clock.after(lingerMs, () => this.#sender.wake(queue));
      }
    }
    const grown = batch.sizeBytes - before;
    batch.accountedBytes += grown;
    this.#memory.usedBytes += grown;
    this.#memory.addedBytes += grown;
    if (isSticky) topic.sticky.onAppended(grown, isNew, topic);
    if (lingerMs === 0 || this.#sender.isFlushing) this.#sender.appended(queue);
    if (batch.sizeBytes >= limitBytes) {
      queue.closeOpen();
      this.#sender.wake(queue);
    }
  }

  #fail(delivery: DeliveryCallback | undefined, error: VarveError): void {
    if (delivery === undefined) this.#unheardFailure ??= error;
    else this.#tell(delivery, error);
  }

  #tell(delivery: DeliveryCallback, error: VarveError): void {
    try {
      // It has been in no batch.
      delivery(new SendError(error, false), undefined);
    } catch (thrown) {
      this.#callbackThrew(thrown);
    }
  }

  /** A program's mistake in one callback is no reason to leave other records, or the program, without an end. */
  readonly #callbackThrew = (thrown: unknown): void => {
    this.#cluster.platform.logger.error({ error: String(thrown) }, 'A delivery callback threw; it is ignored.');
  };

  #choose(topic: TopicQueues, key: RecordBytes): number {
    if (this.#partitioner === undefined) return -1;
    try {
      return this.#partitioner(topic.name, key, topic.count);
    } catch (thrown) {
      const message = `The partitioner threw for a record of '${topic.name}': ${String(thrown)}`;
      throw new VarveError('INVALID_RECORD', message, { cause: thrown });
    }
  }

  /** Appends a record that has waited: nobody is there any more to catch what that throws. */
  #appendWaiting(topic: TopicQueues, waiting: WaitingRecord): void {
    const { partition, key, value, headers, timestamp, delivery } = waiting;
    try {
      this.#append(topic, partition, key, value, headers, timestamp, delivery);
    } catch (error) {
      this.#fail(delivery, toVarveError(error));
    }
  }

  /** Keeps a record until its topic's partitions are known. */
  #holdBack(topic: TopicQueues, waiting: WaitingRecord): void {
    this.#memory.usedBytes += waiting.sizeBytes;
    const held = this.#unplaced.get(topic);
    if (held !== undefined) {
      held.push(waiting);
      return;
    }
    this.#unplaced.set(topic, [waiting]);
    void this.#place(topic);
  }

  /** Whether earlier records of the topic have no place yet: it may be known some turns before they get it. */
  #isHeldUp(topic: TopicQueues): boolean {
    return this.#unplaced.size > 0 && this.#unplaced.has(topic);
  }

  async #place(topic: TopicQueues): Promise<void> {
    let failure: VarveError | undefined;
    try {
      await this.#cluster.knownTopic(topic.name, this.#options.maxBlockMs);
    } catch (error) {
      failure = error instanceof VarveError ? error : new VarveError('UNKNOWN_SERVER_ERROR', String(error));
    }
    if (failure !== undefined) {
      // The next record asks anew: the topic may have been made by then.
      topic.stop();
      this.#topics.delete(topic.name);
      this.#cluster.unwatch(topic.name);
    }
    for (
      let held = this.#unplaced.get(topic);
      held !== undefined && held.length > 0;
      held = this.#unplaced.get(topic)
    ) {
      const now = [...held];
      for (const each of now) {
        this.#memory.usedBytes -= each.sizeBytes;
        if (failure !== undefined) this.#fail(each.delivery, failure);
        else this.#appendWaiting(topic, each);
      }
      // Not before: a flush waits for them, and what a callback sends goes behind them. It has a turn of its own, since
      // what is refused at once may be sent again for ever.
      held.splice(0, now.length);
      if (held.length > 0) await new Promise<void>((resolve) => this.#cluster.platform.clock.defer(resolve));
    }
    this.#unplaced.delete(topic);
    this.#giveRoom();
  }

  get #hasRoom(): boolean {
    return this.#memory.usedBytes < this.#memory.limitBytes && this.#roomless.length === 0;
  }

  #mayWaitForRoom(sizeBytes: number): boolean {
    const { length } = this.#roomless;
    const isWithinBytes = this.#roomlessBytes + sizeBytes <= this.#memory.waitingLimitBytes;
    return length === 0 || (length < MAX_WAITING_RECORDS && isWithinBytes);
  }

  #waitForRoom(waiting: WaitingRecord): void {
    this.#roomless.push(waiting);
    this.#roomlessBytes += waiting.sizeBytes;
    this.#sender.makeRoom();
    if (this.#roomless.length === 1) this.#watchRoomless();
  }

  /** Fails those that have waited for room longer than `max.block.ms`. */
  #watchRoomless(): void {
    const { clock } = this.#cluster.platform;
    const [first] = this.#roomless;
    if (first === undefined || this.#closed) return;
    const { maxBlockMs } = this.#options;
    this.#roomlessTimer = clock.after(Math.max(1, first.sinceMs + maxBlockMs - clock.monotonicMs()), () => {
      const nowMs = clock.monotonicMs();
      const late = this.#roomless.findIndex((each) => nowMs - each.sinceMs < maxBlockMs);
      const error = new VarveError('REQUEST_TIMED_OUT', `The buffer had no room for ${maxBlockMs} ms (max.block.ms).`);
      const expired = this.#roomless.splice(0, late < 0 ? this.#roomless.length : late);
      for (const each of expired) this.#roomlessBytes -= each.sizeBytes;
      for (const each of expired) this.#fail(each.delivery, error);
      this.#watchRoomless();
      if (this.#hasRoom) this.#tellRoom();
    });
  }

  #onSettled(
    queue: PartitionQueue,
    batch: ProducerBatch,
    error: SendError | null,
    result: BatchResult | undefined,
  ): void {
    this.#memory.usedBytes -= batch.accountedBytes;
    if (error !== null && batch.hasUnheardRecords) this.#unheardFailure ??= error;
    const builder = batch.settle(error, queue.topic, queue.partition, result, this.#callbackThrew);
    this.#pool.give(builder, this.#memory);
    this.#giveRoom();
  }

  #giveRoom(): void {
    if (this.#memory.usedBytes >= this.#memory.limitBytes * ROOM_SHARE) return;
    let taken = 0;
    for (const waiting of this.#roomless) {
      if (this.#memory.usedBytes >= this.#memory.limitBytes) break;
      taken += 1;
      this.#roomlessBytes -= waiting.sizeBytes;
      // Not the queues of its call: those may have gone meanwhile, with a topic that was not there.
      const topic = this.#topic(waiting.topicName);
      if (topic.isKnown && !this.#isHeldUp(topic)) this.#appendWaiting(topic, waiting);
      else this.#holdBack(topic, waiting);
    }
    if (taken > 0) this.#roomless.splice(0, taken);
    if (this.#roomless.length === 0) this.#roomlessTimer?.cancel();
    if (this.#hasRoom) this.#tellRoom();
  }

  #tellRoom(): void {
    this.#memory.isAwaited = false;
    const listeners = this.#roomListeners;
    this.#roomListeners = [];
    for (const listener of listeners) listener();
  }

  /** Resolves once every record given so far is in a batch, or has failed; later ones are not waited for. */
  async #placed(): Promise<void> {
    const end = this.#nextWaiting;
    const isOlder = (first: WaitingRecord | undefined): boolean => first !== undefined && first.number < end;
    while (!this.#closed) {
      if (!isOlder(this.#roomless[0]) && ![...this.#unplaced.values()].some((held) => isOlder(held[0]))) return;
      await sleep(this.#cluster.platform.clock, 1);
    }
  }

  #unsettled(): Promise<void>[] {
    const promises: Promise<void>[] = [];
    for (const topic of this.#topics.values()) {
      for (const queue of topic.queues) {
        for (const batch of queue.batches()) promises.push(new Promise((resolve) => batch.onSettled(resolve)));
      }
    }
    return promises;
  }
}
