import { assert } from '../common/assert.js';
import { VarveError } from '../common/errors.js';
import type { Offset } from '../common/ids.js';
import { NO_EPOCH } from '../common/ids.js';
import type { File } from '../platform/file-system.js';
import {
  batchBaseOffset,
  batchLeaderEpoch,
  batchNextOffset,
  batchProducerEpoch,
  batchProducerId,
  batchSizeBytes,
  checkCrc,
  NO_PRODUCER_EPOCH,
  RECORD_BATCH_OVERHEAD,
} from '../record/batch-header.js';
import { batchPositions } from '../record/record-cursor.js';
import { batchAt, findNextBatch, scanBatches } from './batch-scan.js';
import type { FitOptions } from './batch-scan.js';
import { repairIndexes } from './index-repair.js';
import type { LogState } from './log-state.js';
import { recallBatch, replayBatch } from './producer-replay.js';
import type { ProducerState } from './producer-state.js';
import type { DamagedRange } from './recovery-report.js';
import type { OffsetIndexEntry } from './offset-index.js';
import type { BatchPlace } from './segment-reader.js';
import { DamagedBytes, follows } from './segment-reader.js';
import type { Segment } from './segment.js';

/** A damaged range with its place in the file. */
export interface Damage extends DamagedRange {
  readonly segment: Segment;
  readonly position: number;
  readonly endPosition: number;
}

/**
 * The damaged ranges of one log, in the order of their offsets: fenced off until a good replica's batches replace them.
 * One below the log's start is asked for by nobody, but what is searched behind it in its file has to go around it.
 */
export class DamageList {
  #ranges: Damage[];
  #startOffset: Offset;
  /** Those that a recovery or a truncation stepped over, and those that will be cut off. */
  readonly #unvouched: Set<Damage>;

  constructor(ranges: readonly Damage[], startOffset: Offset) {
    this.#ranges = [...ranges];
    this.#startOffset = startOffset;
    this.#unvouched = new Set(ranges);
  }

  /** Where the first range begins that recovery stepped over, or that will be cut off, and that is still there. */
  get firstUnvouched(): Offset | undefined {
    return this.#present.find((range) => this.#unvouched.has(range))?.fromOffset;
  }

  /** The range at `fromOffset` will be cut off; false where there is none. */
  withdraw(fromOffset: Offset): boolean {
    const range = this.find(fromOffset);
    if (range === undefined) return false;
    this.#unvouched.add(range);
    return true;
  }

  /** The range at `fromOffset` is one that recovery stepped over, or that will be cut off, and is still there. */
  isUnvouched(fromOffset: Offset): boolean {
    const range = this.find(fromOffset);
    return range !== undefined && this.#unvouched.has(range);
  }

  get ranges(): readonly DamagedRange[] {
    return this.#present.map(({ fromOffset, toOffset }) => ({ fromOffset, toOffset }));
  }

  get #present(): readonly Damage[] {
    return this.#ranges.filter(({ toOffset }) => toOffset > this.#startOffset);
  }

  /** The end of the last range of the segment that is before `offset`: a walk to there may begin at it. */
  endBefore(segment: Segment, offset: Offset): BatchPlace | undefined {
    const last = this.#ranges.findLast((range) => range.segment === segment && range.toOffset <= offset);
    return last && { position: last.endPosition, expectedOffset: last.toOffset };
  }

  /** @throws VarveError CORRUPT_MESSAGE when the batch at `offset` is known to be damaged */
  check(offset: Offset): void {
    if (this.find(offset) === undefined) return;
    throw new VarveError('CORRUPT_MESSAGE', `The batch at offset ${offset} is damaged on this replica's disk.`);
  }

  find(offset: Offset): Damage | undefined {
    const known = this.known(offset);
    return known !== undefined && known.toOffset > this.#startOffset ? known : undefined;
  }

  /** As `find`, and also what lies below the log's start: it was deleted, and stands in the file all the same. */
  known(offset: Offset): Damage | undefined {
    return this.#ranges.find((range) => range.fromOffset <= offset && offset < range.toOffset);
  }

  /** What is known of the segment, below the log's start too. */
  of(segment: Segment): readonly Damage[] {
    return this.#ranges.filter((range) => range.segment === segment);
  }

  /** True when it was not known, or not as far: what came next was good when its beginning was found. */
  add(damage: Damage): boolean {
    const ranges = this.of(damage.segment);
    if (ranges.some((known) => contains(known, damage))) return false;
    // It began later, too, where a batch before it went bad since. Two ranges of one place would never both be mended.
    for (const known of ranges.filter((range) => contains(damage, range))) {
      if (this.#unvouched.has(known)) this.#unvouched.add(damage);
      this.remove(known);
    }
    this.#ranges.push(damage);
    this.#ranges.sort((a, b) => a.fromOffset - b.fromOffset);
    return true;
  }

  remove(damage: Damage): void {
    this.#unvouched.delete(damage);
    this.#ranges = this.#ranges.filter((range) => range !== damage);
  }

  /** The segments are gone, or were replaced by a copy that has only good batches. */
  dropOf(segments: ReadonlySet<Segment>): void {
    this.#ranges = this.#ranges.filter((range) => !segments.has(range.segment));
  }

  /** The log now holds `startOffset` .. `endOffset`-1. */
  trim(startOffset: Offset, endOffset: Offset): void {
    this.#startOffset = startOffset;
    this.#ranges = this.#ranges.filter((range) => range.fromOffset < endOffset);
  }
}

