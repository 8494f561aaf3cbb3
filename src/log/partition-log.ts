import { assert } from '../common/assert.js';
import { VarveError } from '../common/errors.js';
import type { LeaderEpoch, Offset, Uuid } from '../common/ids.js';
import { appendAsIs } from './append.js';
import { checkReplicated } from './append-validation.js';
import { type AppendOptions, type AppendResult, LeaderAppends } from './leader-appends.js';
import { compact, findCleanable } from './compaction.js';
import type { Cleanable, CompactionResult } from './compaction.js';
import { repairDamage, scrub } from './damage.js';
import type { ScrubCursor } from './damage.js';
import { giveUpDamage, type RangeToGiveUp } from './give-up.js';
import type { EpochEnd, EpochStart } from './leader-epoch-cache.js';
import type { LogConfig } from './log-config.js';
import type { LogServices } from './log-services.js';
import { findMaxTimestamp, findTimestamp, MAX_TIMESTAMP } from './time-lookup.js';
import type { TimestampedOffset } from './time-lookup.js';
import { truncateFullyAndStartAt, truncateTo } from './truncation.js';
import { LogState } from './log-state.js';
import type { LoadedLog } from './log-state.js';
import { decodeProducers, encodeProducers } from './producer-snapshot.js';
import type { ProducerState } from './producer-state.js';
import type { DamagedRange, RecoveryReport } from './recovery-report.js';
import { applyRetention } from './retention.js';
import type { RetentionResult } from './retention.js';
import type { AbortedTransaction } from './transaction-index.js';

/** Less than a megabyte with five batches each: a message to a follower holds it. */
const MAX_PRODUCERS_GIVEN = 4_096;

/**
 * One partition's log. Everything that is appended is at once in memory and readable; the disk follows in the same
 * order (`LogWriter`), and `durableOffset` says how far. Methods that change the log are not called while another one
 * that returned a promise is under way, except appends during retention and compaction.
 *
 * Invariant: `startOffset <= highWatermark <= endOffset` and `durableOffset <= endOffset`.
 */
export class PartitionLog {
  readonly topic: string;
  readonly partition: number;
  readonly topicId: Uuid;
  readonly folder: string;
  /** What recovery did when the log was opened; undefined after a clean stop. */
  readonly recovery: RecoveryReport | undefined;
  readonly #state: LogState;
  readonly #leaderAppends: LeaderAppends;
  readonly #durableListeners: Array<(durableOffset: Offset) => void> = [];
  readonly #damageListeners: Array<(range: DamagedRange) => void> = [];
  readonly #failureListeners: Array<(error: unknown) => void> = [];
  #truncatedByRecovery: boolean;
  #scrubbed: ScrubCursor | undefined;
  #checkpointedStart: Offset;
  #lastChange: Promise<void> = Promise.resolve();
  #closed = false;
  #epochsWritten: Promise<void> = Promise.resolve();

