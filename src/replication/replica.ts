import { VarveError } from '../common/errors.js';
import { NO_EPOCH } from '../common/ids.js';
import type { LeaderEpoch, NodeId, Offset, Uuid } from '../common/ids.js';
import type { EpochEnd } from '../log/leader-epoch-cache.js';
import type { Clock } from '../platform/clock.js';
import type { FollowedReplica } from './fetching.js';
import type { ReplicaFetcher } from './replica-fetcher.js';
import { type LeaderHooks, PartitionLeader } from './partition-leader.js';
import type { ReplicaLog } from './replica-log.js';

/** One partition as the metadata image has it, with the configs that replication heeds. */
export interface PartitionAssignment {
  readonly topic: string;
  readonly topicId: Uuid;
  readonly partition: number;
  /** The log directory that the controller chose for this node's replica. */
  readonly directoryId: Uuid | undefined;
  /** -1: none. */
  readonly leader: NodeId;
  readonly leaderEpoch: LeaderEpoch;
  readonly partitionEpoch: number;
  readonly replicas: readonly NodeId[];
  readonly isr: readonly NodeId[];
  /** Eligible leader replicas (KIP-966). */
  readonly elr: readonly NodeId[];
  /** Replicas whose recovery cut off more than an unsynced tail, until they are whole again. */
  readonly markedReplicas: readonly NodeId[];
  readonly minInsyncReplicas: number;
  /** `unclean.leader.election.enable`: records may be lost where the partition cannot go on otherwise. */
  readonly mayLoseRecords: boolean;
  /** `replica.lag.time.max.ms` */
  readonly lagMaxMs: number;
  /** This node is named by the topic's `leader.` or `follower.replication.throttled.replicas`. */
  readonly leaderThrottled: boolean;
  readonly followerThrottled: boolean;
}

export interface ReplicaOptions {
  readonly nodeId: NodeId;
  readonly clock: Clock;
  readonly log: ReplicaLog;
  readonly hooks: LeaderHooks;
  /** From the replication-offset-checkpoint; 0 for a new replica. */
  readonly highWatermark: Offset;
  readonly fetcherOf: (sourceId: NodeId) => ReplicaFetcher;
  readonly assignment: PartitionAssignment;
  readonly storageFailed: (replica: Replica, error: VarveError) => void;
  /** It should lead, but its log has epochs behind `end` that nobody has given yet: the disk flipped a bit. */
  readonly epochsAhead: (replica: Replica, end: EpochEnd) => void;
}

/**
 * This node's copy of one partition, in the role that the metadata image gives it. A leader epoch is led or followed
 * once: an assignment of the same epoch only updates it.
 */
export class Replica implements FollowedReplica {
  readonly log: ReplicaLog;
  readonly #options: ReplicaOptions;
  #assignment: PartitionAssignment;
  #leader: PartitionLeader | undefined;
  #fetcher: ReplicaFetcher | undefined;
  #roleEpoch: LeaderEpoch = -1;
  #highWatermark: Offset;
  #stopped = false;
  #cutting = false;

