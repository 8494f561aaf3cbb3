import { SoundCode, hunt } from './hunting.js';
import type { Mutant, Outcome } from './mutant.js';
import { catcherOf, judge } from './verdict.js';
import { Workspace } from './workspace.js';

export interface TrialOptions {
  /** By the simulation alone, or by the test that guards each. */
  readonly by: 'sim' | 'test';
  /** How many at once. */
  readonly jobs: number;
  /** For one test, or the seeds of one mutant. */
  readonly limitMs: number;
  /** For all of them together; what is not tried by then has timed out. */
  readonly totalMs?: number;
  /** Where copies of the project are made, and removed. */
  readonly directory: string;
  /** Hears of each as it comes. */
  readonly told: (outcome: Outcome) => void;
}

/** Tests that fail by themselves kill nothing: each must pass on the code as it is. */
async function baseline(workspaces: readonly Workspace[], mutants: readonly Mutant[], limitMs: number): Promise<void> {
  const tests = [...new Set(mutants.map((mutant) => mutant.test))];
  await share(workspaces, tests, async (workspace, test) => {
    const run = await workspace.test(test, limitMs);
    if (run.exitCode !== 0) throw new Error(`${test} fails on the code as it is:\n${run.output.slice(-4000)}`);
  });
}

type Trial = (workspace: Workspace, mutant: Mutant, limitMs: number) => Promise<Omit<Outcome, 'mutant' | 'seconds'>>;

const byTest: Trial = async (workspace, mutant, limitMs) => judge(mutant, await workspace.test(mutant.test, limitMs));

function bySimulation(sound: SoundCode): Trial {
  return (workspace, mutant, limitMs) => hunt(mutant, workspace, sound, limitMs);
}

async function tryMutant(workspace: Workspace, mutant: Mutant, trial: Trial, limitMs: number): Promise<Outcome> {
  const started = performance.now();
  const seconds = (): number => (performance.now() - started) / 1000;
  if (limitMs <= 0) return { mutant, fate: 'timed out', evidence: 'no time was left for it', seconds: 0 };
  try {
    const misfit = await workspace.apply(mutant.edits);
    if (misfit !== undefined) return { mutant, fate: 'misfit', evidence: misfit, seconds: seconds() };
    const complaints = await workspace.compile();
    if (complaints !== undefined) return { mutant, fate: 'not compiled', evidence: complaints, seconds: seconds() };
    return { mutant, ...(await trial(workspace, mutant, limitMs)), seconds: seconds() };
  } finally {
    await workspace.restore();
  }
}

/** Each item once, by whichever workspace is free; stops at the first rejection. */
async function share<T>(
  workspaces: readonly Workspace[],
  items: readonly T[],
  work: (workspace: Workspace, item: T) => Promise<void>,
): Promise<void> {
  const queue = [...items];
  const lane = async (workspace: Workspace): Promise<void> => {
    for (let item = queue.shift(); item !== undefined; item = queue.shift()) {
      try {
        await work(workspace, item);
      } catch (error) {
        queue.length = 0;
        throw error;
      }
    }
  };
  const lanes = await Promise.allSettled(workspaces.map(lane));
  for (const result of lanes) if (result.status === 'rejected') throw result.reason;
}

/** Tries each mutant, in a copy of the project in the present folder, which is built. */
export async function tryAll(mutants: readonly Mutant[], options: TrialOptions): Promise<Outcome[]> {
  const { by, jobs, limitMs, totalMs = Infinity, directory, told } = options;
  const endMs = performance.now() + totalMs;
  const limit = (): number => Math.min(limitMs, endMs - performance.now());
  const workspaces: Workspace[] = [];
  const copy = (): Promise<Workspace> => Workspace.create(process.cwd(), directory);
  const sound = await copy();
  try {
    for (let i = 0; i < Math.min(jobs, mutants.length); i++) workspaces.push(await copy());
    if (by === 'test') await baseline(workspaces, mutants, limitMs);
    const trial = by === 'sim' ? bySimulation(new SoundCode(sound, limit)) : byTest;
    const outcomes: Outcome[] = [];
    await share(workspaces, mutants, async (workspace, mutant) => {
      const outcome = await tryMutant(workspace, mutant, trial, limit());
      outcomes.push(outcome);
      told(outcome);
    });
    return mutants.flatMap((mutant) => outcomes.filter((outcome) => outcome.mutant === mutant));
  } finally {
    for (const workspace of [...workspaces, sound]) await workspace.remove();
  }
}

/** One line: what became of it, and which seed of which scenario, or of whole clusters, caught it. */
export function formatOutcome(outcome: Outcome): string {
  const { mutant, fate, evidence, seconds } = outcome;
  return `${fate.padEnd(12)} ${mutant.name} (${seconds.toFixed(0)} s): ${catcherOf(outcome)}: ${evidence}`;
}
