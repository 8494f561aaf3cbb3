import type { NodeId, Uuid } from '../../common/ids.js';
import type { Entry } from '../../raft/core/types.js';
import { nodeIdOfKey, replicaKey } from '../../raft/core/voter-set.js';
import type { ReplicaKey } from '../../raft/core/voter-set.js';

/** What the invariants of Raft are judged by: one replica's log and office, between two events. */
export interface QuorumView {
  readonly nodeId: NodeId;
  /** The life of the node, for messages; a log of another life is looked at from its beginning. */
  readonly life: string;
  readonly role: string;
  readonly term: number;
  /** Whom the replica voted for in this term. */
  readonly vote: ReplicaKey | undefined;
  /** Of the log directory that it keeps its promises in. */
  readonly directoryId: Uuid;
  readonly log: {
    readonly baseIndex: number;
    readonly lastIndex: number;
    readonly commit: number;
    term(index: number): number | undefined;
    entry(index: number): Entry;
  };
}

interface KnownEntry {
  readonly entry: Entry;
  readonly previousTerm: number | undefined;
  readonly life: string;
}

interface Looked {
  readonly life: string;
  /** The last entry that was looked at, and its term: if it is still there, so is all before it. */
  readonly lastIndex: number;
  readonly lastTerm: number;
  readonly commit: number;
}

/**
 * Raft's safety (figure 3 of the paper), on the logs of the nodes as they are:
 *
 * - election safety: a term has one leader at most;
 * - log matching: entries of one index and term are equal and follow upon the same entry, so that by induction all
 *   before them is equal, too;
 * - state-machine safety: one entry is committed at an index;
 * - leader completeness: a leader has every entry that was committed in an earlier term;
 *
 * and, since what they prevent is seldom seen to happen, the rules that these follow from:
 *
 * - a replica that led a term voted for itself in it, and knows so after a restart;
 * - a leader commits by counting copies of entries of its own term alone (section 5.4.2);
 * - it changes the voters once an entry of its term is committed, and one after the other (section 4.1 of the thesis, and
 *   the mend of 2015).
 */
export class QuorumInvariants {
  readonly #leaderOf = new Map<number, string>();
  /** By index and term. */
  readonly #entries = new Map<string, KnownEntry>();
  /** The term of what is committed, by index. */
  readonly #committed = new Map<number, { readonly term: number; readonly life: string }>();
  #committedTo = 0;
  readonly #looked = new Map<NodeId, Looked>();
  readonly #completeIn = new Map<number, string>();
  /** By log directory: the last term that its replica led. */
  readonly #ledWith = new Map<string, number>();
  /** By node: the office that it was last seen in, and what was committed when it was first seen there. */
  readonly #offices = new Map<NodeId, { readonly office: string; readonly commit: number }>();

  /** Throws an Error that says what does not hold. */
  check(view: QuorumView): void {
    this.#checkOffice(view);
    this.#checkLog(view);
    this.#checkLeader(view);
    this.#checkVote(view);
    this.#checkCounting(view);
    this.#checkVoterChanges(view);
  }

