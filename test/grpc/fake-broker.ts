import type {
  BrokerApi,
  ClusterView,
  ConsumeOptions,
  ConsumeSession,
  ConsumeSink,
  FetchCall,
  InitProducerIdCall,
  ListOffsetsCall,
  ListOffsetsResult,
  MetadataQuery,
  PartitionChunk,
  ProduceCall,
  ProduceResult,
  ReadPosition,
} from '../../src/broker/broker-api.js';
import type { Uuid } from '../../src/common/ids.js';
import { ZERO_UUID, uuidFromBytes } from '../../src/common/ids.js';
import { defined } from '../../src/common/assert.js';
import { VarveError } from '../../src/common/errors.js';
import { grpcHandlers } from '../../src/grpc/door.js';
import type { GrpcDoorLimits } from '../../src/grpc/door.js';
import { RealClock } from '../../src/platform/node/clock.js';
import { RealRandom } from '../../src/platform/node/random.js';
import { NodeTransport } from '../../src/platform/node/transport.js';
import { NodeWorkers } from '../../src/platform/node/workers.js';
import type { RpcServer } from '../../src/platform/transport.js';
import * as header from '../../src/record/batch-header.js';
import { BatchValidator, requireSingleBatch } from '../../src/record/batch-validation.js';
import { batchPositions, records } from '../../src/record/record-cursor.js';

/** The topics' `max.message.bytes`. */
export const MAX_BATCH_BYTES = 1024 * 1024;

const NO_OFFSETS = { baseOffset: -1, logAppendTimeMs: -1, logStartOffset: -1 };

interface Stored {
  readonly baseOffset: number;
  readonly nextOffset: number;
  readonly bytes: Buffer;
}

interface ProducerState {
  epoch: number;
  nextSequence: number;
  readonly recent: { sequence: number; offset: number }[];
}

export class FakePartition {
  leader: number;
  leaderEpoch = 0;
  startOffset = 0;
  nextOffset = 0;
  readonly stored: Stored[] = [];
  readonly producers = new Map<number, ProducerState>();
  readonly readers = new Set<() => void>();

  constructor(leader: number) {
    this.leader = leader;
  }

  /** Appends as a leader does: checks the producer's sequence, gives offsets. */
  append(batches: Buffer): number {
    let first = -1;
    for (const position of batchPositions(batches)) {
      const size = header.batchSizeBytes(batches, position);
      const bytes = batches.subarray(position, position + size);
      const offset = this.#appendOne(bytes);
      if (first < 0) first = offset;
    }
    for (const wake of [...this.readers]) wake();
    return first;
  }

  #appendOne(bytes: Buffer): number {
    if (!header.checkCrc(bytes, 0)) throw new VarveError('CORRUPT_MESSAGE', 'The batch fails its CRC.');
    const producerId = header.batchProducerId(bytes, 0);
    const sequence = header.batchBaseSequence(bytes, 0);
    const epoch = header.batchProducerEpoch(bytes, 0);
    if (producerId >= 0) {
      const state = this.producers.get(producerId);
      if (state !== undefined && epoch < state.epoch) throw new VarveError('INVALID_PRODUCER_EPOCH');
      const isNewEpoch = state === undefined || epoch > state.epoch;
      const duplicate = isNewEpoch ? undefined : state.recent.find((each) => each.sequence === sequence);
      if (duplicate !== undefined) return duplicate.offset;
      if (sequence !== (isNewEpoch ? 0 : state.nextSequence)) throw new VarveError('OUT_OF_ORDER_SEQUENCE_NUMBER');
      const next = isNewEpoch ? { epoch, nextSequence: 0, recent: [] } : state;
      next.nextSequence = header.addToSequence(sequence, header.batchRecordCount(bytes, 0));
      next.recent.push({ sequence, offset: this.nextOffset });
      if (next.recent.length > 5) next.recent.shift();
      this.producers.set(producerId, next);
    }
    const baseOffset = this.nextOffset;
    header.setBaseOffsetAndEpoch(bytes, 0, baseOffset, this.leaderEpoch);
    this.nextOffset = baseOffset + header.batchLastOffsetDelta(bytes, 0) + 1;
    this.stored.push({ baseOffset, nextOffset: this.nextOffset, bytes });
    return baseOffset;
  }

  /** As a new leader that lacks the rest. */
  cutTo(endOffset: number): void {
    this.stored.splice(this.stored.findIndex((each) => each.baseOffset >= endOffset));
    this.nextOffset = endOffset;
    this.producers.clear();
  }

  values(): string[] {
    return this.stored.flatMap(({ bytes }) => [...records(bytes)].map((each) => String(each.value)));
  }
}

