import { assert, defined } from '../../common/assert.js';
import type { BatchOptions, HeaderInput, RecordBytes } from '../../record/batch-builder.js';
import { BatchBuilder } from '../../record/batch-builder.js';
import type { CompressionCodec } from '../../record/batch-header.js';
import { RecordCursor } from '../../record/record-cursor.js';
import type { BufferMemory } from './buffer-memory.js';
import type { SendError } from './send-error.js';

/** Where a record went. */
export interface RecordMetadata {
  readonly topic: string;
  readonly partition: number;
  /** -1n where it is not known: acks 0, or a duplicate too old to be remembered. */
  readonly offset: bigint;
  /** The broker's time in ms where the topic uses LogAppendTime, else undefined. */
  readonly logAppendTimeMs: number | undefined;
}

/** Called once for one record. */
export type DeliveryCallback = (error: SendError | null, metadata: RecordMetadata | undefined) => void;

export interface BatchResult {
  readonly baseOffset: number;
  readonly logAppendTimeMs: number;
}

/** What the producer's identity is to a batch; changed only while the batch is not in flight. */
interface MutableBatchOptions extends BatchOptions {
  producerId?: number;
  producerEpoch?: number;
  baseSequence?: number;
}

/**
 * The records of one partition that travel together. Encoded as they are appended; the header is written by `seal`,
 * which may be called again, with another sequence, as long as no try may have succeeded.
 */
export class ProducerBatch {
  readonly createdMs: number;
  readonly #builder: BatchBuilder;
  readonly #options: MutableBatchOptions;
  #encoded: Buffer | undefined;
  /** Which records somebody waits for, and who: parallel, in the order of the records. */
  #deliveryIndexes: number[] = [];
  #deliveries: DeliveryCallback[] = [];
  #settledListeners: (() => void)[] | undefined;

  /** Times it was given to a stream. */
  attempts = 0;
  /** A try failed in a way that does not tell: a broker may have it. */
  mayBeStored = false;
  /** Set while in flight: where it went, under which leader epoch, and since when. */
  nodeKey = '';
  leaderEpoch = -1;
  sentMs = 0;
  correlationId = 0;
  /** The producer's memory that it holds. */
  accountedBytes = 0;

