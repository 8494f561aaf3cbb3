import { VarveError } from '../common/errors.js';
import type { NodeDoor } from '../broker/node-door.js';
import { VarveNode } from '../broker/node.js';
import { grpcDoor } from '../grpc/grpc-node-door.js';
import { httpDoor } from '../http/http-node-door.js';
import { type NodePlatform, createNodePlatform } from '../platform/node/platform.js';
import { makeTemporaryDirectory } from '../platform/node/temporary-directory.js';
import { sleep } from '../platform/clock.js';
import { TransportError } from '../platform/transport.js';
import type { LogLevel } from '../platform/node/pino-logger.js';

export interface StartClusterOptions {
  /** How many nodes, each controller and broker; 3 by default. */
  readonly nodes?: number;
  /** Configuration of every node, by Kafka's names, over what the cluster needs itself. */
  readonly config?: Readonly<Record<string, string>>;
  /** Where the nodes keep their data; without it a temporary directory, removed by `close`. */
  readonly directory?: string;
  /** Of the nodes' logs on standard error; `silent` by default. */
  readonly logLevel?: LogLevel;
}

const START_ATTEMPTS = 5;
const PORT_WAIT_MS = 10_000;
const PORT_RETRY_MS = 50;

/** One node of a TestCluster. */
export interface TestNode {
  readonly nodeId: number;
  /** `host:port` of the public gRPC API. */
  readonly grpc: string;
  /** Undefined while stopped. */
  readonly node: VarveNode | undefined;
}

/** Real nodes in this process: production code, real sockets and disks, on free ports of the loopback interface. */
export class TestCluster {
  readonly directory: string;
  readonly #nodes: RunningNode[];
  readonly #removeDirectory: () => Promise<void>;

  private constructor(directory: string, nodes: RunningNode[], removeDirectory: () => Promise<void>) {
    this.directory = directory;
    this.#nodes = nodes;
    this.#removeDirectory = removeDirectory;
  }

  /**
   * Starts the nodes and resolves when all of them serve. The nodes must know each other's ports before they listen; where
   * another process is quicker to take one, all of them start again on others.
   */
  static async start(options: StartClusterOptions = {}, pickPorts = freePorts): Promise<TestCluster> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await TestCluster.#startOnce(options, pickPorts);
      } catch (error) {
        if (attempt === START_ATTEMPTS || !isPortTaken(error)) throw error;
      }
    }
  }

  static async #startOnce(options: StartClusterOptions, pickPorts: typeof freePorts): Promise<TestCluster> {
    const count = options.nodes ?? 3;
    if (!Number.isInteger(count) || count < 1 || count > 9) {
      throw new VarveError('INVALID_REQUEST', `nodes is ${count}; a test cluster has 1 to 9.`);
    }
    const ports = await pickPorts(count);
    // Last of what may fail before there is a cluster to close: nothing of it is left behind.
    const temporary = options.directory === undefined ? await makeTemporaryDirectory('varve-cluster-') : undefined;
    const directory = options.directory ?? temporary?.path ?? '';
    const voters = ports.map((port, index) => `${index + 1}@127.0.0.1:${port}`).join(',');
    const nodes = ports.map((port, index) => {
      const nodeId = index + 1;
      const config = new Map(
        Object.entries({
          'controller.quorum.voters': voters,
          listeners: `INTERNAL://127.0.0.1:${port},GRPC://127.0.0.1:0,HTTP://127.0.0.1:0`,
          'log.dirs': `${directory}/node-${nodeId}`,
          ...options.config,
          'node.id': String(nodeId),
        }),
      );
      return new RunningNode(nodeId, config, options.logLevel ?? 'silent');
    });
    const cluster = new TestCluster(directory, nodes, temporary?.remove ?? (async () => {}));
    try {
      const started = await Promise.allSettled(nodes.map((node) => node.start()));
      for (const each of started) if (each.status === 'rejected') throw each.reason;
      await Promise.all(nodes.map((node) => node.node?.ready()));
    } catch (error) {
      await cluster.close();
      throw error;
    }
    return cluster;
  }

  get nodes(): readonly TestNode[] {
    return this.#nodes;
  }

  /** Addresses of the public gRPC API, as clients take them. */
  get bootstrap(): string[] {
    return this.#nodes.filter((node) => node.node !== undefined).map((node) => node.grpc);
  }

  /** Stops one node in order. */
  async stopNode(nodeId: number): Promise<void> {
    await this.#find(nodeId).stop();
  }

  /** Starts a stopped node again on its data; resolves when it serves. */
  async startNode(nodeId: number): Promise<void> {
    const node = this.#find(nodeId);
    await node.start(PORT_WAIT_MS);
    await node.node?.ready();
  }

  /** Stops all nodes and removes what they wrote, unless it was put into a directory of the caller's. */
  async close(): Promise<void> {
    const stopped = await Promise.allSettled(this.#nodes.map((node) => node.close()));
    await this.#removeDirectory();
    for (const each of stopped) if (each.status === 'rejected') throw each.reason;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  #find(nodeId: number): RunningNode {
    const node = this.#nodes.find((one) => one.nodeId === nodeId);
    if (node === undefined) throw new VarveError('INVALID_REQUEST', `There is no node ${nodeId} in this cluster.`);
    return node;
  }
}

