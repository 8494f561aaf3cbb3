import { VarveError } from '../../common/errors.js';
import type { Clock, Timer } from '../../platform/clock.js';
import type { RpcStream } from '../../platform/transport.js';
import { TransportError } from '../../platform/transport.js';
import { varve } from '../../protocol/varve.js';
import { callError, wireError } from '../wire-error.js';
import type { PartitionQueue } from './partition-queue.js';
import type { OutgoingBatch } from './produce-encoding.js';
import { encodeProduceRequest, produceRequestBytes } from './produce-encoding.js';
import type { BatchResult, ProducerBatch } from './producer-batch.js';
import type { BufferMemory } from './buffer-memory.js';
import { GroupPace } from './group-pace.js';
import { UnansweredLimit } from './unanswered-limit.js';

const { ProduceResponse } = varve.v1;

/** Batches of several partitions share messages up to here; a larger message only costs page faults. */
const MESSAGE_BYTES = 512 * 1024;

export interface NodeStreamEvents {
  /** An answer, or the end of the stream before one; `result` where it was acknowledged. */
  onAnswer(
    queue: PartitionQueue,
    batch: ProducerBatch,
    error: VarveError | undefined,
    result: BatchResult | undefined,
  ): void;
  /** After the answers of one message, or after the end of the stream. */
  onAnswered(): void;
  /** The stream takes batches again. */
  onRoom(queues: readonly PartitionQueue[]): void;
  onClosed(stream: NodeStream): void;
}

/** So long no batch takes for its node's being busy. */
const OVERDUE_MS = 500;

/** The batches that travel together. */
class Message {
  /** Until it is sent. */
  batches: OutgoingBatch[] = [];
  sizeBytes = 0;
  /** Its batches that the node has not answered; one that was given up counts for good. */
  unansweredCount = 0;
  /** What was sent. */
  buffer: Buffer | undefined;
}

interface Sent {
  readonly queue: PartitionQueue;
  readonly batch: ProducerBatch;
  readonly message: Message;
  /** It was sent before it was full, and counts among those. */
  isPartial: boolean;
}

/** One Produce stream to one node, and what is unanswered on it. */
export class NodeStream {
  readonly key: string;
  readonly #stream: RpcStream;
  readonly #events: NodeStreamEvents;
  readonly #acks: varve.v1.Acks;
  readonly #timeoutMs: number;
  readonly #clock: Pick<Clock, 'monotonicMs' | 'after'>;
  /** By correlation id, in the order of sending. */
  readonly #unanswered = new Map<number, Sent>();
  #pending = new Message();
  #isFull = false;
  /** Of `#unanswered`, those that were not full. */
  #partialUnanswered = 0;
  /** Of `#unanswered`. */
  #unansweredBytes = 0;
  readonly #limit: UnansweredLimit;
  /** For room, in the order of asking; with whether the batch was partial. */
  readonly #waiting = new Map<PartitionQueue, boolean>();
  /** Were let go with partial batches, and have not asked yet: their room is nobody else's. */
  readonly #letGo = new Set<PartitionQueue>();
  /** Of `#waiting`, those that are not partial. */
  #fullWaiting = 0;
  /** Partial batches may join those that were sent in this turn, where they go together. */
  #groupIsOpen = false;
  readonly #pace: GroupPace;
  #paceTimer: Timer | undefined;
  #closed = false;
  #whenOver: () => void = () => {};