/** What a test does to a produce call: refuse it, store it and lose the answer, or hold it. */
export type Fault = { readonly refuse: VarveError } | 'loseAnswer' | undefined;

/** Nodes that share partitions in memory, each behind the real door and the real transport. */
export class FakeCluster {
  readonly topics = new Map<string, FakePartition[]>();
  readonly topicIds = new Map<string, Uuid>();
  readonly nodes: FakeNode[] = [];
  readonly admins: { readonly method: string; readonly request: Uint8Array }[] = [];
  clusterId = 'fake';
  forwards = false;
  ackDelayMs = 0;
  fault: (call: ProduceCall, node: FakeNode) => Fault = () => undefined;
  /** What ListOffsets says of a partition in place of its offset. */
  offsetFault: (topic: string, partition: number) => VarveError | undefined = () => undefined;
  metadataOffset = 1;
  nextProducerId = 1000;
  readonly clock = new RealClock();
  #madeTopics = 0;
  readonly #watchers = new Set<() => void>();

  static async start(nodeCount: number, limits: Partial<GrpcDoorLimits> = {}): Promise<FakeCluster> {
    const cluster = new FakeCluster();
    for (let id = 0; id < nodeCount; id += 1) {
      const node = new FakeNode(cluster, id, limits);
      cluster.nodes.push(node);
      await node.listen(0);
    }
    return cluster;
  }

  get bootstrap(): string[] {
    return this.nodes.map((each) => each.address);
  }

  node(id: number): FakeNode {
    return defined(this.nodes[id], 'a node of the test');
  }

  createTopic(name: string, partitions: number): FakePartition[] {
    const made = Array.from({ length: partitions }, (_, index) => new FakePartition(index % this.nodes.length));
    this.topics.set(name, made);
    this.#madeTopics += 1;
    const id = Buffer.alloc(16);
    id.writeUInt32BE(this.#madeTopics, 12);
    this.topicIds.set(name, uuidFromBytes(id));
    this.changed();
    return made;
  }

  deleteTopic(name: string): void {
    const deleted = this.topics.get(name) ?? [];
    this.topics.delete(name);
    this.changed();
    for (const { readers } of deleted) for (const wake of [...readers]) wake();
  }

  partition(topic: string, partition: number): FakePartition {
    const found = this.topics.get(topic)?.[partition];
    if (found === undefined) throw new VarveError('UNKNOWN_TOPIC_OR_PARTITION', `There is no ${topic}-${partition}.`);
    return found;
  }

  moveLeader(topic: string, partition: number, leader: number): void {
    const moved = this.partition(topic, partition);
    moved.leader = leader;
    moved.leaderEpoch += 1;
    this.changed();
    for (const wake of [...moved.readers]) wake();
  }

  changed(): void {
    this.metadataOffset += 1;
    for (const watcher of [...this.#watchers]) watcher();
  }

  watch(listener: () => void): () => void {
    this.#watchers.add(listener);
    return () => this.#watchers.delete(listener);
  }

  async close(): Promise<void> {
    for (const node of this.nodes) await node.stop();
  }
}

export class FakeNode implements BrokerApi {
  readonly id: number;
  readonly cluster: FakeCluster;
  readonly workers = new NodeWorkers({ threads: 1, maxQueued: 16 });
  readonly #limits: Partial<GrpcDoorLimits>;
  readonly #validator = new BatchValidator();
  #server: RpcServer | undefined;
  #port = 0;
  serving = true;
  /** Answers nothing, as a stopped process would. */
  hangs = false;
  /** As the others know it. */
  isFenced = false;
  readonly servingListeners = new Set<() => void>();

  constructor(cluster: FakeCluster, id: number, limits: Partial<GrpcDoorLimits>) {
    this.cluster = cluster;
    this.id = id;
    this.#limits = limits;
  }

  get address(): string {
    return `127.0.0.1:${this.#port}`;
  }

  get isUp(): boolean {
    return this.#server !== undefined;
  }

  async listen(port = this.#port): Promise<void> {
    this.#server = await new NodeTransport().serveRpc({
      host: '127.0.0.1',
      port,
      maxMessageBytes: 4 * 1024 * 1024,
      handlers: grpcHandlers({
        broker: this,
        clock: this.cluster.clock,
        random: new RealRandom(),
        workers: this.workers,
        serving: {
          isServing: () => this.serving,
          onChange: (listener) => {
            this.servingListeners.add(listener);
            return () => this.servingListeners.delete(listener);
          },
        },
        limits: this.#limits,
      }),
    });
    this.#port = this.#server.address.port;
  }

  /** Goes away at once, as a killed process does. */
  async stop(): Promise<void> {
    const server = this.#server;
    this.#server = undefined;
    await server?.close(0);
    await this.workers.close();
  }

  produce(call: ProduceCall, done: (result: ProduceResult) => void): boolean {
    this.#produce(call, done);
    return false;
  }

  #produce(call: ProduceCall, done: (result: ProduceResult) => void): void {
    if (this.hangs) return;
    const finish = (result: ProduceResult): void => {
      if (this.cluster.ackDelayMs === 0) done(result);
      else this.cluster.clock.after(this.cluster.ackDelayMs, () => done(result));
    };
    try {
      const fault = this.cluster.fault(call, this);
      if (fault !== undefined && fault !== 'loseAnswer') throw fault.refuse;
      const partition = this.#led(call.topic, call.partition);
      requireSingleBatch(call.batches);
      this.#validator.validate(call.batches, 0, call.batches.length, { maxBatchBytes: MAX_BATCH_BYTES });
      const baseOffset = partition.append(call.batches);
      if (fault === 'loseAnswer') return;
      finish({ error: undefined, baseOffset, logAppendTimeMs: -1, logStartOffset: partition.startOffset });
    } catch (error) {
      if (!(error instanceof VarveError)) throw error;
      finish({ error, ...NO_OFFSETS });
    }
  }

