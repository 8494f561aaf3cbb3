import type { NodeId, Uuid } from '../common/ids.js';
import type { Platform } from '../platform/platform.js';
import type { Address, RpcStream, StreamHandler, TlsSource } from '../platform/transport.js';

/**
 * What the rest of Varve sees of the metadata quorum: a `Raft` that commits opaque payloads in one order, and the
 * `StateMachine` that it feeds. The log has entries of its own (leader changes, voter sets) between the payloads, so
 * that indexes grow but are not dense for the state machine.
 */

/** One replica of the log. A node whose directory was wiped comes back as another replica (KIP-853). */
export interface ReplicaId {
  readonly nodeId: NodeId;
  readonly directoryId: Uuid;
}

/** A replica that votes, and where its INTERNAL listener is. */
export interface Voter extends ReplicaId {
  readonly host: string;
  readonly port: number;
}

/** One `id@host:port` of controller.quorum.voters. */
export interface ConfiguredVoter {
  readonly nodeId: NodeId;
  readonly host: string;
  readonly port: number;
}

export interface AppliedEntry {
  readonly index: number;
  readonly term: number;
  /** As it was proposed; shared, never to be changed. */
  readonly payload: Uint8Array;
}

/**
 * The state that the log replicates. All calls are synchronous and in log order. What they throw ends this node's part in
 * the quorum: it is for what no state can be made of (a newer release wrote it).
 */
export interface StateMachine {
  /** Committed payloads, in order, each once a process (or covered by a restored snapshot). */
  apply(entries: readonly AppliedEntry[]): void;
  /**
   * The whole state after the last applied entry, in pieces of any size (up to some 256 KiB each is best). They are asked
   * for one by one, and entries are applied in between: all of them show the state as it is at this call.
   */
  takeSnapshot(): Iterable<Uint8Array>;
  /** Replaces the whole state; `index` is the last log index that it covers. */
  restoreSnapshot(chunks: readonly Uint8Array[], index: number): void;
  /** This node leads in `term` and has applied an entry of it: from here on it may decide. */
  onLeader(term: number): void;
  /** It leads no longer: proposals that were not applied may or may not be committed by others. */
  onFollower(): void;
}

export interface RaftConfig {
  /** A follower that heard nothing from its leader this long stands for election; the real time-out is random. */
  readonly electionTimeoutMinMs: number;
  readonly electionTimeoutMaxMs: number;
  readonly heartbeatIntervalMs: number;
  /** Payload bytes of one append message; a greater single entry goes alone. */
  readonly maxAppendBytes: number;
  /** Append messages, and their bytes, under way to one follower without an answer. */
  readonly maxInflightMessages: number;
  readonly maxInflightBytes: number;
  /** Proposed and not yet committed; past it `append` fails with THROTTLING_QUOTA_EXCEEDED. */
  readonly maxUncommittedBytes: number;
  readonly maxPendingReads: number;
  readonly maxObservers: number;
  /** A snapshot replaces the log once the entries applied since the last one exceed these bytes. */
  readonly snapshotIntervalBytes: number;
  /** Applied entries kept behind a snapshot so that a follower a little behind needs none; of no more bytes than above. */
  readonly snapshotTrailingEntries: number;
  readonly snapshotChunkBytes: number;
}

export const DEFAULT_RAFT_CONFIG: RaftConfig = {
  electionTimeoutMinMs: 500,
  electionTimeoutMaxMs: 1000,
  heartbeatIntervalMs: 200,
  maxAppendBytes: 256 * 1024,
  maxInflightMessages: 64,
  maxInflightBytes: 4 * 1024 * 1024,
  maxUncommittedBytes: 16 * 1024 * 1024,
  maxPendingReads: 4096,
  maxObservers: 1000,
  snapshotIntervalBytes: 8 * 1024 * 1024,
  snapshotTrailingEntries: 1000,
  snapshotChunkBytes: 256 * 1024,
};

/** Of one message between nodes of the quorum. What lies between them must let as much through. */
export const DEFAULT_MAX_MESSAGE_BYTES = 16 * 1024 * 1024;

