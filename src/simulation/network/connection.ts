import { assert, defined } from '../../common/assert.js';
import type { RpcPeer } from '../../platform/transport.js';
import { TransportError } from '../../platform/transport.js';
import type { SimulatedProcess } from '../process.js';
import type { SimulatedEvent } from '../scheduler.js';
import { payloadOf } from './frames.js';
import type { Frame } from './frames.js';
import type { Link, SimulatedNetwork } from './network.js';

/** What one end of a connection does with what arrives. */
export interface EndHandlers {
  readonly onFrame: (frame: Frame) => void;
  /** Once. Undefined: the other side closed it, after all that it had sent. */
  readonly onBreak: (error: TransportError | undefined) => void;
}

/** Bytes that a frame takes beside its payload. */
const FRAME_OVERHEAD_BYTES = 60;

type Item =
  | { readonly kind: 'frame'; readonly frame: Frame; readonly arrivesMs: number }
  | { readonly kind: 'close'; readonly error: TransportError | undefined; readonly arrivesMs: number };

/** One direction of a connection. What is sent arrives in its order, or stands still while the link is cut. */
class Wire {
  readonly #network: SimulatedNetwork;
  readonly #link: Link;
  readonly #receiver: () => ConnectionEnd;
  #queue: Array<Item> = [];
  #head = 0;
  #lastArrivalMs = 0;
  #event: SimulatedEvent | undefined;
  readonly #onArrival = (): void => this.#arrive();

  constructor(network: SimulatedNetwork, link: Link, receiver: () => ConnectionEnd) {
    this.#network = network;
    this.#link = link;
    this.#receiver = receiver;
  }

  send(frame: Frame, sizeBytes: number): void {
    this.#put({ kind: 'frame', frame, arrivesMs: this.#arrival(sizeBytes + FRAME_OVERHEAD_BYTES) });
  }

  close(error: TransportError | undefined): void {
    this.#put({ kind: 'close', error, arrivesMs: this.#arrival(FRAME_OVERHEAD_BYTES) });
  }