  openConsume(options: ConsumeOptions, sink: ConsumeSink): ConsumeSession {
    return new FakeSession(this, options, sink);
  }

  async fetch(call: FetchCall): Promise<PartitionChunk[]> {
    return call.positions.map((each) => this.chunk(each, call.maxBytes));
  }

  async listOffsets(call: ListOffsetsCall): Promise<ListOffsetsResult[]> {
    return call.partitions.map((each) => {
      const base = { topic: each.topic, partition: each.partition, timestampMs: -1, leaderEpoch: 0 };
      const found = this.cluster.topics.get(each.topic)?.[each.partition];
      const fault = this.cluster.offsetFault(each.topic, each.partition);
      if (fault !== undefined) return { ...base, error: fault, offset: -1 };
      if (found === undefined) return { ...base, error: new VarveError('UNKNOWN_TOPIC_OR_PARTITION'), offset: -1 };
      if (each.timestampMs === -1) return { ...base, error: undefined, offset: found.nextOffset };
      if (each.timestampMs === -2) return { ...base, error: undefined, offset: found.startOffset };
      for (const { bytes } of found.stored) {
        for (const record of records(bytes)) {
          if (record.timestamp >= each.timestampMs) {
            return { ...base, error: undefined, offset: record.offset, timestampMs: record.timestamp };
          }
        }
      }
      return { ...base, error: undefined, offset: -1 };
    });
  }

  async initProducerId(call: InitProducerIdCall): Promise<{ producerId: number; producerEpoch: number }> {
    if (call.current !== undefined) return { ...call.current, producerEpoch: call.current.producerEpoch + 1 };
    this.cluster.nextProducerId += 1;
    return { producerId: this.cluster.nextProducerId, producerEpoch: 0 };
  }

