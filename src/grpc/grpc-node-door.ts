import type { NodeDoor } from '../broker/node-door.js';
import { grpcHandlers } from './door.js';
import { maxWatchBytes } from './watch-budget.js';

/** A message of several batches may be this large, whatever the topics' own bound. */
const LEAST_MESSAGE_BYTES = 16 * 1024 * 1024;
/** Room around a batch of the greatest size: its place, names, and the other batches of the message. */
const MESSAGE_OVERHEAD_BYTES = 1024 * 1024;

/**
 * What is on its way may be so many times what is held to be answered: a thousand producers may all be within a message. A
 * client that leaves messages unfinished holds that much at most.
 */
const RECEIVING_FACTOR = 4;

/** Unary requests are small, and whole at once where a client means well. */
const RECEIVING_UNARY_BYTES = 32 * 1024 * 1024;

/** Answers to unary requests are read at once where a client means well; a thousand on one connection may be 4 MiB each. */
const UNREAD_UNARY_BYTES = 64 * 1024 * 1024;

/** The GRPC listener of a node: the public API, admin, health and reflection. */
export const grpcDoor: NodeDoor = {
  listener: 'GRPC',
  async open({ host, port, api, platform, config, tls, health }) {
    const server = await platform.transport.serveRpc({
      host,
      port,
      maxMessageBytes: Math.min(
        config.socketRequestMaxBytes,
        Math.max(LEAST_MESSAGE_BYTES, config.messageMaxBytes + MESSAGE_OVERHEAD_BYTES),
      ),
      maxConnections: config.maxConnections,
      maxIdleMs: config.connectionsMaxIdleMs,
      maxReceivingBytes: RECEIVING_FACTOR * config.queuedMaxRequestBytes,
      maxReceivingUnaryBytes: RECEIVING_UNARY_BYTES,
      maxUnreadUnaryBytes: UNREAD_UNARY_BYTES,
      handlers: grpcHandlers({
        broker: api,
        clock: platform.clock,
        random: platform.random,
        workers: platform.workers,
        logger: platform.logger,
        serving: {
          isServing: () => health.notReadyBecause() === undefined,
          onChange: (listener) => health.onChange(listener),
        },
        limits: {
          maxQueuedProduceBytes: config.queuedMaxRequestBytes,
          maxStreamProduceBytes: Math.min(config.queuedMaxRequestBytes, 16 * 1024 * 1024),
          maxConsumeResponseBytes: config.queuedMaxResponseBytes,
          maxWatchBytes: maxWatchBytes(config.maxConnections),
        },
      }),
      ...(tls === undefined ? {} : { tls }),
    });
    return { address: server.address, close: (graceMs) => server.close(graceMs) };
  },
};
