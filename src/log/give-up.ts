import { defined } from '../common/assert.js';
import type { LeaderEpoch, Offset } from '../common/ids.js';
import { NO_EPOCH } from '../common/ids.js';
import { buildEmptyBatch } from '../record/batch-builder.js';
import {
  batchAttributes,
  batchBaseOffset,
  batchLastOffset,
  batchLeaderEpoch,
  batchNextOffset,
  batchProducerId,
  batchSizeBytes,
  isControl,
  NO_PRODUCER_ID,
  NO_TIMESTAMP,
  RECORD_BATCH_OVERHEAD,
} from '../record/batch-header.js';
import type { CleanedSegment } from './cleaned-segment.js';
import { writeCleaned } from './cleaned-segment.js';
import { BrokenOff, Pacer } from './compaction.js';
import { readBetween } from './compaction-input.js';
import type { Damage } from './damage.js';
import { replayMended } from './damage.js';
import type { LogState } from './log-state.js';
import { REMEMBERED_BATCHES } from './producer-entry.js';
import type { DamagedRange } from './recovery-report.js';
import { DamagedBytes } from './segment-reader.js';
import { MAX_RELATIVE_OFFSET, type Segment } from './segment.js';
import { dropCleaned, swapIn } from './swap.js';

/** Whole batches in the order of their offsets; those that are fetched as they are asked for may fail to come. */
type Batches = Iterable<Buffer> | AsyncIterable<Buffer>;

/** A damaged range, and the batches of it that others still have. */
export interface RangeToGiveUp extends DamagedRange {
  readonly batches: Batches;
}

/** A damaged place of a segment, and what of it is left. */
interface Remains {
  readonly damage: Damage;
  readonly batches: Batches;
}

/**
 * Puts what is left of damaged ranges, which may be all of it, in their place, and empty batches (as compaction leaves them)
 * where nothing is: the offsets stay taken, so the log is as free of gaps as it was, ends where it did, and followers copy it as it is. Gives the
 * offsets that are lost.
 *
 * Each segment is written anew and swapped in, as in compaction, so that a crash leaves the old one or the new one; the active
 * one is rolled first. All damaged ranges of a segment go together. A segment that is not done is to be tried again: it is not
 * on the disk yet, there is no room, or more of it is damaged. `mayGoOn` is asked last.
 * @throws VarveError KAFKA_STORAGE_ERROR
 */
export async function giveUpDamage(
  state: LogState,
  ranges: readonly RangeToGiveUp[],
  mayGoOn: () => boolean,
): Promise<DamagedRange[]> {
  const lost: DamagedRange[] = [];
  for (const segment of new Set(ranges.flatMap(({ fromOffset }) => state.damage.find(fromOffset)?.segment ?? []))) {
    const remains = state.damage.of(segment).flatMap((damage) => remainsOf(state, damage, ranges) ?? []);
    if (remains.length < state.damage.of(segment).length) continue;
    try {
      lost.push(...(await state.services.tryTo(() => exchange(state, segment, remains, mayGoOn))));
    } catch (error) {
      const passes = error instanceof BrokenOff || error instanceof DamagedBytes || state.services.isTransient(error);
      if (!passes) throw error;
    }
  }
  return lost;
}

/** Nothing is left of what was deleted; undefined where the range is not to be given up. */
function remainsOf(state: LogState, damage: Damage, ranges: readonly RangeToGiveUp[]): Remains | undefined {
  if (damage.toOffset <= state.startOffset) return { damage, batches: [] };
  const { fromOffset, toOffset } = damage;
  const range = ranges.find((one) => one.fromOffset === fromOffset && one.toOffset === toOffset);
  return range && { damage, batches: range.batches };
}

async function exchange(
  state: LogState,
  segment: Segment,
  remains: readonly Remains[],
  mayGoOn: () => boolean,
): Promise<DamagedRange[]> {
  if (segment === state.segments.active) state.roll();
  // What of it is not written yet would be missing in the copy. And its end writes the producers' state with what goes.
  const end = state.segments.endOf(state.segments.all.indexOf(segment), state.endOffset);
  if (state.writer.hasWorkFor(segment) || end > state.writer.syncedOffset) return [];
  const { baseOffset, folder, createdMs } = segment;
  let lost: readonly DamagedRange[] = [];
  let back: readonly Buffer[] = [];
  const cleaned = await writeCleaned(state, { baseOffset, folder, createdMs }, async (copy) => {
    const work = new SegmentCopy(state, segment, copy);
    await work.run(remains);
    ({ lost, back } = work);
  });
  cleaned.transactions = segment.transactions;
  if (!mayGoOn()) {
    await state.services.tryTo(() => dropCleaned(state, cleaned));
    return [];
  }
  // What follows is done, but for a crash. A producer's retry of what is lost is news, and one of what is back is none: known
  // before the snapshots go, or the end of a segment that comes meanwhile would write down the state of before.
  for (const { fromOffset, toOffset } of lost) state.producers.forgetBetween(fromOffset, toOffset);
  for (const batch of back) replayMended(state.producers, batch, 0);
  const firstOffset = defined(remains[0], 'a range is given up').damage.fromOffset;
  await state.writer.exclusive(() => state.mustDo(() => dropSnapshotsBehind(state, firstOffset)));
  await swapIn(state, [segment], cleaned);
  await state.mustDo(() => state.endDamageMark());
  return lost.filter(({ toOffset }) => toOffset > state.startOffset);
}

