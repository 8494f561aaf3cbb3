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
/** Which replica of the node it is: another process with its node.id has another directory. */
const DIRECTORY_ID_HEADER = 'varve-directory-id';
/** Between two attempts to reach a silent node: doubled from the least to the most. */
const MIN_REDIAL_MS = 50;
const MAX_REDIAL_MS = 500;
/** After the other side refused the stream by name: it will not change its mind soon. */
const REFUSED_REDIAL_MS = 2000;
/**
 * A node that owes an answer for so long may be reached by a new connection: behind a cut that has healed the old one waits for
 * TCP to send again, which it does at intervals that double (RFC 6298, 5.5), so that a cut lasts up to twice as long as it was.
 * Doubled from the least to the most while the node stays silent, or answers late: over a slow link a large message takes its
 * time, and one that is broken off begins anew.
 */
const MIN_RENEWAL_MS = 1000;
const MAX_RENEWAL_MS = 16_000;
/** What is on the way has so much more time. */
const SLOW_BYTES_PER_MS = 1024;

export interface RaftTransportEvents {
  /** True: it answers what this node sent, which is therefore heard. Throwing a VarveError ends the stream with it. */
  onMessage(bytes: Buffer): boolean;
  /** A new connection was refused: nothing listens at the node's address. */
  onRefused(nodeId: NodeId): void;
  /** The node ended the stream with an error of its own. */
  onRejected(nodeId: NodeId, error: VarveError): void;
  /** Why no stream of this replica is taken. It does not pass for the node then, whose own streams stay as they are. */
  refusalOf(replica: ReplicaId): VarveError | undefined;
  /** A stream to or from the node has just been opened. */
  onOpened(nodeId: NodeId): void;
  /** The node opened a stream though its former one stands: it was cut off, and is reached again. */
  onReached(nodeId: NodeId): void;
}

/** Carries encoded Raft messages between nodes; may lose them, never changes them. */
export interface RaftTransport {
  /**
   * Dropped when there is no way to the node, or too much waits on it: Raft repeats what matters. `wantsAnswer`: a node that
   * lives answers it soon.
   */
  send(nodeId: NodeId, message: Uint8Array, wantsAnswer: boolean): void;
  /** Keeps a stream open to each of these nodes, and to no other. */
  setPeers(peers: ReadonlyMap<NodeId, Address>): void;
  /** Another stream on the connection that is kept to `nodeId`; undefined: none is. */
  openStream(nodeId: NodeId, method: string): RpcStream | undefined;
  /** The node does not answer otherwise: sees whether a new connection reaches it. The node then hears `onReached`. */
  probe(nodeId: NodeId): void;
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

/**
 * A node's own stream to a peer; it is opened again whenever it ends, at once when it had stood for a while, and on a new
 * connection when the peer owes an answer for long.
 */
class Peer {
  readonly nodeId: NodeId;
  readonly address: Address;
  readonly #options: RpcRaftTransportOptions;
  #client: RpcClient;
  #stream: RpcStream | undefined;
  #openedMs = 0;
  #redial: Timer | undefined;
  #delayMs = MIN_REDIAL_MS;
  /** When the first message was sent on this stream that wants an answer, of those since the last answer; and the bytes since. */
  #awaitedSinceMs: number | undefined;
  #awaitedBytes = 0;
  #renewalMs = MIN_RENEWAL_MS;
  #closed = false;

  constructor(nodeId: NodeId, address: Address, options: RpcRaftTransportOptions) {
    this.nodeId = nodeId;
    this.address = address;
    this.#options = options;
    this.#client = this.#connect();
  }

  #connect(): RpcClient {
    const { transport, maxMessageBytes, tls } = this.#options;
    const { host, port } = this.address;
    return transport.connectRpc({
      host,
      port,
      maxMessageBytes,
      channel: 'raft',
      ...(tls === undefined ? {} : { tls }),
    });
  }

