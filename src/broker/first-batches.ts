import { batchProducerId } from '../record/batch-header.js';
import type { ReplicaLog } from '../replication/replica-log.js';
import type { ProduceCall } from './broker-api.js';
import { isSequenced, producerKey } from './producer-order.js';

/**
 * The first batches of a producer in a partition go one at a time where codecs prepare them. A log that has lost records
 * at its start takes any sequence from a producer that it does not know (those before may be the ones that are gone), so
 * that with the first batch refused after the second was let in, the second would be stored, and the first behind it.
 */
export class FirstBatches {
  /** By producer and partition, while one of it is unanswered: what came behind it. */
  readonly #unanswered = new Map<string, (() => void)[]>();

  /** True: `again` is called once what came before is answered, and asks here once more. */
  mustWait(call: ProduceCall, log: ReplicaLog, again: () => void): boolean {
    // Without codecs an append is over, or refused, when the next one is looked at.
    if ((this.#unanswered.size === 0 && !log.needsCodec(call.batches)) || !isSequenced(call)) return false;
    const key = producerKey(call);
    const behind = this.#unanswered.get(key);
    if (behind !== undefined) behind.push(again);
    else if (!log.knowsProducer(batchProducerId(call.batches, 0)) && log.needsCodec(call.batches))
      this.#unanswered.set(key, []);
    return behind !== undefined;
  }

  answered(call: ProduceCall): void {
    if (this.#unanswered.size === 0 || !isSequenced(call)) return;
    const key = producerKey(call);
    const behind = this.#unanswered.get(key);
    if (behind === undefined) return;
    this.#unanswered.delete(key);
    for (const again of behind) again();
  }
}
