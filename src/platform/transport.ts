import type { ErrorName } from '../common/errors.js';

/**
 * The network: RPC in gRPC's shape (unary calls and bidirectional streams of encoded messages) and raw byte streams for
 * the Kafka and HTTP doors. Callbacks, not promises, where messages are hot. Listeners are set once, synchronously,
 * before control returns to the event loop; nothing is delivered earlier.
 */
export interface Transport {
  /** Port 0 takes a free one. Rejects with a TransportError (`addressInUse`, `denied`). */
  serveRpc(options: RpcServeOptions): Promise<RpcServer>;
  /** Never fails: the connection is made lazily and remade with a back-off of 50 to 500 ms. */
  connectRpc(options: RpcConnectOptions): RpcClient;
  serveBytes(options: ByteServeOptions): Promise<ByteServer>;
  /** Rejects with a TransportError: `refused` when the host answers that nothing listens, else `unreachable`. */
  connectBytes(options: ByteConnectOptions): Promise<ByteStream>;
}

export interface Address {
  readonly host: string;
  readonly port: number;
}

export type TransportErrorKind =
  'refused' | 'unreachable' | 'closed' | 'timeout' | 'cancelled' | 'tooLarge' | 'addressInUse' | 'denied' | 'protocol';

export class TransportError extends Error {
  override readonly name = 'TransportError';
  readonly kind: TransportErrorKind;
  /** Of `tooLarge`: the other side takes no message above this, and did not take the one that ended the call. */
  readonly limitBytes: number | undefined;

  constructor(
    kind: TransportErrorKind,
    message: string,
    options?: { readonly cause?: unknown; readonly limitBytes?: number | undefined },
  ) {
    super(message, options);
    this.kind = kind;
    this.limitBytes = options?.limitBytes;
  }

  /** The other side may have done what was asked, and its answer was lost; false where it was never reached. */
  get mayHaveArrived(): boolean {
    return this.kind !== 'refused' && this.kind !== 'unreachable';
  }
}

/** PEM texts. `ca` on a server asks for client certificates (mutual TLS). */
export interface TlsMaterial {
  readonly certificate?: string;
  readonly key?: string;
  /** Of an encrypted key. */
  readonly keyPassword?: string;
  readonly ca?: string;
  readonly requireClientCertificate?: boolean;
}

/** Read at each new connection, so that changed certificates apply without a restart. */
export interface TlsSource {
  current(): TlsMaterial;
}

/** Small string headers (gRPC metadata, lower-case names). */
export type Headers = Readonly<Record<string, string>>;

export interface RpcPeer {
  /** `host:port` of the other side. */
  readonly address: string;
  /** Subject of the verified client certificate, if any. */
  readonly certificateSubject?: string;
}

export interface RpcCall {
  readonly peer: RpcPeer;
  readonly headers: Headers;
  /** Milliseconds left when the call arrived; undefined without a deadline. */
  readonly timeoutMs: number | undefined;
  /** Aborted when the client cancels or the deadline passes. */
  readonly signal: AbortSignal;
}

/** A rejection with a VarveError travels with its name, message and gRPC status, and arrives as a VarveError. */
export type UnaryHandler = (request: Buffer, call: RpcCall) => Promise<Uint8Array>;
export type StreamHandler = (stream: RpcStream, call: RpcCall) => void;

/** Handlers by full method path, such as `/varve.v1.Varve/Produce`. */
export interface RpcHandlers {
  readonly unary: Readonly<Record<string, UnaryHandler>>;
  readonly streams: Readonly<Record<string, StreamHandler>>;
}

export interface RpcServeOptions extends Address {
  readonly handlers: RpcHandlers;
  readonly maxMessageBytes: number;
  readonly tls?: TlsSource;
  /** Connections beyond it are refused. */
  readonly maxConnections?: number;
  /** A connection without an open call for so long is closed. */
  readonly maxIdleMs?: number;
  /** Of messages on streams that clients have not sent whole yet, in all; past it the one that began first is broken off. */
  readonly maxReceivingBytes?: number;
  /** The same of unary requests, with what each call costs by itself; past it the one that began first is refused. */
  readonly maxReceivingUnaryBytes?: number;
  /** Of answers to unary requests that clients have not read yet, in all; past it the oldest is broken off. */
  readonly maxUnreadUnaryBytes?: number;
}

