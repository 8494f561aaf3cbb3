import type { SwarmKind } from './fault-plan.js';

/** One fault or change as it happened. */
export interface Strike {
  /** Its kind, and its number among those of that kind, from 0: `kill.3`. The same in each run of a seed and plan. */
  readonly name: string;
  readonly what: string;
}

export function strikeName(kind: SwarmKind, count: number): string {
  return `${kind}.${count}`;
}

/** Which strikes of a plan happen, and which did. */
export class Strikes {
  readonly #only: ReadonlySet<string> | undefined;
  readonly #happened: Strike[] = [];

  /** `only`: all others are left out; undefined: none is. */
  constructor(only?: readonly string[]) {
    this.#only = only === undefined ? undefined : new Set(only);
  }

  allows(name: string): boolean {
    return this.#only?.has(name) ?? true;
  }

  happened(name: string, what: string): void {
    this.#happened.push({ name, what });
  }

  /** In the order in which they happened. */
  get all(): readonly Strike[] {
    return this.#happened;
  }
}
