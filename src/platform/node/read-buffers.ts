import { MessageChannel } from 'node:worker_threads';
import type { MessagePort } from 'node:worker_threads';

/** All that stands between two pieces of what one call receives (RFC 9113, section 4.1). */
const FRAME_HEADER_BYTES = 9;
/** Of smaller ones the collector has no trouble with the memory. */
const MIN_RELEASED_BYTES = 12 * 1024;

/**
 * Gives memory back at once that Node has read a connection into. It makes 64 KiB anew for each read, and leaves it to the
 * collector: at 100 MB/s that is more than all else that a node makes, and a full collection of the heap every time that some
 * dozens of megabytes wait for it.
 *
 * A port that is closed takes what is sent to it out of this thread, and drops it. There is no other way to free a buffer
 * before `ArrayBuffer.prototype.transfer`, which Node 20 has not.
 */
export class ReadBuffers {
  readonly #closedPort: MessagePort;
  #releasedBytes = 0;

  constructor() {
    const { port1 } = new MessageChannel();
    port1.close();
    this.#closedPort = port1;
  }

  /** All that was given back. */
  get releasedBytes(): number {
    return this.#releasedBytes;
  }

  /** Nobody looks at `buffer` any more: it is empty afterwards. */
  release(buffer: ArrayBuffer): void {
    const sizeBytes = buffer.byteLength;
    try {
      this.#closedPort.postMessage(undefined, [buffer]);
      this.#releasedBytes += sizeBytes;
    } catch {
      // It may not leave this thread, as Node's own memory for small buffers: the collector sees to it.
    }
  }
}

/**
 * Which of the buffers that its connection was read into a call has to itself, and is done with.
 *
 * What arrives for one call is a row of pieces, slices of those buffers. When the pieces fill a buffer but for the frame headers
 * between them, no other call has a piece of it. Node's own parser may still be in it: that it is not is certain once a piece of
 * a later buffer comes.
 */
export class PiecesOfCall {
  readonly #readBuffers: ReadBuffers;
  #buffer: ArrayBufferLike | undefined;
  /** Where the last piece in it ends. */
  #end = 0;
  /** The call has had everything up to there. */
  #isWhole = false;

  constructor(readBuffers: ReadBuffers) {
    this.#readBuffers = readBuffers;
  }

  /** The call receives `piece`, and has copied all that came before it. */
  next(piece: Buffer): void {
    if (piece.buffer !== this.#buffer) {
      this.#leave();
      this.#buffer = piece.buffer;
      this.#end = 0;
      this.#isWhole = true;
    }
    const gap = piece.byteOffset - this.#end;
    this.#isWhole &&= gap >= 0 && gap <= FRAME_HEADER_BYTES;
    this.#end = piece.byteOffset + piece.length;
  }

  #leave(): void {
    const buffer = this.#buffer;
    if (!(buffer instanceof ArrayBuffer) || buffer.byteLength < MIN_RELEASED_BYTES) return;
    if (this.#isWhole && buffer.byteLength - this.#end <= FRAME_HEADER_BYTES) this.#readBuffers.release(buffer);
  }
}
