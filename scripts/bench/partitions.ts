import type { ClusterProcesses } from '../cluster/cluster-processes.js';
import type { NodeProcess } from '../cluster/node-process.js';
import { recordsPerSecond, runClient } from './client-run.js';
import type { BenchContext } from './context.js';
import { VARVE_CLIENT, createVarveTopic, deleteVarveTopic } from './context.js';

const SECTION = 'many partitions';
const COUNTS = [1, 100, 1_000];
/** By size of values: what of one partition's records/s a thousand are to reach. */
const SHARES: Readonly<Record<number, number>> = { 100: 0.5, 1_024: 0.25 };
const POLL_MS = 500;

/** Records to one partition after another, of topics with few and many of them. */
export async function benchPartitions(context: BenchContext, cluster: ClusterProcesses): Promise<void> {
  const { report } = context;
  for (const count of COUNTS) {
    const electionsBefore = await total(cluster, 'varve_elections_total');
    const delays = new DelayWatch(cluster.nodes);
    for (const valueBytes of [100, 1_024]) {
      const rates: number[] = [];
      for (let run = 0; run < context.runs; run++) {
        const topic = `partitions-${count}-${valueBytes}-${run}`;
        await createVarveTopic(cluster, topic, count);
        const task = { bootstrap: cluster.bootstrap, topic, valueBytes, seconds: context.seconds, spread: true };
        rates.push(recordsPerSecond(await runClient(VARVE_CLIENT, { ...task, do: 'produce' })));
        // Five runs of half a minute would fill a disk.
        await deleteVarveTopic(cluster, topic);
      }
      report.add(SECTION, `${count} partitions, ${valueBytes} B`, 'records/s', rates);
    }
    report.add(SECTION, `${count} partitions, greatest event-loop delay`, 'ms', [await delays.stop()]);
    const elections = (await total(cluster, 'varve_elections_total')) - electionsBefore;
    report.add(SECTION, `${count} partitions, elections`, '', [elections], { atMost: 0 });
  }
  for (const [bytes, atLeast] of Object.entries(SHARES)) {
    const one = report.median(SECTION, `1 partitions, ${bytes} B`) ?? NaN;
    const thousand = report.median(SECTION, `1000 partitions, ${bytes} B`) ?? NaN;
    report.add(SECTION, `1,000 partitions against 1, ${bytes} B`, 'times', [thousand / one], { atLeast });
  }
}

/** The sum of a metric over all nodes and labels. */
async function total(cluster: ClusterProcesses, name: string): Promise<number> {
  const pages = await Promise.all(cluster.nodes.map((node) => node.page('/metrics')));
  return pages.flatMap((page) => valuesOf(page, name)).reduce((sum, value) => sum + value, 0);
}

/** The values of a metric on a page of Prometheus text. */
export function valuesOf(page: string, name: string): number[] {
  return page.split('\n').flatMap((line) => {
    const [key = '', value = ''] = line.split(' ');
    return key === name || key.startsWith(`${name}{`) ? [Number(value)] : [];
  });
}

/** Reads every node's event-loop delay over and over: each reading is the longest since the one before. */
class DelayWatch {
  readonly #nodes: readonly NodeProcess[];
  readonly #timer: NodeJS.Timeout;
  #mostMs = 0;

  constructor(nodes: readonly NodeProcess[]) {
    this.#nodes = nodes;
    this.#timer = setInterval(() => void this.#look(), POLL_MS);
  }

  async stop(): Promise<number> {
    clearInterval(this.#timer);
    await this.#look();
    return this.#mostMs;
  }

  async #look(): Promise<void> {
    const pages = await Promise.all(this.#nodes.map((node) => node.page('/metrics').catch(() => '')));
    const seconds = pages.flatMap((page) => valuesOf(page, 'varve_event_loop_delay_seconds'));
    this.#mostMs = Math.max(this.#mostMs, ...seconds.map((value) => value * 1000));
  }
}
