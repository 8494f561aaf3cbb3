import type { MetadataImage } from '../../metadata/image.js';
import type { SimulatedCluster } from './simulated-cluster.js';

/** Of a quorum of two neither voter may lose its directory. */
const FEWEST_NODES = 3;
/** What is acknowledged is on so many disks at least: one of them may lose it. */
const FEWEST_COPIES = 2;

/**
 * What the promises let faults destroy in a cluster whose topics are somebody else's. A record that is acknowledged is on
 * min.insync.replicas disks and on no more: where that is one, nobody promised that it outlives that disk.
 */
export class Redundancy {
  readonly #cluster: SimulatedCluster;
  readonly #defaultPolicy: string;
  #newest: MetadataImage | undefined;

  constructor(cluster: SimulatedCluster, config: Readonly<Record<string, string>>) {
    this.#cluster = cluster;
    this.#defaultPolicy = config['log.cleanup.policy'] ?? '';
  }

  /** Whether one node may lose what it has synced now: it is the only copy of nothing. */
  get mayDestroy(): boolean {
    const { runningNodes, nodeIds } = this.#cluster;
    const image = this.#look();
    if (image === undefined || nodeIds.length < FEWEST_NODES) return false;
    let isEnough = true;
    image.forEachPartition(({ name }, partition, { replicas }) => {
      const known = runningNodes.flatMap((node) => node.replicas.replica(name, partition)?.assignment ?? []);
      // Who has heard of the least is asked: a change of the topic is on its way to the others.
      const copies = Math.min(replicas.length, ...known.map(({ minInsyncReplicas }) => minInsyncReplicas));
      isEnough &&= known.length > 0 && copies >= FEWEST_COPIES;
    });
    return isEnough;
  }

  /** Whether a bit of this file may flip: a leader cannot mend a compacted log from replicas that compacted otherwise. */
  mayFlip(path: string): boolean {
    const topic = /\/([^/]+)-\d+\/[^/]+\.log$/.exec(path)?.[1];
    if (topic === undefined) return path.endsWith('.log');
    const policy = this.#look()?.dynamicConfigs('topic', topic).get('cleanup.policy') ?? this.#defaultPolicy;
    return !policy.includes('compact');
  }

  /** The newest metadata that any node has applied, of now or, where none runs, of before. */
  #look(): MetadataImage | undefined {
    for (const { image } of this.#cluster.runningNodes)
      if (this.#newest === undefined || image.offset >= this.#newest.offset) this.#newest = image;
    return this.#newest;
  }
}
