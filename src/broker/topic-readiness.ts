import { decodeMessage } from '../common/decode-message.js';
import { VarveError } from '../common/errors.js';
import { uuidFromBytes, uuidToBytes } from '../common/ids.js';
import type { NodeId, Uuid } from '../common/ids.js';
import type { MetadataImage } from '../metadata/image.js';
import type { Clock } from '../platform/clock.js';
import type { RpcClient, UnaryHandler } from '../platform/transport.js';
import { varve } from '../protocol/controller.js';

export const AWAIT_TOPICS = '/varve.internal.Node/AwaitTopics';

export interface TopicReadinessOptions {
  readonly nodeId: NodeId;
  readonly clock: Clock;
  readonly image: () => MetadataImage;
  /** This node's replicas have the roles that its image gives them. */
  readonly isLive: () => boolean;
  /** Called after each change of the image has taken effect here, and when this node goes live. Returns the way to stop. */
  readonly onChange: (listener: () => void) => () => void;
  /** Calls the listener once when no log of the topic is being opened on this node. Returns the way to stop. */
  readonly whenOpened: (topicId: Uuid, listener: () => void) => () => void;
  readonly clientOf: (nodeId: NodeId) => RpcClient | undefined;
}

/** What was made: topics of which metadata with this offset tells. */
interface Awaited {
  readonly metadataOffset: number;
  readonly topicIds: readonly Uuid[];
}

/** Of one question; of more topics in a request the first are awaited. */
const MAX_TOPICS = 10_000;
/** Of another node's question. */
const MAX_WAIT_MS = 60_000;

/**
 * Waits until new topics, or new partitions, can be used through every node: the controller has decided, but a node that has not
 * heard of them yet turns clients away, and a partition takes nothing with acks=all before all its replicas have their logs. Kafka
 * answers before that, and leaves the waiting to its clients.
 */
export class TopicReadiness {
  readonly #options: TopicReadinessOptions;
  /** Ends each wait that is under way. */
  readonly #waits = new Set<() => void>();
  #closed = false;

  constructor(options: TopicReadinessOptions) {
    this.#options = options;
  }

  /** Answers another node's question. Rejects with INVALID_REQUEST. */
  readonly serve: UnaryHandler = async (bytes, call) => {
    const { metadata_offset, topic_ids, timeout_ms } = decodeMessage(varve.internal.AwaitTopicsRequest, bytes);
    if (topic_ids.length > MAX_TOPICS || topic_ids.some((id) => id.length !== 16)) {
      throw new VarveError('INVALID_REQUEST', `AwaitTopics takes at most ${MAX_TOPICS} topic ids of 16 bytes.`);
    }
    const awaited = { metadataOffset: metadata_offset, topicIds: topic_ids.map(uuidFromBytes) };
    await this.#here(awaited, Math.min(timeout_ms, MAX_WAIT_MS, call.timeoutMs ?? Infinity), call.signal);
    return varve.internal.AwaitTopicsResponse.encode({ version: 1 }).finish();
  };

  /**
   * Resolves when each live broker knows of the topics, of which metadata with this offset tells, and has the logs of its replicas
   * open; of a broker that is fenced meanwhile, stops, has a disk that hangs, or cannot be asked, nothing is expected. After
   * `timeoutMs` in any case: the topics are there, and the rest takes its time.
   */
  async everywhere(topics: readonly string[], metadataOffset: number, timeoutMs: number): Promise<void> {
    const { clock, nodeId, image } = this.#options;
    const endMs = clock.monotonicMs() + timeoutMs;
    await this.#until(() => image().offset >= metadataOffset, timeoutMs);
    // One that was deleted again is nothing to wait for.
    const topicIds = topics.flatMap((name) => image().topicByName(name)?.id ?? []);
    if (topicIds.length === 0) return;
    const awaited = { metadataOffset, topicIds: topicIds.slice(0, MAX_TOPICS) };
    const leftMs = endMs - clock.monotonicMs();
    const waits: Promise<void>[] = [];
    for (const broker of image().brokers.sortedValues()) {
      if (!image().isActive(broker.nodeId)) continue;
      waits.push(broker.nodeId === nodeId ? this.#here(awaited, leftMs) : this.#at(broker.nodeId, awaited, leftMs));
    }
    await Promise.all(waits);
  }

  /** The node stops: nobody is kept waiting. */
  close(): void {
    this.#closed = true;
    for (const end of [...this.#waits]) end();
  }

  async #here({ metadataOffset, topicIds }: Awaited, timeoutMs: number, signal?: AbortSignal): Promise<void> {
    const { clock, image, isLive, whenOpened } = this.#options;
    const endMs = clock.monotonicMs() + timeoutMs;
    await this.#until(() => isLive() && image().offset >= metadataOffset, timeoutMs, signal);
    if (topicIds.length === 0) return;
    await this.#within(
      endMs - clock.monotonicMs(),
      (done) => {
        let opening = topicIds.length;
        const opened = (): void => {
          if (--opening === 0) done();
        };
        const stops = topicIds.map((topicId) => whenOpened(topicId, opened));
        return () => {
          for (const stop of stops) stop();
        };
      },
      signal,
    );
  }

  /** Resolves when the broker has answered or leads nothing any more. */
  #at(broker: NodeId, { metadataOffset, topicIds }: Awaited, timeoutMs: number): Promise<void> {
    const { image, onChange, clientOf } = this.#options;
    const client = clientOf(broker);
    if (client === undefined || timeoutMs <= 0) return Promise.resolve();
    const request = varve.internal.AwaitTopicsRequest.encode({
      version: 1,
      metadata_offset: metadataOffset,
      topic_ids: topicIds.map(uuidToBytes),
      timeout_ms: Math.ceil(timeoutMs),
    }).finish();
    return this.#within(timeoutMs, (done) => {
      // Whatever it is that it cannot be asked for: it is no reason to say that there is no topic.
      client.unary(AWAIT_TOPICS, request, { timeoutMs }).then(done, done);
      return onChange(() => {
        if (!image().isActive(broker)) done();
      });
    });
  }

  /** Resolves when `isSo`, which is asked after each change, or after `timeoutMs`. */
  #until(isSo: () => boolean, timeoutMs: number, signal?: AbortSignal): Promise<void> {
    if (isSo()) return Promise.resolve();
    return this.#within(
      timeoutMs,
      (done) =>
        this.#options.onChange(() => {
          if (isSo()) done();
        }),
      signal,
    );
  }

  /** Resolves when `begin`'s work calls `done`, or after `timeoutMs`; what `begin` returns ends what it began. */
  #within(timeoutMs: number, begin: (done: () => void) => () => void, signal?: AbortSignal): Promise<void> {
    if (this.#closed || timeoutMs <= 0 || signal?.aborted === true) return Promise.resolve();
    return new Promise((resolve) => {
      let stop: (() => void) | undefined = undefined;
      const end = (): void => {
        if (!this.#waits.delete(end)) return;
        timer.cancel();
        signal?.removeEventListener('abort', end);
        stop?.();
        resolve();
      };
      this.#waits.add(end);
      const timer = this.#options.clock.after(timeoutMs, end);
      signal?.addEventListener('abort', end);
      const begun = begin(end);
      // It may have ended as it began.
      if (this.#waits.has(end)) stop = begun;
      else begun();
    });
  }
}
