import { assert } from '../../common/assert.js';
import { VarveError } from '../../common/errors.js';
import type { ErrorName } from '../../common/errors.js';
import { TransportError } from '../transport.js';
import type { RpcStream } from '../transport.js';
import type { BufferPool } from '../buffer-pool.js';
import type { MessageMemory } from './message-decoder.js';

/** The call below a stream; client and server differ here alone. */
export interface CallLink {
  /** True on the server: its end is the call's, whatever the client still sends. */
  readonly endsCall: boolean;
  /** Takes messages with gRPC's own bytes before them, as they go to the network; else bare ones. */
  readonly takesFrames: boolean;
  /** `written` means that nobody looks at the message any more. */
  readonly tellsWritten: boolean;
  /** The call was cancelled, or its connection lost. */
  readonly isCut: boolean;
  /** Writes one message (or frame); `written` once it is handed to the network. */
  write(message: Buffer, written: () => void): void;
  /** Asks for one message, or the news that there are no more. */
  read(): void;
  /** This side is done; everything it sent has been handed to the network. */
  finish(error: StreamEndError | undefined): void;
  /** Breaks the call off at once; the client's own stream hears `error`. */
  reset(error?: Error): void;
}

export interface StreamEndError {
  readonly code: ErrorName;
  readonly message: string;
}

/** gRPC's own bytes around a message. */
const FRAME_BYTES = 5;
/**
 * Times the bound that a sender may go on past a `false`: one that ignores it is broken off, rather than let grow the
 * process without end.
 */
const QUEUE_HARD_FACTOR = 64;

/**
 * The message side of a call. It works on grpc-js's call and not on its Node streams: those write one message at a time
 * and buffer sixteen of whatever size for a reader that has paused, this one holds back one.
 */
export class GrpcStream implements RpcStream {
  readonly #link: CallLink;
  readonly #maxQueuedBytes: number;
  readonly #pool: BufferPool;
  /** Frames of messages that `allocate` gave and that were not sent yet. */
  readonly #allocated = new WeakMap<Uint8Array, Buffer>();

  /** Messages not yet given to the link: all that come before the first is through, for until then it takes but one. */
  #waiting: Buffer[] = [];
  #writesInFlight = 0;
  #started = false;
  #opened = false;
  /** Bytes of waiting messages and of writes in flight. */
  #queuedBytes = 0;
  #drainWanted = false;
  /** Set when `end` was called: nothing is sent after it. */
  #ending: { readonly error: StreamEndError | undefined } | undefined;
  #finished = false;

  #paused = false;
  /** One read was asked for and not answered: at most one message comes after a pause, and waits in `#held`. */
  #readPending = false;
  #inRead = false;
  #held: Buffer | undefined;
  /** The listener could not take a message: none is delivered any more. */
  #refused = false;
  #remoteEnded = false;
  #endDelivered = false;
  /** Set when the call is over, and told once all that came before it was delivered. */
  #outcome: { readonly error: Error | undefined } | undefined;
  #closed = false;

  #messageListener: ((message: Buffer) => void) | undefined;
  /** In place of `#messageListener`: true when nobody looks at the message any more. */
  #borrowingListener: ((message: Buffer) => boolean) | undefined;
  #drainListener: (() => void) | undefined;
  #endListener: (() => void) | undefined;
  #closeListener: ((error: Error | undefined) => void) | undefined;

  /** For the link: where messages that arrive are put together. Those that are not given back are the collector's. */
  readonly messageMemory: MessageMemory = {
    take: (sizeBytes) =>
      this.#borrowingListener === undefined ? Buffer.allocUnsafe(sizeBytes) : this.#pool.take(sizeBytes),
    give: (memory) => this.#pool.give(memory),
  };

  constructor(link: CallLink, options: { readonly maxQueuedBytes: number; readonly pool: BufferPool }) {
    this.#link = link;
    this.#maxQueuedBytes = options.maxQueuedBytes;
    this.#pool = options.pool;
  }

  /** For the link: messages may come and go from now on. */
  start(): void {
    this.#started = true;
    this.#writeWaiting();
    this.#maybeFinish();
    this.#read();
  }