export interface RpcServer {
  readonly address: Address;
  /** Stops listening and ends open calls; resolves when all are gone, at the latest after `graceMs`. */
  close(graceMs: number): Promise<void>;
}

export interface RpcConnectOptions extends Address {
  readonly maxMessageBytes: number;
  readonly tls?: TlsSource;
  /** A label; two clients with different labels never share a connection (Raft and heartbeats have their own). */
  readonly channel: string;
}

export interface RpcClient {
  /** Rejects with a VarveError that the handler gave, or a TransportError. */
  unary(method: string, request: Uint8Array, options: { timeoutMs: number; headers?: Headers }): Promise<Buffer>;
  stream(method: string, options?: { headers?: Headers }): RpcStream;
  close(): void;
}

/** One bidirectional stream, the same on both sides. Messages keep their order. */
export interface RpcStream {
  /**
   * Queues a message, which neither side changes from now on: the same bytes may be sent again, but for a buffer of `allocate`.
   * False: over the bound; wait for `onDrain`.
   */
  send(message: Uint8Array): boolean;
  /**
   * A buffer for one large message on this stream, which then need not be copied: fill all of it, `send` it once, and do
   * not look at it again. What it holds at first is anything.
   */
  allocate(sizeBytes: number): Buffer;
  /**
   * Gives a buffer of `allocate` back after the other side has answered what was sent in it, and so has all of it: memory
   * for the messages to come. The transport may make nothing of it.
   */
  recycle(message: Buffer): void;
  /** Bytes queued and not yet handed to the network. */
  readonly queuedBytes: number;
  /** Stops delivery (and, when buffers fill, the sender); `resume` goes on. */
  pause(): void;
  resume(): void;
  /**
   * A VarveError that the listener throws ends the stream: on the server with its status, on the client it is broken off
   * and `onClose` hears the error. No further message is delivered. Anything else thrown is a bug and passes through.
   */
  onMessage(listener: (message: Buffer) => void): void;
  /**
   * In place of `onMessage`, for large messages: the listener gives true when nobody looks at the message, or at a slice of it,
   * from now on. Its memory is another message's then.
   */
  onBorrowedMessage(listener: (message: Buffer) => boolean): void;
  onDrain(listener: () => void): void;
  /** Called once, when both directions are over. Without an error the other side ended it in order. */
  onClose(listener: (error: VarveStreamError | undefined) => void): void;
  /** The other side has sent its last message; this side may still send. Without a listener the stream is ended. */
  onEnd(listener: () => void): void;
  /** Ends this side in order; `error` (server side) ends the call with that status. */
  end(error?: { readonly code: ErrorName; readonly message: string }): void;
  /** Breaks the stream off at once. */
  cancel(): void;
}

/** A VarveError from the other side, or a TransportError. */
export type VarveStreamError = Error;

export interface ByteServeOptions extends Address {
  readonly tls?: TlsSource;
  readonly maxConnections?: number;
  /** A connection without traffic for so long is closed. */
  readonly maxIdleMs?: number;
  readonly onConnection: (stream: ByteStream) => void;
}

export interface ByteServer {
  readonly address: Address;
  /** Stops listening and destroys open connections. */
  close(): Promise<void>;
}

export interface ByteConnectOptions extends Address {
  readonly timeoutMs: number;
  readonly tls?: TlsSource;
}

export interface ByteStream {
  readonly peer: RpcPeer;
  readonly queuedBytes: number;
  /** False: over the bound; wait for `onDrain`. */
  write(chunk: Uint8Array): boolean;
  pause(): void;
  resume(): void;
  onData(listener: (chunk: Buffer) => void): void;
  onDrain(listener: () => void): void;
  onClose(listener: (error: Error | undefined) => void): void;
  /** Sends what is queued, then closes. */
  end(): void;
  destroy(): void;
}