export interface RaftNodeOptions extends ReplicaId {
  /** controller.quorum.voters: who founds a blank cluster, and where observers look for the leader. */
  readonly voters: readonly ConfiguredVoter[];
  /** Where a node is that `voters` does not name: a voter that was added while the cluster ran and loses its directory is replaced. */
  readonly registeredAddress?: (nodeId: NodeId) => Address | undefined;
  /** The folder that holds the log; made when missing. */
  readonly directory: string;
  /**
   * The log was there before: this replica may have voted and acknowledged, so that a missing one is refused. The caller
   * keeps this, durably and outside `directory`, from the first `open` on and before `start`.
   */
  readonly mustExist?: boolean;
  readonly platform: Platform;
  readonly config?: Partial<RaftConfig>;
  readonly stateMachine: StateMachine;
  readonly tls?: TlsSource;
  /** Of one message between nodes; must exceed the greatest proposal and `snapshotChunkBytes`. */
  readonly maxMessageBytes?: number;
  /**
   * The log's disk failed, its store is damaged beyond use, or the state machine cannot take what was committed: the node
   * has left the quorum and should stop.
   */
  readonly onFailure?: (error: Error) => void;
}

/** `observer`: replicates without a vote. `candidate` covers the pre-vote too. */
export type RaftRole = 'leader' | 'candidate' | 'follower' | 'observer';

export interface Leadership {
  readonly leaderId: NodeId | undefined;
  readonly term: number;
  readonly role: RaftRole;
}

export interface Appended {
  readonly firstIndex: number;
  readonly lastIndex: number;
  readonly term: number;
}

/** As DescribeQuorum tells it. The leader alone knows the others' progress; elsewhere `replicas` holds this node. */
export interface RaftStatus extends Leadership, ReplicaId {
  readonly clusterId: Uuid | undefined;
  readonly committedIndex: number;
  readonly appliedIndex: number;
  readonly lastIndex: number;
  readonly snapshotIndex: number;
  readonly voters: readonly Voter[];
  readonly replicas: readonly ReplicaStatus[];
  /** One sentence that says why there can be no leader (two wiped of three, say) and what to do; else undefined. */
  readonly problem: string | undefined;
}

export interface ReplicaStatus extends ReplicaId {
  readonly isVoter: boolean;
  /** Greatest index known to be on its stable storage. */
  readonly matchIndex: number;
  /** Milliseconds since its last answer; undefined when it gave none in this term. */
  readonly lastContactMs: number | undefined;
}

/**
 * One node's part in the quorum. Errors are VarveErrors: NOT_CONTROLLER (retry at `leaderId`), REQUEST_TIMED_OUT,
 * THROTTLING_QUOTA_EXCEEDED (back-pressure), KAFKA_STORAGE_ERROR.
 */
export interface Raft extends ReplicaId {
  readonly leaderId: NodeId | undefined;
  readonly term: number;
  readonly role: RaftRole;
  /** Undefined until the founding entry of the cluster is committed here. */
  readonly clusterId: Uuid | undefined;
  readonly appliedIndex: number;
  /** The streams that this node's INTERNAL listener must serve, by method path. */
  readonly streamHandlers: Readonly<Record<string, StreamHandler>>;
  /** Starts to speak with the others. The listener should serve `streamHandlers` by then. */
  start(): void;
  /** Appends on the leader and resolves when the entries are committed and applied here. */
  propose(payloads: readonly Uint8Array[]): Promise<Appended>;
  /** Appends on the leader without waiting; `apply` tells when. Throws NOT_CONTROLLER or THROTTLING_QUOTA_EXCEEDED. */
  append(payloads: readonly Uint8Array[]): Appended;
  /** An index such that a state that has applied it is current; resolves when it is applied here. Any node. */
  readIndex(): Promise<number>;
  /** Leader only; resolves when committed. The observer must have caught up (else REQUEST_TIMED_OUT: try again). */
  addVoter(voter: Voter): Promise<void>;
  removeVoter(replica: ReplicaId): Promise<void>;
  /** Leader only; resolves when another node leads (`nodeId`, or the most advanced voter). */
  transferLeadership(nodeId?: NodeId): Promise<void>;
  status(): RaftStatus;
  /** Called after each change of role, term or known leader. Returns the way to stop. */
  onLeadershipChange(listener: (leadership: Leadership) => void): () => void;
  /**
   * Called with each heartbeat of the quorum: on the leader when it has sent its own, elsewhere when the leader's is heard.
   * What is sent to the leader then, on a stream of `openStream`, travels with the answer. Returns the way to stop.
   */
  onHeartbeat(listener: () => void): () => void;
  /** Another stream on the connection that is kept to `nodeId`; undefined: none is. */
  openStream(nodeId: NodeId, method: string): RpcStream | undefined;
  /** The node is silent where it should not be: sees whether a new connection reaches it, and if so lets it do the same. */
  probe(nodeId: NodeId): void;
  /**
   * Called when a node that was cut off from this one is reached again. What stands still on older connections to it may do so
   * for as long as the cut lasted. Returns the way to stop.
   */
  onReached(listener: (nodeId: NodeId) => void): () => void;
  close(): Promise<void>;
}
