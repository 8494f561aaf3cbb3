import { VarveError } from '../../common/errors.js';
import type { ErrorName } from '../../common/errors.js';
import { varve } from '../../protocol/varve.js';
import type { RecordBytes } from '../../record/batch-builder.js';
import type { CompressionName } from '../../record/batch-header.js';
import { CompressionCodec } from '../../record/batch-header.js';
import type { ClientOptions, Routing } from '../options.js';
import { CLIENT_OPTIONS, DEFAULT_REQUEST_TIMEOUT_MS, checkNames, checkedInteger, checkedRouting } from '../options.js';
import type { Serializer } from '../serializers.js';

const { Acks } = varve.v1;

/** Chooses a partition for a record, in place of the built-in partitioner. */
export type Partitioner = (topic: string, key: RecordBytes, partitionCount: number) => number;

/** Names in Kafka's words; units in the names. */
export interface ProducerOptions<Key = RecordBytes, Value = RecordBytes> extends ClientOptions {
  /** Default `all`. `1`: the leader has it on disk; `0`: no answer is waited for. */
  readonly acks?: 'all' | -1 | 1 | 0;
  /** `enable.idempotence`: default true with acks `all`, which it needs. */
  readonly idempotent?: boolean;
  /** How long a batch waits to fill; default 0: until the end of the turn, or while `maxInFlight` are under way. */
  readonly lingerMs?: number;
  /** `batch.size`; default 1,000,000, just below `max.message.bytes`. Batches get so large only while many are unanswered. */
  readonly batchSizeBytes?: number;
  /**
   * `buffer.memory`; default 64 MiB, or 240 KiB for each partition whose last batch takes records where that is
   * more, at most 256 MiB. Past it `send` waits, up to `maxBlockMs`; 4 times `bufferMemoryBytes` may wait, or 256 MiB.
   */
  readonly bufferMemoryBytes?: number;
  /** `max.block.ms`; default 60,000. */
  readonly maxBlockMs?: number;
  /** `max.request.size`: largest record; default 1 MiB. */
  readonly maxRequestBytes?: number;
  /** `compression.type`; default `none`. */
  readonly compression?: CompressionName;
  /**
   * `max.in.flight.requests.per.connection`, here batches of a partition; 1 to 5; default 5. Those of all partitions that one
   * node leads may take 3 MB together, or two of `batchSizeBytes`, and more where answers take longer than 30 ms.
   */
  readonly maxInFlight?: number;
  /** From `send` to the last retry; default 120,000. */
  readonly deliveryTimeoutMs?: number;
  /** First wait before a retry; default 10. A new leader is never waited for longer than it takes to hear of it. */
  readonly retryBackoffMs?: number;
  readonly retryBackoffMaxMs?: number;
  readonly partitioner?: Partitioner;
  readonly keySerializer?: Serializer<Key>;
  readonly valueSerializer?: Serializer<Value>;
  readonly routing?: Routing;
}

export interface ResolvedProducerOptions {
  readonly acks: varve.v1.Acks;
  readonly idempotent: boolean;
  readonly lingerMs: number;
  readonly batchSizeBytes: number;
  /** Undefined: as BufferMemory has it. */
  readonly bufferMemoryBytes: number | undefined;
  readonly maxBlockMs: number;
  readonly maxRequestBytes: number;
  readonly codec: CompressionCodec;
  readonly maxInFlight: number;
  readonly deliveryTimeoutMs: number;
  readonly requestTimeoutMs: number;
  readonly retryBackoffMs: number;
  readonly retryBackoffMaxMs: number;
  readonly routing: Routing;
}

const PRODUCER_OPTIONS = {
  ...CLIENT_OPTIONS,
  acks: true,
  idempotent: true,
  lingerMs: true,
  batchSizeBytes: true,
  bufferMemoryBytes: true,
  maxBlockMs: true,
  maxRequestBytes: true,
  compression: true,
  maxInFlight: true,
  deliveryTimeoutMs: true,
  retryBackoffMs: true,
  retryBackoffMaxMs: true,
  partitioner: true,
  keySerializer: true,
  valueSerializer: true,
  routing: true,
} as const satisfies Record<keyof ProducerOptions, true>;