function contains(outer: Damage, inner: Damage): boolean {
  return outer.position <= inner.position && inner.endPosition <= outer.endPosition;
}

/** So many looks at a damaged place at most, until two agree on it. */
const MAX_LOOKS = 6;

/**
 * Where the damage is that a read met, and how far it goes: from the first bad batch at or before it (a wrong length
 * shows only at what seems to be the next one) to the next good one, else to the end of the segment. Undefined when every
 * batch of the segment is good: the read went astray, or an index misled it, which is then made anew. A look may go
 * astray as well, and fence off what is good: two have to agree.
 */
export async function measureDamage(state: LogState, found: DamagedBytes): Promise<Damage | undefined> {
  let before: Damage | undefined;
  for (let looks = 1; found.segment.writtenBytes > 0; looks++) {
    const damage = await lookAtDamage(state, found);
    if (damage === undefined) {
      await repairIndexes(state, found.segment);
      return undefined;
    }
    const agrees = before?.position === damage.position && before.endPosition === damage.endPosition;
    if (agrees || looks === MAX_LOOKS) return damage;
    before = damage;
  }
  return undefined;
}

async function lookAtDamage(state: LogState, found: DamagedBytes): Promise<Damage | undefined> {
  const { segment } = found;
  const end = segment.writtenBytes;
  const segmentEnd = state.segments.endOf(state.segments.all.indexOf(segment), state.writer.writtenOffset);
  const offsets = segment.indexes?.offsets;
  const near = offsets?.entryAtOrBefore(found.position);
  const before = near && offsets?.entryAtOrBefore(near.position - 1);
  const lease = await state.services.files.acquire(segment.logPath, 'read');
  try {
    let bad = before && (await firstBad(state, segment, lease.file, { start: before, end, segmentEnd }));
    // The batch that the walk began with is bad itself: nothing tells where it starts but the one before it. Or one of
    // elsewhere was taken into the index.
    if (bad === undefined || bad.position === before?.position || bad.isOutOfLine) {
      bad = await firstBad(state, segment, lease.file, { start: undefined, end, segmentEnd });
    }
    let damage: Damage | undefined;
    while (bad !== undefined) {
      const fit = { segmentEnd, contiguous: state.contiguous };
      const extent: Extent | undefined = await extentOf(lease.file, bad, end, fit);
      if (extent === undefined) return damage;
      const { position, fromOffset, endPosition, toOffset } = extent;
      damage = { segment, position, fromOffset, endPosition, toOffset };
      if (endPosition > found.position || endPosition === end) return damage;
      // The read met another one, behind it.
      const here = { position: endPosition, fromOffset: toOffset };
      bad = await firstBad(state, segment, lease.file, { start: undefined, here, end, segmentEnd });
    }
    return damage;
  } finally {
    lease.release();
  }
}

interface Place {
  readonly position: number;
  /** Where the batch before it ends. */
  readonly fromOffset: Offset;
}

interface BadPlace extends Place {
  /** A good batch, but not one that follows the one before it. */
  readonly isOutOfLine: boolean;
  /** The last place before it where a batch left a gap that can be what is missing. */
  readonly gap: Place | undefined;
}

interface Extent extends Place {
  readonly endPosition: number;
  readonly toOffset: Offset;
}

/** How far the damage at `bad` goes; undefined where no offset is missing. */
async function extentOf(
  file: File,
  bad: BadPlace,
  end: number,
  fit: Omit<FitOptions, 'expected'>,
): Promise<Extent | undefined> {
  const extent = async ({ position, fromOffset }: Place, from: number, expected: Offset): Promise<Extent> => {
    const next = await findNextBatch(file, from, end, { ...fit, expected });
    const toOffset = next?.baseOffset ?? fit.segmentEnd;
    return { position, fromOffset, endPosition: next?.position ?? end, toOffset };
  };
  if (bad.gap !== undefined) {
    const { toOffset } = await extent(bad, bad.position + 1, bad.fromOffset - 1);
    // Nothing is missing here. So it is in that gap, and what stands behind it is of elsewhere.
    if (toOffset === bad.fromOffset) return extent(bad.gap, bad.position, bad.gap.fromOffset);
  }
  if (bad.fromOffset >= fit.segmentEnd) return undefined;
  return extent(bad, bad.position + 1, bad.fromOffset);
}

