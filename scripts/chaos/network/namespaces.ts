import { execFile, execFileSync, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import type { NodeAttachment, NodePorts } from '../../cluster/attachment.js';
import { CLIENTS } from './chaos-network.js';
import type { ChaosNetwork, Host, NetworkFault, NetworkFaultKind } from './chaos-network.js';

/** Linux's own network stacks, one a host: behind a cut there is no proxy that takes a connection, and packets are lost. */

const PREFIX = 'varve-chaos';
const BRIDGE = 'br0';
/** No host has it: what is sent there is lost. Locally administered. */
const NOBODY = '02:00:00:00:ff:ff';

function ip(...args: readonly string[]): string {
  return execFileSync('ip', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
}

/** The namespaces of one run, joined by a bridge in that of the clients. Nothing outside them is touched. */
export class Namespaces {
  /** Where the clients are. */
  readonly hub: string;
  readonly nodeIds: readonly number[];

  private constructor(hub: string, nodeIds: readonly number[]) {
    this.hub = hub;
    this.nodeIds = nodeIds;
  }

  /** Throws where this user may not, or the system has no `ip`. `owner`: the process whose end they do not outlive. */
  static create(nodeIds: readonly number[], owner: number): Namespaces {
    const namespaces = Namespaces.named(`${PREFIX}-${owner}`, nodeIds);
    try {
      removeLeftOvers();
      namespaces.#make();
      return namespaces;
    } catch (error) {
      namespaces.close();
      const reason = error instanceof Error ? error.message.trim() : String(error);
      throw new Error(
        `Network namespaces cannot be made here: ${reason}. They need Linux, root and the ip command; use NETWORK=proxies.`,
        { cause: error },
      );
    }
  }

  /** Those that another process has made. */
  static named(hub: string, nodeIds: readonly number[]): Namespaces {
    return new Namespaces(hub, nodeIds);
  }

  get names(): string[] {
    return [this.hub, ...this.nodeIds.map((nodeId) => this.of(nodeId))];
  }

  of(host: Host): string {
    return host === CLIENTS ? this.hub : `${this.hub}-${host}`;
  }

  /** Runs a program of the clients within their namespace; resolves to its exit code. */
  async runClients(command: readonly string[], env: Readonly<Record<string, string>>): Promise<number> {
    const child = spawn('ip', ['netns', 'exec', this.hub, ...command], {
      stdio: 'inherit',
      env: { ...process.env, ...env },
    });
    const pass = (signal: NodeJS.Signals): void => void child.kill(signal);
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, pass);
    const code = await new Promise<number>((resolve) => {
      child.once('error', () => resolve(1));
      child.once('exit', (exitCode) => resolve(exitCode ?? 1));
    });
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.off(signal, pass);
    return code;
  }

  /** Ends what still runs in them and removes them. */
  close(): void {
    for (const name of this.names) remove(name);
  }

  #make(): void {
    ip('netns', 'add', this.hub);
    ip('-n', this.hub, 'link', 'set', 'lo', 'up');
    ip('-n', this.hub, 'link', 'add', BRIDGE, 'type', 'bridge');
    ip('-n', this.hub, 'addr', 'add', `${addressOf(CLIENTS)}/24`, 'dev', BRIDGE);
    ip('-n', this.hub, 'link', 'set', BRIDGE, 'up');
    for (const nodeId of this.nodeIds) {
      const name = this.of(nodeId);
      const port = portOf(nodeId);
      ip('netns', 'add', name);
      ip('-n', name, 'link', 'set', 'lo', 'up');
      // Made within the hub, so that no end of it is ever seen outside.
      ip('-n', this.hub, 'link', 'add', port, 'type', 'veth', 'peer', 'name', 'eth0', 'netns', name);
      ip('-n', this.hub, 'link', 'set', port, 'master', BRIDGE, 'up');
      ip('-n', name, 'addr', 'add', `${addressOf(nodeId)}/24`, 'dev', 'eth0');
      ip('-n', name, 'link', 'set', 'eth0', 'up');
    }
  }
}

/**
 * Makes cuts between the namespaces, and breaks connections between them where the kernel ends sockets at a user's word. (Delays
 * and bandwidth would take the kernel's netem, which many have not.) The process that uses it runs in that of the clients.
 */
export class NamespaceNetwork implements ChaosNetwork {
  readonly kinds: readonly NetworkFaultKind[];
  readonly #namespaces: Namespaces;
  #healing: (readonly string[])[] = [];

  private constructor(namespaces: Namespaces, canReset: boolean) {
    this.#namespaces = namespaces;
    this.kinds = ['cut', 'oneWay', 'clog', ...(canReset ? (['reset'] as const) : [])];
  }

