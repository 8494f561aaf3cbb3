import { decodeMessage } from '../common/decode-message.js';
import { VarveError } from '../common/errors.js';
import type { NodeId, Offset } from '../common/ids.js';
import { uuidFromBytes } from '../common/ids.js';
import { varve } from '../protocol/replication.js';
import { batchBaseOffset, batchNextOffset, batchSizeBytes } from '../record/batch-header.js';
import type { Replica } from './replica.js';
import type { ReplicaLog } from './replica-log.js';
import { checkEpoch } from './fetch-session.js';

/** Committed batches, of a member of the ISR. */
export const READ_COMMITTED_RANGE = 1;
/** What any replica has, and what it has not: it is for the asker to find out which of it is its own. */
export const READ_ANY_RANGE = 2;

/** Bytes of one answer, whatever is asked for; one larger batch is given all the same. */
const MAX_ANSWER_BYTES = 4 * 1024 * 1024;

/**
 * Answers Replication/ReadRange: this replica's batches for one whose own are damaged. In version 1 only a member of the
 * ISR of the epoch that the asker knows, and only below the high watermark: there all members hold the same bytes. In
 * version 2 any replica that knows the same epoch, also with what it has not, and will not have: where its leader asks, what
 * that has sent and is not stored yet is dropped. Not while it is being cut: a crash would bring back what it just had not.
 *
 * Rejects with UNSUPPORTED_VERSION, INVALID_REQUEST, UNKNOWN_TOPIC_ID, FENCED_LEADER_EPOCH, UNKNOWN_LEADER_EPOCH,
 * NOT_LEADER_OR_FOLLOWER (not in sync), OFFSET_NOT_AVAILABLE (not known to be committed), REPLICA_NOT_AVAILABLE (being cut,
 * or its disk failed), and as a read of the log does.
 */
export async function serveReadRange(
  nodeId: NodeId,
  find: (topicId: string, partition: number) => Replica | undefined,
  bytes: Buffer,
): Promise<Uint8Array> {
  const request = decodeMessage(varve.internal.ReadRangeRequest, bytes);
  const { version } = request;
  if (version !== READ_COMMITTED_RANGE && version !== READ_ANY_RANGE) {
    throw new VarveError(
      'UNSUPPORTED_VERSION',
      `Version ${version} of ReadRange is not known here; this node speaks ${READ_COMMITTED_RANGE} and ${READ_ANY_RANGE}.`,
    );
  }
  const { topic_id: topicId, partition, from_offset: from, to_offset: to } = request;
  if (topicId.length !== 16) throw new VarveError('INVALID_REQUEST', 'A topic id has 16 bytes.');
  const replica = find(uuidFromBytes(topicId), partition);
  if (replica === undefined) {
    throw new VarveError(
      'UNKNOWN_TOPIC_ID',
      `Node ${nodeId} has no replica of ${uuidFromBytes(topicId)}-${partition}.`,
    );
  }
  checkEpoch(replica.assignment.leaderEpoch, request.current_leader_epoch);
  const maxBytes = Math.min(request.max_bytes, MAX_ANSWER_BYTES);
  if (version === READ_ANY_RANGE) {
    // It decides by what is not here.
    if (request.replica_id === replica.assignment.leader) replica.dropUnderWay();
    const { batches, endOffset } = await whatIsThere(replica, from, to, maxBytes);
    const record_batches = Buffer.concat(batches);
    return varve.internal.ReadRangeResponse.encode({ version, record_batches, end_offset: endOffset }).finish();
  }
  if (!replica.assignment.isr.includes(nodeId)) {
    throw new VarveError('NOT_LEADER_OR_FOLLOWER', `Node ${nodeId} is not in sync for ${replica.topic}-${partition}.`);
  }
  if (to > replica.highWatermark) {
    throw new VarveError(
      'OFFSET_NOT_AVAILABLE',
      `The high watermark of ${replica.topic}-${partition} is ${replica.highWatermark} here, below ${to}.`,
    );
  }
  const buffers = await replica.log.read(from, maxBytes, to);
  return varve.internal.ReadRangeResponse.encode({
    version,
    record_batches: buffers.length === 1 ? (buffers[0] ?? Buffer.alloc(0)) : Buffer.concat(buffers),
  }).finish();
}

/**
 * The good batches with offsets in `from` .. `to`-1, up to about `maxBytes`; what of the offsets below `endOffset` is in none
 * of them this replica has not, whatever may happen to it: it is not there, deleted, or damaged here as well.
 */
async function whatIsThere(
  replica: Replica,
  from: Offset,
  to: Offset,
  maxBytes: number,
): Promise<{ readonly batches: readonly Buffer[]; readonly endOffset: Offset }> {
  const { log } = replica;
  const batches: Buffer[] = [];
  let sizeBytes = 0;
  checkSettled(replica);
  for (let next = Math.max(from, log.startOffset); next < Math.min(to, log.endOffset);) {
    const damage = log.damagedRanges.find(({ fromOffset, toOffset }) => fromOffset <= next && next < toOffset);
    const found = await readAt(log, next, maxBytes, damage !== undefined);
    checkSettled(replica);
    for (const batch of found) {
      if (batchBaseOffset(batch, 0) >= to) return { batches, endOffset: to };
      if (sizeBytes > 0 && sizeBytes + batch.length > maxBytes) return { batches, endOffset: next };
      batches.push(batch);
      sizeBytes += batch.length;
      next = batchNextOffset(batch, 0);
    }
    if (found.length > 0) continue;
    if (damage === undefined) break;
    next = damage.toOffset;
  }
  return { batches, endOffset: to };
}

/** Batch for batch. Nothing where damage is known at `offset` and memory has nothing. */
async function readAt(log: ReplicaLog, offset: Offset, maxBytes: number, isDamaged: boolean): Promise<Buffer[]> {
  const batches: Buffer[] = [];
  try {
    for (const buffer of await log.read(offset, maxBytes, log.endOffset)) {
      for (let at = 0; at < buffer.length; at += batchSizeBytes(buffer, at)) {
        batches.push(buffer.subarray(at, at + batchSizeBytes(buffer, at)));
      }
    }
  } catch (error) {
    const isKnown = isDamaged && error instanceof VarveError && error.code === 'CORRUPT_MESSAGE';
    if (!isKnown) throw error;
  }
  return batches;
}

/** What it has not now it will not have after a crash either. */
function checkSettled({ topic, partition, log, cutting, stopped }: Replica): void {
  if (!cutting && !stopped && log.savedStartOffset >= log.startOffset) return;
  throw new VarveError('REPLICA_NOT_AVAILABLE', `The replica of ${topic}-${partition} is being changed: ask again.`);
}
