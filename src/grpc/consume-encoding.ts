import type { PartitionChunk } from '../broker/broker-api.js';
import { defined } from '../common/assert.js';
import { varve } from '../protocol/varve.js';
import { errorMessage } from './call.js';

const { PartitionRecords } = varve.v1;

/** Tags: field 1 (`partitions`) of Consume- and FetchResponse, and field 8 (`record_batches`) of PartitionRecords. */
export const PARTITIONS_TAG = (1 << 3) | 2;
const RECORD_BATCHES_TAG = (8 << 3) | 2;

/** Room for the fields of a fixed length beside the batches when a response is planned by size. */
export const CHUNK_OVERHEAD_BYTES = 512;

/** Two fields of a varint each, and what is around them. */
const ABORTED_TRANSACTION_BYTES = 24;

/** What an error holds beside its text: the trace of where it was made. */
const ERROR_BYTES = 2 * 1024;

/** What a chunk is counted as while it waits, and when a response is planned by size: errors, too, take their place. */
export function plannedBytes(chunk: PartitionChunk): number {
  const errorBytes = chunk.error === undefined ? 0 : ERROR_BYTES + chunk.error.message.length;
  const abortedBytes = chunk.abortedTransactions.length * ABORTED_TRANSACTION_BYTES;
  return chunk.sizeBytes + CHUNK_OVERHEAD_BYTES + chunk.topic.length + errorBytes + abortedBytes;
}

/** Everything of a chunk but its records. */
export function chunkFields(chunk: PartitionChunk): varve.v1.IPartitionRecords {
  return {
    topic: chunk.topic,
    partition: chunk.partition,
    position_id: chunk.positionId,
    error: errorMessage(chunk.error),
    high_watermark: chunk.highWatermark,
    last_stable_offset: chunk.lastStableOffset,
    log_start_offset: chunk.logStartOffset,
    aborted_transactions: chunk.abortedTransactions.map((each) => ({
      producer_id: each.producerId,
      first_offset: each.firstOffset,
    })),
    next_offset: chunk.nextOffset,
    diverging_epoch:
      chunk.divergingEpoch === undefined
        ? null
        : { leader_epoch: chunk.divergingEpoch.leaderEpoch, end_offset: chunk.divergingEpoch.endOffset },
  };
}

/**
 * A ConsumeResponse (or FetchResponse: the same fields) whose batches are copied once, from the log's slices into the
 * message, a buffer of `allocate`. protobufjs would want them joined first, and then copy again.
 */
export function encodeChunks(
  chunks: readonly PartitionChunk[],
  allocate: (sizeBytes: number) => Buffer = Buffer.allocUnsafe,
): Buffer {
  const heads: Uint8Array[] = [];
  let totalBytes = 0;
  for (const chunk of chunks) {
    const head = PartitionRecords.encode(chunkFields(chunk)).finish();
    heads.push(head);
    const inner = head.length + batchesFieldBytes(chunk.sizeBytes);
    totalBytes += 1 + varintBytes(inner) + inner;
  }
  const message = allocate(totalBytes);
  let position = 0;
  for (const [index, chunk] of chunks.entries()) {
    const head = defined(heads[index], 'each chunk has its head');
    message[position] = PARTITIONS_TAG;
    position = writeVarint(message, position + 1, head.length + batchesFieldBytes(chunk.sizeBytes));
    message.set(head, position);
    position += head.length;
    if (chunk.sizeBytes === 0) continue;
    message[position] = RECORD_BATCHES_TAG;
    position = writeVarint(message, position + 1, chunk.sizeBytes);
    for (const batch of chunk.batches) {
      message.set(batch, position);
      position += batch.length;
    }
  }
  return message;
}

function batchesFieldBytes(sizeBytes: number): number {
  return sizeBytes === 0 ? 0 : 1 + varintBytes(sizeBytes) + sizeBytes;
}

/** Bytes of an unsigned varint; for 0 <= value < 2^31. */
export function varintBytes(value: number): number {
  if (value < 0x80) return 1;
  if (value < 0x4000) return 2;
  if (value < 0x200000) return 3;
  return value < 0x10000000 ? 4 : 5;
}

/** Writes an unsigned varint and gives the position after it. */
export function writeVarint(buffer: Buffer, position: number, value: number): number {
  let at = position;
  let rest = value;
  while (rest > 0x7f) {
    buffer[at++] = (rest & 0x7f) | 0x80;
    rest >>>= 7;
  }
  buffer[at++] = rest;
  return at;
}
