import { assert } from '../common/assert.js';
import { VarveError } from '../common/errors.js';
import type { LeaderEpoch, NodeId, Offset, Uuid } from '../common/ids.js';
import type { Clock } from '../platform/clock.js';
import { FollowerProgress } from './follower-progress.js';
import { InSyncReplicas, type ProposedIsr } from './in-sync-replicas.js';
import { JoiningFollower } from './joining-follower.js';
import { RecordDeletions } from './record-deletions.js';
import type { AppendOutcome, ClientAppend, ReplicaLog } from './replica-log.js';
import { type AcksMode, type AppendDone, WaitingProduces } from './waiting-produces.js';

/** What the leader of a partition asks of its surroundings. */
export interface LeaderHooks {
  /** Asks the controller for an ISR change; `refused` is told when it made none. */
  alterPartition(leader: PartitionLeader, proposal: ProposedIsr, found: MembersFound): void;
  /**
   * Whether the replica may be in the ISR: registered with this broker epoch, not fenced, not shutting down (KIP-903), in
   * a directory that is there. One that may not would have the whole change refused.
   */
  isEligible(nodeId: NodeId, brokerEpoch: number): boolean;
  /** When the node's fetch stream to this one, of whatever partitions, was heard last; undefined where there is none. */
  heardMs?(nodeId: NodeId): number | undefined;
  /** A producer sent a batch again that the log has already. */
  onDuplicate?(): void;
}

/** Far more than two ticks are apart: the node stood still, and what followers said meanwhile is still to be heard. */
const STOOD_STILL_MS = 1_000;

const CLIENT_APPEND: ClientAppend = { origin: 'client', refusesTransactional: true };

/** What the leader has found out about members besides their being in sync. */
export interface MembersFound {
  /** A recovery had cut them; they are at the high watermark again. */
  readonly recovered: readonly NodeId[];
  /** Members, or eligible, and hold less than was acknowledged: they leave, and must not be elected either. */
  readonly lost: readonly NodeId[];
}

export interface PartitionLeaderOptions {
  readonly nodeId: NodeId;
  readonly topicId: Uuid;
  readonly partition: number;
  readonly log: ReplicaLog;
  readonly clock: Clock;
  readonly hooks: LeaderHooks;
  readonly leaderEpoch: LeaderEpoch;
  readonly partitionEpoch: number;
  readonly replicas: readonly NodeId[];
  readonly isr: readonly NodeId[];
  /** Eligible leader replicas (KIP-966); default none. */
  readonly elr?: readonly NodeId[];
  /** What the replica knew of it before it led. */
  readonly highWatermark: Offset;
  readonly minInsyncReplicas: number;
  /** `replica.lag.time.max.ms` */
  readonly lagMaxMs: number;
  /** Followers outside the ISR are throttled here (`leader.replication.throttled.replicas`). */
  readonly leaderThrottled: boolean;
  /** Members that a recovery cut: (epoch, end) unknown to the group until their durable offset is at the high watermark. */
  readonly markedReplicas: readonly NodeId[];
}

/**
 * One partition as its leader has it, for one leader epoch: who is how far, the high watermark, who waits.
 *
 * The high watermark is the least durable offset over the maximal ISR, the leader's own included; it never goes back and
 * stands still while the committed ISR is smaller than `min.insync.replicas`. Everything below it, and nothing above,
 * is visible and acknowledged under acks=all.
 */
export class PartitionLeader {
  readonly topicId: Uuid;
  readonly partition: number;
  readonly leaderEpoch: LeaderEpoch;
  readonly log: ReplicaLog;
  /** Where this epoch starts: until the high watermark reaches it, latest offsets are not known (KIP-207). */
  readonly epochStartOffset: Offset;
  readonly #nodeId: NodeId;
  readonly #clock: Clock;
  readonly #hooks: LeaderHooks;
  readonly #isr: InSyncReplicas;
  readonly #followers = new Map<NodeId, FollowerProgress>();
  readonly #produces = new WaitingProduces();
  readonly #appendListeners = new Set<() => void>();
  readonly #highWatermarkListeners = new Set<() => void>();
  readonly #startOffsetListeners = new Set<() => void>();
  readonly #deletions: RecordDeletions;
  readonly #joining = new JoiningFollower();
  #replicas: readonly NodeId[];
  #elr: readonly NodeId[];
  #marked: readonly NodeId[];
  #highWatermark: Offset;
  #minInsyncReplicas: number;
  #lagMaxMs: number;
  #throttled: boolean;
  #closed: VarveError | undefined;
  /** The controller refused the last proposal: no new one before the next tick. */
  #holdOff = false;
  #tickedMs = -Infinity;
  /** The first tick, and the first after the node stood still: from then on it would hear of a follower that comes. */
  #listeningSinceMs = -Infinity;

