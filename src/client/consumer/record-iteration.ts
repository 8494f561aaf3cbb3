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

/** What was received. */
export interface BatchSource<Key, Value> {
  /** The next batch that is still wanted and can be read; undefined for none. */
  take(): QueuedBatch<Key, Value> | undefined;
  /** It is not to be handed on any more. */
  isStale(queued: QueuedBatch<Key, Value>): boolean;
  /** What the reader has received and not handed on is asked for again. */
  readAgain(reader: PartitionReader<Key, Value>): void;
}

type RecordStep<Key, Value> = IteratorYieldResult<ConsumerRecord<Key, Value>>;

/**
 * The batch whose records are being handed on. It is the consumer's and not an iteration's: one that ends leaves the rest to
 * the next one, and of several at once each record goes to one, so that none is passed over.
 */
export class CurrentBatch<Key, Value> {
  readonly #source: BatchSource<Key, Value>;
  #current: QueuedBatch<Key, Value> | undefined;
  #rest: IterableIterator<ConsumerRecord<Key, Value>> | undefined;

  constructor(source: BatchSource<Key, Value>) {
    this.#source = source;
  }

  /** There may be more of it to hand on. */
  get isOpen(): boolean {
    return this.#current !== undefined;
  }

  /** The next record of what was received; undefined for none. The position of its partition follows it. */
  next(): RecordStep<Key, Value> | undefined {
    for (;;) {
      const current = this.#current ?? this.#take();
      if (current === undefined || this.#rest === undefined) return undefined;
      const isStale = this.#source.isStale(current);
      if (!isStale) {
        const step = this.#step(this.#rest);
        if (step.done !== true) {
          current.reader.position = ConsumerRecord.offsetOf(step.value) + 1;
          return step;
        }
        current.reader.position = Number(current.batch.nextOffset);
      }
      this.#current = undefined;
      this.#rest = undefined;
    }
  }

  #take(): QueuedBatch<Key, Value> | undefined {
    this.#current = this.#source.take();
    this.#rest = this.#current?.batch[Symbol.iterator]();
    return this.#current;
  }

  #step(rest: IterableIterator<ConsumerRecord<Key, Value>>): IteratorResult<ConsumerRecord<Key, Value>, undefined> {
    try {
      return rest.next();
    } catch (error) {
      // A record that cannot be read is not passed over: whoever comes next meets it again.
      this.giveBack();
      throw error;
    }
  }

  /** What was not handed on of it is received again. */
  giveBack(): void {
    const current = this.#current;
    this.#current = undefined;
    this.#rest = undefined;
    if (current !== undefined && !this.#source.isStale(current)) this.#source.readAgain(current.reader);
  }
}

/** What an iteration waits for, beside its records. */
export interface RecordWait {
  /** True once there may be a record, false once there is none to come or the iteration `isOver`. */
  readonly received: (isOver: () => boolean) => Promise<boolean>;
  /** Once it is given, calls of `next` reject with its reason. */
  readonly signal: AbortSignal | undefined;
  /** Lets those that wait look again whether they are over. */
  readonly wake: () => void;
}

type Step<Key, Value> = IteratorResult<ConsumerRecord<Key, Value>, undefined>;

const DONE = { done: true, value: undefined } as const;

/** One iteration over a consumer's records. Calls of `next` that overlap get their records in the order of the calls. */
export class RecordIteration<Key, Value> implements AsyncIterableIterator<ConsumerRecord<Key, Value>> {
  readonly #records: CurrentBatch<Key, Value>;
  readonly #wait: RecordWait;
  #isOver = false;
  /** Of calls that wait for a batch, the last: the next one waits behind it, for the record after its. */
  #waiting: Promise<void> | undefined;
  #waitingCount = 0;

  constructor(records: CurrentBatch<Key, Value>, wait: RecordWait) {
    this.#records = records;
    this.#wait = wait;
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
    this.#isOver = true;
    // A call that waits is to end.
    this.#wait.wake();
    return Promise.resolve(DONE);
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  /** The next record of what was received; undefined when there is more to wait for. */
  #advance(): Step<Key, Value> | undefined {
    if (this.#isOver) return DONE;
    this.#wait.signal?.throwIfAborted();
    return this.#records.next();
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
      if (!(await this.#wait.received(() => this.#isOver))) return DONE;
    }
  }
}
