import type { ClusterProcesses } from '../cluster/cluster-processes.js';
import { runClient } from './client-run.js';
import type { BenchContext } from './context.js';
import { RELAXED, VARVE_CLIENT, createVarveTopic } from './context.js';

const RECORDS_PER_SECOND = 2_000;
export const LATENCY_SECTION = 'latency at 2,000 records/s';
const SHARES = ['p50', 'p99', 'p999'] as const;
const MOST_MS = { p50: 2, p99: 10, p999: 30 };
const CONSUMER_ABOVE_MS = 1;

/** From sending a single record to its acknowledgement, and to a consumer in the same process. */
export async function benchLatency(context: BenchContext, cluster: ClusterProcesses): Promise<void> {
  for (const [name, configs] of [
    ['synced', {}],
    ['relaxed', RELAXED],
  ] as const) {
    const runs = [];
    for (let run = 0; run < context.runs; run++) {
      const topic = `latency-${name}-${run}`;
      await createVarveTopic(cluster, topic, 6, configs);
      const task = { bootstrap: cluster.bootstrap, topic, valueBytes: 100, seconds: context.seconds };
      runs.push(await runClient(VARVE_CLIENT, { ...task, do: 'latency', recordsPerSecond: RECORDS_PER_SECOND }));
    }
    for (const share of SHARES) {
      const acknowledged = runs.map((run) => run.acknowledged?.[share] ?? NaN);
      const target = name === 'synced' ? { atMost: MOST_MS[share] } : {};
      context.report.add(LATENCY_SECTION, `${name}, to the acknowledgement, ${share}`, 'ms', acknowledged, target);
      const consumed = runs.map((run) => run.consumed?.[share] ?? NaN);
      context.report.add(LATENCY_SECTION, `${name}, to the consumer, ${share}`, 'ms', consumed);
    }
    const above = runs.map((run) => (run.consumed?.p50 ?? NaN) - (run.acknowledged?.p50 ?? NaN));
    const target = name === 'synced' ? { atMost: CONSUMER_ABOVE_MS } : {};
    context.report.add(LATENCY_SECTION, `${name}, the consumer's p50 above the acknowledgement's`, 'ms', above, target);
  }
}
