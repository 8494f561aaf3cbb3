import { assert } from '../../src/common/assert.js';
import type { NodeId, Uuid } from '../../src/common/ids.js';
import { uuidFromBytes, uuidToBytes } from '../../src/common/ids.js';
import { effectiveMinInsyncReplicas } from '../../src/metadata/configs/replication-defaults.js';
import { MetadataImage, replicationFactorOf } from '../../src/metadata/image.js';
import type { PartitionState } from '../../src/metadata/image.js';
import { imagesEqual } from '../../src/metadata/image-changes.js';
import { decodeMetadataBatch } from '../../src/metadata/record-codec.js';
import { replayBatch } from '../../src/metadata/replay.js';
import { imageFromSnapshot, snapshotOf } from '../../src/metadata/snapshot.js';
import type { varve as internal } from '../../src/protocol/controller.js';
import { chunksOf } from '../../src/raft/applier.js';
import { directoryId, Fixture } from './fixture.js';

/**
 * A cluster in miniature: the real controller, and brokers that are no more than how much of each partition they hold.
 * A record is acknowledged as the design says it is: by the leader, once every member of the ISR that the leader knows of
 * (and of additions in flight) has it, and the ISR is no smaller than min.insync.replicas. Brokers' images lag; requests
 * are late or lost; processes and disks die. The one question: does every leader have everything that was acknowledged?
 */

/** Less than a batch of records: the log cuts a snapshot anywhere. */
const SNAPSHOT_CHUNK_BYTES = 256;

interface Broker {
  readonly nodeId: NodeId;
  alive: boolean;
  epoch: number;
  /** The epoch of its last stop, if that was clean. */
  cleanEpoch: number;
  directory: number;
  image: MetadataImage;
  /** Requests without an answer, by topic id. They are sent again until there is one, or a newer image. */
  readonly inFlight: Map<string, Flight>;
}

interface Flight {
  readonly added: readonly NodeId[];
  readonly state: PartitionState;
  readonly request: internal.internal.IAlterPartitionRequest;
}

interface Partition {
  readonly topic: string;
  readonly relaxed: boolean;
  /** How many records were acknowledged, and how many each replica holds. */
  acknowledged: number;
  readonly held: Map<NodeId, number>;
  /** Replicas of which a part was cut off and told. */
  readonly cut: Set<NodeId>;
  leaderOfEpoch: Map<number, NodeId>;
  seen: PartitionState | undefined;
}

export interface ModelTotals {
  acknowledged: number;
  elections: number;
  eligibleElections: number;
  longestElections: number;
  uncleanElections: number;
  failOvers: number;
  lateRequestsRefused: number;
  reassignmentsCompleted: number;
}

export class ClusterModel {
  readonly totals: ModelTotals = {
    acknowledged: 0,
    elections: 0,
    eligibleElections: 0,
    longestElections: 0,
    uncleanElections: 0,
    failOvers: 0,
    lateRequestsRefused: 0,
    reassignmentsCompleted: 0,
  };
  readonly #f: Fixture;
  readonly #brokers: Broker[];
  readonly #partitions: Partition[] = [];
  readonly #late: { readonly from: Broker; readonly request: internal.internal.IAlterPartitionRequest }[] = [];
  #committed = MetadataImage.EMPTY;
  #committedCount = 0;

