import { assert } from '../../common/assert.js';
import type { NodeId, Uuid } from '../../common/ids.js';
import type { Voter } from '../api.js';
import {
  askAtStart,
  becomeFollower,
  handleTimeoutNow,
  handleVoteRequest,
  handleVoteResponse,
  peerRefused,
  recordVote,
  startPreVote,
  tickElection,
} from './election.js';
import { handleAppend, handleHeartbeat } from './follower.js';
import { appendOwn, countOwn, flushLeader, handleHello, leaderJudgesAt, leadershipOf, tickLeader } from './leader.js';
import type { Progress } from './progress.js';
import type { RaftLogView } from './raft-log.js';
import { requestRead } from './read-index.js';
import { handleAppendResponse, handleHeartbeatResponse } from './replication.js';
import { handleSnapshotChunk, handleSnapshotResponse } from './snapshot-transfer.js';
import { CoreState } from './state.js';
import type { CoreOptions } from './state.js';
import type { CoreRole, Message, Persist, Ready, Snapshot } from './types.js';
import { addVoter, isCaughtUp, removeVoter, transferLeadership } from './voter-change.js';
import type { ChangeOutcome, TransferOutcome } from './voter-change.js';
import type { ReplicaKey, VoterSet } from './voter-set.js';

/** Bytes and entries handed out to be applied in one go. */
const MAX_APPLY_BYTES = 1024 * 1024;
const MAX_APPLY_ENTRIES = 1024;

export type ProposeOutcome =
  | { readonly kind: 'appended'; readonly firstIndex: number; readonly lastIndex: number; readonly term: number }
  | { readonly kind: 'notLeader' | 'transferPending' | 'tooMuchUncommitted' };

/**
 * One replica of a Raft log, after Ongaro's dissertation. Pure: no clock, no I/O. Input goes in by `step`, `tick`,
 * `propose` and the like; what it leads to is collected by `ready`, and the driver says by `persisted` when the Persist
 * of a Ready is on stable storage. One Persist is under way at a time; input is welcome meanwhile and joins the next.
 */
export class RaftCore {
  readonly #state: CoreState;
  #persisting: { readonly lastIndex: number; readonly lastTerm: number; readonly persist: Persist } | undefined;

  constructor(options: CoreOptions) {
    this.#state = new CoreState(options);
  }

  get self(): ReplicaKey {
    return this.#state.self;
  }

  get term(): number {
    return this.#state.term;
  }

  get vote(): ReplicaKey | undefined {
    return this.#state.vote;
  }

  get role(): CoreRole {
    return this.#state.role;
  }

  get leader(): ReplicaKey | undefined {
    return this.#state.leader;
  }

  get isVoter(): boolean {
    return this.#state.isVoter;
  }

  /** It stands for election: a voter, or one whose removal is not known to be committed. */
  get isElectable(): boolean {
    return this.#state.isElectable;
  }

  get isBlank(): boolean {
    return this.#state.isBlank;
  }

  get clusterId(): Uuid | undefined {
    return this.#state.clusterId;
  }

  get founding(): VoterSet | undefined {
    return this.#state.founding;
  }

  /** In effect: the last one in the log, committed or not. */
  get voters(): VoterSet {
    return this.#state.membership.current;
  }

  get votersIndex(): number {
    return this.#state.membership.currentIndex;
  }

  get commit(): number {
    return this.#state.log.commit;
  }

  get lastIndex(): number {
    return this.#state.log.lastIndex;
  }

  get applied(): number {
    return this.#state.log.applied;
  }

  /** Since when the disk has been at work on a Persist; undefined: it is not. */
  get persistingSinceMs(): number | undefined {
    return this.#state.persistingSinceMs;
  }

  get snapshotIndex(): number {
    return this.#state.snapshot?.index ?? 0;
  }

  /** The leader's first entry of its term; undefined elsewhere. */
  get leadershipStart(): number | undefined {
    return this.#state.leadership?.firstIndex;
  }

  /** For the leader: how far each replica is, itself included. */
  get progress(): Iterable<Progress> {
    return this.#state.leadership?.progress.values() ?? [];
  }

