import { defined } from '../../src/common/assert.js';
import type { Operation, PolledRecord } from '../../src/simulation/checkers/history.js';
import type { RecordTag } from './record-tag.js';

/** Readers are numbered from here on, as processes of the history; producers from 0. */
const FIRST_READER = 1_000;
const FIRST_ROOM = 4_096;
const NO_OFFSET = -1;

/** A list of numbers that takes eight bytes each. */
class Numbers {
  #values = new Float64Array(FIRST_ROOM);
  #length = 0;

  get length(): number {
    return this.#length;
  }

  push(value: number): void {
    if (this.#length === this.#values.length) {
      const longer = new Float64Array(this.#length * 2);
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
  readonly settledMs = new Numbers();
  readonly partitions = new Numbers();
  readonly offsets = new Numbers();
}

const UNKNOWN = -1;

/** What was read of one partition, record by record in the order of reading, all readers in one list. */
class Reads {
  readonly reader = new Numbers();
  readonly pollMs = new Numbers();
  readonly poll = new Numbers();
  readonly offset = new Numbers();
  readonly producer = new Numbers();
  readonly number = new Numbers();
}

export interface HistoryReader {
  /** What is read from now on belongs to one poll. */
  poll(): void;
  read(partition: number, offset: number, tag: RecordTag): void;
}

/**
 * Keeps what real clients did, for the checker that judges simulated ones, at under a hundred bytes a record. It is asked
 * for one partition at a time: without transactions no anomaly spans two.
 */
export class ClientHistory {
  readonly #topic: string;
  readonly #now: () => number;
  readonly #sends: readonly Sends[];
  readonly #reads: readonly Reads[];
  #polls = 0;
  #readers = 0;

  constructor(topic: string, partitions: number, producers: number, now: () => number) {
    this.#topic = topic;
    this.#now = now;
    this.#sends = Array.from({ length: producers }, () => new Sends());
    this.#reads = Array.from({ length: partitions }, () => new Reads());
  }

  /** The producer's next number was sent. */
  sent(producer: number): void {
    const sends = this.#sendsOf(producer);
    sends.sentMs.push(this.#now());
    sends.settledMs.push(Infinity);
    sends.partitions.push(UNKNOWN);
    sends.offsets.push(NO_OFFSET);
  }

  /** `offset`: negative where the broker does not remember it. What is never acknowledged may have been stored or not. */
  acknowledged(producer: number, number: number, partition: number, offset: number): void {
    const sends = this.#sendsOf(producer);
    sends.settledMs.set(number, this.#now());
    sends.partitions.set(number, partition);
    sends.offsets.set(number, offset);
  }

  /** A reader of assigned partitions. One that starts anew somewhere is another one. */
  newReader(): HistoryReader {
    this.#readers += 1;
    const process = FIRST_READER + this.#readers - 1;
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

  /** All that concerns one partition, each client's operations in its order. */
  operations(partition: number): Operation[] {
    const reads = defined(this.#reads[partition], 'the partition is one of the topic');
    const name = `${this.#topic}-${partition}`;
    const seen = this.#sends.map(() => new Set<number>());
    for (let i = 0; i < reads.offset.length; i++) seen[reads.producer.at(i)]?.add(reads.number.at(i));
    const operations: Operation[] = [];
    for (const [producer, sends] of this.#sends.entries()) {
      for (let number = 0; number < sends.sentMs.length; number++) {
        const at = sends.partitions.at(number);
        // Where it was never acknowledged, a reader may tell where it went; else it went nowhere that anyone knows.
        if (at !== partition && !(at === UNKNOWN && seen[producer]?.has(number) === true)) continue;
        const offset = sends.offsets.at(number);
        operations.push({
          process: producer,
          startMs: sends.sentMs.at(number),
          endMs: sends.settledMs.at(number),
          outcome: at === UNKNOWN ? 'unknown' : 'ok',
          steps: [{ kind: 'send', partition: name, value: `${producer}/${number}`, ...(offset < 0 ? {} : { offset }) }],
        });
      }
    }
    for (const poll of polls(reads, name)) operations.push(poll);
    return operations;
  }

  #sendsOf(producer: number): Sends {
    return defined(this.#sends[producer], 'the producer is one of the run');
  }
}

function* polls(reads: Reads, partition: string): Generator<Operation, void, undefined> {
  for (let i = 0; i < reads.offset.length;) {
    const [poll, process, startMs] = [reads.poll.at(i), reads.reader.at(i), reads.pollMs.at(i)];
    const records: PolledRecord[] = [];
    for (; i < reads.offset.length && reads.poll.at(i) === poll; i++) {
      const value = `${reads.producer.at(i)}/${reads.number.at(i)}`;
      records.push({ partition, offset: reads.offset.at(i), value });
    }
    yield { process, startMs, endMs: startMs, outcome: 'ok', steps: [{ kind: 'poll', records }] };
  }
}
