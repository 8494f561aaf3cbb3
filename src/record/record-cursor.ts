import { VarveError } from '../common/errors.js';
import type { Offset } from '../common/ids.js';
import {
  CompressionCodec,
  DELETE_HORIZON_BIT,
  LOG_APPEND_TIME_BIT,
  RECORDS_AT,
  batchAttributes,
  batchBaseOffset,
  batchBaseSequence,
  batchBaseTimestamp,
  batchMaxTimestamp,
  batchRecordCount,
  batchSizeBytes,
  addToSequence,
  compressionCodec,
  NO_SEQUENCE,
} from './batch-header.js';
import { decompressRecords } from './compression.js';

/** A header of a record; keys are UTF-8 and may repeat. */
export interface RecordHeader {
  readonly key: string;
  readonly value: Buffer | null;
}

/** One record as an object, for where convenience matters more than its cost. Its bytes are slices of the batch. */
export interface LogRecord {
  readonly offset: Offset;
  /** Milliseconds; -1 where the producer gave none. */
  readonly timestamp: number;
  readonly key: Buffer | null;
  readonly value: Buffer | null;
  readonly headers: readonly RecordHeader[];
}

/** What a batch may inflate to unless its reader says otherwise. */
export const DEFAULT_MAX_DECOMPRESSED_BYTES = 128 * 1024 * 1024;

const NULL_LENGTH = -1;
const NOTHING = Buffer.alloc(0);

/**
 * Goes over the records of one batch without making an object a record: `next()` moves to the following one, and the
 * properties then describe it. Every length is checked against what is there, so that a batch from outside can do no
 * worse than a VarveError CORRUPT_MESSAGE. One cursor is reused for any number of batches.
 *
 * Invariant while on a record: recordStart < keyEnd <= valueEnd <= headersEnd = recordEnd <= end of the section.
 */
export class RecordCursor {
  /** The section that the positions below point into: the batch itself, or what it inflated to. */
  bytes: Buffer = NOTHING;
  offset: Offset = 0;
  /** Relative to the base offset, as the record has it. */
  offsetDelta = 0;
  /** The record's place in the batch, from 0. */
  index = -1;
  timestamp = 0;
  /** The producer's sequence of the record; -1 without one. */
  sequence = NO_SEQUENCE;
  recordStart = 0;
  recordEnd = 0;
  /** From here to the record's end are key, value and headers as they are encoded: all but what depends on its place. */
  contentStart = 0;
  /** -1 for a null key. */
  keyStart = -1;
  keyEnd = 0;
  /** -1 for a null value: a tombstone. */
  valueStart = -1;
  valueEnd = 0;
  headerCount = 0;
  headersStart = 0;

  #at = 0;
  #end = 0;
  #count = 0;
  #baseOffset = 0;
  #baseTimestamp = 0;
  #baseSequence = NO_SEQUENCE;
  /** Set by the broker for all records of the batch; undefined when each has its own. */
  #appendTimestamp: number | undefined;

  /**
   * Opens the batch at `position`, inflating it when it is compressed: throws CORRUPT_MESSAGE when that fails,
   * MESSAGE_TOO_LARGE when it gives more than `maxDecompressedBytes`.
   */
  open(batch: Buffer, position = 0, maxDecompressedBytes = DEFAULT_MAX_DECOMPRESSED_BYTES): this {
    const end = position + batchSizeBytes(batch, position);
    const codec = compressionCodec(batchAttributes(batch, position));
    if (codec === CompressionCodec.none) return this.#open(batch, position, batch, position + RECORDS_AT, end);
    const records = decompressRecords(codec, batch.subarray(position + RECORDS_AT, end), maxDecompressedBytes);
    return this.#open(batch, position, records, 0, records.length);
  }

  /** Opens the compressed batch at `position` whose records section a worker has inflated to `records`. */
  openInflated(batch: Buffer, position: number, records: Buffer): this {
    return this.#open(batch, position, records, 0, records.length);
  }

  /** Goes back (or on) to before the record `index`, which starts at byte `start` of the same section. */
  moveTo(index: number, start: number): void {
    this.index = index - 1;
    this.#at = start;
  }

  /** Records in the batch, by its header. */
  get count(): number {
    return this.#count;
  }

