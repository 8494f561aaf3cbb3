import type { Buffers } from './buffer-pool.js';
import type { Clock } from './clock.js';
import type { FileSystem } from './file-system.js';
import type { KeyValueStores } from './key-value-store.js';
import type { Logger, Metrics } from './observe.js';
import type { Random } from './random.js';
import type { Transport } from './transport.js';
import type { Workers } from './workers.js';

/** All of the outside that a node may touch. `platform/node` makes the real one, `simulation` one from a seed. */
export interface Platform {
  readonly clock: Clock;
  readonly random: Random;
  readonly fileSystem: FileSystem;
  readonly keyValueStores: KeyValueStores;
  readonly transport: Transport;
  readonly workers: Workers;
  /** Memory for messages and for batches. */
  readonly buffers: Buffers;
  readonly logger: Logger;
  readonly metrics: Metrics;
}
