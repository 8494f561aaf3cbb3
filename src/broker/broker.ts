import { decodeMessage } from '../common/decode-message.js';
import { VarveError, toVarveError } from '../common/errors.js';
import type { NodeId, Offset } from '../common/ids.js';
import type { Clock } from '../platform/clock.js';
import type { RpcClient, RpcStream } from '../platform/transport.js';
import { varve } from '../protocol/varve.js';
import type { MetadataImage } from '../metadata/image.js';
import type {
  BrokerApi,
  ClusterView,
  ConsumeOptions,
  ConsumeSession,
  ConsumeSink,
  DeleteRecordsCall,
  FetchCall,
  InitProducerIdCall,
  ListOffsetsCall,
  ListOffsetsResult,
  MetadataQuery,
  PartitionChunk,
  ProduceCall,
  ProduceResult,
  ProducerIdentity,
  ReadPosition,
  RequestContext,
} from './broker-api.js';
import { forwardFetch } from './forwarding/fetch-forwarder.js';
import { RoutedConsume } from './forwarding/routed-consume.js';
import { ProduceForwarder } from './forwarding/produce-forwarder.js';
import {
  FORWARD_DELETE_RECORDS,
  FORWARD_FETCH,
  FORWARD_LIST_OFFSETS,
  decodeDeleteRecords,
  decodeError,
  encodeDeleteRecords,
  encodeIsolation,
} from './forwarding/wire.js';
import { type LeaderApi, failedProduce } from './leader-api.js';
import { clusterView } from './metadata-view.js';
import type { NodeMetrics } from './node-metrics.js';
import type { PartitionLookup } from './partition-lookup.js';
import type { ProducerIds } from './producer-ids.js';
import { failedOffset } from './use-cases/list-offsets.js';
import { failure } from './use-cases/local-consume.js';

export interface BrokerOptions {
  readonly nodeId: NodeId;
  readonly lookup: PartitionLookup;
  readonly leaderApi: LeaderApi;
  readonly producerIds: ProducerIds;
  readonly image: () => MetadataImage;
  /** Called after each change of the image or of the active controller. Returns the way to stop. */
  readonly onClusterChange: (listener: () => void) => () => void;
  readonly cluster: () => { readonly clusterId: string; readonly controllerId: NodeId };
  /** The connection that client traffic is forwarded over; undefined while the address is not known. */
  readonly forwardClient: (nodeId: NodeId) => RpcClient | undefined;
  readonly admin: (method: string, request: Uint8Array, context: RequestContext) => Promise<Uint8Array>;
  readonly maxForwardBytes: number;
  readonly clock: Clock;
  readonly metrics: NodeMetrics;
}

/** The use cases of one node: on what it leads by itself, on the rest through the node that does. */
export class Broker implements BrokerApi {
  readonly #options: BrokerOptions;
  readonly #forwarder: ProduceForwarder;
  readonly #sessions = new Set<RoutedConsume>();

