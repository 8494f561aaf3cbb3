import type { NodeId, Uuid } from '../common/ids.js';
import type { ConfiguredVoter, ReplicaId } from './api.js';
import { VoterSet, replicaKey } from './core/voter-set.js';
import type { FoundingState } from './wire.js';

/**
 * Who may vote first. A blank node may have voted before it was wiped, so it votes only once all configured voters have
 * answered that they are blank too; they are then the first voters, each by its (node.id, directory id). A blank node
 * that stands in another's founding set with its present directory id may vote too: it was blank when that was made.
 * Every other blank node observes, until the leader takes it in.
 */
export class Founding {
  readonly #self: ReplicaId;
  readonly #configured: readonly ConfiguredVoter[];
  readonly #answers = new Map<NodeId, { readonly directoryId: Uuid; readonly state: FoundingState }>();

  constructor(self: ReplicaId, configured: readonly ConfiguredVoter[]) {
    this.#self = self;
    this.#configured = configured;
  }

  /** What this node says of itself. */
  state(blank: boolean, foundingSet: VoterSet | undefined, wantsAnswer: boolean): FoundingState {
    return { blank, configuredNodeIds: this.#configured.map((voter) => voter.nodeId), foundingSet, wantsAnswer };
  }

  receive(from: ReplicaId, state: FoundingState): void {
    this.#answers.set(from.nodeId, { directoryId: from.directoryId, state });
  }

  /** For a blank node: the set that it is founded with now, if any. */
  decide(): VoterSet | undefined {
    if (!this.#configured.some((voter) => voter.nodeId === this.#self.nodeId)) return undefined;
    const key = replicaKey(this.#self);
    for (const { state } of this.#answers.values()) {
      if (state.foundingSet?.has(key) === true) return state.foundingSet;
    }
    const voters = [];
    for (const { nodeId, host, port } of this.#configured) {
      const directoryId = this.#blankDirectory(nodeId);
      if (directoryId === undefined) return undefined;
      voters.push({ nodeId, directoryId, host, port });
    }
    return new VoterSet(voters, undefined);
  }

  /** The directory id of a configured voter that said it is blank and means the same voters. */
  #blankDirectory(nodeId: NodeId): Uuid | undefined {
    if (nodeId === this.#self.nodeId) return this.#self.directoryId;
    const answer = this.#answers.get(nodeId);
    if (answer === undefined || !answer.state.blank || !this.#agrees(answer.state)) return undefined;
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
        'quorum recover` on a node that still has its directory.'
      );
    }
    const silent = this.#configured
      .map((voter) => voter.nodeId)
      .filter((nodeId) => nodeId !== this.#self.nodeId && !this.#answers.has(nodeId));
    if (silent.length === 0) return undefined;
    return `A blank cluster needs all its voters once: waiting for node ${silent.join(', ')}.`;
  }
}
