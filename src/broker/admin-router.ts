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
import { varve } from '../protocol/varve.js';
import type { DeleteRecordsCall, RequestContext } from './broker-api.js';
import type { AdminAnswer } from './controller-link.js';
import { encodeError } from './forwarding/wire.js';
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
}

/** Of a request that states none: what Kafka's clients wait for an answer. */
const DEFAULT_TIMEOUT_MS = 30_000;
/** What is made is answered after so long though some node has not got it yet. */
const MAX_READY_MS = 5_000;
/** How long settings are described before the event loop gets its turn. */
const SLICE_MS = 5;
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
        return this.#describeConfigs(request);
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

  /** Of many resources a piece at a time: in one go they would hold the event loop longer than a lease lasts. */
  async #describeConfigs(bytes: Uint8Array): Promise<Uint8Array> {
    const { clock } = this.#options;
    const { resources } = decodeMessage(varve.v1.DescribeConfigsRequest, bytes);
    const asked = new Map(resources.map((resource) => [`${resource.type ?? 0} ${resource.name ?? ''}`, resource]));
    if (asked.size > MAX_DESCRIBED_RESOURCES) {
      throw new VarveError(
        'INVALID_REQUEST',
        `The request has ${asked.size} resources, and one may have ${MAX_DESCRIBED_RESOURCES}: split it into several.`,
      );
    }
    const parts: Uint8Array[] = [];
    let sliceEndMs = clock.monotonicMs() + SLICE_MS;
    for (const resource of asked.values()) {
      parts.push(varve.v1.DescribeConfigsResponse.encode({ resources: [this.#describe(resource)] }).finish());
      if (clock.monotonicMs() < sliceEndMs) continue;
      await new Promise<void>((resolve) => clock.defer(resolve));
      sliceEndMs = clock.monotonicMs() + SLICE_MS;
    }
    return Buffer.concat(parts);
  }

  #describe(resource: varve.v1.IConfigResource): varve.v1.IConfigDescription {
    try {
      const entries = this.#entries(resource.type ?? 0, resource.name ?? '');
      return {
        resource,
        entries: entries.map((entry) => ({
          name: entry.name,
          ...(entry.value === undefined ? {} : { value: entry.value }),
          source: entry.source,
          read_only: entry.readOnly,
          sensitive: entry.sensitive,
          type: entry.type,
          documentation: entry.documentation,
        })),
      };
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

  /** Another broker's file is not known here: its static values show as this node's only for this node. */
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
