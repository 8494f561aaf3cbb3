import { advanceCommit, isRecent, leadershipOf } from './leader.js';
import type { Progress } from './progress.js';
import { entryBytes } from './raft-log.js';
import { confirmReads } from './read-index.js';
import { sendSnapshotChunk } from './snapshot-transfer.js';
import type { CoreState } from './state.js';
import type { AppendResponse, HeartbeatResponse } from './types.js';

/** The leader's side of log replication: pipelined, bounded in messages and bytes, a state for each replica. */

const MAX_ENTRIES_A_MESSAGE = 4096;

/** Sends `progress` what it lacks, as far as its window allows; and the commit index when it is news. */
export function sendAppends(s: CoreState, progress: Progress): void {
  if (progress.state === 'snapshot') return;
  const { log, config } = s;
  for (;;) {
    const hasEntries = progress.next <= log.lastIndex;
    if (progress.state === 'probe') {
      if (progress.probeSent) return;
    } else {
      if (!hasEntries && progress.sentCommit >= log.commit) return;
      const { inflight } = progress;
      if (inflight.count >= config.maxInflightMessages || inflight.bytes >= config.maxInflightBytes) return;
    }
    const prevTerm = log.term(progress.next - 1);
    if (prevTerm === undefined || progress.next <= log.baseIndex) {
      startSnapshot(s, progress);
      return;
    }
    const entries = hasEntries
      ? log.slice(progress.next, log.lastIndex, config.maxAppendBytes, MAX_ENTRIES_A_MESSAGE)
      : [];
    s.send({
      type: 'append',
      from: s.self,
      to: progress.key,
      term: s.term,
      prevIndex: progress.next - 1,
      prevTerm,
      commit: log.commit,
      entries,
    });
    progress.sentCommit = log.commit;
    if (progress.state === 'probe') {
      progress.probeSent = true;
      return;
    }
    if (entries.length === 0) return;
    progress.next += entries.length;
    let bytes = 0;
    for (const entry of entries) bytes += entryBytes(entry);
    progress.inflight.add(progress.next - 1, bytes);
  }
}

/** What it needs is compacted. A replica that does not answer is not worth a snapshot yet. */
function startSnapshot(s: CoreState, progress: Progress): void {
  const { snapshot } = s;
  if (snapshot === undefined || !(isRecent(s, progress) || s.observers.has(progress.key))) {
    progress.probeSent = progress.state === 'probe';
    return;
  }
  progress.becomeSnapshot(snapshot);
  sendSnapshotChunk(s, progress);
}

export function sendHeartbeats(s: CoreState): void {
  const leadership = leadershipOf(s);
  leadership.heartbeatDueMs = s.nowMs + s.config.heartbeatIntervalMs;
  leadership.readHeartbeat = false;
  for (const progress of leadership.progress.values()) {
    if (progress.key === s.self) continue;
    s.send({
      type: 'heartbeat',
      from: s.self,
      to: progress.key,
      term: s.term,
      // Never beyond what it is known to share: its log may differ there.
      commit: Math.min(progress.match, s.log.commit),
      readSequence: leadership.readSequence,
    });
  }
}

export function handleAppendResponse(s: CoreState, m: AppendResponse): void {
  const progress = s.leadership?.progress.get(m.from);
  if (progress === undefined) return;
  progress.lastContactMs = s.nowMs;
  if (m.rejected) {
    // Skip whole terms: below the follower's hint, the last place where our term is not greater than its own.
    const agreed = m.hintTerm > 0 ? s.log.findAgreement(m.hintIndex, m.hintTerm).index : m.hintIndex;
    if (progress.retreat(m.index, agreed)) sendAppends(s, progress);
    return;
  }
  const advanced = progress.advance(m.index);
  if (progress.state === 'probe') {
    if (advanced || progress.match === m.index) progress.becomeReplicate();
  } else if (progress.state === 'snapshot') {
    const { transfer } = progress;
    // Should the log have been compacted beyond it meanwhile, the next append starts another snapshot.
    if (transfer !== undefined && progress.match >= transfer.snapshot.index) progress.becomeReplicate();
  } else {
    progress.inflight.freeTo(m.index);
  }
  if (advanced && progress.isVoter) advanceCommit(s);
}

export function handleHeartbeatResponse(s: CoreState, m: HeartbeatResponse): void {
  const progress = s.leadership?.progress.get(m.from);
  if (progress === undefined) return;
  progress.lastContactMs = s.nowMs;
  if (m.readSequence > progress.readSequence) {
    progress.readSequence = m.readSequence;
    if (progress.isVoter) confirmReads(s);
  }
  if (progress.state === 'snapshot') {
    const { transfer } = progress;
    if (transfer !== undefined && s.nowMs - transfer.lastSentMs >= s.config.electionTimeoutMinMs) {
      transfer.resent = true;
      sendSnapshotChunk(s, progress);
    }
    return;
  }
  progress.probeSent = false;
  if (progress.state === 'replicate' && progress.match < s.log.lastIndex) checkStuck(s, progress);
}

/**
 * The last append of a burst may have been lost, and nothing that follows would show it: an empty append at the end of
 * what was sent is refused then, and the replica probed anew.
 */
function checkStuck(s: CoreState, progress: Progress): void {
  const prevTerm = s.log.term(progress.next - 1);
  if (prevTerm === undefined) {
    progress.becomeProbe();
    return;
  }
  s.send({
    type: 'append',
    from: s.self,
    to: progress.key,
    term: s.term,
    prevIndex: progress.next - 1,
    prevTerm,
    commit: s.log.commit,
    entries: [],
  });
  progress.sentCommit = s.log.commit;
}