const HOUR_MS = 3_600_000;
const MIB = 1024 * 1024;
const GIB = 1024 * MIB;
/** What a batch costs each replica whatever its size (messages, a write, a sync) is spread over so much of a busy producer's. */
const DEFAULT_BATCH_BYTES = 1_000_000;
/** What brokers remember of a producer's batches, and so can tell a repeated one by. */
const MAX_IN_FLIGHT = 5;

/** Checks every value; throws INVALID_CONFIG that names the one that is wrong. */
export function resolveProducerOptions<Key, Value>(options: ProducerOptions<Key, Value>): ResolvedProducerOptions {
  checkNames(options, PRODUCER_OPTIONS, 'producer');
  const acks = wireAcks(options.acks ?? 'all');
  const idempotent = options.idempotent ?? acks === Acks.ACKS_ALL;
  if (idempotent && acks !== Acks.ACKS_ALL) {
    throw new VarveError(
      'INVALID_CONFIG',
      `An idempotent producer needs acks 'all': set idempotent to false for acks ${options.acks}.`,
    );
  }
  const compression = options.compression ?? 'none';
  if (!Object.hasOwn(CompressionCodec, compression)) {
    throw invalid(
      'INVALID_CONFIG',
      `compression must be one of ${Object.keys(CompressionCodec).join(', ')}, not '${compression}'.`,
    );
  }
  const lingerMs = checkedInteger(options.lingerMs ?? 0, 0, HOUR_MS, 'lingerMs');
  const deliveryTimeoutMs = checkedInteger(options.deliveryTimeoutMs ?? 120_000, 1, 24 * HOUR_MS, 'deliveryTimeoutMs');
  if (deliveryTimeoutMs <= lingerMs) {
    throw invalid(
      'INVALID_CONFIG',
      `deliveryTimeoutMs (${deliveryTimeoutMs}) must be above lingerMs (${lingerMs}): records would expire unsent.`,
    );
  }
  return {
    acks,
    idempotent,
    lingerMs,
    batchSizeBytes: checkedInteger(options.batchSizeBytes ?? DEFAULT_BATCH_BYTES, 0, 64 * MIB, 'batchSizeBytes'),
    bufferMemoryBytes:
      options.bufferMemoryBytes === undefined
        ? undefined
        : checkedInteger(options.bufferMemoryBytes, 1, 4 * GIB, 'bufferMemoryBytes'),
    maxBlockMs: checkedInteger(options.maxBlockMs ?? 60_000, 0, 24 * HOUR_MS, 'maxBlockMs'),
    maxRequestBytes: checkedInteger(options.maxRequestBytes ?? MIB, 1, 64 * MIB, 'maxRequestBytes'),
    codec: CompressionCodec[compression],
    maxInFlight: checkedInteger(options.maxInFlight ?? MAX_IN_FLIGHT, 1, MAX_IN_FLIGHT, 'maxInFlight'),
    deliveryTimeoutMs,
    requestTimeoutMs: checkedInteger(
      options.requestTimeoutMs ?? DEFAULT_REQUEST_TIMEOUT_MS,
      1,
      HOUR_MS,
      'requestTimeoutMs',
    ),
    retryBackoffMs: checkedInteger(options.retryBackoffMs ?? 10, 0, HOUR_MS, 'retryBackoffMs'),
    retryBackoffMaxMs: checkedInteger(options.retryBackoffMaxMs ?? 100, 0, HOUR_MS, 'retryBackoffMaxMs'),
    routing: checkedRouting(options.routing),
  };
}

function wireAcks(acks: 'all' | -1 | 1 | 0): varve.v1.Acks {
  switch (acks) {
    case 'all':
    case -1:
      return Acks.ACKS_ALL;
    case 1:
      return Acks.ACKS_LEADER;
    case 0:
      return Acks.ACKS_NONE;
    default:
      throw invalid('INVALID_REQUIRED_ACKS', `acks must be 'all', 1 or 0, not '${String(acks)}'.`);
  }
}

function invalid(code: ErrorName, message: string): VarveError {
  return new VarveError(code, message);
}
