import type { ConsumerBatch } from './consumer-batch.js';
import { ConsumerRecord } from './consumer-record.js';
import type { PartitionReader } from './partition-reader.js';

/** A batch that was received and not yet handed on. */
export interface QueuedBatch<Key, Value> {
  readonly reader: PartitionReader<Key, Value>;
  readonly batch: ConsumerBatch<Key, Value>;
  /** The reader's generation when it came; a seek makes it stale. */
  readonly generation: number;
}

/** What an iteration takes its batches from. */
export interface BatchSource<Key, Value> {
  /** The next batch that is still wanted; undefined once there is none to come or the iteration `isOver`. */
  next(isOver: () => boolean): Promise<QueuedBatch<Key, Value> | undefined>;
  /** Once it is given, a call of `next` rejects with its reason. */
  readonly signal: AbortSignal | undefined;
  /** It is not to be handed on any more. */
  isStale(queued: QueuedBatch<Key, Value>): boolean;
  /** What the reader has received and not handed on is asked for again. */
  readAgain(reader: PartitionReader<Key, Value>): void;
  /** Lets the calls of `next` look again whether they are over. */
  wake(): void;
}

type Step<Key, Value> = IteratorResult<ConsumerRecord<Key, Value>, undefined>;

const DONE = { done: true, value: undefined } as const;

/**
 * One iteration over a consumer's records. Calls of `next` that overlap get their records in the order of the calls; the
 * position of a partition follows each record that is given.
 */
export class RecordIteration<Key, Value> implements AsyncIterableIterator<ConsumerRecord<Key, Value>> {
  readonly #source: BatchSource<Key, Value>;
  #current: QueuedBatch<Key, Value> | undefined;
  #rest: IterableIterator<ConsumerRecord<Key, Value>> | undefined;
  #isOver = false;
  /** Of calls that wait for a batch, the last: the next one waits behind it, for the record after its. */
  #waiting: Promise<void> | undefined;
  #waitingCount = 0;

  constructor(source: BatchSource<Key, Value>) {
    this.#source = source;
  }

  /** Most records are there already: no function is suspended for them. */
  next(): Promise<Step<Key, Value>> {
    try {
      const record = this.#waiting === undefined ? this.#advance() : undefined;
      return record === undefined ? this.#waitForNext() : Promise.resolve(record);
    } catch (error) {
      // Records that cannot be read, or the signal: told as all else is that goes wrong here.
      return Promise.reject(error as Error);
    }
  }

  return(): Promise<Step<Key, Value>> {
    this.#giveBack();
    this.#isOver = true;
    // A call that waits is not to take a batch that nobody would go on with.
    this.#source.wake();
    return Promise.resolve(DONE);
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  /** What was taken from the queue and not handed on is read again by the next iteration. */
  #giveBack(): void {
    const current = this.#current;
    this.#current = undefined;
    this.#rest = undefined;
    if (current !== undefined && !this.#source.isStale(current)) this.#source.readAgain(current.reader);
  }

  /** The next record of the batch under way; undefined when another batch is needed. */
  #advance(): Step<Key, Value> | undefined {
    if (this.#current === undefined || this.#rest === undefined) return undefined;
    try {
      this.#source.signal?.throwIfAborted();
      return this.#step(this.#current, this.#rest);
    } catch (error) {
      this.#giveBack();
      throw error;
    }
  }

  #step(
    current: QueuedBatch<Key, Value>,
    rest: IterableIterator<ConsumerRecord<Key, Value>>,
  ): Step<Key, Value> | undefined {
    const { reader } = current;
    const isStale = this.#source.isStale(current);
    const next = isStale ? DONE : rest.next();
    if (next.done !== true) {
      reader.position = ConsumerRecord.offsetOf(next.value) + 1;
      return next;
    }
    if (!isStale) reader.position = Number(current.batch.nextOffset);
    this.#current = undefined;
    this.#rest = undefined;
    return undefined;
  }

  #waitForNext(): Promise<Step<Key, Value>> {
    const next = this.#fetchInTurn(this.#waiting);
    this.#waiting = next.then(
      () => {},
      () => {},
    );
    return next;
  }

  async #fetchInTurn(before: Promise<void> | undefined): Promise<Step<Key, Value>> {
    this.#waitingCount += 1;
    try {
      if (before !== undefined) await before;
      return await this.#fetchNext();
    } finally {
      this.#waitingCount -= 1;
      // Before the caller goes on: its next call is to find the way free.
      if (this.#waitingCount === 0) this.#waiting = undefined;
    }
  }

  async #fetchNext(): Promise<Step<Key, Value>> {
    for (;;) {
      const record = this.#advance();
      if (record !== undefined) return record;
      if (this.#isOver) return DONE;
      this.#current = await this.#source.next(() => this.#isOver);
      if (this.#current === undefined) return DONE;
      this.#rest = this.#current.batch[Symbol.iterator]();
      // It ended between the batch leaving the queue and arriving here.
      if (this.#isOver) this.#giveBack();
    }
  }
}
