import type { ErrorName, VarveError } from '../../common/errors.js';
import { NO_EPOCH, topicPartitionKey } from '../../common/ids.js';
import { sleep } from '../../platform/clock.js';
import { varve } from '../../protocol/varve.js';
import type { Cluster } from '../cluster.js';
import { HARMLESS_ATTEMPT_MS } from '../cluster.js';
import { wireError } from '../wire-error.js';
import type { ResolvedConsumerOptions } from './consumer-options.js';
import { backoffMs } from './consumer-options.js';
import type { StartPosition } from './partition-reader.js';

const { ListOffsetsRequest, ListOffsetsResponse, IsolationLevel } = varve.v1;

/** Kafka's codes in ListOffsets. */
const LATEST = -1;
const EARLIEST = -2;

/**
 * Errors that may mend themselves soon, and are told once they lasted this long: a topic just made is on its way to all
 * nodes, a damaged batch is fetched again from a good replica. (Kafka's consumer tells of damage at once.)
 */
export const PATIENCE_MS = 5_000;
/** One that was told and still holds has lasted: it is told again after this, as news of its end may be on the way. */
export const TOLD_PATIENCE_MS = 1_000;
export const PATIENCE: ReadonlySet<ErrorName> = new Set<ErrorName>([
  'UNKNOWN_TOPIC_OR_PARTITION',
  'UNKNOWN_TOPIC_ID',
  'CORRUPT_MESSAGE',
]);

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

/** What a node takes in one message. */
const MAX_QUESTIONS = 10_000;

/**
 * Asks for offsets; any node takes the question and asks the leaders. Of a partition whose leader is known that leader alone
 * answers, or a later one's is waited for: a deposed leader that has not heard of its end knows an older end (KIP-320).
 * Rejects when no node answers.
 */
export async function listOffsets(
  cluster: Cluster,
  questions: readonly OffsetQuestion[],
  isReadCommitted: boolean,
): Promise<OffsetAnswer[]> {
  const answers: OffsetAnswer[] = [];
  for (let from = 0; from < questions.length; from += MAX_QUESTIONS) {
    const some = questions.slice(from, from + MAX_QUESTIONS);
    for (const answer of await listSome(cluster, some, isReadCommitted)) answers.push(answer);
  }
  return answers;
}

async function listSome(
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
      current_leader_epoch: cluster.leader(each.topic, each.partition)?.leaderEpoch ?? NO_EPOCH,
    })),
  };
  const method = '/varve.v1.Varve/ListOffsets';
  const answer = await cluster.call(method, ListOffsetsRequest, ListOffsetsResponse, request, {
    attemptMs: HARMLESS_ATTEMPT_MS,
  });
  const answers = answer.partitions.map((each) => ({
    topic: each.topic ?? '',
    partition: each.partition ?? 0,
    error: wireError(each.error),
    offset: each.offset ?? 0,
    timestamp: each.timestamp_ms ?? 0,
  }));
  if (answers.some(({ error }) => error?.retriable === true)) {
    // The client is behind, or the node is, or cut off from the others: the next time both know more.
    cluster.refresh();
    cluster.askAnother();
  }
  return answers;
}

/**
 * As `listOffsets`, but asks again where an error is one that passes: while a partition moves it has no leader, and then one
 * that does not know its end yet (KIP-207). Kafka's `endOffsets` does so, too. What has not passed after
 * `requestTimeoutMs` (`PATIENCE_MS`, for some) is in the answer. The topics are watched from then on, so that no answer is
 * older than one before it. Rejects as `Cluster.knownTopic` does.
 */
export async function listOffsetsPatiently(
  cluster: Cluster,
  questions: readonly OffsetQuestion[],
  options: ResolvedConsumerOptions,
): Promise<OffsetAnswer[]> {
  const { clock } = cluster.platform;
  const startMs = clock.monotonicMs();
  const answers = new Map<string, OffsetAnswer>();
  const keyOf = ({ topic, partition }: OffsetQuestion | OffsetAnswer): string => topicPartitionKey(topic, partition);
  const topics = new Set(questions.map(({ topic }) => topic));
  for (const topic of topics) cluster.watch(topic);
  for (const topic of topics) await cluster.knownTopic(topic, cluster.requestTimeoutMs);
  let open = questions;
  for (let round = 0; open.length > 0 && !cluster.isClosed; round++) {
    if (round > 0) await sleep(clock, backoffMs(options, round));
    for (const answer of await listOffsets(cluster, open, options.isReadCommitted)) answers.set(keyOf(answer), answer);
    const elapsedMs = clock.monotonicMs() - startMs;
    open = open.filter((question) => {
      const error = answers.get(keyOf(question))?.error;
      if (error?.retriable !== true) return false;
      return elapsedMs < (PATIENCE.has(error.code) ? PATIENCE_MS : cluster.requestTimeoutMs);
    });
  }
  return [...answers.values()];
}
