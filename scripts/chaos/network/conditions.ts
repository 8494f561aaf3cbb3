/** How bytes travel from one host to another just now. */
export interface Weather {
  /** Nothing gets through; what is sent waits. */
  readonly held: boolean;
  readonly latencyMs: number;
  readonly bytesPerSecond: number;
}

export const FAIR: Weather = { held: false, latencyMs: 0, bytesPerSecond: Infinity };

/** The weather of one direction between two hosts, shared by all connections between them. */
export class Conditions {
  readonly #watchers = new Set<() => void>();
  #now: Weather = FAIR;

  get now(): Weather {
    return this.#now;
  }

  set(weather: Weather): void {
    this.#now = weather;
    for (const watcher of [...this.#watchers]) watcher();
  }

  /** Calls `watcher` after each change; gives the way to stop. */
  watch(watcher: () => void): () => void {
    this.#watchers.add(watcher);
    return () => this.#watchers.delete(watcher);
  }
}