  constructor(options: ReplicaOptions) {
    this.#options = options;
    this.log = options.log;
    this.#assignment = options.assignment;
    this.#highWatermark = Math.min(options.highWatermark, options.log.endOffset);
    this.log.onDurable(() => this.#durable());
  }

  get topic(): string {
    return this.#assignment.topic;
  }

  get topicId(): Uuid {
    return this.#assignment.topicId;
  }

  get partition(): number {
    return this.#assignment.partition;
  }

  /** As a follower that catches up. */
  get throttled(): boolean {
    return this.#assignment.followerThrottled && !this.#assignment.isr.includes(this.#options.nodeId);
  }

  get assignment(): PartitionAssignment {
    return this.#assignment;
  }

  get leader(): PartitionLeader | undefined {
    return this.#leader;
  }

  get highWatermark(): Offset {
    return this.#leader?.highWatermark ?? this.#highWatermark;
  }

  /** Takes the role that `assignment` gives. Calling it again with the same one does nothing. */
  apply(assignment: PartitionAssignment): void {
    if (this.#stopped) return;
    this.#assignment = assignment;
    // A leader of a log that is being cut would append to it, or count what goes: taken up when that is done.
    if (this.#cutting) return;
    if (assignment.leaderEpoch < this.#roleEpoch) return;
    if (assignment.leaderEpoch === this.#roleEpoch) {
      this.#leader?.update(assignment);
      this.#fetcher?.throttleChanged(this);
      return;
    }
    this.#roleEpoch = assignment.leaderEpoch;
    this.#leave();
    if (assignment.leader === this.#options.nodeId) this.#lead(assignment);
    else if (assignment.leader >= 0) this.#follow(assignment);
  }

  /** The partition left this node, the node stops, or its directory went offline. */
  get stopped(): boolean {
    return this.#stopped;
  }

  /** Its log is being cut: what goes is still on the disk. */
  get cutting(): boolean {
    return this.#cutting;
  }

  /** A follower cuts its log at `offset` and fetches on from there. Without effect on a leader. */
  fetchAgainFrom(offset: Offset): void {
    this.#fetcher?.fetchAgainFrom(this, offset);
  }

  /** What its leader has sent and it has not stored yet counts no more. Without effect on a leader. */
  dropUnderWay(): void {
    this.#fetcher?.askAnew(this);
  }

  async cut(work: () => Promise<void>): Promise<void> {
    this.#cutting = true;
    try {
      await work();
    } finally {
      this.#cutting = false;
      this.#highWatermark = Math.min(this.#highWatermark, this.log.endOffset);
      this.apply(this.#assignment);
    }
  }

  highWatermarkHeard(offset: Offset): void {
    if (this.#leader !== undefined || offset <= this.#highWatermark) return;
    this.#highWatermark = offset;
    this.log.updateHighWatermark(offset);
  }

  storageFailed(error: VarveError): void {
    this.#options.storageFailed(this, error);
  }

  /** The partition left this node, the node stops, or its directory went offline. */
  stop(error: VarveError): void {
    this.#stopped = true;
    this.#leave(error);
  }

  /** Nobody else can lead: the log is cut at `offset`, and leads without its epochs that nobody gave. */
  async leadCutAt(offset: Offset): Promise<void> {
    if (this.#stopped || this.#leader !== undefined || this.#assignment.leader !== this.#options.nodeId) return;
    this.#roleEpoch = -1;
    await this.cut(() => this.log.truncateTo(offset));
  }

  #lead(assignment: PartitionAssignment): void {
    if (this.log.latestEpoch > assignment.leaderEpoch) {
      const { startOffset } = this.log;
      const { epoch, endOffset } = this.log.endOffsetForEpoch(assignment.leaderEpoch);
      const isEmpty = endOffset <= startOffset;
      const end = isEmpty ? { epoch: NO_EPOCH, endOffset: startOffset } : { epoch, endOffset };
      this.#options.epochsAhead(this, end);
      return;
    }
    this.log.setHasReaders(true);
    this.#leader = new PartitionLeader({
      nodeId: this.#options.nodeId,
      log: this.log,
      clock: this.#options.clock,
      hooks: this.#options.hooks,
      leaderEpoch: assignment.leaderEpoch,
      partitionEpoch: assignment.partitionEpoch,
      replicas: assignment.replicas,
      isr: assignment.isr,
      elr: assignment.elr,
      highWatermark: this.#highWatermark,
      minInsyncReplicas: assignment.minInsyncReplicas,
      lagMaxMs: assignment.lagMaxMs,
      leaderThrottled: assignment.leaderThrottled,
      markedReplicas: assignment.markedReplicas,
      topicId: assignment.topicId,
      partition: assignment.partition,
    });
  }

  #follow(assignment: PartitionAssignment): void {
    this.log.setHasReaders(false);
    this.#fetcher = this.#options.fetcherOf(assignment.leader);
    this.#fetcher.add(this, assignment.leaderEpoch);
  }

  #leave(error?: VarveError): void {
    const leader = this.#leader;
    if (leader !== undefined) {
      this.#highWatermark = leader.highWatermark;
      this.#leader = undefined;
      leader.close(
        error ??
          new VarveError(
            'NOT_LEADER_OR_FOLLOWER',
            `Node ${this.#options.nodeId} no longer leads ${this.topic}-${this.partition}; ask for the new leader.`,
          ),
      );
    }
    this.#fetcher?.remove(this);
    this.#fetcher = undefined;
  }

  #durable(): void {
    if (this.#leader !== undefined) this.#leader.logDurable();
    else this.#fetcher?.durable(this);
  }
}
