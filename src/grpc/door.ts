import type { BrokerApi } from '../broker/broker-api.js';
import type { Clock } from '../platform/clock.js';
import type { Logger } from '../platform/observe.js';
import type { Random } from '../platform/random.js';
import type { RpcHandlers } from '../platform/transport.js';
import type { Workers } from '../platform/workers.js';
import { adminHandlers } from './admin.js';
import { consumeHandlers } from './consume.js';
import type { ServingState } from './health.js';
import { healthHandlers } from './health.js';
import { InFlightBudget } from './in-flight-budget.js';
import { metadataHandlers } from './metadata.js';
import { produceHandlers } from './produce.js';
import { SERVICES, reflectionHandlers } from './reflection.js';
import { WatchBudget } from './watch-budget.js';

export interface GrpcDoorLimits {
  /** Kafka's `queued.max.request.bytes`: unanswered produce requests of all streams of the node. */
  readonly maxQueuedProduceBytes: number;
  /** Unanswered produce requests of one stream. */
  readonly maxStreamProduceBytes: number;
  /** Largest ConsumeResponse that a client may ask for. */
  readonly maxConsumeResponseBytes: number;
  readonly maxFetchWaitMs: number;
  readonly maxPartitionsPerStream: number;
  /** Of the topics that WatchMetadata streams name, all of the node. */
  readonly maxWatchBytes: number;
}

export const DEFAULT_GRPC_LIMITS: GrpcDoorLimits = {
  maxQueuedProduceBytes: 64 * 1024 * 1024,
  maxStreamProduceBytes: 16 * 1024 * 1024,
  maxConsumeResponseBytes: 4 * 1024 * 1024,
  maxFetchWaitMs: 60_000,
  maxPartitionsPerStream: 10_000,
  maxWatchBytes: 32 * 1024 * 1024,
};

export interface GrpcDoorOptions {
  readonly broker: BrokerApi;
  readonly clock: Clock;
  readonly random: Random;
  readonly workers: Workers;
  readonly serving: ServingState;
  readonly logger?: Logger;
  readonly limits?: Partial<GrpcDoorLimits>;
}

/** What the GRPC listener answers: the public API, admin, health and reflection. */
export function grpcHandlers(options: GrpcDoorOptions): RpcHandlers {
  const limits = { ...DEFAULT_GRPC_LIMITS, ...options.limits };
  const { broker, clock, random, workers } = options;
  const groups = [
    produceHandlers({
      broker,
      clock,
      random,
      budget: new InFlightBudget(limits.maxQueuedProduceBytes),
      limits: { maxStreamBytes: limits.maxStreamProduceBytes },
    }),
    consumeHandlers(broker, workers, {
      maxResponseBytes: limits.maxConsumeResponseBytes,
      maxFetchWaitMs: limits.maxFetchWaitMs,
      maxPartitionsPerStream: limits.maxPartitionsPerStream,
    }),
    metadataHandlers(broker, new WatchBudget(limits.maxWatchBytes, options.logger)),
    adminHandlers(broker),
    healthHandlers(options.serving, SERVICES),
    reflectionHandlers(),
  ];
  return {
    unary: Object.assign({}, ...groups.map((group) => group.unary)) as RpcHandlers['unary'],
    streams: Object.assign({}, ...groups.map((group) => group.streams)) as RpcHandlers['streams'],
  };
}
