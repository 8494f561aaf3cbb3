import type { Buffers } from '../buffer-pool.js';
import { PiecesOfCall } from './read-buffers.js';
import type { BufferRelease } from './buffer-release.js';

/** gRPC's own bytes before a message: whether it is compressed, and its length. */
const FRAME_BYTES = 5;
/**
 * A message's memory is made before it has come, since its length is only what its sender says: so many times what has. Who sends
 * a large one fills a frame of 16 KiB with its beginning.
 */
const AHEAD_FACTOR = 16;
const MIN_AHEAD_BYTES = 16 * 1024;

/** Where messages are put together. */
export type MessageMemory = Pick<Buffers, 'take' | 'give'>;

/**
 * Joins the pieces that arrive on a call to messages, in the place of grpc-js's own, which keeps every piece, with the whole
 * buffer that it is a slice of, until the message is complete, and its last one's until the next message. Here each is copied
 * when it comes.
 */
export class MessageDecoder {
  readonly #maxMessageBytes: number;
  readonly #memory: MessageMemory;
  readonly #pieces: PiecesOfCall | undefined;
  readonly #head = Buffer.allocUnsafeSlow(FRAME_BYTES);
  #headBytes = 0;
  /** Of the present message and its head; room for all of it, or for more than has come. */
  #frame: Buffer | undefined;
  #frameBytes = 0;
  #filledBytes = 0;

  /** `maxMessageBytes` is -1 for none. `memory` is where the memory of a message is taken from. */
  constructor(maxMessageBytes: number, memory: MessageMemory, release?: BufferRelease) {
    this.#maxMessageBytes = maxMessageBytes;
    this.#memory = memory;
    if (release !== undefined) this.#pieces = new PiecesOfCall(release);
  }

  /** The messages that end in this piece, each behind its head. Throws an Error, in grpc-js's words, when one is too large. */
  write(piece: Buffer): Buffer[] {
    this.#pieces?.next(piece);
    const frames: Buffer[] = [];
    let at = 0;
    while (at < piece.length) {
      if (this.#frame === undefined) {
        at += this.#readHead(piece, at);
        if (this.#headBytes < FRAME_BYTES) break;
        this.#begin(piece.length - at);
      }
      at += this.#fill(piece, at);
      const frame = this.#end();
      if (frame !== undefined) frames.push(frame);
    }
    return frames;
  }

  #readHead(piece: Buffer, at: number): number {
    const copied = piece.copy(this.#head, this.#headBytes, at);
    this.#headBytes += copied;
    return copied;
  }

  /** `cameBytes` of the message are there. */
  #begin(cameBytes: number): void {
    const sizeBytes = this.#head.readUInt32BE(1);
    if (this.#maxMessageBytes !== -1 && sizeBytes > this.#maxMessageBytes) {
      throw new Error(`Received message larger than max (${sizeBytes} vs ${this.#maxMessageBytes})`);
    }
    this.#frameBytes = FRAME_BYTES + sizeBytes;
    this.#frame = this.#memory.take(this.#aheadOf(cameBytes));
    this.#filledBytes = this.#head.copy(this.#frame);
  }

  /** Copies what the piece has of the present message. */
  #fill(piece: Buffer, from: number): number {
    let at = from;
    while (at < piece.length && this.#filledBytes < this.#frameBytes) {
      const frame = this.#roomForMore();
      const copied = piece.copy(frame, this.#filledBytes, at);
      this.#filledBytes += copied;
      at += copied;
    }
    return at - from;
  }

  #roomForMore(): Buffer {
    let frame = this.#frame ?? Buffer.alloc(0);
    if (this.#filledBytes === frame.length) {
      const larger = this.#memory.take(this.#aheadOf(frame.length));
      frame.copy(larger);
      this.#memory.give(frame);
      frame = larger;
      this.#frame = frame;
    }
    return frame;
  }

  #aheadOf(cameBytes: number): number {
    return Math.min(this.#frameBytes, Math.max(MIN_AHEAD_BYTES, cameBytes * AHEAD_FACTOR));
  }

  #end(): Buffer | undefined {
    if (this.#filledBytes < this.#frameBytes) return undefined;
    const frame = this.#frame;
    this.#frame = undefined;
    this.#headBytes = 0;
    return frame;
  }
}
