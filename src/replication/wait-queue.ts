import type { Offset } from '../common/ids.js';
import { VarveError } from '../common/errors.js';

/** Told once: without an error the offset was reached. */
export type WaitDone = (error: VarveError | undefined) => void;

interface Waiter {
  readonly offset: Offset;
  readonly deadlineMs: number;
  readonly done: WaitDone;
}

/**
 * Produces of one partition that wait for an offset (the high watermark, or the leader's own sync), first in first out:
 * acknowledgements of a partition keep the order of its batches. A duplicate may wait for less than those before it; it
 * then waits a little longer than it must.
 */
export class WaitQueue {
  /** Who was answered is taken out at once, not when the list is shortened: its closure holds a whole batch. */
  #waiters: Array<Waiter | undefined> = [];
  #head = 0;

  get size(): number {
    return this.#waiters.length - this.#head;
  }

  add(offset: Offset, deadlineMs: number, done: WaitDone): void {
    this.#waiters.push({ offset, deadlineMs, done });
  }

  /** Answers those whose offset is at or below `reached`. */
  reached(reached: Offset): void {
    for (;;) {
      const waiter = this.#waiters[this.#head];
      if (waiter === undefined || waiter.offset > reached) break;
      this.#waiters[this.#head++] = undefined;
      waiter.done(undefined);
    }
    if (this.#head > 64 && this.#head * 2 > this.#waiters.length) {
      this.#waiters = this.#waiters.slice(this.#head);
      this.#head = 0;
    }
  }

  /** Fails those whose time is over; the batch stays in the log, as Kafka has it. */
  expire(nowMs: number): void {
    if (this.size === 0) return;
    const left: Waiter[] = [];
    const late: Waiter[] = [];
    for (let i = this.#head; i < this.#waiters.length; i++) {
      const waiter = this.#waiters[i];
      if (waiter !== undefined) (waiter.deadlineMs <= nowMs ? late : left).push(waiter);
    }
    if (late.length === 0) return;
    this.#waiters = left;
    this.#head = 0;
    for (const waiter of late) {
      waiter.done(
        new VarveError(
          'REQUEST_TIMED_OUT',
          'The in-sync replicas did not all store the batch in time; it may still be stored. Send it again.',
        ),
      );
    }
  }

  fail(error: VarveError): void {
    const waiters = this.#waiters.slice(this.#head);
    this.#waiters = [];
    this.#head = 0;
    for (const waiter of waiters) waiter?.done(error);
  }
}
