import { VarveError } from '../common/errors.js';
import { NO_NODE } from '../common/ids.js';
import type { NodeId } from '../common/ids.js';
import type { PartitionState, TopicImage } from '../metadata/image.js';
import type { Draft } from './draft.js';
import { partitionsWhere } from './fencing.js';
import { changePartition } from './partition-change.js';

/** Leadership goes to the first replica. Throws a VarveError when it does not. */
export function electPreferred(draft: Draft, topic: TopicImage, partition: number, state: PartitionState): void {
  if (state.leader === state.replicas[0]) throw new VarveError('ELECTION_NOT_NEEDED');
  changePartition(draft, topic, partition, { election: 'preferred' });
  const leader = draft.image.partition(topic.id, partition)?.leader;
  if (leader === state.replicas[0]) return;
  throw new VarveError(
    'PREFERRED_LEADER_NOT_AVAILABLE',
    `The preferred leader ${state.replicas[0]} of ${topic.name}-${partition} is not live and in sync.`,
  );
}

/**
 * An operator's order: any live replica leads, at the price of what it lacks. Replicas whose directory is gone are made
 * anew in another one. Throws a VarveError when there is a leader already, or no live replica.
 */
export function electUnclean(draft: Draft, topic: TopicImage, partition: number, state: PartitionState): void {
  if (state.leader !== NO_NODE) throw new VarveError('ELECTION_NOT_NEEDED');
  const gone = state.replicas.filter((node) => draft.image.isActive(node) && !draft.isHosted(state, node));
  const directories = state.directories.map((directory, i) => {
    const node = state.replicas[i] ?? NO_NODE;
    return gone.includes(node) ? draft.directoryFor(node) : directory;
  });
  changePartition(draft, topic, partition, { directories, lost: gone, election: 'unclean' });
  if (draft.image.partition(topic.id, partition)?.leader !== NO_NODE) return;
  throw new VarveError('ELIGIBLE_LEADERS_NOT_AVAILABLE', `No replica of ${topic.name}-${partition} is live.`);
}

/**
 * Gives leadership back to those brokers of whose preferred partitions more than
 * leader.imbalance.per.broker.percentage are led elsewhere.
 */
export function rebalanceLeaders(draft: Draft): void {
  const preferred = new Map<NodeId, number>();
  const astray = new Map<NodeId, number>();
  draft.image.forEachPartition((_, __, state) => {
    const first = state.replicas[0] ?? NO_NODE;
    preferred.set(first, (preferred.get(first) ?? 0) + 1);
    if (isAstray(state)) astray.set(first, (astray.get(first) ?? 0) + 1);
  });
  const limit = draft.config.leaderImbalancePerBrokerPercentage / 100;
  const isImbalanced = (node: NodeId): boolean => (astray.get(node) ?? 0) > limit * (preferred.get(node) ?? 0);
  const places = partitionsWhere(draft, (state) => isAstray(state) && isImbalanced(state.replicas[0] ?? NO_NODE));
  for (const { topic, partition } of places) changePartition(draft, topic, partition, { election: 'preferred' });
}

function isAstray(state: PartitionState): boolean {
  return state.leader !== NO_NODE && state.leader !== state.replicas[0];
}
