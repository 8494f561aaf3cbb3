import { toVarveError } from '../../common/errors.js';
import type { PartitionLeader } from '../../replication/partition-leader.js';
import type { ListOffsetsQuery, ListOffsetsResult } from '../broker-api.js';

/** Kafka's codes in place of a timestamp. */
export const LATEST_TIMESTAMP = -1;
export const EARLIEST_TIMESTAMP = -2;
export const MAX_TIMESTAMP = -3;

/** Answers one partition that this node leads; an error goes into the result. */
export async function listOffset(
  leader: PartitionLeader,
  query: ListOffsetsQuery,
  readCommitted: boolean,
): Promise<ListOffsetsResult> {
  const answer = (offset: number, timestampMs: number, leaderEpoch: number): ListOffsetsResult => ({
    topic: query.topic,
    partition: query.partition,
    error: undefined,
    offset,
    timestampMs,
    leaderEpoch,
  });
  try {
    const { startOffset } = leader.log;
    // The epoch of what is there, as in Kafka, not the leader's: clients validate their position by it (KIP-320).
    if (query.timestampMs === EARLIEST_TIMESTAMP) return answer(startOffset, -1, leader.log.epochAt(startOffset));
    // Latest first: it refuses while the new leader does not know what was committed (KIP-207), and so bounds the rest.
    const latest = leader.latestOffset(readCommitted);
    if (query.timestampMs === LATEST_TIMESTAMP) return answer(latest, -1, leader.leaderEpoch);
    const found = await leader.log.offsetForTimestamp(query.timestampMs, latest);
    if (found === undefined) return answer(-1, -1, -1);
    return answer(found.offset, found.timestampMs, found.leaderEpoch);
  } catch (error) {
    return failedOffset(query, error);
  }
}

export function failedOffset(query: ListOffsetsQuery, error: unknown): ListOffsetsResult {
  return {
    topic: query.topic,
    partition: query.partition,
    error: toVarveError(error),
    offset: -1,
    timestampMs: -1,
    leaderEpoch: -1,
  };
}
