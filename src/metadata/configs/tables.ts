import { ConfigProblem, list } from './definition.js';
import type { ConfigDefinition, ConfigValuesOf } from './definition.js';
import { LOG_CONFIGS, LOG_MANAGER_CONFIGS, REPLICATION_CONFIGS } from './log-configs.js';
import { NODE_CONFIGS, QUORUM_CONFIGS } from './node-configs.js';

/** Every key of a node's configuration, by the field of BrokerConfig that holds its value. */
export const BROKER_CONFIGS = {
  ...NODE_CONFIGS,
  ...QUORUM_CONFIGS,
  ...LOG_CONFIGS,
  ...LOG_MANAGER_CONFIGS,
  ...REPLICATION_CONFIGS,
};

type BrokerValues = ConfigValuesOf<typeof BROKER_CONFIGS>;

/** One node's configuration, checked. Units stand last in the names. */
export type BrokerConfig = Omit<BrokerValues, 'nodeId'> & { readonly nodeId: number };

type LogField = keyof typeof LOG_CONFIGS;

/** A key of a topic's configuration. Where the topic does not set it, the broker's key applies. */
export type TopicConfigDefinition<T> = ConfigDefinition<T> & { readonly brokerField: LogField | undefined };

function ofBroker<Field extends LogField>(
  name: string,
  field: Field,
): TopicConfigDefinition<ConfigValuesOf<typeof LOG_CONFIGS>[Field]> {
  // The table's own type says which value the field has; TypeScript cannot follow it through an index.
  const broker = LOG_CONFIGS[field] as unknown as ConfigDefinition<ConfigValuesOf<typeof LOG_CONFIGS>[Field]>;
  return { ...broker, name, fallbacks: [], dynamic: 'no', brokerField: field };
}

/** Replicas that a throttle applies to, as `partition:node`, or `*` for all. */
export interface ThrottledReplica {
  readonly partition: number;
  readonly nodeId: number;
}

function throttledReplicas(name: string, side: string): TopicConfigDefinition<readonly (ThrottledReplica | '*')[]> {
  const definition = list<ThrottledReplica | '*'>({
    name,
    defaultText: '',
    allowed: '* or a list of partition:node',
    documentation: `Replicas whose replication is throttled on the ${side}'s side.`,
    parseItem: (item) => {
      if (item === '*') return '*';
      const [partition, nodeId] = (/^(\d+):(\d+)$/.exec(item) ?? []).slice(1).map(Number);
      if (partition === undefined || nodeId === undefined) throw new ConfigProblem(`'${item}' is not partition:node`);
      return { partition, nodeId };
    },
  });
  return { ...definition, brokerField: undefined };
}

/** Every key of a topic's configuration, by the field of TopicConfig that holds its value. */
export const TOPIC_CONFIGS = {
  cleanupPolicy: ofBroker('cleanup.policy', 'logCleanupPolicy'),
  compressionType: ofBroker('compression.type', 'compressionType'),
  deleteRetentionMs: ofBroker('delete.retention.ms', 'logCleanerDeleteRetentionMs'),
  flushMessages: ofBroker('flush.messages', 'logFlushIntervalMessages'),
  flushMs: ofBroker('flush.ms', 'logFlushIntervalMs'),
  followerThrottledReplicas: throttledReplicas('follower.replication.throttled.replicas', 'follower'),
  indexIntervalBytes: ofBroker('index.interval.bytes', 'logIndexIntervalBytes'),
  leaderThrottledReplicas: throttledReplicas('leader.replication.throttled.replicas', 'leader'),
  maxCompactionLagMs: ofBroker('max.compaction.lag.ms', 'logCleanerMaxCompactionLagMs'),
  maxMessageBytes: ofBroker('max.message.bytes', 'messageMaxBytes'),
  messageTimestampAfterMaxMs: ofBroker('message.timestamp.after.max.ms', 'logMessageTimestampAfterMaxMs'),
  messageTimestampBeforeMaxMs: ofBroker('message.timestamp.before.max.ms', 'logMessageTimestampBeforeMaxMs'),
  messageTimestampType: ofBroker('message.timestamp.type', 'logMessageTimestampType'),
  minCleanableDirtyRatio: ofBroker('min.cleanable.dirty.ratio', 'logCleanerMinCleanableRatio'),
  minCompactionLagMs: ofBroker('min.compaction.lag.ms', 'logCleanerMinCompactionLagMs'),
  minInsyncReplicas: ofBroker('min.insync.replicas', 'minInsyncReplicas'),
  retentionBytes: ofBroker('retention.bytes', 'logRetentionBytes'),
  retentionMs: ofBroker('retention.ms', 'logRetentionMs'),
  segmentBytes: ofBroker('segment.bytes', 'logSegmentBytes'),
  segmentIndexBytes: ofBroker('segment.index.bytes', 'logIndexSizeMaxBytes'),
  segmentJitterMs: ofBroker('segment.jitter.ms', 'logRollJitterMs'),
  segmentMs: ofBroker('segment.ms', 'logRollMs'),
  uncleanLeaderElectionEnable: ofBroker('unclean.leader.election.enable', 'uncleanLeaderElectionEnable'),
};

/** A topic's configuration in force: its own values over its brokers'. */
export type TopicConfig = ConfigValuesOf<typeof TOPIC_CONFIGS>;

type AnyDefinition = ConfigDefinition<unknown>;

/** Both tables by key; the fields are those of BrokerConfig and TopicConfig. */
export const BROKER_FIELDS: ReadonlyMap<string, keyof BrokerConfig> = fieldsByName<keyof BrokerConfig>(BROKER_CONFIGS);
export const TOPIC_FIELDS: ReadonlyMap<string, keyof TopicConfig> = fieldsByName<keyof TopicConfig>(TOPIC_CONFIGS);

function fieldsByName<Field extends string>(table: Record<Field, AnyDefinition>): ReadonlyMap<string, Field> {
  return new Map((Object.keys(table) as Field[]).map((field) => [table[field].name, field]));
}
