import type { BrokerApi, PartitionView, ProduceResult, RequestContext, RequiredAcks } from '../broker/broker-api.js';
import { VarveError } from '../common/errors.js';
import type { Clock } from '../platform/clock.js';
import type { Random } from '../platform/random.js';
import type { RpcCall, RpcHandlers, RpcStream } from '../platform/transport.js';
import { varve } from '../protocol/varve.js';
import { decodeBounded } from './bounded-decoding.js';
import { boundedTopicName, checkInteger, endWithError, errorMessage, requestContext } from './call.js';
import type { BudgetHolder, InFlightBudget } from './in-flight-budget.js';
import { encodeRecords, partitionOfRecords } from './record-encoding.js';

const { Acks, ProduceRequest, ProduceResponse } = varve.v1;

const DEFAULT_TIMEOUT_MS = 30_000;
/** Kafka's timeouts are int32. */
const MAX_TIMEOUT_MS = 0x7fff_ffff;
/** What a batch holds in the node beside its bytes, its answer included. */
const BATCH_OVERHEAD_BYTES = 1024;
/** Each batch is answered, with a text where it is refused: many empty ones would be answered with many times their bytes. */
const BATCH_FIELDS = { batches: { most: 10_000, within: { records: { within: { headers: {} } } } } };

export interface ProduceLimits {
  /** Bytes of unanswered batches of one stream; past it the node stops reading from the stream. */
  readonly maxStreamBytes: number;
}

export interface ProduceOptions {
  readonly broker: BrokerApi;
  readonly clock: Clock;
  readonly random: Random;
  /** Shared by all produce streams of the node. */
  readonly budget: InFlightBudget;
  readonly limits: ProduceLimits;
}

export function produceHandlers(options: ProduceOptions): RpcHandlers {
  return {
    unary: {},
    streams: { '/varve.v1.Varve/Produce': (stream, call) => new ProduceStream(options, stream, call).start() },
  };
}

/** What one message of a stream holds until the last of its batches is answered. */
class TakenMessage {
  unanswered: number;
  readonly sizeBytes: number;
  readonly partitions = new Map<string, readonly PartitionView[]>();

  constructor(unanswered: number, sizeBytes: number) {
    this.unanswered = unanswered;
    this.sizeBytes = sizeBytes;
  }
}

/**
 * One stream of batches. Batches go to the broker in the order in which they came; acknowledgements of one turn go back
 * as one message. Reading pauses while too much is unanswered, or while the client does not read its answers.
 */
class ProduceStream implements BudgetHolder {
  readonly #options: ProduceOptions;
  readonly #stream: RpcStream;
  readonly #context: RequestContext;

  #unansweredBytes = 0;
  #acks: varve.v1.IProduceAck[] = [];
  #flushScheduled = false;
  #clientReads = true;
  #paused = false;
  #inputEnded = false;
  #closed = false;

  constructor(options: ProduceOptions, stream: RpcStream, call: RpcCall) {
    this.#options = options;
    this.#stream = stream;
    this.#context = requestContext(call);
  }

  start(): void {
    const stream = this.#stream;
    stream.onBorrowedMessage((bytes) => {
      if (this.#closed) return true;
      try {
        return this.#take(decodeBounded(ProduceRequest, bytes, BATCH_FIELDS), bytes.length);
      } catch (error) {
        if (!(error instanceof VarveError)) throw error;
        this.#close();
        endWithError(stream, error);
        return false;
      }
    });
    stream.onDrain(() => {
      this.#clientReads = true;
      this.#readOnOrPause();
    });
    stream.onEnd(() => {
      this.#inputEnded = true;
      this.#endWhenAnswered();
    });
    stream.onClose(() => this.#close());
    // Its first message, too, waits while the node has no room for it.
    this.#readOnOrPause();
  }

  onRoom(): void {
    this.#readOnOrPause();
  }

  /** True when nobody looks at the message any more. */
  #take(request: varve.v1.ProduceRequest, sizeBytes: number): boolean {
    const { batches } = request;
    // Before anything is taken: under another id than the client's own no answer says anything to it.
    for (const { correlation_id: id } of batches) checkInteger(id ?? 0, 0, 'correlation_id');
    const message = new TakenMessage(batches.length, sizeBytes + batches.length * BATCH_OVERHEAD_BYTES);
    if (batches.length > 0) {
      this.#unansweredBytes += message.sizeBytes;
      this.#options.budget.take(message.sizeBytes);
    }
    let isOver = true;
    for (const batch of batches) isOver = this.#produce(batch, message) && isOver;
    this.#readOnOrPause();
    return isOver;
  }

  #produce(batch: varve.v1.IProduceBatch, message: TakenMessage): boolean {
    // Stays empty where the name is too long to be given back.
    let topic = '';
    const correlationId = batch.correlation_id ?? 0;
    const wantsAnswer = batch.acks !== Acks.ACKS_NONE;
    let partition = batch.partition ?? -1;
    const answer = (result: ProduceResult): void => {
      this.#giveBack(message);
      if (this.#closed) return;
      if (wantsAnswer) this.#acknowledge(encodeAck(correlationId, topic, partition, result));
      this.#readOnOrPause();
      this.#endWhenAnswered();
    };
    try {
      topic = boundedTopicName(batch.topic);
      partition = this.#partitionOf(batch, message);
      const batches = this.#batchesOf(batch);
      return this.#options.broker.produce(
        {
          context: this.#context,
          topic,
          partition,
          acks: requiredAcks(batch.acks ?? Acks.ACKS_ALL),
          timeoutMs: Math.min(batch.timeout_ms || DEFAULT_TIMEOUT_MS, MAX_TIMEOUT_MS),
          batches,
        },
        answer,
      );
    } catch (error) {
      if (!(error instanceof VarveError)) throw error;
      answer({ error, baseOffset: -1, logAppendTimeMs: -1, logStartOffset: -1 });
      return true;
    }
  }

