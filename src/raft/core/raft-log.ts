import { assert, defined } from '../../common/assert.js';
import type { Entry } from './types.js';

/** An entry's cost beside its payload, in the bounds on bytes. */
const ENTRY_OVERHEAD_BYTES = 32;

export function entryBytes(entry: Entry): number {
  return entry.payload.length + ENTRY_OVERHEAD_BYTES;
}

/** A replica's log as others may look at it. */
export type RaftLogView = Pick<RaftLog, 'baseIndex' | 'lastIndex' | 'commit' | 'term' | 'entry'>;

/**
 * The log behind the last snapshot, in memory. Invariants:
 * `base <= applied <= commit <= last`, `base <= stable <= last`, `applied <= stable`, `stable < unstableFrom <= last + 1`,
 * and indexes grow by one.
 */
export class RaftLog {
  #entries: Entry[] = [];
  #baseIndex = 0;
  #baseTerm = 0;
  #commit = 0;
  #applied = 0;
  #stable = 0;
  #unstableFrom = 1;

  constructor(baseIndex: number, baseTerm: number, entries: readonly Entry[]) {
    this.#baseIndex = baseIndex;
    this.#baseTerm = baseTerm;
    for (const entry of entries) {
      assert(entry.index === this.lastIndex + 1, 'the entries of a log are consecutive');
      assert(entry.term >= this.lastTerm, 'terms never fall along a log');
      this.#entries.push(entry);
    }
    this.#commit = baseIndex;
    this.#applied = baseIndex;
    this.#stable = this.lastIndex;
    this.#unstableFrom = this.lastIndex + 1;
  }

  /** The entry before the first one kept. */
  get baseIndex(): number {
    return this.#baseIndex;
  }

  get baseTerm(): number {
    return this.#baseTerm;
  }

  get lastIndex(): number {
    return this.#baseIndex + this.#entries.length;
  }

  get lastTerm(): number {
    const last = this.#entries[this.#entries.length - 1];
    return last === undefined ? this.#baseTerm : last.term;
  }

  get commit(): number {
    return this.#commit;
  }

  /** Handed out to be applied. */
  get applied(): number {
    return this.#applied;
  }

  /** On this replica's stable storage. */
  get stable(): number {
    return this.#stable;
  }

  /** The first entry that no `Persist` has carried yet. */
  get unstableFrom(): number {
    return this.#unstableFrom;
  }

