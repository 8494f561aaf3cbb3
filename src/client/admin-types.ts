import type { VarveError } from '../common/errors.js';
import { uuidFromBytes } from '../common/ids.js';
import { varve } from '../protocol/varve.js';
import { wireError } from './wire-error.js';

const { ConfigOperation, ConfigResourceType } = varve.v1;

export interface TopicSpec {
  readonly name: string;
  /** Default: the cluster's `num.partitions`. */
  readonly partitions?: number;
  /** Default: the cluster's `default.replication.factor`. */
  readonly replicationFactor?: number;
  readonly configs?: Readonly<Record<string, string>>;
  /** Instead of the two numbers: the replicas of each partition, the preferred leader first. */
  readonly assignment?: readonly (readonly number[])[];
}

export interface CreatedTopic {
  readonly name: string;
  readonly error: VarveError | undefined;
  readonly topicId: string | undefined;
  readonly partitions: number;
  readonly replicationFactor: number;
}

export interface TopicResult {
  readonly name: string;
  readonly error: VarveError | undefined;
}

export interface PartitionResult {
  readonly topic: string;
  readonly partition: number;
  readonly error: VarveError | undefined;
}

export interface TopicPartitions {
  readonly topic: string;
  readonly partitions: readonly number[];
}

export interface PartitionDescription {
  readonly partition: number;
  /** -1: none. */
  readonly leader: number;
  readonly leaderEpoch: number;
  readonly replicas: readonly number[];
  readonly isr: readonly number[];
  readonly eligibleLeaderReplicas: readonly number[];
  readonly offlineReplicas: readonly number[];
  /** Of `replicas`, those that a reassignment adds: they are not missed while they catch up (KIP-455). */
  readonly addingReplicas: readonly number[];
}

export interface TopicDescription {
  readonly name: string;
  readonly error: VarveError | undefined;
  readonly topicId: string | undefined;
  readonly internal: boolean;
  readonly partitions: readonly PartitionDescription[];
}

export interface DeleteRecordsSpec {
  readonly topic: string;
  readonly partition: number;
  /** -1: all that are replicated. */
  readonly beforeOffset: bigint | number;
}

export interface DeletedRecords extends PartitionResult {
  /** The first offset that is still there. */
  readonly lowWatermark: bigint;
}

/** An empty broker name is the default of all brokers. */
export interface ConfigResource {
  readonly type: 'topic' | 'broker';
  readonly name: string;
}

export interface ConfigEntry {
  readonly name: string;
  /** Undefined: null, or hidden because it is sensitive. */
  readonly value: string | undefined;
  /** Kafka's names: DYNAMIC_TOPIC_CONFIG, DYNAMIC_BROKER_CONFIG, STATIC_BROKER_CONFIG, DEFAULT_CONFIG … */
  readonly source: string;
  readonly readOnly: boolean;
  readonly sensitive: boolean;
  readonly type: string;
  readonly documentation: string;
}

export interface ConfigDescription {
  readonly resource: ConfigResource;
  readonly error: VarveError | undefined;
  readonly entries: readonly ConfigEntry[];
}

export interface ConfigChange {
  readonly name: string;
  /** Default `set`. */
  readonly operation?: 'set' | 'delete' | 'append' | 'subtract';
  readonly value?: string;
}

export interface ConfigAlteration {
  readonly resource: ConfigResource;
  readonly changes: readonly ConfigChange[];
}

export interface AlteredConfig {
  readonly resource: ConfigResource;
  readonly error: VarveError | undefined;
}

export interface Reassignment {
  readonly topic: string;
  readonly partition: number;
  /** Undefined: cancel what is going on. */
  readonly replicas?: readonly number[];
}

export interface OngoingReassignment {
  readonly topic: string;
  readonly partition: number;
  readonly replicas: readonly number[];
  readonly addingReplicas: readonly number[];
  readonly removingReplicas: readonly number[];
}

export interface BrokerDescription {
  readonly nodeId: number;
  readonly host: string;
  readonly port: number;
  readonly rack: string | undefined;
  readonly fenced: boolean;
}

export interface ClusterDescription {
  readonly clusterId: string;
  /** -1: none known. */
  readonly controllerId: number;
  readonly brokers: readonly BrokerDescription[];
  readonly metadataVersion: number;
  readonly metadataOffset: bigint;
}

