import { assert, defined } from '../../src/common/assert.js';
import { uuidFromBytes } from '../../src/common/ids.js';
import { DEFAULT_RAFT_CONFIG } from '../../src/raft/api.js';
import type { Voter } from '../../src/raft/api.js';
import { RaftCore } from '../../src/raft/core/raft-core.js';
import type { Message, Persist, Ready } from '../../src/raft/core/types.js';
import { VoterSet, nodeIdOfKey, replicaKey } from '../../src/raft/core/voter-set.js';
import { CoreChecker } from './core-checker.js';
import { CoreDisk } from './core-disk.js';
import { SeededRandom } from './seeded-random.js';

interface Replica {
  readonly voter: Voter;
  readonly key: string;
  readonly disk: CoreDisk;
  core: RaftCore | undefined;
  /** On its way to the disk: a crash loses it. */
  persist: Persist | undefined;
  state: number;
  applied: number;
  wasLeader: boolean;
}

/** Voters whose every delivery and every write happens when a test says so: for going through all that may happen. */
export class SmallCluster {
  readonly random: SeededRandom;
  readonly #checker = new CoreChecker();
  readonly #replicas: readonly Replica[];
  readonly #cut = new Set<number>();
  #wire: Message[] = [];
  #nowMs = 0;

  /** Node 1 leads, and all is known to be committed everywhere. */
  constructor(voters: number, seed: number) {
    this.random = new SeededRandom(seed);
    this.#replicas = Array.from({ length: voters }, (_, i) => makeReplica(i + 1));
    const founders = new VoterSet(
      this.#replicas.map(({ voter }) => voter),
      undefined,
    );
    for (const replica of this.#replicas) {
      this.#boot(replica);
      this.core(replica.voter.nodeId).found(founders, replica.voter.nodeId === 1);
      this.#process(replica);
    }
    this.quiesce();
    assert(this.leader === 1, 'the first node leads');
  }

  get nodeIds(): readonly number[] {
    return this.#replicas.map(({ voter }) => voter.nodeId);
  }

  #replica(nodeId: number): Replica {
    return defined(this.#replicas[nodeId - 1], 'the replica exists');
  }

