import { assert, defined } from '../../common/assert.js';
import { VarveError } from '../../common/errors.js';
import { heardFromLeader } from './election.js';
import type { CoreState } from './state.js';
import type { AppendMessage, Heartbeat, Message } from './types.js';

/** The follower's side of log replication. Answers that claim a part of the log leave once that is on stable storage. */

export function handleAppend(s: CoreState, m: AppendMessage): void {
  heardFromLeader(s, m.from);
  const { log } = s;
  checkHistory(s, m.from, m.prevIndex, m.prevTerm);
  for (const entry of m.entries) {
    if (entry.index > log.commit) break;
    checkHistory(s, m.from, entry.index, entry.term);
  }
  if (m.prevIndex < log.commit) {
    // Old news, or a leader that does not know how far this replica is. What is committed agrees with it.
    acknowledge(s, m.from, log.commit);
    return;
  }
  if (log.term(m.prevIndex) !== m.prevTerm) {
    const hint = log.findAgreement(Math.min(m.prevIndex, log.lastIndex), m.prevTerm);
    s.sendAfterPersist({
      type: 'appendResponse',
      from: s.self,
      to: m.from,
      term: s.term,
      index: m.prevIndex,
      rejected: true,
      hintIndex: hint.index,
      hintTerm: hint.term,
    });
    return;
  }
  appendMissing(s, m);
  const last = m.prevIndex + m.entries.length;
  log.commitTo(Math.min(m.commit, last));
  s.noteCommitted();
  acknowledge(s, m.from, last);
}

/**
 * What is committed here is committed at every leader: Raft's promise, as long as nobody takes voters away by hand. Behind a
 * quorum that was recovered from a log that reached less far there are two histories, and this replica has the one that was given
 * up: going on it would act on it, and vouch for entries that it does not have. Throws INCONSISTENT_VOTER_SET, which ends its part.
 */
export function checkHistory(s: CoreState, leader: string, index: number, term: number): void {
  if (!s.log.contradicts(index, term)) return;
  throw new VarveError(
    'INCONSISTENT_VOTER_SET',
    `Entry ${index} of the metadata log is committed here, and that of the leader, ${leader}, is another one, of term ${term}: ` +
      'the quorum was recovered without what this node knows. Stop all nodes, and recover it on the one whose log reaches furthest ' +
      '(`varve quorum recover`), or start this one with empty directories.',
  );
}

/** Cuts off from the first entry that differs, if any, and appends what is missing; never cuts what agrees. */
function appendMissing(s: CoreState, m: AppendMessage): void {
  const { log } = s;
  for (let i = 0; i < m.entries.length; i++) {
    const entry = defined(m.entries[i], 'the loop stays within the entries');
    assert(entry.index === m.prevIndex + 1 + i, 'the entries of an append are consecutive');
    if (entry.index <= log.lastIndex) {
      if (log.term(entry.index) === entry.term) continue;
      log.truncate(entry.index);
      s.membership.truncate(entry.index);
    }
    s.appendEntry(entry);
  }
}

export function acknowledge(s: CoreState, to: string, index: number): void {
  s.sendAfterPersist({
    type: 'appendResponse',
    from: s.self,
    to,
    term: s.term,
    index,
    rejected: false,
    hintIndex: 0,
    hintTerm: 0,
  });
}

/**
 * The answer claims nothing that a crash could take back: that this replica follows now, and has given no vote in a later term
 * (a vote leaves only once it is stored). Were it to wait for a write, disks that take longer than an election time-out would
 * cost a live leader its quorum. Behind one that hangs, its replica is to be counted on by nobody.
 */
export function handleHeartbeat(s: CoreState, m: Heartbeat): void {
  heardFromLeader(s, m.from);
  // The leader names no more than what this replica acknowledged; a replica that lost that refuses to start.
  assert(m.commit <= s.log.lastIndex, 'what was acknowledged is still in the log');
  s.log.commitTo(m.commit);
  s.noteCommitted();
  const { readSequence } = m;
  const response: Message = { type: 'heartbeatResponse', from: s.self, to: m.from, term: s.term, readSequence };
  if (s.diskHangs) s.sendAfterPersist(response);
  else s.send(response);
}
