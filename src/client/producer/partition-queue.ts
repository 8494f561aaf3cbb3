import { assert, defined } from '../../common/assert.js';
import type { VarveError } from '../../common/errors.js';
import { addToSequence, isLaterSequence } from '../../record/batch-header.js';
import type { Timer } from '../../platform/clock.js';
import type { BufferMemory } from './buffer-memory.js';
import type { ProducerBatch } from './producer-batch.js';

/** A producer's identity in one partition. Epochs may differ between partitions: brokers keep them a partition each. */
export interface PartitionIdentity {
  producerId: number;
  producerEpoch: number;
  nextSequence: number;
}

/** Kafka's producer epoch is an int16. */
const MAX_PRODUCER_EPOCH = 0x7fff - 1;
/** After so long without a batch a broker may have forgotten the producer (`producer.id.expiration.ms`). */
const FORGOTTEN_AFTER_MS = 10 * 60_000;

/**
 * The batches of one partition, in the order in which they must be stored:
 *
 *     inFlight (sent, unanswered) < failed (to be sent again) < ready (full, some tried before) < open (being filled)
 *
 * Once a batch fails, nothing later is sent until the earliest failed one is settled: what was in flight behind it is
 * awaited, joins the failed ones, and all of them are sent again one at a time, under their old sequences. So a broker
 * sees no sequence before its predecessor, whatever order retries and fail-overs bring.
 */
export class PartitionQueue {
  readonly topic: string;
  readonly partition: number;
  readonly inFlight: ProducerBatch[] = [];
  readonly #failed: ProducerBatch[] = [];
  readonly #ready: ProducerBatch[] = [];
  readonly #memory: Pick<BufferMemory, 'openPartitions'>;
  /** The batch that takes records: set by `begin` alone. */
  open: ProducerBatch | undefined;
  identity: PartitionIdentity | undefined;

  /** What the topic has been found to take in one batch. */
  batchLimitBytes = Infinity;
  /** For the open batch, while it may wait to fill. */
  lingerTimer: Timer | undefined;
  /** In the sender's set of queues to look at. */
  isScheduled = false;
  /** In its leader's stream's queue for room: more records in the open batch are no reason to ask again. */
  waitsForRoom = false;
  /** After a failure: not before this time, unless another leader than the one that failed is known. */
  retryAtMs = 0;
  /** For which `retryAtMs` a timer is set. */
  retryTimerMs = 0;
  retryTimer: Timer | undefined;
  /** Rounds of sending that failed since the last success. */
  failures = 0;
  /** When the first batch of the last failed round failed: others that were sent before belong to the same round. */
  failedAtMs = -Infinity;
  failedNodeKey = '';
  /** Of the last failed try since a success. */
  lastError: VarveError | undefined;
  failedLeaderEpoch = -1;
  /** The sequence of the last batch that was given up and may be missing; undefined once a later one is stored. */
  #givenUp: number | undefined;
  /** When the last batch of this epoch was acknowledged, and the topic's id then: another one may have its name later. */
  #acknowledged: { readonly atMs: number; readonly topicId: string | undefined } | undefined;

  constructor(topic: string, partition: number, memory: Pick<BufferMemory, 'openPartitions'>) {
    this.topic = topic;
    this.partition = partition;
    this.#memory = memory;
  }

  /** `batch` takes the records from here on. */
  begin(batch: ProducerBatch): void {
    assert(this.open === undefined, 'one batch takes records at a time');
    this.open = batch;
    this.#memory.openPartitions += 1;
  }

