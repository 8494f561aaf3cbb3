import { VarveError } from '../../common/errors.js';
import type { TopicPartition } from '../../common/ids.js';
import { topicPartitionKey } from '../../common/ids.js';
import { Cluster } from '../cluster.js';
import type { Deserializer } from '../serializers.js';
import { deserializers } from '../serializers.js';
import { ConsumerBatch } from './consumer-batch.js';
import type { ConsumerOptions, ResolvedConsumerOptions } from './consumer-options.js';
import { resolveConsumerOptions } from './consumer-options.js';
import type { ConsumerRecord } from './consumer-record.js';
import { Fetcher } from './fetcher.js';
import { PartitionReader } from './partition-reader.js';
import type { StartPosition } from './partition-reader.js';
import { CurrentBatch, type QueuedBatch, RecordIteration } from './record-iteration.js';
import { listOffsetsPatiently } from './start-offsets.js';

/** A partition, or all of a topic's, and where to start; default: `earliest`. */
export interface Assignment {
  readonly topic: string;
  readonly partition?: number;
  readonly from?: StartPosition;
  /**
   * The topic that the offset in `from` is of (SavedPosition.topicId). Where the topic was deleted and made again since,
   * the iteration rejects with UNKNOWN_TOPIC_ID, or starts over as `autoOffsetReset` says.
   */
  readonly topicId?: string;
  /**
   * Of the last record below the offset in `from` (SavedPosition.leaderEpoch). Where the log was cut below it since (an unclean
   * election), the iteration rejects with OFFSET_OUT_OF_RANGE, or goes back to the cut as `autoOffsetReset` says (KIP-320).
   */
  readonly leaderEpoch?: number;
}

/** A position that can be saved (offsets as text in JSON) and given to `assign` again, the offset as `from`. */
export interface SavedPosition {
  readonly topic: string;
  readonly partition: number;
  readonly offset: bigint;
  /** Of the topic that the offset is of, where it is known: another one may have its name later. */
  readonly topicId?: string;
  /** Of the last record below the offset, where one was read. */
  readonly leaderEpoch?: number;
}

export interface IterationOptions {
  /** Ends the iteration: it rejects with the signal's reason. */
  readonly signal?: AbortSignal;
}

const METADATA_TIMEOUT_MS = 60_000;
/** Batches handed on before the queue lets go of them. */
const COMPACTED_LENGTH = 64;

/**
 * Reads assigned partitions, from their leaders, for as long as it is iterated; survives fail-overs. Records of one
 * partition come in order. What is not iterated is not read beyond `maxBufferedBytes`.
 */
export class Consumer<Key = Buffer | null, Value = Buffer | null> {
  readonly #cluster: Cluster;
  readonly #options: ResolvedConsumerOptions;
  readonly #keyDeserializer: Deserializer<Key>;
  readonly #valueDeserializer: Deserializer<Value>;
  readonly #fetcher: Fetcher<Key, Value>;
  readonly #readers = new Map<string, PartitionReader<Key, Value>>();
  readonly #generations = new Map<string, number>();
  #queue: QueuedBatch<Key, Value>[] = [];
  #queueHead = 0;
  readonly #current: CurrentBatch<Key, Value>;
  /** The codec is there, or cannot be had, that Node may lack. */
  #hasTriedZstd = false;
  #bufferedBytes = 0;
  #failures: { readonly reader: PartitionReader<Key, Value>; readonly error: VarveError }[] = [];
  /** Failed, and told: tried again when an iteration would wait, so that it is told anew what still holds. */
  readonly #told = new Set<PartitionReader<Key, Value>>();
  #wakeIteration: (() => void)[] = [];
  #progressListeners: (() => void)[] = [];
  /** Counts the calls of `assign`. */
  #assignCalls = 0;
  #closed = false;

