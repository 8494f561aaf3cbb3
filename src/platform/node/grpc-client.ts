import { connect, constants } from 'node:http2';
import type { ClientHttp2Session, ClientHttp2Stream } from 'node:http2';
import { TransportError } from '../transport.js';
import type { Headers, RpcClient, RpcConnectOptions, RpcStream } from '../transport.js';
import { StreamCall, UnaryCall } from './grpc-client-call.js';
import type { ClientCall } from './grpc-client-call.js';
import { http2Settings, MAX_SESSION_MEMORY, prepareSession } from './grpc-session.js';
import type { GrpcSessionOptions } from './grpc-session.js';
import { encodeTimeout } from './grpc-status.js';
import { addressText, dial } from './sockets.js';
import { TlsContexts } from './tls.js';

export interface GrpcClientOptions extends GrpcSessionOptions {
  readonly connectTimeoutMs: number;
}

const MIN_BACKOFF_MS = 50;
const MAX_BACKOFF_MS = 500;
/** Calls that may wait for a connection. */
const MAX_WAITING_CALLS = 4096;

/**
 * One connection to one address, made when a call needs it. A call that comes while the back-off after a failed attempt
 * runs waits for the next attempt (at most 500 ms) and gets its true result, never the news of an older one: whoever
 * asks whether a node is dead must not be told of the past.
 */
export class GrpcClient implements RpcClient {
  readonly #connect: RpcConnectOptions;
  readonly #options: GrpcClientOptions;
  readonly #target: string;
  #tls: TlsContexts | undefined;
  #session: ClientHttp2Session | undefined;
  #dialing = false;
  #backoffMs = 0;
  #nextDialMs = 0;
  #backoffTimer: NodeJS.Timeout | undefined;
  readonly #waiting = new Set<ClientCall>();
  #closed = false;

  constructor(connectOptions: RpcConnectOptions, options: GrpcClientOptions) {
    this.#connect = connectOptions;
    this.#options = options;
    this.#target = addressText(connectOptions);
  }

