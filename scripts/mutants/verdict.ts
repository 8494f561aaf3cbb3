import type { Fate, Mutant } from './mutant.js';

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

/** Whether the test failed, and by what it should. */
export function judge(mutant: Pick<Mutant, 'dies'>, run: TestRun): { fate: Fate; evidence: string } {
  if (run.timedOut) return { fate: 'timed out', evidence: 'no end within the time limit' };
  if (run.exitCode === 0) return { fate: 'survived', evidence: 'the test passed' };
  const failures = failuresOf(run.output);
  const crash = CRASHES.exec(failures);
  if (crash !== null) return { fate: 'crashed', evidence: shortened(crash[0]) };
  const death = mutant.dies.exec(failures);
  if (death !== null) return { fate: 'killed', evidence: shortened(withSeed(death[0], failures)) };
  const first = /not ok \d+ - (.*)/.exec(failures)?.[1] ?? failures.trim().slice(-MAX_EVIDENCE);
  return { fate: 'astray', evidence: shortened(first) };
}

/** Which of the seeds of a test caught it. */
function withSeed(evidence: string, failures: string): string {
  const seed = /\bseed (\d+)\b/.exec(failures)?.[1];
  return seed === undefined || /\bseed \d/.test(evidence) ? evidence : `seed ${seed}: ${evidence}`;
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
