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
