import type { SeededRandom } from './random.js';

/** Everything that can go wrong, by name. What each does stands at `FaultInjector`. */
export const FAULT_KINDS = [
  'kill',
  'powerOff',
  'powerOffAll',
  'pause',
  'partition',
  'oneWayCut',
  'clog',
  'slowLink',
  'loss',
  'reset',
  'slowDisk',
  'fullDisk',
  'syncFailure',
  'bitFlip',
  'misdirectedRead',
  'clockJump',
  'clockDrift',
  'wipe',
] as const;

export type FaultKind = (typeof FAULT_KINDS)[number];

/**
 * Faults that destroy what was synced, or let a disk lie. A promise allows for a number of replicas that fail so: all
 * of them strike one host of a run, its victim, and no other.
 */
export const DAMAGING: ReadonlySet<FaultKind> = new Set(['syncFailure', 'bitFlip', 'misdirectedRead', 'wipe']);

/** Faults after which every synced byte is still there. */
export const HARMLESS_KINDS: readonly FaultKind[] = FAULT_KINDS.filter((kind) => !DAMAGING.has(kind));

export interface FaultRate {
  readonly kind: FaultKind;
  /** The next one strikes after 0 to twice this. */
  readonly meanEveryMs: number;
  /** It lasts 0 to twice this, where it lasts. */
  readonly meanLastingMs: number;
}

export type FaultPlan = readonly FaultRate[];

/**
 * A swarm (Groce and others, "Swarm testing"): each seed leaves about half of the kinds out and draws how hard the
 * others strike, so that no kind hides another in all seeds.
 */
export function drawFaultPlan(random: SeededRandom, allowed: readonly FaultKind[]): FaultPlan {
  const plan: FaultRate[] = [];
  for (const kind of allowed) {
    const used = random.chance(0.5);
    // Drawn for unused kinds as well: removing a kind from a plan leaves the rest of it as it was.
    const meanEveryMs = spread(random, 400, 6);
    const meanLastingMs = spread(random, 50, 7);
    if (used) plan.push({ kind, meanEveryMs, meanLastingMs });
  }
  return plan;
}

/** From `leastMs` on over some doublings, each of them as likely. */
function spread(random: SeededRandom, leastMs: number, doublings: number): number {
  return leastMs * 2 ** random.below(doublings) * random.between(1, 2);
}

export function formatPlan(plan: FaultPlan): string {
  return plan
    .map(({ kind, meanEveryMs, meanLastingMs }) => {
      return `${kind} every ${Math.round(meanEveryMs)} ms for ${Math.round(meanLastingMs)} ms`;
    })
    .join(', ');
}
