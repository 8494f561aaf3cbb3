import { assert, defined } from '../../src/common/assert.js';
import { uuidFromBytes } from '../../src/common/ids.js';
import { DEFAULT_RAFT_CONFIG } from '../../src/raft/api.js';
import type { RaftConfig, Voter } from '../../src/raft/api.js';
import { RaftCore } from '../../src/raft/core/raft-core.js';
import type { Entry, Message, Ready, Snapshot } from '../../src/raft/core/types.js';
import { VoterSet, replicaKey } from '../../src/raft/core/voter-set.js';
import { CoreChecker } from './core-checker.js';
import { CoreDisk } from './core-disk.js';
import { EventQueue } from './event-queue.js';
import { SeededRandom } from './seeded-random.js';

const CONFIG = { ...DEFAULT_RAFT_CONFIG, snapshotTrailingEntries: 5, maxInflightMessages: 8, maxAppendBytes: 400 };
/** Half of the seeds have little patience, so that there are many elections in few messages. */
const HASTY_CONFIG = { ...CONFIG, electionTimeoutMinMs: 80, electionTimeoutMaxMs: 160, heartbeatIntervalMs: 30 };

export interface Totals {
  delivered: number;
  truncations: number;
  snapshotsInstalled: number;
  voterChanges: number;
  /** Of these, where a leader took itself out. */
  leaderRemovals: number;
  leaderChanges: number;
  transfers: number;
  reads: number;
  committed: number;
  crashes: number;
}

/** One replica: its core, its disk, and a state machine that is a hash of all it applied. */
class Replica {
  readonly voter: Voter;
  readonly key: string;
  readonly disk = new CoreDisk();
  core: RaftCore | undefined;
  /** Grows with each crash: what was under way before is void. */
  life = 0;
  state = 17;
  applied = 0;
  timerDueMs = Number.POSITIVE_INFINITY;
  busyDisk = false;
  wasLeader = false;
  readonly reads = new Map<number, number>();

  constructor(nodeId: number) {
    this.voter = { nodeId, directoryId: uuidFromBytes(Buffer.alloc(16, nodeId)), host: 'localhost', port: nodeId };
    this.key = replicaKey(this.voter);
  }
}

/** Replicas over a network that loses, repeats, reorders and parts, with crashes that lose what was not yet synced. */
export class CoreCluster {
  readonly random: SeededRandom;
  readonly checker = new CoreChecker();
  readonly #queue = new EventQueue();
  readonly #replicas: Replica[];
  readonly #byKey: Map<string, Replica>;
  readonly totals: Totals;
  #cut = new Set<string>();
  #faults = true;
  #lossChance: number;
  #repeatChance: number;
  #maxDelayMs: number;
  readonly #config: RaftConfig;
  /** Faults of this seed, drawn once: a swarm of different worlds finds more than one average world. */
  readonly #crashChance: number;
  readonly #diskMs: number;
  readonly #snapshotEvery: number;
  readonly #disturbance: number;
  readonly #restartMs: number;
  readonly #changesVoters: boolean;
  #proposals = 0;
  readonly #founders: VoterSet;

