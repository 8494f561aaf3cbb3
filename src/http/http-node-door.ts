import type { NodeDoor } from '../broker/node-door.js';
import { HttpDoor } from './http-door.js';

/** The HTTP listener of a node: metrics and health. */
export const httpDoor: NodeDoor = {
  listener: 'HTTP',
  async open({ host, port, platform, config, tls, health }) {
    const door = await HttpDoor.open({
      host,
      port,
      transport: platform.transport,
      clock: platform.clock,
      logger: platform.logger,
      metrics: platform.metrics,
      health,
      maxConnections: config.maxConnections,
      maxIdleMs: config.connectionsMaxIdleMs,
      ...(tls === undefined ? {} : { tls }),
    });
    return { address: door.address, close: () => door.close() };
  },
};