  /** A reset overtakes what is still under way: drops all of it behind some point. */
  cutShort(keep: (waiting: number) => number): void {
    const kept = keep(this.#queue.length - this.#head);
    this.#queue.length = this.#head + kept;
    if (kept === 0) {
      this.#event?.cancel();
      this.#event = undefined;
    }
  }

  drop(): void {
    this.#queue = [];
    this.#head = 0;
    this.#event?.cancel();
    this.#event = undefined;
  }

  /** The link works again: what stood still is retransmitted. */
  resume(delayMs: number): void {
    if (this.#event !== undefined || this.#head === this.#queue.length) return;
    this.#lastArrivalMs = Math.max(this.#lastArrivalMs, this.#network.scheduler.nowMs + delayMs);
    this.#scheduleHead(delayMs);
  }

  #arrival(sizeBytes: number): number {
    this.#lastArrivalMs = Math.max(this.#lastArrivalMs, this.#network.arrivalMs(this.#link, sizeBytes));
    return this.#lastArrivalMs;
  }

  #put(item: Item): void {
    this.#queue.push(item);
    if (this.#event === undefined && !this.#network.stalled(this.#link)) this.#scheduleHead(0);
  }

  #scheduleHead(atLeastMs: number): void {
    const { scheduler } = this.#network;
    const item = defined(this.#queue[this.#head], 'a scheduled wire has something to deliver');
    const delayMs = Math.max(atLeastMs, item.arrivesMs - scheduler.nowMs, 0);
    this.#event = scheduler.schedule(delayMs, 'network', undefined, this.#onArrival);
  }

  #arrive(): void {
    this.#event = undefined;
    if (this.#network.stalled(this.#link)) return;
    const item = this.#queue[this.#head];
    if (item === undefined) return;
    this.#head++;
    if (this.#head > 64 && this.#head * 2 > this.#queue.length) {
      this.#queue = this.#queue.slice(this.#head);
      this.#head = 0;
    }
    this.#receiver().receive(item);
    if (this.#head < this.#queue.length && this.#event === undefined) this.#scheduleHead(0);
  }
}

/** One end of a connection, in the kernel of the host whose process holds it. */
export class ConnectionEnd {
  readonly peer: RpcPeer;
  readonly #connection: Connection;
  readonly #process: SimulatedProcess;
  readonly #outgoing: Wire;
  readonly #removeEnding: () => void;
  #handlers: EndHandlers | undefined;
  #early: Array<Item> = [];
  /** What arrived and is not handed over yet, oldest first: of a process that was resumed some may still wait for its turn. */
  #inbox: Array<Item> = [];
  #open = true;
  #closing = false;

  constructor(options: { connection: Connection; process: SimulatedProcess; outgoing: Wire; peerAddress: string }) {
    this.#connection = options.connection;
    this.#process = options.process;
    this.#outgoing = options.outgoing;
    this.peer = { address: options.peerAddress };
    this.#removeEnding = this.#process.onEnd(() => this.#processEnded());
  }

  get process(): SimulatedProcess {
    return this.#process;
  }

  get open(): boolean {
    return this.#open;
  }

  /** Takes what arrives from now on, and what has arrived. Called in an event of the process. */
  handle(handlers: EndHandlers): void {
    assert(this.#handlers === undefined, 'an end has one owner');
    this.#handlers = handlers;
    const early = this.#early;
    this.#early = [];
    this.#inbox.unshift(...early);
    for (let left = early.length; left > 0; left--) this.#process.schedule(0, 'network', () => this.#handNext());
  }

  send(frame: Frame, sizeBytes: number): void {
    if (!this.#open || this.#closing) return;
    this.#connection.digest(frame);
    this.#outgoing.send(frame, sizeBytes);
  }

  /** Closes in order: the other side gets everything first. */
  close(): void {
    if (!this.#open || this.#closing) return;
    this.#closing = true;
    this.#outgoing.close(undefined);
    this.#shut();
  }

  /** Breaks the connection off: what is under way to the other side may not arrive. */
  destroy(): void {
    if (!this.#open) return;
    this.#connection.reset(this.#outgoing);
    this.#shut();
  }

  /** Kernel: something arrived. */
  receive(item: Item): void {
    if (!this.#open) {
      // Nobody has this socket any more: the kernel answers with a reset.
      if (item.kind === 'frame') this.#outgoing.close(lost(this.peer.address));
      return;
    }
    if (item.kind === 'close') this.#shut();
    this.#enter(item);
  }

  /** Kernel: the connection is given up on this side (keepalive, a fault), without a word to the other. */
  giveUp(error: TransportError): void {
    if (!this.#open) return;
    this.#outgoing.drop();
    this.#shut();
    this.#enter({ kind: 'close', error, arrivesMs: 0 });
  }

  /** The host has no power: the end is gone and nobody is told. */
  vanish(): void {
    this.#outgoing.drop();
    this.#shut();
  }

  /** As many turns as items: whichever comes first hands over the oldest. */
  #enter(item: Item): void {
    if (this.#inbox.length === 0 && this.#process.running) {
      this.#hand(item);
      return;
    }
    this.#inbox.push(item);
    this.#process.enter('network', () => this.#handNext());
  }

  #handNext(): void {
    const item = this.#inbox.shift();
    if (item !== undefined) this.#hand(item);
  }

  #hand(item: Item): void {
    const handlers = this.#handlers;
    if (handlers === undefined) this.#early.push(item);
    else if (item.kind === 'frame') handlers.onFrame(item.frame);
    else handlers.onBreak(item.error);
  }

  #processEnded(): void {
    if (!this.#open) return;
    this.#connection.reset(this.#outgoing);
    this.#shut();
  }

  #shut(): void {
    if (!this.#open) return;
    this.#open = false;
    this.#removeEnding();
    this.#connection.onShut();
  }
}

function lost(address: string): TransportError {
  return new TransportError('closed', `The connection to ${address} was lost.`);
}

/** Two processes that are connected: two wires and two ends. */
export class Connection {
  readonly id: number;
  readonly client: ConnectionEnd;
  readonly server: ConnectionEnd;
  readonly clientHost: string;
  readonly serverHost: string;
  /** How long it survives silence of the other side. */
  readonly keepaliveMs: number;
  readonly #network: SimulatedNetwork;
  readonly #toServer: Wire;
  readonly #toClient: Wire;

  constructor(options: {
    id: number;
    network: SimulatedNetwork;
    client: SimulatedProcess;
    clientAddress: string;
    server: SimulatedProcess;
    serverAddress: string;
    keepaliveMs: number;
  }) {
    const { network } = options;
    this.id = options.id;
    this.#network = network;
    this.keepaliveMs = options.keepaliveMs;
    this.clientHost = options.client.hostName;
    this.serverHost = options.server.hostName;
    this.#toServer = new Wire(network, network.link(this.clientHost, this.serverHost), () => this.server);
    this.#toClient = new Wire(network, network.link(this.serverHost, this.clientHost), () => this.client);
    const common = { connection: this };
    this.client = new ConnectionEnd({
      ...common,
      process: options.client,
      outgoing: this.#toServer,
      peerAddress: options.serverAddress,
    });
    this.server = new ConnectionEnd({
      ...common,
      process: options.server,
      outgoing: this.#toClient,
      peerAddress: options.clientAddress,
    });
  }

  joins(one: string, other: string): boolean {
    return (
      (this.clientHost === one && this.serverHost === other) || (this.clientHost === other && this.serverHost === one)
    );
  }

  touches(hostName: string): boolean {
    return this.clientHost === hostName || this.serverHost === hostName;
  }

  /** A socket was closed with data unread or by the death of its process: a reset goes out behind a part of the data. */
  reset(outgoing: Wire): void {
    outgoing.cutShort((waiting) => this.#network.random.integer(0, waiting));
    outgoing.close(new TransportError('closed', 'The connection was reset by the other side.'));
  }

  /** A fault on the way: both sides are told that the connection is gone. */
  breakBoth(): void {
    this.client.giveUp(lost(this.client.peer.address));
    this.server.giveUp(lost(this.server.peer.address));
  }

  resumeWires(delayMs: () => number): void {
    this.#toServer.resume(delayMs());
    this.#toClient.resume(delayMs());
  }

  /** Two runs that send different bytes are different runs. */
  digest(frame: Frame): void {
    const { digest } = this.#network.scheduler;
    digest.mix(this.id);
    const payload = payloadOf(frame);
    if (payload !== undefined) digest.mixBytes(payload);
  }

  onShut(): void {
    if (!this.client.open && !this.server.open) this.#network.forget(this);
  }
}
