/**
 * The four codecs of Kafka, over the records section of a batch. All of it is synchronous: on a hot node it runs in a
 * worker, which calls `prepareCodec` first. Libraries are loaded when a codec is first used.
 *
 * Decompression treats its input as a stranger's: output is bounded before it is made, malformed input is a VarveError
 * CORRUPT_MESSAGE, and output above the bound MESSAGE_TOO_LARGE.
 */
import { gunzipSync, gzipSync } from 'node:zlib';
import { VarveError } from '../common/errors.js';
import { CompressionCodec, compressionName } from './batch-header.js';
import { inflatesTooFar, malformed } from './compression-error.js';
import { compressLz4, decompressLz4 } from './lz4.js';
import { compressSnappy, decompressSnappy } from './snappy.js';
import { compressZstd, decompressZstd, prepareZstd } from './zstd.js';

/**
 * Resolves once `codec` can be used. Only zstd on a Node without it in zlib (before 22.15) has anything to load; there
 * `compressRecords` and `decompressRecords` need this once in a thread.
 */
export async function prepareCodec(codec: number): Promise<void> {
  if (codec === CompressionCodec.zstd) await prepareZstd();
}

/** Compresses a records section. Empty input is kept valid: each codec makes a frame of nothing. */
export function compressRecords(codec: number, data: Uint8Array): Buffer {
  const input = asBuffer(data);
  switch (codec) {
    case CompressionCodec.none:
      return input;
    case CompressionCodec.gzip:
      return gzipSync(input);
    case CompressionCodec.snappy:
      return compressSnappy(input);
    case CompressionCodec.lz4:
      return compressLz4(input);
    case CompressionCodec.zstd:
      return compressZstd(input);
    default:
      throw unsupportedCodec(codec);
  }
}

/**
 * Inflates a records section to at most `maxBytes`. Throws CORRUPT_MESSAGE when it is malformed, MESSAGE_TOO_LARGE when
 * it holds more, UNSUPPORTED_COMPRESSION_TYPE for an unknown codec.
 */
export function decompressRecords(codec: number, data: Uint8Array, maxBytes: number): Buffer {
  const input = asBuffer(data);
  switch (codec) {
    case CompressionCodec.none:
      return input;
    case CompressionCodec.gzip:
      return decompressGzip(input, maxBytes);
    case CompressionCodec.snappy:
      return decompressSnappy(input, maxBytes);
    case CompressionCodec.lz4:
      return decompressLz4(input, maxBytes);
    case CompressionCodec.zstd:
      return decompressZstd(input, maxBytes);
    default:
      throw unsupportedCodec(codec);
  }
}

export function unsupportedCodec(codec: number): VarveError {
  return new VarveError(
    'UNSUPPORTED_COMPRESSION_TYPE',
    `Compression type ${compressionName(codec) ?? codec} is not known: use none, gzip, snappy, lz4 or zstd.`,
  );
}

function decompressGzip(input: Buffer, maxBytes: number): Buffer {
  try {
    // zlib refuses a bound of 0.
    return gunzipSync(input, { maxOutputLength: Math.max(maxBytes, 1) });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') throw inflatesTooFar(maxBytes);
    throw malformed('gzip', 'is not a gzip stream', error);
  }
}

function asBuffer(data: Uint8Array): Buffer {
  return Buffer.isBuffer(data) ? data : Buffer.from(data.buffer, data.byteOffset, data.byteLength);
}
