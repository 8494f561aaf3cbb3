import type { Offset } from '../common/ids.js';
import {
  batchBaseOffset,
  batchNextOffset,
  batchSizeBytes,
  checkCrc,
  RECORD_BATCH_OVERHEAD,
} from '../record/batch-header.js';
import { batchAt, INCOMPLETE, INVALID } from './batch-scan.js';
import { placeOf } from './index-repair.js';
import type { LogState } from './log-state.js';
import type { BatchPlace } from './segment-reader.js';
import { DamagedBytes, follows } from './segment-reader.js';
import type { Segment } from './segment.js';

/** Bytes read at once: small, so that what is made of them keeps within a slice. */
const CHUNK_BYTES = 128 * 1024;

export interface BatchInChunk {
  readonly buffer: Buffer;
  readonly at: number;
}

/**
 * The batches of a closed segment from the one with `from` on, CRCs and order checked; each is valid until the next.
 * @throws DamagedBytes, after it was reported
 */
export async function* readBatches(
  state: LogState,
  segment: Segment,
  from: Offset,
): AsyncGenerator<BatchInChunk, void, undefined> {
  const { position, expectedOffset } = await placeOf(state, segment, from);
  yield* readBetween(state, segment, { from, position, expectedOffset, end: segment.writtenBytes });
}

/** As `readBatches`, from one place of the file to another: `from` should be there, and follow what ends at `expectedOffset`. */
export async function* readBetween(
  state: LogState,
  segment: Segment,
  place: BatchPlace & { readonly from: Offset; readonly end: number },
): AsyncGenerator<BatchInChunk, void, undefined> {
  const { from, end } = place;
  let { position, expectedOffset: expected } = place;
  let chunk = Buffer.allocUnsafeSlow(Math.min(CHUNK_BYTES, Math.max(0, end - position)));
  while (position < end) {
    const lease = await state.services.files.acquire(segment.logPath, 'read');
    let length: number;
    try {
      length = await lease.file.read(chunk.subarray(0, Math.min(chunk.length, end - position)), position);
    } finally {
      lease.release();
    }
    let at = 0;
    while (at < length) {
      const sizeBytes = batchAt(chunk, at, length);
      if (sizeBytes === INCOMPLETE) break;
      const good =
        sizeBytes !== INVALID &&
        checkCrc(chunk, at) &&
        (expected === undefined || follows(batchBaseOffset(chunk, at), expected, state.contiguous));
      if (!good) throw await report(state, segment, expected ?? from, position + at);
      expected = batchNextOffset(chunk, at);
      yield { buffer: chunk, at };
      at += sizeBytes;
    }
    if (at === 0) {
      const sizeBytes = length < RECORD_BATCH_OVERHEAD ? Infinity : batchSizeBytes(chunk, 0);
      if (position + sizeBytes > end) throw await report(state, segment, expected ?? from, position);
      chunk = Buffer.allocUnsafeSlow(sizeBytes);
    }
    position += at;
  }
}

async function report(state: LogState, segment: Segment, offset: Offset, position: number): Promise<DamagedBytes> {
  const damage = new DamagedBytes(segment, offset, position);
  await state.reportDamage(damage);
  return damage;
}