/** Starts `nodes` (3) real nodes in this process; see TestCluster. */
export function startCluster(options: StartClusterOptions = {}): Promise<TestCluster> {
  return TestCluster.start(options);
}

class RunningNode implements TestNode {
  readonly nodeId: number;
  grpc = '';
  node: VarveNode | undefined;
  readonly #config: Map<string, string>;
  readonly #logLevel: LogLevel;
  #platform: NodePlatform | undefined;
  #starting: Promise<void> | undefined;
  #stopping: Promise<void> | undefined;
  #isClosed = false;

  constructor(nodeId: number, config: Map<string, string>, logLevel: LogLevel) {
    this.nodeId = nodeId;
    this.#config = config;
    this.#logLevel = logLevel;
  }

  /** `portWaitMs`: how long a port may be another process's before that is an error. */
  start(portWaitMs = 0): Promise<void> {
    this.#starting ??= this.#startNow(portWaitMs).finally(() => {
      this.#starting = undefined;
    });
    return this.#starting;
  }

  async #startNow(portWaitMs: number): Promise<void> {
    await this.#stopping;
    if (this.#isClosed) throw new VarveError('INVALID_REQUEST', 'The cluster is closed: start a new one.');
    if (this.node !== undefined) return;
    const platform = await createNodePlatform({ logLevel: this.#logLevel });
    this.#platform = platform;
    try {
      this.node = await this.#listen(platform, platform.clock.monotonicMs() + portWaitMs);
    } catch (error) {
      this.#platform = undefined;
      await platform.close();
      throw error;
    }
    const address = this.node.address('GRPC');
    this.grpc = `${address?.host}:${address?.port}`;
    // A restart takes the same ports: what clients and peers know stays true.
    this.#config.set(
      'listeners',
      (['INTERNAL', 'GRPC', 'HTTP'] as const)
        .map((name) => ({ name, at: this.node?.address(name) }))
        .filter(({ at }) => at !== undefined)
        .map(({ name, at }) => `${name}://${at?.host}:${at?.port}`)
        .join(','),
    );
  }

  async #listen(platform: NodePlatform, deadlineMs: number): Promise<VarveNode> {
    const doors: NodeDoor[] = [grpcDoor, httpDoor];
    // What its end meets is nobody's to hear: a node that has failed says why in its log.
    const onFailure = (): void => void this.stop().catch(() => {});
    for (;;) {
      try {
        return await VarveNode.start({ config: this.#config, platform, doors, onFailure });
      } catch (error) {
        const isLate = platform.clock.monotonicMs() >= deadlineMs || this.#isClosed || this.#stopping !== undefined;
        if (!isPortTaken(error) || isLate) throw error;
      }
      await sleep(platform.clock, PORT_RETRY_MS);
    }
  }

  /** Stops it for good: what is about to start does not, and what starts already is stopped then. */
  async close(): Promise<void> {
    this.#isClosed = true;
    await this.stop();
    await this.#starting?.catch(() => {});
    await this.stop();
  }

  /** Also who asks while it stops already, of itself perhaps, waits until nothing of it is left. */
  stop(): Promise<void> {
    this.#stopping ??= this.#stopNow().finally(() => {
      this.#stopping = undefined;
    });
    return this.#stopping;
  }

  async #stopNow(): Promise<void> {
    // What is starting is stopped when it has started.
    await this.#starting?.catch(() => {});
    const { node } = this;
    const platform = this.#platform;
    this.node = undefined;
    this.#platform = undefined;
    try {
      await node?.close();
    } finally {
      await platform?.close();
    }
  }
}

function isPortTaken(error: unknown): boolean {
  return error instanceof TransportError && error.kind === 'addressInUse';
}

async function freePorts(count: number): Promise<number[]> {
  const platform = await createNodePlatform({ logLevel: 'silent', metrics: false });
  try {
    const listen = () =>
      platform.transport.serveBytes({ host: '127.0.0.1', port: 0, onConnection: (stream) => stream.destroy() });
    const servers = await Promise.allSettled(Array.from({ length: count }, listen));
    await Promise.all(servers.map((each) => (each.status === 'fulfilled' ? each.value.close() : undefined)));
    return servers.map((each) => {
      if (each.status === 'rejected') throw each.reason;
      return each.value.address.port;
    });
  } finally {
    await platform.close();
  }
}
