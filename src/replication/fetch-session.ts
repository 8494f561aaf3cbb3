import { decodeMessage } from '../common/decode-message.js';
import { VarveError, errorCode, toVarveError } from '../common/errors.js';
import { NO_EPOCH, type LeaderEpoch, type NodeId, type Offset, type Uuid, uuidFromBytes } from '../common/ids.js';
import type { Clock, Timer } from '../platform/clock.js';
import type { RpcStream } from '../platform/transport.js';
import { varve } from '../protocol/replication.js';
import { followerDivergence } from './divergence.js';
import { type FetchedChunk, FETCH_VERSION, encodeFetchResponse } from './fetch-wire.js';
import type { PartitionLeader } from './partition-leader.js';
import type { LogRead } from './replica-log.js';
import { type Tail, TailPump } from './tail-pump.js';
import type { ReplicationThrottle } from './throttle.js';

export interface FetchSessionOptions {
  readonly stream: RpcStream;
  readonly clock: Clock;
  readonly clusterId: () => string;
  /** The partition if this node leads it; throws UNKNOWN_TOPIC_ID or NOT_LEADER_OR_FOLLOWER. */
  readonly leaderOf: (topicId: Uuid, partition: number) => PartitionLeader;
  /** Of the broker's present registration, as far as this node knows; -1 for none. */
  readonly brokerEpochOf: (nodeId: NodeId) => number;
  /** Of followers outside the ISR, on topics whose `leader.replication.throttled.replicas` names this node. */
  readonly throttle: ReplicationThrottle;
  /** Bytes of one partition in one turn, and of one response message. */
  readonly chunkBytes: number;
  readonly responseBytes: number;
  /** How long a new high watermark may wait for records to travel with. */
  readonly highWatermarkDelayMs: number;
  /** By follower, shared by all sessions of this node: a follower has one stream to each source, its newest. */
  readonly sessions: Map<NodeId, FetchSession>;
  /** When each follower said something last, on whichever stream. */
  readonly heardMs?: Map<NodeId, number>;
  /** A follower says nothing of what it was sent, for a second and more: its way here may be cut. Called now and again. */
  readonly onSilent: (nodeId: NodeId) => void;
}

/** A follower whose disk is slow tells all the same what it has got, four times a second. */
const SILENT_MS = 1_000;
/** The first message of those under way has so much more time: over a slow link a large batch takes its own. */
const SLOW_BYTES_PER_MS = 1024;

interface FollowedPartition {
  readonly id: string;
  readonly topicIdBytes: Buffer;
  readonly partition: number;
  readonly leader: PartitionLeader;
  session: number;
  tail: Tail<FollowedPartition> | undefined;
  /** Sent and not yet covered by the follower's fetch_offset: end offset and bytes, oldest first. */
  underWay: Array<{ readonly endOffset: Offset; readonly sizeBytes: number }>;
  sentHighWatermark: Offset;
  stopListening: () => void;
  /** Makes the pump look at it again. */
  wake: () => void;
  isHeldBack: boolean;
}

/**
 * The leader's side of one follower node's fetch stream: checks positions (epochs, divergence by KIP-595), sends records
 * as they are appended, within the follower's window, and hears how far the follower is.
 */
export class FetchSession {
  readonly #options: FetchSessionOptions;
  readonly #partitions = new Map<string, FollowedPartition>();
  /** Of those which the follower was told to cut or to begin anew, and has not asked for again; by id. */
  readonly #toldToCut = new Map<string, PartitionLeader>();
  readonly #pump: TailPump<FollowedPartition>;
  #replicaId: NodeId = -1;
  #brokerEpoch = -1;
  #windowBytes = 0;
  #underWayBytes = 0;
  #blocked = false;
  #response: FetchedChunk[] = [];
  #responseBytes = 0;
  #behind = new Set<FollowedPartition>();
  #behindTimer: Timer | undefined;
  /** When the first records were sent of those since the follower was last heard; undefined while none are under way. */
  #awaitedSinceMs: number | undefined;
  #silenceTimer: Timer | undefined;
  /** They were told that the follower is silent. */
  readonly #toldOfSilence = new Set<PartitionLeader>();
  /** Of the follower's sessions of partitions, which it counts through all its streams to this node. */
  #newestSession = 0;
  #isClosed = false;

