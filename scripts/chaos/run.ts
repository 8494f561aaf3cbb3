import { Admin, Consumer, Producer } from '../../src/index.js';
import { SeededRandom } from '../../src/simulation/random.js';
import { ClusterProcesses } from '../cluster/cluster-processes.js';
import { ClusterWatch } from '../cluster/cluster-watch.js';
import type { WatchedPartition } from '../cluster/cluster-watch.js';
import type { NodeProcess } from '../cluster/node-process.js';
import { compareReplicas } from '../cluster/replica-logs.js';
import { DeliveryLedger, sumCounts } from '../workload/delivery-ledger.js';
import { LiveReader } from '../workload/live-reader.js';
import { PacedLoad } from '../workload/paced-load.js';
import { ReplicaAudit } from '../workload/replica-audit.js';
import { SilenceMeter } from '../workload/silence-meter.js';
import type { Silence } from '../workload/silence-meter.js';
import { LeaderCounter } from './leader-counter.js';
import { chaosPlan } from './plan.js';
import type { ChaosStep } from './plan.js';
import type { ChaosResult } from './verdict.js';

export interface ChaosOptions {
  readonly seconds: number;
  readonly seed: number;
  readonly say: (text: string) => void;
  /** Keeps the data when it returns true. */
  readonly keep?: (result: ChaosResult) => boolean;
}

export interface ChaosReport extends ChaosResult {
  readonly silences: readonly Silence[];
  readonly directory: string;
}

const TOPIC = 'chaos';
const PARTITIONS = 6;
const NODES = 3;
/** One of the producers has the first node forward everything. */
const PRODUCERS = 3;
const RECORDS_PER_SECOND = 1_500;
const MAX_UNDER_WAY = 500_000;
const KEYS = 1_000;
const MOST_VALUE_BYTES = 500;
const TIMEOUT_MS = 60_000;
const DRAIN_TIMEOUT_MS = 130_000;

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
/** One that the process does not stay alive for. */
const unheldPause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms).unref());

/** Runs a cluster under faults, then mends it and looks at everything. */
export async function runChaos(options: ChaosOptions): Promise<ChaosReport> {
  const cluster = await ClusterProcesses.start({ nodeCount: NODES, config: { 'auto.create.topics.enable': 'false' } });
  let keep = true;
  try {
    const run = new ChaosRun(cluster, options);
    try {
      const report = await run.run();
      keep = options.keep?.(report) ?? false;
      return report;
    } finally {
      await run.close();
    }
  } finally {
    await cluster.close(keep);
  }
}

class ChaosRun {
  readonly #cluster: ClusterProcesses;
  readonly #options: ChaosOptions;
  readonly #random: SeededRandom;
  readonly #admin: Admin;
  readonly #watch: ClusterWatch;
  readonly #leaders: LeaderCounter;
  readonly #consumer: Consumer;
  readonly #producers: readonly Producer[];
  readonly #ledgers: readonly DeliveryLedger[];
  readonly #loads: readonly PacedLoad[];
  readonly #silence = new SilenceMeter(PARTITIONS, () => performance.now(), 'start');
  readonly #startMs = performance.now();
  readonly #problems: string[] = [];
  #kills = 0;
  #pauses = 0;
  #wipes = 0;

