import { decodeMessage } from '../common/decode-message.js';
import { isNodeId, resourceType } from '../controller/alter-configs.js';
import type { Clock } from '../platform/clock.js';
import { VarveError, toVarveError } from '../common/errors.js';
import type { NodeId } from '../common/ids.js';
import { MAX_DESCRIBED_RESOURCES } from '../common/request-limits.js';
import { describeBrokerConfigs, describeTopicConfigs } from '../metadata/configs/describe.js';
import type { BrokerConfigLayers, DescribedConfig } from '../metadata/configs/describe.js';
import type { ConfigTexts } from '../metadata/configs/parse.js';
import type { MetadataImage } from '../metadata/image.js';
import { TransportError } from '../platform/transport.js';
import type { RpcClient, UnaryHandler } from '../platform/transport.js';
import { varve } from '../protocol/varve.js';
import type { DeleteRecordsCall, RequestContext } from './broker-api.js';
import type { AdminAnswer } from './controller-link.js';
import { FORWARD_DESCRIBE_CONFIGS, encodeError } from './forwarding/wire.js';
import { clusterView } from './metadata-view.js';

export interface AdminRouterOptions {
  readonly nodeId: NodeId;
  readonly configTexts: ConfigTexts;
  readonly image: () => MetadataImage;
  readonly cluster: () => { readonly clusterId: string; readonly controllerId: NodeId };
  /** To the active controller. */
  readonly forward: (method: string, request: Uint8Array, context: RequestContext) => Promise<AdminAnswer>;
  /** As this node sees it. */
  readonly quorum: () => varve.v1.IDescribeQuorumResponse;
  /** Records of the topic may be deleted by age and size, and so on request; of one that there is not, too. */
  readonly allowsDeletion: (topic: string) => boolean;
  readonly clock: Clock;
  /** Resolves when new topics, of which metadata with this offset tells, can be used through every node; or after `timeoutMs`. */
  readonly awaitTopics: (topics: readonly string[], metadataOffset: number, timeoutMs: number) => Promise<void>;
  readonly deleteRecords: (call: DeleteRecordsCall) => Promise<number>;
  /** The connection to another broker that client traffic is forwarded over; undefined while its address is not known. */
  readonly brokerClient: (nodeId: NodeId) => RpcClient | undefined;
}

/** Of a request that states none: what Kafka's clients wait for an answer. */
const DEFAULT_TIMEOUT_MS = 30_000;
/** What is made is answered after so long though some node has not got it yet. */
const MAX_READY_MS = 5_000;
/** How long settings are described before the event loop gets its turn. */
const SLICE_MS = 5;
/** Another broker is waited for so long to describe its settings, or for half of the time that the request has. */
const MAX_DESCRIBE_MS = 5_000;
/** Kafka's timeouts are int32. */
const MAX_TIMEOUT_MS = 0x7fff_ffff;
const SERVICE = '/varve.v1.Admin/';

/** Admin requests of the public API: answered here where this node can, else handed to the active controller. */
export class AdminRouter {
  readonly #options: AdminRouterOptions;

  constructor(options: AdminRouterOptions) {
    this.#options = options;
  }

