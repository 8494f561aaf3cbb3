import { Admin } from '../../src/index.js';
import type { HistoryReport } from '../../src/simulation/checkers/check-history.js';
import { SeededRandom } from '../../src/simulation/random.js';
import { ClusterProcesses } from '../cluster/cluster-processes.js';
import { ClusterWatch } from '../cluster/cluster-watch.js';
import type { WatchedPartition } from '../cluster/cluster-watch.js';
import { compareReplicas } from '../cluster/replica-logs.js';
import { ReplicaAudit } from '../workload/replica-audit.js';
import type { Silence } from '../workload/silence-meter.js';
import { ChaosClients } from './clients.js';
import { LeaderCounter } from './leader-counter.js';
import { NetworkFaults } from './network-faults.js';
import type { ChaosNetwork } from './network/chaos-network.js';
import { chaosPlan, networkPlan } from './plan.js';
import { ProcessFaults } from './process-faults.js';
import type { ChaosResult } from './verdict.js';

export interface ChaosOptions {
  readonly seconds: number;
  readonly seed: number;
  readonly say: (text: string) => void;
  /** What is between the nodes and can fail; without one, only processes are struck. */
  readonly network?: ChaosNetwork | undefined;
  /** Keeps the data when it returns true. */
  readonly keep?: (result: ChaosResult) => boolean;
}

export interface ChaosReport extends ChaosResult {
  readonly silences: readonly Silence[];
  readonly directory: string;
}

/** The nodes of every run. */
export const NODE_IDS: readonly number[] = [1, 2, 3];

const TOPIC = 'chaos';
const PARTITIONS = 6;
const TIMEOUT_MS = 60_000;

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Runs a cluster under faults, then mends it and looks at everything. */
export async function runChaos(options: ChaosOptions): Promise<ChaosReport> {
  const { network } = options;
  const cluster = await ClusterProcesses.prepare({
    nodeCount: NODE_IDS.length,
    config: { 'auto.create.topics.enable': 'false' },
    ...(network === undefined ? {} : { attach: (nodes) => network.attach(nodes) }),
  });
  let keep = true;
  try {
    cluster.startAll();
    for (const { nodeId } of cluster.nodes) network?.nodeStarts(nodeId);
    await cluster.ready();
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
    network?.close();
  }
}

class ChaosRun {
  readonly #cluster: ClusterProcesses;
  readonly #options: ChaosOptions;
  readonly #random: SeededRandom;
  readonly #admin: Admin;
  readonly #watch: ClusterWatch;
  readonly #leaders: LeaderCounter;
  readonly #clients: ChaosClients;
  readonly #processFaults: ProcessFaults;
  readonly #networkFaults: NetworkFaults | undefined;
  readonly #startMs = performance.now();
  readonly #problems: string[] = [];

