import { VarveError } from '../common/errors.js';
import { uuidFromBytes } from '../common/ids.js';
import type { varve } from '../protocol/controller.js';
import type { Draft } from './draft.js';
import { changePartition } from './partition-change.js';

/**
 * A replica whose log is damaged beyond repair is about to be cut there. It leaves the ISR with a mark, as after a
 * recovery that cut it, and the leader begins a new epoch: an ISR change on its way that counts on what the replica once
 * had is void (its leader epoch is over), and so is what the leader believes of its followers. A leader that reports this
 * hands the partition over. Nothing changes when nobody else can lead it now: LEADER_NOT_AVAILABLE while a whole member of
 * ISR or ELR is away, which has what is damaged here, and is to be waited for; ELIGIBLE_LEADERS_NOT_AVAILABLE when there is none.
 */
export function reportTruncation(draft: Draft, request: varve.internal.IReportTruncationRequest): void {
  const nodeId = request.node_id ?? -1;
  const broker = draft.image.broker(nodeId);
  if (broker === undefined || broker.brokerEpoch !== request.broker_epoch) throw new VarveError('STALE_BROKER_EPOCH');
  const bytes = request.replica?.topic_id ?? new Uint8Array();
  const partition = request.replica?.partition ?? 0;
  const topic = bytes.length === 16 ? draft.image.topic(uuidFromBytes(bytes)) : undefined;
  const state = topic?.partitions.get(partition);
  if (topic === undefined || state?.replicas.includes(nodeId) !== true) {
    throw new VarveError('UNKNOWN_TOPIC_OR_PARTITION', `Node ${nodeId} has no replica of that partition.`);
  }
  const mark = {
    nodeId,
    lastEpoch: request.replica?.last_epoch ?? -1,
    endOffset: request.replica?.end_offset ?? 0,
  };
  const after = draft.branch();
  changePartition(after, topic, partition, {
    isr: state.isr.filter((node) => node !== nodeId),
    recoveryMarks: [...state.recoveryMarks.filter((one) => one.nodeId !== nodeId), mark],
    beginsEpoch: true,
  });
  const leader = after.image.partition(topic.id, partition)?.leader ?? -1;
  // Nor one that was cut itself, or was in neither set: either may lack more than what is damaged here.
  const others = [...state.isr, ...state.elr].filter(
    (node) => node !== nodeId && !state.recoveryMarks.some((one) => one.nodeId === node),
  );
  if (state.leader === nodeId && !others.includes(leader)) {
    if (others.length > 0) {
      throw new VarveError(
        'LEADER_NOT_AVAILABLE',
        `${topic.name}-${partition} can be led whole by node ${others.join(' or ')} alone, which is not live.`,
      );
    }
    throw new VarveError(
      'ELIGIBLE_LEADERS_NOT_AVAILABLE',
      `No other whole replica of ${topic.name}-${partition} can lead it at this time.`,
    );
  }
  draft.adopt(after);
}
