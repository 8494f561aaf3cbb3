import { fork } from 'node:child_process';
import { EMPTY_TALLY, addTallies } from './tally.js';
import type { Tally } from './tally.js';

/** Which of the seeds of a batch a process runs: every `step`-th one. */
export interface Share {
  readonly first: number;
  readonly step: number;
}

const SHARE_VARIABLE = 'VARVE_SIM_SHARE';

/** This process's share, where another one started it; undefined in the one that a person started. */
export function ownShare(): Share | undefined {
  const text = process.env[SHARE_VARIABLE];
  if (text === undefined) return undefined;
  const [first = 0, step = 1] = text.split('/').map(Number);
  return { first, step };
}

/** Runs this command again in `jobs` processes that share its seeds, and sums up what came of them. */
export async function runJobs(jobs: number): Promise<Tally> {
  const [, script = '', ...args] = process.argv;
  const tallies = await Promise.all(
    Array.from({ length: jobs }, (_, first) => {
      return new Promise<Tally>((resolve, reject) => {
        const env = { ...process.env, [SHARE_VARIABLE]: `${first}/${jobs}` };
        const child = fork(script, args, { env });
        let tally: Tally | undefined;
        child.on('message', (message) => {
          tally = message as Tally;
        });
        child.on('error', reject);
        child.on('exit', (code, signal) => {
          if (tally !== undefined) resolve(tally);
          else reject(new Error(`a process that ran seeds ended without a result (${signal ?? `code ${code}`})`));
        });
      });
    }),
  );
  return tallies.reduce(addTallies, EMPTY_TALLY);
}

/** Gives the result of this process's share to the one that started it. */
export function tellResult(tally: Tally): void {
  process.send?.(tally);
}
