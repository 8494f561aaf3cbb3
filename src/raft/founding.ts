import type { NodeId, Uuid } from '../common/ids.js';
import type { ConfiguredVoter, ReplicaId } from './api.js';
import { VoterSet, replicaKey } from './core/voter-set.js';
import type { FoundingState } from './wire.js';

/** An answer counts for so many rounds, the one that it answers included: it may take longer than one to arrive. */
const ANSWER_ROUNDS = 5;

interface Answer {
  readonly directoryId: Uuid;
  readonly state: FoundingState;
  /** From this round of this node's on it counts no more. */
  readonly countsBefore: number;
}

/**
 * Who may vote first. A blank node may have voted before it was wiped, so it votes only once all configured voters have
 * answered that they are blank too, and no other node has said that it belongs to a cluster; they are then the first
 * voters, each by its (node.id, directory id). A blank node that stands in another's founding set with its present directory
 * id may vote too: it was blank when that was made. Every other blank node observes, until the leader takes it in.
 *
 * A node that said that it is blank may have joined a cluster since, and only it knows: so its word counts for a few rounds
 * of questions, from the one that it answers. Within these it may be out of date: so nobody stands for election before all
 * of the set have said that they wrote it down (`isAgreed`).
 */
export class Founding {
  readonly #self: ReplicaId;
  readonly #configured: readonly ConfiguredVoter[];
  readonly #answers = new Map<NodeId, Answer>();
  /** The last round that each node has asked in. */
  readonly #asked = new Map<NodeId, number>();
  #round = 1;

  constructor(self: ReplicaId, configured: readonly ConfiguredVoter[]) {
    this.#self = self;
    this.#configured = configured;
  }

  /** What this node says of itself to `to`. */
  state(to: NodeId, blank: boolean, foundingSet: VoterSet | undefined, wantsAnswer: boolean): FoundingState {
    return {
      blank,
      configuredNodeIds: this.#configured.map((voter) => voter.nodeId),
      foundingSet,
      wantsAnswer,
      round: this.#round,
      // Who asks may not have heard of the cluster yet: it does not get the answer that it would found another with.
      answersRound: this.#knowsCluster(foundingSet) ? 0 : (this.#asked.get(to) ?? 0),
    };
  }

  /** All are about to be asked again. */
  nextRound(): void {
    this.#round++;
  }

  receive(from: ReplicaId, state: FoundingState): void {
    this.#asked.set(from.nodeId, state.round);
    // A later round than the present one was asked by an earlier process of this node.
    const isAnswer = state.answersRound > 0 && state.answersRound <= this.#round;
    const countsBefore = isAnswer ? state.answersRound + ANSWER_ROUNDS : 0;
    this.#answers.set(from.nodeId, { directoryId: from.directoryId, state, countsBefore });
  }

