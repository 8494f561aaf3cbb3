import { VarveError } from '../common/errors.js';
import type { NodeId } from '../common/ids.js';
import type { PartitionState, TopicImage } from '../metadata/image.js';
import type { Draft } from './draft.js';
import { changePartition } from './partition-change.js';

interface Place {
  readonly topic: TopicImage;
  readonly partition: number;
  readonly state: PartitionState;
}

/** The partitions for which `test` holds, as they are now: deciding on one does not disturb the walk. */
export function partitionsWhere(draft: Draft, test: (state: PartitionState) => boolean): Place[] {
  const places: Place[] = [];
  draft.image.forEachPartition((topic, partition, state) => {
    if (test(state)) places.push({ topic, partition, state });
  });
  return places;
}

/** The broker is taken for dead: it leads nothing and is in no ISR from this batch on. */
export function fenceBroker(draft: Draft, nodeId: NodeId): void {
  fenceBrokers(draft, [nodeId]);
}

/** Takes a fenced broker out of the cluster for good. Throws a VarveError. */
export function unregisterBroker(draft: Draft, nodeId: NodeId): void {
  const broker = draft.image.broker(nodeId);
  if (!broker) throw new VarveError('BROKER_ID_NOT_REGISTERED', `No broker is registered with node.id ${nodeId}.`);
  if (!broker.fenced) {
    throw new VarveError('INVALID_REQUEST', `Broker ${nodeId} is running: stop it before it is unregistered.`);
  }
  draft.emit({ kind: 'unregisterBroker', nodeId, brokerEpoch: broker.brokerEpoch });
}

/**
 * As fenceBroker, for several that are taken for dead at the same moment. All are fenced before the first election: one
 * after the other, a partition would be led by each of the dead in turn, and have one epoch more for each.
 */
export function fenceBrokers(draft: Draft, nodeIds: readonly NodeId[]): void {
  const dead = new Set<NodeId>();
  for (const nodeId of nodeIds) {
    const broker = draft.image.broker(nodeId);
    if (!broker || broker.fenced) continue;
    draft.emit({ kind: 'brokerChange', nodeId, brokerEpoch: broker.brokerEpoch, fenced: true });
    dead.add(nodeId);
  }
  if (dead.size === 0) return;
  for (const { topic, partition, state } of partitionsWhere(draft, ({ isr }) => isr.some((node) => dead.has(node)))) {
    changePartition(draft, topic, partition, { isr: state.isr.filter((node) => !dead.has(node)) });
  }
}

/** The broker lives and has caught up with the metadata: it may lead what waits for it. */
export function unfenceBroker(draft: Draft, nodeId: NodeId): void {
  const broker = draft.image.broker(nodeId);
  if (!broker?.fenced) return;
  const { brokerEpoch, inControlledShutdown } = broker;
  // It was fenced in the midst of one, or relieved for its disk: neither holds for whoever is back.
  const ended = inControlledShutdown ? { inControlledShutdown: false } : {};
  draft.emit({ kind: 'brokerChange', nodeId, brokerEpoch, fenced: false, ...ended });
  electWhereLeaderless(draft, (state) => state.replicas.includes(nodeId));
}

export function electWhereLeaderless(draft: Draft, test: (state: PartitionState) => boolean): void {
  for (const { topic, partition } of partitionsWhere(draft, (state) => state.leader === -1 && test(state))) {
    changePartition(draft, topic, partition, {});
  }
}

/**
 * A broker that wants to stop hands over first: each partition that it leads and that another live, whole member of the
 * ISR can lead moves there in the same batch in which it leaves the ISR. What it alone can lead stays until it stops.
 */
export function handOver(
  draft: Draft,
  nodeId: NodeId,
  isWorthIt: (place: Place, rest: readonly NodeId[]) => boolean = () => true,
): void {
  for (const place of partitionsWhere(draft, ({ isr }) => isr.includes(nodeId))) {
    const { topic, partition, state } = place;
    const rest = state.isr.filter((node) => node !== nodeId);
    const isMarked = (node: NodeId): boolean => state.recoveryMarks.some((mark) => mark.nodeId === node);
    const someoneCanLead = rest.some((node) => draft.isAvailable(state, node) && !isMarked(node));
    if (someoneCanLead && isWorthIt(place, rest)) changePartition(draft, topic, partition, { isr: rest });
  }
}

/** It still leads a partition that another live replica may take over soon, once that is in sync. */
export function waitsForHandOver(draft: Draft, nodeId: NodeId): boolean {
  return (
    partitionsWhere(
      draft,
      (state) =>
        state.leader === nodeId && state.replicas.some((node) => node !== nodeId && draft.isAvailable(state, node)),
    ).length > 0
  );
}

/** The log dirs failed: their replicas leave the ISRs, and lead nothing. */
export function takeDirectoriesOffline(draft: Draft, nodeId: NodeId, directories: readonly string[]): void {
  const broker = draft.image.broker(nodeId);
  const gone = directories.filter((directory) => broker?.logDirs.includes(directory));
  if (!broker || gone.length === 0) return;
  draft.emit({ kind: 'brokerChange', nodeId, brokerEpoch: broker.brokerEpoch, newlyOfflineLogDirs: gone });
  const isHit = (state: PartitionState): boolean => state.isr.includes(nodeId) && !draft.isHosted(state, nodeId);
  for (const { topic, partition, state } of partitionsWhere(draft, isHit)) {
    changePartition(draft, topic, partition, { isr: state.isr.filter((node) => node !== nodeId) });
  }
}
