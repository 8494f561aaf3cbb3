import { assert } from '../../src/common/assert.js';
import type { RaftCore } from '../../src/raft/core/raft-core.js';
import type { Entry } from '../../src/raft/core/types.js';

const EMPTY_HASH = 17;

function hashBytes(hash: number, bytes: Uint8Array): number {
  for (let i = 0; i < bytes.length; i++) hash = Math.imul(hash ^ (bytes[i] as number), 0x01000193);
  return hash | 0;
}

/** Sees all replicas at once and knows what they must not show: the properties of the dissertation's figure 3.2. */
export class CoreChecker {
  readonly #leaders = new Map<number, string>();
  /** Of each (index, term): what the entry holds and the term before it. By induction equal entries mean equal logs. */
  readonly #entries = new Map<string, { readonly hash: number; readonly previousTerm: number }>();
  readonly #committedTerms: number[] = [0];
  /** The state's hash after each index. */
  readonly #states: number[] = [EMPTY_HASH];

  get committed(): number {
    return this.#committedTerms.length - 1;
  }

  get leaderTerms(): number {
    return this.#leaders.size;
  }

  /** Election safety, and leader completeness: a new leader holds all that was ever committed. */
  leaderElected(core: RaftCore): void {
    const before = this.#leaders.get(core.term);
    assert(before === undefined || before === core.self, 'election safety: a term has one leader at most');
    if (before !== undefined) return;
    this.#leaders.set(core.term, core.self);
    const { committed } = this;
    assert(core.lastIndex >= committed, 'leader completeness: a leader has every committed entry');
    for (let index = committed; index > 0; index--) {
      const term = core.termAt(index);
      if (term === undefined) break;
      assert(term === this.#committedTerms[index], 'leader completeness: a leader has every committed entry');
    }
  }

  entryStored(entry: Entry, previousTerm: number): void {
    const key = `${entry.index}.${entry.term}`;
    const known = this.#entries.get(key);
    if (known === undefined) {
      this.#entries.set(key, { hash: hashBytes(EMPTY_HASH, entry.payload), previousTerm });
      return;
    }
    assert(known.previousTerm === previousTerm, 'log matching: equal entries have equal logs before them');
    assert(known.hash === hashBytes(EMPTY_HASH, entry.payload), 'log matching: equal entries hold the same');
  }

  /** State machine safety. Gives back the state's hash after the entry. */
  entryApplied(entry: Entry, stateBefore: number): number {
    const state = hashBytes(Math.imul(stateBefore ^ entry.term, 31) + entry.index, entry.payload);
    if (entry.index === this.#states.length) {
      this.#states.push(state);
      this.#committedTerms.push(entry.term);
      return state;
    }
    assert(entry.index < this.#states.length, 'entries are applied in order');
    assert(this.#states[entry.index] === state, 'state machine safety: one entry at an index, one state after it');
    return state;
  }

  stateAt(index: number): number {
    return this.#states[index] as number;
  }
}
