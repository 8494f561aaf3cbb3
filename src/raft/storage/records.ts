import { VarveError } from '../../common/errors.js';
import { uuidFromBytes, uuidToBytes } from '../../common/ids.js';
import { varve } from '../../protocol/raft.js';
import { crc32c } from '../../record/crc32c.js';
import type { ReplicaId } from '../api.js';
import type { Entry, EntryType } from '../core/types.js';

/**
 * Keys and values of the store. Every value begins with a CRC-32C over its key and the rest, so that a value under
 * another key is found out too.
 *
 * `e` + index: an entry (type, term, payload) · `c` + snapshot index + chunk number: a piece of a snapshot ·
 * `s`: the state record (RaftStoredState).
 */

const ENTRY = 0x65;
const CHUNK = 0x63;
const STATE = 0x73;
const CRC_BYTES = 4;
const ENTRY_HEAD_BYTES = CRC_BYTES + 1 + 8;
const TYPES: readonly EntryType[] = ['normal', 'leaderChange', 'voters'];

export const STATE_KEY = Buffer.from([STATE]);
export const ALL_ENTRIES = { from: Buffer.from([ENTRY]), to: Buffer.from([ENTRY + 1]) };
export const ALL_CHUNKS = { from: Buffer.from([CHUNK]), to: Buffer.from([CHUNK + 1]) };
export const STATE_VERSION = 1;

export function entryKey(index: number): Buffer {
  const key = Buffer.allocUnsafe(9);
  key[0] = ENTRY;
  key.writeBigUInt64BE(BigInt(index), 1);
  return key;
}

export function entryIndexOfKey(key: Buffer): number {
  return Number(key.readBigUInt64BE(1));
}

export function chunkKey(snapshotIndex: number, chunk: number): Buffer {
  const key = Buffer.allocUnsafe(13);
  key[0] = CHUNK;
  key.writeBigUInt64BE(BigInt(snapshotIndex), 1);
  key.writeUInt32BE(chunk, 9);
  return key;
}

export function snapshotIndexOfChunkKey(key: Buffer): number {
  return Number(key.readBigUInt64BE(1));
}

function seal(key: Buffer, value: Buffer): Buffer {
  value.writeUInt32BE(crc32c(value, CRC_BYTES, value.length, crc32c(key)), 0);
  return value;
}

/** The value behind its CRC; throws when that does not match. */
function unseal(key: Buffer, value: Buffer, what: string): Buffer {
  const intact =
    value.length >= CRC_BYTES && value.readUInt32BE(0) === crc32c(value, CRC_BYTES, value.length, crc32c(key));
  if (!intact) throw damaged(`${what} is damaged`);
  return value.subarray(CRC_BYTES);
}

export function encodeEntry(key: Buffer, entry: Entry): Buffer {
  const value = Buffer.allocUnsafe(ENTRY_HEAD_BYTES + entry.payload.length);
  value[CRC_BYTES] = TYPES.indexOf(entry.type);
  value.writeBigUInt64BE(BigInt(entry.term), CRC_BYTES + 1);
  value.set(entry.payload, ENTRY_HEAD_BYTES);
  return seal(key, value);
}

export function decodeEntry(key: Buffer, value: Buffer): Entry {
  const index = entryIndexOfKey(key);
  const body = unseal(key, value, `entry ${index}`);
  const type = TYPES[body[0] ?? TYPES.length];
  if (type === undefined) throw damaged(`entry ${index} has an unknown type`);
  return { index, term: Number(body.readBigUInt64BE(1)), type, payload: body.subarray(9) };
}

export function encodeChunk(key: Buffer, data: Uint8Array): Buffer {
  const value = Buffer.allocUnsafe(CRC_BYTES + data.length);
  value.set(data, CRC_BYTES);
  return seal(key, value);
}

export function decodeChunk(key: Buffer, value: Buffer): Buffer {
  return unseal(key, value, `snapshot ${snapshotIndexOfChunkKey(key)}`);
}

export function encodeState(state: varve.internal.IRaftStoredState): Buffer {
  const body = varve.internal.RaftStoredState.encode({ ...state, version: STATE_VERSION }).finish();
  const value = Buffer.allocUnsafe(CRC_BYTES + body.length);
  value.set(body, CRC_BYTES);
  return seal(STATE_KEY, value);
}

export function decodeState(value: Buffer): varve.internal.RaftStoredState {
  const state = varve.internal.RaftStoredState.decode(unseal(STATE_KEY, value, 'the state record'));
  if (state.version > STATE_VERSION) {
    throw new VarveError(
      'UNSUPPORTED_VERSION',
      `The Raft store has version ${state.version}, newer than ${STATE_VERSION}: start it with the version that wrote it.`,
    );
  }
  return state;
}

export function replicaToMessage(replica: ReplicaId): varve.internal.IRaftReplicaId {
  return { node_id: replica.nodeId, directory_id: uuidToBytes(replica.directoryId) };
}

export function replicaFromMessage(message: varve.internal.IRaftReplicaId): ReplicaId {
  return { nodeId: message.node_id ?? 0, directoryId: uuidFromBytes(message.directory_id ?? new Uint8Array(16)) };
}

/** A store that lost or changed what it acknowledged: it must not vote with what is left. */
export function damaged(what: string, options?: { cause?: unknown }): VarveError {
  return new VarveError(
    'KAFKA_STORAGE_ERROR',
    `The Raft store is damaged: ${what}. It must not vote. Restore it, or empty the whole log directory that it is in, ` +
      'not its folder alone, so that this node joins anew as long as a majority of the other voters lives.',
    options,
  );
}