  static async open(namespaces: Namespaces): Promise<NamespaceNetwork> {
    return new NamespaceNetwork(namespaces, await endsSockets());
  }

  attach(nodes: readonly NodePorts[]): Promise<ReadonlyMap<number, NodeAttachment>> {
    const attachments = nodes.map(({ nodeId, grpc }): [number, NodeAttachment] => [
      nodeId,
      {
        host: addressOf(nodeId),
        clientAddress: `${addressOf(nodeId)}:${grpc}`,
        prefix: ['ip', 'netns', 'exec', this.#namespaces.of(nodeId)],
        nodeArguments: [],
        env: {},
      },
    ]);
    return Promise.resolve(new Map(attachments));
  }

  nodeStarts(): void {
    // Nothing stands in its way.
  }

  nodeEnds(): void {
    // Its own kernel refuses.
  }

  strike({ kind, from, to }: NetworkFault): void {
    if (kind === 'oneWay') this.#lose(from, to);
    else if (kind === 'cut') this.#cut(from, to);
    else if (kind === 'clog' && from === CLIENTS) for (const node of this.#namespaces.nodeIds) this.#cut(from, node);
    else if (kind === 'clog') this.#unplug(from);
    else if (kind === 'reset') this.#reset(from, to);
    else throw new Error(`A network of namespaces has no fault '${kind}'.`);
  }

  heal(): void {
    const failures: unknown[] = [];
    // One that fails leaves the others to be done.
    for (const command of this.#healing.splice(0).reverse()) {
      try {
        ip(...command);
      } catch (error) {
        failures.push(error);
      }
    }
    if (failures.length > 0) throw new AggregateError(failures, failures.map(String).join('\n'));
  }

  close(): void {
    // Whoever made the namespaces removes them.
  }

  #cut(from: Host, to: Host): void {
    this.#lose(from, to);
    this.#lose(to, from);
  }

  /** What `from` sends to `to` goes to nobody. */
  #lose(from: Host, to: Host): void {
    const neighbour = ['dev', from === CLIENTS ? BRIDGE : 'eth0'];
    const name = this.#namespaces.of(from);
    ip('-n', name, 'neigh', 'replace', addressOf(to), 'lladdr', NOBODY, 'nud', 'permanent', ...neighbour);
    this.#healing.push(['-n', name, 'neigh', 'del', addressOf(to), ...neighbour]);
  }

  /** Ends the sockets of `from` whose peer is `to`, whoever opened them; `to` is told by a reset. */
  #reset(from: Host, to: Host): void {
    ip('netns', 'exec', this.#namespaces.of(from), 'ss', '-K', '-t', 'dst', addressOf(to));
  }

  #unplug(node: Host): void {
    const { hub } = this.#namespaces;
    ip('-n', hub, 'link', 'set', portOf(node), 'down');
    this.#healing.push(['-n', hub, 'link', 'set', portOf(node), 'up']);
  }
}

const PROBE_MS = 1_000;

/** Whether `ss -K` works here (iproute2, and CONFIG_INET_DIAG_DESTROY in the kernel): tried on a connection of this process. */
async function endsSockets(): Promise<boolean> {
  const server = createServer((socket) => socket.on('error', () => {}));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const socket = connect(port, '127.0.0.1');
  try {
    await new Promise<void>((resolve, reject) => socket.once('connect', resolve).once('error', reject));
    return await new Promise<boolean>((resolve) => {
      socket.on('error', () => resolve(true));
      setTimeout(() => resolve(false), PROBE_MS).unref();
      execFile('ss', ['-K', '-t', 'dst', '127.0.0.1', 'dport', '=', String(port)], (error) => {
        if (error !== null) resolve(false);
      });
    });
  } finally {
    socket.destroy();
    server.close();
  }
}

/** In addresses of their own world, which no other sees (RFC 2544's for tests of networks). */
function addressOf(host: Host): string {
  return `198.18.0.${host === CLIENTS ? 254 : host}`;
}

function portOf(nodeId: number): string {
  return `n${nodeId}`;
}

function remove(name: string): void {
  try {
    for (const pid of ip('netns', 'pids', name).split('\n').filter(Boolean)) process.kill(Number(pid), 'SIGKILL');
  } catch {
    // It does not exist, or the process has just ended.
  }
  try {
    ip('netns', 'del', name);
  } catch {
    // It does not exist.
  }
}

/** Of runs whose process was killed. */
function removeLeftOvers(): void {
  for (const line of ip('netns', 'list').split('\n')) {
    const [name = ''] = line.split(' ');
    const owner = new RegExp(`^${PREFIX}-(\\d+)(-\\d+)?$`).exec(name)?.[1];
    if (owner !== undefined && !existsSync(`/proc/${owner}`)) remove(name);
  }
}
