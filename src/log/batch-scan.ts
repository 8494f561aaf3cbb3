import type { Offset } from '../common/ids.js';
import type { File } from '../platform/file-system.js';
import {
  batchBaseOffset,
  batchLastOffsetDelta,
  batchMagic,
  batchNextOffset,
  batchSizeBytes,
  BASE_OFFSET_AT,
  BASE_TIMESTAMP_AT,
  checkCrc,
  isSafeInt64,
  MAGIC_V2,
  MAX_TIMESTAMP_AT,
  PRODUCER_ID_AT,
  RECORD_BATCH_OVERHEAD,
} from '../record/batch-header.js';

/** Bytes of a log file read at once when it is walked. */
const CHUNK_BYTES = 512 * 1024;

/** `batchAt`: fewer bytes than the batch has, or than its header. */
export const INCOMPLETE = 0;
/** `batchAt`: no header of a batch. */
export const INVALID = -1;

/** The size of the whole batch at `at` in the first `end` bytes of `buffer`; INCOMPLETE; or INVALID. Reads no CRC. */
export function batchAt(buffer: Buffer, at: number, end: number): number {
  if (end - at < RECORD_BATCH_OVERHEAD) return INCOMPLETE;
  const sizeBytes = batchSizeBytes(buffer, at);
  if (sizeBytes < RECORD_BATCH_OVERHEAD || batchMagic(buffer, at) !== MAGIC_V2) return INVALID;
  if (!isSafeInt64(buffer, at + BASE_OFFSET_AT) || buffer.readInt32BE(at + BASE_OFFSET_AT) < 0) return INVALID;
  if (batchLastOffsetDelta(buffer, at) < 0) return INVALID;
  for (const field of [BASE_TIMESTAMP_AT, MAX_TIMESTAMP_AT, PRODUCER_ID_AT]) {
    if (!isSafeInt64(buffer, at + field)) return INVALID;
  }
  return at + sizeBytes > end ? INCOMPLETE : sizeBytes;
}

/** Where a walk ended: at the end, at a batch that reaches beyond it, at bytes that are no batch, or by the visitor. */
export type ScanOutcome = 'end' | 'incomplete' | 'invalid' | 'stopped';

export interface ScanResult {
  readonly outcome: ScanOutcome;
  /** The end of the last good batch; where the visitor stopped, the start of that batch. */
  readonly position: number;
}

/**
 * Walks the batches of `file` in `from` .. `to`, reading in chunks. `visit` gets the chunk, the batch's place in it and
 * its position in the file, and returns false to stop; the chunk is reused after it returns.
 */
export async function scanBatches(
  file: File,
  range: { readonly from: number; readonly to: number; readonly checkCrc: boolean },
  visit: (chunk: Buffer, at: number, position: number) => boolean,
): Promise<ScanResult> {
  let position = range.from;
  let to = range.to;
  let chunk = Buffer.allocUnsafeSlow(Math.min(CHUNK_BYTES, Math.max(0, to - position)));
  while (position < to) {
    const wanted = Math.min(chunk.length, to - position);
    const length = await file.read(chunk.subarray(0, wanted), position);
    if (length < wanted) to = position + length;
    let at = 0;
    while (at < length) {
      const sizeBytes = batchAt(chunk, at, length);
      if (sizeBytes === INCOMPLETE) break;
      if (sizeBytes === INVALID || (range.checkCrc && !checkCrc(chunk, at))) {
        return { outcome: 'invalid', position: position + at };
      }
      if (!visit(chunk, at, position + at)) return { outcome: 'stopped', position: position + at };
      at += sizeBytes;
    }
    if (at === 0) {
      const sizeBytes = length < RECORD_BATCH_OVERHEAD ? Infinity : batchSizeBytes(chunk, 0);
      if (position + sizeBytes > to) return { outcome: 'incomplete', position };
      chunk = Buffer.allocUnsafeSlow(sizeBytes);
    }
    position += at;
  }
  return { outcome: 'end', position };
}

/** What may stand behind a bad place in a segment's file. */
export interface FitOptions {
  /** The offset that should stand at the bad place. */
  readonly expected: Offset;
  /** Where the segment ends: no batch of it reaches beyond. */
  readonly segmentEnd: Offset;
  /** Nothing was compacted away: each batch begins where the one before it ends. */
  readonly contiguous: boolean;
}

/**
 * The next place from `from` on where a batch with a right CRC starts, at an offset after `expected`. In a contiguous log
 * those behind it have to fit: a write that went astray leaves whole batches of elsewhere.
 */
export async function findNextBatch(
  file: File,
  from: number,
  to: number,
  fit: FitOptions,
): Promise<{ position: number; baseOffset: Offset } | undefined> {
  const chunk = Buffer.allocUnsafeSlow(Math.min(CHUNK_BYTES, Math.max(0, to - from)));
  for (let position = from; position + RECORD_BATCH_OVERHEAD <= to;) {
    const length = await file.read(chunk.subarray(0, Math.min(chunk.length, to - position)), position);
    const last = length - RECORD_BATCH_OVERHEAD;
    for (let at = 0; at <= last; at++) {
      // The magic sieves out nearly all places.
      if (chunk[at + 16] !== 2) continue;
      const sizeBytes = batchAt(chunk, at, to - position);
      if (sizeBytes <= 0 || batchBaseOffset(chunk, at) <= fit.expected) continue;
      if (batchNextOffset(chunk, at) > fit.segmentEnd) continue;
      let batch = chunk.subarray(at, Math.min(at + sizeBytes, length));
      if (batch.length < sizeBytes) {
        batch = Buffer.allocUnsafeSlow(sizeBytes);
        await file.read(batch, position + at);
      }
      if (!checkCrc(batch, 0)) continue;
      const found = { position: position + at, baseOffset: batchBaseOffset(batch, 0) };
      if (!(await isThere(file, found.position, batch.subarray(0, sizeBytes)))) continue;
      if (!fit.contiguous || (await goesOn(file, found, to, fit.segmentEnd))) return found;
    }
    if (last < 0) return undefined;
    position += last + 1;
  }
  return undefined;
}

/** Whether the batches from `first` on follow one another: for a chunk, to the segment's end, or to bytes that are none. */
async function goesOn(
  file: File,
  first: { readonly position: number; readonly baseOffset: Offset },
  end: number,
  segmentEnd: Offset,
): Promise<boolean> {
  let expected = first.baseOffset;
  const range = { from: first.position, to: Math.min(end, first.position + CHUNK_BYTES), checkCrc: true };
  const scan = await scanBatches(file, range, (chunk, at) => {
    if (batchBaseOffset(chunk, at) !== expected) return false;
    expected = batchNextOffset(chunk, at);
    return expected <= segmentEnd;
  });
  if (scan.outcome === 'end' && range.to === end && segmentEnd !== Infinity) return expected === segmentEnd;
  return scan.outcome !== 'stopped';
}

/** Reads the place again: a disk that gave another place's bytes once must not move a batch there. */
async function isThere(file: File, position: number, batch: Buffer): Promise<boolean> {
  const again = Buffer.allocUnsafeSlow(batch.length);
  return (await file.read(again, position)) === batch.length && again.equals(batch);
}
