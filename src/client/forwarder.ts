import type { Address } from '../platform/transport.js';
import type { Cluster } from './cluster.js';
import { addressKey } from './options.js';

/**
 * The node that forwards everything, for clients that let one do so. It stays the same while its stream is open: what is in order
 * must not go two ways at a time.
 */
export class Forwarder {
  readonly #cluster: Cluster;
  readonly #hasStream: (key: string) => boolean;
  #index = 0;
  #address: Address | undefined;

  /** `hasStream`: whether a stream to the node of an `addressKey` is open. */
  constructor(cluster: Cluster, hasStream: (key: string) => boolean) {
    this.#cluster = cluster;
    this.#hasStream = hasStream;
  }

  get address(): Address {
    if (this.#address === undefined || !this.#hasStream(addressKey(this.#address))) {
      this.#address = this.#cluster.bootstrapAddress(this.#index);
    }
    return this.#address;
  }

  /** Its stream broke off: the next one in turn is taken. */
  broke(): void {
    this.#index += 1;
  }

  /** Whether the stream to the node at `key` is to be left: it is shunned, and there is another node. */
  mustLeave(key: string): boolean {
    return this.#cluster.isShunned(key) && addressKey(this.#cluster.bootstrapAddress(this.#index)) !== key;
  }
}
