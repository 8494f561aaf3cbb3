import { VarveError } from '../common/errors.js';
import type { RecordBytes } from '../record/batch-builder.js';

/** Turns a key or value into what a record holds: bytes, a string (stored as UTF-8), or null. */
export type Serializer<Type> = (data: Type, topic: string) => RecordBytes;

/** Turns the bytes of a key or value into what the program wants. `bytes` is a slice that the program may keep. */
export type Deserializer<Type> = (bytes: Buffer | null, topic: string) => Type;

function wrongLength(what: string, length: number, wanted: number): VarveError {
  return new VarveError('INVALID_RECORD', `A ${what} has ${wanted} bytes, but the record holds ${length}.`);
}

/** Serializers of the types that Kafka's clients ship with, in Kafka's byte formats (big-endian numbers). */
export const serializers = {
  bytes: (data: RecordBytes): RecordBytes => data,
  string: (data: string | null): RecordBytes => data,
  json: (data: unknown): RecordBytes => (data === undefined ? null : JSON.stringify(data)),
  int32: (data: number | null): RecordBytes => {
    if (data === null) return null;
    const bytes = Buffer.allocUnsafe(4);
    bytes.writeInt32BE(data);
    return bytes;
  },
  int64: (data: bigint | null): RecordBytes => {
    if (data === null) return null;
    const bytes = Buffer.allocUnsafe(8);
    bytes.writeBigInt64BE(data);
    return bytes;
  },
  double: (data: number | null): RecordBytes => {
    if (data === null) return null;
    const bytes = Buffer.allocUnsafe(8);
    bytes.writeDoubleBE(data);
    return bytes;
  },
} as const;

/** Deserializers to match. Those of fixed length throw INVALID_RECORD for other bytes. */
export const deserializers = {
  bytes: (bytes: Buffer | null): Buffer | null => bytes,
  string: (bytes: Buffer | null): string | null => (bytes === null ? null : bytes.toString('utf8')),
  json: (bytes: Buffer | null): unknown => (bytes === null ? undefined : JSON.parse(bytes.toString('utf8'))),
  int32: (bytes: Buffer | null): number | null => {
    if (bytes === null) return null;
    if (bytes.length !== 4) throw wrongLength('int32', bytes.length, 4);
    return bytes.readInt32BE();
  },
  int64: (bytes: Buffer | null): bigint | null => {
    if (bytes === null) return null;
    if (bytes.length !== 8) throw wrongLength('int64', bytes.length, 8);
    return bytes.readBigInt64BE();
  },
  double: (bytes: Buffer | null): number | null => {
    if (bytes === null) return null;
    if (bytes.length !== 8) throw wrongLength('double', bytes.length, 8);
    return bytes.readDoubleBE();
  },
} as const;
