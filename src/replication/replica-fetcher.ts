import { decodeMessage } from '../common/decode-message.js';
import { ERRORS, VarveError, errorName } from '../common/errors.js';
import { type LeaderEpoch, type NodeId, type Offset, uuidFromBytes, uuidToBytes } from '../common/ids.js';
import type { Clock, Timer } from '../platform/clock.js';
import type { Logger } from '../platform/observe.js';
import type { RpcStream } from '../platform/transport.js';
import { varve } from '../protocol/replication.js';
import { batchBaseOffset } from '../record/batch-header.js';
import { FETCH_VERSION } from './fetch-wire.js';
import { type FollowedReplica, type Fetching, positionOf, startsBelow } from './fetching.js';
import type { ReplicationThrottle } from './throttle.js';

export interface ReplicaFetcherOptions {
  readonly nodeId: NodeId;
  readonly sourceId: NodeId;
  readonly clusterId: () => string;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Opens a stream to the source's Replication/Fetch; undefined while its address is not known. */
  readonly connect: () => RpcStream | undefined;
  /** Lets go of the connection that streams are opened on: the next is on a new one. */
  readonly disconnect: () => void;
  /** This broker's epoch in its present registration. */
  readonly brokerEpoch: () => number;
  readonly windowBytes: number;
  /**
   * How long a refused partition, or a broken stream, waits before it is tried again: at first, and, doubling with each
   * try that fails, at most. Where the source is merely behind the metadata it begins at 5 ms.
   */
  readonly backoffMs: number;
  readonly maxBackoffMs: number;
  readonly throttle: ReplicationThrottle;
  /** Batches of so many bytes were stored. */
  readonly onFetched: (sizeBytes: number) => void;
}

/** The part of the window that may be appended and neither synced nor told: the rest keeps the source sending. */
const UNHEARD_PART = 1 / 4;

/**
 * What was appended is told of by then, however long the disk takes: the source takes one that says nothing of what it was
 * sent for cut off.
 */
const UNHEARD_MS = 250;
/** A stream on which nothing came for so long may stand still. */
const SILENT_MS = 1_000;

/** The source has not heard yet of what this replica has: of its own election, say. That is a matter of milliseconds. */
const BEHIND: ReadonlySet<string> = new Set(['NOT_LEADER_OR_FOLLOWER', 'UNKNOWN_LEADER_EPOCH', 'UNKNOWN_TOPIC_ID']);
const BEHIND_BACKOFF_MS = 5;

/**
 * The follower's side: one stream to one source node with all partitions that this node follows from it. It says where
 * each log ends and what of it is synced, appends what comes, and settles divergence by epochs.
 */
export class ReplicaFetcher {
  readonly #options: ReplicaFetcherOptions;
  readonly #partitions = new Map<string, Fetching>();
  readonly #removed: Fetching[] = [];
  /** Of which the source is to hear; few of many, so that a report costs what it holds. */
  readonly #unreported = new Set<Fetching>();
  /** Those that have appended since the source last heard of them, and their bytes. */
  readonly #unheard = new Set<Fetching>();
  #unheardBytes = 0;
  #unheardTimer: Timer | undefined;
  #stream: RpcStream | undefined;
  /** When it was opened, or something came on it last. */
  #heardMs = 0;
  #sentHello = false;
  #scheduled = false;
  #reconnect: Timer | undefined;
  /** Streams that ended without an answer since the last that gave one. */
  #streamFailures = 0;
  #sessions = 0;
  #closed = false;

  constructor(options: ReplicaFetcherOptions) {
    this.#options = options;
  }

  get partitionCount(): number {
    return this.#partitions.size;
  }

  add(replica: FollowedReplica, leaderEpoch: LeaderEpoch): void {
    const id = `${replica.topicId}:${replica.partition}`;
    const fetching: Fetching = {
      id,
      topicIdBytes: uuidToBytes(replica.topicId),
      replica,
      leaderEpoch,
      session: 0,
      state: 'position',
      timer: undefined,
      refusals: 0,
      failedAppends: 0,
      truncating: false,
      unheardBytes: 0,
    };
    const former = this.#partitions.get(id);
    if (former !== undefined) this.#forget(former);
    this.#partitions.set(id, fetching);
    this.#report(fetching);
  }

