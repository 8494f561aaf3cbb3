import type { Clock } from '../platform/clock.js';
import { RealClock } from '../platform/node/clock.js';
import { RealRandom } from '../platform/node/random.js';
import { NodeTransport } from '../platform/node/transport.js';
import type { Logger } from '../platform/observe.js';
import { silentLogger } from '../platform/observe.js';
import type { Random } from '../platform/random.js';
import type { Transport } from '../platform/transport.js';

/** The outside, as far as a client touches it. */
export interface ClientPlatform {
  readonly clock: Clock;
  readonly random: Random;
  readonly transport: Transport;
  readonly logger: Logger;
}

/** The real one; logs nothing unless `logger` is given. */
export function realClientPlatform(logger: Logger = silentLogger): ClientPlatform {
  return { clock: new RealClock(), random: new RealRandom(), transport: new NodeTransport({ logger }), logger };
}
