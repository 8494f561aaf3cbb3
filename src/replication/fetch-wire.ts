import { assert } from '../common/assert.js';
import type { LeaderEpoch, Offset } from '../common/ids.js';

/** One partition of a FetchResponse as the leader sends it. */
export interface FetchedChunk {
  readonly topicIdBytes: Buffer;
  readonly partition: number;
  readonly session: number;
  /** Kafka's code; 0 without error. */
  readonly error: number;
  readonly leaderEpoch: LeaderEpoch;
  readonly highWatermark: Offset;
  readonly logStartOffset: Offset;
  readonly divergingEpoch: { readonly epoch: LeaderEpoch; readonly endOffset: Offset } | undefined;
  readonly buffers: readonly Buffer[];
  readonly sizeBytes: number;
  /** For a follower that starts over at `logStartOffset`. */
  readonly producers?: Buffer | undefined;
}

export const FETCH_VERSION = 1;

/*
 * The encoder of varve.internal.FetchResponse, by hand: protobufjs would want the batches of a partition in one buffer
 * first, and at hundreds of MB/s that copy is what a core does all day. A test holds it equal to the generated one.
 * Sint and int64 fields may be -1: ten bytes, as the wire format has it.
 */

function varintSize(value: number): number {
  if (value < 0) return 10;
  let size = 1;
  for (let rest = value; rest >= 0x80; rest = Math.floor(rest / 0x80)) size++;
  return size;
}

function writeVarint(out: Buffer, position: number, value: number): number {
  let at = position;
  if (value < 0) {
    // Two's complement in 64 bits: of the negative numbers only small ones occur.
    assert(value >= -0x8000_0000, 'a negative field is a small one');
    let low = BigInt.asUintN(64, BigInt(value));
    for (let i = 0; i < 9; i++) {
      out[at++] = Number(low & 0x7fn) | 0x80;
      low >>= 7n;
    }
    out[at++] = Number(low);
    return at;
  }
  let rest = value;
  while (rest >= 0x80) {
    out[at++] = (rest % 0x80) | 0x80;
    rest = Math.floor(rest / 0x80);
  }
  out[at++] = rest;
  return at;
}

function scalarsSize(chunk: FetchedChunk): number {
  let size = 2 + chunk.topicIdBytes.length;
  if (chunk.partition !== 0) size += 1 + varintSize(chunk.partition);
  if (chunk.session !== 0) size += 1 + varintSize(chunk.session);
  if (chunk.error !== 0) size += 1 + varintSize(chunk.error);
  if (chunk.leaderEpoch !== 0) size += 1 + varintSize(chunk.leaderEpoch);
  if (chunk.highWatermark !== 0) size += 1 + varintSize(chunk.highWatermark);
  if (chunk.logStartOffset !== 0) size += 1 + varintSize(chunk.logStartOffset);
  if (chunk.divergingEpoch !== undefined) size += 2 + divergingSize(chunk.divergingEpoch);
  return size;
}

function divergingSize(diverging: { epoch: number; endOffset: number }): number {
  let size = 0;
  if (diverging.epoch !== 0) size += 1 + varintSize(diverging.epoch);
  if (diverging.endOffset !== 0) size += 1 + varintSize(diverging.endOffset);
  return size;
}

function writeField(out: Buffer, at: number, field: number, value: number): number {
  if (value === 0) return at;
  out[at] = field << 3;
  return writeVarint(out, at + 1, value);
}

function bytesSize(length: number): number {
  return length === 0 ? 0 : 1 + varintSize(length) + length;
}

function chunkSize(chunk: FetchedChunk): number {
  return scalarsSize(chunk) + bytesSize(chunk.sizeBytes) + bytesSize(chunk.producers?.length ?? 0);
}

function writeChunk(out: Buffer, start: number, chunk: FetchedChunk): number {
  let at = start;
  out[at++] = (1 << 3) | 2;
  at = writeVarint(out, at, chunk.topicIdBytes.length);
  at += chunk.topicIdBytes.copy(out, at);
  at = writeField(out, at, 2, chunk.partition);
  at = writeField(out, at, 3, chunk.session);
  at = writeField(out, at, 4, chunk.error);
  at = writeField(out, at, 5, chunk.leaderEpoch);
  at = writeField(out, at, 6, chunk.highWatermark);
  at = writeField(out, at, 7, chunk.logStartOffset);
  if (chunk.divergingEpoch !== undefined) {
    out[at++] = (8 << 3) | 2;
    at = writeVarint(out, at, divergingSize(chunk.divergingEpoch));
    at = writeField(out, at, 1, chunk.divergingEpoch.epoch);
    at = writeField(out, at, 2, chunk.divergingEpoch.endOffset);
  }
  if (chunk.sizeBytes > 0) {
    out[at++] = (9 << 3) | 2;
    at = writeVarint(out, at, chunk.sizeBytes);
    for (const buffer of chunk.buffers) at += buffer.copy(out, at);
  }
  if (chunk.producers !== undefined && chunk.producers.length > 0) {
    out[at++] = (10 << 3) | 2;
    at = writeVarint(out, at, chunk.producers.length);
    at += chunk.producers.copy(out, at);
  }
  return at;
}

/** Encodes a FetchResponse into a buffer of `allocate`; every byte of the batches is copied once. */
export function encodeFetchResponse(
  chunks: readonly FetchedChunk[],
  allocate: (sizeBytes: number) => Buffer = Buffer.allocUnsafe,
): Buffer {
  const sizes = chunks.map(chunkSize);
  let total = 2;
  for (const size of sizes) total += 1 + varintSize(size) + size;
  const out = allocate(total);
  let at = writeField(out, 0, 1, FETCH_VERSION);
  for (let i = 0; i < chunks.length; i++) {
    const chunk = chunks[i];
    const size = sizes[i];
    if (chunk === undefined || size === undefined) break;
    out[at++] = (2 << 3) | 2;
    at = writeVarint(out, at, size);
    at = writeChunk(out, at, chunk);
  }
  assert(at === total, 'a FetchResponse is as long as was reckoned');
  return out;
}
