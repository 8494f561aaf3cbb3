import type { Uuid } from '../../common/ids.js';
import type { ReplicaKey, VoterSet } from './voter-set.js';

/** `leaderChange`: the first entry of a term. `voters`: the whole voter set, in effect as soon as it is appended. */
export type EntryType = 'normal' | 'leaderChange' | 'voters';

export interface Entry {
  readonly index: number;
  readonly term: number;
  readonly type: EntryType;
  readonly payload: Uint8Array;
}

/** What must survive a crash before a vote or an acknowledgement leaves. `commit` may lag: it is never less safe. */
export interface HardState {
  readonly term: number;
  readonly vote: ReplicaKey | undefined;
  readonly commit: number;
}

/** The state machine's state after `index`, and the voters in effect there. */
export interface Snapshot {
  readonly index: number;
  readonly term: number;
  readonly voters: VoterSet;
  /** At least one; the pieces in which it travels. */
  readonly chunks: readonly Uint8Array[];
}

/** A snapshot whose pieces are made as they are asked for, each the same however much is applied meanwhile. */
export interface SnapshotSource {
  readonly index: number;
  readonly term: number;
  readonly voters: VoterSet;
  readonly chunks: Iterable<Uint8Array>;
}

interface Head {
  readonly from: ReplicaKey;
  readonly to: ReplicaKey;
  /** The sender's; of a pre-vote and its granted answer the term asked for. */
  readonly term: number;
}

export interface VoteRequest extends Head {
  readonly type: 'voteRequest';
  readonly preVote: boolean;
  readonly lastIndex: number;
  readonly lastTerm: number;
  /** The leader asked for this election: loyalty to it is no reason to refuse. */
  readonly transfer: boolean;
}

export interface VoteResponse extends Head {
  readonly type: 'voteResponse';
  readonly preVote: boolean;
  readonly granted: boolean;
}

export interface AppendMessage extends Head {
  readonly type: 'append';
  readonly prevIndex: number;
  readonly prevTerm: number;
  readonly commit: number;
  readonly entries: readonly Entry[];
}

export interface AppendResponse extends Head {
  readonly type: 'appendResponse';
  /** Accepted: durable up to it. Rejected: the prevIndex that was refused. */
  readonly index: number;
  readonly rejected: boolean;
  readonly hintIndex: number;
  readonly hintTerm: number;
}

export interface Heartbeat extends Head {
  readonly type: 'heartbeat';
  readonly commit: number;
  readonly readSequence: number;
}

export interface HeartbeatResponse extends Head {
  readonly type: 'heartbeatResponse';
  readonly readSequence: number;
}

export interface SnapshotChunk extends Head {
  readonly type: 'snapshotChunk';
  readonly index: number;
  readonly snapshotTerm: number;
  readonly voters: VoterSet;
  readonly chunk: number;
  readonly chunks: number;
  readonly data: Uint8Array;
}

export interface SnapshotResponse extends Head {
  readonly type: 'snapshotResponse';
  readonly index: number;
  readonly nextChunk: number;
}

export interface TimeoutNow extends Head {
  readonly type: 'timeoutNow';
}

export interface ReadRequest extends Head {
  readonly type: 'readRequest';
  readonly requestId: number;
}

export interface ReadResponse extends Head {
  readonly type: 'readResponse';
  readonly requestId: number;
  readonly index: number;
}

/** A replica without a vote, or one that nobody calls, asks to be sent the log. */
export interface Hello extends Head {
  readonly type: 'hello';
}

export type Message =
  | VoteRequest
  | VoteResponse
  | AppendMessage
  | AppendResponse
  | Heartbeat
  | HeartbeatResponse
  | SnapshotChunk
  | SnapshotResponse
  | TimeoutNow
  | ReadRequest
  | ReadResponse
  | Hello;

/** To be written and synced as one: snapshot first, then entries (cutting off what stands at their place), state last. */
export interface Persist {
  /** The voters that this blank replica was founded with; precedes its first vote. */
  readonly founding: VoterSet | undefined;
  /** As soon as it is certain. */
  readonly clusterId: Uuid | undefined;
  readonly snapshot: Snapshot | undefined;
  readonly entries: readonly Entry[];
  readonly hardState: HardState;
  /** Nothing but `messages`: there is nothing to write. */
  readonly isEmpty: boolean;
  /** To be sent only once all of the above is on stable storage. */
  readonly messages: readonly Message[];
}

export interface ReadState {
  readonly requestId: number;
  readonly index: number;
}

/** What the driver must do, in this order: send `messages`, do `persist`, apply, answer reads. */
export interface Ready {
  readonly messages: readonly Message[];
  readonly persist: Persist | undefined;
  /** To be restored before `committed` is applied. */
  readonly snapshot: Snapshot | undefined;
  readonly committed: readonly Entry[];
  readonly reads: readonly ReadState[];
  /** Say hello to every node that may be a voter, whatever its directory id is now. */
  readonly hello: boolean;
}

export type CoreRole = 'follower' | 'preCandidate' | 'candidate' | 'leader';