  /** Opens the stream; messages can be sent from the first event on. */
  dial(): void {
    if (this.#closed || this.#stream !== undefined) return;
    const { self, clock, events } = this.#options;
    const openedMs = clock.monotonicMs();
    this.#openedMs = openedMs;
    // What an earlier connection carried is no debt of this one.
    this.#awaitedSinceMs = undefined;
    const headers = { [NODE_ID_HEADER]: String(self.nodeId), [DIRECTORY_ID_HEADER]: self.directoryId };
    const stream = this.#client.stream(METHOD, { headers });
    this.#stream = stream;
    stream.onMessage((bytes) => {
      if (receive(stream, bytes, events)) this.answered();
    });
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

  /** On any stream. */
  answered(): void {
    if (this.#awaitedSinceMs === undefined) return;
    const now = this.#options.clock.monotonicMs();
    // The first answers on a new connection, before anything large is on it, say nothing of the link.
    const isQuick = now - this.#awaitedSinceMs < MIN_RENEWAL_MS / 2 && now - this.#openedMs >= this.#renewalMs;
    if (isQuick) this.#renewalMs = MIN_RENEWAL_MS;
    this.#awaitedSinceMs = undefined;
  }

  send(message: Uint8Array, wantsAnswer: boolean): boolean {
    if (wantsAnswer) this.#awaitAnswer(message.length);
    const stream = this.#stream;
    if (stream === undefined) return false;
    if (stream.queuedBytes <= this.#options.maxQueuedBytes) stream.send(message);
    return true;
  }

  #awaitAnswer(sizeBytes: number): void {
    if (this.#stream === undefined) return;
    const now = this.#options.clock.monotonicMs();
    if (this.#awaitedSinceMs === undefined) {
      this.#awaitedSinceMs = now;
      this.#awaitedBytes = 0;
    }
    const isOverdue = now - this.#awaitedSinceMs >= this.#renewalMs + this.#awaitedBytes / SLOW_BYTES_PER_MS;
    this.#awaitedBytes += sizeBytes;
    if (!isOverdue) return;
    this.#renewalMs = Math.min(2 * this.#renewalMs, MAX_RENEWAL_MS);
    this.#renew();
  }

  /** There is a reason to believe that a new connection gets through where this one does not; a young one has its chance. */
  renewIfOld(): void {
    if (this.#stream === undefined) return;
    if (this.#options.clock.monotonicMs() - this.#openedMs >= MIN_RENEWAL_MS) this.#renew();
  }

  #renew(): void {
    const stream = this.#stream;
    const client = this.#client;
    this.#stream = undefined;
    this.#client = this.#connect();
    stream?.cancel();
    client.close();
    this.dial();
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

/** True where it is an answer. */
function receive(stream: RpcStream, bytes: Buffer, events: RaftTransportEvents): boolean {
  try {
    return events.onMessage(bytes);
  } catch (error) {
    if (!(error instanceof VarveError)) throw error;
    stream.end({ code: error.code, message: error.message });
    return false;
  }
}

/** Over the platform's streams: one from each node to each other, and answers on a stream where no address is known. */
export class RpcRaftTransport implements RaftTransport {
  readonly #options: RpcRaftTransportOptions;
  readonly #peers = new Map<NodeId, Peer>();
  /** By node, the newest last: a second process with its id may come and go, and the first one is then answered again. */
  readonly #inbound = new Map<NodeId, RpcStream[]>();
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
    const directoryId = call.headers[DIRECTORY_ID_HEADER];
    const refusal = directoryId === undefined ? undefined : events.refusalOf({ nodeId, directoryId });
    if (refusal !== undefined) {
      stream.end({ code: refusal.code, message: refusal.message });
      return;
    }
    stream.onMessage((bytes) => {
      if (this.#closed) return;
      if (receive(stream, bytes, events)) this.#peers.get(nodeId)?.answered();
    });
    stream.onClose(() => {
      const left = (this.#inbound.get(nodeId) ?? []).filter((each) => each !== stream);
      if (left.length > 0) this.#inbound.set(nodeId, left);
      else this.#inbound.delete(nodeId);
    });
    const before = this.#inbound.get(nodeId) ?? [];
    const isBack = before.length > 0;
    this.#inbound.set(nodeId, [...before, stream]);
    const peer = this.#peers.get(nodeId);
    // What it could not hear from this node for a while may wait long behind what was lost.
    if (isBack) peer?.renewIfOld();
    peer?.isThere();
    events.onOpened(nodeId);
    if (isBack) events.onReached(nodeId);
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

  probe(nodeId: NodeId): void {
    this.#peers.get(nodeId)?.renewIfOld();
  }

  send(nodeId: NodeId, message: Uint8Array, wantsAnswer: boolean): void {
    if (this.#peers.get(nodeId)?.send(message, wantsAnswer) === true) return;
    const stream = this.#inbound.get(nodeId)?.at(-1);
    if (stream !== undefined && stream.queuedBytes <= this.#options.maxQueuedBytes) stream.send(message);
  }

  close(): void {
    this.#closed = true;
    for (const peer of this.#peers.values()) peer.close();
    this.#peers.clear();
    for (const stream of [...this.#inbound.values()].flat()) stream.cancel();
    this.#inbound.clear();
  }
}