/** The first batch from `start` on (else from `here`, else from the file's start) that fails its CRC or does not follow the one before it. */
async function firstBad(
  state: LogState,
  segment: Segment,
  file: File,
  options: {
    readonly start: OffsetIndexEntry | undefined;
    readonly here?: Place;
    readonly end: number;
    readonly segmentEnd: Offset;
  },
): Promise<BadPlace | undefined> {
  const { start, end, segmentEnd } = options;
  const { contiguous } = state;
  let here: Place = options.here ?? { position: start?.position ?? 0, fromOffset: segment.baseOffset };
  const gaps: Place[] = [];
  /** The batch before left a gap: its offset may be what is wrong, and then the next one does not fit. */
  let isBehindGap = false;
  let outOfLine: Offset | undefined;
  const range = { from: here.position, to: end, checkCrc: true };
  const scan = await scanBatches(file, range, (chunk, at, position) => {
    const baseOffset = batchBaseOffset(chunk, at);
    const nextOffset = batchNextOffset(chunk, at);
    // By its last offset: the log may start within the batch, and its epoch then begins there.
    const epoch = state.epochs.epochAt(nextOffset - 1);
    const first = position === start?.position;
    const inLine =
      (first ? nextOffset === start.lastOffset + 1 : follows(baseOffset, here.fromOffset, contiguous)) &&
      nextOffset <= segmentEnd &&
      (epoch === NO_EPOCH || epoch === batchLeaderEpoch(chunk, at));
    if (!inLine) {
      if (isBehindGap && baseOffset < here.fromOffset) here = gaps.pop() ?? here;
      outOfLine = baseOffset;
      return false;
    }
    isBehindGap = !first && baseOffset > here.fromOffset;
    if (isBehindGap) gaps.push(here);
    here = { position: position + batchSizeBytes(chunk, at), fromOffset: nextOffset };
    return true;
  });
  if (scan.outcome === 'end') return undefined;
  const gap = gaps.findLast(({ fromOffset }) => fromOffset <= (outOfLine ?? Infinity));
  return { ...here, isOutOfLine: outOfLine !== undefined, gap };
}

/**
 * Puts a good replica's batches in the place of a damaged range. False when they do not fit it byte for byte (another
 * compaction): then the log must be cut and fetched anew from there.
 * @throws VarveError CORRUPT_MESSAGE when `batches` are damaged themselves
 */
export async function repairDamage(state: LogState, damage: Damage, batches: Buffer): Promise<boolean> {
  let expected = damage.fromOffset;
  for (let at = 0; at < batches.length; at += batchSizeBytes(batches, at)) {
    if (batchAt(batches, at, batches.length) <= 0 || !checkCrc(batches, at)) {
      throw new VarveError('CORRUPT_MESSAGE', 'The batches for a repair are damaged.');
    }
    if (!follows(batchBaseOffset(batches, at), expected, state.contiguous)) return false;
    expected = batchNextOffset(batches, at);
  }
  if (expected !== damage.toOffset || batches.length !== damage.endPosition - damage.position) return false;
  return state.writer.exclusive(() =>
    state.mustDo(async () => {
      if (!state.segments.all.includes(damage.segment) || damage.endPosition > damage.segment.writtenBytes)
        return false;
      const lease = await state.services.files.acquire(damage.segment.logPath, 'write');
      try {
        await lease.file.write([batches], damage.position);
        await state.services.syncFile(damage.segment.logPath, lease.file);
      } finally {
        lease.release();
      }
      for (let at = 0; at < batches.length; at += batchSizeBytes(batches, at))
        replayMended(state.producers, batches, at);
      noteMendedEpochs(state, damage, batches);
      // Those of the time since the recovery lack the producers that this damage hid.
      if (state.damage.isUnvouched(damage.fromOffset)) await state.segments.unlinkSnapshotsBehind(damage.fromOffset);
      state.damage.remove(damage);
      await state.endDamageMark();
      state.reader.invalidate();
      return true;
    }),
  );
}

/** The last one first: each is followed by one whose epoch is noted. */
function noteMendedEpochs({ epochs }: LogState, { toOffset }: Damage, batches: Buffer): void {
  let nextOffset = toOffset;
  for (const at of [...batchPositions(batches)].reverse()) {
    const baseOffset = batchBaseOffset(batches, at);
    epochs.mended(batchLeaderEpoch(batches, at), baseOffset, nextOffset);
    nextOffset = baseOffset;
  }
}

/**
 * A recovery stepped over it: where it is its producer's last batch, a retry of it would be taken for a new one, and where it is one
 * of those before, the retry would be refused for ever.
 */
