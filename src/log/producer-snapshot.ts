import type { Offset } from '../common/ids.js';
import { isSafeInt64, readInt64, writeInt64 } from '../record/batch-header.js';
import { crc32c } from '../record/crc32c.js';
import { ProducerEntry } from './producer-entry.js';

/**
 * Kafka's `.snapshot`: version, CRC-32C of all that follows it, a count, then 46 bytes a producer with its last batch
 * alone. What Kafka's format has no room for, the batches before the last, follows in Varve's own file beside it
 * (`.batches`): without them a producer's retry of several batches would not be known again after a restart.
 */
const VERSION = 1;
const CRC_AT = 2;
const COUNT_AT = 6;
const ENTRIES_AT = 10;
const ENTRY_BYTES = 46;

/** Entries in the order of producer ids. */
export function encodeSnapshot(producers: ReadonlyMap<number, ProducerEntry>): Buffer {
  const entries = sorted(producers);
  const buffer = Buffer.alloc(ENTRIES_AT + entries.length * ENTRY_BYTES);
  buffer.writeInt16BE(VERSION, 0);
  buffer.writeInt32BE(entries.length, COUNT_AT);
  let at = ENTRIES_AT;
  for (const entry of entries) {
    writeInt64(buffer, at, entry.producerId);
    buffer.writeInt16BE(entry.epoch, at + 8);
    buffer.writeInt32BE(entry.lastSequence, at + 10);
    writeInt64(buffer, at + 14, entry.lastOffset);
    buffer.writeInt32BE(entry.lastOffsetDelta, at + 22);
    writeInt64(buffer, at + 26, entry.lastTimestamp);
    buffer.writeInt32BE(entry.coordinatorEpoch, at + 34);
    writeInt64(buffer, at + 38, entry.transactionFirstOffset);
    at += ENTRY_BYTES;
  }
  buffer.writeUInt32BE(crc32c(buffer, COUNT_AT), CRC_AT);
  return buffer;
}

/** Undefined when the snapshot is damaged or of another version: the one before it is used then. */
export function decodeSnapshot(buffer: Buffer): ProducerEntry[] | undefined {
  if (buffer.length < ENTRIES_AT || buffer.readInt16BE(0) !== VERSION) return undefined;
  const count = buffer.readInt32BE(COUNT_AT);
  if (buffer.length !== ENTRIES_AT + count * ENTRY_BYTES) return undefined;
  if (buffer.readUInt32BE(CRC_AT) !== crc32c(buffer, COUNT_AT)) return undefined;
  const entries: ProducerEntry[] = [];
  for (let at = ENTRIES_AT; at < buffer.length; at += ENTRY_BYTES) {
    for (const field of [0, 14, 26, 38]) if (!isSafeInt64(buffer, at + field)) return undefined;
    const entry = new ProducerEntry(readInt64(buffer, at));
    const epoch = buffer.readInt16BE(at + 8);
    const lastOffset = readInt64(buffer, at + 14);
    const timestamp = readInt64(buffer, at + 26);
    entry.setEpoch(epoch);
    if (lastOffset >= 0) {
      entry.addBatch(epoch, buffer.readInt32BE(at + 10), lastOffset, buffer.readInt32BE(at + 22), timestamp);
    }
    entry.lastTimestamp = timestamp;
    entry.coordinatorEpoch = buffer.readInt32BE(at + 34);
    entry.transactionFirstOffset = readInt64(buffer, at + 38);
    entries.push(entry);
  }
  return entries;
}

/** `.batches`: version, CRC-32C, count, then 34 bytes a batch: producer, epoch, last sequence, last offset, delta, timestamp. */
const BATCH_BYTES = 34;

