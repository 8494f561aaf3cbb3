import type { Socket } from 'node:net';
import type { Conditions } from './conditions.js';
import { reset } from './reset.js';

/** What stands still on the way, at most; then the sender's own buffers fill, as with TCP's window. */
const MAX_WAITING_BYTES = 256 * 1024;

interface Parcel {
  readonly what: Buffer | 'end' | 'reset';
  dueMs: number;
}

/**
 * One direction of one connection: what `source` receives goes out of `sink`, in order, when the conditions let it. The
 * end of the connection travels the same way: behind a cut nobody hears of a death.
 */
export class Flow {
  readonly #source: Socket;
  readonly #sink: Socket;
  readonly #conditions: Conditions;
  readonly #stopWatching: () => void;
  readonly #parcels: Parcel[] = [];
  #waitingBytes = 0;
  #timer: NodeJS.Timeout | undefined;
  /** When the line has sent all that it was given, at its rate. */
  #lineFreeMs = 0;
  #sinkIsFull = false;

  constructor(source: Socket, sink: Socket, conditions: Conditions) {
    this.#source = source;
    this.#sink = sink;
    this.#conditions = conditions;
    this.#stopWatching = conditions.watch(() => this.#reschedule());
    source.on('data', (bytes: Buffer) => this.#take(bytes));
    source.once('end', () => this.#take('end'));
    // Without an `end` before it, the peer is gone in the middle.
    source.once('close', (hadError) => this.#take(hadError || !source.readableEnded ? 'reset' : 'end'));
    sink.on('drain', () => {
      this.#sinkIsFull = false;
      this.#pump();
    });
    sink.once('close', () => this.#pump());
    // It was taken in standing still.
    source.resume();
  }

  /** Forgets all that is on the way. */
  drop(): void {
    this.#parcels.length = 0;
    this.#finish();
  }

  #take(what: Parcel['what']): void {
    const nowMs = performance.now();
    const { latencyMs, bytesPerSecond } = this.#conditions.now;
    const size = typeof what === 'string' ? 0 : what.length;
    this.#lineFreeMs = Math.max(nowMs, this.#lineFreeMs) + (size / bytesPerSecond) * 1000;
    // Nothing overtakes what was sent before.
    const before = this.#parcels[this.#parcels.length - 1]?.dueMs ?? 0;
    this.#parcels.push({ what, dueMs: Math.max(before, this.#lineFreeMs + latencyMs) });
    this.#waitingBytes += size;
    this.#pump();
    if (this.#waitingBytes > MAX_WAITING_BYTES) this.#source.pause();
  }

  #pump(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    while (!this.#sinkIsFull || this.#sink.destroyed) {
      const [next] = this.#parcels;
      if (next === undefined || this.#conditions.now.held) break;
      const leftMs = next.dueMs - performance.now();
      if (leftMs > 0) {
        this.#timer = setTimeout(() => this.#pump(), leftMs);
        break;
      }
      this.#parcels.shift();
      this.#deliver(next.what);
    }
    if (this.#waitingBytes <= MAX_WAITING_BYTES) this.#source.resume();
  }

  #deliver(what: Parcel['what']): void {
    if (what === 'end') {
      this.#sink.end();
      if (this.#source.destroyed) this.#finish();
    } else if (what === 'reset') {
      reset(this.#sink);
      this.#finish();
    } else {
      this.#waitingBytes -= what.length;
      if (!this.#sink.destroyed && !this.#sink.write(what)) this.#sinkIsFull = true;
    }
  }

  /** After the conditions have changed: nothing waits longer than a new parcel would. */
  #reschedule(): void {
    const { latencyMs, bytesPerSecond } = this.#conditions.now;
    let dueMs = performance.now();
    for (const parcel of this.#parcels) {
      const size = typeof parcel.what === 'string' ? 0 : parcel.what.length;
      dueMs += (size / bytesPerSecond) * 1000;
      parcel.dueMs = Math.min(parcel.dueMs, dueMs + latencyMs);
    }
    this.#lineFreeMs = Math.min(this.#lineFreeMs, dueMs);
    this.#pump();
  }

  #finish(): void {
    clearTimeout(this.#timer);
    this.#stopWatching();
  }
}
