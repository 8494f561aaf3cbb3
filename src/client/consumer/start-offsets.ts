import { VarveError } from '../../common/errors.js';
import { varve } from '../../protocol/varve.js';
import type { Cluster } from '../cluster.js';
import { HARMLESS_ATTEMPT_MS } from '../cluster.js';
import { wireError } from '../wire-error.js';
import type { StartPosition } from './partition-reader.js';

const { ListOffsetsRequest, ListOffsetsResponse, IsolationLevel } = varve.v1;

/** Kafka's codes in ListOffsets. */
const LATEST = -1;
const EARLIEST = -2;

export interface OffsetQuestion {
  readonly topic: string;
  readonly partition: number;
  readonly at: Exclude<StartPosition, bigint | number>;
}

export interface OffsetAnswer {
  readonly topic: string;
  readonly partition: number;
  readonly error: VarveError | undefined;
  /** -1: no record at or after the time asked for. */
  readonly offset: number;
  readonly timestamp: number;
}

/** Asks for offsets; any node takes the question and asks the leaders. Rejects when no node answers. */
export async function listOffsets(
  cluster: Cluster,
  questions: readonly OffsetQuestion[],
  isReadCommitted: boolean,
): Promise<OffsetAnswer[]> {
  const request = {
    isolation_level: isReadCommitted ? IsolationLevel.READ_COMMITTED : IsolationLevel.READ_UNCOMMITTED,
    partitions: questions.map((each) => ({
      topic: each.topic,
      partition: each.partition,
      timestamp_ms: each.at === 'earliest' ? EARLIEST : each.at === 'latest' ? LATEST : each.at.timestamp,
    })),
  };
  const method = '/varve.v1.Varve/ListOffsets';
  const answer = await cluster.call(method, ListOffsetsRequest, ListOffsetsResponse, request, HARMLESS_ATTEMPT_MS);
  return answer.partitions.map((each) => ({
    topic: each.topic ?? '',
    partition: each.partition ?? 0,
    error: wireError(each.error),
    offset: each.offset ?? 0,
    timestamp: each.timestamp_ms ?? 0,
  }));
}
