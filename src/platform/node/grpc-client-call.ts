import { status as Status } from '@grpc/grpc-js';
import type { ChannelInterface, Metadata, StatusObject } from '@grpc/grpc-js';
import { TransportError } from '../transport.js';
import type { BufferPool } from '../buffer-pool.js';
import { acceptClientFrames, decodeClientMessages } from './grpc-internals.js';
import { errorFromStatus } from './grpc-status.js';
import { GrpcStream } from './grpc-stream.js';
import type { CallLink } from './grpc-stream.js';
import { MessageDecoder } from './message-decoder.js';
import type { BufferRelease } from './buffer-release.js';

type ChannelCall = ReturnType<ChannelInterface['createCall']>;

/** A call that waits for a channel it may use, and then runs on it. */
export interface ClientCall {
  begin(channel: ChannelInterface): void;
  fail(error: Error): void;
}

export interface ClientCallOptions {
  /** The address that is called, for messages. */
  readonly target: string;
  readonly method: string;
  readonly metadata: Metadata;
  /** The call is over, or need not begin any more. */
  readonly onDone: (call: ClientCall) => void;
}

export interface UnaryCallOptions extends ClientCallOptions {
  readonly request: Buffer;
  readonly timeoutMs: number;
  readonly resolve: (response: Buffer) => void;
  readonly reject: (error: Error) => void;
}

export class UnaryCall implements ClientCall {
  readonly #options: UnaryCallOptions;
  readonly #deadlineMs: number;
  /** While it waits for a channel; from then on grpc-js holds the deadline. */
  #timer: NodeJS.Timeout | undefined;
  #call: ChannelCall | undefined;
  #response: Buffer | undefined;
  #settled = false;

  constructor(options: UnaryCallOptions) {
    this.#options = options;
    this.#deadlineMs = Date.now() + options.timeoutMs;
  }

  /** There is no channel for it yet: it waits, but not past its time-out. */
  wait(): void {
    const { timeoutMs } = this.#options;
    this.#timer = setTimeout(() => this.fail(timeoutError(timeoutMs)), timeoutMs);
  }

  begin(channel: ChannelInterface): void {
    clearTimeout(this.#timer);
    const { method, metadata, request, timeoutMs, target } = this.#options;
    const call = channel.createCall(method, this.#deadlineMs, null, null, null);
    this.#call = call;
    call.start(metadata, {
      onReceiveMetadata() {},
      onReceiveMessage: (message: Buffer) => {
        this.#response ??= message;
        call.startRead();
      },
      onReceiveStatus: (status: StatusObject) => {
        const error = errorFromStatus(status, target);
        // Where the node says itself that time was up, its own words tell of what.
        const isSilence = error instanceof TransportError && error.kind === 'timeout';
        this.#settle(isSilence ? timeoutError(timeoutMs) : error);
      },
    });
    call.startRead();
    call.sendMessageWithContext({}, request);
    call.halfClose();
  }

  fail(error: Error): void {
    this.#settle(error);
    this.#call?.cancelWithStatus(Status.CANCELLED, error.message);
  }

  #settle(error: Error | undefined): void {
    if (this.#settled) return;
    this.#settled = true;
    clearTimeout(this.#timer);
    this.#options.onDone(this);
    if (error !== undefined) this.#options.reject(error);
    else if (this.#response !== undefined) this.#options.resolve(this.#response);
    else this.#options.reject(new TransportError('protocol', 'The call ended in order, but without a response.'));
  }
}

function timeoutError(timeoutMs: number): TransportError {
  return new TransportError('timeout', `No answer within ${timeoutMs} ms.`);
}

export interface StreamCallOptions extends ClientCallOptions {
  readonly maxQueuedBytes: number;
  readonly pool: BufferPool;
  readonly release: BufferRelease | undefined;
}

export class StreamCall implements ClientCall, CallLink {
  readonly endsCall = false;
  /** grpc-js keeps messages for a while after it says that they are written, to send them again. */
  readonly tellsWritten = false;
  readonly isCut = false;
  takesFrames = false;
  readonly stream: GrpcStream;
  readonly #options: StreamCallOptions;
  #call: ChannelCall | undefined;
  /** Why it ended, where this side knows better than the status. */
  #failure: Error | undefined;
  #done = false;

  constructor(options: StreamCallOptions) {
    this.#options = options;
    this.stream = new GrpcStream(this, options);
  }

  begin(channel: ChannelInterface): void {
    const { method, metadata, target } = this.#options;
    const call = channel.createCall(method, Infinity, null, null, null);
    this.#call = call;
    this.takesFrames = acceptClientFrames(call);
    call.start(metadata, {
      onReceiveMetadata: () => {
        const { release } = this.#options;
        decodeClientMessages(call, (most) => new MessageDecoder(most, this.stream.messageMemory, release));
      },
      onReceiveMessage: (message: Buffer) => this.stream.receive(message),
      onReceiveStatus: (status: StatusObject) => this.#over(this.#failure ?? errorFromStatus(status, target)),
    });
    this.stream.start();
  }

  fail(error: Error): void {
    this.#failure ??= error;
    if (this.#call === undefined) this.#over(error);
    else this.#call.cancelWithStatus(Status.CANCELLED, error.message);
  }

  write(message: Buffer, written: () => void): void {
    this.#call?.sendMessageWithContext({ callback: written }, message);
  }

  read(): void {
    this.#call?.startRead();
  }

  finish(): void {
    this.#call?.halfClose();
  }

  reset(error: Error = new TransportError('cancelled', 'The call was cancelled.')): void {
    if (this.#call === undefined) process.nextTick(() => this.fail(error));
    else this.fail(error);
  }

  #over(error: Error | undefined): void {
    if (this.#done) return;
    this.#done = true;
    this.#options.onDone(this);
    this.stream.close(error);
  }
}
