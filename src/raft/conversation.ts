import { VarveError } from '../common/errors.js';
import type { NodeId, Uuid } from '../common/ids.js';
import type { Timer } from '../platform/clock.js';
import type { Logger } from '../platform/observe.js';
import type { Address, RpcStream, StreamHandler } from '../platform/transport.js';
import { DEFAULT_MAX_MESSAGE_BYTES } from './api.js';
import type { RaftConfig, RaftNodeOptions, ReplicaId } from './api.js';
import type { RaftCore } from './core/raft-core.js';
import type { Message } from './core/types.js';
import { nodeIdOfKey, replicaKey } from './core/voter-set.js';
import type { ReplicaKey, VoterSet } from './core/voter-set.js';
import { Founding } from './founding.js';
import { lostMajority } from './replacement.js';
import { RpcRaftTransport } from './transport.js';
import { MessageEncoder } from './message-encoder.js';
import { decodeEnvelope, encodeEnvelope } from './wire.js';
import type { Envelope, FoundingState } from './wire.js';
import { checkAgainst } from './wire-checks.js';

/** A blank node asks the others this often. */
const FOUNDING_INTERVAL_MS = 200;
/** A node that lives answers these, whatever its role, once its disk has what they ask for. */
const ANSWERED: ReadonlySet<Message['type']> = new Set(['voteRequest', 'append', 'heartbeat', 'snapshotChunk']);
/** With these. */
const ANSWERS: ReadonlySet<Message['type']> = new Set([
  'voteResponse',
  'appendResponse',
  'heartbeatResponse',
  'snapshotResponse',
]);

export interface ConversationOptions {
  readonly node: RaftNodeOptions;
  readonly config: RaftConfig;
  readonly logger: Logger;
  /** Undefined while this node takes no part. */
  readonly core: () => RaftCore | undefined;
  /** The core has had input. */
  readonly onInput: () => void;
  /** A heartbeat of the leader was heard, and is answered at the end of this turn. */
  readonly onHeartbeat: () => void;
  /** A node that was cut off from this one is reached again. */
  readonly onReached: (nodeId: NodeId) => void;
  /** An invariant of the core is broken: it must not go on. */
  readonly onBroken: (error: unknown) => void;
}

/** What this node and the others say to each other: addresses, identities, the founding of a blank cluster. */
export class Conversation {
  readonly #options: ConversationOptions;
  readonly #self: ReplicaKey;
  readonly #transport: RpcRaftTransport;
  readonly #founding: Founding;
  /** The key that each node was last heard under. */
  readonly #seen = new Map<NodeId, ReplicaKey>();
  readonly #encoder = new MessageEncoder();
  #followed: VoterSet | undefined;
  /** What nodes ended our streams with, until they listen again. */
  readonly #rejections = new Map<NodeId, string>();
  #logged: string | undefined;
  #startedMs: number | undefined;
  #timer: Timer | undefined;
  #closed = false;