/** Not one of them is left, or on its way, when the segment that they tell of is exchanged. */
async function dropSnapshotsBehind(state: LogState, offset: Offset): Promise<void> {
  await state.segments.unlinkSnapshotsBehind(offset);
  await state.services.platform.fileSystem.syncDirectory(state.folder);
}

/** What others give may end before its end: as a disk without room, that is a reason to try it again. */
async function* orBreakOff(batches: Batches): AsyncGenerator<Buffer, void, undefined> {
  try {
    yield* batches;
  } catch (error) {
    throw new BrokenOff('What is left of the damage is not given now.', { cause: error });
  }
}

/** Copies a segment around its damage. */
class SegmentCopy {
  readonly #state: LogState;
  readonly #segment: Segment;
  readonly #copy: CleanedSegment;
  readonly #pacer: Pacer;
  readonly lost: DamagedRange[] = [];
  /** The last batches of each producer that are in the copy, and not in the segment. */
  readonly #back = new Map<number, Buffer[]>();
  #position = 0;
  #next: Offset;
  #epoch: LeaderEpoch = NO_EPOCH;

  constructor(state: LogState, segment: Segment, copy: CleanedSegment) {
    this.#state = state;
    this.#segment = segment;
    this.#copy = copy;
    this.#pacer = new Pacer(state.services.platform.clock, state);
    this.#next = segment.baseOffset;
  }

  /** As far as they matter to the producers' state: a control batch whole, of others the header. */
  get back(): readonly Buffer[] {
    return [...this.#back.values()].flat();
  }

  /** Rejects with DamagedBytes or BrokenOff. */
  async run(remains: readonly Remains[]): Promise<void> {
    for (const { damage, batches } of remains) {
      await this.#copyTo(damage.position);
      // The batches before the damage are others than when it was measured: it is looked at again.
      if (this.#next !== damage.fromOffset) throw new BrokenOff('The damage lies elsewhere.');
      for await (const batch of orBreakOff(batches)) {
        if (batchBaseOffset(batch, 0) < this.#next || batchNextOffset(batch, 0) > damage.toOffset)
          throw new BrokenOff('What is left of the damage lies elsewhere.');
        await this.#loseTo(batchBaseOffset(batch, 0));
        await this.#add(batch);
        this.#noteBack(batch);
        if (this.#pacer.isDue) await this.#pacer.pause();
      }
      await this.#loseTo(damage.toOffset);
      this.#position = damage.endPosition;
    }
    await this.#copyTo(this.#segment.writtenBytes);
  }

  async #copyTo(end: number): Promise<void> {
    const place = { from: this.#next, position: this.#position, expectedOffset: this.#next, end };
    for await (const { buffer, at } of readBetween(this.#state, this.#segment, place)) {
      await this.#add(Buffer.from(buffer.subarray(at, at + batchSizeBytes(buffer, at))));
      if (this.#pacer.isDue) await this.#pacer.pause();
    }
    this.#position = end;
  }

  #noteBack(batch: Buffer): void {
    const producerId = batchProducerId(batch, 0);
    if (producerId === NO_PRODUCER_ID) return;
    const sizeBytes = isControl(batchAttributes(batch, 0)) ? batch.length : RECORD_BATCH_OVERHEAD;
    const noted = this.#back.get(producerId) ?? [];
    noted.push(Buffer.from(batch.subarray(0, sizeBytes)));
    if (noted.length > REMEMBERED_BATCHES) noted.shift();
    this.#back.set(producerId, noted);
  }

  async #add(batch: Buffer): Promise<void> {
    const { segment } = this.#copy;
    // The indexes have 31 bits for each.
    const isOver = batchLastOffset(batch, 0) - segment.baseOffset > MAX_RELATIVE_OFFSET;
    if (isOver || segment.sizeBytes > MAX_RELATIVE_OFFSET)
      throw new BrokenOff('More is missing than a segment can hold.');
    await this.#copy.add(batch);
    this.#next = batchNextOffset(batch, 0);
    this.#epoch = batchLeaderEpoch(batch, 0);
  }

  /** An empty batch for each leader epoch that wrote up to `toOffset`: followers know their boundaries by them. */
  async #loseTo(toOffset: Offset): Promise<void> {
    if (this.#next >= toOffset) return;
    this.lost.push({ fromOffset: this.#next, toOffset });
    const { epochs } = this.#state;
    while (this.#next < toOffset) {
      const baseOffset = this.#next;
      const known = epochs.epochAt(baseOffset);
      const leaderEpoch = known === NO_EPOCH ? this.#epoch : known;
      const later = epochs.entries.find(({ startOffset }) => startOffset > baseOffset)?.startOffset ?? toOffset;
      const end = Math.min(later, toOffset);
      await this.#add(buildEmptyBatch({ baseOffset, leaderEpoch }, end - 1, NO_TIMESTAMP));
    }
  }
}
