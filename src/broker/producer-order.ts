import { VarveError } from '../common/errors.js';
import type { Clock } from '../platform/clock.js';
import {
  NO_PRODUCER_ID,
  PRODUCER_ID_AT,
  RECORD_BATCH_OVERHEAD,
  batchBaseSequence,
  batchProducerEpoch,
  batchProducerId,
  isLaterSequence,
} from '../record/batch-header.js';
import type { ReplicaLog } from '../replication/replica-log.js';
import type { ProduceCall, ProduceResult, RequestContext } from './broker-api.js';

/** How many (producer, partition) pairs with an unsettled failure are remembered. */
const MAX_UNSETTLED = 10_000;
/** Nothing is longer on its way between a client that knows of the failure and this node. */
const FORGOTTEN_AFTER_MS = 60_000;

interface Unsettled {
  readonly baseSequence: number;
  readonly producerEpoch: number;
  /** One object a stream: what comes on another stream was sent by a client that knew of the failure. */
  readonly context: RequestContext;
  readonly sinceMs: number;
  /** It has come again, and is not answered yet. */
  isBack: boolean;
  /** The last sequence that was turned back since the failure; undefined: none was. */
  turnedBackTo: number | undefined;
}

/**
 * Once a batch of an idempotent producer failed in a way that a retry may mend, later ones of it for the partition, which
 * were on their way by then, are turned back until it comes again: a leader without state of that producer could take a
 * later one first. It is one for the node, whether a batch is appended here, handed on, or finds no leader at all.
 *
 * Who sends again what was turned back has heard of the failure, and sends in order: if the failed batch did not come
 * first, it was given up and never will. So nothing is turned back twice for one failure, and the sequence check decides.
 */
export class ProducerOrder {
  readonly #clock: Clock;
  /** What has to come again before anything later, by producer and partition. */
  readonly #unsettled = new Map<string, Unsettled>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** `log`: of the leader, where that is here. What it knows of the producer tells better what may come next. */
  mustWait(call: ProduceCall, log?: ReplicaLog): boolean {
    // Nearly always: nothing is looked at then.
    if (this.#unsettled.size === 0 || !isSequenced(call)) return false;
    const key = producerKey(call);
    const earliest = this.#unsettled.get(key);
    if (earliest === undefined) return false;
    const isStale =
      earliest.context !== call.context ||
      earliest.producerEpoch !== batchProducerEpoch(call.batches, 0) ||
      this.#clock.monotonicMs() - earliest.sinceMs >= FORGOTTEN_AFTER_MS ||
      log?.knowsProducer(batchProducerId(call.batches, 0)) === true;
    const sequence = batchBaseSequence(call.batches, 0);
    if (!isStale && !isLaterSequence(sequence, earliest.baseSequence)) {
      if (sequence === earliest.baseSequence) earliest.isBack = true;
      return false;
    }
    const { turnedBackTo } = earliest;
    const isGivenUp = !earliest.isBack && turnedBackTo !== undefined && !isLaterSequence(sequence, turnedBackTo);
    if (isStale || isGivenUp) {
      this.#unsettled.delete(key);
      return false;
    }
    earliest.turnedBackTo = sequence;
    return true;
  }

  /** The answer to a batch that was not turned back. */
  answered(call: ProduceCall, error: VarveError | undefined): void {
    // What is too large comes again, too: in parts, under the same sequences.
    if (error?.retriable === true || error?.code === 'MESSAGE_TOO_LARGE') this.#failed(call);
    else if (this.#unsettled.size > 0 && isSequenced(call)) this.#settled(call);
  }

  #settled(call: ProduceCall): void {
    const key = producerKey(call);
    if (this.#unsettled.get(key)?.baseSequence === batchBaseSequence(call.batches, 0)) this.#unsettled.delete(key);
  }

  #failed(call: ProduceCall): void {
    // Who asks for no answer hears of no failure, and sends nothing again.
    if (call.acks === 0 || !isSequenced(call)) return;
    const { batches, context } = call;
    const key = producerKey(call);
    const known = this.#unsettled.get(key);
    const producerEpoch = batchProducerEpoch(batches, 0);
    const baseSequence = batchBaseSequence(batches, 0);
    const isOfSameStream = known?.context === context && known.producerEpoch === producerEpoch;
    if (isOfSameStream && isLaterSequence(baseSequence, known.baseSequence)) return;
    const sinceMs = this.#clock.monotonicMs();
    const failed = { baseSequence, producerEpoch, context, sinceMs, isBack: false, turnedBackTo: undefined };
    this.#unsettled.set(key, failed);
    if (this.#unsettled.size <= MAX_UNSETTLED) return;
    // The oldest goes: its producer has most likely gone too, and its broker-side sequence check still holds.
    for (const oldest of this.#unsettled.keys()) {
      this.#unsettled.delete(oldest);
      return;
    }
  }
}

/** The answer to a batch that must wait. */
export function turnedBack(): ProduceResult {
  return {
    error: new VarveError(
      'NOT_LEADER_OR_FOLLOWER',
      'An earlier batch of this producer failed and has to be sent again first.',
    ),
    baseOffset: -1,
    logAppendTimeMs: -1,
    logStartOffset: -1,
  };
}

/** Whether the call is one batch of an idempotent producer's sequence. */
export function isSequenced({ batches }: ProduceCall): boolean {
  if (batches.length < RECORD_BATCH_OVERHEAD) return false;
  const high = batches.readInt32BE(PRODUCER_ID_AT);
  // A stranger's bytes: ids beyond 2^53 are refused later, by name.
  return high >= 0 && high < 2 ** 21 && batchProducerId(batches, 0) !== NO_PRODUCER_ID;
}

export function producerKey({ topic, partition, batches }: ProduceCall): string {
  return `${batchProducerId(batches, 0)}:${topic}-${partition}`;
}
