import { VarveError } from '../common/errors.js';
import type { Offset } from '../common/ids.js';

interface Waiter {
  readonly offset: Offset;
  readonly deadlineMs: number;
  readonly resolve: () => void;
  readonly reject: (error: VarveError) => void;
  readonly forget: () => void;
}

/**
 * DeleteRecords of one partition that wait until every in-sync replica has stored their offset as its log's start. Without
 * that a replica that is elected, or restarts, would serve again what the answer called deleted.
 */
export class RecordDeletions {
  #waiters: Waiter[] = [];
  #promisedOffset: Offset;

  /** What an earlier leader promised is in `startOffset`: its in-sync replicas, of which this one was, had stored it. */
  constructor(startOffset: Offset) {
    this.#promisedOffset = startOffset;
  }

  /** What every member of the ISR has, or is waited for to have: a replica may join when its log's start is there. */
  get promisedOffset(): Offset {
    return this.#promisedOffset;
  }

  /** Rejects with REQUEST_TIMED_OUT, also when `signal` is aborted: what was begun goes on, and nobody waits for it. */
  wait(offset: Offset, deadlineMs: number, signal?: AbortSignal): Promise<void> {
    this.#promisedOffset = Math.max(this.#promisedOffset, offset);
    return new Promise((resolve, reject) => {
      const giveUp = (): void => {
        for (const waiter of this.#take((one) => one.reject === reject)) waiter.reject(notInTime());
      };
      const forget = (): void => signal?.removeEventListener('abort', giveUp);
      this.#waiters.push({ offset, deadlineMs, resolve, reject, forget });
      signal?.addEventListener('abort', giveUp, { once: true });
      if (signal?.aborted === true) giveUp();
    });
  }

  /** Every in-sync replica has stored a log start of at least what `lowWatermark` gives: asked when somebody waits. */
  reached(lowWatermark: () => Offset): void {
    if (this.#waiters.length === 0) return;
    const least = lowWatermark();
    for (const waiter of this.#take(({ offset }) => offset <= least)) waiter.resolve();
  }

  expire(nowMs: number): void {
    if (this.#waiters.length === 0) return;
    for (const waiter of this.#take(({ deadlineMs }) => deadlineMs <= nowMs)) waiter.reject(notInTime());
  }

  fail(error: VarveError): void {
    for (const waiter of this.#take(() => true)) waiter.reject(error);
  }

  #take(isTaken: (waiter: Waiter) => boolean): Waiter[] {
    const taken = this.#waiters.filter(isTaken);
    this.#waiters = this.#waiters.filter((waiter) => !isTaken(waiter));
    for (const waiter of taken) waiter.forget();
    return taken;
  }
}

function notInTime(): VarveError {
  return new VarveError(
    'REQUEST_TIMED_OUT',
    'The in-sync replicas did not all delete the records in time; they may still do so. Send it again.',
  );
}
