import type { Fate, Mutant, Outcome } from './mutant.js';

/** What a run of a test file left behind. */
export interface TestRun {
  readonly exitCode: number | undefined;
  readonly timedOut: boolean;
  /** Standard output and error, as TAP. */
  readonly output: string;
}

/** A mutant that only breaks the program proves nothing about the test. */
export const CRASHES = /\b(?:TypeError|ReferenceError|SyntaxError|RangeError|ERR_MODULE_NOT_FOUND|out of memory)\b.*/;
/** Lines of TAP that say what passed, or will be run. */
const PASSED = /^\s*(?:ok \d|# Subtest)/;
const MAX_EVIDENCE = 100;

export interface Verdict {
  readonly fate: Fate;
  readonly evidence: string;
  /** Of the test in the file that it died by: which of its seeds caught it, and of how many, where it has several. */
  readonly seed?: number;
  readonly seeds?: number;
}

/** Whether the test failed, and by what it should. */
export function judge(mutant: Pick<Mutant, 'dies'>, run: TestRun): Verdict {
  if (run.timedOut) return { fate: 'timed out', evidence: 'no end within the time limit' };
  if (run.exitCode === 0) return { fate: 'survived', evidence: 'the test passed' };
  const failures = failuresOf(run.output);
  const crash = CRASHES.exec(failures);
  if (crash !== null) return { fate: 'crashed', evidence: shortened(crash[0]) };
  const death = mutant.dies.exec(failures);
  if (death !== null) return { fate: 'killed', evidence: shortened(death[0]), ...seedOf(mutant.dies, run.output) };
  const first = /not ok \d+ - (.*)/.exec(failures)?.[1] ?? failures.trim().slice(-MAX_EVIDENCE);
  return { fate: 'astray', evidence: shortened(first) };
}

/** What `seedsOf` of test/simulation/seeds.ts told in the test that failed by `dies`, and the seed that its failure names. */
function seedOf(dies: RegExp, output: string): { readonly seed?: number; readonly seeds?: number } {
  for (const test of output.split(/^# Subtest/m)) {
    const failures = failuresOf(test);
    const found = dies.exec(failures);
    if (found === null) continue;
    // Where it has seeds one after the other, those that were told last.
    const told = [...test.slice(0, test.indexOf(found[0])).matchAll(/^ +# seeds 1 to (\d+)$/gm)].at(-1)?.[1];
    if (told === undefined) return {};
    const seed = /\bseed:? (\d+)\b/.exec(found[0])?.[1] ?? /\bseed:? (\d+)\b/.exec(failures)?.[1];
    return { seeds: Number(told), ...(seed === undefined ? {} : { seed: Number(seed) }) };
  }
  return {};
}

/** What caught it, and which seed of how many; a test without seeds is a fixed schedule. */
export function catcherOf({ scenario, seed, seeds }: Pick<Outcome, 'scenario' | 'seed' | 'seeds'>): string {
  if (scenario === undefined) return seed === undefined ? '' : `seed ${seed}, within ${seeds}`;
  const test = scenario.replace(/^dist\/test\/|\.test\.js$/g, '');
  if (seeds === undefined) return `${test}, a fixed schedule`;
  return seed === undefined ? `${test}, ${seeds} seeds` : `${test}, seed ${seed} of ${seeds}`;
}

function failuresOf(output: string): string {
  return output
    .split('\n')
    .filter((line) => !PASSED.test(line))
    .join('\n');
}

export function shortened(text: string): string {
  const line = text
    .replace(/\s+/g, ' ')
    .replace(/ # time=.*/, '')
    .trim();
  return line.length <= MAX_EVIDENCE ? line : `${line.slice(0, MAX_EVIDENCE - 1)}…`;
}
