import type { VarveNode } from '../../broker/node.js';
import { NO_NODE } from '../../common/ids.js';
import type { NodeId, Uuid } from '../../common/ids.js';
import { changesBetween } from '../../metadata/image-changes.js';
import type { BrokerDifference } from '../../metadata/image-changes.js';
import type { MetadataImage, PartitionState } from '../../metadata/image.js';
import { METRICS } from '../../platform/metric-catalog.js';
import { DEFAULT_RAFT_CONFIG } from '../../raft/api.js';
import type { TraceLine } from '../observe.js';
import type { Simulation } from '../simulation.js';
import type { SimulatedCluster } from './simulated-cluster.js';

/**
 * What a batch of seeds must have been through, besides every kind of fault: the places where replicated logs go wrong.
 * Nodes know nothing of being watched: it shows in the metadata, in their state, in their counters and in what they log.
 */
export const RARE_PATHS = [
  'a follower truncated its log by leader epoch',
  'a log was recovered after an unclean stop',
  'a log started over where its leader starts',
  'damage was found by its CRC',
  'damaged batches were replaced by another replica',
  'a damaged log was cut and fetched again',
  'a duplicate batch was acknowledged once',
  'a producer went on in a new epoch',
  'an unacceptable record was refused',
  'a producer was fenced',
  'a broker was fenced',
  'a broker registered anew',
  'a broker shut down in order',
  'the ISR shrank',
  'the ISR grew',
  'the ISR was empty',
  'a partition had no leader',
  'a partition got another leader',
  'a replica was kept as eligible',
  'an eligible replica was elected',
  'a recovery marked its replica',
  'a marked replica was whole again',
  'a reassignment was completed',
  'a reassignment was cancelled',
  'a topic was deleted',
  'a topic was made again',
  'a topic that was made again was judged',
  'a setting was changed',
  'a setting was longer than a piece of a snapshot',
  'records were deleted below an offset',
  'a log was compacted',
  'an unclean election',
  'a reader was told of a truncation',
  'another controller took over',
  'a voter was removed',
  'a voter was added',
  'a wiped voter was exchanged',
  'the metadata log was cut behind a snapshot',
  'a snapshot of the metadata was installed',
  'an observer caught up by a snapshot',
] as const;

/**
 * Counted as the others. That a marked replica is elected needs marks on all members, which no seed makes: damage strikes
 * one node of a run; that records are given up needs damage of what one replica has, on a topic that may lose it. Scenarios of
 * their own have both.
 */
export type RarePath = (typeof RARE_PATHS)[number] | 'a marked replica was elected' | 'damaged records were given up';

/** What a node's log line tells, by how it begins. */
const TOLD: readonly (readonly [string, RarePath])[] = [
  ["The log departs from the leader's", 'a follower truncated its log by leader epoch'],
  ['Recovered a log after an unclean stop', 'a log was recovered after an unclean stop'],
  ['The log has nothing in common', 'a log started over where its leader starts'],
  ['Damaged batches were replaced', 'damaged batches were replaced by another replica'],
  ['Records are lost: ', 'damaged records were given up'],
  ['The broker misses an earlier batch', 'a producer went on in a new epoch'],
];

/** A follower begins to fetch again what is behind its damage: not yet what is counted. */
const CUT = /^The log is cut at its damage\b.*\btopic=(\S+) partition=(\d+)/;

const COUNTED: ReadonlyMap<string, RarePath> = new Map<string, RarePath>([
  [METRICS.damagedBatches.name, 'damage was found by its CRC'],
  [METRICS.duplicateBatches.name, 'a duplicate batch was acknowledged once'],
]);

/** A counter of a node went up. */
export function pathOfCounter(name: string): RarePath | undefined {
  return COUNTED.get(name);
}

/** A line that was added to the trace. */
export function pathOfLine(line: TraceLine): RarePath | undefined {
  return TOLD.find(([beginning]) => line.text.startsWith(beginning))?.[1];
}

/** Which of `names` never happened. */
export function neverReached<Name extends string>(
  names: readonly Name[],
  coverage: ReadonlyMap<string, number>,
): Name[] {
  return names.filter((name) => !coverage.has(name));
}

/** The logs' starts only go up: they are looked at more seldom than what may change and change back. */
const LOOKS_A_LOG = 5;

interface SeenLog {
  readonly life: number;
  readonly lastIndex: number;
  readonly baseIndex: number;
}

interface CutReplica {
  readonly nodeId: NodeId;
  readonly topic: string;
  readonly partition: number;
}

