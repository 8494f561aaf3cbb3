import { VarveError } from '../common/errors.js';
import type { Clock, Timer } from '../platform/clock.js';
import type { Random } from '../platform/random.js';

const MAX_FIRST_ID = 2 ** 31;

interface Waiter {
  readonly index: number;
  readonly resolve: () => void;
  readonly reject: (error: VarveError) => void;
}

/** Calls that wait until an index is applied here, in the order of their indexes. */
export class AppliedWaiters {
  #waiters: Waiter[] = [];

  wait(index: number): Promise<void> {
    return new Promise((resolve, reject) => {
      const waiter = { index, resolve, reject };
      let at = this.#waiters.length;
      while (at > 0 && (this.#waiters[at - 1]?.index ?? 0) > index) at--;
      this.#waiters.splice(at, 0, waiter);
    });
  }

  appliedTo(index: number): void {
    let count = 0;
    for (const waiter of this.#waiters) {
      if (waiter.index > index) break;
      count++;
      waiter.resolve();
    }
    if (count > 0) this.#waiters.splice(0, count);
  }

  /** Rejects those whose index is `lost`. */
  reject(lost: (index: number) => boolean, makeError: () => VarveError): void {
    const waiters = this.#waiters;
    this.#waiters = waiters.filter((waiter) => !lost(waiter.index));
    for (const waiter of waiters) if (lost(waiter.index)) waiter.reject(makeError());
  }
}

interface PendingRead {
  readonly resolve: (index: number) => void;
  readonly reject: (error: VarveError) => void;
  readonly deadlineMs: number;
  timer: Timer;
}

export interface ReadIndexOptions {
  readonly clock: Clock;
  readonly random: Random;
  /** Asks once; the answer may never come. */
  readonly ask: (requestId: number) => boolean;
  readonly retryMs: number;
  readonly timeoutMs: number;
  readonly maxPending: number;
}

/** Reads under way: asked again, under a new id, until they are answered or time out. */
export class PendingReads {
  readonly #options: ReadIndexOptions;
  readonly #pending = new Map<number, PendingRead>();
  /** Starts anywhere: a late answer to a read of this node's process before must not pass for one to a read of this. */
  #lastId: number | undefined;

  constructor(options: ReadIndexOptions) {
    this.#options = options;
  }

  /** Rejects with REQUEST_TIMED_OUT, or THROTTLING_QUOTA_EXCEEDED when too many wait. */
  start(): Promise<number> {
    const { clock, timeoutMs, maxPending } = this.#options;
    if (this.#pending.size >= maxPending) {
      return Promise.reject(
        new VarveError('THROTTLING_QUOTA_EXCEEDED', `${maxPending} reads of the quorum wait already: try again later.`),
      );
    }
    return new Promise((resolve, reject) => {
      this.#ask(resolve, reject, clock.monotonicMs() + timeoutMs);
    });
  }

  #ask(resolve: PendingRead['resolve'], reject: PendingRead['reject'], deadlineMs: number): void {
    const { clock, random, ask, retryMs } = this.#options;
    const id = (this.#lastId ?? random.below(MAX_FIRST_ID)) + 1;
    this.#lastId = id;
    const asked = ask(id);
    const delayMs = Math.min(asked ? retryMs : retryMs / 5, Math.max(0, deadlineMs - clock.monotonicMs()));
    const timer = clock.after(delayMs, () => {
      this.#pending.delete(id);
      if (clock.monotonicMs() < deadlineMs) this.#ask(resolve, reject, deadlineMs);
      else reject(new VarveError('REQUEST_TIMED_OUT', 'No leader of the metadata quorum answered in time: try again.'));
    });
    this.#pending.set(id, { resolve, reject, deadlineMs, timer });
  }

  answered(requestId: number, index: number): void {
    const read = this.#pending.get(requestId);
    if (read === undefined) return;
    this.#pending.delete(requestId);
    read.timer.cancel();
    read.resolve(index);
  }

  rejectAll(makeError: () => VarveError): void {
    const reads = [...this.#pending.values()];
    this.#pending.clear();
    for (const read of reads) {
      read.timer.cancel();
      read.reject(makeError());
    }
  }
}