  /** For a blank node: the set that it is founded with now, if any. */
  decide(): VoterSet | undefined {
    if (!this.#configured.some((voter) => voter.nodeId === this.#self.nodeId)) return undefined;
    const key = replicaKey(this.#self);
    for (const { state } of this.#answers.values()) {
      const { foundingSet } = state;
      if (foundingSet?.has(key) === true && !this.#knowsCluster(foundingSet)) return foundingSet;
    }
    if (this.#knowsCluster(undefined)) return undefined;
    const voters = [];
    for (const { nodeId, host, port } of this.#configured) {
      const directoryId = this.#blankDirectory(nodeId);
      if (directoryId === undefined) return undefined;
      voters.push({ nodeId, directoryId, host, port });
    }
    return new VoterSet(voters, undefined);
  }

  /**
   * Whether a node that is no founder of `set` has said that it belongs to a cluster. It need not be configured here: voters
   * are exchanged while a cluster runs, and brokers are none. Where there is such a node, a log with all that was acknowledged
   * may be left, and an empty cluster beside it would take its place.
   */
  #knowsCluster(set: VoterSet | undefined): boolean {
    for (const [nodeId, { state }] of this.#answers) {
      if (!state.blank && set?.voters.some((voter) => voter.nodeId === nodeId) !== true) return true;
    }
    return false;
  }

  /**
   * Whether all of `set` wrote it down, as far as they are still there: where another directory answers for a node, the one
   * in the set has stood in nothing and never will. That they wrote it down is true for ever.
   */
  isAgreed(set: VoterSet): boolean {
    return this.#missing(set).length === 0;
  }

  #missing(set: VoterSet): NodeId[] {
    const missing = set.voters.filter(({ nodeId, directoryId }) => {
      if (nodeId === this.#self.nodeId) return false;
      const answer = this.#answers.get(nodeId);
      if (answer === undefined) return true;
      if (answer.directoryId !== directoryId) return false;
      const { blank, foundingSet } = answer.state;
      return blank || foundingSet === undefined || foundingSet.keys.join() !== set.keys.join();
    });
    return missing.map(({ nodeId }) => nodeId);
  }

  /** Why one of the first voters does not stand for election yet: one sentence. */
  disagreement(set: VoterSet): string | undefined {
    const missing = this.#missing(set);
    if (missing.length === 0) return undefined;
    const others = missing.filter((nodeId) => {
      const keys = this.#answers.get(nodeId)?.state.foundingSet?.keys.join();
      return keys !== undefined && keys !== set.keys.join();
    });
    if (others.length === 0) return `A new cluster needs all its voters once: waiting for node ${missing.join(', ')}.`;
    return (
      `Node ${others.join(', ')} began a cluster with other directories than this node, and nothing was stored in either: ` +
      'empty the data directories of the voters and start them together.'
    );
  }

  /** The directory id of a configured voter that said it is blank and means the same voters. */
  #blankDirectory(nodeId: NodeId): Uuid | undefined {
    if (nodeId === this.#self.nodeId) return this.#self.directoryId;
    const answer = this.#answers.get(nodeId);
    if (answer === undefined || !answer.state.blank || !this.#agrees(answer.state)) return undefined;
    if (this.#round >= answer.countsBefore) return undefined;
    return answer.directoryId;
  }

  #agrees(state: FoundingState): boolean {
    const own = new Set(this.#configured.map((voter) => voter.nodeId));
    return own.size === state.configuredNodeIds.length && state.configuredNodeIds.every((id) => own.has(id));
  }

  /** Why a blank node is no voter yet: one sentence. */
  problem(): string | undefined {
    if (!this.#configured.some((voter) => voter.nodeId === this.#self.nodeId)) return undefined;
    const strangers = [...this.#answers].filter(([, { state }]) => state.blank && !this.#agrees(state));
    const [stranger] = strangers;
    if (stranger !== undefined) {
      const [nodeId, { state }] = stranger;
      return (
        `controller.quorum.voters names nodes ${this.#configured.map((voter) => voter.nodeId).join(', ')} here and ` +
        `${state.configuredNodeIds.join(', ')} on node ${nodeId}: make them equal.`
      );
    }
    const founded = [...this.#answers].filter(([, { state }]) => !state.blank).map(([nodeId]) => nodeId);
    if (founded.length > 0) {
      return (
        `This node's directory is blank, and node ${founded.join(', ')} belongs to a cluster already: it observes until ` +
        'the leader takes it in as a voter. If a majority of the voters was wiped there will be no leader: run `varve ' +
        'quorum recover` on a node that still has its directory. If that node is of an old cluster: stop it, and start the ' +
        'blank ones again.'
      );
    }
    const silent = this.#configured
      .map((voter) => voter.nodeId)
      .filter(
        (nodeId) => nodeId !== this.#self.nodeId && this.#round >= (this.#answers.get(nodeId)?.countsBefore ?? 0),
      );
    if (silent.length === 0) return undefined;
    return `A blank cluster needs all its voters once: waiting for node ${silent.join(', ')}.`;
  }
}
