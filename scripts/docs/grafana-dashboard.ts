import type { MetricDefinition } from '../../src/platform/metric-catalog.js';
import { METRICS } from '../../src/platform/metric-catalog.js';

interface Query {
  readonly expr: string;
  readonly legend: string;
}

interface Panel {
  readonly title: string;
  readonly unit: string;
  readonly queries: readonly Query[];
  /** Red from this value on. */
  readonly alarm?: number;
  /** A value below 0 says something. */
  readonly hasNegative?: boolean;
  readonly description: string;
}

const NODES = '{job=~"$job",instance=~"$instance"}';

function gauge(
  metric: MetricDefinition,
  title: string,
  options: { alarm?: number; unit?: string; sum?: boolean; by?: string; hasNegative?: boolean } = {},
): Panel {
  const expr = options.sum ? `sum(${metric.name}${NODES})` : `${metric.name}${NODES}`;
  const legend = options.sum ? 'cluster' : `{{${options.by ?? 'instance'}}}`;
  return {
    title,
    unit: options.unit ?? 'short',
    queries: [{ expr, legend }],
    ...(options.alarm === undefined ? {} : { alarm: options.alarm }),
    ...(options.hasNegative === undefined ? {} : { hasNegative: options.hasNegative }),
    description: [metric.help, metric.meaning].join(' ').trim(),
  };
}

function rate(metric: MetricDefinition, title: string, unit: string, by = 'instance'): Panel {
  return {
    title,
    unit,
    queries: [{ expr: `sum by (${by}) (rate(${metric.name}${NODES}[$__rate_interval]))`, legend: `{{${by}}}` }],
    description: [metric.help, metric.meaning].join(' ').trim(),
  };
}

function quantiles(metric: MetricDefinition, title: string, by?: string): Panel {
  const legend = by === undefined ? '' : ` {{${by}}}`;
  const grouping = by === undefined ? 'le' : `le, ${by}`;
  const bucket = `sum by (${grouping}) (rate(${metric.name}_bucket${NODES}[$__rate_interval]))`;
  return {
    title,
    unit: 's',
    queries: ['0.5', '0.99'].map((quantile) => ({
      expr: `histogram_quantile(${quantile}, ${bucket})`,
      legend: `p${Number(quantile) * 100}${legend}`,
    })),
    description: [metric.help, metric.meaning].join(' ').trim(),
  };
}

/** Rows of the dashboard, the most urgent first. */
const ROWS: readonly { readonly title: string; readonly panels: readonly Panel[] }[] = [
  {
    title: 'Is it well?',
    panels: [
      gauge(METRICS.offlinePartitions, 'Offline partitions', { alarm: 1 }),
      gauge(METRICS.underMinIsrPartitions, 'Under min.insync.replicas', { alarm: 1, sum: true }),
      gauge(METRICS.underReplicatedPartitions, 'Under-replicated partitions', { alarm: 1, sum: true }),
      gauge(METRICS.activeController, 'Active controllers', { sum: true }),
      gauge(METRICS.fencedBrokers, 'Fenced brokers', { alarm: 1 }),
      gauge(METRICS.offlineLogDirectories, 'Offline log directories', { alarm: 1, sum: true }),
    ],
  },
  {
    title: 'Traffic',
    panels: [
      rate(METRICS.bytesIn, 'Bytes in', 'Bps'),
      rate(METRICS.bytesOut, 'Bytes out', 'Bps'),
      rate(METRICS.recordsIn, 'Records in', 'ops'),
      rate(METRICS.recordsOut, 'Records out', 'ops'),
      rate(METRICS.replicationBytesIn, 'Replication bytes in', 'Bps'),
      rate(METRICS.requestErrors, 'Errors by name', 'ops', 'error'),
    ],
  },
  {
    title: 'Time',
    panels: [
      quantiles(METRICS.requestSeconds, 'Requests', 'api'),
      quantiles(METRICS.logSyncSeconds, 'Log syncs'),
      gauge(METRICS.eventLoopDelay, 'Event-loop delay', { unit: 's', alarm: 0.1 }),
    ],
  },
  {
    title: 'Leaders and quorum',
    panels: [
      gauge(METRICS.leaderPartitions, 'Partitions led'),
      gauge(METRICS.replicaPartitions, 'Replicas hosted'),
      rate(METRICS.leaderChanges, 'Leader changes', 'ops'),
      rate(METRICS.elections, 'Quorum elections', 'ops'),
      gauge(METRICS.quorumLag, 'Quorum lag', { alarm: 1000 }),
      gauge(METRICS.quorumReplicaLag, 'Quorum lag by node', { alarm: 1000, by: 'replica' }),
      gauge(METRICS.quorumReplicaContact, 'Quorum contact by node', { unit: 's', alarm: 1, by: 'replica' }),
      gauge(METRICS.quorumTerm, 'Quorum term'),
      gauge(METRICS.quorumLeader, 'Quorum leader', { hasNegative: true }),
      gauge(METRICS.quorumApplied, 'Metadata applied'),
      quantiles(METRICS.quorumPersistSeconds, 'Metadata syncs'),
      rate(METRICS.isrShrinks, 'ISR shrinks', 'ops'),
      rate(METRICS.isrExpands, 'ISR expands', 'ops'),
      rate(METRICS.damagedBatches, 'Damaged batches', 'ops'),
      rate(METRICS.duplicateBatches, 'Batches sent again', 'ops'),
    ],
  },
];

