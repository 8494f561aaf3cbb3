import type { BufferRelease } from './buffer-release.js';

/** All that stands between two pieces of what one call receives (RFC 9113, section 4.1). */
const FRAME_HEADER_BYTES = 9;
/** Of smaller ones the collector has no trouble with the memory. */
const MIN_RELEASED_BYTES = 12 * 1024;

/**
 * Which of the buffers that its connection was read into a call has to itself, and is done with.
 *
 * What arrives for one call is a row of pieces, slices of those buffers. When the pieces fill a buffer but for the frame headers
 * between them, no other call has a piece of it. Node's own parser may still be in it: that it is not is certain once a piece of
 * a later buffer comes.
 */
export class PiecesOfCall {
  readonly #release: BufferRelease;
  #buffer: ArrayBufferLike | undefined;
  /** Where the last piece in it ends. */
  #end = 0;
  /** The call has had everything up to there. */
  #isWhole = false;

  constructor(release: BufferRelease) {
    this.#release = release;
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
    if (this.#isWhole && buffer.byteLength - this.#end <= FRAME_HEADER_BYTES) this.#release.free(buffer);
  }
}
