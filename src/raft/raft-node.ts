import { assert, defined } from '../common/assert.js';
import { VarveError } from '../common/errors.js';
import { uuidFromBytes } from '../common/ids.js';
import type { NodeId, Uuid } from '../common/ids.js';
import type { Timer } from '../platform/clock.js';
import { FileSystemError } from '../platform/file-system.js';
import type { RpcStream, StreamHandler } from '../platform/transport.js';
import { DEFAULT_RAFT_CONFIG } from './api.js';
import type {
  Appended,
  Leadership,
  Raft,
  RaftConfig,
  RaftNodeOptions,
  RaftRole,
  RaftStatus,
  ReplicaId,
  Voter,
} from './api.js';
import { RaftCore } from './core/raft-core.js';
import type { RaftLogView } from './core/raft-log.js';
import type { Restored } from './core/state.js';
import type { Persist } from './core/types.js';
import type { ChangeOutcome } from './core/voter-change.js';
import { nodeIdOfKey, replicaKey } from './core/voter-set.js';
import type { ReplicaKey } from './core/voter-set.js';
import { Applier } from './applier.js';
import { Conversation } from './conversation.js';
import { changeError, changeLost, notController, proposeError, transferError } from './refusals.js';
import { LeadershipWatch } from './leadership-watch.js';
import { raftMetrics } from './metrics.js';
import type { RaftMetrics } from './metrics.js';
import { nextReplacement } from './replacement.js';
import { statusOf } from './status.js';
import { RaftStorage } from './storage/raft-storage.js';
import { AppliedWaiters, PendingReads } from './waiters.js';

const READ_TIMEOUT_MS = 5_000;
/** A timer that fires so late was held up, and what has arrived meanwhile was not heard. */
const LATE_MS = 50;
/** After a full disk the store is tried again this often. */
const REOPEN_MS = 1_000;

/**
 * `running` until the disk is full (`suspended`, comes back by itself), fails (`failed`, for good) or the node is closed.
 */
type Phase = 'opened' | 'running' | 'suspended' | 'failed' | 'closed';

/**
 * The driver of one replica: feeds the core with messages and time, and does what it asks: persists before it sends,
 * sends before it applies. All of the outside comes through the platform.
 */
export class RaftNode implements Raft {
  readonly nodeId: NodeId;
  readonly directoryId: Uuid;
  readonly #options: RaftNodeOptions;
  readonly #config: RaftConfig;
  /** Proposals of this leadership; when it ends their fate is open. */
  readonly #proposals = new AppliedWaiters();
  /** Reads that know their index. */
  readonly #readers = new AppliedWaiters();
  readonly #reads: PendingReads;
  readonly #applier: Applier;
  readonly #conversation: Conversation;
  readonly #metrics: RaftMetrics;
  readonly #leadership: LeadershipWatch;
  readonly #heartbeatListeners = new Set<() => void>();
  readonly #reachedListeners = new Set<(nodeId: NodeId) => void>();
  #core: RaftCore;
  #storage: RaftStorage;
  #phase: Phase = 'opened';
  #pumpWanted = false;
  #timer: { readonly dueMs: number; readonly timer: Timer } | undefined;
  #reopenTimer: Timer | undefined;
  #persisting: Promise<void> | undefined;
  #savingSnapshot = false;
  /** While the core leads. */
  #leadingTerm: number | undefined;
  /** The term in which the state machine was told that this node leads. */
  #decidingTerm: number | undefined;

