import type { NodeId } from '../common/ids.js';
import type { PartitionState } from '../metadata/image.js';
import type { RecoveryMark } from '../metadata/records.js';

export interface ElectionRules {
  /** The replica may lead now. */
  readonly isAvailable: (nodeId: NodeId) => boolean;
  /** The present leader may stay, though its broker is about to stop. */
  readonly canStay: (nodeId: NodeId) => boolean;
  /** The first replica is preferred to a present leader. */
  readonly preferred: boolean;
  /** A replica that lacks acknowledged records may lead when no other can. */
  readonly unclean: boolean;
}

export interface Elected {
  readonly nodeId: NodeId;
  /**
   * `stays`: the present leader goes on. `isr`: it is in the ISR and whole. `alone`: it is an eligible leader, or the
   * longest of replicas that were all cut off; the ISR is made of it alone. `unclean`: acknowledged records may be lost.
   */
  readonly how: 'stays' | 'isr' | 'alone' | 'unclean';
}

/**
 * Who leads a partition, from its state alone: no replica's data is read (DESIGN promise 2). Undefined: nobody may, and
 * the partition waits.
 *
 * In ISR and ELR is everything that was acknowledged, except in members whose recovery cut some off (their marks say so).
 * So: a whole member of the ISR, else a whole eligible one. When all of them that live are marked, an absent one may be
 * whole: wait for it. When none is absent, all were cut, and the longest loses least: the greatest (epoch, end).
 */
export function electLeader(state: PartitionState, rules: ElectionRules): Elected | undefined {
  const { isr, elr, replicas, leader } = state;
  const marks = new Map(state.recoveryMarks.map((mark) => [mark.nodeId, mark]));
  const isWhole = (node: NodeId): boolean => rules.isAvailable(node) && !marks.has(node);

  const first = replicas[0];
  if (rules.preferred && first !== undefined && first !== leader && isr.includes(first) && isWhole(first)) {
    return { nodeId: first, how: 'isr' };
  }
  if (isr.includes(leader) && rules.canStay(leader)) return { nodeId: leader, how: 'stays' };

  const inIsr = replicas.find((node) => isr.includes(node) && isWhole(node));
  if (inIsr !== undefined) return { nodeId: inIsr, how: 'isr' };
  const eligible = replicas.find((node) => elr.includes(node) && isWhole(node));
  if (eligible !== undefined) return { nodeId: eligible, how: 'alone' };

  const members = replicas.filter((node) => isr.includes(node) || elr.includes(node));
  const longest = longestOf(members.filter(rules.isAvailable), marks);
  if (longest !== undefined && members.every(rules.isAvailable)) return { nodeId: longest, how: 'alone' };

  // Nobody is left: on relaxed topics an unclean restart costs the place. As in Kafka, the last to lose it leads again.
  const lastKnown = state.lastKnownElr[0];
  if (members.length === 0 && lastKnown !== undefined && rules.isAvailable(lastKnown)) {
    return { nodeId: lastKnown, how: 'unclean' };
  }
  if (!rules.unclean) return undefined;
  const any = longest ?? state.lastKnownElr.find((node) => rules.isAvailable(node)) ?? replicas.find(rules.isAvailable);
  return any === undefined ? undefined : { nodeId: any, how: 'unclean' };
}

function longestOf(nodes: readonly NodeId[], marks: ReadonlyMap<NodeId, RecoveryMark>): NodeId | undefined {
  let best: RecoveryMark | undefined;
  for (const node of nodes) {
    const mark = marks.get(node);
    if (mark && (!best || isLonger(mark, best))) best = mark;
  }
  return best?.nodeId;
}

function isLonger(a: RecoveryMark, b: RecoveryMark): boolean {
  return a.lastEpoch > b.lastEpoch || (a.lastEpoch === b.lastEpoch && a.endOffset > b.endOffset);
}
