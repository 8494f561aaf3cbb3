import type * as PromClient from 'prom-client';
import { assert, defined } from '../../common/assert.js';
import type { Counter, Gauge, Histogram, LabeledValue, MetricOptions, Metrics } from '../observe.js';

type Labels = Readonly<Record<string, string>>;

/**
 * Node's own measure of the event loop wakes the process this often, and counts the time between as a delay: so seldom that an
 * idle node rests. What is left of it says nothing then; the clock knows how late the timers of the node were.
 */
const EVENT_LOOP_PRECISION_MS = 24 * 3_600_000;
const EVENT_LOOP_MEASURES = ['min', 'max', 'mean', 'stddev', 'p50', 'p90', 'p99'];

/** One value that is asked for, or was put, and is handed to prom-client only when metrics are read. */
interface Series {
  readonly labels: Labels;
  read(): number;
}

class Cell implements Counter, Gauge, Series {
  readonly labels: Labels;
  #value = 0;

  constructor(labels: Labels) {
    this.labels = labels;
  }

  add(value: number): void {
    this.#value += value;
  }

  set(value: number): void {
    this.#value = value;
  }

  read(): number {
    return this.#value;
  }
}

interface Family {
  readonly kind: 'counter' | 'gauge' | 'histogram';
  readonly labelNames: readonly string[];
  readonly series: Map<string, Series | Histogram>;
  /** Those whose labels, too, are asked for. */
  readonly observed: Array<() => readonly LabeledValue[]>;
  readonly histogram?: PromClient.Histogram;
}

/**
 * Metrics in a prom-client registry of their own. Counting touches one number: prom-client's own `inc` hashes the
 * labels at each call, so values are copied to it when somebody reads.
 */
export class PromMetrics implements Metrics {
  readonly #prom: typeof PromClient;
  readonly #registry: PromClient.Registry;
  readonly #families = new Map<string, Family>();

  private constructor(prom: typeof PromClient) {
    this.#prom = prom;
    this.#registry = new prom.Registry();
  }

  /** Loads prom-client, which takes a while and is not wanted by a client. `process`: also Node's own metrics. */
  static async open(options: { readonly process: boolean }): Promise<PromMetrics> {
    const metrics = new PromMetrics(await import('prom-client'));
    if (options.process) {
      const register = metrics.#registry;
      metrics.#prom.collectDefaultMetrics({ register, eventLoopMonitoringPrecision: EVENT_LOOP_PRECISION_MS });
      for (const name of EVENT_LOOP_MEASURES) register.removeSingleMetric(`nodejs_eventloop_lag_${name}_seconds`);
    }
    return metrics;
  }

  counter(options: MetricOptions): Counter {
    return this.#cell('counter', options);
  }

  gauge(options: MetricOptions): Gauge {
    return this.#cell('gauge', options);
  }

  observedGauge(options: MetricOptions, read: () => number): void {
    const labels = options.labels ?? {};
    this.#family('gauge', options).series.set(labelKey(labels), { labels, read });
  }

  observedGauges(options: MetricOptions, labelNames: readonly string[], read: () => readonly LabeledValue[]): void {
    const common = options.labels ?? {};
    const names = [...Object.keys(common), ...labelNames].sort();
    const family = this.#familyWith('gauge', options, names);
    family.observed.push(() => read().map(({ labels, value }) => ({ labels: { ...common, ...labels }, value })));
  }

  histogram(options: MetricOptions & { readonly buckets: readonly number[] }): Histogram {
    const family = this.#family('histogram', options, options.buckets);
    const labels = options.labels ?? {};
    const key = labelKey(labels);
    const known = family.series.get(key);
    if (known !== undefined && 'observe' in known) return known;
    const made = defined(family.histogram, 'a histogram family has its histogram').labels({ ...labels });
    family.series.set(key, made);
    return made;
  }

  text(): Promise<string> {
    return this.#registry.metrics();
  }

  #cell(kind: 'counter' | 'gauge', options: MetricOptions): Cell {
    const family = this.#family(kind, options);
    const labels = options.labels ?? {};
    const key = labelKey(labels);
    const known = family.series.get(key);
    if (known instanceof Cell) return known;
    assert(known === undefined, `${options.name} is not both set and observed`);
    const cell = new Cell(labels);
    family.series.set(key, cell);
    return cell;
  }

  #family(kind: Family['kind'], options: MetricOptions, buckets: readonly number[] = []): Family {
    return this.#familyWith(kind, options, Object.keys(options.labels ?? {}).sort(), buckets);
  }

  #familyWith(
    kind: Family['kind'],
    options: MetricOptions,
    labelNames: readonly string[],
    buckets: readonly number[] = [],
  ): Family {
    const known = this.#families.get(options.name);
    if (known !== undefined) {
      assert(known.kind === kind, `${options.name} is a ${known.kind} everywhere`);
      assert(known.labelNames.join() === labelNames.join(), `${options.name} has the same label names everywhere`);
      return known;
    }
    const made = this.#makeFamily(kind, options, labelNames, buckets);
    this.#families.set(options.name, made);
    return made;
  }

  #makeFamily(
    kind: Family['kind'],
    { name, help }: MetricOptions,
    labelNames: readonly string[],
    buckets: readonly number[],
  ): Family {
    const series = new Map<string, Series | Histogram>();
    const observed: Family['observed'] = [];
    const common = { name, help, labelNames: [...labelNames], registers: [this.#registry] };
    if (kind === 'histogram') {
      return {
        kind,
        labelNames,
        series,
        observed,
        histogram: new this.#prom.Histogram({ ...common, buckets: [...buckets] }),
      };
    }
    const made =
      kind === 'counter'
        ? new this.#prom.Counter({ ...common, collect: () => copy((labels, value) => made.inc(labels, value)) })
        : new this.#prom.Gauge({ ...common, collect: () => copy((labels, value) => made.inc(labels, value)) });
    const copy = (put: (labels: Record<string, string>, value: number) => void): void => {
      made.reset();
      for (const one of series.values()) if ('read' in one) put({ ...one.labels }, one.read());
      for (const read of observed) for (const { labels, value } of read()) put({ ...labels }, value);
    };
    return { kind, labelNames, series, observed };
  }
}

function labelKey(labels: Labels): string {
  return JSON.stringify(Object.entries(labels).sort(([a], [b]) => (a < b ? -1 : 1)));
}
