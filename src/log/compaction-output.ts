import { defined } from '../common/assert.js';
import type { LeaderEpoch, Offset } from '../common/ids.js';
import { NO_EPOCH } from '../common/ids.js';
import { BatchBuilder, buildEmptyBatch, replaceRecords } from '../record/batch-builder.js';
import type { BatchOptions } from '../record/batch-builder.js';
import {
  batchAttributes,
  batchBaseOffset,
  batchBaseSequence,
  batchLastOffset,
  batchLeaderEpoch,
  batchMaxTimestamp,
  batchNextOffset,
  batchProducerEpoch,
  batchProducerId,
  batchRecordCount,
  batchSizeBytes,
  CompressionCodec,
  compressionCodec,
  isControl,
  isTransactional,
  NO_PRODUCER_ID,
  NO_TIMESTAMP,
  RECORDS_AT,
  timestampType,
} from '../record/batch-header.js';
import { batchDeleteHorizonMs, RecordCursor } from '../record/record-cursor.js';
import { writeCleaned } from './cleaned-segment.js';
import type { CleanedTransactions } from './cleaned-transactions.js';
import type { Pacer } from './compaction.js';
import { readBatches } from './compaction-input.js';
import type { LogState } from './log-state.js';
import type { OffsetMap } from './offset-map.js';
import { openBatch } from './open-batch.js';
import type { Segment } from './segment.js';

/** What a record may grow by as it is written anew: where the batch gets a horizon, its timestamp is counted from that. */
const MOST_GROWTH_BYTES = 12;

/** What is written anew of a batch. */
interface KeptRecords {
  readonly stays: (record: RecordCursor) => boolean;
  readonly horizonMs: number | undefined;
  /** They take no more. */
  readonly sizeBytes: number;
}

export interface CleanerOptions {
  readonly state: LogState;
  readonly map: OffsetMap;
  readonly transactions: CleanedTransactions;
  /** All keys below it are in the map. */
  readonly cleanedOffset: Offset;
  readonly nowMs: number;
  readonly pacer: Pacer;
}

/**
 * Writes what stays of a group of segments into one new one, in files beside them (`*.cleaned`). The groups come in the order
 * of the log, from its first on.
 */
export class SegmentCleaner {
  readonly #options: CleanerOptions;
  readonly #cursor = new RecordCursor();
  readonly #builder = new BatchBuilder();
  /** Of the batch before. */
  #epoch: LeaderEpoch = NO_EPOCH;

  constructor(options: CleanerOptions) {
    this.#options = options;
  }

  /** The new segment, ready to be swapped in, as of `writeCleaned`. */
  async clean(group: readonly Segment[]): Promise<Segment> {
    const { state, transactions, pacer } = this.#options;
    const { baseOffset, folder } = defined(group[0], 'a group has a segment');
    const place = { baseOffset, folder, createdMs: group.at(-1)?.createdMs ?? 0 };
    return writeCleaned(state, place, async (cleaned) => {
      transactions.index = cleaned.segment.transactions;
      for (const segment of group) {
        for await (const { buffer, at } of readBatches(state, segment, segment.baseOffset)) {
          const kept = await this.#keep(buffer, at);
          if (kept !== undefined) await cleaned.add(kept);
          if (pacer.isDue) await pacer.pause();
        }
      }
    });
  }

  /** What stays of a batch, owned by the caller; undefined for nothing (Kafka's Cleaner.cleanInto and filterTo). */
  async #keep(buffer: Buffer, at: number): Promise<Buffer | undefined> {
    const { transactions, nowMs, cleanedOffset } = this.#options;
    const control = isControl(batchAttributes(buffer, at));
    const canDiscard = control ? transactions.onMarker(buffer, at) : transactions.onBatch(buffer, at);
    const horizonMs = batchDeleteHorizonMs(buffer, at);
    const discard = control ? canDiscard && horizonMs !== undefined && horizonMs <= nowMs : canDiscard;
    const beginsEpoch = batchLeaderEpoch(buffer, at) !== this.#epoch;
    this.#epoch = batchLeaderEpoch(buffer, at);
    const isEnd = batchNextOffset(buffer, at) === cleanedOffset;
    const keepsHeader = isEnd || this.#tellsOfProducer(buffer, at, control);
    const ofNothing = (): Buffer | undefined => {
      if (keepsHeader) return emptied(buffer, at);
      return beginsEpoch ? epochStart(buffer, at) : undefined;
    };
    if (discard) return ofNothing();
    if (control && batchRecordCount(buffer, at) > 0) {
      if (!canDiscard || horizonMs !== undefined) return copyOf(buffer, at);
      const markerEndsMs = nowMs + this.#options.state.config.deleteRetentionMs;
      const sizeBytes = batchSizeBytes(buffer, at) + batchRecordCount(buffer, at) * MOST_GROWTH_BYTES;
      return this.#rebuild(buffer, at, { stays: () => true, horizonMs: markerEndsMs, sizeBytes });
    }
    return (await this.#keepRecords(buffer, at, horizonMs)) ?? ofNothing();
  }

