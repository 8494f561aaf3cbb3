import type { Isolation, PartitionChunk } from '../broker/broker-api.js';
import { VarveError, toVarveError } from '../common/errors.js';
import type { Offset } from '../common/ids.js';
import type { Workers } from '../platform/workers.js';
import { varve } from '../protocol/varve.js';
import { AbortedBatchFilter } from '../record/aborted-batch-filter.js';
import {
  CompressionCodec,
  RECORDS_AT,
  batchAttributes,
  batchBaseOffset,
  batchLastOffset,
  batchLeaderEpoch,
  batchSizeBytes,
  compressionCodec,
} from '../record/batch-header.js';
import { RecordCursor, batchPositions } from '../record/record-cursor.js';
import { chunkFields, varintBytes, writeVarint, PARTITIONS_TAG } from './consume-encoding.js';
import { ConsumedRecordWriter } from './consumed-record-writer.js';

const { PartitionRecords } = varve.v1;

/** What one batch may inflate to here; a client that decodes for itself may read larger ones. */
export const MAX_INFLATED_BYTES = 64 * 1024 * 1024;
/** Of an inflated batch, what may be kept while its reader makes it wait; more is inflated once again. */
const MAX_KEPT_BYTES = 1024 * 1024;
/** Of a record that is given as one: as objects, headers of two bytes each take a hundred times what they take in a batch. */
export const MAX_HEADERS = 100_000;
/** PartitionRecords without its topic and records. */
const HEAD_BYTES = 128;
const WRITER_BYTES = 4 * 1024;

/** The batch that is being read. */
interface OpenBatch {
  readonly bytes: Buffer;
  readonly position: number;
  readonly leaderEpoch: number;
  /** The record to go on before, once the cursor was given up; undefined: the first. */
  resume: { readonly index: number; readonly start: number } | undefined;
}

export interface DecodedChunkOptions {
  readonly chunk: PartitionChunk;
  /** Records below it are left out. */
  readonly fromOffset: Offset;
  readonly isolation: Isolation;
  /** They inflate what is compressed. */
  readonly workers: Workers;
}

/**
 * A chunk as records, for clients that do not read RecordBatches, a message at a time: none are given of control batches
 * and (under readCommitted) of aborted transactions. Batches are opened one after the other, so that a chunk costs at
 * most one inflated batch beside the message that is being made, however much all of it would inflate to.
 */
export class DecodedChunk {
  readonly chunk: PartitionChunk;
  readonly fromOffset: Offset;
  readonly #workers: Workers;
  readonly #batches: Iterator<readonly [Buffer, number], undefined>;
  readonly #cursor = new RecordCursor();
  #writer = new ConsumedRecordWriter(WRITER_BYTES);
  #open: OpenBatch | undefined;
  /** The cursor is on (or, at the start, before) what comes next of the open batch. */
  #isReady = false;
  #isOnRecord = false;
  /** The next record is given however large it is. */
  #mayExceed = true;
  /** Behind the last record that was given, or where the open batch begins if that is further. */
  #nextOffset: Offset;
  #failure: VarveError | undefined;
  #isOver = false;
  #hasGiven = false;

  constructor({ chunk, fromOffset, isolation, workers }: DecodedChunkOptions) {
    this.chunk = chunk;
    this.fromOffset = fromOffset;
    this.#nextOffset = fromOffset;
    this.#workers = workers;
    this.#batches = visibleBatches(chunk, isolation);
  }

