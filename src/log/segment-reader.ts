import { VarveError } from '../common/errors.js';
import type { LeaderEpoch, Offset } from '../common/ids.js';
import { NO_EPOCH } from '../common/ids.js';
import type { File } from '../platform/file-system.js';
import {
  batchBaseOffset,
  batchLastOffset,
  batchLeaderEpoch,
  batchMaxTimestamp,
  batchNextOffset,
  batchSizeBytes,
  checkCrc,
  NO_TIMESTAMP,
  RECORD_BATCH_OVERHEAD,
} from '../record/batch-header.js';
import { batchAt, INCOMPLETE, INVALID, scanBatches } from './batch-scan.js';
import { INDEX_SUFFIX, TIME_INDEX_SUFFIX } from './file-names.js';
import type { LogServices } from './log-services.js';
import { OffsetIndex } from './offset-index.js';
import type { OffsetIndexEntry } from './offset-index.js';
import type { LogPages } from './page-cache-window.js';
import type { Segment, SegmentIndexes } from './segment.js';
import { TimeIndex } from './time-index.js';

/** Bytes in a segment's file that are no batch or fail their CRC, found at `position`; the batch should be `offset`'s. */
export class DamagedBytes extends VarveError {
  readonly segment: Segment;
  readonly offset: Offset;
  readonly position: number;

  constructor(segment: Segment, offset: Offset, position: number) {
    super('CORRUPT_MESSAGE', `${segment.logPath} is damaged at byte ${position}, where offset ${offset} should be.`);
    this.segment = segment;
    this.offset = offset;
    this.position = position;
  }
}

/**
 * The segment's indexes, read from their files, or rebuilt from the log file when those are missing or wrong. They are the
 * caller's until it waits for something: then they may have been given back, and others be in their place.
 */
export async function loadIndexes(
  services: LogServices,
  segment: Segment,
  intervalBytes: number,
): Promise<SegmentIndexes> {
  for (;;) {
    const { indexes, indexesVersion } = segment;
    if (indexes !== undefined) {
      services.indexCache.use(segment);
      return indexes;
    }
    const offsetBytes = await services.readFileIfThere(segment.path(INDEX_SUFFIX));
    const timeBytes = await services.readFileIfThere(segment.path(TIME_INDEX_SUFFIX));
    const offsets = offsetBytes && OffsetIndex.parse(segment.baseOffset, offsetBytes, segment.sizeBytes);
    const times = timeBytes && TimeIndex.parse(segment.baseOffset, timeBytes);
    const read = offsets && times && { offsets, times };
    const built = read === undefined ? await rebuildIndexes(services, segment, intervalBytes) : undefined;
    // Somebody else was faster. Or the segment was cut meanwhile, and closed again, and this is of before.
    if (segment.indexes !== undefined || indexesVersion !== segment.indexesVersion) continue;
    if (built !== undefined) {
      // The files do not have them.
      services.indexCache.keep(segment);
      segment.latest ??= built.latest;
      segment.indexes = built.indexes;
    } else if (read !== undefined) {
      segment.indexes = read;
      if (segment.latest === undefined) {
        segment.latest = { timestamp: read.times.lastTimestamp, offset: read.times.lastOffset };
        segment.latestIsSure = false;
      }
    }
  }
}

async function rebuildIndexes(services: LogServices, segment: Segment, intervalBytes: number): Promise<IndexBuilder> {
  services.platform.logger.warn(
    { path: segment.logPath },
    'The indexes of a segment are missing or wrong; rebuilding.',
  );
  const built = await indexesOf(services, segment, intervalBytes);
  built.finish();
  return built;
}

/** Makes a segment's indexes from its batches, one after the other from its first. */
export class IndexBuilder {
  readonly indexes: SegmentIndexes;
  readonly latest: { timestamp: number; offset: Offset };
  sinceEntry = 0;
  readonly #intervalBytes: number;
  #position = 0;

  constructor(baseOffset: Offset, intervalBytes: number) {
    this.indexes = { offsets: OffsetIndex.empty(baseOffset), times: TimeIndex.empty(baseOffset) };
    this.latest = { timestamp: NO_TIMESTAMP, offset: baseOffset };
    this.#intervalBytes = intervalBytes;
  }