  /** Undefined outside the log that is kept. */
  termAt(index: number): number | undefined {
    return this.#state.log.term(index);
  }

  /** What this replica holds in memory of the log. */
  get log(): RaftLogView {
    return this.#state.log;
  }

  isCaughtUp(key: ReplicaKey): boolean {
    return isCaughtUp(this.#state, key);
  }

  /** Lets a blank replica be one of the first voters. `campaign`: it stands for election at once. */
  found(voters: VoterSet, campaign: boolean): void {
    const s = this.#state;
    assert(s.isBlank, 'only a blank replica is founded');
    assert(voters.has(s.self), 'a replica is founded with itself among the voters');
    s.founding = voters;
    s.foundingUnsaved = true;
    s.membership.restore(0, voters);
    if (campaign) startPreVote(s);
  }

  /** The founding set is on stable storage. */
  get foundingSaved(): boolean {
    return this.#state.foundingSaved;
  }

  /** It was founded, and waits to be told that the other founders wrote down the same set. */
  get awaitsFounders(): boolean {
    const s = this.#state;
    return s.founding !== undefined && !s.mayStand;
  }

  /** From here on it does not stand for election before `foundersAgree`, if nobody has stood yet. */
  awaitFounders(): void {
    this.#state.awaitsFounders = true;
  }

  /** All founders wrote down the same set. `campaign`: it stands for election at once. */
  foundersAgree(campaign: boolean): void {
    this.#state.awaitsFounders = false;
    if (campaign) startPreVote(this.#state);
  }

  step(message: Message, nowMs: number): void {
    const s = this.#state;
    s.nowMs = nowMs;
    assert(message.to === s.self, 'a replica steps only what is meant for it');
    assert(message.from !== s.self, 'nobody sends to oneself');
    if (message.type === 'hello') {
      handleHello(s, message);
      return;
    }
    if (message.term > s.term) {
      if (!this.#meetHigherTerm(message)) return;
    } else if (message.term < s.term) {
      this.#meetLowerTerm(message);
      return;
    }
    this.#dispatch(message);
  }

  /** False when the message is to be ignored. */
  #meetHigherTerm(message: Message): boolean {
    const s = this.#state;
    switch (message.type) {
      case 'voteRequest':
        if (message.preVote) return true;
        // Loyal to a live leader, it does not let itself be disturbed (dissertation 4.2.3).
        if (s.isBlank || (s.isLoyal && !message.transfer)) return false;
        becomeFollower(s, message.term, undefined);
        return true;
      case 'voteResponse':
        if (message.preVote && message.granted) return true;
        becomeFollower(s, message.term, undefined);
        return true;
      case 'append':
      case 'heartbeat':
      case 'snapshotChunk':
        becomeFollower(s, message.term, message.from);
        return true;
      default:
        becomeFollower(s, message.term, undefined);
        return true;
    }
  }

  /** An old leader is told of the new term by any answer, so that it steps down; an old question is refused. */
  #meetLowerTerm(m: Message): void {
    const s = this.#state;
    if (m.type === 'append' || m.type === 'heartbeat' || m.type === 'snapshotChunk') {
      s.sendAfterPersist({
        type: 'appendResponse',
        from: s.self,
        to: m.from,
        term: s.term,
        index: 0,
        rejected: true,
        hintIndex: 0,
        hintTerm: 0,
      });
    } else if (m.type === 'voteRequest' && m.preVote) {
      s.sendAfterPersist({
        type: 'voteResponse',
        from: s.self,
        to: m.from,
        term: s.term,
        preVote: true,
        granted: false,
      });
    }
  }

  #dispatch(m: Message): void {
    const s = this.#state;
    switch (m.type) {
      case 'voteRequest':
        return handleVoteRequest(s, m);
      case 'voteResponse':
        return handleVoteResponse(s, m);
      case 'append':
        return handleAppend(s, m);
      case 'heartbeat':
        return handleHeartbeat(s, m);
      case 'snapshotChunk':
        return handleSnapshotChunk(s, m);
      case 'appendResponse':
        return handleAppendResponse(s, m);
      case 'heartbeatResponse':
        return handleHeartbeatResponse(s, m);
      case 'snapshotResponse':
        return handleSnapshotResponse(s, m);
      case 'timeoutNow':
        return handleTimeoutNow(s, m);
      case 'readRequest':
        if (s.role === 'leader') requestRead(s, m.from, m.requestId);
        return;
      case 'readResponse':
        s.reads.push({ requestId: m.requestId, index: m.index });
        return;
      case 'hello':
        return;
    }
  }

