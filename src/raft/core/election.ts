import { assert } from '../../common/assert.js';
import { becomeLeader } from './leader.js';
import { countVotes } from './quorum.js';
import type { CoreState } from './state.js';
import type { TimeoutNow, VoteRequest, VoteResponse } from './types.js';
import { nodeIdOfKey } from './voter-set.js';
import type { ReplicaKey } from './voter-set.js';

/** Rounds after the leader's host refused a connection: it is known to be dead, so nobody waits long for it. */
const REFUSED_FIRST_MS = 50;
const REFUSED_RETRY_MIN_MS = 50;
const REFUSED_RETRY_SPREAD_MS = 100;

/** Elections: pre-vote (dissertation 9.6), vote, loyalty to a live leader (4.2.3), and the haste after a refusal. */

export function becomeFollower(s: CoreState, term: number, leader: ReplicaKey | undefined): void {
  assert(term >= s.term, 'a term never falls');
  const changed = term > s.term;
  if (changed) {
    s.term = term;
    s.vote = undefined;
  }
  const wasFollower = s.role === 'follower';
  s.role = 'follower';
  s.leadership = undefined;
  s.stepDownOnceSent = false;
  s.votes.clear();
  if (leader !== s.leader || changed) s.assembly = undefined;
  s.leader = leader;
  if (leader !== undefined) {
    s.leaderContactMs = s.nowMs;
    s.refusedRounds = undefined;
  }
  if (changed || !wasFollower) {
    s.drawElectionTimeout();
    s.electionDueMs = s.nowMs + s.electionTimeoutMs;
  }
}

/** A message of the current leader came: the election waits anew. */
export function heardFromLeader(s: CoreState, leader: ReplicaKey): void {
  assert(s.role !== 'leader', 'a term has one leader at most');
  assert(s.leader === undefined || s.leader === leader, 'a term has one leader at most');
  if (s.role !== 'follower' || s.leader !== leader) becomeFollower(s, s.term, leader);
  s.leaderContactMs = s.nowMs;
  s.electionDueMs = s.nowMs + s.electionTimeoutMs;
  // A voter says hello where it finds no leader, and that it will not before the election is due.
  if (s.isVoter) s.helloDueMs = s.nowMs + s.config.electionTimeoutMaxMs;
}

/** Asks the voters whether an election could be won, and changes nothing yet. */
export function startPreVote(s: CoreState): void {
  if (!s.isElectable) return;
  if (!s.mayStand || s.diskHangs) {
    scheduleRound(s);
    return;
  }
  s.role = 'preCandidate';
  s.leader = undefined;
  s.votes.clear();
  scheduleRound(s);
  requestVotes(s, true, false);
  recordVote(s, s.self, true);
}

/** Takes a new term and stands for it. Its own vote counts once it is persisted. */
export function startElection(s: CoreState, transfer: boolean): void {
  if (!s.isElectable) return;
  s.role = 'candidate';
  s.leader = undefined;
  s.leadership = undefined;
  s.term++;
  s.vote = s.self;
  s.votes.clear();
  scheduleRound(s);
  requestVotes(s, false, transfer);
}

function requestVotes(s: CoreState, preVote: boolean, transfer: boolean): void {
  for (const to of s.membership.current.keys) {
    if (to === s.self) continue;
    s.sendAfterPersist({
      type: 'voteRequest',
      from: s.self,
      to,
      term: preVote ? s.term + 1 : s.term,
      preVote,
      lastIndex: s.log.lastIndex,
      lastTerm: s.log.lastTerm,
      transfer,
    });
  }
}

/** When to try again if nothing comes of this round. Hasty rounds grow, so that a slow disk cannot spoil them for ever. */
function scheduleRound(s: CoreState): void {
  s.drawElectionTimeout();
  let delayMs = s.electionTimeoutMs;
  if (s.refusedRounds !== undefined) {
    const factor = 2 ** Math.min(s.refusedRounds >> 2, 10);
    delayMs = Math.min(delayMs, (REFUSED_RETRY_MIN_MS + s.random.below(REFUSED_RETRY_SPREAD_MS + 1)) * factor);
    s.refusedRounds++;
  }
  s.electionDueMs = s.nowMs + delayMs;
}

