import { VarveError } from '../common/errors.js';

/** Whether a node serves. After its first failure, or once it closes, it never does again. */
export class NodeReadiness {
  readonly #pendingBecause: () => string | undefined;
  readonly #waiters: Array<() => void> = [];
  #failure: Error | undefined;
  #closing = false;

  /** @param pendingBecause what a node that runs still waits for; undefined when it is a live member of its cluster */
  constructor(pendingBecause: () => string | undefined) {
    this.#pendingBecause = pendingBecause;
  }

  get failure(): Error | undefined {
    return this.#failure;
  }

  get closing(): boolean {
    return this.#closing;
  }

  notReadyBecause(): string | undefined {
    if (this.#failure !== undefined) return this.#failure.message;
    if (this.#closing) return 'The node is shutting down.';
    return this.#pendingBecause();
  }

  /** Resolves when the node serves; rejects with its failure, or with BROKER_NOT_AVAILABLE when it closes. */
  async ready(): Promise<void> {
    while (this.notReadyBecause() !== undefined && this.#failure === undefined) {
      if (this.#closing) throw new VarveError('BROKER_NOT_AVAILABLE', 'The node is shutting down.');
      await new Promise<void>((resolve) => this.#waiters.push(resolve));
    }
    if (this.#failure !== undefined) throw this.#failure;
  }

  /** What the node waits for may have come. */
  changed(): void {
    for (const waiter of this.#waiters.splice(0)) waiter();
  }

  /** False for what fails after the first failure, or while the node closes: it is of no interest any more. */
  fail(failure: Error): boolean {
    if (this.#failure !== undefined || this.#closing) return false;
    this.#failure = failure;
    this.changed();
    return true;
  }

  beginClosing(): void {
    this.#closing = true;
  }
}
