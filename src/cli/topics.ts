import { uuidFromBytes } from '../common/ids.js';
import { isAsAskedFor } from '../client/topic-shape.js';
import { untilKnown } from '../client/until-known.js';
import { varve } from '../protocol/varve.js';
import { SAME_WHEN_REPEATED, throwIfError } from './cluster-client.js';
import { CommandError } from './command-error.js';
import { ownSettings, topicMetadata } from './lookups.js';
import type { ConnectionOptions, Session } from './session.js';
import { withSession } from './session.js';
import type { Surroundings } from './surroundings.js';
import { isUnderReplicated } from './under-replicated.js';

const { v1 } = varve;

export interface CreateTopicOptions extends ConnectionOptions {
  readonly partitions?: number;
  readonly replicationFactor?: number;
  readonly replicaAssignment?: readonly (readonly number[])[];
  readonly config?: ReadonlyMap<string, string>;
  readonly ifNotExists?: boolean;
  readonly dryRun?: boolean;
}

export interface ListTopicsOptions extends ConnectionOptions {
  readonly internal?: boolean;
}

export interface DescribeTopicsOptions extends ConnectionOptions {
  readonly underReplicated?: boolean;
  readonly unavailable?: boolean;
}

export interface AlterTopicOptions extends ConnectionOptions {
  readonly partitions?: number;
  readonly config?: ReadonlyMap<string, string>;
  readonly deleteConfig?: readonly string[];
}

export interface DeleteTopicsOptions extends ConnectionOptions {
  readonly ifExists?: boolean;
}

export function createTopic(surroundings: Surroundings, name: string, options: CreateTopicOptions): Promise<void> {
  return withSession(surroundings, options, async (session) => {
    const { cluster, report } = session;
    const lostAt: string[] = [];
    const answer = await cluster.call(
      '/varve.v1.Admin/CreateTopics',
      v1.CreateTopicsRequest,
      v1.CreateTopicsResponse,
      v1.CreateTopicsRequest.create({
        topics: [
          {
            name,
            partitions: options.replicaAssignment === undefined ? (options.partitions ?? -1) : -1,
            replication_factor: options.replicaAssignment === undefined ? (options.replicationFactor ?? -1) : -1,
            configs: Object.fromEntries(options.config ?? []),
            assignment: (options.replicaAssignment ?? []).map((replicas) => ({ replicas: [...replicas] })),
          },
        ],
        validate_only: options.dryRun === true,
        timeout_ms: options.timeoutMs,
      }),
      (address) => lostAt.push(address),
    );
    const result = answer.topics[0];
    const exists = result?.error?.name === 'TOPIC_ALREADY_EXISTS';
    if (exists && lostAt.length > 0 && options.dryRun !== true && (await isThereAsAskedFor(session, name, options))) {
      const nodes = lostAt.join(', ');
      report.give({ name, created: false, answerLostAt: lostAt }, () =>
        report.line(`Topic ${name} is there as asked for. ${nodes} gave no answer, and may have made it just now.`),
      );
      return;
    }
    if (!(exists && options.ifNotExists)) throwIfError(result?.error, name);
    if (exists) {
      report.give({ name, created: false }, () => report.line(`Topic ${name} exists already.`));
      return;
    }
    const topic = {
      name,
      created: options.dryRun !== true,
      topicId: result?.topic_id?.length === 16 ? uuidFromBytes(result.topic_id) : undefined,
      partitions: result?.partitions ?? 0,
      replicationFactor: result?.replication_factor ?? 0,
    };
    report.give(topic, () => {
      const shape = `${topic.partitions} partitions, replication factor ${topic.replicationFactor}`;
      report.line(topic.created ? `Created topic ${name}: ${shape}.` : `Topic ${name} can be created: ${shape}.`);
    });
  });
}

/** Whether the topic has the shape and the settings that a command asked for. */
async function isThereAsAskedFor(session: Session, name: string, asked: CreateTopicOptions): Promise<boolean> {
  // The node that is asked may not have heard of it yet, nor tell of its settings then.
  const partitionsThere = await knownPartitions(session, name, (count) => count > 0);
  const { partitions, replicationFactor, replicaAssignment: assignment } = asked;
  return isAsAskedFor(
    { partitions, replicationFactor, assignment, configs: Object.fromEntries(asked.config ?? []) },
    {
      replicas: partitionsThere.map((each) => each.replicas ?? []),
      configs: (await ownSettings(session, 'topic', [name])).get(name) ?? {},
    },
  );
}

