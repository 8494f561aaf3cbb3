import { VarveError } from '../../src/common/errors.js';
import { uuidFromBytes, uuidToBytes } from '../../src/common/ids.js';
import type { NodeId, Uuid } from '../../src/common/ids.js';
import { Controller } from '../../src/controller/controller.js';
import type { Redial } from '../../src/controller/controller.js';
import { MetadataImage } from '../../src/metadata/image.js';
import type { PartitionState } from '../../src/metadata/image.js';
import { decodeMetadataBatch } from '../../src/metadata/record-codec.js';
import { replayBatch } from '../../src/metadata/replay.js';
import type { varve as internal } from '../../src/protocol/controller.js';
import { varve } from '../../src/protocol/varve.js';

const v1 = varve.v1;

export const CLUSTER_ID = uuidFromBytes(Buffer.alloc(16, 7));

/** A small seeded generator (mulberry32): the same numbers everywhere. */
export function seededRandom(seed: number): { below(bound: number): number; bytes(length: number): Buffer } {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let x = Math.imul(state ^ (state >>> 15), state | 1);
    x ^= x + Math.imul(x ^ (x >>> 7), x | 61);
    return (x ^ (x >>> 14)) >>> 0;
  };
  return {
    below: (bound) => Math.floor((next() / 2 ** 32) * bound),
    bytes: (length) => Buffer.from(Array.from({ length }, () => next() & 255)),
  };
}

export interface BrokerOptions {
  readonly rack?: string;
  readonly directories?: readonly Uuid[];
  /** The epoch of its last clean stop. */
  readonly previousEpoch?: number;
  readonly truncated?: readonly {
    readonly partition: number;
    readonly lastEpoch: number;
    readonly endOffset: number;
  }[];
  readonly topic?: string;
}

export function directoryId(nodeId: NodeId, which = 0): Uuid {
  return uuidFromBytes(Buffer.from([0xd0 + which, nodeId, ...new Array<number>(14).fill(1)]));
}

function incarnationBytes(count: number): Buffer {
  const bytes = Buffer.alloc(16);
  bytes.writeUInt32BE(count, 0);
  return bytes;
}

/**
 * An active controller over a log in memory. `committed` is what another node makes of the log's bytes; every test can
 * compare it with the controller's own image.
 */
export class Fixture {
  readonly payloads: { readonly offset: number; readonly payload: Uint8Array }[] = [];
  readonly random: ReturnType<typeof seededRandom>;
  readonly controller: Controller;
  readonly epochs = new Map<NodeId, number>();
  nowMs = 1_000;
  /** What `append` throws, to play a log that takes nothing. */
  appendError: VarveError | undefined;
  #offset = 10;
  #incarnations = 0;

