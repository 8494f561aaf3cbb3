import { VarveError } from '../../common/errors.js';
import type { Offset } from '../../common/ids.js';
import type { PartitionLeader } from '../../replication/partition-leader.js';
import type { LogRead } from '../../replication/replica-log.js';
import { type Tail, TailPump } from '../../replication/tail-pump.js';
import type { ConsumeOptions, ConsumeSink, EpochEnd, PartitionChunk, ReadPosition } from '../broker-api.js';

/**
 * So many reads of the disk are under way at once for one session, each of so many bytes at most while there are several.
 * What they bring is held for a client that takes nothing, beside the response that is full.
 */
const READS_AT_ONCE = 4;
const SHARED_READ_BYTES = 1024 * 1024;

interface Consumed {
  readonly position: ReadPosition;
  readonly leader: PartitionLeader;
  /** The reader has not been told yet where the partition ends. */
  greeting: boolean;
  /** Where its next chunk begins. */
  from: Offset;
}

/** The partitions of one consume session that this node leads. */
export class LocalConsume {
  readonly #sink: ConsumeSink;
  readonly #readCommitted: boolean;
  readonly #pump: TailPump<Consumed>;
  readonly #tails = new Map<string, Tail<Consumed>>();
  #blocked = false;

  constructor(options: ConsumeOptions, sink: ConsumeSink) {
    this.#sink = sink;
    this.#readCommitted = options.isolation === 'readCommitted';
    const { maxChunkBytes } = options;
    const sharedChunkBytes = Math.min(maxChunkBytes, SHARED_READ_BYTES);
    this.#pump = new TailPump<Consumed>(
      {
        open: () => !this.#blocked,
        readAheadBytes: () => READS_AT_ONCE * sharedChunkBytes,
        emit: (tail, read) => this.#push(chunkOf(tail.key, read, this.#readCommitted)),
        failed: (tail, error) => {
          const { position } = tail.key;
          this.#tails.delete(keyOf(position.topic, position.partition));
          this.#push(failure({ ...position, offset: tail.position }, error));
        },
        flush: () => this.#greet(),
      },
      { chunkBytes: maxChunkBytes, sharedChunkBytes },
      queueMicrotask,
    );
  }

  /** Throws OFFSET_OUT_OF_RANGE. */
  set(position: ReadPosition, leader: PartitionLeader): void {
    this.remove(position.topic, position.partition);
    const { log } = leader;
    if (position.offset < log.startOffset || position.offset > log.endOffset) {
      throw offsetOutOfRange(position, leader);
    }
    const consumed: Consumed = { position, leader, greeting: true, from: position.offset };
    const tail = this.#pump.add(
      consumed,
      {
        end: () => leader.visibleEnd(this.#readCommitted),
        closed: () => leader.closed,
        isInMemory: (offset) => offset >= leader.log.inMemoryFrom,
        read: (offset, maxBytes, upTo) => leader.log.read(offset, maxBytes, upTo),
        subscribe: (listener) => leader.onHighWatermark(listener),
      },
      position.offset,
    );
    this.#tails.set(keyOf(position.topic, position.partition), tail);
  }

  remove(topic: string, partition: number): void {
    const key = keyOf(topic, partition);
    const tail = this.#tails.get(key);
    if (tail === undefined) return;
    this.#tails.delete(key);
    this.#pump.remove(tail);
  }

  resume(): void {
    this.#blocked = false;
    this.#pump.schedule();
  }

  close(): void {
    for (const tail of this.#tails.values()) this.#pump.remove(tail);
    this.#tails.clear();
    this.#pump.stop();
  }

  #push(chunk: PartitionChunk): void {
    if (!this.#sink.onChunk(chunk)) this.#blocked = true;
  }

  /** Whoever got no records with its first turn gets an empty chunk, and so learns where the partition ends. */
  #greet(): void {
    for (const tail of this.#tails.values()) {
      if (this.#blocked) return;
      if (!tail.key.greeting || tail.reading || tail.position < tail.source.end()) continue;
      this.#push(chunkOf(tail.key, { buffers: [], sizeBytes: 0, nextOffset: tail.position }, this.#readCommitted));
    }
  }
}

function keyOf(topic: string, partition: number): string {
  return `${topic}-${partition}`;
}

function chunkOf(consumed: Consumed, read: LogRead, readCommitted: boolean): PartitionChunk {
  const { leader, position, from } = consumed;
  consumed.greeting = false;
  consumed.from = read.nextOffset;
  return {
    topic: position.topic,
    partition: position.partition,
    positionId: position.positionId,
    error: undefined,
    highWatermark: leader.highWatermark,
    lastStableOffset: leader.visibleEnd(true),
    logStartOffset: leader.log.startOffset,
    batches: read.buffers,
    sizeBytes: read.sizeBytes,
    // Of this chunk alone: one that was aborted before would take what its producer committed since for its own.
    abortedTransactions: readCommitted ? leader.log.abortedTransactions(from, read.nextOffset) : [],
    nextOffset: read.nextOffset,
    divergingEpoch: undefined,
  };
}

export function offsetOutOfRange(position: ReadPosition, leader: PartitionLeader): VarveError {
  return new VarveError(
    'OFFSET_OUT_OF_RANGE',
    `${position.topic}-${position.partition} holds offsets ${leader.log.startOffset} to ${leader.highWatermark}, not ${position.offset}.`,
  );
}

/** A chunk that takes its partition off the session. `position`: where reading is to go on. */
export function failure(
  position: ReadPosition,
  error: VarveError | undefined,
  divergingEpoch?: EpochEnd,
): PartitionChunk {
  return {
    topic: position.topic,
    partition: position.partition,
    positionId: position.positionId,
    error,
    highWatermark: -1,
    lastStableOffset: -1,
    logStartOffset: -1,
    batches: [],
    sizeBytes: 0,
    abortedTransactions: [],
    nextOffset: position.offset,
    divergingEpoch,
  };
}
