import type { FileSystem } from '../../platform/file-system.js';
import { isSafeInt64, readInt64 } from '../../record/batch-header.js';
import { crc32c } from '../../record/crc32c.js';
import type { Printer } from './printer.js';

const SNAPSHOT_HEAD_BYTES = 10;
const SNAPSHOT_ENTRY_BYTES = 46;

/** Prints a `.snapshot` of producer states and checks its CRC. */
export async function dumpProducerSnapshot(fileSystem: FileSystem, path: string, printer: Printer): Promise<void> {
  const content = await fileSystem.readFile(path);
  if (content.length < SNAPSHOT_HEAD_BYTES || content.readInt16BE(0) !== 1) {
    await printer.problem(
      content.length < SNAPSHOT_HEAD_BYTES
        ? `${content.length} bytes are too few for a snapshot.`
        : `version ${content.readInt16BE(0)} is not known, only 1 is.`,
    );
    return;
  }
  const count = content.readInt32BE(6);
  if (content.readUInt32BE(2) !== crc32c(content, 6)) await printer.problem('the snapshot fails its CRC.');
  if (content.length !== SNAPSHOT_HEAD_BYTES + count * SNAPSHOT_ENTRY_BYTES) {
    await printer.problem(`${count} producers do not take ${content.length} bytes.`);
  }
  for (let at = SNAPSHOT_HEAD_BYTES; at + SNAPSHOT_ENTRY_BYTES <= content.length; at += SNAPSHOT_ENTRY_BYTES) {
    if ([0, 14, 26, 38].some((field) => !isSafeInt64(content, at + field))) {
      await printer.problem(`the producer at position ${at} has a number beyond 2^53.`);
    } else {
      await printProducer(content, at, printer);
    }
  }
}

/** A producer without a batch yet has an epoch alone: its line is shorter, as in Kafka. */
async function printProducer(content: Buffer, at: number, printer: Printer): Promise<void> {
  const lastSequence = content.readInt32BE(at + 10);
  const lastOffset = readInt64(content, at + 14);
  const offsetDelta = content.readInt32BE(at + 22);
  const firstOffset = readInt64(content, at + 38);
  const producer = {
    producerId: readInt64(content, at),
    producerEpoch: content.readInt16BE(at + 8),
    coordinatorEpoch: content.readInt32BE(at + 34),
    currentTxnFirstOffset: firstOffset < 0 ? undefined : firstOffset,
    lastTimestamp: readInt64(content, at + 26),
    ...(lastOffset < 0
      ? {}
      : { firstSequence: sequenceBefore(lastSequence, offsetDelta), lastSequence, lastOffset, offsetDelta }),
  };
  const open = producer.currentTxnFirstOffset;
  const batch =
    lastOffset < 0
      ? ''
      : ` firstSequence: ${producer.firstSequence} lastSequence: ${lastSequence} lastOffset: ${lastOffset}` +
        ` offsetDelta: ${offsetDelta} timestamp: ${producer.lastTimestamp}`;
  await printer.item(
    'producer',
    () =>
      `producerId: ${producer.producerId} producerEpoch: ${producer.producerEpoch}` +
      ` coordinatorEpoch: ${producer.coordinatorEpoch}` +
      ` currentTxnFirstOffset: ${open === undefined ? 'OptionalLong.empty' : `OptionalLong[${open}]`}` +
      ` lastTimestamp: ${producer.lastTimestamp}${batch}`,
    () => producer,
  );
}

/** Sequences go from 2^31-1 to 0. */
function sequenceBefore(lastSequence: number, delta: number): number {
  const first = lastSequence - delta;
  return first >= 0 ? first : first + 2 ** 31;
}

/** Prints a checkpoint: a version line, a count, and so many lines of `columns` words. */
export async function dumpCheckpoint(
  fileSystem: FileSystem,
  path: string,
  columns: readonly string[],
  printer: Printer,
): Promise<void> {
  const text = (await fileSystem.readFile(path)).toString('utf8');
  if (text === '') {
    await printer.note(`${path} is empty: a crash may leave it so.`);
    return;
  }
  const [version, count, ...lines] = text.trimEnd().split('\n');
  if (version !== '0') await printer.problem(`version '${version}' is not known, only 0 is.`);
  if (Number(count) !== lines.length) await printer.problem(`${lines.length} lines, where ${count} are announced.`);
  for (const line of lines) {
    const words = line.split(' ');
    if (words.length !== columns.length) await printer.problem(`'${line}' does not have ${columns.length} words.`);
    const fields = columns.map((column, index) => [column, words[index] ?? ''] as const);
    const value = (text: string): string | number => (/^-?\d+$/.test(text) ? Number(text) : text);
    await printer.item(
      'checkpointEntry',
      () => fields.map(([column, word]) => `${column}: ${word}`).join(' '),
      () => Object.fromEntries(fields.map(([column, word]) => [column, value(word)])),
    );
  }
}

/** Prints `partition.metadata` and `meta.properties`. */
export async function dumpProperties(fileSystem: FileSystem, path: string, printer: Printer): Promise<void> {
  const text = (await fileSystem.readFile(path)).toString('utf8');
  for (const line of text.split('\n')) {
    const match = /^([^#:=\s]+)\s*[:=]\s*(.*)$/.exec(line);
    if (match === null) continue;
    const [, key = '', value = ''] = match;
    await printer.item('property', () => `${key}: ${value}`, () => ({ key, value })); // prettier-ignore
  }
}
