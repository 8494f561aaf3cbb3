import { assert } from '../common/assert.js';
import type { NodeId } from '../common/ids.js';

/** A change of the ISR that the controller was asked for and has not settled. */
export interface ProposedIsr {
  readonly isr: readonly NodeId[];
  /** The partition epoch that the proposal was made on: a newer one settles it. */
  readonly partitionEpoch: number;
}

/**
 * The in-sync replicas of one partition as its leader knows them: the committed set, and the proposal in flight, which
 * is never given up by a time-out: it may have been committed (KIP-497).
 */
export class InSyncReplicas {
  #committed: readonly NodeId[];
  #partitionEpoch: number;
  #proposed: ProposedIsr | undefined;
  #maximal: readonly NodeId[];

  constructor(committed: readonly NodeId[], partitionEpoch: number) {
    this.#committed = committed;
    this.#partitionEpoch = partitionEpoch;
    this.#maximal = committed;
  }

  get committed(): readonly NodeId[] {
    return this.#committed;
  }

  get partitionEpoch(): number {
    return this.#partitionEpoch;
  }

  get proposed(): ProposedIsr | undefined {
    return this.#proposed;
  }

  /**
   * Who must have a record before it counts: the committed ISR and those whose addition is in flight. A removal counts
   * only once committed, because a new leader may come from the committed set.
   */
  get maximal(): readonly NodeId[] {
    return this.#maximal;
  }

  propose(isr: readonly NodeId[]): ProposedIsr {
    assert(this.#proposed === undefined, 'one ISR change of a partition is in flight at a time');
    this.#proposed = { isr, partitionEpoch: this.#partitionEpoch };
    this.#maximal = [...this.#committed, ...isr.filter((id) => !this.#committed.includes(id))];
    return this.#proposed;
  }

  /** A committed state from the image or from the controller's answer. False when it is not newer. */
  commit(isr: readonly NodeId[], partitionEpoch: number): boolean {
    if (partitionEpoch <= this.#partitionEpoch) return false;
    this.#committed = isr;
    this.#partitionEpoch = partitionEpoch;
    this.#settle();
    return true;
  }

  /** The controller answered that it did not make the change. */
  reject(proposal: ProposedIsr): void {
    if (this.#proposed === proposal) this.#settle();
  }

  #settle(): void {
    this.#proposed = undefined;
    this.#maximal = this.#committed;
  }
}
