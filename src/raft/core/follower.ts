import { assert, defined } from '../../common/assert.js';
import { heardFromLeader } from './election.js';
import type { CoreState } from './state.js';
import type { AppendMessage, Heartbeat } from './types.js';

/** The follower's side of log replication. All answers leave once what they claim is on stable storage. */

export function handleAppend(s: CoreState, m: AppendMessage): void {
  heardFromLeader(s, m.from);
  const { log } = s;
  if (m.prevIndex < log.commit) {
    // Old news, or a leader that does not know how far this replica is. What is committed agrees with it for certain.
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

export function handleHeartbeat(s: CoreState, m: Heartbeat): void {
  heardFromLeader(s, m.from);
  // The leader names no more than what this replica acknowledged; a replica that lost that refuses to start.
  assert(m.commit <= s.log.lastIndex, 'what was acknowledged is still in the log');
  s.log.commitTo(m.commit);
  s.noteCommitted();
  s.sendAfterPersist({
    type: 'heartbeatResponse',
    from: s.self,
    to: m.from,
    term: s.term,
    readSequence: m.readSequence,
  });
}
