import type { Logger } from '../platform/observe.js';

export interface DiskWatchOptions {
  /** When the oldest work of each disk that is under way began, in monotonic milliseconds; undefined: there is none. */
  readonly oldestWorkMs: () => readonly (number | undefined)[];
  readonly logger: Logger;
}

/** A write or sync that takes longer hangs: it may never end. The same as for a leader of the quorum. */
const HANGS_AFTER_MS = 3_000;
/** After the process itself was held up, the first look finds work that is done and not heard of yet: it counts if it stays. */
const SEEN_AGAIN_MS = 100;
/**
 * For how long a disk has to work before it is trusted again; twice as long each time that it hangs anew. Not without end: a
 * replica on trial is one that its partitions lack.
 */
const LEAST_TRIAL_MS = 10_000;
const GREATEST_TRIAL_MS = 40_000;
/** A disk that has worked for so long has the shortest trial again. */
const FORGIVEN_AFTER_MS = 600_000;

/**
 * Tells whether a disk of this node hangs. A stall of seconds is common under load, so nothing is concluded from one before it
 * is out of the ordinary, and a disk that stalls again and again does not have leaders go to and fro: each time it is on trial for
 * longer.
 */
export class DiskWatch {
  readonly #options: DiskWatchOptions;
  /** Work that was found overdue: when it began, and when it was first found so. */
  #suspect: { readonly workMs: number; readonly seenMs: number } | undefined;
  #hangs = false;
  #lastHungMs = 0;
  #trustedMs = Number.NEGATIVE_INFINITY;
  #trialMs = LEAST_TRIAL_MS;

  constructor(options: DiskWatchOptions) {
    this.#options = options;
  }

  /** To be called a few times a second. Whether others should do what this node's disks cannot. */
  look(nowMs: number): boolean {
    const oldestMs = Math.min(...this.#options.oldestWorkMs().map((startMs) => startMs ?? nowMs));
    const isOverdue = nowMs - oldestMs > HANGS_AFTER_MS;
    if (!isOverdue) this.#suspect = undefined;
    else if (this.#suspect?.workMs !== oldestMs) this.#suspect = { workMs: oldestMs, seenMs: nowMs };
    if (this.#suspect !== undefined && nowMs - this.#suspect.seenMs >= SEEN_AGAIN_MS) this.#hung(nowMs);
    else if (this.#hangs && nowMs - this.#lastHungMs >= this.#trialMs) this.#trust(nowMs);
    return this.#hangs;
  }

  #hung(nowMs: number): void {
    this.#lastHungMs = nowMs;
    if (this.#hangs) return;
    this.#hangs = true;
    const isAgain = nowMs - this.#trustedMs < FORGIVEN_AFTER_MS;
    this.#trialMs = isAgain ? Math.min(2 * this.#trialMs, GREATEST_TRIAL_MS) : LEAST_TRIAL_MS;
    this.#options.logger.error(
      { hangsAfterMs: HANGS_AFTER_MS },
      'A disk of this node does not finish what it is at: other nodes lead what they can. Look at the disk.',
    );
  }

  #trust(nowMs: number): void {
    this.#hangs = false;
    this.#trustedMs = nowMs;
    this.#options.logger.info({ afterMs: this.#trialMs }, 'The disk works again: this node may lead partitions.');
  }
}
