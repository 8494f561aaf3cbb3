import type { VarveError } from '../common/errors.js';
import type { LeaderEpoch, NodeId, Offset, Uuid } from '../common/ids.js';

/**
 * The typed use cases of one node, which the doors (`grpc/`, `kafka/`) call after decoding and before encoding. Any node
 * takes any of them: what another node leads is forwarded, one hop, inside the broker. Callbacks where calls are hot,
 * promises elsewhere. Promises reject with a VarveError; callbacks get one.
 */
export interface BrokerApi {
  /**
   * Appends whole record batches to one partition. Calls of one `RequestContext` for one partition take effect in the
   * order of the calls. `done` is called exactly once, perhaps before `produce` returns; with `acks` 0, of which
   * no client hears, once the batch no longer waits for the leader's disk. The broker patches offsets in `batches`; true when
   * it does not look at them any more, false when they are its own from now on.
   */
  produce(request: ProduceCall, done: (result: ProduceResult) => void): boolean;

  /** Opens a session that reads and then tails partitions, and pushes what it finds into `sink`. */
  openConsume(options: ConsumeOptions, sink: ConsumeSink): ConsumeSession;

  /** One read of several partitions; waits up to `maxWaitMs` for `minBytes`, woken by appends, never polling. */
  fetch(request: FetchCall): Promise<PartitionChunk[]>;

  listOffsets(request: ListOffsetsCall): Promise<ListOffsetsResult[]>;

  initProducerId(request: InitProducerIdCall): Promise<ProducerIdentity>;

  /** What this node knows of the cluster now; no I/O. */
  metadata(query: MetadataQuery): ClusterView;

  /**
   * Calls `listener` now and again after each change of brokers, of the controller or of the topics asked for (several
   * changes in one turn may come as one). Returns the way to stop.
   */
  watchMetadata(query: MetadataQuery, listener: (view: ClusterView) => void): () => void;

  /**
   * One admin call of the public API: `method` is its full path such as `/varve.v1.Admin/CreateTopics`, `request` and
   * the result its encoded messages. The broker answers it or forwards it to the active controller.
   */
  admin(method: string, request: Uint8Array, context: RequestContext): Promise<Uint8Array>;
}

/** Who asks, and how long they wait. One object a stream or a call. */
export interface RequestContext {
  /** Kafka's form: `User:alice`; `User:ANONYMOUS` without authentication. */
  readonly principal: string;
  /** `host:port` of the client. */
  readonly peerAddress: string;
  /** Milliseconds that the caller still waits; undefined without a deadline. */
  readonly timeoutMs: number | undefined;
  /** Aborted when the caller is gone. */
  readonly signal: AbortSignal;
}

export interface DeleteRecordsCall {
  readonly topic: string;
  readonly partition: number;
  /** -1: the high watermark. */
  readonly beforeOffset: Offset;
  /** How long to wait for the in-sync replicas before REQUEST_TIMED_OUT. */
  readonly timeoutMs: number;
  /** Aborted when nobody waits for the answer any more. */
  readonly signal?: AbortSignal;
}

/** Kafka's wire values: 0 none, 1 the leader has it on disk, -1 every in-sync replica has. */
export type RequiredAcks = 0 | 1 | -1;

export interface ProduceCall {
  readonly context: RequestContext;
  readonly topic: string;
  readonly partition: number;
  readonly acks: RequiredAcks;
  /** How long to wait for the replicas before REQUEST_TIMED_OUT. */
  readonly timeoutMs: number;
  /** One or more RecordBatches (magic 2), one after the other, not yet validated. */
  readonly batches: Buffer;
}

export interface ProduceResult {
  /** Undefined: acknowledged as `acks` asked. */
  readonly error: VarveError | undefined;
  /** Offset of the first record; of the original when the batch was a duplicate; -1 where not known. */
  readonly baseOffset: Offset;
  /** -1 unless the topic uses LogAppendTime. */
  readonly logAppendTimeMs: number;
  readonly logStartOffset: Offset;
}

export type Isolation = 'readUncommitted' | 'readCommitted';

export interface ConsumeOptions {
  readonly context: RequestContext;
  readonly isolation: Isolation;
  /** Bytes of one chunk at most, but always at least one batch. */
  readonly maxChunkBytes: number;
}

export interface ConsumeSession {
  /**
   * Adds a partition or moves its position. At least one chunk (perhaps empty) or error follows it, so that the reader
   * learns where the partition ends.
   */
  set(position: ReadPosition): void;
  remove(topic: string, partition: number): void;
  /** Goes on after `onChunk` returned false. */
  resume(): void;
  /** Nothing is pushed after it. Closing twice does nothing. */
  close(): void;
}

export interface ReadPosition {
  readonly topic: string;
  readonly partition: number;
  readonly offset: Offset;
  /** Given back with each chunk; after `set` returned, chunks of an older position no longer come. */
  readonly positionId: number;
  /** The leader epoch that the reader knows, -1 for none; checked as in Fetch (KIP-320). */
  readonly currentLeaderEpoch: LeaderEpoch;
  /** The leader epoch of the last record read below `offset`, -1 for none; see `PartitionChunk.divergingEpoch`. */
  readonly lastFetchedEpoch: LeaderEpoch;
  /** The topic that the offset is of (KIP-516); undefined: whichever has the name. */
  readonly topicId: Uuid | undefined;
}