  /**
   * The next records, as a ConsumeResponse (or FetchResponse: the same fields) of at most `maxBytes`, unless the first
   * record alone takes more and `always` is true; undefined after the last. Throws CORRUPT_MESSAGE or MESSAGE_TOO_LARGE for a batch that cannot be
   * read, once all before it was given.
   */
  async next(maxBytes: number, always = true): Promise<Buffer | undefined> {
    if (this.#failure !== undefined) throw this.#failure;
    if (this.#isOver) return undefined;
    const roomBytes = maxBytes - HEAD_BYTES - Buffer.byteLength(this.chunk.topic);
    this.#writer.reset();
    this.#mayExceed = always;
    try {
      while (await this.#openNext()) {
        if (!this.#takeRecords(roomBytes)) return this.#message(this.#nextOffset);
      }
    } catch (error) {
      this.#failure = this.#named(toVarveError(error));
      if (this.#writer.sizeBytes === 0) throw this.#failure;
      return this.#message(this.#nextOffset);
    }
    this.#isOver = true;
    return this.#message(this.chunk.nextOffset);
  }

  /** The reader makes this wait: what is large goes, and is made again. */
  letGo(): void {
    this.#writer = new ConsumedRecordWriter(WRITER_BYTES);
    const open = this.#open;
    const { bytes, recordStart, index } = this.#cursor;
    if (open === undefined || !this.#isReady || bytes === open.bytes || bytes.length <= MAX_KEPT_BYTES) return;
    open.resume = { index, start: recordStart };
    this.#cursor.bytes = Buffer.alloc(0);
    this.#isReady = false;
    this.#isOnRecord = false;
  }

  /** At least one record was given. */
  get hasGiven(): boolean {
    return this.#hasGiven;
  }

  /** Where to go on behind what was given. */
  get nextOffset(): Offset {
    return this.#nextOffset;
  }

  /** The open batch's cursor stands where reading goes on; false behind the last batch. */
  async #openNext(): Promise<boolean> {
    if (this.#open === undefined) {
      const next = this.#batches.next();
      if (next.done === true) return false;
      const [bytes, position] = next.value;
      this.#open = { bytes, position, leaderEpoch: batchLeaderEpoch(bytes, position), resume: undefined };
      this.#nextOffset = Math.max(this.#nextOffset, batchBaseOffset(bytes, position));
      this.#isReady = false;
    }
    if (this.#isReady) return true;
    const { bytes, position, resume } = this.#open;
    const codec = compressionCodec(batchAttributes(bytes, position));
    if (codec === CompressionCodec.none) this.#cursor.open(bytes, position);
    else {
      const data = bytes.subarray(position + RECORDS_AT, position + batchSizeBytes(bytes, position));
      const inflated = await this.#workers.run('decompress', { codec, data, maxBytes: MAX_INFLATED_BYTES });
      this.#cursor.openInflated(bytes, position, Buffer.from(inflated.buffer, inflated.byteOffset, inflated.length));
    }
    if (resume !== undefined) this.#cursor.moveTo(resume.index, resume.start);
    this.#isReady = true;
    return true;
  }

  /** Writes the rest of the open batch; false: no more fits, and the cursor is on the record that did not. */
  #takeRecords(roomBytes: number): boolean {
    const open = this.#open;
    const cursor = this.#cursor;
    if (open === undefined) return true;
    while (this.#isOnRecord || cursor.next()) {
      this.#isOnRecord = cursor.offset >= this.fromOffset;
      if (!this.#isOnRecord) continue;
      if (cursor.headerCount > MAX_HEADERS) {
        const has = `The record at offset ${cursor.offset} has ${cursor.headerCount} headers`;
        throw new VarveError('MESSAGE_TOO_LARGE', `${has}, more than ${MAX_HEADERS}.`);
      }
      if (!this.#writer.append(cursor, open.leaderEpoch, this.#mayExceed ? Infinity : roomBytes)) return false;
      this.#mayExceed = false;
      this.#hasGiven = true;
      this.#nextOffset = cursor.offset + 1;
      this.#isOnRecord = false;
    }
    this.#open = undefined;
    cursor.bytes = Buffer.alloc(0);
    return true;
  }

  #message(nextOffset: Offset): Buffer {
    return encodePart(this.chunk, nextOffset, this.#writer.bytes);
  }

  /** The error with the batch's place, so that a reader can step over it. */
  #named(error: VarveError): VarveError {
    const open = this.#open;
    if (open === undefined || error.code === 'THROTTLING_QUOTA_EXCEEDED') return error;
    const { topic, partition } = this.chunk;
    const first = batchBaseOffset(open.bytes, open.position);
    const after = batchLastOffset(open.bytes, open.position) + 1;
    return new VarveError(
      error.code,
      `The batch at offset ${first} of ${topic}-${partition} cannot be given as records: ${error.message} Read it as record batches, or go on at offset ${after}.`,
      { cause: error },
    );
  }
}

function* visibleBatches(
  chunk: PartitionChunk,
  isolation: Isolation,
): Generator<readonly [Buffer, number], undefined, undefined> {
  const filter = new AbortedBatchFilter(isolation === 'readCommitted' ? chunk.abortedTransactions : []);
  for (const batches of chunk.batches) {
    for (const position of batchPositions(batches)) if (filter.isVisible(batches, position)) yield [batches, position];
  }
  return undefined;
}

/** A ConsumeResponse (or FetchResponse) of a chunk that gives no records, for want of room or of records. */
export function encodeWithoutRecords(chunk: PartitionChunk): Buffer {
  return encodePart(chunk, chunk.nextOffset, Buffer.alloc(0));
}

function encodePart(chunk: PartitionChunk, nextOffset: Offset, records: Buffer): Buffer {
  const fields = { ...chunkFields(chunk), aborted_transactions: [], next_offset: nextOffset };
  const head = PartitionRecords.encode(fields).finish();
  const inner = head.length + records.length;
  const message = Buffer.allocUnsafeSlow(1 + varintBytes(inner) + inner);
  message[0] = PARTITIONS_TAG;
  const at = writeVarint(message, 1, inner);
  message.set(head, at);
  message.set(records, at + head.length);
  return message;
}
