import { X509Certificate } from 'node:crypto';
import type { Metadata, ServerInterceptingCallInterface } from '@grpc/grpc-js';
import { InvariantViolation } from '../../common/assert.js';
import type { ErrorName } from '../../common/errors.js';
import { VarveError, toVarveError } from '../../common/errors.js';
import type { Logger } from '../observe.js';
import { TransportError } from '../transport.js';
import type { Headers, RpcCall, RpcPeer, StreamHandler, UnaryHandler } from '../transport.js';
import type { BufferPool } from '../buffer-pool.js';
import {
  acceptServerFrames,
  breakOffServerCall,
  decodeServerMessages,
  inflateWhenRead,
  isServerCallCut,
  refuseTheRest,
} from './grpc-internals.js';
import { errorStatus, headersFrom, OK_STATUS } from './grpc-status.js';
import type { CallStatus } from './grpc-status.js';
import { GrpcStream } from './grpc-stream.js';
import type { CallLink, StreamEndError } from './grpc-stream.js';
import type { Inflater } from './inflater.js';
import { MessageDecoder } from './message-decoder.js';
import type { BufferRelease } from './buffer-release.js';
import type { HeldByCall, CallBudget } from './call-budget.js';
import { addressText } from './sockets.js';
import { subjectText } from './tls.js';
import { CALL_BYTES, IncomingMessage, UnaryRequest } from './incoming-requests.js';

export interface ServerCallOptions {
  readonly path: string;
  readonly maxQueuedBytes: number;
  readonly pool: BufferPool;
  readonly release: BufferRelease | undefined;
  /** Of the streams' messages that are not whole yet, all of the server. */
  readonly receiving: CallBudget;
  /** Of unary requests that are not whole yet, all of the server. */
  readonly receivingUnary: CallBudget;
  /** Of unary answers that are not read yet, all of the server. */
  readonly unreadUnary: CallBudget;
  readonly inflater: Inflater;
  /** How long a unary request may take to be whole. */
  readonly maxReceiveMs: number;
  readonly logger: Logger;
  /** True when the connection from this address and port is gone. */
  readonly isConnectionLost: (address: string) => boolean;
  readonly onDone: (call: ServerCall) => void;
}

/** Of a call that is in the way of others: it is gone soon, whether its client goes on or not. */
const RESET_SOON_MS = 500;

const SHUT_DOWN = { code: 'NETWORK_EXCEPTION', message: 'The node is shutting down: go to another one.' } as const;

/** One call as its server sees it, from its headers to its status. */
export class ServerCall implements RpcCall, CallLink {
  readonly endsCall = true;
  readonly tellsWritten = true;
  takesFrames = false;
  readonly peer: RpcPeer;
  readonly timeoutMs: number | undefined;
  readonly #call: ServerInterceptingCallInterface;
  readonly #options: ServerCallOptions;
  readonly #afterRead: () => void;
  readonly #deadlineMs: number;
  #metadata: Metadata | undefined;
  #headers: Headers | undefined;
  /** This side has said how the call ends. */
  #ended = false;
  /** Why the call was broken off, if it was. */
  #failure: TransportError | undefined;
  #done = false;
  #abort: AbortController | undefined;
  #stream: GrpcStream | undefined;
  /** The answer to a unary request, until the call is over. */
  #answer: HeldByCall | undefined;

  constructor(call: ServerInterceptingCallInterface, options: ServerCallOptions) {
    this.#call = call;
    this.#options = options;
    this.peer = peerOfCall(call);
    this.#afterRead = inflateWhenRead(call, (message, encoding) =>
      options.inflater.inflate(message, encoding, () => this.#done || this.#ended),
    );
    const deadline = call.getDeadline();
    this.#deadlineMs = typeof deadline === 'number' ? deadline : deadline.getTime();
    this.timeoutMs = this.#deadlineMs === Infinity ? undefined : Math.max(0, this.#deadlineMs - Date.now());
  }

  get headers(): Headers {
    this.#headers ??= this.#metadata === undefined ? {} : headersFrom(this.#metadata);
    return this.#headers;
  }

