import { assert, defined } from '../../src/common/assert.js';
import { uuidFromBytes } from '../../src/common/ids.js';
import { DEFAULT_RAFT_CONFIG } from '../../src/raft/api.js';
import type { Voter } from '../../src/raft/api.js';
import { RaftCore } from '../../src/raft/core/raft-core.js';
import type { Entry, Message, Persist, Snapshot } from '../../src/raft/core/types.js';
import { decodeVoterSet } from '../../src/raft/core/voter-set-codec.js';
import { VoterSet, nodeIdOfKey, replicaKey } from '../../src/raft/core/voter-set.js';
import { CoreDisk } from './core-disk.js';

/** The conversations were recorded at this interval; how often a leader speaks by default may change without them. */
const CONFIG = { ...DEFAULT_RAFT_CONFIG, heartbeatIntervalMs: 100, maxAppendBytes: 200, snapshotTrailingEntries: 0 };

interface Replica {
  readonly voter: Voter;
  readonly key: string;
  readonly disk: CoreDisk;
  core: RaftCore | undefined;
  state: string[];
  role: string;
}

/**
 * Replicas whose conversation is written down. Nothing is random and nothing happens by itself: each command is a line
 * of a trace file, and its outcome the lines below it.
 */
export class TraceCluster {
  readonly #replicas = new Map<number, Replica>();
  readonly #cut = new Set<number>();
  #wire: Message[] = [];
  #nowMs = 0;
  #requestId = 0;
  #lines: string[] = [];

  /** Runs one command and gives back what happened. */
  run(command: string): string {
    this.#lines = [];
    const [name = '', ...args] = command.split(' ');
    const action = this.#actions[name];
    if (action === undefined) throw new Error(`no such command: ${command}`);
    action(args);
    return this.#lines.length === 0 ? 'nothing' : this.#lines.join('\n');
  }

