import { VarveError, toVarveError } from '../common/errors.js';

export interface ProducerIdBlock {
  readonly firstProducerId: number;
  readonly length: number;
}

/** Gives out producer ids, block by block from the controller; an id is never given twice in a cluster. */
export class ProducerIds {
  readonly #allocate: () => Promise<ProducerIdBlock>;
  #next = 0;
  #end = 0;
  #asking: Promise<void> | undefined;

  constructor(allocate: () => Promise<ProducerIdBlock>) {
    this.#allocate = allocate;
  }

  async next(): Promise<number> {
    // Several callers may wait for one block that is too small for all of them.
    for (let tries = 0; tries < 3; tries++) {
      if (this.#next < this.#end) return this.#next++;
      this.#asking ??= this.#refill().finally(() => {
        this.#asking = undefined;
      });
      await this.#asking;
    }
    throw new VarveError('COORDINATOR_LOAD_IN_PROGRESS', 'Producer ids are being allocated. Try again.');
  }

  async #refill(): Promise<void> {
    const block = await this.#allocate().catch((error: unknown) => {
      // A node that has just started, or was taken for dead, registers anew: that soon passes, and others can be asked.
      if (toVarveError(error).code !== 'STALE_BROKER_EPOCH') throw error;
      throw new VarveError(
        'COORDINATOR_LOAD_IN_PROGRESS',
        'This node is not registered with the controller just now and cannot get producer ids. Try again.',
      );
    });
    this.#next = block.firstProducerId;
    this.#end = block.firstProducerId + block.length;
  }
}
