import { defined } from '../../common/assert.js';
import type { Anomaly, AnomalyName, Operation } from './history.js';
import type { PartitionView } from './version-order.js';

interface Place {
  readonly offset: number;
  readonly operation: number;
}

interface Names {
  readonly skip: AnomalyName | undefined;
  readonly nonmonotonic: AnomalyName;
}

const POLLS = {
  internal: { skip: 'int-poll-skip', nonmonotonic: 'int-nonmonotonic-poll' },
  external: { skip: 'poll-skip', nonmonotonic: 'nonmonotonic-poll' },
} as const;

const SENDS = {
  internal: { skip: 'int-send-skip', nonmonotonic: 'int-nonmonotonic-send' },
  // Other producers write in between: a gap between two sends says nothing.
  external: { skip: undefined, nonmonotonic: 'nonmonotonic-send' },
} as const;

/** Judges two places that one client took in one partition after another. */
function compare(
  view: PartitionView,
  from: Place,
  to: Place,
  names: Names,
  who: { readonly process: number; readonly verb: string },
): Anomaly | undefined {
  // Nothing follows from a send's gap.
  if (to.offset > from.offset && names.skip === undefined) return undefined;
  const delta = view.rank(to.offset) - view.rank(from.offset);
  if (delta === 1) return undefined;
  const name = delta > 1 ? defined(names.skip, 'a skip that counts has a name') : names.nonmonotonic;
  const [first, second] = [view.valueAt(from.offset), view.valueAt(to.offset)];
  let text = `process ${who.process} ${who.verb} ${first} at ${from.offset} and then ${second} at ${to.offset}`;
  if (delta > 1) {
    const start = view.rank(from.offset) + 1;
    const skipped = view.offsets.slice(start, Math.min(start + 5, start + delta - 1));
    text += `, past ${skipped.map((offset) => `${view.valueAt(offset)} at ${offset}`).join(', ')}`;
    if (delta - 1 > skipped.length) text += ` and ${delta - 1 - skipped.length} more`;
  }
  return {
    name,
    partition: view.name,
    text,
    operations: from.operation === to.operation ? [from.operation] : [from.operation, to.operation],
  };
}

/** Follows each client through each partition; within one operation (`internal`) and from one to the next. */
class Follower {
  readonly anomalies: Anomaly[] = [];
  readonly #views: ReadonlyMap<string, PartitionView>;
  readonly #names: { readonly internal: Names; readonly external: Names };
  readonly #verb: string;
  readonly #deletedBelow: ReadonlyMap<string, number>;
  /** The last place, by process and partition. */
  readonly #last = new Map<number, Map<string, { offset: number; operation: number }>>();

  constructor(
    views: ReadonlyMap<string, PartitionView>,
    names: { readonly internal: Names; readonly external: Names },
    verb: string,
    deletedBelow: ReadonlyMap<string, number> = new Map(),
  ) {
    this.#deletedBelow = deletedBelow;
    this.#views = views;
    this.#names = names;
    this.#verb = verb;
  }

  move(process: number, partition: string, offset: number, operation: number): void {
    let places = this.#last.get(process);
    if (places === undefined) {
      places = new Map();
      this.#last.set(process, places);
    }
    const last = places.get(partition);
    if (last === undefined) {
      places.set(partition, { offset, operation });
      return;
    }
    // Nothing is known between neighbours: nearly all moves of a good history end here.
    if (offset - last.offset !== 1) {
      this.#judge(process, partition, { offset: last.offset, operation: last.operation }, { offset, operation });
    }
    last.offset = offset;
    last.operation = operation;
  }

  #judge(process: number, partition: string, from: Place, place: Place): void {
    const names = from.operation === place.operation ? this.#names.internal : this.#names.external;
    const view = defined(this.#views.get(partition), 'a partition that was moved in is known');
    const anomaly = compare(view, from, place, names, { process, verb: this.#verb });
    if (anomaly === undefined) return;
    // Going past what was deleted meanwhile is right; every value that was passed over is below.
    const passed = view.offsets[view.rank(place.offset) - 1] ?? 0;
    const isSkip = place.offset > from.offset && anomaly.name === names.skip;
    if (isSkip && passed < (this.#deletedBelow.get(partition) ?? 0)) return;
    this.anomalies.push(anomaly);
  }

  forget(process: number): void {
    this.#last.delete(process);
  }
}

/** Polls that pass over known values, or go back. */
export function pollOrder(
  views: ReadonlyMap<string, PartitionView>,
  history: readonly Operation[],
  deletedBelow: ReadonlyMap<string, number> = new Map(),
): Anomaly[] {
  const follower = new Follower(views, POLLS, 'read', deletedBelow);
  history.forEach(({ process, steps, outcome, transactional }, operation) => {
    for (const step of steps) {
      if (step.kind === 'poll') {
        for (const { partition, offset } of step.records) follower.move(process, partition, offset, operation);
      } else if (step.kind !== 'send' && step.kind !== 'bounds') {
        follower.forget(process);
      }
    }
    // A transaction that was not committed takes its consumer's progress back with it.
    if (transactional === true && outcome !== 'ok') follower.forget(process);
  });
  return follower.anomalies;
}

/** Acknowledged sends of one client that stand in another order than they were made in. */
export function sendOrder(views: ReadonlyMap<string, PartitionView>, history: readonly Operation[]): Anomaly[] {
  const follower = new Follower(views, SENDS, 'sent');
  history.forEach(({ process, steps, outcome }, operation) => {
    if (outcome === 'failed') return;
    for (const step of steps) {
      if (step.kind !== 'send') continue;
      // Where the acknowledgement was lost, a reader may have seen it.
      const offset = outcome === 'ok' && step.offset !== undefined ? step.offset : seenAt(views, step);
      if (offset !== undefined) follower.move(process, step.partition, offset, operation);
    }
  });
  return follower.anomalies;
}

function seenAt(
  views: ReadonlyMap<string, PartitionView>,
  step: { readonly partition: string; readonly value: string },
): number | undefined {
  return views.get(step.partition)?.offsetOf(step.value);
}
