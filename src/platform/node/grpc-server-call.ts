import { constants } from 'node:http2';
import type { IncomingHttpHeaders, ServerHttp2Stream } from 'node:http2';
import { InvariantViolation } from '../../common/assert.js';
import { VarveError, toVarveError } from '../../common/errors.js';
import type { Logger } from '../observe.js';
import { TransportError } from '../transport.js';
import type { Headers, RpcCall, RpcPeer, StreamHandler, UnaryHandler } from '../transport.js';
import { FrameDecoder, frame } from './grpc-frames.js';
import { decodeTimeout, errorTrailers, OK_TRAILERS, statusTrailers, transportErrorTrailers } from './grpc-status.js';
import type { StatusTrailers } from './grpc-status.js';
import { GrpcStream } from './grpc-stream.js';
import type { StreamEnd, StreamEndError } from './grpc-stream.js';

export interface ServerCallOptions {
  readonly peer: RpcPeer;
  readonly path: string;
  readonly maxMessageBytes: number;
  readonly maxQueuedBytes: number;
  readonly logger: Logger;
}

/** Longest delay of a Node timer; a call that may take longer has no deadline worth a timer. */
const MAX_TIMEOUT_MS = 2 ** 31 - 1;
/** How long a client may take to end its side after the trailers. */
const LINGER_MS = 10_000;
const RESPONSE_HEADERS = { ':status': 200, 'content-type': 'application/grpc' } as const;
const SHUT_DOWN = { code: 'NETWORK_EXCEPTION', message: 'The node is shutting down: go to another one.' } as const;

/** One call as its server sees it, from its headers to its trailers. */
export class ServerCall implements RpcCall, StreamEnd {
  readonly endsCall = true;
  readonly peer: RpcPeer;
  readonly timeoutMs: number | undefined;
  readonly #http2: ServerHttp2Stream;
  readonly #requestHeaders: IncomingHttpHeaders;
  readonly #options: ServerCallOptions;
  /** What the call ends with; set once, when it is known. */
  #trailers: StatusTrailers | undefined;
  #trailersSent = false;
  /** Why this side broke the call off, if it did. */
  #failure: TransportError | undefined;
  #abort: AbortController | undefined;
  /** The deadline's until the call is over, then the one that resets a client which does not end its side. */
  #timer: NodeJS.Timeout | undefined;
  #stream: GrpcStream | undefined;

