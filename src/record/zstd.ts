/**
 * Zstandard (RFC 8878): Node's own from 22.15 on, before that a WebAssembly build, which has to be loaded once in a
 * thread. The frames are walked first, without inflating: their headers and block headers bound what can come out.
 */
import * as zlib from 'node:zlib';
import { VarveError } from '../common/errors.js';
import { inflatesTooFar, malformed } from './compression-error.js';
import { lazily } from './lazily.js';
import requireLibrary from './require-library.cjs';

/** Node's zlib from 22.15 on; the types that Varve builds with are of Node 20. */
interface NodeZstd {
  readonly zstdCompressSync?: (input: Uint8Array) => Buffer;
  readonly zstdDecompressSync?: (input: Uint8Array, options: { maxOutputLength: number }) => Buffer;
}

interface ZstdLibrary {
  init(): Promise<void>;
  compress(input: Uint8Array, level: number): Uint8Array;
  /** `defaultHeapSize` is the room for the output of a frame that does not state its size. */
  decompress(input: Uint8Array, options: { defaultHeapSize: number }): Uint8Array;
}

const FRAME_MAGIC = 0xfd2fb528;
/** Any of the 16 magics 0x184D2A50 to 0x184D2A5F: metadata to be skipped. */
const SKIPPABLE_MAGIC = 0x184d2a50;
const BLOCK_HEADER_BYTES = 3;
const MAX_BLOCK_BYTES = 128 * 1024;
const LEVEL = 3;

const nodeZstd: NodeZstd = zlib as NodeZstd;

const library = lazily(() => requireLibrary('@bokuweb/zstd-wasm') as ZstdLibrary);

/** One loading for all who ask for it. */
const loaded = lazily(() => library().init());

/** Resolves once the functions below can be called in this thread. Calling it again is cheap. */
export async function prepareZstd(): Promise<void> {
  if (nodeZstd.zstdDecompressSync === undefined) await loaded();
}

/** The library has no way to ask: a tiny compression fails until it is loaded. */
function isLoaded(): boolean {
  try {
    return library().compress(Buffer.from([0]), LEVEL).length > 0;
  } catch {
    return false;
  }
}

export function compressZstd(input: Buffer): Buffer {
  if (nodeZstd.zstdCompressSync !== undefined) return nodeZstd.zstdCompressSync(input);
  try {
    return asBuffer(library().compress(input, LEVEL));
  } catch (error) {
    throw notLoaded(error);
  }
}

export function decompressZstd(input: Buffer, maxBytes: number): Buffer {
  const parts: Buffer[] = [];
  let produced = 0;
  for (let at = 0; at < input.length;) {
    const frame = readFrame(input, at);
    if (frame.outputBytes !== undefined && frame.outputBytes > maxBytes - produced) throw inflatesTooFar(maxBytes);
    if (frame.mostBytes > 0) {
      const bound = Math.min(frame.outputBytes ?? frame.mostBytes, maxBytes - produced);
      const part = inflateFrame(input.subarray(at, frame.end), bound, frame.mostBytes > bound, maxBytes);
      parts.push(part);
      produced += part.length;
    }
    at = frame.end;
  }
  return parts.length === 1 && parts[0] !== undefined ? parts[0] : Buffer.concat(parts, produced);
}

function inflateFrame(frame: Buffer, outputBytes: number, isBoundTight: boolean, maxBytes: number): Buffer {
  try {
    if (nodeZstd.zstdDecompressSync !== undefined) {
      return nodeZstd.zstdDecompressSync(frame, { maxOutputLength: Math.max(outputBytes, 1) });
    }
    return asBuffer(library().decompress(frame, { defaultHeapSize: Math.max(outputBytes, 1) }));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') throw inflatesTooFar(maxBytes);
    if (nodeZstd.zstdDecompressSync === undefined && !isLoaded()) throw notLoaded(error);
    // The WebAssembly build gives an error number only, and 70 means that the output did not fit (zstd_errors.h).
    if (isBoundTight && String(error).includes('-70')) throw inflatesTooFar(maxBytes);
    throw malformed('zstd', 'has a frame that cannot be inflated', error);
  }
}

