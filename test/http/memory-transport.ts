import type { ByteServeOptions, ByteServer, ByteStream, Transport } from '../../src/platform/transport.js';
import { TransportError } from '../../src/platform/transport.js';

/** One end of a byte stream in memory. Delivery is asynchronous and in order; `bound` bytes may wait undelivered. */
export class MemoryByteStream implements ByteStream {
  readonly peer = { address: 'memory:1' };
  readonly #bound: number;
  #other: MemoryByteStream | undefined;
  #inbox: Buffer[] = [];
  #paused = false;
  #closing = false;
  #closed = false;
  #full = false;
  #data: (chunk: Buffer) => void = () => {};
  #drain: () => void = () => {};
  #close: (error: Error | undefined) => void = () => {};

  constructor(bound = 16 * 1024) {
    this.#bound = bound;
  }

  static pair(bound?: number): [MemoryByteStream, MemoryByteStream] {
    const [a, b] = [new MemoryByteStream(bound), new MemoryByteStream(bound)];
    a.#other = b;
    b.#other = a;
    return [a, b];
  }

  get queuedBytes(): number {
    return this.#other?.waitingBytes ?? 0;
  }

  /** Bytes that arrived and were not handed on. */
  get waitingBytes(): number {
    return this.#inbox.reduce((sum, chunk) => sum + chunk.length, 0);
  }

  get isClosed(): boolean {
    return this.#closed;
  }

  write(chunk: Uint8Array): boolean {
    const other = this.#other;
    if (this.#closed || this.#closing || other === undefined) return false;
    other.#inbox.push(Buffer.from(chunk));
    queueMicrotask(() => other.#deliver());
    this.#full = other.waitingBytes >= this.#bound;
    return !this.#full;
  }

  pause(): void {
    this.#paused = true;
  }

  resume(): void {
    this.#paused = false;
    queueMicrotask(() => this.#deliver());
  }

  onData(listener: (chunk: Buffer) => void): void {
    this.#data = listener;
  }

  onDrain(listener: () => void): void {
    this.#drain = listener;
  }

  onClose(listener: (error: Error | undefined) => void): void {
    this.#close = listener;
  }

  end(): void {
    this.#closing = true;
    const other = this.#other;
    if (other !== undefined) queueMicrotask(() => other.#deliver());
  }

  destroy(): void {
    this.#shut(undefined);
    const other = this.#other;
    if (other !== undefined) other.#shut(undefined);
  }

  #deliver(): void {
    while (!this.#paused && !this.#closed) {
      const chunk = this.#inbox.shift();
      if (chunk === undefined) break;
      this.#data(chunk);
    }
    const other = this.#other;
    if (other === undefined || this.waitingBytes > 0) return;
    if (other.#full) {
      other.#full = false;
      other.#drain();
    }
    if (other.#closing) this.destroy();
  }

  #shut(error: Error | undefined): void {
    if (this.#closed) return;
    this.#closed = true;
    queueMicrotask(() => this.#close(error));
  }
}

/** A transport of byte streams alone. `dial` connects to the one server there is. */
export class MemoryTransport implements Transport {
  #serve: ByteServeOptions | undefined;

  dial(bound?: number): MemoryByteStream {
    if (this.#serve === undefined) throw new TransportError('refused', 'nothing listens');
    const [client, server] = MemoryByteStream.pair(bound);
    this.#serve.onConnection(server);
    return client;
  }

  async serveBytes(options: ByteServeOptions): Promise<ByteServer> {
    this.#serve = options;
    return {
      address: { host: options.host, port: options.port === 0 ? 9095 : options.port },
      close: async () => {
        this.#serve = undefined;
      },
    };
  }

  async connectBytes(): Promise<ByteStream> {
    return this.dial();
  }

  serveRpc(): never {
    throw new Error('this transport has no RPC');
  }

  connectRpc(): never {
    throw new Error('this transport has no RPC');
  }
}

/** A clock that moves when told. */
export class ManualClock {
  #nowMs = 0;
  #timers: Array<{ atMs: number; callback: () => void }> = [];

  monotonicMs(): number {
    return this.#nowMs;
  }

  wallMs(): number {
    return 1_700_000_000_000 + this.#nowMs;
  }

  after(delayMs: number, callback: () => void): { cancel(): void } {
    const timer = { atMs: this.#nowMs + delayMs, callback };
    this.#timers.push(timer);
    return { cancel: () => (this.#timers = this.#timers.filter((other) => other !== timer)) };
  }

  defer(callback: () => void): void {
    queueMicrotask(callback);
  }

  atEndOfTurn(callback: () => void): void {
    queueMicrotask(callback);
  }

  takeLatenessMs(): number {
    return 0;
  }

  get timerCount(): number {
    return this.#timers.length;
  }

  advance(byMs: number): void {
    this.#nowMs += byMs;
    const due = this.#timers.filter((timer) => timer.atMs <= this.#nowMs).sort((a, b) => a.atMs - b.atMs);
    this.#timers = this.#timers.filter((timer) => timer.atMs > this.#nowMs);
    for (const timer of due) timer.callback();
  }
}
