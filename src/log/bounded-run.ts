/** Runs work of which at most `atOnce` pieces are under way at a time; the rest waits, in the order of the calls. */
export class BoundedRun {
  readonly #atOnce: number;
  /** `0 <= #running <= #atOnce`, and something waits only where they are equal. */
  #running = 0;
  readonly #waiting: (() => void)[] = [];

  constructor(atOnce: number) {
    this.#atOnce = atOnce;
  }

  /** Settles as `work` does. */
  async run<T>(work: () => Promise<T>): Promise<T> {
    if (this.#running < this.#atOnce) this.#running++;
    else await new Promise<void>((resolve) => this.#waiting.push(resolve));
    try {
      return await work();
    } finally {
      // Its place goes to the next that waits, so that nobody who comes in between overtakes it.
      const next = this.#waiting.shift();
      if (next === undefined) this.#running--;
      else next();
    }
  }
}
