/** Control records: the markers that end a transaction (EndTxnMarker.json; ControlRecordType.java). */
import type { LeaderEpoch, Offset } from '../common/ids.js';
import { BatchBuilder } from './batch-builder.js';

const TYPE_ABORT = 0;
const TYPE_COMMIT = 1;
const KEY_BYTES = 4;
const MARKER_BYTES = 6;
const VERSION = 0;

export type MarkerType = 'commit' | 'abort';

export interface EndTransactionMarker {
  readonly baseOffset?: Offset;
  readonly leaderEpoch?: LeaderEpoch;
  readonly producerId: number;
  readonly producerEpoch: number;
  readonly type: MarkerType;
  readonly coordinatorEpoch: number;
  /** Milliseconds. */
  readonly timestamp: number;
}

/** The control batch with the marker, as the leader appends it. */
export function buildMarkerBatch(marker: EndTransactionMarker): Buffer {
  const { baseOffset = 0, leaderEpoch = -1, producerId, producerEpoch } = marker;
  const key = Buffer.alloc(KEY_BYTES);
  key.writeInt16BE(VERSION, 0);
  key.writeInt16BE(marker.type === 'commit' ? TYPE_COMMIT : TYPE_ABORT, 2);
  const value = Buffer.alloc(MARKER_BYTES);
  value.writeInt16BE(VERSION, 0);
  value.writeInt32BE(marker.coordinatorEpoch, 2);
  const builder = new BatchBuilder(128);
  builder.reset({ baseOffset, leaderEpoch, producerId, producerEpoch, isTransactional: true, isControl: true });
  builder.append(marker.timestamp, key, value);
  return builder.detach();
}

/** The kind of marker that a control record's key names; undefined for another kind of control record. */
export function markerType(key: Buffer | null): MarkerType | undefined {
  if (key === null || key.length < KEY_BYTES) return undefined;
  switch (key.readInt16BE(2)) {
    case TYPE_ABORT:
      return 'abort';
    case TYPE_COMMIT:
      return 'commit';
    default:
      return undefined;
  }
}

/** The coordinator epoch in a marker's value; undefined when it has none. */
export function markerCoordinatorEpoch(value: Buffer | null): number | undefined {
  return value === null || value.length < MARKER_BYTES ? undefined : value.readInt32BE(2);
}
