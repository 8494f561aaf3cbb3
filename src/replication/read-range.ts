import { decodeMessage } from '../common/decode-message.js';
import { VarveError } from '../common/errors.js';
import type { NodeId } from '../common/ids.js';
import { uuidFromBytes } from '../common/ids.js';
import { varve } from '../protocol/replication.js';
import type { Replica } from './replica.js';
import { checkEpoch } from './fetch-session.js';

export const READ_RANGE_VERSION = 1;

/** Bytes of one answer, whatever is asked for; one larger batch is given all the same. */
const MAX_ANSWER_BYTES = 4 * 1024 * 1024;

/**
 * Answers Replication/ReadRange: this replica's batches for one whose own are damaged. Only a member of the ISR of the
 * epoch that the asker knows, and only below the high watermark: there all members hold the same bytes.
 *
 * Rejects with UNSUPPORTED_VERSION, INVALID_REQUEST, UNKNOWN_TOPIC_ID, FENCED_LEADER_EPOCH, UNKNOWN_LEADER_EPOCH,
 * NOT_LEADER_OR_FOLLOWER (not in sync), OFFSET_NOT_AVAILABLE (not known to be committed), and as a read of the log does.
 */
export async function serveReadRange(
  nodeId: NodeId,
  find: (topicId: string, partition: number) => Replica | undefined,
  bytes: Buffer,
): Promise<Uint8Array> {
  const request = decodeMessage(varve.internal.ReadRangeRequest, bytes);
  if (request.version !== READ_RANGE_VERSION) {
    throw new VarveError(
      'UNSUPPORTED_VERSION',
      `Version ${request.version} of ReadRange is not known here; this node speaks ${READ_RANGE_VERSION}.`,
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
  if (!replica.assignment.isr.includes(nodeId)) {
    throw new VarveError('NOT_LEADER_OR_FOLLOWER', `Node ${nodeId} is not in sync for ${replica.topic}-${partition}.`);
  }
  if (to > replica.highWatermark) {
    throw new VarveError(
      'OFFSET_NOT_AVAILABLE',
      `The high watermark of ${replica.topic}-${partition} is ${replica.highWatermark} here, below ${to}.`,
    );
  }
  const maxBytes = Math.min(request.max_bytes, MAX_ANSWER_BYTES);
  const buffers = await replica.log.read(from, maxBytes, to);
  return varve.internal.ReadRangeResponse.encode({
    version: READ_RANGE_VERSION,
    record_batches: buffers.length === 1 ? (buffers[0] ?? Buffer.alloc(0)) : Buffer.concat(buffers),
  }).finish();
}