/** A connection to `nodeId` was refused: nothing listens there. If it led, loyalty to it ends here. */
export function peerRefused(s: CoreState, nodeId: number): void {
  if (s.role !== 'follower' || s.leader === undefined || nodeIdOfKey(s.leader) !== nodeId) return;
  s.leader = undefined;
  s.assembly = undefined;
  s.refusedRounds = 0;
  s.electionDueMs = Math.min(s.electionDueMs, s.nowMs + s.random.below(REFUSED_FIRST_MS + 1));
}

/**
 * The process has begun, on a log that it has from before: nobody is known to lead, and it asks soon whether it may. Where
 * a leader lives, its followers are loyal to it and refuse; where all were stopped at once, no time-out has to pass first.
 */
export function askAtStart(s: CoreState): void {
  if (!s.isElectable || s.isBlank || s.role !== 'follower') return;
  s.refusedRounds = 0;
  s.electionDueMs = Math.min(s.electionDueMs, s.nowMs + s.random.below(REFUSED_FIRST_MS + 1));
}

/** Votes are given to whoever asks by this replica's own key: an observer that was just made a voter may not know yet. */
export function handleVoteRequest(s: CoreState, m: VoteRequest): void {
  if (s.isBlank) return;
  const upToDate = s.log.isUpToDate(m.lastIndex, m.lastTerm);
  if (m.preVote) {
    const granted = m.term > s.term && upToDate && !s.isLoyal;
    s.sendAfterPersist({
      type: 'voteResponse',
      from: s.self,
      to: m.from,
      term: granted ? m.term : s.term,
      preVote: true,
      granted,
    });
    return;
  }
  assert(m.term === s.term, 'a vote is asked for in the current term');
  const granted = upToDate && (s.vote === m.from || (s.vote === undefined && s.leader === undefined));
  if (granted) {
    s.vote = m.from;
    s.electionDueMs = s.nowMs + s.electionTimeoutMs;
  }
  s.sendAfterPersist({ type: 'voteResponse', from: s.self, to: m.from, term: s.term, preVote: false, granted });
}

export function handleVoteResponse(s: CoreState, m: VoteResponse): void {
  const expected = m.preVote ? 'preCandidate' : 'candidate';
  if (s.role !== expected) return;
  // A granted pre-vote names the term that was asked for; all else is of this term.
  if (m.term !== (m.preVote && m.granted ? s.term + 1 : s.term)) return;
  recordVote(s, m.from, m.granted);
}

export function recordVote(s: CoreState, from: ReplicaKey, granted: boolean): void {
  if (!s.votes.has(from)) s.votes.set(from, granted);
  const outcome = countVotes(s.membership.current.keys, s.votes);
  if (outcome === 'open') return;
  if (outcome === 'lost') {
    // The next round comes when this one's time is over.
    const due = s.electionDueMs;
    s.role = 'follower';
    s.votes.clear();
    s.electionDueMs = due;
    return;
  }
  if (s.role === 'preCandidate') startElection(s, false);
  else becomeLeader(s);
}

/** The leader hands over: no pre-vote, and the others' loyalty does not count. */
export function handleTimeoutNow(s: CoreState, m: TimeoutNow): void {
  if (s.role === 'leader' || m.term !== s.term || s.diskHangs) return;
  startElection(s, true);
}

export function tickElection(s: CoreState): void {
  if (s.role === 'leader' || s.nowMs < s.electionDueMs) return;
  if (!s.isElectable) {
    // A silent leader is no leader: users are told that there is none known.
    s.leader = undefined;
    s.electionDueMs = s.nowMs + s.electionTimeoutMs;
    return;
  }
  startPreVote(s);
}