  remove(replica: FollowedReplica): void {
    const id = `${replica.topicId}:${replica.partition}`;
    const fetching = this.#partitions.get(id);
    if (fetching === undefined) return;
    this.#partitions.delete(id);
    this.#forget(fetching);
    if (fetching.session > 0 && this.#stream !== undefined) this.#removed.push(fetching);
    this.#schedule();
  }

  /** Cuts the log at `offset`, where it is damaged, and fetches on from there; not while it is being cut already. */
  fetchAgainFrom(replica: FollowedReplica, offset: Offset): void {
    const fetching = this.#partitions.get(`${replica.topicId}:${replica.partition}`);
    if (fetching === undefined || fetching.truncating || offset >= replica.log.endOffset) return;
    fetching.timer?.cancel();
    this.#leave(fetching);
    this.#truncate(fetching, () => replica.log.truncateTo(offset));
  }

  /** What is under way from the source is void, and asked for anew: from here on the log has what it has now. */
  askAnew(replica: FollowedReplica): void {
    const fetching = this.#partitions.get(`${replica.topicId}:${replica.partition}`);
    if (fetching?.state !== 'following') return;
    this.#leave(fetching);
    this.#positionAgain(fetching);
  }

  /** The replica's log has synced more. */
  durable(replica: FollowedReplica): void {
    const fetching = this.#partitions.get(`${replica.topicId}:${replica.partition}`);
    if (fetching?.state === 'following') this.#report(fetching);
  }

  /** The replica may be throttled no longer: then it does not wait for its share. */
  throttleChanged(replica: FollowedReplica): void {
    const fetching = this.#partitions.get(`${replica.topicId}:${replica.partition}`);
    if (fetching !== undefined && !replica.throttled) this.#endThrottling(fetching);
  }

  /** The source's address or this broker's epoch changed: begin anew. */
  restart(): void {
    this.#streamFailures = 0;
    const stream = this.#stream;
    this.#stream = undefined;
    stream?.cancel();
    this.#lost();
    this.#reconnect?.cancel();
    this.#reconnect = undefined;
    this.#schedule();
  }

  /** The source was cut off and is reached again: a stream that is silent is opened anew. */
  sourceReached(): void {
    const isSilent = this.#options.clock.monotonicMs() - this.#heardMs >= SILENT_MS;
    if (this.#closed || this.#stream === undefined || !isSilent) return;
    this.#options.disconnect();
    this.restart();
  }

  close(): void {
    this.#closed = true;
    this.#unheardTimer?.cancel();
    for (const fetching of this.#partitions.values()) fetching.timer?.cancel();
    this.#partitions.clear();
    this.#unreported.clear();
    this.#unheard.clear();
    this.#reconnect?.cancel();
    const stream = this.#stream;
    this.#stream = undefined;
    stream?.cancel();
  }

  #forget(fetching: Fetching): void {
    fetching.timer?.cancel();
    this.#unreported.delete(fetching);
    this.#heard(fetching);
  }

  /**
   * Bytes were appended. The report that counts is the one of their sync, which follows (`durable`): one before it only
   * keeps the window open, and is sent when much of that is taken.
   */
  #appended(fetching: Fetching, sizeBytes: number): void {
    fetching.unheardBytes += sizeBytes;
    this.#unheardBytes += sizeBytes;
    this.#unheard.add(fetching);
    if (this.#unheardBytes >= this.#options.windowBytes * UNHEARD_PART) this.#reportUnheard();
    else this.#unheardTimer ??= this.#options.clock.after(UNHEARD_MS, () => this.#unheardTooLong());
  }

  #unheardTooLong(): void {
    this.#unheardTimer = undefined;
    if (!this.#closed) this.#reportUnheard();
  }

  #reportUnheard(): void {
    for (const unheard of this.#unheard) this.#report(unheard);
  }

  /** The source is told where this log ends, or need not know. */
  #heard(fetching: Fetching): void {
    if (!this.#unheard.delete(fetching)) return;
    this.#unheardBytes -= fetching.unheardBytes;
    fetching.unheardBytes = 0;
  }

  #report(fetching: Fetching): void {
    this.#unreported.add(fetching);
    this.#schedule();
  }

  #schedule(): void {
    if (this.#scheduled || this.#closed) return;
    this.#scheduled = true;
    // Many logs may have synced in one turn: the source hears of them in one message.
    this.#options.clock.atEndOfTurn(() => {
      this.#scheduled = false;
      this.#sendReport();
    });
  }

  #ensureStream(): RpcStream | undefined {
    if (this.#stream !== undefined || this.#closed || this.#reconnect !== undefined) return this.#stream;
    const stream = this.#options.connect();
    if (stream === undefined) {
      this.#retryLater();
      return undefined;
    }
    this.#stream = stream;
    this.#heardMs = this.#options.clock.monotonicMs();
    this.#sentHello = false;
    stream.onBorrowedMessage((message) => {
      if (this.#stream !== stream) return true;
      this.#heardMs = this.#options.clock.monotonicMs();
      this.#receive(message);
      // What was appended was copied, and what is looked at later as well.
      return true;
    });
    stream.onDrain(() => {});
    stream.onClose((error) => {
      if (this.#stream !== stream) return;
      this.#stream = undefined;
      this.#options.logger.debug(
        { source: this.#options.sourceId, error: error?.message },
        'The fetch stream closed; it will be opened again.',
      );
      this.#lost();
      this.#retryLater();
    });
    return stream;
  }

  #lost(): void {
    this.#removed.length = 0;
    for (const fetching of this.#partitions.values()) {
      if (fetching.state === 'following') fetching.state = 'position';
      this.#unreported.add(fetching);
    }
  }

  #retryLater(): void {
    if (this.#closed || this.#partitions.size === 0) return;
    if (this.#reconnect !== undefined) return;
    this.#reconnect = this.#options.clock.after(this.#backOffMs(this.#streamFailures++), () => {
      this.#reconnect = undefined;
      this.#schedule();
    });
  }

  #sendReport(): void {
    if (this.#closed || (this.#partitions.size === 0 && this.#removed.length === 0)) return;
    const stream = this.#ensureStream();
    if (stream === undefined) return;
    const partitions: varve.internal.IFetchPartition[] = [];
    for (const gone of this.#removed.splice(0)) {
      partitions.push({
        topic_id: gone.topicIdBytes,
        partition: gone.replica.partition,
        session: gone.session,
        remove: true,
      });
    }
    for (const fetching of this.#unreported) {
      // It is reported when it goes on.
      if (fetching.state === 'waiting' || fetching.state === 'throttled') continue;
      if (fetching.state === 'position') {
        fetching.session = ++this.#sessions;
        fetching.state = 'following';
      }
      this.#heard(fetching);
      partitions.push(positionOf(fetching));
    }
    this.#unreported.clear();
    if (partitions.length === 0) return;
    const request: varve.internal.IFetchRequest = { version: FETCH_VERSION, partitions };
    if (!this.#sentHello) {
      this.#sentHello = true;
      request.replica_id = this.#options.nodeId;
      request.broker_epoch = this.#options.brokerEpoch();
      request.cluster_id = Buffer.from(this.#options.clusterId(), 'utf8');
      request.window_bytes = this.#options.windowBytes;
    }
    // What is sent here is small and bounded by one message a partition that changed: no back-pressure is needed.
    stream.send(varve.internal.FetchRequest.encode(request).finish());
  }

  #receive(message: Buffer): void {
    const response = decodeMessage(varve.internal.FetchResponse, message);
    this.#streamFailures = 0;
    for (const fetched of response.partitions) {
      if (fetched.topic_id?.length !== 16) throw new VarveError('INVALID_REQUEST', 'A topic id has 16 bytes.');
      const id = `${uuidFromBytes(fetched.topic_id)}:${fetched.partition ?? 0}`;
      const fetching = this.#partitions.get(id);
      // Answers to an older session are void: the log has been cut since.
      if (fetching === undefined || fetched.session !== fetching.session || fetching.state !== 'following') continue;
      this.#fetched(fetching, fetched as varve.internal.FetchedPartition);
    }
  }

  #fetched(fetching: Fetching, fetched: varve.internal.FetchedPartition): void {
    if (fetched.error !== 0) {
      this.#refused(fetching, fetched);
      return;
    }
    fetching.refusals = 0;
    const { log } = fetching.replica;
    if (fetched.diverging_epoch) {
      this.#diverged(fetching, fetched.diverging_epoch as varve.internal.DivergingEpoch);
      return;
    }
    const batches = fetched.record_batches;
    if (batches.length > 0) {
      const bytes = Buffer.from(batches.buffer, batches.byteOffset, batches.length);
      if (startsBelow(log, bytes)) {
        this.#startWithin(fetching, Buffer.from(bytes), fetched.log_start_offset);
        return;
      }
      try {
        log.appendAsFollower(bytes);
      } catch (error) {
        if (!(error instanceof VarveError)) throw error;
        this.#appendFailed(fetching, error);
        return;
      }
      fetching.failedAppends = 0;
      this.#options.onFetched(batches.length);
      this.#appended(fetching, batches.length);
      if (fetching.replica.throttled) this.#throttle(fetching, batches.length);
    }
    if (fetched.log_start_offset > log.startOffset) {
      log.deleteRecordsBefore(Math.min(fetched.log_start_offset, log.endOffset));
      this.#saveStartOffset(fetching);
    }
    fetching.replica.highWatermarkHeard(Math.min(fetched.high_watermark, log.endOffset));
  }

  /** The leader waits to hear that the new log start is stored. */
  #saveStartOffset(fetching: Fetching): void {
    fetching.replica.log.saveStartOffset().then(
      () => {
        if (this.#partitions.get(fetching.id) === fetching) this.#report(fetching);
      },
      (error: unknown) => {
        if (!(error instanceof VarveError)) throw error;
        this.#options.logger.warn(
          { topic: fetching.replica.topic, partition: fetching.replica.partition, code: error.code },
          `The log's new start was not stored: ${error.message}`,
        );
      },
    );
  }

  /**
   * The leader's log starts within a batch (DeleteRecords). An empty log begins with that whole batch, and is then cut to
   * the leader's start (as in Kafka, KAFKA-6361).
   */
  #startWithin(fetching: Fetching, batches: Buffer, logStartOffset: Offset): void {
    const { log } = fetching.replica;
    this.#leave(fetching);
    this.#truncate(fetching, async () => {
      await log.truncateFullyAndStartAt(batchBaseOffset(batches, 0), log.producersBelowStart());
      try {
        log.appendAsFollower(batches);
      } catch (error) {
        if (!(error instanceof VarveError)) throw error;
        // The leader's start is above this log's now: it starts over there, when the disk may have room again.
        await new Promise<void>((resolve) => this.#options.clock.after(this.#options.backoffMs, resolve));
        return;
      }
      this.#options.onFetched(batches.length);
      log.deleteRecordsBefore(Math.max(log.startOffset, Math.min(logStartOffset, log.endOffset)));
      this.#saveStartOffset(fetching);
    });
  }

  /**
   * Stops following, not by the leader's word: it is told at once. What it went on sending would be dropped here and stand
   * in the window, which all partitions of the stream share.
   */
  #leave(fetching: Fetching): void {
    if (fetching.state !== 'following') return;
    this.#heard(fetching);
    this.#removed.push({ ...fetching });
    this.#schedule();
  }

  /** Takes the partition off the stream when its share is used up, until there is more. */
  #throttle(fetching: Fetching, sizeBytes: number): void {
    const { throttle } = this.#options;
    throttle.take(sizeBytes);
    if (throttle.isOpen) return;
    this.#leave(fetching);
    fetching.state = 'throttled';
    throttle.onOpen(() => this.#endThrottling(fetching));
  }

  /** Unless something else has it wait by now: its log may be cut just then. */
  #endThrottling(fetching: Fetching): void {
    if (fetching.state === 'throttled') this.#positionAgain(fetching);
  }

  #appendFailed(fetching: Fetching, error: VarveError): void {
    this.#options.logger.warn(
      { topic: fetching.replica.topic, partition: fetching.replica.partition, code: error.code },
      `A fetched batch was not stored: ${error.message}`,
    );
    // A full disk, or one that lags behind, has room again later. One that failed takes its replicas down by itself.
    this.#leave(fetching);
    this.#backOff(fetching, fetching.failedAppends++);
  }

  #diverged(fetching: Fetching, diverging: varve.internal.DivergingEpoch): void {
    const { log } = fetching.replica;
    // The leader's end of that epoch, or ours if ours is earlier or ended in an older epoch (KIP-279): ask again there.
    const own = log.endOffsetForEpoch(diverging.epoch);
    const cut = Math.max(
      log.startOffset,
      Math.min(own.endOffset < 0 ? log.startOffset : own.endOffset, diverging.end_offset),
    );
    this.#options.logger.info(
      {
        topic: fetching.replica.topic,
        partition: fetching.replica.partition,
        from: log.endOffset,
        to: cut,
        epoch: diverging.epoch,
      },
      "The log departs from the leader's and is truncated to where they agree.",
    );
    this.#truncate(fetching, () => log.truncateTo(Math.min(cut, log.endOffset)));
  }

  #truncate(fetching: Fetching, cut: () => Promise<void>): void {
    fetching.state = 'waiting';
    fetching.truncating = true;
    fetching.replica.cut(cut).then(
      () => {
        fetching.truncating = false;
        this.#positionAgain(fetching);
      },
      (error: unknown) => {
        if (!(error instanceof VarveError)) throw error;
        fetching.replica.storageFailed(error);
      },
    );
  }

  #refused(fetching: Fetching, fetched: varve.internal.FetchedPartition): void {
    const { log } = fetching.replica;
    const name = errorName(fetched.error);
    if (name === 'OFFSET_OUT_OF_RANGE' && fetched.log_start_offset >= 0) {
      this.#options.logger.info(
        { topic: fetching.replica.topic, partition: fetching.replica.partition, start: fetched.log_start_offset },
        "The log has nothing in common with the leader's and starts over where that starts.",
      );
      const { log_start_offset: start, producers } = fetched;
      // A copy: the frame that it came in is not kept for it.
      const known = Buffer.from(producers);
      this.#truncate(fetching, () => log.truncateFullyAndStartAt(start, known));
      return;
    }
    this.#options.logger.debug(
      { topic: fetching.replica.topic, partition: fetching.replica.partition, code: name },
      `The leader does not serve this replica now: ${ERRORS[name].text}`,
    );
    this.#backOff(fetching, fetching.refusals++, BEHIND.has(name) ? BEHIND_BACKOFF_MS : undefined);
  }

  #backOff(fetching: Fetching, failures: number, firstMs?: number): void {
    fetching.state = 'waiting';
    fetching.timer = this.#options.clock.after(this.#backOffMs(failures, firstMs), () => this.#positionAgain(fetching));
  }

  #backOffMs(failures: number, firstMs = this.#options.backoffMs): number {
    return Math.min(firstMs * 2 ** Math.min(failures, 16), this.#options.maxBackoffMs);
  }

  #positionAgain(fetching: Fetching): void {
    if (this.#partitions.get(fetching.id) !== fetching) return;
    fetching.state = 'position';
    this.#report(fetching);
  }
}
