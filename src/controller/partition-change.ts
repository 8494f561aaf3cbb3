import { assert } from '../common/assert.js';
import { NO_NODE } from '../common/ids.js';
import type { NodeId } from '../common/ids.js';
import type { PartitionState, TopicImage } from '../metadata/image.js';
import type { PartitionChangeRecord } from '../metadata/records.js';
import type { Draft } from './draft.js';
import { electLeader } from './leader-election.js';
import type { Elected } from './leader-election.js';

/** What shall become of a partition; what is absent stays as it is. */
export interface PartitionTarget extends Partial<
  Pick<PartitionState, 'isr' | 'replicas' | 'directories' | 'addingReplicas' | 'removingReplicas' | 'recoveryMarks'>
> {
  /** Replicas that no longer have all that was acknowledged: they leave ISR and ELR. */
  readonly lost?: readonly NodeId[];
  readonly election?: 'preferred' | 'unclean';
  /** A leader that stays begins a new epoch, too. */
  readonly beginsEpoch?: boolean;
}

/**
 * The one way to change a partition: settles its reassignment, its eligible leader replicas, its recovery marks and its
 * leader after `target`, and emits the difference, if there is one, into `draft`.
 */
export function changePartition(draft: Draft, topic: TopicImage, partition: number, target: PartitionTarget): void {
  const before = draft.image.partition(topic.id, partition);
  if (!before) return;
  const lost = target.lost ?? [];
  let after: PartitionState = {
    ...before,
    replicas: target.replicas ?? before.replicas,
    directories: target.directories ?? before.directories,
    isr: (target.isr ?? before.isr).filter((node) => !lost.includes(node)),
    addingReplicas: target.addingReplicas ?? before.addingReplicas,
    removingReplicas: target.removingReplicas ?? before.removingReplicas,
    recoveryMarks: target.recoveryMarks ?? before.recoveryMarks,
  };
  after = inReplicaOrder(completeReassignment(draft, topic.name, after));
  after = withEligibleReplicas(before, after, lost);
  const elected = electLeader(after, {
    isAvailable: (node) => draft.isAvailable(after, node),
    canStay: (node) => draft.canGoOnLeading(after, node),
    preferred: target.election === 'preferred',
    unclean: target.election === 'unclean' || draft.allowsUncleanElection(topic.name),
  });
  const led = withDirectories(draft, reassigned(draft, topic.name, withLeader(after, elected)));
  // In ISR and ELR is everything that was acknowledged: they are never emptied by a decision, only by what was lost.
  const hadMembers = before.isr.length + before.elr.length > 0;
  assert(!hadMembers || lost.length > 0 || led.isr.length + led.elr.length > 0, 'the last whole replica never leaves');
  const beginsEpoch = (target.beginsEpoch ?? false) || losesReplica(before, led);
  const change = difference(topic.id, partition, before, withoutStaleMarks(led), beginsEpoch);
  if (change) draft.emit(change);
}

/**
 * KIP-455: it ends once all new replicas are in sync and the ISR without the leaving ones still satisfies
 * min.insync.replicas of the new replication factor.
 */
function completeReassignment(draft: Draft, topic: string, state: PartitionState): PartitionState {
  const { addingReplicas, removingReplicas } = state;
  if (addingReplicas.length === 0 && removingReplicas.length === 0) return state;
  // One in both lists was added by a reassignment that another one replaced: it leaves like the rest.
  const staying = addingReplicas.filter((node) => !removingReplicas.includes(node));
  if (!staying.every((node) => state.isr.includes(node))) return state;
  const kept = state.replicas.filter((node) => !removingReplicas.includes(node));
  const done: PartitionState = {
    ...state,
    replicas: kept,
    directories: state.directories.filter((_, i) => kept.includes(state.replicas[i] ?? NO_NODE)),
    isr: state.isr.filter((node) => kept.includes(node)),
    addingReplicas: [],
    removingReplicas: [],
  };
  return done.isr.length >= draft.minInsyncReplicas(topic, done) ? done : state;
}

/**
 * As in Kafka's PartitionChangeBuilder: whoever leaves deletes its log when it hears so, and fetches from it until then.
 * Within one epoch it could be placed anew meanwhile, join the ISR with the log that it is about to delete, and stay there
 * with an empty one.
 */
function losesReplica(before: PartitionState, after: PartitionState): boolean {
  return before.replicas.some((node) => !after.replicas.includes(node));
}

function inReplicaOrder(state: PartitionState): PartitionState {
  return { ...state, isr: state.replicas.filter((node) => state.isr.includes(node)) };
}

/**
 * KIP-966: while the ISR is smaller than min.insync.replicas, or there is no leader, the high watermark stands still, so
 * those that leave the ISR stay eligible. `settled` ends that. Those that lost data are remembered, the last one first.
 */