  add(buffer: Buffer, at: number): void {
    const { latest, indexes } = this;
    if (batchMaxTimestamp(buffer, at) > latest.timestamp) {
      latest.timestamp = batchMaxTimestamp(buffer, at);
      latest.offset = batchLastOffset(buffer, at);
    }
    if (this.sinceEntry > this.#intervalBytes) {
      indexes.offsets.add(batchLastOffset(buffer, at), this.#position);
      indexes.times.addIfLater(latest.timestamp, latest.offset);
      this.sinceEntry = 0;
    }
    this.sinceEntry += batchSizeBytes(buffer, at);
    this.#position += batchSizeBytes(buffer, at);
  }

  /** No batch will be added, see `Segment.finishTimeIndex`. */
  finish(): void {
    const { timestamp, offset } = this.latest;
    if (timestamp !== NO_TIMESTAMP) this.indexes.times.addIfLater(timestamp, offset);
  }
}

/** What the batches of the segment's file say of it. */
export async function indexesOf(services: LogServices, segment: Segment, intervalBytes: number): Promise<IndexBuilder> {
  const builder = new IndexBuilder(segment.baseOffset, intervalBytes);
  let expected = segment.baseOffset;
  const segmentEnd = segment.baseOffset + 0x8000_0000;
  // A segment that nothing was written to has no file yet.
  if (segment.writtenBytes === 0) return builder;
  const lease = await services.files.acquire(segment.logPath, 'read');
  try {
    await scanBatches(lease.file, { from: 0, to: segment.writtenBytes, checkCrc: false }, (chunk, at) => {
      // Behind damage there is no index: reads walk from the last entry.
      if (batchBaseOffset(chunk, at) < expected || batchLastOffset(chunk, at) >= segmentEnd) return false;
      expected = batchNextOffset(chunk, at);
      builder.add(chunk, at);
      return true;
    });
  } finally {
    lease.release();
  }
  return builder;
}

/** What is read of a segment. */
export interface ReadRange {
  readonly offset: Offset;
  readonly maxBytes: number;
  readonly upToOffset: Offset;
  /** Where the segment ends: no batch of it reaches beyond. */
  readonly segmentEnd: Offset;
  /** The leader epoch that a batch at `offset` must have; -1 where unknown. */
  readonly epochAt: (offset: Offset) => LeaderEpoch;
  /** Nothing was compacted away: a gap between batches is damage. */
  readonly contiguous: boolean;
  /** As in `findPosition`. */
  readonly from: BatchPlace | undefined;
  /** Undefined where the system decides what it keeps of them. */
  readonly pages: LogPages | undefined;
}

/**
 * Whole batches of the segment's file from the first that ends after `offset`: up to `maxBytes` (at least one), all
 * below `upToOffset`. Undefined when there is none. Each is checked by its CRC, and what the CRC does not cover, offset
 * and epoch, by what is around it.
 * @throws DamagedBytes
 */
export async function readSegment(
  services: LogServices,
  segment: Segment,
  indexes: SegmentIndexes,
  range: ReadRange,
): Promise<Buffer | undefined> {
  const end = segment.writtenBytes;
  const { contiguous } = range;
  const wanted = { offset: range.offset, end, contiguous, from: range.from };
  const { position: start, expectedOffset } = await findPosition(services, segment, indexes, wanted);
  if (start >= end) return undefined;
  const lease = await services.files.acquire(segment.logPath, 'read');
  try {
    let length = Math.min(Math.max(range.maxBytes, RECORD_BATCH_OVERHEAD), end - start);
    for (;;) {
      const buffer = Buffer.allocUnsafeSlow(length);
      const read = await lease.file.read(buffer, start);
      const first = batchAt(buffer, 0, read);
      if (first === INVALID) throw new DamagedBytes(segment, range.offset, start);
      if (first === INCOMPLETE) {
        // The first batch alone is over the bound: read it whole.
        const sizeBytes = read < RECORD_BATCH_OVERHEAD ? Infinity : batchSizeBytes(buffer, 0);
        if (start + sizeBytes > end || sizeBytes <= length) throw new DamagedBytes(segment, range.offset, start);
        length = sizeBytes;
        continue;
      }
      const gap = expectedOffset !== undefined && batchBaseOffset(buffer, 0) > expectedOffset;
      if (gap && (contiguous || (await overlapsNext(lease.file, buffer, start, segment, range)))) {
        throw new DamagedBytes(segment, range.offset, start);
      }
      const good = checkedPrefix(segment, buffer.subarray(0, read), start, range);
      if (good !== undefined) range.pages?.read(segment.logPath, start, start + good.length);
      return good;
    }
  } finally {
    lease.release();
  }
}

/** Whether the first batch of `buffer`, which leaves a gap before it, reaches into the one after it. */
async function overlapsNext(
  file: File,
  buffer: Buffer,
  start: number,
  segment: Segment,
  range: ReadRange,
): Promise<boolean> {
  const next = batchNextOffset(buffer, 0);
  const position = start + batchSizeBytes(buffer, 0);
  if (position + RECORD_BATCH_OVERHEAD > segment.writtenBytes) return next > range.segmentEnd;
  const header = Buffer.allocUnsafe(RECORD_BATCH_OVERHEAD);
  await file.read(header, position);
  return batchAt(header, 0, Number.MAX_SAFE_INTEGER) > 0 && batchBaseOffset(header, 0) < next;
}

/** The good whole batches at the start of `buffer`, up to the first that ends beyond `upToOffset`. */
function checkedPrefix(segment: Segment, buffer: Buffer, start: number, range: ReadRange): Buffer | undefined {
  let at = 0;
  let expected = segment.baseOffset;
  while (at < buffer.length) {
    const sizeBytes = batchAt(buffer, at, buffer.length);
    if (sizeBytes === INCOMPLETE) break;
    const good = sizeBytes !== INVALID && isInLine(buffer, at, expected, range) && checkCrc(buffer, at);
    if (!good) {
      // What comes before the damage can still be served.
      if (at > 0) break;
      throw new DamagedBytes(segment, range.offset, start + at);
    }
    if (batchNextOffset(buffer, at) > range.upToOffset) break;
    // After a gap only the next batch tells whether the offset is right; the next read begins here and asks it.
    if (at > 0 && batchBaseOffset(buffer, at) > expected) break;
    expected = batchNextOffset(buffer, at);
    at += sizeBytes;
  }
  return at === 0 ? undefined : buffer.subarray(0, at);
}

function isInLine(buffer: Buffer, at: number, expected: Offset, range: ReadRange): boolean {
  const baseOffset = batchBaseOffset(buffer, at);
  const nextOffset = batchNextOffset(buffer, at);
  // By its last offset: the log may start within the batch, and its epoch then begins there.
  const epoch = range.epochAt(nextOffset - 1);
  return (
    baseOffset >= expected &&
    nextOffset <= range.segmentEnd &&
    (epoch === NO_EPOCH || epoch === batchLeaderEpoch(buffer, at))
  );
}

/** Whether a batch at `baseOffset` may stand behind one that ends at `expected`. */
export function follows(baseOffset: Offset, expected: Offset, contiguous: boolean): boolean {
  return contiguous ? baseOffset === expected : baseOffset >= expected;
}

/** Bytes read at once while looking for a batch: one index interval and a header. */
const FIND_BYTES = 8192;

/** A place in a segment's file, and the end of the batch before it, if that was seen. */
export interface BatchPlace {
  readonly position: number;
  readonly expectedOffset: Offset | undefined;
}

/** Where a walk to `offset` begins: at the last index entry before it, or at `from` where that is behind it. */
export function startOf(
  segment: Segment,
  offsets: OffsetIndex,
  offset: Offset,
  from: BatchPlace | undefined,
): BatchPlace & { readonly entry: OffsetIndexEntry | undefined } {
  const entry = offsets.entryBefore(offset);
  if (from !== undefined && from.position >= (entry?.position ?? 0)) return { ...from, entry };
  if (entry === undefined) return { position: 0, expectedOffset: segment.baseOffset, entry };
  return { position: entry.position, expectedOffset: undefined, entry };
}

/**
 * Where the first batch that ends after `offset` starts, `end` when there is none. `contiguous`: see `ReadRange`.
 * @throws DamagedBytes when the headers on the way do not follow one another, or not the index
 */
export async function findPosition(
  services: LogServices,
  segment: Segment,
  indexes: SegmentIndexes,
  wanted: {
    readonly offset: Offset;
    readonly end: number;
    readonly contiguous: boolean;
    /** A place before it to begin at: what is between the index entry and there is known to be damaged. */
    readonly from: BatchPlace | undefined;
  },
): Promise<BatchPlace> {
  const { offset, end, contiguous } = wanted;
  // A segment that nothing was written to has no file yet.
  if (offset <= segment.baseOffset || end === 0) return { position: 0, expectedOffset: segment.baseOffset };
  const start = startOf(segment, indexes.offsets, offset, wanted.from);
  const { entry } = start;
  let { position, expectedOffset } = start;
  const buffer = Buffer.allocUnsafe(FIND_BYTES);
  const lease = await services.files.acquire(segment.logPath, 'read');
  try {
    while (position < end) {
      const read = await lease.file.read(buffer.subarray(0, Math.min(FIND_BYTES, end - position)), position);
      let at = 0;
      while (at + RECORD_BATCH_OVERHEAD <= read) {
        const sizeBytes = batchAt(buffer, at, Number.MAX_SAFE_INTEGER);
        const good =
          sizeBytes !== INVALID &&
          (expectedOffset === undefined
            ? batchLastOffset(buffer, at) === entry?.lastOffset
            : follows(batchBaseOffset(buffer, at), expectedOffset, contiguous));
        if (!good) throw new DamagedBytes(segment, offset, position + at);
        if (batchNextOffset(buffer, at) > offset) return { position: position + at, expectedOffset };
        expectedOffset = batchNextOffset(buffer, at);
        at += sizeBytes;
      }
      if (at === 0) throw new DamagedBytes(segment, offset, position);
      position += at;
    }
  } finally {
    lease.release();
  }
  return { position: end, expectedOffset };
}