/** Watches a cluster for rare paths and counts them as reached. */
export class RarePathWatch {
  readonly #cluster: SimulatedCluster;
  readonly #simulation: Simulation;
  readonly #logs = new Map<NodeId, SeenLog>();
  readonly #starts = new Map<string, number>();
  readonly #cleaned = new Map<string, number>();
  #image: MetadataImage | undefined;
  #controller: NodeId | undefined;
  #voters: readonly { readonly nodeId: NodeId; readonly directoryId: string }[] = [];
  readonly #voterDirectories = new Map<NodeId, string>();
  readonly #deletedNames = new Set<string>();
  /** Replicas that were cut at their damage and have not caught up again. */
  #cut: readonly CutReplica[] = [];
  #looks = 0;

  constructor(cluster: SimulatedCluster) {
    this.#cluster = cluster;
    this.#simulation = cluster.simulation;
  }

  /** Looks again and again from now on. */
  watch(everyMs: number): void {
    this.#simulation.at(everyMs, () => {
      this.look();
      this.watch(everyMs);
    });
  }

  /** A line that was added to the trace. */
  heard({ who, text }: TraceLine): void {
    const [, topic, partition] = CUT.exec(text) ?? [];
    const nodeId = this.#cluster.nodeIds.find((id) => who.startsWith(`${this.#cluster.host(id).name}#`));
    if (topic === undefined || nodeId === undefined) return;
    this.#cut = [...this.#cut, { nodeId, topic, partition: Number(partition) }];
  }

  look(): void {
    if (this.#cut.length > 0) this.#lookAtCut();
    const withLogs = this.#looks++ % LOOKS_A_LOG === 0;
    for (const node of this.#cluster.runningNodes) {
      this.#lookAtImage(node.image);
      this.#lookAtQuorum(node);
      if (withLogs) this.#lookAtLogs(node);
    }
  }

  /** Behind its cut a follower has again, on its disk, all that its leader holds for committed. */
  #lookAtCut(): void {
    const { runningNodes } = this.#cluster;
    this.#cut = this.#cut.filter(({ nodeId, topic, partition }) => {
      const replica = this.#cluster.node(nodeId)?.replicas.replica(topic, partition);
      const leaders = runningNodes.flatMap((node) => node.replicas.replica(topic, partition)?.leader ?? []);
      const newest = leaders.sort((a, b) => b.leaderEpoch - a.leaderEpoch)[0];
      if (replica === undefined || newest === undefined || replica.topicId !== newest.topicId) return true;
      if (!this.#isMember(newest.topicId, partition, nodeId) || replica.log.durableOffset < newest.highWatermark)
        return true;
      this.#reached('a damaged log was cut and fetched again');
      return false;
    });
  }

  /** Before its cut a follower leaves the ISR; it is in it again once it has caught up. */
  #isMember(topicId: Uuid, partition: number, nodeId: NodeId): boolean {
    return this.#image?.partition(topicId, partition)?.isr.includes(nodeId) === true;
  }

  #reached(path: RarePath): void {
    this.#simulation.reached(path);
  }

  #lookAtImage(image: MetadataImage): void {
    const before = this.#image;
    if (before !== undefined && image.offset <= before.offset) return;
    this.#image = image;
    if (before === undefined) return;
    const changes = changesBetween(before, image);
    for (const broker of changes.brokers) this.#lookAtBroker(broker);
    for (const { before: old, after } of changes.partitions) {
      if (old !== undefined && after !== undefined) this.#lookAtPartition(old, after);
    }
    for (const { name } of changes.deletedTopics) {
      this.#reached('a topic was deleted');
      this.#deletedNames.add(name);
    }
    for (const { name } of changes.createdTopics)
      if (this.#deletedNames.has(name)) this.#reached('a topic was made again');
    if (changes.configs.length > 0) this.#reached('a setting was changed');
    for (const { type, name } of changes.configs) {
      const values = [...image.dynamicConfigs(type, name).values()];
      if (values.some(({ length }) => length > DEFAULT_RAFT_CONFIG.snapshotChunkBytes))
        this.#reached('a setting was longer than a piece of a snapshot');
    }
  }

  #lookAtBroker({ before, after }: BrokerDifference): void {
    if (before === undefined || after === undefined) return;
    if (before.brokerEpoch !== after.brokerEpoch) this.#reached('a broker registered anew');
    else if (!before.fenced && after.fenced) this.#reached('a broker was fenced');
    if (!before.inControlledShutdown && after.inControlledShutdown) this.#reached('a broker shut down in order');
  }

  #lookAtPartition(before: PartitionState, after: PartitionState): void {
    if (before.isr.some((id) => !after.isr.includes(id))) this.#reached('the ISR shrank');
    if (after.isr.some((id) => !before.isr.includes(id))) this.#reached('the ISR grew');
    if (after.isr.length === 0) this.#reached('the ISR was empty');
    if (after.elr.some((id) => !before.elr.includes(id))) this.#reached('a replica was kept as eligible');
    const wasMarked = (id: NodeId): boolean => before.recoveryMarks.some(({ nodeId }) => nodeId === id);
    const isMarked = (id: NodeId): boolean => after.recoveryMarks.some(({ nodeId }) => nodeId === id);
    if (after.recoveryMarks.some(({ nodeId }) => !wasMarked(nodeId))) this.#reached('a recovery marked its replica');
    if (after.isr.some((id) => wasMarked(id) && !isMarked(id))) this.#reached('a marked replica was whole again');
    this.#lookAtReassignment(before, after);
    if (after.leader === before.leader) return;
    if (after.leader === NO_NODE) {
      this.#reached('a partition had no leader');
      return;
    }
    this.#reached('a partition got another leader');
    if (wasMarked(after.leader)) this.#reached('a marked replica was elected');
    const members = [...before.isr, ...before.elr];
    if (before.elr.includes(after.leader)) this.#reached('an eligible replica was elected');
    if (members.length > 0 && !members.includes(after.leader)) this.#reached('an unclean election');
  }

  #lookAtReassignment(before: PartitionState, after: PartitionState): void {
    const { addingReplicas: adding, removingReplicas: removing } = before;
    if (adding.length + removing.length === 0) return;
    if (after.addingReplicas.length + after.removingReplicas.length > 0) return;
    // Replicas in both lists were added by a reassignment that another one replaced.
    const staying = adding.filter((id) => !removing.includes(id));
    const done =
      staying.every((id) => after.replicas.includes(id)) && !removing.some((id) => after.replicas.includes(id));
    this.#reached(done ? 'a reassignment was completed' : 'a reassignment was cancelled');
  }

  #lookAtQuorum({ nodeId, raft }: VarveNode): void {
    const { incarnation } = this.#cluster.host(nodeId);
    const { baseIndex, lastIndex } = raft.log;
    const seen = this.#logs.get(nodeId);
    if (seen?.life === incarnation && baseIndex > seen.baseIndex) {
      if (baseIndex > seen.lastIndex) {
        this.#reached('a snapshot of the metadata was installed');
        if (raft.role === 'observer') this.#reached('an observer caught up by a snapshot');
      } else {
        this.#reached('the metadata log was cut behind a snapshot');
      }
    }
    const moved = seen?.life !== incarnation || seen.baseIndex !== baseIndex || seen.lastIndex !== lastIndex;
    if (moved) {
      this.#logs.set(nodeId, { life: incarnation, baseIndex, lastIndex });
    }
    if (raft.role !== 'leader') return;
    // A leader's voters change with its log.
    if (!moved && this.#controller === nodeId) return;
    if (this.#controller !== undefined && this.#controller !== nodeId) this.#reached('another controller took over');
    this.#controller = nodeId;
    this.#lookAtVoters(raft.status().voters);
  }

  #lookAtVoters(voters: readonly { readonly nodeId: NodeId; readonly directoryId: string }[]): void {
    const before = this.#voters;
    if (before === voters) return;
    this.#voters = voters;
    const has = (list: typeof voters, one: (typeof voters)[number]): boolean =>
      list.some(({ nodeId, directoryId }) => nodeId === one.nodeId && directoryId === one.directoryId);
    if (before.some((voter) => !has(voters, voter))) this.#reached('a voter was removed');
    for (const voter of voters) {
      const known = this.#voterDirectories.get(voter.nodeId);
      this.#voterDirectories.set(voter.nodeId, voter.directoryId);
      if (before.length === 0 || has(before, voter)) continue;
      this.#reached('a voter was added');
      if (known !== undefined && known !== voter.directoryId) this.#reached('a wiped voter was exchanged');
    }
  }

  #lookAtLogs(node: VarveNode): void {
    for (const { topicId, partition, cleanedOffset } of node.logs.logs) {
      const name = `${node.nodeId} ${topicId}-${partition}`;
      if (cleanedOffset <= (this.#cleaned.get(name) ?? 0)) continue;
      this.#cleaned.set(name, cleanedOffset);
      this.#reached('a log was compacted');
    }
    for (const { topicId, partition, log } of node.replicas.replicas()) {
      const name = `${topicId}-${partition}`;
      const start = this.#starts.get(name) ?? 0;
      if (log.startOffset <= start) continue;
      this.#starts.set(name, log.startOffset);
      this.#reached('records were deleted below an offset');
    }
  }
}
