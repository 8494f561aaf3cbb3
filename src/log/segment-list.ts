import { assert, defined } from '../common/assert.js';
import type { Offset } from '../common/ids.js';
import { formatDamageMark, formatEpochCheckpoint } from './checkpoint-files.js';
import {
  DAMAGE_MARK,
  GAPS_MARK,
  INDEX_SUFFIX,
  LEADER_EPOCH_CHECKPOINT,
  LOG_SUFFIX,
  offsetFileName,
  SNAPSHOT_SUFFIX,
  TIME_INDEX_SUFFIX,
  TRANSACTION_INDEX_SUFFIX,
  TRUNCATION_MARK,
} from './file-names.js';
import type { EpochStart, LeaderEpochCache } from './leader-epoch-cache.js';
import type { LogServices } from './log-services.js';
import { EARLIER_BATCHES_SUFFIX } from './producer-replay.js';
import { encodeEarlierBatches, encodeSnapshot } from './producer-snapshot.js';
import type { ProducerEntry } from './producer-entry.js';
import type { ProducerState } from './producer-state.js';
import type { Segment, SegmentIndexes } from './segment.js';
import { writeFileAtomically } from '../platform/file-system.js';

const SEGMENT_SUFFIXES = [LOG_SUFFIX, INDEX_SUFFIX, TIME_INDEX_SUFFIX, TRANSACTION_INDEX_SUFFIX];

/**
 * The segments of a log in the order of their offsets, and the files beside them. There is always one, the last is the
 * active one, and each ends where the next begins.
 */
export class SegmentList {
  readonly folder: string;
  /** Offsets of the producer snapshots on disk or on their way there. */
  readonly snapshotOffsets: Set<Offset>;
  /** Of those, the ones that are still on their way, each with what writes its files. */
  readonly #unwritten = new Map<Offset, () => Promise<void>>();
  readonly #services: LogServices;
  readonly #segments: Segment[];
  #writtenEpochs: number;
  #epochsWritten: Promise<void> = Promise.resolve();

  constructor(options: {
    services: LogServices;
    folder: string;
    segments: readonly Segment[];
    snapshotOffsets: Set<Offset>;
    /** Version of the epoch cache that the checkpoint file has; -1: it is behind. */
    writtenEpochs: number;
  }) {
    assert(options.segments.length > 0, 'a log has a segment');
    this.#services = options.services;
    this.folder = options.folder;
    this.#segments = [...options.segments];
    this.snapshotOffsets = options.snapshotOffsets;
    this.#writtenEpochs = options.writtenEpochs;
  }

  get count(): number {
    return this.#segments.length;
  }

  get all(): readonly Segment[] {
    return this.#segments;
  }

