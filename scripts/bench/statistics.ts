import { assert, defined } from '../../src/common/assert.js';

/** The value below which the part `share` (0 to 1) of `sorted`, ascending, lies (nearest rank). */
export function percentile(sorted: ArrayLike<number>, share: number): number {
  assert(sorted.length > 0, 'a percentile needs a value');
  const rank = Math.max(1, Math.ceil(share * sorted.length));
  return defined(sorted[rank - 1], 'the rank is at most the count');
}

/** Of several runs of the same thing. */
export interface Summary {
  readonly median: number;
  readonly least: number;
  readonly most: number;
  readonly runs: number;
}

export function summarize(values: readonly number[]): Summary {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = percentile(sorted, 1);
  const median =
    sorted.length % 2 === 1 ? (sorted[middle] ?? upper) : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2;
  return { median, least: percentile(sorted, 0), most: upper, runs: sorted.length };
}

/** Latencies in milliseconds, in a sample that is kept whole. */
export interface Latencies {
  readonly count: number;
  readonly p50: number;
  readonly p99: number;
  readonly p999: number;
  readonly most: number;
}

export function latencies(samplesMs: Float64Array): Latencies {
  const sorted = samplesMs.slice().sort();
  return {
    count: sorted.length,
    p50: percentile(sorted, 0.5),
    p99: percentile(sorted, 0.99),
    p999: percentile(sorted, 0.999),
    most: percentile(sorted, 1),
  };
}
