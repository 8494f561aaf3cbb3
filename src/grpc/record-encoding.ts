import type { PartitionView } from '../broker/broker-api.js';
import { defined } from '../common/assert.js';
import { VarveError } from '../common/errors.js';
import { partitionForKey } from '../common/murmur2.js';
import type { Random } from '../platform/random.js';
import type { varve } from '../protocol/varve.js';
import type { BatchOptions } from '../record/batch-builder.js';
import { BatchBuilder } from '../record/batch-builder.js';
import { checkInteger } from './call.js';

const MAX_INT16 = 0x7fff;
const MAX_INT32 = 0x7fff_ffff;
/** What a builder starts with: most requests of this kind carry a few records. */
const BUILDER_BYTES = 1024;

/** One RecordBatch of the records that a thin client sent one by one. */
export function encodeRecords(
  batch: varve.v1.IProduceBatch,
  records: readonly varve.v1.IRecord[],
  nowMs: number,
): Buffer {
  const builder = new BatchBuilder(BUILDER_BYTES).reset(producerFields(batch));
  for (const record of records) {
    const timestamp = checkInteger(record.timestamp_ms ?? nowMs, -1, 'timestamp_ms');
    const headers = (record.headers ?? []).map((each) => ({ key: each.key ?? '', value: each.value ?? null }));
    builder.append(timestamp, record.key ?? null, record.value ?? null, headers);
  }
  return builder.detach();
}

function producerFields(batch: varve.v1.IProduceBatch): BatchOptions {
  const { producer_id: producerId, producer_epoch: producerEpoch, base_sequence: baseSequence } = batch;
  const given = [producerId, producerEpoch, baseSequence].filter((each) => each !== null && each !== undefined).length;
  if (given === 0) return {};
  if (given < 3 || batch.partition === null || batch.partition === undefined) {
    throw new VarveError(
      'INVALID_REQUEST',
      'producer_id, producer_epoch, base_sequence and partition are given together, or none of the first three.',
    );
  }
  return {
    producerId: checkInteger(producerId ?? 0, 0, 'producer_id'),
    producerEpoch: checkAtMost(checkInteger(producerEpoch ?? 0, 0, 'producer_epoch'), MAX_INT16, 'producer_epoch'),
    baseSequence: checkAtMost(checkInteger(baseSequence ?? 0, 0, 'base_sequence'), MAX_INT32, 'base_sequence'),
  };
}

function checkAtMost(value: number, most: number, what: string): number {
  if (value <= most) return value;
  throw new VarveError('INVALID_REQUEST', `${what} must be at most ${most}, not ${value}.`);
}

/** The partition of a batch that names none: by its first key, or any that has a leader. */
export function partitionOfRecords(
  records: readonly varve.v1.IRecord[],
  partitions: readonly PartitionView[],
  random: Random,
): number {
  const key = records[0]?.key;
  if (key !== null && key !== undefined) return partitionForKey(key, partitions.length);
  const led = partitions.filter((each) => each.leader >= 0);
  const candidates = led.length > 0 ? led : partitions;
  return defined(candidates[random.below(candidates.length)], 'a topic has partitions').partition;
}
