import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defined } from '../../src/common/assert.js';
import { freePorts } from './free-ports.js';
import { NodeProcess } from './node-process.js';

export interface ClusterOptions {
  readonly nodeCount: number;
  /** Where the folder with data and logs is made; default: the system's temporary folder. */
  readonly parentDirectory?: string;
  /** Settings of every node, beside those that say who it is and where it listens. */
  readonly config?: Readonly<Record<string, string>>;
  /** Options of Node for the nodes' processes, such as `--cpu-prof`. */
  readonly nodeArguments?: readonly string[];
  /** In place of the `varve` command: what runs with `server --config FILE`. */
  readonly command?: readonly string[];
}

const PORTS_PER_NODE = 3;
const READY_TIMEOUT_MS = 30_000;
const VARVE_COMMAND = 'dist/src/bin/varve.cjs';

/** A cluster on this machine, one process a node, with free ports and data in a new folder. */
export class ClusterProcesses {
  readonly directory: string;
  readonly nodes: readonly NodeProcess[];

  /** However this process ends, short of SIGKILL, no node outlives it. */
  readonly #onExit = (): void => {
    for (const node of this.nodes) void node.kill();
  };

  private constructor(directory: string, nodes: readonly NodeProcess[]) {
    this.directory = directory;
    this.nodes = nodes;
    process.once('exit', this.#onExit);
  }

  /** Writes the settings; nothing runs yet. */
  static async prepare(options: ClusterOptions): Promise<ClusterProcesses> {
    const directory = mkdtempSync(join(options.parentDirectory ?? tmpdir(), 'varve-cluster-'));
    const ports = await freePorts(options.nodeCount * PORTS_PER_NODE);
    const portsOf = (nodeId: number): number[] => ports.slice((nodeId - 1) * PORTS_PER_NODE, nodeId * PORTS_PER_NODE);
    const ids = Array.from({ length: options.nodeCount }, (_, index) => index + 1);
    const voters = ids.map((nodeId) => `${nodeId}@127.0.0.1:${portsOf(nodeId)[0]}`).join(',');
    const nodes = ids.map((nodeId) => {
      const [internal, grpc, http] = portsOf(nodeId);
      const file = join(directory, `node-${nodeId}.properties`);
      const config: Record<string, string> = {
        'node.id': String(nodeId),
        'process.roles': 'broker,controller',
        'controller.quorum.voters': voters,
        listeners: `INTERNAL://127.0.0.1:${internal},GRPC://127.0.0.1:${grpc},HTTP://127.0.0.1:${http}`,
        'log.dirs': dataDirectory(directory, nodeId),
        ...options.config,
      };
      const lines = Object.entries(config).map(([key, value]) => `${key}=${value}\n`);
      writeFileSync(file, lines.join(''));
      const command = options.command ?? [process.execPath, ...(options.nodeArguments ?? []), VARVE_COMMAND];
      return new NodeProcess({
        nodeId,
        command: [...command, 'server', '--config', file],
        directory,
        grpcPort: defined(grpc, 'each node has its ports'),
        httpPort: defined(http, 'each node has its ports'),
      });
    });
    return new ClusterProcesses(directory, nodes);
  }

  /** Prepares and starts; resolves once every node serves. */
  static async start(options: ClusterOptions): Promise<ClusterProcesses> {
    const cluster = await ClusterProcesses.prepare(options);
    try {
      cluster.startAll();
      await cluster.ready();
      return cluster;
    } catch (error) {
      await cluster.close();
      throw error;
    }
  }

  get bootstrap(): string[] {
    return this.nodes.map((node) => node.grpcAddress);
  }

  node(nodeId: number): NodeProcess {
    return defined(
      this.nodes.find((node) => node.nodeId === nodeId),
      'the node is one of the cluster',
    );
  }

  startAll(): void {
    for (const node of this.nodes) node.start();
  }

  async ready(): Promise<void> {
    await Promise.all(this.nodes.map((node) => node.ready(READY_TIMEOUT_MS)));
  }

  /** The log directory of a node. */
  dataDirectory(nodeId: number): string {
    return dataDirectory(this.directory, nodeId);
  }

  /** Makes the data of a node that does not run as if it had never been. */
  wipe(nodeId: number): void {
    rmSync(this.dataDirectory(nodeId), { recursive: true, force: true });
    mkdirSync(this.dataDirectory(nodeId), { recursive: true });
  }

  /** Stops what runs, in order, all at once. */
  async stop(): Promise<void> {
    for (const node of this.nodes) node.resume();
    await Promise.all(this.nodes.map((node) => node.stop()));
  }

  /** Kills what still runs and removes the folder (`keep`: leaves it). */
  async close(keep = false): Promise<void> {
    await Promise.all(this.nodes.map((node) => node.kill()));
    process.off('exit', this.#onExit);
    if (!keep) rmSync(this.directory, { recursive: true, force: true });
  }
}

function dataDirectory(directory: string, nodeId: number): string {
  return join(directory, `data-${nodeId}`);
}
