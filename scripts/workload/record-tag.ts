import { crc32 } from 'node:zlib';
import type { RecordTag } from '../../src/simulation/checkers/client-history.js';

/** The header that numbers a record: which producer sent it, and its number there. */
export const TAG_HEADER = 'varve-n';
const TAG_BYTES = 8;

/** 16 bits of producer, 48 bits of number. */
export function encodeTag(producer: number, number: number): Buffer {
  const tag = Buffer.allocUnsafe(TAG_BYTES);
  tag.writeUInt16BE(producer, 0);
  tag.writeUIntBE(number, 2, 6);
  return tag;
}

/** Undefined for bytes that no `encodeTag` made. */
export function decodeTag(bytes: Uint8Array | null | undefined): RecordTag | undefined {
  if (bytes === null || bytes === undefined || bytes.length !== TAG_BYTES) return undefined;
  const tag = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  return { producer: tag.readUInt16BE(0), number: tag.readUIntBE(2, 6) };
}

/** Over key and value. */
export function recordChecksum(key: string | Uint8Array | null, value: Uint8Array | null): number {
  return crc32(value ?? '', crc32(key ?? ''));
}
