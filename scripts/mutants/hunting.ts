import { SWARM_KINDS } from '../../src/simulation/fault-plan.js';
import type { Hunt, Mutant, Outcome } from './mutant.js';
import { CRASHES, judge, shortened } from './verdict.js';
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

export type Found = Pick<Outcome, 'fate' | 'evidence' | 'seed' | 'seeds' | 'scenario' | 'otherFailures'>;

/** The code as it is, on which everything that kills a mutant must pass. */
export class SoundCode {
  readonly #workspace: Workspace;
  readonly #limitMs: () => number;
  /** By scenario: each is run once. */
  readonly #scenarios = new Map<string, Promise<boolean>>();

  constructor(workspace: Workspace, limitMs: () => number) {
    this.#workspace = workspace;
    this.#limitMs = limitMs;
  }

  passesScenario(scenario: string): Promise<boolean> {
    const known = this.#scenarios.get(scenario);
    if (known !== undefined) return known;
    const passes = this.#workspace.test(scenario, this.#limitMs()).then(({ exitCode }) => exitCode === 0);
    this.#scenarios.set(scenario, passes);
    return passes;
  }

  async passesSeed(how: Hunt, seed: number): Promise<boolean> {
    return (await this.#workspace.simulate(argumentsOf(how, seed, 1), this.#limitMs())).exitCode === 0;
  }
}

/**
 * Runs the mutant's scenario, or seeds until one fails, and what kills it on the code as it is: there it must pass.
 * `mutated` holds the mutant, compiled.
 */
export async function hunt(mutant: Mutant, mutated: Workspace, sound: SoundCode, limitMs: number): Promise<Found> {
  const how: Hunt = { ...USUAL, ...mutant.hunt };
  const isReal = mutant.onRealProcesses === true;
  const dies = isReal ? mutant.dies : (how.dies ?? mutant.dies);
  const scenario = isReal ? mutant.test : how.scenario;
  if (scenario !== undefined) {
    const verdict = { ...judge({ dies }, await mutated.test(scenario, limitMs)), scenario };
    if (verdict.fate !== 'killed' || (await sound.passesScenario(scenario))) return verdict;
    return { fate: 'astray', evidence: `${scenario} fails on the code as it is, too`, scenario };
  }
  return huntSeeds(how, dies, mutated, sound, limitMs);
}

/** Goes on behind a seed that fails by anything but what the mutant must die by. */
async function huntSeeds(
  how: Hunt,
  dies: RegExp,
  mutated: Workspace,
  sound: SoundCode,
  limitMs: number,
): Promise<Found> {
  const end = how.firstSeed + how.seeds;
  let left = limitMs;
  let otherFailures = 0;
  let strange: string | undefined;
  for (let from = how.firstSeed; from < end && left > 0;) {
    const run = await mutated.simulate([...argumentsOf(how, from, end - from), '--until-failure'], left);
    left -= run.milliseconds;
    const failure = failureIn(run.output);
    if (failure === undefined) {
      if (run.timedOut) break;
      if (run.exitCode !== 0) return crashed(run.output);
      return strange === undefined
        ? { fate: 'survived', evidence: `${how.seeds} seeds saw nothing` }
        : { fate: 'astray', evidence: `${otherFailures} seeds failed, the first by: ${strange}` };
    }
    const { seed, reason } = failure;
    if (CRASHES.test(reason)) return crashed(reason);
    const death = dies.exec(reason);
    if (death !== null) {
      const seeds = seed - how.firstSeed + 1;
      if (await sound.passesSeed(how, seed)) {
        return { fate: 'killed', evidence: shortened(death[0]), seed, seeds, otherFailures };
      }
      return { fate: 'astray', evidence: `seed ${seed} fails on the code as it is, too` };
    }
    strange ??= shortened(reason);
    otherFailures++;
    from = seed + 1;
  }
  return { fate: 'timed out', evidence: strange ?? 'no seed failed within the time limit' };
}

function crashed(output: string): Found {
  return { fate: 'crashed', evidence: shortened(CRASHES.exec(output)?.[0] ?? output.trim().slice(-200)) };
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

/** The first seed that failed, and by what: the invariant or the assertion, and the anomalies of the history. */
export function failureIn(output: string): { readonly seed: number; readonly reason: string } | undefined {
  const found = /^seed (\d+), at [\d.]+ ms: (.*)$/m.exec(output);
  if (found === null) return undefined;
  const anomalies = [...output.matchAll(/^[\w-]+: \d+$/gm)].map(([line]) => line);
  return { seed: Number(found[1]), reason: [found[2] ?? '', ...anomalies].join('; ') };
}
