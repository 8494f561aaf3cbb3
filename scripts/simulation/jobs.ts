import { fork } from 'node:child_process';
import type { Tally } from './tally.js';

/** Which of the seeds of a batch a process runs: every `step`-th one. */
export interface Share {
  readonly first: number;
  readonly step: number;
}

/** What one seed of a batch came to; `index` counts the seeds of the batch from 0. */
export interface SeedResult {
  readonly index: number;
  readonly lines: readonly string[];
  readonly tally: Tally;
}

const SHARE_VARIABLE = 'VARVE_SIM_SHARE';

/** This process's share, where another one started it; undefined in the one that a person started. */
export function ownShare(): Share | undefined {
  const text = process.env[SHARE_VARIABLE];
  if (text === undefined) return undefined;
  const [first = 0, step = 1] = text.split('/').map(Number);
  return { first, step };
}

/**
 * Runs this command again in `jobs` processes that share its seeds. `take` gets the results in the seeds' order, whoever
 * was quicker.
 */
export async function runJobs(jobs: number, take: (result: SeedResult) => void): Promise<void> {
  const order = new InOrder(take);
  await Promise.all(Array.from({ length: jobs }, (_, first) => runJob(`${first}/${jobs}`, order)));
  order.end();
}

function runJob(share: string, order: InOrder): Promise<void> {
  const [, script = '', ...args] = process.argv;
  return new Promise<void>((resolve, reject) => {
    const child = fork(script, args, { env: { ...process.env, [SHARE_VARIABLE]: share } });
    child.on('message', (message) => order.add(message as SeedResult));
    child.on('error', reject);
    child.on('exit', (code, signal) => {
      if (code === 0) resolve();
      else reject(new Error(`a process that ran seeds broke off (${signal ?? `code ${code}`})`));
    });
  });
}

/** Gives results on by their index; what comes early waits. */
export class InOrder {
  readonly #take: (result: SeedResult) => void;
  readonly #early = new Map<number, SeedResult>();
  #next = 0;

  constructor(take: (result: SeedResult) => void) {
    this.#take = take;
  }

  add(result: SeedResult): void {
    this.#early.set(result.index, result);
    for (let ready = this.#early.get(this.#next); ready !== undefined; ready = this.#early.get(this.#next)) {
      this.#early.delete(this.#next++);
      this.#take(ready);
    }
  }

  /** No more will come: what waits for a seed that nobody ran (the time was over) is given on. */
  end(): void {
    for (const [, result] of [...this.#early].sort(([a], [b]) => a - b)) this.#take(result);
    this.#early.clear();
  }
}

/** Gives a result of this process's share to the one that started it. */
export function tellResult(result: SeedResult): void {
  process.send?.(result);
}
