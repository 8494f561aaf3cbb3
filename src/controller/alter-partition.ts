import { errorCode } from '../common/errors.js';
import type { ErrorName } from '../common/errors.js';
import { uuidFromBytes } from '../common/ids.js';
import type { NodeId } from '../common/ids.js';
import type { PartitionState } from '../metadata/image.js';
import type { varve } from '../protocol/controller.js';
import type { Draft } from './draft.js';
import { changePartition } from './partition-change.js';

type Request = varve.internal.IAlterPartitionRequest;
type Altered = varve.internal.IAlteredPartition;

/**
 * KIP-497: a leader changes its ISR. Fenced by its broker epoch, the leader epoch, the partition epoch, and the broker
 * epoch of each member (KIP-903); nobody else changes the ISR of a partition that has a leader, except by fencing.
 */
export function alterPartition(draft: Draft, request: Request): varve.internal.IAlterPartitionResponse {
  const nodeId = request.node_id ?? -1;
  const broker = draft.image.broker(nodeId);
  if (!broker || broker.brokerEpoch !== request.broker_epoch) {
    return { version: 1, error: errorCode('STALE_BROKER_EPOCH'), partitions: [] };
  }
  const partitions = (request.partitions ?? []).map((one) => alterOne(draft, nodeId, one));
  return { version: 1, error: 0, partitions };
}

function alterOne(draft: Draft, requester: NodeId, asked: varve.internal.IAlterPartition): Altered {
  const bytes = asked.topic_id ?? new Uint8Array();
  const partition = asked.partition ?? -1;
  const answer = (error: ErrorName, state?: PartitionState): Altered => ({
    topic_id: bytes,
    partition,
    error: errorCode(error),
    leader_id: state?.leader ?? -1,
    leader_epoch: state?.leaderEpoch ?? -1,
    partition_epoch: state?.partitionEpoch ?? -1,
    isr: [...(state?.isr ?? [])],
  });
  const topic = bytes.length === 16 ? draft.image.topic(uuidFromBytes(bytes)) : undefined;
  if (!topic) return answer('UNKNOWN_TOPIC_ID');
  const before = topic.partitions.get(partition);
  if (!before) return answer('UNKNOWN_TOPIC_OR_PARTITION');
  const error = problemOf(draft, requester, asked, before);
  if (error === 'INELIGIBLE_REPLICA') {
    // The leader goes on without it. A copy of this request that is still on its way, sent before the controller changed, must
    // not be granted later, when the replica is available again: a partition epoch further it is too old.
    draft.emit({ kind: 'partitionChange', topicId: topic.id, partition, isr: before.isr });
    return answer(error, draft.image.partition(topic.id, partition));
  }
  if (error) return answer(error, before);

  const isr = (asked.new_isr ?? []).map((member) => member.node_id ?? -1);
  const recovered = (asked.recovered_replicas ?? []).filter((node) => isr.includes(node));
  // Whoever joins has caught up with the high watermark: it has no mark, or one that ends here.
  const isStill = (node: NodeId): boolean => before.isr.includes(node) && !recovered.includes(node);
  const marks = before.recoveryMarks.filter((mark) => isStill(mark.nodeId) || !isr.includes(mark.nodeId));
  const lost = (asked.lost_replicas ?? []).filter((node) => !isr.includes(node));
  changePartition(draft, topic, partition, {
    isr,
    lost,
    ...(marks.length < before.recoveryMarks.length ? { recoveryMarks: marks } : {}),
  });
  const after = draft.image.partition(topic.id, partition) ?? before;
  // The change completed a reassignment that took the leader away.
  return answer(after.leader === before.leader ? 'NONE' : 'NEW_LEADER_ELECTED', after);
}

/** The checks of Kafka's ReplicationControlManager.validateAlterPartitionData, in its order. */
function problemOf(
  draft: Draft,
  requester: NodeId,
  asked: varve.internal.IAlterPartition,
  state: PartitionState,
): ErrorName | undefined {
  const leaderEpoch = asked.leader_epoch ?? -1;
  const partitionEpoch = asked.partition_epoch ?? -1;
  // The leader knows more than this image: an older controller is asked.
  if (leaderEpoch > state.leaderEpoch || partitionEpoch > state.partitionEpoch) return 'NOT_CONTROLLER';
  if (leaderEpoch < state.leaderEpoch) return 'FENCED_LEADER_EPOCH';
  if (requester !== state.leader) return 'INVALID_REQUEST';
  if (partitionEpoch < state.partitionEpoch) return 'INVALID_UPDATE_VERSION';
  const members = asked.new_isr ?? [];
  const isr = members.map((member) => member.node_id ?? -1);
  const isPlausible =
    new Set(isr).size === isr.length && isr.every((node) => state.replicas.includes(node)) && isr.includes(requester);
  if (!isPlausible) return 'INVALID_REQUEST';
  for (const { node_id = -1, broker_epoch = -1 } of members) {
    const node = node_id ?? -1;
    const isCurrent = draft.image.broker(node)?.brokerEpoch === broker_epoch;
    // Who is a member and relieved, or about to stop, must not hold up what becomes of the others.
    const mayBeIn = state.isr.includes(node) ? draft.canGoOnLeading(state, node) : draft.isAvailable(state, node);
    if (!isCurrent || !mayBeIn) return 'INELIGIBLE_REPLICA';
  }
  return undefined;
}