  constructor(options: { services: LogServices; config: LogConfig; loaded: LoadedLog }) {
    const { loaded } = options;
    this.topic = loaded.topic;
    this.partition = loaded.partition;
    this.topicId = loaded.topicId;
    this.folder = loaded.folder;
    this.recovery = loaded.recovery;
    this.#truncatedByRecovery = loaded.truncated;
    this.#checkpointedStart = loaded.startOffset;
    this.#state = new LogState({
      ...options,
      onDurable: () => this.#tellDurable(),
      onDamaged: (range) => {
        for (const listener of this.#damageListeners) listener(range);
      },
    });
    this.#leaderAppends = new LeaderAppends(this.#state, (sizeBytes) => this.#checkWritable(sizeBytes));
  }

  /** A recovery, of this start or an earlier one, cut what may have been acknowledged; until `truncationReported`. */
  get truncatedByRecovery(): boolean {
    return this.#truncatedByRecovery;
  }

  /** The controller knows that a recovery cut this log: the next start need not say so again. */
  async truncationReported(): Promise<void> {
    if (!this.#truncatedByRecovery) return;
    this.#truncatedByRecovery = false;
    await this.#change(() => this.#state.mustDo(() => this.#state.segments.unlinkTruncationMark()));
  }

  get config(): LogConfig {
    return this.#state.config;
  }

  /** First offset that may be read. */
  get startOffset(): Offset {
    return this.#state.startOffset;
  }

  /** The offset that the next record gets. */
  get endOffset(): Offset {
    return this.#state.endOffset;
  }

  /** Everything below is stored: synced, or written where `flush.messages` is relaxed. */
  get durableOffset(): Offset {
    return this.#state.writer.durableOffset;
  }

  /**
   * `durableOffset`, but not beyond damage that recovery found, or that `withdraw` was called for, and that is not mended.
   * What the former hides is known neither to the producer state nor to anybody who would have to take this replica for
   * whole; the latter is about to be cut off.
   */
  get vouchedOffset(): Offset {
    return Math.min(this.durableOffset, this.#state.damage.firstUnvouched ?? Infinity);
  }

  /** Everything below is synced, whatever the topic's settings; by the files that a crash would find. */
  get syncedOffset(): Offset {
    return Math.min(this.#state.writer.syncedOffset, this.#state.recoveryLimit);
  }

  /** Where the first segment begins, at or below `startOffset`. */
  get firstSegmentOffset(): Offset {
    return this.#state.segments.at(0).baseOffset;
  }

  /** As `firstSegmentOffset`, by the files that are on the disk: those of removed segments may still be there. */
  get firstOffsetOnDisk(): Offset {
    return this.#state.firstOffsetOnDisk;
  }

  get highWatermark(): Offset {
    return this.#state.highWatermark;
  }

  /** Epoch of the last batch, -1 for a log that never had one. */
  get latestEpoch(): LeaderEpoch {
    return this.#state.epochs.latestEpoch;
  }

  get epochs(): readonly EpochStart[] {
    return this.#state.epochs.entries;
  }

  get sizeBytes(): number {
    return this.#state.segments.sizeBytes;
  }

  get segmentCount(): number {
    return this.#state.segments.count;
  }

  get producerState(): ProducerState {
    return this.#state.producers;
  }

  /** The directory failed: every call is refused with KAFKA_STORAGE_ERROR. */
  get offline(): boolean {
    return this.#state.services.offline;
  }

  /**
   * Appends batches as the leader of `leaderEpoch`: checks them as a stranger's bytes, sets their offsets and epoch in
   * place and copies them. Readable at once, durable when `durableOffset` passes them.
   * @throws VarveError without any effect: what validation, producer state and disk say
   */
  appendAsLeader(batches: Buffer, leaderEpoch: LeaderEpoch, options?: AppendOptions): AppendResult {
    return this.#leaderAppends.append(batches, leaderEpoch, options);
  }

  /** The batches need a codec (or some before them still do): `appendAsLeaderAsync` keeps the event loop free. */
  needsCodec(batches: Buffer): boolean {
    return this.#leaderAppends.needsCodec(batches);
  }

  /**
   * As appendAsLeader, but work with codecs (to check compressed records, or for `compression.type`) is done off the
   * event loop. Appends keep the order of their calls.
   */
  appendAsLeaderAsync(batches: Buffer, leaderEpoch: LeaderEpoch, options?: AppendOptions): Promise<AppendResult> {
    return this.#leaderAppends.appendOnWorkers(batches, leaderEpoch, options);
  }

  /** Notes that this replica leads in `epoch`, which begins at the log's end, before it has appended anything in it. */
  beginEpoch(epoch: LeaderEpoch): void {
    this.#state.epochs.assign(epoch, this.#state.endOffset);
  }

  /**
   * Appends a copy of what the leader sent, as it is.
   * @throws VarveError CORRUPT_MESSAGE (damaged, or not at the end of this log), KAFKA_STORAGE_ERROR; without effect
   */
  appendAsFollower(batches: Buffer): void {
    this.#checkWritable(batches.length);
    checkReplicated(batches, this.#state.endOffset, this.#state.epochs.latestEpoch);
    if (batches.length === 0) return;
    appendAsIs(this.#state, batches);
  }

  /**
   * Whole batches from the one that holds `offset` on: up to `maxBytes`, at least one, none of it at or beyond
   * `upToOffset`. From memory at once, else from the file, CRCs checked. Empty when there is nothing (yet).
   * @throws VarveError (or rejects) OFFSET_OUT_OF_RANGE, CORRUPT_MESSAGE, KAFKA_STORAGE_ERROR
   */
  read(offset: Offset, maxBytes: number, upToOffset: Offset): Buffer[] | Promise<Buffer[]> {
    this.#checkReadable();
    this.#checkInRange(offset);
    const limit = Math.min(upToOffset, this.#state.endOffset);
    if (offset >= limit) return [];
    return this.#state.tail.read(offset, maxBytes, limit) ?? this.#state.reader.read(offset, maxBytes, limit);
  }

  /** As `ReplicaLog.view`. */
  view(offset: Offset, maxBytes: number, upToOffset: Offset): Buffer[] | undefined {
    this.#checkReadable();
    this.#checkInRange(offset);
    return this.#state.tail.view(offset, maxBytes, Math.min(upToOffset, this.#state.endOffset));
  }

  /** The epoch of what is at `offset`, or would be; -1 when unknown. */
  epochAt(offset: Offset): LeaderEpoch {
    return this.#state.epochs.epochAt(offset);
  }

  /** The greatest known epoch at or below `epoch` and where it ends (KIP-279); see `LeaderEpochCache.endOffset`. */
  endOffsetForEpoch(epoch: LeaderEpoch): EpochEnd {
    return this.#state.epochs.endOffset(epoch, this.#state.endOffset);
  }

  /** As `ReplicaLog.setHasReaders`. */
  setHasReaders(hasReaders: boolean): void {
    this.#state.writer.setHasReaders(hasReaders);
  }

  /** Whether the log has state of the producer. */
  knowsProducer(producerId: number): boolean {
    return this.#state.producers.knows(producerId);
  }

  /**
   * The first record at or after `timestampMs` below `upToOffset`; with MAX_TIMESTAMP (-3) the one with the greatest
   * timestamp, the first of several. Undefined where there is none.
   * @throws VarveError CORRUPT_MESSAGE, KAFKA_STORAGE_ERROR
   */
  async offsetForTimestamp(timestampMs: number, upToOffset: Offset): Promise<TimestampedOffset | undefined> {
    this.#checkReadable();
    const limit = Math.min(upToOffset, this.#state.endOffset);
    if (timestampMs === MAX_TIMESTAMP) return findMaxTimestamp(this.#state, limit);
    return findTimestamp(this.#state, timestampMs, limit);
  }

  /** Called whenever `durableOffset` rose or `vouchedOffset` is another one, after it did. */
  onDurable(listener: (durableOffset: Offset) => void): void {
    this.#durableListeners.push(listener);
  }

  /** Called once, when the log's directory goes offline. */
  onFailed(listener: (error: unknown) => void): void {
    this.#failureListeners.push(listener);
  }

  /** Called for each range that a read, the scrubber or recovery found damaged; see `damagedRanges`. */
  onDamaged(listener: (range: DamagedRange) => void): void {
    this.#damageListeners.push(listener);
  }

  /** Offsets that this replica cannot serve: to be fetched from a good one and given to `repair`. */
  get damagedRanges(): readonly DamagedRange[] {
    return this.#state.damage.ranges;
  }

  /**
   * Replaces the damaged range that begins at `fromOffset` with a good replica's batches. False when they do not fit:
   * then `truncateTo(fromOffset)` and fetch everything from there.
   * @throws VarveError CORRUPT_MESSAGE, KAFKA_STORAGE_ERROR
   */
  async repair(fromOffset: Offset, batches: Buffer): Promise<boolean> {
    return this.#change(async () => {
      const damage = this.#state.damage.find(fromOffset);
      if (damage === undefined) return true;
      return repairDamage(this.#state, damage, batches);
    });
  }

  /** As `ReplicaLog.withdraw`. */
  withdraw(fromOffset: Offset): LeaderEpoch | undefined {
    if (!this.#state.damage.withdraw(fromOffset)) return undefined;
    this.#tellDurable();
    return this.#state.epochs.epochAt(fromOffset - 1);
  }

  /** As `ReplicaLog.isWithdrawn`. */
  isWithdrawn(fromOffset: Offset): boolean {
    return this.#state.damage.isUnvouched(fromOffset);
  }

  /** As `ReplicaLog.inMemoryFrom`. */
  get inMemoryFrom(): Offset {
    return this.#state.tail.firstOffset ?? this.#state.endOffset;
  }

  /** As `ReplicaLog.mayBeCompacted`. */
  get mayBeCompacted(): boolean {
    const { config, contiguous, cleanedOffset } = this.#state;
    return config.cleanupCompact || !contiguous || cleanedOffset > 0;
  }

  /** As `ReplicaLog.giveUp`; gives the offsets that are lost. */
  async giveUp(ranges: readonly RangeToGiveUp[], mayGoOn: () => boolean): Promise<DamagedRange[]> {
    return this.#change(() => giveUpDamage(this.#state, ranges, mayGoOn));
  }

  /**
   * Checks about `maxBytes` of what is on disk, where the last call stopped. True: it has come around.
   * @throws VarveError KAFKA_STORAGE_ERROR
   */
  async scrubSlice(maxBytes: number): Promise<boolean> {
    if (this.#state.discarded) return true;
    this.#state.services.checkOnline();
    this.#scrubbed = await this.#state.tryToRead(() => scrub(this.#state, this.#scrubbed, maxBytes));
    return this.#scrubbed === undefined;
  }

  /** Removes segments that are past retention or before the log's start. Not while another call of it runs. */
  async applyRetention(nowMs: number): Promise<RetentionResult> {
    this.#state.services.checkOnline();
    this.#state.producers.removeExpired(nowMs);
    return this.#change(() => applyRetention(this.#state, nowMs));
  }

  /** Compaction has been through everything below. */
  get cleanedOffset(): Offset {
    return this.#state.cleanedOffset;
  }

  /** What compaction could do now, to choose the log that needs it most; undefined for nothing. */
  async findCleanable(nowMs: number): Promise<Cleanable | undefined> {
    return this.#state.tryToRead(() => findCleanable(this.#state, nowMs));
  }

  /**
   * Compacts the log if enough of it is dirty, with at most `memoryBytes` for the keys. Undefined when it is not yet
   * worth it, or was broken off: a truncation or the end of the log waits only for the segment that is being exchanged.
   * Gives way to the event loop every few milliseconds.
   * @throws VarveError CORRUPT_MESSAGE when it met damage, KAFKA_STORAGE_ERROR
   */
  async compact(nowMs: number, memoryBytes: number): Promise<CompactionResult | undefined> {
    this.#state.services.checkOnline();
    return this.#change(() => compact(this.#state, { nowMs, memoryBytes }));
  }

  /** Takes a higher (after a truncation: lower) high watermark; the caller has it from the leader or decided it. */
  updateHighWatermark(highWatermark: Offset): void {
    this.#state.highWatermark = Math.min(Math.max(highWatermark, this.#state.startOffset), this.#state.endOffset);
    this.#state.producers.updateHighWatermark(this.#state.highWatermark);
  }

  /** Below it every transaction has ended: read_committed consumers read up to it. */
  lastStableOffset(highWatermark: Offset = this.#state.highWatermark): Offset {
    const unstable = this.#state.producers.firstUnstableOffset();
    return unstable === undefined ? highWatermark : Math.min(unstable, highWatermark);
  }

  /** Aborted transactions with records in `from` .. `to`-1, in the order of their markers. */
  abortedTransactions(from: Offset, to: Offset): AbortedTransaction[] {
    return this.#state.collectAborted(from, to);
  }

  /**
   * Cuts the log so that it ends at `offset` (or at the start of the batch that holds it). Nothing else may be under
   * way on the log. Resolves when the disk has done it; from the call on nothing at or beyond `offset` is read.
   */
  async truncateTo(offset: Offset): Promise<void> {
    if (offset >= this.#state.endOffset) {
      // An epoch that this replica led without writing begins at the end, and may not be the leader's: it goes (as in
      // Kafka's UnifiedLog), or the follower would ask with it for ever.
      this.#state.epochs.truncateFromEnd(this.#state.endOffset);
      return;
    }
    await this.#truncate(() => truncateTo(this.#state, offset));
    this.#checkpointedStart = Math.min(this.#checkpointedStart, this.#state.startOffset);
  }

  /**
   * Empties the log; it goes on at `offset`. For a follower whose leader's log starts beyond its own end; `producers` is
   * what that leader gave as `producersBelowStart`.
   */
  async truncateFullyAndStartAt(offset: Offset, producers?: Buffer): Promise<void> {
    const known = producers === undefined ? [] : decodeProducers(producers);
    await this.#truncate(() => truncateFullyAndStartAt(this.#state, offset, known));
    this.#checkpointedStart = Math.min(this.#checkpointedStart, offset);
  }

  /**
   * What the batches below the log's start told of their producers (of those that wrote last, if they are many): a replica
   * that starts here without them would store a producer's retry a second time.
   */
  producersBelowStart(): Buffer | undefined {
    const producers = this.#state.producers.below(this.#state.startOffset, MAX_PRODUCERS_GIVEN);
    return producers.size === 0 ? undefined : encodeProducers(producers);
  }

  /**
   * Moves the log's start up to `offset`, and the high watermark with it; what is before it is no longer read, and its
   * segments go with the next `applyRetention`. A leader asks its high watermark first.
   * @throws VarveError OFFSET_OUT_OF_RANGE beyond the log's end
   */
  deleteRecordsBefore(offset: Offset): void {
    this.#state.services.checkOnline();
    if (offset > this.#state.endOffset) {
      throw new VarveError('OFFSET_OUT_OF_RANGE', `Offset ${offset} is beyond the log's end ${this.#state.endOffset}.`);
    }
    this.#state.raiseStartOffset(offset);
  }

  /** The log start that the next start finds: of the checkpoint, or of the first file. */
  get savedStartOffset(): Offset {
    return Math.max(this.#checkpointedStart, this.firstOffsetOnDisk);
  }

  /**
   * Resolves when `savedStartOffset` is at what `startOffset` is now; waits while the disk is full.
   * @throws VarveError KAFKA_STORAGE_ERROR
   */
  async saveStartOffset(): Promise<void> {
    const { startOffset } = this.#state;
    if (startOffset <= this.savedStartOffset) return;
    await this.#state.mustDo(() => this.#state.services.saveStartOffsets());
    // A follower that started over meanwhile may begin lower.
    const saved = Math.min(startOffset, this.#state.startOffset);
    this.#checkpointedStart = Math.max(this.#checkpointedStart, saved);
  }

  /** Resolves when everything appended so far is synced. */
  async flush(): Promise<void> {
    await this.#state.writer.flush();
  }

  setConfig(config: LogConfig): void {
    const isJitterNew = config.segmentJitterMs !== this.#state.config.segmentJitterMs;
    this.#state.config = config;
    // A node that starts opens its logs before it knows their topics' settings.
    if (isJitterNew) this.#state.segments.active.rollJitterMs = this.#state.drawRollJitterMs();
    this.#leaderAppends.configChanged();
    this.#state.writer.setPolicy(config);
  }

  /** Writes everything out. The folder then opens without reading a batch. */
  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    this.#state.stopping = true;
    await this.#lastChange;
    if (this.#state.services.offline) return;
    await this.#state.writer.flush();
    await this.#state.mustDo(async () => {
      const { segments, endOffset, producers, epochs } = this.#state;
      await segments.writeForCleanStop(endOffset, producers, epochs);
      await this.#state.endDamageMark();
    });
    this.#state.tail.clear(this.#state.endOffset);
  }

  /** The epochs on disk are up to date. */
  get hasWrittenEpochs(): boolean {
    return this.#state.segments.hasWritten(this.#state.epochs);
  }

  /** Brings the epochs on disk up to date. */
  async writeEpochs(): Promise<void> {
    if (this.#state.discarded) return;
    const written = this.#state.segments.writeEpochs(this.#state.epochs);
    this.#epochsWritten = written.catch(() => {});
    await written;
  }

  /**
   * The log is deleted: what is queued is dropped and no file of it is open. Its folder is the caller's to remove: what
   * was at work in it has ended, and nothing begins again, or its missing files would be taken for a failed disk.
   */
  async discard(): Promise<void> {
    this.#closed = true;
    this.#state.discarded = true;
    this.#state.stopping = true;
    await this.#lastChange;
    await this.#epochsWritten;
    await this.#state.writer.exclusive(async () => {
      this.#state.writer.truncate(0, new Set(this.#state.segments.all), undefined);
      this.#state.reader.close();
      this.#state.tail.clear(this.#state.endOffset);
      for (const segment of this.#state.segments.all) this.#state.services.files.forget(segment.logPath);
      this.#state.segments.forgetIndexes();
    });
  }

  /** The directory went offline. */
  abandon(error: unknown): void {
    this.#state.writer.abandon();
    for (const listener of this.#failureListeners) listener(error);
  }

  #checkWritable(sizeBytes: number): void {
    if (this.#closed) throw new VarveError('KAFKA_STORAGE_ERROR', `The log ${this.folder} is closed.`);
    this.#state.services.checkRoom(sizeBytes);
    assert(!this.#state.truncating, 'nothing is appended while the log is truncated');
  }

  async #truncate(work: () => Promise<void>): Promise<void> {
    assert(!this.#state.truncating, 'a log is truncated by one at a time');
    this.#state.truncating = true;
    try {
      await this.#change(work);
    } finally {
      this.#state.truncating = false;
    }
  }

  /** One at a time: retention, compaction and truncation change the list of segments. */
  async #change<T>(work: () => Promise<T>): Promise<T> {
    const before = this.#lastChange;
    const result = before.then(async () => {
      this.#checkNotDeleted();
      const { vouchedOffset } = this;
      const done = await work();
      // Damage was mended, or is gone with what it was in: the leader of an idle partition would not hear of it otherwise.
      if (this.vouchedOffset > vouchedOffset) this.#tellDurable();
      return done;
    });
    this.#lastChange = result.then(
      () => undefined,
      () => undefined,
    );
    return result;
  }

  #tellDurable(): void {
    for (const listener of this.#durableListeners) listener(this.durableOffset);
  }

  #checkReadable(): void {
    this.#state.services.checkOnline();
    this.#checkNotDeleted();
  }

  /** Its files' names may be those of a new log by now. */
  #checkNotDeleted(): void {
    if (this.#state.discarded) throw new VarveError('KAFKA_STORAGE_ERROR', `The log ${this.folder} was deleted.`);
  }

  #checkInRange(offset: Offset): void {
    if (offset >= this.#state.startOffset && offset <= this.#state.endOffset) return;
    throw new VarveError(
      'OFFSET_OUT_OF_RANGE',
      `Offset ${offset} of ${this.topic}-${this.partition} is not in ${this.#state.startOffset} to ${this.#state.endOffset}.`,
    );
  }
}