  /** Moves to the next record; false after the last, which must end where the batch does. */
  next(): boolean {
    if (this.index + 1 >= this.#count) {
      if (this.#at !== this.#end) this.#corrupt('has bytes behind its last record');
      this.index = this.#count;
      return false;
    }
    this.index++;
    this.recordStart = this.#at;
    const length = this.#readVarint();
    this.recordEnd = this.#at + length;
    if (length < 0 || this.recordEnd > this.#end) this.#corrupt(`has a length of ${length}, more than there is`);
    this.#at++; // The record's attributes: unused in magic 2, and ignored by Kafka.
    const timestamp = this.#baseTimestamp + this.#readVarlong();
    this.timestamp = this.#appendTimestamp ?? timestamp;
    this.offsetDelta = this.#readVarint();
    this.offset = this.#baseOffset + this.offsetDelta;
    if (this.#baseSequence !== NO_SEQUENCE) this.sequence = addToSequence(this.#baseSequence, this.offsetDelta);
    this.contentStart = this.#at;
    const keyLength = this.#readVarint();
    this.keyStart = keyLength < 0 ? -1 : this.#at;
    this.keyEnd = this.#skip(keyLength, 'key');
    const valueLength = this.#readVarint();
    this.valueStart = valueLength < 0 ? -1 : this.#at;
    this.valueEnd = this.#skip(valueLength, 'value');
    this.headerCount = this.#readVarint();
    this.headersStart = this.#at;
    if (this.headerCount !== 0) this.#skipHeaders();
    if (this.#at !== this.recordEnd) this.#corrupt('has another length than it states');
    return true;
  }

  /** Of the record, as it stands there. */
  get sizeBytes(): number {
    return this.recordEnd - this.recordStart;
  }

  /** The key, a slice of the batch; null where there is none. */
  key(): Buffer | null {
    return this.keyStart < 0 ? null : this.bytes.subarray(this.keyStart, this.keyEnd);
  }

  /** The value, a slice of the batch; null for a tombstone. */
  value(): Buffer | null {
    return this.valueStart < 0 ? null : this.bytes.subarray(this.valueStart, this.valueEnd);
  }

  /** The headers, in their order. */
  headers(): RecordHeader[] {
    return this.headerCount === 0 ? [] : readHeaders(this.bytes, this.headersStart, this.headerCount);
  }

  /** The record as an object. */
  record(): LogRecord {
    return {
      offset: this.offset,
      timestamp: this.timestamp,
      key: this.key(),
      value: this.value(),
      headers: this.headers(),
    };
  }

  #open(batch: Buffer, position: number, bytes: Buffer, start: number, end: number): this {
    const attributes = batchAttributes(batch, position);
    this.bytes = bytes;
    this.#at = start;
    this.#end = end;
    this.#count = batchRecordCount(batch, position);
    this.#baseOffset = batchBaseOffset(batch, position);
    this.#baseSequence = batchBaseSequence(batch, position);
    this.sequence = NO_SEQUENCE;
    this.#baseTimestamp = batchBaseTimestamp(batch, position);
    this.#appendTimestamp = attributes & LOG_APPEND_TIME_BIT ? batchMaxTimestamp(batch, position) : undefined;
    this.index = -1;
    return this;
  }

  #skipHeaders(): void {
    if (this.headerCount < 0) this.#corrupt(`has ${this.headerCount} headers`);
    for (let n = 0; n < this.headerCount; n++) {
      const keyLength = this.#readVarint();
      if (keyLength < 0) this.#corrupt('has a header without a key');
      this.#at = this.#skip(keyLength, 'header key');
      this.#at = this.#skip(this.#readVarint(), 'header value');
    }
  }

  /** Moves over `length` bytes, -1 standing for null, and returns where they end. */
  #skip(length: number, what: string): number {
    if (length <= 0) {
      if (length < NULL_LENGTH) this.#corrupt(`has a ${what} of ${length} bytes`);
      return this.#at;
    }
    const end = this.#at + length;
    if (end > this.recordEnd) this.#corrupt(`has a ${what} that ends behind the record`);
    this.#at = end;
    return end;
  }

  #readVarint(): number {
    const bytes = this.bytes;
    let at = this.#at;
    if (at >= this.#end) this.#corrupt('is cut short');
    let byte = bytes[at++] as number;
    let value = byte & 0x7f;
    for (let shift = 7; byte > 0x7f; shift += 7) {
      if (shift > 28) this.#corrupt('has a varint of more than 5 bytes');
      if (at >= this.#end) this.#corrupt('is cut short');
      byte = bytes[at++] as number;
      value |= (byte & 0x7f) << shift;
    }
    this.#at = at;
    return (value >>> 1) ^ -(value & 1);
  }

  /** A varlong as a safe integer; one beyond that range is as unusable as a malformed one. */
  #readVarlong(): number {
    const bytes = this.bytes;
    let at = this.#at;
    let low = 0;
    let high = 0;
    let scale = 1;
    let byte = 0x80;
    for (let shift = 0; byte > 0x7f; shift += 7) {
      if (shift > 63) this.#corrupt('has a varlong of more than 10 bytes');
      if (at >= this.#end) this.#corrupt('is cut short');
      byte = bytes[at++] as number;
      if (shift < 28) {
        low |= (byte & 0x7f) << shift;
      } else {
        high += (byte & 0x7f) * scale;
        scale *= 128;
      }
    }
    this.#at = at;
    if (high === 0) return (low >>> 1) ^ -(low & 1);
    const magnitude = high * 0x800_0000 + (low >>> 1);
    if (magnitude > Number.MAX_SAFE_INTEGER) {
      throw new VarveError(
        'INVALID_TIMESTAMP',
        `Record ${this.index} of the batch has a timestamp beyond 2^53 ms: send milliseconds since 1970.`,
      );
    }
    return low & 1 ? -magnitude - 1 : magnitude;
  }

  #corrupt(what: string): never {
    throw new VarveError('CORRUPT_MESSAGE', `Record ${this.index} of the batch at offset ${this.#baseOffset} ${what}.`);
  }
}

/**
 * The `count` headers that stand at `start`. A cursor has been over them and has checked every length: `bytes` and `start` are
 * its own, of the record that it was on.
 */
export function readHeaders(bytes: Buffer, start: number, count: number): RecordHeader[] {
  const headers: RecordHeader[] = [];
  let at = start;
  const readLength = (): number => {
    let byte = bytes[at++] ?? 0;
    let value = byte & 0x7f;
    for (let shift = 7; byte > 0x7f; shift += 7) {
      byte = bytes[at++] ?? 0;
      value |= (byte & 0x7f) << shift;
    }
    return (value >>> 1) ^ -(value & 1);
  };
  for (let n = 0; n < count; n++) {
    const keyLength = readLength();
    const key = bytes.toString('utf8', at, at + keyLength);
    at += keyLength;
    const valueLength = readLength();
    const value = valueLength < 0 ? null : bytes.subarray(at, at + valueLength);
    if (value !== null) at += valueLength;
    headers.push({ key, value });
  }
  return headers;
}

/**
 * The records of all whole batches in `buffer[position, end)`, as objects; control batches too, unless left out. A
 * batch cut short by the end, as a fetch may return, ends it. Throws as RecordCursor does.
 */
export function* records(
  buffer: Buffer,
  position = 0,
  end = buffer.length,
  maxDecompressedBytes = DEFAULT_MAX_DECOMPRESSED_BYTES,
): Generator<LogRecord, void, undefined> {
  const cursor = new RecordCursor();
  for (const at of batchPositions(buffer, position, end)) {
    cursor.open(buffer, at, maxDecompressedBytes);
    while (cursor.next()) yield cursor.record();
  }
}

/** The positions of the whole batches in `buffer[position, end)`; throws CORRUPT_MESSAGE on an impossible length. */
export function* batchPositions(buffer: Buffer, position = 0, end = buffer.length): Generator<number, void, undefined> {
  let at = position;
  while (end - at >= RECORDS_AT) {
    const size = batchSizeBytes(buffer, at);
    if (size < RECORDS_AT) {
      throw new VarveError('CORRUPT_MESSAGE', `The batch at byte ${at} states ${size} bytes, less than its header.`);
    }
    if (size > end - at) return;
    yield at;
    at += size;
  }
}

/** When compaction may drop the tombstones or the marker of a batch (KIP-534), in ms; undefined while not set. */
export function batchDeleteHorizonMs(buffer: Buffer, position: number): number | undefined {
  return batchAttributes(buffer, position) & DELETE_HORIZON_BIT ? batchBaseTimestamp(buffer, position) : undefined;
}
