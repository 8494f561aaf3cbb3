import { VarveError } from '../common/errors.js';
import { Admin } from '../client/admin.js';
import type { ConsumerOptions } from '../client/consumer/consumer-options.js';
import { Consumer } from '../client/consumer/consumer.js';
import type { ClientOptions } from '../client/options.js';
import type { ProducerOptions } from '../client/producer/producer-options.js';
import { Producer } from '../client/producer/producer.js';
import { sleep } from '../platform/clock.js';
import type { Platform } from '../platform/platform.js';
import { ClusterInvariants } from '../simulation/cluster/invariants.js';
import { Redundancy } from '../simulation/cluster/redundancy.js';
import { SimulatedCluster } from '../simulation/cluster/simulated-cluster.js';
import { FaultInjector } from '../simulation/fault-injector.js';
import { drawFaultPlan } from '../simulation/fault-plan.js';
import type { FaultKind } from '../simulation/fault-plan.js';
import { formatLine } from '../simulation/observe.js';
import { Simulation } from '../simulation/simulation.js';
import { loadWorkerTasks } from '../simulation/worker-tasks.js';

export interface SimulateClusterOptions {
  /** 0 .. 2^53-1: the same seed, options and body are the same run, to the last event. */
  readonly seed: number;
  /** How many nodes, each controller and broker; 3 by default. */
  readonly nodes?: number;
  /** Configuration of every node, by Kafka's names, over what the cluster needs itself. */
  readonly config?: Readonly<Record<string, string>>;
  /**
   * Kinds of faults to draw from, `HARMLESS_KINDS` for one; none by default. They strike between `beginFaults` and
   * `endFaults`. Those that destroy what was synced (`wipe`, `bitFlip`, `misdirectedRead`, `syncFailure`) strike one node of
   * a run, and only while there are three nodes at least and no topic has `min.insync.replicas` below 2: what is
   * acknowledged is on another disk, too. No bits flip in compacted logs.
   */
  readonly faults?: readonly FaultKind[];
  /** Simulated milliseconds after which a run that has not ended fails; ten minutes by default. */
  readonly limitMs?: number;
  /** Gets everything that nodes and faults say, a line at a time, with simulated time. */
  readonly onTrace?: (line: string) => void;
}

/** What clients take, without what the simulation gives them. */
type Own<Options extends ClientOptions> = Omit<Options, 'bootstrap' | 'platform' | 'tls' | 'logger'>;

const CLIENT_HOST = 'client';
const DEFAULT_LIMIT_MS = 600_000;
const READY_CHECK_MS = 20;
const STOP_CHECK_MS = 10;
const INVARIANTS_EVERY_MS = 20;

/** A cluster in simulated time, as the body of `simulateCluster` sees it. */
export class SimulatedTestCluster {
  readonly #simulation: Simulation;
  readonly #cluster: SimulatedCluster;
  readonly #platform: Platform;
  readonly #injector: FaultInjector;

  constructor(options: {
    simulation: Simulation;
    cluster: SimulatedCluster;
    platform: Platform;
    injector: FaultInjector;
  }) {
    this.#simulation = options.simulation;
    this.#cluster = options.cluster;
    this.#platform = options.platform;
    this.#injector = options.injector;
  }

  /** Node ids, from 1. */
  get nodeIds(): readonly number[] {
    return this.#cluster.nodeIds;
  }

  /** Simulated milliseconds since the run began. */
  get nowMs(): number {
    return this.#simulation.nowMs;
  }

  /** A hash over every event so far: two runs with one digest were the same run. */
  get digest(): string {
    return this.#simulation.digest;
  }

  /** The simulated outside, for programs that take clock and randomness from a platform. */
  get platform(): Platform {
    return this.#platform;
  }

