import { assert } from '../../common/assert.js';
import { TransportError } from '../../platform/transport.js';
import type { Address } from '../../platform/transport.js';
import type { SimulatedProcess } from '../process.js';
import type { SeededRandom } from '../random.js';
import type { Scheduler } from '../scheduler.js';
import { Connection } from './connection.js';
import type { ConnectionEnd } from './connection.js';

/** How packets travel from one host to another. */
export interface LinkBehaviour {
  latencyMs: readonly [from: number, to: number];
  bytesPerMs: number;
  /** That a packet is lost and sent again, and so comes `retransmitMs` later (and all behind it, too). */
  lossRate: number;
  retransmitMs: readonly [from: number, to: number];
}

export const HEALTHY_LINK: LinkBehaviour = {
  latencyMs: [0.05, 0.3],
  bytesPerMs: 1_000_000,
  lossRate: 0,
  retransmitMs: [20, 300],
};

/** One way between two hosts. */
export class Link {
  readonly from: string;
  readonly to: string;
  /** May be changed at any time. Undefined: the network's. */
  behaviour: LinkBehaviour | undefined;
  /** Nothing gets through. */
  cut = false;
  /** When it was cut last. */
  cutMs = 0;
  /** Counts the cuts. */
  cuts = 0;
  /** What is sent waits on the way. */
  held = false;
  holds = 0;
  freeAtMs = 0;
  readonly #hosts: ReadonlyMap<string, NetworkHost>;
  #fromHost: NetworkHost | undefined;
  #toHost: NetworkHost | undefined;

  constructor(from: string, to: string, hosts: ReadonlyMap<string, NetworkHost>) {
    this.from = from;
    this.to = to;
    this.#hosts = hosts;
  }

  /** Both hosts are there and have power. */
  get powered(): boolean {
    // A link may be spoken of before its hosts are made.
    this.#fromHost ??= this.#hosts.get(this.from);
    this.#toHost ??= this.#hosts.get(this.to);
    return this.#fromHost?.up === true && this.#toHost?.up === true;
  }
}

/** What listens on a port. */
export interface Listener {
  readonly process: SimulatedProcess;
  /** Null: the listener takes no more. Called by the kernel; what it does in the process must `enter` it. */
  readonly accept: (end: ConnectionEnd) => void;
  readonly mayAccept: () => boolean;
}

interface NetworkHost {
  readonly name: string;
  up: boolean;
  readonly listeners: Map<number, Listener>;
}

const LOCAL_NAMES: ReadonlySet<string> = new Set(['localhost', '127.0.0.1', '0.0.0.0', '::', '::1', '']);
const FIRST_EPHEMERAL_PORT = 32_768;
/** A lost connection request is sent again after so long. */
const SYN_RETRY_MS = 1_000;

/**
 * The network between the hosts of a simulation: connections as TCP gives them. Within a connection everything arrives
 * once and in order; what faults do is delay, stand still, and break off. Listeners die with their process (connecting
 * is refused); a host without power answers nothing (connecting times out).
 */
export class SimulatedNetwork {
  readonly scheduler: Scheduler;
  readonly random: SeededRandom;
  /** Of links that have no behaviour of their own; may be changed at any time. */
  behaviour: LinkBehaviour = { ...HEALTHY_LINK };
  /** Behind a cut, what was lost stands still for at most so long. */
  longestBackOffMs = Infinity;
  readonly #hosts = new Map<string, NetworkHost>();
  readonly #links = new Map<string, Link>();
  readonly #connections = new Set<Connection>();
  #nextConnection = 1;
  #nextPort = FIRST_EPHEMERAL_PORT;

  constructor(options: { scheduler: Scheduler; random: SeededRandom }) {
    this.scheduler = options.scheduler;
    this.random = options.random;
  }

