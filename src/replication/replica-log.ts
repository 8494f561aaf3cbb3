import type { LeaderEpoch, Offset } from '../common/ids.js';
import { batchNextOffset, batchSizeBytes } from '../record/batch-header.js';

/** An append of a client's batches, which can be of no transaction as long as nothing coordinates any. */
export interface ClientAppend {
  readonly origin: 'client';
  readonly refusesTransactional: true;
}

/** What an append did. */
export interface AppendOutcome {
  readonly firstOffset: Offset;
  readonly lastOffset: Offset;
  /** -1 with CreateTime. */
  readonly logAppendTimeMs: number;
  /** The batch was there already, at `firstOffset` to `lastOffset`. */
  readonly duplicateOf?: { readonly firstOffset: Offset; readonly lastOffset: Offset };
}

/** What a read of the log found. */
export interface LogRead {
  readonly buffers: readonly Buffer[];
  readonly sizeBytes: number;
  /** Where reading goes on: after the last batch of `buffers`, or the offset asked for when there are none. */
  readonly nextOffset: Offset;
}

/** Offsets `fromOffset` .. `toOffset`-1. */
export interface OffsetRange {
  readonly fromOffset: Offset;
  readonly toOffset: Offset;
}

/**
 * A damaged range, and what takes its place, in the order of the offsets: all that is left of it anywhere, which may be all of
 * it. What is too much for memory comes as it is asked for, and may fail to.
 */
export interface LostRange extends OffsetRange {
  readonly batches: Iterable<Buffer> | AsyncIterable<Buffer>;
}

/**
 * One partition's log as replication uses it; `log/` has the real one.
 * Invariant: `startOffset <= durableOffset <= endOffset`.
 */
export interface ReplicaLog {
  readonly startOffset: Offset;
  /** The next offset to be written (Kafka's log end offset). */
  readonly endOffset: Offset;
  /** Everything below is on stable storage (written, on topics that relax syncing). */
  readonly durableOffset: Offset;
  /**
   * `durableOffset`, but not beyond damage that recovery found, or that `withdraw` was called for, and that is not mended:
   * what a follower reports.
   */
  readonly vouchedOffset: Offset;
  /** Epoch of the last batch, -1 for an empty log. */
  readonly latestEpoch: LeaderEpoch;

