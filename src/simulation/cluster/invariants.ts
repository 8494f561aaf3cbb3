import type { VarveNode } from '../../broker/node.js';
import { NO_NODE } from '../../common/ids.js';
import type { NodeId } from '../../common/ids.js';
import { directoryOf } from '../../metadata/image.js';
import type { MetadataImage } from '../../metadata/image.js';
import { imagesEqual } from '../../metadata/image-changes.js';
import type { PartitionLeader } from '../../replication/partition-leader.js';
import type { Replica } from '../../replication/replica.js';
import type { Simulation } from '../simulation.js';
import { IsolationInvariants } from './isolation-invariants.js';
import { QuorumInvariants } from './quorum-invariants.js';
import { checkMatching, matchedReplicas } from './replica-matching.js';
import type { SimulatedCluster } from './simulated-cluster.js';

export interface ClusterInvariantsOptions {
  readonly cluster: SimulatedCluster;
  /** A node whose disk may lose what it synced: it is not held to what it once had. */
  readonly mayLose: (nodeId: NodeId) => boolean;
}

/** A leader's names in the maps below, made once: it is looked at thousands of times. */
interface Office {
  readonly life: string;
  readonly partition: string;
  readonly epoch: string;
  readonly full: string;
  /** When it was first seen. */
  readonly sinceMs: number;
  /** The members that the metadata had when it was first seen: of who joined later more is asked. */
  readonly members: readonly NodeId[];
}

interface Committed {
  readonly highWatermark: number;
  readonly epoch: number;
  readonly life: string;
}

