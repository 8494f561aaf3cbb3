import { Admin } from '../../client/admin.js';
import type { ConfigChange, PartitionResult, Reassignment } from '../../client/admin-types.js';
import { VarveError } from '../../common/errors.js';
import type { NodeId } from '../../common/ids.js';
import { sleep } from '../../platform/clock.js';
import type { Clock } from '../../platform/clock.js';
import type { Platform } from '../../platform/platform.js';
import type { ReplicaId } from '../../raft/api.js';
import type { RaftNode } from '../../raft/raft-node.js';
import { unreachable } from '../../common/assert.js';
import type { ChangeKind, ChangeRate } from '../fault-plan.js';
import type { SeededRandom } from '../random.js';
import type { Simulation } from '../simulation.js';
import { RollingRestart } from './rolling-restart.js';
import { KEEPALIVE_MS } from '../network/rpc-client.js';
import { strikeName } from '../strikes.js';
import type { Strikes } from '../strikes.js';
import type { SimulatedCluster } from './simulated-cluster.js';
import type { Workload } from './workload.js';

export interface OperatorOptions {
  readonly simulation: Simulation;
  readonly cluster: SimulatedCluster;
  readonly random: SeededRandom;
  readonly plan: readonly ChangeRate[];
  readonly workload: Workload;
  /** The topic of the workload, and how many replicas it should have in the end. */
  readonly topic: string;
  readonly partitions: number;
  readonly replicationFactor: number;
  /** The topic that is deleted and made again, with so many partitions. */
  readonly passing: string;
  readonly passingPartitions: number;
  /** The only node whose vote may be taken: with faults that destroy, it must not be one of the others. */
  readonly onlyVoter?: NodeId;
  readonly strikes?: Strikes;
}

interface SettingDraw {
  readonly name: string;
  readonly values: readonly string[];
}

/** Settings of the topic that may be changed at any time without a promise to be broken. */
const SETTINGS: readonly SettingDraw[] = [
  { name: 'min.insync.replicas', values: ['2', '3'] },
  { name: 'segment.bytes', values: ['16384', '65536', '1048576'] },
  { name: 'compression.type', values: ['producer', 'gzip', 'uncompressed'] },
  { name: 'flush.messages', values: ['1'] },
];

/** Items of each list of throttled replicas: it is longer than the pieces in which the metadata's snapshots are stored. */
const LONG_LIST_ITEMS = 34_000;
const THROTTLED_REPLICAS = [
  'leader.replication.throttled.replicas',
  'follower.replication.throttled.replicas',
] as const;

const STEP_MS = 20;
/** Hasty changes of the voters are asked for so often, and for so long. */
const HASTY_STEP_MS = 1;
const HASTE_MS = 100;
/**
 * What was sent before the faults ended has arrived by then, or never does: TCP sends it anew after as long again as nothing got
 * through, and a connection through which nothing does for longer than its keepalive is broken.
 */
const ARRIVED_MS = KEEPALIVE_MS + 5_000;

/**
 * Whoever runs the cluster: restarts it node by node, moves partitions and leaders, changes voters and settings, deletes
 * topics and records, while faults strike. What fails is given up, as people do; what may not be left half done is put
 * right by `restored`.
 */
export class Operator {
  readonly #options: OperatorOptions;
  /** By kind: the stream of the change that is being made. */
  readonly #streams = new Map<ChangeKind, SeededRandom>();
  readonly #touched = new Set<string>();
  #admin: Admin | undefined;
  #clock: Clock | undefined;
  #ended = false;
  #busy = 0;
  #votersChanging = false;
  /** A move was asked for, and the answer did not come: it may be made at any time. */
  #mayMove = false;

  constructor(options: OperatorOptions) {
    this.#options = options;
  }

  /** Some voter was taken out and is not back: no other one may be lost. */
  get votersChanging(): boolean {
    return this.#votersChanging;
  }

  get ended(): boolean {
    return this.#ended;
  }

  start(): void {
    this.#options.simulation.host('operator').start((platform) => this.#run(platform));
  }