  constructor(options: PartitionLeaderOptions) {
    this.#nodeId = options.nodeId;
    this.topicId = options.topicId;
    this.partition = options.partition;
    this.log = options.log;
    this.#clock = options.clock;
    this.#hooks = options.hooks;
    this.leaderEpoch = options.leaderEpoch;
    this.#replicas = options.replicas;
    this.#elr = options.elr ?? [];
    this.#marked = options.markedReplicas;
    this.#isr = new InSyncReplicas(options.isr, options.partitionEpoch);
    this.#minInsyncReplicas = options.minInsyncReplicas;
    this.#lagMaxMs = options.lagMaxMs;
    this.#throttled = options.leaderThrottled;
    this.log.beginEpoch(options.leaderEpoch);
    this.epochStartOffset = this.log.endOffset;
    // What it heard as a follower may lie above what it has on its disk, if it was outside the ISR (an unclean election).
    this.#highWatermark = Math.max(Math.min(options.highWatermark, this.log.durableOffset), this.log.startOffset);
    this.#deletions = new RecordDeletions(this.log.startOffset);
    this.#resetFollowers();
    this.#advance();
  }

  get highWatermark(): Offset {
    return this.#highWatermark;
  }

  get isr(): readonly NodeId[] {
    return this.#isr.committed;
  }

  /** It catches up, and no faster than its share (KIP-73): not one that the high watermark waits for. */
  isThrottled(nodeId: NodeId): boolean {
    return this.#throttled && !this.#isr.maximal.includes(nodeId);
  }

  get proposedIsr(): ProposedIsr | undefined {
    return this.#isr.proposed;
  }

  get partitionEpoch(): number {
    return this.#isr.partitionEpoch;
  }

  get replicas(): readonly NodeId[] {
    return this.#replicas;
  }

  get isUnderMinIsr(): boolean {
    return this.#isr.committed.length < this.#minInsyncReplicas;
  }

  get waitingProduces(): number {
    return this.#produces.size;
  }

  /** The offset below which a consumer of this isolation level may read. */
  visibleEnd(readCommitted: boolean): Offset {
    return readCommitted ? this.log.lastStableOffset(this.#highWatermark) : this.#highWatermark;
  }

  /** ListOffsets' latest; throws OFFSET_NOT_AVAILABLE until the high watermark has reached this epoch (KIP-207). */
  latestOffset(readCommitted: boolean): Offset {
    if (this.#highWatermark < this.epochStartOffset) {
      throw new VarveError(
        'OFFSET_NOT_AVAILABLE',
        'The new leader does not know yet how far its predecessor had committed. Ask again.',
      );
    }
    return this.visibleEnd(readCommitted);
  }

  /**
   * Appends a client's batches. `done` is told the outcome and the error, once the level of `acks` holds.
   * Throws nothing: every error goes to `done`, and leaves no effect but the time-out's. True when nobody looks at `batches` any
   * more; false when codecs are at work on them.
   */
  append(batches: Buffer, acks: AcksMode, deadlineMs: number, done: AppendDone): boolean {
    const refusal = this.#refusal(acks);
    if (refusal !== undefined) {
      done(refusal, undefined);
      return true;
    }
    if (this.log.needsCodec(batches)) {
      void this.#appendWithCodec(batches, acks, deadlineMs, done);
      return false;
    }
    let outcome: AppendOutcome;
    const before = this.log.endOffset;
    try {
      outcome = this.log.appendAsLeader(batches, this.leaderEpoch, CLIENT_APPEND);
    } catch (error) {
      if (!(error instanceof VarveError)) throw error;
      done(error, undefined);
      return true;
    }
    this.#appended(before);
    this.#await(outcome, acks, deadlineMs, done);
    return true;
  }

  async #appendWithCodec(batches: Buffer, acks: AcksMode, deadlineMs: number, done: AppendDone): Promise<void> {
    let before = this.log.endOffset;
    const checkLeading = (): void => {
      const refusal = this.#refusal(acks);
      if (refusal !== undefined) throw refusal;
      before = this.log.endOffset;
    };
    try {
      const outcome = await this.log.appendAsLeaderAsync(batches, this.leaderEpoch, { ...CLIENT_APPEND, checkLeading });
      this.#appended(before);
      this.#await(outcome, acks, deadlineMs, done);
    } catch (error) {
      if (!(error instanceof VarveError)) throw error;
      done(error, undefined);
    }
  }

