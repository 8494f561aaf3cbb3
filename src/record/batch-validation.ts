/**
 * Batches as a stranger's bytes. `findBatchProblem` is for any batch, from a peer or a disk: is it whole, undamaged and
 * of a form that the rest of the code may trust. `validateProducedBatch` is for one that a client wants appended, with
 * the rules of Kafka's LogValidator.java (4.3) on top.
 */
import { VarveError, type ErrorName } from '../common/errors.js';
import type { RecordRules } from '../platform/workers.js';
import * as header from './batch-header.js';
import { setMaxTimestamp } from './batch-builder.js';
import { unsupportedCodec } from './compression.js';
import { batchPositions, DEFAULT_MAX_DECOMPRESSED_BYTES, RecordCursor } from './record-cursor.js';

/** Why a batch cannot be used. */
export interface BatchProblem {
  /** `incomplete`: its end is behind the end of the bytes; a torn write, if those are all there are. */
  readonly kind: 'incomplete' | 'corrupt';
  readonly code: ErrorName;
  /** One sentence. */
  readonly reason: string;
}

const INT64_FIELDS = [
  header.BASE_OFFSET_AT,
  header.BASE_TIMESTAMP_AT,
  header.MAX_TIMESTAMP_AT,
  header.PRODUCER_ID_AT,
] as const;

const corrupt = (reason: string, code: ErrorName = 'CORRUPT_MESSAGE'): BatchProblem => ({
  kind: 'corrupt',
  code,
  reason,
});

/**
 * What is wrong with the batch at `position`, of which `buffer[position, end)` is there; undefined when nothing is. Its
 * length, magic, CRC and header fields are looked at, its records are not. After it, the readers of batch-header.ts
 * assert nothing. `checksum` false leaves the CRC out, for bytes whose CRC was checked before.
 */
export function findBatchProblem(
  buffer: Buffer,
  position = 0,
  end = buffer.length,
  checksum = true,
): BatchProblem | undefined {
  const available = end - position;
  if (available < header.LOG_OVERHEAD) {
    return { kind: 'incomplete', code: 'CORRUPT_MESSAGE', reason: `Only ${available} bytes of the batch are there.` };
  }
  const sizeBytes = header.batchSizeBytes(buffer, position);
  if (sizeBytes < header.RECORD_BATCH_OVERHEAD) {
    return corrupt(`The batch states ${sizeBytes} bytes, less than the ${header.RECORD_BATCH_OVERHEAD} of a header.`);
  }
  if (available > header.MAGIC_AT) {
    const magic = header.batchMagic(buffer, position);
    if (magic === 0 || magic === 1) {
      return corrupt(`The batch has the message format ${magic}: send format 2.`, 'INVALID_RECORD');
    }
    if (magic !== header.MAGIC_V2) return corrupt(`The batch has the unknown message format ${magic}.`);
  }
  if (available < sizeBytes) {
    return {
      kind: 'incomplete',
      code: 'CORRUPT_MESSAGE',
      reason: `Only ${available} of the ${sizeBytes} bytes of the batch are there.`,
    };
  }
  if (checksum && !header.checkCrc(buffer, position)) {
    const computed = header.computeBatchCrc(buffer, position).toString(16);
    return corrupt(
      `The CRC-32C of the batch is ${computed}, and it states ${header.batchCrc(buffer, position).toString(16)}.`,
    );
  }
  return findHeaderProblem(buffer, position);
}

function findHeaderProblem(buffer: Buffer, position: number): BatchProblem | undefined {
  for (const at of INT64_FIELDS) {
    if (header.isSafeInt64(buffer, position + at)) continue;
    const isTime = at === header.BASE_TIMESTAMP_AT || at === header.MAX_TIMESTAMP_AT;
    return isTime
      ? corrupt('A timestamp of the batch is beyond 2^53 ms.', 'INVALID_TIMESTAMP')
      : corrupt('The base offset or the producer id of the batch is beyond 2^53.', 'INVALID_RECORD');
  }
  const attributes = header.batchAttributes(buffer, position);
  if (attributes & ~header.KNOWN_ATTRIBUTES) {
    return corrupt(`The batch has the unknown attributes 0x${attributes.toString(16)}.`, 'INVALID_RECORD');
  }
  const codec = header.compressionCodec(attributes);
  if (header.compressionName(codec) === undefined) {
    return corrupt(unsupportedCodec(codec).message, 'UNSUPPORTED_COMPRESSION_TYPE');
  }
  const lastDelta = header.batchLastOffsetDelta(buffer, position);
  const count = header.batchRecordCount(buffer, position);
  if (lastDelta < 0 || count < 0 || count > lastDelta + 1) {
    return corrupt(`The batch has ${count} records over ${lastDelta + 1} offsets.`, 'INVALID_RECORD');
  }
  if (!Number.isSafeInteger(header.batchBaseOffset(buffer, position) + lastDelta + 1)) {
    return corrupt('The offsets of the batch pass 2^53.', 'INVALID_RECORD');
  }
  return undefined;
}