  #checkOffice({ role, term, life }: QuorumView): void {
    if (role !== 'leader') return;
    const other = this.#leaderOf.get(term);
    if (other === undefined) this.#leaderOf.set(term, life);
    else if (other !== life) throw new Error(`${life} and ${other} both lead term ${term}`);
  }

  #checkLog({ nodeId, life, log }: QuorumView): void {
    const { baseIndex, lastIndex, commit } = log;
    const before = this.#looked.get(nodeId);
    const stands = before !== undefined && before.life === life && log.term(before.lastIndex) === before.lastTerm;
    if (stands && before.lastIndex === lastIndex && before.commit === commit) return;
    // Where the last entry seen was cut off, all is looked at anew: logs are short between snapshots.
    const from = Math.max(baseIndex, stands ? before.lastIndex : 0) + 1;
    for (let index = from; index <= lastIndex; index++) this.#checkEntry(life, log, index);
    const committedFrom = Math.max(baseIndex, stands ? before.commit : 0) + 1;
    for (let index = committedFrom; index <= commit; index++) this.#checkCommitted(life, log, index);
    const lastTerm = log.term(lastIndex) ?? 0;
    this.#looked.set(nodeId, { life, lastIndex, lastTerm, commit });
  }

  #checkEntry(life: string, log: QuorumView['log'], index: number): void {
    const entry = log.entry(index);
    const previousTerm = index === 1 ? 0 : log.term(index - 1);
    const key = `${index}:${entry.term}`;
    const known = this.#entries.get(key);
    if (known === undefined) {
      this.#entries.set(key, { entry, previousTerm, life });
      return;
    }
    if (known.previousTerm !== previousTerm) {
      throw new Error(
        `the entry at ${index} of term ${entry.term} follows term ${previousTerm} on ${life} and term ` +
          `${known.previousTerm} on ${known.life}`,
      );
    }
    if (known.entry !== entry && !sameEntry(known.entry, entry)) {
      throw new Error(`the entry at ${index} of term ${entry.term} is another on ${life} than on ${known.life}`);
    }
  }

  #checkCommitted(life: string, log: QuorumView['log'], index: number): void {
    const term = log.term(index);
    if (term === undefined) return;
    const known = this.#committed.get(index);
    if (known === undefined) {
      this.#committed.set(index, { term, life });
      this.#committedTo = Math.max(this.#committedTo, index);
    } else if (known.term !== term) {
      throw new Error(
        `${life} committed an entry of term ${term} at ${index}, where ${known.life} committed one of term ${known.term}`,
      );
    }
  }

  #checkLeader({ role, term, life, log }: QuorumView): void {
    if (role !== 'leader' || this.#completeIn.get(term) === life) return;
    this.#completeIn.set(term, life);
    for (let index = log.baseIndex + 1; index <= this.#committedTo; index++) {
      const committed = this.#committed.get(index);
      if (committed === undefined || committed.term >= term) continue;
      if (log.term(index) === committed.term) continue;
      throw new Error(
        `${life} leads term ${term} without the entry at ${index} of term ${committed.term}, which ${committed.life} ` +
          'had committed',
      );
    }
  }

  /** It counted its own vote, so it had kept it. */
  #checkVote({ role, term, vote, nodeId, directoryId, life }: QuorumView): void {
    if (this.#ledWith.get(directoryId) === term && vote !== replicaKey({ nodeId, directoryId })) {
      const now = vote === undefined ? 'knows of no vote' : `voted for node ${nodeIdOfKey(vote)}`;
      throw new Error(`node ${nodeId} led term ${term}, for which it voted for itself, and as ${life} ${now} in it`);
    }
    if (role === 'leader') this.#ledWith.set(directoryId, term);
  }

  #checkCounting({ nodeId, role, term, life, log }: QuorumView): void {
    if (role !== 'leader') return;
    const office = `${life} ${term}`;
    const seen = this.#offices.get(nodeId);
    if (seen?.office !== office) {
      this.#offices.set(nodeId, { office, commit: log.commit });
      return;
    }
    const committed = log.term(log.commit);
    if (log.commit <= seen.commit || committed === undefined || committed >= term) return;
    throw new Error(
      `${life} leads term ${term} and raised its commit from ${seen.commit} to ${log.commit}, an entry of term ${committed}`,
    );
  }

  #checkVoterChanges({ role, term, life, log }: QuorumView): void {
    if (role !== 'leader') return;
    let changes = 0;
    for (let index = Math.max(log.baseIndex, log.commit) + 1; index <= log.lastIndex; index++) {
      if (log.entry(index).type !== 'voters') continue;
      changes++;
      if (changes > 1) throw new Error(`${life} changes the voters at ${index} before their last change is committed`);
      // The first entry of a new cluster's first term is its voters.
      if (log.term(index) !== term || log.term(index - 1) !== term || log.term(log.commit) === term) continue;
      throw new Error(`${life} changes the voters at ${index} before an entry of its term ${term} is committed`);
    }
  }
}

function sameEntry(a: Entry, b: Entry): boolean {
  return a.type === b.type && Buffer.compare(a.payload, b.payload) === 0;
}