  /** Time has come to `nowMs`: judges what is overdue. Input that has already arrived should be stepped before. */
  tick(nowMs: number): void {
    const s = this.#state;
    s.nowMs = nowMs;
    if (s.role === 'leader') tickLeader(s);
    else tickElection(s);
    if (nowMs < s.helloDueMs) return;
    s.helloDueMs = nowMs + s.config.electionTimeoutMaxMs;
    s.helloWanted = s.role !== 'leader' && !(s.isVoter && s.leader !== undefined);
  }

  /** When `tick` is due next. */
  get dueMs(): number {
    const s = this.#state;
    if (s.role !== 'leader') return Math.min(s.electionDueMs, s.helloDueMs);
    const { heartbeatDueMs, quorumCheckMs, transfer } = leadershipOf(s);
    return Math.min(heartbeatDueMs, quorumCheckMs, transfer?.deadlineMs ?? Number.POSITIVE_INFINITY);
  }

  /** Whether `tick` at `nowMs` may take someone for silent: what has arrived by then has to be heard first. */
  judgesAt(nowMs: number): boolean {
    return this.#state.role === 'leader' ? leaderJudgesAt(this.#state, nowMs) : nowMs >= this.dueMs;
  }

  peerRefused(nodeId: NodeId, nowMs: number): void {
    this.#state.nowMs = nowMs;
    peerRefused(this.#state, nodeId);
  }

  /** The process takes part from now on. */
  start(nowMs: number): void {
    this.#state.nowMs = nowMs;
    askAtStart(this.#state);
  }

  /** Stands for election now, by a pre-vote. */
  campaign(nowMs: number): void {
    this.#state.nowMs = nowMs;
    if (this.#state.role !== 'leader') startPreVote(this.#state);
  }

  propose(payloads: readonly Uint8Array[]): ProposeOutcome {
    assert(payloads.length > 0, 'a proposal has a payload');
    const s = this.#state;
    if (s.role !== 'leader' || !s.isVoter) return { kind: 'notLeader' };
    const leadership = leadershipOf(s);
    if (leadership.transfer !== undefined) return { kind: 'transferPending' };
    // A single proposal of any size is let through when nothing else waits.
    let bytes = leadership.uncommittedBytes;
    for (const payload of payloads) bytes += payload.length;
    if (leadership.uncommittedBytes > 0 && bytes > s.config.maxUncommittedBytes) return { kind: 'tooMuchUncommitted' };
    const firstIndex = s.log.lastIndex + 1;
    for (const payload of payloads) appendOwn(s, s.makeEntry('normal', payload));
    return { kind: 'appended', firstIndex, lastIndex: s.log.lastIndex, term: s.term };
  }

  /** The answer comes in a Ready's `reads`, or never. False: there is no leader to ask, or too many wait. */
  readIndex(requestId: number): boolean {
    const s = this.#state;
    if (s.role === 'leader') return requestRead(s, s.self, requestId);
    if (s.leader === undefined) return false;
    s.send({ type: 'readRequest', from: s.self, to: s.leader, term: s.term, requestId });
    return true;
  }

  addVoter(voter: Voter): ChangeOutcome {
    return addVoter(this.#state, voter);
  }

  removeVoter(key: ReplicaKey, options?: { readonly replaced: boolean }): ChangeOutcome {
    return removeVoter(this.#state, key, options?.replaced ?? false);
  }

  transferLeadership(to: NodeId | undefined): TransferOutcome {
    return transferLeadership(this.#state, to);
  }

  /**
   * How many entries before a snapshot at `index` should stay in the log, for replicas that are only a little behind: as
   * the configuration says, and not more bytes than come between two snapshots.
   */
  trailingEntries(index: number): number {
    const { log, config } = this.#state;
    return index - log.trail(index, config.snapshotTrailingEntries, config.snapshotIntervalBytes);
  }

  /** The driver has a snapshot of the applied state on stable storage; `keep` entries before it stay in the log. */
  snapshotTaken(snapshot: Snapshot, keep: number): void {
    const s = this.#state;
    assert(snapshot.index <= s.log.applied, 'a snapshot covers applied entries only');
    if (snapshot.index <= this.snapshotIndex) return;
    s.snapshot = snapshot;
    s.log.compact(Math.max(s.log.baseIndex, snapshot.index - keep));
    s.membership.compact(s.log.baseIndex);
  }

  /** The voters in effect at an index that is still known: for a snapshot taken there. */
  votersAt(index: number): VoterSet {
    return this.#state.membership.at(index);
  }

  ready(): Ready {
    const s = this.#state;
    if (s.role === 'leader') flushLeader(s);
    const messages = s.outbox;
    if (messages.length > 0) s.outbox = [];
    const reads = s.reads;
    if (reads.length > 0) s.reads = [];
    const snapshot = s.installed;
    s.installed = undefined;
    // What follows a snapshot that is on its way to the disk waits for it.
    const committed = s.installing === undefined ? s.log.takeCommitted(MAX_APPLY_BYTES, MAX_APPLY_ENTRIES) : [];
    const hello = s.helloWanted;
    s.helloWanted = false;
    return { messages, persist: this.#takePersist(), snapshot, committed, reads, hello };
  }

  #takePersist(): Persist | undefined {
    if (this.#persisting !== undefined) return undefined;
    const s = this.#state;
    const saved = s.savedHardState;
    const stateChanged = s.term !== saved.term || s.vote !== saved.vote;
    const hasEntries = s.log.unstableFrom <= s.log.lastIndex;
    const identityChanged = s.foundingUnsaved || s.clusterId !== s.savedClusterId;
    const isEmpty = !stateChanged && !hasEntries && !identityChanged && s.installing === undefined;
    if (isEmpty && s.afterPersist.size === 0) return undefined;
    const persist: Persist = {
      founding: s.foundingUnsaved ? s.founding : undefined,
      clusterId: s.clusterId,
      snapshot: s.installing,
      entries: hasEntries ? s.log.takeUnstable() : [],
      hardState: isEmpty ? saved : { term: s.term, vote: s.vote, commit: s.log.commit },
      isEmpty,
      messages: s.afterPersist.take(),
    };
    s.foundingUnsaved = false;
    s.savedClusterId = s.clusterId;
    this.#persisting = { lastIndex: s.log.lastIndex, lastTerm: s.log.lastTerm, persist };
    s.persistingSinceMs = s.nowMs;
    return persist;
  }

  /** The Persist that was handed out last is on stable storage, and its messages are on their way. */
  persisted(): void {
    const s = this.#state;
    const persisting = this.#persisting;
    assert(persisting !== undefined, 'only a Persist that was handed out is done');
    this.#persisting = undefined;
    s.persistingSinceMs = undefined;
    const { persist } = persisting;
    s.savedHardState = persist.hardState;
    if (persist.founding !== undefined) s.foundingSaved = true;
    s.log.persisted(persisting.lastIndex, persisting.lastTerm);
    if (persist.snapshot !== undefined && s.installing === persist.snapshot) {
      s.installing = undefined;
      s.installed = persist.snapshot;
      s.snapshot = persist.snapshot;
    }
    if (s.role === 'leader') countOwn(s);
    const { hardState } = persist;
    if (s.role === 'candidate' && hardState.term === s.term && hardState.vote === s.self) recordVote(s, s.self, true);
  }

  /** For a follower that learns of its leader by other means (a test, a stream that was opened). */
  get isLoyal(): boolean {
    return this.#state.isLoyal;
  }
}
