import { VarveError } from '../common/errors.js';
import type { NodeId, Uuid } from '../common/ids.js';
import type { MetadataImage, PartitionState, TopicImage } from '../metadata/image.js';
import { directoryOf } from '../metadata/image.js';
import type { varve } from '../protocol/varve.js';
import type { Draft } from './draft.js';
import { changePartition } from './partition-change.js';
import { existingTopic } from './topics.js';

/**
 * KIP-455. Old and new replicas live side by side until the new ones are in sync; the leaving ones stay replicas, and
 * count, until then. A second reassignment replaces the target of the first: what the first was about to add and the
 * second does not name leaves at once, unless it is in ISR or ELR. Those may be all that has everything, so that they
 * leave at the end with the others; they then stand in both lists. `addingReplicas` are so always those that a
 * cancellation takes away again. Throws a VarveError.
 */
export function reassign(draft: Draft, asked: varve.v1.IReassignment): void {
  const topic = existingTopic(draft.image, asked.topic ?? '');
  const partition = asked.partition ?? -1;
  const state = existingPartition(topic, partition);
  if (asked.cancel === true) cancel(draft, topic, partition, state);
  else start(draft, topic, partition, state, asked.replicas ?? []);
}

function start(
  draft: Draft,
  topic: TopicImage,
  partition: number,
  state: PartitionState,
  target: readonly NodeId[],
): void {
  checkTarget(draft.image, target);
  // What another reassignment was about to add is no part of what there was.
  const original = state.replicas.filter((node) => !state.addingReplicas.includes(node));
  const isNeeded = (node: NodeId): boolean =>
    original.includes(node) || state.isr.includes(node) || state.elr.includes(node);
  const removing = state.replicas.filter((node) => !target.includes(node) && isNeeded(node));
  const replicas = [...target, ...removing];
  changePartition(draft, topic, partition, {
    replicas,
    directories: directoriesOf(draft, state, replicas),
    addingReplicas: replicas.filter((node) => !original.includes(node)),
    removingReplicas: removing,
  });
}

function cancel(draft: Draft, topic: TopicImage, partition: number, state: PartitionState): void {
  if (!isReassigning(state)) {
    throw new VarveError(
      'NO_REASSIGNMENT_IN_PROGRESS',
      `No reassignment of ${topic.name}-${partition} is in progress: there is nothing to cancel.`,
    );
  }
  const replicas = state.replicas.filter((node) => !state.addingReplicas.includes(node));
  const kept = (node: NodeId): boolean => replicas.includes(node);
  // The new ones delete what they have. A former one that is away, or was cut, may be less than they are.
  const isWhole = (node: NodeId): boolean =>
    draft.isAvailable(state, node) && !state.recoveryMarks.some((mark) => mark.nodeId === node);
  if (![...state.isr, ...state.elr].some((node) => kept(node) && isWhole(node))) {
    throw new VarveError(
      'INVALID_REPLICA_ASSIGNMENT',
      `None of the former replicas of ${topic.name}-${partition} is live and in sync: let the reassignment finish.`,
    );
  }
  changePartition(draft, topic, partition, {
    replicas,
    directories: directoriesOf(draft, state, replicas),
    isr: state.isr.filter(kept),
    addingReplicas: [],
    removingReplicas: [],
  });
}

function directoriesOf(draft: Draft, state: PartitionState, replicas: readonly NodeId[]): Uuid[] {
  return replicas.map((node) => directoryOf(state, node) ?? draft.directoryFor(node));
}

function checkTarget(image: MetadataImage, target: readonly NodeId[]): void {
  const refuse = (why: string): never => {
    throw new VarveError('INVALID_REPLICA_ASSIGNMENT', `The replicas [${target.join(', ')}] ${why}.`);
  };
  if (target.length === 0) refuse('are none: name at least one broker');
  if (new Set(target).size !== target.length) refuse('name a broker twice');
  const unknown = target.find((node) => !image.brokers.has(node));
  if (unknown !== undefined) refuse(`name node ${unknown}, which is not registered`);
}

export function isReassigning(state: PartitionState): boolean {
  return state.addingReplicas.length > 0 || state.removingReplicas.length > 0;
}

export function existingPartition(topic: TopicImage, partition: number): PartitionState {
  const state = topic.partitions.get(partition);
  if (state) return state;
  throw new VarveError('UNKNOWN_TOPIC_OR_PARTITION', `Topic '${topic.name}' has no partition ${partition}.`);
}

/** The reassignments under way, of the partitions asked for or of all, by topic name and partition. */
export function listReassignments(
  image: MetadataImage,
  request: varve.v1.IListPartitionReassignmentsRequest,
): varve.v1.IListPartitionReassignmentsResponse {
  const asked = request.partitions ?? [];
  const wanted = new Map(asked.map((one) => [one.topic ?? '', new Set(one.partitions ?? [])]));
  const names = asked.length > 0 ? [...wanted.keys()].sort() : image.topicIds.sortedKeys();
  const reassignments: varve.v1.IOngoingReassignment[] = [];
  for (const name of names) {
    const only = wanted.get(name);
    image.topicByName(name)?.partitions.forEach((state, partition) => {
      if (!isReassigning(state) || (only !== undefined && only.size > 0 && !only.has(partition))) return;
      reassignments.push({
        topic: name,
        partition,
        replicas: [...state.replicas],
        adding_replicas: [...state.addingReplicas],
        removing_replicas: [...state.removingReplicas],
      });
    });
  }
  return { reassignments };
}
