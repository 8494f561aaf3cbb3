/** Structured logging (pino's calls). `fields` first, then one clear sentence. */
export interface Logger {
  debug(fields: Record<string, unknown>, message: string): void;
  info(fields: Record<string, unknown>, message: string): void;
  warn(fields: Record<string, unknown>, message: string): void;
  error(fields: Record<string, unknown>, message: string): void;
  /** A logger that adds `fields` to each line. */
  child(fields: Record<string, unknown>): Logger;
}

export interface Counter {
  add(value: number): void;
}

export interface Gauge {
  set(value: number): void;
}

export interface Histogram {
  /** Adds one observation, in the unit that the metric's name ends with. */
  observe(value: number): void;
}

export interface MetricOptions {
  /** Prometheus name, `varve_` first, unit last: `varve_log_sync_seconds`. */
  readonly name: string;
  readonly help: string;
  readonly labels?: Readonly<Record<string, string>>;
}

/** One of several gauges of a name; `labels` are those that tell it from the others. */
export interface LabeledValue {
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

/** Makes metrics. Asking for the same name and labels again gives the same metric. */
export interface Metrics {
  counter(options: MetricOptions): Counter;
  gauge(options: MetricOptions): Gauge;
  /** A gauge whose value is asked for when metrics are read. */
  observedGauge(options: MetricOptions, read: () => number): void;
  /** Gauges of one name whose labels and values are asked for when metrics are read; none where there are none. */
  observedGauges(options: MetricOptions, labelNames: readonly string[], read: () => readonly LabeledValue[]): void;
  histogram(options: MetricOptions & { readonly buckets: readonly number[] }): Histogram;
  /** All of them as Prometheus text (exposition format 0.0.4). */
  text(): Promise<string>;
}

/** Drops everything: for tests and for parts that nobody watches. */
export const silentLogger: Logger = {
  debug() {},
  info() {},
  warn() {},
  error() {},
  child: () => silentLogger,
};

const nothing = { add() {}, set() {}, observe() {} };

export const noMetrics: Metrics = {
  counter: () => nothing,
  gauge: () => nothing,
  observedGauge() {},
  observedGauges() {},
  histogram: () => nothing,
  text: async () => '',
};
