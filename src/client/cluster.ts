import { defined } from '../common/assert.js';
import { VarveError } from '../common/errors.js';
import type { ErrorName } from '../common/errors.js';
import type { NodeId } from '../common/ids.js';
import { MAX_TOPIC_NAME_LENGTH } from '../metadata/topic-name.js';
import type { Timer } from '../platform/clock.js';
import { sleep } from '../platform/clock.js';
import type { Address, RpcClient } from '../platform/transport.js';
import { TransportError } from '../platform/transport.js';
import { varve } from '../protocol/varve.js';
import type { KnownTopic, PartitionLeader } from './metadata-view.js';
import { MetadataView } from './metadata-view.js';
import { MetadataWatcher } from './metadata-watcher.js';
import type { ClientOptions } from './options.js';
import {
  DEFAULT_CLIENT_ID,
  DEFAULT_REQUEST_TIMEOUT_MS,
  addressKey,
  clientPlatform,
  parseBootstrap,
} from './options.js';
import type { ClientPlatform } from './platform.js';
import { callError } from './wire-error.js';

const { MetadataRequest, MetadataResponse } = varve.v1;

/** Answers hold metadata of all topics, or a consume response with one batch of any size, at most. */
const MAX_MESSAGE_BYTES = 128 * 1024 * 1024;
/** Two nodes are watched: whichever dies or hangs, the other tells of it. */
const WATCHED_NODES = 2;
/** One try of a metadata request; a node that hangs must not hold up the others. */
const METADATA_ATTEMPT_MS = 1_000;
/** One try of another call that may be sent twice. */
export const HARMLESS_ATTEMPT_MS = 3_000;
const REFRESH_INTERVAL_MS = 20;
const RETRY_MS = 20;
/** A node that was of another cluster is looked at again after so long. */
const FOREIGN_MS = 5_000;
/** How long nodes may go on saying that they do not know a topic: a topic just made elsewhere is on its way. */
const UNKNOWN_TOPIC_MS = 1_000;

interface Message<Type> {
  encode(message: never): { finish(): Uint8Array };
  decode(bytes: Uint8Array): Type;
}

export interface CallOptions {
  /** How long one node may take, for calls that do no harm twice: a node may hang. Default: as long as the whole call. */
  readonly attemptMs?: number;
  /** Metadata: it tells of which cluster a node is. */
  readonly mayAskForeign?: boolean;
  /** Told of each attempt that failed and may have done what was asked all the same. */
  readonly onAnswerLost?: () => void;
}

/**
 * A client's connections to the nodes of a cluster, and what it knows of them. Unary calls go to any node that answers.
 * Metadata is pushed by two nodes at a time.
 */
export class Cluster {
  readonly platform: ClientPlatform;
  readonly requestTimeoutMs: number;
  readonly #options: ClientOptions;
  readonly #bootstrap: readonly Address[];
  readonly #view = new MetadataView();
  readonly #clients = new Map<string, RpcClient>();
  readonly #topics = new Set<string>();
  readonly #listeners = new Set<() => void>();
  readonly #watchers: MetadataWatcher[] = [];
  #watching = false;
  /** Asked first; another one after it gave no answer. */
  #preferred: Address;
  readonly #failedAtMs = new Map<string, number>();
  /**
   * By `addressKey`: nodes of another cluster, with what to tell of them. They are asked for nothing more, but for metadata now
   * and again, since one of the own cluster may take their place.
   */
  readonly #foreign = new Map<string, { readonly error: VarveError; readonly askAgainMs: number }>();
  /** Why the last call that got no answer got none; undefined after an answer. */
  #lastFailure: unknown;
  #lastRefreshMs = -Infinity;
  #refreshTimer: Timer | undefined;
  #closed = false;

  constructor(options: ClientOptions) {
    this.#options = options;
    this.platform = clientPlatform(options);
    this.requestTimeoutMs = options.requestTimeoutMs ?? DEFAULT_REQUEST_TIMEOUT_MS;
    this.#bootstrap = parseBootstrap(options.bootstrap);
    this.#preferred = defined(this.#bootstrap[0], 'bootstrap has an address');
  }

  get isClosed(): boolean {
    return this.#closed;
  }

  get clusterId(): string | undefined {
    return this.#view.clusterId;
  }

  topic(name: string): KnownTopic | undefined {
    return this.#view.topic(name);
  }

  leader(topic: string, partition: number): PartitionLeader | undefined {
    return this.#view.leader(topic, partition);
  }

  /** The connection to a node; undefined where it has no address now. */
  node(nodeId: NodeId): RpcClient | undefined {
    const address = this.#view.nodes.get(nodeId);
    return address === undefined || this.#foreign.has(addressKey(address)) ? undefined : this.connection(address);
  }

