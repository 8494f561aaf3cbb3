import { decodeMessage } from '../../common/decode-message.js';
import { VarveError, errorCode, errorName } from '../../common/errors.js';
import { uuidFromBytes, uuidToBytes } from '../../common/ids.js';
import { varve } from '../../protocol/varve.js';
import type {
  DeleteRecordsCall,
  Isolation,
  PartitionChunk,
  ProduceResult,
  ReadPosition,
  RequiredAcks,
} from '../broker-api.js';

/*
 * What one node says to another on behalf of a client: the messages of the public API, on the INTERNAL listener, where
 * only a leader answers them and never forwards again.
 */

export const FORWARD_PRODUCE = '/varve.internal.Forward/Produce';
export const FORWARD_CONSUME = '/varve.internal.Forward/Consume';
export const FORWARD_FETCH = '/varve.internal.Forward/Fetch';
export const FORWARD_DELETE_RECORDS = '/varve.internal.Forward/DeleteRecords';
export const FORWARD_LIST_OFFSETS = '/varve.internal.Forward/ListOffsets';
/** The broker that is named answers it, not a leader. */
export const FORWARD_DESCRIBE_CONFIGS = '/varve.internal.Forward/DescribeConfigs';

export function encodeError(error: VarveError | undefined): varve.v1.IError | null {
  if (error === undefined) return null;
  return { code: errorCode(error.code), name: error.code, message: error.message, retriable: error.retriable };
}

export function decodeError(error: varve.v1.IError | null | undefined): VarveError | undefined {
  if (!error || (error.code ?? 0) === 0) return undefined;
  return new VarveError(errorName(error.code ?? -1), error.message ?? undefined);
}

const UUID_BYTES = 16;

const ACKS: ReadonlyMap<RequiredAcks, varve.v1.Acks> = new Map([
  [-1, varve.v1.Acks.ACKS_ALL],
  [1, varve.v1.Acks.ACKS_LEADER],
  [0, varve.v1.Acks.ACKS_NONE],
]);

export function encodeAcks(acks: RequiredAcks): varve.v1.Acks {
  return ACKS.get(acks) ?? varve.v1.Acks.ACKS_ALL;
}

export function decodeAcks(acks: varve.v1.Acks | null | undefined): RequiredAcks {
  if (acks === varve.v1.Acks.ACKS_LEADER) return 1;
  return acks === varve.v1.Acks.ACKS_NONE ? 0 : -1;
}

export function encodeAck(
  correlation_id: number,
  topic: string,
  partition: number,
  result: ProduceResult,
): varve.v1.IProduceAck {
  return {
    correlation_id,
    topic,
    partition,
    error: encodeError(result.error),
    base_offset: result.baseOffset,
    log_append_time_ms: result.logAppendTimeMs,
    log_start_offset: result.logStartOffset,
  };
}

export function decodeAck(ack: varve.v1.IProduceAck): ProduceResult {
  return {
    error: decodeError(ack.error),
    baseOffset: ack.base_offset ?? -1,
    logAppendTimeMs: ack.log_append_time_ms ?? -1,
    logStartOffset: ack.log_start_offset ?? -1,
  };
}

export function encodePosition(position: ReadPosition): varve.v1.IConsumePosition {
  return {
    topic: position.topic,
    partition: position.partition,
    offset: position.offset,
    position_id: position.positionId,
    current_leader_epoch: position.currentLeaderEpoch,
    last_fetched_epoch: position.lastFetchedEpoch,
    ...(position.topicId === undefined ? {} : { topic_id: uuidToBytes(position.topicId) }),
  };
}

export function decodePosition(position: varve.v1.IConsumePosition): ReadPosition {
  return {
    topic: position.topic ?? '',
    partition: position.partition ?? 0,
    offset: position.offset ?? 0,
    positionId: position.position_id ?? 0,
    currentLeaderEpoch: position.current_leader_epoch ?? -1,
    lastFetchedEpoch: position.last_fetched_epoch ?? -1,
    topicId: position.topic_id?.length === UUID_BYTES ? uuidFromBytes(position.topic_id) : undefined,
  };
}

export function encodeChunk(chunk: PartitionChunk): varve.v1.IPartitionRecords {
  return {
    topic: chunk.topic,
    partition: chunk.partition,
    position_id: chunk.positionId,
    error: encodeError(chunk.error),
    high_watermark: chunk.highWatermark,
    last_stable_offset: chunk.lastStableOffset,
    log_start_offset: chunk.logStartOffset,
    record_batches: chunk.batches.length === 1 ? (chunk.batches[0] ?? noBytes) : Buffer.concat(chunk.batches),
    aborted_transactions: chunk.abortedTransactions.map((aborted) => ({
      producer_id: aborted.producerId,
      first_offset: aborted.firstOffset,
    })),
    next_offset: chunk.nextOffset,
    diverging_epoch:
      chunk.divergingEpoch === undefined
        ? null
        : { leader_epoch: chunk.divergingEpoch.leaderEpoch, end_offset: chunk.divergingEpoch.endOffset },
  };
}

const noBytes = new Uint8Array(0);

export function decodeChunk(records: varve.v1.IPartitionRecords): PartitionChunk {
  const bytes = records.record_batches ?? noBytes;
  return {
    topic: records.topic ?? '',
    partition: records.partition ?? 0,
    positionId: records.position_id ?? 0,
    error: decodeError(records.error),
    highWatermark: records.high_watermark ?? -1,
    lastStableOffset: records.last_stable_offset ?? -1,
    logStartOffset: records.log_start_offset ?? -1,
    batches: bytes.length === 0 ? [] : [Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)],
    sizeBytes: bytes.length,
    abortedTransactions: (records.aborted_transactions ?? []).map((aborted) => ({
      producerId: aborted.producer_id ?? -1,
      firstOffset: aborted.first_offset ?? -1,
    })),
    nextOffset: records.next_offset ?? 0,
    divergingEpoch: records.diverging_epoch
      ? { leaderEpoch: records.diverging_epoch.leader_epoch ?? -1, endOffset: records.diverging_epoch.end_offset ?? -1 }
      : undefined,
  };
}

export function encodeDeleteRecords(call: DeleteRecordsCall): Uint8Array {
  const { topic, partition, beforeOffset, timeoutMs } = call;
  return varve.v1.DeleteRecordsRequest.encode({
    partitions: [{ topic, partition, before_offset: beforeOffset }],
    timeout_ms: Math.ceil(timeoutMs),
  }).finish();
}

/** The new log start offset; throws the error in the answer. */
export function decodeDeleteRecords(bytes: Uint8Array): number {
  const [result] = decodeMessage(varve.v1.DeleteRecordsResponse, bytes).partitions;
  const error = decodeError(result?.error);
  if (error !== undefined) throw error;
  return result?.low_watermark ?? -1;
}

export function encodeIsolation(isolation: Isolation): varve.v1.IsolationLevel {
  return isolation === 'readCommitted'
    ? varve.v1.IsolationLevel.READ_COMMITTED
    : varve.v1.IsolationLevel.READ_UNCOMMITTED;
}
