import { VarveError } from '../common/errors.js';
import type { NodeId } from '../common/ids.js';
import type { BrokerConfig } from '../metadata/configs/tables.js';
import type { MetadataImage } from '../metadata/image.js';
import type { Platform } from '../platform/platform.js';
import { ReplicaManager } from '../replication/replica-manager.js';
import type { ControllerLink } from './controller-link.js';
import { REPLICATION_FETCH, REPLICATION_READ_RANGE } from './internal-handlers.js';
import type { LogManager } from './log-manager.js';
import type { NodeMetrics } from './node-metrics.js';
import type { NodePeers } from './node-peers.js';

/** Lag and late produces are looked at with a heartbeat of the quorum that comes so long after the last look. */
const MIN_TICK_MS = 150;
/** And so often while the quorum has none. */
const MAX_TICK_MS = 500;
const RETRY_MS = 50;
const MAX_FETCH_BACKOFF_MS = 1000;
const READ_RANGE_TIMEOUT_MS = 5_000;

export interface NodeReplicasOptions {
  readonly nodeId: NodeId;
  readonly config: BrokerConfig;
  readonly platform: Platform;
  readonly logs: LogManager;
  readonly link: ControllerLink;
  readonly peers: NodePeers;
  readonly metrics: NodeMetrics;
  readonly image: () => MetadataImage;
  /** Empty while no cluster is known. */
  readonly clusterId: () => string;
  /** -1 before the first registration. */
  readonly brokerEpoch: () => number;
  readonly onTick: () => void;
  /** When a node that follows this one was heard last. */
  readonly heardMs: (nodeId: NodeId) => number | undefined;
}

/** The replicas of a node, with what they reach through it: the controller, the other nodes, the metrics. */
export function makeReplicas(options: NodeReplicasOptions): ReplicaManager {
  const { nodeId, config, platform, link, peers, metrics, image, clusterId, brokerEpoch } = options;
  return new ReplicaManager({
    nodeId,
    clock: platform.clock,
    logger: platform.logger,
    logs: options.logs,
    minTickMs: MIN_TICK_MS,
    maxTickMs: MAX_TICK_MS,
    onTick: options.onTick,
    heardMs: options.heardMs,
    onProposal: (before, after) => {
      if (before.some((id) => !after.includes(id))) metrics.isrShrinks.add(1);
      if (after.some((id) => !before.includes(id))) metrics.isrExpands.add(1);
    },
    onFetched: (sizeBytes) => metrics.replicationBytesIn.add(sizeBytes),
    onDuplicate: () => metrics.duplicateBatches.add(1),
    isEligible: (follower, followerEpoch, { topicId, partition }) =>
      image().mayJoinIsr(topicId, partition, follower, followerEpoch),
    isrChanges: {
      retryMs: RETRY_MS,
      brokerEpochOf: (id) => image().broker(id)?.brokerEpoch ?? -1,
      send: (partitions) =>
        link.alterPartition({ version: 1, node_id: nodeId, broker_epoch: brokerEpoch(), partitions }),
    },
    fetcher: {
      clusterId,
      brokerEpoch,
      windowBytes: config.replicaFetchWindowBytes,
      backoffMs: RETRY_MS,
      maxBackoffMs: MAX_FETCH_BACKOFF_MS,
      connect: (sourceId) => peers.data.client(sourceId)?.stream(REPLICATION_FETCH),
      disconnect: (sourceId) => peers.data.renew(sourceId),
    },
    readRange: async (sourceId, request) => {
      const client = peers.data.client(sourceId);
      if (client === undefined) throw new VarveError('REPLICA_NOT_AVAILABLE', `Node ${sourceId} has no known address.`);
      return client.unary(REPLICATION_READ_RANGE, request, { timeoutMs: READ_RANGE_TIMEOUT_MS });
    },
    reportTruncation: (replica, unledEpoch) =>
      link.reportTruncation({
        version: 1,
        node_id: nodeId,
        broker_epoch: brokerEpoch(),
        replica,
        ...(unledEpoch === undefined ? {} : { cannot_lead: true, leader_epoch: unledEpoch }),
      }),
    onDamaged: () => metrics.damagedBatches.add(1),
  });
}