  /** `own`: the controller's own broker, in the first life that the fixture registers. */
  constructor(configs: Record<string, string> = {}, seed = 1, own?: NodeId) {
    this.random = seededRandom(seed);
    this.controller = new Controller({
      append: (payload) => {
        if (this.appendError) throw this.appendError;
        // The quorum's log has entries of its own in between.
        this.#offset += 1 + (this.#offset % 3 === 0 ? 1 : 0);
        this.payloads.push({ offset: this.#offset, payload });
        return this.#offset;
      },
      staticTexts: new Map(Object.entries({ 'node.id': '1', ...configs })),
      configuredVoters: 0,
      clusterId: () => CLUSTER_ID,
      random: this.random,
      ...(own === undefined ? {} : { own: { nodeId: own, incarnationId: uuidFromBytes(incarnationBytes(1)) } }),
    });
    this.controller.activate(MetadataImage.EMPTY, this.nowMs);
  }

  get image(): MetadataImage {
    return this.controller.image;
  }

  committed(): MetadataImage {
    let image = MetadataImage.EMPTY;
    for (const { offset, payload } of this.payloads) image = replayBatch(image, decodeMetadataBatch(payload), offset);
    return image;
  }

  /** Another node takes office with the log so far. */
  failOver(): Redial[] {
    this.controller.deactivate();
    this.#offset = Math.max(this.#offset, this.payloads.at(-1)?.offset ?? 0);
    return this.controller.activate(this.committed(), this.nowMs);
  }

  /** Another node takes office; of the log only the first `count` batches were committed. */
  failOverTo(count: number): void {
    this.payloads.length = count;
    this.failOver();
  }

  /** Registers a new incarnation and gives its epoch. */
  register(nodeId: NodeId, options: BrokerOptions = {}): number {
    const { response } = this.controller.registerBroker(this.registration(nodeId, options), this.nowMs);
    this.epochs.set(nodeId, response.broker_epoch ?? -1);
    return response.broker_epoch ?? -1;
  }

  registration(nodeId: NodeId, options: BrokerOptions = {}): internal.internal.IRegisterBrokerRequest {
    const topicId = options.topic === undefined ? undefined : this.topicId(options.topic);
    return {
      version: 1,
      node_id: nodeId,
      cluster_id: CLUSTER_ID,
      incarnation_id: incarnationBytes(++this.#incarnations),
      listeners: [{ name: 'INTERNAL', host: '127.0.0.1', port: 9000 + nodeId, security_protocol: 'PLAINTEXT' }],
      rack: options.rack ?? null,
      log_dirs: (options.directories ?? [directoryId(nodeId)]).map(uuidToBytes),
      min_metadata_version: 1,
      max_metadata_version: 1,
      previous_broker_epoch: options.previousEpoch ?? -1,
      truncated_replicas: (options.truncated ?? []).map((one) => ({
        topic_id: uuidToBytes(topicId ?? CLUSTER_ID),
        partition: one.partition,
        last_epoch: one.lastEpoch,
        end_offset: one.endOffset,
      })),
    };
  }

  heartbeat(
    nodeId: NodeId,
    options: Partial<internal.internal.IHeartbeatRequest> = {},
  ): internal.internal.IHeartbeatResponse {
    return this.controller.heartbeat(
      {
        version: 1,
        node_id: nodeId,
        broker_epoch: this.epochs.get(nodeId) ?? -1,
        metadata_offset: this.image.offset,
        ...options,
      },
      this.nowMs,
    ).response;
  }

  /** Registers and unfences. */
  start(nodeId: NodeId, options: BrokerOptions = {}): void {
    this.register(nodeId, options);
    this.heartbeat(nodeId);
  }

  startAll(...nodeIds: NodeId[]): void {
    for (const nodeId of nodeIds) this.start(nodeId);
  }

  /** The process is gone: nothing listens at its addresses. */
  kill(nodeId: NodeId): void {
    const redial = this.controller.heartbeatStreamClosed(nodeId, this.epochs.get(nodeId) ?? -1, this.nowMs);
    if (redial) this.controller.foundGone([redial]);
  }

  createTopic(spec: varve.v1.ITopicSpec): varve.v1.ICreateTopicResult {
    const bytes = v1.CreateTopicsRequest.encode({ topics: [spec] }).finish();
    const { response } = this.controller.admin('/varve.v1.Admin/CreateTopics', bytes);
    return v1.CreateTopicsResponse.decode(response).topics[0] ?? {};
  }

  /** A topic whose partitions have these replicas. */
  assign(name: string, replicas: readonly (readonly NodeId[])[], configs: Record<string, string> = {}): void {
    const result = this.createTopic({ name, configs, assignment: replicas.map((one) => ({ replicas: [...one] })) });
    if (result.error) throw new VarveError('INVALID_REQUEST', result.error.message ?? '');
  }

  setTopicConfig(topic: string, name: string, value: string): varve.v1.IError | undefined {
    return this.#alter({ type: 0, name: topic }, { name, operation: v1.ConfigOperation.CONFIG_SET, value });
  }

  /** Of all brokers. */
  setDefault(name: string, value: string): varve.v1.IError | undefined {
    return this.#alter({ type: 1, name: '' }, { name, operation: v1.ConfigOperation.CONFIG_SET, value });
  }

  removeTopicConfig(topic: string, name: string): varve.v1.IError | undefined {
    return this.#alter({ type: 0, name: topic }, { name, operation: v1.ConfigOperation.CONFIG_DELETE });
  }

  #alter(resource: varve.v1.IConfigResource, change: varve.v1.IConfigChange): varve.v1.IError | undefined {
    const alterations = [{ resource, changes: [change] }];
    const bytes = v1.AlterConfigsRequest.encode({ alterations }).finish();
    const { response } = this.controller.admin('/varve.v1.Admin/AlterConfigs', bytes);
    return v1.AlterConfigsResponse.decode(response).results[0]?.error ?? undefined;
  }

  reassign(topic: string, partition: number, replicas: readonly NodeId[] | 'cancel'): varve.v1.IError | undefined {
    const asked = replicas === 'cancel' ? { cancel: true } : { replicas: [...replicas] };
    const bytes = v1.AlterPartitionReassignmentsRequest.encode({
      reassignments: [{ topic, partition, ...asked }],
    }).finish();
    const { response } = this.controller.admin('/varve.v1.Admin/AlterPartitionReassignments', bytes);
    return v1.AlterPartitionReassignmentsResponse.decode(response).partitions[0]?.error ?? undefined;
  }

  elect(type: 'preferred' | 'unclean', topic: string, partition: number): varve.v1.IError | undefined {
    const bytes = v1.ElectLeadersRequest.encode({
      type: type === 'unclean' ? 1 : 0,
      partitions: [{ topic, partitions: [partition] }],
    }).finish();
    const { response } = this.controller.admin('/varve.v1.Admin/ElectLeaders', bytes);
    return v1.ElectLeadersResponse.decode(response).partitions[0]?.error ?? undefined;
  }

  topicId(name: string): Uuid {
    const topic = this.image.topicByName(name);
    if (!topic) throw new Error(`no topic ${name}`);
    return topic.id;
  }

  partition(topic: string, partition = 0): PartitionState {
    const state = this.image.partition(this.topicId(topic), partition);
    if (!state) throw new Error(`no partition ${topic}-${partition}`);
    return state;
  }

  /** The replica on `nodeId` will be cut at `endOffset`, where it is damaged. */
  reportTruncation(
    nodeId: NodeId,
    topic: string,
    endOffset: number,
    brokerEpoch = this.epochs.get(nodeId) ?? -1,
    unled: { readonly cannot_lead?: boolean; readonly leader_epoch?: number } = {},
  ): void {
    this.controller.reportTruncation({
      version: 1,
      node_id: nodeId,
      broker_epoch: brokerEpoch,
      replica: { topic_id: uuidToBytes(this.topicId(topic)), partition: 0, last_epoch: 0, end_offset: endOffset },
      ...unled,
    });
  }

  /** The leader on `nodeId` does not lead: its log has leader epochs behind `endOffset` that were never given. */
  reportUnled(nodeId: NodeId, topic: string, endOffset: number, leaderEpoch = this.partition(topic).leaderEpoch): void {
    const unled = { cannot_lead: true, leader_epoch: leaderEpoch };
    this.reportTruncation(nodeId, topic, endOffset, undefined, unled);
  }

  /** The leader proposes an ISR, with what it knows: everything current, unless `change` says otherwise. */
  alterIsr(
    topic: string,
    partition: number,
    isr: readonly NodeId[],
    change: Partial<internal.internal.IAlterPartition> & { readonly from?: NodeId; readonly fromEpoch?: number } = {},
  ): internal.internal.IAlteredPartition {
    const state = this.partition(topic, partition);
    const { from = state.leader, fromEpoch = this.epochs.get(from) ?? -1, ...rest } = change;
    const { response } = this.controller.alterPartition({
      version: 1,
      node_id: from,
      broker_epoch: fromEpoch,
      partitions: [
        {
          topic_id: uuidToBytes(this.topicId(topic)),
          partition,
          leader_epoch: state.leaderEpoch,
          partition_epoch: state.partitionEpoch,
          new_isr: isr.map((node) => ({ node_id: node, broker_epoch: this.epochs.get(node) ?? -1 })),
          ...rest,
        },
      ],
    });
    return response.partitions?.[0] ?? { error: response.error ?? null };
  }
}
