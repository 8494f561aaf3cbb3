import type { SimulatedProcess } from '../process.js';

/** What `write` and `send` say false above, and how much may be under way to a reader that does not read. */
export interface FlowBounds {
  readonly maxQueuedBytes: number;
  readonly windowBytes: number;
}

/** Counts as one byte of flow control, so that empty messages are bounded, too. */
function weight(message: Uint8Array): number {
  return message.length + 1;
}

/**
 * The sending side of a flow: messages wait here until the receiver's window has room. Invariant: `inFlightBytes` is
 * what was transmitted and not credited back; nothing is transmitted while it is at the window or above.
 */
export class Outbox {
  readonly #bounds: FlowBounds;
  #queue: Uint8Array[] = [];
  #head = 0;
  #queuedBytes = 0;
  #inFlightBytes = 0;
  #drainWanted = false;
  #transmit: ((message: Uint8Array) => void) | undefined;
  #flushed: (() => void) | undefined;
  drainListener: (() => void) | undefined;

  constructor(bounds: FlowBounds) {
    this.#bounds = bounds;
  }

  get queuedBytes(): number {
    return this.#queuedBytes;
  }

  /** There is a connection now: what waits goes out first. */
  attach(transmit: (message: Uint8Array) => void): void {
    this.#transmit = transmit;
    this.#pump();
  }

  /** False: over the bound. */
  push(message: Uint8Array): boolean {
    this.#queue.push(message);
    this.#queuedBytes += weight(message);
    this.#pump();
    if (this.#queuedBytes <= this.#bounds.maxQueuedBytes) return true;
    this.#drainWanted = true;
    return false;
  }

  /** The receiver has consumed `bytes`. */
  credit(bytes: number): void {
    this.#inFlightBytes -= bytes;
    this.#pump();
    if (this.#drainWanted && this.#queuedBytes <= this.#bounds.maxQueuedBytes / 2) {
      this.#drainWanted = false;
      this.drainListener?.();
    }
  }

  /** Calls `flushed` once everything queued has been transmitted; maybe at once. */
  whenFlushed(flushed: () => void): void {
    this.#flushed = flushed;
    this.#pump();
  }

  clear(): void {
    this.#queue = [];
    this.#head = 0;
    this.#queuedBytes = 0;
    this.#drainWanted = false;
    this.#flushed = undefined;
    this.#transmit = undefined;
  }

  #pump(): void {
    while (this.#transmit !== undefined && this.#inFlightBytes < this.#bounds.windowBytes) {
      const message = this.#queue[this.#head];
      if (message === undefined) break;
      this.#head++;
      this.#queuedBytes -= weight(message);
      this.#inFlightBytes += weight(message);
      this.#transmit(message);
    }
    if (this.#head === this.#queue.length) {
      this.#queue = [];
      this.#head = 0;
      if (this.#transmit === undefined) return;
      const flushed = this.#flushed;
      this.#flushed = undefined;
      flushed?.();
    }
  }
}

/** The receiving side of a flow: holds what came while the reader pauses, and credits what it has read. */
export class Inbox {
  readonly #process: SimulatedProcess;
  readonly #creditThreshold: number;
  readonly #credit: (bytes: number) => void;
  #waiting: Buffer[] = [];
  #head = 0;
  #consumedBytes = 0;
  #paused = false;
  #delivering = false;
  #closed = false;
  messageListener: ((message: Buffer) => void) | undefined;
  /** Called whenever everything that came has been read. */
  emptyListener: (() => void) | undefined;

  constructor(options: { process: SimulatedProcess; bounds: FlowBounds; credit: (bytes: number) => void }) {
    this.#process = options.process;
    // As HTTP/2 does: a window update when half of the window was read.
    this.#creditThreshold = options.bounds.windowBytes / 2;
    this.#credit = options.credit;
  }

  get paused(): boolean {
    return this.#paused;
  }

  /** `message` is the reader's alone: it may keep it, slice it and write into it, as with bytes from a socket. */
  push(message: Buffer): void {
    this.#waiting.push(message);
    this.deliver();
  }

  pause(): void {
    this.#paused = true;
  }

  resume(): void {
    if (!this.#paused) return;
    this.#paused = false;
    // Not from within the caller: it may be half way through a message itself.
    if (this.#process.alive) this.#process.schedule(0, 'network', () => this.deliver());
  }

  close(): void {
    this.#closed = true;
    this.#waiting = [];
    this.#head = 0;
  }

  deliver(): void {
    if (this.#delivering) return;
    this.#delivering = true;
    try {
      while (!this.#paused && !this.#closed) {
        const message = this.#waiting[this.#head];
        if (message === undefined) {
          this.#waiting = [];
          this.#head = 0;
          break;
        }
        this.#head++;
        this.#consume(weight(message));
        this.messageListener?.(message);
      }
      if (!this.#paused && !this.#closed) this.emptyListener?.();
    } finally {
      this.#delivering = false;
    }
  }

  #consume(bytes: number): void {
    this.#consumedBytes += bytes;
    if (this.#consumedBytes < this.#creditThreshold) return;
    const credit = this.#consumedBytes;
    this.#consumedBytes = 0;
    this.#credit(credit);
  }
}
