import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePorts } from '../../scripts/cluster/free-ports.js';
import type { RequestContext } from '../../src/broker/broker-api.js';
import type { NodeDoor } from '../../src/broker/node-door.js';
import { VarveNode } from '../../src/broker/node.js';
import { type NodePlatform, createNodePlatform } from '../../src/platform/node/platform.js';
import type { Platform } from '../../src/platform/platform.js';
import { varve } from '../../src/protocol/varve.js';

export const context: RequestContext = {
  principal: 'User:test',
  peerAddress: 'test',
  timeoutMs: 10_000,
  signal: new AbortController().signal,
};

/** Configuration of all nodes, or of each, below the cluster's directory. */
export type NodeConfig = Record<string, string> | ((nodeId: number, directory: string) => Record<string, string>);

/** Gives a node another outside than the real one. */
export type WrapPlatform = (nodeId: number, platform: Platform) => Platform;

/** Nodes on real sockets and disks, without doors unless they are given: their use cases are called directly. */
export class LocalCluster {
  readonly directory: string;
  readonly #configs: Map<string, string>[];
  readonly #running = new Map<number, { node: VarveNode; platform: NodePlatform }>();
  readonly failures: Error[] = [];

  readonly #doors: readonly NodeDoor[];
  readonly #wrap: WrapPlatform;

  private constructor(
    directory: string,
    configs: Map<string, string>[],
    doors: readonly NodeDoor[],
    wrap: WrapPlatform,
  ) {
    this.directory = directory;
    this.#configs = configs;
    this.#doors = doors;
    this.#wrap = wrap;
  }

  static async start(
    count: number,
    config: NodeConfig = {},
    doors: readonly NodeDoor[] = [],
    wrap: WrapPlatform = (_, platform) => platform,
  ): Promise<LocalCluster> {
    const directory = await mkdtemp(join(tmpdir(), 'varve-test-'));
    const ports = await freePorts(count);
    const voters = ports.map((port, index) => `${index + 1}@127.0.0.1:${port}`).join(',');
    const configs = ports.map(
      (port, index) =>
        new Map(
          Object.entries({
            'controller.quorum.voters': voters,
            listeners: `INTERNAL://127.0.0.1:${port}${doors.map((door) => `,${door.listener}://127.0.0.1:0`).join('')}`,
            'log.dirs': join(directory, String(index + 1)),
            'node.id': String(index + 1),
            ...(typeof config === 'function' ? config(index + 1, directory) : config),
          }),
        ),
    );
    const cluster = new LocalCluster(directory, configs, doors, wrap);
    await Promise.all(configs.map((_, index) => cluster.startNode(index + 1)));
    await cluster.ready();
    return cluster;
  }

  /** From the next start of the node on. */
  reconfigure(nodeId: number, changes: Record<string, string>): void {
    for (const [name, value] of Object.entries(changes)) this.#configs[nodeId - 1]?.set(name, value);
  }

  async startNode(nodeId: number): Promise<VarveNode> {
    const config = this.#configs[nodeId - 1];
    if (config === undefined) throw new Error(`no node ${nodeId}`);
    const platform = await createNodePlatform({ logLevel: 'silent', metrics: false });
    const starting = VarveNode.start({
      config,
      platform: this.#wrap(nodeId, platform),
      doors: this.#doors,
      onFailure: (error) => this.failures.push(error),
    });
    const node = await starting.catch(async (error: unknown) => {
      await platform.close();
      throw error;
    });
    this.#running.set(nodeId, { node, platform });
    return node;
  }

  async ready(): Promise<void> {
    await Promise.all([...this.#running.values()].map(({ node }) => node.ready()));
  }

  node(nodeId: number): VarveNode {
    const running = this.#running.get(nodeId);
    if (running === undefined) throw new Error(`node ${nodeId} is not running`);
    return running.node;
  }

  async stopNode(nodeId: number): Promise<void> {
    const running = this.#running.get(nodeId);
    this.#running.delete(nodeId);
    await running?.node.close();
    await running?.platform.close();
  }

  /** Asks the controller, through the node. */
  async admin<Request, Response>(
    nodeId: number,
    method: string,
    request: { encode(message: Request): { finish(): Uint8Array } },
    response: { decode(bytes: Uint8Array): Response },
    message: Request,
  ): Promise<Response> {
    const bytes = request.encode(message).finish();
    return response.decode(await this.node(nodeId).api.admin(`/varve.v1.Admin/${method}`, bytes, context));
  }

  async createTopic(name: string, partitions: number, configs: Record<string, string> = {}): Promise<void> {
    const request = varve.v1.CreateTopicsRequest.encode({ topics: [{ name, partitions, configs }] }).finish();
    const [node] = this.#running.values();
    if (node === undefined) throw new Error('no node is running');
    const answer = await node.node.api.admin('/varve.v1.Admin/CreateTopics', request, context);
    const [result] = varve.v1.CreateTopicsResponse.decode(answer).topics;
    if (result?.error) throw new Error(result.error.message ?? 'creation failed');
  }

  async close(): Promise<void> {
    await Promise.all([...this.#running.keys()].map((nodeId) => this.stopNode(nodeId)));
    await rm(this.directory, { recursive: true, force: true });
  }
}

/** Waits until `condition` holds; fails with `what` after `timeoutMs`. */
export async function until(
  what: string,
  condition: () => boolean | Promise<boolean>,
  timeoutMs = 15_000,
): Promise<void> {
  const deadline = Date.now() + timeoutMs;
  while (!(await condition())) {
    if (Date.now() > deadline) throw new Error(`not in ${timeoutMs} ms: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
