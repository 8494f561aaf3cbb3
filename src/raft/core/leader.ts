import { assert, defined } from '../../common/assert.js';
import { becomeFollower } from './election.js';
import { Progress } from './progress.js';
import { majorityValue } from './quorum.js';
import { entryBytes } from './raft-log.js';
import { releaseReads } from './read-index.js';
import { sendAppends, sendHeartbeats } from './replication.js';
import type { CoreState, Leadership } from './state.js';
import type { Entry, Hello } from './types.js';
import { encodeVoterSet } from './voter-set-codec.js';
import type { ReplicaKey } from './voter-set.js';

/** Leading: taking office, counting what is committed, check-quorum (dissertation 6.2), observers, leaving. */

/** Election time-outs after which a silent observer is forgotten, as leader and as one who might become it. */
const OBSERVER_SILENCE_TIMEOUTS = 10;

export function becomeLeader(s: CoreState): void {
  assert(s.role === 'candidate', 'only a candidate becomes leader');
  s.role = 'leader';
  s.leader = s.self;
  s.refusedRounds = undefined;
  s.assembly = undefined;
  const leadership: Leadership = {
    progress: new Map(),
    heartbeatDueMs: s.nowMs,
    quorumCheckMs: s.nowMs + s.config.electionTimeoutMaxMs,
    quorumChecked: false,
    firstIndex: s.log.lastIndex + 1,
    transfer: undefined,
    readSequence: 0,
    reads: [],
    readHeartbeat: false,
    uncommittedBytes: 0,
    countedTo: s.log.lastIndex,
  };
  s.leadership = leadership;
  for (const key of s.membership.current.keys) addProgress(s, leadership, key);
  for (const [key, helloMs] of s.observers) {
    if (s.nowMs - helloMs < observerSilenceMs(s)) addProgress(s, leadership, key);
  }
  // The first leader of a cluster names it; every other begins its term with an empty entry, which commits what earlier
  // terms left (dissertation 3.6.2, 6.4).
  const { current } = s.membership;
  const first =
    current.clusterId === undefined
      ? s.makeEntry('voters', encodeVoterSet(current.withClusterId(s.makeClusterId())))
      : s.makeEntry('leaderChange');
  appendOwn(s, first);
}

/** Appends an entry of this term to the leader's own log. */
export function appendOwn(s: CoreState, entry: Entry): void {
  leadershipOf(s).uncommittedBytes += entryBytes(entry);
  s.appendEntry(entry);
}

export function leadershipOf(s: CoreState): Leadership {
  return defined(s.leadership, 'a leader has a leadership');
}

export function addProgress(s: CoreState, leadership: Leadership, key: ReplicaKey): void {
  if (leadership.progress.has(key)) return;
  const progress = new Progress(key, s.membership.current.has(key), s.log.lastIndex + 1);
  if (key === s.self) {
    progress.match = s.log.stable;
    progress.next = s.log.lastIndex + 1;
  }
  leadership.progress.set(key, progress);
}

/** The voter set changed: who counts, and who is new. Who left stays as an observer, to learn of it. */
export function refreshVoters(s: CoreState): void {
  const leadership = leadershipOf(s);
  const { current } = s.membership;
  for (const key of current.keys) addProgress(s, leadership, key);
  for (const progress of leadership.progress.values()) progress.isVoter = current.has(progress.key);
  const { transfer } = leadership;
  if (transfer !== undefined && !current.has(transfer.to)) leadership.transfer = undefined;
}

/** Commits what a majority has stored, if it is of this term: entries of earlier ones follow (dissertation 3.6.2). */
export function advanceCommit(s: CoreState): void {
  const leadership = leadershipOf(s);
  const matches: number[] = [];
  for (const progress of leadership.progress.values()) if (progress.isVoter) matches.push(progress.match);
  const index = majorityValue(matches);
  if (index <= s.log.commit || s.log.term(index) !== s.term) return;
  s.log.commitTo(index);
  s.noteCommitted();
  while (leadership.countedTo < index) {
    leadership.countedTo++;
    leadership.uncommittedBytes -= entryBytes(s.log.entry(leadership.countedTo));
  }
  assert(leadership.uncommittedBytes >= 0, 'no entry is discounted twice');
  if (index >= leadership.firstIndex) releaseReads(s);
  if (s.membership.currentIndex <= index && !s.isVoter) s.stepDownOnceSent = true;
}

/** Its own entries up to `stable` are durable and count. */
export function countOwn(s: CoreState): void {
  const own = leadershipOf(s).progress.get(s.self);
  if (own === undefined) return;
  if (own.advance(s.log.stable)) advanceCommit(s);
}

