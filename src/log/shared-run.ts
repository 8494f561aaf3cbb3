/**
 * Work that many ask for at once and that one run does for all of them: whoever asks is told of a run that began after
 * the call, and those who ask while one runs share the next. Runs follow one another.
 */
export class SharedRun {
  readonly #work: () => Promise<void>;
  #running: Promise<void> | undefined;
  #next: Promise<void> | undefined;

  constructor(work: () => Promise<void>) {
    this.#work = work;
  }

  /** Settles as the first run that begins from here on does. */
  run(): Promise<void> {
    // It may be about to begin, with none running.
    if (this.#next !== undefined) return this.#next;
    if (this.#running === undefined) return this.#start();
    this.#next = this.#running.then(
      () => this.#startNext(),
      () => this.#startNext(),
    );
    return this.#next;
  }

  #startNext(): Promise<void> {
    this.#next = undefined;
    return this.#start();
  }

  #start(): Promise<void> {
    this.#running = this.#work().finally(() => (this.#running = undefined));
    return this.#running;
  }
}
