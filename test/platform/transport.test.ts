import t from 'tap';
import { RealClock } from '../../src/platform/node/clock.js';
import { NodeTransport } from '../../src/platform/node/transport.js';
import { transportConformance } from './conformance/transport.js';

transportConformance(t, async () => ({
  server: new NodeTransport(),
  client: new NodeTransport(),
  host: '127.0.0.1',
  clock: new RealClock(),
}));