interface Frame {
  /** Behind the frame. */
  readonly end: number;
  /** What the frame says that it inflates to; undefined where it does not. */
  readonly outputBytes: number | undefined;
  /** No frame with these blocks inflates to more. */
  readonly mostBytes: number;
}

function readFrame(input: Buffer, start: number): Frame {
  if (input.length - start < 8) throw malformed('zstd', 'ends within a frame header');
  const magic = input.readUInt32LE(start);
  if ((magic & ~0xf) >>> 0 === SKIPPABLE_MAGIC) {
    const end = start + 8 + input.readUInt32LE(start + 4);
    if (end > input.length) throw malformed('zstd', 'ends within a skippable frame');
    return { end, outputBytes: 0, mostBytes: 0 };
  }
  if (magic !== FRAME_MAGIC) throw malformed('zstd', 'has no frame where one must be');
  const descriptor = input.readUInt8(start + 4);
  const isSingleSegment = (descriptor & 0x20) !== 0;
  const dictionaryIdBytes = [0, 1, 2, 4][descriptor & 3] ?? 0;
  const sizeFlag = descriptor >> 6;
  const sizeBytes = sizeFlag === 0 ? Number(isSingleSegment) : 1 << sizeFlag;
  const sizeAt = start + 5 + (isSingleSegment ? 0 : 1) + dictionaryIdBytes;
  if (sizeAt + sizeBytes > input.length) throw malformed('zstd', 'ends within a frame header');
  const outputBytes = sizeBytes === 0 ? undefined : contentSize(input, sizeAt, sizeBytes);
  let { at, mostBytes } = readBlocks(input, sizeAt + sizeBytes);
  if (descriptor & 0x04) at += 4;
  if (at > input.length) throw malformed('zstd', 'ends within a frame');
  if (outputBytes !== undefined && outputBytes > mostBytes)
    throw malformed('zstd', 'states a size that it cannot have');
  mostBytes = outputBytes === 0 ? 0 : mostBytes;
  return { end: at, outputBytes, mostBytes };
}

/** Goes over the blocks of a frame by their headers. */
function readBlocks(input: Buffer, start: number): { at: number; mostBytes: number } {
  let at = start;
  let mostBytes = 0;
  for (let isLast = false; !isLast;) {
    if (input.length - at < BLOCK_HEADER_BYTES) throw malformed('zstd', 'ends within a frame');
    const header = input.readUIntLE(at, BLOCK_HEADER_BYTES);
    const size = header >> 3;
    const type = (header >> 1) & 3;
    isLast = (header & 1) === 1;
    // Types: 0 stored, 1 one byte repeated, 2 compressed, 3 reserved.
    if (type === 3 || size > MAX_BLOCK_BYTES) throw malformed('zstd', 'has a malformed block');
    mostBytes += type === 2 ? MAX_BLOCK_BYTES : size;
    at += BLOCK_HEADER_BYTES + (type === 1 ? 1 : size);
  }
  return { at, mostBytes };
}

function contentSize(input: Buffer, at: number, sizeBytes: number): number {
  switch (sizeBytes) {
    case 1:
      return input.readUInt8(at);
    case 2:
      return input.readUInt16LE(at) + 256;
    case 4:
      return input.readUInt32LE(at);
    default:
      return input.readUInt32LE(at + 4) * 2 ** 32 + input.readUInt32LE(at);
  }
}

function notLoaded(cause: unknown): VarveError {
  return new VarveError(
    'UNSUPPORTED_COMPRESSION_TYPE',
    'zstd is not loaded in this thread: call prepareCodec first, or use Node 22.15 or newer.',
    { cause },
  );
}

function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
