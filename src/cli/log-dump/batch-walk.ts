import type { File, FileSystem } from '../../platform/file-system.js';
import { batchMagic, batchSizeBytes, MAGIC_V2, RECORD_BATCH_OVERHEAD } from '../../record/batch-header.js';

/** Read at a time; a batch larger than it is read whole. */
const CHUNK_BYTES = 1024 * 1024;
/** A length beyond it is damage, not a batch: no `max.message.bytes` may be as large. */
const MAX_BATCH_BYTES = 256 * 1024 * 1024;

/** How a segment ends. */
export type SegmentEnd =
  | { readonly kind: 'whole' }
  /** Space that was allocated ahead and never written. */
  | { readonly kind: 'zeros'; readonly position: number; readonly sizeBytes: number }
  | { readonly kind: 'torn'; readonly position: number; readonly sizeBytes: number }
  | { readonly kind: 'invalid'; readonly position: number; readonly sizeBytes: number; readonly reason: string };

/** Calls `visit` with each batch of a `.log` file, whole in `buffer` at `at`, at `position` of the file. */
export async function walkBatches(
  fileSystem: FileSystem,
  path: string,
  visit: (buffer: Buffer, at: number, position: number) => Promise<void>,
): Promise<SegmentEnd> {
  const file = await fileSystem.open(path, 'read');
  try {
    return await walkFile(file, await file.sizeBytes(), visit);
  } finally {
    await file.close();
  }
}

async function walkFile(
  file: File,
  sizeBytes: number,
  visit: (buffer: Buffer, at: number, position: number) => Promise<void>,
): Promise<SegmentEnd> {
  let position = 0;
  let wanted = CHUNK_BYTES;
  while (position < sizeBytes) {
    const buffer = Buffer.allocUnsafe(Math.min(wanted, sizeBytes - position));
    const read = await file.read(buffer, position);
    const taken = await walkBuffer(buffer.subarray(0, read), position, visit);
    if (typeof taken.stopped === 'string') return endAt(file, sizeBytes, position + taken.bytes, taken.stopped);
    position += taken.bytes;
    if (position < sizeBytes && position + taken.stopped > sizeBytes) {
      return endAt(file, sizeBytes, position, undefined);
    }
    wanted = Math.max(CHUNK_BYTES, taken.stopped);
  }
  return { kind: 'whole' };
}

interface Taken {
  /** Of whole batches. */
  readonly bytes: number;
  /** Bytes that the next batch needs, or why the bytes there are no batch. */
  readonly stopped: number | string;
}

async function walkBuffer(
  buffer: Buffer,
  position: number,
  visit: (buffer: Buffer, at: number, position: number) => Promise<void>,
): Promise<Taken> {
  let at = 0;
  while (buffer.length - at >= RECORD_BATCH_OVERHEAD) {
    const size = batchSizeBytes(buffer, at);
    if (size < RECORD_BATCH_OVERHEAD || size > MAX_BATCH_BYTES) {
      return { bytes: at, stopped: `a batch cannot be ${size} bytes long` };
    }
    if (batchMagic(buffer, at) !== MAGIC_V2) {
      return { bytes: at, stopped: `magic ${batchMagic(buffer, at)} is not known, only ${MAGIC_V2} is` };
    }
    if (size > buffer.length - at) return { bytes: at, stopped: size };
    await visit(buffer, at, position + at);
    at += size;
  }
  return { bytes: at, stopped: RECORD_BATCH_OVERHEAD };
}

/** Tells space that was never written from a batch cut short, and both from damage. */
async function endAt(file: File, sizeBytes: number, position: number, reason: string | undefined): Promise<SegmentEnd> {
  const left = sizeBytes - position;
  if (await isZero(file, position, sizeBytes)) return { kind: 'zeros', position, sizeBytes: left };
  if (reason === undefined) return { kind: 'torn', position, sizeBytes: left };
  return { kind: 'invalid', position, sizeBytes: left, reason };
}

async function isZero(file: File, from: number, to: number): Promise<boolean> {
  const buffer = Buffer.allocUnsafe(Math.min(CHUNK_BYTES, to - from));
  for (let position = from; position < to; position += buffer.length) {
    const read = await file.read(buffer.subarray(0, Math.min(buffer.length, to - position)), position);
    if (buffer.subarray(0, read).some((byte) => byte !== 0)) return false;
  }
  return true;
}
