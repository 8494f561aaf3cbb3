import { SWARM_KINDS } from '../../src/simulation/fault-plan.js';

/** Fewer seeds than that miss this or that by chance. */
const SEEDS_OF_COVERAGE = 500;

/** What seeds were drawn from, as the options of `make sim` have it. */
export interface Drawn {
  readonly faults: string;
  readonly plan: string;
}

/** Whether a soak of so many seeds must have been through everything, and that, or why not, as a sentence. */
export function coverageOf(
  seeds: number,
  { faults, plan }: Drawn,
): { readonly required: boolean; readonly word: string } {
  const drawn = new Set(plan === '' ? faults.split(',') : []);
  const left = SWARM_KINDS.filter((kind) => !drawn.has(kind));
  if (seeds >= SEEDS_OF_COVERAGE && left.length === 0) {
    return { required: true, word: `Of ${seeds} seeds every kind of fault and every rare path must have happened.` };
  }
  const few = seeds < SEEDS_OF_COVERAGE ? `${seeds} seeds are fewer than ${SEEDS_OF_COVERAGE}` : undefined;
  const what = plan === '' ? `there was no ${left.join(', ')}` : 'a plan took the place of what seeds draw';
  return { required: false, word: `Coverage was not required: ${few ?? what}.` };
}
