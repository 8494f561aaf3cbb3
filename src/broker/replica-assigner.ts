import type { NodeId } from '../common/ids.js';
import { isReadable, topicConfig, withDynamicConfigs } from '../metadata/configs/parse.js';
import type { ConfigTexts } from '../metadata/configs/parse.js';
import { effectiveMinInsyncReplicas } from '../metadata/configs/replication-defaults.js';
import type { BrokerConfig, TopicConfig } from '../metadata/configs/tables.js';
import type { ImageChanges } from '../metadata/image-changes.js';
import type { MetadataImage, PartitionState, TopicImage } from '../metadata/image.js';
import { directoryOf, replicationFactorOf } from '../metadata/image.js';
import type { ConfigResourceType } from '../metadata/records.js';
import type { Logger } from '../platform/observe.js';
import type { PartitionAssignment } from '../replication/replica.js';
import type { ReplicaManager } from '../replication/replica-manager.js';

export interface ReplicaAssignerOptions {
  readonly nodeId: NodeId;
  readonly config: BrokerConfig;
  /** The node's own configuration as it was given; dynamic values lie over it. */
  readonly configTexts: ConfigTexts;
  readonly replicas: ReplicaManager;
  readonly logger: Logger;
  /** The configuration in force of a partition's log may have changed. */
  readonly configChanged: (topic: string, config: TopicConfig, partitions: number) => void;
  /** Replicas on this node's disks whose partition is not (any more) in the image. */
  readonly removeStrays: (image: MetadataImage) => void;
}

/** Of one topic, as this node heeds them. */
interface TopicSettings {
  readonly config: TopicConfig;
  /** Partitions whose replica here is throttled. */
  readonly leaderThrottled: ReadonlySet<number> | 'all';
  readonly followerThrottled: ReadonlySet<number> | 'all';
}

/**
 * Compares images and gives this node's replicas their roles. It holds still until the image has this broker's own
 * registration: an older image may name it leader of an epoch in which it might already have written (see the hazard of
 * a leader that restarts within its lease).
 */
export class ReplicaAssigner {
  readonly #options: ReplicaAssignerOptions;
  #live = false;
  #brokerEpoch = -1;
  #config: BrokerConfig;
  /** By a topic's own texts, which an image never changes in place; of this `#config`. */
  #settings = new WeakMap<ConfigTexts, TopicSettings>();
  /** Keys that this release cannot read, and has said so. */
  readonly #unreadable = new Set<string>();

  constructor(options: ReplicaAssignerOptions) {
    this.#options = options;
    this.#config = options.config;
  }

  get live(): boolean {
    return this.#live;
  }

  get brokerConfig(): BrokerConfig {
    return this.#config;
  }

