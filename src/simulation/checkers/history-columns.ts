import { defined } from '../../common/assert.js';

const FIRST_ROOM = 4_096;
/** In place of an offset that nobody knows. */
export const NO_OFFSET = -1;
/** In place of the offset of what was refused for good. */
export const REFUSED = -2;
/** In place of a partition that nobody knows. */
export const UNKNOWN = -1;

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
export class Sends {
  readonly sentMs = new Numbers();
  /** Infinity until it is acknowledged, or surely refused. */
  readonly settledMs = new Numbers();
  readonly partitions = new Numbers('small');
  readonly offsets = new Numbers();

  get length(): number {
    return this.sentMs.length;
  }

  outcome(number: number): 'ok' | 'failed' | 'unknown' {
    if (this.offsets.at(number) === REFUSED) return 'failed';
    return this.settledMs.at(number) === Infinity ? 'unknown' : 'ok';
  }
}

/** What was read of one partition, record by record in the order of reading, all readers in one list. */
export class Reads {
  readonly reader = new Numbers('small');
  readonly pollMs = new Numbers();
  readonly poll = new Numbers('small');
  readonly offset = new Numbers();
  readonly producer = new Numbers('small');
  readonly number = new Numbers('small');
}

/** What was told of where one partition starts and ends. */
export class Bounds {
  readonly asker = new Numbers('small');
  readonly startMs = new Numbers();
  readonly endMs = new Numbers();
  readonly startOffset = new Numbers();
  readonly endOffset = new Numbers();
}
