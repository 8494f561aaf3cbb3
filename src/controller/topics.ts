import { defined } from '../common/assert.js';
import { VarveError } from '../common/errors.js';
import { uuidFromBytes, ZERO_UUID } from '../common/ids.js';
import type { NodeId, Uuid } from '../common/ids.js';
import { checkTopicConfigs } from '../metadata/configs/parse.js';
import { defaultReplicationFactor } from '../metadata/configs/replication-defaults.js';
import { invalidTopicName, topicNameProblem } from '../metadata/topic-name.js';
import { isInternalTopic } from '../metadata/image.js';
import type { MetadataImage, TopicImage } from '../metadata/image.js';
import type { Random } from '../platform/random.js';
import type { varve } from '../protocol/varve.js';
import type { Draft } from './draft.js';
import type { TopicNames } from './topic-names.js';
import { placeReplicas } from './placement.js';

/** Partitions of one request (Kafka's MAX_PARTITIONS_PER_BATCH): a batch of the metadata log stays of a size. */
export const MAX_PARTITIONS_PER_REQUEST = 10_000;

type TopicSpec = varve.v1.ITopicSpec;

export interface CreatedTopic {
  readonly topicId: Uuid;
  readonly partitions: number;
  readonly replicationFactor: number;
}

export interface TopicDefaults {
  readonly random: Random;
  /** Voters of controller.quorum.voters, which will register in time. */
  readonly configuredVoters: number;
}

/** Throws a VarveError: INVALID_TOPIC_EXCEPTION. */
function checkTopicName(name: string, names: TopicNames): void {
  const refuse = (why: string): never => {
    throw invalidTopicName(name, why);
  };
  const problem = topicNameProblem(name);
  if (problem !== undefined) refuse(problem);
  // Metrics write both as '_' (Kafka's Topic.hasCollision).
  const other = names.collision(name);
  if (other !== undefined) refuse(`is that of topic '${other}' but for "." and "_": choose another`);
}

/**
 * Decides one new topic, of at most `room` partitions. Throws a VarveError; then `draft` may hold a part: use a branch.
 */
export function createTopic(draft: Draft, spec: TopicSpec, defaults: TopicDefaults, room: number): CreatedTopic {
  const name = spec.name ?? '';
  checkTopicName(name, draft.topicNames);
  if (draft.image.topicIds.has(name)) {
    throw new VarveError('TOPIC_ALREADY_EXISTS', `There is a topic '${name}' already.`);
  }
  const texts = new Map(Object.entries(spec.configs ?? {}));
  checkTopicConfigs(draft.config, name, texts);
  const assignment = assignmentOf(draft, spec, defaults, room);
  const topicId = newTopicId(draft.image, defaults.random);
  draft.emit({ kind: 'topic', topicId, name });
  for (const [key, value] of texts) {
    draft.emit({ kind: 'config', resourceType: 'topic', resourceName: name, name: key, value });
  }
  assignment.forEach((replicas, partition) => emitPartition(draft, topicId, partition, replicas));
  return { topicId, partitions: assignment.length, replicationFactor: assignment[0]?.length ?? 0 };
}

function assignmentOf(
  draft: Draft,
  spec: TopicSpec,
  { random, configuredVoters }: TopicDefaults,
  room: number,
): NodeId[][] {
  const explicit = (spec.assignment ?? []).map((one) => [...(one.replicas ?? [])]);
  const brokers = draft.image.brokers.sortedValues();
  const partitions = spec.partitions || -1;
  const factor = spec.replication_factor || -1;
  if (explicit.length > 0) {
    if (partitions !== -1 || factor !== -1) {
      throw new VarveError(
        'INVALID_REQUEST',
        'A topic has an assignment, and a number of partitions or replicas too: give one or the other.',
      );
    }
    checkPartitionCount(explicit.length, 0, room);
    explicit.forEach((replicas) => checkAssignment(draft.image, replicas, explicit[0]?.length ?? 0));
    return explicit;
  }
  const count = partitions === -1 ? draft.config.numPartitions : partitions;
  checkPartitionCount(count, 0, room);
  const wanted = factor === -1 ? defaultReplicationFactor(draft.config, brokers.length, configuredVoters) : factor;
  return placeReplicas(brokers, count, wanted, random);
}

/** Before any is placed: a few bytes may ask for millions. */
function checkPartitionCount(count: number, existing: number, room: number): void {
  if (count <= existing) {
    const least = existing === 0 ? 'ask for 1 or more' : `it has ${existing}, and the number can only grow`;
    throw new VarveError('INVALID_PARTITIONS', `${count} partitions were asked for: ${least}.`);
  }
  if (count - existing > room) {
    const already =
      room < MAX_PARTITIONS_PER_REQUEST ? `, ${MAX_PARTITIONS_PER_REQUEST - room} of them asked for before` : '';
    throw new VarveError(
      'POLICY_VIOLATION',
      `${count - existing} new partitions were asked for, and one request may make ${MAX_PARTITIONS_PER_REQUEST}${already}: ` +
        'use several requests.',
    );
  }
}

