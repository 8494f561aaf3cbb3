import { Duplex } from 'node:stream';
import type { ByteStream } from '../platform/transport.js';

/** A `ByteStream` as a Node stream, with back-pressure both ways, so that Node's own HTTP parser can run over it. */
export class ByteStreamDuplex extends Duplex {
  readonly #stream: ByteStream;
  #onDrained: (() => void) | undefined;

  constructor(stream: ByteStream) {
    super({ allowHalfOpen: true, autoDestroy: true });
    this.#stream = stream;
    stream.onData((chunk) => {
      if (!this.push(chunk)) stream.pause();
    });
    stream.onDrain(() => {
      const callback = this.#onDrained;
      this.#onDrained = undefined;
      callback?.();
    });
    stream.onClose((error) => {
      if (error === undefined) this.push(null);
      this.destroy(error);
    });
  }

  override _read(): void {
    this.#stream.resume();
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, callback: (error?: Error | null) => void): void {
    if (this.#stream.write(chunk)) callback();
    else this.#onDrained = callback;
  }

  override _final(callback: (error?: Error | null) => void): void {
    this.#stream.end();
    callback();
  }

  override _destroy(error: Error | null, callback: (error?: Error | null) => void): void {
    this.#stream.destroy();
    callback(error);
  }
}
