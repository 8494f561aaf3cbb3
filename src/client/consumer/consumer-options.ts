import { VarveError } from '../../common/errors.js';
import type { ClientOptions, Routing } from '../options.js';
import { CLIENT_OPTIONS, checkNames, checkedInteger, checkedRouting } from '../options.js';
import type { Deserializer } from '../serializers.js';

/** Names in Kafka's words; units in the names. */
export interface ConsumerOptions<Key = Buffer | null, Value = Buffer | null> extends ClientOptions {
  /** `isolation.level`; default `readUncommitted`. */
  readonly isolation?: 'readUncommitted' | 'readCommitted';
  /**
   * `auto.offset.reset`, for a position that is not in the log (any more); default `none`: the iteration throws, and each
   * one after it until a seek.
   */
  readonly autoOffsetReset?: 'earliest' | 'latest' | 'none';
  /** `fetch.max.bytes`: one response at most; default 1 MiB. */
  readonly fetchMaxBytes?: number;
  /** Received and not yet handed on; past it the nodes are left to wait; default 16 MiB. */
  readonly maxBufferedBytes?: number;
  /** `check.crcs`; default true. */
  readonly checkCrcs?: boolean;
  /** First wait before reading is tried again; default 10. */
  readonly retryBackoffMs?: number;
  readonly retryBackoffMaxMs?: number;
  readonly keyDeserializer?: Deserializer<Key>;
  readonly valueDeserializer?: Deserializer<Value>;
  readonly routing?: Routing;
}

export interface ResolvedConsumerOptions {
  readonly isReadCommitted: boolean;
  readonly autoOffsetReset: 'earliest' | 'latest' | 'none';
  readonly fetchMaxBytes: number;
  readonly maxBufferedBytes: number;
  readonly checkCrcs: boolean;
  readonly retryBackoffMs: number;
  readonly retryBackoffMaxMs: number;
  readonly routing: Routing;
}

const CONSUMER_OPTIONS = {
  ...CLIENT_OPTIONS,
  isolation: true,
  autoOffsetReset: true,
  fetchMaxBytes: true,
  maxBufferedBytes: true,
  checkCrcs: true,
  retryBackoffMs: true,
  retryBackoffMaxMs: true,
  keyDeserializer: true,
  valueDeserializer: true,
  routing: true,
} as const satisfies Record<keyof ConsumerOptions, true>;

const MIB = 1024 * 1024;
const HOUR_MS = 3_600_000;

/** Checks every value; throws INVALID_CONFIG that names the one that is wrong. */
export function resolveConsumerOptions<Key, Value>(options: ConsumerOptions<Key, Value>): ResolvedConsumerOptions {
  checkNames(options, CONSUMER_OPTIONS, 'consumer');
  const isolation = options.isolation ?? 'readUncommitted';
  if (isolation !== 'readUncommitted' && isolation !== 'readCommitted') {
    throw new VarveError(
      'INVALID_CONFIG',
      `isolation must be 'readUncommitted' or 'readCommitted', not '${String(isolation)}'.`,
    );
  }
  const autoOffsetReset = options.autoOffsetReset ?? 'none';
  if (autoOffsetReset !== 'earliest' && autoOffsetReset !== 'latest' && autoOffsetReset !== 'none') {
    throw new VarveError(
      'INVALID_CONFIG',
      `autoOffsetReset must be 'earliest', 'latest' or 'none', not '${String(autoOffsetReset)}'.`,
    );
  }
  return {
    isReadCommitted: isolation === 'readCommitted',
    autoOffsetReset,
    fetchMaxBytes: checkedInteger(options.fetchMaxBytes ?? MIB, 1, 64 * MIB, 'fetchMaxBytes'),
    maxBufferedBytes: checkedInteger(options.maxBufferedBytes ?? 16 * MIB, 1, 4096 * MIB, 'maxBufferedBytes'),
    checkCrcs: options.checkCrcs ?? true,
    retryBackoffMs: checkedInteger(options.retryBackoffMs ?? 10, 0, HOUR_MS, 'retryBackoffMs'),
    retryBackoffMaxMs: checkedInteger(options.retryBackoffMaxMs ?? 100, 0, HOUR_MS, 'retryBackoffMaxMs'),
    routing: checkedRouting(options.routing),
  };
}

/** How long to wait after so many failures in a row. */
export function backoffMs(
  { retryBackoffMs, retryBackoffMaxMs }: Pick<ResolvedConsumerOptions, 'retryBackoffMs' | 'retryBackoffMaxMs'>,
  failures: number,
): number {
  return Math.min(retryBackoffMs * 2 ** Math.min(failures - 1, 16), retryBackoffMaxMs);
}
