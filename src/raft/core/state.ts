import { assert } from '../../common/assert.js';
import type { Uuid } from '../../common/ids.js';
import type { Random } from '../../platform/random.js';
import type { RaftConfig } from '../api.js';
import { HeldMessages } from './held-messages.js';
import { Membership } from './membership.js';
import { Progress } from './progress.js';
import { RaftLog } from './raft-log.js';
import type { CoreRole, Entry, HardState, Message, ReadState, Snapshot } from './types.js';
import { decodeVoterSet } from './voter-set-codec.js';
import { VoterSet, nodeIdOfKey } from './voter-set.js';
import type { ReplicaKey } from './voter-set.js';

/** What a replica found on its disk. All of it empty: a blank one. */
export interface Restored {
  readonly hardState: HardState;
  readonly founding: VoterSet | undefined;
  readonly snapshot: Snapshot | undefined;
  /** The entry before the first one kept; 0 and 0 without a snapshot. */
  readonly baseIndex: number;
  readonly baseTerm: number;
  readonly entries: readonly Entry[];
  /** Known to be certain. */
  readonly clusterId: Uuid | undefined;
  /** What the state machine has applied already: the snapshot's index, more when a store is opened again. */
  readonly applied: number;
}

export interface CoreOptions {
  readonly self: ReplicaKey;
  readonly config: RaftConfig;
  readonly random: Random;
  /** Makes the cluster's id, should this replica be the first leader. */
  readonly makeClusterId: () => Uuid;
  readonly restored: Restored;
  readonly nowMs: number;
}

export interface PendingRead {
  readonly from: ReplicaKey;
  readonly requestId: number;
  /** The commit index when it came. */
  index: number;
  /** Confirmed once a majority has answered a heartbeat that carries it or a later one; 0: not asked yet. */
  sequence: number;
}

/** A leader's business, made anew for each term. */
export interface Leadership {
  readonly progress: Map<ReplicaKey, Progress>;
  heartbeatDueMs: number;
  /** When a majority must have answered within the last election time-out. */
  quorumCheckMs: number;
  /** It was looked at once: the voters have had an election time-out to answer in. */
  quorumChecked: boolean;
  /** The first entry of the term: reads and voter changes wait until it is committed. */
  readonly firstIndex: number;
  transfer: { readonly to: ReplicaKey; readonly deadlineMs: number; asked: boolean } | undefined;
  readSequence: number;
  reads: PendingRead[];
  /** A heartbeat should go out now, for reads. */
  readHeartbeat: boolean;
  uncommittedBytes: number;
  /** Appended and not yet known to be committed: their sizes, by index, oldest first. */
  countedTo: number;
}

export interface SnapshotAssembly {
  readonly from: ReplicaKey;
  readonly leaderTerm: number;
  readonly index: number;
  readonly term: number;
  readonly voters: VoterSet;
  readonly chunks: Uint8Array[];
  readonly total: number;
}

const EMPTY = new Uint8Array(0);

/** Greatest election time-outs after which a disk that has not finished a write hangs: it may never. */
const HANGING_DISK_TIMEOUTS = 3;

/**
 * All that one replica knows. The files beside this one are the rules that change it, a concept each; RaftCore is their
 * one door.
 */
export class CoreState {
  readonly self: ReplicaKey;
  readonly config: RaftConfig;
  readonly random: Random;
  readonly makeClusterId: () => Uuid;
  readonly log: RaftLog;
  readonly membership: Membership;
  nowMs: number;
  term: number;
  vote: ReplicaKey | undefined;
  role: CoreRole = 'follower';
  leader: ReplicaKey | undefined;
  /** Of the leader in `leader`: loyalty to it lasts the least election time-out from here. */
  leaderContactMs = Number.NEGATIVE_INFINITY;
  electionDueMs = 0;
  electionTimeoutMs = 0;
  /** The leader's host refused the connection, or this process has just begun: rounds are short. Counts failed rounds since. */
  refusedRounds: number | undefined;
  helloDueMs = 0;
  /** It does not vote, or finds no leader: all that might lead should be asked for the log. */
  helloWanted = false;
  votes = new Map<ReplicaKey, boolean>();
  leadership: Leadership | undefined;
  /** Replicas without a vote that asked to be sent the log, and when they last did: a new leader's first observers. */
  readonly observers = new Map<ReplicaKey, number>();
  /** The newest snapshot on stable storage. */
  snapshot: Snapshot | undefined;
  assembly: SnapshotAssembly | undefined;
  clusterId: Uuid | undefined;
  savedClusterId: Uuid | undefined;
  founding: VoterSet | undefined;
  foundingUnsaved = false;
  /** It is on stable storage. */
  foundingSaved: boolean;
  /** Not all of the founding set are known to have written it down: see `mayStand`. */
  awaitsFounders = false;
  /** Installed in the log and on its way to the disk and the state machine. */
  installing: Snapshot | undefined;
  /** Persisted, to be handed to the state machine. */
  installed: Snapshot | undefined;
  savedHardState: HardState;
  /** Since when the disk has been at work on a Persist. */
  persistingSinceMs: number | undefined;
  outbox: Message[] = [];
  readonly afterPersist = new HeldMessages();
  reads: ReadState[] = [];
  stepDownOnceSent = false;