  #endOpen(): void {
    this.open = undefined;
    this.#memory.openPartitions -= 1;
  }

  /** Batches that are not yet sent. */
  get waitingCount(): number {
    return this.#failed.length + this.#ready.length + (this.open === undefined ? 0 : 1);
  }

  get isEmpty(): boolean {
    return this.inFlight.length === 0 && this.waitingCount === 0;
  }

  /** The batch that is to be sent next. */
  get head(): ProducerBatch | undefined {
    return this.#failed[0] ?? this.#ready[0] ?? this.open;
  }

  /** All unsettled batches, in order. */
  *batches(): Generator<ProducerBatch, void, undefined> {
    yield* this.inFlight;
    yield* this.#failed;
    yield* this.#ready;
    if (this.open !== undefined) yield this.open;
  }

  /** The open batch is full: a new one will follow it. */
  closeOpen(): void {
    this.#ready.push(defined(this.open, 'there is an open batch to close'));
    this.#endOpen();
  }

  /** The batch that may be sent now; undefined while none may. `takeOpen`: the open one counts, full or not. */
  sendable(maxInFlight: number, takeOpen: boolean): ProducerBatch | undefined {
    if (this.#failed.length > 0) {
      if (this.inFlight.length > 0) return undefined;
      this.#ready.unshift(...this.#failed.splice(0).sort((a, b) => a.correlationId - b.correlationId));
    }
    const head = this.#ready[0] ?? (takeOpen ? this.open : undefined);
    if (head === undefined) return undefined;
    // A log that has lost records at its start takes any sequence from a producer that it does not know yet: with the first
    // batch refused, a second one on its way would be stored before it.
    const isFirst = this.identity !== undefined && this.#acknowledged === undefined;
    const isRetrying = head.attempts > 0 || this.inFlight.some((each) => each.attempts > 1);
    return this.inFlight.length < (isFirst || isRetrying ? 1 : maxInFlight) ? head : undefined;
  }

  /** Seals `batch`, the one that `sendable` gave, unless it was before, and counts it as in flight. */
  markSent(batch: ProducerBatch): void {
    if (batch === this.open) this.#endOpen();
    else assert(this.#ready.shift() === batch, 'the head of the queue is sent first');
    if (!batch.isSealed) this.#seal(batch);
    batch.attempts += 1;
    this.inFlight.push(batch);
  }

  /** The broker has it. */
  markDone(batch: ProducerBatch, nowMs: number, topicId: string | undefined): void {
    this.#takeFromFlight(batch);
    this.#acknowledged = { atMs: nowMs, topicId };
    if (this.#givenUp !== undefined && isLaterSequence(batch.baseSequence, this.#givenUp)) this.#givenUp = undefined;
    this.failures = 0;
    this.retryAtMs = 0;
    this.lastError = undefined;
  }

  /** It is to be sent again. */
  markFailed(batch: ProducerBatch): void {
    this.#takeFromFlight(batch);
    this.#failed.push(batch);
  }

  /**
   * Sends a batch that the broker found too large as two instead. They take its place and share its sequences, so that
   * what follows stays as it is.
   */
  split(batch: ProducerBatch): ProducerBatch[] {
    this.#takeFromFlight(batch);
    this.batchLimitBytes = Math.min(this.batchLimitBytes, Math.ceil(batch.sizeBytes / 2));
    const parts = batch.split();
    let sequence = batch.baseSequence;
    for (const [index, part] of parts.entries()) {
      // Between this number and the next batch's: the order of what failed.
      part.correlationId = batch.correlationId + index / parts.length;
      part.attempts = batch.attempts;
      const { producerId, producerEpoch } = batch;
      if (sequence < 0) part.seal();
      else part.seal({ producerId, producerEpoch, baseSequence: sequence });
      if (sequence >= 0) sequence = addToSequence(sequence, part.recordCount);
      this.#failed.push(part);
    }
    return parts;
  }

  /** Gives up on a batch, wherever it is. */
  remove(batch: ProducerBatch): void {
    const { identity } = this;
    // What was sent has a sequence, and the broker asks for it, unless `reclaimSequence` gave it back.
    if (identity !== undefined && batch.isSealed && batch.baseSequence !== identity.nextSequence) {
      this.#givenUp = batch.baseSequence;
    }
    for (const list of [this.inFlight, this.#failed, this.#ready]) {
      const index = list.indexOf(batch);
      if (index < 0) continue;
      list.splice(index, 1);
      return;
    }
    if (this.open === batch) this.#endOpen();
  }

  /** `batch` was refused at its first try and is not stored: without anything sent after it, its sequence is free. */
  reclaimSequence(batch: ProducerBatch): void {
    if (this.identity === undefined || batch.attempts !== 1 || batch.producerEpoch !== this.identity.producerEpoch)
      return;
    const end = addToSequence(batch.baseSequence, batch.recordCount);
    if (end === this.identity.nextSequence) this.identity.nextSequence = batch.baseSequence;
  }

  /** Whether `batch`, which is in flight, has no unsettled predecessor, and nothing else is in flight. */
  isAlone(batch: ProducerBatch): boolean {
    return this.inFlight.length === 1 && this.inFlight[0] === batch && this.#failed.length === 0;
  }

  /**
   * Whether the broker that misses a predecessor of the next batch can be right: one was given up, or the topic in which
   * they were acknowledged is gone. Otherwise they are stored, and who misses them is no leader any more.
   */
  mayMissPredecessors(topicId: string | undefined): boolean {
    if (this.#givenUp !== undefined || this.#acknowledged === undefined) return true;
    return topicId !== undefined && this.#acknowledged.topicId !== topicId;
  }

  /**
   * Whether the next new batch begins a new epoch, once nothing is in flight: so a broker need not be asked for what was
   * given up, nor whether it remembers this producer.
   */
  mustStartAnew(nowMs: number): boolean {
    if (this.identity === undefined) return false;
    const { atMs } = this.#acknowledged ?? { atMs: nowMs };
    return this.#givenUp !== undefined || nowMs - atMs >= FORGOTTEN_AFTER_MS;
  }

  /**
   * Starts a new epoch at sequence 0 (KIP-360) and numbers anew what waits: for when a predecessor of the earliest batch
   * is missing, and forever will be. Only while nothing is in flight, and nothing that waits may be stored. False: the
   * epochs of this producer id are used up.
   */
  bumpEpoch(): boolean {
    assert(this.inFlight.length === 0, 'an epoch is bumped only while nothing is in flight');
    const identity = defined(this.identity, 'an epoch is bumped only where there is one');
    if (identity.producerEpoch >= MAX_PRODUCER_EPOCH) return false;
    identity.producerEpoch += 1;
    identity.nextSequence = 0;
    this.#startAnew();
    return true;
  }

  /** Takes another producer id. Only while nothing is in flight. */
  resetIdentity(identity: { readonly producerId: number; readonly producerEpoch: number } | undefined): void {
    this.identity = identity === undefined ? undefined : { ...identity, nextSequence: 0 };
    this.#startAnew();
  }

  #startAnew(): void {
    this.#givenUp = undefined;
    this.#acknowledged = undefined;
    if (this.identity === undefined) return;
    for (const batch of [...this.#failed, ...this.#ready]) {
      if (batch.isSealed) this.#seal(batch);
    }
  }

  #seal(batch: ProducerBatch): void {
    const { identity } = this;
    if (identity === undefined) {
      batch.seal();
      return;
    }
    const baseSequence = identity.nextSequence;
    batch.seal({ producerId: identity.producerId, producerEpoch: identity.producerEpoch, baseSequence });
    identity.nextSequence = addToSequence(baseSequence, batch.recordCount);
  }

  #takeFromFlight(batch: ProducerBatch): void {
    const index = this.inFlight.indexOf(batch);
    assert(index >= 0, 'an answered batch was in flight');
    this.inFlight.splice(index, 1);
  }
}
