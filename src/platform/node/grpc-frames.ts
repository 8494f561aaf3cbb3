import { TransportError } from '../transport.js';

/** A gRPC message on the wire: one byte of flags (1: compressed), four of length (big-endian), then the message. */
export const FRAME_HEADER_BYTES = 5;

const NOTHING = Buffer.alloc(0);

/** The header of a frame around `length` bytes, alone: the message itself is written as it is, uncopied. */
export function frameHeader(length: number): Buffer {
  const header = Buffer.allocUnsafe(FRAME_HEADER_BYTES);
  writeFrameHeader(header, length);
  return header;
}

/** A frame in one piece: for a small message one write costs more than a copy. */
export function frame(message: Uint8Array): Buffer {
  const framed = Buffer.allocUnsafe(FRAME_HEADER_BYTES + message.length);
  writeFrameHeader(framed, message.length);
  framed.set(message, FRAME_HEADER_BYTES);
  return framed;
}

function writeFrameHeader(buffer: Buffer, length: number): void {
  buffer[0] = 0;
  buffer.writeUInt32BE(length, 1);
}

/**
 * Cuts a stream of chunks into messages. A message within one chunk is a slice of it; one that spans chunks is copied
 * once, into a buffer of its own size.
 */
export class FrameDecoder {
  readonly #maxMessageBytes: number;
  readonly #header = Buffer.allocUnsafe(FRAME_HEADER_BYTES);
  /** Bytes of `#header` that have come, where a header spans chunks. */
  #headerFilled = 0;
  #chunk: Buffer = NOTHING;
  /** 0 <= position <= chunk.length; what is before it has been used. */
  #position = 0;
  #message: Buffer | undefined;
  /** 0 <= filled < message.length while there is a message in the making. */
  #filled = 0;

  constructor(maxMessageBytes: number) {
    this.#maxMessageBytes = maxMessageBytes;
  }

  /** True when all that came was whole messages, and all were taken. */
  get isBetweenMessages(): boolean {
    return this.#message === undefined && this.#headerFilled === 0 && this.#position === this.#chunk.length;
  }

  push(chunk: Buffer): void {
    const rest = this.#chunk.subarray(this.#position);
    this.#chunk = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    this.#position = 0;
  }

  /** The next whole message; throws a TransportError (`tooLarge`, `protocol`) for what no decoder can go on from. */
  next(): Buffer | undefined {
    if (this.#message === undefined) {
      const whole = this.#start();
      if (whole !== undefined) return whole;
    }
    return this.#message === undefined ? undefined : this.#continue(this.#message);
  }

  /** Reads a header; gives the message when it lies in this chunk whole, else makes room for it in `#message`. */
  #start(): Buffer | undefined {
    const available = this.#chunk.length - this.#position;
    if (available === 0) return undefined;
    let length: number;
    if (this.#headerFilled === 0 && available >= FRAME_HEADER_BYTES) {
      length = this.#readHeader(this.#chunk, this.#position);
      this.#position += FRAME_HEADER_BYTES;
    } else {
      const taken = Math.min(FRAME_HEADER_BYTES - this.#headerFilled, available);
      this.#chunk.copy(this.#header, this.#headerFilled, this.#position, this.#position + taken);
      this.#headerFilled += taken;
      this.#position += taken;
      if (this.#headerFilled < FRAME_HEADER_BYTES) return undefined;
      this.#headerFilled = 0;
      length = this.#readHeader(this.#header, 0);
    }
    if (this.#chunk.length - this.#position >= length) {
      const message = this.#chunk.subarray(this.#position, this.#position + length);
      this.#position += length;
      return message;
    }
    // Not from Node's shared pool: a message that spans chunks is large, and lives longer than its neighbours.
    this.#message = Buffer.allocUnsafeSlow(length);
    this.#filled = 0;
    return undefined;
  }

  #continue(message: Buffer): Buffer | undefined {
    const taken = Math.min(message.length - this.#filled, this.#chunk.length - this.#position);
    this.#chunk.copy(message, this.#filled, this.#position, this.#position + taken);
    this.#filled += taken;
    this.#position += taken;
    if (this.#filled < message.length) return undefined;
    this.#message = undefined;
    return message;
  }

  #readHeader(buffer: Buffer, position: number): number {
    if (buffer[position] !== 0) {
      throw new TransportError('protocol', 'A message is compressed, and no message encoding was agreed on.');
    }
    const length = buffer.readUInt32BE(position + 1);
    if (length > this.#maxMessageBytes) {
      const limit = this.#maxMessageBytes;
      throw new TransportError('tooLarge', `A message of ${length} bytes is larger than the limit of ${limit} bytes.`);
    }
    return length;
  }
}
