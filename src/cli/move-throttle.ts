import { varve } from '../protocol/varve.js';
import { SAME_WHEN_REPEATED, throwIfError } from './cluster-client.js';
import { CommandError } from './command-error.js';
import { ownSettings, topicMetadata } from './lookups.js';
import type { PartitionReplicas } from './partitions.js';
import type { ConnectionOptions, Session } from './session.js';
import { withSession } from './session.js';
import type { Surroundings } from './surroundings.js';

const { v1 } = varve;
const { ConfigOperation, ConfigResourceType } = v1;

const LEADER_REPLICAS = 'leader.replication.throttled.replicas';
const FOLLOWER_REPLICAS = 'follower.replication.throttled.replicas';
const LEADER_RATE = 'leader.replication.throttled.rate';
const FOLLOWER_RATE = 'follower.replication.throttled.rate';

export interface UnthrottleOptions extends ConnectionOptions {
  readonly force?: boolean;
}

/**
 * Bounds what moves may take of each broker's network (KIP-73), as kafka-reassign-partitions does with --throttle: the
 * present replicas are throttled as leaders, those that are added as followers, and every broker that has one gets the rate.
 * To be called before the moves begin.
 */
export async function throttleMoves(
  session: Session,
  moves: readonly PartitionReplicas[],
  bytesPerSecond: number,
): Promise<void> {
  const sources = await presentReplicas(session, moves);
  const topics = new Map<string, { readonly leaders: string[]; readonly followers: string[] }>();
  const brokers = new Set<number>();
  for (const { topic, partition, replicas } of moves) {
    const present = sources.get(`${topic}:${partition}`) ?? [];
    const added = replicas.filter((node) => !present.includes(node));
    if (added.length === 0) continue;
    const throttled = topics.get(topic) ?? { leaders: [], followers: [] };
    topics.set(topic, throttled);
    throttled.leaders.push(...present.map((node) => `${partition}:${node}`));
    throttled.followers.push(...added.map((node) => `${partition}:${node}`));
    for (const node of [...present, ...added]) brokers.add(node);
  }
  const rate = { value: String(bytesPerSecond), operation: ConfigOperation.CONFIG_SET };
  await alter(session, [
    ...[...topics].map(([name, { leaders, followers }]) => ({
      resource: { type: ConfigResourceType.CONFIG_RESOURCE_TOPIC, name },
      changes: [
        { name: LEADER_REPLICAS, value: leaders.join(), operation: ConfigOperation.CONFIG_APPEND },
        { name: FOLLOWER_REPLICAS, value: followers.join(), operation: ConfigOperation.CONFIG_APPEND },
      ],
    })),
    ...[...brokers].map((node) => ({
      resource: { type: ConfigResourceType.CONFIG_RESOURCE_BROKER, name: String(node) },
      changes: [
        { name: LEADER_RATE, ...rate },
        { name: FOLLOWER_RATE, ...rate },
      ],
    })),
  ]);
}

/** Those that a move under way adds have nothing to give yet. */
async function presentReplicas(
  session: Session,
  moves: readonly PartitionReplicas[],
): Promise<Map<string, readonly number[]>> {
  const names = [...new Set(moves.map(({ topic }) => topic))];
  const present = new Map<string, readonly number[]>();
  for (const topic of (await topicMetadata(session, names)).topics) {
    throwIfError(topic.error, topic.name ?? '');
    for (const { partition, replicas, adding_replicas: adding } of topic.partitions ?? []) {
      const whole = (replicas ?? []).filter((node) => adding?.includes(node) !== true);
      present.set(`${topic.name ?? ''}:${partition ?? 0}`, whole);
    }
  }
  return present;
}

/** Takes the throttles from all topics and brokers, once no partition is moved any more. */
export function removeThrottles(surroundings: Surroundings, options: UnthrottleOptions): Promise<void> {
  return withSession(surroundings, options, async (session) => {
    if (options.force !== true) await checkNothingMoves(session);
    const topics = (await topicMetadata(session, [])).topics.map(({ name }) => name ?? '');
    const brokers = await brokerNames(session);
    const alterations = [
      ...deletions(ConfigResourceType.CONFIG_RESOURCE_TOPIC, await ownSettings(session, 'topic', topics), [
        LEADER_REPLICAS,
        FOLLOWER_REPLICAS,
      ]),
      ...deletions(ConfigResourceType.CONFIG_RESOURCE_BROKER, await ownSettings(session, 'broker', brokers), [
        LEADER_RATE,
        FOLLOWER_RATE,
      ]),
    ];
    await alter(session, alterations);
    const { report } = session;
    report.give({ unthrottled: alterations.map(({ resource }) => resource.name) }, () => {
      if (alterations.length === 0) report.line('Nothing is throttled.');
      for (const { resource } of alterations) {
        const kind = resource.type === ConfigResourceType.CONFIG_RESOURCE_TOPIC ? 'topic' : 'broker';
        report.line(`Removed the throttle of ${kind} ${resource.name}.`);
      }
    });
  });
}

async function checkNothingMoves({ cluster }: Session): Promise<void> {
  const { reassignments } = await cluster.call(
    '/varve.v1.Admin/ListPartitionReassignments',
    v1.ListPartitionReassignmentsRequest,
    v1.ListPartitionReassignmentsResponse,
    v1.ListPartitionReassignmentsRequest.create(),
  );
  if (reassignments.length === 0) return;
  throw new CommandError(
    `Partitions are still being moved: ${reassignments.length}.`,
    'See which: varve partitions reassignments. To let them go at full speed: varve partitions unthrottle --force',
  );
}

async function brokerNames({ cluster }: Session): Promise<string[]> {
  const { brokers } = await cluster.call(
    '/varve.v1.Admin/DescribeCluster',
    v1.DescribeClusterRequest,
    v1.DescribeClusterResponse,
    v1.DescribeClusterRequest.create(),
  );
  return brokers.map((broker) => String(broker.node_id ?? 0));
}

interface Alteration {
  readonly resource: { readonly type: varve.v1.ConfigResourceType; readonly name: string };
  readonly changes: varve.v1.IConfigChange[];
}

function deletions(
  type: varve.v1.ConfigResourceType,
  settings: ReadonlyMap<string, Readonly<Record<string, string>>>,
  keys: readonly string[],
): Alteration[] {
  const alterations: Alteration[] = [];
  for (const [name, own] of settings) {
    const changes = keys
      .filter((key) => own[key] !== undefined)
      .map((key) => ({ name: key, operation: ConfigOperation.CONFIG_DELETE }));
    if (changes.length > 0) alterations.push({ resource: { type, name }, changes });
  }
  return alterations;
}

async function alter(session: Session, alterations: readonly Alteration[]): Promise<void> {
  if (alterations.length === 0) return;
  const answer = await session.cluster.call(
    '/varve.v1.Admin/AlterConfigs',
    v1.AlterConfigsRequest,
    v1.AlterConfigsResponse,
    v1.AlterConfigsRequest.create({ alterations: [...alterations] }),
    SAME_WHEN_REPEATED,
  );
  for (const { resource, error } of answer.results) throwIfError(error, resource?.name ?? '');
}