function withEligibleReplicas(before: PartitionState, after: PartitionState, lost: readonly NodeId[]): PartitionState {
  const members = new Set([...before.elr, ...before.isr]);
  const elr = after.replicas.filter((node) => members.has(node) && !after.isr.includes(node) && !lost.includes(node));
  const known = new Set([...lost.filter((node) => members.has(node)), ...before.lastKnownElr]);
  const lastKnownElr = [...known].filter(
    (node) => after.replicas.includes(node) && !after.isr.includes(node) && !elr.includes(node),
  );
  return { ...after, elr, lastKnownElr };
}

function withLeader(state: PartitionState, elected: Elected | undefined): PartitionState {
  if (!elected) return { ...state, leader: NO_NODE };
  const { nodeId, how } = elected;
  if (how === 'stays' || how === 'isr') return { ...state, leader: nodeId };
  const alone = { ...state, leader: nodeId, isr: [nodeId] };
  // From here on this log is the truth; whoever had more has to give it up.
  if (how === 'unclean') return { ...alone, elr: [], lastKnownElr: [], recoveryMarks: [] };
  const members = new Set([...state.isr, ...state.elr]);
  return {
    ...alone,
    elr: state.replicas.filter((node) => node !== nodeId && members.has(node)),
    lastKnownElr: state.lastKnownElr.filter((node) => node !== nodeId),
    recoveryMarks: state.recoveryMarks.filter((mark) => mark.nodeId !== nodeId),
  };
}

/** An election may have made the ISR what a reassignment waited for: nothing else would look again. */
function reassigned(draft: Draft, topic: string, state: PartitionState): PartitionState {
  const led = settled(draft, topic, state);
  const done = led.leader === NO_NODE ? led : completeReassignment(draft, topic, led);
  if (done === led || !done.isr.includes(done.leader)) return led;
  const elr = done.elr.filter((node) => done.replicas.includes(node));
  const lastKnownElr = done.lastKnownElr.filter((node) => done.replicas.includes(node));
  return settled(draft, topic, inReplicaOrder({ ...done, elr, lastKnownElr }));
}

/** The high watermark may move on with the ISR alone: nobody else is eligible from here on. */
function settled(draft: Draft, topic: string, state: PartitionState): PartitionState {
  if (state.leader === NO_NODE || state.isr.length < draft.minInsyncReplicas(topic, state)) return state;
  return { ...state, elr: [], lastKnownElr: [] };
}

/**
 * A replica whose broker came back without its directory waits for that while it may be the last whole copy. Once it is
 * no member any more, it is made anew in another directory: else it could never join again.
 */
function withDirectories(draft: Draft, state: PartitionState): PartitionState {
  const isMember = (node: NodeId): boolean => state.isr.includes(node) || state.elr.includes(node);
  const isLost = (node: NodeId): boolean => !isMember(node) && draft.isEmptied(state, node);
  if (!state.replicas.some(isLost)) return state;
  const directories = state.directories.map((directory, i) => {
    const node = state.replicas[i] ?? NO_NODE;
    return isLost(node) ? draft.directoryFor(node) : directory;
  });
  return { ...state, directories };
}

/** A mark matters only where it could mislead an election. Whoever joins the ISR again has caught up. */
function withoutStaleMarks(state: PartitionState): PartitionState {
  const recoveryMarks = state.recoveryMarks.filter(
    ({ nodeId }) => state.isr.includes(nodeId) || state.elr.includes(nodeId),
  );
  return recoveryMarks.length === state.recoveryMarks.length ? state : { ...state, recoveryMarks };
}

const LISTS = [
  'replicas',
  'directories',
  'isr',
  'elr',
  'lastKnownElr',
  'addingReplicas',
  'removingReplicas',
] as const satisfies readonly (keyof PartitionState & keyof PartitionChangeRecord)[];

function difference(
  topicId: string,
  partition: number,
  before: PartitionState,
  after: PartitionState,
  beginsEpoch: boolean,
): PartitionChangeRecord | undefined {
  const changed: Partial<PartitionState> = Object.fromEntries(
    LISTS.filter((name) => !sameList(before[name], after[name])).map((name) => [name, after[name]]),
  );
  const marksChanged = before.recoveryMarks !== after.recoveryMarks;
  // A record that names the leader begins an epoch.
  const leaderChanged = before.leader !== after.leader || (beginsEpoch && after.leader !== NO_NODE);
  if (Object.keys(changed).length === 0 && !marksChanged && !leaderChanged) return undefined;
  return {
    kind: 'partitionChange',
    topicId,
    partition,
    ...changed,
    ...(leaderChanged ? { leader: after.leader } : {}),
    ...(marksChanged ? { recoveryMarks: after.recoveryMarks } : {}),
  };
}

function sameList(a: readonly unknown[], b: readonly unknown[]): boolean {
  return a === b || (a.length === b.length && a.every((item, i) => item === b[i]));
}
