import type { Random } from '../../src/platform/random.js';

/** Whom a fault hits; found when its turn comes. */
export type ChaosTarget = 'leader' | 'controller' | 'leadingController' | 'any' | 'all';

/**
 * `kill`: SIGKILL, and a start after `downMs`. `pause`: SIGSTOP, and SIGCONT after `downMs`. `wipe`: as `kill`, with the
 * data removed; only done while every ISR is full.
 */
export interface ChaosStep {
  readonly fault: 'kill' | 'pause' | 'wipe';
  readonly target: ChaosTarget;
  /** For `leader`: of which partition, modulo their number. */
  readonly partition: number;
  /** For `any`: which node, modulo their number. */
  readonly node: number;
  readonly downMs: number;
  /** Quiet time after the nodes are back. */
  readonly restMs: number;
}

/** Every kind of fault comes once in each deal, the likelier ones more often: leaders and the controller by preference. */
const DECK: readonly (readonly [ChaosStep['fault'], ChaosTarget])[] = [
  ['kill', 'leader'],
  ['kill', 'controller'],
  ['pause', 'leader'],
  ['kill', 'leadingController'],
  ['kill', 'all'],
  ['kill', 'leader'],
  ['wipe', 'any'],
  ['kill', 'controller'],
  ['pause', 'controller'],
  ['kill', 'any'],
];

const LEAST_DOWN_MS = 300;
const MOST_DOWN_MS = 2_500;
const LEAST_PAUSE_MS = 200;
const MOST_PAUSE_MS = 3_500;
const MOST_REST_MS = 1_500;

/** An endless plan, fixed by `random`. */
export function* chaosPlan(random: Random): Generator<ChaosStep, never, undefined> {
  for (;;) {
    for (const [fault, target] of shuffled(DECK, random)) {
      const [least, most] = fault === 'pause' ? [LEAST_PAUSE_MS, MOST_PAUSE_MS] : [LEAST_DOWN_MS, MOST_DOWN_MS];
      yield {
        fault,
        target,
        partition: random.below(1_000),
        node: random.below(1_000),
        downMs: least + random.below(most - least + 1),
        restMs: random.below(MOST_REST_MS + 1),
      };
    }
  }
}

/** Fisher and Yates'. */
function shuffled<T>(items: readonly T[], random: Random): T[] {
  const mixed = [...items];
  for (let last = mixed.length - 1; last > 0; last--) {
    const other = random.below(last + 1);
    const [a, b] = [mixed[last], mixed[other]];
    if (a === undefined || b === undefined) continue;
    mixed[last] = b;
    mixed[other] = a;
  }
  return mixed;
}