  core(nodeId: number): RaftCore {
    return defined(this.#replica(nodeId).core, 'it runs');
  }

  /** The one of the newest term. */
  get leader(): number | undefined {
    let newest: RaftCore | undefined;
    for (const { core } of this.#replicas) {
      if (core?.role === 'leader' && core.term > (newest?.term ?? 0)) newest = core;
    }
    return newest === undefined ? undefined : nodeIdOfKey(newest.self);
  }

  get term(): number {
    return Math.max(...this.#replicas.map(({ core }) => core?.term ?? 0));
  }

  #boot(replica: Replica): void {
    const restored = replica.disk.restored();
    replica.applied = restored.applied;
    replica.state = restored.snapshot === undefined ? 17 : this.#checker.stateAt(restored.snapshot.index);
    replica.wasLeader = false;
    replica.core = new RaftCore({
      self: replica.key,
      config: DEFAULT_RAFT_CONFIG,
      random: this.random,
      makeClusterId: () => uuidFromBytes(Buffer.alloc(16, 0xcc)),
      restored,
      nowMs: this.#nowMs,
    });
    replica.core.start(this.#nowMs);
  }

  /** What was on its way to it or from it is lost. */
  crash(nodeId: number): void {
    const replica = this.#replica(nodeId);
    replica.core = undefined;
    replica.persist = undefined;
    this.#wire = this.#wire.filter(({ from, to }) => from !== replica.key && to !== replica.key);
  }

  restart(nodeId: number): void {
    this.#boot(this.#replica(nodeId));
    this.#process(this.#replica(nodeId));
  }

  loseMessages(): void {
    this.#wire = [];
  }

  isolate(nodeId: number): void {
    this.#cut.add(nodeId);
  }

  heal(): void {
    this.#cut.clear();
  }

  remove(by: number, nodeId: number): string {
    const outcome = this.core(by).removeVoter(this.#replica(nodeId).key);
    this.#process(this.#replica(by));
    return outcome.kind;
  }

  /** True when it leads and takes it. */
  propose(nodeId: number): boolean {
    const outcome = this.core(nodeId).propose([Buffer.from('x')]);
    this.#process(this.#replica(nodeId));
    return outcome.kind === 'appended';
  }

  /** Its log up to here gives way to a snapshot, which holds the voters too. */
  snapshot(nodeId: number): void {
    const core = this.core(nodeId);
    const index = core.applied;
    const term = defined(core.termAt(index), 'it is in the log');
    const snapshot = { index, term, voters: core.votersAt(index), chunks: [Buffer.alloc(1)] };
    this.#replica(nodeId).disk.compact(snapshot, 0);
    core.snapshotTaken(snapshot, 0);
  }

  /** One thing happens to `nodeId`: its write ends, else what it sent first arrives, else what was sent to it first. */
  step(nodeId: number): boolean {
    const replica = this.#replica(nodeId);
    if (this.store(nodeId)) return true;
    const sent = this.#wire.find(({ from }) => from === replica.key);
    const message = sent ?? this.#wire.find(({ to }) => to === replica.key);
    if (message === undefined) return false;
    this.#wire.splice(this.#wire.indexOf(message), 1);
    this.#deliver(message);
    return true;
  }

  /** Its write ends, if one is under way. */
  store(nodeId: number): boolean {
    const replica = this.#replica(nodeId);
    const { persist } = replica;
    if (persist === undefined) return false;
    this.#stored(replica, persist);
    this.#process(replica);
    return true;
  }

  #stored(replica: Replica, persist: Persist): void {
    replica.persist = undefined;
    replica.disk.write(persist);
    this.#wire.push(...persist.messages);
    defined(replica.core, 'it runs').persisted();
  }

  #deliver(message: Message): void {
    const replica = this.#replica(nodeIdOfKey(message.to));
    if (replica.core === undefined || this.#cut.has(nodeIdOfKey(message.from)) || this.#cut.has(replica.voter.nodeId))
      return;
    replica.core.step(message, this.#nowMs);
    this.#process(replica);
  }

  #process(replica: Replica): void {
    for (;;) {
      const core = defined(replica.core, 'it runs');
      const ready = core.ready();
      if (core.role === 'leader' && !replica.wasLeader) this.#checker.leaderElected(core);
      replica.wasLeader = core.role === 'leader';
      this.#wire.push(...ready.messages);
      if (ready.hello) this.#hello(replica, core.term);
      this.#apply(replica, ready);
      const { persist } = ready;
      if (persist?.isEmpty === true) this.#stored(replica, persist);
      else if (persist !== undefined) replica.persist = persist;
      if (ready.committed.length === 0 && persist?.isEmpty !== true) return;
    }
  }

  #hello({ key }: Replica, term: number): void {
    for (const other of this.#replicas) {
      if (other.key !== key) this.#wire.push({ type: 'hello', from: key, to: other.key, term });
    }
  }

  #apply(replica: Replica, { snapshot, committed }: Ready): void {
    if (snapshot !== undefined) {
      replica.applied = snapshot.index;
      replica.state = this.#checker.stateAt(snapshot.index);
    }
    for (const entry of committed) {
      replica.state = this.#checker.entryApplied(entry, replica.state);
      replica.applied = entry.index;
    }
  }

  /** All that is under way comes to its end, without time passing. */
  quiesce(): void {
    for (let count = 0; this.#runOne(); count++) assert(count < 10_000, 'a conversation comes to an end');
  }

  #runOne(): boolean {
    for (const { voter } of this.#replicas) if (this.store(voter.nodeId)) return true;
    const message = this.#wire.shift();
    if (message !== undefined) this.#deliver(message);
    return message !== undefined;
  }

  /** Time goes on without faults; stops when `done` or after `ms`, and says whether `done`. */
  run(ms: number, done: () => boolean): boolean {
    const endMs = this.#nowMs + ms;
    while (this.#nowMs < endMs) {
      this.quiesce();
      if (done()) return true;
      const due = Math.min(...this.#replicas.map(({ core }) => core?.dueMs ?? endMs), endMs);
      this.#nowMs = Math.max(due, this.#nowMs + 1);
      for (const replica of this.#replicas) {
        if (replica.core === undefined || replica.core.dueMs > this.#nowMs) continue;
        replica.core.tick(this.#nowMs);
        this.#process(replica);
      }
    }
    return done();
  }

  describe(): string {
    return this.#replicas
      .map(({ voter, core }) => {
        if (core === undefined) return `${voter.nodeId} is down`;
        const voters = core.voters.voters.map(({ nodeId }) => nodeId).join(' ');
        return `${voter.nodeId} ${core.role} in ${core.term}, commit ${core.commit} of ${core.lastIndex}, voters [${voters}]`;
      })
      .join('; ');
  }
}

function makeReplica(nodeId: number): Replica {
  const voter = { nodeId, directoryId: uuidFromBytes(Buffer.alloc(16, nodeId)), host: `n${nodeId}`, port: 9093 };
  const disk = new CoreDisk();
  return {
    voter,
    key: replicaKey(voter),
    disk,
    core: undefined,
    persist: undefined,
    state: 17,
    applied: 0,
    wasLeader: false,
  };
}
