import { defined } from '../../common/assert.js';
import type { VoterSet } from './voter-set.js';

interface Step {
  readonly index: number;
  readonly set: VoterSet;
}

/**
 * The voter sets along the log. A set is in effect as soon as it is appended, committed or not (dissertation 4.1), so a
 * truncation brings the one before back.
 */
export class Membership {
  #steps: Step[];

  constructor(index: number, set: VoterSet) {
    this.#steps = [{ index, set }];
  }

  get current(): VoterSet {
    return this.#last().set;
  }

  /** Where the current set stands in the log. */
  get currentIndex(): number {
    return this.#last().index;
  }

  #last(): Step {
    return defined(this.#steps[this.#steps.length - 1], 'there is a voter set at every index');
  }

  /** The set in effect at `index`. */
  at(index: number): VoterSet {
    for (let i = this.#steps.length - 1; i > 0; i--) {
      const step = defined(this.#steps[i], 'the search stays within the sets');
      if (step.index <= index) return step.set;
    }
    return defined(this.#steps[0], 'there is a voter set at every index').set;
  }

  append(index: number, set: VoterSet): void {
    this.#steps.push({ index, set });
  }

  truncate(from: number): void {
    while (this.#steps.length > 1 && this.#last().index >= from) this.#steps.pop();
  }

  compact(index: number): void {
    while (this.#steps.length > 1 && defined(this.#steps[1], 'more than one').index <= index) this.#steps.shift();
  }

  restore(index: number, set: VoterSet): void {
    this.#steps = [{ index, set }];
  }
}
