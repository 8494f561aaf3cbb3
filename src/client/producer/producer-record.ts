import { VarveError } from '../../common/errors.js';
import type { HeaderInput, RecordBytes } from '../../record/batch-builder.js';
import type { Serializer } from '../serializers.js';

export interface ProducerRecord<Key = RecordBytes, Value = RecordBytes> {
  readonly topic: string;
  /** By the key, or in turn, unless given. */
  readonly partition?: number;
  readonly key?: Key | null;
  readonly value?: Value | null;
  readonly headers?: readonly HeaderInput[] | Readonly<Record<string, RecordBytes>>;
  /** Unix milliseconds; default now. */
  readonly timestamp?: number;
}

/** A record's overhead in the encoding, at most, beside its headers. */
const RECORD_OVERHEAD_BYTES = 32;

/** The bytes of a key or value. @throws VarveError INVALID_RECORD */
export function serialized<Type>(
  data: Type | null | undefined,
  serializer: Serializer<Type> | undefined,
  topic: string,
  what: 'key' | 'value',
): RecordBytes {
  if (data === undefined || data === null) return null;
  const bytes = serializer === undefined ? (data as unknown) : serializer(data, topic);
  if (bytes === null || isBytes(bytes)) return bytes;
  throw new VarveError(
    'INVALID_RECORD',
    `The ${what} of a record for '${topic}' is neither bytes nor a string: give a ${what}Serializer.`,
  );
}

/** Headers given as a list or as an object, checked. @throws VarveError INVALID_RECORD */
export function headerList(
  headers: readonly HeaderInput[] | Readonly<Record<string, RecordBytes>>,
  topic: string,
): readonly HeaderInput[] {
  const list = Array.isArray(headers)
    ? (headers as readonly HeaderInput[])
    : Object.entries(headers as Readonly<Record<string, RecordBytes>>).map(([key, value]) => ({ key, value }));
  for (const { key, value } of list) {
    if (isBytes(key) && (value === null || isBytes(value))) continue;
    throw new VarveError(
      'INVALID_RECORD',
      `A header of a record for '${topic}' is neither bytes nor a string, or has no name.`,
    );
  }
  return list;
}

/** The program's bytes as they are now: once its call is over, it may change them. */
export function copied<Bytes extends RecordBytes>(bytes: Bytes): Bytes | Buffer {
  return bytes instanceof Uint8Array ? Buffer.from(bytes) : bytes;
}

export function copiedHeader({ key, value }: HeaderInput): HeaderInput {
  return { key: copied(key), value: copied(value) };
}

function isBytes(bytes: unknown): bytes is string | Uint8Array {
  return typeof bytes === 'string' || bytes instanceof Uint8Array;
}

/** An upper bound of what the record takes in a batch. */
export function recordSize(key: RecordBytes, value: RecordBytes, headers: readonly HeaderInput[] | undefined): number {
  let size = RECORD_OVERHEAD_BYTES + bytesOf(key) + bytesOf(value);
  for (const header of headers ?? []) size += bytesOf(header.key) + bytesOf(header.value) + 10;
  return size;
}

function bytesOf(bytes: RecordBytes): number {
  if (bytes === null) return 0;
  return typeof bytes === 'string' ? Buffer.byteLength(bytes) : bytes.length;
}