/** Logs are opened and removed seldom: whose they are is not asked at each look. */
const LOOKS_A_TOPIC = 5;
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
  /** Images, which never change, that were found equal to the first one of their offset. */
  readonly #equalImages = new WeakSet<MetadataImage>();
  readonly #checkedImages = new WeakSet<MetadataImage>();
  readonly #offices = new WeakMap<PartitionLeader, Office>();
  /** Who leads, by partition and leader epoch: what the metadata say, and the life of a node that does. */
  readonly #electedIn = new Map<string, NodeId>();
  readonly #ledIn = new Map<string, string>();
  readonly #quorum = new QuorumInvariants();
  readonly #isolation: IsolationInvariants;
  /** By partition: the greatest high watermark that any leader had, and who had it. */
  readonly #committed = new Map<string, Committed>();
  /** By life of a node, partition and epoch: how far the leader was when it was last looked at. */
  readonly #lastWatermarks = new Map<string, number>();
  #newest: MetadataImage | undefined;
  /** By topic of one image: what was set for it. It is asked at each look. */
  readonly #configs = new Map<string, ReadonlyMap<string, string>>();
  #configsIn: MetadataImage | undefined;
  #looks = 0;

  constructor(options: ClusterInvariantsOptions) {
    this.#options = options;
    this.#isolation = new IsolationInvariants(options.cluster);
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
    const withTopics = this.#looks++ % LOOKS_A_TOPIC === 0;
    this.#findNewest(runningNodes);
    for (const node of runningNodes) {
      const { nodeId, raft } = node;
      const { role, term, vote, directoryId, log } = raft;
      this.#quorum.check({ nodeId, life: this.#lifeOf(nodeId), role, term, vote, directoryId, log });
      this.#checkImage(node);
      for (const replica of node.replicas.replicas()) this.#checkLeader(node, replica);
      if (withTopics) this.#checkTopics(node);
    }
    this.#checkReplicas();
    this.#isolation.check();
  }

  /** A disk that lies may give a batch another leader epoch, which no CRC covers: then replicas are compared at the end alone. */
  #checkReplicas(): void {
    const { cluster, mayLose } = this.#options;
    if (cluster.nodeIds.some(mayLose)) return;
    // Compaction may leave nothing of an epoch, and each replica compacts for itself.
    const judged = (topic: string): boolean => !this.#isUnclean(topic) && !this.#isCompacted(topic);
    for (const { name, replicas } of matchedReplicas(cluster, judged)) checkMatching(name, replicas);
  }

  /** A topic that was deleted and made again under its name is another one (KIP-516). */
  #checkTopics({ nodeId, logs, replicas }: VarveNode): void {
    for (const { topic, partition, topicId } of logs.logs) {
      const replica = replicas.replica(topic, partition);
      if (replica === undefined || replica.topicId === topicId) continue;
      throw new Error(
        `node ${nodeId} holds the log of topic id ${topicId} for ${topic}-${partition}, whose id is ${replica.topicId}`,
      );
    }
  }

  /**
   * A producer was told that `offset` is stored (acks=all): then it is below the high watermark of the leader, if that
   * has led since the record was sent. Throws an Error otherwise.
   */
  acknowledged(topic: string, partition: number, offset: number, sentMs: number): void {
    const { cluster } = this.#options;
    const { runningNodes } = cluster;
    this.#findNewest(runningNodes);
    for (const node of runningNodes) {
      const replica = node.replicas.replica(topic, partition);
      const leader = replica?.leader;
      if (replica === undefined || leader === undefined || leader.closed !== undefined) continue;
      const now = this.#newest?.partition(replica.topicId, partition);
      if (now?.leader !== node.nodeId || now.leaderEpoch !== leader.leaderEpoch) continue;
      const { life, partition: name, sinceMs } = this.#officeOf(node, replica, leader);
      if (sinceMs >= sentMs || leader.highWatermark > offset) continue;
      if ((this.#committed.get(name)?.highWatermark ?? 0) > offset) continue;
      throw new Error(
        `${topic}-${partition} at ${offset} was acknowledged, but the high watermark is ${leader.highWatermark} on its ` +
          `leader ${life} of epoch ${leader.leaderEpoch}`,
      );
    }
  }

  #findNewest(nodes: readonly VarveNode[]): void {
    for (const { image } of nodes) {
      if (this.#newest === undefined || image.offset > this.#newest.offset) this.#newest = image;
    }
  }

  /** Raft's state-machine safety: the image is equal on all nodes that have applied the same entries. */
  #checkImage({ nodeId, image }: VarveNode): void {
    const known = this.#images.get(image.offset);
    if (known === undefined) {
      this.#images.set(image.offset, image);
      const [oldest] = this.#images.keys();
      if (this.#images.size > MAX_IMAGES && oldest !== undefined) this.#images.delete(oldest);
    } else if (known !== image && !this.#equalImages.has(image)) {
      if (!imagesEqual(known, image)) {
        throw new Error(
          `the metadata image of node ${nodeId} at ${image.offset} is another than was seen there before`,
        );
      }
      this.#equalImages.add(image);
    }
    if (this.#checkedImages.has(image)) return;
    this.#checkedImages.add(image);
    image.forEachPartition((topic, partition, { leader, leaderEpoch, isr, replicas }) => {
      if (isr.some((id) => !replicas.includes(id))) {
        throw new Error(`the ISR ${isr.join(', ')} of ${topic.name}-${partition} is not within ${replicas.join(', ')}`);
      }
      if (leader === NO_NODE) return;
      this.#only(this.#electedIn, `${topic.id}-${partition}:${leaderEpoch}`, leader, (other) => {
        return `nodes ${leader} and ${other} were both elected in epoch ${leaderEpoch} of ${topic.name}-${partition}`;
      });
    });
  }

  #checkLeader(node: VarveNode, replica: Replica): void {
    const { leader, topic, topicId, partition } = replica;
    if (leader === undefined || leader.closed !== undefined) return;
    const office = this.#officeOf(node, replica, leader);
    const { life } = office;
    const epoch = leader.leaderEpoch;
    this.#only(this.#ledIn, office.epoch, life, (other) => {
      return `${life} and ${other} both led ${topic}-${partition} in epoch ${epoch}`;
    });
    if (!this.#isUnclean(topic)) this.#checkCommitted(replica, leader, office);
    for (const member of this.#isrOf(replica, node, epoch)) {
      if (this.#options.mayLose(member)) continue;
      const other = this.#options.cluster.node(member)?.replicas.replica(topic, partition);
      if (other === undefined || other.topicId !== topicId) continue;
      const { durableOffset } = other.log;
      // A deposed leader may not have heard of the unclean election that cut the log of its member (SEED=1795814929).
      if (this.#isUnclean(topic) && other.assignment.leaderEpoch > epoch) continue;
      if (durableOffset < leader.highWatermark) {
        throw new Error(
          `the high watermark of ${topic}-${partition} is ${leader.highWatermark} on its leader ${life} of epoch ${epoch}, ` +
            `but node ${member} of its ISR has synced ${durableOffset}`,
        );
      }
      if (durableOffset < leader.epochStartOffset && !office.members.includes(member)) {
        throw new Error(
          `node ${member} joined the ISR of ${topic}-${partition} with ${durableOffset} synced, below ` +
            `${leader.epochStartOffset}, where epoch ${epoch} of its leader ${life} starts`,
        );
      }
    }
    this.#checkFollowers(replica, leader, office);
  }

  /** A follower's word counts once it knows that the leader leads (KIP-320): it may have to cut its log first. */
  #checkFollowers({ topic, partition, topicId, assignment }: Replica, leader: PartitionLeader, office: Office): void {
    const epoch = leader.leaderEpoch;
    for (const nodeId of assignment.replicas) {
      const said = leader.followerState(nodeId);
      if (said === undefined || said.durableOffset < 0) continue;
      const follower = this.#options.cluster.node(nodeId);
      if (follower === undefined || follower.brokerEpoch !== said.brokerEpoch) continue;
      const other = follower.replicas.replica(topic, partition);
      if (other === undefined || other.topicId !== topicId || other.assignment.leaderEpoch >= epoch) continue;
      throw new Error(
        `${office.life} leads ${topic}-${partition} in epoch ${epoch} and takes the word of node ${nodeId}, which ` +
          `knows of epoch ${other.assignment.leaderEpoch} alone`,
      );
    }
  }

  /**
   * The ISR that is committed, which the leader may not have heard of yet: it counts what it asked for itself. Where it
   * was deposed without having heard, its own view, without those who have left the partition since and were placed there
   * anew, or came back with another directory (SEED=1327745360): they begin with an empty log, which no epoch of this leader's
   * counts.
   */
  #isrOf({ topicId, partition, assignment }: Replica, node: VarveNode, epoch: number): readonly NodeId[] {
    const { nodeId, image } = node;
    const newest = this.#newest?.partition(topicId, partition);
    if (newest === undefined) return assignment.isr;
    if (newest.leader === nodeId && newest.leaderEpoch === epoch) return newest.isr;
    if (newest.leaderEpoch <= epoch) return assignment.isr;
    const known = image.partition(topicId, partition) ?? newest;
    return assignment.isr.filter(
      (id) => !newest.addingReplicas.includes(id) && directoryOf(newest, id) === directoryOf(known, id),
    );
  }

  /** Its elections may lose what was committed. */
  #isUnclean(topic: string): boolean {
    return this.#configsOf(topic)?.get('unclean.leader.election.enable') === 'true';
  }

  #isCompacted(topic: string): boolean {
    return this.#configsOf(topic)?.get('cleanup.policy')?.includes('compact') === true;
  }

  #configsOf(topic: string): ReadonlyMap<string, string> | undefined {
    // Not that of a node which has just started, and knows of no topic yet (SEED=1433617847 NODES=5).
    const image = this.#newest;
    if (image === undefined) return undefined;
    if (this.#configsIn !== image) {
      this.#configsIn = image;
      this.#configs.clear();
    }
    let configs = this.#configs.get(topic);
    if (configs === undefined) {
      configs = image.dynamicConfigs('topic', topic);
      this.#configs.set(topic, configs);
    }
    return configs;
  }

  /**
   * What was below a high watermark once stays in the log of every later leader; and where a leader tells clients the
   * latest offset at all (KIP-207), it is not below what an earlier one may have told them.
   */
  #checkCommitted({ topic, partition }: Replica, leader: PartitionLeader, office: Office): void {
    const { leaderEpoch: epoch, highWatermark, epochStartOffset, log } = leader;
    const { life, partition: name } = office;
    const last = this.#lastWatermarks.get(office.full) ?? 0;
    if (highWatermark < last) {
      throw new Error(`the high watermark of ${topic}-${partition} fell from ${last} to ${highWatermark} on ${life}`);
    }
    this.#lastWatermarks.set(office.full, highWatermark);
    const before = this.#committed.get(name);
    if (before !== undefined && epoch > before.epoch) {
      const known = `${before.highWatermark} on ${before.life} of epoch ${before.epoch}`;
      if (log.endOffset < before.highWatermark) {
        throw new Error(
          `${life} leads ${topic}-${partition} in epoch ${epoch} with its log's end at ${log.endOffset}, but the high ` +
            `watermark was ${known}`,
        );
      }
      if (highWatermark >= epochStartOffset && highWatermark < before.highWatermark) {
        throw new Error(
          `${life} tells clients that ${topic}-${partition} ends at ${highWatermark}, but the high watermark was ${known}`,
        );
      }
    }
    if (before === undefined || highWatermark > before.highWatermark) {
      this.#committed.set(name, { highWatermark, epoch, life });
    }
  }

  #officeOf(node: VarveNode, replica: Replica, leader: PartitionLeader): Office {
    const known = this.#offices.get(leader);
    if (known !== undefined) return known;
    const life = this.#lifeOf(node.nodeId);
    const partition = `${replica.topicId}-${replica.partition}`;
    const epoch = `${partition}:${leader.leaderEpoch}`;
    const sinceMs = this.#options.cluster.simulation.nowMs;
    const members = this.#isrOf(replica, node, leader.leaderEpoch);
    const office = { life, partition, epoch, full: `${life} ${epoch}`, sinceMs, members };
    this.#offices.set(leader, office);
    return office;
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
