import type { SwarmKind } from '../../src/simulation/fault-plan.js';

/** One place of a mutant: `find` stands exactly once in `file` and gives way to `replace`. */
export interface Edit {
  readonly file: string;
  readonly find: string;
  readonly replace: string;
}

/**
 * The code without one of its mends. Where several mends do the same work, one of them alone may be missed by nobody: they
 * are taken out together.
 */
export interface Mutant {
  readonly name: string;
  /** What the mend is against, in the words of docs/PROTOCOL.md. */
  readonly hazard: string;
  readonly edits: readonly Edit[];
  /** The compiled test that must fail. */
  readonly test: string;
  /** The invariant, the assertion or the named test by which it must fail. */
  readonly dies: RegExp;
  /** The mend lives in `platform/node`, which the simulation does without: `test` runs real processes, and it alone counts. */
  readonly onRealProcesses?: boolean;
  /** How the simulation alone looks for it, where the usual swarm would take too many seeds. */
  readonly hunt?: Partial<Hunt>;
}

/** Seeds of whole clusters, one after the other, until one fails. */
export interface Hunt {
  /** Kinds of faults and changes that seeds draw from. */
  readonly kinds: readonly SwarmKind[];
  /** The faults and their rates, instead of what seeds draw. */
  readonly plan?: string;
  readonly firstSeed: number;
  readonly seeds: number;
  /** Of simulated time with faults. */
  readonly seconds: number;
  readonly nodes: number;
  /** Producers know only the nodes that they were given: batches are forwarded for them. */
  readonly thin?: boolean;
  /** Nodes with the default settings, not with what seeds draw. */
  readonly plain?: boolean;
  /** Milliseconds between two looks at the invariants. */
  readonly lookEveryMs?: number;
  /** A scenario of its own in the simulation, run over seeds of its own: a compiled test, which must fail by `dies`. */
  readonly scenario?: string;
  /** The invariant, the assertion or the anomaly by which a seed must fail, where it is not by the mutant's `dies`. */
  readonly dies?: RegExp;
}

/**
 * `survived`: the test passed. `astray`: it failed, but not by what the mutant must die by. `misfit`: the code has changed,
 * and the table must follow.
 */
export type Fate = 'killed' | 'survived' | 'astray' | 'crashed' | 'timed out' | 'not compiled' | 'misfit';

export interface Outcome {
  readonly mutant: Mutant;
  readonly fate: Fate;
  /** What it died by, or what was seen instead. */
  readonly evidence: string;
  /** Of whole clusters: which seed caught it, and how many it took. Of a scenario: which, of how many it has; absent: no seeds. */
  readonly seed?: number;
  readonly seeds?: number;
  /** Seeds that failed on the way, but by something else: they count for nothing. */
  readonly otherFailures?: number;
  /** The test that it was tried by, where no seeds of whole clusters were: a scenario, or one with real processes. */
  readonly scenario?: string;
  readonly seconds: number;
}