  get active(): Segment {
    return this.at(this.#segments.length - 1);
  }

  get sizeBytes(): number {
    return this.#segments.reduce((sum, segment) => sum + segment.sizeBytes, 0);
  }

  at(index: number): Segment {
    return defined(this.#segments[index], 'a segment index is within the list');
  }

  /** Index of the segment that holds `offset`, or would: the last one that begins at or before it, else the first. */
  indexOf(offset: Offset): number {
    let low = 0;
    let high = this.#segments.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.at(middle).baseOffset <= offset) low = middle + 1;
      else high = middle;
    }
    return Math.max(0, low - 1);
  }

  /** Where the segment at `index` ends, in a log that ends at `endOffset`. */
  endOf(index: number, endOffset: Offset): Offset {
    return this.#segments[index + 1]?.baseOffset ?? endOffset;
  }

  add(segment: Segment): void {
    assert(segment.baseOffset > this.active.baseOffset, 'a new segment begins after the last one');
    this.#segments.push(segment);
  }

  /** Takes the first `count` segments off the list. */
  removeFirst(count: number): Segment[] {
    assert(count < this.#segments.length, 'a log keeps a segment');
    return this.#forget(this.#segments.splice(0, count));
  }

  /** Takes all segments after the one at `index` off the list. */
  removeAfter(index: number): Segment[] {
    return this.#forget(this.#segments.splice(index + 1));
  }

  /** Puts `segments` in the place of the `count` at `index`. */
  replace(index: number, count: number, segments: readonly Segment[]): void {
    this.#forget(this.#segments.splice(index, count, ...segments));
    assert(this.#segments.length > 0, 'a log has a segment');
  }

  /** Empties the list but for `segment`. */
  restartWith(segment: Segment): Segment[] {
    return this.#forget(this.#segments.splice(0, this.#segments.length, segment));
  }

  /** What they have in memory goes with them. */
  forgetIndexes(): void {
    this.#forget(this.#segments);
  }

  #forget(removed: Segment[]): Segment[] {
    for (const segment of removed) this.#services.indexCache.forget(segment);
    return removed;
  }

  /**
   * The disk work that ends `segment`, whose successor begins at `nextOffset`: its indexes and the producers' state at
   * that point, all synced. State is taken now, the work may run later and more than once.
   */
  prepareSeal(segment: Segment, nextOffset: Offset, producers: ProducerState): () => Promise<void> {
    this.#prepareSnapshot(nextOffset, producers.producers);
    return async () => {
      // Retention may have been faster.
      const written = this.#segments.includes(segment) ? await this.writeIndexes(segment) : undefined;
      await this.#writePrepared(nextOffset);
      // Not before: where there was no room for the rest, all of it is done again.
      if (written !== undefined) this.#services.indexCache.release(segment, written);
    };
  }

  /** Writes what a clean stop leaves: indexes of the active segment, a snapshot at the end, the epochs. */
  async writeForCleanStop(endOffset: Offset, producers: ProducerState, epochs: LeaderEpochCache): Promise<void> {
    await this.writeEpochs(epochs);
    const { active } = this;
    if (!active.created) return;
    active.finishTimeIndex();
    await this.writeIndexes(active);
    if (endOffset > Math.max(-1, ...this.snapshotOffsets)) this.#prepareSnapshot(endOffset, producers.producers);
    await this.#writePrepared(endOffset);
  }

  /** Whether `leader-epoch-checkpoint` has these epochs. */
  hasWritten({ version }: LeaderEpochCache): boolean {
    return version === this.#writtenEpochs;
  }

  /**
   * Brings `leader-epoch-checkpoint` up to date, if it is behind. One after another: a checkpoint of the directory and the
   * end of the log write it by way of the same temporary file. Each as they are at its call: what a truncation cuts off
   * meanwhile is below the recovery point on the disk until that is lowered.
   */
  writeEpochs({ version, entries }: LeaderEpochCache): Promise<void> {
    const known = [...entries];
    const written = this.#epochsWritten.then(() => this.#writeEpochsNow(version, known));
    this.#epochsWritten = written.catch(() => {});
    return written;
  }

  async #writeEpochsNow(version: number, entries: readonly EpochStart[]): Promise<void> {
    if (version === this.#writtenEpochs) return;
    const path = `${this.folder}/${LEADER_EPOCH_CHECKPOINT}`;
    await writeFileAtomically(this.#services.platform.fileSystem, path, formatEpochCheckpoint(entries));
    this.#writtenEpochs = version;
  }

  /** Makes the empty file of `segment`: when nothing else on disk would tell where the log is. */
  async create(segment: Segment): Promise<void> {
    if (segment.created) return;
    await this.#services.writeFile(segment.logPath, Buffer.alloc(0));
    await this.#services.platform.fileSystem.syncDirectory(this.folder);
    segment.created = true;
  }

  /** Notes for good, before there is one, that gaps between this log's batches are no damage. */
  async writeGapsMark(): Promise<void> {
    await this.#services.writeFile(`${this.folder}/${GAPS_MARK}`, Buffer.alloc(0));
    await this.#services.platform.fileSystem.syncDirectory(this.folder);
  }

  /** Writes the indexes of a segment that no batch will be added to; their memory may be given back then. */
  async closeIndexes(segment: Segment): Promise<void> {
    const written = await this.writeIndexes(segment);
    this.#services.indexCache.release(segment, written);
  }

  async writeIndexes(segment: Segment): Promise<SegmentIndexes> {
    const indexes = defined(segment.indexes, 'indexes that are written are in memory');
    await this.#services.writeFile(segment.path(INDEX_SUFFIX), indexes.offsets.content());
    await this.#services.writeFile(segment.path(TIME_INDEX_SUFFIX), indexes.times.content());
    const path = segment.path(TRANSACTION_INDEX_SUFFIX);
    if (segment.transactions.count > 0) await this.#services.writeFile(path, segment.transactions.content());
    // The one that is there may tell of transactions that were truncated since.
    else await this.#services.platform.fileSystem.unlink(path);
    return indexes;
  }

  /**
   * Removes the files of segments that are off the list, in the order given, and the snapshots at their bases. The
   * folder is synced after each, so that a crash leaves no gap between those that are still there, and none without its
   * snapshot; the last snapshot's name goes with the next sync of the folder. The snapshot at `kept.snapshot` stays. So does the log
   * file of a segment that begins at `kept.log`: the caller empties it.
   */
  async unlink(
    segments: readonly Segment[],
    kept: { readonly snapshot?: Offset; readonly log?: Offset } = {},
  ): Promise<void> {
    for (const segment of segments) {
      for (const suffix of SEGMENT_SUFFIXES) {
        if (suffix === LOG_SUFFIX && segment.baseOffset === kept.log) continue;
        const path = segment.path(suffix);
        this.#services.files.forget(path);
        await this.#services.platform.fileSystem.unlink(path);
      }
      await this.#services.platform.fileSystem.syncDirectory(this.folder);
      if (segment.baseOffset !== kept.snapshot) await this.unlinkSnapshot(segment.baseOffset);
    }
  }

  /**
   * Resolves when the disk has, by name and content, what the log knows of its producers at `offset`, where a segment begins
   * and all before it is about to go. The seal that was to write it may wait behind other work; a recovery, and the mend of
   * damage, leave none.
   */
  async keepProducers(offset: Offset, producers: ProducerState): Promise<void> {
    if (!this.snapshotOffsets.has(offset)) {
      const known = producers.below(offset);
      if (known.size === 0) return;
      this.#prepareSnapshot(offset, known);
    }
    if (this.#unwritten.has(offset)) await this.#writePrepared(offset);
  }

  async unlinkSnapshot(offset: Offset): Promise<void> {
    this.snapshotOffsets.delete(offset);
    this.#unwritten.delete(offset);
    const path = `${this.folder}/${offsetFileName(offset, '')}`;
    await this.#services.platform.fileSystem.unlink(path + SNAPSHOT_SUFFIX);
    await this.#services.platform.fileSystem.unlink(path + EARLIER_BATCHES_SUFFIX);
  }

  /** The controller knows what the last recovery cut. */
  async unlinkTruncationMark(): Promise<void> {
    await this.#services.platform.fileSystem.unlink(`${this.folder}/${TRUNCATION_MARK}`);
  }

  async writeDamageMark(fromOffset: Offset): Promise<void> {
    const path = `${this.folder}/${DAMAGE_MARK}`;
    await writeFileAtomically(this.#services.platform.fileSystem, path, formatDamageMark(fromOffset));
  }

  /** Nothing is left of what a recovery stepped over, nor a snapshot that lacks what it hid. */
  async unlinkDamageMark(): Promise<void> {
    // The snapshots' names go first: with one of them and without the mark the next start would know less.
    await this.#services.platform.fileSystem.syncDirectory(this.folder);
    await this.#services.platform.fileSystem.unlink(`${this.folder}/${DAMAGE_MARK}`);
  }

  /** The producers' state behind `offset` was not whole: snapshots of it go, and those on their way are not written. */
  async unlinkSnapshotsBehind(offset: Offset): Promise<void> {
    for (const each of this.snapshotOffsets) if (each > offset) await this.unlinkSnapshot(each);
  }

  /** The content is taken now; `#writePrepared` stores it. */
  #prepareSnapshot(offset: Offset, producers: ReadonlyMap<number, ProducerEntry>): void {
    const path = `${this.folder}/${offsetFileName(offset, '')}`;
    const content = encodeSnapshot(producers);
    const earlier = encodeEarlierBatches(producers);
    this.snapshotOffsets.add(offset);
    this.#unwritten.set(offset, async () => {
      if (earlier !== undefined) await this.#services.writeFile(path + EARLIER_BATCHES_SUFFIX, earlier);
      await this.#services.writeFile(path + SNAPSHOT_SUFFIX, content);
    });
  }

  /** Stores the snapshot at `offset` unless it is stored already, or was withdrawn; the folder is synced in any case. */
  async #writePrepared(offset: Offset): Promise<void> {
    const write = this.#unwritten.get(offset);
    await write?.();
    await this.#services.platform.fileSystem.syncDirectory(this.folder);
    // Not written twice: a crash amid the second time would tear what the log begins with by now.
    if (this.#unwritten.get(offset) === write) this.#unwritten.delete(offset);
  }
}
