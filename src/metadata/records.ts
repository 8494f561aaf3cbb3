import type { LeaderEpoch, NodeId, Offset, Uuid } from '../common/ids.js';

/**
 * The records of the metadata log, as the program sees them. `record-codec.ts` writes and reads them; `replay.ts` says
 * what each does to the image. Everyone makes the same image of the same records: they hold decisions, not requests.
 */
export type MetadataRecord =
  | RegisterBrokerRecord
  | BrokerChangeRecord
  | UnregisterBrokerRecord
  | TopicRecord
  | RemoveTopicRecord
  | PartitionRecord
  | PartitionChangeRecord
  | ConfigRecord
  | ProducerIdsRecord
  | FeatureLevelRecord;

export interface BrokerListener {
  /** KAFKA, INTERNAL, GRPC, HTTP. */
  readonly name: string;
  /** As advertised. */
  readonly host: string;
  readonly port: number;
  readonly securityProtocol: string;
}

/** A new incarnation of a broker; it replaces the registration before it. */
export interface RegisterBrokerRecord {
  readonly kind: 'registerBroker';
  readonly nodeId: NodeId;
  /** Made anew at each start of the process. */
  readonly incarnationId: Uuid;
  /** Only in a snapshot; in the log it is the offset of the record's batch. */
  readonly brokerEpoch: number | undefined;
  readonly listeners: readonly BrokerListener[];
  readonly rack: string | undefined;
  /** Directory ids of the log dirs that are online. */
  readonly logDirs: readonly Uuid[];
  readonly offlineLogDirs: readonly Uuid[];
  readonly fenced: boolean;
  readonly inControlledShutdown: boolean;
  readonly minMetadataVersion: number;
  readonly maxMetadataVersion: number;
}

/** Changes of a registration; what is absent stays as it is. */
export interface BrokerChangeRecord {
  readonly kind: 'brokerChange';
  readonly nodeId: NodeId;
  readonly brokerEpoch: number;
  readonly fenced?: boolean;
  readonly inControlledShutdown?: boolean;
  /** They move from the online to the offline log dirs. */
  readonly newlyOfflineLogDirs?: readonly Uuid[];
}

export interface UnregisterBrokerRecord {
  readonly kind: 'unregisterBroker';
  readonly nodeId: NodeId;
  readonly brokerEpoch: number;
}

export interface TopicRecord {
  readonly kind: 'topic';
  readonly topicId: Uuid;
  readonly name: string;
}

/** Takes the topic's partitions and configs with it. */
export interface RemoveTopicRecord {
  readonly kind: 'removeTopic';
  readonly topicId: Uuid;
}

/** A replica whose recovery cut off more than an unsynced tail, and where what was left ends. */
export interface RecoveryMark {
  readonly nodeId: NodeId;
  readonly lastEpoch: LeaderEpoch;
  readonly endOffset: Offset;
}

/** What is known of a partition's replicas. `image.ts` says what each field means. */
export interface PartitionRecord {
  readonly kind: 'partition';
  readonly topicId: Uuid;
  readonly partition: number;
  readonly replicas: readonly NodeId[];
  readonly directories: readonly Uuid[];
  readonly isr: readonly NodeId[];
  readonly elr: readonly NodeId[];
  readonly lastKnownElr: readonly NodeId[];
  readonly addingReplicas: readonly NodeId[];
  readonly removingReplicas: readonly NodeId[];
  readonly leader: NodeId;
  readonly leaderEpoch: LeaderEpoch;
  readonly partitionEpoch: number;
  readonly recoveryMarks: readonly RecoveryMark[];
}

/**
 * Changes of a partition; what is absent stays as it is. Each raises the partition epoch by one; one that names a leader
 * raises the leader epoch by one, also when the leader is the same node as before.
 */
export interface PartitionChangeRecord {
  readonly kind: 'partitionChange';
  readonly topicId: Uuid;
  readonly partition: number;
  readonly leader?: NodeId;
  readonly isr?: readonly NodeId[];
  readonly elr?: readonly NodeId[];
  readonly lastKnownElr?: readonly NodeId[];
  readonly replicas?: readonly NodeId[];
  readonly directories?: readonly Uuid[];
  readonly addingReplicas?: readonly NodeId[];
  readonly removingReplicas?: readonly NodeId[];
  readonly recoveryMarks?: readonly RecoveryMark[];
}

export type ConfigResourceType = 'topic' | 'broker';

export interface ConfigRecord {
  readonly kind: 'config';
  readonly resourceType: ConfigResourceType;
  /** Topic name, node id in decimal, or empty for the default of all brokers. */
  readonly resourceName: string;
  readonly name: string;
  /** Undefined: the key is removed. */
  readonly value: string | undefined;
}

/** Producer ids below `nextProducerId` have been given out. */
export interface ProducerIdsRecord {
  readonly kind: 'producerIds';
  readonly nodeId: NodeId;
  readonly brokerEpoch: number;
  readonly nextProducerId: number;
}

/** What the whole cluster may write (`metadata.version`). */
export interface FeatureLevelRecord {
  readonly kind: 'featureLevel';
  readonly name: string;
  readonly level: number;
}

/** The feature that gates records and internal messages. */
export const METADATA_VERSION = 'metadata.version';
/** The levels of `metadata.version` that this program can read and write. */
export const MIN_METADATA_VERSION = 1;
export const MAX_METADATA_VERSION = 1;