  /** Begins nothing new; resolves once what is under way has come to its end. */
  async end(clock: Clock): Promise<void> {
    this.#ended = true;
    while (this.#busy > 0) await sleep(clock, STEP_MS);
  }

  /** Puts right what was changed; true once it is: call it until then. Faults must be over. */
  async restored(admin: Admin, clock: Clock): Promise<boolean> {
    try {
      await this.#resetSettings(admin);
      return (await this.#votersComplete(admin)) && (await this.#replicasComplete(admin, clock));
    } catch (error) {
      this.#tolerate('restoring', error);
      return false;
    }
  }

  async #run(platform: Platform): Promise<void> {
    const { cluster, plan } = this.#options;
    this.#clock = platform.clock;
    this.#admin = new Admin({ bootstrap: cluster.bootstrap, platform, requestTimeoutMs: 3_000 });
    if (plan.some(({ kind }) => kind === 'recreateTopic')) await this.#makePassing(this.#admin);
    await Promise.all(plan.map((rate) => this.#repeat(rate)));
    await this.#admin.close();
  }

  async #repeat(rate: ChangeRate): Promise<void> {
    const stream = this.#options.random.split(rate.kind);
    for (let count = 0; ; count++) {
      await this.#pause(stream.between(0, 2 * rate.meanEveryMs));
      if (this.#ended) return;
      const name = strikeName(rate.kind, count);
      if (this.#options.strikes?.allows(name) === false) continue;
      // A stream of its own for each change: leaving one out leaves what the others draw as it was.
      this.#streams.set(rate.kind, stream.split(name));
      this.#busy++;
      try {
        await this.#changeAs(name, rate);
      } finally {
        this.#busy--;
      }
    }
  }

  async #changeAs(name: string, { kind, meanLastingMs }: ChangeRate): Promise<void> {
    const { simulation, strikes } = this.#options;
    try {
      const what = await this.#change(kind, this.#randomOf(kind).between(0, 2 * meanLastingMs));
      if (what === undefined) return;
      simulation.reached(`fault: ${kind}`);
      simulation.say('operator', `${name}: ${what}`);
      strikes?.happened(name, what);
    } catch (error) {
      strikes?.happened(name, 'it failed');
      this.#tolerate(kind, error);
    }
  }

  #tolerate(what: string, error: unknown): void {
    if (!(error instanceof VarveError) || error.code === 'UNKNOWN_SERVER_ERROR') throw error;
    this.#options.simulation.say('operator', `${what} failed: ${error.message}`);
  }

  /** Says what it did; undefined when there was nothing to do. */
  #change(kind: ChangeKind, lastingMs: number): Promise<string | undefined> {
    switch (kind) {
      case 'rollingRestart':
        return this.#rollingRestart(lastingMs);
      case 'reassign':
        return this.#reassign(lastingMs);
      case 'electPreferred':
        return this.#electPreferred();
      case 'transferQuorum':
        return this.#transferQuorum();
      case 'exchangeVoter':
        return this.#exchangeVoter(lastingMs);
      case 'recreateTopic':
        return this.#recreateTopic(lastingMs);
      case 'alterConfigs':
        return this.#alterConfigs(lastingMs);
      case 'deleteRecords':
        return this.#deleteRecords();
      default:
        return unreachable(kind);
    }
  }

  #randomOf(kind: ChangeKind): SeededRandom {
    const random = this.#streams.get(kind);
    if (random === undefined) throw new Error(`${kind} has no stream`);
    return random;
  }

  get #tools(): { readonly admin: Admin; readonly clock: Clock } {
    if (this.#admin === undefined || this.#clock === undefined) throw new Error('the operator has not been started');
    return { admin: this.#admin, clock: this.#clock };
  }

  /** Cut short by the end. */
  async #pause(ms: number): Promise<void> {
    const { clock } = this.#tools;
    const untilMs = clock.monotonicMs() + ms;
    while (!this.#ended && clock.monotonicMs() < untilMs) {
      await sleep(clock, Math.min(500, Math.max(1, untilMs - clock.monotonicMs())));
    }
  }

  async #rollingRestart(downMs: number): Promise<string> {
    const { cluster } = this.#options;
    const restart = new RollingRestart(cluster, this.#tools.clock, () => this.#ended);
    const nodes = await restart.run(Math.min(downMs, 1_000));
    return `nodes ${nodes.join(', ')} were restarted one by one`;
  }