const PANEL_WIDTH = 8;
const PANEL_HEIGHT = 7;
const GRID_WIDTH = 24;

/** The dashboard as Grafana imports it. */
export function grafanaDashboard(): Record<string, unknown> {
  const panels: Record<string, unknown>[] = [];
  let y = 0;
  for (const row of ROWS) {
    panels.push({
      id: panels.length + 1,
      type: 'row',
      title: row.title,
      collapsed: false,
      panels: [],
      gridPos: { x: 0, y, w: GRID_WIDTH, h: 1 },
    });
    y += 1;
    for (const [index, panel] of row.panels.entries()) {
      const x = (index * PANEL_WIDTH) % GRID_WIDTH;
      panels.push({ id: panels.length + 1, ...graph(panel), gridPos: { x, y, w: PANEL_WIDTH, h: PANEL_HEIGHT } });
      if (x + PANEL_WIDTH === GRID_WIDTH || index === row.panels.length - 1) y += PANEL_HEIGHT;
    }
  }
  return {
    title: 'Varve',
    uid: 'varve',
    tags: ['varve'],
    schemaVersion: 39,
    version: 1,
    editable: true,
    refresh: '10s',
    time: { from: 'now-1h', to: 'now' },
    templating: {
      list: [
        source(),
        variable('job', 'label_values(varve_quorum_term, job)'),
        variable('instance', 'label_values(varve_quorum_term{job=~"$job"}, instance)'),
      ],
    },
    panels,
  };
}

function graph(panel: Panel): Record<string, unknown> {
  const steps = [
    { color: 'green', value: null },
    ...(panel.alarm === undefined ? [] : [{ color: 'red', value: panel.alarm }]),
  ];
  return {
    type: 'timeseries',
    title: panel.title,
    description: panel.description,
    datasource: { type: 'prometheus', uid: '${source}' },
    fieldConfig: {
      defaults: {
        unit: panel.unit,
        ...(panel.hasNegative === true ? {} : { min: 0 }),
        thresholds: { mode: 'absolute', steps },
        custom: { lineWidth: 1, fillOpacity: 8, thresholdsStyle: { mode: panel.alarm === undefined ? 'off' : 'line' } },
      },
      overrides: [],
    },
    options: { legend: { displayMode: 'list', placement: 'bottom' }, tooltip: { mode: 'multi' } },
    targets: panel.queries.map((query, index) => ({
      refId: String.fromCharCode('A'.charCodeAt(0) + index),
      expr: query.expr,
      legendFormat: query.legend,
    })),
  };
}

function source(): Record<string, unknown> {
  return { name: 'source', label: 'Data source', type: 'datasource', query: 'prometheus' };
}

function variable(name: string, query: string): Record<string, unknown> {
  return {
    name,
    type: 'query',
    datasource: { type: 'prometheus', uid: '${source}' },
    query,
    includeAll: true,
    multi: true,
    allValue: '.*',
    current: { text: 'All', value: '$__all' },
    refresh: 2,
  };
}
