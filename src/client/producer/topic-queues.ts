import type { Cluster } from '../cluster.js';
import type { BufferMemory } from './buffer-memory.js';
import { PartitionQueue } from './partition-queue.js';
import type { Sender } from './sender.js';
import type { PartitionLoads } from './sticky-partitioner.js';
import { StickyPartitioner } from './sticky-partitioner.js';

/** Records without a key that come slowly are to reach all partitions soon, however large a batch may be. */
const MAX_STICKY_BYTES = 256 * 1024;

/** The queues of one topic's partitions, made as they are needed. */
export class TopicQueues implements PartitionLoads {
  readonly name: string;
  readonly sticky: StickyPartitioner;
  readonly #cluster: Cluster;
  readonly #sender: Sender;
  readonly #memory: BufferMemory;
  readonly #queues: (PartitionQueue | undefined)[] = [];
  #count = 0;
  /** Stops following the topic's metadata. */
  readonly stop: () => void;

  constructor(name: string, cluster: Cluster, sender: Sender, memory: BufferMemory, batchSizeBytes: number) {
    this.name = name;
    this.#cluster = cluster;
    this.#sender = sender;
    this.#memory = memory;
    this.sticky = new StickyPartitioner(
      cluster.platform.random,
      Math.max(1, Math.min(batchSizeBytes, MAX_STICKY_BYTES)),
    );
    this.#refreshCount();
    this.stop = cluster.onChange(() => this.#refreshCount());
  }

  /** Whether the number of partitions is known. */
  get isKnown(): boolean {
    return this.#count > 0;
  }

  get count(): number {
    return this.#count;
  }

  get queues(): PartitionQueue[] {
    return this.#queues.filter((each) => each !== undefined);
  }

  queue(partition: number): PartitionQueue {
    let queue = this.#queues[partition];
    if (queue === undefined) {
      queue = new PartitionQueue(this.name, partition, this.#memory);
      this.#queues[partition] = queue;
      this.#sender.addQueue(queue);
    }
    return queue;
  }

  hasLeader(partition: number): boolean {
    return (this.#cluster.leader(this.name, partition)?.leader ?? -1) >= 0;
  }

  queuedBatches(partition: number): number {
    return this.#queues[partition]?.waitingCount ?? 0;
  }

  #refreshCount(): void {
    const known = this.#cluster.topic(this.name);
    // A topic that is said to be gone keeps its queues: what is in them is retried until its time is up.
    if (known !== undefined && known.error === undefined) this.#count = known.partitions.length;
  }
}
