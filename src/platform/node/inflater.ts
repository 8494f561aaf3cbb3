import { promisify } from 'node:util';
import { gunzip, inflate } from 'node:zlib';
import { Metadata } from '@grpc/grpc-js';
import type { ErrorName } from '../../common/errors.js';
import { errorStatus } from './grpc-status.js';
import type { CallStatus } from './grpc-status.js';

const CODECS = new Map([
  ['gzip', promisify(gunzip)],
  ['deflate', promisify(inflate)],
]);

/** What is inflated at a time: each piece is a way to another thread and back. */
const LEAST_PIECE_BYTES = 16 * 1024;
const MOST_PIECE_BYTES = 256 * 1024;
const PIECE_FACTOR = 64;

/** A message that cannot be had; the status that ends its call. */
class MessageRefusal extends Error implements CallStatus {
  readonly code: CallStatus['code'];
  readonly details: string;
  readonly metadata: Metadata;

  constructor(name: ErrorName, message: string) {
    super(message);
    const { code, details, metadata = new Metadata() } = errorStatus(name, message);
    this.code = code;
    this.details = details;
    this.metadata = metadata;
  }
}

/**
 * Inflates the messages that clients compress (gRPC's own compression, beside that of record batches). A kilobyte may become a
 * megabyte: one message at a time, whatever has arrived, and none that is larger then than it could have been sent.
 */
export class Inflater {
  readonly #maxBytes: number;
  #turn: Promise<unknown> = Promise.resolve();

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  /** Rejects with the status that ends the call. `isOver`: nobody waits for the message any more. */
  inflate(message: Buffer, encoding: string, isOver: () => boolean): Promise<Buffer> {
    const inflated = this.#turn.then(() => (isOver() ? Buffer.alloc(0) : this.#inflate(message, encoding)));
    this.#turn = inflated.catch(() => {});
    return inflated;
  }

  async #inflate(message: Buffer, encoding: string): Promise<Buffer> {
    const codec = CODECS.get(encoding);
    if (codec === undefined) {
      const known = [...CODECS.keys()].join(', ');
      throw new MessageRefusal(
        'UNSUPPORTED_COMPRESSION_TYPE',
        `grpc-encoding is ${known} or identity, not '${encoding}'.`,
      );
    }
    const chunkSize = Math.min(Math.max(LEAST_PIECE_BYTES, PIECE_FACTOR * message.length), MOST_PIECE_BYTES);
    try {
      return await codec(message, { maxOutputLength: this.#maxBytes, chunkSize });
    } catch (error) {
      if (error instanceof RangeError) {
        throw new MessageRefusal(
          'MESSAGE_TOO_LARGE',
          `The message, once inflated, has more than ${this.#maxBytes} bytes: send less in one.`,
        );
      }
      throw new MessageRefusal('INVALID_REQUEST', `The message is not what grpc-encoding says, ${encoding}.`);
    }
  }
}