  constructor(cluster: ClusterProcesses, options: ChaosOptions) {
    const { network } = options;
    this.#cluster = cluster;
    this.#options = options;
    this.#random = new SeededRandom(options.seed);
    // Who looks on is not struck: it goes to the nodes directly.
    this.#admin = new Admin({ bootstrap: cluster.bootstrap });
    this.#watch = new ClusterWatch(this.#admin, TOPIC);
    this.#leaders = new LeaderCounter(() => this.#watch.partitions());
    this.#clients = new ChaosClients({
      bootstrap: cluster.clientBootstrap,
      topic: TOPIC,
      partitions: PARTITIONS,
      random: this.#random,
    });
    const say = (text: string): void => this.#say(text);
    const nodeIds = cluster.nodes.map(({ nodeId }) => nodeId);
    const networkFaults =
      network === undefined ? undefined : new NetworkFaults({ network, nodeIds, watch: this.#watch, say });
    this.#networkFaults = networkFaults;
    this.#processFaults = new ProcessFaults({
      cluster,
      network,
      inCalm: (work) => networkFaults?.inCalm(work) ?? work(),
      watch: this.#watch,
      silence: this.#clients.silence,
      say,
      electPreferred: () => this.#admin.electLeaders('preferred'),
    });
  }

  async run(): Promise<ChaosReport> {
    await this.#admin.createTopic({ name: TOPIC, partitions: PARTITIONS, replicationFactor: NODE_IDS.length });
    await this.#watch.everyIsrFull(TIMEOUT_MS);
    await this.#clients.start();
    this.#leaders.start();
    const startMs = performance.now();
    await this.#strike(startMs + this.#options.seconds * 1000);
    const seconds = Math.round((performance.now() - startMs) / 1000);
    this.#clients.stopLoad();
    this.#say('The faults have ended.');
    return await this.#conclude(seconds);
  }

  async close(): Promise<void> {
    this.#networkFaults?.stop();
    this.#leaders.stop();
    await this.#clients.close();
    this.#admin.close();
  }

  async #strike(endMs: number): Promise<void> {
    const kinds = this.#options.network?.kinds ?? [];
    // Whatever of the network fails here is a finding of the run, which goes on, and not the end of this process.
    const network = this.#networkFaults
      ?.run(networkPlan(this.#random.split('network'), kinds))
      .catch(
        (error: unknown) => void this.#problems.push(`The network could not be struck or healed: ${String(error)}`),
      );
    try {
      for (const step of chaosPlan(this.#random.split('plan'))) {
        if (performance.now() >= endMs) break;
        await this.#processFaults.apply(step);
        await pause(step.restMs);
      }
    } finally {
      this.#networkFaults?.stop();
      await network;
    }
  }

  async #conclude(seconds: number): Promise<ChaosReport> {
    const partitions = await this.#watch.everyIsrFull(TIMEOUT_MS);
    this.#problems.push(...(await this.#clients.drained()));
    this.#leaders.stop();
    const highWatermark = await this.#clients.ends();
    await this.#watch.everyIsrFull(TIMEOUT_MS);
    await this.close();
    await this.#cluster.stop();
    this.#problems.push(...this.#clients.problems());
    for (const node of this.#cluster.nodes) {
      if (node.unexpectedEnds > 0)
        this.#problems.push(`Node ${node.nodeId} ended by itself, or not in order.\n${node.logTail()}`);
    }
    return {
      seconds,
      ...this.#processFaults.counts,
      networkFaults: this.#networkFaults?.counts,
      networkCards: this.#networkFaults?.cards ?? new Map(),
      networkKinds: this.#options.network?.kinds ?? [],
      leaderChanges: this.#leaders.changes,
      live: this.#clients.counts,
      history: this.#judge(partitions),
      ...this.#audit(partitions, highWatermark),
      refused: this.#clients.refusedCount,
      problems: this.#problems,
      silences: this.#clients.silences,
      directory: this.#cluster.directory,
    };
  }

  /** The clients' history by partition: one after the other, since a judge needs far more room than the history. */
  #judge(partitions: readonly WatchedPartition[]): ReadonlyMap<number, HistoryReport> {
    return new Map(
      partitions.map(({ partition }) => [
        partition,
        this.#clients.history.judge(partition, { consumers: 'assign', readToEnd: true }),
      ]),
    );
  }

  #audit(
    partitions: readonly WatchedPartition[],
    highWatermark: ReadonlyMap<number, number>,
  ): Pick<ChaosResult, 'audits' | 'differences' | 'comparedReplicas' | 'expectedReplicas'> {
    const audits = new Map(this.#cluster.nodes.map(({ nodeId }) => [nodeId, new ReplicaAudit(this.#clients.ledgers)]));
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
    return {
      audits: new Map([...audits].map(([nodeId, audit]) => [nodeId, audit.counts()])),
      differences: comparison.differences,
      comparedReplicas: comparison.comparedReplicas,
      expectedReplicas: PARTITIONS * NODE_IDS.length,
    };
  }

  #say(text: string): void {
    const seconds = ((performance.now() - this.#startMs) / 1000).toFixed(1).padStart(6);
    this.#options.say(`${seconds} s  ${this.#clients.progress}  ${text}`);
  }
}
