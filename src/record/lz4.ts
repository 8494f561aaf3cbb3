/**
 * LZ4 frames as Kafka writes them (Lz4BlockOutputStream.java; LZ4 frame format 1.6): independent blocks of 64 KiB, no
 * content size, no checksums but the header's. Read are frames with any block size and optional fields, but dependent
 * blocks are refused, as Kafka refuses them. The blocks go through the library one at a time, each bounded.
 */
import { inflatesTooFar, malformed } from './compression-error.js';
import { lazily } from './lazily.js';
import requireLibrary from './require-library.cjs';
import { xxh32Short } from './xxh32.js';

interface Lz4Library {
  /** Gives a 4-byte little-endian size, then the block. */
  compressSync(input: Buffer): Buffer;
  /** Takes the same; the size is how much may come out, and less is accepted. */
  uncompressSync(input: Buffer): Buffer;
}

const MAGIC = 0x184d2204;
const VERSION_BITS = 0x40;
const VERSION_MASK = 0xc0;
const INDEPENDENT_BLOCKS = 0x20;
const BLOCK_CHECKSUM = 0x10;
const CONTENT_SIZE = 0x08;
const CONTENT_CHECKSUM = 0x04;
const DICTIONARY_ID = 0x01;
const WRITTEN_FLAGS = VERSION_BITS | INDEPENDENT_BLOCKS;
/** Block size id 4: 64 KiB. */
const WRITTEN_BLOCK_DESCRIPTOR = 0x40;
const WRITTEN_BLOCK_BYTES = 64 * 1024;
const STORED_BIT = 0x8000_0000;
const FRAME_HEADER_BYTES = 7;
const SIZE_BYTES = 4;

const library = lazily(() => requireLibrary('lz4-napi') as Lz4Library);

export function compressLz4(input: Buffer): Buffer {
  const lz4 = library();
  const header = Buffer.allocUnsafe(FRAME_HEADER_BYTES);
  header.writeUInt32LE(MAGIC);
  header[4] = WRITTEN_FLAGS;
  header[5] = WRITTEN_BLOCK_DESCRIPTOR;
  header[6] = headerChecksum(header, 4, 6);
  const parts: Buffer[] = [header];
  for (let at = 0; at < input.length; at += WRITTEN_BLOCK_BYTES) {
    const plain = input.subarray(at, at + WRITTEN_BLOCK_BYTES);
    // The library's size prefix becomes the frame's: there it counts the compressed bytes.
    const block = lz4.compressSync(plain);
    const blockBytes = block.length - SIZE_BYTES;
    if (blockBytes < plain.length) {
      block.writeUInt32LE(blockBytes);
      parts.push(block);
    } else {
      const size = Buffer.allocUnsafe(SIZE_BYTES);
      size.writeUInt32LE((plain.length | STORED_BIT) >>> 0);
      parts.push(size, plain);
    }
  }
  parts.push(Buffer.alloc(SIZE_BYTES));
  return Buffer.concat(parts);
}

export function decompressLz4(input: Buffer, maxBytes: number): Buffer {
  const lz4 = library();
  const parts: Buffer[] = [];
  let produced = 0;
  let at = 0;
  do {
    const { flags, maxBlockBytes, blocksAt } = readFrameHeader(input, at);
    at = blocksAt;
    for (;;) {
      const size = readSize(input, at);
      at += SIZE_BYTES;
      if (size === 0) break;
      const end = at + (size & ~STORED_BIT);
      if (end > input.length || end - at > maxBlockBytes) throw malformed('lz4', `has a block of ${end - at} bytes`);
      const block = input.subarray(at, end);
      const part = size & STORED_BIT ? block : inflateBlock(lz4, block, maxBlockBytes, maxBytes - produced, maxBytes);
      produced += part.length;
      if (produced > maxBytes) throw inflatesTooFar(maxBytes);
      parts.push(part);
      at = end + (flags & BLOCK_CHECKSUM ? SIZE_BYTES : 0);
    }
    // Not checked, as in Kafka: the batch's CRC covers the same bytes.
    if (flags & CONTENT_CHECKSUM) at += SIZE_BYTES;
  } while (at < input.length);
  if (at > input.length) throw malformed('lz4', 'ends before its frame does');
  return parts.length === 1 && parts[0] !== undefined ? parts[0] : Buffer.concat(parts, produced);
}

function readFrameHeader(input: Buffer, at: number): { flags: number; maxBlockBytes: number; blocksAt: number } {
  const flags = input[at + 4];
  const blockDescriptor = input[at + 5];
  if (flags === undefined || blockDescriptor === undefined || input.readUInt32LE(at) !== MAGIC) {
    throw malformed('lz4', 'has no frame where one must be');
  }
  if ((flags & VERSION_MASK) !== VERSION_BITS) throw malformed('lz4', 'has a frame of an unknown version');
  if (!(flags & INDEPENDENT_BLOCKS)) throw malformed('lz4', 'has dependent blocks, which Kafka does not allow');
  if (flags & DICTIONARY_ID) throw malformed('lz4', 'needs a dictionary');
  const checksumAt = at + 6 + (flags & CONTENT_SIZE ? 8 : 0);
  if (input[checksumAt] !== headerChecksum(input, at + 4, checksumAt)) {
    throw malformed('lz4', 'has a frame header whose checksum is wrong');
  }
  const sizeId = (blockDescriptor >> 4) & 7;
  if (sizeId < 4) throw malformed('lz4', `has the unknown block size ${sizeId}`);
  return { flags, maxBlockBytes: 1 << (8 + 2 * sizeId), blocksAt: checksumAt + 1 };
}

/** The second byte of the xxHash32 of the frame descriptor in `[start, end)`. */
function headerChecksum(bytes: Buffer, start: number, end: number): number {
  if (end > bytes.length) return -1;
  return (xxh32Short(bytes, start, end) >>> 8) & 0xff;
}

function readSize(input: Buffer, at: number): number {
  if (input.length - at < SIZE_BYTES) throw malformed('lz4', 'ends before its frame does');
  return input.readUInt32LE(at);
}

function inflateBlock(
  lz4: Lz4Library,
  block: Buffer,
  maxBlockBytes: number,
  bytesLeft: number,
  maxBytes: number,
): Buffer {
  // No byte of LZ4 makes more than 255, which keeps the library from clearing 4 MiB for a short block.
  const outputBytes = Math.min(maxBlockBytes, bytesLeft, block.length * 255);
  const prefixed = Buffer.allocUnsafe(SIZE_BYTES + block.length);
  prefixed.writeUInt32LE(outputBytes);
  block.copy(prefixed, SIZE_BYTES);
  try {
    return lz4.uncompressSync(prefixed);
  } catch (error) {
    const message = error instanceof Error ? error.message : '';
    if (outputBytes === bytesLeft && message.includes('too small')) throw inflatesTooFar(maxBytes);
    throw malformed('lz4', 'has a block that cannot be inflated', error);
  }
}
