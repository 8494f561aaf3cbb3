import { VarveError } from '../../common/errors.js';
import {
  batchAttributes,
  compressionCodec,
  compressionName,
  isControl,
  timestampType,
} from '../../record/batch-header.js';
import { prepareCodec } from '../../record/compression.js';
import { markerCoordinatorEpoch, markerType } from '../../record/control-record.js';
import { RecordCursor } from '../../record/record-cursor.js';
import { bytesForJson } from '../byte-text.js';
import type { Printer } from './printer.js';

/** Checks the records of the batch at `at` of `buffer`, which has its CRC, and prints them with `print`. */
export async function dumpRecords(
  buffer: Buffer,
  at: number,
  position: number,
  print: boolean,
  printer: Printer,
): Promise<void> {
  const attributes = batchAttributes(buffer, at);
  const cursor = new RecordCursor();
  try {
    const codec = compressionCodec(attributes);
    if (compressionName(codec) !== undefined) await prepareCodec(codec);
    cursor.open(buffer, at);
    while (cursor.next()) {
      if (print) await printRecord(cursor, timestampType(attributes), isControl(attributes), printer);
    }
  } catch (error) {
    if (!(error instanceof VarveError)) throw error;
    await printer.problem(`the records of the batch at position ${position} cannot be read: ${error.message}`);
  }
}

async function printRecord(cursor: RecordCursor, timestamps: string, control: boolean, out: Printer): Promise<void> {
  const key = cursor.key();
  const value = cursor.value();
  const headers = cursor.headers();
  const marker = control ? markerType(key) : undefined;
  const coordinatorEpoch = markerCoordinatorEpoch(value);
  const head =
    `| offset: ${cursor.offset} ${timestamps}: ${cursor.timestamp} keySize: ${key?.length ?? -1}` +
    ` valueSize: ${value?.length ?? -1} sequence: ${cursor.sequence}` +
    ` headerKeys: [${headers.map((header) => header.key).join(',')}]`;
  const fields = { offset: cursor.offset, timestamp: cursor.timestamp, sequence: cursor.sequence };
  if (marker !== undefined) {
    await out.item(
      'marker',
      () => `${head} endTxnMarker: ${marker.toUpperCase()} coordinatorEpoch: ${coordinatorEpoch}`,
      () => ({ ...fields, endTxnMarker: marker.toUpperCase(), coordinatorEpoch }),
    );
    return;
  }
  const keyText = key === null ? '' : ` key: ${key.toString()}`;
  const valueText = value === null ? '' : ` payload: ${value.toString()}`;
  await out.item(
    'record',
    () => `${head}${keyText}${valueText}`,
    () => ({
      ...fields,
      ...bytesForJson('key', key),
      ...bytesForJson('payload', value),
      headers: headers.map((header) => ({ key: header.key, ...bytesForJson('value', header.value) })),
    }),
  );
}