/** Throws the VarveError of what `findBatchProblem` finds. */
export function requireSoundBatch(buffer: Buffer, position = 0, end = buffer.length): void {
  const problem = findBatchProblem(buffer, position, end);
  if (problem !== undefined) throw new VarveError(problem.code, problem.reason);
}

/** What a topic accepts. */
export interface ProduceRules {
  /** `max.message.bytes`: of the whole batch, as it is sent. */
  readonly maxBatchBytes: number;
  /** With CreateTime: the range that `message.timestamp.before.max.ms` and `.after.max.ms` leave, in ms. */
  readonly minTimestamp?: number;
  readonly maxTimestamp?: number;
  /** A compacted topic takes no record without a key. */
  readonly requiresKeys?: boolean;
  /** With LogAppendTime the broker's time replaces the producer's, so that none of its timestamps is judged. */
  readonly isLogAppendTime?: boolean;
  /** Inflates a compressed batch and looks at its records as at an uncompressed one's. */
  readonly inflates?: boolean;
  readonly maxDecompressedBytes?: number;
  /** The batch comes from a coordinator of the broker itself, which may write control records. */
  readonly isFromCoordinator?: boolean;
}

/** Reused by its owner from batch to batch. Of a compressed batch that was not inflated only the header is known. */
export interface BatchFacts {
  sizeBytes: number;
  recordCount: number;
  /** The greatest timestamp in ms. */
  maxTimestamp: number;
}

/**
 * Checks produced batches. One instance has one cursor, so it is for one caller at a time; nothing of a batch is kept.
 */
export class BatchValidator {
  readonly #cursor = new RecordCursor();
  readonly #facts: BatchFacts = { sizeBytes: 0, recordCount: 0, maxTimestamp: header.NO_TIMESTAMP };

  /**
   * Validates the batch at `position` against `rules` before any of it takes effect; the facts returned are overwritten
   * by the next call. A wrong maxTimestamp of an uncompressed batch is set right, with its CRC, as Kafka does. Throws:
   * CORRUPT_MESSAGE (length, CRC, malformed records), MESSAGE_TOO_LARGE, INVALID_RECORD (counts, offsets, sequences,
   * control batches, missing keys, old formats), INVALID_TIMESTAMP, UNSUPPORTED_COMPRESSION_TYPE.
   */
  validate(buffer: Buffer, position: number, end: number, rules: ProduceRules): Readonly<BatchFacts> {
    if (end - position >= header.LOG_OVERHEAD) requireSize(header.batchSizeBytes(buffer, position), rules);
    requireSoundBatch(buffer, position, end);
    const attributes = header.batchAttributes(buffer, position);
    requireProducible(buffer, position, attributes, rules.isFromCoordinator === true);
    const facts = this.#facts;
    facts.sizeBytes = header.batchSizeBytes(buffer, position);
    facts.recordCount = header.batchRecordCount(buffer, position);
    facts.maxTimestamp = header.batchMaxTimestamp(buffer, position);
    const isCompressed = header.compressionCodec(attributes) !== header.CompressionCodec.none;
    const judgesTime = rules.isLogAppendTime !== true;
    if (judgesTime && attributes & header.LOG_APPEND_TIME_BIT) {
      throw new VarveError('INVALID_TIMESTAMP', 'A producer must not set the timestamp type LogAppendTime.');
    }
    if (!isCompressed || rules.inflates === true) {
      const maxBytes = rules.maxDecompressedBytes ?? DEFAULT_MAX_DECOMPRESSED_BYTES;
      const maxTimestamp = this.#walk(buffer, position, rules, maxBytes);
      if (judgesTime && maxTimestamp !== facts.maxTimestamp) setMaxTimestamp(buffer, position, maxTimestamp);
      facts.maxTimestamp = maxTimestamp;
    } else if (judgesTime) {
      requireTimestamp(facts.maxTimestamp, rules);
    }
    return facts;
  }

  /**
   * Checks the records, inflated where they are compressed, of a batch whose header `validate` has checked; returns
   * their greatest timestamp. Throws as `validate`, and MESSAGE_TOO_LARGE when more is inflated than the rules allow.
   */
  checkRecords(buffer: Buffer, position: number, rules: RecordRules): number {
    return this.#walk(buffer, position, rules, rules.maxDecompressedBytes);
  }

