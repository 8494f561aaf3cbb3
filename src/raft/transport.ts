import type { NodeId } from '../common/ids.js';

import { VarveError } from '../common/errors.js';
import type { Clock, Timer } from '../platform/clock.js';
import { TransportError } from '../platform/transport.js';
import type {
  Address,
  RpcClient,
  RpcCall,
  RpcStream,
  StreamHandler,
  TlsSource,
  Transport,
} from '../platform/transport.js';
import type { ReplicaId } from './api.js';

const METHOD = '/varve.internal.Raft/Exchange';
/** Names the stream's opener, so that it can be answered before its first message is read. */
const NODE_ID_HEADER = 'varve-node-id';
/** Between two attempts to reach a silent node: doubled from the least to the most. */
const MIN_REDIAL_MS = 50;
const MAX_REDIAL_MS = 500;
/** After the other side refused the stream by name: it will not change its mind soon. */
const REFUSED_REDIAL_MS = 2000;

export interface RaftTransportEvents {
  /** Throwing a VarveError ends the stream with it. */
  onMessage(bytes: Buffer): void;
  /** A new connection was refused: nothing listens at the node's address. */
  onRefused(nodeId: NodeId): void;
  /** The node ended the stream with an error of its own. */
  onRejected(nodeId: NodeId, error: VarveError): void;
  /** A stream to or from the node has just been opened. */
  onOpened(nodeId: NodeId): void;
}

/** Carries encoded Raft messages between nodes; may lose them, never changes them. */
export interface RaftTransport {
  /** Dropped when there is no way to the node, or too much waits on it: Raft repeats what matters. */
  send(nodeId: NodeId, message: Uint8Array): void;
  /** Keeps a stream open to each of these nodes, and to no other. */
  setPeers(peers: ReadonlyMap<NodeId, Address>): void;
  /** Another stream on the connection that is kept to `nodeId`; undefined: none is. */
  openStream(nodeId: NodeId, method: string): RpcStream | undefined;
  close(): void;
}

export interface RpcRaftTransportOptions {
  readonly self: ReplicaId;
  readonly transport: Transport;
  readonly clock: Clock;
  readonly tls?: TlsSource;
  readonly events: RaftTransportEvents;
  readonly maxQueuedBytes: number;
  readonly maxMessageBytes: number;
}

/** A node's own stream to a peer; it is opened again whenever it ends, at once when it had stood for a while. */
class Peer {
  readonly nodeId: NodeId;
  readonly address: Address;
  readonly #options: RpcRaftTransportOptions;
  readonly #client: RpcClient;
  #stream: RpcStream | undefined;
  #redial: Timer | undefined;
  #delayMs = MIN_REDIAL_MS;
  #closed = false;

