import type { NodeId } from '../common/ids.js';
import type { Draft } from './draft.js';
import { electWhereLeaderless, handOver } from './fencing.js';

/**
 * A broker whose disk hangs acknowledges nothing, and holds up every partition in whose ISR it is, while its lease, which
 * needs no disk, goes on. It is taken out of the ISRs that do without it, and neither leads nor joins any until its disk
 * works again: to everybody it is a broker in controlled shutdown, which stays.
 *
 * It is not fenced: what nobody else can lead stays with it, for a disk that comes back goes on where it was. And a partition
 * whose ISR would be smaller than min.insync.replicas without it gains nothing: nothing could be acknowledged there either, and
 * after a stall of a storage that all brokers share, each would have left to the next.
 */
export function relieve(draft: Draft, nodeId: NodeId, hangs: boolean): void {
  const broker = draft.image.broker(nodeId);
  if (broker === undefined || broker.fenced) return;
  const { brokerEpoch, inControlledShutdown: isRelieved } = broker;
  if (!hangs) {
    if (!isRelieved) return;
    draft.emit({ kind: 'brokerChange', nodeId, brokerEpoch, inControlledShutdown: false });
    electWhereLeaderless(draft, (state) => state.replicas.includes(nodeId));
    return;
  }
  if (isRelieved) electAsLastResort(draft, nodeId, brokerEpoch);
  else if (othersSuffice(draft)) {
    draft.emit({ kind: 'brokerChange', nodeId, brokerEpoch, inControlledShutdown: true });
  } else return;
  handOver(draft, nodeId, ({ topic, state }, rest) => rest.length >= draft.minInsyncReplicas(topic.name, state));
}

/**
 * A partition that it did not leave may lose its leader meanwhile. Where nobody else can, it leads that, as it would had it led
 * before: its disk may work again, and be on trial for minutes.
 */
function electAsLastResort(draft: Draft, nodeId: NodeId, brokerEpoch: number): void {
  const branch = draft.branch();
  branch.emit({ kind: 'brokerChange', nodeId, brokerEpoch, inControlledShutdown: false });
  const before = branch.records.length;
  electWhereLeaderless(branch, ({ isr, elr }) => isr.includes(nodeId) || elr.includes(nodeId));
  if (branch.records.length === before) return;
  branch.emit({ kind: 'brokerChange', nodeId, brokerEpoch, inControlledShutdown: true });
  draft.adopt(branch);
}

/** At least half of the live brokers stay ones that can be elected and placed on: more is no single disk's trouble. */
function othersSuffice(draft: Draft): boolean {
  const live = draft.image.brokers.sortedValues().filter((broker) => !broker.fenced);
  const away = live.filter((broker) => broker.inControlledShutdown).length + 1;
  return 2 * away <= live.length;
}
