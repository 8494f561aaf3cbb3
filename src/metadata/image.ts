import { NO_NODE } from '../common/ids.js';
import type { LeaderEpoch, NodeId, Uuid } from '../common/ids.js';
import { PersistentMap } from './persistent/persistent-map.js';
import { PersistentVector } from './persistent/persistent-vector.js';
import type { BrokerListener, ConfigResourceType, RecoveryMark } from './records.js';

/** One incarnation of a broker. */
export interface BrokerRegistration {
  readonly nodeId: NodeId;
  readonly incarnationId: Uuid;
  /** The offset of the registration; it names this incarnation in requests (KIP-903). */
  readonly brokerEpoch: number;
  readonly listeners: readonly BrokerListener[];
  readonly rack: string | undefined;
  /** Directory ids of the log dirs that are online, and of those that failed since the registration. */
  readonly logDirs: readonly Uuid[];
  readonly offlineLogDirs: readonly Uuid[];
  /** A fenced broker leads nothing and is in no ISR. */
  readonly fenced: boolean;
  readonly inControlledShutdown: boolean;
  readonly minMetadataVersion: number;
  readonly maxMetadataVersion: number;
}

/**
 * Invariants: `isr`, `elr` and `lastKnownElr` are subsets of `replicas` and disjoint; `leader` is in `isr` or NO_NODE;
 * `adding` and `removing` are disjoint subsets of `replicas`; `directories` has one entry a replica.
 */
export interface PartitionState {
  /** In the order of preference: the first is the preferred leader. While a reassignment runs, old and new ones. */
  readonly replicas: readonly NodeId[];
  /** The log dir that holds each replica, in the order of `replicas`. The controller chooses it. */
  readonly directories: readonly Uuid[];
  readonly isr: readonly NodeId[];
  /**
   * Eligible leader replicas (KIP-966): outside the ISR, but they have everything below the high watermark, because it
   * stood still while the ISR was smaller than min.insync.replicas.
   */
  readonly elr: readonly NodeId[];
  /** Were in ISR or ELR when the ISR last had min.insync.replicas members, and lost their place by losing data. */
  readonly lastKnownElr: readonly NodeId[];
  readonly addingReplicas: readonly NodeId[];
  readonly removingReplicas: readonly NodeId[];
  readonly leader: NodeId;
  readonly leaderEpoch: LeaderEpoch;
  /** Counts the changes of this state. */
  readonly partitionEpoch: number;
  /** Members of ISR or ELR whose recovery cut off acknowledged records and that have not caught up since. */
  readonly recoveryMarks: readonly RecoveryMark[];
}

export interface TopicImage {
  readonly id: Uuid;
  readonly name: string;
  /** By partition number, from 0 without gaps. */
  readonly partitions: PersistentVector<PartitionState>;
}

export type ConfigValues = ReadonlyMap<string, string>;

interface ImageFields {
  readonly offset: number;
  readonly brokers: PersistentMap<NodeId, BrokerRegistration>;
  readonly topics: PersistentMap<Uuid, TopicImage>;
  readonly topicIds: PersistentMap<string, Uuid>;
  readonly configs: PersistentMap<string, ConfigValues>;
  readonly features: PersistentMap<string, number>;
  readonly nextProducerId: number;
}

/**
 * The cluster as of one offset of the metadata log. Immutable: a replay makes a new image that shares what did not
 * change, at a cost that follows the changes and not the cluster.
 */
export class MetadataImage implements ImageFields {
  /** Raft index of the last entry in it. */
  readonly offset: number;
  readonly brokers: PersistentMap<NodeId, BrokerRegistration>;
  readonly topics: PersistentMap<Uuid, TopicImage>;
  readonly topicIds: PersistentMap<string, Uuid>;
  /** By `configKey`. */
  readonly configs: PersistentMap<string, ConfigValues>;
  readonly features: PersistentMap<string, number>;
  readonly nextProducerId: number;

  private constructor(base: ImageFields, changes: Partial<ImageFields>) {
    // Field by field: this runs for every record that is replayed.
    this.offset = changes.offset ?? base.offset;
    this.brokers = changes.brokers ?? base.brokers;
    this.topics = changes.topics ?? base.topics;
    this.topicIds = changes.topicIds ?? base.topicIds;
    this.configs = changes.configs ?? base.configs;
    this.features = changes.features ?? base.features;
    this.nextProducerId = changes.nextProducerId ?? base.nextProducerId;
  }

