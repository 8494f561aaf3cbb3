import type { VarveError } from '../common/errors.js';
import type { Offset } from '../common/ids.js';
import type { AppendOutcome } from './replica-log.js';
import { type WaitDone, WaitQueue } from './wait-queue.js';

export type AcksMode = 'all' | 'leader';

/** Told once: the outcome when the level of acks holds, else the error. */
export type AppendDone = (error: VarveError | undefined, outcome: AppendOutcome | undefined) => void;

/** Produces of one partition that were appended and wait for their level of acks, each level in the order of the appends. */
export class WaitingProduces {
  readonly #forAll = new WaitQueue();
  readonly #forLeader = new WaitQueue();

  get size(): number {
    return this.#forAll.size + this.#forLeader.size;
  }

  /**
   * Tells `done` when the mark of its level, which is at `reached` now, passes the batch. A duplicate is acknowledged only
   * when the original is: by the same mark, at the original's offsets.
   */
  add(outcome: AppendOutcome, acks: AcksMode, reached: Offset, deadlineMs: number, done: AppendDone): void {
    const nextOffset = outcome.lastOffset + 1;
    const queue = acks === 'all' ? this.#forAll : this.#forLeader;
    if (nextOffset <= reached && queue.size === 0) {
      done(undefined, outcome);
      return;
    }
    const told: WaitDone = (error) => done(error, error === undefined ? outcome : undefined);
    queue.add(nextOffset, deadlineMs, told);
  }

  highWatermarkReached(highWatermark: Offset): void {
    this.#forAll.reached(highWatermark);
  }

  durableReached(durableOffset: Offset): void {
    this.#forLeader.reached(durableOffset);
  }

  expire(nowMs: number): void {
    this.#forAll.expire(nowMs);
    this.#forLeader.expire(nowMs);
  }

  fail(error: VarveError): void {
    this.#forAll.fail(error);
    this.#forLeader.fail(error);
  }
}
