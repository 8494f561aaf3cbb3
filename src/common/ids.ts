import { InvariantViolation } from './assert.js';

/** `node.id`: an integer from 0 to 2^31-1, unique in the cluster. */
export type NodeId = number;

/**
 * An offset of a record in a partition: a `number` in 0 .. 2^53-1. At the edges (protocols, the client) it is a
 * `bigint`; `offsetFromBigInt` is the one place that converts inwards and asserts the bound.
 */
export type Offset = number;

/** Counts the leaders of a partition; -1 where unknown. */
export type LeaderEpoch = number;

/** A 16-byte identifier as Kafka writes it: URL-safe base64 without padding, 22 characters. */
export type Uuid = string;

export const NO_OFFSET = -1;
export const NO_EPOCH = -1;
export const NO_NODE: NodeId = -1;
export const ZERO_UUID: Uuid = 'AAAAAAAAAAAAAAAAAAAAAA';

export function offsetFromBigInt(value: bigint): Offset {
  const offset = Number(value);
  // No assertion: its message would be written for every offset.
  if (!Number.isSafeInteger(offset)) throw new InvariantViolation(`offset ${value} is within +-2^53`);
  return offset;
}

/** A power of two. Where more topics than this are in use, some ids are written as base64 each time: nothing else changes. */
const KNOWN_UUIDS = 1024;
/** The last id that was read of those that share a place. Messages name the same few topics again and again. */
const knownUuids: Array<{ readonly bytes: Buffer; readonly uuid: Uuid } | undefined> = new Array(KNOWN_UUIDS).fill(
  undefined,
);

export function uuidFromBytes(bytes: Uint8Array): Uuid {
  if (bytes.length !== 16) throw new InvariantViolation(`a uuid has 16 bytes, not ${bytes.length}`);
  // Ids are random (KIP-516): any of their bits spread them.
  const place = ((bytes[14] ?? 0) | ((bytes[15] ?? 0) << 8)) & (KNOWN_UUIDS - 1);
  const known = knownUuids[place];
  if (known !== undefined && known.bytes.equals(bytes)) return known.uuid;
  const own = Buffer.from(bytes);
  const uuid = own.toString('base64url');
  knownUuids[place] = { bytes: own, uuid };
  return uuid;
}

/** The 16 bytes of `uuid`; throws RangeError when it is not one. */
export function uuidToBytes(uuid: Uuid): Buffer {
  const bytes = Buffer.from(uuid, 'base64url');
  if (bytes.length !== 16) throw new RangeError(`'${uuid}' is not a 16-byte base64url id`);
  return bytes;
}

/** Names one partition of a topic by name. */
export interface TopicPartition {
  readonly topic: string;
  readonly partition: number;
}

export function topicPartitionKey(topic: string, partition: number): string {
  return `${topic}-${partition}`;
}
