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
  /** Offsets where several values were seen, each with the operation that saw it first: an anomaly. */
  readonly valuesAt = new Map<number, Map<string, number>>();
  /** Values that were seen at several offsets, each with the operation that saw it there first: an anomaly. */
  readonly offsetsOf = new Map<string, Map<number, number>>();
  /** The highest offset that was polled, and by whom. */
  highestRead: Sighting | undefined;
  /** What was seen first at each offset, and where each value was seen first. */
  readonly #firstAt = new Map<number, Sighting>();
  readonly #firstOf = new Map<string, Sighting>();
  #offsets: number[] | undefined;
  #ranks: Map<number, number> | undefined;

  constructor(name: string) {
    this.name = name;
  }

  see(offset: number, value: string, operation: number): Sighting {
    const at = this.#firstAt.get(offset);
    const of = this.#firstOf.get(value);
    const sighting = of?.offset === offset ? of : { offset, value, operation };
    if (at === undefined) this.#firstAt.set(offset, sighting);
    else if (at.value !== value) addTo(this.valuesAt, offset, [at.value, at.operation], [value, operation]);
    if (of === undefined) this.#firstOf.set(value, sighting);
    else if (of !== sighting) addTo(this.offsetsOf, value, [of.offset, of.operation], [offset, operation]);
    return sighting;
  }

  read(offset: number, value: string, operation: number): void {
    const sighting = this.see(offset, value, operation);
    const readers = this.readers.get(value);
    if (readers === undefined) this.readers.set(value, [operation]);
    else if (readers[readers.length - 1] !== operation) readers.push(operation);
    if (this.highestRead === undefined || offset > this.highestRead.offset) {
      this.highestRead = sighting.operation === operation ? sighting : { offset, value, operation };
    }
  }

  /** Known offsets, ascending. Ask only once all is recorded. */
  get offsets(): readonly number[] {
    this.#offsets ??= [...this.#firstAt.keys()].sort((a, b) => a - b);
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

  /** The value that was seen first at `offset`. */
  valueAt(offset: number): string {
    return defined(this.#firstAt.get(offset), 'a known offset has a value').value;
  }

  /** The lowest offset that a value was seen at; undefined when it never was. */
  offsetOf(value: string): number | undefined {
    const several = this.offsetsOf.get(value);
    return several === undefined ? this.#firstOf.get(value)?.offset : Math.min(...several.keys());
  }
}

/** Adds to the sightings of one offset or value, of which the first was kept elsewhere. The first word counts. */
function addTo<Key, Seen>(
  map: Map<Key, Map<Seen, number>>,
  key: Key,
  first: readonly [Seen, number],
  now: readonly [Seen, number],
): void {
  const known = map.get(key) ?? new Map<Seen, number>([first]);
  map.set(key, known);
  if (!known.has(now[0])) known.set(...now);
}

/** Gathers what all operations say, by partition, in the order of the first mention. */
export function viewPartitions(history: readonly Operation[]): ReadonlyMap<string, PartitionView> {
  const views = new Map<string, PartitionView>();
  const viewOf = (partition: string): PartitionView => {
    let view = views.get(partition);
    if (view === undefined) {
      view = new PartitionView(partition);
      views.set(partition, view);
    }
    return view;
  };
  history.forEach((operation, index) => {
    for (const step of operation.steps) {
      if (step.kind === 'send') {
        const view = viewOf(step.partition);
        view.writers.set(step.value, { operation: index, step });
        // What an aborted transaction sent has an offset, but no place among the values that readers may expect.
        if (step.offset !== undefined && operation.outcome === 'ok') {
          view.see(step.offset, step.value, index);
        }
      } else if (step.kind === 'poll') {
        for (const { partition, offset, value } of step.records) {
          viewOf(partition).read(offset, value, index);
        }
      }
    }
  });
  return views;
}