  constructor(options: FetchSessionOptions) {
    this.#options = options;
    this.#pump = new TailPump<FollowedPartition>(
      {
        open: () => !this.#blocked && this.#underWayBytes < this.#windowBytes,
        readAheadBytes: () => this.#windowBytes - this.#underWayBytes,
        emit: (tail, read) => this.#emit(tail.key, read),
        failed: (tail, error) => this.#refuse(tail.key, error),
        flush: () => this.#flush(),
      },
      { chunkBytes: options.chunkBytes, sharedChunkBytes: options.chunkBytes },
      // The messages of one turn, of several producers perhaps, become one to the follower.
      (work) => options.clock.atEndOfTurn(work),
    );
    options.stream.onMessage((message) => this.#receive(message));
    options.stream.onDrain(() => {
      this.#blocked = false;
      this.#tellBehind();
      this.#pump.schedule();
    });
    options.stream.onClose(() => this.close());
  }

  close(): void {
    this.#isClosed = true;
    if (this.#options.sessions.get(this.#replicaId) === this) this.#options.sessions.delete(this.#replicaId);
    this.#pump.stop();
    for (const partition of [...this.#partitions.values()]) {
      partition.leader.followerLeft(this.#replicaId);
      this.#drop(partition);
    }
    for (const leader of this.#toldToCut.values()) leader.followerLeft(this.#replicaId);
    this.#toldToCut.clear();
    this.#behindTimer?.cancel();
    this.#silenceTimer?.cancel();
  }

  #receive(message: Buffer): void {
    // What comes to a session that was given up is of a follower's past.
    if (this.#isClosed) return;
    const request = decodeMessage(varve.internal.FetchRequest, message);
    if (request.version !== FETCH_VERSION) {
      this.#options.stream.end({
        code: 'UNSUPPORTED_VERSION',
        message: `Version ${request.version} of the replica fetch is not known here; this node speaks ${FETCH_VERSION}.`,
      });
      return;
    }
    if (this.#replicaId < 0) {
      this.#replicaId = request.replica_id;
      this.#brokerEpoch = request.broker_epoch;
      this.#windowBytes = request.window_bytes;
      const clusterId = Buffer.from(request.cluster_id).toString('utf8');
      if (clusterId !== this.#options.clusterId()) {
        this.#options.stream.end({
          code: 'INCONSISTENT_CLUSTER_ID',
          message: `Node ${request.replica_id} belongs to cluster ${clusterId}, this one to ${this.#options.clusterId()}.`,
        });
        return;
      }
      this.#newestSession = newestSession(request.partitions);
      if (!this.#replaceFormer()) return;
    }
    this.#newestSession = Math.max(this.#newestSession, newestSession(request.partitions));
    const nowMs = this.#options.clock.monotonicMs();
    this.#options.heardMs?.set(this.#replicaId, nowMs);
    for (const leader of this.#toldOfSilence) leader.followerIsBack(this.#replicaId);
    this.#toldOfSilence.clear();
    for (const fetch of request.partitions) this.#fetched(fetch as varve.internal.FetchPartition);
    this.#awaitedSinceMs = this.#underWayBytes > 0 ? nowMs : undefined;
    this.#pump.schedule();
  }

  /**
   * The follower has given up its former stream, which may stand still for long; that of a later incarnation stays. False where
   * it is this one that was given up: behind a cut a stream may begin late.
   */
  #replaceFormer(): boolean {
    const { sessions } = this.#options;
    const former = sessions.get(this.#replicaId);
    if (former === undefined) {
      sessions.set(this.#replicaId, this);
      return true;
    }
    if (former.#brokerEpoch > this.#brokerEpoch) return true;
    const isStale = former.#brokerEpoch === this.#brokerEpoch && former.#newestSession > this.#newestSession;
    const given = isStale ? this : former;
    if (!isStale) sessions.set(this.#replicaId, this);
    given.close();
    given.#options.stream.cancel();
    return !isStale;
  }

  #lookForSilence(): void {
    this.#silenceTimer = undefined;
    const since = this.#awaitedSinceMs;
    // It may have been closed between the timer and this turn.
    if (since === undefined || this.#isClosed) return;
    const { clock, onSilent } = this.#options;
    const partitions = [...this.#partitions.values()];
    const leaders = [...partitions.map(({ leader }) => leader), ...this.#toldToCut.values()];
    const largestBytes = partitions.reduce((most, { underWay }) => Math.max(most, underWay[0]?.sizeBytes ?? 0), 0);
    const patienceMs = SILENT_MS + largestBytes / SLOW_BYTES_PER_MS;
    const isSilent = clock.monotonicMs() - since >= patienceMs;
    if (isSilent) {
      // Those, too, of which nothing is under way: what stands still fills the window that all of them share.
      for (const leader of leaders) {
        leader.followerLeft(this.#replicaId, since);
        this.#toldOfSilence.add(leader);
      }
      onSilent(this.#replicaId);
    }
    this.#watchSilence(isSilent ? SILENT_MS : since + patienceMs - clock.monotonicMs());
  }

  #watchSilence(delayMs: number): void {
    // A busy event loop is not a silent follower: what has arrived is heard first.
    const { clock } = this.#options;
    this.#silenceTimer ??= clock.after(delayMs, () => clock.defer(() => this.#lookForSilence()));
  }

  #fetched(fetch: varve.internal.FetchPartition): void {
    const topicId = topicIdOf(fetch.topic_id);
    const id = `${topicId}:${fetch.partition}`;
    const known = this.#partitions.get(id);
    this.#toldToCut.delete(id);
    if (fetch.remove) {
      if (known !== undefined) this.#drop(known);
      return;
    }
    if (known !== undefined && fetch.session === known.session && known.tail !== undefined) {
      this.#progress(known, known.tail, fetch);
      return;
    }
    if (known !== undefined) {
      if (fetch.session <= known.session) return;
      this.#drop(known);
    }
    this.#position(id, topicId, fetch);
  }

  #position(id: string, topicId: Uuid, fetch: varve.internal.FetchPartition): void {
    const topicIdBytes = Buffer.from(fetch.topic_id);
    const answer = { topicIdBytes, partition: fetch.partition, session: fetch.session };
    let leader: PartitionLeader;
    try {
      leader = this.#options.leaderOf(topicId, fetch.partition);
      checkEpoch(leader.leaderEpoch, fetch.current_leader_epoch);
      if (leader.closed !== undefined) throw leader.closed;
      this.#requireCurrentIncarnation();
      if (!(fetch.durable_offset <= fetch.fetch_offset))
        throw new VarveError('INVALID_REQUEST', 'A follower has synced at most what it has fetched.');
    } catch (error) {
      if (!(error instanceof VarveError)) throw error;
      this.#answer({ ...emptyChunk, ...answer, error: errorCode(error.code) });
      return;
    }
    const state = {
      leaderEpoch: leader.leaderEpoch,
      highWatermark: leader.highWatermark,
      logStartOffset: leader.log.startOffset,
    };
    const diverging = followerDivergence(leader.log, fetch.last_fetched_epoch, fetch.fetch_offset);
    // It is there; where it has to cut its log first, its disk may take long for that.
    leader.followerIsBack(this.#replicaId);
    // Without a known epoch at or below the follower's there is no common past: it starts over at the leader's start. So it does
    // where nothing of the common past is left here: a cut would keep what its own batches below say of their producers.
    const { startOffset } = leader.log;
    const isBelowStart = startOffset > 0 && (diverging?.endOffset ?? Infinity) <= startOffset;
    const hasCommonPast = diverging?.epoch !== NO_EPOCH && !isBelowStart;
    if (diverging !== undefined && hasCommonPast) {
      this.#toldToCut.set(id, leader);
      this.#answer({ ...emptyChunk, ...state, ...answer, divergingEpoch: diverging });
      return;
    }
    if (
      diverging !== undefined ||
      fetch.fetch_offset < leader.log.startOffset ||
      fetch.fetch_offset > leader.log.endOffset
    ) {
      const producers = leader.log.producersBelowStart();
      this.#toldToCut.set(id, leader);
      this.#answer({ ...emptyChunk, ...state, ...answer, error: errorCode('OFFSET_OUT_OF_RANGE'), producers });
      return;
    }
    this.#follow(id, leader, topicIdBytes, fetch);
  }

  /**
   * KIP-903: what a dead incarnation of the follower has is no evidence for the one that is registered now. A newer one
   * than this node knows of is served: its image will follow. Throws STALE_BROKER_EPOCH.
   */
  #requireCurrentIncarnation(): void {
    const registered = this.#options.brokerEpochOf(this.#replicaId);
    if (this.#brokerEpoch >= registered) return;
    throw new VarveError(
      'STALE_BROKER_EPOCH',
      `Node ${this.#replicaId} fetches as broker epoch ${this.#brokerEpoch} and is registered as ${registered}.`,
    );
  }

  #follow(id: string, leader: PartitionLeader, topicIdBytes: Buffer, fetch: varve.internal.FetchPartition): void {
    const partition: FollowedPartition = {
      id,
      topicIdBytes,
      partition: fetch.partition,
      leader,
      session: fetch.session,
      tail: undefined,
      underWay: [],
      sentHighWatermark: -1,
      stopListening: () => {},
      wake: () => {},
      isHeldBack: false,
    };
    this.#partitions.set(id, partition);
    const stopHighWatermark = leader.onHighWatermark(() => this.#highWatermarkRose(partition));
    const stopStartOffset = leader.onStartOffset(() => this.#answer(this.#chunk(partition, [], 0)));
    partition.stopListening = () => {
      stopHighWatermark();
      stopStartOffset();
    };
    partition.tail = this.#pump.add(
      partition,
      {
        end: () => (this.#isHeldBack(partition) ? (partition.tail?.position ?? 0) : leader.log.endOffset),
        closed: () => leader.closed,
        isInMemory: (offset) => offset >= leader.log.inMemoryFrom,
        // The pump flushes before it returns: what is only looked at is in a message by then.
        read: (offset, maxBytes, upTo) =>
          leader.log.view(offset, maxBytes, upTo) ?? leader.log.read(offset, maxBytes, upTo),
        subscribe: (listener) => {
          partition.wake = listener;
          return leader.onAppend(listener);
        },
      },
      fetch.fetch_offset,
    );
    this.#tellLeader(leader, fetch);
    this.#highWatermarkRose(partition);
  }

  /** Throttled, and the bucket is empty: looked at again when it has filled. */
  #isHeldBack(partition: FollowedPartition): boolean {
    const { throttle } = this.#options;
    if (!partition.leader.isThrottled(this.#replicaId) || throttle.isOpen) return false;
    if (!partition.isHeldBack) {
      partition.isHeldBack = true;
      throttle.onOpen(() => {
        partition.isHeldBack = false;
        partition.wake();
      });
    }
    return true;
  }

  #progress(partition: FollowedPartition, tail: Tail<FollowedPartition>, fetch: varve.internal.FetchPartition): void {
    try {
      this.#requireCurrentIncarnation();
      if (fetch.fetch_offset > tail.position || fetch.durable_offset > fetch.fetch_offset)
        throw new VarveError('INVALID_REQUEST', 'A follower reported more than it was sent.');
    } catch (error) {
      this.#refuse(partition, toVarveError(error));
      return;
    }
    let covered = 0;
    for (const sent of partition.underWay) {
      if (sent.endOffset > fetch.fetch_offset) break;
      this.#underWayBytes -= sent.sizeBytes;
      covered++;
    }
    if (covered > 0) partition.underWay.splice(0, covered);
    this.#tellLeader(partition.leader, fetch);
  }

  #tellLeader(leader: PartitionLeader, fetch: varve.internal.FetchPartition): void {
    const { fetch_offset, durable_offset, log_start_offset } = fetch;
    leader.followerFetched(this.#replicaId, fetch_offset, durable_offset, this.#brokerEpoch, log_start_offset);
  }

  #emit(partition: FollowedPartition, read: LogRead): void {
    partition.underWay.push({ endOffset: read.nextOffset, sizeBytes: read.sizeBytes });
    this.#underWayBytes += read.sizeBytes;
    this.#awaitedSinceMs ??= this.#options.clock.monotonicMs();
    this.#watchSilence(SILENT_MS);
    if (partition.leader.isThrottled(this.#replicaId)) this.#options.throttle.take(read.sizeBytes);
    this.#answer(this.#chunk(partition, read.buffers, read.sizeBytes));
    if (this.#responseBytes >= this.#options.responseBytes) this.#flush();
  }

  #chunk(partition: FollowedPartition, buffers: readonly Buffer[], sizeBytes: number): FetchedChunk {
    const { leader } = partition;
    partition.sentHighWatermark = leader.highWatermark;
    this.#behind.delete(partition);
    return {
      topicIdBytes: partition.topicIdBytes,
      partition: partition.partition,
      session: partition.session,
      error: 0,
      leaderEpoch: leader.leaderEpoch,
      highWatermark: leader.highWatermark,
      logStartOffset: leader.log.startOffset,
      divergingEpoch: undefined,
      buffers,
      sizeBytes,
    };
  }

  #answer(chunk: FetchedChunk): void {
    this.#response.push(chunk);
    this.#responseBytes += chunk.sizeBytes + 64;
    this.#pump.schedule();
  }

  #flush(): void {
    if (this.#response.length === 0) return;
    const { stream } = this.#options;
    const message = encodeFetchResponse(this.#response, (sizeBytes) => stream.allocate(sizeBytes));
    this.#response = [];
    this.#responseBytes = 0;
    if (!stream.send(message)) this.#blocked = true;
  }

  /** The high watermark travels with the next records; where none come, alone, a little later. */
  #highWatermarkRose(partition: FollowedPartition): void {
    if (partition.leader.closed !== undefined || partition.leader.highWatermark <= partition.sentHighWatermark) return;
    this.#behind.add(partition);
    this.#behindTimer ??= this.#options.clock.after(this.#options.highWatermarkDelayMs, () => {
      this.#behindTimer = undefined;
      this.#tellBehind();
    });
  }

  /** Not while the stream takes nothing: messages to a follower that hangs would only gather. */
  #tellBehind(): void {
    if (this.#blocked) return;
    for (const behind of [...this.#behind]) this.#answer(this.#chunk(behind, [], 0));
  }

  #refuse(partition: FollowedPartition, error: VarveError): void {
    this.#drop(partition);
    const { topicIdBytes, session } = partition;
    const { leaderEpoch, log } = partition.leader;
    this.#answer({
      ...emptyChunk,
      topicIdBytes,
      partition: partition.partition,
      session,
      error: errorCode(error.code),
      leaderEpoch,
      logStartOffset: log.startOffset,
      // The records that it still lacked were deleted: it starts over, as one whose position is too old.
      producers: error.code === 'OFFSET_OUT_OF_RANGE' ? log.producersBelowStart() : undefined,
    });
  }

  #drop(partition: FollowedPartition): void {
    if (partition.tail !== undefined) this.#pump.remove(partition.tail);
    partition.stopListening();
    this.#behind.delete(partition);
    for (const sent of partition.underWay) this.#underWayBytes -= sent.sizeBytes;
    partition.underWay = [];
    if (this.#partitions.get(partition.id) === partition) this.#partitions.delete(partition.id);
  }
}

const emptyChunk = {
  error: 0,
  leaderEpoch: NO_EPOCH,
  highWatermark: -1,
  logStartOffset: -1,
  divergingEpoch: undefined,
  buffers: [] as readonly Buffer[],
  sizeBytes: 0,
};

function newestSession(partitions: readonly varve.internal.IFetchPartition[]): number {
  return partitions.reduce((newest, { session }) => Math.max(newest, session ?? 0), 0);
}

function topicIdOf(bytes: Uint8Array): Uuid {
  if (bytes.length === 16) return uuidFromBytes(bytes);
  throw new VarveError('INVALID_REQUEST', `A topic id has 16 bytes, not ${bytes.length}.`);
}

/** KIP-320: both sides must mean the same epoch. Throws FENCED_LEADER_EPOCH or UNKNOWN_LEADER_EPOCH. */
export function checkEpoch(current: LeaderEpoch, asked: LeaderEpoch): void {
  if (asked === current) return;
  if (asked < current) {
    throw new VarveError('FENCED_LEADER_EPOCH', `The leader epoch is ${current}, the request says ${asked}.`);
  }
  throw new VarveError('UNKNOWN_LEADER_EPOCH', `The leader epoch ${asked} is not known here yet; it is ${current}.`);
}
