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

/** All that a history says of one value of a partition: one look-up a mention. */
export interface ValueView {
  readonly value: string;
  /** Who sent it, whatever became of it. */
  writer: Writer | undefined;
  /** Operations that polled it. */
  readonly readers: number[];
  /** Where it was seen first. */
  first: Sighting | undefined;
}

/** All that a history says of one partition's log. */
export class PartitionView {
  readonly name: string;
  readonly values = new Map<string, ValueView>();
  /** Offsets where several values were seen, each with the operation that saw it first: an anomaly. */
  readonly valuesAt = new Map<number, Map<string, number>>();
  /** Values that were seen at several offsets, each with the operation that saw it there first: an anomaly. */
  readonly offsetsOf = new Map<string, Map<number, number>>();
  /** The highest offset that was polled, and by whom. */
  highestRead: Sighting | undefined;
  /** Distinct values that were read. */
  readCount = 0;
  /** What was seen first at each offset. */
  readonly #firstAt = new Map<number, Sighting>();
  #offsets: number[] | undefined;
  #ranks: Map<number, number> | undefined;

  constructor(name: string) {
    this.name = name;
  }

  sent(operation: number, step: SendStep, isStored: boolean): void {
    const view = this.#viewOf(step.value);
    view.writer = { operation, step };
    // What an aborted transaction sent has an offset, but no place among the values that readers may expect.
    if (step.offset !== undefined && isStored) this.#see(view, step.offset, operation);
  }

  read(offset: number, value: string, operation: number): void {
    const view = this.#viewOf(value);
    const sighting = this.#see(view, offset, operation);
    const { readers } = view;
    if (readers.length === 0) this.readCount++;
    if (readers[readers.length - 1] !== operation) readers.push(operation);
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
    return several === undefined ? this.values.get(value)?.first?.offset : Math.min(...several.keys());
  }

  #viewOf(value: string): ValueView {
    let view = this.values.get(value);
    if (view === undefined) {
      view = { value, writer: undefined, readers: [], first: undefined };
      this.values.set(value, view);
    }
    return view;
  }

  #see(view: ValueView, offset: number, operation: number): Sighting {
    const { value, first } = view;
    const at = this.#firstAt.get(offset);
    const sighting = first?.offset === offset ? first : { offset, value, operation };
    if (at === undefined) this.#firstAt.set(offset, sighting);
    else if (at.value !== value) addTo(this.valuesAt, offset, [at.value, at.operation], [value, operation]);
    if (first === undefined) view.first = sighting;
    else if (first !== sighting) addTo(this.offsetsOf, value, [first.offset, first.operation], [offset, operation]);
    return sighting;
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
        viewOf(step.partition).sent(index, step, operation.outcome === 'ok');
      } else if (step.kind === 'poll') {
        for (const { partition, offset, value } of step.records) {
          viewOf(partition).read(offset, value, index);
        }
      }
    }
  });
  return views;
}