  /**
   * Raises the log start offset, -1 for all that is replicated; resolves to the low watermark once every in-sync replica
   * has stored that. Rejects with OFFSET_OUT_OF_RANGE above the high watermark, NOT_ENOUGH_REPLICAS, REQUEST_TIMED_OUT (also
   * when `signal` is aborted), or as `close` says.
   */
  async deleteRecords(beforeOffset: Offset, deadlineMs: number, signal?: AbortSignal): Promise<Offset> {
    if (this.#closed !== undefined) throw this.#closed;
    const before = beforeOffset === -1 ? this.#highWatermark : beforeOffset;
    if (before < 0 || before > this.#highWatermark) {
      throw new VarveError(
        'OFFSET_OUT_OF_RANGE',
        `Offset ${before} is not below the high watermark ${this.#highWatermark}: only replicated records are deleted.`,
      );
    }
    const refusal = this.#refusal('all');
    if (refusal !== undefined) throw refusal;
    if (before > this.log.startOffset) {
      this.log.deleteRecordsBefore(before);
      for (const listener of this.#startOffsetListeners) listener();
    }
    const deleted = this.#deletions.wait(before, deadlineMs, signal);
    this.#saveStartOffset();
    await deleted;
    return this.#lowWatermark();
  }

  #saveStartOffset(): void {
    this.log.saveStartOffset().then(
      () => this.#considerDeletions(),
      (error: unknown) => {
        if (!(error instanceof VarveError)) throw error;
        this.#deletions.fail(error);
      },
    );
  }

  /** With too few in sync others are eligible as well (KIP-966), which may not have stored it: as with the high watermark. */
  #considerDeletions(): void {
    if (!this.isUnderMinIsr) this.#deletions.reached(() => this.#lowWatermark());
  }

  /** The least log start that an in-sync replica has stored. */
  #lowWatermark(): Offset {
    let least = this.log.savedStartOffset;
    for (const nodeId of this.#isr.maximal) {
      if (nodeId !== this.#nodeId) least = Math.min(least, this.#followers.get(nodeId)?.startOffset ?? -1);
    }
    return least;
  }