export interface ConsumeSink {
  /**
   * New records or an error of one partition; after an error the partition is off the session. False: push nothing
   * more until `resume` (the chunk itself was taken). Never called from within a call of the session's methods.
   */
  onChunk(chunk: PartitionChunk): boolean;
}

export interface PartitionChunk {
  readonly topic: string;
  readonly partition: number;
  readonly positionId: number;
  readonly error: VarveError | undefined;
  readonly highWatermark: Offset;
  readonly lastStableOffset: Offset;
  readonly logStartOffset: Offset;
  /** Whole RecordBatches, CRC-checked, read-only slices; the first may start below the offset asked for. */
  readonly batches: readonly Buffer[];
  /** Bytes of `batches` together. */
  readonly sizeBytes: number;
  /** With readCommitted: Kafka's aborted transactions that overlap `batches`, by first offset. */
  readonly abortedTransactions: readonly AbortedTransaction[];
  /** Where to go on reading. */
  readonly nextOffset: Offset;
  /**
   * Set: the log holds `lastFetchedEpoch` only below `endOffset` (KIP-595's DivergingEpoch). There are no batches, and the
   * partition is off the session.
   */
  readonly divergingEpoch: EpochEnd | undefined;
}

/**
 * The greatest epoch the leader holds that is at most the one asked for, and the offset at which it ends; where it holds
 * only later ones, the one asked for and the start of the first.
 */
export interface EpochEnd {
  readonly leaderEpoch: LeaderEpoch;
  readonly endOffset: Offset;
}

export interface AbortedTransaction {
  readonly producerId: number;
  readonly firstOffset: Offset;
}

export interface FetchCall {
  readonly context: RequestContext;
  readonly positions: readonly ReadPosition[];
  readonly isolation: Isolation;
  /** Bytes of all chunks at most, but always at least one batch. */
  readonly maxBytes: number;
  readonly maxWaitMs: number;
  readonly minBytes: number;
}

export interface ListOffsetsCall {
  readonly context: RequestContext;
  readonly isolation: Isolation;
  readonly partitions: readonly ListOffsetsQuery[];
}

export interface ListOffsetsQuery {
  readonly topic: string;
  readonly partition: number;
  /** Unix milliseconds, or Kafka's -1 latest, -2 earliest, -3 the record with the greatest timestamp. */
  readonly timestampMs: number;
  readonly currentLeaderEpoch: LeaderEpoch;
}

export interface ListOffsetsResult {
  readonly topic: string;
  readonly partition: number;
  readonly error: VarveError | undefined;
  /** -1: no such record. */
  readonly offset: Offset;
  readonly timestampMs: number;
  readonly leaderEpoch: LeaderEpoch;
}

export interface InitProducerIdCall {
  readonly context: RequestContext;
  readonly transactionalId: string | undefined;
  readonly transactionTimeoutMs: number;
  /** Given: bump the epoch of this id (KIP-360) instead of giving a new one. */
  readonly current: ProducerIdentity | undefined;
}

export interface ProducerIdentity {
  readonly producerId: number;
  readonly producerEpoch: number;
}

export interface MetadataQuery {
  /** Undefined: all topics. Empty: none, only the brokers. */
  readonly topics: readonly string[] | undefined;
  readonly context: RequestContext;
}

/** Brokers by id, topics by name, partitions by number, each in ascending order. */
export interface ClusterView {
  readonly clusterId: string;
  /** -1: none known. */
  readonly controllerId: NodeId;
  readonly brokers: readonly BrokerView[];
  readonly topics: readonly TopicView[];
  /** Offset of the metadata log that this is as of; never goes back at one node. */
  readonly metadataOffset: Offset;
}

export interface BrokerView {
  readonly nodeId: NodeId;
  /** Advertised addresses by listener name: KAFKA, GRPC, INTERNAL, HTTP. */
  readonly listeners: ReadonlyMap<string, { readonly host: string; readonly port: number }>;
  readonly rack: string | undefined;
  readonly fenced: boolean;
}

export interface TopicView {
  readonly name: string;
  /** UNKNOWN_TOPIC_OR_PARTITION, INVALID_TOPIC_EXCEPTION or an authorization error for a topic that was asked for. */
  readonly error: VarveError | undefined;
  readonly topicId: Uuid;
  readonly internal: boolean;
  readonly partitions: readonly PartitionView[];
}

export interface PartitionView {
  readonly partition: number;
  /** -1: none. */
  readonly leader: NodeId;
  readonly leaderEpoch: LeaderEpoch;
  readonly replicas: readonly NodeId[];
  readonly isr: readonly NodeId[];
  readonly eligibleLeaderReplicas: readonly NodeId[];
  readonly offlineReplicas: readonly NodeId[];
  /** Of `replicas`, those that a reassignment adds. */
  readonly addingReplicas: readonly NodeId[];
}
