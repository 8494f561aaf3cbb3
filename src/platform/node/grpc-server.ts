import { createServer } from 'node:net';
import type { Server as NetServer, Socket } from 'node:net';
import { Server, ServerCredentials, ServerInterceptingCall } from '@grpc/grpc-js';
import type { ConnectionInjector, ServerInterceptingCallInterface } from '@grpc/grpc-js';
import type { Logger } from '../observe.js';
import type { Address, RpcHandlers, RpcServeOptions, RpcServer } from '../transport.js';
import { widenServerWindows } from './grpc-internals.js';
import type { GrpcOptions } from './grpc-options.js';
import { ServerCall } from './grpc-server-call.js';
import { TlsServerCredentials } from './grpc-tls.js';
import { CALL_BYTES } from './incoming-requests.js';
import { Inflater } from './inflater.js';
import { CallBudget } from './call-budget.js';
import { addressText, listen } from './sockets.js';

/** Brings each call to its handler before grpc-js wraps it in Node streams. */
class TakenCall extends ServerInterceptingCall {
  readonly #take: () => void;

  constructor(call: ServerInterceptingCallInterface, take: () => void) {
    super(call);
    this.#take = take;
  }

  override start(): void {
    this.#take();
  }
}

/** gRPC's own bytes before a message. */
const FRAME_BYTES = 5;
/** Node's timers take no more. */
const MAX_DELAY_MS = 0x7fff_ffff;

/**
 * A grpc-js server behind a listener of our own: so that the number of connections is bounded, a port in use is told by
 * its error, and changed certificates are looked for at each connection.
 */
export class GrpcServer implements RpcServer {
  readonly #listener: NetServer;
  readonly #server: Server;
  readonly #injector: ConnectionInjector;
  readonly #handlers: RpcHandlers;
  readonly #options: GrpcOptions;
  readonly #logger: Logger;
  readonly #tls: TlsServerCredentials | undefined;
  readonly #sockets = new Map<string, Socket>();
  readonly #calls = new Set<ServerCall>();
  readonly #receiving: CallBudget;
  readonly #receivingUnary: CallBudget;
  readonly #unreadUnary: CallBudget;
  readonly #inflater: Inflater;
  #address: Address;
  #closing: Promise<void> | undefined;

  private constructor(serve: RpcServeOptions, options: GrpcOptions, logger: Logger) {
    this.#handlers = serve.handlers;
    this.#options = options;
    this.#logger = logger;
    this.#address = { host: serve.host, port: serve.port };
    // One message of the greatest size has room in any case.
    const greatestBytes = serve.maxMessageBytes + FRAME_BYTES;
    this.#receiving = new CallBudget(Math.max(serve.maxReceivingBytes ?? Infinity, greatestBytes));
    this.#receivingUnary = new CallBudget(
      Math.max(serve.maxReceivingUnaryBytes ?? Infinity, greatestBytes + CALL_BYTES),
    );
    this.#unreadUnary = new CallBudget(Math.max(serve.maxUnreadUnaryBytes ?? Infinity, greatestBytes + CALL_BYTES));
    this.#inflater = new Inflater(serve.maxMessageBytes);
    this.#tls = serve.tls === undefined ? undefined : new TlsServerCredentials(serve.tls, logger);
    this.#server = new Server({
      'grpc.max_receive_message_length': serve.maxMessageBytes,
      'grpc.max_send_message_length': -1,
      'grpc.max_concurrent_streams': options.maxStreams,
      'grpc.keepalive_time_ms': options.keepaliveMs,
      'grpc.keepalive_timeout_ms': options.keepaliveTimeoutMs,
      ...(serve.maxIdleMs === undefined
        ? {}
        : { 'grpc.max_connection_idle_ms': Math.min(serve.maxIdleMs, MAX_DELAY_MS) }),
      'grpc.enable_channelz': 0,
      interceptors: [(method, call) => new TakenCall(call, () => this.#take(method.path, call))],
    });
    for (const path of [...Object.keys(serve.handlers.unary), ...Object.keys(serve.handlers.streams)]) {
      this.#server.register(
        path,
        () => {},
        asBuffer,
        (message: Buffer) => message,
        'bidi',
      );
    }
    const widenConnections = widenServerWindows(this.#server, options.streamWindowBytes);
    this.#injector = this.#server.createConnectionInjector(
      this.#tls?.credentials ?? ServerCredentials.createInsecure(),
    );
    widenConnections();
    this.#listener = createServer({ noDelay: true }, (socket) => this.#onConnection(socket));
    if (serve.maxConnections !== undefined) this.#listener.maxConnections = serve.maxConnections;
  }

  /** Rejects with a TransportError when the address cannot be had; throws for TLS material that cannot be used. */
  static async listen(serve: RpcServeOptions, options: GrpcOptions, logger: Logger): Promise<GrpcServer> {
    const server = new GrpcServer(serve, options, logger);
    server.#address = await listen(server.#listener, serve);
    return server;
  }

  get address(): Address {
    return this.#address;
  }

  close(graceMs: number): Promise<void> {
    this.#closing ??= this.#close(graceMs);
    return this.#closing;
  }

  async #close(graceMs: number): Promise<void> {
    const stopped = new Promise<void>((resolve) => this.#listener.close(() => resolve()));
    for (const call of this.#calls) call.shutDown();
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, graceMs);
      this.#server.tryShutdown(() => {
        clearTimeout(timer);
        resolve();
      });
    });
    this.#server.forceShutdown();
    for (const socket of this.#sockets.values()) socket.destroy();
    await stopped;
  }

  #onConnection(socket: Socket): void {
    const { remoteAddress: host = 'unknown', remotePort: port = 0 } = socket;
    const address = addressText({ host, port });
    this.#sockets.set(address, socket);
    socket.on('error', (error) => this.#logger.debug({ error, peer: address }, 'An RPC connection failed.'));
    socket.once('close', () => {
      if (this.#sockets.get(address) === socket) this.#sockets.delete(address);
    });
    this.#tls?.refresh();
    this.#injector.injectConnection(socket);
  }

  #take(path: string, taken: ServerInterceptingCallInterface): void {
    const call = new ServerCall(taken, {
      path,
      maxQueuedBytes: this.#options.maxQueuedBytes,
      pool: this.#options.pool,
      release: this.#options.release,
      receiving: this.#receiving,
      receivingUnary: this.#receivingUnary,
      unreadUnary: this.#unreadUnary,
      inflater: this.#inflater,
      maxReceiveMs: this.#options.maxReceiveMs,
      logger: this.#logger,
      isConnectionLost: (address) => this.#sockets.get(address)?.destroyed !== false,
      onDone: (done) => this.#calls.delete(done),
    });
    this.#calls.add(call);
    const unary = Object.hasOwn(this.#handlers.unary, path) ? this.#handlers.unary[path] : undefined;
    const streaming = Object.hasOwn(this.#handlers.streams, path) ? this.#handlers.streams[path] : undefined;
    if (unary !== undefined) call.serveUnary(unary);
    else if (streaming !== undefined) call.serveStream(streaming);
    if (this.#closing !== undefined) call.shutDown();
  }
}

function asBuffer(message: Uint8Array): Buffer {
  if (Buffer.isBuffer(message)) return message;
  return Buffer.from(message.buffer, message.byteOffset, message.byteLength);
}