  async handle(method: string, request: Uint8Array, context: RequestContext): Promise<Uint8Array> {
    switch (method.startsWith(SERVICE) ? method.slice(SERVICE.length) : method) {
      case 'DescribeCluster':
        return varve.v1.DescribeClusterResponse.encode(this.#describeCluster(context)).finish();
      case 'DescribeConfigs':
        return this.#describeConfigs(request, (nodeId, resource) => this.#describeThere(nodeId, resource, context));
      case 'DeleteRecords':
        return varve.v1.DeleteRecordsResponse.encode(await this.#deleteRecords(request, context)).finish();
      case 'DescribeQuorum':
        if (!decodeMessage(varve.v1.DescribeQuorumRequest, request).of_this_node) break;
        return varve.v1.DescribeQuorumResponse.encode(this.#options.quorum()).finish();
    }
    const startMs = this.#options.clock.monotonicMs();
    const timeoutMs = timeoutOf(method, request, context);
    const { response, metadataOffset } = await this.#options.forward(method, request, { ...context, timeoutMs });
    const made = madeTopics(method, request, response);
    if (made.length > 0) {
      // Whoever asked has its answer in time, however long the rest takes.
      const leftMs = (timeoutMs ?? DEFAULT_TIMEOUT_MS) - (this.#options.clock.monotonicMs() - startMs);
      await this.#options.awaitTopics(made, metadataOffset, Math.min(MAX_READY_MS, leftMs / 2));
    }
    return response;
  }

  #describeCluster(context: RequestContext): varve.v1.IDescribeClusterResponse {
    const image = this.#options.image();
    const view = clusterView(image, { topics: [], context }, this.#options.cluster());
    return {
      cluster_id: view.clusterId,
      controller_id: view.controllerId,
      brokers: view.brokers.map((broker) => ({
        node_id: broker.nodeId,
        host: broker.listeners.get('GRPC')?.host ?? '',
        port: broker.listeners.get('GRPC')?.port ?? 0,
        rack: broker.rack ?? '',
        fenced: broker.fenced,
      })),
      metadata_version: image.metadataVersion,
      metadata_offset: view.metadataOffset,
    };
  }

  /** Answers another node, which was asked about this broker; never on to a third one. */
  readonly serveDescribeConfigs: UnaryHandler = (bytes) =>
    this.#describeConfigs(bytes, async (nodeId, resource) => {
      const error = new VarveError(
        'BROKER_NOT_AVAILABLE',
        `Where node ${nodeId} had registered, node ${this.#options.nodeId} answers.`,
      );
      return encodeDescription({ resource, error: encodeError(error), entries: [] });
    });

  /**
   * Of many resources a piece at a time: in one go they would hold the event loop longer than a lease lasts. `elsewhere` has
   * another broker's described, and never rejects: its file is not known here (Kafka's clients ask that broker themselves).
   */
  async #describeConfigs(
    bytes: Uint8Array,
    elsewhere: (nodeId: NodeId, resource: varve.v1.IConfigResource) => Promise<Uint8Array>,
  ): Promise<Uint8Array> {
    const { clock } = this.#options;
    const { resources } = decodeMessage(varve.v1.DescribeConfigsRequest, bytes);
    const asked = new Map(resources.map((resource) => [`${resource.type ?? 0} ${resource.name ?? ''}`, resource]));
    if (asked.size > MAX_DESCRIBED_RESOURCES) {
      throw new VarveError(
        'INVALID_REQUEST',
        `The request has ${asked.size} resources, and one may have ${MAX_DESCRIBED_RESOURCES}: split it into several.`,
      );
    }
    // All are asked at once: one that is silent is waited for once.
    const awaited = new Map<varve.v1.IConfigResource, Promise<Uint8Array>>();
    for (const resource of asked.values()) {
      const nodeId = this.#otherBroker(resource);
      if (nodeId !== undefined) awaited.set(resource, elsewhere(nodeId, resource));
    }
    const parts: Uint8Array[] = [];
    let sliceEndMs = clock.monotonicMs() + SLICE_MS;
    for (const resource of asked.values()) {
      const there = awaited.get(resource);
      parts.push(there === undefined ? encodeDescription(this.#describe(resource)) : await there);
      if (clock.monotonicMs() < sliceEndMs) continue;
      await new Promise<void>((resolve) => clock.defer(resolve));
      sliceEndMs = clock.monotonicMs() + SLICE_MS;
    }
    return Buffer.concat(parts);
  }

  /** The registered broker, other than this node, that the resource names. */
  #otherBroker({ type, name }: varve.v1.IConfigResource): NodeId | undefined {
    if (type !== varve.v1.ConfigResourceType.CONFIG_RESOURCE_BROKER || !isNodeId(name ?? '')) return undefined;
    const nodeId = Number(name);
    return nodeId !== this.#options.nodeId && this.#options.image().broker(nodeId) !== undefined ? nodeId : undefined;
  }

  async #describeThere(
    nodeId: NodeId,
    resource: varve.v1.IConfigResource,
    { timeoutMs }: RequestContext,
  ): Promise<Uint8Array> {
    const request = varve.v1.DescribeConfigsRequest.encode({ resources: [resource] }).finish();
    try {
      const client = this.#options.brokerClient(nodeId);
      if (client === undefined) throw new VarveError('BROKER_NOT_AVAILABLE', `Where node ${nodeId} is, is not known.`);
      const waitMs = Math.min(MAX_DESCRIBE_MS, (timeoutMs ?? DEFAULT_TIMEOUT_MS) / 2);
      return await client.unary(FORWARD_DESCRIBE_CONFIGS, request, { timeoutMs: waitMs });
    } catch (error) {
      // Those that were set at run time are known everywhere, and may be what has to be taken back of a broker that is gone.
      const entries = describeBrokerConfigs(this.#layers(this.#options.image(), String(nodeId)));
      return encodeDescription({
        resource,
        error: encodeError(noDescription(nodeId, error)),
        entries: entries.filter(({ source }) => source.startsWith('DYNAMIC_')).map(encodeEntry),
      });
    }
  }

  #describe(resource: varve.v1.IConfigResource): varve.v1.IConfigDescription {
    try {
      const entries = this.#entries(resource.type ?? 0, resource.name ?? '');
      return { resource, entries: entries.map(encodeEntry) };
    } catch (error) {
      return { resource, error: encodeError(toVarveError(error)), entries: [] };
    }
  }

  #entries(type: number, name: string): DescribedConfig[] {
    const image = this.#options.image();
    if (resourceType(type) === 'broker') {
      if (name !== '' && (!isNodeId(name) || image.broker(Number(name)) === undefined)) {
        throw new VarveError('RESOURCE_NOT_FOUND', `There is no broker '${name}'.`);
      }
      return describeBrokerConfigs(this.#layers(image, name));
    }
    if (image.topicByName(name) === undefined) {
      throw new VarveError('UNKNOWN_TOPIC_OR_PARTITION', `There is no topic '${name}'.`);
    }
    return describeTopicConfigs(image.dynamicConfigs('topic', name), this.#layers(image, String(this.#options.nodeId)));
  }

  /** Another broker's file is not known here. */
  #layers(image: MetadataImage, name: string): BrokerConfigLayers {
    const isThisNode = name === String(this.#options.nodeId);
    return {
      staticTexts: isThisNode ? this.#options.configTexts : new Map(),
      clusterDefaults: image.dynamicConfigs('broker', ''),
      ofThisBroker: name === '' ? new Map() : image.dynamicConfigs('broker', name),
    };
  }

  async #deleteRecords(bytes: Uint8Array, context: RequestContext): Promise<varve.v1.IDeleteRecordsResponse> {
    const request = decodeMessage(varve.v1.DeleteRecordsRequest, bytes);
    const timeoutMs = Math.min(request.timeout_ms || DEFAULT_TIMEOUT_MS, context.timeoutMs ?? Infinity);
    const partitions = request.partitions.map(async (one) => {
      const topic = one.topic ?? '';
      const partition = one.partition ?? 0;
      const beforeOffset = one.before_offset ?? 0;
      try {
        if (!this.#options.allowsDeletion(topic)) {
          throw new VarveError(
            'POLICY_VIOLATION',
            `The records of '${topic}' cannot be deleted: its cleanup.policy is compact alone. Write tombstones instead.`,
          );
        }
        const call = { topic, partition, beforeOffset, timeoutMs, signal: context.signal };
        const low_watermark = await this.#options.deleteRecords(call);
        return { topic, partition, low_watermark };
      } catch (error) {
        return { topic, partition, error: encodeError(toVarveError(error)), low_watermark: -1 };
      }
    });
    return { partitions: await Promise.all(partitions) };
  }
}

function encodeDescription(description: varve.v1.IConfigDescription): Uint8Array {
  return varve.v1.DescribeConfigsResponse.encode({ resources: [description] }).finish();
}

function encodeEntry(entry: DescribedConfig): varve.v1.IConfigEntry {
  return {
    name: entry.name,
    ...(entry.value === undefined ? {} : { value: entry.value }),
    source: entry.source,
    read_only: entry.readOnly,
    sensitive: entry.sensitive,
    type: entry.type,
    documentation: entry.documentation,
  };
}

function noDescription(nodeId: NodeId, cause: unknown): VarveError {
  if (!(cause instanceof TransportError)) return toVarveError(cause);
  return new VarveError(
    cause.kind === 'timeout' ? 'REQUEST_TIMED_OUT' : 'NETWORK_EXCEPTION',
    `Node ${nodeId}, which alone knows the settings in its file, gave no answer: ${cause.message}. Try again when it is up.`,
    { cause },
  );
}

/** The topics that the controller has made, or made larger. */
function madeTopics(method: string, request: Uint8Array, response: Uint8Array): string[] {
  const types = MAKING_REQUESTS.get(method);
  if (types === undefined || decodeMessage(types.request, request).validate_only) return [];
  const { topics } = decodeMessage(types.response, response);
  return topics.filter(({ error }) => !error).map(({ name }) => name ?? '');
}

/** How long to wait for the controller: the request's own time-out, but no longer than the call's. */
function timeoutOf(method: string, request: Uint8Array, context: RequestContext): number | undefined {
  const type = TIMED_REQUESTS.get(method);
  if (type === undefined) return context.timeoutMs;
  const { timeout_ms: askedMs } = decodeMessage(type, request);
  return Math.min(askedMs || DEFAULT_TIMEOUT_MS, context.timeoutMs ?? Infinity, MAX_TIMEOUT_MS);
}

interface Decoder<T> {
  readonly name: string;
  decode(bytes: Uint8Array): T;
}

type TimedRequest = Decoder<{ readonly timeout_ms: number }>;

/** Requests to the controller that state how long to wait. */
const TIMED_REQUESTS: ReadonlyMap<string, TimedRequest> = new Map<string, TimedRequest>([
  [`${SERVICE}CreateTopics`, varve.v1.CreateTopicsRequest],
  [`${SERVICE}DeleteTopics`, varve.v1.DeleteTopicsRequest],
  [`${SERVICE}CreatePartitions`, varve.v1.CreatePartitionsRequest],
]);

interface MakingRequest {
  readonly request: Decoder<{ readonly validate_only: boolean }>;
  readonly response: Decoder<{ readonly topics: readonly varve.v1.ITopicResult[] }>;
}

/** Requests to the controller whose answer is of use once all nodes have what was made. */
const MAKING_REQUESTS: ReadonlyMap<string, MakingRequest> = new Map<string, MakingRequest>([
  [`${SERVICE}CreateTopics`, { request: varve.v1.CreateTopicsRequest, response: varve.v1.CreateTopicsResponse }],
  [
    `${SERVICE}CreatePartitions`,
    { request: varve.v1.CreatePartitionsRequest, response: varve.v1.CreatePartitionsResponse },
  ],
]);
