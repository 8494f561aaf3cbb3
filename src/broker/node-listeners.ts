import { VarveError } from '../common/errors.js';
import type { BrokerConfig } from '../metadata/configs/tables.js';
import type { Platform } from '../platform/platform.js';
import type { Address, RpcHandlers, RpcServer, TlsSource } from '../platform/transport.js';
import type { varve } from '../protocol/controller.js';
import { DEFAULT_MAX_MESSAGE_BYTES } from '../raft/api.js';
import type { BrokerApi } from './broker-api.js';
import type { NodeDoor, NodeHealth, RunningDoor } from './node-door.js';

export type ListenerName = 'INTERNAL' | 'GRPC' | 'KAFKA' | 'HTTP';

/** gRPC messages between nodes exceed the greatest batch by their own fields. */
const MESSAGE_OVERHEAD_BYTES = 1024 * 1024;

/**
 * Of one message between nodes: what clients may send, which other nodes forward and replicate, and what the nodes of the
 * quorum say to each other, which no bound for clients may cut off. A metadata batch is never split, so that one which cannot
 * be received would be sent, and refused, for ever.
 */
export function internalMessageBytes(config: Pick<BrokerConfig, 'socketRequestMaxBytes'>): number {
  return Math.max(config.socketRequestMaxBytes, DEFAULT_MAX_MESSAGE_BYTES) + MESSAGE_OVERHEAD_BYTES;
}

/** How long open calls may take to end when the node stops. */
const CLOSE_GRACE_MS = 500;

/** Where one node listens, and what it tells others of it. */
export class NodeListeners {
  readonly #config: BrokerConfig;
  readonly #platform: Platform;
  readonly #tls: TlsSource | undefined;
  readonly #addresses = new Map<ListenerName, Address>();
  readonly #doors: RunningDoor[] = [];
  #internal: RpcServer | undefined;

  constructor(config: BrokerConfig, platform: Platform, tls: TlsSource | undefined) {
    this.#config = config;
    this.#platform = platform;
    this.#tls = tls;
  }

  /** Rejects with a TransportError: `addressInUse`, `denied`. */
  async openInternal(handlers: RpcHandlers): Promise<void> {
    const tls = this.tlsOf('INTERNAL');
    this.#internal = await this.#platform.transport.serveRpc({
      ...this.#bindAddress('INTERNAL'),
      maxMessageBytes: internalMessageBytes(this.#config),
      maxConnections: this.#config.maxConnections,
      handlers,
      ...(tls === undefined ? {} : { tls }),
    });
    this.#addresses.set('INTERNAL', this.#internal.address);
  }

  /** Opens those doors that have a listener in the configuration. */
  async openDoors(doors: readonly NodeDoor[], api: BrokerApi, health: NodeHealth): Promise<void> {
    for (const door of doors) {
      if (!this.#config.listeners.some((listener) => listener.name === door.listener)) continue;
      const running = await door.open({
        ...this.#bindAddress(door.listener),
        api,
        platform: this.#platform,
        config: this.#config,
        tls: this.tlsOf(door.listener),
        health,
      });
      this.#doors.push(running);
      this.#addresses.set(door.listener, running.address);
    }
    this.#warnOfPlaintext();
  }

  tlsOf(name: ListenerName): TlsSource | undefined {
    const protocol = this.#config.listenerSecurityProtocolMap.find((entry) => entry.name === name)?.protocol;
    return protocol === 'SSL' ? this.#tls : undefined;
  }

  /** Where it is bound, with the port that 0 became. */
  address(name: ListenerName): Address | undefined {
    return this.#addresses.get(name);
  }

  /** Where others find it. */
  advertised(name: ListenerName): Address | undefined {
    const address = this.#addresses.get(name);
    if (address === undefined) return undefined;
    const told = this.#config.advertisedListeners.find((listener) => listener.name === name);
    return { host: told?.host ?? address.host, port: told?.port || address.port };
  }

  /** All of them, for the registration. */
  registered(): varve.internal.IListener[] {
    const listeners: varve.internal.IListener[] = [];
    for (const name of this.#addresses.keys()) {
      const address = this.advertised(name);
      const security_protocol = this.tlsOf(name) === undefined ? 'PLAINTEXT' : 'SSL';
      if (address !== undefined) listeners.push({ name, host: address.host, port: address.port, security_protocol });
    }
    return listeners;
  }

  async closeDoors(): Promise<void> {
    await Promise.all(this.#doors.splice(0).map((door) => door.close(CLOSE_GRACE_MS)));
  }

  async closeInternal(): Promise<void> {
    await this.#internal?.close(CLOSE_GRACE_MS);
  }

  #bindAddress(name: ListenerName): Address {
    const listener = this.#config.listeners.find((one) => one.name === name);
    if (listener === undefined) throw new VarveError('INVALID_CONFIG', `listeners has no ${name}, which a node needs.`);
    return { host: listener.host === '' ? '::' : listener.host, port: listener.port };
  }

  #warnOfPlaintext(): void {
    const open = [...this.#addresses].filter(
      ([name, { host }]) => this.tlsOf(name) === undefined && !/^(127\.|localhost$|::1$)/.test(host),
    );
    if (open.length === 0) return;
    const can = open.some(([name]) => name !== 'HTTP') ? 'read and write' : 'read the metrics';
    this.#platform.logger.warn(
      { listeners: open.map(([name, { host, port }]) => `${name}://${host}:${port}`) },
      `Listeners without TLS or authentication are open beyond this machine: anyone who reaches them can ${can}. ` +
        'Set listener.security.protocol.map to SSL for them, or listen at 127.0.0.1.',
    );
  }
}