  private constructor(options: RaftNodeOptions, storage: RaftStorage, restored: Restored) {
    this.nodeId = options.nodeId;
    this.directoryId = options.directoryId;
    this.#options = options;
    this.#config = { ...DEFAULT_RAFT_CONFIG, ...options.config };
    this.#storage = storage;
    this.#core = this.#makeCore(restored);
    this.#applier = new Applier(options.stateMachine, this.#config);
    if (restored.snapshot !== undefined) this.#applier.restore(restored.snapshot);
    const { clock, logger, metrics } = options.platform;
    this.#leadership = new LeadershipWatch(options.nodeId, clock);
    this.#metrics = raftMetrics(metrics, this);
    this.#reads = new PendingReads({
      clock,
      random: options.platform.random,
      ask: (requestId) => this.#askRead(requestId),
      retryMs: this.#config.electionTimeoutMinMs,
      timeoutMs: READ_TIMEOUT_MS,
      maxPending: this.#config.maxPendingReads,
    });
    this.#conversation = new Conversation({
      node: options,
      config: this.#config,
      logger: logger.child({ component: 'raft' }),
      core: () => (this.#phase === 'running' ? this.#core : undefined),
      onInput: () => this.#wantPump(),
      onHeartbeat: () => this.#tellHeartbeat(),
      onReached: (nodeId) => {
        for (const listener of this.#reachedListeners) listener(nodeId);
      },
      onBroken: (error) => this.#fail(error),
    });
  }

  /**
   * Opens the log. Rejects with KAFKA_STORAGE_ERROR when the store lost or changed what it acknowledged, with a
   * FileSystemError when the disk fails or the folder is in use, with what the state machine throws about its snapshot.
   */
  static async open(options: RaftNodeOptions): Promise<RaftNode> {
    const { storage, restored } = await RaftStorage.open({
      ...options.platform,
      directory: options.directory,
      mustExist: options.mustExist ?? false,
      self: options,
    });
    try {
      return new RaftNode(options, storage, restored);
    } catch (error) {
      await storage.close();
      throw error;
    }
  }

  #makeCore(restored: Restored): RaftCore {
    const { clock, random } = this.#options.platform;
    return new RaftCore({
      self: replicaKey(this),
      config: this.#config,
      random,
      makeClusterId: () => uuidFromBytes(random.bytes(16)),
      restored,
      nowMs: clock.monotonicMs(),
    });
  }

  get leaderId(): NodeId | undefined {
    if (this.#phase !== 'running') return undefined;
    const { leader } = this.#core;
    return leader === undefined ? undefined : nodeIdOfKey(leader);
  }

  get term(): number {
    return this.#core.term;
  }

  get role(): RaftRole {
    if (this.#phase !== 'running' && this.#phase !== 'opened') return 'observer';
    const { role } = this.#core;
    if (role === 'leader') return 'leader';
    if (role !== 'follower') return 'candidate';
    return this.#core.isVoter ? 'follower' : 'observer';
  }

  get clusterId(): Uuid | undefined {
    return this.#core.clusterId;
  }

  /** Whom it voted for in its term, for checks of the whole quorum. */
  get vote(): ReplicaKey | undefined {
    return this.#core.vote;
  }

  /** What it holds of the log, for checks of the whole quorum. */
  get log(): RaftLogView {
    return this.#core.log;
  }

  /** Since when its disk has been at one write, on the clock's monotonic time; undefined while it is not. */
  get persistingSinceMs(): number | undefined {
    return this.#phase === 'running' ? this.#core.persistingSinceMs : undefined;
  }

  get appliedIndex(): number {
    return this.#applier.appliedIndex;
  }

  get streamHandlers(): Readonly<Record<string, StreamHandler>> {
    return this.#conversation.handlers;
  }

  start(): void {
    assert(this.#phase === 'opened', 'a node is started once');
    this.#phase = 'running';
    this.#conversation.start();
    this.#core.start(this.#nowMs());
    // What is known to be committed is applied at once; the only voter need not wait to be elected.
    const { voters } = this.#core;
    if (voters.size === 1 && this.#core.isVoter) this.#core.campaign(this.#nowMs());
    this.#pump();
  }

  #nowMs(): number {
    return this.#options.platform.clock.monotonicMs();
  }

  /** The core has had input: what it leads to is done once the present callback is through, so that it is done in one. */
  #wantPump(): void {
    if (this.#pumpWanted) return;
    this.#pumpWanted = true;
    queueMicrotask(() => {
      this.#pumpWanted = false;
      this.#pump();
    });
  }

  #pump(): void {
    if (this.#phase !== 'running') return;
    try {
      while (this.#phase === 'running' && this.#turn());
      this.#tellLeadership();
      this.#conversation.follow(this.#core);
      this.#maybeSaveSnapshot();
      this.#arm();
    } catch (error) {
      this.#fail(error);
    }
  }

  /** Does what the core asks for. True when there may be more. */
  #turn(): boolean {
    const core = this.#core;
    const ready = core.ready();
    for (const message of ready.messages) this.#conversation.send(message, core.clusterId);
    if (ready.hello) this.#conversation.sayHello(core);
    if (ready.snapshot !== undefined) this.#applier.restore(ready.snapshot);
    if (ready.committed.length > 0) this.#applier.apply(ready.committed);
    const progressed = ready.snapshot !== undefined || ready.committed.length > 0;
    if (progressed) {
      this.#tellLeadership();
      this.#proposals.appliedTo(this.#applier.appliedIndex);
      this.#readers.appliedTo(this.#applier.appliedIndex);
    }
    for (const { requestId, index } of ready.reads) this.#reads.answered(requestId, index);
    const { persist } = ready;
    if (persist === undefined) return progressed;
    if (!persist.isEmpty) {
      this.#persisting = this.#persist(persist);
      return progressed;
    }
    this.#persistDone(persist);
    return true;
  }

  async #persist(persist: Persist): Promise<void> {
    const startMs = this.#nowMs();
    try {
      await this.#storage.write(persist);
      this.#metrics.persistSeconds.observe((this.#nowMs() - startMs) / 1000);
    } catch (error) {
      this.#diskFailed(error);
      return;
    }
    if (this.#phase !== 'running') return;
    try {
      this.#persistDone(persist);
    } catch (error) {
      this.#fail(error);
    }
    this.#pump();
  }

  #persistDone(persist: Persist): void {
    for (const message of persist.messages) this.#conversation.send(message, this.#core.clusterId);
    this.#core.persisted();
    if (persist.founding !== undefined) this.#conversation.foundingSaved(this.#core);
  }

  #arm(): void {
    if (this.#phase !== 'running') return;
    const { clock } = this.#options.platform;
    const { dueMs } = this.#core;
    if (this.#timer !== undefined && this.#timer.dueMs <= dueMs) return;
    this.#timer?.timer.cancel();
    const timer = clock.after(Math.max(0, dueMs - clock.monotonicMs()), () => {
      this.#timer = undefined;
      this.#wake(dueMs);
    });
    this.#timer = { dueMs, timer };
  }

  /** A busy event loop is not a silent peer: what has arrived is heard before anything is judged, here or in the transport. */
  #wake(dueMs: number): void {
    const { clock } = this.#options.platform;
    const nowMs = clock.monotonicMs();
    if (nowMs - dueMs < LATE_MS && !this.#core.judgesAt(nowMs)) this.#tick(nowMs);
    else clock.defer(() => this.#tick());
  }

  #tick(nowMs = this.#nowMs()): void {
    if (this.#phase !== 'running') return;
    try {
      this.#core.tick(nowMs);
      this.#replaceWipedVoters(nowMs);
    } catch (error) {
      this.#fail(error);
    }
    this.#pump();
    if (this.role === 'leader') this.#tellHeartbeat();
  }

  #tellHeartbeat(): void {
    for (const listener of this.#heartbeatListeners) listener();
  }

  #replaceWipedVoters(nowMs: number): void {
    const core = this.#core;
    const { voters, registeredAddress } = this.#options;
    const step = nextReplacement({
      core,
      // What the operator configured now beats what is remembered.
      addressOf: (nodeId) => voters.find((voter) => voter.nodeId === nodeId) ?? registeredAddress?.(nodeId),
      nowMs,
      aliveMs: this.#config.electionTimeoutMaxMs,
    });
    if (step === undefined) return;
    const outcome = step.kind === 'remove' ? core.removeVoter(step.key, { replaced: true }) : core.addVoter(step.voter);
    if (outcome.kind !== 'appended') return;
    const { logger } = this.#options.platform;
    if (step.kind === 'remove') logger.warn({ replica: step.key }, 'Removing a voter whose node lost its directory.');
    else logger.info({ nodeId: step.voter.nodeId }, 'Adding the new replica of a node that lost its directory.');
  }

  #tellLeadership(): void {
    const { role, term } = this.#core;
    if (this.#leadingTerm !== undefined && (role !== 'leader' || term !== this.#leadingTerm)) {
      this.#settleProposals(this.#leadingTerm);
    }
    this.#leadingTerm = role === 'leader' ? term : undefined;
    if (this.#decidingTerm !== undefined && (role !== 'leader' || term !== this.#decidingTerm)) {
      this.#decidingTerm = undefined;
      this.#options.stateMachine.onFollower();
    }
    const start = this.#core.leadershipStart;
    // It may decide once all that was committed before is applied, and that is certain behind an entry of its own term.
    if (this.#decidingTerm === undefined && start !== undefined && this.#applier.appliedIndex >= start) {
      this.#decidingTerm = term;
      this.#options.stateMachine.onLeader(term);
    }
    this.#leadership.update({ leaderId: this.leaderId, term, role: this.role });
  }

  /** The leadership of `term` is over. What is committed will be applied; the rest is in other hands. */
  #settleProposals(term: number): void {
    const core = this.#core;
    this.#proposals.reject(
      (index) => index > core.commit || core.termAt(index) !== term,
      () => this.#notController(),
    );
  }

  #maybeSaveSnapshot(): void {
    if (this.#savingSnapshot || this.#phase !== 'running' || !this.#applier.wantsSnapshot) return;
    const core = this.#core;
    const index = this.#applier.appliedIndex;
    const term = core.termAt(index);
    // While an installed snapshot is on its way to the disk there is none to be made.
    if (term === undefined || index <= core.snapshotIndex) return;
    const source = this.#applier.takeSnapshot(term, core.votersAt(index));
    const keep = core.trailingEntries(index);
    const base = { index: index - keep, term: defined(core.termAt(index - keep), 'what stays is in the log') };
    const storage = this.#storage;
    this.#savingSnapshot = true;
    storage.saveSnapshot(source, base).then(
      (snapshot) => {
        this.#savingSnapshot = false;
        if (snapshot === undefined || this.#core !== core || this.#phase !== 'running') return;
        core.snapshotTaken(snapshot, keep);
      },
      (error: unknown) => {
        this.#savingSnapshot = false;
        if (this.#storage === storage) this.#diskFailed(error);
      },
    );
  }

  #diskFailed(error: unknown): void {
    if (this.#phase !== 'running') return;
    if (!(error instanceof FileSystemError) || error.kind !== 'full') {
      this.#fail(error);
      return;
    }
    this.#options.platform.logger.error({ err: error }, 'The disk of the Raft log is full; waiting for room.');
    this.#leave('suspended');
    this.#reopenLater();
  }

  /** Takes no part any more: whoever waits is told so. */
  #leave(phase: 'suspended' | 'failed' | 'closed'): void {
    this.#leadership.abandonHandOvers();
    const { term } = this.#core;
    this.#phase = phase;
    this.#timer?.timer.cancel();
    this.#timer = undefined;
    if (this.#decidingTerm !== undefined) {
      this.#decidingTerm = undefined;
      this.#options.stateMachine.onFollower();
    }
    this.#leadingTerm = undefined;
    for (const waiters of [this.#proposals, this.#readers]) {
      waiters.reject(
        () => true,
        () => this.#notController(),
      );
    }
    this.#leadership.tell({ leaderId: undefined, term, role: 'observer' });
  }

  #reopenLater(): void {
    this.#reopenTimer = this.#options.platform.clock.after(REOPEN_MS, () => {
      this.#persisting = this.#reopen();
    });
  }

  /** What the failed write left is unknown, so the store is read again as after a crash. */
  async #reopen(): Promise<void> {
    try {
      await this.#storage.close();
      if (this.#phase !== 'suspended') return;
      const { platform, directory } = this.#options;
      const { storage, restored } = await RaftStorage.open({ ...platform, directory, mustExist: true, self: this });
      this.#storage = storage;
      if (this.#phase !== 'suspended') {
        await storage.close();
        return;
      }
      // The write that was reported as failed may have stored a snapshot that the state machine has not seen.
      const { snapshot } = restored;
      if (snapshot !== undefined && snapshot.index > this.#applier.appliedIndex) this.#applier.restore(snapshot);
      this.#core = this.#makeCore({ ...restored, applied: this.#applier.appliedIndex });
      this.#phase = 'running';
      platform.logger.info({}, 'The Raft log was opened again.');
      // It may be blank again, should its founding not have been stored: somebody must ask.
      this.#conversation.start();
      this.#pump();
    } catch (error) {
      if (error instanceof FileSystemError && error.kind === 'full' && this.#phase === 'suspended') this.#reopenLater();
      else this.#fail(error);
    }
  }

  #fail(cause: unknown): void {
    if (this.#phase === 'failed' || this.#phase === 'closed') return;
    const error = cause instanceof Error ? cause : new Error(String(cause));
    this.#options.platform.logger.error(
      { err: error },
      'This node cannot go on with the metadata log; it leaves the quorum.',
    );
    this.#leave('failed');
    this.#conversation.close();
    this.#options.onFailure?.(error);
  }

  append(payloads: readonly Uint8Array[]): Appended {
    if (this.#phase !== 'running') throw this.#notController();
    const outcome = this.#core.propose(payloads);
    if (outcome.kind !== 'appended') throw proposeError(outcome.kind, this.leaderId, this.#config);
    this.#wantPump();
    return { firstIndex: outcome.firstIndex, lastIndex: outcome.lastIndex, term: outcome.term };
  }

  async propose(payloads: readonly Uint8Array[]): Promise<Appended> {
    const appended = this.append(payloads);
    await this.#proposals.wait(appended.lastIndex);
    return appended;
  }

  #askRead(requestId: number): boolean {
    if (this.#phase !== 'running') return false;
    const asked = this.#core.readIndex(requestId);
    this.#wantPump();
    return asked;
  }

  async readIndex(): Promise<number> {
    const index = await this.#reads.start();
    if (this.#applier.appliedIndex < index) await this.#readers.wait(index);
    return index;
  }

  addVoter(voter: Voter): Promise<void> {
    return this.#change((core) => core.addVoter(voter));
  }

  removeVoter(replica: ReplicaId): Promise<void> {
    return this.#change((core) => core.removeVoter(replicaKey(replica)));
  }

  async #change(change: (core: RaftCore) => ChangeOutcome): Promise<void> {
    if (this.#phase !== 'running') throw this.#notController();
    const outcome = change(this.#core);
    if (outcome.kind !== 'appended') throw changeError(outcome.kind, this.leaderId);
    this.#wantPump();
    await this.#proposals.wait(outcome.index).catch(changeLost);
  }

  async transferLeadership(nodeId?: NodeId): Promise<void> {
    if (this.#phase !== 'running') throw this.#notController();
    const outcome = this.#core.transferLeadership(nodeId);
    if (outcome === 'alreadyLeader') return;
    if (outcome !== 'started') throw transferError(outcome, nodeId, this.leaderId);
    this.#wantPump();
    await this.#leadership.handedOver(2 * this.#config.electionTimeoutMaxMs, () => this.#notController());
  }

  #notController(): VarveError {
    return notController(this.leaderId);
  }

  status(): RaftStatus {
    return statusOf({
      core: this.#core,
      self: this,
      leadership: { leaderId: this.leaderId, term: this.term, role: this.role },
      appliedIndex: this.#applier.appliedIndex,
      nowMs: this.#nowMs(),
      problem: this.#conversation.problem(this.#core),
    });
  }

  onLeadershipChange(listener: (leadership: Leadership) => void): () => void {
    return this.#leadership.onChange(listener);
  }

  onHeartbeat(listener: () => void): () => void {
    this.#heartbeatListeners.add(listener);
    return () => this.#heartbeatListeners.delete(listener);
  }

  openStream(nodeId: NodeId, method: string): RpcStream | undefined {
    return this.#conversation.openStream(nodeId, method);
  }

  probe(nodeId: NodeId): void {
    this.#conversation.probe(nodeId);
  }

  onReached(listener: (nodeId: NodeId) => void): () => void {
    this.#reachedListeners.add(listener);
    return () => this.#reachedListeners.delete(listener);
  }

  async close(): Promise<void> {
    if (this.#phase === 'closed') return;
    if (this.#phase !== 'failed') this.#leave('closed');
    this.#phase = 'closed';
    this.#reopenTimer?.cancel();
    this.#conversation.close();
    this.#reads.rejectAll(() => this.#notController());
    this.#leadership.close();
    await this.#persisting;
    await this.#storage.close();
  }
}
