import { boundsAnomalies } from './bounds-anomalies.js';
import { cycles } from './cycles.js';
import type { Anomaly, AnomalyName, Operation } from './history.js';
import { pollOrder, sendOrder } from './order-anomalies.js';
import {
  abortedReads,
  duplicates,
  inconsistentOffsets,
  lostWrites,
  precommittedReads,
  unseen,
} from './value-anomalies.js';
import { viewPartitions } from './version-order.js';

export interface CheckOptions {
  /**
   * `assign`: each consumer chooses its partitions. `subscribe`: the group does, and a consumer may be moved between
   * two polls, so that going past or going back from one poll to the next is no error.
   */
  readonly consumers: 'assign' | 'subscribe';
  /** At the end every partition was read to its end: what was acknowledged and not seen is an error. */
  readonly readToEnd: boolean;
  /** Producers may store a record twice (not idempotent): duplicates and their order are no errors. */
  readonly atLeastOnce?: boolean;
  /** By partition: records below this offset may have been deleted (DeleteRecords), so that readers go past them. */
  readonly deletedBelow?: ReadonlyMap<string, number>;
}

export interface HistoryReport {
  readonly valid: boolean;
  /** Anomalies that break a promise under the given options, by name. */
  readonly errors: ReadonlyMap<AnomalyName, readonly Anomaly[]>;
  /** Anomalies that are normal under the given options. */
  readonly tolerated: ReadonlyMap<AnomalyName, readonly Anomaly[]>;
  readonly sent: number;
  readonly acknowledged: number;
  /** Distinct values that were read. */
  readonly read: number;
}

/**
 * Judges a history as Jepsen's Kafka workload does, by its names (jepsen.tests.kafka; `allowed-error-types` there says
 * what is normal in Kafka's model). Pure: the history in, the report out.
 */
export function checkHistory(history: readonly Operation[], options: CheckOptions): HistoryReport {
  const views = viewPartitions(history);
  const anomalies: Anomaly[] = [];
  for (const view of views.values()) {
    anomalies.push(
      ...inconsistentOffsets(view),
      ...duplicates(view),
      ...lostWrites(view, history),
      ...unseen(view, history),
      ...abortedReads(view, history),
      ...precommittedReads(view, history),
    );
  }
  anomalies.push(
    ...pollOrder(views, history, options.deletedBelow),
    ...sendOrder(views, history),
    ...boundsAnomalies(history, options.deletedBelow),
    ...cycles(views, history),
  );
  const normal = toleratedNames(options);
  const errors = group(anomalies.filter(({ name }) => !normal.has(name)));
  let sent = 0;
  let acknowledged = 0;
  for (const { steps, outcome } of history) {
    let sends = 0;
    for (const { kind } of steps) if (kind === 'send') sends++;
    sent += sends;
    if (outcome === 'ok') acknowledged += sends;
  }
  let read = 0;
  for (const view of views.values()) read += view.readCount;
  return {
    valid: errors.size === 0,
    errors,
    tolerated: group(anomalies.filter(({ name }) => normal.has(name))),
    sent,
    acknowledged,
    read,
  };
}

/** One report for partitions that were judged one by one. */
export function mergeReports(reports: readonly HistoryReport[]): HistoryReport {
  const sum = (count: (report: HistoryReport) => number): number => reports.reduce((all, one) => all + count(one), 0);
  return {
    valid: reports.every(({ valid }) => valid),
    errors: group(reports.flatMap(({ errors }) => [...errors.values()].flat())),
    tolerated: group(reports.flatMap(({ tolerated }) => [...tolerated.values()].flat())),
    sent: sum(({ sent }) => sent),
    acknowledged: sum(({ acknowledged }) => acknowledged),
    read: sum(({ read }) => read),
  };
}

function toleratedNames(options: CheckOptions): ReadonlySet<AnomalyName> {
  // Transactions of several producers interleave in a partition: neither gaps nor circles of writes are errors.
  const names = new Set<AnomalyName>(['int-send-skip', 'G0']);
  if (!options.readToEnd) names.add('unseen');
  if (options.consumers === 'subscribe') names.add('poll-skip').add('nonmonotonic-poll');
  if (options.atLeastOnce === true) {
    names.add('duplicate').add('nonmonotonic-send').add('int-nonmonotonic-send');
  }
  return names;
}

function group(anomalies: readonly Anomaly[]): ReadonlyMap<AnomalyName, readonly Anomaly[]> {
  const groups = new Map<AnomalyName, Anomaly[]>();
  for (const anomaly of anomalies) {
    const group = groups.get(anomaly.name);
    if (group === undefined) groups.set(anomaly.name, [anomaly]);
    else group.push(anomaly);
  }
  return groups;
}

/** The report for a person: counts, and the first few of each kind of error. */
export function formatReport(report: HistoryReport, perKind = 5): string {
  const lines = [
    `${report.sent} sent, ${report.acknowledged} acknowledged, ${report.read} read: ` +
      (report.valid ? 'no anomalies' : 'ANOMALIES'),
  ];
  for (const [name, anomalies] of report.errors) {
    lines.push(`${name}: ${anomalies.length}`);
    for (const { partition, text, operations } of anomalies.slice(0, perKind)) {
      lines.push(`  ${partition ?? ''} ${text} (operations ${operations.join(', ')})`);
    }
  }
  return lines.join('\n');
}
