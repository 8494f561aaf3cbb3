import { VarveError, toVarveError } from '../../common/errors.js';
import type { ErrorName } from '../../common/errors.js';
import type { Timer } from '../../platform/clock.js';
import type { RpcClient } from '../../platform/transport.js';
import { varve } from '../../protocol/varve.js';
import { CompressionCodec } from '../../record/batch-header.js';
import { prepareCodec } from '../../record/compression.js';
import type { Cluster } from '../cluster.js';
import { HARMLESS_ATTEMPT_MS } from '../cluster.js';
import { Forwarder } from '../forwarder.js';
import { addressKey } from '../options.js';
import type { BufferMemory } from './buffer-memory.js';
import type { NodeStreamEvents } from './node-stream.js';
import { NodeStream } from './node-stream.js';
import type { PartitionQueue } from './partition-queue.js';
import type { BatchResult, ProducerBatch } from './producer-batch.js';
import type { ResolvedProducerOptions } from './producer-options.js';
import { SendError } from './send-error.js';

const { Acks, InitProducerIdRequest, InitProducerIdResponse } = varve.v1;

/** Timers of Node may fire up to this much early. */
const TIMER_SLACK_MS = 1;
/** As long a batch lingers, at most, while somebody waits for room (Kafka's is sent at once then). */
const AWAITED_LINGER_MS = 50;
/** How often time-outs are looked at while anything is unsettled. */
const SWEEP_MS = 100;
/** Errors by which a broker says that it is not, or no longer, the one to ask. */
const ELSEWHERE: ReadonlySet<ErrorName> = new Set<ErrorName>([
  'NOT_LEADER_OR_FOLLOWER',
  'LEADER_NOT_AVAILABLE',
  'FENCED_LEADER_EPOCH',
  'UNKNOWN_LEADER_EPOCH',
  'UNKNOWN_TOPIC_OR_PARTITION',
  'UNKNOWN_TOPIC_ID',
  'KAFKA_STORAGE_ERROR',
  'REPLICA_NOT_AVAILABLE',
  'BROKER_NOT_AVAILABLE',
  'NETWORK_EXCEPTION',
]);

/**
 * Refusals that come before the append alone, and so tell that this try stored nothing. After all others a batch may be
 * stored: an answer can be lost, a leader can be deposed, its disk can fail and its topic can be deleted while an appended
 * batch waits for its acks.
 */
const NOT_STORED: ReadonlySet<ErrorName> = new Set<ErrorName>([
  'NOT_ENOUGH_REPLICAS',
  'OUT_OF_ORDER_SEQUENCE_NUMBER',
  'THROTTLING_QUOTA_EXCEEDED',
  'UNKNOWN_PRODUCER_ID',
  // No other try follows these.
  'CLUSTER_AUTHORIZATION_FAILED',
  'INVALID_PRODUCER_EPOCH',
  'INVALID_RECORD',
  'INVALID_REQUEST',
  'INVALID_REQUIRED_ACKS',
  'INVALID_TIMESTAMP',
  'INVALID_TOPIC_EXCEPTION',
  'INVALID_TXN_STATE',
  'MESSAGE_TOO_LARGE',
  'RECORD_LIST_TOO_LARGE',
  'TOPIC_AUTHORIZATION_FAILED',
  'UNSUPPORTED_COMPRESSION_TYPE',
]);

export interface SenderEvents {
  /** A batch was too large for its topic and is sent as `parts` instead. */
  onSplit(queue: PartitionQueue, batch: ProducerBatch, parts: readonly ProducerBatch[]): void;
  /** A batch is through, for better or worse. */
  onSettled(
    queue: PartitionQueue,
    batch: ProducerBatch,
    error: SendError | null,
    result: BatchResult | undefined,
  ): void;
}

interface Route {
  readonly key: string;
  readonly leaderEpoch: number;
  readonly client: RpcClient;
}

/**
 * Takes batches from the partitions' queues to the partitions' leaders, in order, again and again until they are
 * settled. Queues that have something to do are in one set, looked at once a turn of the event loop.
 */
