import type { Isolation, PartitionChunk } from '../broker/broker-api.js';
import type { Offset } from '../common/ids.js';
import type { Workers } from '../platform/workers.js';
import type { varve } from '../protocol/varve.js';
import { AbortedBatchFilter } from '../record/aborted-batch-filter.js';
import {
  CompressionCodec,
  RECORDS_AT,
  batchAttributes,
  batchLeaderEpoch,
  batchSizeBytes,
  compressionCodec,
} from '../record/batch-header.js';
import { DEFAULT_MAX_DECOMPRESSED_BYTES, RecordCursor, batchPositions } from '../record/record-cursor.js';
import { chunkFields } from './consume-encoding.js';

/**
 * A chunk as records, for clients that do not read RecordBatches: below `fromOffset`, in control batches and (under
 * readCommitted) in aborted transactions none are given. Compressed batches are inflated by `workers`.
 */
export async function decodeChunk(
  chunk: PartitionChunk,
  fromOffset: Offset,
  isolation: Isolation,
  workers: Workers,
): Promise<varve.v1.IPartitionRecords> {
  const filter = new AbortedBatchFilter(isolation === 'readCommitted' ? chunk.abortedTransactions : []);
  const cursor = new RecordCursor();
  const records: varve.v1.IConsumedRecord[] = [];
  for (const batches of chunk.batches) {
    for (const position of batchPositions(batches)) {
      if (!filter.isVisible(batches, position)) continue;
      const codec = compressionCodec(batchAttributes(batches, position));
      if (codec === CompressionCodec.none) cursor.open(batches, position);
      else {
        const end = position + batchSizeBytes(batches, position);
        const data = batches.subarray(position + RECORDS_AT, end);
        const inflated = await workers.run('decompress', { codec, data, maxBytes: DEFAULT_MAX_DECOMPRESSED_BYTES });
        cursor.openInflated(batches, position, Buffer.from(inflated.buffer, inflated.byteOffset, inflated.length));
      }
      const leaderEpoch = batchLeaderEpoch(batches, position);
      while (cursor.next()) {
        if (cursor.offset < fromOffset) continue;
        records.push({
          offset: cursor.offset,
          timestamp_ms: cursor.timestamp,
          leader_epoch: leaderEpoch,
          key: cursor.key(),
          value: cursor.value(),
          headers: cursor.headers(),
        });
      }
    }
  }
  return { ...chunkFields(chunk), aborted_transactions: [], records };
}
