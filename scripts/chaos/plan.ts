import type { Random } from '../../src/platform/random.js';
import type { NetworkFaultKind } from './network/chaos-network.js';

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

/** What is struck and whom, by name: `kill leader`. */
export function cardOf({ fault, target }: Pick<ChaosStep, 'fault' | 'target'>): string {
  return `${fault} ${target}`;
}

/** Each card of the deck, once. */
export const CARDS: readonly string[] = [...new Set(DECK.map(([fault, target]) => cardOf({ fault, target })))];

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

/** Whom a fault of the network hits first; the other side is drawn from the other nodes and the clients. */
export type NetworkTarget = 'leader' | 'controller' | 'any' | 'clients';

export interface NetworkStep {
  readonly kind: NetworkFaultKind;
  readonly target: NetworkTarget;
  /** For `leader`: of which partition, modulo their number; for `any`: which node. */
  readonly pick: number;
  /** The other side, modulo the number of those that are left. */
  readonly other: number;
  /** The direction of a one-way cut. */
  readonly isBackward: boolean;
  readonly latencyMs: number;
  readonly bytesPerSecond: number;
  readonly forMs: number;
  readonly restMs: number;
}

/** Cuts come more often than what only slows down; each kind comes in each deal. */
const NETWORK_DECK: readonly (readonly [NetworkFaultKind, NetworkTarget])[] = [
  ['cut', 'leader'],
  ['reset', 'controller'],
  ['oneWay', 'leader'],
  ['clog', 'controller'],
  ['cut', 'controller'],
  ['latency', 'leader'],
  ['oneWay', 'controller'],
  ['slow', 'any'],
  ['cut', 'clients'],
  ['reset', 'leader'],
  ['oneWay', 'clients'],
  ['clog', 'leader'],
];

export function networkCardOf({ kind, target }: Pick<NetworkStep, 'kind' | 'target'>): string {
  return `${kind} ${target}`;
}

/** Each card that a network with these kinds of faults can play, once. */
export function networkCards(kinds: readonly NetworkFaultKind[]): readonly string[] {
  return NETWORK_DECK.filter(([kind]) => kinds.includes(kind)).map(([kind, target]) => networkCardOf({ kind, target }));
}

const LEAST_FAULT_MS = 200;
const MOST_FAULT_MS = 4_000;
const LEAST_LATENCY_MS = 5;
const MOST_LATENCY_MS = 250;
const LEAST_BYTES_PER_SECOND = 20_000;
const MOST_BYTES_PER_SECOND = 400_000;
const MOST_CALM_MS = 1_500;

/** An endless plan of faults of the network, fixed by `random`; goes on beside that of the processes. */
export function* networkPlan(
  random: Random,
  kinds: readonly NetworkFaultKind[],
): Generator<NetworkStep, void, undefined> {
  const deck = NETWORK_DECK.filter(([kind]) => kinds.includes(kind));
  const between = (least: number, most: number): number => least + random.below(most - least + 1);
  while (deck.length > 0) {
    for (const [kind, target] of shuffled(deck, random)) {
      yield {
        kind,
        target,
        pick: random.below(1_000),
        other: random.below(1_000),
        isBackward: random.below(2) === 1,
        latencyMs: between(LEAST_LATENCY_MS, MOST_LATENCY_MS),
        bytesPerSecond: between(LEAST_BYTES_PER_SECOND, MOST_BYTES_PER_SECOND),
        forMs: between(LEAST_FAULT_MS, MOST_FAULT_MS),
        restMs: between(0, MOST_CALM_MS),
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
