import { assert } from '../common/assert.js';
import { NO_EPOCH, type LeaderEpoch, type Offset } from '../common/ids.js';
import * as header from './batch-header.js';
import { compressRecords } from './compression.js';
import { varintSize, varlongSize, writeVarint, writeVarlong } from './varint.js';

/** Strings are written as UTF-8 straight into the batch. */
export type RecordBytes = Uint8Array | string | null;

export interface HeaderInput {
  readonly key: Uint8Array | string;
  readonly value: RecordBytes;
}

/** What a batch says of itself; each has the value of a plain client's batch when left out. */
export interface BatchOptions {
  readonly baseOffset?: Offset;
  readonly leaderEpoch?: LeaderEpoch;
  readonly codec?: header.CompressionCodec;
  readonly producerId?: number;
  readonly producerEpoch?: number;
  readonly baseSequence?: number;
  readonly isTransactional?: boolean;
  readonly isControl?: boolean;
  /** Makes the batch LogAppendTime with this time in ms. */
  readonly appendTimestamp?: number;
  /** Set by compaction: when the batch's tombstones or marker may go, in ms (KIP-534). */
  readonly deleteHorizonMs?: number;
}

/** A record is limited to a Kafka client's int32; what a topic accepts is far less. */
const MAX_BATCH_BYTES = 0x7fff_ffff - header.LOG_OVERHEAD;
const DEFAULT_CAPACITY_BYTES = 16 * 1024;
const NO_HEADERS: readonly HeaderInput[] = [];

/**
 * Writes one batch after the other, each record straight into one growing buffer. Life: `reset(options)`, `append` for
 * each record, then `close()`, whose result is a view of that buffer until the next `reset`, or `detach()`, which gives
 * the buffer away.
 *
 * Invariant between appends: bytes [61, position) are `recordCount` whole records, and offset deltas ascend.
 */
export class BatchBuilder {
  #buffer: Buffer;
  readonly #capacityBytes: number;
  #position = header.RECORDS_AT;
  #count = 0;
  #lastDelta = -1;
  #baseTimestamp = header.NO_TIMESTAMP;
  #maxTimestamp = header.NO_TIMESTAMP;
  #options: BatchOptions = {};

  /** `capacityBytes` is what the buffer starts with, and what one taken by `detach` is replaced by. */
  constructor(capacityBytes = DEFAULT_CAPACITY_BYTES) {
    this.#capacityBytes = Math.max(capacityBytes, header.RECORD_BATCH_OVERHEAD);
    this.#buffer = Buffer.allocUnsafeSlow(this.#capacityBytes);
  }

  /** Records so far. */
  get recordCount(): number {
    return this.#count;
  }

  /** The batch so far in bytes, before compression. */
  get sizeBytes(): number {
    return this.#position;
  }

  /** What fits into the buffer before it grows, in bytes. */
  get capacityBytes(): number {
    return this.#buffer.length;
  }

  /** The greatest timestamp so far in ms; -1 for none. */
  get maxTimestamp(): number {
    return this.#maxTimestamp;
  }