  constructor(builder: BatchBuilder, codec: CompressionCodec, nowMs: number) {
    this.#builder = builder;
    this.#options = { codec };
    this.createdMs = nowMs;
    builder.reset(this.#options);
  }

  get recordCount(): number {
    return this.#builder.recordCount;
  }

  /** Bytes before compression. */
  get sizeBytes(): number {
    return this.#builder.sizeBytes;
  }

  get isSealed(): boolean {
    return this.#encoded !== undefined;
  }

  get encoded(): Buffer {
    return defined(this.#encoded, 'a batch is sealed before it is sent');
  }

  /** -1 until sealed with an identity. */
  get baseSequence(): number {
    return this.#options.baseSequence ?? -1;
  }

  get producerId(): number {
    return this.#options.producerId ?? -1;
  }

  get producerEpoch(): number {
    return this.#options.producerEpoch ?? -1;
  }

  /** Of those records that nobody waits for: whether there are any. */
  get hasUnheardRecords(): boolean {
    return this.#deliveries.length < this.recordCount;
  }

  append(
    timestamp: number,
    key: RecordBytes,
    value: RecordBytes,
    headers: readonly HeaderInput[] | undefined,
    delivery: DeliveryCallback | undefined,
  ): void {
    assert(this.#encoded === undefined, 'a sealed batch takes no record');
    if (headers === undefined) this.#builder.append(timestamp, key, value);
    else this.#builder.append(timestamp, key, value, headers);
    if (delivery === undefined) return;
    this.#deliveryIndexes.push(this.#builder.recordCount - 1);
    this.#deliveries.push(delivery);
  }

  /** Writes the header, without an identity where the producer is not idempotent. */
  seal(identity?: {
    readonly producerId: number;
    readonly producerEpoch: number;
    readonly baseSequence: number;
  }): void {
    if (identity !== undefined) {
      this.#options.producerId = identity.producerId;
      this.#options.producerEpoch = identity.producerEpoch;
      this.#options.baseSequence = identity.baseSequence;
    }
    this.#encoded = this.#builder.close();
  }

  /** The same records in two unsealed batches, with all who wait for them. This one is done with afterwards. */
  split(): ProducerBatch[] {
    const halfBytes = this.sizeBytes / 2;
    const codec = this.#options.codec ?? 0;
    const parts: ProducerBatch[] = [];
    const cursor = new RecordCursor().open(this.encoded);
    let waiting = 0;
    while (cursor.next()) {
      let part = parts.at(-1);
      const isFull =
        parts.length === 1 && part !== undefined && part.sizeBytes + cursor.recordEnd - cursor.recordStart > halfBytes;
      if (part === undefined || isFull) {
        part = new ProducerBatch(new BatchBuilder(), codec, this.createdMs);
        parts.push(part);
      }
      const isWaitedFor = this.#deliveryIndexes[waiting] === cursor.index;
      const delivery = isWaitedFor ? this.#deliveries[waiting] : undefined;
      if (isWaitedFor) waiting += 1;
      part.append(cursor.timestamp, cursor.key(), cursor.value(), cursor.headers(), delivery);
    }
    let accounted = this.accountedBytes;
    for (const part of parts) {
      part.accountedBytes = Math.min(accounted, part.sizeBytes);
      accounted -= part.accountedBytes;
    }
    const last = defined(parts.at(-1), 'a batch has a record');
    last.accountedBytes += accounted;
    for (const listener of this.#settledListeners ?? []) last.onSettled(listener);
    this.#deliveries = [];
    this.#settledListeners = undefined;
    return parts;
  }

  /** The buffer, for another batch, when this one is done with. */
  get builder(): BatchBuilder {
    return this.#builder;
  }

  onSettled(listener: () => void): void {
    (this.#settledListeners ??= []).push(listener);
  }

  /** Tells everyone who waits, and gives the builder back. What a callback throws goes to `onThrow`. */
  settle(
    error: SendError | null,
    topic: string,
    partition: number,
    result: BatchResult | undefined,
    onThrow: (thrown: unknown) => void,
  ): BatchBuilder {
    const indexes = this.#deliveryIndexes;
    for (const [position, delivery] of this.#deliveries.entries()) {
      const index = defined(indexes[position], 'each delivery has its index');
      try {
        if (result === undefined) delivery(error, undefined);
        else delivery(null, metadataOf(result, topic, partition, index));
      } catch (thrown) {
        onThrow(thrown);
      }
    }
    this.#deliveries = [];
    this.#deliveryIndexes = [];
    for (const listener of this.#settledListeners ?? []) listener();
    return this.#builder;
  }
}

function metadataOf(result: BatchResult, topic: string, partition: number, index: number): RecordMetadata {
  return {
    topic,
    partition,
    offset: result.baseOffset < 0 ? -1n : BigInt(result.baseOffset + index),
    logAppendTimeMs: result.logAppendTimeMs < 0 ? undefined : result.logAppendTimeMs,
  };
}

/** A buffer that was used for less than this part of it is too large, where there are many. */
const MIN_USED_SHARE = 1 / 4;

/** Builders whose buffers have grown already: a fresh megabyte costs more than its checksum. */
export class BuilderPool {
  readonly #initialBytes: number;
  readonly #maxFreeBytes: number;
  readonly #free: BatchBuilder[] = [];
  #freeBytes = 0;

  /** Keeps `maxFreeBytes` of buffers for reuse. */
  constructor(initialBytes: number, maxFreeBytes: number) {
    this.#initialBytes = initialBytes;
    this.#maxFreeBytes = maxFreeBytes;
  }

  get freeBytes(): number {
    return this.#freeBytes;
  }

  take(): BatchBuilder {
    const kept = this.#free.pop();
    if (kept === undefined) return new BatchBuilder(this.#initialBytes);
    this.#freeBytes -= kept.capacityBytes;
    return kept;
  }

  /**
   * With few large batches and very many small ones, all buffers would become large in time: one that is too large for what it
   * was used for goes, if as many as there are open partitions would take more than the producer's limit.
   */
  give(builder: BatchBuilder, memory: Pick<BufferMemory, 'openPartitions' | 'limitBytes'>): void {
    const { capacityBytes, sizeBytes } = builder;
    const areTooMany = capacityBytes * memory.openPartitions > memory.limitBytes;
    if (areTooMany && sizeBytes < capacityBytes * MIN_USED_SHARE) return;
    if (this.#freeBytes + capacityBytes > this.#maxFreeBytes) return;
    this.#free.push(builder);
    this.#freeBytes += capacityBytes;
  }
}
