import { LogDirectory } from '../../src/log/log-directory.js';
import type { LogConfig, LogDirectoryConfig } from '../../src/log/log-config.js';
import { IndexCache } from '../../src/log/index-cache.js';
import { DEFAULT_LOG_CONFIG, DEFAULT_LOG_DIRECTORY_CONFIG } from '../../src/log/log-config.js';
import type { PartitionLog } from '../../src/log/partition-log.js';
import { PoisonedBuffers } from '../../src/simulation/poisoned-buffers.js';
import { TailCache } from '../../src/log/tail-cache.js';
import type { Clock, Timer } from '../../src/platform/clock.js';
import type { FileSystem } from '../../src/platform/file-system.js';
import { silentLogger } from '../../src/platform/observe.js';
import type { Workers } from '../../src/platform/workers.js';
import {
  ATTRIBUTES_AT,
  BASE_SEQUENCE_AT,
  BASE_TIMESTAMP_AT,
  batchNextOffset,
  batchSizeBytes,
  computeBatchCrc,
  CRC_AT,
  LAST_OFFSET_DELTA_AT,
  LEADER_EPOCH_AT,
  LENGTH_AT,
  LOG_OVERHEAD,
  MAGIC_AT,
  MAX_TIMESTAMP_AT,
  PRODUCER_EPOCH_AT,
  PRODUCER_ID_AT,
  RECORD_BATCH_OVERHEAD,
  RECORD_COUNT_AT,
  writeInt64,
} from '../../src/record/batch-header.js';
import { checkCompressedRecords } from '../../src/record/batch-validation.js';
import { compressRecords, decompressRecords } from '../../src/record/compression.js';
import { Seeded } from './fake-disk.js';

export const TOPIC_ID = 'BoKpSwKMRd6JudBiXLsSuQ';

/** Time that moves when the test says so. */
export class ManualClock implements Clock {
  nowMs = 1_700_000_000_000;
  #timers: Array<{ atMs: number; callback: () => void }> = [];

  monotonicMs(): number {
    return this.nowMs;
  }

  wallMs(): number {
    return this.nowMs;
  }

