/** What of the admin client is used here. */
export interface ClusterAdmin {
  describeTopics(names: readonly string[]): Promise<readonly WatchedTopic[]>;
  describeCluster(): Promise<{ readonly controllerId: number }>;
  describeQuorum(): Promise<{
    readonly voters: readonly { readonly lastContactMs: number }[];
    readonly observers: readonly unknown[];
  }>;
}

export interface WatchedTopic {
  readonly name: string;
  readonly error: Error | undefined;
  readonly partitions: readonly WatchedPartition[];
}

export interface WatchedPartition {
  readonly partition: number;
  readonly leader: number;
  readonly leaderEpoch: number;
  readonly replicas: readonly number[];
  readonly isr: readonly number[];
}

const POLL_MS = 50;
/** A voter that the leader has not heard of for longer may be gone. */
const RECENT_MS = 1_000;

/** Asks a cluster, through its faults, who leads and who is in sync. */
export class ClusterWatch {
  readonly #admin: ClusterAdmin;
  readonly #topic: string;

  constructor(admin: ClusterAdmin, topic: string) {
    this.#admin = admin;
    this.#topic = topic;
  }

  async partitions(): Promise<readonly WatchedPartition[]> {
    const [topic] = await this.#admin.describeTopics([this.#topic]);
    if (topic === undefined) throw new Error(`Topic '${this.#topic}' is not described.`);
    if (topic.error !== undefined) throw topic.error;
    return topic.partitions;
  }

  /** The leader of one partition, modulo their number, waiting for one to be elected. */
  async leaderOf(partition: number, timeoutMs: number): Promise<number> {
    return await this.#until(`a leader of ${this.#topic}-${partition}`, timeoutMs, async () => {
      const partitions = await this.partitions();
      const leader = partitions[partition % partitions.length]?.leader ?? -1;
      return leader >= 0 ? leader : undefined;
    });
  }

  /** The active controller, waiting for one to be elected. */
  async controller(timeoutMs: number): Promise<number> {
    return await this.#until('an active controller', timeoutMs, async () => {
      const { controllerId } = await this.#admin.describeCluster();
      return controllerId >= 0 ? controllerId : undefined;
    });
  }

  /** Resolves, with the partitions, once every replica is in sync. */
  async everyIsrFull(timeoutMs: number): Promise<readonly WatchedPartition[]> {
    return await this.#until(`every ISR of '${this.#topic}' to be full`, timeoutMs, async () => {
      const partitions = await this.partitions();
      const full = partitions.every(({ leader, isr, replicas }) => leader >= 0 && isr.length === replicas.length);
      return full && partitions.length > 0 ? partitions : undefined;
    });
  }

  /**
   * Resolves once nothing of the cluster is missing, so that one node may lose its data: every replica is in sync, and all
   * `voterCount` voters of the quorum are there, none of them an old one that a wiped node was before.
   */
  async allIsWhole(voterCount: number, timeoutMs: number): Promise<void> {
    await this.#until('all voters of the quorum', timeoutMs, async () => {
      const { voters, observers } = await this.#admin.describeQuorum();
      const heard = voters.filter(({ lastContactMs }) => lastContactMs >= 0 && lastContactMs < RECENT_MS);
      return heard.length === voterCount && observers.length === 0 ? true : undefined;
    });
    await this.everyIsrFull(timeoutMs);
  }

  async #until<T>(what: string, timeoutMs: number, look: () => Promise<T | undefined>): Promise<T> {
    const deadlineMs = performance.now() + timeoutMs;
    let last = '';
    for (;;) {
      try {
        const found = await look();
        if (found !== undefined) return found;
        last = '';
      } catch (error) {
        last = ` (${error instanceof Error ? error.message : String(error)})`;
      }
      if (performance.now() > deadlineMs) throw new Error(`Waited ${timeoutMs} ms in vain for ${what}${last}.`);
      await new Promise((resolve) => setTimeout(resolve, POLL_MS));
    }
  }
}
