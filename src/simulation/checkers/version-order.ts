import { defined } from '../../common/assert.js';
import type { Operation, SendStep } from './history.js';

export interface Writer {
  readonly operation: number;
  readonly step: SendStep;
}

/** One value as it stands in a partition, by the word of its writer or of a reader. */
export interface Sighting {
  readonly offset: number;
  readonly value: string;
  readonly operation: number;
}

/** All that a history says of one partition's log. */
export class PartitionView {
  readonly name: string;
  /** Who sent a value, whatever became of it. */
  readonly writers = new Map<string, Writer>();
  /** Operations that polled a value. */
  readonly readers = new Map<string, number[]>();
  /** Values seen at an offset, each with the operation that saw it first. More than one is an anomaly. */
  readonly valuesAt = new Map<number, Map<string, number>>();
  /** Offsets that a value was seen at, each with the operation that saw it first. More than one is an anomaly. */
  readonly offsetsOf = new Map<string, Map<number, number>>();
  /** The highest offset that was polled, and by whom. */
  highestRead: Sighting | undefined;
  #offsets: number[] | undefined;
  #ranks: Map<number, number> | undefined;

  constructor(name: string) {
    this.name = name;
  }

  see(sighting: Sighting): void {
    const { offset, value, operation } = sighting;
    const values = this.valuesAt.get(offset) ?? new Map<string, number>();
    if (!values.has(value)) values.set(value, operation);
    this.valuesAt.set(offset, values);
    const offsets = this.offsetsOf.get(value) ?? new Map<number, number>();
    if (!offsets.has(offset)) offsets.set(offset, operation);
    this.offsetsOf.set(value, offsets);
  }

  read(sighting: Sighting): void {
    this.see(sighting);
    const readers = this.readers.get(sighting.value);
    if (readers === undefined) this.readers.set(sighting.value, [sighting.operation]);
    else if (readers[readers.length - 1] !== sighting.operation) readers.push(sighting.operation);
    if (this.highestRead === undefined || sighting.offset > this.highestRead.offset) this.highestRead = sighting;
  }

  /** Known offsets, ascending. Ask only once all is recorded. */
  get offsets(): readonly number[] {
    this.#offsets ??= [...this.valuesAt.keys()].sort((a, b) => a - b);
    return this.#offsets;
  }

  /**
   * The place of an offset among the known ones. Offsets that nobody knows a value at (transaction markers, records
   * compacted away) do not count: neighbours in rank are neighbours in the log as far as anyone can tell.
   */
  rank(offset: number): number {
    this.#ranks ??= new Map(this.offsets.map((known, rank) => [known, rank]));
    return defined(this.#ranks.get(offset), 'the rank of a known offset is asked for');
  }

  /** A value at `offset`. */
  valueAt(offset: number): string {
    const [value] = this.valuesAt.get(offset)?.keys() ?? [];
    return defined(value, 'a known offset has a value');
  }

  /** The lowest offset that a value was seen at; undefined when it never was. */
  offsetOf(value: string): number | undefined {
    const offsets = this.offsetsOf.get(value);
    return offsets === undefined ? undefined : Math.min(...offsets.keys());
  }
}

/** Gathers what all operations say, by partition, in the order of the first mention. */
export function viewPartitions(history: readonly Operation[]): ReadonlyMap<string, PartitionView> {
  const views = new Map<string, PartitionView>();
  const viewOf = (partition: string): PartitionView => {
    const view = views.get(partition) ?? new PartitionView(partition);
    views.set(partition, view);
    return view;
  };
  history.forEach((operation, index) => {
    for (const step of operation.steps) {
      if (step.kind === 'send') {
        const view = viewOf(step.partition);
        view.writers.set(step.value, { operation: index, step });
        // What an aborted transaction sent has an offset, but no place among the values that readers may expect.
        if (step.offset !== undefined && operation.outcome === 'ok') {
          view.see({ offset: step.offset, value: step.value, operation: index });
        }
      } else if (step.kind === 'poll') {
        for (const { partition, offset, value } of step.records) {
          viewOf(partition).read({ offset, value, operation: index });
        }
      }
    }
  });
  return views;
}