export class Sender implements NodeStreamEvents {
  readonly #cluster: Cluster;
  readonly #options: ResolvedProducerOptions;
  readonly #memory: BufferMemory;
  readonly #events: SenderEvents;
  readonly #queues = new Set<PartitionQueue>();
  #scheduled: PartitionQueue[] = [];
  #drainScheduled = false;
  readonly #streams = new Map<string, NodeStream>();
  /** Queues whose leader is not known. */
  readonly #leaderless = new Set<PartitionQueue>();
  #nextCorrelationId = 1;
  #identity: { readonly producerId: number; readonly producerEpoch: number } | undefined;
  #identityAsked = false;
  #identityRetryMs: number;
  #identityTimer: Timer | undefined;
  /** Sent in this turn under acks 0: through as soon as the message is made. */
  readonly #unanswerable: (readonly [PartitionQueue, ProducerBatch])[] = [];
  #codecReady: boolean;
  readonly #forwarder: Forwarder;
  #sweepTimer: Timer | undefined;
  #flushes = 0;
  #roomTimer: Timer | undefined;
  readonly #stopWatching: () => void;
  #closed = false;

  constructor(cluster: Cluster, options: ResolvedProducerOptions, memory: BufferMemory, events: SenderEvents) {
    this.#cluster = cluster;
    this.#forwarder = new Forwarder(cluster, (key) => this.#streams.has(key));
    this.#options = options;
    this.#memory = memory;
    this.#events = events;
    this.#identityRetryMs = options.retryBackoffMs;
    this.#stopWatching = cluster.onChange(() => this.#onMetadata());
    this.#codecReady = options.codec !== CompressionCodec.zstd;
    if (!this.#codecReady) this.#prepareCodec();
  }

  addQueue(queue: PartitionQueue): void {
    this.#queues.add(queue);
  }

  /** Looks at the queue before the next turn of the event loop. */
  wake(queue: PartitionQueue): void {
    if (queue.isScheduled) return;
    queue.isScheduled = true;
    this.#scheduled.push(queue);
    this.#scheduleDrain();
  }

  /** A record came to the open batch: nobody looks at a queue over and over that waits for room. */
  appended(queue: PartitionQueue): void {
    if (!queue.waitsForRoom) this.wake(queue);
  }

  get isFlushing(): boolean {
    return this.#flushes > 0;
  }

  /** While one is open, batches that are not full go too. Returns its end. */
  beginFlush(): () => void {
    this.#flushes += 1;
    this.#memory.isFlushing = true;
    for (const queue of this.#queues) this.wake(queue);
    return () => {
      this.#flushes -= 1;
      this.#memory.isFlushing = this.isFlushing;
    };
  }

  /** Somebody waits for room, until `memory.isAwaited` is false again. */
  makeRoom(): void {
    this.#memory.isAwaited = true;
    if (this.#options.lingerMs <= AWAITED_LINGER_MS || this.#roomTimer !== undefined || this.#closed) return;
    this.#roomTimer = this.#cluster.platform.clock.after(AWAITED_LINGER_MS, () => {
      this.#roomTimer = undefined;
      if (!this.#memory.isAwaited) return;
      for (const queue of this.#queues) this.wake(queue);
      this.makeRoom();
    });
  }

  /** Fails all that is unsettled, and ends the streams; resolves once their nodes have taken all that was sent. */
  async close(error: VarveError): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    this.#stopWatching();
    this.#sweepTimer?.cancel();
    this.#roomTimer?.cancel();
    this.#identityTimer?.cancel();
    for (const queue of this.#queues) {
      queue.lingerTimer?.cancel();
      queue.retryTimer?.cancel();
      for (const batch of [...queue.batches()]) this.#giveUp(queue, batch, error);
    }
    const ended = [...this.#streams.values()].map((stream) => stream.end());
    this.#streams.clear();
    await Promise.all(ended);
  }

  onAnswer(
    queue: PartitionQueue,
    batch: ProducerBatch,
    error: VarveError | undefined,
    result: BatchResult | undefined,
  ): void {
    if (error === undefined || error.code === 'DUPLICATE_SEQUENCE_NUMBER') {
      const nowMs = this.#cluster.platform.clock.monotonicMs();
      queue.markDone(batch, nowMs, this.#cluster.topic(queue.topic)?.topicId);
      this.#events.onSettled(queue, batch, null, result ?? { baseOffset: -1, logAppendTimeMs: -1 });
    } else this.#onFailure(queue, batch, error);
    if (queue.waitingCount > 0) this.wake(queue);
  }

  onAnswered(): void {
    // Straight on: the next batches have been waiting for these answers.
    this.#drain();
  }

  onRoom(queues: readonly PartitionQueue[]): void {
    for (const queue of queues) {
      queue.waitsForRoom = false;
      this.wake(queue);
    }
  }

  onClosed(stream: NodeStream): void {
    if (this.#streams.get(stream.key) !== stream) return;
    this.#streams.delete(stream.key);
    if (this.#options.routing === 'bootstrap') this.#forwarder.broke();
  }

  #onFailure(queue: PartitionQueue, batch: ProducerBatch, error: VarveError): void {
    const nowMs = this.#cluster.platform.clock.monotonicMs();
    const isSequenceError = error.code === 'OUT_OF_ORDER_SEQUENCE_NUMBER' || error.code === 'UNKNOWN_PRODUCER_ID';
    // Parts are other batches to the broker: if the whole may be stored, they would be stored beside it.
    if (error.code === 'MESSAGE_TOO_LARGE' && batch.recordCount > 1 && !batch.mayBeStored) {
      this.#events.onSplit(queue, batch, queue.split(batch));
      return;
    }
    batch.mayBeStored ||= !NOT_STORED.has(error.code);
    const mayRetry = error.retriable || (isSequenceError && queue.identity !== undefined);
    if (!mayRetry) {
      queue.reclaimSequence(batch);
      this.#fail(queue, batch, error);
      return;
    }
    if (nowMs - batch.createdMs >= this.#options.deliveryTimeoutMs) {
      queue.lastError = error;
      this.#fail(queue, batch, this.#expired(queue, batch));
      return;
    }
    const isAlone = queue.isAlone(batch);
    queue.lastError = error;
    queue.markFailed(batch);
    if (isSequenceError) {
      // With a predecessor still unsettled the gap is that one's.
      if (!isAlone) return;
      // A deposed leader misses what is stored: in a new epoch a batch that may be, too, would be stored once more.
      if (!batch.mayBeStored || queue.mayMissPredecessors(this.#cluster.topic(queue.topic)?.topicId)) {
        this.#startAnew(queue, error);
        return;
      }
      this.#cluster.refresh();
    }
    queue.failedNodeKey = batch.nodeKey;
    queue.failedLeaderEpoch = Math.max(batch.leaderEpoch, queue.failedLeaderEpoch);
    // The batches in flight fail together, and are one failure: a leader that has not heard of its own election yet
    // refuses all of them, and is ready some milliseconds later.
    if (batch.sentMs >= queue.failedAtMs) {
      queue.failures += 1;
      queue.failedAtMs = nowMs;
      const { retryBackoffMs, retryBackoffMaxMs } = this.#options;
      queue.retryAtMs = nowMs + Math.min(retryBackoffMs * 2 ** Math.min(queue.failures - 1, 16), retryBackoffMaxMs);
    }
    if (ELSEWHERE.has(error.code)) this.#cluster.refresh();
  }

  /** What comes next goes in a new producer epoch. Only while nothing is in flight. */
  #startAnew(queue: PartitionQueue, error?: VarveError): void {
    if (error !== undefined) {
      this.#cluster.platform.logger.warn(
        { topic: queue.topic, partition: queue.partition, error: error.code },
        'The broker misses an earlier batch of this producer; going on in a new producer epoch.',
      );
    }
    if (queue.bumpEpoch()) return;
    this.#identity = undefined;
    queue.resetIdentity(undefined);
    this.wake(queue);
  }

  /** Waits for no answer any more. */
  #giveUp(queue: PartitionQueue, batch: ProducerBatch, error: VarveError): void {
    batch.mayBeStored ||= queue.inFlight.includes(batch);
    this.#fail(queue, batch, error);
  }

  #fail(queue: PartitionQueue, batch: ProducerBatch, error: VarveError): void {
    this.#streams.get(batch.nodeKey)?.abandon(batch);
    queue.remove(batch);
    this.#events.onSettled(queue, batch, new SendError(error, batch.mayBeStored), undefined);
  }

  #scheduleDrain(): void {
    if (this.#drainScheduled || this.#closed) return;
    this.#drainScheduled = true;
    this.#cluster.platform.clock.defer(() => {
      this.#drainScheduled = false;
      this.#drain();
    });
  }