  constructor(seed: number, voters: number, spares: number, totals: Totals) {
    this.random = new SeededRandom(seed);
    this.totals = totals;
    this.#replicas = Array.from({ length: voters + spares }, (_, i) => new Replica(i + 1));
    this.#byKey = new Map(this.#replicas.map((replica) => [replica.key, replica]));
    this.#lossChance = this.random.pick([0, 0.01, 0.05, 0.15]);
    this.#repeatChance = this.random.pick([0, 0.02, 0.1]);
    this.#maxDelayMs = this.random.pick([2, 10, 60]);
    this.#config = this.random.chance(0.5) ? CONFIG : HASTY_CONFIG;
    this.#crashChance = this.random.pick([0, 0.005, 0.03]);
    this.#diskMs = this.random.pick([2, 20, 80]);
    this.#snapshotEvery = this.random.pick([10, 25, 100]);
    this.#disturbance = this.random.pick([1, 4, 12]);
    this.#restartMs = this.random.pick([20, 200, 1500]);
    this.#changesVoters = this.random.chance(0.6);
    this.#founders = new VoterSet(
      this.#replicas.slice(0, voters).map((replica) => replica.voter),
      undefined,
    );
    for (const replica of this.#replicas) {
      this.#restart(replica);
    }
  }

  #boot(replica: Replica): void {
    const { disk } = replica;
    replica.life++;
    replica.busyDisk = false;
    replica.wasLeader = false;
    replica.timerDueMs = Number.POSITIVE_INFINITY;
    replica.reads.clear();
    replica.applied = disk.snapshot?.index ?? 0;
    replica.state = disk.snapshot === undefined ? 17 : decodeState(disk.snapshot);
    replica.core = new RaftCore({
      self: replica.key,
      config: this.#config,
      random: this.random,
      makeClusterId: () => uuidFromBytes(this.random.bytes(16)),
      restored: disk.restored(),
      nowMs: this.#queue.nowMs,
    });
  }

  #process(replica: Replica): void {
    const { core } = replica;
    if (core === undefined) return;
    const ready = core.ready();
    if (core.role === 'leader' && !replica.wasLeader) {
      this.checker.leaderElected(core);
      this.totals.leaderChanges++;
    }
    replica.wasLeader = core.role === 'leader';
    for (const message of ready.messages) this.#send(message);
    if (ready.hello) this.#hello(replica);
    this.#apply(replica, ready);
    for (const { requestId, index } of ready.reads) this.#readDone(replica, requestId, index);
    this.#arm(replica);
    this.#persist(replica, ready);
    if (replica.core !== core) return;
    if (ready.committed.length > 0 || ready.snapshot !== undefined) this.#process(replica);
  }

  #persist(replica: Replica, ready: Ready): void {
    const { persist } = ready;
    if (persist === undefined) return;
    const { life } = replica;
    const done = (): void => {
      if (replica.life !== life) return;
      this.#store(replica, ready);
      for (const message of persist.messages) this.#send(message);
      defined(replica.core, 'it lives').persisted();
      replica.busyDisk = false;
      this.#process(replica);
    };
    if (persist.isEmpty) {
      done();
      return;
    }
    replica.busyDisk = true;
    this.#queue.after(this.random.below(this.#faults ? this.#diskMs : 3), done);
    // A crash on the way may find all of it on the disk, though nobody was told, or nothing.
    if (this.#faults && this.random.chance(this.#crashChance)) {
      if (this.random.chance(0.5)) this.#store(replica, ready);
      this.#crash(replica);
    }
  }

  #store(replica: Replica, ready: Ready): void {
    const persist = defined(ready.persist, 'there is something to store');
    let previousTerm: number | undefined;
    for (const entry of persist.entries) {
      previousTerm ??= entry.index === 1 ? 0 : this.#termBefore(replica, entry, persist.snapshot);
      this.checker.entryStored(entry, previousTerm);
      previousTerm = entry.term;
    }
    const before = replica.disk.truncations;
    replica.disk.write(persist);
    this.totals.truncations += replica.disk.truncations - before;
  }

  #termBefore(replica: Replica, entry: Entry, snapshot: Snapshot | undefined): number {
    if (snapshot !== undefined && snapshot.index === entry.index - 1) return snapshot.term;
    const { disk } = replica;
    if (disk.baseIndex === entry.index - 1) return disk.baseTerm;
    return defined(disk.entries[entry.index - disk.baseIndex - 2], 'no gap is ever written').term;
  }

  #apply(replica: Replica, ready: Ready): void {
    if (ready.snapshot !== undefined) {
      replica.state = decodeState(ready.snapshot);
      replica.applied = ready.snapshot.index;
      assert(this.checker.stateAt(replica.applied) === replica.state, 'a snapshot holds the state at its index');
      this.totals.snapshotsInstalled++;
    }
    for (const entry of ready.committed) {
      assert(entry.index === replica.applied + 1, 'entries are applied in order');
      replica.state = this.checker.entryApplied(entry, replica.state);
      replica.applied = entry.index;
    }
    const core = defined(replica.core, 'it lives');
    if (replica.applied - core.snapshotIndex >= this.#snapshotEvery && !replica.busyDisk) {
      const index = replica.applied;
      const snapshot: Snapshot = {
        index,
        term: defined(core.termAt(index), 'applied entries are kept until a snapshot'),
        voters: core.votersAt(index),
        chunks: encodeState(replica.state),
      };
      replica.disk.compact(snapshot, CONFIG.snapshotTrailingEntries);
      core.snapshotTaken(snapshot, CONFIG.snapshotTrailingEntries);
    }
  }

  #arm(replica: Replica): void {
    const core = defined(replica.core, 'it lives');
    const dueMs = Math.max(core.dueMs, this.#queue.nowMs + 0.1);
    if (dueMs >= replica.timerDueMs) return;
    replica.timerDueMs = dueMs;
    const { life } = replica;
    this.#queue.after(dueMs - this.#queue.nowMs, () => {
      if (replica.life !== life || replica.timerDueMs !== dueMs) return;
      replica.timerDueMs = Number.POSITIVE_INFINITY;
      core.tick(this.#queue.nowMs);
      this.#process(replica);
    });
  }

  #send(message: Message): void {
    let copies = 1;
    if (this.#faults) {
      if (this.random.chance(this.#lossChance)) return;
      if (this.random.chance(this.#repeatChance)) copies = 2;
    }
    for (; copies > 0; copies--) {
      const delayMs = 0.2 + this.random.below(this.#maxDelayMs * 100) / 100;
      this.#queue.after(delayMs, () => this.#deliver(message));
    }
  }

  #deliver(message: Message): void {
    const replica = defined(this.#byKey.get(message.to), 'all replicas are known');
    if (replica.core === undefined || this.#cut.has(`${message.from}>${message.to}`)) return;
    this.totals.delivered++;
    replica.core.step(message, this.#queue.nowMs);
    this.#process(replica);
  }

  #hello(replica: Replica): void {
    const term = defined(replica.core, 'it lives').term;
    for (const other of this.#replicas) {
      if (other !== replica) this.#send({ type: 'hello', from: replica.key, to: other.key, term });
    }
  }

  #crash(replica: Replica): void {
    if (replica.core === undefined) return;
    this.totals.crashes++;
    replica.core = undefined;
    replica.life++;
    const refuses = this.random.chance(0.5);
    for (const other of this.#replicas) {
      if (refuses && other.core !== undefined) {
        other.core.peerRefused(replica.voter.nodeId, this.#queue.nowMs);
        this.#arm(other);
      }
    }
    this.#queue.after(this.random.below(this.#restartMs), () => this.#restart(replica));
  }

  #restart(replica: Replica): void {
    if (replica.core !== undefined) return;
    this.#boot(replica);
    const core: RaftCore = defined<RaftCore>(this.#replicas[replica.voter.nodeId - 1]?.core, 'it was just booted');
    // Founding is an exchange of its own; here all agree on its outcome, and one that crashed before it kept it asks again.
    if (core.isBlank && this.#founders.has(replica.key)) core.found(this.#founders, replica.voter.nodeId === 1);
    this.#process(replica);
  }

  /** For the message of a failure. */
  describe(): string {
    return this.#replicas.map(describeReplica).join('\n');
  }

  #leader(): Replica | undefined {
    const leaders = this.#replicas.filter((replica) => replica.core?.role === 'leader');
    return leaders.length === 0 ? undefined : this.random.pick(leaders);
  }

  /** Delivers at least `messages` under faults and work; then ends all faults and demands progress. */
  run(messages: number): void {
    const start = this.totals.delivered;
    const step = (): void => {
      if (!this.#faults) return;
      this.#disturb();
      this.#work();
      this.#queue.after(5 + this.random.below(40), step);
    };
    step();
    while (this.totals.delivered - start < messages) assert(this.#queue.runNext(), 'a cluster never falls silent');
    this.#recover();
    this.totals.committed += this.checker.committed;
  }

  #disturb(): void {
    const dice = this.random.below(800) / this.#disturbance;
    if (dice < 4) this.#crash(this.random.pick(this.#replicas));
    else if (dice < 5) for (const replica of this.#replicas) this.#crash(replica);
    else if (dice < 8) this.#part();
    else if (dice < 11) this.#isolateLeader();
    else if (dice < 22) this.#cut.clear();
  }

  /** A leader that does not know it yet goes on appending what will be cut off. */
  #isolateLeader(): void {
    const leader = this.#leader();
    if (leader === undefined) return;
    this.#cut = new Set();
    for (const { key } of this.#replicas) {
      this.#cut.add(`${leader.key}>${key}`);
      if (this.random.chance(0.8)) this.#cut.add(`${key}>${leader.key}`);
    }
  }

  #part(): void {
    this.#cut = new Set();
    const oneWay = this.random.chance(0.3);
    const side = new Set(this.#replicas.filter(() => this.random.chance(0.5)));
    for (const a of this.#replicas) {
      for (const b of this.#replicas) {
        if (!side.has(a) || side.has(b)) continue;
        this.#cut.add(`${a.key}>${b.key}`);
        if (!oneWay) this.#cut.add(`${b.key}>${a.key}`);
      }
    }
  }

  #work(): void {
    const leader = this.#leader();
    const { core } = leader ?? {};
    if (leader === undefined || core === undefined) return;
    const dice = this.random.below(100);
    if (dice < 60) this.#propose(core);
    else if (dice < 70) this.#read(this.random.pick(this.#replicas));
    else if (dice < 80 && this.#changesVoters) this.#changeVoters(core);
    else if (dice < 83 && core.transferLeadership(undefined) === 'started') this.totals.transfers++;
    this.#process(leader);
  }

  #propose(core: RaftCore): void {
    const count = 1 + this.random.below(4);
    core.propose(Array.from({ length: count }, () => Buffer.from(`p${this.#proposals++}`)));
  }

  #read(replica: Replica): void {
    const { core } = replica;
    if (core === undefined) return;
    const requestId = ++this.#proposals;
    if (core.readIndex(requestId)) replica.reads.set(requestId, this.checker.committed);
    this.#process(replica);
  }

  #readDone(replica: Replica, requestId: number, index: number): void {
    const committed = replica.reads.get(requestId);
    if (committed === undefined) return;
    replica.reads.delete(requestId);
    this.totals.reads++;
    assert(index >= committed, 'a read sees all that was committed before it was asked for');
  }

  #changeVoters(core: RaftCore): void {
    const replica = this.random.pick(this.#replicas);
    const isVoter = core.voters.has(replica.key);
    if (isVoter && core.voters.size <= 1) return;
    const outcome = isVoter ? core.removeVoter(replica.key) : core.addVoter(replica.voter);
    if (outcome.kind !== 'appended') return;
    this.totals.voterChanges++;
    if (isVoter && replica.core === core) this.totals.leaderRemovals++;
  }

  #recover(): void {
    this.#faults = false;
    this.#cut.clear();
    this.#maxDelayMs = 2;
    const deadlineMs = this.#queue.nowMs + 20_000;
    for (const replica of this.#replicas) this.#restart(replica);
    const settled = (): boolean => {
      const leader = this.#leader();
      if (leader?.core === undefined) return false;
      const { core } = leader;
      if (core.commit < core.lastIndex) return false;
      return this.#replicas.every((replica) => replica.applied === core.commit);
    };
    let target: number | undefined;
    for (;;) {
      const leader = this.#leader();
      if (leader?.core !== undefined && target === undefined) {
        const outcome = leader.core.propose([Buffer.from('last')]);
        if (outcome.kind === 'appended') target = outcome.lastIndex;
        this.#process(leader);
      }
      if (target !== undefined && this.checker.committed >= target && settled()) return;
      const again =
        leader === undefined || (target !== undefined && leader.core !== undefined && leader.core.lastIndex < target);
      if (again) target = undefined;
      assert(this.#queue.nowMs < deadlineMs, 'progress: once faults end, a leader commits and all replicas follow');
      assert(this.#queue.runNext(), 'a cluster never falls silent');
    }
  }
}

function describeReplica({ voter, core, applied }: Replica): string {
  if (core === undefined) return `${voter.nodeId} is down`;
  const progress = [...core.progress].map((p) => `${p.key.slice(0, 2)} ${p.state} ${p.match}..${p.next}`);
  return (
    `${voter.nodeId} ${core.role} in ${core.term} after ${core.leader?.slice(0, 2)} commit ${core.commit} last ` +
    `${core.lastIndex} snapshot ${core.snapshotIndex} applied ${applied} voters ` +
    `${core.voters.voters.map((v) => v.nodeId)} [${progress.join(', ')}]`
  );
}

function encodeState(state: number): Uint8Array[] {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32LE(state, 0);
  return [bytes.subarray(0, 1), bytes.subarray(1, 3), bytes.subarray(3)];
}

function decodeState(snapshot: Snapshot): number {
  return Buffer.concat(snapshot.chunks).readInt32LE(0);
}

export function noTotals(): Totals {
  return {
    delivered: 0,
    truncations: 0,
    snapshotsInstalled: 0,
    voterChanges: 0,
    leaderRemovals: 0,
    leaderChanges: 0,
    transfers: 0,
    reads: 0,
    committed: 0,
    crashes: 0,
  };
}
