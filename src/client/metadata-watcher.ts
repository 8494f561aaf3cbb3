import { VarveError } from '../common/errors.js';
import type { Timer } from '../platform/clock.js';
import type { Address, RpcStream } from '../platform/transport.js';
import { varve } from '../protocol/varve.js';
import type { Cluster } from './cluster.js';
import { addressKey } from './options.js';

const { MetadataRequest, MetadataResponse } = varve.v1;

const FIRST_RETRY_MS = 10;
const MAX_RETRY_MS = 200;
/** A node without room for a further watcher has that no sooner than others end. */
const MAX_FULL_RETRY_MS = 5_000;

/**
 * Keeps one WatchMetadata stream open, to any node that no other watcher of the client uses (`watched` is shared by
 * them). When the stream ends it goes to another node.
 */
export class MetadataWatcher {
  readonly #cluster: Cluster;
  readonly #watched: Set<string>;
  readonly #failedAtMs = new Map<string, number>();
  #stream: RpcStream | undefined;
  #address: Address | undefined;
  #retryMs = FIRST_RETRY_MS;
  #saidFull = false;
  #timer: Timer | undefined;
  #restartScheduled = false;
  /** No node was left to watch. */
  #idle = false;
  #closed = false;

  constructor(cluster: Cluster, watched: Set<string>) {
    this.#cluster = cluster;
    this.#watched = watched;
    this.topicsChanged();
  }

  /** Asks anew, for the topics of now; several changes of one turn ask once. */
  topicsChanged(): void {
    if (this.#restartScheduled || this.#closed) return;
    this.#restartScheduled = true;
    this.#cluster.platform.clock.defer(() => {
      this.#restartScheduled = false;
      if (this.#closed) return;
      const again = this.#address;
      this.#drop();
      this.#open(again);
    });
  }

  /** There may be a node to watch now. */
  nodesChanged(): void {
    if (!this.#idle || this.#closed) return;
    this.#open();
  }

  close(): void {
    this.#closed = true;
    this.#timer?.cancel();
    this.#drop();
  }

  #open(again?: Address): void {
    this.#timer?.cancel();
    this.#timer = undefined;
    const address = again ?? this.#cluster.pickAddress(this.#watched, this.#failedAtMs, true);
    this.#idle = address === undefined;
    if (address === undefined) {
      // Fewer nodes than watchers: look again later, more may come.
      this.#retryLater(MAX_RETRY_MS);
      return;
    }
    const key = addressKey(address);
    this.#watched.add(key);
    this.#address = address;
    const stream = this.#cluster.connection(address).stream('/varve.v1.Varve/WatchMetadata');
    this.#stream = stream;
    stream.onMessage((bytes) => {
      if (this.#stream !== stream) return;
      this.#retryMs = FIRST_RETRY_MS;
      this.#saidFull = false;
      if (this.#cluster.learn(MetadataResponse.decode(bytes), address)) return;
      this.#drop();
      this.#retryLater(this.#retryMs);
    });
    stream.onDrain(() => {});
    stream.onEnd(() => {});
    stream.onClose((error) => {
      if (this.#stream !== stream) return;
      this.#failedAtMs.set(key, this.#cluster.platform.clock.monotonicMs());
      this.#drop();
      this.#retryLater(this.#retryMs);
      const isFull = error instanceof VarveError && error.code === 'THROTTLING_QUOTA_EXCEEDED';
      this.#retryMs = Math.min(this.#retryMs * 2, isFull ? MAX_FULL_RETRY_MS : MAX_RETRY_MS);
      if (isFull) this.#sayFull(key, error);
    });
    stream.send(MetadataRequest.encode(this.#cluster.metadataRequest()).finish());
    stream.end();
  }

  #sayFull(address: string, { message }: VarveError): void {
    if (this.#saidFull) return;
    this.#saidFull = true;
    this.#cluster.platform.logger.warn(
      { address },
      `A node has no room to tell this client of new leaders, which it may learn of later: ${message}`,
    );
  }

  #retryLater(delayMs: number): void {
    if (this.#closed) return;
    this.#timer?.cancel();
    this.#timer = this.#cluster.platform.clock.after(delayMs, () => this.#open());
  }

  #drop(): void {
    if (this.#address !== undefined) this.#watched.delete(addressKey(this.#address));
    this.#address = undefined;
    const stream = this.#stream;
    this.#stream = undefined;
    stream?.cancel();
  }
}
