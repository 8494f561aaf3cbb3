import type { VarveNode } from '../../broker/node.js';
import { NO_NODE } from '../../common/ids.js';
import type { NodeId } from '../../common/ids.js';
import type { MetadataImage } from '../../metadata/image.js';
import { imagesEqual } from '../../metadata/image-changes.js';
import type { Replica } from '../../replication/replica.js';
import type { Simulation } from '../simulation.js';
import type { SimulatedCluster } from './simulated-cluster.js';

export interface ClusterInvariantsOptions {
  readonly cluster: SimulatedCluster;
  /** A node whose disk may lose what it synced: it is not held to what it once had. */
  readonly mayLose: (nodeId: NodeId) => boolean;
}

/** Images that are kept to compare others with: a node further behind is not compared. */
const MAX_IMAGES = 512;

/**
 * What must hold between any two events inside a cluster, whatever its clients see of it. (That an ISR is within the
 * replicas is asserted in production, wherever a metadata record is replayed.)
 */
export class ClusterInvariants {
  readonly #options: ClusterInvariantsOptions;
  /** The first image that was seen of each offset. */
  readonly #images = new Map<number, MetadataImage>();
  /** Who leads, by partition and leader epoch: what the metadata say, and the life of a node that does. */
  readonly #electedIn = new Map<string, NodeId>();
  readonly #ledIn = new Map<string, string>();
  readonly #controllerIn = new Map<number, string>();
  #lastImage: MetadataImage | undefined;

  constructor(options: ClusterInvariantsOptions) {
    this.#options = options;
  }

  /** Looks at it again and again from now on; what does not hold fails the run. */
  watch(simulation: Simulation, everyMs: number): void {
    simulation.at(everyMs, () => {
      try {
        this.check();
        this.watch(simulation, everyMs);
      } catch (error) {
        simulation.fail('an invariant of the cluster broke', error);
      }
    });
  }

  /** Throws an Error that says what does not hold. */
  check(): void {
    const { runningNodes } = this.#options.cluster;
    for (const node of runningNodes) {
      this.#checkController(node);
      this.#checkImage(node);
      for (const replica of node.replicas.replicas()) this.#checkLeader(node, replica);
    }
  }

  /** Raft's election safety: at most one leader a term. */
  #checkController({ nodeId, raft }: VarveNode): void {
    if (raft.role !== 'leader') return;
    const life = this.#lifeOf(nodeId);
    this.#only(this.#controllerIn, raft.term, life, (other) => `${life} and ${other} both lead term ${raft.term}`);
  }

  /** Raft's state-machine safety: the image is equal on all nodes that have applied the same entries. */
  #checkImage({ nodeId, image }: VarveNode): void {
    const known = this.#images.get(image.offset);
    if (known === undefined) {
      this.#images.set(image.offset, image);
      const [oldest] = this.#images.keys();
      if (this.#images.size > MAX_IMAGES && oldest !== undefined) this.#images.delete(oldest);
    } else if (known !== image && !imagesEqual(known, image)) {
      throw new Error(`the metadata image of node ${nodeId} at ${image.offset} is another than was seen there before`);
    }
    if (this.#lastImage === image) return;
    this.#lastImage = image;
    image.forEachPartition((topic, partition, { leader, leaderEpoch }) => {
      if (leader === NO_NODE) return;
      this.#only(this.#electedIn, `${topic.id}-${partition}:${leaderEpoch}`, leader, (other) => {
        return `nodes ${leader} and ${other} were both elected in epoch ${leaderEpoch} of ${topic.name}-${partition}`;
      });
    });
  }

  #checkLeader({ nodeId }: VarveNode, replica: Replica): void {
    const { leader, topic, topicId, partition } = replica;
    if (leader === undefined || leader.closed !== undefined) return;
    const epoch = leader.leaderEpoch;
    const life = this.#lifeOf(nodeId);
    this.#only(this.#ledIn, `${topicId}-${partition}:${epoch}`, life, (other) => {
      return `${life} and ${other} both led ${topic}-${partition} in epoch ${epoch}`;
    });
    for (const member of replica.assignment.isr) {
      if (this.#options.mayLose(member)) continue;
      const other = this.#options.cluster.node(member)?.replicas.replica(topic, partition);
      if (other === undefined || other.topicId !== topicId) continue;
      if (other.log.durableOffset >= leader.highWatermark) continue;
      throw new Error(
        `the high watermark of ${topic}-${partition} is ${leader.highWatermark} on its leader ${life} of epoch ${epoch}, ` +
          `but node ${member} of its ISR has synced ${other.log.durableOffset}`,
      );
    }
  }

  #lifeOf(nodeId: NodeId): string {
    const { name, incarnation } = this.#options.cluster.host(nodeId);
    return `${name}#${incarnation}`;
  }

  #only<Key, Value>(map: Map<Key, Value>, key: Key, value: Value, broken: (other: Value) => string): void {
    const other = map.get(key);
    if (other === undefined) map.set(key, value);
    else if (other !== value) throw new Error(broken(other));
  }
}
