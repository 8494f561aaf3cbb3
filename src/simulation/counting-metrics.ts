import { noMetrics } from '../platform/observe.js';
import type { Metrics } from '../platform/observe.js';

/** Metrics of which only the counters are heard: a counter says that something happened. */
export function countingMetrics(counted: (name: string, value: number) => void): Metrics {
  return {
    ...noMetrics,
    counter: ({ name }) => ({
      add(value) {
        counted(name, value);
      },
    }),
  };
}