  constructor(options: CoreOptions) {
    const { restored } = options;
    this.self = options.self;
    this.config = options.config;
    this.random = options.random;
    this.makeClusterId = options.makeClusterId;
    this.nowMs = options.nowMs;
    this.term = restored.hardState.term;
    this.vote = restored.hardState.vote;
    this.founding = restored.founding;
    this.foundingSaved = restored.founding !== undefined;
    this.snapshot = restored.snapshot;
    this.clusterId = restored.clusterId;
    this.savedClusterId = restored.clusterId;
    this.log = new RaftLog(restored.baseIndex, restored.baseTerm, restored.entries);
    const base = restored.snapshot?.voters ?? restored.founding ?? VoterSet.empty;
    this.membership = new Membership(restored.snapshot?.index ?? 0, base);
    for (const entry of restored.entries) {
      if (entry.index > this.membership.currentIndex) this.noteVoters(entry);
    }
    const applied = Math.max(restored.applied, restored.snapshot?.index ?? 0);
    this.log.startAt(applied, Math.max(applied, restored.hardState.commit));
    this.savedHardState = { term: this.term, vote: this.vote, commit: this.log.commit };
    this.drawElectionTimeout();
    this.electionDueMs = this.nowMs + this.electionTimeoutMs;
    this.noteCommitted();
  }

  get isVoter(): boolean {
    return this.membership.current.has(this.self);
  }

  /**
   * Whether it stands for election: a voter, and one whose removal is not known to be committed, which does not count its own vote
   * (dissertation 4.2.2). A leader that removes itself may be alone with that entry when its office ends. Its log is the longest
   * then, so that those who need its vote cannot win: were it not to stand either, nobody would lead ever again. Only the set
   * before the newest can matter: a set is appended once the one before is committed, and is stored with the knowledge of that.
   */
  get isElectable(): boolean {
    return this.isVoter || this.membership.at(this.log.commit).has(this.self);
  }

  /** Neither founded nor ever sent anything: it must not vote, for it may have voted before it was wiped. */
  get isBlank(): boolean {
    return this.founding === undefined && this.log.lastIndex === 0;
  }

  /**
   * One of the first voters stands for election once all of them have written down the same set: each writes down one, so
   * that no other set comes so far. A log or a term of before tell that somebody has stood in it.
   */
  get mayStand(): boolean {
    return !this.awaitsFounders || this.term > 0 || this.log.lastIndex > 0;
  }

  drawElectionTimeout(): void {
    const { electionTimeoutMinMs: min, electionTimeoutMaxMs: max } = this.config;
    this.electionTimeoutMs = min + this.random.below(Math.max(1, Math.floor(max - min)));
  }

  /** Appends to the log in memory; a voter set is in effect from here on. */
  appendEntry(entry: Entry): void {
    this.log.append(entry);
    this.noteVoters(entry);
  }

  noteVoters(entry: Entry): void {
    if (entry.type === 'voters') this.membership.append(entry.index, decodeVoterSet(entry.payload));
  }

  /** The cluster's id is certain once the entry that carries it is committed. */
  noteCommitted(): void {
    if (this.clusterId !== undefined) return;
    this.clusterId = this.membership.at(this.log.commit).clusterId;
  }

  makeEntry(type: Entry['type'], payload: Uint8Array = EMPTY): Entry {
    return { index: this.log.lastIndex + 1, term: this.term, type, payload };
  }

  /** Sent at once: it promises nothing that a crash could take back. */
  send(message: Message): void {
    assert(message.to !== this.self, 'nothing is sent to oneself');
    this.outbox.push(message);
  }

  /** Sent when everything up to now is on stable storage. */
  sendAfterPersist(message: Message): void {
    assert(message.to !== this.self, 'nothing is sent to oneself');
    this.afterPersist.hold(message);
  }

  /**
   * The disk has been at one write for so long that this replica cannot lead: it could not apply what others commit, and its
   * heartbeats, which need no disk, would hold them back from electing one that can.
   */
  get diskHangs(): boolean {
    if (this.persistingSinceMs === undefined) return false;
    return this.nowMs - this.persistingSinceMs > HANGING_DISK_TIMEOUTS * this.config.electionTimeoutMaxMs;
  }

  /** Whether it believes in a leader so firmly that it refuses to elect another (dissertation 4.2.3). */
  get isLoyal(): boolean {
    if (this.role === 'leader') return true;
    return this.leader !== undefined && this.nowMs - this.leaderContactMs < this.config.electionTimeoutMinMs;
  }

  get leaderNodeId(): number | undefined {
    return this.leader === undefined ? undefined : nodeIdOfKey(this.leader);
  }
}