/** A topic's partitions once there are as many as `suffice`, or what there is of them after about a second. */
function knownPartitions(
  session: Session,
  name: string,
  suffice: (count: number) => boolean,
): Promise<readonly varve.v1.IPartitionMetadata[]> {
  return untilKnown(
    session.platform.clock,
    async () => (await topicMetadata(session, [name])).topics[0]?.partitions ?? [],
    ({ length }) => suffice(length),
  );
}

export function listTopics(surroundings: Surroundings, options: ListTopicsOptions): Promise<void> {
  return withSession(surroundings, options, async (session) => {
    const metadata = await topicMetadata(session, []);
    const topics = metadata.topics
      .filter((topic) => options.internal === true || !topic.internal)
      .map((topic) => ({
        name: topic.name ?? '',
        partitions: topic.partitions?.length ?? 0,
        replicationFactor: topic.partitions?.[0]?.replicas?.length ?? 0,
        internal: topic.internal === true,
      }))
      .sort((a, b) => (a.name < b.name ? -1 : 1));
    const { report } = session;
    report.give(topics, () => {
      if (topics.length === 0) report.line('There are no topics. Make one: varve topics create NAME');
      else {
        const rows = topics.map((topic) => [topic.name, topic.partitions, topic.replicationFactor]);
        report.table(['TOPIC', 'PARTITIONS', 'REPLICATION'], rows);
      }
    });
  });
}

interface PartitionDescription {
  readonly partition: number;
  readonly leader: number;
  readonly leaderEpoch: number;
  readonly replicas: readonly number[];
  readonly isr: readonly number[];
  readonly eligibleLeaderReplicas: readonly number[];
  readonly offlineReplicas: readonly number[];
  readonly addingReplicas: readonly number[];
  readonly underReplicated: boolean;
}

interface TopicDescription {
  readonly name: string;
  readonly topicId: string | undefined;
  readonly internal: boolean;
  readonly partitions: readonly PartitionDescription[];
  readonly configs: Readonly<Record<string, string>>;
}

function describePartition(partition: varve.v1.IPartitionMetadata): PartitionDescription {
  return {
    partition: partition.partition ?? 0,
    leader: partition.leader ?? 0,
    leaderEpoch: partition.leader_epoch ?? 0,
    replicas: partition.replicas ?? [],
    isr: partition.isr ?? [],
    eligibleLeaderReplicas: partition.eligible_leader_replicas ?? [],
    offlineReplicas: partition.offline_replicas ?? [],
    addingReplicas: partition.adding_replicas ?? [],
    underReplicated: isUnderReplicated(partition),
  };
}

export function describeTopics(
  surroundings: Surroundings,
  names: readonly string[],
  options: DescribeTopicsOptions,
): Promise<void> {
  return withSession(surroundings, options, async (session) => {
    const metadata = await topicMetadata(session, names);
    for (const topic of metadata.topics) throwIfError(topic.error, topic.name ?? '');
    const wanted = (partition: PartitionDescription): boolean =>
      (!options.underReplicated || partition.underReplicated) && (!options.unavailable || partition.leader < 0);
    const found = metadata.topics.map((topic) => topic.name ?? '');
    const configs = await ownSettings(session, 'topic', found);
    const topics: TopicDescription[] = metadata.topics
      .filter((topic) => names.length > 0 || !topic.internal)
      .map((topic) => ({
        name: topic.name ?? '',
        topicId: topic.topic_id?.length === 16 ? uuidFromBytes(topic.topic_id) : undefined,
        internal: topic.internal === true,
        partitions: (topic.partitions ?? []).map(describePartition).filter(wanted),
        configs: configs.get(topic.name ?? '') ?? {},
      }))
      .filter((topic) => topic.partitions.length > 0)
      .sort((a, b) => (a.name < b.name ? -1 : 1));
    session.report.give(topics, () => printTopics(session, topics));
  });
}

