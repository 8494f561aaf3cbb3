import { leadershipOf } from './leader.js';
import { majorityValue } from './quorum.js';
import type { CoreState, Leadership, PendingRead } from './state.js';
import type { ReplicaKey } from './voter-set.js';

/**
 * Linearizable reads without a log write (dissertation 6.4): the leader notes its commit index, makes sure by a round of
 * heartbeats that it still leads, and answers with it.
 */

/** False when too many wait already. */
export function requestRead(s: CoreState, from: ReplicaKey, requestId: number): boolean {
  const leadership = leadershipOf(s);
  if (leadership.reads.length >= s.config.maxPendingReads) return false;
  const read: PendingRead = { from, requestId, index: 0, sequence: 0 };
  leadership.reads.push(read);
  // Before an entry of its term is committed a leader does not know how far its predecessors had committed.
  if (s.log.commit >= leadership.firstIndex) startRound(s, leadership, read);
  return true;
}

function startRound(s: CoreState, leadership: Leadership, read: PendingRead): void {
  read.index = s.log.commit;
  // Reads of one batch share a round; it goes out when the batch is through.
  if (!leadership.readHeartbeat) {
    leadership.readSequence++;
    leadership.readHeartbeat = true;
  }
  read.sequence = leadership.readSequence;
  if (s.membership.current.size === 1) confirmReads(s);
}

/** The term's first entry is committed: the reads that came before it can begin. */
export function releaseReads(s: CoreState): void {
  const leadership = leadershipOf(s);
  for (const read of [...leadership.reads]) if (read.sequence === 0) startRound(s, leadership, read);
}

export function confirmReads(s: CoreState): void {
  const leadership = leadershipOf(s);
  const { reads } = leadership;
  if (reads.length === 0) return;
  const sequences: number[] = [];
  for (const progress of leadership.progress.values()) {
    if (progress.isVoter) sequences.push(progress.key === s.self ? leadership.readSequence : progress.readSequence);
  }
  const confirmed = majorityValue(sequences);
  leadership.reads = reads.filter((read) => {
    if (read.sequence === 0 || read.sequence > confirmed) return true;
    if (read.from === s.self) {
      s.reads.push({ requestId: read.requestId, index: read.index });
    } else {
      s.send({
        type: 'readResponse',
        from: s.self,
        to: read.from,
        term: s.term,
        requestId: read.requestId,
        index: read.index,
      });
    }
    return false;
  });
}