  constructor(cluster: ClusterProcesses, options: ChaosOptions) {
    const { bootstrap } = cluster;
    this.#cluster = cluster;
    this.#options = options;
    this.#random = new SeededRandom(options.seed);
    this.#admin = new Admin({ bootstrap });
    this.#watch = new ClusterWatch(this.#admin, TOPIC);
    this.#leaders = new LeaderCounter(() => this.#watch.partitions());
    this.#consumer = new Consumer({ bootstrap });
    const numbers = Array.from({ length: PRODUCERS }, (_, index) => index);
    this.#producers = numbers.map(
      (index) => new Producer({ bootstrap, routing: index === 0 ? 'bootstrap' : 'leader' }),
    );
    this.#ledgers = numbers.map(() => new DeliveryLedger(MAX_UNDER_WAY));
    this.#loads = this.#producers.map((producer, index) => this.#load(producer, index));
  }

  async run(): Promise<ChaosReport> {
    await this.#admin.createTopic({ name: TOPIC, partitions: PARTITIONS, replicationFactor: NODES });
    await this.#watch.everyIsrFull(TIMEOUT_MS);
    await Promise.all(this.#producers.map((producer) => producer.partitionCount(TOPIC)));
    await this.#consumer.assign([{ topic: TOPIC, from: 'earliest' }]);
    const reader = new LiveReader(this.#consumer, this.#ledgers);
    for (const load of this.#loads) load.start();
    this.#leaders.start();
    const startMs = performance.now();
    const endMs = startMs + this.#options.seconds * 1000;
    for (const step of chaosPlan(this.#random.split('plan'))) {
      if (performance.now() >= endMs) break;
      await this.#apply(step);
      await pause(step.restMs);
    }
    const seconds = Math.round((performance.now() - startMs) / 1000);
    for (const load of this.#loads) load.stop();
    return await this.#conclude(reader, seconds);
  }

  async close(): Promise<void> {
    for (const load of this.#loads) load.stop();
    this.#leaders.stop();
    const closing = this.#producers.map((producer) => producer.close({ timeoutMs: 0 }));
    await Promise.allSettled([...closing, this.#consumer.close(), Promise.resolve(this.#admin.close())]);
  }

  #load(sink: Producer, producer: number): PacedLoad {
    const random = this.#random.split(`producer ${producer}`);
    const bytes = random.bytes(64 * 1024);
    return new PacedLoad({
      sink,
      producer,
      ledger: this.#ledgers[producer] ?? new DeliveryLedger(MAX_UNDER_WAY),
      silence: this.#silence,
      topic: TOPIC,
      recordsPerSecond: RECORDS_PER_SECOND / PRODUCERS,
      nextRecord: () => {
        const start = random.below(bytes.length - MOST_VALUE_BYTES);
        const value = Buffer.from(bytes.buffer, bytes.byteOffset + start, random.below(MOST_VALUE_BYTES + 1));
        return { key: `key-${random.below(KEYS)}`, value };
      },
    });
  }

  async #apply(step: ChaosStep): Promise<void> {
    const nodes = await this.#targets(step);
    const names = nodes.map((node) => node.nodeId).join(', ');
    const label = `${step.fault} of ${step.target === 'all' ? 'all nodes' : `node ${names}`} (${step.target})`;
    if (step.fault === 'wipe') await this.#watch.everyIsrFull(TIMEOUT_MS);
    this.#silence.next(label);
    if (step.fault === 'pause') {
      this.#pauses += 1;
      for (const node of nodes) node.pause();
      await pause(step.downMs);
      for (const node of nodes) node.resume();
    } else {
      this.#kills += nodes.length;
      await Promise.all(nodes.map((node) => node.kill()));
      await pause(step.downMs);
      if (step.fault === 'wipe') for (const node of nodes) this.#wipe(node);
      for (const node of nodes) node.start();
    }
    await Promise.all(nodes.map((node) => node.ready(TIMEOUT_MS)));
    const { worstPartitionMs } = this.#silence.current();
    this.#say(`${label}, ${step.downMs} ms: silent for ${worstPartitionMs.toFixed(0)} ms at the worst partition`);
  }

  #wipe(node: NodeProcess): void {
    this.#wipes += 1;
    this.#cluster.wipe(node.nodeId);
  }

  async #targets(step: ChaosStep): Promise<readonly NodeProcess[]> {
    const { nodes } = this.#cluster;
    switch (step.target) {
      case 'all':
        return nodes;
      case 'any':
        return nodes.filter((_, index) => index === step.node % nodes.length);
      case 'leader':
        return [this.#cluster.node(await this.#watch.leaderOf(step.partition % PARTITIONS, TIMEOUT_MS))];
      case 'controller':
        return [this.#cluster.node(await this.#watch.controller(TIMEOUT_MS))];
      case 'leadingController':
        return [this.#cluster.node(await this.#leadingController())];
    }
  }

  /** The controller, made leader of something by asking for the preferred leaders where it leads nothing. */
  async #leadingController(): Promise<number> {
    const controller = await this.#watch.controller(TIMEOUT_MS);
    const leads = (partitions: readonly WatchedPartition[]): boolean =>
      partitions.some(({ leader }) => leader === controller);
    if (!leads(await this.#watch.everyIsrFull(TIMEOUT_MS))) await this.#admin.electLeaders('preferred').catch(() => []);
    return controller;
  }

  async #conclude(reader: LiveReader, seconds: number): Promise<ChaosReport> {
    this.#say('The faults have ended.');
    const partitions = await this.#watch.everyIsrFull(TIMEOUT_MS);
    await this.#drained(reader);
    this.#leaders.stop();
    const ends = await this.#consumer.endOffsets(partitions.map(({ partition }) => ({ topic: TOPIC, partition })));
    const highWatermark = new Map(ends.map(({ partition, offset }) => [partition, Number(offset)]));
    await this.#watch.everyIsrFull(TIMEOUT_MS);
    await reader.stop();
    await this.close();
    await this.#cluster.stop();
    const audits = new Map(this.#cluster.nodes.map(({ nodeId }) => [nodeId, new ReplicaAudit(this.#ledgers)]));
    const comparison = compareReplicas(
      partitions.map(({ partition, replicas }) => ({
        topic: TOPIC,
        partition,
        replicas,
        highWatermark: highWatermark.get(partition) ?? 0,
      })),
      (nodeId) => this.#cluster.dataDirectory(nodeId),
      ({ nodeId, partition }, batch) => audits.get(nodeId)?.visit(partition, batch),
    );
    if (reader.failure !== undefined) this.#problems.push(`Reading ended: ${reader.failure.message}`);
    for (const load of this.#loads) {
      if (load.firstFailure !== undefined) this.#problems.push(`A record failed: ${load.firstFailure.message}`);
    }
    for (const node of this.#cluster.nodes) {
      if (node.unexpectedEnds > 0) this.#problems.push(`Node ${node.nodeId} ended by itself.\n${node.logTail()}`);
    }
    return {
      seconds,
      kills: this.#kills,
      pauses: this.#pauses,
      wipes: this.#wipes,
      leaderChanges: this.#leaders.changes,
      live: sumCounts(this.#ledgers.map((ledger) => ledger.counts())),
      audits: new Map([...audits].map(([nodeId, audit]) => [nodeId, audit.counts()])),
      differences: comparison.differences,
      comparedReplicas: comparison.comparedReplicas,
      expectedReplicas: PARTITIONS * NODES,
      refused: this.#loads.reduce((total, load) => total + load.refusedCount, 0),
      problems: this.#problems,
      silences: this.#silence.windows(),
      directory: this.#cluster.directory,
    };
  }

  /** Everything is settled and, where acknowledged, read. */
  async #drained(reader: LiveReader): Promise<void> {
    const deadlineMs = performance.now() + DRAIN_TIMEOUT_MS;
    const flushing = this.#producers.map((producer) => producer.flush().catch(() => {}));
    await Promise.race([Promise.all(flushing), unheldPause(DRAIN_TIMEOUT_MS)]);
    while (!this.#ledgers.every((ledger) => ledger.isSettled && ledger.isRead)) {
      if (reader.failure !== undefined) return;
      if (performance.now() > deadlineMs) {
        this.#problems.push(`Not everything was settled and read ${DRAIN_TIMEOUT_MS} ms after the last fault.`);
        return;
      }
      await pause(50);
    }
  }

  #say(text: string): void {
    const { acknowledged, readBack } = sumCounts(this.#ledgers.map((ledger) => ledger.counts()));
    const seconds = ((performance.now() - this.#startMs) / 1000).toFixed(1).padStart(6);
    this.#options.say(`${seconds} s  ${acknowledged} acknowledged, ${readBack} read  ${text}`);
  }
}
