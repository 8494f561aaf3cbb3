import type { BrokerConfig } from '../metadata/configs/tables.js';
import type { PartitionLog } from '../log/partition-log.js';
import type { Clock, Timer } from '../platform/clock.js';
import type { Logger } from '../platform/observe.js';

export interface LogMaintenanceOptions {
  readonly clock: Clock;
  readonly logger: Logger;
  readonly config: () => BrokerConfig;
  readonly logs: () => readonly PartitionLog[];
  /** Those of which retention and compaction may remove something: their topics' settings are known. */
  readonly configuredLogs: () => readonly PartitionLog[];
}

/** Bytes that one turn of the scrub reads; between turns it rests, at least so long. */
const SCRUB_SLICE_BYTES = 1024 * 1024;
const MIN_SCRUB_PAUSE_MS = 10;
/** A change of `log.scrub.interval.ms` counts by then. */
const MAX_SCRUB_PAUSE_MS = 60_000;
/** A log's retention that takes longer goes on beside that of the next one. */
const RETENTION_PATIENCE_MS = 1_000;
/** A log that could not be compacted (damage, say) is left alone for so long; twice as long after each failure. */
const MIN_CLEANER_RETRY_MS = 60_000;
const MAX_CLEANER_RETRY_MS = 3_600_000;

/** What happens to logs in the background: retention, compaction and the slow scrub of what is on disk. */
export class LogMaintenance {
  readonly #options: LogMaintenanceOptions;
  #retentionTimer: Timer | undefined;
  #scrubTimer: Timer | undefined;
  #cleanerTimer: Timer | undefined;
  /** Logs that could not be compacted, and when they may be tried again. */
  readonly #uncleanable = new WeakMap<PartitionLog, { readonly untilMs: number; readonly delayMs: number }>();
  /** Logs whose retention is at work, or waits for another change of theirs. */
  readonly #retaining = new WeakSet<PartitionLog>();
  #scrubbing: PartitionLog[] = [];
  #lastScrubMs = 0;
  #closed = false;

  constructor(options: LogMaintenanceOptions) {
    this.#options = options;
  }

  start(): void {
    this.#scheduleRetention();
    this.#lastScrubMs = this.#options.clock.monotonicMs();
    this.#scheduleScrub();
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
    for (const log of this.#options.configuredLogs()) {
      if (this.#closed || log.offline || this.#retaining.has(log)) continue;
      await this.#orPatienceEnds(this.#retain(log));
    }
  }

  async #retain(log: PartitionLog): Promise<void> {
    this.#retaining.add(log);
    await log.applyRetention(this.#options.clock.wallMs()).catch((error: unknown) => this.#complain(log, error));
    this.#retaining.delete(log);
  }

  /**
   * One log after the other; but one that is being compacted, or that waits for room on a full disk, does not keep the
   * others from making some.
   */
  async #orPatienceEnds(work: Promise<void>): Promise<void> {
    await new Promise<void>((resolve) => {
      const timer = this.#options.clock.after(RETENTION_PATIENCE_MS, resolve);
      void work.then(() => {
        timer.cancel();
        resolve();
      });
    });
  }

  #scheduleCleaner(delayMs: number): void {
    if (this.#closed) return;
    this.#cleanerTimer = this.#options.clock.after(delayMs, () => {
      void this.#clean().then((restMs) => this.#scheduleCleaner(restMs));
    });
  }

  /** Compacts the dirtiest log, if one needs it; gives how long to rest afterwards. */
  async #clean(): Promise<number> {
    const { clock, config, configuredLogs } = this.#options;
    const { logCleanerBackoffMs, logCleanerDedupeBufferSize, logCleanerIoMaxBytesPerSecond } = config();
    let dirtiest: PartitionLog | undefined;
    let greatestRatio = -1;
    for (const log of configuredLogs()) {
      if (this.#closed || log.offline || !log.config.cleanupCompact) continue;
      if (clock.monotonicMs() < (this.#uncleanable.get(log)?.untilMs ?? -Infinity)) continue;
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
      this.#uncleanable.delete(dirtiest);
      return ((result.bytesBefore + result.bytesAfter) / logCleanerIoMaxBytesPerSecond) * 1000;
    } catch (error) {
      this.#complain(dirtiest, error);
      this.#leaveAlone(dirtiest);
      return logCleanerBackoffMs;
    }
  }

  /** It stays the dirtiest: tried again at once and always, it would be the only one that ever gets a turn. */
  #leaveAlone(log: PartitionLog): void {
    const lastMs = this.#uncleanable.get(log)?.delayMs ?? MIN_CLEANER_RETRY_MS / 2;
    const delayMs = Math.min(2 * lastMs, MAX_CLEANER_RETRY_MS);
    this.#uncleanable.set(log, { untilMs: this.#options.clock.monotonicMs() + delayMs, delayMs });
  }

  #scheduleScrub(): void {
    if (this.#closed) return;
    const waitMs = this.#lastScrubMs + this.#scrubPauseMs() - this.#options.clock.monotonicMs();
    const delayMs = Math.max(MIN_SCRUB_PAUSE_MS, Math.min(waitMs, MAX_SCRUB_PAUSE_MS));
    this.#scrubTimer = this.#options.clock.after(delayMs, () => {
      if (waitMs > delayMs) this.#scheduleScrub();
      else void this.#scrub();
    });
  }

  /** Spreads the turns of one round over the interval, however much there is to read; -1 turns them off. */
  #scrubPauseMs(): number {
    const { logScrubIntervalMs } = this.#options.config();
    if (logScrubIntervalMs < 0) return Infinity;
    let turns = 0;
    for (const log of this.#options.logs()) turns += Math.max(1, Math.ceil(log.sizeBytes / SCRUB_SLICE_BYTES));
    return logScrubIntervalMs / Math.max(1, turns);
  }

  async #scrub(): Promise<void> {
    this.#lastScrubMs = this.#options.clock.monotonicMs();
    if (this.#scrubbing.length === 0) this.#scrubbing = [...this.#options.logs()];
    const log = this.#scrubbing[0];
    if (log !== undefined && !log.offline) {
      const done = await log.scrubSlice(SCRUB_SLICE_BYTES).catch((error: unknown) => {
        this.#complain(log, error);
        return true;
      });
      if (done) this.#scrubbing.shift();
    } else this.#scrubbing.shift();
    this.#scheduleScrub();
  }

  #complain(log: PartitionLog, error: unknown): void {
    this.#options.logger.warn(
      { topic: log.topic, partition: log.partition, error: String(error) },
      'Maintenance of a log failed and is tried again later.',
    );
  }
}
