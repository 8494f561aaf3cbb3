import { VarveError } from '../common/errors.js';
import {
  ATTRIBUTES_AT,
  batchAttributes,
  batchBaseSequence,
  batchLastOffsetDelta,
  batchMaxTimestamp,
  batchProducerEpoch,
  batchProducerId,
  batchRecordCount,
  checkCrc,
  computeBatchCrc,
  CRC_AT,
  isControl,
  LOG_APPEND_TIME_BIT,
  MAX_TIMESTAMP_AT,
  NO_PRODUCER_ID,
  writeInt64,
} from '../record/batch-header.js';
import { batchAt, INCOMPLETE, INVALID } from './batch-scan.js';
import type { LogConfig } from './log-config.js';

/**
 * Checks batches that a client (or a coordinator) sent for appending, as a stranger's bytes; sets the broker's time in
 * them on a LogAppendTime topic.
 * @throws VarveError with the field's standard code
 */
export function validateProduced(
  batches: Buffer,
  config: LogConfig,
  origin: 'client' | 'coordinator',
  nowMs: number,
): void {
  if (batches.length > config.segmentBytes) {
    throw new VarveError(
      'RECORD_LIST_TOO_LARGE',
      `The append has ${batches.length} bytes; segment.bytes allows ${config.segmentBytes}.`,
    );
  }
  if (batches.length === 0) throw new VarveError('INVALID_RECORD', 'The append has no batch.');
  for (let at = 0; at < batches.length;) {
    const sizeBytes = batchAt(batches, at, batches.length);
    if (sizeBytes === INVALID || sizeBytes === INCOMPLETE) {
      throw new VarveError('CORRUPT_MESSAGE', `The bytes from ${at} on are not a whole batch of magic 2.`);
    }
    if (sizeBytes > config.maxMessageBytes) {
      throw new VarveError(
        'MESSAGE_TOO_LARGE',
        `A batch has ${sizeBytes} bytes; max.message.bytes allows ${config.maxMessageBytes}.`,
      );
    }
    if (!checkCrc(batches, at)) throw new VarveError('CORRUPT_MESSAGE', 'A batch fails its CRC-32C.');
    checkFields(batches, at, config, origin, nowMs);
    if (config.messageTimestampType === 'LogAppendTime') setAppendTime(batches, at, nowMs);
    at += sizeBytes;
  }
}

function checkFields(
  batches: Buffer,
  at: number,
  config: LogConfig,
  origin: 'client' | 'coordinator',
  nowMs: number,
): void {
  const count = batchRecordCount(batches, at);
  if (count < 1 || count !== batchLastOffsetDelta(batches, at) + 1) {
    throw new VarveError(
      'INVALID_RECORD',
      `A batch says ${count} records and last offset delta ${batchLastOffsetDelta(batches, at)}; they must agree.`,
    );
  }
  if (isControl(batchAttributes(batches, at)) && origin === 'client') {
    throw new VarveError('INVALID_RECORD', 'Clients may not write control batches.');
  }
  const hasProducer = batchProducerId(batches, at) !== NO_PRODUCER_ID;
  if (
    hasProducer &&
    origin === 'client' &&
    (batchProducerEpoch(batches, at) < 0 || batchBaseSequence(batches, at) < 0)
  ) {
    throw new VarveError('INVALID_RECORD', 'A batch with a producer id must have an epoch and a sequence.');
  }
  const timestamp = batchMaxTimestamp(batches, at);
  if (config.messageTimestampType === 'CreateTime' && timestamp > nowMs + config.messageTimestampAfterMaxMs) {
    throw new VarveError(
      'INVALID_TIMESTAMP',
      `A record's timestamp ${timestamp} is more than message.timestamp.after.max.ms=${config.messageTimestampAfterMaxMs} in the future.`,
    );
  }
}

/** KIP-32: the broker's time stands for that of all records; the records themselves stay as they are. */
function setAppendTime(batches: Buffer, at: number, nowMs: number): void {
  batches.writeUInt16BE(batchAttributes(batches, at) | LOG_APPEND_TIME_BIT, at + ATTRIBUTES_AT);
  writeInt64(batches, at + MAX_TIMESTAMP_AT, nowMs);
  batches.writeUInt32BE(computeBatchCrc(batches, at), at + CRC_AT);
}