  /** One batch more is answered. Where one is not, and waits for a codec or another node, it keeps the whole message alive. */
  #giveBack(message: TakenMessage): void {
    message.unanswered -= 1;
    if (message.unanswered > 0) return;
    this.#unansweredBytes -= message.sizeBytes;
    this.#options.budget.give(message.sizeBytes);
  }

  #partitionOf(batch: varve.v1.IProduceBatch, message: TakenMessage): number {
    if (batch.partition !== null && batch.partition !== undefined) return checkInteger(batch.partition, 0, 'partition');
    const records = batch.records ?? [];
    if (records.length === 0) {
      throw new VarveError('INVALID_REQUEST', 'An encoded batch names its partition: give `partition`.');
    }
    return partitionOfRecords(records, this.#partitionsOf(batch.topic ?? '', message), this.#options.random);
  }

  /** Asked once a message: the view of a topic is as long as the topic has partitions. */
  #partitionsOf(topic: string, message: TakenMessage): readonly PartitionView[] {
    const known = message.partitions.get(topic);
    if (known !== undefined) return known;
    const [view] = this.#options.broker.metadata({ topics: [topic], context: this.#context }).topics;
    if (view === undefined || view.error !== undefined || view.partitions.length === 0) {
      throw (
        view?.error ?? new VarveError('UNKNOWN_TOPIC_OR_PARTITION', `There is no topic '${topic}': create it first.`)
      );
    }
    message.partitions.set(topic, view.partitions);
    return view.partitions;
  }

  #batchesOf(batch: varve.v1.IProduceBatch): Buffer {
    const encoded = batch.record_batch ?? undefined;
    const records = batch.records ?? [];
    if (encoded !== undefined && encoded.length > 0) {
      if (records.length > 0) {
        throw new VarveError('INVALID_REQUEST', 'A batch holds `records` or a `record_batch`, not both.');
      }
      return Buffer.isBuffer(encoded) ? encoded : Buffer.from(encoded.buffer, encoded.byteOffset, encoded.length);
    }
    if (records.length === 0) throw new VarveError('INVALID_REQUEST', 'A batch holds at least one record.');
    return encodeRecords(batch, records, this.#options.clock.wallMs());
  }

  #acknowledge(ack: varve.v1.IProduceAck): void {
    this.#acks.push(ack);
    if (this.#flushScheduled) return;
    this.#flushScheduled = true;
    // What the syncs and the followers' reports of one turn settle goes out as one message.
    this.#options.clock.atEndOfTurn(() => this.#flush());
  }

  #flush(): void {
    this.#flushScheduled = false;
    if (this.#closed) return;
    const acks = this.#acks;
    this.#acks = [];
    if (!this.#stream.send(ProduceResponse.encode({ acks }).finish())) {
      this.#clientReads = false;
      this.#readOnOrPause();
    }
    this.#endWhenAnswered();
  }

  #readOnOrPause(): void {
    if (this.#closed) return;
    const { budget, limits } = this.#options;
    const full = !this.#clientReads || this.#unansweredBytes >= limits.maxStreamBytes || budget.isExhausted(this);
    if (full === this.#paused) return;
    this.#paused = full;
    if (full) this.#stream.pause();
    else this.#stream.resume();
  }

  #endWhenAnswered(): void {
    if (!this.#inputEnded || this.#closed || this.#unansweredBytes > 0 || this.#acks.length > 0) return;
    this.#close();
    this.#stream.end();
  }

  #close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#acks = [];
    this.#options.budget.leave(this);
  }
}

function requiredAcks(acks: varve.v1.Acks): RequiredAcks {
  switch (acks) {
    case Acks.ACKS_ALL:
      return -1;
    case Acks.ACKS_LEADER:
      return 1;
    case Acks.ACKS_NONE:
      return 0;
    default:
      throw new VarveError('INVALID_REQUIRED_ACKS', `acks must be ACKS_ALL, ACKS_LEADER or ACKS_NONE, not ${acks}.`);
  }
}

function encodeAck(
  correlationId: number,
  topic: string,
  partition: number,
  result: ProduceResult,
): varve.v1.IProduceAck {
  return {
    correlation_id: correlationId,
    topic,
    partition,
    error: errorMessage(result.error),
    base_offset: result.baseOffset,
    log_append_time_ms: result.logAppendTimeMs,
    log_start_offset: result.logStartOffset,
  };
}
