import { VarveError } from '../common/errors.js';
import { uuidFromBytes } from '../common/ids.js';
import type { NodeId } from '../common/ids.js';
import type { varve } from '../protocol/controller.js';
import type { Draft } from './draft.js';
import { changePartition } from './partition-change.js';

/**
 * A replica whose log is damaged beyond repair is about to be cut there. It leaves the ISR with a mark, as after a
 * recovery that cut it, and the leader begins a new epoch: an ISR change on its way that counts on what the replica once
 * had is void (its leader epoch is over), and so is what the leader believes of its followers. A leader that reports this
 * hands the partition over.
 *
 * Nothing changes when nobody else can lead it now, and the leader goes on: LEADER_NOT_AVAILABLE while a whole member of
 * ISR or ELR is away, which has what is damaged here, and is to be waited for; ELIGIBLE_LEADERS_NOT_AVAILABLE when there is none.
 *
 * One that cannot lead as it is (`cannot_lead`) is to be replaced as one that is gone: the election decides. While a whole
 * member is away nobody leads, so that an unclean election can (`unclean.leader.election.enable`, or one that is ordered):
 * where that takes this replica, a new epoch begins in which nobody is waited for. ELIGIBLE_LEADERS_NOT_AVAILABLE tells it
 * that it is to cut its log and to lead: nothing changes. FENCED_LEADER_EPOCH when the epoch is over.
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
  const cannotLead = request.cannot_lead === true;
  if (cannotLead && request.leader_epoch !== state.leaderEpoch) throw new VarveError('FENCED_LEADER_EPOCH');
  const mark = {
    nodeId,
    lastEpoch: request.replica?.last_epoch ?? -1,
    endOffset: request.replica?.end_offset ?? 0,
  };
  const after = draft.branch();
  // A leader that is relieved leads what nobody else can: the election takes it for what it was, as in hanging-disks.ts.
  const isRelieved = cannotLead && broker.inControlledShutdown;
  const { brokerEpoch } = broker;
  if (isRelieved) after.emit({ kind: 'brokerChange', nodeId, brokerEpoch, inControlledShutdown: false });
  changePartition(after, topic, partition, {
    isr: state.isr.filter((node) => node !== nodeId),
    recoveryMarks: [...state.recoveryMarks.filter((one) => one.nodeId !== nodeId), mark],
    beginsEpoch: true,
  });
  if (isRelieved) after.emit({ kind: 'brokerChange', nodeId, brokerEpoch, inControlledShutdown: true });
  const leader = after.image.partition(topic.id, partition)?.leader ?? -1;
  // Nor one that was cut itself, or was in neither set: either may lack more than what is damaged here.
  const others = [...state.isr, ...state.elr].filter(
    (node) => node !== nodeId && !state.recoveryMarks.some((one) => one.nodeId === node),
  );
  const mustGoOn = cannotLead ? leader === nodeId && others.length === 0 : !others.includes(leader);
  if (state.leader === nodeId && mustGoOn) throw refusal(`${topic.name}-${partition}`, others);
  draft.adopt(after);
}

function refusal(name: string, others: readonly NodeId[]): VarveError {
  if (others.length === 0) {
    return new VarveError(
      'ELIGIBLE_LEADERS_NOT_AVAILABLE',
      `No other whole replica of ${name} can lead it at this time.`,
    );
  }
  return new VarveError(
    'LEADER_NOT_AVAILABLE',
    `${name} can be led whole by node ${others.join(' or ')} alone, which is not live: start it. If it is gone for good, ` +
      "reassign the partition to its leader alone and then back, or lower the topic's min.insync.replicas to 1: either " +
      'gives up waiting for it.',
  );
}
