import { assert, defined } from '../../common/assert.js';

/**
 * The greatest value that a majority of `values` reaches: with match indexes what a majority has stored, with read
 * sequences what a majority has confirmed. 0 for no values. Reorders `values`.
 */
export function majorityValue(values: number[]): number {
  if (values.length === 0) return 0;
  values.sort((a, b) => b - a);
  const value = defined(values[Math.floor(values.length / 2)], 'a majority has a least member');
  assert(value >= 0, 'progress is never negative');
  return value;
}

export type VoteOutcome = 'won' | 'lost' | 'open';

export function countVotes(voters: readonly string[], votes: ReadonlyMap<string, boolean>): VoteOutcome {
  let granted = 0;
  let refused = 0;
  for (const voter of voters) {
    const vote = votes.get(voter);
    if (vote === true) granted++;
    else if (vote === false) refused++;
  }
  const majority = Math.floor(voters.length / 2) + 1;
  if (granted >= majority) return 'won';
  return voters.length - refused < majority ? 'lost' : 'open';
}