  constructor(
    key: string,
    stream: RpcStream,
    events: NodeStreamEvents,
    options: {
      readonly acks: varve.v1.Acks;
      readonly timeoutMs: number;
      readonly batchSizeBytes: number;
      readonly memory: Pick<BufferMemory, 'backlog' | 'addedBytes' | 'shortfall'>;
      readonly clock: Pick<Clock, 'monotonicMs' | 'after'>;
    },
  ) {
    this.#limit = new UnansweredLimit(options.batchSizeBytes, options.memory);
    this.#pace = new GroupPace(options.memory);
    this.key = key;
    this.#stream = stream;
    this.#events = events;
    this.#acks = options.acks;
    this.#timeoutMs = options.timeoutMs;
    this.#clock = options.clock;
    stream.onMessage((bytes) => this.#take(bytes));
    stream.onDrain(() => this.#roomAgain());
    stream.onEnd(() => {});
    stream.onClose((error) => {
      this.#ended(error);
      this.#whenOver();
    });
  }

  /** Gives false, and lets `queue` know later, when the stream takes no batch now, or none that is not full. */
  hasRoomFor(queue: PartitionQueue, isPartial: boolean): boolean {
    const hasRoom = this.#letGo.delete(queue) || !isPartial || this.#roomForPartial() > 0;
    if (hasRoom && !this.#isFull && this.#unansweredBytes < this.#limit.bytes) return true;
    this.#await(queue, isPartial);
    return false;
  }

  /** How many partial batches may go now, beside those that were let go. */
  #roomForPartial(): number {
    const count = this.#partialUnanswered + this.#letGo.size;
    const goTogether = this.#limit.partialGoTogether;
    // Those that go together do so in the turn of the first one.
    if (count === 0 && !(goTogether && this.#mustWait())) this.#groupIsOpen = true;
    if (!this.#groupIsOpen && goTogether) return 0;
    return this.#limit.partialBatches - count;
  }

  /** Whether it is too soon for the next group; who waits is let go when it no longer is. */
  #mustWait(): boolean {
    if (this.#groupIsOpen) return false;
    const waitMs = this.#pace.waitMs(this.#clock.monotonicMs());
    if (waitMs === 0) return false;
    this.#paceTimer ??= this.#clock.after(waitMs, () => {
      this.#paceTimer = undefined;
      this.#letWaitingOnesGo();
    });
    return true;
  }

  /** A queue whose batch became full while it waited keeps its place. */
  #await(queue: PartitionQueue, isPartial: boolean): void {
    const before = this.#waiting.get(queue);
    if (before === false) this.#fullWaiting -= 1;
    if (!isPartial) this.#fullWaiting += 1;
    this.#waiting.set(queue, isPartial);
    queue.waitsForRoom = true;
  }

  /** Adds a sealed batch to the message in the making. */
  add(queue: PartitionQueue, batch: ProducerBatch, isPartial: boolean): void {
    const { encoded, correlationId } = batch;
    const { length } = encoded;
    if (this.#pending.sizeBytes > 0 && this.#pending.sizeBytes + length > MESSAGE_BYTES) this.flush();
    if (this.#acks !== varve.v1.Acks.ACKS_NONE) {
      if (isPartial) {
        this.#pace.sent(length, batch.sentMs, this.#partialUnanswered === 0);
        this.#partialUnanswered += 1;
      }
      this.#unansweredBytes += length;
      this.#unanswered.set(correlationId, { queue, batch, message: this.#pending, isPartial });
    }
    this.#pending.unansweredCount += 1;
    this.#pending.batches.push(this.#outgoing(queue, batch));
    this.#pending.sizeBytes += length;
  }

  #outgoing({ topic, partition }: PartitionQueue, { correlationId, encoded }: ProducerBatch): OutgoingBatch {
    return { correlationId, topic, partition, acks: this.#acks, timeoutMs: this.#timeoutMs, recordBatch: encoded };
  }

  /**
   * Sends what was added, when all that was let go has been looked at: room that is left (a partition's leader has moved
   * meanwhile, or its records were given up) is the next ones'.
   */
  endTurn(): void {
    this.flush();
    this.#letGo.clear();
    this.#groupIsOpen = false;
    this.#letWaitingOnesGo();
  }

  flush(): void {
    const message = this.#pending;
    if (message.batches.length === 0 || this.#closed) return;
    this.#pending = new Message();
    message.buffer = encodeProduceRequest(message.batches, (sizeBytes) => this.#stream.allocate(sizeBytes));
    message.batches = [];
    if (!this.#stream.send(message.buffer)) this.#isFull = true;
  }

  /** Forgets a batch: its late answer means nothing any more. */
  abandon(batch: ProducerBatch): void {
    this.#takeUnanswered(batch.correlationId);
    this.#letWaitingOnesGo();
  }

  /**
   * A batch that takes so long waits for something else than its node's time, a follower that has stopped say: it is no reason to
   * keep others from it.
   */
  discountOverdue(nowMs: number): void {
    for (const sent of this.#unanswered.values()) {
      if (nowMs - sent.batch.sentMs < OVERDUE_MS) break;
      if (!sent.isPartial) continue;
      sent.isPartial = false;
      this.#partialUnanswered -= 1;
    }
    this.#letWaitingOnesGo();
  }

  /** Milliseconds at which the longest unanswered batch was sent; undefined for none. */
  get oldestSentMs(): number | undefined {
    for (const { batch } of this.#unanswered.values()) return batch.sentMs;
    return undefined;
  }

  /** Breaks off: what is unanswered fails with `error`. */
  break(error: VarveError): void {
    this.#ended(error);
    this.#stream.cancel();
  }

  /** Ends in order; nothing may be unanswered. Resolves once the node has ended its side, or the stream broke. */
  end(): Promise<void> {
    this.#closed = true;
    this.#paceTimer?.cancel();
    this.#stream.end();
    return new Promise((resolve) => (this.#whenOver = resolve));
  }

  #take(bytes: Buffer): void {
    if (this.#closed) return;
    const { acks } = ProduceResponse.decode(bytes);
    const answered = acks.map((ack) => this.#takeUnanswered(ack.correlation_id ?? 0));
    const nowMs = this.#clock.monotonicMs();
    for (const sent of answered) {
      if (sent === undefined) continue;
      this.#limit.answered(nowMs - sent.batch.sentMs, nowMs);
      this.#countAnswered(sent.message);
    }
    // Before the answers are told: a partition that has just been served would ask again, and come before those that wait.
    this.#letWaitingOnesGo();
    for (const [index, ack] of acks.entries()) {
      const sent = answered[index];
      if (sent === undefined) continue;
      const error = wireError(ack.error);
      const result = { baseOffset: ack.base_offset ?? 0, logAppendTimeMs: ack.log_append_time_ms ?? 0 };
      this.#events.onAnswer(sent.queue, sent.batch, error, error === undefined ? result : undefined);
    }
    this.#events.onAnswered();
  }

  /** A node that has answered all of a message has read all of it. */
  #countAnswered(message: Message): void {
    message.unansweredCount -= 1;
    if (message.unansweredCount === 0 && message.buffer !== undefined) this.#stream.recycle(message.buffer);
  }

  #takeUnanswered(correlationId: number): Sent | undefined {
    const sent = this.#unanswered.get(correlationId);
    if (sent === undefined) return undefined;
    this.#unanswered.delete(correlationId);
    if (sent.isPartial) {
      this.#partialUnanswered -= 1;
      if (this.#partialUnanswered === 0) this.#pace.answered(this.#clock.monotonicMs());
    }
    this.#unansweredBytes -= sent.batch.encoded.length;
    return sent;
  }

  /** As many of those that wait as there is room for, the first ones first. */
  #letWaitingOnesGo(): void {
    if (this.#isFull) return;
    let roomBytes = this.#limit.bytes - this.#unansweredBytes;
    let partialRoom = this.#roomForPartial();
    const next: PartitionQueue[] = [];
    for (const [queue, isPartial] of this.#waiting) {
      // There may be hundreds of partial ones, and this is asked every turn.
      if (roomBytes <= 0 || (partialRoom <= 0 && this.#fullWaiting === 0)) break;
      if (isPartial && partialRoom <= 0) continue;
      if (isPartial) {
        partialRoom -= 1;
        this.#letGo.add(queue);
      } else this.#fullWaiting -= 1;
      roomBytes -= queue.head?.sizeBytes ?? 0;
      this.#waiting.delete(queue);
      next.push(queue);
    }
    if (next.length > 0) this.#events.onRoom(next);
  }

  #roomAgain(): void {
    this.#isFull = false;
    this.#events.onRoom(this.#takeWaiting());
  }

  #takeWaiting(): PartitionQueue[] {
    const waiting = [...this.#waiting.keys()];
    this.#waiting.clear();
    this.#letGo.clear();
    this.#fullWaiting = 0;
    return waiting;
  }

  #ended(reason: Error | undefined): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#paceTimer?.cancel();
    this.#events.onClosed(this);
    const error = streamError(reason);
    // What alone is over the limit was in no message that the node took; all the rest may be stored.
    const limitBytes = reason instanceof TransportError ? reason.limitBytes : undefined;
    const lost = [...this.#unanswered.values()];
    this.#unanswered.clear();
    this.#partialUnanswered = 0;
    this.#unansweredBytes = 0;
    for (const { queue, batch } of lost) {
      const isOver = limitBytes !== undefined && produceRequestBytes(this.#outgoing(queue, batch)) > limitBytes;
      this.#events.onAnswer(queue, batch, isOver ? overLimit(queue, batch, limitBytes) : error, undefined);
    }
    this.#events.onRoom(this.#takeWaiting());
    this.#events.onAnswered();
  }
}

/** Whatever ended a stream, what is unanswered on it may be stored: it is to be sent again, unchanged. */
function streamError(reason: Error | undefined): VarveError {
  const error = callError(reason ?? new Error('The node ended the stream.'));
  return error.retriable ? error : new VarveError('NETWORK_EXCEPTION', error.message, { cause: error });
}

function overLimit(queue: PartitionQueue, batch: ProducerBatch, limitBytes: number): VarveError {
  return new VarveError(
    'MESSAGE_TOO_LARGE',
    `A batch of ${batch.encoded.length} bytes for ${queue.topic}-${queue.partition} is above the ${limitBytes} bytes of a message that the node takes: raise its max.message.bytes.`,
  );
}
