import { sleep } from '../../platform/clock.js';
import type { Clock } from '../../platform/clock.js';
import type { Simulation } from '../simulation.js';
import type { Workload } from './workload.js';

/** Runs longer than this are swept: the memory that holds all disks should not have to hold what an hour writes. */
const SWEPT_RUN_MS = 120_000;
const SWEEP_EVERY_MS = 20_000;

export function isSwept(safetyMs: number): boolean {
  return safetyMs > SWEPT_RUN_MS;
}

/** Records of a partition that are to be deleted. */
interface ReadRecords {
  readonly topic: string;
  readonly partition: number;
  readonly beforeOffset: number;
}

export interface SweeperOptions {
  readonly simulation: Simulation;
  readonly deleteRecords: (records: readonly ReadRecords[]) => Promise<unknown>;
  readonly topic: string;
  readonly partitions: number;
  readonly workload: Pick<Workload, 'readByAll' | 'deleting'>;
}

/** Deletes what every consumer has read: the disks of a long run hold its last seconds. */
export class Sweeper {
  readonly #options: SweeperOptions;

  constructor(options: SweeperOptions) {
    this.#options = options;
  }

  /** Sleeps, and sweeps meanwhile where the time is long enough. */
  async sleep(clock: Clock, forMs: number): Promise<void> {
    if (!isSwept(forMs)) return sleep(clock, forMs);
    const endMs = clock.monotonicMs() + forMs;
    for (let leftMs = forMs; leftMs > SWEEP_EVERY_MS; leftMs = endMs - clock.monotonicMs()) {
      await Promise.all([sleep(clock, SWEEP_EVERY_MS), this.#sweep()]);
    }
    await sleep(clock, Math.max(0, endMs - clock.monotonicMs()));
  }

  async #sweep(): Promise<void> {
    const { simulation, deleteRecords, topic, partitions, workload } = this.#options;
    const read: ReadRecords[] = [];
    for (let partition = 0; partition < partitions; partition++) {
      const beforeOffset = workload.readByAll(partition);
      if (beforeOffset === 0) continue;
      workload.deleting(partition, beforeOffset);
      read.push({ topic, partition, beforeOffset });
    }
    if (read.length === 0) return;
    try {
      await deleteRecords(read);
    } catch (error) {
      simulation.say('sweeper', `What was read is deleted later: ${String(error)}`);
    }
  }
}
