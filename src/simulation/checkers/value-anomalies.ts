import type { Anomaly, Operation } from './history.js';
import type { PartitionView } from './version-order.js';

/** One offset with several values: replicas or readers disagree about the log. */
export function inconsistentOffsets(view: PartitionView): Anomaly[] {
  const found: Anomaly[] = [];
  for (const [offset, values] of [...view.valuesAt].sort(([a], [b]) => a - b)) {
    found.push({
      name: 'inconsistent-offsets',
      partition: view.name,
      text: `offset ${offset} holds ${[...values.keys()].join(' and ')}`,
      operations: [...values.values()],
    });
  }
  return found;
}

/** One value at several offsets: it was stored more than once. */
export function duplicates(view: PartitionView): Anomaly[] {
  const found: Anomaly[] = [];
  for (const [value, offsets] of view.offsetsOf) {
    found.push({
      name: 'duplicate',
      partition: view.name,
      text: `${value} stands at the offsets ${[...offsets.keys()].sort((a, b) => a - b).join(', ')}`,
      operations: [...offsets.values()],
    });
  }
  return found;
}

/** An acknowledged value that nobody polled although something behind it was polled. */
export function lostWrites(view: PartitionView, history: readonly Operation[]): Anomaly[] {
  const found: Anomaly[] = [];
  const highest = view.highestRead;
  if (highest === undefined) return found;
  for (const { value, writer, readers } of view.values.values()) {
    if (writer === undefined || readers.length > 0 || history[writer.operation]?.outcome !== 'ok') continue;
    const { operation, step } = writer;
    if (step.offset === undefined || step.offset > highest.offset) continue;
    found.push({
      name: 'lost-write',
      partition: view.name,
      text: `${value} was acknowledged at offset ${step.offset} and never read, though ${highest.value} at ${highest.offset} was`,
      operations: [operation, highest.operation],
    });
  }
  return found;
}

/** An acknowledged value that nobody polled: lost, or not read yet. */
export function unseen(view: PartitionView, history: readonly Operation[]): Anomaly[] {
  const found: Anomaly[] = [];
  for (const { value, writer, readers } of view.values.values()) {
    if (writer === undefined || readers.length > 0 || history[writer.operation]?.outcome !== 'ok') continue;
    const { operation, step } = writer;
    const where = step.offset === undefined ? 'an unknown offset' : `offset ${step.offset}`;
    found.push({
      name: 'unseen',
      partition: view.name,
      text: `${value} was acknowledged at ${where} and never read`,
      operations: [operation],
    });
  }
  return found;
}

/** A value was polled whose write surely failed or whose transaction was aborted. */
export function abortedReads(view: PartitionView, history: readonly Operation[]): Anomaly[] {
  const found: Anomaly[] = [];
  for (const { value, writer, readers } of view.values.values()) {
    if (writer === undefined || readers.length === 0 || history[writer.operation]?.outcome !== 'failed') continue;
    found.push({
      name: 'G1a',
      partition: view.name,
      text: `${value} was read, but its write failed`,
      operations: [writer.operation, ...readers],
    });
  }
  return found;
}

/** A transaction polled what it sent itself: a reader of committed records saw an uncommitted one. */
export function precommittedReads(view: PartitionView, history: readonly Operation[]): Anomaly[] {
  const found: Anomaly[] = [];
  for (const { value, writer, readers } of view.values.values()) {
    if (writer === undefined || readers.length === 0 || history[writer.operation]?.transactional !== true) continue;
    if (!readers.includes(writer.operation)) continue;
    found.push({
      name: 'precommitted-read',
      partition: view.name,
      text: `${value} was read by the transaction that sends it`,
      operations: [writer.operation],
    });
  }
  return found;
}
