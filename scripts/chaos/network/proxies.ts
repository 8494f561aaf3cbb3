import { fileURLToPath } from 'node:url';
import { defined } from '../../../src/common/assert.js';
import type { NodeAttachment, NodePorts } from '../../cluster/attachment.js';
import { freePorts } from '../../cluster/free-ports.js';
import { CLIENTS, NETWORK_FAULT_KINDS } from './chaos-network.js';
import type { ChaosNetwork, Host, NetworkFault, NetworkFaultKind } from './chaos-network.js';
import { Conditions, FAIR } from './conditions.js';
import type { Weather } from './conditions.js';
import { Path } from './path.js';

const HOST = '127.0.0.1';
const REDIRECT = fileURLToPath(new URL('./redirect.cjs', import.meta.url));
const HELD: Weather = { ...FAIR, held: true };

interface Way {
  readonly from: Host;
  readonly to: Host;
  readonly path: Path;
}

/**
 * A network of TCP proxies in this process: each node has a way of its own to each other node's INTERNAL port, and the
 * clients have one to each node's GRPC port. Works wherever Node does.
 */
export class ProxyNetwork implements ChaosNetwork {
  readonly kinds: readonly NetworkFaultKind[] = NETWORK_FAULT_KINDS;
  readonly #conditions = new Map<string, Conditions>();
  readonly #ways: Way[] = [];

  async attach(nodes: readonly NodePorts[]): Promise<ReadonlyMap<number, NodeAttachment>> {
    const taken = new Set(nodes.flatMap(({ internal, grpc, http }) => [internal, grpc, http]));
    const found = await freePorts(nodes.length * nodes.length + taken.size);
    const ports = found.filter((port) => !taken.has(port));
    const open = (from: Host, to: Host, targetPort: number): number => {
      const port = defined(ports.pop(), 'there is a port for each way');
      const [there, back] = [this.#direction(from, to), this.#direction(to, from)];
      this.#ways.push({ from, to, path: new Path({ port, targetPort, there, back }) });
      return port;
    };
    return new Map(
      nodes.map((node) => {
        const others = nodes.filter(({ nodeId }) => nodeId !== node.nodeId);
        const routes = others.map(({ nodeId, internal }) => [internal, open(node.nodeId, nodeId, internal)]);
        const attachment: NodeAttachment = {
          host: HOST,
          clientAddress: `${HOST}:${open(CLIENTS, node.nodeId, node.grpc)}`,
          prefix: [],
          nodeArguments: ['--require', REDIRECT],
          env: { VARVE_CHAOS_ROUTES: JSON.stringify(routes) },
        };
        return [node.nodeId, attachment];
      }),
    );
  }

  nodeStarts(nodeId: number): void {
    for (const { to, path } of this.#ways) if (to === nodeId) path.targetStarts();
  }

  nodeEnds(nodeId: number): void {
    for (const { to, path } of this.#ways) if (to === nodeId) path.targetEnds();
  }

  strike(fault: NetworkFault): void {
    const { kind, from, to, latencyMs, bytesPerSecond } = fault;
    const both = (weather: Weather): void => {
      this.#direction(from, to).set(weather);
      this.#direction(to, from).set(weather);
    };
    switch (kind) {
      case 'cut':
        return both(HELD);
      case 'oneWay':
        return this.#direction(from, to).set(HELD);
      case 'clog':
        for (const [name, conditions] of this.#conditions) {
          if (name.split('>').includes(String(from))) conditions.set(HELD);
        }
        return;
      case 'latency':
        return both({ ...FAIR, latencyMs });
      case 'slow':
        return both({ ...FAIR, bytesPerSecond });
      case 'reset':
        for (const way of this.#ways) {
          if ((way.from === from && way.to === to) || (way.from === to && way.to === from)) way.path.reset();
        }
    }
  }

  heal(): void {
    for (const conditions of this.#conditions.values()) conditions.set(FAIR);
  }

  close(): void {
    for (const { path } of this.#ways) path.close();
  }

  #direction(from: Host, to: Host): Conditions {
    const name = `${from}>${to}`;
    const conditions = this.#conditions.get(name) ?? new Conditions();
    this.#conditions.set(name, conditions);
    return conditions;
  }
}
