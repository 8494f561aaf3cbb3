import { SendError } from '../../client/producer/send-error.js';
import { defined } from '../../common/assert.js';
import { topicPartitionKey } from '../../common/ids.js';
import { checkHistory } from './check-history.js';
import type { CheckOptions, HistoryReport } from './check-history.js';
import { Bounds, NO_OFFSET, REFUSED, Reads, Sends, UNKNOWN } from './history-columns.js';
import type { Operation, PolledRecord, Step } from './history.js';
import { plainReport } from './plain-history.js';

/** Readers are numbered from here on, as processes of the history; producers from 0. */
const FIRST_READER = 1_000;

/** Which record it is: its producer, and its number there, from 0. */
export interface RecordTag {
  readonly producer: number;
  readonly number: number;
}

export interface HistoryReader {
  /** What is read from now on belongs to one poll. */
  poll(): void;
  read(partition: number, offset: number, tag: RecordTag): void;
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

  /** Judges one partition: at sight where all is plain, else as `checkHistory` judges its operations. */
  judge(partition: number, options: CheckOptions): HistoryReport {
    return this.judgeAtSight(partition, options) ?? checkHistory(this.operations(partition), options);
  }

  /** See `plainReport`; undefined where not all is plain. */
  judgeAtSight(partition: number, { deletedBelow }: Pick<CheckOptions, 'deletedBelow'>): HistoryReport | undefined {
    return plainReport({
      partition,
      sends: this.#sends,
      reads: defined(this.#reads[partition], 'the partition is one of the topic'),
      bounds: defined(this.#bounds[partition], 'a partition has bounds'),
      deletedBelow: deletedBelow?.get(topicPartitionKey(this.#topic, partition)) ?? 0,
    });
  }

  /** All that concerns one partition, each client's operations in its order. */
  operations(partition: number): Operation[] {
    const reads = defined(this.#reads[partition], 'the partition is one of the topic');
    const name = topicPartitionKey(this.#topic, partition);
    const valueOf = valueNames();
    const operations: Operation[] = [];
    const seen = this.#seenOfUnknown(reads);
    for (const [producer, sends] of this.#sends.entries()) {
      for (let number = 0; number < sends.length; number++) {
        const at = sends.partitions.at(number);
        // Where its client was to choose, a reader may tell what was never acknowledged; else it went nowhere known.
        if (at !== partition && !(at === UNKNOWN && seen[producer]?.has(number) === true)) continue;
        const offset = sends.offsets.at(number);
        const endMs = sends.settledMs.at(number);
        const value = valueOf(producer, number);
        // Not one spread into the other: objects that are made so share no shape, and take the more room.
        const step: Step =
          offset < 0 ? { kind: 'send', partition: name, value } : { kind: 'send', partition: name, value, offset };
        const outcome = sends.outcome(number);
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
      if (sends !== undefined && number < sends.length && sends.partitions.at(number) === UNKNOWN) {
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
