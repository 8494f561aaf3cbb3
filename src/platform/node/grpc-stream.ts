import type { Http2Stream } from 'node:http2';
import type { ErrorName } from '../../common/errors.js';
import { TransportError } from '../transport.js';
import type { RpcStream } from '../transport.js';
import { FRAME_HEADER_BYTES, FrameDecoder, frame, frameHeader } from './grpc-frames.js';

/** What the two ends of a call do differently. */
export interface StreamEnd {
  /** True on the server: its end is the call's, whatever the client still sends. */
  readonly endsCall: boolean;
  /** This side is done; everything it sent has been written. */
  finish(stream: Http2Stream, error: StreamEndError | undefined): void;
  /** Breaks the call off at once. */
  reset(): void;
  /** The other side sent what cannot be read; says so and breaks off. */
  refuse(error: TransportError): void;
}

export interface StreamEndError {
  readonly code: ErrorName;
  readonly message: string;
}

export interface GrpcStreamOptions {
  readonly maxMessageBytes: number;
  /** `send` returns false above it. */
  readonly maxQueuedBytes: number;
}

/** Up to here a message is copied behind its header, so that it is one write. */
const COPIED_MESSAGE_BYTES = 4 * 1024;
/** Messages of one turn are written together up to here: one DATA frame at HTTP/2's default frame size. */
const JOINED_BYTES = 16 * 1024;
/** A turn that sends more than this does not wait for its own end to write. */
const EAGER_FLUSH_BYTES = 256 * 1024;
/**
 * Times the bound that a sender may go on past a `false`: one that ignores it is broken off, rather than let grow the
 * process without end.
 */
const QUEUE_HARD_FACTOR = 64;

/**
 * The message side of a call, the same for client and server. Messages of one turn of the event loop are written
 * together; what the peer's flow control holds back counts as queued.
 */
export class GrpcStream implements RpcStream {
  readonly #end: StreamEnd;
  readonly #decoder: FrameDecoder;
  readonly #maxQueuedBytes: number;
  #stream: Http2Stream | undefined;

  /** Framed pieces not yet written to `#stream`, and their bytes. */
  #pieces: Uint8Array[] = [];
  #pieceBytes = 0;
  #flushScheduled = false;
  /** pieceBytes <= queuedBytes: the rest was written and waits in HTTP/2. */
  #queuedBytes = 0;
  #drainWanted = false;

  /** Set when `end` was called: nothing is sent after it. */
  #ending: { readonly error: StreamEndError | undefined } | undefined;
  #paused = false;
  #delivering = false;
  #remoteEnded = false;
  #endDelivered = false;
  /** Set when the call is over, and told once all that came before it was delivered. */
  #outcome: { readonly error: Error | undefined } | undefined;
  #closed = false;

  #messageListener: ((message: Buffer) => void) | undefined;
  #drainListener: (() => void) | undefined;
  #endListener: (() => void) | undefined;
  #closeListener: ((error: Error | undefined) => void) | undefined;

  constructor(end: StreamEnd, options: GrpcStreamOptions) {
    this.#end = end;
    this.#decoder = new FrameDecoder(options.maxMessageBytes);
    this.#maxQueuedBytes = options.maxQueuedBytes;
  }