  async #keepRecords(buffer: Buffer, at: number, horizonMs: number | undefined): Promise<Buffer | undefined> {
    const { state, nowMs, pacer } = this.#options;
    const cursor = this.#cursor;
    await openBatch(state, cursor, buffer, at);
    let kept = 0;
    let keptBytes = 0;
    let tombstones = 0;
    while (cursor.next()) {
      if (pacer.isDueAfter(cursor.sizeBytes)) await pacer.pause();
      if (!this.#stays(cursor, horizonMs)) continue;
      kept++;
      keptBytes += cursor.sizeBytes;
      if (cursor.valueStart < 0) tombstones++;
    }
    if (kept === 0) return undefined;
    // What the tombstones behind what is clean delete is there still: their time begins when it goes.
    const isClean = batchNextOffset(buffer, at) <= this.#options.cleanedOffset;
    const setsHorizon = tombstones > 0 && horizonMs === undefined && isClean;
    if (kept === batchRecordCount(buffer, at) && !setsHorizon) return copyOf(buffer, at);
    const horizon = setsHorizon ? nowMs + state.config.deleteRetentionMs : horizonMs;
    const stays = (record: RecordCursor): boolean => this.#stays(record, horizonMs);
    return this.#rebuild(buffer, at, { stays, horizonMs: horizon, sizeBytes: keptBytes + kept * MOST_GROWTH_BYTES });
  }

  /** The record is its key's last, and no tombstone whose time has come. */
  #stays(record: RecordCursor, horizonMs: number | undefined): boolean {
    const { map, cleanedOffset, nowMs } = this.#options;
    if (record.offset >= cleanedOffset) return true;
    if (record.keyStart < 0) return false;
    if (record.offset < map.get(record.bytes, record.keyStart, record.keyEnd)) return false;
    return record.valueStart >= 0 || horizonMs === undefined || nowMs < horizonMs;
  }

  /**
   * The batch with the records that stay, at their offsets, with its codec. A compressed one may inflate to a hundred times
   * what the others are: nothing takes all of its bytes at once but the worker.
   */
  async #rebuild(buffer: Buffer, at: number, kept: KeptRecords): Promise<Buffer> {
    const { state, pacer } = this.#options;
    const { stays, horizonMs, sizeBytes } = kept;
    const cursor = this.#cursor;
    const builder = this.#builder;
    await openBatch(state, cursor, buffer, at);
    const options = { ...optionsOf(buffer, at), ...(horizonMs === undefined ? {} : { deleteHorizonMs: horizonMs }) };
    builder.reset(options, RECORDS_AT + sizeBytes);
    while (cursor.next()) {
      if (pacer.isDueAfter(cursor.sizeBytes)) await pacer.pause();
      if (!stays(cursor)) continue;
      builder.appendEncoded(cursor.offsetDelta, cursor.timestamp, cursor.bytes, cursor.contentStart, cursor.recordEnd);
    }
    if (pacer.isDue) await pacer.pause();
    const codec = compressionCodec(batchAttributes(buffer, at));
    if (codec === CompressionCodec.none) return builder.detach(batchLastOffset(buffer, at));
    const plain = builder.detachUnsealed(batchLastOffset(buffer, at));
    const header = Buffer.from(plain.subarray(0, RECORDS_AT));
    const input = { codec, data: plain.subarray(RECORDS_AT), givesData: true };
    const compressed = await state.services.platform.workers.run('compress', input);
    return replaceRecords(header, 0, codec as CompressionCodec, compressed);
  }

  /**
   * Its producer's next batch, or a retry, is checked against this one, so its header must not be lost. That goes for all that
   * the producer state remembers, not for each producer's last batch alone (as in Kafka's Cleaner): it may be sending several
   * again, and a replica that copies the compacted log, or recovers it, must know each of them as a duplicate. What is
   * unanswered is among them, as no more batches than are remembered are in flight: one that newer ones push out while the
   * compaction runs has been answered. A marker tells of a producer of which no batch is remembered: its epoch.
   */
  #tellsOfProducer(buffer: Buffer, at: number, control: boolean): boolean {
    const producerId = batchProducerId(buffer, at);
    if (producerId === NO_PRODUCER_ID) return false;
    const entry = this.#options.state.producers.producers.get(producerId);
    if (entry === undefined) return false;
    if (!control) return entry.remembers(batchLastOffset(buffer, at));
    return entry.batchCount === 0 && entry.epoch === batchProducerEpoch(buffer, at);
  }
}

function copyOf(buffer: Buffer, at: number): Buffer {
  return Buffer.from(buffer.subarray(at, at + batchSizeBytes(buffer, at)));
}

function emptied(buffer: Buffer, at: number): Buffer {
  return buildEmptyBatch(optionsOf(buffer, at), batchLastOffset(buffer, at), batchMaxTimestamp(buffer, at));
}

/**
 * What stays of the first batch of a leader epoch, where nothing else has to: who copies the log, or recovers it, learns by it
 * where the epoch begins, and followers are cut there (KIP-101).
 */
function epochStart(buffer: Buffer, at: number): Buffer {
  const options = { baseOffset: batchBaseOffset(buffer, at), leaderEpoch: batchLeaderEpoch(buffer, at) };
  return buildEmptyBatch(options, batchLastOffset(buffer, at), NO_TIMESTAMP);
}

/** What the batch says of itself, for one that takes its place; uncompressed. */
function optionsOf(buffer: Buffer, at: number): BatchOptions {
  const attributes = batchAttributes(buffer, at);
  return {
    baseOffset: batchBaseOffset(buffer, at),
    leaderEpoch: batchLeaderEpoch(buffer, at),
    producerId: batchProducerId(buffer, at),
    producerEpoch: batchProducerEpoch(buffer, at),
    baseSequence: batchBaseSequence(buffer, at),
    isTransactional: isTransactional(attributes),
    isControl: isControl(attributes),
    ...(timestampType(attributes) === 'LogAppendTime' ? { appendTimestamp: batchMaxTimestamp(buffer, at) } : {}),
  };
}
