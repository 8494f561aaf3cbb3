import { InvariantViolation } from '../../common/assert.js';
import { VarveError } from '../../common/errors.js';
import type { NodeDoor } from '../../broker/node-door.js';
import { VarveNode } from '../../broker/node.js';
import { grpcDoor } from '../../grpc/grpc-node-door.js';
import { FileSystemError } from '../../platform/file-system.js';
import type { Platform } from '../../platform/platform.js';
import { TransportError } from '../../platform/transport.js';
import type { FaultSubject } from '../fault-injector.js';
import type { SimulatedHost } from '../host.js';
import type { Simulation } from '../simulation.js';

export interface SimulatedClusterOptions {
  readonly simulation: Simulation;
  readonly nodes: number;
  /** Configuration of every node, by Kafka's names, beside what makes it a node of this cluster. */
  readonly config?: Readonly<Record<string, string>>;
}

const INTERNAL_PORT = 9093;
const GRPC_PORT = 9094;
/** How long a supervisor waits before it starts a node again that ended by itself. */
const RESTART_MS = 500;
const DOORS: readonly NodeDoor[] = [grpcDoor];

/** A cluster of whole nodes, each on a host of its own: the production code, from its start to its end. */
export class SimulatedCluster {
  readonly simulation: Simulation;
  readonly nodeIds: readonly number[];
  readonly #config: Readonly<Record<string, string>>;
  readonly #hosts = new Map<number, SimulatedHost>();
  readonly #nodes = new Map<number, VarveNode>();
  /** Nodes that were told to stop in order, by what stops them. */
  readonly #stops = new Map<number, () => void>();

  constructor(options: SimulatedClusterOptions) {
    this.simulation = options.simulation;
    this.nodeIds = Array.from({ length: options.nodes }, (_, i) => i + 1);
    this.#config = options.config ?? {};
  }

  /** `host:port` of all nodes' GRPC listeners. */
  get bootstrap(): string[] {
    return this.nodeIds.map((id) => `${hostName(id)}:${GRPC_PORT}`);
  }

  host(nodeId: number): SimulatedHost {
    const known = this.#hosts.get(nodeId);
    if (known !== undefined) return known;
    const host = this.simulation.host(hostName(nodeId));
    this.#hosts.set(nodeId, host);
    return host;
  }

  /** The running node, once it has started; undefined while it is down or starting. */
  node(nodeId: number): VarveNode | undefined {
    return this.host(nodeId).running ? this.#nodes.get(nodeId) : undefined;
  }

  get runningNodes(): VarveNode[] {
    // Asked at every look of the invariants.
    const running: VarveNode[] = [];
    for (const id of this.nodeIds) {
      const node = this.node(id);
      if (node !== undefined) running.push(node);
    }
    return running;
  }

  startAll(): void {
    for (const id of this.nodeIds) this.start(id);
  }

  /** Starts a node, and again whenever it ends by itself, as a supervisor does. */
  start(nodeId: number): void {
    const host = this.host(nodeId);
    host.start((platform) => this.#run(nodeId, platform), {
      mayFail: true,
      onExit: (error) => {
        if (error !== undefined) this.#ended(nodeId, error);
      },
    });
  }

  /** A node has ended by an error of its own: one that has no reason in its disk fails the run. */
  #ended(nodeId: number, error: unknown): void {
    const host = this.host(nodeId);
    if (error instanceof InvariantViolation) {
      this.simulation.fail(`node ${nodeId} broke an invariant`, error);
      return;
    }
    if (!isForeseen(error)) {
      this.simulation.fail(`node ${nodeId} ended by an error that nobody foresaw`, error);
      return;
    }
    if (!host.disk.hasFailed) {
      this.simulation.fail(`node ${nodeId} ended, and nothing was wrong with its disk`, error);
      return;
    }
    this.simulation.say(host.name, `Node ${nodeId} ended by itself: ${error.name}: ${error.message}`);
    this.simulation.reached('node ended by itself');
    this.simulation.at(RESTART_MS, () => {
      if (!host.running && host.powered) this.start(nodeId);
    });
  }

  /** Tells a node to stop in order; its process ends when it has. */
  stopInOrder(nodeId: number): void {
    if (this.node(nodeId) !== undefined) this.#stops.get(nodeId)?.();
  }

  /** `mayWipe`: what else must hold for an empty disk to be put in, besides that all replicas are whole. */
  subjects(mayWipe: () => boolean = () => true): FaultSubject[] {
    return this.nodeIds.map((nodeId) => ({
      host: this.host(nodeId),
      restart: () => this.start(nodeId),
      mayWipe: () => this.isFull && mayWipe(),
    }));
  }

  /**
   * All nodes run, and the newest metadata that any of them has applied holds every replica for in sync: then no node
   * alone has what was acknowledged, and one may lose its disk. A removal that is committed and not applied anywhere yet
   * does no harm: the high watermark does not pass the removed replica before its leader has applied it. Of a node that has
   * started since, the metadata says nothing before it has registered: its recovery may have cut its logs.
   */
  get isFull(): boolean {
    const nodes = this.runningNodes;
    const [first] = nodes;
    if (first === undefined || nodes.length < this.nodeIds.length) return false;
    const newest = nodes.reduce((image, node) => (node.image.offset > image.offset ? node.image : image), first.image);
    const isOfThisLife = nodes.every(({ nodeId, brokerEpoch }) => newest.broker(nodeId)?.brokerEpoch === brokerEpoch);
    let full = isOfThisLife && newest.topics.size > 0;
    newest.forEachPartition((_, __, { isr, replicas }) => {
      full &&= isr.length === replicas.length;
    });
    return full;
  }

  /** All nodes run and are voters, each with the disk that it has now. */
  get isQuorumFull(): boolean {
    const nodes = this.runningNodes;
    if (nodes.length < this.nodeIds.length) return false;
    const leader = nodes.find(({ raft }) => raft.role === 'leader');
    if (leader === undefined) return false;
    const { voters } = leader.raft.status();
    return nodes.every(({ nodeId, raft }) =>
      voters.some((voter) => voter.nodeId === nodeId && voter.directoryId === raft.directoryId),
    );
  }

  async #run(nodeId: number, platform: Platform): Promise<void> {
    this.#nodes.delete(nodeId);
    const stopped = new Promise<void>((resolve) => this.#stops.set(nodeId, resolve));
    let onFailure: (error: Error) => void = () => {};
    const failed = new Promise<never>((_, reject) => {
      onFailure = reject;
    });
    failed.catch(() => {});
    const node = await VarveNode.start({ config: this.#configOf(nodeId), platform, doors: DOORS, onFailure });
    this.#nodes.set(nodeId, node);
    await Promise.race([failed, stopped.then(() => node.close())]);
  }

  #configOf(nodeId: number): ReadonlyMap<string, string> {
    const host = hostName(nodeId);
    return new Map(
      Object.entries({
        'node.id': String(nodeId),
        'controller.quorum.voters': this.nodeIds.map((id) => `${id}@${hostName(id)}:${INTERNAL_PORT}`).join(','),
        listeners: `INTERNAL://${host}:${INTERNAL_PORT},GRPC://${host}:${GRPC_PORT}`,
        'log.dirs': '/data',
        ...this.#config,
      }),
    );
  }
}

/** Errors by which a node says that it cannot go on; all others are bugs. */
function isForeseen(error: unknown): error is Error {
  return error instanceof VarveError || error instanceof FileSystemError || error instanceof TransportError;
}

function hostName(nodeId: number): string {
  return `n${nodeId}`;
}
