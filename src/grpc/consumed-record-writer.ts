import type { RecordCursor, RecordHeader } from '../record/record-cursor.js';
import { varintBytes, writeVarint } from './consume-encoding.js';

/** Tags of `records` in PartitionRecords, of the fields of ConsumedRecord, and of those of Header. */
const RECORDS_TAG = (9 << 3) | 2;
const OFFSET_TAG = 1 << 3;
const TIMESTAMP_TAG = 2 << 3;
const LEADER_EPOCH_TAG = 3 << 3;
const KEY_TAG = (4 << 3) | 2;
const VALUE_TAG = (5 << 3) | 2;
const HEADERS_TAG = (6 << 3) | 2;
const HEADER_KEY_TAG = (1 << 3) | 2;
const HEADER_VALUE_TAG = (2 << 3) | 2;

const NEGATIVE_VARINT_BYTES = 10;
const NO_HEADERS: readonly RecordHeader[] = [];

/**
 * Writes records as they stand in PartitionRecords, straight from the batch into one growing buffer: a record that is
 * small in a batch would be many times larger as an object.
 */
export class ConsumedRecordWriter {
  #buffer: Buffer;
  #position = 0;

  constructor(capacityBytes: number) {
    this.#buffer = Buffer.allocUnsafeSlow(capacityBytes);
  }

  get sizeBytes(): number {
    return this.#position;
  }

  /** What was written since the last `reset`; a view that the next one makes invalid. */
  get bytes(): Buffer {
    return this.#buffer.subarray(0, this.#position);
  }

  reset(): void {
    this.#position = 0;
  }

  /** Appends the record that `cursor` is on. False: with it there would be more than `maxBytes`. */
  append(cursor: RecordCursor, leaderEpoch: number, maxBytes: number): boolean {
    const headers = cursor.headerCount === 0 ? NO_HEADERS : cursor.headers();
    const body = recordBytes(cursor, leaderEpoch, headers);
    const size = 1 + varintBytes(body) + body;
    if (this.#position + size > maxBytes) return false;
    this.#reserve(size);
    const buffer = this.#buffer;
    let at = this.#position;
    buffer[at++] = RECORDS_TAG;
    at = writeVarint(buffer, at, body);
    buffer[at++] = OFFSET_TAG;
    at = writeInt64(buffer, at, cursor.offset);
    buffer[at++] = TIMESTAMP_TAG;
    at = writeInt64(buffer, at, cursor.timestamp);
    buffer[at++] = LEADER_EPOCH_TAG;
    at = writeInt64(buffer, at, leaderEpoch);
    if (cursor.keyStart >= 0) at = this.#copy(at, KEY_TAG, cursor.bytes, cursor.keyStart, cursor.keyEnd);
    if (cursor.valueStart >= 0) at = this.#copy(at, VALUE_TAG, cursor.bytes, cursor.valueStart, cursor.valueEnd);
    for (const header of headers) at = this.#header(at, header);
    this.#position = at;
    return true;
  }

  #header(start: number, { key, value }: RecordHeader): number {
    const buffer = this.#buffer;
    let at = start;
    buffer[at++] = HEADERS_TAG;
    at = writeVarint(buffer, at, headerBytes(key, value));
    buffer[at++] = HEADER_KEY_TAG;
    at = writeVarint(buffer, at, Buffer.byteLength(key));
    at += buffer.write(key, at);
    return value === null ? at : this.#copy(at, HEADER_VALUE_TAG, value, 0, value.length);
  }

  #copy(at: number, tag: number, from: Buffer, start: number, end: number): number {
    this.#buffer[at] = tag;
    const bytesAt = writeVarint(this.#buffer, at + 1, end - start);
    return bytesAt + from.copy(this.#buffer, bytesAt, start, end);
  }

  #reserve(bytes: number): void {
    const needed = this.#position + bytes;
    if (needed <= this.#buffer.length) return;
    const grown = Buffer.allocUnsafeSlow(Math.max(needed, this.#buffer.length * 2));
    this.#buffer.copy(grown, 0, 0, this.#position);
    this.#buffer = grown;
  }
}

function recordBytes(cursor: RecordCursor, leaderEpoch: number, headers: readonly RecordHeader[]): number {
  let size = 3 + int64Bytes(cursor.offset) + int64Bytes(cursor.timestamp) + int64Bytes(leaderEpoch);
  if (cursor.keyStart >= 0) size += fieldBytes(cursor.keyEnd - cursor.keyStart);
  if (cursor.valueStart >= 0) size += fieldBytes(cursor.valueEnd - cursor.valueStart);
  for (const { key, value } of headers) size += fieldBytes(headerBytes(key, value));
  return size;
}

/** A key that was no UTF-8 has replacement characters by now: other languages refuse a message with anything else. */
function headerBytes(key: string, value: Buffer | null): number {
  return fieldBytes(Buffer.byteLength(key)) + (value === null ? 0 : fieldBytes(value.length));
}

function fieldBytes(length: number): number {
  return 1 + varintBytes(length) + length;
}

function int64Bytes(value: number): number {
  if (value < 0) return NEGATIVE_VARINT_BYTES;
  let bytes = 1;
  for (let rest = value; rest >= 0x80; rest = Math.floor(rest / 0x80)) bytes += 1;
  return bytes;
}

/** A safe integer as protobuf has int32 and int64: a varint of its two's complement in 64 bits. */
function writeInt64(buffer: Buffer, position: number, value: number): number {
  if (value >= 0 && value < 0x8000_0000) return writeVarint(buffer, position, value);
  let at = position;
  if (value >= 0) {
    let rest = value;
    for (; rest >= 0x80; rest = Math.floor(rest / 0x80)) buffer[at++] = (rest % 0x80) | 0x80;
    buffer[at++] = rest;
    return at;
  }
  let rest = BigInt.asUintN(64, BigInt(value));
  for (; rest >= 0x80n; rest >>= 7n) buffer[at++] = Number(rest & 0x7fn) | 0x80;
  buffer[at++] = Number(rest);
  return at;
}