  /** Checks and appends a copy of a client's batches in memory; the sync follows. Throws a VarveError without effect. */
  appendAsLeader(batches: Buffer, leaderEpoch: LeaderEpoch, options: ClientAppend): AppendOutcome;
  /** Whether `batches` need a codec; then `appendAsLeaderAsync` is called, which keeps the order of its calls. */
  needsCodec(batches: Buffer): boolean;
  /** `checkLeading` throws when the caller leads no longer by the time the codecs are done. */
  appendAsLeaderAsync(
    batches: Buffer,
    leaderEpoch: LeaderEpoch,
    options: ClientAppend & { readonly checkLeading: () => void },
  ): Promise<AppendOutcome>;
  /** Notes that this replica leads in `epoch`, which begins at the log's end (KIP-101). */
  beginEpoch(epoch: LeaderEpoch): void;
  /** Appends batches as the leader has them; throws CORRUPT_MESSAGE, or an InvariantViolation on a gap. */
  appendAsFollower(batches: Buffer): void;
  /** Others read this replica, which leads (as it does until it is told): its newest records are worth memory. */
  setHasReaders(hasReaders: boolean): void;
  /** At least one whole batch where there is one below `upToOffset`. From memory it answers at once. */
  read(offset: Offset, maxBytes: number, upToOffset: Offset): Buffer[] | Promise<Buffer[]>;
  /**
   * As `read`, of what is in memory, without copying it: the bytes may be others once the caller has returned to the event loop.
   * Undefined where it takes a disk.
   */
  view(offset: Offset, maxBytes: number, upToOffset: Offset): Buffer[] | undefined;
  /** The epoch of what is at `offset`, or would be; -1 when unknown. */
  epochAt(offset: Offset): LeaderEpoch;
  /** The greatest known epoch at or below `epoch` and its end offset; {-1, -1} when there is none. */
  endOffsetForEpoch(epoch: LeaderEpoch): { readonly epoch: LeaderEpoch; readonly endOffset: Offset };
  /** Whether the log has state of the producer: it then takes nothing but what follows its last batch. */
  knowsProducer(producerId: number): boolean;
  truncateTo(offset: Offset): Promise<void>;
  /**
   * Drops everything and starts at `offset`, where the leader's log starts. `producers`: what that has as
   * `producersBelowStart`.
   */
  truncateFullyAndStartAt(offset: Offset, producers?: Buffer): Promise<void>;
  /** What the batches below the log's start told of their producers, for a replica that never had them. */
  producersBelowStart(): Buffer | undefined;
  /** Raises the log start offset (DeleteRecords, or the leader's retention). */
  deleteRecordsBefore(offset: Offset): void;
  /** The log start that a restart would find. */
  readonly savedStartOffset: Offset;
  /** Resolves when `savedStartOffset` is what `startOffset` is at the call; waits while the disk is full. */
  saveStartOffset(): Promise<void>;
  updateHighWatermark(offset: Offset): void;
  lastStableOffset(highWatermark: Offset): Offset;
  /** Aborted transactions that overlap the offsets `from` to `to`, exclusive, by first offset. */
  abortedTransactions(
    from: Offset,
    to: Offset,
  ): readonly { readonly producerId: number; readonly firstOffset: Offset }[];
  /**
   * The first record at or after `timestampMs` below `upToOffset`, or with -3 the one with the greatest timestamp;
   * undefined where there is none.
   */
  offsetForTimestamp(
    timestampMs: number,
    upToOffset: Offset,
  ): Promise<{ readonly offset: Offset; readonly timestampMs: number; readonly leaderEpoch: LeaderEpoch } | undefined>;
  /** Called after `durableOffset` rose, or `vouchedOffset` has become another one. */
  onDurable(listener: () => void): void;
  /** What of the log is damaged on this replica's disk and not served: to be given to `repair`. */
  readonly damagedRanges: readonly OffsetRange[];
  /** Called for each range that was found damaged. */
  onDamaged(listener: () => void): void;
  /** What is at and above it is in memory, whatever the disk has of it; `endOffset` when nothing is. */
  readonly inMemoryFrom: Offset;
  /** Replaces the damaged range that begins at `fromOffset` with a good replica's batches; false when they do not fit. */
  repair(fromOffset: Offset, batches: Buffer): Promise<boolean>;
  /**
   * The damaged range at `fromOffset` will be cut off: `vouchedOffset` ends there from now on. Gives the epoch of the last
   * batch before it, -1 without one; undefined where no damage is (any more).
   */
  withdraw(fromOffset: Offset): LeaderEpoch | undefined;
  /** The damaged range at `fromOffset` is still there, and `vouchedOffset` ends there. */
  isWithdrawn(fromOffset: Offset): boolean;
  /** Records may have been compacted away, here or where the log was copied from: others' batches may tell more, or less. */
  readonly mayBeCompacted: boolean;
  /**
   * Gives damaged ranges up: what is left of them and empty batches take their place, so that what is behind them is served
   * to followers. Gives the offsets that are lost by it; what `damagedRanges` still has is to be tried again. `mayGoOn` is asked
   * before anything is decided.
   */
  giveUp(lost: readonly LostRange[], mayGoOn: () => boolean): Promise<readonly OffsetRange[]>;
}

/** Whole batches that `log.read(offset, …)` gave, and where reading goes on after them. */
export function logRead(offset: Offset, buffers: readonly Buffer[]): LogRead {
  let sizeBytes = 0;
  for (const buffer of buffers) sizeBytes += buffer.length;
  const last = buffers[buffers.length - 1];
  if (last === undefined) return { buffers, sizeBytes, nextOffset: offset };
  let at = 0;
  for (;;) {
    const next = at + batchSizeBytes(last, at);
    if (next >= last.length) return { buffers, sizeBytes, nextOffset: batchNextOffset(last, at) };
    at = next;
  }
}