  constructor(seed: number, nodes: number) {
    this.#f = new Fixture({}, seed);
    this.#brokers = Array.from({ length: nodes }, (_, i) => ({
      nodeId: i + 1,
      alive: false,
      epoch: -1,
      cleanEpoch: -1,
      directory: 0,
      image: MetadataImage.EMPTY,
      inFlight: new Map(),
    }));
    for (const broker of this.#brokers) this.#startBroker(broker);
    for (const broker of this.#brokers) this.#heartbeat(broker);
    const relaxed = { 'flush.messages': '1000' };
    for (const [topic, configs] of [
      ['synced', {}],
      ['relaxed', relaxed],
      ['strict', { 'min.insync.replicas': '3' }],
    ] as const) {
      this.#f.createTopic({ name: topic, partitions: 1, replication_factor: 3, configs });
      this.#partitions.push({
        topic,
        relaxed: topic === 'relaxed',
        acknowledged: 0,
        held: new Map(),
        cut: new Set(),
        leaderOfEpoch: new Map(),
        seen: undefined,
      });
    }
    this.#commit();
  }

  step(): void {
    const { random } = this.#f;
    const broker = this.#brokers[random.below(this.#brokers.length)];
    const partition = this.#partitions[random.below(this.#partitions.length)];
    assert(broker !== undefined && partition !== undefined, 'there are brokers and partitions');
    this.#f.nowMs += random.below(120);
    const dice = random.below(100);
    if (dice < 30) this.#write(partition);
    else if (dice < 50) this.#proposeIsr(partition);
    else if (dice < 62) this.#learn(broker);
    else if (dice < 76) this.#heartbeat(broker);
    else if (dice < 79 && broker.alive) this.#kill(broker);
    else if (dice < 82) this.#write(partition);
    else if (dice < 87) this.#deliverLate();
    else if (dice < 90) this.#f.controller.tick(this.#f.nowMs);
    else if (dice < 92) this.#reassign(partition);
    else if (dice < 94) this.#changeMinIsr(partition);
    else if (dice < 95) (this.#f.failOverTo(this.#committedCount), this.totals.failOvers++);
    else if (dice < 96) this.#f.elect('preferred', partition.topic, 0);
    else if (!broker.alive) this.#startBroker(broker);
    if (random.below(3) === 0) this.#commit();
    if (random.below(2) === 0) for (const one of this.#brokers) if (random.below(3) > 0) this.#learn(one);
  }

  /** All is quiet and everyone is up: every partition must get a leader again and be full. */
  settle(): void {
    for (let round = 0; round < 30; round++) {
      for (const broker of this.#brokers) if (!broker.alive) this.#startBroker(broker);
      this.#f.nowMs += 200;
      for (const broker of this.#brokers) (this.#learn(broker), this.#heartbeat(broker));
      this.#f.controller.tick(this.#f.nowMs);
      this.#commit();
      for (const partition of this.#partitions) this.#proposeIsr(partition);
      this.#deliverLate();
      this.#commit();
    }
    for (const partition of this.#partitions) {
      const state = this.#f.partition(partition.topic);
      const name = `${partition.topic}: ${JSON.stringify(state)}`;
      assert(state.leader !== -1 || this.#waitsForLostDisk(state), `once all are up there is a leader: ${name}`);
      assert(state.leader === -1 || state.isr.length === state.replicas.length, `the ISR is full again: ${name}`);
      assert(state.leader === -1 || state.addingReplicas.length === 0, `no reassignment is left: ${name}`);
    }
  }

  /** The last whole copy was on a disk that was taken away. */
  #waitsForLostDisk(state: PartitionState): boolean {
    return [...state.isr, ...state.elr].some((node) => {
      const at = state.replicas.indexOf(node);
      return !this.#f.image.broker(node)?.logDirs.includes(state.directories[at] ?? '');
    });
  }

  #startBroker(broker: Broker): void {
    const { random } = this.#f;
    const wiped = random.below(12) === 0;
    if (wiped) broker.directory = (broker.directory + 1) % 200;
    const truncated = wiped ? [] : this.#cutTails(broker);
    const directories: Uuid[] = [directoryId(broker.nodeId, broker.directory)];
    const request = this.#f.registration(broker.nodeId, { directories, previousEpoch: broker.cleanEpoch });
    try {
      const { response } = this.#f.controller.registerBroker(
        { ...request, truncated_replicas: truncated },
        this.#f.nowMs,
      );
      broker.epoch = response.broker_epoch ?? -1;
    } catch {
      // Its wiped self is refused while the former one's lease lasts.
      if (wiped) broker.directory--;
      return;
    }
    if (wiped) for (const partition of this.#partitions) this.#catchUp(partition, broker.nodeId, 0);
    const wasUnclean = broker.cleanEpoch === -1;
    for (const partition of this.#partitions) {
      if (!partition.relaxed || !wasUnclean) continue;
      const held = partition.held.get(broker.nodeId) ?? 0;
      partition.held.set(broker.nodeId, Math.max(0, held - random.below(3)));
    }
    broker.alive = true;
    broker.cleanEpoch = -1;
    broker.inFlight.clear();
    this.#f.epochs.set(broker.nodeId, broker.epoch);
    this.#commit();
    this.#learn(broker);
  }

  /** A damaged tail, cut off by recovery and told in the registration. */
  #cutTails(broker: Broker): internal.internal.ITruncatedReplica[] {
    const { random } = this.#f;
    const told: internal.internal.ITruncatedReplica[] = [];
    for (const partition of this.#partitions) {
      const held = partition.held.get(broker.nodeId) ?? 0;
      if (held === 0 || random.below(8) !== 0) continue;
      const left = random.below(held);
      partition.held.set(broker.nodeId, left);
      partition.cut.add(broker.nodeId);
      told.push({
        topic_id: uuidToBytes(this.#f.topicId(partition.topic)),
        partition: 0,
        last_epoch: 0,
        end_offset: left,
      });
    }
    return told;
  }

  #kill(broker: Broker): void {
    const { random } = this.#f;
    broker.alive = false;
    if (random.below(4) === 0) broker.cleanEpoch = broker.epoch;
    // Otherwise its lease has to run out.
    if (random.below(3) > 0) this.#f.kill(broker.nodeId);
  }

  #heartbeat(broker: Broker): void {
    if (!broker.alive) return;
    const response = this.#f.heartbeat(broker.nodeId, {
      broker_epoch: broker.epoch,
      metadata_offset: broker.image.offset,
    });
    assert(response.error === 0, `the current incarnation of ${broker.nodeId} is known`);
  }

  #learn(broker: Broker): void {
    if (!broker.alive) return;
    broker.image = this.#committed;
    for (const [key, { state }] of broker.inFlight) {
      const now = broker.image.partition(key, 0);
      if (!now || now.partitionEpoch > state.partitionEpoch) broker.inFlight.delete(key);
    }
  }

  #stateOf(image: MetadataImage, partition: Partition): PartitionState | undefined {
    return image.topicByName(partition.topic)?.partitions.get(0);
  }

  /** Whoever thinks that it leads appends a record and has it acknowledged if it can. */
  #write(partition: Partition): void {
    for (const leader of this.#brokers) {
      const state = leader.alive ? this.#stateOf(leader.image, partition) : undefined;
      if (!state || state.leader !== leader.nodeId) continue;
      const flight = leader.inFlight.get(this.#f.topicId(partition.topic));
      const members = new Set([...state.isr, ...(flight?.added ?? [])]);
      if (state.isr.length < this.#minIsr(leader.image, partition, state)) continue;
      const follows = (node: NodeId): boolean => {
        const follower = this.#brokers[node - 1];
        const known = follower?.alive ? this.#stateOf(follower.image, partition) : undefined;
        return known?.leaderEpoch === state.leaderEpoch;
      };
      if (![...members].every(follows)) continue;
      const held = partition.held.get(leader.nodeId) ?? 0;
      assert(
        held >= partition.acknowledged,
        `${partition.topic}: leader ${leader.nodeId} of epoch ${state.leaderEpoch} acknowledges record ${held + 1}, but ` +
          `${partition.acknowledged} were acknowledged before`,
      );
      for (const node of members) partition.held.set(node, held + 1);
      partition.acknowledged = held + 1;
      this.totals.acknowledged++;
    }
  }

  #minIsr(image: MetadataImage, partition: Partition, state: PartitionState): number {
    const text = image.dynamicConfigs('topic', partition.topic).get('min.insync.replicas');
    return effectiveMinInsyncReplicas(text === undefined ? undefined : Number(text), replicationFactorOf(state));
  }

  /** A leader drops members that do not follow and adds replicas that have caught up; perhaps the request is late. */
  #proposeIsr(partition: Partition): void {
    const { random } = this.#f;
    const topicId = this.#f.topicId(partition.topic);
    for (const leader of this.#brokers) {
      const state = leader.alive ? this.#stateOf(leader.image, partition) : undefined;
      if (!state || state.leader !== leader.nodeId) continue;
      const unanswered = leader.inFlight.get(topicId);
      if (unanswered) {
        this.#deliver(leader, unanswered.request, true);
        continue;
      }
      const leaderHolds = partition.held.get(leader.nodeId) ?? 0;
      const follows = (node: NodeId): boolean => {
        const follower = this.#brokers[node - 1];
        const known = follower?.alive ? this.#stateOf(follower.image, partition) : undefined;
        return known?.leaderEpoch === state.leaderEpoch;
      };
      const joining = state.replicas.filter((node) => !state.isr.includes(node) && follows(node));
      // They fetch until they hold what the leader holds, and lose what it does not.
      for (const node of joining) this.#catchUp(partition, node, leaderHolds);
      const staying = state.isr.filter((node) => node === leader.nodeId || follows(node) || random.below(3) > 0);
      const lost = staying.filter(
        (node) => node !== leader.nodeId && (partition.held.get(node) ?? 0) < partition.acknowledged,
      );
      const isr = [...staying.filter((node) => !lost.includes(node)), ...joining];
      const recovered = state.recoveryMarks
        .map((mark) => mark.nodeId)
        .filter((node) => isr.includes(node) && follows(node));
      for (const node of recovered) this.#catchUp(partition, node, leaderHolds);
      const request = this.#request(leader, topicId, state, isr, recovered, lost);
      leader.inFlight.set(topicId, { added: joining, state, request });
      if (random.below(4) === 0) this.#late.push({ from: leader, request });
      else this.#deliver(leader, request, random.below(5) > 0);
    }
  }

  #catchUp(partition: Partition, node: NodeId, length: number): void {
    partition.held.set(node, length);
    partition.cut.delete(node);
  }

  #request(
    leader: Broker,
    topicId: Uuid,
    state: PartitionState,
    isr: readonly NodeId[],
    recovered: readonly NodeId[],
    lost: readonly NodeId[],
  ): internal.internal.IAlterPartitionRequest {
    return {
      node_id: leader.nodeId,
      broker_epoch: leader.epoch,
      partitions: [
        {
          topic_id: uuidToBytes(topicId),
          partition: 0,
          leader_epoch: state.leaderEpoch,
          partition_epoch: state.partitionEpoch,
          // A follower's fetch carries its epoch: what the leader knows is that of the process that caught up.
          new_isr: isr.map((node) => ({ node_id: node, broker_epoch: this.#brokers[node - 1]?.epoch ?? -1 })),
          recovered_replicas: [...recovered],
          lost_replicas: [...lost],
        },
      ],
    };
  }

  #deliverLate(): void {
    const late = this.#late.shift();
    if (late) this.#deliver(late.from, late.request, true);
  }

  #deliver(from: Broker, request: internal.internal.IAlterPartitionRequest, answered: boolean): void {
    const { response } = this.#f.controller.alterPartition(request);
    if (response.error !== 0 || response.partitions?.[0]?.error !== 0) this.totals.lateRequestsRefused++;
    if (!answered || !from.alive || from.epoch !== request.broker_epoch) return;
    // The answer comes when the change is committed; what it says is newer than the request.
    this.#commit();
    for (const [key, { state }] of from.inFlight) {
      const asked = request.partitions?.[0];
      const isThis = key === uuidFromBytes(asked?.topic_id ?? new Uint8Array(16));
      if (isThis && asked?.partition_epoch === state.partitionEpoch) from.inFlight.delete(key);
    }
    this.#learn(from);
  }

  #reassign(partition: Partition): void {
    const { random } = this.#f;
    const all = this.#brokers.map((broker) => broker.nodeId);
    // Sometimes away from every node that is in sync, while those that had it before are dead: a wrong step would lose the
    // last whole copy.
    const { isr, addingReplicas } = this.#f.partition(partition.topic);
    if (isr.some((node) => addingReplicas.includes(node)) && random.below(2) === 0) {
      for (const broker of this.#brokers) {
        if (!broker.alive || !isr.includes(broker.nodeId) || addingReplicas.includes(broker.nodeId)) continue;
        this.#kill(broker);
        this.#f.kill(broker.nodeId);
      }
    }
    const outside = all.filter((node) => !this.#f.partition(partition.topic).isr.includes(node));
    const nodes = outside.length >= 3 && random.below(2) === 0 ? outside : all;
    const target: NodeId[] = [];
    while (target.length < 3) {
      const node = nodes[random.below(nodes.length)] ?? 1;
      if (!target.includes(node)) target.push(node);
    }
    this.#f.reassign(partition.topic, 0, random.below(4) === 0 ? 'cancel' : target);
  }

  #changeMinIsr(partition: Partition): void {
    this.#f.setTopicConfig(partition.topic, 'min.insync.replicas', String(1 + this.#f.random.below(3)));
  }

  /** Commits what was proposed, batch by batch, and checks each image that some node may see. */
  #commit(): void {
    for (const { offset, payload } of this.#f.payloads.slice(this.#committedCount)) {
      this.#committed = replayBatch(this.#committed, decodeMetadataBatch(payload), offset);
      this.#committedCount++;
      for (const partition of this.#partitions) this.#checkPartition(partition);
    }
    assert(imagesEqual(this.#committed, this.#f.image), 'what was decided is what the log makes');
    const pieces = [...chunksOf(snapshotOf(this.#committed), SNAPSHOT_CHUNK_BYTES)];
    const restored = imageFromSnapshot(pieces, this.#committed.offset);
    assert(imagesEqual(restored, this.#committed), 'a snapshot makes the same image');
  }

  #checkPartition(partition: Partition): void {
    const state = this.#stateOf(this.#committed, partition);
    const before = partition.seen;
    if (!state || state === before) return;
    partition.seen = state;
    const name = `${partition.topic} ${JSON.stringify(before)} -> ${JSON.stringify(state)}`;
    for (const node of state.isr) assert(this.#committed.broker(node)?.fenced === false, `no fenced ISR: ${name}`);
    if (!before) return;
    assert(state.partitionEpoch === before.partitionEpoch + 1, `partition epochs count changes: ${name}`);
    assert(state.leaderEpoch >= before.leaderEpoch, `leader epochs never go back: ${name}`);
    assert(before.leader === state.leader || state.leaderEpoch > before.leaderEpoch, `a leader an epoch: ${name}`);
    const members = [...state.isr, ...state.elr];
    const hadMembers = before.isr.length + before.elr.length > 0;
    // On relaxed topics an unclean restart costs the place, and a leader takes it from those that lost what they had.
    assert(members.length > 0 || !hadMembers || partition.relaxed, `the last whole replica stays: ${name}`);
    if (before.addingReplicas.length > 0 && state.addingReplicas.length === 0) this.totals.reassignmentsCompleted++;
    if (state.leaderEpoch === before.leaderEpoch || state.leader === -1) return;
    this.totals.elections++;
    if (before.elr.includes(state.leader)) this.totals.eligibleElections++;
    this.#checkElected(partition, before, state, name);
  }

  #checkElected(partition: Partition, before: PartitionState, state: PartitionState, name: string): void {
    const members = [...before.isr, ...before.elr];
    const held = partition.held.get(state.leader) ?? 0;
    if (held >= partition.acknowledged) return;
    // The only ways to lose: relaxed topics whose every member restarted uncleanly, and all members cut by damage.
    // A mark may outlive the damage (its end was on its way), and then says less than the replica holds.
    const marked = new Set([...before.recoveryMarks.map((mark) => mark.nodeId), ...partition.cut]);
    const allCut = members.length > 0 && members.every((node) => marked.has(node));
    const allGone = partition.relaxed && (before.lastKnownElr[0] === state.leader || marked.has(state.leader));
    assert(allCut || allGone, `a leader lacks ${partition.acknowledged - held} acknowledged records: ${name}`);
    if (allCut) this.totals.longestElections++;
    else this.totals.uncleanElections++;
    partition.acknowledged = held;
    partition.cut.clear();
    for (const [node, length] of partition.held) partition.held.set(node, Math.min(length, held));
  }
}
