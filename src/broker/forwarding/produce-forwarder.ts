import { decodeMessage } from '../../common/decode-message.js';
import { VarveError } from '../../common/errors.js';
import type { NodeId } from '../../common/ids.js';
import type { Clock } from '../../platform/clock.js';
import type { RpcStream } from '../../platform/transport.js';
import { varve } from '../../protocol/varve.js';
import type { ProduceCall, ProduceResult } from '../broker-api.js';
import { turnedBack, type ProducerOrder } from '../producer-order.js';
import { FORWARD_PRODUCE, decodeAck, encodeAcks } from './wire.js';

export interface ProduceForwarderOptions {
  /** A stream to the node's INTERNAL listener; undefined while its address is not known. */
  readonly open: (nodeId: NodeId, method: string) => RpcStream | undefined;
  /** Bytes that may be under way to one node; past it the client is told to come again. */
  readonly maxUnderWayBytes: number;
  readonly order: ProducerOrder;
  readonly clock: Clock;
  /** A batch that was not handed on, or got no answer: for the metrics, since whoever asks for no answer hears nothing. */
  readonly onRefused: (error: VarveError) => void;
}

interface UnderWay {
  readonly call: ProduceCall;
  readonly deadlineMs: number;
  readonly done: (result: ProduceResult) => void;
}

interface Link {
  readonly stream: RpcStream;
  readonly underWay: Map<number, UnderWay>;
  bytes: number;
  batches: varve.v1.IProduceBatch[];
}

/** The leader itself answers at the call's time-out; this much later nothing comes any more. */
const ANSWER_SLACK_MS = 1_000;

/**
 * Hands batches on to the nodes that lead their partitions, in the order in which they came; see ProducerOrder for what
 * is turned back after a failure.
 */
export class ProduceForwarder {
  readonly #options: ProduceForwarderOptions;
  readonly #links = new Map<NodeId, Link>();
  #correlationId = 0;

  constructor(options: ProduceForwarderOptions) {
    this.#options = options;
  }

  forward(to: NodeId, call: ProduceCall, done: (result: ProduceResult) => void): void {
    const { order } = this.#options;
    if (order.mustWait(call)) {
      done(turnedBack());
      return;
    }
    const link = this.#link(to);
    if (link === undefined) {
      const message = `The address of node ${to} is not known yet. Send the batch again.`;
      this.#refuse(call, done, failed('NETWORK_EXCEPTION', message));
      return;
    }
    if (link.bytes + call.batches.length > this.#options.maxUnderWayBytes && link.underWay.size > 0) {
      const message = `Too much is on its way to node ${to}. Send the batch again a little later.`;
      this.#refuse(call, done, failed('THROTTLING_QUOTA_EXCEEDED', message));
      return;
    }
    const correlationId = ++this.#correlationId;
    if (link.batches.length === 0) queueMicrotask(() => this.#flush(link));
    link.batches.push({
      correlation_id: correlationId,
      topic: call.topic,
      partition: call.partition,
      // Without an answer nobody would know how much is on its way: the leader's own sync ends what acks=0 holds.
      acks: encodeAcks(call.acks === 0 ? 1 : call.acks),
      timeout_ms: call.timeoutMs,
      record_batch: call.batches,
    });
    link.bytes += call.batches.length;
    const deadlineMs = this.#options.clock.monotonicMs() + call.timeoutMs + ANSWER_SLACK_MS;
    link.underWay.set(correlationId, { call, deadlineMs, done });
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

  #refuse(call: ProduceCall, done: (result: ProduceResult) => void, result: FailedResult): void {
    this.#options.order.answered(call, result.error);
    this.#options.onRefused(result.error);
    done(result);
  }

  #failWhere(test: (to: NodeId, waiting: UnderWay) => boolean, result: (to: NodeId) => FailedResult): void {
    for (const [to, link] of this.#links) {
      for (const [id, waiting] of [...link.underWay]) {
        if (!test(to, waiting)) continue;
        link.underWay.delete(id);
        this.#lose(link, waiting, result(to));
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
        const message = `The connection to node ${to} broke. Send the batch again.`;
        this.#lose(link, waiting, failed('NETWORK_EXCEPTION', message));
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

  /** No answer came, or none is waited for any more: the leader may have counted it, or not. */
  #lose(link: Link, waiting: UnderWay, result: FailedResult): void {
    this.#options.onRefused(result.error);
    this.#finish(link, waiting, result);
  }

  #finish(link: Link, waiting: UnderWay, result: ProduceResult): void {
    link.bytes -= waiting.call.batches.length;
    this.#options.order.answered(waiting.call, result.error);
    waiting.done(result);
  }
}

type FailedResult = ProduceResult & { readonly error: VarveError };

function failed(code: ConstructorParameters<typeof VarveError>[0], message: string): FailedResult {
  return { error: new VarveError(code, message), baseOffset: -1, logAppendTimeMs: -1, logStartOffset: -1 };
}
