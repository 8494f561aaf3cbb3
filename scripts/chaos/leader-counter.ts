import type { WatchedPartition } from '../cluster/cluster-watch.js';

const POLL_MS = 100;

/** Counts how often partitions get another leader, by looking often. */
export class LeaderCounter {
  readonly #partitions: () => Promise<readonly WatchedPartition[]>;
  readonly #leaders = new Map<number, number>();
  #timer: NodeJS.Timeout | undefined;
  #stopped = true;
  #changes = 0;

  constructor(partitions: () => Promise<readonly WatchedPartition[]>) {
    this.#partitions = partitions;
  }

  get changes(): number {
    return this.#changes;
  }

  start(): void {
    this.#stopped = false;
    void this.#poll();
  }

  stop(): void {
    this.#stopped = true;
    clearTimeout(this.#timer);
  }

  async #poll(): Promise<void> {
    try {
      for (const { partition, leader } of await this.#partitions()) {
        if (leader < 0) continue;
        const before = this.#leaders.get(partition);
        if (before !== undefined && before !== leader) this.#changes += 1;
        this.#leaders.set(partition, leader);
      }
    } catch {
      // No node answers just now; the next look tells.
    }
    if (!this.#stopped) this.#timer = setTimeout(() => void this.#poll(), POLL_MS);
  }
}