  /** Joins the HTTP/2 stream once there is one; what was sent before goes first. */
  attach(stream: Http2Stream): void {
    this.#stream = stream;
    stream.on('data', (chunk: Buffer) => {
      if (this.#closed) return;
      this.#decoder.push(chunk);
      this.#deliver();
    });
    stream.on('end', () => {
      this.#remoteEnded = true;
      this.#deliver();
    });
    if (this.#paused) stream.pause();
    if (this.#pieces.length > 0 || this.#ending !== undefined) this.#scheduleFlush();
  }

  /** The call is over. With an error at once, in order only after the messages that came before. */
  close(error: Error | undefined): void {
    if (this.#outcome !== undefined) return;
    this.#outcome = { error };
    this.#pieces = [];
    this.#pieceBytes = 0;
    this.#queuedBytes = 0;
    if (error !== undefined || this.#end.endsCall || this.#endDelivered) {
      this.#tellClosed();
      return;
    }
    this.#remoteEnded = true;
    if (!this.#paused) process.nextTick(() => this.#deliver());
  }

  get queuedBytes(): number {
    return this.#queuedBytes;
  }

  send(message: Uint8Array): boolean {
    if (this.#outcome !== undefined || this.#ending !== undefined) return false;
    if (message.length <= COPIED_MESSAGE_BYTES) this.#pieces.push(frame(message));
    else this.#pieces.push(frameHeader(message.length), message);
    const bytes = message.length + FRAME_HEADER_BYTES;
    this.#pieceBytes += bytes;
    this.#queuedBytes += bytes;
    if (this.#pieceBytes >= EAGER_FLUSH_BYTES) this.#flush();
    else this.#scheduleFlush();
    if (this.#queuedBytes <= this.#maxQueuedBytes) return true;
    this.#drainWanted = true;
    if (this.#queuedBytes > this.#maxQueuedBytes * QUEUE_HARD_FACTOR) this.#breakOff();
    return false;
  }

  pause(): void {
    this.#paused = true;
    this.#stream?.pause();
  }

  resume(): void {
    if (!this.#paused) return;
    this.#paused = false;
    // Not from within the caller: it may be half way through a message itself.
    process.nextTick(() => {
      this.#deliver();
      if (!this.#paused && !this.#closed) this.#stream?.resume();
    });
  }

  onMessage(listener: (message: Buffer) => void): void {
    this.#messageListener = listener;
  }

  onDrain(listener: () => void): void {
    this.#drainListener = listener;
  }

  onClose(listener: (error: Error | undefined) => void): void {
    this.#closeListener = listener;
  }

  onEnd(listener: () => void): void {
    this.#endListener = listener;
  }

  end(error?: StreamEndError): void {
    if (this.#outcome !== undefined || this.#ending !== undefined) return;
    this.#ending = { error };
    this.#scheduleFlush();
  }

  cancel(): void {
    if (this.#outcome !== undefined) return;
    this.#end.reset();
  }

  #breakOff(): void {
    this.#end.reset();
    const limit = this.#maxQueuedBytes * QUEUE_HARD_FACTOR;
    this.close(new TransportError('tooLarge', `More than ${limit} bytes wait for a peer that does not read them.`));
  }

  #scheduleFlush(): void {
    if (this.#flushScheduled || this.#stream === undefined) return;
    this.#flushScheduled = true;
    process.nextTick(() => {
      this.#flushScheduled = false;
      this.#flush();
    });
  }

  #flush(): void {
    const stream = this.#stream;
    if (stream === undefined || this.#outcome !== undefined) return;
    if (this.#pieces.length > 0) {
      const pieces = this.#pieces;
      const bytes = this.#pieceBytes;
      this.#pieces = [];
      this.#pieceBytes = 0;
      writeAll(stream, pieces, bytes, () => this.#onWritten(bytes));
    }
    if (this.#ending !== undefined) this.#end.finish(stream, this.#ending.error);
  }

  #onWritten(bytes: number): void {
    if (this.#outcome !== undefined) return;
    this.#queuedBytes -= bytes;
    if (this.#drainWanted && this.#queuedBytes <= this.#maxQueuedBytes / 2) {
      this.#drainWanted = false;
      this.#drainListener?.();
    }
  }

  #deliver(): void {
    if (this.#delivering || this.#closed) return;
    this.#delivering = true;
    try {
      while (!this.#paused && !this.#closed) {
        const message = this.#decoder.next();
        if (message === undefined) break;
        this.#messageListener?.(message);
      }
      if (this.#remoteEnded && !this.#paused && !this.#closed) this.#deliverEnd();
    } catch (error) {
      if (!(error instanceof TransportError)) throw error;
      this.#end.refuse(error);
      this.close(error);
    } finally {
      this.#delivering = false;
    }
    if (this.#outcome !== undefined && this.#endDelivered) this.#tellClosed();
  }

  #deliverEnd(): void {
    if (this.#endDelivered) return;
    this.#endDelivered = true;
    if (!this.#decoder.isBetweenMessages) throw new TransportError('protocol', 'The stream ended within a message.');
    if (this.#endListener === undefined) this.end();
    else this.#endListener();
  }

  #tellClosed(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#closeListener?.(this.#outcome?.error);
  }
}

function writeAll(stream: Http2Stream, pieces: readonly Uint8Array[], bytes: number, written: () => void): void {
  const last = pieces.length - 1;
  if (last > 0 && bytes <= JOINED_BYTES) {
    stream.write(Buffer.concat(pieces, bytes), written);
    return;
  }
  stream.cork();
  for (let i = 0; i < last; i++) stream.write(pieces[i]);
  stream.write(pieces[last], written);
  stream.uncork();
}
