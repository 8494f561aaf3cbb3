import { assert } from '../common/assert.js';
import type { LeaderEpoch, Offset } from '../common/ids.js';
import { NO_EPOCH, NO_OFFSET } from '../common/ids.js';

export interface EpochStart {
  readonly epoch: LeaderEpoch;
  readonly startOffset: Offset;
}

/** The end of an epoch in a log: the offset after its last record. */
export interface EpochEnd {
  readonly epoch: LeaderEpoch;
  readonly endOffset: Offset;
}

/**
 * Which leader epoch wrote what (KIP-101): each epoch with the offset of its first record, both growing. Followers
 * truncate by it. On disk it is `leader-epoch-checkpoint`; after a crash it is rebuilt from the batches beyond the
 * recovery point, so the file need only cover what is below it.
 */
export class LeaderEpochCache {
  #entries: EpochStart[];
  /** Counts changes, so that the owner knows when the file is behind. */
  #version = 0;
  /** The file has epochs beyond the end of the log that are not here. */
  #isShort = false;

  constructor(entries: readonly EpochStart[] = []) {
    this.#entries = [...entries];
  }

  get entries(): readonly EpochStart[] {
    return this.#entries;
  }

  get version(): number {
    return this.#version;
  }

  /** The epoch of the last batch, -1 in a log that never had one. */
  get latestEpoch(): LeaderEpoch {
    return this.#entries.at(-1)?.epoch ?? NO_EPOCH;
  }

  /** Notes that `epoch` has a batch at `startOffset`; nothing happens when it has begun already. */
  assign(epoch: LeaderEpoch, startOffset: Offset): void {
    if (this.#isShort) {
      this.#isShort = false;
      this.#version++;
    }
    const latest = this.#entries.at(-1);
    if (latest !== undefined) {
      if (epoch === latest.epoch) return;
      assert(epoch > latest.epoch, 'leader epochs of a log grow');
      assert(startOffset >= latest.startOffset, 'a later epoch starts later');
      // An epoch whose batches were all truncated or never came has no record; the later one takes its place.
      if (startOffset === latest.startOffset) this.#entries.pop();
    }
    this.#entries.push({ epoch, startOffset });
    this.#version++;
  }

  /**
   * As `assign`, of a batch that stands behind what ends at `previousEnd`. In a gap between them that compaction left no epoch
   * begins (it keeps a batch where one does), but the log itself may begin there: its start was moved into the gap. What is
   * missing is then counted to the first batch: of an earlier epoch nothing is left, and a follower that has a tail of one
   * there, which may never have been committed, is to be cut.
   */
  assignBehind(previousEnd: Offset, epoch: LeaderEpoch, baseOffset: Offset): void {
    this.assign(epoch, this.#entries.length === 0 ? previousEnd : baseOffset);
  }

  /**
   * The greatest epoch at or below `epoch`, and where it ends: the next one's start, or `endOffset` of the log for the
   * latest (KIP-279). An epoch before the first known one ended where that begins: its records were deleted, and a reader
   * or follower that ends there has lost nothing (`LeaderEpochFileCache.endOffsetFor`). (-1, -1) when none is known.
   */
  endOffset(epoch: LeaderEpoch, endOffset: Offset): EpochEnd {
    let found = -1;
    for (let index = this.#entries.length - 1; index >= 0; index--) {
      const entry = this.#entries[index];
      if (entry !== undefined && entry.epoch <= epoch) {
        found = index;
        break;
      }
    }
    const entry = this.#entries[found];
    if (entry === undefined) {
      const [first] = this.#entries;
      if (first === undefined || epoch === NO_EPOCH) return { epoch: NO_EPOCH, endOffset: NO_OFFSET };
      return { epoch, endOffset: first.startOffset };
    }
    return { epoch: entry.epoch, endOffset: this.#entries[found + 1]?.startOffset ?? endOffset };
  }

  /** The epoch of the batch at `offset`; -1 when unknown. */
  epochAt(offset: Offset): LeaderEpoch {
    for (let index = this.#entries.length - 1; index >= 0; index--) {
      const entry = this.#entries[index];
      if (entry !== undefined && entry.startOffset <= offset) return entry.epoch;
    }
    return NO_EPOCH;
  }

  /**
   * Offsets `baseOffset` .. `nextOffset`-1 are of `epoch`, as a good replica's batch says. What is noted may say otherwise: a
   * recovery that stepped over the batch may have taken a later one for the first of the epoch, or have met none of it, and a
   * flipped bit of the checkpoint makes an epoch another one, or begin elsewhere. Those before it begin before the batch, those
   * after it behind the batch; of two that would begin in one place the later one is left.
   *
   * Not where what follows is of an earlier epoch than any that is noted (a log start that was not stored is back where it was,
   * its epochs are not): the good batches there would count to this one, and pass for damaged.
   */
  mended(epoch: LeaderEpoch, baseOffset: Offset, nextOffset: Offset): void {
    const first = this.#entries[0];
    if (first !== undefined && epoch < first.epoch && nextOffset < first.startOffset) return;
    const lower = this.#entries.filter((entry) => entry.epoch < epoch && entry.startOffset < baseOffset);
    const own = this.#entries.find((entry) => entry.epoch === epoch);
    const startOffset = Math.min(own?.startOffset ?? baseOffset, baseOffset);
    const higher = this.#entries
      .filter((entry) => entry.epoch > epoch)
      .map((entry) => ({ epoch: entry.epoch, startOffset: Math.max(entry.startOffset, nextOffset) }))
      .filter((entry, index, all) => (all[index + 1]?.startOffset ?? Infinity) > entry.startOffset);
    const entries = [...lower, { epoch, startOffset }, ...higher];
    const isAsBefore =
      entries.length === this.#entries.length &&
      entries.every((entry, index) => {
        const before = this.#entries[index];
        return before?.epoch === entry.epoch && before.startOffset === entry.startOffset;
      });
    if (!isAsBefore) this.#replace(entries);
  }

  /** The log now ends at `endOffset`: epochs that begin there or later are gone. */
  truncateFromEnd(endOffset: Offset): void {
    const kept = this.#entries.filter((entry) => entry.startOffset < endOffset);
    if (kept.length !== this.#entries.length) this.#replace(kept);
  }

  /**
   * As `truncateFromEnd`, of a log that was opened: a leader that wrote nothing leaves its epoch in the file. It may stay there
   * until the log has more, which may be of an earlier epoch.
   */
  forgetFromEnd(endOffset: Offset): void {
    const version = this.#version;
    this.truncateFromEnd(endOffset);
    this.#isShort = this.#version > version;
    this.#version = version;
  }

  /** The log now starts at `startOffset`: the epoch that covers it starts there, earlier ones are gone. */
  truncateFromStart(startOffset: Offset): void {
    const covering = this.#entries.findLastIndex((entry) => entry.startOffset <= startOffset);
    const entry = this.#entries[covering];
    if (entry === undefined || (covering === 0 && entry.startOffset === startOffset)) return;
    this.#replace([{ epoch: entry.epoch, startOffset }, ...this.#entries.slice(covering + 1)]);
  }

  clear(): void {
    if (this.#entries.length > 0) this.#replace([]);
  }

  #replace(entries: EpochStart[]): void {
    this.#entries = entries;
    this.#version++;
  }
}