  constructor(options: ConversationOptions) {
    const { node, config } = options;
    this.#options = options;
    this.#self = replicaKey(node);
    this.#founding = new Founding(node, node.voters);
    this.#transport = new RpcRaftTransport({
      self: node,
      transport: node.platform.transport,
      clock: node.platform.clock,
      maxQueuedBytes: 2 * config.maxInflightBytes,
      maxMessageBytes: node.maxMessageBytes ?? DEFAULT_MAX_MESSAGE_BYTES,
      ...(node.tls === undefined ? {} : { tls: node.tls }),
      events: {
        onMessage: (bytes) => this.#receive(bytes),
        onRefused: (nodeId) => this.#refused(nodeId),
        refusalOf: (replica) => this.#refusalOf(replica),
        onRejected: (nodeId, error) => this.#rejected(nodeId, error),
        onOpened: (nodeId) => this.#opened(nodeId),
        onReached: options.onReached,
      },
    });
  }

  get handlers(): Readonly<Record<string, StreamHandler>> {
    return this.#transport.handlers;
  }

  openStream(nodeId: NodeId, method: string): RpcStream | undefined {
    return this.#transport.openStream(nodeId, method);
  }

  probe(nodeId: NodeId): void {
    this.#transport.probe(nodeId);
  }

  start(): void {
    const core = this.#options.core();
    if (core === undefined) return;
    this.follow(core);
    if (core.founding !== undefined) core.awaitFounders();
    this.#askWhileBlank();
  }

  /** The others count on it from now on. */
  foundingSaved(core: RaftCore): void {
    for (const nodeId of this.#otherVoters(core)) this.#sendFounding(core, nodeId, core.founding, false);
    this.#considerFounding(core);
  }

  /** Keeps streams to the voters, those configured and those in effect. */
  follow(core: RaftCore): void {
    if (core.voters === this.#followed || this.#closed) return;
    this.#followed = core.voters;
    const peers = new Map<NodeId, Address>();
    for (const voter of core.voters.voters) peers.set(voter.nodeId, voter);
    // What the operator configured now beats what a log remembers.
    for (const voter of this.#options.node.voters) peers.set(voter.nodeId, voter);
    peers.delete(this.#options.node.nodeId);
    this.#transport.setPeers(peers);
  }

  send(message: Message, clusterId: Uuid | undefined): void {
    const bytes = this.#encoder.encode(message, clusterId);
    this.#transport.send(nodeIdOfKey(message.to), bytes, ANSWERED.has(message.type));
  }

  sayHello(core: RaftCore): void {
    const bytes = this.#encode(core, { kind: 'hello', term: core.term });
    for (const nodeId of this.#otherVoters(core)) this.#transport.send(nodeId, bytes, false);
    this.#logProblem(core);
  }

  #otherVoters(core: RaftCore): Set<NodeId> {
    const nodeIds = new Set<NodeId>();
    for (const voter of this.#options.node.voters) nodeIds.add(voter.nodeId);
    for (const voter of core.voters.voters) nodeIds.add(voter.nodeId);
    nodeIds.delete(this.#options.node.nodeId);
    return nodeIds;
  }

  #encode(core: RaftCore, body: Envelope['body']): Uint8Array {
    const { nodeId, directoryId } = this.#options.node;
    return encodeEnvelope({
      clusterId: core.clusterId,
      from: { nodeId, directoryId },
      toDirectoryId: undefined,
      body,
    });
  }

  /** True for an answer to what this node sent. */
  #receive(bytes: Buffer): boolean {
    const core = this.#options.core();
    if (core === undefined) return false;
    const envelope = decodeEnvelope(bytes, this.#self);
    const { from, body } = envelope;
    this.#check(envelope, core);
    const fromKey = replicaKey(from);
    this.#seen.set(from.nodeId, fromKey);
    this.#rejections.delete(from.nodeId);
    const { nodeId, directoryId, platform } = this.#options.node;
    if (envelope.toDirectoryId !== undefined && envelope.toDirectoryId !== directoryId) return false;
    const nowMs = platform.clock.monotonicMs();
    if (body.kind === 'founding') this.#hearFounding(core, fromKey, envelope, body.state);
    else if (body.kind === 'hello') {
      const to = replicaKey({ nodeId, directoryId });
      this.#step(core, { type: 'hello', from: fromKey, to, term: body.term }, nowMs);
    } else {
      const { message } = body;
      checkAgainst(core, message);
      this.#step(core, message, nowMs);
    }
    this.#options.onInput();
    if (body.kind !== 'core') return false;
    const { message } = body;
    if (message.type === 'heartbeat' && message.from === core.leader) this.#options.onHeartbeat();
    return ANSWERS.has(message.type);
  }

  /** An error in the midst of a step leaves the core between two states. */
  #step(core: RaftCore, message: Message, nowMs: number): void {
    try {
      core.step(message, nowMs);
    } catch (error) {
      this.#options.onBroken(error);
    }
  }

  #check(envelope: Envelope, core: RaftCore): void {
    const { from, clusterId } = envelope;
    if (clusterId !== undefined && core.clusterId !== undefined && clusterId !== core.clusterId) {
      throw new VarveError(
        'INCONSISTENT_CLUSTER_ID',
        `Node ${from.nodeId} belongs to cluster ${clusterId} and node ${this.#options.node.nodeId} to cluster ` +
          `${core.clusterId}: correct controller.quorum.voters, or give the node its own directory.`,
      );
    }
    if (from.nodeId === this.#options.node.nodeId) throw nodeIdInUse(from.nodeId);
  }

  /**
   * A voter that has just answered was not wiped: who comes with its node.id and another directory is a second process. Only
   * the leader knows who answers. A wiped voter is taken in once its former process has been silent for a while.
   */
  #refusalOf({ nodeId, directoryId }: ReplicaId): VarveError | undefined {
    const core = this.#options.core();
    if (core?.role !== 'leader' || nodeId === this.#options.node.nodeId) return undefined;
    const voter = core.voters.voters.find((one) => one.nodeId === nodeId);
    if (voter === undefined || voter.directoryId === directoryId) return undefined;
    const key = replicaKey(voter);
    const nowMs = this.#options.node.platform.clock.monotonicMs();
    for (const { key: other, lastContactMs } of core.progress) {
      if (other !== key || lastContactMs === undefined) continue;
      if (nowMs - lastContactMs <= this.#options.config.electionTimeoutMaxMs) return nodeIdInUse(nodeId);
    }
    return undefined;
  }

  #rejected(nodeId: NodeId, error: VarveError): void {
    const text = `Node ${nodeId} refused this node: ${error.message}`;
    if (this.#rejections.get(nodeId) !== text) this.#options.logger.warn({ code: error.code }, text);
    this.#rejections.set(nodeId, text);
  }

  #refused(nodeId: NodeId): void {
    const core = this.#options.core();
    if (core === undefined) return;
    core.peerRefused(nodeId, this.#options.node.platform.clock.monotonicMs());
    this.#options.onInput();
  }

  #opened(nodeId: NodeId): void {
    const core = this.#options.core();
    if (core === undefined) return;
    // Also from a node that needs nothing: a blank one learns at once that there is a cluster, and one of another cluster
    // is found out.
    this.#sendFounding(core, nodeId, core.founding, core.isBlank || core.awaitsFounders);
    if (!core.isBlank && !core.isVoter)
      this.#transport.send(nodeId, this.#encode(core, { kind: 'hello', term: core.term }), false);
  }

  #sendFounding(core: RaftCore, nodeId: NodeId, founders: VoterSet | undefined, wantsAnswer: boolean): void {
    // What is not stored yet is no word: a crash may take it back.
    const isBlank = core.isBlank || (core.founding !== undefined && !core.foundingSaved);
    const state = this.#founding.state(nodeId, isBlank, founders, wantsAnswer);
    this.#transport.send(nodeId, this.#encode(core, { kind: 'founding', state }), false);
  }

  #hearFounding(core: RaftCore, from: ReplicaKey, envelope: Envelope, state: FoundingState): void {
    this.#founding.receive(envelope.from, state);
    if (state.wantsAnswer) this.#sendFounding(core, nodeIdOfKey(from), core.founding, false);
    this.#considerFounding(core);
  }

  #considerFounding(core: RaftCore): void {
    if (core.isBlank) {
      const voters = this.#founding.decide();
      if (voters === undefined) return;
      this.#options.logger.info({ voters: voters.keys }, 'Founding a cluster with these voters.');
      core.found(voters, false);
      core.awaitFounders();
      // The others may take the set over as soon as they know it.
      for (const nodeId of this.#otherVoters(core)) this.#sendFounding(core, nodeId, voters, false);
      this.#options.onInput();
    }
    const { founding } = core;
    if (founding === undefined || !core.awaitsFounders || !this.#founding.isAgreed(founding)) return;
    // One of them is enough, and the others have their time-outs.
    core.foundersAgree(founding.keys[0] === this.#self);
    this.#options.onInput();
  }

  #askWhileBlank(): void {
    this.#timer?.cancel();
    const core = this.#options.core();
    if (core === undefined || this.#closed) return;
    this.#considerFounding(core);
    if (!core.isBlank && !core.awaitsFounders) return;
    this.#founding.nextRound();
    for (const nodeId of this.#otherVoters(core)) this.#sendFounding(core, nodeId, core.founding, true);
    this.#timer = this.#options.node.platform.clock.after(FOUNDING_INTERVAL_MS, () => this.#askWhileBlank());
  }

  problem(core: RaftCore): string | undefined {
    const [rejection] = this.#rejections.values();
    if (core.leader !== undefined) return rejection;
    if (core.founding !== undefined && core.awaitsFounders)
      return this.#founding.disagreement(core.founding) ?? rejection;
    // A blank node that is refused waits for nobody to take it in.
    return core.isBlank ? (rejection ?? this.#founding.problem()) : (lostMajority(core, this.#seen) ?? rejection);
  }

  /** Each new reason once: it is looked for whenever no leader is found for a while. */
  #logProblem(core: RaftCore): void {
    // Nodes that start together need a moment to find each other.
    const { clock } = this.#options.node.platform;
    this.#startedMs ??= clock.monotonicMs();
    if (clock.monotonicMs() - this.#startedMs < 2 * this.#options.config.electionTimeoutMaxMs) return;
    const problem = this.problem(core);
    if (problem === this.#logged) return;
    this.#logged = problem;
    if (problem !== undefined) this.#options.logger.warn({}, problem);
  }

  close(): void {
    this.#closed = true;
    this.#timer?.cancel();
    this.#transport.close();
  }
}

function nodeIdInUse(nodeId: NodeId): VarveError {
  return new VarveError(
    'INVALID_REQUEST',
    `node.id ${nodeId} is in use by another process: give each node a node.id of its own.`,
  );
}
