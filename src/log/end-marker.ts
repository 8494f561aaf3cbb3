import { batchRecordCount, RECORDS_AT } from '../record/batch-header.js';
import type { EndMarker } from './producer-state.js';

const ABORT = 0;
const COMMIT = 1;

/**
 * The end of a transaction that a control batch (uncompressed, one record) tells; undefined when it tells something
 * else or was emptied by compaction. Key: version int16, type int16; value: version int16, coordinator epoch int32.
 */
export function readEndMarker(buffer: Buffer, batchAt: number): EndMarker | undefined {
  if (batchRecordCount(buffer, batchAt) < 1) return undefined;
  let at = skipVarint(buffer, batchAt + RECORDS_AT); // length
  at = skipVarint(buffer, at + 1); // attributes, timestamp delta
  at = skipVarint(buffer, at); // offset delta
  at = skipVarint(buffer, at); // key length
  const type = buffer.readInt16BE(at + 2);
  if (type !== ABORT && type !== COMMIT) return undefined;
  at = skipVarint(buffer, at + 4); // value length
  return { committed: type === COMMIT, coordinatorEpoch: buffer.readInt32BE(at + 2) };
}

function skipVarint(buffer: Buffer, from: number): number {
  let at = from;
  while (buffer.readUInt8(at) >= 0x80) at++;
  return at + 1;
}