  async #reassign(lastingMs: number): Promise<string> {
    const { cluster, topic, partitions, replicationFactor } = this.#options;
    const random = this.#randomOf('reassign');
    const partition = random.below(partitions);
    const order = random.shuffle([...cluster.nodeIds]);
    const isCalledBack = random.chance(0.5);
    // What is called back has to have something to do: replicas that are added must catch up.
    const size = isCalledBack ? 2 : random.integer(2, replicationFactor);
    await this.#move(partition, order.slice(0, size));
    if (!isCalledBack) return `${topic}-${partition} moves to ${order.slice(0, size).join(', ')}`;
    await this.#pause(lastingMs);
    const wanted = order.slice(-replicationFactor);
    await this.#move(partition, wanted);
    if (random.chance(0.3)) await this.#pause(lastingMs);
    const [cancelled] = await this.#alterMoves([{ topic, partition }]);
    const outcome = cancelled?.error === undefined ? 'is called back' : 'could not be called back any more';
    return `that ${topic}-${partition} moves to ${wanted.join(', ')} ${outcome}`;
  }

  async #move(partition: number, replicas: readonly NodeId[]): Promise<void> {
    const { topic } = this.#options;
    const [moved] = await this.#alterMoves([{ topic, partition, replicas }]);
    if (moved?.error !== undefined) throw moved.error;
  }

  async #alterMoves(moves: readonly Reassignment[]): Promise<PartitionResult[]> {
    try {
      return await this.#tools.admin.alterPartitionReassignments(moves);
    } catch (error) {
      this.#mayMove = true;
      throw error;
    }
  }

  /** Nothing is on its way any more that would undo what is found right: neither to the controller nor in its log. */
  async #movesSettled(admin: Admin, clock: Clock): Promise<void> {
    if (!this.#mayMove) return;
    await sleep(clock, ARRIVED_MS);
    // Answered once all that the controller has decided is committed.
    await admin.alterPartitionReassignments([]);
    this.#mayMove = false;
  }

  async #electPreferred(): Promise<string> {
    await this.#tools.admin.electLeaders('preferred');
    return 'the preferred leaders are elected';
  }

  async #transferQuorum(): Promise<string> {
    const { admin } = this.#tools;
    const to = this.#randomOf('transferQuorum').pick([-1, ...this.#options.cluster.nodeIds]);
    const leader = await admin.transferQuorumLeadership(to);
    return `the quorum is handed to node ${leader}`;
  }

  /** Takes a voter out of the quorum and, after a while, in again. */
  async #exchangeVoter(lastingMs: number): Promise<string | undefined> {
    const { cluster, onlyVoter } = this.#options;
    const { admin } = this.#tools;
    const random = this.#randomOf('exchangeVoter');
    const nodeId = random.pick(cluster.nodeIds);
    if (!cluster.isQuorumFull || (onlyVoter !== undefined && nodeId !== onlyVoter)) return undefined;
    const node = cluster.node(nodeId);
    if (node === undefined) return undefined;
    this.#votersChanging = true;
    if (random.chance(0.4)) await this.#hastilyRemove(node.raft);
    else await admin.removeVoter(nodeId, node.raft.directoryId);
    await this.#pause(lastingMs);
    while (!this.#ended && !cluster.isQuorumFull) {
      await admin.addVoter(nodeId, '').catch((error: unknown) => this.#tolerate('addVoter', error));
      await this.#pause(100);
    }
    this.#votersChanging = !cluster.isQuorumFull;
    return `node ${nodeId} is no voter for a while`;
  }

  /**
   * Has the leadership handed on, and asks the new leader at the first moment to take a voter out, and at once to take out
   * another one: it must refuse what comes before an entry of its term is committed, and the second of two.
   */
  async #hastilyRemove(voter: ReplicaId): Promise<void> {
    const { clock } = this.#tools;
    const old = this.#leaderOfQuorum();
    if (old === undefined) return;
    const refused = (error: unknown): void => this.#tolerate('a hasty change of the voters', error);
    old.transferLeadership().catch(refused);
    const untilMs = clock.monotonicMs() + HASTE_MS;
    while (clock.monotonicMs() < untilMs) {
      await sleep(clock, HASTY_STEP_MS);
      const leader = this.#leaderOfQuorum();
      if (leader === undefined || leader === old) continue;
      const other = this.#options.cluster.runningNodes.find(
        ({ raft }) => raft !== leader && raft.nodeId !== voter.nodeId,
      );
      leader.removeVoter(voter).catch(refused);
      if (other !== undefined) leader.removeVoter(other.raft).catch(refused);
    }
  }

  #leaderOfQuorum(): RaftNode | undefined {
    return this.#options.cluster.runningNodes.find(({ raft }) => raft.role === 'leader')?.raft;
  }

  async #recreateTopic(lastingMs: number): Promise<string> {
    const { admin } = this.#tools;
    const { passing: name } = this.#options;
    const random = this.#randomOf('recreateTopic');
    await admin.deleteTopic(name);
    if (random.chance(0.5)) await this.#pause(lastingMs);
    await this.#makePassing(admin);
    return `${name} is deleted and made again`;
  }

  /** Asks until it is made: a cluster that stands still, its power off from the start, gives no answer in time. */
  async #makePassing(admin: Admin): Promise<void> {
    while (!this.#ended && !(await this.#makesPassing(admin))) await this.#pause(50);
  }

  async #makesPassing(admin: Admin): Promise<boolean> {
    const { passing: name, passingPartitions: partitions, replicationFactor } = this.#options;
    try {
      const [result] = await admin.createTopics([{ name, partitions, replicationFactor }]);
      return result?.error === undefined || result.error.code === 'TOPIC_ALREADY_EXISTS';
    } catch (error) {
      this.#tolerate('making a topic', error);
      return false;
    }
  }

  async #alterConfigs(lastingMs: number): Promise<string> {
    const random = this.#randomOf('alterConfigs');
    const { name, values } = random.pick(SETTINGS);
    const change: ConfigChange = random.chance(0.3)
      ? { name, operation: 'delete' }
      : { name, operation: 'set', value: random.pick(values) };
    this.#touched.add(name);
    await this.#alter(this.#tools.admin, [change]);
    if (random.chance(0.1)) await this.#throttleMuch(lastingMs);
    return `${name} is ${change.value ?? 'as it was'}`;
  }

  /** For a while the topic has lists as they are where one of ten thousand partitions moves. */
  async #throttleMuch(lastingMs: number): Promise<void> {
    const { admin } = this.#tools;
    // Of partitions that there are not: nothing is held up.
    const value = Array.from({ length: LONG_LIST_ITEMS }, (_, i) => `${100_000 + i}:1`).join();
    for (const name of THROTTLED_REPLICAS) this.#touched.add(name);
    await this.#alter(
      admin,
      THROTTLED_REPLICAS.map((name) => ({ name, operation: 'set', value })),
    );
    await this.#pause(Math.min(lastingMs, 500));
    await this.#alter(
      admin,
      THROTTLED_REPLICAS.map((name) => ({ name, operation: 'delete' })),
    );
  }

  /** Deletes what every consumer has read, so that the history stays complete. */
  async #deleteRecords(): Promise<string | undefined> {
    const { topic, partitions, workload } = this.#options;
    const random = this.#randomOf('deleteRecords');
    const partition = random.below(partitions);
    const limit = workload.readByAll(partition);
    if (limit === 0) return undefined;
    const beforeOffset = random.integer(1, limit);
    workload.deleting(partition, beforeOffset);
    const [deleted] = await this.#tools.admin.deleteRecords([{ topic, partition, beforeOffset }]);
    if (deleted?.error !== undefined) throw deleted.error;
    return `${topic}-${partition} loses its records below ${beforeOffset}`;
  }

  async #alter(admin: Admin, changes: readonly ConfigChange[]): Promise<void> {
    const resource = { type: 'topic', name: this.#options.topic } as const;
    const [altered] = await admin.alterConfigs([{ resource, changes }]);
    if (altered?.error !== undefined) throw altered.error;
  }

  async #resetSettings(admin: Admin): Promise<void> {
    if (this.#touched.size === 0) return;
    await this.#alter(
      admin,
      [...this.#touched].map((name) => ({ name, operation: 'delete' })),
    );
    this.#touched.clear();
  }

  async #votersComplete(admin: Admin): Promise<boolean> {
    if (!this.#votersChanging) return true;
    const { voters } = await admin.describeQuorum();
    for (const nodeId of this.#options.cluster.nodeIds) {
      if (voters.every((voter) => voter.nodeId !== nodeId)) await admin.addVoter(nodeId, '');
    }
    this.#votersChanging = !this.#options.cluster.isQuorumFull;
    return !this.#votersChanging;
  }

  async #replicasComplete(admin: Admin, clock: Clock): Promise<boolean> {
    const { cluster, topic, replicationFactor } = this.#options;
    if (this.#options.plan.every(({ kind }) => kind !== 'reassign')) return true;
    await this.#movesSettled(admin, clock);
    const ongoing = await admin.listPartitionReassignments();
    if (ongoing.length > 0) return false;
    const [description] = await admin.describeTopics([topic]);
    const short = (description?.partitions ?? []).filter(({ replicas }) => replicas.length !== replicationFactor);
    if (short.length === 0) return description !== undefined && this.#allKnowComplete();
    await admin.alterPartitionReassignments(
      short.map(({ partition, replicas }) => ({
        topic,
        partition,
        replicas: [...new Set([...replicas, ...cluster.nodeIds])].slice(0, replicationFactor),
      })),
    );
    return false;
  }

  /**
   * Whoever was asked may not have heard of the last move yet: its disk was at a slow sync when the faults ended
   * (SEED=517154850).
   */
  #allKnowComplete(): boolean {
    const { cluster, topic: name, partitions, replicationFactor } = this.#options;
    return cluster.runningNodes.every(({ image }) => {
      const topic = image.topicByName(name);
      const replicasOf = (partition: number): number => topic?.partitions.get(partition)?.replicas.length ?? 0;
      return Array.from({ length: partitions }, (_, partition) => replicasOf(partition)).every(
        (count) => count === replicationFactor,
      );
    });
  }
}
