import { defined } from '../../common/assert.js';
import { VarveError, toVarveError } from '../../common/errors.js';
import { AbortedBatchFilter } from '../../record/aborted-batch-filter.js';
import type { AbortedRange } from '../../record/aborted-batch-filter.js';
import {
  batchAttributes,
  batchBaseOffset,
  batchLastOffset,
  batchLeaderEpoch,
  batchSizeBytes,
  checkCrc,
  CompressionCodec,
  compressionCodec,
} from '../../record/batch-header.js';
import { prepareCodec } from '../../record/compression.js';
import { RecordCursor, batchPositions } from '../../record/record-cursor.js';
import type { RecordSource } from './consumer-record.js';
import type { EpochStart } from './read-epochs.js';
import { ConsumerRecord } from './consumer-record.js';

export interface BatchContent {
  /** Whole RecordBatches, one after the other. */
  readonly bytes: Buffer;
  /** Records below it are not for the reader. */
  readonly fromOffset: number;
  /** Where to go on reading. */
  readonly nextOffset: number;
  readonly highWatermark: number;
  readonly aborted: readonly AbortedRange[];
  readonly checkCrcs: boolean;
}

/** Consecutive records of one partition, as they were received. Iterate it, or `scan` it without an object a record. */
export class ConsumerBatch<Key = Buffer | null, Value = Buffer | null> {
  readonly #source: RecordSource<Key, Value>;
  readonly #bytes: Buffer;
  readonly #fromOffset: number;
  readonly #nextOffset: number;
  readonly #highWatermark: number;
  /** Where the batches start whose records are for the reader. */
  readonly #positions: number[] = [];
  /** The leader epochs of the batches, and where each of them begins. */
  readonly epochs: readonly EpochStart[];
  #hasZstd = false;

  /** Throws CORRUPT_MESSAGE, with the offset, where a batch fails its CRC. */
  constructor(source: RecordSource<Key, Value>, content: BatchContent) {
    this.#source = source;
    this.#bytes = content.bytes;
    this.#fromOffset = content.fromOffset;
    this.#nextOffset = content.nextOffset;
    this.#highWatermark = content.highWatermark;
    const filter = new AbortedBatchFilter(content.aborted);
    const epochs: EpochStart[] = [];
    let end = 0;
    for (const position of batchPositions(content.bytes)) {
      if (content.checkCrcs && !checkCrc(content.bytes, position)) {
        throw damaged(source, `the batch at offset ${batchBaseOffset(content.bytes, position)} fails its CRC.`);
      }
      end = position + batchSizeBytes(content.bytes, position);
      const epoch = batchLeaderEpoch(content.bytes, position);
      if (epochs.at(-1)?.epoch !== epoch) {
        epochs.push({ epoch, offset: Math.max(batchBaseOffset(content.bytes, position), content.fromOffset) });
      }
      const isVisible = filter.isVisible(content.bytes, position);
      if (!isVisible || batchLastOffset(content.bytes, position) < content.fromOffset) continue;
      this.#positions.push(position);
      this.#hasZstd ||= compressionCodec(batchAttributes(content.bytes, position)) === CompressionCodec.zstd;
    }
    this.epochs = epochs;
    if (end !== content.bytes.length) {
      throw damaged(source, `what was received from offset ${content.fromOffset} on ends within a batch.`);
    }
  }

  /**
   * What to wait for before its records are read; undefined for nothing. Node before 22.15 has no zstd of its own, and must
   * load one. Where that fails, reading says so, at the offset.
   */
  static loading(batch: ConsumerBatch<unknown, unknown>): Promise<void> | undefined {
    return batch.#hasZstd ? prepareCodec(CompressionCodec.zstd).catch(() => {}) : undefined;
  }

  get topic(): string {
    return this.#source.topic;
  }

  get partition(): number {
    return this.#source.partition;
  }

  /** Where to go on reading after this batch. */
  get nextOffset(): bigint {
    return BigInt(this.#nextOffset);
  }

  /** The partition's end, as far as it is replicated, when the batch was read. */
  get highWatermark(): bigint {
    return BigInt(this.#highWatermark);
  }

  /** Bytes as received, compressed where the producer compressed. */
  get sizeBytes(): number {
    return this.#bytes.length;
  }

  get isEmpty(): boolean {
    return this.#positions.length === 0;
  }

  /**
   * Calls `visit` for each record with one and the same cursor, whose fields describe the record during the call. The
   * quickest way: no object is made.
   */
  scan(visit: (cursor: RecordCursor) => void): void {
    const cursor = new RecordCursor();
    for (const position of this.#positions) {
      open(cursor, this.#source, this.#bytes, position);
      while (moved(cursor, this.#source)) if (cursor.offset >= this.#fromOffset) visit(cursor);
    }
  }

  [Symbol.iterator](): IterableIterator<ConsumerRecord<Key, Value>> {
    return new BatchIterator(this.#source, this.#bytes, this.#positions, this.#fromOffset);
  }
}

/** Not a generator: that takes twice as long a record. */
class BatchIterator<Key, Value> implements IterableIterator<ConsumerRecord<Key, Value>> {
  readonly #source: RecordSource<Key, Value>;
  readonly #bytes: Buffer;
  readonly #positions: readonly number[];
  readonly #fromOffset: number;
  readonly #cursor = new RecordCursor();
  #index = 0;
  #isOpen = false;

  constructor(source: RecordSource<Key, Value>, bytes: Buffer, positions: readonly number[], fromOffset: number) {
    this.#source = source;
    this.#bytes = bytes;
    this.#positions = positions;
    this.#fromOffset = fromOffset;
  }

  next(): IteratorResult<ConsumerRecord<Key, Value>, undefined> {
    for (;;) {
      if (!this.#isOpen) {
        if (this.#index === this.#positions.length) return { done: true, value: undefined };
        const position = defined(this.#positions[this.#index], 'the index is below the number of batches');
        open(this.#cursor, this.#source, this.#bytes, position);
        this.#index += 1;
        this.#isOpen = true;
      }
      while (moved(this.#cursor, this.#source)) {
        if (this.#cursor.offset < this.#fromOffset) continue;
        return { done: false, value: new ConsumerRecord(this.#source, this.#cursor) };
      }
      this.#isOpen = false;
    }
  }

  [Symbol.iterator](): this {
    return this;
  }
}

interface Place {
  readonly topic: string;
  readonly partition: number;
}

function damaged(source: Place, what: string): VarveError {
  return new VarveError('CORRUPT_MESSAGE', `In ${source.topic}-${source.partition} ${what}`);
}

function open(cursor: RecordCursor, source: Place, bytes: Buffer, position: number): void {
  try {
    cursor.open(bytes, position);
  } catch (error) {
    throw unreadable(source, batchBaseOffset(bytes, position), error);
  }
}

function moved(cursor: RecordCursor, source: Place): boolean {
  try {
    return cursor.next();
  } catch (error) {
    throw unreadable(source, cursor.offset, error);
  }
}

/** A broker takes compressed records as they are: that they are none shows only when they are read. */
function unreadable(source: Place, offset: number, error: unknown): VarveError {
  const { code, message } = toVarveError(error);
  const place = `${source.topic}-${source.partition}`;
  return new VarveError(
    code,
    `Records of ${place} at offset ${offset} cannot be read: ${message} Seek past them to go on.`,
    {
      cause: error,
    },
  );
}
