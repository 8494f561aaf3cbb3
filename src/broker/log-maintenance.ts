import type { BrokerConfig } from '../metadata/configs/tables.js';
import type { PartitionLog } from '../log/partition-log.js';
import type { Clock, Timer } from '../platform/clock.js';
import type { Logger } from '../platform/observe.js';

export interface LogMaintenanceOptions {
  readonly clock: Clock;
  readonly logger: Logger;
  readonly config: () => BrokerConfig;
  readonly logs: () => readonly PartitionLog[];
}

/** Bytes that one turn of the scrub reads; between turns it rests. */
const SCRUB_SLICE_BYTES = 1024 * 1024;
const SCRUB_PAUSE_MS = 1_000;

/** What happens to logs in the background: retention, compaction and the slow scrub of what is on disk. */
export class LogMaintenance {
  readonly #options: LogMaintenanceOptions;
  #retentionTimer: Timer | undefined;
  #scrubTimer: Timer | undefined;
  #cleanerTimer: Timer | undefined;
  #scrubbing: PartitionLog[] = [];
  #closed = false;

  constructor(options: LogMaintenanceOptions) {
    this.#options = options;
  }

  start(): void {
    this.#scheduleRetention();
    this.#scheduleScrub(this.#options.config().logScrubIntervalMs);
    if (this.#options.config().logCleanerEnable) this.#scheduleCleaner(this.#options.config().logCleanerBackoffMs);
  }

  close(): void {
    this.#closed = true;
    this.#retentionTimer?.cancel();
    this.#scrubTimer?.cancel();
    this.#cleanerTimer?.cancel();
  }

  #scheduleRetention(): void {
    if (this.#closed) return;
    this.#retentionTimer = this.#options.clock.after(this.#options.config().logRetentionCheckIntervalMs, () => {
      void this.#applyRetention().finally(() => this.#scheduleRetention());
    });
  }

  async #applyRetention(): Promise<void> {
    for (const log of this.#options.logs()) {
      if (this.#closed || log.offline) continue;
      await log.applyRetention(this.#options.clock.wallMs()).catch((error: unknown) => this.#complain(log, error));
    }
  }

  #scheduleCleaner(delayMs: number): void {
    if (this.#closed) return;
    this.#cleanerTimer = this.#options.clock.after(delayMs, () => {
      void this.#clean().then((restMs) => this.#scheduleCleaner(restMs));
    });
  }

  /** Compacts the dirtiest log, if one needs it; gives how long to rest afterwards. */
  async #clean(): Promise<number> {
    const { clock, config, logs } = this.#options;
    const { logCleanerBackoffMs, logCleanerDedupeBufferSize, logCleanerIoMaxBytesPerSecond } = config();
    let dirtiest: PartitionLog | undefined;
    let greatestRatio = -1;
    for (const log of logs()) {
      if (this.#closed || log.offline || !log.config.cleanupCompact) continue;
      const found = await log.findCleanable(clock.wallMs()).catch(() => undefined);
      if (found === undefined) continue;
      const ratio = found.isOverdue ? Infinity : found.dirtyRatio;
      if (ratio < log.config.minCleanableDirtyRatio || ratio <= greatestRatio) continue;
      dirtiest = log;
      greatestRatio = ratio;
    }
    if (this.#closed || dirtiest === undefined) return logCleanerBackoffMs;
    try {
      const result = await dirtiest.compact(clock.wallMs(), logCleanerDedupeBufferSize);
      if (result === undefined) return logCleanerBackoffMs;
      return ((result.bytesBefore + result.bytesAfter) / logCleanerIoMaxBytesPerSecond) * 1000;
    } catch (error) {
      this.#complain(dirtiest, error);
      return logCleanerBackoffMs;
    }
  }

  #scheduleScrub(delayMs: number): void {
    // An interval of -1 turns it off.
    if (this.#closed || delayMs < 0) return;
    this.#scrubTimer = this.#options.clock.after(delayMs, () => void this.#scrub());
  }

  async #scrub(): Promise<void> {
    if (this.#scrubbing.length === 0) this.#scrubbing = [...this.#options.logs()];
    const log = this.#scrubbing[0];
    if (log !== undefined && !log.offline) {
      const done = await log.scrubSlice(SCRUB_SLICE_BYTES).catch((error: unknown) => {
        this.#complain(log, error);
        return true;
      });
      if (done) this.#scrubbing.shift();
    } else this.#scrubbing.shift();
    this.#scheduleScrub(this.#scrubbing.length === 0 ? this.#options.config().logScrubIntervalMs : SCRUB_PAUSE_MS);
  }

  #complain(log: PartitionLog, error: unknown): void {
    this.#options.logger.warn(
      { topic: log.topic, partition: log.partition, error: String(error) },
      'Maintenance of a log failed and is tried again later.',
    );
  }
}
