import { NO_EPOCH, type LeaderEpoch, type Offset } from '../common/ids.js';
import type { ReplicaLog } from './replica-log.js';

export interface EpochEnd {
  readonly epoch: LeaderEpoch;
  readonly endOffset: Offset;
}

/**
 * Where a reader's past departs from the leader's log, if it does: the leader's end of the greatest epoch at or below the
 * last one that the reader has (KIP-101, KIP-279, KIP-595). An epoch of -1 in it: there is no common past.
 */
export function divergence(log: ReplicaLog, lastFetchedEpoch: LeaderEpoch, fetchOffset: Offset): EpochEnd | undefined {
  if (lastFetchedEpoch === NO_EPOCH) return undefined;
  const end = log.endOffsetForEpoch(lastFetchedEpoch);
  if (end.epoch === lastFetchedEpoch && fetchOffset <= end.endOffset) return undefined;
  return end;
}

/**
 * As `divergence`, of a follower, whose last record before `fetchOffset` is of `lastFetchedEpoch`. That epoch may be known here
 * and begin later: one node writes an epoch, so a bit of the follower's record has flipped in it, which no CRC covers. What
 * it would be sent behind such a record is of an earlier epoch, and refused for ever. (A consumer may name an older place than that of
 * the epoch it has heard of last, as with Kafka.)
 *
 * Not above what this log vouches for: a recovery that stepped over damage may have missed where the epoch begins, and the
 * follower's record be the only good one.
 */
export function followerDivergence(
  log: ReplicaLog,
  lastFetchedEpoch: LeaderEpoch,
  fetchOffset: Offset,
): EpochEnd | undefined {
  const departed = divergence(log, lastFetchedEpoch, fetchOffset);
  if (departed !== undefined || lastFetchedEpoch === NO_EPOCH || fetchOffset > log.vouchedOffset) return departed;
  const own = log.epochAt(fetchOffset - 1);
  return own === NO_EPOCH || own >= lastFetchedEpoch ? undefined : log.endOffsetForEpoch(own);
}