  constructor(http2: ServerHttp2Stream, headers: IncomingHttpHeaders, options: ServerCallOptions) {
    this.#http2 = http2;
    this.#requestHeaders = headers;
    this.#options = options;
    this.peer = options.peer;
    http2.on('wantTrailers', () => this.#sendTrailers());
    http2.once('close', () => this.#onClose());
    let timeoutMs: number | undefined;
    try {
      timeoutMs = decodeTimeout(single(headers['grpc-timeout']));
    } catch (error) {
      if (!(error instanceof TransportError)) throw error;
      this.refuse(error);
    }
    this.timeoutMs = timeoutMs;
    if (timeoutMs !== undefined && timeoutMs <= MAX_TIMEOUT_MS) {
      this.#timer = setTimeout(() => this.#onDeadline(), timeoutMs);
    }
  }

  get headers(): Headers {
    const headers: Record<string, string> = {};
    for (const [name, value] of Object.entries(this.#requestHeaders)) {
      if (!name.startsWith(':') && value !== undefined) headers[name] = single(value) ?? '';
    }
    return headers;
  }

  get signal(): AbortSignal {
    this.#abort ??= new AbortController();
    if (this.#failure !== undefined && !this.#abort.signal.aborted) this.#abort.abort(this.#failure);
    return this.#abort.signal;
  }

  serveUnary(handler: UnaryHandler): void {
    if (this.#trailers !== undefined) return;
    const decoder = new FrameDecoder(this.#options.maxMessageBytes);
    let request: Buffer | undefined;
    this.#http2.on('data', (chunk: Buffer) => {
      if (this.#trailers !== undefined) return;
      try {
        decoder.push(chunk);
        for (let message = decoder.next(); message !== undefined; message = decoder.next()) {
          if (request !== undefined) throw new TransportError('protocol', 'A unary call has one request message.');
          request = message;
        }
      } catch (error) {
        if (!(error instanceof TransportError)) throw error;
        this.refuse(error);
      }
    });
    this.#http2.on('end', () => {
      if (this.#trailers !== undefined) return;
      if (request !== undefined && decoder.isBetweenMessages) void this.#runUnary(handler, request);
      else this.refuse(new TransportError('protocol', 'The call ended before its request message was whole.'));
    });
  }

  serveStream(handler: StreamHandler): void {
    if (this.#trailers !== undefined) return;
    const stream = new GrpcStream(this, this.#options);
    this.#stream = stream;
    // Before anything is written: Node would else send headers of its own, and then no trailers.
    this.#respond();
    stream.attach(this.#http2);
    try {
      handler(stream, this);
    } catch (error) {
      this.#reportBug(error);
      const { code, message } = toVarveError(error);
      stream.end({ code, message });
    }
  }

  /** The server closes: streams end now, unary calls may finish within the grace. */
  shutDown(): void {
    this.#stream?.end(SHUT_DOWN);
  }

  finish(_http2: ServerHttp2Stream, error: StreamEndError | undefined): void {
    this.#endWith(error === undefined ? OK_TRAILERS : errorTrailers(error.code, error.message));
  }

  reset(): void {
    this.#failure ??= new TransportError('cancelled', 'The call was broken off by this side.');
    this.#http2.close(constants.NGHTTP2_CANCEL);
  }

  refuse(error: TransportError): void {
    this.#failure ??= error;
    this.#endWith(transportErrorTrailers(error));
  }

  async #runUnary(handler: UnaryHandler, request: Buffer): Promise<void> {
    try {
      const response = await handler(request, this);
      if (this.#trailers !== undefined || this.#http2.destroyed) return;
      this.#trailers = OK_TRAILERS;
      this.#respond();
      this.#http2.end(frame(response));
    } catch (error) {
      this.#reportBug(error);
      const { code, message } = toVarveError(error);
      this.#endWith(errorTrailers(code, message));
    }
  }

  #reportBug(error: unknown): void {
    if (error instanceof VarveError || error instanceof TransportError) return;
    const level = error instanceof InvariantViolation ? 'an invariant is broken' : 'an unexpected error';
    this.#options.logger.error({ error, method: this.#options.path }, `A call failed: ${level}.`);
  }

  #onDeadline(): void {
    this.#failure ??= new TransportError('timeout', 'The deadline of the call has passed.');
    this.#endWith(statusTrailers('DEADLINE_EXCEEDED', 'The deadline of the call has passed.'));
    this.#abort?.abort(this.#failure);
    this.#stream?.close(this.#failure);
  }

  /** Ends the call after what was written before; the first word stands. */
  #endWith(trailers: StatusTrailers): void {
    if (this.#trailers !== undefined || this.#http2.destroyed) return;
    this.#trailers = trailers;
    if (this.#http2.headersSent) {
      this.#http2.end();
      return;
    }
    this.#trailersSent = true;
    this.#http2.respond({ ...RESPONSE_HEADERS, ...trailers }, { endStream: true });
    this.#stopRequest();
  }

  #respond(): void {
    this.#http2.respond(RESPONSE_HEADERS, { waitForTrailers: true });
  }

  #sendTrailers(): void {
    if (this.#http2.destroyed) return;
    this.#trailersSent = true;
    this.#http2.sendTrailers({ ...(this.#trailers ?? statusTrailers('CANCELLED', 'The call was broken off.')) });
    this.#stopRequest();
  }

  /**
   * The call is over; a client that still sends learns it from the trailers and ends its side. One that does not is
   * reset in the end, and not sooner: within Node a reset may overtake trailers that wait for the socket.
   */
  #stopRequest(): void {
    clearTimeout(this.#timer);
    if (this.#http2.readableEnded) return;
    this.#http2.resume();
    this.#timer = setTimeout(() => this.#http2.close(constants.NGHTTP2_NO_ERROR), LINGER_MS);
    this.#timer.unref();
  }

  #onClose(): void {
    clearTimeout(this.#timer);
    const outcome = this.#failure ?? (this.#trailersSent ? undefined : this.#lossOfClient());
    if (outcome !== undefined) {
      this.#failure = outcome;
      this.#abort?.abort(outcome);
    }
    this.#stream?.close(outcome);
  }

  #lossOfClient(): TransportError {
    const session = this.#http2.session;
    if (session === undefined || session.destroyed) {
      return new TransportError('closed', `The connection to ${this.peer.address} was lost.`);
    }
    return new TransportError('cancelled', 'The client cancelled the call.');
  }
}

function single(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value.join(',') : value;
}
