import type { FileSystem } from '../../platform/file-system.js';
import {
  batchBaseOffset,
  batchLastOffset,
  batchMaxTimestamp,
  batchRecordCount,
  isSafeInt64,
  readInt64,
} from '../../record/batch-header.js';
import { walkBatches } from './batch-walk.js';
import type { Printer } from './printer.js';

const OFFSET_ENTRY_BYTES = 8;
const TIME_ENTRY_BYTES = 12;
const TRANSACTION_ENTRY_BYTES = 34;

/** Whether the rest of an index is zeros: an active segment's index is allocated ahead. */
function isZeroFrom(content: Buffer, at: number): boolean {
  return content.subarray(at).every((byte) => byte === 0);
}

/** Prints an `.index` file and checks each entry against the batches of the segment beside it. */
export async function dumpOffsetIndex(
  fileSystem: FileSystem,
  path: string,
  baseOffset: number,
  printer: Printer,
): Promise<void> {
  const content = await fileSystem.readFile(path);
  if (content.length % OFFSET_ENTRY_BYTES !== 0) {
    await printer.problem(`${content.length} bytes are no whole number of ${OFFSET_ENTRY_BYTES}-byte entries.`);
  }
  const entries = new Map<number, number>();
  let last = { offset: -1, position: -1 };
  for (let at = 0; at + OFFSET_ENTRY_BYTES <= content.length; at += OFFSET_ENTRY_BYTES) {
    const entry = { offset: baseOffset + content.readInt32BE(at), position: content.readInt32BE(at + 4) };
    if (content.readInt32BE(at) === 0 && entry.position === 0 && isZeroFrom(content, at)) break;
    await printer.item('offsetIndexEntry', () => `offset: ${entry.offset} position: ${entry.position}`, () => entry); // prettier-ignore
    if (entry.offset <= last.offset || entry.position <= last.position) {
      await printer.problem(`the entry for offset ${entry.offset} is not beyond the one before it.`);
    }
    last = entry;
    entries.set(entry.position, entry.offset);
  }
  if (entries.size === 0) await printer.note(`${path} is empty.`);
  await compareOffsets(fileSystem, path, entries, printer);
}

async function compareOffsets(
  fileSystem: FileSystem,
  path: string,
  entries: Map<number, number>,
  printer: Printer,
): Promise<void> {
  const segment = segmentBeside(path);
  if (entries.size === 0 || (await fileSystem.stat(segment)) === undefined) return;
  await walkBatches(fileSystem, segment, async (buffer, at, position) => {
    const offset = entries.get(position);
    if (offset === undefined) return;
    entries.delete(position);
    if (offset === batchLastOffset(buffer, at)) return;
    await printer.problem(
      `offset ${offset} points at position ${position}, where a batch ends at ${batchLastOffset(buffer, at)}.`,
    );
  });
  for (const [position, offset] of entries) {
    await printer.problem(`offset ${offset} points at position ${position}, where no batch starts.`);
  }
}

interface TimeEntry {
  readonly timestamp: number;
  readonly offset: number;
}

/** Prints a `.timeindex` file and checks that no batch up to an entry has a later timestamp than the entry. */
export async function dumpTimeIndex(
  fileSystem: FileSystem,
  path: string,
  baseOffset: number,
  printer: Printer,
): Promise<void> {
  const content = await fileSystem.readFile(path);
  if (content.length % TIME_ENTRY_BYTES !== 0) {
    await printer.problem(`${content.length} bytes are no whole number of ${TIME_ENTRY_BYTES}-byte entries.`);
  }
  const entries: TimeEntry[] = [];
  for (let at = 0; at + TIME_ENTRY_BYTES <= content.length; at += TIME_ENTRY_BYTES) {
    if (isZero(content, at, TIME_ENTRY_BYTES) && isZeroFrom(content, at)) break;
    if (!isSafeInt64(content, at)) {
      await printer.problem(`the entry at position ${at} has a timestamp beyond 2^53.`);
      continue;
    }
    const entry = { timestamp: readInt64(content, at), offset: baseOffset + content.readInt32BE(at + 8) };
    await printer.item('timeIndexEntry', () => `timestamp: ${entry.timestamp} offset: ${entry.offset}`, () => ({ ...entry })); // prettier-ignore
    const last = entries.at(-1);
    if (last !== undefined && (entry.timestamp <= last.timestamp || entry.offset < last.offset)) {
      await printer.problem(`the entry for timestamp ${entry.timestamp} is not beyond the one before it.`);
    }
    entries.push(entry);
  }
  if (entries.length === 0) await printer.note(`${path} is empty.`);
  await compareTimestamps(fileSystem, path, entries, printer);
}