export interface QuorumReplica {
  readonly nodeId: number;
  readonly directoryId: string;
  readonly logEndOffset: bigint;
  /** Milliseconds since the leader heard of it; -1: never. */
  readonly lastContactMs: number;
}

export interface QuorumDescription {
  readonly leaderId: number;
  /** The Raft term. */
  readonly leaderEpoch: number;
  readonly commitOffset: bigint;
  readonly voters: readonly QuorumReplica[];
  readonly observers: readonly QuorumReplica[];
}

export function topicDescription(topic: varve.v1.ITopicMetadata): TopicDescription {
  const id = topic.topic_id;
  return {
    name: topic.name ?? '',
    error: wireError(topic.error),
    topicId: id !== null && id !== undefined && id.length === 16 ? uuidFromBytes(id) : undefined,
    internal: topic.internal ?? false,
    partitions: (topic.partitions ?? []).map((each) => ({
      partition: each.partition ?? 0,
      leader: each.leader ?? 0,
      leaderEpoch: each.leader_epoch ?? 0,
      replicas: each.replicas ?? [],
      isr: each.isr ?? [],
      eligibleLeaderReplicas: each.eligible_leader_replicas ?? [],
      offlineReplicas: each.offline_replicas ?? [],
      addingReplicas: each.adding_replicas ?? [],
    })),
  };
}

export function brokerDescription(broker: varve.v1.IBroker): BrokerDescription {
  return {
    nodeId: broker.node_id ?? 0,
    host: broker.host ?? '',
    port: broker.port ?? 0,
    rack: broker.rack || undefined,
    fenced: broker.fenced ?? false,
  };
}

export function quorumReplica(replica: varve.v1.IQuorumReplica): QuorumReplica {
  return {
    nodeId: replica.node_id ?? 0,
    directoryId: replica.directory_id ?? '',
    logEndOffset: BigInt(replica.log_end_offset ?? 0),
    lastContactMs: replica.last_contact_ms ?? 0,
  };
}

export function quorumDescription(answer: varve.v1.DescribeQuorumResponse): QuorumDescription {
  return {
    leaderId: answer.leader_id,
    leaderEpoch: answer.leader_epoch,
    commitOffset: BigInt(answer.commit_offset),
    voters: answer.voters.map(quorumReplica),
    observers: answer.observers.map(quorumReplica),
  };
}

export function createdTopic(topic: varve.v1.ICreateTopicResult): CreatedTopic {
  return {
    name: topic.name ?? '',
    error: wireError(topic.error),
    topicId: (topic.topic_id?.length ?? 0) === 16 ? uuidFromBytes(topic.topic_id ?? new Uint8Array(16)) : undefined,
    partitions: topic.partitions ?? 0,
    replicationFactor: topic.replication_factor ?? 0,
  };
}

export function resourceMessage(resource: ConfigResource): varve.v1.IConfigResource {
  const type =
    resource.type === 'topic' ? ConfigResourceType.CONFIG_RESOURCE_TOPIC : ConfigResourceType.CONFIG_RESOURCE_BROKER;
  return { type, name: resource.name };
}

export function resourceOf(resource: varve.v1.IConfigResource | null | undefined): ConfigResource {
  const isBroker = resource?.type === ConfigResourceType.CONFIG_RESOURCE_BROKER;
  return { type: isBroker ? 'broker' : 'topic', name: resource?.name ?? '' };
}

export function configEntry(entry: varve.v1.IConfigEntry): ConfigEntry {
  return {
    name: entry.name ?? '',
    value: entry.value ?? undefined,
    source: entry.source ?? '',
    readOnly: entry.read_only ?? false,
    sensitive: entry.sensitive ?? false,
    type: entry.type ?? '',
    documentation: entry.documentation ?? '',
  };
}

const OPERATIONS = {
  set: ConfigOperation.CONFIG_SET,
  delete: ConfigOperation.CONFIG_DELETE,
  append: ConfigOperation.CONFIG_APPEND,
  subtract: ConfigOperation.CONFIG_SUBTRACT,
} as const;

export function changeMessage(change: ConfigChange): varve.v1.IConfigChange {
  return { name: change.name, operation: OPERATIONS[change.operation ?? 'set'], value: change.value ?? '' };
}