  addHost(name: string): void {
    assert(!this.#hosts.has(name), `the host ${name} is new`);
    this.#hosts.set(name, { name, up: true, listeners: new Map() });
  }

  link(from: string, to: string): Link {
    const key = `${from} ${to}`;
    let link = this.#links.get(key);
    if (link === undefined) {
      link = new Link(from, to, this.#hosts);
      this.#links.set(key, link);
    }
    return link;
  }

  get connectionCount(): number {
    return this.#connections.size;
  }

  // Faults.

  /** Cuts the way from one host to another: what is sent stands still. Cut both ways for a full partition. */
  cut(from: string, to: string): void {
    const link = this.link(from, to);
    if (link.cut) return;
    link.cut = true;
    link.cutMs = this.scheduler.nowMs;
    link.cuts++;
    const { cuts } = link;
    this.#giveUpLater(
      (connection) => connection.joins(from, to),
      () => link.cut && link.cuts === cuts,
    );
  }

  heal(from: string, to: string): void {
    const link = this.link(from, to);
    if (!link.cut) return;
    link.cut = false;
    const lastedMs = this.scheduler.nowMs - link.cutMs;
    this.#resume((connection) => connection.joins(from, to), lastedMs);
  }

  /** What two hosts send each other stands still on the way, and comes in its order and at once with `unclog`. */
  clog(one: string, other: string): void {
    const [there, back] = [this.link(one, other), this.link(other, one)];
    there.held = true;
    back.held = true;
    const holds = ++there.holds;
    this.#giveUpLater(
      (connection) => connection.joins(one, other),
      () => there.held && there.holds === holds,
    );
  }

  unclog(one: string, other: string): void {
    for (const link of [this.link(one, other), this.link(other, one)]) this.#release(link);
  }

  /** A full partition of two hosts. */
  cutBoth(one: string, other: string): void {
    this.cut(one, other);
    this.cut(other, one);
  }

  healBoth(one: string, other: string): void {
    this.heal(one, other);
    this.heal(other, one);
  }