  constructor(options: BrokerOptions) {
    this.#options = options;
    this.#forwarder = new ProduceForwarder({
      open: (nodeId, method) => this.#open(nodeId, method),
      maxUnderWayBytes: options.maxForwardBytes,
      order: options.leaderApi.order,
      clock: options.clock,
      onRefused: (error) => this.#refused(error),
    });
  }

  produce(call: ProduceCall, done: (result: ProduceResult) => void): boolean {
    const { lookup, leaderApi } = this.#options;
    const leader = lookup.local(call.topic, call.partition);
    if (leader !== undefined) return leaderApi.appendTo(leader, call, done);
    let found: ReturnType<PartitionLookup['find']>;
    try {
      found = lookup.find(call.topic, call.partition);
    } catch (error) {
      const failure = toVarveError(error);
      leaderApi.order.answered(call, failure);
      this.#refused(failure);
      done(failedProduce(failure));
      return true;
    }
    if ('leader' in found) return leaderApi.appendTo(found.leader, call, done);
    this.#forwarder.forward(found.forwardTo, call, done);
    return false;
  }

  /** A batch failed before any leader had it. Only a leader measures how long one takes: this counts as an error alone. */
  #refused(error: VarveError): void {
    this.#options.metrics.failed('produce', error.code);
  }

  openConsume(options: ConsumeOptions, sink: ConsumeSink): ConsumeSession {
    const counted: ConsumeSink = {
      onChunk: (chunk) => {
        this.#options.metrics.served('consume', chunk);
        return sink.onChunk(chunk);
      },
    };
    const session = new RoutedConsume(options, counted, {
      find: (topic, partition) => this.#options.lookup.find(topic, partition),
      openLocal: (ofLeaders) => this.#options.leaderApi.openLocalConsume(options, ofLeaders),
      open: (nodeId, method) => this.#open(nodeId, method),
      onClose: (closed) => void this.#sessions.delete(closed),
    });
    this.#sessions.add(session);
    return session;
  }

  async fetch(call: FetchCall): Promise<PartitionChunk[]> {
    const chunks = await this.#options.metrics.timed('fetch', this.#fetch(call));
    for (const chunk of chunks) this.#options.metrics.served('fetch', chunk);
    return chunks;
  }

  async #fetch(call: FetchCall): Promise<PartitionChunk[]> {
    const groups = this.#byLeader(call.positions);
    if (groups.size === 0) return [];
    // Each leader waits for records on its own; the first that has some, or an error, makes all of them answer.
    const enough = new AbortController();
    const onAbort = (): void => enough.abort();
    call.context.signal.addEventListener('abort', onAbort, { once: true });
    if (call.context.signal.aborted) enough.abort();
    const context = { ...call.context, signal: enough.signal };
    const maxBytes = Math.ceil(call.maxBytes / groups.size);
    const answers = [...groups].map(async ([nodeId, positions]) => {
      const chunks = await this.#fetchAt(nodeId, { ...call, context, maxBytes, positions });
      enough.abort();
      return chunks;
    });
    try {
      return (await Promise.all(answers)).flat();
    } finally {
      call.context.signal.removeEventListener('abort', onAbort);
    }
  }

  /** At the node that leads the positions; undefined: here. What there is, once the context's signal is aborted. */
  async #fetchAt(nodeId: NodeId | undefined, call: FetchCall): Promise<PartitionChunk[]> {
    if (nodeId === undefined || nodeId === this.#options.nodeId) return this.#options.leaderApi.fetchLocal(call);
    const stream = this.#open(nodeId, FORWARD_FETCH);
    if (stream !== undefined) {
      return forwardFetch(nodeId, stream, call, { clock: this.#options.clock, answerNow: call.context.signal });
    }
    const error = addressUnknown(nodeId);
    return call.positions.map((position: ReadPosition) => failure(position, error));
  }

  async listOffsets(call: ListOffsetsCall): Promise<ListOffsetsResult[]> {
    const results = await this.#options.metrics.timed('listOffsets', this.#listOffsets(call));
    for (const { error } of results) if (error !== undefined) this.#options.metrics.failed('listOffsets', error.code);
    return results;
  }

  async #listOffsets(call: ListOffsetsCall): Promise<ListOffsetsResult[]> {
    const groups = this.#byLeader(call.partitions);
    const answers = await Promise.all(
      [...groups].map(([nodeId, partitions]) =>
        nodeId === undefined || nodeId === this.#options.nodeId
          ? this.#options.leaderApi.listOffsetsLocal({ ...call, partitions })
          : this.#listRemote(nodeId, { ...call, partitions }),
      ),
    );
    return answers.flat();
  }

  initProducerId(call: InitProducerIdCall): Promise<ProducerIdentity> {
    return this.#options.metrics.timed('initProducerId', this.#initProducerId(call));
  }

  async #initProducerId(call: InitProducerIdCall): Promise<ProducerIdentity> {
    if (call.transactionalId !== undefined) {
      throw new VarveError('UNSUPPORTED_VERSION', 'Transactions are not available yet: leave transactional_id out.');
    }
    // KIP-360: the same id with the next epoch while there is one; the epoch is an int16.
    if (call.current !== undefined && call.current.producerEpoch < 32_766) {
      return { producerId: call.current.producerId, producerEpoch: call.current.producerEpoch + 1 };
    }
    return { producerId: await this.#options.producerIds.next(), producerEpoch: 0 };
  }

  metadata(query: MetadataQuery): ClusterView {
    return clusterView(this.#options.image(), query, this.#options.cluster());
  }

  watchMetadata(query: MetadataQuery, listener: (view: ClusterView) => void): () => void {
    let scheduled = false;
    let stopped = false;
    const tell = (): void => {
      if (scheduled || stopped) return;
      scheduled = true;
      queueMicrotask(() => {
        scheduled = false;
        if (!stopped) listener(this.metadata(query));
      });
    };
    const stop = this.#options.onClusterChange(tell);
    tell();
    return () => {
      stopped = true;
      stop();
    };
  }

  admin(method: string, request: Uint8Array, context: RequestContext): Promise<Uint8Array> {
    return this.#options.metrics.timed('admin', this.#options.admin(method, request, context));
  }

  /** Raises the log start offset at the leader; resolves to the low watermark once the in-sync replicas have it. */
  deleteRecords(call: DeleteRecordsCall): Promise<Offset> {
    return this.#options.metrics.timed('deleteRecords', this.#deleteRecords(call));
  }

  async #deleteRecords(call: DeleteRecordsCall): Promise<Offset> {
    const found = this.#options.lookup.find(call.topic, call.partition);
    if ('leader' in found) return this.#options.leaderApi.deleteRecordsLocal(call);
    const timeoutMs = call.timeoutMs + REMOTE_TIMEOUT_MS;
    const request = encodeDeleteRecords(call);
    return decodeDeleteRecords(await this.#unary(found.forwardTo, FORWARD_DELETE_RECORDS, request, timeoutMs));
  }

  /** Partitions have new leaders: nothing waits for the old ones any longer. */
  leadersChanged(): void {
    const leaderOf = (topic: string, partition: number): NodeId | undefined =>
      this.#options.image().topicByName(topic)?.partitions.get(partition)?.leader;
    this.#forwarder.leadersChanged(leaderOf);
    for (const session of [...this.#sessions]) session.leadersChanged(leaderOf);
  }

  /** Called a few times a second. */
  tick(): void {
    this.#forwarder.expire();
  }

  close(): void {
    for (const session of [...this.#sessions]) session.close();
    this.#forwarder.close();
  }

  #open(nodeId: NodeId, method: string): RpcStream | undefined {
    return this.#options.forwardClient(nodeId)?.stream(method);
  }

  /** By the node that answers for each; undefined: here, with the error that `find` has for it. */
  #byLeader<T extends { topic: string; partition: number }>(items: readonly T[]): Map<NodeId | undefined, T[]> {
    const groups = new Map<NodeId | undefined, T[]>();
    for (const item of items) {
      let to: NodeId | undefined;
      try {
        const found = this.#options.lookup.find(item.topic, item.partition);
        to = 'leader' in found ? undefined : found.forwardTo;
      } catch (error) {
        if (!(error instanceof VarveError)) throw error;
      }
      const group = groups.get(to);
      if (group === undefined) groups.set(to, [item]);
      else group.push(item);
    }
    return groups;
  }

  async #listRemote(nodeId: NodeId, call: ListOffsetsCall): Promise<ListOffsetsResult[]> {
    try {
      const request = varve.v1.ListOffsetsRequest.encode({
        isolation_level: encodeIsolation(call.isolation),
        partitions: call.partitions.map((one) => ({
          topic: one.topic,
          partition: one.partition,
          timestamp_ms: one.timestampMs,
          current_leader_epoch: one.currentLeaderEpoch,
        })),
      }).finish();
      const answer = await this.#unary(nodeId, FORWARD_LIST_OFFSETS, request, REMOTE_TIMEOUT_MS);
      return decodeMessage(varve.v1.ListOffsetsResponse, answer).partitions.map((one) => ({
        topic: one.topic ?? '',
        partition: one.partition ?? 0,
        error: decodeError(one.error),
        offset: one.offset ?? -1,
        timestampMs: one.timestamp_ms ?? -1,
        leaderEpoch: one.leader_epoch ?? -1,
      }));
    } catch (error) {
      return call.partitions.map((query) => failedOffset(query, error));
    }
  }

  async #unary(nodeId: NodeId, method: string, request: Uint8Array, timeoutMs: number): Promise<Buffer> {
    const client = this.#options.forwardClient(nodeId);
    if (client === undefined) {
      throw addressUnknown(nodeId);
    }
    try {
      return await client.unary(method, request, { timeoutMs });
    } catch (error) {
      if (error instanceof VarveError) throw error;
      throw new VarveError(
        'NETWORK_EXCEPTION',
        `Node ${nodeId}, which leads the partition, gave no answer. Try again.`,
        {
          cause: error,
        },
      );
    }
  }
}

const REMOTE_TIMEOUT_MS = 10_000;

function addressUnknown(nodeId: NodeId): VarveError {
  return new VarveError('LEADER_NOT_AVAILABLE', `The address of node ${nodeId} is not known yet. Try again.`);
}
