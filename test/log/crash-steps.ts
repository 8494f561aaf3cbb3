import { FakeDisk, Seeded } from './fake-disk.js';
import { settle } from './support.js';

/** What is done to a log, and what must hold of the disk after a crash in the midst of it. */
export interface CrashTrial {
  readonly work: () => Promise<unknown>;
  readonly check: () => Promise<void>;
}

export interface CrashSteps {
  readonly how: 'mix' | 'loseAll' | 'keepAll';
  /** Another one lets other calls, and other halves of what was not synced, take effect; default 0. */
  readonly seed?: number;
  /** From one number of calls to the next; default 1. */
  readonly stride?: (step: number) => number;
  /** Brings the disk to where the work begins. */
  readonly prepare: (disk: FakeDisk, step: number) => Promise<CrashTrial>;
}

/** Far more than any work takes. */
const MAX_STEPS = 10_000;

/**
 * Lets the power go after so many of the disk's calls, one more each time on a new disk, until the work ends before. Calls
 * under way at the same time take effect in any order, which the number of calls seeds. Gives how often the power went.
 */
export async function crashAtEachStep({ how, seed = 0, stride = () => 1, prepare }: CrashSteps): Promise<number> {
  let crashes = 0;
  for (let step = 0; step < MAX_STEPS; step += stride(step)) {
    const random = new Seeded(seed * MAX_STEPS + step);
    const disk = new FakeDisk();
    const { work, check } = await prepare(disk, step);
    disk.manual = true;
    let done = false;
    void work().then(() => (done = true));
    for (let turn = 0; turn < step && !done; turn++) {
      await settle(40);
      disk.runOne(random);
    }
    if (done) return crashes;
    disk.manual = false;
    disk.crash(random, how);
    crashes++;
    await check();
  }
  throw new Error(`the work has not ended within ${MAX_STEPS} calls`);
}