  producer<Key = unknown, Value = unknown>(options?: Own<ProducerOptions<Key, Value>>): Producer<Key, Value> {
    return new Producer<Key, Value>({ ...options, ...this.#client() } as ProducerOptions<Key, Value>);
  }

  consumer<Key = Buffer | null, Value = Buffer | null>(
    options?: Own<ConsumerOptions<Key, Value>>,
  ): Consumer<Key, Value> {
    return new Consumer<Key, Value>({ ...options, ...this.#client() } as ConsumerOptions<Key, Value>);
  }

  admin(options?: Own<ClientOptions>): Admin {
    return new Admin({ ...options, ...this.#client() });
  }

  /** Waits in simulated time. Real timers do not belong into a simulation: they wait for the real clock. */
  sleep(ms: number): Promise<void> {
    return sleep(this.#platform.clock, ms);
  }

  /** Resolves once all nodes run and serve. */
  async ready(): Promise<void> {
    for (;;) {
      const { runningNodes } = this.#cluster;
      const serving = runningNodes.filter(({ health }) => health.notReadyBecause() === undefined);
      if (serving.length === this.nodeIds.length) return;
      await this.sleep(READY_CHECK_MS);
    }
  }

  /** From now on faults strike, as the seed draws them from the kinds that the options allow. */
  beginFaults(): void {
    this.#injector.begin();
  }

  /** Ends all faults: links and disks are well again, and every node runs. */
  endFaults(): void {
    this.#injector.end();
  }

  /** SIGKILL: the process is gone, what it wrote stays. */
  kill(nodeId: number): void {
    this.#host(nodeId).kill();
  }

  /** The plug is pulled: what was not synced is gone, and nobody is told. */
  powerOff(nodeId: number): void {
    this.#host(nodeId).powerOff();
  }

  /** SIGTERM: the node ends in order. Resolves once its process is gone. */
  async stop(nodeId: number): Promise<void> {
    const host = this.#host(nodeId);
    const { incarnation } = host;
    this.#cluster.stopInOrder(nodeId);
    while (host.running && host.incarnation === incarnation) await this.sleep(STOP_CHECK_MS);
  }

  /** Starts a node that does not run. */
  start(nodeId: number): void {
    if (!this.#host(nodeId).running) this.#cluster.start(nodeId);
  }

  #host(nodeId: number): ReturnType<SimulatedCluster['host']> {
    if (this.nodeIds.includes(nodeId)) return this.#cluster.host(nodeId);
    throw new VarveError('INVALID_REQUEST', `There is no node ${nodeId} in this cluster.`);
  }

  #client(): { readonly bootstrap: readonly string[]; readonly platform: Platform } {
    return { bootstrap: this.#cluster.bootstrap, platform: this.#platform };
  }
}

/**
 * Runs `body` beside a cluster of whole nodes in simulated time: production code on a fake clock, network and disks, all
 * from one seed. Gives what the body gives. Rejects with a SimulationFailure, whose `report()` has the last lines of the
 * trace, when the body rejects, a node breaks an invariant or ends by an error that its disk gave it no reason for, or the
 * time limit passes.
 */
export async function simulateCluster<T>(
  options: SimulateClusterOptions,
  body: (cluster: SimulatedTestCluster) => Promise<T>,
): Promise<T> {
  const nodes = options.nodes ?? 3;
  if (!Number.isInteger(nodes) || nodes < 1 || nodes > 9) {
    throw new VarveError('INVALID_REQUEST', `nodes is ${nodes}; a simulated cluster has 1 to 9.`);
  }
  if (!Number.isSafeInteger(options.seed) || options.seed < 0) {
    throw new VarveError('INVALID_REQUEST', `seed is ${options.seed}; it is an integer from 0 to 2^53-1.`);
  }
  const { onTrace } = options;
  const simulation = new Simulation({
    seed: options.seed,
    runTask: await loadWorkerTasks(),
    ...(onTrace === undefined ? {} : { onTrace: (line) => onTrace(formatLine(line)) }),
  });
  const plan = drawFaultPlan(simulation.random.split('plan'), options.faults ?? []);
  const cluster = new SimulatedCluster({ simulation, nodes, config: options.config ?? {} });
  const redundancy = new Redundancy(cluster, options.config ?? {});
  const injector = new FaultInjector({
    simulation,
    random: simulation.random.split('faults'),
    plan,
    subjects: cluster.subjects(),
    clients: [CLIENT_HOST],
    mayFlip: (path) => redundancy.mayFlip(path),
    mayDestroy: () => redundancy.mayDestroy,
  });
  const mayLose = (nodeId: number): boolean => injector.mayLie && cluster.host(nodeId) === injector.victim;
  new ClusterInvariants({ cluster, mayLose }).watch(simulation, INVARIANTS_EVERY_MS);
  return simulation.run(
    async (platform) => {
      cluster.startAll();
      const view = new SimulatedTestCluster({ simulation, cluster, platform, injector });
      await view.ready();
      return body(view);
    },
    { limitMs: options.limitMs ?? DEFAULT_LIMIT_MS, hostName: CLIENT_HOST },
  );
}
