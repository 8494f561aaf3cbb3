import type { HistoryReport } from './check-history.js';
import type { Bounds, Reads, Sends } from './history-columns.js';

/** What clients did in one partition, column by column. */
export interface PartitionColumns {
  readonly partition: number;
  /** By producer. */
  readonly sends: readonly Sends[];
  readonly reads: Reads;
  readonly bounds: Bounds;
  /** Records below may have been deleted. */
  readonly deletedBelow: number;
}

const NOT_SEEN = -1;

/**
 * The report of a history in which nothing needs to be judged: each value stands at one offset and each offset holds one
 * value, whoever says so; every reader goes on by one; every producer's stored values stand in its order; all that was
 * acknowledged was read, nothing that was refused; and the bounds that were told only grow and are possible. Undefined as
 * soon as anything is otherwise, an anomaly or not: `checkHistory` knows, for six times the work. Whatever this
 * gives a report of, that finds nothing in, tolerated or not.
 */
export function plainReport(columns: PartitionColumns): HistoryReport | undefined {
  const places = Places.of(columns);
  if (places === undefined || !readsArePlain(columns, places)) return undefined;
  const sent = plainSends(columns, places);
  if (sent === undefined || !boundsArePlain(columns, sent.startsMs)) return undefined;
  return {
    valid: true,
    errors: new Map(),
    tolerated: new Map(),
    sent: sent.count,
    acknowledged: sent.acknowledged,
    read: places.readCount,
  };
}

/** Which value stands at which offset. Values are numbered through, producer by producer. */
class Places {
  /** The number of each producer's first value. */
  readonly #firstId: readonly number[];
  readonly #offsetOf: Float64Array;
  readonly #valueAt: Int32Array;
  readonly #isRead: Uint8Array;
  readCount = 0;

  private constructor(firstId: readonly number[], values: number, offsets: number) {
    this.#firstId = firstId;
    this.#offsetOf = new Float64Array(values).fill(NOT_SEEN);
    this.#valueAt = new Int32Array(offsets).fill(NOT_SEEN);
    this.#isRead = new Uint8Array(values);
  }

  /** Undefined where offsets are so far apart that they are not kept in an array. */
  static of({ sends, reads }: PartitionColumns): Places | undefined {
    const firstId: number[] = [];
    let values = 0;
    for (const { length } of sends) {
      firstId.push(values);
      values += length;
    }
    let offsets = 0;
    for (let i = 0; i < reads.offset.length; i++) offsets = Math.max(offsets, reads.offset.at(i) + 1);
    return offsets > 2 * values ? undefined : new Places(firstId, values, offsets);
  }

  /** False: the value stands elsewhere, or another one there. Readers tell of every offset that anything is told of. */
  isAt(producer: number, number: number, offset: number): boolean {
    const id = this.#idOf(producer, number);
    if (this.#offsetOf[id] === offset) return true;
    if (this.#offsetOf[id] !== NOT_SEEN || this.#valueAt[offset] !== NOT_SEEN) return false;
    this.#offsetOf[id] = offset;
    this.#valueAt[offset] = id;
    return true;
  }

  read(producer: number, number: number): void {
    const id = this.#idOf(producer, number);
    if (this.#isRead[id] === 0) this.readCount++;
    this.#isRead[id] = 1;
  }

  isRead(producer: number, number: number): boolean {
    return this.#isRead[this.#idOf(producer, number)] === 1;
  }

  /** Negative: nobody knows. */
  offsetOf(producer: number, number: number): number {
    return this.#offsetOf[this.#idOf(producer, number)] ?? NOT_SEEN;
  }

  #idOf(producer: number, number: number): number {
    return (this.#firstId[producer] ?? 0) + number;
  }
}

function readsArePlain({ partition, sends, reads }: PartitionColumns, places: Places): boolean {
  const last = new Map<number, number>();
  for (let i = 0; i < reads.offset.length; i++) {
    const producer = reads.producer.at(i);
    const number = reads.number.at(i);
    const sent = sends[producer];
    if (sent === undefined || number >= sent.length) return false;
    const at = sent.partitions.at(number);
    if (at >= 0 && at !== partition) return false;
    const offset = reads.offset.at(i);
    if (!places.isAt(producer, number, offset)) return false;
    places.read(producer, number);
    const reader = reads.reader.at(i);
    const before = last.get(reader);
    if (before !== undefined && offset !== before + 1) return false;
    last.set(reader, offset);
  }
  return true;
}

interface PlainSends {
  readonly count: number;
  readonly acknowledged: number;
  /** When what may be stored was begun to be sent, ascending. */
  readonly startsMs: Float64Array;
}

/** Once all reads are among the places. */
function plainSends({ partition, sends }: PartitionColumns, places: Places): PlainSends | undefined {
  const startsMs: number[] = [];
  let count = 0;
  let acknowledged = 0;
  for (const [producer, own] of sends.entries()) {
    let last = NOT_SEEN;
    for (let number = 0; number < own.length; number++) {
      const at = own.partitions.at(number);
      const isRead = places.isRead(producer, number);
      if (at !== partition && !(at < 0 && isRead)) continue;
      count++;
      const outcome = own.outcome(number);
      if (outcome === 'failed') {
        if (isRead) return undefined;
        continue;
      }
      startsMs.push(own.sentMs.at(number));
      if (outcome === 'ok') {
        acknowledged++;
        const told = own.offsets.at(number);
        if (!isRead || (told >= 0 && !places.isAt(producer, number, told))) return undefined;
      }
      const offset = places.offsetOf(producer, number);
      if (offset === NOT_SEEN) continue;
      if (offset <= last) return undefined;
      last = offset;
    }
  }
  return { count, acknowledged, startsMs: Float64Array.from(startsMs).sort() };
}

function boundsArePlain({ bounds, deletedBelow }: PartitionColumns, startsMs: Float64Array): boolean {
  const last = new Map<number, number>();
  for (let i = 0; i < bounds.asker.length; i++) {
    const [asker, start, end] = [bounds.asker.at(i), bounds.startOffset.at(i), bounds.endOffset.at(i)];
    if (start > end || start > deletedBelow || end < (last.get(asker) ?? 0)) return false;
    // So many records may be stored by then, and one more end is one more record.
    if (end > 0 && !((startsMs[end - 1] ?? Infinity) <= bounds.endMs.at(i))) return false;
    last.set(asker, end);
  }
  return true;
}
