import { decodeMessage } from '../common/decode-message.js';
import type { NodeId, Uuid } from '../common/ids.js';
import type { MetadataImage } from '../metadata/image.js';
import type { Clock, Timer } from '../platform/clock.js';
import type { RpcClient, UnaryHandler } from '../platform/transport.js';
import { varve } from '../protocol/controller.js';

export const AWAIT_TOPICS = '/varve.internal.Node/AwaitTopics';

/** A topic as a request left it. */
export interface AwaitedTopic {
  readonly name: string;
  /** It has at least so many. */
  readonly partitions: number;
}

export interface TopicReadinessOptions {
  readonly nodeId: NodeId;
  readonly clock: Clock;
  readonly image: () => MetadataImage;
  /** Called after each change of the image has taken effect here. Returns the way to stop. */
  readonly onChange: (listener: () => void) => () => void;
  /** Resolves when no log of the topic is being opened on this node. */
  readonly opened: (topicId: Uuid) => Promise<void>;
  readonly clientOf: (nodeId: NodeId) => RpcClient | undefined;
}

/** Of a stranger's request. */
const MAX_WAIT_MS = 60_000;
/** An answer that the other side gives at the end of its wait is on its way so long at most. */
const ANSWER_MS = 500;

/**
 * Waits until new topics, or new partitions, can be used on every node: the controller has decided, but a node that has not heard
 * of them yet turns clients away, and a partition takes nothing with acks=all before all its replicas have their logs. Kafka
 * answers before that, and leaves the waiting to its clients.
 */
export class TopicReadiness {
  readonly #options: TopicReadinessOptions;

  constructor(options: TopicReadinessOptions) {
    this.#options = options;
  }

  /** Answers another node's question. */
  readonly serve: UnaryHandler = async (bytes) => {
    const { topics, timeout_ms } = decodeMessage(varve.internal.AwaitTopicsRequest, bytes);
    const awaited = topics.map(({ name, partitions }) => ({ name: name ?? '', partitions: partitions ?? 0 }));
    await this.#here(awaited, Math.min(timeout_ms, MAX_WAIT_MS));
    return varve.internal.AwaitTopicsResponse.encode({ version: 1 }).finish();
  };

  /**
   * Resolves when each live broker that has replicas of the topics has their logs open; of one that is fenced meanwhile, or cannot
   * be asked, nothing is expected. After `timeoutMs` in any case: the topics are there, and the rest takes its time.
   */
  async everywhere(topics: readonly AwaitedTopic[], timeoutMs: number): Promise<void> {
    const { clock, nodeId, image } = this.#options;
    const endMs = clock.monotonicMs() + timeoutMs;
    if (!(await this.#known(topics, timeoutMs))) return;
    const others = brokersOf(image(), topics).filter((broker) => broker !== nodeId);
    const restMs = Math.max(0, endMs - clock.monotonicMs());
    await Promise.all([this.#here(topics, restMs), ...others.map((broker) => this.#at(broker, topics, restMs))]);
  }

  async #here(topics: readonly AwaitedTopic[], timeoutMs: number): Promise<void> {
    const { clock, image, opened } = this.#options;
    const endMs = clock.monotonicMs() + timeoutMs;
    if (!(await this.#known(topics, timeoutMs))) return;
    const ids = topics.flatMap(({ name }) => image().topicByName(name)?.id ?? []);
    await this.#within(endMs - clock.monotonicMs(), (done) => {
      void Promise.all(ids.map(opened)).then(done);
    });
  }

  /** True once this node's image has the topics; false after `timeoutMs`. */
  async #known(topics: readonly AwaitedTopic[], timeoutMs: number): Promise<boolean> {
    const { image, onChange } = this.#options;
    const isKnown = (): boolean =>
      topics.every(({ name, partitions }) => (image().topicByName(name)?.partitions.length ?? -1) >= partitions);
    if (isKnown()) return true;
    await this.#within(timeoutMs, (done) =>
      onChange(() => {
        if (isKnown()) done();
      }),
    );
    return isKnown();
  }

  /** Resolves when the broker has answered or is fenced. */
  async #at(broker: NodeId, topics: readonly AwaitedTopic[], timeoutMs: number): Promise<void> {
    const { image, onChange, clientOf } = this.#options;
    const client = clientOf(broker);
    if (client === undefined) return;
    const request = varve.internal.AwaitTopicsRequest.encode({
      version: 1,
      topics: topics.map(({ name, partitions }) => ({ name, partitions })),
      timeout_ms: Math.ceil(timeoutMs),
    }).finish();
    await this.#within(timeoutMs, (done) => {
      // Whatever it is that it cannot be asked for: it is no reason to say that there is no topic.
      client.unary(AWAIT_TOPICS, request, { timeoutMs: timeoutMs + ANSWER_MS }).then(done, done);
      return onChange(() => {
        if (image().broker(broker)?.fenced !== false) done();
      });
    });
  }

  /** Resolves when `begin`'s work calls `done`, or after `timeoutMs`; what `begin` returns ends what it began. */
  #within(timeoutMs: number, begin: (done: () => void) => (() => void) | void): Promise<void> {
    return new Promise((resolve) => {
      let timer: Timer | undefined = undefined;
      let stop: (() => void) | void = undefined;
      let isDone = false;
      const done = (): void => {
        if (isDone) return;
        isDone = true;
        timer?.cancel();
        stop?.();
        resolve();
      };
      timer = this.#options.clock.after(Math.max(0, timeoutMs), done);
      stop = begin(done);
      if (isDone) stop?.();
    });
  }
}

/** Unfenced brokers with replicas of the topics. */
function brokersOf(image: MetadataImage, topics: readonly AwaitedTopic[]): NodeId[] {
  const brokers = new Set<NodeId>();
  for (const { name } of topics) {
    image.topicByName(name)?.partitions.forEach(({ replicas }) => {
      for (const replica of replicas) brokers.add(replica);
    });
  }
  return [...brokers].filter((broker) => image.broker(broker)?.fenced === false);
}