  #drain(): void {
    if (this.#closed || this.#scheduled.length === 0) return;
    if (!this.#codecReady || (this.#options.idempotent && this.#identity === undefined)) {
      if (this.#options.idempotent && this.#identity === undefined) this.#askIdentity();
      this.#startSweeping();
      return;
    }
    const queues = this.#scheduled;
    this.#scheduled = [];
    const nowMs = this.#cluster.platform.clock.monotonicMs();
    for (const queue of queues) {
      queue.isScheduled = false;
      this.#sendFrom(queue, nowMs);
    }
    for (const stream of this.#streams.values()) stream.endTurn();
    for (const [queue, batch] of this.#unanswerable.splice(0)) this.onAnswer(queue, batch, undefined, undefined);
    this.#startSweeping();
  }

  #sendFrom(queue: PartitionQueue, nowMs: number): void {
    const { maxInFlight } = this.#options;
    const lingerMs = this.#memory.isAwaited
      ? Math.min(this.#options.lingerMs, AWAITED_LINGER_MS)
      : this.#options.lingerMs;
    if (this.#options.idempotent && queue.identity === undefined) {
      if (queue.inFlight.length > 0) return;
      if (this.#identity === undefined) {
        // Another queue has used up the epochs of this producer id meanwhile: the next id is asked for first.
        this.wake(queue);
        return;
      }
      queue.resetIdentity(this.#identity);
    }
    for (;;) {
      const isDue =
        queue.open !== undefined && (this.#flushes > 0 || nowMs - queue.open.createdMs >= lingerMs - TIMER_SLACK_MS);
      const batch = queue.sendable(maxInFlight, isDue);
      if (batch === undefined) return;
      if (!batch.isSealed && queue.mustStartAnew(nowMs)) {
        // What is in flight may tell that nothing is missing.
        if (queue.inFlight.length === 0) this.#startAnew(queue);
        if (queue.inFlight.length > 0 || queue.identity === undefined) return;
      }
      const route = this.#route(queue);
      if (route === undefined) {
        this.#leaderless.add(queue);
        this.#cluster.refresh();
        return;
      }
      if (!this.#isTimeToRetry(queue, route, nowMs)) return;
      const stream = this.#streamTo(route);
      const isPartial = batch === queue.open;
      if (!stream.hasRoomFor(queue, isPartial)) return;
      batch.nodeKey = route.key;
      batch.leaderEpoch = route.leaderEpoch;
      batch.sentMs = nowMs;
      batch.correlationId = this.#nextCorrelationId++;
      queue.waitsForRoom = false;
      queue.markSent(batch);
      stream.add(queue, batch, isPartial);
      if (this.#options.acks === Acks.ACKS_NONE) this.#unanswerable.push([queue, batch]);
    }
  }

  /** A failed batch waits out its back-off, unless another leader, or a later epoch, has become known. */
  #isTimeToRetry(queue: PartitionQueue, route: Route, nowMs: number): boolean {
    if (queue.retryAtMs <= nowMs) return true;
    if (route.leaderEpoch > queue.failedLeaderEpoch || route.key !== queue.failedNodeKey) return true;
    if (queue.retryTimerMs !== queue.retryAtMs) {
      queue.retryTimerMs = queue.retryAtMs;
      queue.retryTimer?.cancel();
      queue.retryTimer = this.#cluster.platform.clock.after(queue.retryAtMs - nowMs, () => this.wake(queue));
    }
    return false;
  }

  #route(queue: PartitionQueue): Route | undefined {
    if (this.#options.routing === 'bootstrap') {
      const { address } = this.#forwarder;
      return { key: addressKey(address), leaderEpoch: -1, client: this.#cluster.connection(address) };
    }
    const known = this.#cluster.leader(queue.topic, queue.partition);
    if (known === undefined || known.leader < 0) return undefined;
    const client = this.#cluster.node(known.leader);
    if (client === undefined) return undefined;
    return { key: `node-${known.leader}`, leaderEpoch: known.leaderEpoch, client };
  }

  #streamTo(route: Route): NodeStream {
    let stream = this.#streams.get(route.key);
    if (stream === undefined) {
      const { acks, requestTimeoutMs, batchSizeBytes } = this.#options;
      const opened = route.client.stream('/varve.v1.Varve/Produce');
      const { clock } = this.#cluster.platform;
      const memory = this.#memory;
      const settings = { acks, timeoutMs: requestTimeoutMs, batchSizeBytes, memory, clock };
      stream = new NodeStream(route.key, opened, this, settings);
      this.#streams.set(route.key, stream);
    }
    return stream;
  }

  /** Leaders may have moved: what waits for one is looked at, and what is in flight to a former one fails over. */
  #onMetadata(): void {
    for (const queue of this.#leaderless) this.wake(queue);
    this.#leaderless.clear();
    if (this.#options.routing === 'bootstrap') {
      for (const stream of [...this.#streams.values()]) {
        if (!this.#forwarder.mustLeave(stream.key)) continue;
        stream.break(new VarveError('NETWORK_EXCEPTION', `The node at ${stream.key} forwards nothing any more.`));
      }
      return;
    }
    for (const queue of this.#queues) {
      queue.waitsForRoom = false;
      if (queue.isEmpty) continue;
      if (queue.inFlight.length > 0) this.#failOver(queue);
      if (queue.waitingCount > 0) this.wake(queue);
    }
  }

  #failOver(queue: PartitionQueue): void {
    const known = this.#cluster.leader(queue.topic, queue.partition);
    if (known === undefined || known.leader < 0) return;
    const key = `node-${known.leader}`;
    for (const batch of [...queue.inFlight]) {
      if (batch.nodeKey === key || batch.leaderEpoch >= known.leaderEpoch) continue;
      // It may be stored: only an idempotent producer may send it again at no risk, before its node has answered.
      if (!this.#options.idempotent) continue;
      this.#streams.get(batch.nodeKey)?.abandon(batch);
      this.#onFailure(queue, batch, new VarveError('NOT_LEADER_OR_FOLLOWER', 'The leader moved before it answered.'));
      // That was the former leader's failure: the new one is asked at once.
      queue.retryAtMs = 0;
      queue.failures = 0;
    }
  }

  #prepareCodec(): void {
    prepareCodec(this.#options.codec)
      .then(() => {
        this.#codecReady = true;
        this.#drain();
      })
      .catch((error: unknown) => this.#failAll(toVarveError(error)));
  }

  #askIdentity(): void {
    if (this.#identityAsked) return;
    this.#identityAsked = true;
    const { clock } = this.#cluster.platform;
    this.#cluster
      .call(
        '/varve.v1.Varve/InitProducerId',
        InitProducerIdRequest,
        InitProducerIdResponse,
        {},
        { attemptMs: HARMLESS_ATTEMPT_MS },
      )
      .then((answer) => {
        this.#identity = { producerId: answer.producer_id, producerEpoch: answer.producer_epoch };
        this.#identityRetryMs = this.#options.retryBackoffMs;
        this.#identityAsked = false;
        this.#drain();
      })
      .catch((error: unknown) => {
        const failure = toVarveError(error);
        if (this.#closed) return;
        if (!failure.retriable) {
          // Nothing waits for an identity any more; the next record asks for one again.
          this.#identityAsked = false;
          for (const queue of this.#scheduled.splice(0)) queue.isScheduled = false;
          this.#failAll(failure);
          return;
        }
        this.#identityTimer = clock.after(this.#identityRetryMs, () => {
          this.#identityAsked = false;
          this.#drain();
        });
        this.#identityRetryMs = Math.min(this.#identityRetryMs * 2, this.#options.retryBackoffMaxMs);
      });
  }

  #failAll(error: VarveError): void {
    for (const queue of this.#queues) {
      for (const batch of [...queue.batches()]) this.#giveUp(queue, batch, error);
    }
  }

  #startSweeping(): void {
    if (this.#sweepTimer !== undefined || this.#closed) return;
    this.#sweepTimer = this.#cluster.platform.clock.after(SWEEP_MS, () => {
      this.#sweepTimer = undefined;
      this.#sweep();
    });
  }

  /** Fails what took longer than `delivery.timeout.ms`, and breaks with nodes that do not answer. */
  #sweep(): void {
    const nowMs = this.#cluster.platform.clock.monotonicMs();
    const { deliveryTimeoutMs, requestTimeoutMs } = this.#options;
    for (const stream of [...this.#streams.values()]) {
      stream.discountOverdue(nowMs);
      const sentMs = stream.oldestSentMs;
      // The node itself gives up at requestTimeoutMs and says so: a second more for that answer.
      if (sentMs === undefined || nowMs - sentMs < requestTimeoutMs + 1_000) continue;
      stream.break(new VarveError('REQUEST_TIMED_OUT', `The node did not answer within ${requestTimeoutMs} ms.`));
    }
    let isBusy = false;
    for (const queue of this.#queues) {
      if (queue.isEmpty) continue;
      isBusy = true;
      for (const batch of [...queue.batches()]) {
        if (nowMs - batch.createdMs < deliveryTimeoutMs) break;
        batch.mayBeStored ||= queue.inFlight.includes(batch);
        this.#fail(queue, batch, this.#expired(queue, batch));
      }
      if (queue.waitingCount > 0) this.wake(queue);
    }
    if (isBusy) this.#startSweeping();
  }

  #expired(queue: PartitionQueue, { mayBeStored }: ProducerBatch): VarveError {
    const { deliveryTimeoutMs } = this.#options;
    const known = this.#cluster.topic(queue.topic)?.error;
    if (known !== undefined) return known;
    const { lastError } = queue;
    const why = lastError === undefined ? '' : ` The last answer was ${lastError.code}: ${lastError.message}`;
    return new VarveError(
      'REQUEST_TIMED_OUT',
      `Not acknowledged within ${deliveryTimeoutMs} ms (delivery.timeout.ms) in ${queue.topic}-${queue.partition}; it ${mayBeStored ? 'may be stored all the same' : 'is not stored'}.${why}`,
      { cause: lastError },
    );
  }
}
