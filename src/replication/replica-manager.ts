import { VarveError, toVarveError } from '../common/errors.js';
import { type LeaderEpoch, type NodeId, type Offset, type Uuid, uuidToBytes } from '../common/ids.js';
import type { EpochEnd } from '../log/leader-epoch-cache.js';
import { sleep, type Clock, type Timer } from '../platform/clock.js';
import type { Logger } from '../platform/observe.js';
import { DamageRepair, type DamageRepairOptions } from './damage-repair.js';
import { IsrChanges, type IsrChangesOptions } from './isr-changes.js';
import type { PartitionLeader } from './partition-leader.js';
import { type PartitionAssignment, Replica } from './replica.js';
import { ReplicaFetcher, type ReplicaFetcherOptions } from './replica-fetcher.js';
import type { ReplicaLog } from './replica-log.js';
import { ReplicationThrottle } from './throttle.js';
import { TopicOpenings } from './topic-openings.js';

/** Where replicas' logs come from and go to. */
export interface ReplicaLogs {
  /** Opens the log of a partition that was recovered at start, or makes a new one. Rejects with KAFKA_STORAGE_ERROR. */
  open(assignment: PartitionAssignment): Promise<{ readonly log: ReplicaLog; readonly highWatermark: Offset }>;
  /** Removes the partition's files. */
  remove(topicId: Uuid, topic: string, partition: number): Promise<void>;
}

export interface ReplicaManagerOptions {
  readonly nodeId: NodeId;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly logs: ReplicaLogs;
  readonly isrChanges: Omit<IsrChangesOptions, 'clock'>;
  /** Whether the controller would take this incarnation of the node into the partition's ISR. */
  readonly isEligible: (nodeId: NodeId, brokerEpoch: number, place: PartitionAssignment) => boolean;
  /** As `LeaderHooks.heardMs`. */
  readonly heardMs?: (nodeId: NodeId) => number | undefined;
  readonly fetcher: Pick<
    ReplicaFetcherOptions,
    'clusterId' | 'brokerEpoch' | 'windowBytes' | 'backoffMs' | 'maxBackoffMs'
  > & {
    readonly connect: (sourceId: NodeId) => ReturnType<ReplicaFetcherOptions['connect']>;
    readonly disconnect: (sourceId: NodeId) => void;
  };
  /** Calls Replication/ReadRange at a node. */
  readonly readRange: DamageRepairOptions['readRange'];
  /** Calls Controller/ReportTruncation. `unledEpoch`: this node is to lead in this leader epoch, and cannot. */
  readonly reportTruncation: (
    replica: Parameters<DamageRepairOptions['reportTruncation']>[0],
    unledEpoch?: LeaderEpoch,
  ) => Promise<void>;
  /** A damaged range was found on this node's disks. */
  readonly onDamaged: () => void;
  /** Lag and late produces are looked at with each heartbeat of the quorum (`quorumBeats`) that comes so long after the last look. */
  readonly minTickMs: number;
  /** How often while the quorum has none. */
  readonly maxTickMs: number;
  readonly onTick: () => void;
  /** An ISR change goes to the controller. */
  readonly onProposal: (before: readonly NodeId[], after: readonly NodeId[]) => void;
  /** A follower here stored batches of a leader. */
  readonly onFetched: (sizeBytes: number) => void;
  /** A producer sent a batch again that a log led here has already. */
  readonly onDuplicate?: () => void;
}

/** Between two tries to tell the controller that a replica cannot lead; twice as long each time. */
const FIRST_RETRY_MS = 100;
const LAST_RETRY_MS = 10_000;

interface Slot {
  assignment: PartitionAssignment;
  replica: Replica | undefined;
  /** The log directory that was named when its log was opened last. */
  directoryId: Uuid | undefined;
  opening: boolean;
}

/** All replicas of this node: gives each the role that the image has for it, and finds the leader that is asked for. */
export class ReplicaManager {
  readonly #options: ReplicaManagerOptions;
  readonly #slots = new Map<string, Slot>();
  /** The same by topic name, for the produce and fetch path. */
  readonly #byTopic = new Map<string, Map<number, Replica>>();
  /** Of replicas that catch up, as their leader and as the follower (KIP-73). */
  readonly leaderThrottle: ReplicationThrottle;
  readonly followerThrottle: ReplicationThrottle;
  readonly #openings = new TopicOpenings();
  readonly #fetchers = new Map<NodeId, ReplicaFetcher>();
  readonly #isrChanges: IsrChanges;
  readonly #damageRepair: DamageRepair;
  /** While it is started. */
  #timer: Timer | undefined;
  #tickedMs = 0;
  #closed = false;