  static readonly EMPTY = new MetadataImage(
    {
      offset: 0,
      brokers: PersistentMap.empty(),
      topics: PersistentMap.empty(),
      topicIds: PersistentMap.empty(),
      configs: PersistentMap.empty(),
      features: PersistentMap.empty(),
      nextProducerId: 0,
    },
    {},
  );

  with(changes: Partial<ImageFields>): MetadataImage {
    return new MetadataImage(this, changes);
  }

  broker(nodeId: NodeId): BrokerRegistration | undefined {
    return this.brokers.get(nodeId);
  }

  topic(topicId: Uuid): TopicImage | undefined {
    return this.topics.get(topicId);
  }

  topicByName(name: string): TopicImage | undefined {
    const id = this.topicIds.get(name);
    return id === undefined ? undefined : this.topics.get(id);
  }

  partition(topicId: Uuid, partition: number): PartitionState | undefined {
    return this.topics.get(topicId)?.partitions.get(partition);
  }

  /** What was set dynamically for a topic, a node id, or (empty name) all brokers. */
  dynamicConfigs(type: ConfigResourceType, name: string): ConfigValues {
    return this.configs.get(configKey(type, name)) ?? NO_CONFIGS;
  }

  /** Registered, neither fenced nor in controlled shutdown: may lead and join an ISR. */
  isActive(nodeId: NodeId): boolean {
    const broker = this.brokers.get(nodeId);
    return broker !== undefined && !broker.fenced && !broker.inControlledShutdown;
  }

  /** The directory that holds the node's replica is online there. */
  isHosted(state: PartitionState, nodeId: NodeId): boolean {
    const directory = directoryOf(state, nodeId);
    return directory !== undefined && this.brokers.get(nodeId)?.logDirs.includes(directory) === true;
  }

  /** Whether this incarnation of the node may join the partition's ISR (KIP-903), as the controller judges it. */
  mayJoinIsr(topicId: Uuid, partition: number, nodeId: NodeId, brokerEpoch: number): boolean {
    const state = this.partition(topicId, partition);
    const isCurrent = this.isActive(nodeId) && this.brokers.get(nodeId)?.brokerEpoch === brokerEpoch;
    return isCurrent && state !== undefined && this.isHosted(state, nodeId);
  }

  /** 0 before the first controller has written it. */
  get metadataVersion(): number {
    return this.features.get('metadata.version') ?? 0;
  }

  /** Every partition of every topic; the order depends on the contents alone. */
  forEachPartition(visit: (topic: TopicImage, partition: number, state: PartitionState) => void): void {
    this.topics.forEach((topic) => topic.partitions.forEach((state, partition) => visit(topic, partition, state)));
  }
}

const NO_CONFIGS: ConfigValues = new Map();

export function configKey(type: ConfigResourceType, name: string): string {
  return `${type}:${name}`;
}

/** The inverse of `configKey`. */
export function configResourceOf(key: string): { readonly type: ConfigResourceType; readonly name: string } {
  const colon = key.indexOf(':');
  return { type: key.slice(0, colon) === 'topic' ? 'topic' : 'broker', name: key.slice(colon + 1) };
}

/** The log dir of `nodeId`'s replica; undefined when it holds none. */
export function directoryOf(state: PartitionState, nodeId: NodeId): Uuid | undefined {
  const at = state.replicas.indexOf(nodeId);
  return at < 0 ? undefined : state.directories[at];
}

/** How many replicas the topic asks for: while a reassignment runs, those that are not being added. */
export function replicationFactorOf(state: PartitionState): number {
  return state.replicas.length - state.addingReplicas.length;
}

export function hasLeader(state: PartitionState): boolean {
  return state.leader !== NO_NODE;
}

/** Kafka's internal topics: made by the brokers for themselves. */
export function isInternalTopic(name: string): boolean {
  return name === '__consumer_offsets' || name === '__transaction_state' || name === '__share_group_state';
}