  readonly #actions: Readonly<Record<string, (args: string[]) => void>> = {
    voters: (args) => this.#found(args.map(Number)),
    observer: ([id]) => this.#observe(Number(id)),
    campaign: ([id]) => this.#with(id, (core) => core.campaign(this.#nowMs)),
    tick: ([id, ms]) => {
      this.#nowMs += Number(ms);
      this.#with(id, (core) => core.tick(this.#nowMs));
    },
    wait: ([ms]) => {
      this.#nowMs += Number(ms);
    },
    deliver: ([count]) => this.#deliver(count === undefined ? 10_000 : Number(count)),
    drop: () => {
      this.#say(`${this.#wire.length} messages are lost`);
      this.#wire = [];
    },
    isolate: ([id]) => this.#cut.add(Number(id)),
    heal: () => this.#cut.clear(),
    crash: ([id]) => {
      this.#replica(id).core = undefined;
    },
    restart: ([id]) => this.#boot(this.#replica(id)),
    propose: ([id, ...values]) =>
      this.#with(id, (core) => this.#say(core.propose(values.map((value) => Buffer.from(value))).kind)),
    read: ([id]) => this.#with(id, (core) => this.#say(core.readIndex(++this.#requestId) ? 'asked' : 'nobody to ask')),
    add: ([id, other]) => this.#with(id, (core) => this.#say(core.addVoter(this.#replica(other).voter).kind)),
    remove: ([id, other]) => this.#with(id, (core) => this.#say(core.removeVoter(this.#replica(other).key).kind)),
    transfer: ([id, to]) => this.#with(id, (core) => this.#say(core.transferLeadership(Number(to)))),
    refused: ([id, by]) => this.#with(id, (core) => core.peerRefused(Number(by), this.#nowMs)),
    snapshot: ([id]) => this.#snapshot(this.#replica(id)),
    status: () => this.#status(),
  };

  #say(line: string): void {
    this.#lines.push(line);
  }

  #replica(id: string | number | undefined): Replica {
    return defined(this.#replicas.get(Number(id)), `replica ${id} exists`);
  }

  #with(id: string | undefined, action: (core: RaftCore) => void): void {
    const replica = this.#replica(id);
    action(defined(replica.core, `replica ${id} runs`));
    this.#process(replica);
  }

  #make(nodeId: number): Replica {
    const voter = { nodeId, directoryId: uuidFromBytes(Buffer.alloc(16, nodeId)), host: `n${nodeId}`, port: 9093 };
    const replica: Replica = {
      voter,
      key: replicaKey(voter),
      disk: new CoreDisk(),
      core: undefined,
      state: [],
      role: 'follower',
    };
    this.#replicas.set(nodeId, replica);
    return replica;
  }

  #found(ids: readonly number[]): void {
    const replicas = ids.map((id) => this.#make(id));
    const founders = new VoterSet(
      replicas.map((replica) => replica.voter),
      undefined,
    );
    for (const replica of replicas) {
      this.#start(replica);
      defined(replica.core, 'it was started').found(founders, false);
      this.#process(replica);
    }
  }

  #observe(id: number): void {
    const replica = this.#make(id);
    this.#boot(replica);
    for (const other of this.#replicas.values()) {
      if (other !== replica) this.#wire.push({ type: 'hello', from: replica.key, to: other.key, term: 0 });
    }
  }

  #boot(replica: Replica): void {
    this.#start(replica);
    this.#process(replica);
  }

  #start(replica: Replica): void {
    const restored = replica.disk.restored();
    replica.state = restored.snapshot === undefined ? [] : decodeState(restored.snapshot);
    replica.role = 'follower';
    replica.core = new RaftCore({
      self: replica.key,
      config: CONFIG,
      random: { below: () => 0, bytes: (length) => Buffer.alloc(length) },
      makeClusterId: () => uuidFromBytes(Buffer.alloc(16, 0xcc)),
      restored,
      nowMs: this.#nowMs,
    });
  }

  #process(replica: Replica): void {
    const core = defined(replica.core, 'it runs');
    const { nodeId } = replica.voter;
    for (;;) {
      const ready = core.ready();
      this.#tellRole(replica, core);
      this.#send(ready.messages);
      if (ready.snapshot !== undefined) {
        replica.state = decodeState(ready.snapshot);
        this.#say(`  ${nodeId} restores the state at ${ready.snapshot.index}: ${replica.state.join(' ')}`);
      }
      for (const entry of ready.committed) this.#apply(replica, entry);
      for (const { requestId, index } of ready.reads) this.#say(`  ${nodeId} may serve read ${requestId} at ${index}`);
      const { persist } = ready;
      if (persist === undefined) {
        if (ready.committed.length === 0) return;
        continue;
      }
      if (!persist.isEmpty) {
        const named = replica.disk.clusterId === undefined && persist.clusterId !== undefined;
        this.#say(`  ${nodeId} saves ${describePersist(persist)}${named ? "; the cluster's id" : ''}`);
      }
      replica.disk.write(persist);
      this.#send(persist.messages);
      core.persisted();
    }
  }

  #tellRole({ voter }: Replica, core: RaftCore): void {
    const replica = this.#replica(voter.nodeId);
    if (core.role === replica.role) return;
    replica.role = core.role;
    this.#say(`  ${voter.nodeId} is ${core.role} in term ${core.term}`);
  }

  #apply(replica: Replica, entry: Entry): void {
    if (entry.type === 'normal') replica.state.push(Buffer.from(entry.payload).toString());
    this.#say(`  ${replica.voter.nodeId} applies ${describeEntry(entry)}`);
  }

  #send(messages: readonly Message[]): void {
    for (const message of messages) {
      this.#say(`  ${describeMessage(message)}`);
      this.#wire.push(message);
    }
  }

  /** Until nothing is under way, or `count` messages have arrived. */
  #deliver(count: number): void {
    for (let i = 0; i < count; i++) {
      const message = this.#wire.shift();
      if (message === undefined) return;
      const [from, to] = [nodeIdOfKey(message.from), nodeIdOfKey(message.to)];
      const replica = this.#replica(to);
      if (this.#cut.has(from) || this.#cut.has(to) || replica.core === undefined) {
        this.#say(`${from}>${to} ${message.type} is lost`);
        continue;
      }
      this.#say(`${from}>${to} ${message.type} arrives`);
      replica.core.step(message, this.#nowMs);
      this.#process(replica);
    }
    assert(count < 10_000, 'a conversation comes to an end');
  }

  #snapshot(replica: Replica): void {
    const core = defined(replica.core, 'it runs');
    const index = core.applied;
    const term = defined(core.termAt(index), 'it is in the log');
    const text = Buffer.from(replica.state.join(' '));
    const half = text.length >> 1;
    const chunks = [text.subarray(0, half), text.subarray(half)];
    const snapshot = { index, term, voters: core.votersAt(index), chunks };
    replica.disk.compact(snapshot, 0);
    core.snapshotTaken(snapshot, 0);
    this.#say(`  ${replica.voter.nodeId} has a snapshot at ${index} in place of its log`);
  }

  #status(): void {
    for (const { voter, core, state } of this.#replicas.values()) {
      if (core === undefined) {
        this.#say(`${voter.nodeId} is down`);
        continue;
      }
      const leader = core.leader === undefined ? 'nobody' : nodeIdOfKey(core.leader);
      const voters = core.voters.voters.map((other) => other.nodeId).join(' ');
      this.#say(
        `${voter.nodeId} ${core.role} term ${core.term} leader ${leader} last ${core.lastIndex} commit ${core.commit} ` +
          `voters [${voters}] state [${state.join(' ')}]`,
      );
    }
  }
}