/** The remembered batches of producers that have more than one; undefined when there are none. */
export function encodeEarlierBatches(producers: ReadonlyMap<number, ProducerEntry>): Buffer | undefined {
  const entries = sorted(producers).filter((entry) => entry.batchCount > 1);
  if (entries.length === 0) return undefined;
  const count = entries.reduce((sum, entry) => sum + entry.batchCount, 0);
  const buffer = Buffer.alloc(ENTRIES_AT + count * BATCH_BYTES);
  buffer.writeInt16BE(VERSION, 0);
  buffer.writeInt32BE(count, COUNT_AT);
  let at = ENTRIES_AT;
  for (const entry of entries) {
    for (let index = 0; index < entry.batchCount; index++) {
      writeInt64(buffer, at, entry.producerId);
      buffer.writeInt16BE(entry.epoch, at + 8);
      buffer.writeInt32BE(entry.lastSequenceOf(index), at + 10);
      writeInt64(buffer, at + 14, entry.lastOffsetOf(index));
      buffer.writeInt32BE(entry.lastOffsetOf(index) - entry.firstOffsetOf(index), at + 22);
      writeInt64(buffer, at + 26, entry.timestampOf(index));
      at += BATCH_BYTES;
    }
  }
  buffer.writeUInt32BE(crc32c(buffer, COUNT_AT), CRC_AT);
  return buffer;
}

/** `buffer` where it is whole, else undefined. */
export function wholeEarlierBatches(buffer: Buffer): Buffer | undefined {
  if (buffer.length < ENTRIES_AT || buffer.readInt16BE(0) !== VERSION) return undefined;
  if (buffer.length !== ENTRIES_AT + buffer.readInt32BE(COUNT_AT) * BATCH_BYTES) return undefined;
  return buffer.readUInt32BE(CRC_AT) === crc32c(buffer, COUNT_AT) ? buffer : undefined;
}

/** Completes `entries` from a snapshot with the batches before each last one, of a whole file. */
export function addEarlierBatches(entries: readonly ProducerEntry[], buffer: Buffer): void {
  const producers = new Map(entries.map((entry) => [entry.producerId, entry]));
  const last = new Map<number, Offset>(entries.map((entry) => [entry.producerId, entry.lastOffset]));
  const replaced = new Set<number>();
  for (let at = ENTRIES_AT; at < buffer.length; at += BATCH_BYTES) {
    const producerId = readInt64(buffer, at);
    const entry = producers.get(producerId);
    const epoch = buffer.readInt16BE(at + 8);
    const lastOffset = readInt64(buffer, at + 14);
    if (entry === undefined || entry.epoch !== epoch || lastOffset > (last.get(producerId) ?? -1)) continue;
    if (!replaced.has(producerId)) entry.forgetBatches();
    replaced.add(producerId);
    const timestamp = entry.lastTimestamp;
    entry.addBatch(
      epoch,
      buffer.readInt32BE(at + 10),
      lastOffset,
      buffer.readInt32BE(at + 22),
      readInt64(buffer, at + 26),
    );
    entry.lastTimestamp = timestamp;
  }
}

/** Both files' contents in one, for a replica that has no batch to learn them from: length of the first, first, second. */
export function encodeProducers(producers: ReadonlyMap<number, ProducerEntry>): Buffer {
  const snapshot = encodeSnapshot(producers);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(snapshot.length);
  return Buffer.concat([length, snapshot, encodeEarlierBatches(producers) ?? Buffer.alloc(0)]);
}

/** Of what cannot be read: no producer. */
export function decodeProducers(buffer: Buffer): ProducerEntry[] {
  if (buffer.length < 4) return [];
  const end = 4 + buffer.readUInt32BE(0);
  const entries = end > buffer.length ? undefined : decodeSnapshot(buffer.subarray(4, end));
  if (entries === undefined) return [];
  const earlier = wholeEarlierBatches(buffer.subarray(end));
  if (earlier !== undefined) addEarlierBatches(entries, earlier);
  return entries;
}

function sorted(producers: ReadonlyMap<number, ProducerEntry>): ProducerEntry[] {
  return [...producers.values()].sort((a, b) => a.producerId - b.producerId);
}
