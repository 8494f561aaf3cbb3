/**
 * Snappy as Kafka's Java client frames it, after the xerial snappy-java stream: a 16-byte header, then chunks of a
 * 4-byte length and a raw snappy block. librdkafka and others write a single raw block without any of that; both are
 * read, the framed one is written.
 */
import { inflatesTooFar, malformed } from './compression-error.js';
import { lazily } from './lazily.js';
import requireLibrary from './require-library.cjs';

interface SnappyLibrary {
  compressSync(input: Uint8Array, options: typeof COPIED): Buffer;
  uncompressSync(input: Uint8Array, options: typeof COPIED): Buffer;
}

const MAGIC = Buffer.from([0x82, 0x53, 0x4e, 0x41, 0x50, 0x50, 0x59, 0x00]);
const HEADER_BYTES = 16;
const VERSION = 1;
/** What snappy-java's stream puts in a chunk. */
const CHUNK_BYTES = 32 * 1024;

/** Output in memory of V8's own: for blocks this small two to four times faster than memory that needs a finalizer. */
const COPIED = { copyOutputData: true } as const;

const library = lazily(() => requireLibrary('snappy') as SnappyLibrary);

export function compressSnappy(input: Buffer): Buffer {
  const snappy = library();
  const header = Buffer.alloc(HEADER_BYTES);
  MAGIC.copy(header);
  header.writeInt32BE(VERSION, 8);
  header.writeInt32BE(VERSION, 12);
  const parts: Buffer[] = [header];
  for (let at = 0; at < input.length; at += CHUNK_BYTES) {
    const block = snappy.compressSync(input.subarray(at, at + CHUNK_BYTES), COPIED);
    const length = Buffer.allocUnsafe(4);
    length.writeInt32BE(block.length);
    parts.push(length, block);
  }
  return Buffer.concat(parts);
}

export function decompressSnappy(input: Buffer, maxBytes: number): Buffer {
  const snappy = library();
  if (input.length < MAGIC.length || MAGIC.compare(input, 0, MAGIC.length) !== 0) {
    return decompressBlock(snappy, input, maxBytes, maxBytes);
  }
  if (input.length < HEADER_BYTES) throw malformed('snappy', 'ends within its header');
  const parts: Buffer[] = [];
  let produced = 0;
  for (let at = HEADER_BYTES; at < input.length;) {
    if (input.length - at < 4) throw malformed('snappy', 'ends within the length of a chunk');
    const length = input.readInt32BE(at);
    at += 4;
    if (length <= 0 || length > input.length - at) throw malformed('snappy', `has a chunk of ${length} bytes`);
    const part = decompressBlock(snappy, input.subarray(at, at + length), maxBytes - produced, maxBytes);
    parts.push(part);
    produced += part.length;
    at += length;
  }
  return parts.length === 1 && parts[0] !== undefined ? parts[0] : Buffer.concat(parts, produced);
}

/** Inflates one raw block, which states its size first: the bound is checked before anything is allocated. */
function decompressBlock(snappy: SnappyLibrary, block: Buffer, bytesLeft: number, maxBytes: number): Buffer {
  if (statedSize(block) > bytesLeft) throw inflatesTooFar(maxBytes);
  try {
    return snappy.uncompressSync(block, COPIED);
  } catch (error) {
    throw malformed('snappy', 'has a block that cannot be inflated', error);
  }
}

/** The size at the head of a raw block: an unsigned varint of at most 32 bits. */
function statedSize(block: Buffer): number {
  let size = 0;
  for (let index = 0; index < 5; index++) {
    const byte = block[index];
    if (byte === undefined) break;
    size += (byte & 0x7f) * 2 ** (7 * index);
    if (byte < 0x80) return size;
  }
  throw malformed('snappy', 'has a block that does not state its size');
}
