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
  'hungDisk',
] as const;

export type FaultKind = (typeof FAULT_KINDS)[number];

/**
 * Faults that destroy what was synced, or let a disk lie. A promise allows for a number of replicas that fail so: all
 * of them strike one host of a run, its victim, and no other.
 */
export const DAMAGING: ReadonlySet<FaultKind> = new Set(['syncFailure', 'bitFlip', 'misdirectedRead', 'wipe']);

/** Faults after which every synced byte is still there. */
export const HARMLESS_KINDS: readonly FaultKind[] = FAULT_KINDS.filter((kind) => !DAMAGING.has(kind));

/** What the people who run a cluster do to it, faults or no faults. What each does stands at `Operator`. */
export const CHANGE_KINDS = [
  'rollingRestart',
  'reassign',
  'electPreferred',
  'transferQuorum',
  'exchangeVoter',
  'recreateTopic',
  'alterConfigs',
  'deleteRecords',
] as const;

export type ChangeKind = (typeof CHANGE_KINDS)[number];

/** All that a seed of a whole cluster draws from. */
export type SwarmKind = FaultKind | ChangeKind;

export const SWARM_KINDS: readonly SwarmKind[] = [...FAULT_KINDS, ...CHANGE_KINDS];

export interface Rate<Kind extends SwarmKind> {
  readonly kind: Kind;
  /** The next one strikes after 0 to twice this. */
  readonly meanEveryMs: number;
  /** It lasts 0 to twice this, where it lasts. */
  readonly meanLastingMs: number;
}

export type FaultRate = Rate<FaultKind>;
export type ChangeRate = Rate<ChangeKind>;
export type FaultPlan = readonly FaultRate[];
export type SwarmPlan = readonly Rate<SwarmKind>[];

export function isFault(rate: Rate<SwarmKind>): rate is FaultRate {
  return (FAULT_KINDS as readonly SwarmKind[]).includes(rate.kind);
}

export function isChange(rate: Rate<SwarmKind>): rate is ChangeRate {
  return (CHANGE_KINDS as readonly SwarmKind[]).includes(rate.kind);
}

/**
 * A swarm (Groce and others, "Swarm testing"): each seed leaves about half of the kinds out and draws how hard the
 * others strike, so that no kind hides another in all seeds.
 */
export function drawFaultPlan<Kind extends SwarmKind>(random: SeededRandom, allowed: readonly Kind[]): Rate<Kind>[] {
  const plan: Rate<Kind>[] = [];
  for (const kind of allowed) {
    const used = random.chance(0.5);
    // Drawn for unused kinds as well: removing a kind from a plan leaves the rest of it as it was.
    const meanEveryMs = spread(random, 400, 6);
    const meanLastingMs = spread(random, 50, 7);
    if (used) plan.push({ kind, meanEveryMs, meanLastingMs });
  }
  return plan;
}

/** From `leastMs` on over some doublings, each of them as likely; whole, so that a plan's text is the plan. */
function spread(random: SeededRandom, leastMs: number, doublings: number): number {
  return Math.round(leastMs * 2 ** random.below(doublings) * random.between(1, 2));
}

export function formatPlan(plan: SwarmPlan): string {
  return plan
    .map(({ kind, meanEveryMs, meanLastingMs }) => {
      return `${kind} every ${meanEveryMs} ms for ${meanLastingMs} ms`;
    })
    .join(', ');
}

/** The inverse of `formatPlan`; undefined when the text is no plan. */
export function parsePlan(text: string): SwarmPlan | undefined {
  const plan: Rate<SwarmKind>[] = [];
  for (const part of text.split(',')) {
    const found = /^\s*(\w+) every (\d+) ms for (\d+) ms\s*$/.exec(part);
    const kind = SWARM_KINDS.find((name) => name === found?.[1]);
    if (found === null || kind === undefined) return undefined;
    plan.push({ kind, meanEveryMs: Number(found[2]), meanLastingMs: Number(found[3]) });
  }
  return plan;
}
