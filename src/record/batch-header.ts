/**
 * The header of a RecordBatch of magic 2, as Kafka defines it (DefaultRecordBatch.java, "Record Batch" in Kafka's
 * message format documentation), read and patched in place. No function here makes an object.
 *
 *     0  baseOffset       int64      8  batchLength      int32     12  partitionLeaderEpoch  int32
 *    16  magic            int8      17  crc              uint32    21  attributes            int16
 *    23  lastOffsetDelta  int32     27  baseTimestamp    int64     35  maxTimestamp          int64
 *    43  producerId       int64     51  producerEpoch    int16     53  baseSequence          int32
 *    57  recordsCount     int32     61  records
 *
 * The CRC-32C covers everything from `attributes` to the end, so the leader can set the base offset and its epoch
 * without touching it. The readers trust their input: the caller has a whole header in the buffer, and bytes that come
 * from outside have been through `validateBatch` (batch-validation.ts), which refuses what these would assert.
 */
import { assert } from '../common/assert.js';
import type { LeaderEpoch, Offset } from '../common/ids.js';
import { crc32c } from './crc32c.js';

/** Bytes before the records. */
export const RECORD_BATCH_OVERHEAD = 61;
/** Bytes before what `batchLength` counts: the base offset and the length itself. */
export const LOG_OVERHEAD = 12;
/** The one batch format that there is since Kafka 4.0 (KIP-724). */
export const MAGIC_V2 = 2;

export const BASE_OFFSET_AT = 0;
export const LENGTH_AT = 8;
export const LEADER_EPOCH_AT = 12;
export const MAGIC_AT = 16;
export const CRC_AT = 17;
export const ATTRIBUTES_AT = 21;
export const LAST_OFFSET_DELTA_AT = 23;
export const BASE_TIMESTAMP_AT = 27;
export const MAX_TIMESTAMP_AT = 35;
export const PRODUCER_ID_AT = 43;
export const PRODUCER_EPOCH_AT = 51;
export const BASE_SEQUENCE_AT = 53;
export const RECORD_COUNT_AT = 57;
export const RECORDS_AT = RECORD_BATCH_OVERHEAD;

export const NO_TIMESTAMP = -1;
export const NO_PRODUCER_ID = -1;
export const NO_PRODUCER_EPOCH = -1;
export const NO_SEQUENCE = -1;

/** Bits 0 to 2 of the attributes. */
export const CompressionCodec = { none: 0, gzip: 1, snappy: 2, lz4: 3, zstd: 4 } as const;
export type CompressionName = keyof typeof CompressionCodec;
export type CompressionCodec = (typeof CompressionCodec)[CompressionName];

/** Bit 3 of the attributes: who set the timestamps, the producer or the broker that appended. */
export type TimestampType = 'CreateTime' | 'LogAppendTime';

export const COMPRESSION_MASK = 0x07;
export const LOG_APPEND_TIME_BIT = 0x08;
export const TRANSACTIONAL_BIT = 0x10;
export const CONTROL_BIT = 0x20;
/** Set by compaction: `baseTimestamp` then holds the time from which tombstones and markers may go (KIP-534). */
export const DELETE_HORIZON_BIT = 0x40;
/** The bits that mean something; a batch with another one set is of a later format. */
export const KNOWN_ATTRIBUTES =
  COMPRESSION_MASK | LOG_APPEND_TIME_BIT | TRANSACTIONAL_BIT | CONTROL_BIT | DELETE_HORIZON_BIT;

const TWO_32 = 0x1_0000_0000;
const MAX_INT32 = 0x7fff_ffff;

/** The codec's id as the attributes carry it; 5 to 7 name no codec, see `compressionName`. */
export function compressionCodec(attributes: number): number {
  return attributes & COMPRESSION_MASK;
}

/** Kafka's name of a codec id; undefined for one that is not known. */
export function compressionName(codec: number): CompressionName | undefined {
  switch (codec) {
    case CompressionCodec.none:
      return 'none';
    case CompressionCodec.gzip:
      return 'gzip';
    case CompressionCodec.snappy:
      return 'snappy';
    case CompressionCodec.lz4:
      return 'lz4';
    case CompressionCodec.zstd:
      return 'zstd';
    default:
      return undefined;
  }
}

export function timestampType(attributes: number): TimestampType {
  return attributes & LOG_APPEND_TIME_BIT ? 'LogAppendTime' : 'CreateTime';
}

export function isTransactional(attributes: number): boolean {
  return (attributes & TRANSACTIONAL_BIT) !== 0;
}

export function isControl(attributes: number): boolean {
  return (attributes & CONTROL_BIT) !== 0;
}

export function hasDeleteHorizon(attributes: number): boolean {
  return (attributes & DELETE_HORIZON_BIT) !== 0;
}

/** Whether the int64 at `position` is one that a number holds exactly; what `readInt64` asserts. */
export function isSafeInt64(buffer: Buffer, position: number): boolean {
  return Number.isSafeInteger(buffer.readInt32BE(position) * TWO_32 + buffer.readUInt32BE(position + 4));
}