  /** A fetch of a follower says how far it is. The caller has checked its epochs. */
  followerFetched(
    nodeId: NodeId,
    fetchOffset: Offset,
    durableOffset: Offset,
    brokerEpoch: number,
    startOffset: Offset,
  ): void {
    const follower = this.#followers.get(nodeId);
    // A dead incarnation's last words may arrive after the first ones of its successor: that has not what it had.
    if (follower === undefined || brokerEpoch < follower.brokerEpoch) return;
    follower.update(fetchOffset, durableOffset, brokerEpoch, this.log.endOffset, this.#clock.monotonicMs());
    follower.startOffset = startOffset;
    this.#considerDeletions();
    if (!this.#isr.maximal.includes(nodeId)) this.#considerJoining(follower);
    else this.#advance();
    this.#considerIsr();
  }

  /** The stream on which a follower fetched has closed. */
  followerLeft(nodeId: NodeId, sinceMs = this.#clock.monotonicMs()): void {
    this.#followers.get(nodeId)?.left(sinceMs);
  }

  /** It is heard again on the stream on which it was silent. */
  followerIsBack(nodeId: NodeId): void {
    this.#followers.get(nodeId)?.isBack();
  }

  #considerJoining(follower: FollowerProgress): void {
    if (this.#joining.nodeId === follower.nodeId) this.#advance();
    if (this.#isr.proposed !== undefined) return;
    const mayJoin = (): boolean => this.#hooks.isEligible(follower.nodeId, follower.brokerEpoch);
    this.#joining.consider(follower, this.#highWatermark, mayJoin, this.#clock.monotonicMs());
  }

  #endJoining(nowMs: number): void {
    const { nodeId } = this.#joining;
    if (nodeId === undefined) return;
    const mayJoin = (): boolean => this.#hooks.isEligible(nodeId, this.#followers.get(nodeId)?.brokerEpoch ?? -1);
    if (this.#joining.endsNow(this.#isr.maximal.includes(nodeId), mayJoin, nowMs)) this.#advance();
  }

  /** The leader's own sync went on. */
  logDurable(): void {
    this.#produces.durableReached(this.log.durableOffset);
    this.#advance();
  }

  /** Called every few hundred milliseconds: lagging followers, late produces. */
  tick(nowMs: number): void {
    if (nowMs - this.#tickedMs > STOOD_STILL_MS) this.#listeningSinceMs = nowMs;
    this.#tickedMs = nowMs;
    this.#produces.expire(nowMs);
    this.#deletions.expire(nowMs);
    // A duplicate that waited behind a late one may have been reached long ago.
    this.#produces.highWatermarkReached(this.#highWatermark);
    this.#produces.durableReached(this.log.durableOffset);
    this.#holdOff = false;
    this.#considerIsr();
    this.#endJoining(nowMs);
  }

  /** The image has a newer state of the partition under the same leader epoch. */
  update(state: {
    isr: readonly NodeId[];
    partitionEpoch: number;
    replicas: readonly NodeId[];
    elr?: readonly NodeId[];
    markedReplicas: readonly NodeId[];
    minInsyncReplicas: number;
    lagMaxMs: number;
    leaderThrottled: boolean;
  }): void {
    this.#minInsyncReplicas = state.minInsyncReplicas;
    this.#lagMaxMs = state.lagMaxMs;
    const isReleased = this.#throttled && !state.leaderThrottled;
    this.#throttled = state.leaderThrottled;
    const before = this.#isr.committed;
    if (this.#isr.commit(state.isr, state.partitionEpoch)) {
      this.#replicas = state.replicas;
      this.#elr = state.elr ?? [];
      this.#marked = state.markedReplicas;
      this.#resetFollowers();
    }
    // A member is never throttled: one that has just joined does not wait any more for what it was held back from,
    // also where another left in the same change.
    const isFree = isReleased || this.#isr.committed.some((id) => !before.includes(id));
    if (isFree) for (const listener of this.#appendListeners) listener();
    this.#advance();
    this.#considerDeletions();
    this.#considerIsr();
    this.#endJoining(this.#clock.monotonicMs());
  }

  /**
   * The controller answered that it made no change. A change that it made comes with the image, and with it the
   * configuration, the replicas and the marks that were in force when it was made.
   */
  refused(proposal: ProposedIsr): void {
    if (this.#closed !== undefined) return;
    this.#isr.reject(proposal);
    // Asking again at once would be refused again: the next tick looks at it anew.
    this.#holdOff = true;
    this.#advance();
    this.#considerDeletions();
  }

  onAppend(listener: () => void): () => void {
    this.#appendListeners.add(listener);
    return () => this.#appendListeners.delete(listener);
  }

  onHighWatermark(listener: () => void): () => void {
    this.#highWatermarkListeners.add(listener);
    return () => this.#highWatermarkListeners.delete(listener);
  }

  /** Called when DeleteRecords raised the log's start, which followers are to hear at once. */
  onStartOffset(listener: () => void): () => void {
    this.#startOffsetListeners.add(listener);
    return () => this.#startOffsetListeners.delete(listener);
  }

  get closed(): VarveError | undefined {
    return this.#closed;
  }

  /** The node leads no longer: whoever waits is told, so that clients go to the new leader. */
  close(error: VarveError): void {
    this.#closed = error;
    this.#produces.fail(error);
    this.#deletions.fail(error);
    for (const listener of [...this.#appendListeners]) listener();
    for (const listener of [...this.#highWatermarkListeners]) listener();
    this.#appendListeners.clear();
    this.#highWatermarkListeners.clear();
    this.#startOffsetListeners.clear();
  }

  followerState(nodeId: NodeId): FollowerProgress | undefined {
    return this.#followers.get(nodeId);
  }

  #refusal(acks: AcksMode): VarveError | undefined {
    if (this.#closed !== undefined) return this.#closed;
    if (acks === 'all' && this.isUnderMinIsr) {
      return new VarveError(
        'NOT_ENOUGH_REPLICAS',
        `${this.#isr.committed.length} replicas are in sync, min.insync.replicas is ${this.#minInsyncReplicas}. ` +
          'Nothing was done; send it again when more replicas are back.',
      );
    }
    return undefined;
  }

  #appended(previousEnd: Offset): void {
    const end = this.log.endOffset;
    if (end === previousEnd) return;
    const now = this.#clock.monotonicMs();
    for (const follower of this.#followers.values()) follower.leaderAppended(previousEnd, now);
    for (const listener of this.#appendListeners) listener();
    this.#advance();
  }

  #await(outcome: AppendOutcome, acks: AcksMode, deadlineMs: number, done: AppendDone): void {
    if (this.#closed !== undefined) {
      done(this.#closed, undefined);
      return;
    }
    if (outcome.duplicateOf !== undefined) this.#hooks.onDuplicate?.();
    const reached = acks === 'all' ? this.#highWatermark : this.log.durableOffset;
    this.#produces.add(outcome, acks, reached, deadlineMs, done);
  }

  #resetFollowers(): void {
    const now = this.#clock.monotonicMs();
    for (const nodeId of this.#replicas) {
      if (nodeId !== this.#nodeId && !this.#followers.has(nodeId)) {
        this.#followers.set(nodeId, new FollowerProgress(nodeId, this.log.endOffset, now));
      }
    }
    for (const nodeId of [...this.#followers.keys()]) {
      if (!this.#replicas.includes(nodeId)) this.#followers.delete(nodeId);
    }
  }

  /** The incarnation of the follower whose progress this is; undefined before its first fetch of this leader epoch. */
  brokerEpochOf(nodeId: NodeId): number | undefined {
    const epoch = this.#followers.get(nodeId)?.brokerEpoch ?? -1;
    return epoch < 0 ? undefined : epoch;
  }

  #durableOf(nodeId: NodeId): Offset {
    if (nodeId === this.#nodeId) return this.log.durableOffset;
    return this.#followers.get(nodeId)?.durableOffset ?? -1;
  }

  #advance(): void {
    if (this.#closed !== undefined || this.isUnderMinIsr) return;
    let least = this.log.durableOffset;
    for (const nodeId of this.#isr.maximal) {
      const durable = this.#durableOf(nodeId);
      if (durable < least) least = durable;
    }
    const joining = this.#joining.nodeId;
    if (joining !== undefined) least = Math.min(least, this.#durableOf(joining));
    if (least <= this.#highWatermark) return;
    assert(least <= this.log.endOffset, 'the high watermark is at or below the log end');
    this.#highWatermark = least;
    this.log.updateHighWatermark(least);
    this.#produces.highWatermarkReached(least);
    for (const listener of this.#highWatermarkListeners) listener();
  }

  /** Whether a follower belongs into the ISR, judged by its durable offset alone. */
  #belongs(nodeId: NodeId, inSync: boolean, nowMs: number): boolean {
    const follower = this.#followers.get(nodeId);
    if (follower === undefined) return false;
    if (inSync) {
      if (this.#hasLost(nodeId)) return false;
      if (follower.isAwaited) follower.awaited(this.#notAwayMs(nodeId, nowMs));
      return follower.keepsUp(this.log.endOffset, nowMs, this.#lagMaxMs);
    }
    return (
      follower.durableOffset >= this.#highWatermark &&
      follower.durableOffset >= this.epochStartOffset &&
      follower.startOffset >= this.#deletions.promisedOffset &&
      this.#hooks.isEligible(nodeId, follower.brokerEpoch)
    );
  }

  /**
   * Of a member that has not fetched yet. One that is busy with what comes before that, hundreds of other partitions say, is
   * heard of those; one that is cut off is not heard at all, and nothing but its fetching would end its lag.
   */
  #notAwayMs(nodeId: NodeId, nowMs: number): number {
    const listeningSinceMs = nowMs - this.#tickedMs > STOOD_STILL_MS ? nowMs : this.#listeningSinceMs;
    return Math.max(listeningSinceMs, this.#hooks.heardMs?.(nodeId) ?? -Infinity);
  }

  /** It says that it has less than was acknowledged: it lost some. */
  #hasLost(nodeId: NodeId): boolean {
    const durable = this.#followers.get(nodeId)?.durableOffset ?? -1;
    return durable >= 0 && durable < this.#highWatermark;
  }

  #considerIsr(): void {
    if (this.#holdOff) return;
    if (this.#closed !== undefined || this.#isr.proposed !== undefined) return;
    const now = this.#clock.monotonicMs();
    const committed = this.#isr.committed;
    const wanted = this.#replicas.filter((id) => id === this.#nodeId || this.#belongs(id, committed.includes(id), now));
    const recovered = this.#marked.filter((id) => wanted.includes(id) && this.#durableOf(id) >= this.#highWatermark);
    const same = wanted.length === committed.length && wanted.every((id) => committed.includes(id));
    // The high watermark stands still while anybody is eligible. One that has come back with less was made anew, say, in the
    // place of a folder that is gone: it may be elected the next moment.
    const lostEligible = this.#elr.filter((id) => !this.#marked.includes(id) && this.#hasLost(id));
    if (same && recovered.length === 0 && lostEligible.length === 0) return;
    const lost = [...committed.filter((id) => this.#hasLost(id)), ...lostEligible];
    this.#hooks.alterPartition(this, this.#isr.propose(wanted), { recovered, lost });
    // As in `update`, of one whose joining is on its way.
    if (this.#throttled) for (const listener of this.#appendListeners) listener();
    this.#endJoining(now);
  }
}