function decodeState(snapshot: Snapshot): string[] {
  return Buffer.concat(snapshot.chunks).toString().split(' ');
}

function describePersist({ founding, snapshot, entries, hardState }: Persist): string {
  const vote = hardState.vote === undefined ? 'nobody' : nodeIdOfKey(hardState.vote);
  const parts = [`term ${hardState.term} vote ${vote}`];
  if (founding !== undefined) parts.push(`founding set [${founding.voters.map((v) => v.nodeId).join(' ')}]`);
  if (snapshot !== undefined) parts.push(`snapshot at ${snapshot.index}`);
  if (entries.length > 0) parts.push(`entries ${entries.map(describeEntry).join(', ')}`);
  return parts.join('; ');
}

function describeEntry({ index, term, type, payload }: Entry): string {
  if (type === 'leaderChange') return `${index}/${term} leader change`;
  if (type === 'normal') return `${index}/${term} ${Buffer.from(payload).toString()}`;
  return `${index}/${term} voters [${decodeVoterSet(payload)
    .voters.map((voter) => voter.nodeId)
    .join(' ')}]`;
}

function describeEntries(entries: readonly Entry[]): string {
  return entries.length === 0 ? '' : `: ${entries.map(describeEntry).join(', ')}`;
}

function describeMessage(m: Message): string {
  const head = `${nodeIdOfKey(m.from)}>${nodeIdOfKey(m.to)} ${m.type} term ${m.term}`;
  switch (m.type) {
    case 'voteRequest':
      return `${head}${m.preVote ? ' pre-vote' : ''}${m.transfer ? ' transfer' : ''} last ${m.lastIndex}/${m.lastTerm}`;
    case 'voteResponse':
      return `${head}${m.preVote ? ' pre-vote' : ''} ${m.granted ? 'granted' : 'refused'}`;
    case 'append':
      return `${head} after ${m.prevIndex}/${m.prevTerm} commit ${m.commit}${describeEntries(m.entries)}`;
    case 'appendResponse':
      return m.rejected
        ? `${head} refused after ${m.index}, try ${m.hintIndex}/${m.hintTerm}`
        : `${head} stored to ${m.index}`;
    case 'heartbeat':
      return `${head} commit ${m.commit} read ${m.readSequence}`;
    case 'heartbeatResponse':
      return `${head} read ${m.readSequence}`;
    case 'snapshotChunk':
      return `${head} at ${m.index}/${m.snapshotTerm} piece ${m.chunk + 1} of ${m.chunks}`;
    case 'snapshotResponse':
      return `${head} at ${m.index} wants piece ${m.nextChunk + 1}`;
    case 'readRequest':
      return `${head} ${m.requestId}`;
    case 'readResponse':
      return `${head} ${m.requestId} at ${m.index}`;
    default:
      return head;
  }
}