  metadata(query: MetadataQuery): ClusterView {
    const { cluster } = this;
    const names = query.topics ?? [...cluster.topics.keys()];
    return {
      clusterId: cluster.clusterId,
      controllerId: 0,
      metadataOffset: cluster.metadataOffset,
      brokers: cluster.nodes.map((node) => ({
        nodeId: node.id,
        listeners: new Map([['GRPC', { host: '127.0.0.1', port: node.#port }]]),
        rack: undefined,
        fenced: !node.isUp || node.isFenced,
      })),
      topics: names.map((name) => {
        const partitions = cluster.topics.get(name);
        return {
          name,
          error: partitions === undefined ? new VarveError('UNKNOWN_TOPIC_OR_PARTITION') : undefined,
          topicId: partitions === undefined ? ZERO_UUID : (cluster.topicIds.get(name) ?? ZERO_UUID),
          internal: false,
          partitions: (partitions ?? []).map((each, partition) => ({
            partition,
            leader: each.leader,
            leaderEpoch: each.leaderEpoch,
            replicas: [each.leader],
            isr: [each.leader],
            eligibleLeaderReplicas: [],
            offlineReplicas: [],
            addingReplicas: [],
          })),
        };
      }),
    };
  }

  watchMetadata(query: MetadataQuery, listener: (view: ClusterView) => void): () => void {
    const tell = (): void => {
      if (!this.hangs) listener(this.metadata(query));
    };
    tell();
    return this.cluster.watch(tell);
  }

  async admin(method: string, request: Uint8Array): Promise<Uint8Array> {
    this.cluster.admins.push({ method, request });
    return new Uint8Array(0);
  }

  chunk(position: ReadPosition, maxBytes: number): PartitionChunk {
    const base = {
      topic: position.topic,
      partition: position.partition,
      positionId: position.positionId,
      error: undefined,
      highWatermark: -1,
      lastStableOffset: -1,
      logStartOffset: -1,
      batches: [],
      sizeBytes: 0,
      abortedTransactions: [],
      nextOffset: position.offset,
      divergingEpoch: undefined,
    } satisfies PartitionChunk;
    try {
      const partition = this.#led(position.topic, position.partition);
      if (position.topicId !== undefined && position.topicId !== this.cluster.topicIds.get(position.topic))
        throw new VarveError('UNKNOWN_TOPIC_ID');
      const { nextOffset, startOffset } = partition;
      if (position.offset > nextOffset || position.offset < startOffset) throw new VarveError('OFFSET_OUT_OF_RANGE');
      const batches: Buffer[] = [];
      let sizeBytes = 0;
      let next = position.offset;
      for (const stored of partition.stored) {
        if (stored.nextOffset <= position.offset) continue;
        if (batches.length > 0 && sizeBytes + stored.bytes.length > maxBytes) break;
        batches.push(stored.bytes);
        sizeBytes += stored.bytes.length;
        next = stored.nextOffset;
      }
      const ends = { highWatermark: nextOffset, lastStableOffset: nextOffset, logStartOffset: startOffset };
      return { ...base, ...ends, batches, sizeBytes, nextOffset: next };
    } catch (error) {
      if (!(error instanceof VarveError)) throw error;
      return { ...base, error };
    }
  }

  #led(topic: string, number: number): FakePartition {
    const partition = this.cluster.partition(topic, number);
    if (partition.leader !== this.id && !this.cluster.forwards) throw new VarveError('NOT_LEADER_OR_FOLLOWER');
    return partition;
  }
}

class FakeSession implements ConsumeSession {
  readonly #node: FakeNode;
  readonly #options: ConsumeOptions;
  readonly #sink: ConsumeSink;
  readonly #positions = new Map<string, ReadPosition & { isTold: boolean; stop: () => void }>();
  #flowing = true;
  #scheduled = false;
  #closed = false;

  constructor(node: FakeNode, options: ConsumeOptions, sink: ConsumeSink) {
    this.#node = node;
    this.#options = options;
    this.#sink = sink;
  }

  set(position: ReadPosition): void {
    this.remove(position.topic, position.partition);
    const readers = this.#node.cluster.topics.get(position.topic)?.[position.partition]?.readers;
    const wake = (): void => this.#schedule();
    readers?.add(wake);
    const key = `${position.topic}-${position.partition}`;
    this.#positions.set(key, { ...position, isTold: false, stop: () => readers?.delete(wake) });
    this.#schedule();
  }

  remove(topic: string, partition: number): void {
    this.#positions.get(`${topic}-${partition}`)?.stop();
    this.#positions.delete(`${topic}-${partition}`);
  }

  resume(): void {
    this.#flowing = true;
    this.#schedule();
  }

  close(): void {
    this.#closed = true;
    for (const each of this.#positions.values()) each.stop();
  }

  #schedule(): void {
    if (this.#scheduled) return;
    this.#scheduled = true;
    this.#node.cluster.clock.defer(() => {
      this.#scheduled = false;
      this.#pump();
    });
  }

  #pump(): void {
    for (const [key, position] of this.#positions) {
      if (!this.#flowing || this.#closed || this.#node.hangs) return;
      const chunk = this.#node.chunk(position, this.#options.maxChunkBytes);
      if (chunk.batches.length === 0 && chunk.error === undefined && position.isTold) continue;
      if (chunk.error !== undefined) this.#positions.delete(key);
      else this.#positions.set(key, { ...position, offset: chunk.nextOffset, isTold: true });
      this.#flowing = this.#sink.onChunk(chunk);
      if (chunk.batches.length > 0) this.#schedule();
    }
  }
}
