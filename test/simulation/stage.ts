import { Admin } from '../../src/client/admin.js';
import { Producer } from '../../src/client/producer/producer.js';
import type { RequestContext } from '../../src/broker/broker-api.js';
import type { VarveNode } from '../../src/broker/node.js';
import type { Uuid } from '../../src/common/ids.js';
import { sleep } from '../../src/platform/clock.js';
import type { Platform } from '../../src/platform/platform.js';
import type { PartitionState } from '../../src/metadata/image.js';
import type { Replica } from '../../src/replication/replica.js';
import { ClusterInvariants } from '../../src/simulation/cluster/invariants.js';
import { SimulatedCluster } from '../../src/simulation/cluster/simulated-cluster.js';
import { Simulation } from '../../src/simulation/simulation.js';
import { loadWorkerTasks } from '../../src/simulation/worker-tasks.js';

export interface StageOptions {
  readonly seed: number;
  readonly nodes: number;
  readonly config?: Readonly<Record<string, string>>;
  /** Nodes whose disks the scenario damages: they are not held to what they had. */
  readonly damaged?: readonly number[];
  /** Between two looks at the invariants; default 1. */
  readonly lookEveryMs?: number;
}

const LIMIT_MS = 180_000;
/** Far shorter than a packet is under way. */
export const AT_ONCE_MS = 0.01;
/** For what a scenario waits for; a cluster needs a fraction of it. */
const WITHIN_MS = 30_000;

/** For calls of a node's use cases, as its doors make them. */
export const CONTEXT: RequestContext = {
  principal: 'User:test',
  peerAddress: 'test',
  timeoutMs: 10_000,
  signal: new AbortController().signal,
};

/** A whole cluster on which a scenario happens step by step, its invariants looked at all the while. */
export class Stage {
  readonly simulation: Simulation;
  readonly cluster: SimulatedCluster;
  readonly platform: Platform;
  readonly admin: Admin;
  readonly producer: Producer<string, string>;

  constructor(cluster: SimulatedCluster, platform: Platform) {
    const { simulation, bootstrap } = cluster;
    this.simulation = simulation;
    // A scenario has its own say about what comes late: what stands behind a cut that it heals comes soon.
    simulation.network.longestBackOffMs = 0;
    this.cluster = cluster;
    this.platform = platform;
    this.admin = new Admin({ bootstrap, platform });
    this.producer = new Producer<string, string>({ bootstrap, platform });
  }

  async close(): Promise<void> {
    await this.producer.close();
    this.admin.close();
  }

  sleep(ms: number): Promise<void> {
    return sleep(this.platform.clock, ms);
  }

  /** Looks once in `everyMs`, and goes on at the very moment. */
  until(
    what: string,
    holds: () => boolean,
    { everyMs = 1, withinMs = WITHIN_MS }: { readonly everyMs?: number; readonly withinMs?: number } = {},
  ): Promise<void> {
    const { simulation } = this;
    const endMs = simulation.nowMs + withinMs;
    return new Promise((resolve, reject) => {
      const look = (): void => {
        if (holds()) resolve();
        else if (simulation.nowMs > endMs) reject(new Error(`not within ${withinMs} ms: ${what}`));
        else simulation.at(everyMs, look);
      };
      look();
    });
  }

  /** Throws where they are not the same: a test's own assertions touch the real world when they fail. */
  expect(what: string, found: unknown, wanted: unknown): void {
    const [is, should] = [JSON.stringify(found), JSON.stringify(wanted)];
    if (is !== should) throw new Error(`${what}: ${is}, not ${should}`);
  }

  name(nodeId: number): string {
    return this.cluster.host(nodeId).name;
  }

  node(nodeId: number): VarveNode {
    const node = this.cluster.node(nodeId);
    if (node === undefined) throw new Error(`node ${nodeId} runs`);
    return node;
  }

  /** The active controller's node. */
  get controllerId(): number {
    const leaders = this.cluster.runningNodes.filter(({ raft }) => raft.role === 'leader');
    const newest = leaders.sort((a, b) => b.raft.term - a.raft.term)[0];
    if (newest === undefined) throw new Error('the quorum has a leader');
    return newest.nodeId;
  }

  /** All nodes but the controller's. */
  get others(): readonly number[] {
    const { controllerId } = this;
    return this.cluster.nodeIds.filter((id) => id !== controllerId);
  }

  async serving(): Promise<void> {
    const { cluster } = this;
    const isServing = ({ health }: VarveNode): boolean => health.notReadyBecause() === undefined;
    await this.until(
      'all nodes serve',
      () => cluster.runningNodes.length === cluster.nodeIds.length && cluster.runningNodes.every(isServing),
    );
  }

  /** A topic of one partition on these replicas, all of them in sync. */
  async makeTopic(name: string, replicas: readonly number[], configs: Readonly<Record<string, string>>): Promise<void> {
    await this.admin.createTopic({ name, assignment: [replicas], configs });
    await this.until(`${name} is in sync`, () => this.partition(name).isr.length === replicas.length);
    await this.until(`${name} is led`, () => this.replica(this.partition(name).leader, name)?.leader !== undefined);
  }

  /** Partition 0 in the newest metadata that any node has applied. */
  partition(topic: string): PartitionState {
    let newest: { readonly offset: number; readonly state: PartitionState } | undefined;
    for (const { image } of this.cluster.runningNodes) {
      const state = image.topicByName(topic)?.partitions.get(0);
      if (state !== undefined && image.offset > (newest?.offset ?? -1)) newest = { offset: image.offset, state };
    }
    if (newest === undefined) throw new Error(`some node knows of ${topic}`);
    return newest.state;
  }

  /** Of the topic of that name in the controller's metadata. */
  topicId(topic: string): Uuid {
    const id = this.node(this.controllerId).image.topicByName(topic)?.id;
    if (id === undefined) throw new Error(`the controller knows of ${topic}`);
    return id;
  }

  replica(nodeId: number, topic: string): Replica | undefined {
    return this.cluster.node(nodeId)?.replicas.replica(topic, 0);
  }

  async send(topic: string, count: number): Promise<void> {
    for (let i = 0; i < count; i++) await this.producer.send({ topic, value: 'x' });
  }

  /** The broker epoch by which the controller knows a node that it holds for alive. */
  aliveEpoch(nodeId: number): number | undefined {
    const broker = this.node(this.controllerId).image.broker(nodeId);
    return broker?.fenced === false ? broker.brokerEpoch : undefined;
  }
}

/** Runs `work` once all nodes serve. Rejects when it does, or when an invariant of the cluster breaks meanwhile. */
export async function onStage(options: StageOptions, work: (stage: Stage) => Promise<void>): Promise<void> {
  const { seed, nodes, config = {}, damaged = [], lookEveryMs = 1 } = options;
  const simulation = new Simulation({ seed, runTask: await loadWorkerTasks() });
  const cluster = new SimulatedCluster({ simulation, nodes, config });
  const invariants = new ClusterInvariants({ cluster, mayLose: (nodeId) => damaged.includes(nodeId) });
  await simulation.run(
    async (platform) => {
      invariants.watch(simulation, lookEveryMs);
      cluster.startAll();
      const stage = new Stage(cluster, platform);
      await stage.serving();
      await work(stage);
      await stage.close();
    },
    { limitMs: LIMIT_MS },
  );
}
