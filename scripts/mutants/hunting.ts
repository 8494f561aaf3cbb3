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
  seeds: 40,
  seconds: 4,
  nodes: 3,
};

export type Verdict = Pick<Outcome, 'fate' | 'evidence' | 'seed' | 'seeds'>;

/**
 * Runs seeds on the mutant until one fails, and that seed on the code as it is: there it must pass. `mutated` holds the
 * mutant, compiled; `sound` the code as it is.
 */
export async function hunt(mutant: Mutant, mutated: Workspace, sound: Workspace, limitMs: number): Promise<Verdict> {
  const how: Hunt = { ...USUAL, ...mutant.hunt };
  if (how.scenario !== undefined) return judge(mutant, await mutated.test(how.scenario, limitMs));
  const run = await mutated.simulate([...argumentsOf(how, how.firstSeed, how.seeds), '--until-failure'], limitMs);
  const failure = failureIn(run, how);
  if (failure.seed === undefined) return failure;
  const again = await sound.simulate(argumentsOf(how, failure.seed, 1), limitMs);
  if (again.exitCode === 0) return failure;
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