  /**
   * The image has the registration that this broker knows for its own; a later one in the same life where the controller had
   * forgotten it. Leaders judge its fetches by the epoch that its streams began with.
   */
  registeredAs(brokerEpoch: number): void {
    if (brokerEpoch === this.#brokerEpoch) return;
    this.#brokerEpoch = brokerEpoch;
    this.#options.replicas.restartFetchers();
  }

  /** The image now has this incarnation's registration: everything in it takes effect. */
  goLive(image: MetadataImage): void {
    this.#live = true;
    this.#refreshConfig(image);
    // Logs were recovered before there was an image: they do not know their topics' configuration yet.
    this.#reassignAll(image);
    this.#options.removeStrays(image);
  }

  imageChanged(image: MetadataImage, changes: ImageChanges): void {
    if (!this.#live) return;
    const { nodeId, replicas } = this.#options;
    const brokerConfigs = changes.configs.some(
      ({ type, name }) => type === 'broker' && (name === '' || name === String(nodeId)),
    );
    if (brokerConfigs) this.#refreshConfig(image);
    // Removals first: a topic that was deleted and made again under its name must give its folder up.
    for (const { topic, partition, before, after } of changes.partitions) {
      if (before?.replicas.includes(nodeId) && !after?.replicas.includes(nodeId)) {
        replicas.remove(topic.id, topic.name, partition);
      }
    }
    let former: { readonly topic: TopicImage; readonly settings: TopicSettings } | undefined;
    for (const { topic, partition, after } of changes.partitions) {
      if (!after?.replicas.includes(nodeId)) continue;
      // The partitions of a topic come one after the other.
      if (former?.topic !== topic) former = { topic, settings: this.#settingsOf(image, topic.name) };
      this.#assign(topic, former.settings, partition, after);
    }
    if (brokerConfigs) this.#reassignAll(image);
    for (const { type, name } of changes.configs) if (type === 'topic') this.#reassignTopic(image, name);
    for (const { nodeId: other, before, after } of changes.brokers) {
      if (before === undefined || after?.brokerEpoch === before.brokerEpoch) continue;
      if (other !== nodeId) replicas.restartFetcher(other);
    }
  }

  #refreshConfig(image: MetadataImage): void {
    const { configTexts, nodeId } = this.#options;
    const all = image.dynamicConfigs('broker', '');
    const own = image.dynamicConfigs('broker', String(nodeId));
    this.#tellUnreadable('broker', all);
    this.#tellUnreadable('broker', own);
    this.#config = withDynamicConfigs(configTexts, all, own);
    this.#settings = new WeakMap();
    const { leaderThrottle, followerThrottle } = this.#options.replicas;
    leaderThrottle.setRate(rateOf(this.#config.leaderReplicationThrottledRate));
    followerThrottle.setRate(rateOf(this.#config.followerReplicationThrottledRate));
  }

  /** Once a key: a newer release may have set it for a thousand topics. */
  #tellUnreadable(type: ConfigResourceType, texts: ConfigTexts): void {
    for (const [name, text] of texts) {
      if (this.#unreadable.has(name) || isReadable(type, name, text)) continue;
      this.#unreadable.add(name);
      this.#options.logger.warn(
        { type, name },
        'A setting of the cluster is of a newer release and has no effect on this node: run that release here, too.',
      );
    }
  }

  #reassignAll(image: MetadataImage): void {
    image.topics.forEach((topic) => this.#reassignTopic(image, topic.name));
  }

  #reassignTopic(image: MetadataImage, name: string): void {
    const topic = image.topicByName(name);
    if (topic === undefined) return;
    const settings = this.#settingsOf(image, name);
    this.#options.configChanged(name, settings.config, topic.partitions.length);
    topic.partitions.forEach((state, partition) => {
      if (state.replicas.includes(this.#options.nodeId)) this.#assign(topic, settings, partition, state);
    });
  }

  /**
   * Made once for each set of texts, not for each change of a partition: lists of throttled replicas are as long as their
   * topic has partitions, and a reassignment changes one partition after the other.
   */
  #settingsOf(image: MetadataImage, topic: string): TopicSettings {
    const texts = image.dynamicConfigs('topic', topic);
    const known = this.#settings.get(texts);
    if (known !== undefined) return known;
    this.#tellUnreadable('topic', texts);
    const config = topicConfig(this.#config, texts);
    const { nodeId } = this.#options;
    const settings = {
      config,
      leaderThrottled: throttledOn(nodeId, config.leaderThrottledReplicas),
      followerThrottled: throttledOn(nodeId, config.followerThrottledReplicas),
    };
    this.#settings.set(texts, settings);
    return settings;
  }

  #assign(topic: TopicImage, settings: TopicSettings, partition: number, state: PartitionState): void {
    const { config, leaderThrottled, followerThrottled } = settings;
    const assignment: PartitionAssignment = {
      topic: topic.name,
      topicId: topic.id,
      partition,
      directoryId: directoryOf(state, this.#options.nodeId),
      leader: state.leader,
      leaderEpoch: state.leaderEpoch,
      partitionEpoch: state.partitionEpoch,
      replicas: state.replicas,
      isr: state.isr,
      elr: state.elr,
      markedReplicas: state.recoveryMarks.map((mark) => mark.nodeId),
      minInsyncReplicas: effectiveMinInsyncReplicas(config.minInsyncReplicas, replicationFactorOf(state)),
      mayLoseRecords: config.uncleanLeaderElectionEnable,
      lagMaxMs: this.#config.replicaLagTimeMaxMs,
      leaderThrottled: leaderThrottled === 'all' || leaderThrottled.has(partition),
      followerThrottled: followerThrottled === 'all' || followerThrottled.has(partition),
    };
    this.#options.replicas.apply(assignment);
  }
}

/** The partitions whose replica on the node a list of throttled replicas names. */
function throttledOn(nodeId: NodeId, list: TopicConfig['leaderThrottledReplicas']): ReadonlySet<number> | 'all' {
  const partitions = new Set<number>();
  for (const one of list) {
    if (one === '*') return 'all';
    if (one.nodeId === nodeId) partitions.add(one.partition);
  }
  return partitions;
}

/** Kafka's 2^63-1 stands for no limit. */
function rateOf(bytesPerSecond: number): number {
  return bytesPerSecond >= Number.MAX_SAFE_INTEGER ? Infinity : bytesPerSecond;
}