  after(delayMs: number, callback: () => void): Timer {
    const timer = { atMs: this.nowMs + delayMs, callback };
    this.#timers.push(timer);
    return { cancel: () => void (this.#timers = this.#timers.filter((each) => each !== timer)) };
  }

  defer(callback: () => void): void {
    queueMicrotask(callback);
  }

  atEndOfTurn(callback: () => void): void {
    queueMicrotask(callback);
  }

  takeLatenessMs(): number {
    return 0;
  }

  advance(byMs: number): void {
    this.nowMs += byMs;
    const due = this.#timers.filter((timer) => timer.atMs <= this.nowMs);
    this.#timers = this.#timers.filter((timer) => timer.atMs > this.nowMs);
    for (const timer of due) timer.callback();
  }
}

export interface Opened {
  readonly directory: LogDirectory;
  readonly clock: ManualClock;
}

/** Runs the codecs here and now. */
export const inlineWorkers: Workers = {
  async run(task, input) {
    const data = Buffer.from(input.data.buffer, input.data.byteOffset, input.data.byteLength);
    const maxBytes = 'maxBytes' in input ? input.maxBytes : 0;
    if ('rules' in input) return { maxTimestamp: checkCompressedRecords(data, input.rules) };
    return task === 'compress' ? compressRecords(input.codec, data) : decompressRecords(input.codec, data, maxBytes);
  },
  close: async () => undefined,
};

export async function openDirectory(
  fileSystem: FileSystem,
  options: {
    path?: string;
    clock?: ManualClock;
    config?: Partial<LogDirectoryConfig>;
    cacheBytes?: number;
    indexCache?: IndexCache;
    nodeId?: number;
    workers?: Workers;
  } = {},
): Promise<Opened> {
  const clock = options.clock ?? new ManualClock();
  const directory = await LogDirectory.open({
    path: options.path ?? '/data',
    nodeId: options.nodeId ?? 1,
    platform: {
      clock,
      random: new Seeded(1),
      fileSystem,
      logger: silentLogger,
      workers: options.workers ?? inlineWorkers,
    },
    config: { ...DEFAULT_LOG_DIRECTORY_CONFIG, ...options.config },
    tailCache: new TailCache({ capacityBytes: options.cacheBytes ?? 1 << 20, buffers: new PoisonedBuffers() }),
    indexCache: options.indexCache ?? new IndexCache({ capacityBytes: 1 << 20 }),
  });
  return { directory, clock };
}

export function logConfig(config: Partial<LogConfig> = {}): LogConfig {
  return { ...DEFAULT_LOG_CONFIG, ...config };
}

export interface BatchOptions {
  readonly records?: number;
  /** Bytes of each record's value. */
  readonly valueBytes?: number;
  /** What the values are filled with. */
  readonly fill?: number;
  readonly timestamp?: number;
  readonly producerId?: number;
  readonly producerEpoch?: number;
  readonly baseSequence?: number;
  readonly transactional?: boolean;
  readonly baseOffset?: number;
  readonly leaderEpoch?: number;
  /** Commit (true) or abort marker with this coordinator epoch. */
  readonly marker?: { readonly committed: boolean; readonly coordinatorEpoch: number };
}

/** An uncompressed batch as a producer sends it. */
export function makeBatch(options: BatchOptions = {}): Buffer {
  const count = options.marker === undefined ? (options.records ?? 1) : 1;
  const records = Array.from({ length: count }, (_, index) => record(index, options));
  const body = Buffer.concat(records);
  const batch = Buffer.alloc(RECORD_BATCH_OVERHEAD + body.length);
  body.copy(batch, RECORD_BATCH_OVERHEAD);
  writeInt64(batch, 0, options.baseOffset ?? 0);
  batch.writeInt32BE(batch.length - LOG_OVERHEAD, LENGTH_AT);
  batch.writeInt32BE(options.leaderEpoch ?? -1, LEADER_EPOCH_AT);
  batch.writeInt8(2, MAGIC_AT);
  batch.writeUInt16BE((options.transactional ? 0x10 : 0) | (options.marker ? 0x30 : 0), ATTRIBUTES_AT);
  batch.writeInt32BE(count - 1, LAST_OFFSET_DELTA_AT);
  writeInt64(batch, BASE_TIMESTAMP_AT, options.timestamp ?? 1_700_000_000_000);
  writeInt64(batch, MAX_TIMESTAMP_AT, options.timestamp ?? 1_700_000_000_000);
  writeInt64(batch, PRODUCER_ID_AT, options.producerId ?? -1);
  batch.writeInt16BE(options.producerEpoch ?? (options.producerId === undefined ? -1 : 0), PRODUCER_EPOCH_AT);
  batch.writeInt32BE(
    options.baseSequence ?? (options.producerId === undefined || options.marker ? -1 : 0),
    BASE_SEQUENCE_AT,
  );
  batch.writeInt32BE(count, RECORD_COUNT_AT);
  batch.writeUInt32BE(computeBatchCrc(batch, 0), CRC_AT);
  return batch;
}

function record(offsetDelta: number, options: BatchOptions): Buffer {
  let key: Buffer | undefined;
  let value = Buffer.alloc(options.valueBytes ?? 10, options.fill ?? 0x61 + (offsetDelta % 26));
  if (options.marker !== undefined) {
    key = Buffer.alloc(4);
    key.writeInt16BE(options.marker.committed ? 1 : 0, 2);
    value = Buffer.alloc(6);
    value.writeInt32BE(options.marker.coordinatorEpoch, 2);
  }
  const fields = Buffer.concat([
    Buffer.from([0]),
    varint(0),
    varint(offsetDelta),
    varint(key?.length ?? -1),
    key ?? Buffer.alloc(0),
    varint(value.length),
    value,
    varint(0),
  ]);
  return Buffer.concat([varint(fields.length), fields]);
}

function varint(value: number): Buffer {
  const bytes: number[] = [];
  let left = (value << 1) ^ (value >> 31);
  for (; left >= 0x80; left >>>= 7) bytes.push((left & 0x7f) | 0x80);
  bytes.push(left);
  return Buffer.from(bytes);
}

/** All batches from `from` on, one buffer each. */
export async function readAll(
  log: PartitionLog,
  from: number = log.startOffset,
  maxBytes = 1 << 20,
): Promise<Buffer[]> {
  const found: Buffer[] = [];
  for (let next = from; next < log.endOffset;) {
    const buffers = await log.read(next, maxBytes, log.endOffset);
    if (buffers.length === 0) break;
    for (const buffer of buffers) {
      for (let at = 0; at < buffer.length;) {
        const end = at + batchSizeBytes(buffer, at);
        found.push(buffer.subarray(at, end));
        next = batchNextOffset(buffer, at);
        at = end;
      }
    }
  }
  return found;
}

/** Lets promises that are ready run, as often as it takes on a disk that answers at once. */
export async function settle(turns = 200): Promise<void> {
  for (let turn = 0; turn < turns; turn++) await Promise.resolve();
}
