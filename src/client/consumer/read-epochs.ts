/** A leader epoch with the offset of the first record of it. */
export interface EpochStart {
  readonly epoch: number;
  readonly offset: number;
}

/** Leaders change seldom: past it the oldest are taken together, which errs on the side of reading too much again. */
const MAX_EPOCHS = 1_000;

/**
 * The leader epochs of what was read of a partition, as a replica keeps those of its log. By the last one a leader tells
 * whether the log was cut since (KIP-320); how far back is told by all of them: a leader that lacks it gives the end of an
 * earlier epoch in its own log, which may be far behind where the reader left that epoch (KIP-279's rule for followers).
 */
export class ReadEpochs {
  #starts: EpochStart[] = [];

  /** Of the last batch; -1 before the first. */
  get latest(): number {
    return this.#starts.at(-1)?.epoch ?? -1;
  }

  /** Of the last record below `offset`; -1 where it is not known. */
  before(offset: number): number {
    return this.#starts.findLast((start) => start.offset < offset)?.epoch ?? -1;
  }

  /** Records of `epoch` were read from `offset` on. */
  add(epoch: number, offset: number): void {
    if (epoch === this.latest) return;
    while (this.latest > epoch) this.#starts.pop();
    if (this.latest < epoch) this.#starts.push({ epoch, offset });
    const [first, second] = this.#starts;
    if (this.#starts.length > MAX_EPOCHS && first !== undefined && second !== undefined) {
      this.#starts.splice(0, 2, { epoch: second.epoch, offset: first.offset });
    }
  }

  /**
   * Where what was read departs from a log in which `epoch` is the greatest up to `latest`, and ends at `endOffset`: all
   * that was read with a later one is gone from it.
   */
  departure(epoch: number, endOffset: number): number {
    return Math.min(endOffset, this.#starts.find((start) => start.epoch > epoch)?.offset ?? Infinity);
  }

  /** What was read from `offset` on does not count. */
  cutTo(offset: number): void {
    this.#starts = this.#starts.filter((start) => start.offset < offset);
  }
}
