import type { VarveNode } from '../../broker/node.js';
import type { NodeId } from '../../common/ids.js';
import type { SimulatedCluster } from './simulated-cluster.js';

/** What was sent before the cut may be on its way for so long. */
const SETTLE_MS = 1_000;
/** A leader that heard nobody has gone by then: it judges once an election time-out, by what it heard within one. */
const LEADS_ON_MS = 3_500;

/** A node that has heard no other one since it was first looked at. */
interface Isolated {
  readonly life: string;
  /** How often each way to it has been cut so far: a new cut is another isolation. */
  readonly cuts: string;
  readonly sinceMs: number;
  /** Of the node, once what was on its way has come. */
  term: number | undefined;
}

/**
 * Who hears nobody does no harm (section 9.6 of Raft's thesis, KIP-996): it raises no term, since nobody grants it a
 * pre-vote, and leads no longer, since no quorum answers. For quorums with default time-outs.
 */
export class IsolationInvariants {
  readonly #cluster: SimulatedCluster;
  readonly #isolated = new Map<NodeId, Isolated>();

  constructor(cluster: SimulatedCluster) {
    this.#cluster = cluster;
  }

  /** Throws an Error that says what does not hold. */
  check(): void {
    for (const nodeId of this.#cluster.nodeIds) {
      const cuts = this.#cutsTo(nodeId);
      const node = cuts === undefined ? undefined : this.#cluster.node(nodeId);
      if (cuts === undefined || node === undefined || this.#cluster.host(nodeId).paused) this.#isolated.delete(nodeId);
      else this.#look(node, cuts);
    }
  }

  #look(node: VarveNode, cuts: string): void {
    const { nodeId, raft } = node;
    const { nowMs } = this.#cluster.simulation;
    const { name, incarnation } = this.#cluster.host(nodeId);
    const life = `${name}#${incarnation}`;
    const before = this.#isolated.get(nodeId);
    if (before === undefined || before.life !== life || before.cuts !== cuts) {
      this.#isolated.set(nodeId, { life, cuts, sinceMs: nowMs, term: undefined });
      return;
    }
    const silentMs = nowMs - before.sinceMs;
    if (silentMs < SETTLE_MS) return;
    before.term ??= raft.term;
    const isDisruptive = raft.term > before.term;
    const leadsOn = silentMs > LEADS_ON_MS && raft.role === 'leader';
    if ((!isDisruptive && !leadsOn) || raft.status().voters.length < 2) return;
    const what = isDisruptive ? `raised its term from ${before.term} to ${raft.term}` : `leads term ${raft.term} still`;
    throw new Error(`${life} has heard no other node for ${Math.round(silentMs)} ms and ${what}`);
  }

  /** Undefined where another node can be heard. */
  #cutsTo(nodeId: NodeId): string | undefined {
    const { nodeIds, simulation } = this.#cluster;
    if (nodeIds.length < 2) return undefined;
    const to = this.#cluster.host(nodeId).name;
    let cuts = '';
    for (const other of nodeIds) {
      if (other === nodeId) continue;
      const link = simulation.network.link(this.#cluster.host(other).name, to);
      if (!link.cut) return undefined;
      cuts += `${link.cuts} `;
    }
    return cuts;
  }
}
