import { SendError } from '../../client/producer/send-error.js';
import { defined } from '../../common/assert.js';
import type { Operation, PolledRecord, Step } from './history.js';

/** Readers are numbered from here on, as processes of the history; producers from 0. */
const FIRST_READER = 1_000;
const FIRST_ROOM = 4_096;
const NO_OFFSET = -1;
/** In place of the offset of what was refused for good. */
const REFUSED = -2;

/** Which record it is: its producer, and its number there, from 0. */
export interface RecordTag {
  readonly producer: number;
  readonly number: number;
}

/** A list of numbers in a typed array: eight bytes for each, or four for counts and indices. */
class Numbers {
  #values: Float64Array | Int32Array;
  #length = 0;

  constructor(kind: 'any' | 'small' = 'any') {
    this.#values = kind === 'any' ? new Float64Array(FIRST_ROOM) : new Int32Array(FIRST_ROOM);
  }

  get length(): number {
    return this.#length;
  }

  push(value: number): void {
    if (this.#length === this.#values.length) {
      const room = this.#length * 2;
      const longer = this.#values instanceof Float64Array ? new Float64Array(room) : new Int32Array(room);
      longer.set(this.#values);
      this.#values = longer;
    }
    this.#values[this.#length] = value;
    this.#length += 1;
  }

  at(index: number): number {
    return defined(index < this.#length ? this.#values[index] : undefined, 'the list is that long');
  }

  set(index: number, value: number): void {
    this.#values[index] = value;
  }
}

/** What one producer sent, by number. */
class Sends {
  readonly sentMs = new Numbers();
  /** Infinity until it is acknowledged, or surely refused. */
  readonly settledMs = new Numbers();
  readonly partitions = new Numbers('small');
  readonly offsets = new Numbers();
}

const UNKNOWN = -1;

/** What was read of one partition, record by record in the order of reading, all readers in one list. */
class Reads {
  readonly reader = new Numbers('small');
  readonly pollMs = new Numbers();
  readonly poll = new Numbers('small');
  readonly offset = new Numbers();
  readonly producer = new Numbers('small');
  readonly number = new Numbers('small');
}

export interface HistoryReader {
  /** What is read from now on belongs to one poll. */
  poll(): void;
  read(partition: number, offset: number, tag: RecordTag): void;
}

/** What was told of where one partition starts and ends. */
class Bounds {
  readonly asker = new Numbers('small');
  readonly startMs = new Numbers();
  readonly endMs = new Numbers();
  readonly startOffset = new Numbers();
  readonly endOffset = new Numbers();
}

export interface HistoryAsker {
  /** An answer to what was asked at `startMs`. */
  told(partition: number, startMs: number, startOffset: number, endOffset: number): void;
}

/**
 * Keeps what clients did, real and simulated ones, for the checker, at some thirty bytes for a send and for a read. It is
 * asked for one partition at a time: without transactions no anomaly spans two, and the checker takes far more room.
 */
export class ClientHistory {
  readonly #topic: string;
  readonly #now: () => number;
  readonly #sends: readonly Sends[];
  readonly #reads: readonly Reads[];
  readonly #bounds: readonly Bounds[];
  #polls = 0;
  #readers = 0;

  constructor(topic: string, partitions: number, producers: number, now: () => number) {
    this.#topic = topic;
    this.#now = now;
    this.#sends = Array.from({ length: producers }, () => new Sends());
    this.#reads = Array.from({ length: partitions }, () => new Reads());
    this.#bounds = Array.from({ length: partitions }, () => new Bounds());
  }

  /** The producer's next number was sent, to a partition that may be its client's to choose. */
  sent(producer: number, partition = UNKNOWN): void {
    const sends = this.#sendsOf(producer);
    sends.sentMs.push(this.#now());
    sends.settledMs.push(Infinity);
    sends.partitions.push(partition);
    sends.offsets.push(NO_OFFSET);
  }

  /** `offset`: negative where the broker does not remember it. What is never settled may have been stored or not. */
  acknowledged(producer: number, number: number, partition: number, offset: number): void {
    const sends = this.#sendsOf(producer);
    sends.settledMs.set(number, this.#now());
    sends.partitions.set(number, partition);
    sends.offsets.set(number, offset < 0 ? NO_OFFSET : offset);
  }

  /**
   * It is not acknowledged. An error that tells that nothing was stored makes it a failed write, which nobody may read;
   * after any other, a time-out or a lost answer among its tries, it may be stored, and nothing is known of it.
   */
  notAcknowledged(producer: number, number: number, error: unknown): void {
    if (!(error instanceof SendError) || error.mayBeStored) return;
    const sends = this.#sendsOf(producer);
    sends.settledMs.set(number, this.#now());
    sends.offsets.set(number, REFUSED);
  }

  /** A reader of assigned partitions. One that starts anew somewhere is another one. */
  newReader(): HistoryReader {
    const process = this.#newProcess();
    let poll = 0;
    return {
      poll: () => {
        this.#polls += 1;
        poll = this.#polls;
      },
      read: (partition, offset, tag) => {
        const reads = defined(this.#reads[partition], 'the partition is one of the topic');
        reads.reader.push(process);
        reads.pollMs.push(this.#now());
        reads.poll.push(poll);
        reads.offset.push(offset);
        reads.producer.push(tag.producer);
        reads.number.push(tag.number);
      },
    };
  }

  /** A client that asks for the bounds of partitions. */
  newAsker(): HistoryAsker {
    const process = this.#newProcess();
    return {
      told: (partition, startMs, startOffset, endOffset) => {
        const bounds = defined(this.#bounds[partition], 'the partition is one of the topic');
        bounds.asker.push(process);
        bounds.startMs.push(startMs);
        bounds.endMs.push(this.#now());
        bounds.startOffset.push(startOffset);
        bounds.endOffset.push(endOffset);
      },
    };
  }

  /** All that concerns one partition, each client's operations in its order. */
  operations(partition: number): Operation[] {
    const reads = defined(this.#reads[partition], 'the partition is one of the topic');
    const name = `${this.#topic}-${partition}`;
    const valueOf = valueNames();
    const operations: Operation[] = [];
    const seen = this.#seenOfUnknown(reads);
    for (const [producer, sends] of this.#sends.entries()) {
      for (let number = 0; number < sends.sentMs.length; number++) {
        const at = sends.partitions.at(number);
        // Where its client was to choose, a reader may tell what was never acknowledged; else it went nowhere known.
        if (at !== partition && !(at === UNKNOWN && seen[producer]?.has(number) === true)) continue;
        const offset = sends.offsets.at(number);
        const endMs = sends.settledMs.at(number);
        const value = valueOf(producer, number);
        // Not one spread into the other: objects that are made so share no shape, and take the more room.
        const step: Step =
          offset < 0 ? { kind: 'send', partition: name, value } : { kind: 'send', partition: name, value, offset };
        const outcome = offset === REFUSED ? 'failed' : endMs === Infinity ? 'unknown' : 'ok';
        operations.push({ process: producer, startMs: sends.sentMs.at(number), endMs, outcome, steps: [step] });
      }
    }
    for (const poll of polls(reads, name, valueOf)) operations.push(poll);
    for (const told of answers(defined(this.#bounds[partition], 'a partition has bounds'), name)) operations.push(told);
    return operations;
  }

  #newProcess(): number {
    this.#readers += 1;
    return FIRST_READER + this.#readers - 1;
  }

  /** By producer: what was read of the records that nobody knows a partition of. */
  #seenOfUnknown(reads: Reads): ReadonlyArray<ReadonlySet<number>> {
    const seen = this.#sends.map(() => new Set<number>());
    for (let i = 0; i < reads.offset.length; i++) {
      const producer = reads.producer.at(i);
      const number = reads.number.at(i);
      const sends = this.#sends[producer];
      if (sends !== undefined && number < sends.partitions.length && sends.partitions.at(number) === UNKNOWN) {
        seen[producer]?.add(number);
      }
    }
    return seen;
  }

  #sendsOf(producer: number): Sends {
    return defined(this.#sends[producer], 'the producer is one of the run');
  }
}

/** The values of records by what they are called in the history: each is made once, however often it was read. */
function valueNames(): (producer: number, number: number) => string {
  const names: string[][] = [];
  return (producer, number) => {
    const own = (names[producer] ??= []);
    return (own[number] ??= `${producer}/${number}`);
  };
}

function* polls(
  reads: Reads,
  partition: string,
  valueOf: (producer: number, number: number) => string,
): Generator<Operation, void, undefined> {
  for (let i = 0; i < reads.offset.length;) {
    const [poll, process, startMs] = [reads.poll.at(i), reads.reader.at(i), reads.pollMs.at(i)];
    const records: PolledRecord[] = [];
    for (; i < reads.offset.length && reads.poll.at(i) === poll; i++) {
      records.push({ partition, offset: reads.offset.at(i), value: valueOf(reads.producer.at(i), reads.number.at(i)) });
    }
    yield { process, startMs, endMs: startMs, outcome: 'ok', steps: [{ kind: 'poll', records }] };
  }
}

function* answers(bounds: Bounds, partition: string): Generator<Operation, void, undefined> {
  for (let i = 0; i < bounds.asker.length; i++) {
    const [startOffset, endOffset] = [bounds.startOffset.at(i), bounds.endOffset.at(i)];
    const steps = [{ kind: 'bounds', partition, startOffset, endOffset } as const];
    const [process, startMs, endMs] = [bounds.asker.at(i), bounds.startMs.at(i), bounds.endMs.at(i)];
    yield { process, startMs, endMs, outcome: 'ok', steps };
  }
}
