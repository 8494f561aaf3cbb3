import type { Offset, Uuid } from '../common/ids.js';
import { topicPartitionKey } from '../common/ids.js';
import type { EpochStart } from './leader-epoch-cache.js';

/**
 * Kafka's checkpoint files: a line `0` (the version), a line with the count, then one line an entry. A file that is
 * empty, as a crash may leave Kafka's, or damaged has no entries: each of these only saves work or is rebuilt.
 */
const VERSION = '0';

export interface CheckpointEntry {
  readonly topic: string;
  readonly partition: number;
  readonly offset: Offset;
}

export function formatOffsetCheckpoint(entries: readonly CheckpointEntry[]): Buffer {
  const lines = entries.map((entry) => `${entry.topic} ${entry.partition} ${entry.offset}\n`);
  return Buffer.from(`${VERSION}\n${entries.length}\n${lines.join('')}`);
}

/** Entries by `<topic>-<partition>`; undefined when the content is not a whole checkpoint. */
export function parseOffsetCheckpoint(content: Buffer): Map<string, CheckpointEntry> | undefined {
  const lines = checkedLines(content);
  if (lines === undefined) return undefined;
  const offsets = new Map<string, CheckpointEntry>();
  for (const line of lines) {
    const [topic, partition, offset, ...more] = line.split(' ');
    if (topic === undefined || more.length > 0 || !isCount(partition) || !isCount(offset)) return undefined;
    const entry = { topic, partition: Number(partition), offset: Number(offset) };
    offsets.set(topicPartitionKey(topic, entry.partition), entry);
  }
  return offsets;
}

export function formatEpochCheckpoint(entries: readonly EpochStart[]): Buffer {
  const lines = entries.map((entry) => `${entry.epoch} ${entry.startOffset}\n`);
  return Buffer.from(`${VERSION}\n${entries.length}\n${lines.join('')}`);
}

/** Undefined when the content is not a whole checkpoint, or epochs or offsets do not grow. */
export function parseEpochCheckpoint(content: Buffer): EpochStart[] | undefined {
  const lines = checkedLines(content);
  if (lines === undefined) return undefined;
  const entries: EpochStart[] = [];
  for (const line of lines) {
    const [epoch, startOffset, ...more] = line.split(' ');
    if (more.length > 0 || !isCount(epoch) || !isCount(startOffset)) return undefined;
    const entry = { epoch: Number(epoch), startOffset: Number(startOffset) };
    const last = entries.at(-1);
    if (last !== undefined && (entry.epoch <= last.epoch || entry.startOffset < last.startOffset)) return undefined;
    entries.push(entry);
  }
  return entries;
}

/** Kafka's `partition.metadata`, without a newline at its end. */
export function formatPartitionMetadata(topicId: Uuid): Buffer {
  return Buffer.from(`version: 0\ntopic_id: ${topicId}`);
}

/** The topic id; undefined when there is none to be read. */
export function parsePartitionMetadata(content: Buffer): Uuid | undefined {
  return /^version: 0\ntopic_id: ([A-Za-z0-9_-]{22})\n?$/.exec(content.toString('latin1'))?.[1];
}

/** What the file of `DAMAGE_MARK` holds. */
export function formatDamageMark(fromOffset: Offset): Buffer {
  return Buffer.from(`${VERSION}\n${fromOffset}\n`);
}

/** Undefined when there is no offset to be read. */
export function parseDamageMark(content: Buffer): Offset | undefined {
  const [version, offset, end, ...more] = content.toString('utf8').split('\n');
  if (version !== VERSION || !isCount(offset) || end !== '' || more.length > 0) return undefined;
  return Number(offset);
}

/** The lines after the head, if there are as many as it says. */
function checkedLines(content: Buffer): string[] | undefined {
  const [version, count, ...lines] = content.toString('utf8').split('\n');
  if (version !== VERSION || !isCount(count) || lines.pop() !== '' || lines.length !== Number(count)) return undefined;
  return lines;
}

function isCount(text: string | undefined): text is string {
  return text !== undefined && /^[0-9]{1,16}$/.test(text) && Number.isSafeInteger(Number(text));
}
