import { decodeMessage } from '../../common/decode-message.js';
import { VarveError } from '../../common/errors.js';
import type { NodeId } from '../../common/ids.js';
import type { Clock } from '../../platform/clock.js';
import type { RpcStream } from '../../platform/transport.js';
import { varve } from '../../protocol/varve.js';
import {
  NO_PRODUCER_ID,
  batchBaseSequence,
  batchProducerId,
  LOG_OVERHEAD,
  RECORD_BATCH_OVERHEAD,
} from '../../record/batch-header.js';
import type { ProduceCall, ProduceResult } from '../broker-api.js';
import { FORWARD_PRODUCE, decodeAck, encodeAcks } from './wire.js';

export interface ProduceForwarderOptions {
  /** A stream to the node's INTERNAL listener; undefined while its address is not known. */
  readonly open: (nodeId: NodeId, method: string) => RpcStream | undefined;
  /** Bytes that may be under way to one node; past it the client is told to come again. */
  readonly maxUnderWayBytes: number;
  readonly clock: Clock;
}

interface UnderWay {
  readonly call: ProduceCall;
  readonly deadlineMs: number;
  readonly sequence: ProducerSequence | undefined;
  readonly done: (result: ProduceResult) => void;
}

interface ProducerSequence {
  /** Producer, topic and partition. */
  readonly key: string;
  readonly baseSequence: number;
}

interface Link {
  readonly stream: RpcStream;
  readonly underWay: Map<number, UnderWay>;
  bytes: number;
  batches: varve.v1.IProduceBatch[];
}

/** The leader itself answers at the call's time-out; this much later nothing comes any more. */
const ANSWER_SLACK_MS = 1_000;

/** How many (producer, partition) pairs with an unsettled failure are remembered. */
const MAX_UNSETTLED = 10_000;

/**
 * Hands batches on to the nodes that lead their partitions, in the order in which they came. Once a batch of an
 * idempotent producer failed in a way that a retry may mend, later ones of it for the partition are turned back until it
 * comes again: a leader without state of that producer could take a later one first.
 */
export class ProduceForwarder {
  readonly #options: ProduceForwarderOptions;
  readonly #links = new Map<NodeId, Link>();
  /** The sequence that has to come again before anything later, by producer and partition. */
  readonly #unsettled = new Map<string, number>();
  #correlationId = 0;

  constructor(options: ProduceForwarderOptions) {
    this.#options = options;
  }

  forward(to: NodeId, call: ProduceCall, done: (result: ProduceResult) => void): void {
    const sequence = sequenceOf(call);
    if (sequence !== undefined && this.#mustWait(sequence)) {
      done(
        failed('NOT_LEADER_OR_FOLLOWER', 'An earlier batch of this producer failed and has to be sent again first.'),
      );
      return;
    }
    const link = this.#link(to);
    if (link === undefined) {
      this.#settle(sequence, false);
      done(failed('NETWORK_EXCEPTION', `The address of node ${to} is not known yet. Send the batch again.`));
      return;
    }
    if (link.bytes + call.batches.length > this.#options.maxUnderWayBytes && link.underWay.size > 0) {
      this.#settle(sequence, false);
      done(
        failed(
          'THROTTLING_QUOTA_EXCEEDED',
          `Too much is on its way to node ${to}. Send the batch again a little later.`,
        ),
      );
      return;
    }
    const correlationId = ++this.#correlationId;
    if (link.batches.length === 0) queueMicrotask(() => this.#flush(link));
    link.batches.push({
      correlation_id: correlationId,
      topic: call.topic,
      partition: call.partition,
      acks: encodeAcks(call.acks),
      timeout_ms: call.timeoutMs,
      record_batch: call.batches,
    });
    if (call.acks === 0) {
      done({ error: undefined, baseOffset: -1, logAppendTimeMs: -1, logStartOffset: -1 });
      return;
    }
    link.bytes += call.batches.length;
    const deadlineMs = this.#options.clock.monotonicMs() + call.timeoutMs + ANSWER_SLACK_MS;
    link.underWay.set(correlationId, { call, deadlineMs, sequence, done });
  }

  /**
   * The image has new leaders: what is under way to a node that leads its partition no longer is failed, so that it is
   * sent again at once. A hung node would not say so itself.
   */
  leadersChanged(leaderOf: (topic: string, partition: number) => NodeId | undefined): void {
    this.#failWhere(
      (to, { call }) => leaderOf(call.topic, call.partition) !== to,
      (to) => failed('NOT_LEADER_OR_FOLLOWER', `Node ${to} no longer leads the partition. Send the batch again.`),
    );
  }

