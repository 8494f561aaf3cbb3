import { constants } from 'node:http2';
import type { ClientHttp2Stream, IncomingHttpHeaders, OutgoingHttpHeaders } from 'node:http2';
import { TransportError } from '../transport.js';
import { FrameDecoder, frame } from './grpc-frames.js';
import { errorFromTrailers } from './grpc-status.js';
import { GrpcStream } from './grpc-stream.js';
import type { StreamEnd } from './grpc-stream.js';

/** A call that waits for its connection, and then has an HTTP/2 stream. */
export interface ClientCall {
  readonly headers: OutgoingHttpHeaders;
  begin(http2: ClientHttp2Stream): void;
  fail(error: TransportError): void;
}

/** How the server ended a call, told once: undefined in order. */
type OutcomeListener = (error: Error | undefined) => void;

/**
 * Watches for the end of a call. An error is told as soon as its trailers are here, even to a reader that has paused;
 * the end in order once the stream is read out and closed.
 */
function watchOutcome(http2: ClientHttp2Stream, onOutcome: OutcomeListener): void {
  let trailers: Readonly<Record<string, string>> | undefined;
  const onTrailers = (headers: IncomingHttpHeaders): void => {
    trailers = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]));
    const error = errorFromTrailers(trailers);
    if (error !== undefined) {
      onOutcome(error);
      http2.close(constants.NGHTTP2_CANCEL);
      http2.resume();
    } else if (!http2.writableEnded) {
      // The server wants no more: half-close, so that the stream can end.
      http2.end();
    }
  };
  http2.once('response', (headers) => {
    if (headers['grpc-status'] !== undefined) {
      onTrailers(headers);
    } else if (headers[':status'] !== 200) {
      const status = String(headers[':status']);
      onOutcome(
        new TransportError('protocol', `The other side answers with HTTP status ${status}: it is no gRPC server.`),
      );
      http2.close(constants.NGHTTP2_CANCEL);
    }
  });
  http2.once('trailers', onTrailers);
  // Each error is followed by `close`.
  http2.on('error', () => {});
  http2.once('close', () => {
    onOutcome(trailers === undefined ? lossOfServer(http2) : errorFromTrailers(trailers));
  });
}

function lossOfServer(http2: ClientHttp2Stream): TransportError {
  const session = http2.session;
  if (session === undefined || session.destroyed || session.closed) {
    return new TransportError('closed', 'The connection was lost before the call was over.');
  }
  return new TransportError('closed', `The other side broke the call off (HTTP/2 error ${http2.rstCode}).`);
}

export interface UnaryCallOptions {
  readonly headers: OutgoingHttpHeaders;
  readonly request: Uint8Array;
  readonly maxMessageBytes: number;
  readonly resolve: (response: Buffer) => void;
  readonly reject: (error: Error) => void;
}

export class UnaryCall implements ClientCall {
  readonly headers: OutgoingHttpHeaders;
  readonly #options: UnaryCallOptions;
  #http2: ClientHttp2Stream | undefined;
  #response: Buffer | undefined;
  #timer: NodeJS.Timeout | undefined;
  #settled = false;

  constructor(options: UnaryCallOptions) {
    this.headers = options.headers;
    this.#options = options;
  }

  /** From now on the call fails after `timeoutMs`, wherever it is; `onTimeout` lets it be forgotten. */
  startTimer(timeoutMs: number, onTimeout: () => void): void {
    this.#timer = setTimeout(() => {
      onTimeout();
      this.fail(new TransportError('timeout', `No answer within ${timeoutMs} ms.`));
    }, timeoutMs);
  }

  begin(http2: ClientHttp2Stream): void {
    this.#http2 = http2;
    const decoder = new FrameDecoder(this.#options.maxMessageBytes);
    http2.on('data', (chunk: Buffer) => {
      if (this.#settled) return;
      try {
        decoder.push(chunk);
        this.#response ??= decoder.next();
      } catch (error) {
        if (!(error instanceof TransportError)) throw error;
        this.fail(error);
      }
    });
    watchOutcome(http2, (error) => this.#settle(error));
    http2.end(frame(this.#options.request));
  }

  fail(error: TransportError): void {
    if (this.#settled) return;
    this.#settle(error);
    this.#http2?.close(constants.NGHTTP2_CANCEL);
  }

  #settle(error: Error | undefined): void {
    if (this.#settled) return;
    this.#settled = true;
    clearTimeout(this.#timer);
    if (error !== undefined) this.#options.reject(error);
    else if (this.#response !== undefined) this.#options.resolve(this.#response);
    else this.#options.reject(new TransportError('protocol', 'The call ended in order, but without a response.'));
  }
}

export interface StreamCallOptions {
  readonly headers: OutgoingHttpHeaders;
  readonly maxMessageBytes: number;
  readonly maxQueuedBytes: number;
  /** The caller breaks it off; it need not wait for a connection any more. */
  readonly onGiveUp: () => void;
}

export class StreamCall implements ClientCall, StreamEnd {
  readonly endsCall = false;
  readonly headers: OutgoingHttpHeaders;
  readonly stream: GrpcStream;
  readonly #onGiveUp: () => void;
  #http2: ClientHttp2Stream | undefined;

  constructor(options: StreamCallOptions) {
    this.headers = options.headers;
    this.#onGiveUp = options.onGiveUp;
    this.stream = new GrpcStream(this, options);
  }

  begin(http2: ClientHttp2Stream): void {
    this.#http2 = http2;
    watchOutcome(http2, (error) => this.stream.close(error));
    this.stream.attach(http2);
  }

  fail(error: TransportError): void {
    this.stream.close(error);
  }

  finish(http2: ClientHttp2Stream): void {
    if (!http2.writableEnded) http2.end();
  }

  reset(): void {
    this.#onGiveUp();
    this.#http2?.close(constants.NGHTTP2_CANCEL);
    process.nextTick(() => this.stream.close(new TransportError('cancelled', 'The call was cancelled.')));
  }

  refuse(): void {
    this.#http2?.close(constants.NGHTTP2_CANCEL);
  }
}
