import { constants, createSecureServer, createServer } from 'node:http2';
import type { Http2Server, Http2Session, IncomingHttpHeaders, ServerHttp2Session, ServerHttp2Stream } from 'node:http2';
import type { Server } from 'node:tls';
import { defined } from '../../common/assert.js';
import type { Logger } from '../observe.js';
import type { Address, RpcHandlers, RpcPeer, RpcServeOptions, RpcServer } from '../transport.js';
import { ServerCall } from './grpc-server-call.js';
import { http2Settings, MAX_SESSION_MEMORY, prepareSession } from './grpc-session.js';
import type { GrpcSessionOptions } from './grpc-session.js';
import { statusTrailers } from './grpc-status.js';
import { listen, peerOf } from './sockets.js';
import { TlsContexts, tlsServerOptions, watchTls } from './tls.js';

/** A gRPC server straight on node:http2; see docs of `NodeTransport` for why. */
export class GrpcServer implements RpcServer {
  readonly #server: Http2Server;
  readonly #handlers: RpcHandlers;
  readonly #maxMessageBytes: number;
  readonly #options: GrpcSessionOptions;
  readonly #logger: Logger;
  readonly #sessions = new Map<Http2Session, RpcPeer>();
  readonly #calls = new Set<ServerCall>();
  #address: Address;
  #closing = false;
  #onEmpty: (() => void) | undefined;

  private constructor(serve: RpcServeOptions, options: GrpcSessionOptions, logger: Logger) {
    this.#handlers = serve.handlers;
    this.#maxMessageBytes = serve.maxMessageBytes;
    this.#options = options;
    this.#logger = logger;
    this.#address = { host: serve.host, port: serve.port };
    this.#server = makeHttp2Server(serve, options, logger);
    this.#server.on('session', (session) => this.#onSession(session));
    this.#server.on('stream', (stream, headers) => this.#onStream(stream, headers));
  }

  /** Rejects with a TransportError when the address cannot be had, and with what TLS throws for unusable material. */
  static async listen(serve: RpcServeOptions, options: GrpcSessionOptions, logger: Logger): Promise<GrpcServer> {
    const server = new GrpcServer(serve, options, logger);
    server.#address = await listen(server.#server, serve);
    return server;
  }

  get address(): Address {
    return this.#address;
  }

  async close(graceMs: number): Promise<void> {
    if (this.#closing) return;
    this.#closing = true;
    const stopped = new Promise<void>((resolve) => this.#server.close(() => resolve()));
    for (const call of this.#calls) call.shutDown();
    for (const session of this.#sessions.keys()) session.close();
    await this.#waitForSessions(graceMs);
    for (const session of this.#sessions.keys()) session.destroy();
    await stopped;
  }

  #waitForSessions(graceMs: number): Promise<void> {
    if (this.#sessions.size === 0) return Promise.resolve();
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, graceMs);
      this.#onEmpty = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  #onSession(session: ServerHttp2Session): void {
    const socket = session.socket;
    this.#sessions.set(session, socket === undefined ? { address: 'unknown' } : peerOf(socket));
    session.on('error', (error) => this.#logger.debug({ error }, 'An RPC connection failed.'));
    session.once('close', () => {
      this.#sessions.delete(session);
      if (this.#sessions.size === 0) this.#onEmpty?.();
    });
    prepareSession(session, this.#options);
    if (this.#closing) session.close();
  }

  #onStream(stream: ServerHttp2Stream, headers: IncomingHttpHeaders): void {
    // Each error is followed by `close`, where the call learns of it.
    stream.on('error', () => {});
    const path = headers[constants.HTTP2_HEADER_PATH];
    if (typeof path !== 'string' || refuseForeign(stream, headers)) return;
    const unary = Object.hasOwn(this.#handlers.unary, path) ? this.#handlers.unary[path] : undefined;
    const streaming = Object.hasOwn(this.#handlers.streams, path) ? this.#handlers.streams[path] : undefined;
    if (unary === undefined && streaming === undefined) {
      endAtOnce(stream, statusTrailers('UNIMPLEMENTED', `This server has no method ${path}.`));
      return;
    }
    const call = new ServerCall(stream, headers, {
      peer: this.#peerOf(stream),
      path,
      maxMessageBytes: this.#maxMessageBytes,
      maxQueuedBytes: this.#options.maxQueuedBytes,
      logger: this.#logger,
    });
    this.#calls.add(call);
    stream.once('close', () => this.#calls.delete(call));
    if (unary !== undefined) call.serveUnary(unary);
    else call.serveStream(defined(streaming, 'one of the two kinds of handler was found'));
    if (this.#closing) call.shutDown();
  }

  #peerOf(stream: ServerHttp2Stream): RpcPeer {
    const session = stream.session;
    return (session === undefined ? undefined : this.#sessions.get(session)) ?? { address: 'unknown' };
  }
}

function makeHttp2Server(serve: RpcServeOptions, options: GrpcSessionOptions, logger: Logger): Http2Server {
  const common = { settings: http2Settings(options), maxSessionMemory: MAX_SESSION_MEMORY, noDelay: true };
  let server: Http2Server;
  if (serve.tls === undefined) {
    server = createServer(common);
  } else {
    const contexts = new TlsContexts(serve.tls);
    const secure = createSecureServer({ ...common, ...tlsServerOptions(contexts.material), ALPNProtocols: ['h2'] });
    watchTls(secure as unknown as Server, contexts, logger);
    server = secure as unknown as Http2Server;
  }
  // Errors of single connections; they end with `close`.
  server.on('sessionError', () => {});
  if (serve.maxConnections !== undefined) server.maxConnections = serve.maxConnections;
  return server;
}

/** Answers what is not gRPC as its specification says ("Requests": method, content-type, encoding). */
function refuseForeign(stream: ServerHttp2Stream, headers: IncomingHttpHeaders): boolean {
  if (headers[constants.HTTP2_HEADER_METHOD] !== 'POST') {
    stream.respond({ [constants.HTTP2_HEADER_STATUS]: 405, allow: 'POST' }, { endStream: true });
    return true;
  }
  const type = headers['content-type'] ?? '';
  if (!/^application\/grpc([+;]|$)/.test(type)) {
    stream.respond({ [constants.HTTP2_HEADER_STATUS]: 415 }, { endStream: true });
    return true;
  }
  const encoding = headers['grpc-encoding'];
  if (encoding !== undefined && encoding !== 'identity') {
    const message = `Messages compressed with ${String(encoding)} are not supported: send them plain.`;
    endAtOnce(stream, { ...statusTrailers('UNIMPLEMENTED', message), 'grpc-accept-encoding': 'identity' });
    return true;
  }
  return false;
}

/** A response that is nothing but trailers. */
function endAtOnce(stream: ServerHttp2Stream, trailers: Readonly<Record<string, string>>): void {
  const type = 'application/grpc';
  stream.respond({ [constants.HTTP2_HEADER_STATUS]: 200, 'content-type': type, ...trailers }, { endStream: true });
  stream.resume();
}
