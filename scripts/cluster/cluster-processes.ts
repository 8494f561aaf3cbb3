import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defined } from '../../src/common/assert.js';
import type { NodeAttachment, NodePorts } from './attachment.js';
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
  /** Ties the nodes to a network of its own. */
  readonly attach?: (nodes: readonly NodePorts[]) => Promise<ReadonlyMap<number, NodeAttachment>>;
}

const PORTS_PER_NODE = 3;
const READY_TIMEOUT_MS = 30_000;
const VARVE_COMMAND = 'dist/src/bin/varve.cjs';
const LOOPBACK = '127.0.0.1';

/** A cluster on this machine, one process a node, with free ports and data in a new folder. */
export class ClusterProcesses {
  readonly directory: string;
  readonly nodes: readonly NodeProcess[];

  /** No node outlives this process: at the end of a signal, of which Node tells nobody, the kernel sees to that. */
  readonly #onExit = (): void => {
    for (const node of this.nodes) void node.kill();
  };

  readonly #attachments: ReadonlyMap<number, NodeAttachment>;

  private constructor(
    directory: string,
    nodes: readonly NodeProcess[],
    attachments: ReadonlyMap<number, NodeAttachment>,
  ) {
    this.directory = directory;
    this.nodes = nodes;
    this.#attachments = attachments;
    process.once('exit', this.#onExit);
  }

  /** Writes the settings; nothing runs yet. */
  static async prepare(options: ClusterOptions): Promise<ClusterProcesses> {
    const directory = mkdtempSync(join(options.parentDirectory ?? tmpdir(), 'varve-cluster-'));
    const found = await freePorts(options.nodeCount * PORTS_PER_NODE);
    const port = (index: number): number => defined(found[index], 'each node has its ports');
    const ports = Array.from({ length: options.nodeCount }, (_, index) => ({
      nodeId: index + 1,
      internal: port(index * PORTS_PER_NODE),
      grpc: port(index * PORTS_PER_NODE + 1),
      http: port(index * PORTS_PER_NODE + 2),
    }));
    const attachments = (await options.attach?.(ports)) ?? new Map<number, NodeAttachment>();
    const hostOf = (nodeId: number): string => attachments.get(nodeId)?.host ?? LOOPBACK;
    const voters = ports.map(({ nodeId, internal }) => `${nodeId}@${hostOf(nodeId)}:${internal}`).join(',');
    const nodes = ports.map(({ nodeId, internal, grpc, http }) => {
      const attachment = attachments.get(nodeId);
      const host = hostOf(nodeId);
      const file = join(directory, `node-${nodeId}.properties`);
      const config: Record<string, string> = {
        'node.id': String(nodeId),
        'process.roles': 'broker,controller',
        'controller.quorum.voters': voters,
        listeners: `INTERNAL://${host}:${internal},GRPC://${host}:${grpc},HTTP://${host}:${http}`,
        ...(attachment === undefined ? {} : { 'advertised.listeners': `GRPC://${attachment.clientAddress}` }),
        'log.dirs': dataDirectory(directory, nodeId),
        ...options.config,
      };
      const lines = Object.entries(config).map(([key, value]) => `${key}=${value}\n`);
      writeFileSync(file, lines.join(''));
      const nodeArguments = [...(options.nodeArguments ?? []), ...(attachment?.nodeArguments ?? [])];
      const command = options.command ?? [process.execPath, ...nodeArguments, VARVE_COMMAND];
      return new NodeProcess({
        nodeId,
        command: [...(attachment?.prefix ?? []), ...command, 'server', '--config', file],
        directory,
        host,
        grpcPort: grpc,
        httpPort: http,
        ...(attachment === undefined ? {} : { env: attachment.env }),
      });
    });
    return new ClusterProcesses(directory, nodes, attachments);
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

  /** Where the nodes themselves listen. */
  get bootstrap(): string[] {
    return this.nodes.map((node) => node.grpcAddress);
  }

  /** The same by the network's ways for clients, where there is a network. */
  get clientBootstrap(): string[] {
    return this.nodes.map((node) => this.#attachments.get(node.nodeId)?.clientAddress ?? node.grpcAddress);
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