/** The int64 at `position` as a number; asserts that it is exact. */
export function readInt64(buffer: Buffer, position: number): number {
  const value = buffer.readInt32BE(position) * TWO_32 + buffer.readUInt32BE(position + 4);
  assert(Number.isSafeInteger(value), 'an int64 of a batch is within +-2^53');
  return value;
}

/** Writes a safe integer as an int64. */
export function writeInt64(buffer: Buffer, position: number, value: number): void {
  const high = Math.floor(value / TWO_32);
  buffer.writeInt32BE(high, position);
  buffer.writeUInt32BE(value - high * TWO_32, position + 4);
}

export function batchBaseOffset(buffer: Buffer, position: number): Offset {
  return readInt64(buffer, position + BASE_OFFSET_AT);
}

/** The whole batch in bytes, the first 12 included. */
export function batchSizeBytes(buffer: Buffer, position: number): number {
  return buffer.readInt32BE(position + LENGTH_AT) + LOG_OVERHEAD;
}

export function batchLeaderEpoch(buffer: Buffer, position: number): LeaderEpoch {
  return buffer.readInt32BE(position + LEADER_EPOCH_AT);
}

export function batchMagic(buffer: Buffer, position: number): number {
  return buffer.readInt8(position + MAGIC_AT);
}

/** The CRC-32C that the batch states, unsigned. */
export function batchCrc(buffer: Buffer, position: number): number {
  return buffer.readUInt32BE(position + CRC_AT);
}

export function batchAttributes(buffer: Buffer, position: number): number {
  return buffer.readUInt16BE(position + ATTRIBUTES_AT);
}

export function batchLastOffsetDelta(buffer: Buffer, position: number): number {
  return buffer.readInt32BE(position + LAST_OFFSET_DELTA_AT);
}

/** The offset that the batch reaches to, kept by compaction though its record may be gone. */
export function batchLastOffset(buffer: Buffer, position: number): Offset {
  return batchBaseOffset(buffer, position) + batchLastOffsetDelta(buffer, position);
}

/** The offset after the batch. */
export function batchNextOffset(buffer: Buffer, position: number): Offset {
  return batchLastOffset(buffer, position) + 1;
}

/** Milliseconds; what the records' timestamp deltas add to, or the delete horizon (see `hasDeleteHorizon`). */
export function batchBaseTimestamp(buffer: Buffer, position: number): number {
  return readInt64(buffer, position + BASE_TIMESTAMP_AT);
}

/** Milliseconds; -1 in a batch without records. */
export function batchMaxTimestamp(buffer: Buffer, position: number): number {
  return readInt64(buffer, position + MAX_TIMESTAMP_AT);
}

/** -1 when the producer is not idempotent. */
export function batchProducerId(buffer: Buffer, position: number): number {
  return readInt64(buffer, position + PRODUCER_ID_AT);
}

export function batchProducerEpoch(buffer: Buffer, position: number): number {
  return buffer.readInt16BE(position + PRODUCER_EPOCH_AT);
}

export function batchBaseSequence(buffer: Buffer, position: number): number {
  return buffer.readInt32BE(position + BASE_SEQUENCE_AT);
}

/** The sequence of the batch's last record; -1 when it has none. */
export function batchLastSequence(buffer: Buffer, position: number): number {
  const base = batchBaseSequence(buffer, position);
  if (base === NO_SEQUENCE) return NO_SEQUENCE;
  return addToSequence(base, batchLastOffsetDelta(buffer, position));
}

/** `sequence` + `count` in 0 .. 2^31-1, where the successor of the greatest is 0. */
export function addToSequence(sequence: number, count: number): number {
  const sum = sequence + count;
  return sum > MAX_INT32 ? sum - MAX_INT32 - 1 : sum;
}

/** Whether `sequence` comes after `other`: of the two ways around the circle the shorter one counts. */
export function isLaterSequence(sequence: number, other: number): boolean {
  const ahead = (sequence - other) & MAX_INT32;
  return ahead > 0 && ahead <= MAX_INT32 / 2;
}

/** The records in the batch; after compaction possibly fewer than its offsets. */
export function batchRecordCount(buffer: Buffer, position: number): number {
  return buffer.readInt32BE(position + RECORD_COUNT_AT);
}

/** Makes the batch the leader's own: sets what the CRC does not cover. */
export function setBaseOffsetAndEpoch(
  buffer: Buffer,
  position: number,
  baseOffset: Offset,
  leaderEpoch: LeaderEpoch,
): void {
  assert(Number.isSafeInteger(baseOffset) && baseOffset >= 0, 'a batch is appended at an offset in 0 .. 2^53-1');
  writeInt64(buffer, position + BASE_OFFSET_AT, baseOffset);
  buffer.writeInt32BE(leaderEpoch, position + LEADER_EPOCH_AT);
}

/** The CRC-32C of the batch at `position`, from its bytes; the whole batch must be in the buffer. */
export function computeBatchCrc(buffer: Buffer, position: number): number {
  return crc32c(buffer, position + ATTRIBUTES_AT, position + batchSizeBytes(buffer, position));
}

/** Whether the bytes of the batch at `position`, all in the buffer, have the CRC that it states. */
export function checkCrc(buffer: Buffer, position: number): boolean {
  return computeBatchCrc(buffer, position) === batchCrc(buffer, position);
}