  /** Fails what has waited longer than its call may; called a few times a second. */
  expire(): void {
    const now = this.#options.clock.monotonicMs();
    this.#failWhere(
      (_, { deadlineMs }) => deadlineMs <= now,
      (to) => failed('REQUEST_TIMED_OUT', `Node ${to} gave no answer in time. Send the batch again.`),
    );
  }

  close(): void {
    for (const link of [...this.#links.values()]) link.stream.cancel();
    this.#links.clear();
  }

  #failWhere(test: (to: NodeId, waiting: UnderWay) => boolean, result: (to: NodeId) => ProduceResult): void {
    for (const [to, link] of this.#links) {
      for (const [id, waiting] of [...link.underWay]) {
        if (!test(to, waiting)) continue;
        link.underWay.delete(id);
        this.#finish(link, waiting, result(to));
      }
    }
  }

  /** Everything that became due in this turn goes in one message. */
  #flush(link: Link): void {
    const batches = link.batches;
    link.batches = [];
    if (batches.length > 0) link.stream.send(varve.v1.ProduceRequest.encode({ batches }).finish());
  }

  #link(to: NodeId): Link | undefined {
    const known = this.#links.get(to);
    if (known !== undefined) return known;
    const stream = this.#options.open(to, FORWARD_PRODUCE);
    if (stream === undefined) return undefined;
    const link: Link = { stream, underWay: new Map(), bytes: 0, batches: [] };
    this.#links.set(to, link);
    stream.onMessage((message) => this.#acknowledged(link, message));
    stream.onClose(() => {
      if (this.#links.get(to) === link) this.#links.delete(to);
      for (const waiting of [...link.underWay.values()]) {
        this.#finish(
          link,
          waiting,
          failed('NETWORK_EXCEPTION', `The connection to node ${to} broke. Send the batch again.`),
        );
      }
      link.underWay.clear();
    });
    return link;
  }

  #acknowledged(link: Link, message: Buffer): void {
    for (const ack of decodeMessage(varve.v1.ProduceResponse, message).acks) {
      const id = ack.correlation_id ?? 0;
      const waiting = link.underWay.get(id);
      if (waiting === undefined) continue;
      link.underWay.delete(id);
      this.#finish(link, waiting, decodeAck(ack));
    }
  }

  #finish(link: Link, waiting: UnderWay, result: ProduceResult): void {
    link.bytes -= waiting.call.batches.length;
    this.#settle(waiting.sequence, result.error === undefined || !result.error.retriable);
    waiting.done(result);
  }

  #mustWait(sequence: ProducerSequence): boolean {
    const earliest = this.#unsettled.get(sequence.key);
    return earliest !== undefined && earliest !== sequence.baseSequence;
  }

  #settle(sequence: ProducerSequence | undefined, settled: boolean): void {
    if (sequence === undefined) return;
    const earliest = this.#unsettled.get(sequence.key);
    if (settled) {
      if (earliest === sequence.baseSequence) this.#unsettled.delete(sequence.key);
      return;
    }
    if (earliest !== undefined) return;
    this.#unsettled.set(sequence.key, sequence.baseSequence);
    if (this.#unsettled.size > MAX_UNSETTLED) {
      // The oldest goes: its producer has most likely gone too, and its broker-side sequence check still holds.
      const oldest = this.#unsettled.keys().next().value;
      if (oldest !== undefined) this.#unsettled.delete(oldest);
    }
  }
}

function sequenceOf(call: ProduceCall): ProducerSequence | undefined {
  if (call.batches.length < RECORD_BATCH_OVERHEAD || LOG_OVERHEAD > call.batches.length) return undefined;
  const producerId = Number(call.batches.readBigInt64BE(43));
  if (producerId === NO_PRODUCER_ID || !Number.isSafeInteger(producerId)) return undefined;
  return {
    key: `${batchProducerId(call.batches, 0)}:${call.topic}-${call.partition}`,
    baseSequence: batchBaseSequence(call.batches, 0),
  };
}

function failed(code: ConstructorParameters<typeof VarveError>[0], message: string): ProduceResult {
  return { error: new VarveError(code, message), baseOffset: -1, logAppendTimeMs: -1, logStartOffset: -1 };
}
