import type {
  BrokerApi,
  BrokerView,
  ClusterView,
  Isolation,
  ListOffsetsResult,
  MetadataQuery,
  ProducerIdentity,
  RequestContext,
  TopicView,
} from '../broker/broker-api.js';
import { VarveError } from '../common/errors.js';
import { NO_EPOCH, uuidToBytes } from '../common/ids.js';
import { NO_PRODUCER_EPOCH, NO_PRODUCER_ID } from '../record/batch-header.js';
import type { RpcHandlers, StreamHandler } from '../platform/transport.js';
import { varve } from '../protocol/varve.js';
import { decodeBounded } from './bounded-decoding.js';
import { boundedTopicName, checkInteger, endWithError, errorMessage, requestContext, unaryMethod } from './call.js';
import type { WatchBudget } from './watch-budget.js';

const { v1 } = varve;

/** An int16 in batches. */
const MAX_PRODUCER_EPOCH = 32_767;

/** The listener whose addresses this API gives out. */
const OWN_LISTENER = 'GRPC';

const METADATA_FIELDS = { topics: { most: 10_000 } };
const LIST_OFFSETS_FIELDS = { partitions: { most: 10_000 } };

/** Metadata, WatchMetadata, ListOffsets and InitProducerId. */
export function metadataHandlers(broker: BrokerApi, watches: WatchBudget): RpcHandlers {
  return {
    unary: {
      '/varve.v1.Varve/Metadata': unaryMethod(
        v1.MetadataRequest,
        v1.MetadataResponse,
        async (request, context) => encodeView(broker.metadata(metadataQuery(request, context))),
        METADATA_FIELDS,
      ),
      '/varve.v1.Varve/ListOffsets': unaryMethod(
        v1.ListOffsetsRequest,
        v1.ListOffsetsResponse,
        (request, context) => listOffsets(broker, request, context),
        LIST_OFFSETS_FIELDS,
      ),
      '/varve.v1.Varve/InitProducerId': unaryMethod(
        v1.InitProducerIdRequest,
        v1.InitProducerIdResponse,
        (request, context) => initProducerId(broker, request, context),
      ),
    },
    streams: { '/varve.v1.Varve/WatchMetadata': watchMetadata(broker, watches) },
  };
}

/** Throws INVALID_REQUEST for a level that there is not: its records would be others than were asked for. */
export function isolation(level: varve.v1.IsolationLevel): Isolation {
  if (level === v1.IsolationLevel.READ_COMMITTED) return 'readCommitted';
  if (level === v1.IsolationLevel.READ_UNCOMMITTED) return 'readUncommitted';
  throw new VarveError('INVALID_REQUEST', `isolation_level must be READ_UNCOMMITTED or READ_COMMITTED, not ${level}.`);
}

function metadataQuery(request: varve.v1.MetadataRequest, context: RequestContext): MetadataQuery {
  const all = request.topics.length === 0 && !request.brokers_only;
  // A name that is given many times is answered once: its answer may be ten thousand times as long.
  return { topics: all ? undefined : [...new Set(request.topics)], context };
}

async function listOffsets(
  broker: BrokerApi,
  request: varve.v1.ListOffsetsRequest,
  context: RequestContext,
): Promise<varve.v1.IListOffsetsResponse> {
  const partitions = request.partitions.map((each) => ({
    topic: boundedTopicName(each.topic),
    partition: checkInteger(each.partition ?? 0, 0, 'partition'),
    timestampMs: checkInteger(each.timestamp_ms ?? 0, -3, 'timestamp_ms'),
    currentLeaderEpoch: each.current_leader_epoch ?? NO_EPOCH,
  }));
  const results = await broker.listOffsets({ context, isolation: isolation(request.isolation_level), partitions });
  return { partitions: results.map(encodeListedOffset) };
}

function encodeListedOffset(result: ListOffsetsResult): varve.v1.IListOffsetsResult {
  return {
    topic: result.topic,
    partition: result.partition,
    error: errorMessage(result.error),
    offset: result.offset,
    timestamp_ms: result.timestampMs,
    leader_epoch: result.leaderEpoch,
  };
}

async function initProducerId(
  broker: BrokerApi,
  request: varve.v1.InitProducerIdRequest,
  context: RequestContext,
): Promise<varve.v1.IInitProducerIdResponse> {
  const identity = await broker.initProducerId({
    context,
    transactionalId: request.transactional_id ?? undefined,
    transactionTimeoutMs: request.transaction_timeout_ms,
    current: currentIdentity(request.producer_id ?? NO_PRODUCER_ID, request.producer_epoch ?? NO_PRODUCER_EPOCH),
  });
  return { producer_id: identity.producerId, producer_epoch: identity.producerEpoch };
}