  /**
   * One of the bootstrap list, counted round: for clients that let one node forward everything. One that is shunned is passed
   * over, where there is another one.
   */
  bootstrapAddress(index: number): Address {
    const { length } = this.#bootstrap;
    const inTurn = this.#bootstrap.map((_, step) => this.#bootstrap[(index + step) % length]);
    const chosen = inTurn.find((each) => each !== undefined && !this.isShunned(addressKey(each))) ?? inTurn[0];
    return defined(chosen, 'bootstrap has an address');
  }

  /** A fenced node may hang, and its connections say nothing of that for long; one of another cluster has other topics. */
  isShunned(key: string): boolean {
    return this.#foreign.has(key) || this.#view.isFenced(key);
  }

  connection(address: Address): RpcClient {
    const key = addressKey(address);
    let client = this.#clients.get(key);
    if (client === undefined) {
      const { tls, clientId } = this.#options;
      client = this.platform.transport.connectRpc({
        ...address,
        maxMessageBytes: MAX_MESSAGE_BYTES,
        channel: `client-${clientId ?? DEFAULT_CLIENT_ID}`,
        ...(tls === undefined ? {} : { tls }),
      });
      this.#clients.set(key, client);
    }
    return client;
  }

  /** Calls `listener` after each change of what is known. Returns the way to stop. */
  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Keeps the topic's leaders known from now on. */
  watch(topic: string): void {
    checkTopicName(topic);
    if (this.#closed || (this.#watching && this.#topics.has(topic))) return;
    this.#topics.add(topic);
    this.#startWatching();
    for (const watcher of this.#watchers) watcher.topicsChanged();
  }

  unwatch(topic: string): void {
    if (!this.#topics.delete(topic)) return;
    this.#view.forget(topic);
    for (const watcher of this.#watchers) watcher.topicsChanged();
  }

  /**
   * The topic once its partitions are known. Rejects with the topic's error (UNKNOWN_TOPIC_OR_PARTITION once nodes have
   * said so for a second), or REQUEST_TIMED_OUT when no node answers within `timeoutMs`.
   */
  async knownTopic(name: string, timeoutMs: number, signal?: AbortSignal): Promise<KnownTopic> {
    this.watch(name);
    const { clock } = this.platform;
    const startMs = clock.monotonicMs();
    let unknownSinceMs: number | undefined;
    for (;;) {
      const topic = this.#view.topic(name);
      if (topic !== undefined && topic.error === undefined) return topic;
      const nowMs = clock.monotonicMs();
      if (topic?.error !== undefined) {
        unknownSinceMs ??= nowMs;
        if (!topic.error.retriable || nowMs - unknownSinceMs >= UNKNOWN_TOPIC_MS) throw topic.error;
      }
      if (this.#closed) throw new VarveError('NETWORK_EXCEPTION', 'The client is closed.');
      if (nowMs - startMs >= timeoutMs) {
        throw this.#notTold(name, timeoutMs);
      }
      this.refresh();
      await this.#changeOr(RETRY_MS, signal);
    }
  }

  /** Asks a node for news, soon: at most one request each 20 ms. */
  refresh(): void {
    if (this.#closed || this.#refreshTimer !== undefined) return;
    const { clock } = this.platform;
    const dueMs = Math.max(0, this.#lastRefreshMs + REFRESH_INTERVAL_MS - clock.monotonicMs());
    this.#refreshTimer = clock.after(dueMs, () => {
      this.#lastRefreshMs = clock.monotonicMs();
      const request = MetadataRequest.encode(this.metadataRequest()).finish();
      this.#anyNode('/varve.v1.Varve/Metadata', request, { attemptMs: METADATA_ATTEMPT_MS, mayAskForeign: true })
        .then(({ bytes: answer, address }) => this.learn(MetadataResponse.decode(answer), address))
        .catch(() => {})
        .finally(() => {
          this.#refreshTimer = undefined;
        });
    });
  }

  /** The node that answered last knows less than it should, or cannot pass a call on: the next one begins elsewhere. */
  askAnother(): void {
    const key = addressKey(this.#preferred);
    this.#failedAtMs.set(key, this.platform.clock.monotonicMs());
    this.#preferred = this.pickAddress(new Set([key]), this.#failedAtMs) ?? this.#preferred;
  }

  /** A unary call to any node that answers, tried again on others until `requestTimeoutMs` is over. */
  async call<Response>(
    method: string,
    requestType: { encode(message: never): { finish(): Uint8Array } },
    responseType: Message<Response>,
    request: object,
    options: CallOptions = {},
  ): Promise<Response> {
    const bytes = encoded(method, requestType, request);
    const answer = await this.#anyNode(method, bytes, options);
    return responseType.decode(answer.bytes);
  }

  /** A unary call to one node. Rejects with a VarveError. */
  async callNode<Response>(
    nodeId: NodeId,
    method: string,
    requestType: { encode(message: never): { finish(): Uint8Array } },
    responseType: Message<Response>,
    request: object,
  ): Promise<Response> {
    const client = this.node(nodeId);
    if (client === undefined) throw new VarveError('LEADER_NOT_AVAILABLE', `Node ${nodeId} is not in the cluster now.`);
    try {
      const bytes = encoded(method, requestType, request);
      return responseType.decode(await client.unary(method, bytes, { timeoutMs: this.requestTimeoutMs }));
    } catch (error) {
      throw callError(error);
    }
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#refreshTimer?.cancel();
    for (const watcher of this.#watchers) watcher.close();
    for (const client of this.#clients.values()) client.close();
    this.#clients.clear();
    this.#changed();
  }

  metadataRequest(): varve.v1.IMetadataRequest {
    return { topics: [...this.#topics].sort(), brokers_only: this.#topics.size === 0 };
  }

  /** Takes an answer of the node at `from` in. False: it is of another cluster. */
  learn(response: varve.v1.MetadataResponse, from: Address): boolean {
    if (this.#closed) return true;
    const key = addressKey(from);
    if (!this.#view.apply(response)) {
      this.#isForeign(key, response.cluster_id);
      return false;
    }
    this.#foreign.delete(key);
    for (const watcher of this.#watchers) watcher.nodesChanged();
    this.#changed();
    return true;
  }

  /** What it is asked to do it might do: to topics and producers of another cluster. */
  #isForeign(key: string, clusterId: string): void {
    const error = new VarveError(
      'INCONSISTENT_CLUSTER_ID',
      `The node at ${key} belongs to cluster ${clusterId}, and not to ${this.#view.clusterId}: correct the bootstrap list.`,
    );
    const isKnown = this.#foreign.has(key);
    this.#foreign.set(key, { error, askAgainMs: this.platform.clock.monotonicMs() + FOREIGN_MS });
    this.#lastFailure = error;
    if (addressKey(this.#preferred) === key) this.askAnother();
    if (isKnown) return;
    this.platform.logger.warn({ address: key }, error.message);
    this.#changed();
  }

  /** Why the node must not be asked, if so. */
  #refusalOf(key: string, mayAskForeign: boolean): VarveError | undefined {
    const foreign = this.#foreign.get(key);
    if (foreign === undefined) return undefined;
    return mayAskForeign && this.platform.clock.monotonicMs() >= foreign.askAgainMs ? undefined : foreign.error;
  }

  /** An address to watch or to ask that is not in `except`, those that failed longest ago first. */
  pickAddress(
    except: ReadonlySet<string>,
    failedAtMs: ReadonlyMap<string, number>,
    mayAskForeign = false,
  ): Address | undefined {
    let best: Address | undefined;
    let bestFailedMs = Infinity;
    for (const address of this.#addresses()) {
      const key = addressKey(address);
      if (except.has(key) || this.#refusalOf(key, mayAskForeign) !== undefined) continue;
      const failedMs = failedAtMs.get(key) ?? -Infinity;
      if (best !== undefined && failedMs >= bestFailedMs) continue;
      best = address;
      bestFailedMs = failedMs;
    }
    return best;
  }

  #notTold(topic: string, timeoutMs: number): VarveError {
    const why = this.#lastFailure === undefined ? '.' : `: ${callError(this.#lastFailure).message}`;
    return new VarveError('REQUEST_TIMED_OUT', `No node told of topic '${topic}' within ${timeoutMs} ms${why}`);
  }

  #addresses(): Address[] {
    const known = [...this.#view.nodes.values()];
    const keys = new Set(known.map(addressKey));
    return [...known, ...this.#bootstrap.filter((each) => !keys.has(addressKey(each)))];
  }

  #startWatching(): void {
    if (this.#watching) return;
    this.#watching = true;
    const watched = new Set<string>();
    for (let index = 0; index < WATCHED_NODES; index += 1) {
      this.#watchers.push(new MetadataWatcher(this, watched));
    }
  }

  #changed(): void {
    for (const listener of [...this.#listeners]) listener();
  }

  /** Resolves after the next change, or `delayMs` from now. */
  #changeOr(delayMs: number, signal: AbortSignal | undefined): Promise<void> {
    return new Promise((resolve, reject) => {
      const stop = this.onChange(() => done());
      const timer = this.platform.clock.after(delayMs, () => done());
      const onAbort = (): void => done(signal?.reason);
      const done = (error?: unknown): void => {
        stop();
        timer.cancel();
        signal?.removeEventListener('abort', onAbort);
        if (error === undefined) resolve();
        else reject(error);
      };
      if (signal?.aborted) done(signal.reason);
      else signal?.addEventListener('abort', onAbort, { once: true });
    });
  }

  async #anyNode(
    method: string,
    request: Uint8Array,
    options: CallOptions,
  ): Promise<{ readonly bytes: Buffer; readonly address: Address }> {
    const { clock } = this.platform;
    const timeoutMs = this.requestTimeoutMs;
    const { attemptMs = timeoutMs, mayAskForeign = false, onAnswerLost } = options;
    const deadlineMs = clock.monotonicMs() + timeoutMs;
    let failure: unknown;
    for (let round = 0; ; round += 1) {
      const tried = new Set<string>();
      for (let address: Address | undefined = this.#preferred; address !== undefined;) {
        const leftMs = deadlineMs - clock.monotonicMs();
        if (leftMs <= 0 || this.#closed) throw callError(failure ?? closedOrLate(this.#closed, timeoutMs));
        try {
          const refusal = this.#refusalOf(addressKey(address), mayAskForeign);
          if (refusal !== undefined) throw refusal;
          const bytes = await this.connection(address).unary(method, request, {
            timeoutMs: Math.min(attemptMs, leftMs),
          });
          this.#preferred = address;
          this.#failedAtMs.delete(addressKey(address));
          this.#lastFailure = undefined;
          return { bytes, address };
        } catch (error) {
          // What a node answered is the answer, unless it could not pass the call on; else another one is asked.
          if (!mayAskAgain(error) && !this.#foreign.has(addressKey(address))) throw callError(error);
          if (mayBeDone(error)) onAnswerLost?.();
          // An attempt that the end of the whole call cut short says less than one before it.
          if (failure === undefined || leftMs >= attemptMs || !isTimeout(error)) failure = error;
          this.#lastFailure = failure;
        }
        tried.add(addressKey(address));
        this.#failedAtMs.set(addressKey(address), clock.monotonicMs());
        address = this.pickAddress(tried, this.#failedAtMs, mayAskForeign);
        // The next call, too, begins there: a node that hangs costs one attempt, not one a call.
        if (address !== undefined) this.#preferred = address;
      }
      if (clock.monotonicMs() + RETRY_MS >= deadlineMs) throw callError(failure);
      await sleep(clock, RETRY_MS);
    }
  }
}

/** A program without types may give anything: it hears so at its own call, before a request is made of it. */
export function checkTopicName(name: unknown): void {
  if (typeof name === 'string' && name !== '' && name.length <= MAX_TOPIC_NAME_LENGTH) return;
  const told = name === '' ? 'an empty one' : String(name);
  throw new VarveError(
    'INVALID_TOPIC_EXCEPTION',
    `A topic is named by a string of 1 to ${MAX_TOPIC_NAME_LENGTH} characters, not ${told}.`,
  );
}

function encoded(
  method: string,
  type: { encode(message: never): { finish(): Uint8Array } },
  request: object,
): Uint8Array {
  try {
    return type.encode(request as never).finish();
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    const name = method.slice(method.lastIndexOf('/') + 1);
    throw new VarveError('INVALID_REQUEST', `What was given to ${name} is of a wrong type: ${error.message}`);
  }
}

/** Errors by which a node says that it has no answer, for want of another node or before it is part of the cluster. */
const NOT_PASSED_ON: ReadonlySet<ErrorName> = new Set<ErrorName>([
  'NOT_CONTROLLER',
  'NETWORK_EXCEPTION',
  'LEADER_NOT_AVAILABLE',
  'COORDINATOR_LOAD_IN_PROGRESS',
]);

/** Whether a node had no answer, for want of another node: a later one, or another node, may have. */
export function isNotPassedOn(error: unknown): error is VarveError {
  return error instanceof VarveError && NOT_PASSED_ON.has(error.code);
}

function mayAskAgain(error: unknown): boolean {
  if (error instanceof VarveError) return isNotPassedOn(error);
  return error instanceof TransportError && error.kind !== 'tooLarge';
}

/** A controller that dies, or is deposed, may have had committed what it never answered; one that is not there, not. */
export function mayBeDone(error: unknown): boolean {
  if (error instanceof VarveError) return error.code === 'NETWORK_EXCEPTION';
  return error instanceof TransportError && error.mayHaveArrived;
}

function isTimeout(error: unknown): boolean {
  return error instanceof TransportError && error.kind === 'timeout';
}

function closedOrLate(closed: boolean, timeoutMs: number): VarveError {
  if (closed) return new VarveError('NETWORK_EXCEPTION', 'The client is closed.');
  return new VarveError('REQUEST_TIMED_OUT', `No node answered within ${timeoutMs} ms.`);
}
