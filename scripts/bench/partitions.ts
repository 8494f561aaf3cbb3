import type { ClusterProcesses } from '../cluster/cluster-processes.js';
import type { NodeProcess } from '../cluster/node-process.js';
import { recordsPerSecond, runClient } from './client-run.js';
import type { BenchContext } from './context.js';
import { VARVE_CLIENT, createVarveTopic, deleteVarveTopic } from './context.js';
import { MOST_LOADED_MIB, MemoryWatch } from './machine.js';

const SECTION = 'many partitions';
const COUNTS = [1, 100, 1_000];
/** By size of values: what of one partition's records/s a thousand are to reach. */
const SHARES: Readonly<Record<number, number>> = { 100: 0.5, 1_024: 0.25 };
const POLL_MS = 500;

/** How records are placed: where the producer puts those without a key, a batch here and a batch there, or in turn. */
const PLACINGS = [
  { name: 'without keys', spread: false },
  { name: 'each record to the next partition', spread: true },
] as const;

/** Topics with few and many partitions. */
export async function benchPartitions(context: BenchContext, cluster: ClusterProcesses): Promise<void> {
  const { report } = context;
  const memory = new MemoryWatch(() => cluster.nodes.map((node) => node.pid));
  for (const count of COUNTS) {
    const electionsBefore = await total(cluster, 'varve_elections_total');
    const delays = new DelayWatch(cluster.nodes);
    // With one partition there is but one place.
    const placings = PLACINGS.filter(({ spread }) => count > 1 || !spread);
    for (const valueBytes of [100, 1_024]) {
      const rates = new Map<string, number[]>(placings.map(({ name }) => [name, []]));
      for (let run = 0; run < context.runs; run++) {
        for (const { name, spread } of placings) {
          const topic = `partitions-${count}-${valueBytes}-${run}-${spread}`;
          await createVarveTopic(cluster, topic, count);
          const task = { bootstrap: cluster.bootstrap, topic, valueBytes, seconds: context.seconds, spread };
          rates.get(name)?.push(recordsPerSecond(await runClient(VARVE_CLIENT, { ...task, do: 'produce' })));
          // Five runs of half a minute would fill a disk.
          await deleteVarveTopic(cluster, topic);
        }
      }
      for (const [name, values] of rates) report.add(SECTION, rateOf(count, valueBytes, name), 'records/s', values);
    }
    report.add(SECTION, `${count} partitions, greatest event-loop delay`, 'ms', [await delays.stop()]);
    const elections = (await total(cluster, 'varve_elections_total')) - electionsBefore;
    report.add(SECTION, `${count} partitions, elections`, '', [elections], { atMost: 0 });
  }
  report.add('memory', 'resident at most, of any node, under many partitions', 'MiB', [memory.stop()], {
    atMost: MOST_LOADED_MIB,
  });
  for (const [bytes, atLeast] of Object.entries(SHARES)) {
    const one = report.median(SECTION, rateOf(1, bytes, PLACINGS[0].name)) ?? NaN;
    for (const { name } of PLACINGS) {
      const thousand = report.median(SECTION, rateOf(1_000, bytes, name)) ?? NaN;
      report.add(SECTION, `1,000 partitions against 1, ${bytes} B, ${name}`, 'times', [thousand / one], { atLeast });
    }
  }
}

function rateOf(count: number, valueBytes: number | string, placing: string): string {
  return `${count} partitions, ${valueBytes} B, ${placing}`;
}

/** The sum of a metric over all nodes and labels. */
async function total(cluster: ClusterProcesses, name: string): Promise<number> {
  const pages = await Promise.all(cluster.nodes.map((node) => node.page('/metrics')));
  const values = pages.map((page) => valuesOf(page, name));
  // A metric that there is not is no 0.
  if (values.some((ofNode) => ofNode.length === 0)) return NaN;
  return values.flat().reduce((sum, value) => sum + value, 0);
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