  constructor(options: ConsumerOptions<Key, Value>) {
    this.#options = resolveConsumerOptions(options);
    this.#keyDeserializer = options.keyDeserializer ?? (deserializers.bytes as unknown as Deserializer<Key>);
    this.#valueDeserializer = options.valueDeserializer ?? (deserializers.bytes as unknown as Deserializer<Value>);
    this.#cluster = new Cluster(options);
    this.#current = new CurrentBatch({
      take: () => this.#shift(),
      isStale: (queued) => this.#closed || this.#isStale(queued),
      readAgain: (reader) => this.#readAgain(reader),
    });
    this.#fetcher = new Fetcher(this.#cluster, this.#options, {
      onBatch: (reader, batch) => this.#onBatch(reader, batch),
      onProgress: () => this.#tellProgress(),
      onCutOff: (reader) => this.#dropQueued(reader),
      onFailure: (reader, error) => {
        this.#failures.push({ reader, error });
        this.#wake();
        this.#tellProgress();
      },
    });
  }

  /**
   * Reads these partitions from now on, in place of any before. Resolves once each has its place to start, so that
   * `from: 'latest'` is the end as of this call. Of a partition that is named twice the later mention counts. Rejects with
   * UNKNOWN_TOPIC_OR_PARTITION and the like. Of calls that do not wait for each other the last one counts.
   */
  async assign(assignments: readonly Assignment[]): Promise<void> {
    this.#checkOpen();
    const call = ++this.#assignCalls;
    const readers = new Map<string, PartitionReader<Key, Value>>();
    // All at once: for each that comes later the nodes would be asked for all of them anew.
    for (const { topic } of assignments) this.#cluster.watch(topic);
    for (const assignment of assignments) {
      const topic = await this.#cluster.knownTopic(assignment.topic, METADATA_TIMEOUT_MS);
      const { partition } = assignment;
      if (partition !== undefined && !(Number.isInteger(partition) && topic.partitions[partition] !== undefined)) {
        throw new VarveError(
          'UNKNOWN_TOPIC_OR_PARTITION',
          `Topic '${assignment.topic}' has partitions 0 to ${topic.partitions.length - 1}, not ${partition}.`,
        );
      }
      const numbers = partition === undefined ? [...topic.partitions.keys()] : [partition];
      for (const each of numbers) {
        const reader = this.#reader(assignment, each, topic.topicId);
        readers.set(reader.key, reader);
      }
    }
    if (call !== this.#assignCalls || this.#closed) return;
    this.#unassignAll();
    for (const reader of readers.values()) {
      this.#readers.set(reader.key, reader);
      this.#fetcher.add(reader);
    }
    await this.#started([...readers.values()]);
  }

  /** The partitions that are assigned. */
  get assignment(): TopicPartition[] {
    return [...this.#readers.values()].map(({ topic, partition }) => ({ topic, partition }));
  }

  /** The next offset of each partition to be handed to the program: what to save in order to go on there later. */
  positions(): SavedPosition[] {
    const positions: SavedPosition[] = [];
    for (const { topic, topicId, partition, position, start, epochs, doubt } of this.#readers.values()) {
      if (start !== undefined) continue;
      const leaderEpoch = doubt?.epoch ?? epochs.before(position);
      const offset = BigInt(position);
      positions.push({ topic, partition, offset, topicId, ...(leaderEpoch < 0 ? {} : { leaderEpoch }) });
    }
    return positions;
  }

  /** The next offset of one partition; undefined while its start is not known yet. */
  position(topic: string, partition: number): bigint | undefined {
    const reader = this.#assigned(topic, partition);
    return reader.start === undefined ? BigInt(reader.position) : undefined;
  }

  /** Records between the position and the end, as far as the end is known; undefined before. */
  lag(topic: string, partition: number): bigint | undefined {
    const reader = this.#assigned(topic, partition);
    if (reader.start !== undefined || reader.highWatermark < 0) return undefined;
    return BigInt(Math.max(0, reader.highWatermark - reader.position));
  }

  /** Goes on elsewhere in a partition. What was received from the old place is dropped. */
  seek(topic: string, partition: number, to: StartPosition): void {
    this.#checkOpen();
    const reader = this.#assigned(topic, partition);
    // First of all: what is no place must not cost what was received.
    place(reader, to);
    this.#dropQueued(reader);
    // Of the place before.
    this.#failures = this.#failures.filter((failure) => failure.reader !== reader);
    this.#told.delete(reader);
    this.#fetcher.sought(reader);
    // It has a place now, if it had none: nothing of a paused partition would say so.
    this.#tellProgress();
  }

  /**
   * Stops handing on and reading these partitions, or all. What was received of them is dropped, and read again after
   * `resume`: kept, it would take the buffer from the others.
   */
  pause(partitions: readonly TopicPartition[] = this.assignment): void {
    for (const { topic, partition } of partitions) {
      const reader = this.#assigned(topic, partition);
      if (reader.isPaused) continue;
      reader.isPaused = true;
      if (reader.start === undefined) this.#readAgain(reader);
      this.#fetcher.update(reader);
    }
  }

  resume(partitions: readonly TopicPartition[] = this.assignment): void {
    for (const { topic, partition } of partitions) {
      const reader = this.#assigned(topic, partition);
      if (!reader.isPaused) continue;
      reader.isPaused = false;
      this.#fetcher.update(reader);
    }
  }

  /** First offsets of partitions. */
  beginningOffsets(partitions: readonly TopicPartition[]): Promise<SavedPosition[]> {
    return this.offsetsFor(partitions, 'earliest');
  }

  /** The offsets behind the last records that can be read. */
  endOffsets(partitions: readonly TopicPartition[]): Promise<SavedPosition[]> {
    return this.offsetsFor(partitions, 'latest');
  }

  /**
   * Offsets of the first records at or after a time, or of an end; -1n where there is no such record. Asks again while a
   * partition changes its leader; rejects with what still holds after `requestTimeoutMs`.
   */
  async offsetsFor(
    partitions: readonly TopicPartition[],
    at: 'earliest' | 'latest' | { readonly timestamp: number },
  ): Promise<SavedPosition[]> {
    this.#checkOpen();
    checkPlace(at);
    const questions = partitions.map(({ topic, partition }) => ({ topic, partition, at }));
    const answers = await listOffsetsPatiently(this.#cluster, questions, this.#options);
    return answers.map(({ topic, partition, offset, error }) => {
      if (error !== undefined) throw error;
      return { topic, partition, offset: BigInt(offset) };
    });
  }

  /**
   * Batch by batch, as they were received: the quicker way. A batch counts as handed on when it is given. Iterations at the same
   * time share what is received: each batch, or record, goes to one of them.
   */
  async *batches(options: IterationOptions = {}): AsyncGenerator<ConsumerBatch<Key, Value>, void, undefined> {
    for (;;) {
      // What an iteration over records has left of a batch is received again, as a batch: before the wait, and what another
      // one has taken during it, or the position would go back with its next record.
      this.#current.giveBack();
      if (!(await this.#received(options.signal))) return;
      this.#current.giveBack();
      const queued = this.#shift();
      if (queued === undefined) continue;
      queued.reader.position = Number(queued.batch.nextOffset);
      if (!queued.batch.isEmpty) yield queued.batch;
    }
  }

  /** Record by record. A record counts as handed on when it is given; an iteration goes on where the one before it ended. */
  records(options: IterationOptions = {}): AsyncIterableIterator<ConsumerRecord<Key, Value>> {
    return new RecordIteration(this.#current, {
      received: (isOver) => this.#received(options.signal, isOver),
      signal: options.signal,
      wake: () => this.#wake(),
    });
  }

  [Symbol.asyncIterator](): AsyncIterableIterator<ConsumerRecord<Key, Value>> {
    return this.records();
  }

  /** Ends iterations and disconnects. */
  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    this.#fetcher.close();
    this.#cluster.close();
    this.#queue = [];
    this.#wake();
    this.#tellProgress();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  #checkOpen(): void {
    if (this.#closed) throw new VarveError('INVALID_REQUEST', 'The consumer is closed: make a new one.');
  }

  #reader(assignment: Assignment, partition: number, topicId: string): PartitionReader<Key, Value> {
    const reader = new PartitionReader<Key, Value>({
      topic: assignment.topic,
      partition,
      keyDeserializer: this.#keyDeserializer,
      valueDeserializer: this.#valueDeserializer,
    });
    reader.topicId = assignment.topicId ?? topicId;
    place(reader, assignment.from ?? 'earliest');
    if (assignment.leaderEpoch !== undefined) reader.resumeAfter(checkedEpoch(assignment.leaderEpoch));
    return reader;
  }

  #assigned(topic: string, partition: number): PartitionReader<Key, Value> {
    const reader = this.#readers.get(topicPartitionKey(topic, partition));
    if (reader !== undefined) return reader;
    throw new VarveError('INVALID_REQUEST', `Partition ${partition} of '${topic}' is not assigned: assign it first.`);
  }

  #unassignAll(): void {
    for (const reader of this.#readers.values()) {
      this.#dropQueued(reader);
      this.#fetcher.remove(reader);
    }
    this.#readers.clear();
    this.#told.clear();
    this.#tellProgress();
  }

  /** Resolves once each reader has an offset to start from, or is assigned no more; rejects with the first failure. */
  async #started(readers: readonly PartitionReader<Key, Value>[]): Promise<void> {
    const isAwaited = (each: PartitionReader<Key, Value>): boolean =>
      each.start !== undefined && !each.hasFailed && this.#readers.get(each.key) === each;
    while (readers.some(isAwaited) && !this.#closed) {
      await new Promise<void>((resolve) => this.#progressListeners.push(resolve));
    }
    if (!readers.some((each) => each.hasFailed && each.start !== undefined)) return;
    const failure = this.#nextFailure();
    if (failure !== undefined) throw failure;
  }

  /** What a partition failed with that is assigned still, and was not sought in since. */
  #nextFailure(): VarveError | undefined {
    for (;;) {
      const failure = this.#failures.shift();
      if (failure === undefined) return undefined;
      const { reader, error } = failure;
      if (!reader.hasFailed || this.#readers.get(reader.key) !== reader) continue;
      this.#told.add(reader);
      return error;
    }
  }

  /** As in Kafka, where each `poll` throws what still holds: else a partition would stand still in silence. */
  #tryToldAgain(): void {
    for (const reader of this.#told) this.#fetcher.tryAgain(reader);
    this.#told.clear();
  }

  #onBatch(reader: PartitionReader<Key, Value>, batch: ConsumerBatch<Key, Value>): void {
    this.#bufferedBytes += batch.sizeBytes;
    this.#queue.push({ reader, batch, generation: this.#generation(reader) });
    if (this.#bufferedBytes >= this.#options.maxBufferedBytes) this.#fetcher.holdBack(true);
    this.#wake();
    this.#tellProgress();
  }

  #generation(reader: PartitionReader<Key, Value>): number {
    return this.#generations.get(reader.key) ?? 0;
  }

  #isStale(queued: QueuedBatch<Key, Value>): boolean {
    return queued.generation !== this.#generation(queued.reader);
  }

  /** Makes what was received for a reader stale. */
  #dropQueued(reader: PartitionReader<Key, Value>): void {
    this.#generations.set(reader.key, this.#generation(reader) + 1);
  }

  /** Drops what was received and not handed on; it is asked for again. */
  #readAgain(reader: PartitionReader<Key, Value>): void {
    if (reader.position === reader.fetchOffset) return;
    this.#dropQueued(reader);
    reader.stepBack();
    this.#fetcher.update(reader, true);
  }

  #release(bytes: number): void {
    this.#bufferedBytes -= bytes;
    if (this.#bufferedBytes <= this.#options.maxBufferedBytes / 2) this.#fetcher.holdBack(false);
  }

  /**
   * True once there may be a record, or a batch that is wanted and can be read; false once the consumer is closed or the iteration over. Rejects
   * with a partition's failure.
   */
  async #received(signal: AbortSignal | undefined, isOver: () => boolean = () => false): Promise<boolean> {
    for (;;) {
      signal?.throwIfAborted();
      if (isOver()) return false;
      if (this.#current.isOpen) return true;
      const first = this.#first();
      if (first !== undefined) {
        const loading = this.#hasTriedZstd ? undefined : ConsumerBatch.loading(first.batch);
        if (loading === undefined) return true;
        await loading;
        this.#hasTriedZstd = true;
        continue;
      }
      if (this.#closed) return false;
      const failure = this.#nextFailure();
      if (failure !== undefined) throw failure;
      this.#tryToldAgain();
      await new Promise<void>((resolve) => {
        const wake = (): void => {
          signal?.removeEventListener('abort', wake);
          resolve();
        };
        this.#wakeIteration.push(wake);
        signal?.addEventListener('abort', wake, { once: true });
      });
    }
  }

  /** The first batch in the queue that is still wanted. */
  #first(): QueuedBatch<Key, Value> | undefined {
    while (this.#queueHead < this.#queue.length) {
      const queued = this.#queue[this.#queueHead];
      if (queued !== undefined && !this.#isStale(queued)) return queued;
      this.#queueHead += 1;
      if (queued !== undefined) this.#release(queued.batch.sizeBytes);
    }
    this.#queue = [];
    this.#queueHead = 0;
    return undefined;
  }

  /** Takes it, if it can be read: `#received` waits for what that may take. */
  #shift(): QueuedBatch<Key, Value> | undefined {
    const first = this.#first();
    if (first === undefined) return undefined;
    if (!this.#hasTriedZstd && ConsumerBatch.loading(first.batch) !== undefined) return undefined;
    this.#queueHead += 1;
    this.#release(first.batch.sizeBytes);
    if (this.#queueHead >= COMPACTED_LENGTH) {
      this.#queue.splice(0, this.#queueHead);
      this.#queueHead = 0;
    }
    return first;
  }

  #wake(): void {
    const waiting = this.#wakeIteration;
    this.#wakeIteration = [];
    for (const resolve of waiting) resolve();
  }

  #tellProgress(): void {
    const listeners = this.#progressListeners;
    this.#progressListeners = [];
    for (const listener of listeners) listener();
  }
}

