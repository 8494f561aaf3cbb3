import type { ClusterProcesses } from '../cluster/cluster-processes.js';
import type { BenchContext } from './context.js';
import { RELAXED, VARVE_CLIENT_PROGRAM, createVarveTopic, deleteVarveTopic } from './context.js';
import { megabytesPerSecond, recordsPerSecond, runClient } from './client-run.js';
import type { ClientResult, ClientTask } from './client-run.js';
import { KafkaCluster, installPeers, newerNode, peersDirectory } from './kafka-cluster.js';
import { MOST_LOADED_MIB, MemoryWatch, settlePageCache } from './machine.js';

/** One client on one cluster, in one way. */
export interface Contestant {
  readonly name: string;
  readonly command: readonly string[];
  readonly bootstrap: readonly string[];
  readonly forwarded: boolean;
  readonly createTopic: (topic: string) => Promise<void>;
  readonly deleteTopic: (topic: string) => Promise<void>;
}

const PARTITIONS = 6;
const SECTION = 'throughput';
/** By size of values: what Varve's synced produce and its consume are to reach against the better peer. */
const RATIOS: Readonly<Record<number, { readonly produce: number; readonly consume: number }>> = {
  100: { produce: 2, consume: 1.3 },
  1_024: { produce: 2, consume: 1 },
};
const AIMS: Readonly<Record<number, { readonly unit: 'MB/s' | 'records/s'; readonly atLeast: number }>> = {
  100: { unit: 'records/s', atLeast: 500_000 },
  1_024: { unit: 'MB/s', atLeast: 110 },
};
const SYNCED = 'Varve, synced';

/** Produce and consume, all contestants in turn, run after run. */
export async function benchThroughput(
  context: BenchContext,
  varve: ClusterProcesses,
  withKafka: boolean,
): Promise<void> {
  const memory = new MemoryWatch(() => varve.nodes.map((node) => node.pid));
  const kafka = withKafka ? await startKafka(context) : undefined;
  try {
    const contestants = [...varveContestants(context, varve), ...(kafka === undefined ? [] : kafkaContestants(kafka))];
    for (const valueBytes of context.valueSizes) await benchSize(context, contestants, valueBytes);
  } finally {
    await kafka?.close();
  }
  context.report.add('memory', 'resident at most, of any node, under throughput', 'MiB', [memory.stop()], {
    atMost: MOST_LOADED_MIB,
  });
}

async function startKafka(context: BenchContext): Promise<KafkaCluster> {
  context.say('Installing and starting the peer: three Apache Kafka brokers.');
  installPeers();
  process.env.VARVE_PEERS = peersDirectory();
  return await KafkaCluster.start(context.directory);
}

function varveContestants(context: BenchContext, cluster: ClusterProcesses): Contestant[] {
  const { bootstrap } = cluster;
  const contestant = (name: string, forwarded: boolean, configs: Readonly<Record<string, string>>): Contestant => ({
    name,
    command: [process.execPath, ...context.nodeArguments, VARVE_CLIENT_PROGRAM],
    bootstrap,
    forwarded,
    createTopic: (topic) => createVarveTopic(cluster, topic, PARTITIONS, configs),
    deleteTopic: (topic) => deleteVarveTopic(cluster, topic),
  });
  return [
    contestant(SYNCED, false, {}),
    contestant('Varve, relaxed', false, RELAXED),
    contestant('Varve, synced, forwarded', true, {}),
    contestant('Varve, relaxed, forwarded', true, RELAXED),
  ];
}

function kafkaContestants({ bootstrap }: KafkaCluster): Contestant[] {
  const kafkajs = [process.execPath, 'scripts/bench/peers/kafkajs-client.mjs'];
  const contestant = (name: string, command: readonly string[]): Contestant => ({
    name,
    command,
    bootstrap,
    forwarded: false,
    createTopic: async (topic) => {
      await runClient(kafkajs, { do: 'createTopic', bootstrap, topic, partitions: PARTITIONS });
    },
    deleteTopic: async (topic) => {
      await runClient(kafkajs, { do: 'deleteTopic', bootstrap, topic });
    },
  });
  return [
    contestant('kafkajs on Kafka', kafkajs),
    contestant('@platformatic/kafka on Kafka', [newerNode(), 'scripts/bench/peers/platformatic-client.mjs']),
  ];
}

/** All contestants in turn; one that fails is among the failures, and its figures are of its other runs. */
export async function benchSize(
  context: BenchContext,
  contestants: readonly Contestant[],
  valueBytes: number,
): Promise<void> {
  const results = new Map<string, { produce: ClientResult[]; consume: ClientResult[] }>();
  for (const { name } of contestants) results.set(name, { produce: [], consume: [] });
  for (let run = 0; run < context.runs; run++) {
    for (const contestant of contestants) {
      const topic = `bench-${valueBytes}-${run}-${contestants.indexOf(contestant)}`;
      const { bootstrap, command, forwarded } = contestant;
      const task = { bootstrap, topic, valueBytes, seconds: context.seconds, forwarded };
      const attempt = async (what: ClientTask['do'] & ('produce' | 'consume')): Promise<void> => {
        const result = await runClient(command, { ...task, do: what });
        results.get(contestant.name)?.[what].push(result);
        const rate = `${megabytesPerSecond(result).toFixed(1)} MB/s, ${Math.round(recordsPerSecond(result))} records/s`;
        context.say(`run ${run + 1}, ${valueBytes} B, ${contestant.name}, ${what}: ${rate}`);
      };
      try {
        await contestant.createTopic(topic);
        settlePageCache();
        await attempt('produce');
        await attempt('consume');
        await contestant.deleteTopic(topic);
      } catch (error) {
        const reason = error instanceof Error ? error.message : String(error);
        context.failures.push(`throughput: ${contestant.name}, ${valueBytes} B, run ${run + 1}: ${reason}`);
        context.say(`${contestant.name}, ${valueBytes} B: ${reason}`);
      }
    }
  }
  addFigures(context, results, valueBytes);
}

function addFigures(
  context: BenchContext,
  results: ReadonlyMap<string, { readonly produce: ClientResult[]; readonly consume: ClientResult[] }>,
  valueBytes: number,
): void {
  const { report } = context;
  for (const [name, runs] of results) {
    for (const what of ['produce', 'consume'] as const) {
      const aim = what === 'produce' && name === SYNCED ? AIMS[valueBytes] : undefined;
      for (const unit of ['MB/s', 'records/s'] as const) {
        const values = runs[what].map(unit === 'MB/s' ? megabytesPerSecond : recordsPerSecond);
        const options = aim?.unit === unit ? { atLeast: aim.atLeast } : {};
        report.add(SECTION, `${what} ${valueBytes} B, ${name}, ${unit}`, unit, values, options);
      }
    }
  }
  const wanted = RATIOS[valueBytes];
  if (wanted === undefined) return;
  const unit = valueBytes === 100 ? 'records/s' : 'MB/s';
  for (const what of ['produce', 'consume'] as const) {
    const medianOf = (name: string): number => report.median(SECTION, `${what} ${valueBytes} B, ${name}, ${unit}`) ?? 0;
    const best = Math.max(medianOf('kafkajs on Kafka'), medianOf('@platformatic/kafka on Kafka'));
    if (best === 0) continue;
    report.add('against Kafka', `${what} ${valueBytes} B, ${unit}`, 'times', [medianOf(SYNCED) / best], {
      atLeast: wanted[what],
    });
  }
}
