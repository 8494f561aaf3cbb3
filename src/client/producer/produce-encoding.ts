import { defined } from '../../common/assert.js';
import { varve } from '../../protocol/varve.js';
import { varintBytes, writeVarint } from '../../grpc/consume-encoding.js';

const { ProduceBatch } = varve.v1;

/** Tags: field 1 (`batches`) of ProduceRequest, and field 7 (`record_batch`) of ProduceBatch. */
const BATCHES_TAG = (1 << 3) | 2;
const RECORD_BATCH_TAG = (7 << 3) | 2;

export interface OutgoingBatch {
  readonly correlationId: number;
  readonly topic: string;
  readonly partition: number;
  readonly acks: varve.v1.Acks;
  readonly timeoutMs: number;
  readonly recordBatch: Uint8Array;
}

/** A ProduceRequest, in a buffer of `allocate`, into which each encoded batch is copied once. */
export function encodeProduceRequest(
  batches: readonly OutgoingBatch[],
  allocate: (sizeBytes: number) => Buffer,
): Buffer {
  const heads: Uint8Array[] = [];
  let totalBytes = 0;
  for (const batch of batches) {
    const head = encodeHead(batch);
    heads.push(head);
    const inner = head.length + recordBatchFieldBytes(batch);
    totalBytes += 1 + varintBytes(inner) + inner;
  }
  const message = allocate(totalBytes);
  let position = 0;
  for (const [index, batch] of batches.entries()) {
    const head = defined(heads[index], 'each batch has its head');
    message[position] = BATCHES_TAG;
    position = writeVarint(message, position + 1, head.length + recordBatchFieldBytes(batch));
    message.set(head, position);
    position += head.length;
    message[position] = RECORD_BATCH_TAG;
    position = writeVarint(message, position + 1, batch.recordBatch.length);
    message.set(batch.recordBatch, position);
    position += batch.recordBatch.length;
  }
  return message;
}

/** The size of a ProduceRequest of one batch. */
export function produceRequestBytes(batch: OutgoingBatch): number {
  const inner = encodeHead(batch).length + recordBatchFieldBytes(batch);
  return 1 + varintBytes(inner) + inner;
}

function encodeHead(batch: OutgoingBatch): Uint8Array {
  return ProduceBatch.encode({
    correlation_id: batch.correlationId,
    topic: batch.topic,
    partition: batch.partition,
    acks: batch.acks,
    timeout_ms: batch.timeoutMs,
  }).finish();
}

function recordBatchFieldBytes(batch: OutgoingBatch): number {
  const { length } = batch.recordBatch;
  return 1 + varintBytes(length) + length;
}
