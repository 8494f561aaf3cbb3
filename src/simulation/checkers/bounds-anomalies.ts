import type { Anomaly, BoundsStep, Operation } from './history.js';

/** An answer, the operation that got it, and when. */
interface Answer {
  readonly operation: number;
  readonly endMs: number;
  readonly step: BoundsStep;
}

/**
 * What clients are told of where partitions start and end: to one client no end goes back, no start is behind an end, none is
 * above what was deleted, and no end is above the records that can have been stored. The history holds every send. (A start may
 * go back, as in Kafka: a leader tells of a deletion that its followers have not heard of yet, and that is not answered.)
 */
export function boundsAnomalies(
  history: readonly Operation[],
  deletedBelow: ReadonlyMap<string, number> = new Map(),
): Anomaly[] {
  const found: Anomaly[] = [];
  const sends = new Sends(history);
  const before = new Map<string, Answer>();
  history.forEach(({ process, endMs, steps }, operation) => {
    for (const step of steps) {
      if (step.kind !== 'bounds') continue;
      const answer: Answer = { operation, endMs, step };
      const who = `${process} ${step.partition}`;
      const impossible = impossibleIn(
        answer,
        sends.begunBy(step.partition, endMs),
        deletedBelow.get(step.partition) ?? 0,
      );
      if (impossible !== undefined) found.push(impossible);
      const last = before.get(who);
      const back = last === undefined ? undefined : goneBack(process, last, answer);
      if (back !== undefined) found.push(back);
      before.set(who, answer);
    }
  });
  return found;
}

function impossibleIn({ operation, step }: Answer, mostRecords: number, deletedBelow: number): Anomaly | undefined {
  const { partition, startOffset, endOffset } = step;
  const reason =
    startOffset > endOffset
      ? 'behind its end'
      : startOffset > deletedBelow
        ? `though records were deleted below ${deletedBelow} alone`
        : endOffset > mostRecords
          ? `though ${mostRecords} records were sent to it by then`
          : undefined;
  if (reason === undefined) return undefined;
  const text = `${partition} was said to hold ${startOffset} to ${endOffset}, ${reason}`;
  return { name: 'impossible-bounds', partition, text, operations: [operation] };
}

function goneBack(process: number, last: Answer, now: Answer): Anomaly | undefined {
  const [from, to] = [last.step, now.step];
  if (to.endOffset >= from.endOffset) return undefined;
  return {
    name: 'nonmonotonic-bounds',
    partition: to.partition,
    text:
      `process ${process} was told that ${to.partition} ends at ${from.endOffset}, and then, at ` +
      `${now.endMs.toFixed(3)} ms, at ${to.endOffset}`,
    operations: [last.operation, now.operation],
  };
}

/** When what may be stored was begun to be sent, by partition. */
class Sends {
  readonly #startsMs = new Map<string, number[]>();

  constructor(history: readonly Operation[]) {
    for (const { outcome, startMs, steps } of history) {
      if (outcome === 'failed') continue;
      for (const step of steps) {
        if (step.kind !== 'send') continue;
        const starts = this.#startsMs.get(step.partition);
        if (starts === undefined) this.#startsMs.set(step.partition, [startMs]);
        else starts.push(startMs);
      }
    }
    for (const starts of this.#startsMs.values()) starts.sort((a, b) => a - b);
  }

  /** How many. */
  begunBy(partition: string, ms: number): number {
    const starts = this.#startsMs.get(partition) ?? [];
    let [low, high] = [0, starts.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((starts[middle] ?? 0) <= ms) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
