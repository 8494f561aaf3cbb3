import t from 'tap';
import { coverageOf } from '../../scripts/simulation/coverage.js';
import { SWARM_KINDS } from '../../src/simulation/fault-plan.js';

t.test(
  'a soak of 500 seeds with all faults must have been through everything; a smaller one says why not',
  async (t) => {
    const all = { faults: SWARM_KINDS.join(','), plan: '' };
    t.equal(coverageOf(500, all).required, true);
    t.same(coverageOf(499, all), { required: false, word: 'Coverage was not required: 499 seeds are fewer than 500.' });
    const without = { faults: SWARM_KINDS.filter((kind) => kind !== 'syncFailure').join(','), plan: '' };
    t.same(coverageOf(900, without), { required: false, word: 'Coverage was not required: there was no syncFailure.' });
    t.equal(coverageOf(900, { ...all, plan: 'kill every 400 ms for 100 ms' }).required, false);
  },
);