/** Called once a batch of input is through: what it led to goes out in as few messages as possible. */
export function flushLeader(s: CoreState): void {
  const leadership = leadershipOf(s);
  if (leadership.readHeartbeat) sendHeartbeats(s);
  for (const progress of leadership.progress.values()) {
    if (progress.key !== s.self) sendAppends(s, progress);
  }
  const { transfer } = leadership;
  if (transfer !== undefined && !transfer.asked) {
    const target = leadership.progress.get(transfer.to);
    if (target !== undefined && target.match === s.log.lastIndex) {
      transfer.asked = true;
      s.send({ type: 'timeoutNow', from: s.self, to: transfer.to, term: s.term });
    }
  }
  // It removed itself, and the commit has been told.
  if (s.stepDownOnceSent) resign(s);
}

/** The most advanced voter is asked to take over (dissertation 4.2.2). */
function resign(s: CoreState): void {
  const heir = mostAdvancedVoter(s);
  if (heir !== undefined) s.send({ type: 'timeoutNow', from: s.self, to: heir, term: s.term });
  becomeFollower(s, s.term, undefined);
}

/** The voter other than itself that has most of the log, among those that answered lately. */
export function mostAdvancedVoter(s: CoreState): ReplicaKey | undefined {
  let best: Progress | undefined;
  for (const progress of leadershipOf(s).progress.values()) {
    if (!progress.isVoter || progress.key === s.self || !isRecent(s, progress)) continue;
    if (best === undefined || progress.match > best.match) best = progress;
  }
  return best?.key;
}

export function isRecent(s: CoreState, progress: Progress): boolean {
  return progress.lastContactMs !== undefined && s.nowMs - progress.lastContactMs <= s.config.electionTimeoutMaxMs;
}

/** Whether `tickLeader` at `nowMs` may take a replica, a hand-over or its own disk for silent. */
export function leaderJudgesAt(s: CoreState, nowMs: number): boolean {
  const { progress, transfer } = leadershipOf(s);
  if (s.persistingSinceMs !== undefined || (transfer !== undefined && nowMs >= transfer.deadlineMs)) return true;
  for (const { key, lastContactMs } of progress.values()) {
    if (key !== s.self && !(nowMs - (lastContactMs ?? -Infinity) <= s.config.electionTimeoutMaxMs)) return true;
  }
  return false;
}

export function tickLeader(s: CoreState): void {
  const leadership = leadershipOf(s);
  const beats = s.nowMs >= leadership.heartbeatDueMs;
  // It is looked at with each heartbeat from then on, which saves a timer of its own.
  if (s.nowMs >= leadership.quorumCheckMs || (beats && leadership.quorumChecked)) {
    leadership.quorumChecked = true;
    leadership.quorumCheckMs = s.nowMs + s.config.electionTimeoutMaxMs / 2;
    let active = 0;
    for (const progress of leadership.progress.values()) {
      if (progress.isVoter && (progress.key === s.self || isRecent(s, progress))) active++;
    }
    if (active < s.membership.current.majority) {
      becomeFollower(s, s.term, undefined);
      return;
    }
    if (s.diskHangs && s.membership.current.size > 1) {
      resign(s);
      return;
    }
    forgetSilentObservers(s, leadership);
  }
  if (leadership.transfer !== undefined && s.nowMs >= leadership.transfer.deadlineMs) leadership.transfer = undefined;
  if (beats) sendHeartbeats(s);
}

function forgetSilentObservers(s: CoreState, leadership: Leadership): void {
  for (const [key, progress] of leadership.progress) {
    if (progress.isVoter || key === s.self) continue;
    const heardMs = Math.max(progress.lastContactMs ?? 0, s.observers.get(key) ?? 0);
    if (s.nowMs - heardMs >= observerSilenceMs(s)) leadership.progress.delete(key);
  }
}

function observerSilenceMs(s: CoreState): number {
  return s.config.electionTimeoutMaxMs * OBSERVER_SILENCE_TIMEOUTS;
}

/** Any replica remembers who observes, so that as a new leader it can serve them at once. */
export function handleHello(s: CoreState, m: Hello): void {
  if (!s.observers.has(m.from) && s.observers.size >= s.config.maxObservers) {
    for (const [key, helloMs] of s.observers) {
      if (s.nowMs - helloMs >= observerSilenceMs(s)) s.observers.delete(key);
    }
    if (s.observers.size >= s.config.maxObservers) return;
  }
  s.observers.set(m.from, s.nowMs);
  if (s.role === 'leader') addProgress(s, leadershipOf(s), m.from);
}