  /** Undefined outside base .. last. */
  term(index: number): number | undefined {
    if (index === this.#baseIndex) return this.#baseTerm;
    return this.#entries[index - this.#baseIndex - 1]?.term;
  }

  /**
   * An entry of that term cannot be what is committed here at `index`. Below the base that shows alone where the term is later
   * than the base's, for terms never fall along a log.
   */
  contradicts(index: number, term: number): boolean {
    if (index > this.#commit) return false;
    return index < this.#baseIndex ? term > this.#baseTerm : term !== this.term(index);
  }

  entry(index: number): Entry {
    return defined(this.#entries[index - this.#baseIndex - 1], 'the entry asked for is in the log');
  }

  /** Entries from..to, both inclusive, as many as fit in `maxBytes` and `maxCount`, one at least. */
  slice(from: number, to: number, maxBytes: number, maxCount: number): Entry[] {
    assert(from > this.#baseIndex && to <= this.lastIndex, 'a slice lies within the log');
    const first = from - this.#baseIndex - 1;
    let end = first;
    const limit = Math.min(to - this.#baseIndex, first + maxCount);
    for (let bytes = 0; end < limit; end++) {
      bytes += entryBytes(defined(this.#entries[end], 'a slice lies within the log'));
      if (bytes > maxBytes && end > first) break;
    }
    return this.#entries.slice(first, end);
  }

  isUpToDate(lastIndex: number, lastTerm: number): boolean {
    return lastTerm > this.lastTerm || (lastTerm === this.lastTerm && lastIndex >= this.lastIndex);
  }

  append(entry: Entry): void {
    assert(entry.index === this.lastIndex + 1, 'an entry is appended at the end');
    assert(entry.term >= this.lastTerm, 'terms never fall along a log');
    this.#entries.push(entry);
  }

  /** Cuts off `from` and all after it. */
  truncate(from: number): void {
    assert(from > this.#commit, 'a committed entry is never cut off');
    assert(from > this.#baseIndex && from <= this.lastIndex, 'a truncation lies within the log');
    this.#entries.length = from - this.#baseIndex - 1;
    this.#stable = Math.min(this.#stable, from - 1);
    this.#unstableFrom = Math.min(this.#unstableFrom, from);
  }

  /** Marks everything as carried by the Persist that is being made. */
  takeUnstable(): Entry[] {
    const taken = this.#entries.slice(this.#unstableFrom - this.#baseIndex - 1);
    this.#unstableFrom = this.lastIndex + 1;
    return taken;
  }

  /**
   * What was persisted up to (index, term); void where it has been cut off since: its term differs, or it is gone, or a
   * later leader brought the same entries again, which the next Persist carries.
   */
  persisted(index: number, term: number): void {
    if (index <= this.#stable || index >= this.#unstableFrom || this.term(index) !== term) return;
    this.#stable = index;
  }

  commitTo(index: number): void {
    assert(index <= this.lastIndex, 'only what is in the log is committed');
    if (index > this.#commit) this.#commit = index;
  }

  /** Committed, stable and not yet handed out. */
  takeCommitted(maxBytes: number, maxCount: number): Entry[] {
    const to = Math.min(this.#commit, this.#stable);
    if (to <= this.#applied) return [];
    const taken = this.slice(this.#applied + 1, to, maxBytes, maxCount);
    this.#applied += taken.length;
    return taken;
  }

  hasCommitted(): boolean {
    return Math.min(this.#commit, this.#stable) > this.#applied;
  }

  /** The state machine starts out with everything up to `index` applied. */
  startAt(applied: number, commit: number): void {
    assert(applied >= this.#baseIndex && applied <= commit && commit <= this.lastIndex, 'base <= applied <= commit');
    this.#applied = applied;
    this.#commit = commit;
  }

  /** The entry behind which there are no more than `maxEntries` of at most `maxBytes` up to `index`. */
  trail(index: number, maxEntries: number, maxBytes: number): number {
    let from = index;
    for (let bytes = 0; from > this.#baseIndex && index - from < maxEntries; from--) {
      bytes += entryBytes(this.entry(from));
      if (bytes > maxBytes) break;
    }
    return from;
  }

  /** Forgets what is at `index` and before it. */
  compact(index: number): void {
    assert(index <= this.#applied, 'only applied entries are forgotten');
    if (index <= this.#baseIndex) return;
    const term = defined(this.term(index), 'the new base is in the log');
    this.#entries = this.#entries.slice(index - this.#baseIndex);
    this.#baseIndex = index;
    this.#baseTerm = term;
  }

  /** Becomes empty behind a snapshot that is yet to be persisted. */
  restore(index: number, term: number): void {
    assert(index > this.#commit, 'a snapshot that is restored is ahead of the log');
    this.#entries = [];
    this.#baseIndex = index;
    this.#baseTerm = term;
    this.#commit = index;
    this.#applied = index;
    this.#stable = index;
    this.#unstableFrom = index + 1;
  }

  /**
   * The greatest index <= `index` whose term is <= `term`: where two logs can agree at best. Lets a leader skip whole
   * terms when it looks for the place where a follower departs from it.
   */
  findAgreement(index: number, term: number): { index: number; term: number } {
    let at = Math.min(index, this.lastIndex);
    for (; at > this.#baseIndex; at--) {
      const here = defined(this.term(at), 'the search stays within the log');
      if (here <= term) return { index: at, term: here };
    }
    // The term below the base is unknown: nothing is claimed about it.
    return at === this.#baseIndex && this.#baseTerm <= term
      ? { index: at, term: this.#baseTerm }
      : { index: at, term: 0 };
  }
}
