import {
  batchAttributes,
  batchSizeBytes,
  CompressionCodec,
  compressionCodec,
  RECORDS_AT,
} from '../record/batch-header.js';
import type { RecordCursor } from '../record/record-cursor.js';
import { DEFAULT_MAX_DECOMPRESSED_BYTES } from '../record/record-cursor.js';
import type { LogState } from './log-state.js';

/** Opens a batch for its records; a compressed one is inflated on the workers. */
export async function openBatch(state: LogState, cursor: RecordCursor, buffer: Buffer, at: number): Promise<void> {
  const codec = compressionCodec(batchAttributes(buffer, at));
  if (codec === CompressionCodec.none) {
    cursor.open(buffer, at);
    return;
  }
  const data = buffer.subarray(at + RECORDS_AT, at + batchSizeBytes(buffer, at));
  const maxBytes = DEFAULT_MAX_DECOMPRESSED_BYTES;
  const inflated = await state.services.platform.workers.run('decompress', { codec, data, maxBytes });
  cursor.openInflated(buffer, at, Buffer.from(inflated.buffer, inflated.byteOffset, inflated.byteLength));
}
