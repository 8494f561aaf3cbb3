import type { RpcStream } from '../../src/platform/transport.js';
import { poison } from '../../src/simulation/poisoned-buffers.js';

class End implements RpcStream {
  other: End | undefined;
  queuedBytes = 0;
  /** What `send` answers. */
  room = true;
  ended: { code: string; message: string } | undefined;
  #closed = false;
  #message: (message: Buffer) => void = () => {};
  #drain: () => void = () => {};
  #close: (error: Error | undefined) => void = () => {};

  send(message: Uint8Array): boolean {
    const other = this.other;
    if (!this.#closed) queueMicrotask(() => other?.deliver(Buffer.from(message)));
    return this.room;
  }

  allocate(sizeBytes: number): Buffer {
    return Buffer.allocUnsafe(sizeBytes);
  }
  recycle(): void {}

  deliver(message: Buffer): void {
    if (!this.#closed) this.#message(message);
  }

  drain(): void {
    this.room = true;
    this.#drain();
  }

  pause(): void {}
  resume(): void {}
  onMessage(listener: (message: Buffer) => void): void {
    this.#message = listener;
  }
  onBorrowedMessage(listener: (message: Buffer) => boolean): void {
    this.#message = (message) => {
      if (listener(message)) poison(message);
    };
  }
  onDrain(listener: () => void): void {
    this.#drain = listener;
  }
  onClose(listener: (error: Error | undefined) => void): void {
    this.#close = listener;
  }
  onEnd(): void {}

  end(error?: { code: string; message: string }): void {
    this.ended = error;
    this.cancel();
  }

  cancel(): void {
    this.closeNow();
    const other = this.other;
    queueMicrotask(() => other?.closeNow());
  }

  closeNow(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#close(undefined);
  }
}

/** Two ends of a stream in memory. */
export function streamPair(): { readonly client: End; readonly server: End } {
  const client = new End();
  const server = new End();
  client.other = server;
  server.other = client;
  return { client, server };
}