  constructor(options: ReplicaManagerOptions) {
    this.#options = options;
    this.leaderThrottle = new ReplicationThrottle(options.clock);
    this.followerThrottle = new ReplicationThrottle(options.clock);
    this.#damageRepair = new DamageRepair(options);
    this.#isrChanges = new IsrChanges({ clock: options.clock, ...options.isrChanges });
  }

  start(): void {
    this.#tickedMs = this.#options.clock.monotonicMs();
    this.#tickAfter(this.#options.maxTickMs);
  }

  /** The node is awake for the quorum's heartbeat: a tick with it needs no waking of its own. */
  quorumBeats(): void {
    if (this.#timer === undefined || this.#closed) return;
    if (this.#options.clock.monotonicMs() - this.#tickedMs >= this.#options.minTickMs) this.#tick();
  }

  /** The timer stands until it fires and then looks how long ago the last tick was. */
  #tickAfter(delayMs: number): void {
    const { clock, maxTickMs } = this.#options;
    this.#timer = clock.after(delayMs, () => {
      const leftMs = this.#tickedMs + maxTickMs - clock.monotonicMs();
      if (leftMs <= 0) this.#tick();
      this.#tickAfter(leftMs > 0 ? leftMs : maxTickMs);
    });
  }

  #tick(): void {
    const now = this.#options.clock.monotonicMs();
    this.#tickedMs = now;
    for (const slot of this.#slots.values()) slot.replica?.leader?.tick(now);
    this.#options.onTick();
  }

  /** This node's replica of a partition, if its log is open. */
  replica(topic: string, partition: number): Replica | undefined {
    return this.#byTopic.get(topic)?.get(partition);
  }

  replicaById(topicId: Uuid, partition: number): Replica | undefined {
    return this.#slots.get(slotKey(topicId, partition))?.replica;
  }

  replicas(): Replica[] {
    const all: Replica[] = [];
    for (const slot of this.#slots.values()) if (slot.replica !== undefined) all.push(slot.replica);
    return all;
  }

  /** Throws UNKNOWN_TOPIC_ID or NOT_LEADER_OR_FOLLOWER. */
  leaderById(topicId: Uuid, partition: number): PartitionLeader {
    const slot = this.#slots.get(slotKey(topicId, partition));
    if (slot === undefined) {
      throw new VarveError(
        'UNKNOWN_TOPIC_ID',
        `Node ${this.#options.nodeId} has no replica of ${topicId}-${partition}.`,
      );
    }
    const leader = slot.replica?.leader;
    if (leader === undefined) {
      throw new VarveError(
        'NOT_LEADER_OR_FOLLOWER',
        `Node ${this.#options.nodeId} does not lead ${slot.assignment.topic}-${partition}.`,
      );
    }
    return leader;
  }

  /** The image has `assignment` for this node: opens the log when needed and takes the role. */
  apply(assignment: PartitionAssignment): void {
    if (this.#closed) return;
    const key = slotKey(assignment.topicId, assignment.partition);
    let slot = this.#slots.get(key);
    if (slot === undefined) {
      slot = { assignment, replica: undefined, directoryId: undefined, opening: false };
      this.#slots.set(key, slot);
    }
    slot.assignment = assignment;
    this.#leaveFormerDirectory(slot);
    if (slot.replica !== undefined) slot.replica.apply(assignment);
    else if (!slot.opening) void this.#open(slot, key);
  }

  /** The partition is no longer on this node: its files go. */
  remove(topicId: Uuid, topic: string, partition: number): void {
    const key = slotKey(topicId, partition);
    const slot = this.#slots.get(key);
    this.#slots.delete(key);
    if (slot?.replica !== undefined) {
      const gone = new VarveError('UNKNOWN_TOPIC_OR_PARTITION', `${topic}-${partition} was deleted or moved away.`);
      this.#forget(slot.replica, topic, partition, gone);
    }
    // While the log is being opened, `#open` sees that its slot is gone and removes the files.
    if (slot?.opening !== true) this.#removeFiles(topicId, topic, partition);
  }

  /** A log directory failed: its replicas stop until the node is restarted with a good one. */
  storageFailed(replica: Replica, error: VarveError): void {
    replica.stop(error);
    // What a failed disk had under way may end when the replica was long made anew on another one.
    const partitions = this.#byTopic.get(replica.topic);
    if (partitions?.get(replica.partition) === replica) partitions.delete(replica.partition);
  }

  /** The broker's own registration or another broker's address changed. */
  restartFetchers(): void {
    for (const fetcher of this.#fetchers.values()) fetcher.restart();
  }

  restartFetcher(sourceId: NodeId): void {
    this.#fetchers.get(sourceId)?.restart();
  }

  /** A node that was cut off from this one is reached again. */
  sourceReached(sourceId: NodeId): void {
    this.#fetchers.get(sourceId)?.sourceReached();
  }

  controllerChanged(): void {
    this.#isrChanges.retryNow();
  }

  close(): void {
    this.#closed = true;
    this.#timer?.cancel();
    const error = new VarveError('NOT_LEADER_OR_FOLLOWER', `Node ${this.#options.nodeId} is shutting down.`);
    for (const slot of this.#slots.values()) slot.replica?.stop(error);
    for (const fetcher of this.#fetchers.values()) fetcher.close();
    this.#isrChanges.close();
    this.leaderThrottle.close();
    this.followerThrottle.close();
    this.#damageRepair.close();
  }

  /**
   * A replica that the controller makes anew in another directory: its disk failed in this life of the node, or it was moved
   * away and back before this node heard of either. What was opened is not that replica.
   */
  #leaveFormerDirectory(slot: Slot): void {
    const { replica, assignment } = slot;
    if (replica === undefined || !isElsewhere(slot)) return;
    const { topic, partition } = assignment;
    const anew = new VarveError(
      'NOT_LEADER_OR_FOLLOWER',
      `${topic}-${partition} is made anew in another log directory.`,
    );
    this.#forget(replica, topic, partition, anew);
    slot.replica = undefined;
  }

  /** Calls `listener` once when no log of the topic is being opened here: each is open, or could not be. Returns the way to stop. */
  whenOpened(topicId: Uuid, listener: () => void): () => void {
    return this.#openings.whenEnded(topicId, listener);
  }

  async #open(slot: Slot, key: string): Promise<void> {
    slot.opening = true;
    const { topicId, topic, partition, directoryId } = slot.assignment;
    this.#openings.begin(topicId);
    slot.directoryId = directoryId;
    try {
      const { log, highWatermark } = await this.#options.logs.open(slot.assignment);
      if (this.#closed) return;
      const present = this.#slots.get(key);
      if (present !== slot) {
        // Placed here again meanwhile, it has this same log.
        if (present === undefined) this.#removeFiles(topicId, topic, partition);
        return;
      }
      if (!isElsewhere(slot)) this.#begin(slot, log, highWatermark);
    } catch (error) {
      if (!(error instanceof VarveError)) throw error;
      if (this.#closed) return;
      this.#options.logger.error(
        { topic, partition, code: error.code },
        `The log could not be opened: ${error.message}`,
      );
    } finally {
      slot.opening = false;
      this.#openings.end(topicId);
    }
    // Another directory was named while this one's log was being opened, or failed to.
    if (this.#slots.get(key) === slot && isElsewhere(slot)) this.apply(slot.assignment);
  }

  #begin(slot: Slot, log: ReplicaLog, highWatermark: Offset): void {
    slot.replica = this.#make(slot.assignment, log, highWatermark);
    slot.replica.apply(slot.assignment);
    this.#damageRepair.watch(slot.replica);
  }

  #make(assignment: PartitionAssignment, log: ReplicaLog, highWatermark: Offset): Replica {
    const replica = new Replica({
      nodeId: this.#options.nodeId,
      clock: this.#options.clock,
      log,
      highWatermark,
      assignment,
      fetcherOf: (sourceId) => this.#fetcherOf(sourceId),
      storageFailed: (failed, error) => this.storageFailed(failed, error),
      epochsAhead: (ahead, end) => void this.#giveUpEpochs(ahead, end),
      hooks: {
        isEligible: (nodeId, brokerEpoch) => this.#options.isEligible(nodeId, brokerEpoch, assignment),
        heardMs: (nodeId) => this.#options.heardMs?.(nodeId),
        onDuplicate: () => this.#options.onDuplicate?.(),
        alterPartition: (leader, proposal, found) => {
          this.#options.onProposal(leader.isr, proposal.isr);
          this.#isrChanges.add({ topicId: leader.topicId, partition: leader.partition, leader, proposal, found });
        },
      },
    });
    let partitions = this.#byTopic.get(assignment.topic);
    if (partitions === undefined) {
      partitions = new Map();
      this.#byTopic.set(assignment.topic, partitions);
    }
    partitions.set(assignment.partition, replica);
    return replica;
  }

  /**
   * A flipped bit made a leader epoch of the log later than any that was given. Another replica is to lead, and the log is
   * cut as a follower's that departs; while one that is whole is away nobody leads, until it is back or an unclean election is
   * allowed. Where there is none, what has the epoch is lost.
   */
  async #giveUpEpochs(replica: Replica, { epoch, endOffset }: EpochEnd): Promise<void> {
    const { topic, topicId, partition, log, assignment } = replica;
    const { logger, clock } = this.#options;
    const where = { topic, partition, epoch: log.latestEpoch, offset: endOffset };
    logger.error(
      where,
      'The log has a leader epoch that was never given: the disk loses bits. Another replica must lead. Where the whole ones ' +
        'are away for good, allow an unclean election (unclean.leader.election.enable of the topic): what is behind the ' +
        'offset here is lost then.',
    );
    for (let delayMs = FIRST_RETRY_MS; ; delayMs = Math.min(2 * delayMs, LAST_RETRY_MS)) {
      const isOver = replica.stopped || replica.assignment.leaderEpoch !== assignment.leaderEpoch;
      if (this.#closed || isOver) return;
      const refusal = await this.#options
        .reportTruncation(
          {
            topic_id: uuidToBytes(topicId),
            partition,
            last_epoch: epoch,
            end_offset: endOffset,
          },
          assignment.leaderEpoch,
        )
        .then(() => undefined, toVarveError);
      if (refusal === undefined) return;
      if (refusal.code === 'ELIGIBLE_LEADERS_NOT_AVAILABLE') {
        await replica.leadCutAt(endOffset).catch((error: unknown) => this.storageFailed(replica, toVarveError(error)));
        return;
      }
      await sleep(clock, delayMs);
    }
  }

  #forget(replica: Replica, topic: string, partition: number, error: VarveError): void {
    replica.stop(error);
    const partitions = this.#byTopic.get(topic);
    if (partitions?.get(partition) === replica) partitions.delete(partition);
    if (partitions?.size === 0) this.#byTopic.delete(topic);
  }

  #removeFiles(topicId: Uuid, topic: string, partition: number): void {
    this.#options.logs.remove(topicId, topic, partition).catch((error: unknown) => {
      this.#options.logger.warn({ topic, partition, error: String(error) }, 'Files of a removed partition are left.');
    });
  }

  #fetcherOf(sourceId: NodeId): ReplicaFetcher {
    let fetcher = this.#fetchers.get(sourceId);
    if (fetcher === undefined) {
      const { connect, disconnect, ...rest } = this.#options.fetcher;
      fetcher = new ReplicaFetcher({
        ...rest,
        nodeId: this.#options.nodeId,
        sourceId,
        clock: this.#options.clock,
        logger: this.#options.logger,
        onFetched: this.#options.onFetched,
        throttle: this.followerThrottle,
        connect: () => connect(sourceId),
        disconnect: () => disconnect(sourceId),
      });
      this.#fetchers.set(sourceId, fetcher);
    }
    return fetcher;
  }
}

/** The controller has named another directory since its log was opened. */
function isElsewhere({ directoryId, assignment }: Slot): boolean {
  return directoryId !== assignment.directoryId;
}

function slotKey(topicId: Uuid, partition: number): string {
  return `${topicId}:${partition}`;
}