  get signal(): AbortSignal {
    this.#abort ??= new AbortController();
    if (this.#failure !== undefined && !this.#abort.signal.aborted) this.#abort.abort(this.#failure);
    return this.#abort.signal;
  }

  serveUnary(handler: UnaryHandler): void {
    const unary = new UnaryRequest(this.#options, (code, message) => this.#turnAway(code, message, RESET_SOON_MS));
    this.#call.start({
      onReceiveMetadata: (metadata) => {
        this.#metadata = metadata;
        unary.begin(this.#call);
        this.read();
      },
      onReceiveMessage: (message: Buffer) => {
        if (this.#ended) return;
        if (unary.message !== undefined) {
          this.#turnAway('INVALID_REQUEST', 'A unary call has one request message.');
          unary.end();
          return;
        }
        unary.receive(message);
        this.read();
      },
      onReceiveHalfClose: () => {
        const request = unary.message;
        unary.end();
        if (this.#ended) return;
        if (request === undefined)
          this.#end(errorStatus('INVALID_REQUEST', 'The call ended without its request message.'));
        else void this.#runUnary(handler, request);
      },
      onCancel: () => {
        // Its deadline, or a message above the limit: grpc-js keeps what has come of it while the client's side is open.
        if (!unary.isOver) refuseTheRest(this.#call);
        unary.end();
        this.#onOver();
      },
    });
  }

  serveStream(handler: StreamHandler): void {
    const stream = new GrpcStream(this, this.#options);
    const incoming = new IncomingMessage(this.#options.receiving, () => this.#breakOff());
    this.takesFrames = acceptServerFrames(this.#call);
    const { release } = this.#options;
    decodeServerMessages(this.#call, (most) => new MessageDecoder(most, stream.messageMemory, release));
    this.#stream = stream;
    this.#call.start({
      onReceiveMetadata: (metadata) => {
        this.#metadata = metadata;
        incoming.begin(this.#call);
        this.#runStream(handler, stream);
      },
      onReceiveMessage: (message: Buffer) => {
        incoming.end();
        stream.receive(message);
      },
      // Node ends the request of a lost connection as if the client had. (A client on Node that cancels does end its
      // side, and its reset comes later.)
      onReceiveHalfClose: () => {
        if (!isServerCallCut(this.#call)) stream.receiveEnd();
      },
      onCancel: () => {
        incoming.end();
        this.#onOver();
      },
    });
  }

  /** The server closes: streams end now, unary calls may finish within the grace. */
  shutDown(): void {
    this.#stream?.end(SHUT_DOWN);
  }

  get isCut(): boolean {
    return isServerCallCut(this.#call);
  }

  write(message: Buffer, written: () => void): void {
    this.#call.sendMessage(message, written);
  }

  read(): void {
    this.#call.startRead();
    this.#afterRead();
  }

  finish(error: StreamEndError | undefined): void {
    this.#end(error === undefined ? OK_STATUS : errorStatus(error.code, error.message));
  }

  reset(): void {
    this.#failure ??= new TransportError('cancelled', 'The call was broken off by this side.');
    breakOffServerCall(this.#call);
  }

  #runStream(handler: StreamHandler, stream: GrpcStream): void {
    try {
      handler(stream, this);
    } catch (error) {
      this.#reportBug(error);
      const { code, message } = toVarveError(error);
      stream.end({ code, message });
    }
    stream.start();
  }

  async #runUnary(handler: UnaryHandler, request: Buffer): Promise<void> {
    try {
      const response = await handler(request, this);
      if (this.#ended || this.#done) return;
      this.#call.sendMessage(response, () => {});
      this.#end(OK_STATUS);
      this.#holdAnswer(response.length);
    } catch (error) {
      this.#reportBug(error);
      const { code, message } = toVarveError(error);
      this.#end(errorStatus(code, message));
    }
  }

  /** Its client may take its time over it: what all of them leave unread is bounded. */
  #holdAnswer(sizeBytes: number): void {
    const { unreadUnary, logger, path } = this.#options;
    if (this.#done || !unreadUnary.isBounded) return;
    // One alone is sent whatever its size.
    const heldBytes = Math.min(sizeBytes + CALL_BYTES, unreadUnary.maxBytes);
    const answer: HeldByCall = {
      heldBytes,
      turnAway: () => {
        unreadUnary.leave(answer);
        logger.warn(
          { peer: this.peer.address, method: path },
          'A call was broken off: its answer was given before all others that are not read yet, and there is no room for more.',
        );
        this.reset();
      },
    };
    this.#answer = answer;
    unreadUnary.take(answer, heldBytes);
  }

  #breakOff(): void {
    const { logger, path } = this.#options;
    logger.warn(
      { peer: this.peer.address, method: path },
      'A stream was broken off: its message began before all others that are not whole yet, and there is no room for more.',
    );
    this.reset();
  }

  /** Ends the call while its client may still send: what it sends is not kept. */
  #turnAway(code: ErrorName, message: string, resetAfterMs?: number): void {
    this.#end(errorStatus(code, message));
    refuseTheRest(this.#call, resetAfterMs);
  }

  /** Ends the call after what was written before; the first word stands. */
  #end(status: CallStatus): void {
    if (this.#ended || this.#done) return;
    this.#ended = true;
    this.#call.sendStatus(status);
  }

  #reportBug(error: unknown): void {
    if (error instanceof VarveError || error instanceof TransportError) return;
    const what = error instanceof InvariantViolation ? 'an invariant is broken' : 'an unexpected error';
    this.#options.logger.error({ error, method: this.#options.path }, `A call failed: ${what}.`);
  }

  /** grpc-js tells each end of a call this way, those in order, too. */
  #onOver(): void {
    if (this.#done) return;
    this.#done = true;
    if (this.#answer !== undefined) this.#options.unreadUnary.leave(this.#answer);
    const outcome = this.#failure ?? (this.#ended ? undefined : this.#lossOfClient());
    if (outcome !== undefined) {
      this.#failure = outcome;
      this.#abort?.abort(outcome);
    }
    this.#options.onDone(this);
    this.#stream?.close(outcome);
  }

  #lossOfClient(): TransportError {
    if (Date.now() >= this.#deadlineMs) return new TransportError('timeout', 'The deadline of the call has passed.');
    if (this.#options.isConnectionLost(this.peer.address)) {
      return new TransportError('closed', `The connection to ${this.peer.address} was lost.`);
    }
    return new TransportError('cancelled', 'The client cancelled the call, or sent what cannot be read.');
  }
}

function peerOfCall(call: ServerInterceptingCallInterface): RpcPeer {
  const { remoteAddress: host = 'unknown', remotePort: port = 0 } = call.getConnectionInfo();
  const address = addressText({ host, port });
  const certificate = call.getAuthContext().sslPeerCertificate;
  if (certificate === undefined) return { address };
  return { address, certificateSubject: subjectText(new X509Certificate(certificate.raw)) };
}