  /** For the link: the message that was asked for. */
  receive(message: Buffer): void {
    this.#readPending = false;
    if (this.#closed || this.#refused) return;
    if (this.#paused) {
      assert(this.#held === undefined, 'at most one message comes for one read');
      this.#held = message;
      return;
    }
    this.#deliver(message);
    this.#read();
  }

  /** For the link: the other side has sent its last message. */
  receiveEnd(): void {
    this.#readPending = false;
    this.#remoteEnded = true;
    this.#deliverEnd();
  }

  /** For the link: the call is over. With an error at once, in order only after the messages that came before. */
  close(error: Error | undefined): void {
    if (this.#outcome !== undefined) return;
    this.#outcome = { error };
    this.#waiting = [];
    this.#queuedBytes = 0;
    if (error !== undefined || this.#link.endsCall) {
      this.#tellClosed();
      return;
    }
    this.#remoteEnded = true;
    this.#deliverEnd();
  }

  get queuedBytes(): number {
    return this.#queuedBytes;
  }

  send(message: Uint8Array): boolean {
    if (this.#outcome !== undefined || this.#ending !== undefined) return false;
    const bytes = Buffer.isBuffer(message)
      ? message
      : Buffer.from(message.buffer, message.byteOffset, message.byteLength);
    this.#queuedBytes += bytes.length + FRAME_BYTES;
    if (this.#opened) this.#write(bytes);
    else {
      this.#waiting.push(bytes);
      this.#writeWaiting();
    }
    if (this.#queuedBytes <= this.#maxQueuedBytes) return true;
    this.#drainWanted = true;
    if (this.#queuedBytes > this.#maxQueuedBytes * QUEUE_HARD_FACTOR) this.#breakOff();
    return false;
  }

  allocate(sizeBytes: number): Buffer {
    const frame = this.#pool.take(FRAME_BYTES + sizeBytes);
    const message = frame.subarray(FRAME_BYTES);
    this.#allocated.set(message, frame);
    return message;
  }

  recycle(message: Buffer): void {
    // Where the link tells of it, the frame went back when it was written, and may be another message's by now.
    if (this.#link.tellsWritten) return;
    this.#allocated.delete(message);
    this.#pool.give(message);
  }

  pause(): void {
    this.#paused = true;
  }

  resume(): void {
    if (!this.#paused) return;
    this.#paused = false;
    // Not from within the caller: it may be half way through a message itself.
    process.nextTick(() => this.#goOn());
  }

  onMessage(listener: (message: Buffer) => void): void {
    this.#messageListener = listener;
  }

  onBorrowedMessage(listener: (message: Buffer) => boolean): void {
    this.#borrowingListener = listener;
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
    this.#maybeFinish();
  }

  cancel(): void {
    if (this.#outcome === undefined) this.#link.reset();
  }

  #breakOff(): void {
    this.#link.reset();
    const limit = this.#maxQueuedBytes * QUEUE_HARD_FACTOR;
    this.close(new TransportError('tooLarge', `More than ${limit} bytes wait for a peer that does not read them.`));
  }

  #writeWaiting(): void {
    while (this.#started && (this.#opened || this.#writesInFlight === 0)) {
      const message = this.#waiting.shift();
      if (message === undefined) return;
      this.#write(message);
    }
  }

  #write(message: Buffer): void {
    this.#writesInFlight++;
    const sizeBytes = message.length + FRAME_BYTES;
    if (!this.#link.takesFrames) {
      this.#link.write(message, () => this.#onWritten(sizeBytes));
      return;
    }
    const frame = this.#frameOf(message);
    this.#link.write(frame, () => {
      // Of a call that is cut the kernel may still be sending what Node has given up.
      if (this.#link.tellsWritten && !this.#link.isCut) this.#pool.give(frame);
      this.#onWritten(sizeBytes);
    });
  }

  /** Room for a message and what goes before it; of the pool where it can be given back. */
  #makeFrame(messageBytes: number): Buffer {
    const sizeBytes = FRAME_BYTES + messageBytes;
    return this.#link.tellsWritten ? this.#pool.take(sizeBytes) : Buffer.allocUnsafe(sizeBytes);
  }

  /** The message with gRPC's bytes before it: never compressed, and its length. */
  #frameOf(message: Buffer): Buffer {
    let frame = this.#allocated.get(message);
    if (frame === undefined) {
      frame = this.#makeFrame(message.length);
      message.copy(frame, FRAME_BYTES);
    } else {
      this.#allocated.delete(message);
    }
    frame[0] = 0;
    frame.writeUInt32BE(message.length, 1);
    return frame;
  }

  #onWritten(bytes: number): void {
    if (this.#outcome !== undefined) return;
    this.#writesInFlight--;
    this.#queuedBytes -= bytes;
    if (!this.#opened) {
      this.#opened = true;
      this.#writeWaiting();
    }
    if (this.#drainWanted && this.#queuedBytes <= this.#maxQueuedBytes / 2) {
      this.#drainWanted = false;
      this.#drainListener?.();
    }
    this.#maybeFinish();
  }

  /** Only once all is written: grpc-js may let the end overtake messages that are still in its filters. */
  #maybeFinish(): void {
    if (!this.#started || this.#ending === undefined || this.#finished || this.#outcome !== undefined) return;
    if (this.#writesInFlight > 0 || this.#waiting.length > 0) return;
    this.#finished = true;
    this.#link.finish(this.#ending.error);
  }

  #goOn(): void {
    if (this.#paused || this.#closed) return;
    const message = this.#held;
    this.#held = undefined;
    if (message !== undefined) this.#deliver(message);
    if (this.#remoteEnded) this.#deliverEnd();
    else this.#read();
  }

  #deliver(message: Buffer): void {
    if (this.#refused) return;
    try {
      this.#messageListener?.(message);
      if (this.#borrowingListener?.(message) === true) this.#pool.give(message);
    } catch (error) {
      if (!(error instanceof VarveError)) throw error;
      this.#refused = true;
      if (this.#link.endsCall) this.end({ code: error.code, message: error.message });
      else this.#link.reset(error);
    }
  }

  /** Asks for the next message. An answer may come from within the call below: a loop, so that none nests. */
  #read(): void {
    if (this.#inRead) return;
    this.#inRead = true;
    while (!this.#paused && !this.#refused && !this.#readPending && !this.#remoteEnded && this.#outcome === undefined) {
      this.#readPending = true;
      this.#link.read();
    }
    this.#inRead = false;
  }

  #deliverEnd(): void {
    if (this.#paused || this.#held !== undefined || this.#closed) return;
    if (!this.#endDelivered) {
      this.#endDelivered = true;
      if (this.#endListener === undefined) this.end();
      else this.#endListener();
    }
    if (this.#outcome !== undefined) this.#tellClosed();
  }

  #tellClosed(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#held = undefined;
    this.#closeListener?.(this.#outcome?.error);
  }
}
