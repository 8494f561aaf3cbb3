import type { FileSystem } from '../../platform/file-system.js';
import {
  batchAttributes,
  batchBaseOffset,
  batchBaseSequence,
  batchBaseTimestamp,
  batchCrc,
  batchLastOffset,
  batchLastSequence,
  batchLeaderEpoch,
  batchMagic,
  batchMaxTimestamp,
  batchProducerEpoch,
  batchProducerId,
  batchRecordCount,
  batchSizeBytes,
  checkCrc,
  compressionCodec,
  compressionName,
  hasDeleteHorizon,
  isControl,
  isTransactional,
  timestampType,
} from '../../record/batch-header.js';
import { walkBatches } from './batch-walk.js';
import type { Printer } from './printer.js';
import { dumpRecords } from './record-dump.js';

/** Prints and checks the batches of one `.log` file, and with `records` prints each record. */
export async function dumpSegment(
  fileSystem: FileSystem,
  path: string,
  baseOffset: number,
  options: { readonly records: boolean },
  printer: Printer,
): Promise<void> {
  await printer.note(`Log starting offset: ${baseOffset}`);
  await dumpBatches(fileSystem, path, baseOffset, options, printer);
}

/** The same of any file of batches whose offsets begin at `baseOffset`. */
export async function dumpBatches(
  fileSystem: FileSystem,
  path: string,
  baseOffset: number,
  options: { readonly records: boolean },
  printer: Printer,
): Promise<void> {
  let nextOffset = baseOffset;
  const end = await walkBatches(fileSystem, path, async (buffer, at, position) => {
    const valid = checkCrc(buffer, at);
    await printBatch(buffer, at, position, valid, printer);
    const first = batchBaseOffset(buffer, at);
    if (!valid) await printer.problem(`the batch at position ${position} fails its CRC.`);
    if (first < nextOffset) {
      await printer.problem(`the batch at position ${position} starts at offset ${first}, below ${nextOffset}.`);
    }
    if (batchLastOffset(buffer, at) < first) {
      await printer.problem(`the batch at position ${position} ends below its own base offset ${first}.`);
    }
    nextOffset = Math.max(nextOffset, batchLastOffset(buffer, at) + 1);
    if (valid) await dumpRecords(buffer, at, position, options.records, printer);
  });
  if (end.kind === 'zeros') {
    await printer.note(`${end.sizeBytes} bytes from position ${end.position} are zero: allocated ahead.`);
  } else if (end.kind === 'torn') {
    await printer.problem(`the last ${end.sizeBytes} bytes, from position ${end.position}, are a batch cut short.`);
  } else if (end.kind === 'invalid') {
    await printer.problem(`${end.sizeBytes} bytes from position ${end.position} are no batch: ${end.reason}.`);
  }
}

async function printBatch(buffer: Buffer, at: number, position: number, valid: boolean, out: Printer): Promise<void> {
  const attributes = batchAttributes(buffer, at);
  const horizonMs = hasDeleteHorizon(attributes) ? batchBaseTimestamp(buffer, at) : undefined;
  const codec = compressionName(compressionCodec(attributes)) ?? `unknown(${compressionCodec(attributes)})`;
  const fields = {
    baseOffset: batchBaseOffset(buffer, at),
    lastOffset: batchLastOffset(buffer, at),
    count: batchRecordCount(buffer, at),
    baseSequence: batchBaseSequence(buffer, at),
    lastSequence: batchLastSequence(buffer, at),
    producerId: batchProducerId(buffer, at),
    producerEpoch: batchProducerEpoch(buffer, at),
    partitionLeaderEpoch: batchLeaderEpoch(buffer, at),
    isTransactional: isTransactional(attributes),
    isControl: isControl(attributes),
    deleteHorizonMs: horizonMs,
    position,
    timestampType: timestampType(attributes),
    maxTimestamp: batchMaxTimestamp(buffer, at),
    size: batchSizeBytes(buffer, at),
    magic: batchMagic(buffer, at),
    compresscodec: codec,
    crc: batchCrc(buffer, at),
    isvalid: valid,
  };
  await out.item('batch', () => batchLine(fields), () => fields); // prettier-ignore
}

/** Kafka's line, word for word, so that scripts made for DumpLogSegments go on working. */
function batchLine(batch: {
  readonly baseOffset: number;
  readonly lastOffset: number;
  readonly count: number;
  readonly baseSequence: number;
  readonly lastSequence: number;
  readonly producerId: number;
  readonly producerEpoch: number;
  readonly partitionLeaderEpoch: number;
  readonly isTransactional: boolean;
  readonly isControl: boolean;
  readonly deleteHorizonMs: number | undefined;
  readonly position: number;
  readonly timestampType: string;
  readonly maxTimestamp: number;
  readonly size: number;
  readonly magic: number;
  readonly compresscodec: string;
  readonly crc: number;
  readonly isvalid: boolean;
}): string {
  const horizon = batch.deleteHorizonMs === undefined ? 'OptionalLong.empty' : `OptionalLong[${batch.deleteHorizonMs}]`;
  return (
    `baseOffset: ${batch.baseOffset} lastOffset: ${batch.lastOffset} count: ${batch.count}` +
    ` baseSequence: ${batch.baseSequence} lastSequence: ${batch.lastSequence}` +
    ` producerId: ${batch.producerId} producerEpoch: ${batch.producerEpoch}` +
    ` partitionLeaderEpoch: ${batch.partitionLeaderEpoch} isTransactional: ${batch.isTransactional}` +
    ` isControl: ${batch.isControl} deleteHorizonMs: ${horizon} position: ${batch.position}` +
    ` ${batch.timestampType}: ${batch.maxTimestamp} size: ${batch.size} magic: ${batch.magic}` +
    ` compresscodec: ${batch.compresscodec} crc: ${batch.crc} isvalid: ${batch.isvalid}`
  );
}