  unary(method: string, request: Uint8Array, options: { timeoutMs: number; headers?: Headers }): Promise<Buffer> {
    return new Promise((resolve, reject) => {
      const headers = requestHeaders(this.#authority(), method, options.headers);
      headers['grpc-timeout'] = encodeTimeout(options.timeoutMs);
      const { maxMessageBytes } = this.#connect;
      const call = new UnaryCall({ headers, request, maxMessageBytes, resolve, reject });
      call.startTimer(options.timeoutMs, () => this.#waiting.delete(call));
      this.#begin(call);
    });
  }

  stream(method: string, options?: { headers?: Headers }): RpcStream {
    const headers = requestHeaders(this.#authority(), method, options?.headers);
    const call = new StreamCall({
      headers,
      maxMessageBytes: this.#connect.maxMessageBytes,
      maxQueuedBytes: this.#options.maxQueuedBytes,
      onGiveUp: () => this.#waiting.delete(call),
    });
    this.#begin(call);
    return call.stream;
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    clearTimeout(this.#backoffTimer);
    this.#failWaiting(new TransportError('cancelled', 'The client was closed.'));
    this.#session?.destroy();
    this.#session = undefined;
  }

  #authority(): string {
    return this.#target;
  }

  #begin(call: ClientCall): void {
    if (this.#closed) {
      failSoon(call, new TransportError('cancelled', 'The client was closed.'));
      return;
    }
    const http2 = this.#request(call);
    if (http2 !== undefined) {
      call.begin(http2);
      return;
    }
    if (this.#waiting.size >= MAX_WAITING_CALLS) {
      failSoon(call, new TransportError('unreachable', `Too many calls wait for a connection to ${this.#target}.`));
      return;
    }
    this.#waiting.add(call);
    this.#dialWhenDue();
  }

  /** The HTTP/2 stream of `call`, when there is a connection that takes one. */
  #request(call: ClientCall): ClientHttp2Stream | undefined {
    const session = this.#session;
    if (session === undefined || session.closed || session.destroyed) return undefined;
    try {
      return session.request(call.headers, { endStream: false });
    } catch {
      // It went away, or takes no more (GOAWAY), and its event is still to come.
      this.#forget(session);
      return undefined;
    }
  }

  #dialWhenDue(): void {
    if (this.#dialing) return;
    this.#dialing = true;
    const waitMs = this.#nextDialMs - performance.now();
    if (waitMs > 0) this.#backoffTimer = setTimeout(() => void this.#dial(), waitMs);
    else void this.#dial();
  }

  async #dial(): Promise<void> {
    try {
      if (this.#connect.tls !== undefined) this.#tls ??= new TlsContexts(this.#connect.tls);
      const { host, port } = this.#connect;
      const { connectTimeoutMs: timeoutMs } = this.#options;
      const socket = await dial({ host, port, timeoutMs, tls: this.#tls, alpn: 'h2' });
      if (this.#closed) {
        socket.destroy();
        return;
      }
      const scheme = this.#tls === undefined ? 'http' : 'https';
      const session = connect(`${scheme}://${this.#target}`, {
        createConnection: () => socket,
        settings: http2Settings(this.#options),
        maxSessionMemory: MAX_SESSION_MEMORY,
      });
      this.#adopt(session);
    } catch (error) {
      this.#dialing = false;
      this.#backOff();
      this.#failWaiting(asTransportError(this.#target, error));
    }
  }

  #adopt(session: ClientHttp2Session): void {
    this.#session = session;
    // Each error is followed by `close`; calls learn of it from their own streams.
    session.on('error', () => {});
    // Until the other side has spoken HTTP/2 the attempt has not succeeded: it may be a proxy with nobody behind it.
    session.once('remoteSettings', () => {
      this.#backoffMs = 0;
      this.#nextDialMs = 0;
    });
    session.once('goaway', () => this.#forget(session));
    session.once('close', () => this.#forget(session));
    prepareSession(session, this.#options);
    this.#dialing = false;
    this.#backOff();
    for (const call of this.#waiting) {
      const http2 = this.#request(call);
      if (http2 === undefined) break;
      this.#waiting.delete(call);
      call.begin(http2);
    }
  }

  #forget(session: ClientHttp2Session): void {
    if (this.#session !== session) return;
    this.#session = undefined;
    if (this.#waiting.size > 0 && !this.#closed) this.#dialWhenDue();
  }

  /** Sets when the next attempt may be made; each pause is up to a fifth shorter, so that clients do not march in step. */
  #backOff(): void {
    this.#backoffMs = Math.min(Math.max(this.#backoffMs * 2, MIN_BACKOFF_MS), MAX_BACKOFF_MS);
    this.#nextDialMs = performance.now() + this.#backoffMs * (0.8 + Math.random() / 5);
  }

  #failWaiting(error: TransportError): void {
    const calls = [...this.#waiting];
    this.#waiting.clear();
    for (const call of calls) call.fail(error);
  }
}

/** Never before the caller has set its listeners. */
function failSoon(call: ClientCall, error: TransportError): void {
  process.nextTick(() => call.fail(error));
}

function asTransportError(target: string, error: unknown): TransportError {
  if (error instanceof TransportError) return error;
  const reason = error instanceof Error ? error.message : String(error);
  return new TransportError('unreachable', `Cannot connect to ${target}: ${reason}`, { cause: error });
}

const { HTTP2_HEADER_AUTHORITY, HTTP2_HEADER_METHOD, HTTP2_HEADER_PATH } = constants;

function requestHeaders(authority: string, method: string, headers: Headers = {}): Record<string, string> {
  return {
    ...headers,
    [HTTP2_HEADER_METHOD]: 'POST',
    [HTTP2_HEADER_PATH]: method,
    [HTTP2_HEADER_AUTHORITY]: authority,
    'content-type': 'application/grpc',
    te: 'trailers',
    'user-agent': 'varve-node',
  };
}