  /** Links that had a behaviour of their own have the network's again. */
  restoreLinks(): void {
    for (const link of this.#links.values()) link.behaviour = undefined;
  }

  healAll(): void {
    for (const link of this.#links.values()) {
      this.heal(link.from, link.to);
      this.#release(link);
    }
  }

  /** Breaks all connections between two hosts off, at once. */
  resetConnections(one: string, other: string): number {
    let count = 0;
    for (const connection of [...this.#connections]) {
      if (!connection.joins(one, other)) continue;
      connection.breakBoth();
      count++;
    }
    return count;
  }

  /** The power of a host goes: before its process is killed, so that no reset is sent. */
  powerOff(hostName: string): void {
    const host = this.#host(hostName);
    host.up = false;
    host.listeners.clear();
    for (const connection of [...this.#connections]) {
      if (connection.clientHost === hostName) connection.client.vanish();
      if (connection.serverHost === hostName) connection.server.vanish();
    }
    this.#giveUpLater(
      (connection) => connection.touches(hostName),
      () => true,
    );
  }

  powerOn(hostName: string): void {
    this.#host(hostName).up = true;
    // What was sent to its former life meets a kernel that knows nothing of it.
    this.#resume((connection) => connection.touches(hostName), 0);
  }

  // For connections and transports.

  /** True while nothing gets through. */
  stalled(link: Link): boolean {
    return link.cut || link.held || !link.powered;
  }

  arrivalMs(link: Link, sizeBytes: number): number {
    const behaviour = link.behaviour ?? this.behaviour;
    const departsMs = Math.max(this.scheduler.nowMs, link.freeAtMs);
    link.freeAtMs = departsMs + sizeBytes / behaviour.bytesPerMs;
    let latencyMs = this.random.between(behaviour.latencyMs[0], behaviour.latencyMs[1]);
    if (behaviour.lossRate > 0 && this.random.chance(behaviour.lossRate)) {
      latencyMs += this.random.between(behaviour.retransmitMs[0], behaviour.retransmitMs[1]);
    }
    return link.freeAtMs + latencyMs;
  }

  /** Takes a port of the process's host; a TransportError `addressInUse` when it is taken. */
  listen(address: Address, listener: Listener): { readonly address: Address; readonly close: () => void } {
    const { listeners } = this.#host(listener.process.hostName);
    const port = address.port === 0 ? this.#freePort(listeners) : address.port;
    if (listeners.has(port)) {
      throw new TransportError('addressInUse', `${address.host}:${port} is in use: choose another port.`);
    }
    listeners.set(port, listener);
    const remove = (): void => {
      if (listeners.get(port) === listener) listeners.delete(port);
    };
    const removeEnding = listener.process.onEnd(remove);
    const close = (): void => {
      removeEnding();
      remove();
    };
    return { address: { host: address.host, port }, close };
  }

  /** Rejects with a TransportError: `refused` or `unreachable`. */
  connect(options: {
    readonly process: SimulatedProcess;
    readonly address: Address;
    readonly timeoutMs: number;
    readonly keepaliveMs: number;
  }): Promise<ConnectionEnd> {
    const { process, address, timeoutMs } = options;
    const target = `${address.host}:${address.port}`;
    return new Promise((resolve, reject) => {
      const deadlineMs = this.scheduler.nowMs + timeoutMs;
      const fail = (kind: 'refused' | 'unreachable', why: string, delayMs: number): void => {
        if (!process.alive) return;
        process.schedule(delayMs, 'network', () => {
          reject(new TransportError(kind, `Cannot connect to ${target}: ${why}.`));
        });
      };
      const name = LOCAL_NAMES.has(address.host) ? process.hostName : address.host;
      if (!this.#hosts.has(name)) return fail('unreachable', 'no such host', 1);
      const there = this.link(process.hostName, name);
      const back = this.link(name, process.hostName);
      const attempt = (): void => {
        this.scheduler.schedule(this.#flightMs(there), 'network', undefined, () => {
          if (!process.alive) return;
          const leftMs = deadlineMs - this.scheduler.nowMs;
          if (leftMs <= 0) return fail('unreachable', `no answer within ${timeoutMs} ms`, 0);
          if (this.stalled(there) || this.stalled(back)) {
            if (leftMs <= SYN_RETRY_MS) return fail('unreachable', `no answer within ${timeoutMs} ms`, leftMs);
            this.scheduler.schedule(SYN_RETRY_MS, 'network', undefined, attempt);
            return;
          }
          const end = this.#accept(process, name, { host: name, port: address.port }, options.keepaliveMs);
          if (end === undefined) return fail('refused', 'nothing listens there', this.#flightMs(back));
          process.schedule(this.#flightMs(back), 'network', () => resolve(end));
        });
      };
      attempt();
    });
  }

  forget(connection: Connection): void {
    this.#connections.delete(connection);
  }

  #accept(
    process: SimulatedProcess,
    hostName: string,
    address: Address,
    keepaliveMs: number,
  ): ConnectionEnd | undefined {
    const listener = this.#host(hostName).listeners.get(address.port);
    if (listener === undefined || !listener.mayAccept()) return undefined;
    const connection = new Connection({
      id: this.#nextConnection++,
      network: this,
      client: process,
      clientAddress: `${process.hostName}:${this.#ephemeralPort()}`,
      server: listener.process,
      serverAddress: `${address.host}:${address.port}`,
      keepaliveMs,
    });
    this.#connections.add(connection);
    listener.accept(connection.server);
    return connection.client;
  }

  /** Connections that are still dead when their keepalive runs out break, on each side for itself. */
  #giveUpLater(concerns: (connection: Connection) => boolean, stillDead: () => boolean): void {
    for (const connection of this.#connections) {
      if (!concerns(connection)) continue;
      const delayMs = connection.keepaliveMs * this.random.between(0.7, 1);
      this.scheduler.schedule(delayMs, 'network', undefined, () => {
        if (stillDead()) connection.breakBoth();
      });
    }
  }

  /** TCP tries again at intervals that double (RFC 6298, 5.5): what was lost may stand still for as long again as nothing got through. */
  #resume(concerns: (connection: Connection) => boolean, lastedMs: number): void {
    const mostMs = Math.max(this.behaviour.retransmitMs[1], Math.min(lastedMs, this.longestBackOffMs));
    for (const connection of this.#connections) {
      if (concerns(connection)) connection.resumeWires(() => this.random.between(0, mostMs));
    }
  }

  #release(link: Link): void {
    if (!link.held) return;
    link.held = false;
    for (const connection of this.#connections) {
      if (connection.joins(link.from, link.to)) connection.resumeWires(() => 0);
    }
  }

  #flightMs(link: Link): number {
    return this.arrivalMs(link, 60) - this.scheduler.nowMs;
  }

  #host(name: string): NetworkHost {
    const host = this.#hosts.get(name);
    assert(host !== undefined, `there is a host ${name}`);
    return host;
  }

  #ephemeralPort(): number {
    const port = this.#nextPort++;
    if (this.#nextPort > 60_999) this.#nextPort = FIRST_EPHEMERAL_PORT;
    return port;
  }

  #freePort(listeners: ReadonlyMap<number, Listener>): number {
    let port = this.#ephemeralPort();
    while (listeners.has(port)) port = this.#ephemeralPort();
    return port;
  }
}