/** A program without types may say anything. */
function checkPlace(place: unknown): void {
  if (place === 'earliest' || place === 'latest') return;
  const timestamp = typeof place === 'object' && place !== null && 'timestamp' in place ? place.timestamp : undefined;
  if (Number.isSafeInteger(timestamp) && Number(timestamp) >= 0) return;
  throw new VarveError(
    'INVALID_REQUEST',
    `A place in a partition is 'earliest', 'latest', { timestamp } in whole milliseconds or an offset, not ` +
      `${timestamp === undefined ? `'${String(place)}'` : `{ timestamp: ${String(timestamp)} }`}.`,
  );
}

function checkedEpoch(epoch: number): number {
  if (Number.isInteger(epoch) && epoch >= 0) return epoch;
  throw new VarveError('INVALID_REQUEST', `A leader epoch is an integer from 0 on, not ${epoch}.`);
}

function place<Key, Value>(reader: PartitionReader<Key, Value>, to: StartPosition): void {
  if (typeof to !== 'bigint' && typeof to !== 'number') {
    checkPlace(to);
    reader.start = to;
    return;
  }
  const offset = Number(to);
  if (!Number.isSafeInteger(offset) || offset < 0) {
    throw new VarveError('INVALID_REQUEST', `An offset is an integer from 0 to 2^53-1, not ${to}.`);
  }
  reader.moveTo(offset);
}
