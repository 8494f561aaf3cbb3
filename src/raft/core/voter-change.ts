import type { NodeId } from '../../common/ids.js';
import type { Voter } from '../api.js';
import { appendOwn, isRecent, leadershipOf, mostAdvancedVoter, refreshVoters } from './leader.js';
import type { CoreState } from './state.js';
import { encodeVoterSet } from './voter-set-codec.js';
import { nodeIdOfKey, replicaKey } from './voter-set.js';
import type { ReplicaKey, VoterSet } from './voter-set.js';

/** One voter is added or removed at a time (dissertation 4.1), and only after an entry of the term is committed. */

/** Entries by which an observer may lag and still be taken as caught up. */
const MAX_LAG_ENTRIES = 64;

export type ChangeOutcome =
  | { readonly kind: 'appended'; readonly index: number }
  | {
      readonly kind:
        | 'notLeader'
        | 'termNotCommitted'
        | 'changePending'
        | 'transferPending'
        | 'duplicate'
        | 'unknown'
        | 'notCaughtUp'
        | 'lastVoter'
        | 'tooFewAlive';
    };

export type TransferOutcome = 'started' | 'notLeader' | 'alreadyLeader' | 'transferPending' | 'noTarget';

function blocked(s: CoreState): ChangeOutcome | undefined {
  if (s.role !== 'leader') return { kind: 'notLeader' };
  const leadership = leadershipOf(s);
  if (s.log.commit < leadership.firstIndex) return { kind: 'termNotCommitted' };
  if (s.membership.currentIndex > s.log.commit) return { kind: 'changePending' };
  if (leadership.transfer !== undefined || s.stepDownOnceSent) return { kind: 'transferPending' };
  return undefined;
}

export function addVoter(s: CoreState, voter: Voter): ChangeOutcome {
  const refusal = blocked(s);
  if (refusal !== undefined) return refusal;
  const { current } = s.membership;
  if (current.find(voter.nodeId) !== undefined) return { kind: 'duplicate' };
  if (!isCaughtUp(s, replicaKey(voter))) return { kind: 'notCaughtUp' };
  return appendVoters(s, current.withVoter(voter));
}

/** `replaced`: it was wiped, and the replica that its node is now shall follow it. */
export function removeVoter(s: CoreState, key: ReplicaKey, replaced: boolean): ChangeOutcome {
  const refusal = blocked(s);
  if (refusal !== undefined) return refusal;
  const { current } = s.membership;
  if (!current.has(key)) return { kind: 'unknown' };
  if (current.size === 1) return { kind: 'lastVoter' };
  const staying = current.withoutVoter(key, replaced);
  if (!hasLiveMajority(s, staying)) return { kind: 'tooFewAlive' };
  return appendVoters(s, staying);
}

/** A set is in effect when it is appended: without a majority that lives it would stop the quorum, and the change could not be undone. */
function hasLiveMajority(s: CoreState, { keys, majority }: VoterSet): boolean {
  const { progress } = leadershipOf(s);
  const alive = keys.filter((key) => {
    const one = progress.get(key);
    return key === s.self || (one !== undefined && isRecent(s, one));
  });
  return alive.length >= majority;
}

function appendVoters(s: CoreState, set: VoterSet): ChangeOutcome {
  const entry = s.makeEntry('voters', encodeVoterSet(set));
  appendOwn(s, entry);
  refreshVoters(s);
  return { kind: 'appended', index: entry.index };
}

/** A voter that lags would only slow the quorum down, or stop it (dissertation 4.2.1). */
export function isCaughtUp(s: CoreState, key: ReplicaKey): boolean {
  const progress = s.leadership?.progress.get(key);
  if (progress === undefined || progress.state !== 'replicate' || !isRecent(s, progress)) return false;
  return progress.match >= s.log.commit || progress.match + MAX_LAG_ENTRIES >= s.log.lastIndex;
}

/** Hands the leadership over (dissertation 3.10): no proposals until it happens or an election time-out is over. */
export function transferLeadership(s: CoreState, to: NodeId | undefined): TransferOutcome {
  if (s.role !== 'leader') return 'notLeader';
  const leadership = leadershipOf(s);
  if (leadership.transfer !== undefined) return 'transferPending';
  const target =
    to === undefined ? mostAdvancedVoter(s) : s.membership.current.keys.find((key) => nodeIdOfKey(key) === to);
  if (target === s.self) return 'alreadyLeader';
  if (target === undefined) return 'noTarget';
  leadership.transfer = { to: target, deadlineMs: s.nowMs + s.config.electionTimeoutMaxMs, asked: false };
  return 'started';
}