  /** Goes over all records and returns their greatest timestamp. */
  #walk(buffer: Buffer, position: number, rules: Partial<RecordRules>, maxDecompressedBytes: number): number {
    const cursor = this.#cursor.open(buffer, position, maxDecompressedBytes);
    const judgesTime = rules.isLogAppendTime !== true;
    let maxTimestamp = header.NO_TIMESTAMP;
    while (cursor.next()) {
      if (cursor.offsetDelta !== cursor.index) {
        throw invalid(`Record ${cursor.index} has the offset delta ${cursor.offsetDelta}: they count up from 0.`);
      }
      if (rules.requiresKeys === true && cursor.keyStart < 0) {
        throw invalid(`Record ${cursor.index} has no key, and the topic is compacted: give each record a key.`);
      }
      if (judgesTime) requireTimestamp(cursor.timestamp, rules);
      if (cursor.timestamp > maxTimestamp) maxTimestamp = cursor.timestamp;
    }
    return maxTimestamp;
  }
}

/** A worker's part of a compressed batch's validation. */
export function checkCompressedRecords(batch: Uint8Array, rules: RecordRules): number {
  return new BatchValidator().checkRecords(Buffer.from(batch.buffer, batch.byteOffset, batch.length), 0, rules);
}

function invalid(reason: string): VarveError {
  return new VarveError('INVALID_RECORD', reason);
}

function requireSize(sizeBytes: number, rules: ProduceRules): void {
  if (sizeBytes <= rules.maxBatchBytes) return;
  throw new VarveError(
    'MESSAGE_TOO_LARGE',
    `The batch has ${sizeBytes} bytes and max.message.bytes is ${rules.maxBatchBytes}: send smaller batches.`,
  );
}

/** What may never be appended, whatever the topic: see LogValidator.validateBatch. */
function requireProducible(buffer: Buffer, position: number, attributes: number, isFromCoordinator: boolean): void {
  if (attributes & header.CONTROL_BIT && !isFromCoordinator) throw invalid('A client must not write control records.');
  if (attributes & header.DELETE_HORIZON_BIT) throw invalid('A client must not set a delete horizon.');
  const count = header.batchRecordCount(buffer, position);
  const lastDelta = header.batchLastOffsetDelta(buffer, position);
  if (count < 1 || count !== lastDelta + 1) {
    throw invalid(`The batch states ${count} records and the last offset delta ${lastDelta}: it must be one less.`);
  }
  const producerId = header.batchProducerId(buffer, position);
  const epoch = header.batchProducerEpoch(buffer, position);
  const sequence = header.batchBaseSequence(buffer, position);
  if (producerId !== header.NO_PRODUCER_ID) {
    if (producerId < 0) throw invalid(`The batch has the producer id ${producerId}: it must be -1 or more.`);
    if (epoch < 0) throw invalid(`The batch has the producer id ${producerId} but the epoch ${epoch}.`);
    // A marker has no sequence of its own.
    if (sequence < 0 && !(attributes & header.CONTROL_BIT)) {
      throw invalid(`The batch has the producer id ${producerId} but the base sequence ${sequence}.`);
    }
  } else if (attributes & header.TRANSACTIONAL_BIT) {
    throw invalid('The batch is transactional but has no producer id.');
  }
}

function requireTimestamp(timestamp: number, rules: Partial<RecordRules>): void {
  if (timestamp === header.NO_TIMESTAMP) return;
  const { minTimestamp = header.NO_TIMESTAMP, maxTimestamp = Number.MAX_SAFE_INTEGER } = rules;
  if (timestamp >= minTimestamp && timestamp <= maxTimestamp) return;
  throw new VarveError(
    'INVALID_TIMESTAMP',
    `The timestamp ${timestamp} is outside the accepted range of ${minTimestamp} to ${maxTimestamp} ms.`,
  );
}

/**
 * The one batch that a produce request has for a partition: Kafka allows exactly one (ProduceRequest.validateRecords).
 * Throws INVALID_RECORD for none or several, CORRUPT_MESSAGE for a broken length.
 */
export function requireSingleBatch(buffer: Buffer): void {
  let count = 0;
  let bytes = 0;
  for (const position of batchPositions(buffer)) {
    count++;
    bytes = position + header.batchSizeBytes(buffer, position);
  }
  if (count > 1) throw invalid(`The request has ${count} batches for the partition: send exactly one.`);
  if (count === 0 && buffer.length === 0)
    throw invalid('The request has no batch for the partition: send exactly one.');
  if (bytes !== buffer.length) requireSoundBatch(buffer, bytes);
}