function isZero(content: Buffer, at: number, length: number): boolean {
  return content.subarray(at, at + length).every((byte) => byte === 0);
}

async function compareTimestamps(
  fileSystem: FileSystem,
  path: string,
  entries: readonly TimeEntry[],
  printer: Printer,
): Promise<void> {
  const segment = segmentBeside(path);
  if (entries.length === 0 || (await fileSystem.stat(segment)) === undefined) return;
  let next = 0;
  await walkBatches(fileSystem, segment, async (buffer, at) => {
    // Compaction may have taken an entry's batch, or emptied it: entries that end before this batch are then done.
    for (;;) {
      const passed = entries[next];
      if (passed === undefined || passed.offset >= batchBaseOffset(buffer, at)) break;
      next += 1;
    }
    const entry = entries[next];
    if (entry === undefined || batchRecordCount(buffer, at) === 0) return;
    const latest = batchMaxTimestamp(buffer, at);
    if (latest > entry.timestamp) {
      await printer.problem(
        `offset ${entry.offset} is indexed as ${entry.timestamp}, but the batch that ends at offset ` +
          `${batchLastOffset(buffer, at)} has the later timestamp ${latest}.`,
      );
    }
  });
}

/** Prints a `.txnindex` file: the aborted transactions whose marker is in the segment. */
export async function dumpTransactionIndex(fileSystem: FileSystem, path: string, printer: Printer): Promise<void> {
  const content = await fileSystem.readFile(path);
  if (content.length % TRANSACTION_ENTRY_BYTES !== 0) {
    await printer.problem(`${content.length} bytes are no whole number of ${TRANSACTION_ENTRY_BYTES}-byte entries.`);
  }
  let lastMarker = -1;
  for (let at = 0; at + TRANSACTION_ENTRY_BYTES <= content.length; at += TRANSACTION_ENTRY_BYTES) {
    if ([2, 10, 18, 26].some((field) => !isSafeInt64(content, at + field))) {
      await printer.problem(`the entry at position ${at} has a number beyond 2^53.`);
      continue;
    }
    const entry = {
      version: content.readInt16BE(at),
      producerId: readInt64(content, at + 2),
      firstOffset: readInt64(content, at + 10),
      lastOffset: readInt64(content, at + 18),
      lastStableOffset: readInt64(content, at + 26),
    };
    await printer.item(
      'transactionIndexEntry',
      () =>
        `version: ${entry.version} producerId: ${entry.producerId} firstOffset: ${entry.firstOffset}` +
        ` lastOffset: ${entry.lastOffset} lastStableOffset: ${entry.lastStableOffset}`,
      () => entry,
    );
    if (entry.version !== 0)
      await printer.problem(`the entry at position ${at} has the unknown version ${entry.version}.`);
    if (entry.firstOffset > entry.lastOffset || entry.lastOffset <= lastMarker) {
      await printer.problem(`the transaction that ends at offset ${entry.lastOffset} is out of order.`);
    }
    lastMarker = entry.lastOffset;
  }
}

function segmentBeside(path: string): string {
  return `${path.slice(0, path.lastIndexOf('.'))}.log`;
}