  /**
   * Starts an empty batch; a view that `close` returned is invalid from here on. With `capacityBytes` there is room for as much
   * as that, and the buffer need not grow, which copies it.
   */
  reset(options: BatchOptions = {}, capacityBytes = this.#capacityBytes): this {
    if (this.#buffer.length < capacityBytes) this.#buffer = Buffer.allocUnsafeSlow(capacityBytes);
    this.#options = options;
    this.#position = header.RECORDS_AT;
    this.#count = 0;
    this.#lastDelta = -1;
    this.#maxTimestamp = header.NO_TIMESTAMP;
    // With a delete horizon its field is taken, and the records' deltas count from it.
    this.#baseTimestamp = options.deleteHorizonMs ?? header.NO_TIMESTAMP;
    return this;
  }

  /** Appends a record at the next offset; returns its offset delta. */
  append(timestamp: number, key: RecordBytes, value: RecordBytes, headers = NO_HEADERS): number {
    return this.appendAt(this.#lastDelta + 1, timestamp, key, value, headers);
  }

  /** Appends a record at a given delta, above the last one: compaction leaves gaps. Returns the delta. */
  appendAt(delta: number, timestamp: number, key: RecordBytes, value: RecordBytes, headers = NO_HEADERS): number {
    const timestampDelta = this.#timestampDelta(delta, timestamp);
    const keyBytes = lengthOf(key);
    const valueBytes = lengthOf(value);
    const bodyBytes = bodySize(timestampDelta, delta, keyBytes, valueBytes, headers);
    let at = this.#begin(bodyBytes, timestampDelta, delta);
    const buffer = this.#buffer;
    at = writeBytes(buffer, at, key, keyBytes);
    at = writeBytes(buffer, at, value, valueBytes);
    at = writeVarint(buffer, at, headers.length);
    for (const { key: name, value: content } of headers) {
      at = writeBytes(buffer, at, name, lengthOf(name));
      at = writeBytes(buffer, at, content, lengthOf(content));
    }
    this.#appended(at, delta, timestamp);
    return delta;
  }

  /**
   * As `appendAt`, of a record whose key, value and headers stand in `bytes[start, end)` as a record has them: nothing is made
   * of its headers, which may be millions.
   */
  appendEncoded(delta: number, timestamp: number, bytes: Buffer, start: number, end: number): void {
    const timestampDelta = this.#timestampDelta(delta, timestamp);
    const bodyBytes = 1 + varlongSize(timestampDelta) + varintSize(delta) + end - start;
    const at = this.#begin(bodyBytes, timestampDelta, delta);
    this.#appended(at + bytes.copy(this.#buffer, at, start, end), delta, timestamp);
  }

  #timestampDelta(delta: number, timestamp: number): number {
    assert(delta > this.#lastDelta, 'offset deltas of a batch ascend');
    if (this.#count === 0 && this.#options.deleteHorizonMs === undefined) this.#baseTimestamp = timestamp;
    return timestamp - this.#baseTimestamp;
  }

  /** Makes room for a record and writes what stands before its key; returns where that goes. */
  #begin(bodyBytes: number, timestampDelta: number, delta: number): number {
    this.#reserve(varintSize(bodyBytes) + bodyBytes);
    const buffer = this.#buffer;
    let at = writeVarint(buffer, this.#position, bodyBytes);
    buffer[at++] = 0;
    at = writeVarlong(buffer, at, timestampDelta);
    return writeVarint(buffer, at, delta);
  }

  #appended(end: number, delta: number, timestamp: number): void {
    this.#position = end;
    this.#count++;
    this.#lastDelta = delta;
    if (timestamp > this.#maxTimestamp) this.#maxTimestamp = timestamp;
  }

  /** What the batch would be in bytes, before compression, with this record appended. */
  sizeBytesWith(timestamp: number, key: RecordBytes, value: RecordBytes, headers = NO_HEADERS): number {
    const timestampDelta = this.#count === 0 ? 0 : timestamp - this.#baseTimestamp;
    const body = bodySize(timestampDelta, this.#lastDelta + 1, lengthOf(key), lengthOf(value), headers);
    return this.#position + varintSize(body) + body;
  }

  /**
   * Finishes the batch and returns it whole. Uncompressed it is a view of the builder's buffer, valid until `reset`.
   * `lastOffset` is the batch's own where that is above its last record's (after compaction).
   */
  close(lastOffset?: Offset): Buffer {
    const batch = this.#withHeader(lastOffset);
    sealBatch(batch, 0, batch.length);
    return batch;
  }

  /** As `close`, but the result is the caller's for good. */
  detach(lastOffset?: Offset): Buffer {
    return this.#giveAway(this.close(lastOffset));
  }

  /** As `detach`, but its length and its CRC are not set: for one whose records are exchanged (`replaceRecords`). */
  detachUnsealed(lastOffset?: Offset): Buffer {
    return this.#giveAway(this.#withHeader(lastOffset));
  }

  #giveAway(batch: Buffer): Buffer {
    if (batch.buffer === this.#buffer.buffer) this.#buffer = Buffer.alloc(0);
    return batch;
  }

  #withHeader(lastOffset: Offset | undefined): Buffer {
    const options = this.#options;
    const base = options.baseOffset ?? 0;
    const lastDelta = lastOffset === undefined ? this.#lastDelta : lastOffset - base;
    assert(this.#count > 0 && lastDelta >= this.#lastDelta, 'a batch has a record and reaches to its last one');
    const codec = options.codec ?? header.CompressionCodec.none;
    let batch = this.#buffer.subarray(0, this.#position);
    if (codec !== header.CompressionCodec.none) {
      const compressed = compressRecords(codec, batch.subarray(header.RECORDS_AT));
      batch = Buffer.allocUnsafeSlow(header.RECORDS_AT + compressed.length);
      compressed.copy(batch, header.RECORDS_AT);
    }
    const maxTimestamp = options.appendTimestamp ?? this.#maxTimestamp;
    writeHeader(batch, options, lastDelta, this.#baseTimestamp, maxTimestamp, this.#count);
    return batch;
  }

  #reserve(bytes: number): void {
    const needed = this.#position + bytes;
    assert(needed <= MAX_BATCH_BYTES, 'a batch is at most 2 GiB');
    if (needed <= this.#buffer.length) return;
    const grown = Buffer.allocUnsafeSlow(Math.min(Math.max(needed, this.#buffer.length * 2), MAX_BATCH_BYTES));
    this.#buffer.copy(grown, 0, 0, this.#position);
    this.#buffer = grown;
  }
}

/**
 * What compaction keeps of a batch whose records are all gone, so that its producer's last sequence, or the offsets up
 * to `lastOffset`, are not forgotten (DefaultRecordBatch.writeEmptyHeader).
 */
export function buildEmptyBatch(options: BatchOptions, lastOffset: Offset, maxTimestamp: number): Buffer {
  const batch = Buffer.allocUnsafeSlow(header.RECORD_BATCH_OVERHEAD);
  const lastDelta = lastOffset - (options.baseOffset ?? 0);
  writeHeader(
    batch,
    { ...options, codec: header.CompressionCodec.none },
    lastDelta,
    header.NO_TIMESTAMP,
    maxTimestamp,
    0,
  );
  sealBatch(batch, 0, batch.length);
  return batch;
}

/**
 * The batch at `position` with another records section, compressed with `codec`: how a batch is recompressed. `records`
 * is what `compressRecords` gave, or the plain records for codec none.
 */
export function replaceRecords(
  batch: Buffer,
  position: number,
  codec: header.CompressionCodec,
  records: Uint8Array,
): Buffer {
  const replaced = Buffer.allocUnsafeSlow(header.RECORDS_AT + records.length);
  batch.copy(replaced, 0, position, position + header.RECORDS_AT);
  replaced.set(records, header.RECORDS_AT);
  const attributes = (header.batchAttributes(batch, position) & ~header.COMPRESSION_MASK) | codec;
  replaced.writeUInt16BE(attributes, header.ATTRIBUTES_AT);
  sealBatch(replaced, 0, replaced.length);
  return replaced;
}

/** Makes the batch LogAppendTime: one time in ms for all of its records. No record is touched, compressed or not. */
export function setAppendTimestamp(batch: Buffer, position: number, appendTimestamp: number): void {
  const attributes = header.batchAttributes(batch, position) | header.LOG_APPEND_TIME_BIT;
  batch.writeUInt16BE(attributes, position + header.ATTRIBUTES_AT);
  setMaxTimestamp(batch, position, appendTimestamp);
}

/** Sets the greatest timestamp in ms, and the CRC with it. */
export function setMaxTimestamp(batch: Buffer, position: number, maxTimestamp: number): void {
  header.writeInt64(batch, position + header.MAX_TIMESTAMP_AT, maxTimestamp);
  batch.writeUInt32BE(header.computeBatchCrc(batch, position), position + header.CRC_AT);
}

/** All fields but length and CRC, for `sealBatch`. */
function writeHeader(
  batch: Buffer,
  options: BatchOptions,
  lastOffsetDelta: number,
  baseTimestamp: number,
  maxTimestamp: number,
  recordCount: number,
): void {
  const attributes =
    (options.codec ?? header.CompressionCodec.none) |
    (options.appendTimestamp === undefined ? 0 : header.LOG_APPEND_TIME_BIT) |
    (options.isTransactional === true ? header.TRANSACTIONAL_BIT : 0) |
    (options.isControl === true ? header.CONTROL_BIT : 0) |
    (options.deleteHorizonMs === undefined ? 0 : header.DELETE_HORIZON_BIT);
  header.writeInt64(batch, header.BASE_OFFSET_AT, options.baseOffset ?? 0);
  batch.writeInt32BE(options.leaderEpoch ?? NO_EPOCH, header.LEADER_EPOCH_AT);
  batch.writeInt8(header.MAGIC_V2, header.MAGIC_AT);
  batch.writeUInt16BE(attributes, header.ATTRIBUTES_AT);
  batch.writeInt32BE(lastOffsetDelta, header.LAST_OFFSET_DELTA_AT);
  header.writeInt64(batch, header.BASE_TIMESTAMP_AT, baseTimestamp);
  header.writeInt64(batch, header.MAX_TIMESTAMP_AT, maxTimestamp);
  header.writeInt64(batch, header.PRODUCER_ID_AT, options.producerId ?? header.NO_PRODUCER_ID);
  batch.writeInt16BE(options.producerEpoch ?? header.NO_PRODUCER_EPOCH, header.PRODUCER_EPOCH_AT);
  batch.writeInt32BE(options.baseSequence ?? header.NO_SEQUENCE, header.BASE_SEQUENCE_AT);
  batch.writeInt32BE(recordCount, header.RECORD_COUNT_AT);
}

/** Sets length and CRC of a batch of `sizeBytes` whose other fields are in place. */
function sealBatch(batch: Buffer, position: number, sizeBytes: number): void {
  batch.writeInt32BE(sizeBytes - header.LOG_OVERHEAD, position + header.LENGTH_AT);
  batch.writeUInt32BE(header.computeBatchCrc(batch, position), position + header.CRC_AT);
}

function lengthOf(bytes: RecordBytes): number {
  if (bytes === null) return -1;
  return typeof bytes === 'string' ? Buffer.byteLength(bytes) : bytes.length;
}

function writeBytes(buffer: Buffer, position: number, bytes: RecordBytes, length: number): number {
  const at = writeVarint(buffer, position, length);
  if (bytes === null) return at;
  if (typeof bytes === 'string') buffer.write(bytes, at);
  else buffer.set(bytes, at);
  return at + length;
}

function nullableSize(length: number): number {
  return varintSize(length) + (length > 0 ? length : 0);
}

/** What the record's length field counts. */
function bodySize(
  timestampDelta: number,
  offsetDelta: number,
  keyBytes: number,
  valueBytes: number,
  headers: readonly HeaderInput[],
): number {
  let size = 1 + varlongSize(timestampDelta) + varintSize(offsetDelta);
  size += nullableSize(keyBytes) + nullableSize(valueBytes) + varintSize(headers.length);
  for (const { key, value } of headers) size += nullableSize(lengthOf(key)) + nullableSize(lengthOf(value));
  return size;
}
