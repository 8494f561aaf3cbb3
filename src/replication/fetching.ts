import type { VarveError } from '../common/errors.js';
import type { LeaderEpoch, Offset, Uuid } from '../common/ids.js';
import type { Timer } from '../platform/clock.js';
import type { varve } from '../protocol/replication.js';
import { RECORD_BATCH_OVERHEAD, batchBaseOffset, batchNextOffset } from '../record/batch-header.js';
import type { ReplicaLog } from './replica-log.js';

/** A follower's partition as its fetcher uses it. */
export interface FollowedReplica {
  readonly topic: string;
  readonly topicId: Uuid;
  readonly partition: number;
  readonly log: ReplicaLog;
  /** It catches up under `follower.replication.throttled.rate`. */
  readonly throttled: boolean;
  /** The leader's high watermark, as of its last answer. */
  highWatermarkHeard(offset: Offset): void;
  /** Runs what cuts the log; the replica takes no other role before it is done. */
  cut(work: () => Promise<void>): Promise<void>;
  /** The log cannot be written here any more. */
  storageFailed(error: VarveError): void;
}

/** A followed partition on its fetcher's stream. */
export interface Fetching {
  readonly id: string;
  readonly topicIdBytes: Buffer;
  readonly replica: FollowedReplica;
  readonly leaderEpoch: LeaderEpoch;
  session: number;
  /** `position`: a new session goes out next. `waiting`: for a truncation or a back-off. `throttled`: for its share. */
  state: 'position' | 'following' | 'waiting' | 'throttled';
  timer: Timer | undefined;
  /** Answers of the leader that it does not serve this replica, since the last other one. */
  refusals: number;
  /** Appends that failed since the last that did not. */
  failedAppends: number;
  /** The log is being cut: nothing else may be done with it. */
  truncating: boolean;
  /** Bytes that were appended since the source last heard of it. */
  unheardBytes: number;
}

/** The first batch begins below the only offset that an empty log has, and reaches beyond it. */
export function startsBelow(log: ReplicaLog, batches: Buffer): boolean {
  if (log.startOffset !== log.endOffset || batches.length < RECORD_BATCH_OVERHEAD) return false;
  return batchBaseOffset(batches, 0) < log.endOffset && batchNextOffset(batches, 0) > log.endOffset;
}

/** What the source is told of it. */
export function positionOf(fetching: Fetching): varve.internal.IFetchPartition {
  const { log } = fetching.replica;
  return {
    topic_id: fetching.topicIdBytes,
    partition: fetching.replica.partition,
    current_leader_epoch: fetching.leaderEpoch,
    session: fetching.session,
    fetch_offset: log.endOffset,
    durable_offset: log.vouchedOffset,
    last_fetched_epoch: log.latestEpoch,
    log_start_offset: log.savedStartOffset,
  };
}
