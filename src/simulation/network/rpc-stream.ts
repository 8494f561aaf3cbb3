import { VarveError } from '../../common/errors.js';
import type { ErrorName } from '../../common/errors.js';
import { TransportError } from '../../platform/transport.js';
import type { RpcStream } from '../../platform/transport.js';
import { poison } from '../poisoned-buffers.js';
import type { SimulatedProcess } from '../process.js';
import { Inbox, Outbox } from './flow.js';
import type { FlowBounds } from './flow.js';
import type { Frame } from './frames.js';

const BOUNDS: FlowBounds = { maxQueuedBytes: 1024 * 1024, windowBytes: 1024 * 1024 };

export interface StreamEndError {
  readonly code: ErrorName;
  readonly message: string;
}

/** What the two ends of a call do differently. */
export interface StreamSide {
  /** True on the server: its end is the call's, whatever the client still sends. */
  readonly endsCall: boolean;
  /** This side is done; everything that it sent is on its way. */
  finish(error: StreamEndError | undefined): void;
  /** Breaks the call off at once. */
  reset(): void;
  /** The other side sent what cannot be taken; says so and breaks off. */
  refuse(error: TransportError): void;
}

/** One end of a stream of messages, on the client and on the server. */
export class SimulatedRpcStream implements RpcStream {
  readonly #side: StreamSide;
  readonly #process: SimulatedProcess;
  readonly #maxMessageBytes: number;
  readonly #outbox = new Outbox(BOUNDS);
  readonly #inbox: Inbox;
  /** Buffers of `allocate` that were not transmitted yet. */
  readonly #allocated = new Set<Uint8Array>();
  #send: ((frame: Frame) => void) | undefined;
  #call = 0;
  #ending = false;
  /** The listener could not take a message: none is delivered any more. */
  #refused = false;
  #remoteEnded = false;
  #endDelivered = false;
  #outcome: { readonly error: Error | undefined } | undefined;
  #closed = false;
  #endListener: (() => void) | undefined;
  #closeListener: ((error: Error | undefined) => void) | undefined;

  constructor(side: StreamSide, process: SimulatedProcess, maxMessageBytes: number) {
    this.#side = side;
    this.#process = process;
    this.#maxMessageBytes = maxMessageBytes;
    this.#inbox = new Inbox({
      process,
      bounds: BOUNDS,
      credit: (bytes) => this.#send?.({ type: 'credit', call: this.#call, bytes }),
    });
    this.#inbox.emptyListener = () => this.#onEmpty();
  }

  /** There is a connection: what was sent before goes first. */
  attach(call: number, send: (frame: Frame) => void): void {
    this.#call = call;
    this.#send = send;
    this.#outbox.attach((message) => {
      send({ type: 'message', call, message, isOwn: this.#allocated.delete(message) });
    });
  }

  /** A frame of this call from the other side. */
  receive(frame: Frame): void {
    if (this.#closed || this.#outcome?.error !== undefined) return;
    if (frame.type === 'credit') {
      this.#outbox.credit(frame.bytes);
    } else if (frame.type === 'end') {
      this.#remoteEnded = true;
      this.#inbox.deliver();
    } else if (frame.type === 'message') {
      if (frame.message.length > this.#maxMessageBytes) this.#refuse(frame.message.length);
      else this.#inbox.push(ownBytes(frame.message, frame.isOwn === true));
    }
  }

  /** The call is over. With an error at once, in order only after the messages that came before. */
  close(error: Error | undefined): void {
    if (this.#outcome !== undefined) return;
    this.#outcome = { error };
    this.#outbox.clear();
    if (error !== undefined || this.#side.endsCall || this.#endDelivered) {
      this.#tellClosed();
      return;
    }
    this.#remoteEnded = true;
    this.#inbox.deliver();
  }

  /** As `close`, never from within the caller's own call. */
  closeSoon(error: Error | undefined): void {
    if (this.#process.alive) this.#process.schedule(0, 'network', () => this.close(error));
  }

  get queuedBytes(): number {
    return this.#outbox.queuedBytes;
  }

  send(message: Uint8Array): boolean {
    if (this.#outcome !== undefined || this.#ending) return false;
    return this.#outbox.push(message);
  }

  allocate(sizeBytes: number): Buffer {
    const buffer = Buffer.allocUnsafe(sizeBytes);
    this.#allocated.add(buffer);
    return buffer;
  }

  /** Its reader may have kept it. */
  recycle(): void {}

  pause(): void {
    this.#inbox.pause();
  }

  resume(): void {
    this.#inbox.resume();
  }

  onBorrowedMessage(listener: (message: Buffer) => boolean): void {
    this.onMessage((message) => {
      if (listener(message)) poison(message);
    });
  }

  onMessage(listener: (message: Buffer) => void): void {
    this.#inbox.messageListener = (message) => {
      if (this.#refused) return;
      try {
        listener(message);
      } catch (error) {
        if (!(error instanceof VarveError)) throw error;
        this.#listenerRefused(error);
      }
    };
  }

  onDrain(listener: () => void): void {
    this.#outbox.drainListener = listener;
  }

  onClose(listener: (error: Error | undefined) => void): void {
    this.#closeListener = listener;
  }

  onEnd(listener: () => void): void {
    this.#endListener = listener;
  }

  end(error?: StreamEndError): void {
    if (this.#outcome !== undefined || this.#ending) return;
    this.#ending = true;
    this.#outbox.whenFlushed(() => this.#side.finish(error));
  }

  cancel(): void {
    if (this.#outcome !== undefined) return;
    this.#side.reset();
  }

  #listenerRefused(error: VarveError): void {
    this.#refused = true;
    if (this.#side.endsCall) {
      this.end({ code: error.code, message: error.message });
      return;
    }
    this.#side.reset();
    this.close(error);
  }

  #refuse(length: number): void {
    const limit = this.#maxMessageBytes;
    const error = new TransportError(
      'tooLarge',
      `A message of ${length} bytes is larger than the limit of ${limit} bytes.`,
    );
    this.#side.refuse(error);
    this.close(error);
  }

  #onEmpty(): void {
    if (this.#remoteEnded && !this.#endDelivered) {
      this.#endDelivered = true;
      if (this.#endListener === undefined) this.end();
      else this.#endListener();
    }
    if (this.#outcome !== undefined && this.#endDelivered) this.#tellClosed();
  }

  #tellClosed(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#inbox.close();
    this.#closeListener?.(this.#outcome?.error);
  }
}

/** What was allocated for one message goes to its reader as it is; of all else the sender may keep what it sent. */
function ownBytes(message: Uint8Array, isOwn: boolean): Buffer {
  return isOwn ? Buffer.from(message.buffer, message.byteOffset, message.length) : Buffer.from(message);
}