export function replayMended(producers: ProducerState, batches: Buffer, at: number): void {
  const entry = producers.producers.get(batchProducerId(batches, at));
  const isLater = entry === undefined || entry.lastOffset < batchBaseOffset(batches, at);
  if (!isLater) recallBatch(producers, batches, at);
  else if (batchProducerEpoch(batches, at) >= (entry?.epoch ?? NO_PRODUCER_EPOCH)) replayBatch(producers, batches, at);
}

/** A place in a segment's file, and the offset that should stand there. */
interface ScrubPlace {
  readonly position: number;
  readonly expectedOffset: Offset;
}

/** Where the scrubber is in a log. */
export interface ScrubCursor extends ScrubPlace {
  readonly baseOffset: Offset;
  /** Of the reader: in another one the place may be in the middle of a batch. */
  readonly generation: number;
}

/**
 * Reads and checks up to about `maxBytes` of what is on disk, from `cursor` on; gives where to go on, undefined at the
 * end of the log. Damage goes to `state.reportDamage`.
 */
export async function scrub(
  state: LogState,
  cursor: ScrubCursor | undefined,
  maxBytes: number,
): Promise<ScrubCursor | undefined> {
  const { generation } = state.reader;
  const baseOffset = cursor?.baseOffset ?? state.segments.at(0).baseOffset;
  const index = state.segments.indexOf(baseOffset);
  const segment = state.segments.at(index);
  const goesOn = segment.baseOffset === baseOffset && cursor?.generation === generation;
  let position = goesOn ? cursor.position : 0;
  let expectedOffset = goesOn ? cursor.expectedOffset : segment.baseOffset;
  const here = (): ScrubCursor => ({ baseOffset: segment.baseOffset, position, expectedOffset, generation });
  let left = maxBytes;
  while (position < segment.writtenBytes && left > 0) {
    const to = Math.min(segment.writtenBytes, position + left);
    const segmentEnd = state.segments.endOf(index, state.writer.writtenOffset);
    const range = { position, expectedOffset, to, segmentEnd };
    const slice = await scrubRange(state, segment, range).catch((error: unknown) => {
      if (generation === state.reader.generation) throw error;
    });
    // What was read may be of another file, or there is none any more.
    if (slice === undefined || generation !== state.reader.generation) return here();
    left -= slice.position - position;
    ({ position, expectedOffset } = slice);
    if (slice.bad === undefined) continue;
    const known = state.damage.known(expectedOffset);
    const isKnown = known?.segment === segment && known.endPosition > position;
    const damage = isKnown ? known : await state.reportDamage(slice.bad);
    if (damage === undefined && expectedOffset === segmentEnd) {
      // Nothing is missing, whatever stands there.
      position = to;
      continue;
    }
    // Read wrong once, and good again: the next slice begins there.
    if (damage === undefined) return here();
    // What did not fit was behind it: a batch of elsewhere before it had passed for one behind a gap.
    const goesBack = damage.endPosition <= position;
    position = damage.endPosition;
    expectedOffset = damage.toOffset;
    if (goesBack) return here();
  }
  if (position < segment.writtenBytes) return here();
  const next = state.segments.all[index + 1];
  if (next === undefined) return undefined;
  return { baseOffset: next.baseOffset, position: 0, expectedOffset: next.baseOffset, generation };
}

async function scrubRange(
  state: LogState,
  segment: Segment,
  from: ScrubPlace & { readonly to: number; readonly segmentEnd: Offset },
): Promise<ScrubPlace & { readonly bad?: DamagedBytes }> {
  const { to, segmentEnd } = from;
  let { expectedOffset } = from;
  const lease = await state.services.files.acquire(segment.logPath, 'read');
  try {
    const range = { from: from.position, to, checkCrc: true };
    const scan = await scanBatches(lease.file, range, (chunk, at) => {
      const nextOffset = batchNextOffset(chunk, at);
      const fits = follows(batchBaseOffset(chunk, at), expectedOffset, state.contiguous) && nextOffset <= segmentEnd;
      if (fits) expectedOffset = nextOffset;
      return fits;
    });
    const { position } = scan;
    if (scan.outcome === 'end') return { position, expectedOffset };
    const header = Buffer.alloc(RECORD_BATCH_OVERHEAD);
    await lease.file.read(header, position);
    assert(position < to, 'a walk that did not end is before its end');
    const size = batchAt(header, 0, Number.MAX_SAFE_INTEGER);
    if (scan.outcome === 'incomplete' && size > 0 && position + size <= segment.writtenBytes) {
      if (position > from.position) return { position, expectedOffset };
      return await scrubRange(state, segment, { ...from, to: position + size });
    }
    return { position, expectedOffset, bad: new DamagedBytes(segment, expectedOffset, position) };
  } finally {
    lease.release();
  }
}