function printTopics({ report }: Session, topics: readonly TopicDescription[]): void {
  if (topics.length === 0) report.line('No partition to show.');
  for (const topic of topics) {
    const configs = Object.entries(topic.configs).map(([name, value]) => `${name}=${value}`);
    report.line(
      `${report.colors.bold(topic.name)}  id ${topic.topicId ?? '-'}  ${configs.length > 0 ? configs.join(' ') : 'default settings'}`,
    );
    const rows = topic.partitions.map((partition) => {
      const isr = partition.isr.join(',') || '-';
      return [
        partition.partition,
        partition.leader < 0 ? report.colors.red('none') : partition.leader,
        partition.leaderEpoch,
        partition.replicas.join(','),
        partition.underReplicated ? report.colors.yellow(isr) : isr,
        partition.eligibleLeaderReplicas.join(',') || '-',
        partition.offlineReplicas.join(',') || '-',
      ];
    });
    report.table(['PARTITION', 'LEADER', 'EPOCH', 'REPLICAS', 'ISR', 'ELR', 'OFFLINE'], rows);
    report.line();
  }
}

export function alterTopic(surroundings: Surroundings, name: string, options: AlterTopicOptions): Promise<void> {
  return withSession(surroundings, options, async (session) => {
    const { cluster, report } = session;
    const changes: varve.v1.IConfigChange[] = [
      ...[...(options.config ?? [])].map(([key, value]) => ({
        name: key,
        value,
        operation: v1.ConfigOperation.CONFIG_SET,
      })),
      ...(options.deleteConfig ?? []).map((key) => ({ name: key, operation: v1.ConfigOperation.CONFIG_DELETE })),
    ];
    if (changes.length === 0 && options.partitions === undefined) {
      throw new CommandError(
        'Nothing to change.',
        'Give --partitions COUNT, --config key=value or --delete-config key.',
      );
    }
    if (changes.length > 0) {
      const resource = { type: v1.ConfigResourceType.CONFIG_RESOURCE_TOPIC, name };
      const request = v1.AlterConfigsRequest.create({ alterations: [{ resource, changes }] });
      const answer = await cluster.call(
        '/varve.v1.Admin/AlterConfigs',
        v1.AlterConfigsRequest,
        v1.AlterConfigsResponse,
        request,
        SAME_WHEN_REPEATED,
      );
      for (const result of answer.results) throwIfError(result.error, name);
    }
    if (options.partitions !== undefined) {
      const topics = [{ name, total_count: options.partitions }];
      const request = v1.CreatePartitionsRequest.create({ topics, timeout_ms: options.timeoutMs });
      const lostAt: string[] = [];
      const answer = await cluster.call(
        '/varve.v1.Admin/CreatePartitions',
        v1.CreatePartitionsRequest,
        v1.CreatePartitionsResponse,
        request,
        (address) => lostAt.push(address),
      );
      const [result] = answer.topics;
      // A node that gave no answer may have made them.
      const mayBeDone = result?.error?.name === 'INVALID_PARTITIONS' && lostAt.length > 0;
      const wanted = options.partitions;
      const there = mayBeDone ? await knownPartitions(session, name, (count) => count >= wanted) : [];
      if (there.length !== wanted) throwIfError(result?.error, name);
    }
    report.give({ name, altered: true }, () => report.line(`Altered topic ${name}.`));
  });
}

export function deleteTopics(
  surroundings: Surroundings,
  names: readonly string[],
  options: DeleteTopicsOptions,
): Promise<void> {
  return withSession(surroundings, options, async ({ cluster, report }) => {
    const lostAt: string[] = [];
    const answer = await cluster.call(
      '/varve.v1.Admin/DeleteTopics',
      v1.DeleteTopicsRequest,
      v1.DeleteTopicsResponse,
      v1.DeleteTopicsRequest.create({ names: [...names], timeout_ms: options.timeoutMs }),
      (address) => lostAt.push(address),
    );
    const deleted: string[] = [];
    const gone: string[] = [];
    let failed: varve.v1.ITopicResult | undefined;
    for (const topic of answer.topics) {
      const missing = topic.error?.name === 'UNKNOWN_TOPIC_OR_PARTITION';
      if ((topic.error?.code ?? 0) === 0) deleted.push(topic.name ?? '');
      else if (missing && lostAt.length > 0) gone.push(topic.name ?? '');
      else if (!(missing && options.ifExists)) failed ??= topic;
    }
    report.give({ deleted, ...(gone.length > 0 ? { gone, answerLostAt: lostAt } : {}) }, () => {
      for (const name of deleted) report.line(`Deleted topic ${name}.`);
      for (const name of gone) {
        report.line(`Topic ${name} is gone. ${lostAt.join(', ')} gave no answer, and may have deleted it just now.`);
      }
    });
    throwIfError(failed?.error, failed?.name ?? '');
  });
}