  constructor(nodeId: NodeId, address: Address, options: RpcRaftTransportOptions) {
    this.nodeId = nodeId;
    this.address = address;
    this.#options = options;
    this.#client = options.transport.connectRpc({
      host: address.host,
      port: address.port,
      maxMessageBytes: options.maxMessageBytes,
      channel: 'raft',
      ...(options.tls === undefined ? {} : { tls: options.tls }),
    });
  }

  /** Opens the stream; messages can be sent from the first event on. */
  dial(): void {
    if (this.#closed || this.#stream !== undefined) return;
    const { self, clock, events } = this.#options;
    const openedMs = clock.monotonicMs();
    const stream = this.#client.stream(METHOD, { headers: { [NODE_ID_HEADER]: String(self.nodeId) } });
    this.#stream = stream;
    stream.onMessage((bytes) => receive(stream, bytes, events));
    stream.onClose((error) => {
      if (this.#stream !== stream) return;
      this.#stream = undefined;
      this.#closedAfter(clock.monotonicMs() - openedMs, error);
    });
    events.onOpened(this.nodeId);
  }

  #closedAfter(stoodMs: number, error: Error | undefined): void {
    if (this.#closed) return;
    const { clock, events } = this.#options;
    const refused = error instanceof TransportError && error.kind === 'refused';
    const rejected = error instanceof VarveError ? error : undefined;
    // One that stood and broke is tried again at once: a refusal then shows that the process is gone.
    if (stoodMs >= MAX_REDIAL_MS && !refused) this.#delayMs = 0;
    const delayMs = rejected === undefined ? this.#delayMs : REFUSED_REDIAL_MS;
    this.#delayMs = Math.min(MAX_REDIAL_MS, Math.max(MIN_REDIAL_MS, this.#delayMs * 2));
    this.#redial = clock.after(delayMs, () => this.dial());
    if (refused) events.onRefused(this.nodeId);
    if (rejected !== undefined) events.onRejected(this.nodeId, rejected);
  }

  /** The node has opened a stream to this one, so it is there: no reason to wait. */
  isThere(): void {
    this.#delayMs = MIN_REDIAL_MS;
    if (this.#stream !== undefined) return;
    this.#redial?.cancel();
    this.dial();
  }

  send(message: Uint8Array): boolean {
    const stream = this.#stream;
    if (stream === undefined) return false;
    if (stream.queuedBytes <= this.#options.maxQueuedBytes) stream.send(message);
    return true;
  }

  /** Another stream on the same connection. */
  open(method: string): RpcStream {
    return this.#client.stream(method);
  }

  close(): void {
    this.#closed = true;
    this.#redial?.cancel();
    const stream = this.#stream;
    this.#stream = undefined;
    stream?.cancel();
    this.#client.close();
  }
}

function receive(stream: RpcStream, bytes: Buffer, events: RaftTransportEvents): void {
  try {
    events.onMessage(bytes);
  } catch (error) {
    if (!(error instanceof VarveError)) throw error;
    stream.end({ code: error.code, message: error.message });
  }
}

/** Over the platform's streams: one from each node to each other, and answers on a stream where no address is known. */
export class RpcRaftTransport implements RaftTransport {
  readonly #options: RpcRaftTransportOptions;
  readonly #peers = new Map<NodeId, Peer>();
  readonly #inbound = new Map<NodeId, RpcStream>();
  #closed = false;

  constructor(options: RpcRaftTransportOptions) {
    this.#options = options;
  }

  get handlers(): Readonly<Record<string, StreamHandler>> {
    return { [METHOD]: (stream, call) => this.#accept(stream, call) };
  }

  #accept(stream: RpcStream, call: RpcCall): void {
    const nodeId = Number.parseInt(call.headers[NODE_ID_HEADER] ?? '', 10);
    if (this.#closed) {
      stream.cancel();
      return;
    }
    if (!(nodeId >= 0)) {
      stream.end({ code: 'INVALID_REQUEST', message: `A Raft stream needs the header ${NODE_ID_HEADER}.` });
      return;
    }
    const { events } = this.#options;
    stream.onMessage((bytes) => {
      if (!this.#closed) receive(stream, bytes, events);
    });
    stream.onClose(() => {
      if (this.#inbound.get(nodeId) === stream) this.#inbound.delete(nodeId);
    });
    this.#inbound.set(nodeId, stream);
    this.#peers.get(nodeId)?.isThere();
    events.onOpened(nodeId);
  }

  setPeers(peers: ReadonlyMap<NodeId, Address>): void {
    if (this.#closed) return;
    for (const [nodeId, peer] of this.#peers) {
      const address = peers.get(nodeId);
      if (address?.host === peer.address.host && address.port === peer.address.port) continue;
      this.#peers.delete(nodeId);
      peer.close();
    }
    for (const [nodeId, address] of peers) {
      if (nodeId === this.#options.self.nodeId || this.#peers.has(nodeId)) continue;
      const peer = new Peer(nodeId, address, this.#options);
      this.#peers.set(nodeId, peer);
      peer.dial();
    }
  }

  openStream(nodeId: NodeId, method: string): RpcStream | undefined {
    return this.#peers.get(nodeId)?.open(method);
  }

  send(nodeId: NodeId, message: Uint8Array): void {
    if (this.#peers.get(nodeId)?.send(message) === true) return;
    const stream = this.#inbound.get(nodeId);
    if (stream !== undefined && stream.queuedBytes <= this.#options.maxQueuedBytes) stream.send(message);
  }

  close(): void {
    this.#closed = true;
    for (const peer of this.#peers.values()) peer.close();
    this.#peers.clear();
    for (const stream of this.#inbound.values()) stream.cancel();
    this.#inbound.clear();
  }
}
