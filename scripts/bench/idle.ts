import type { ClusterProcesses } from '../cluster/cluster-processes.js';
import type { BenchContext } from './context.js';
import { processorSeconds, residentMiB } from './machine.js';

/** Code is compiled and garbage of the start is collected for so long: in the second minute a controller still uses a quarter more. */
const SETTLE_MS = 120_000;
const MEASURE_MS = 30_000;
const MOST_RESIDENT_MIB = 100;
const MOST_PROCESSOR_PERCENT = 1;

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** A cluster that nobody uses: memory, and processor time in percent of a core. */
export async function benchIdle(context: BenchContext, cluster: ClusterProcesses): Promise<void> {
  const { used, resident } = await idleFigures(cluster.nodes.map((node) => node.pid));
  context.report.add('memory', 'resident, idle, by node', 'MiB', resident, {
    atMost: MOST_RESIDENT_MIB,
    judged: 'most',
  });
  context.report.add('processor', 'idle, by node', '% of a core', used, {
    atMost: MOST_PROCESSOR_PERCENT,
    judged: 'most',
  });
}

/** Of processes that have just been started and have nothing to do. */
export async function idleFigures(
  processes: readonly (number | undefined)[],
): Promise<{ readonly used: number[]; readonly resident: number[] }> {
  await pause(SETTLE_MS);
  const pids = processes.filter((pid) => pid !== undefined);
  const before = pids.map((pid) => processorSeconds(pid) ?? NaN);
  const startMs = performance.now();
  await pause(MEASURE_MS);
  const seconds = (performance.now() - startMs) / 1000;
  const used = pids.map((pid, index) => (((processorSeconds(pid) ?? NaN) - (before[index] ?? NaN)) / seconds) * 100);
  const resident = pids.map((pid) => residentMiB(pid) ?? NaN);
  return { used, resident };
}