/** Throws INVALID_REPLICA_ASSIGNMENT unless the replicas are distinct registered brokers, `size` of them, one live. */
export function checkAssignment(image: MetadataImage, replicas: readonly NodeId[], size: number): void {
  const refuse = (why: string): never => {
    throw new VarveError('INVALID_REPLICA_ASSIGNMENT', `The replicas [${replicas.join(', ')}] ${why}.`);
  };
  if (replicas.length === 0) refuse('are none: name at least one broker');
  if (replicas.length !== size) refuse(`are ${replicas.length}, and ${size} are expected`);
  if (new Set(replicas).size !== replicas.length) refuse('name a broker twice');
  const unknown = replicas.find((node) => !image.brokers.has(node));
  if (unknown !== undefined) refuse(`name node ${unknown}, which is not registered`);
  if (!replicas.some((node) => image.isActive(node))) refuse('are all fenced or shutting down');
}

/** A new partition: its live replicas are in sync, since there is nothing to be behind of, and the first of them leads. */
function emitPartition(draft: Draft, topicId: Uuid, partition: number, replicas: readonly NodeId[]): void {
  const isr = replicas.filter((node) => draft.image.isActive(node));
  // Nobody could ever be elected from an empty set.
  const leader = defined(isr[0], 'a new partition has a live replica');
  draft.emit({
    kind: 'partition',
    topicId,
    partition,
    replicas,
    directories: replicas.map((node) => draft.directoryFor(node)),
    isr,
    elr: [],
    lastKnownElr: [],
    addingReplicas: [],
    removingReplicas: [],
    leader,
    leaderEpoch: 0,
    partitionEpoch: 0,
    recoveryMarks: [],
  });
}

/** Random, and never one that starts with '-', which a command line would take for an option (as in Kafka). */
function newTopicId(image: MetadataImage, random: Random): Uuid {
  for (;;) {
    const id = uuidFromBytes(random.bytes(16));
    if (!id.startsWith('-') && id !== ZERO_UUID && !image.topics.has(id)) return id;
  }
}

/** Throws a VarveError: UNKNOWN_TOPIC_OR_PARTITION, TOPIC_DELETION_DISABLED, INVALID_TOPIC_EXCEPTION. */
export function deleteTopic(draft: Draft, name: string): void {
  const topic = existingTopic(draft.image, name);
  if (!draft.config.deleteTopicEnable) {
    throw new VarveError('TOPIC_DELETION_DISABLED', 'delete.topic.enable is false: topics cannot be deleted.');
  }
  if (isInternalTopic(name)) {
    throw new VarveError('INVALID_TOPIC_EXCEPTION', `${name} is an internal topic: it cannot be deleted.`);
  }
  draft.emit({ kind: 'removeTopic', topicId: topic.id });
}

export function existingTopic(image: MetadataImage, name: string): TopicImage {
  const topic = image.topicByName(name);
  if (!topic) throw new VarveError('UNKNOWN_TOPIC_OR_PARTITION', `There is no topic '${name}'.`);
  return topic;
}

/**
 * Adds partitions up to a total, at most `room` of them; with an assignment it names the replicas of the new ones. Gives
 * how many. Throws a VarveError.
 */
export function createPartitions(draft: Draft, asked: varve.v1.INewPartitions, random: Random, room: number): number {
  const topic = existingTopic(draft.image, asked.name ?? '');
  const existing = topic.partitions.length;
  const total = asked.total_count ?? 0;
  checkPartitionCount(total, existing, room);
  const first = topic.partitions.get(0);
  const factor = first ? first.replicas.length - first.addingReplicas.length : 1;
  const explicit = (asked.assignment ?? []).map((one) => [...(one.replicas ?? [])]);
  if (explicit.length > 0 && explicit.length !== total - existing) {
    throw new VarveError(
      'INVALID_REPLICA_ASSIGNMENT',
      `${total - existing} partitions are added, but ${explicit.length} are assigned.`,
    );
  }
  explicit.forEach((replicas) => checkAssignment(draft.image, replicas, factor));
  const assignment =
    explicit.length > 0
      ? explicit
      : placeReplicas(draft.image.brokers.sortedValues(), total - existing, factor, random);
  assignment.forEach((replicas, i) => emitPartition(draft, topic.id, existing + i, replicas));
  return assignment.length;
}