/** -1 and -1 are none, as in Kafka's protocol. Throws INVALID_REQUEST for what can be no producer's. */
function currentIdentity(producerId: number, producerEpoch: number): ProducerIdentity | undefined {
  if ((producerId === NO_PRODUCER_ID) !== (producerEpoch === NO_PRODUCER_EPOCH)) {
    throw new VarveError('INVALID_REQUEST', 'producer_id and producer_epoch are given together or not at all.');
  }
  if (producerId === NO_PRODUCER_ID) return undefined;
  checkInteger(producerId, 0, 'producer_id');
  if (producerEpoch >= 0 && producerEpoch <= MAX_PRODUCER_EPOCH) return { producerId, producerEpoch };
  throw new VarveError(
    'INVALID_REQUEST',
    `producer_epoch must be an integer from 0 to ${MAX_PRODUCER_EPOCH}, not ${producerEpoch}.`,
  );
}

/** Of the names of one WatchMetadata, which are kept as long as it lasts. */
const MAX_WATCHED_LENGTH = 1024 * 1024;

/** Throws INVALID_TOPIC_EXCEPTION or INVALID_REQUEST. */
function watchQuery(request: varve.v1.MetadataRequest, context: RequestContext): MetadataQuery {
  const query = metadataQuery(request, context);
  let length = 0;
  for (const name of query.topics ?? []) length += boundedTopicName(name).length;
  if (length <= MAX_WATCHED_LENGTH) return query;
  throw new VarveError(
    'INVALID_REQUEST',
    `The topics of one WatchMetadata have names of at most ${MAX_WATCHED_LENGTH} characters together, not ${length}: ` +
      'open several streams.',
  );
}

/**
 * One message asks, then views flow. While the client does not read, no view is kept, only that there is news: once it
 * reads it gets what is known then.
 */
function watchMetadata(broker: BrokerApi, watches: WatchBudget): StreamHandler {
  return (stream, call) => {
    let heldBytes = 0;
    let stop: (() => void) | undefined;
    let query: MetadataQuery | undefined;
    let hasNews = false;
    let flowing = true;
    const send = (view: ClusterView): void => {
      hasNews = !flowing;
      if (flowing) flowing = stream.send(v1.MetadataResponse.encode(encodeView(view)).finish());
    };
    stream.onMessage((bytes) => {
      try {
        if (stop !== undefined) throw new VarveError('INVALID_REQUEST', 'WatchMetadata takes one request a stream.');
        const request = decodeBounded(v1.MetadataRequest, bytes, METADATA_FIELDS);
        const asked = watchQuery(request, requestContext(call));
        heldBytes += watches.take(asked.topics ?? []);
        query = asked;
        stop = broker.watchMetadata(query, send);
      } catch (error) {
        if (!(error instanceof VarveError)) throw error;
        endWithError(stream, error);
      }
    });
    stream.onDrain(() => {
      flowing = true;
      if (hasNews && query !== undefined) send(broker.metadata(query));
    });
    // The client's half ends after its one message; the stream goes on until it cancels.
    stream.onEnd(() => {});
    stream.onClose(() => {
      stop?.();
      watches.give(heldBytes);
    });
  };
}

function encodeView(view: ClusterView): varve.v1.IMetadataResponse {
  return {
    cluster_id: view.clusterId,
    controller_id: view.controllerId,
    brokers: view.brokers.map(encodeBroker),
    topics: view.topics.map(encodeTopic),
    metadata_offset: view.metadataOffset,
  };
}

function encodeBroker(broker: BrokerView): varve.v1.IBroker {
  const address = broker.listeners.get(OWN_LISTENER);
  return {
    node_id: broker.nodeId,
    host: address?.host ?? '',
    port: address?.port ?? 0,
    rack: broker.rack ?? '',
    fenced: broker.fenced,
  };
}

function encodeTopic(topic: TopicView): varve.v1.ITopicMetadata {
  return {
    error: errorMessage(topic.error),
    name: topic.name,
    topic_id: uuidToBytes(topic.topicId),
    internal: topic.internal,
    partitions: topic.partitions.map((each) => ({
      partition: each.partition,
      leader: each.leader,
      leader_epoch: each.leaderEpoch,
      replicas: [...each.replicas],
      isr: [...each.isr],
      eligible_leader_replicas: [...each.eligibleLeaderReplicas],
      offline_replicas: [...each.offlineReplicas],
      adding_replicas: [...each.addingReplicas],
    })),
  };
}
