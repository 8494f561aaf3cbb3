import { SWARM_KINDS } from '../../src/simulation/fault-plan.js';
import type { Hunt, Mutant, Outcome } from './mutant.js';
import { CRASHES, judge, shortened } from './verdict.js';
import type { TestRun } from './verdict.js';
import type { Workspace } from './workspace.js';

/** What is still open with disks that lie would be taken for the mutant's death. */
const LYING: ReadonlySet<string> = new Set(['syncFailure', 'misdirectedRead']);

const USUAL: Hunt = {
  kinds: SWARM_KINDS.filter((kind) => !LYING.has(kind)),
  firstSeed: 1,
  seeds: 100,
  seconds: 4,
  nodes: 3,
};

export type Verdict = Pick<Outcome, 'fate' | 'evidence' | 'seed' | 'seeds' | 'scenario'>;

/** The code as it is, on which everything that kills a mutant must pass. */
export class SoundCode {
  readonly #workspace: Workspace;
  readonly #limitMs: number;
  /** By scenario: each is run once. */
  readonly #scenarios = new Map<string, Promise<boolean>>();

  constructor(workspace: Workspace, limitMs: number) {
    this.#workspace = workspace;
    this.#limitMs = limitMs;
  }

  passesScenario(scenario: string): Promise<boolean> {
    const known = this.#scenarios.get(scenario);
    if (known !== undefined) return known;
    const passes = this.#workspace.test(scenario, this.#limitMs).then(({ exitCode }) => exitCode === 0);
    this.#scenarios.set(scenario, passes);
    return passes;
  }

  async passesSeed(how: Hunt, seed: number): Promise<boolean> {
    return (await this.#workspace.simulate(argumentsOf(how, seed, 1), this.#limitMs)).exitCode === 0;
  }
}

/**
 * Runs the mutant's scenario, or seeds until one fails, and what kills it on the code as it is: there it must pass.
 * `mutated` holds the mutant, compiled.
 */
export async function hunt(mutant: Mutant, mutated: Workspace, sound: SoundCode, limitMs: number): Promise<Verdict> {
  const how: Hunt = { ...USUAL, ...mutant.hunt };
  const scenario = mutant.onRealProcesses === true ? mutant.test : how.scenario;
  if (scenario !== undefined) {
    const verdict = { ...judge(mutant, await mutated.test(scenario, limitMs)), scenario };
    if (verdict.fate !== 'killed' || (await sound.passesScenario(scenario))) return verdict;
    return { fate: 'astray', evidence: `${scenario} fails on the code as it is, too`, scenario };
  }
  const run = await mutated.simulate([...argumentsOf(how, how.firstSeed, how.seeds), '--until-failure'], limitMs);
  const failure = failureIn(run, how);
  if (failure.seed === undefined) return failure;
  if (await sound.passesSeed(how, failure.seed)) return failure;
  return { fate: 'astray', evidence: `seed ${failure.seed} fails on the code as it is, too` };
}

function argumentsOf(how: Hunt, seed: number, count: number): string[] {
  const drawn = how.plan === undefined ? ['--faults', how.kinds.join(',')] : ['--plan', how.plan];
  const { seconds, nodes, plain = false, thin = false, lookEveryMs } = how;
  return [
    ...['--seed', `${seed}`, '--count', `${count}`, '--seconds', `${seconds}`, '--nodes', `${nodes}`, ...drawn],
    ...(plain ? ['--plain'] : []),
    ...(thin ? ['--thin'] : []),
    ...(lookEveryMs === undefined ? [] : ['--look-every', `${lookEveryMs}`]),
  ];
}

function failureIn(run: TestRun, how: Hunt): Verdict {
  const found = /^seed (\d+), at [\d.]+ ms: (.*)$/m.exec(run.output);
  if (found === null) {
    if (run.timedOut) return { fate: 'timed out', evidence: 'no seed failed within the time limit' };
    if (run.exitCode === 0) return { fate: 'survived', evidence: `${how.seeds} seeds saw nothing` };
    const crash = CRASHES.exec(run.output);
    return { fate: 'crashed', evidence: shortened(crash?.[0] ?? run.output.trim().slice(-200)) };
  }
  const reason = found[2] ?? '';
  const anomaly = /ANOMALIES$/.test(reason) ? /^([\w-]+): \d+$/m.exec(run.output)?.[0] : undefined;
  const crash = CRASHES.exec(reason);
  if (crash !== null) return { fate: 'crashed', evidence: shortened(crash[0]) };
  const seed = Number(found[1]);
  const evidence = shortened(anomaly ?? reason.replace(/^[^:]+: (?:(?:Error|InvariantViolation): )?/, ''));
  return { fate: 'killed', evidence, seed, seeds: seed - how.firstSeed + 1 };
}
