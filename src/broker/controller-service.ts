import { decodeMessage } from '../common/decode-message.js';
import { VarveError } from '../common/errors.js';
import type { NodeId, Uuid } from '../common/ids.js';
import type { ConfigTexts } from '../metadata/configs/parse.js';
import type { BrokerConfig } from '../metadata/configs/tables.js';
import type { MetadataState } from '../metadata/metadata-state.js';
import { Controller, isGone, redialAnswer } from '../controller/controller.js';
import type { Outcome, Redial, RedialResult } from '../controller/controller.js';
import { sleep } from '../platform/clock.js';
import type { Timer } from '../platform/clock.js';
import type { Platform } from '../platform/platform.js';
import { TransportError } from '../platform/transport.js';
import type { Address, RpcHandlers, TlsSource } from '../platform/transport.js';
import { varve } from '../protocol/controller.js';
import type { Raft } from '../raft/api.js';
import {
  ALLOCATE_PRODUCER_IDS,
  ALTER_PARTITION,
  FORWARD_ADMIN,
  HEARTBEAT,
  IDENTIFY,
  REGISTER_BROKER,
  REPORT_TRUNCATION,
} from './controller-link.js';
import type { ServedHeartbeatStream } from './controller-link.js';
import { isQuorumMethod, quorumAdmin } from './quorum-admin.js';

export interface ControllerServiceOptions {
  readonly nodeId: NodeId;
  /** Of this life of the node. */
  readonly incarnationId: Uuid;
  readonly config: BrokerConfig;
  readonly configTexts: ConfigTexts;
  readonly platform: Platform;
  readonly raft: Raft;
  readonly state: MetadataState;
  readonly tls: TlsSource | undefined;
  /** Where a node's INTERNAL listener is. */
  readonly addressOf: (nodeId: NodeId) => Address | undefined;
}

/** Between two tries of what is due and could not be done: the log took nothing. */
const RETRY_MS = 100;
/** A redial that is not answered by then leaves the broker to its lease. */
const REDIAL_TIMEOUT_MS = 500;
const REDIAL_PAUSE_MS = 20;
/** Who is gone is judged with those that are asked at the same time, unless their answers take longer. */
const JUDGED_TOGETHER_MS = 50;
const MAX_IDENTIFY_BYTES = 64 * 1024;
/** Answers that may wait for their commit; past it requests are turned away. */
const MAX_WAITING = 10_000;

interface Waiting {
  readonly offset: number;
  readonly done: (error: VarveError | undefined) => void;
}

/** The controller of this node in its surroundings: requests in, answers once committed, leases, redials. */
export class ControllerService {
  readonly handlers: RpcHandlers;
  readonly #options: ControllerServiceOptions;
  readonly #controller: Controller;
  readonly #stopImage: () => void;
  #waiting: Waiting[] = [];
  #timer: Timer | undefined;
  #redials = 0;
  /** Found gone, and not fenced yet. */
  #gone: Redial[] = [];
  #goneTimer: Timer | undefined;
  /** Registrations that wait until those that are gone are fenced. */
  #held: (() => void)[] = [];
  /** By node: the stream of its last heartbeat, while that is open, and the broker epoch in it. */
  readonly #beating = new Map<NodeId, { readonly stream: ServedHeartbeatStream; readonly brokerEpoch: number }>();
  #closed = false;

  constructor(options: ControllerServiceOptions) {
    this.#options = options;
    this.#controller = new Controller({
      append: (payload) => options.raft.append([payload]).lastIndex,
      staticTexts: options.configTexts,
      configuredVoters: Math.max(1, options.config.controllerQuorumVoters.length),
      clusterId: () => options.raft.clusterId,
      random: options.platform.random,
      own: { nodeId: options.nodeId, incarnationId: options.incarnationId },
    });
    this.#stopImage = options.state.onImage((image) => this.#applied(image.offset));
    this.handlers = this.#makeHandlers();
  }

  get isActive(): boolean {
    return this.#controller.isActive;
  }

  /** This node leads the quorum, and its image has all that was committed before. */
  activate(term: number): void {
    this.#options.platform.logger.info({ term }, 'This node is the active controller.');
    // What was heard in an earlier office counts no more; whoever still has a stream says so again with its next beat.
    this.#beating.clear();
    const redials = this.#controller.activate(this.#options.state.image, this.#now());
    for (const redial of redials) void this.#redial(redial, 'takes office');
    this.#schedule();
  }

  resign(): void {
    this.#goneTimer?.cancel();
    this.#goneTimer = undefined;
    this.#gone = [];
    this.#releaseHeld();
    if (!this.#controller.isActive) return;
    this.#controller.deactivate();
    this.#timer?.cancel();
    const error = new VarveError(
      'NETWORK_EXCEPTION',
      'This node stopped being the active controller before it knew whether the request took effect; ask the new one.',
    );
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const one of waiting) one.done(error);
  }

  close(): void {
    this.#closed = true;
    this.resign();
    this.#stopImage();
    this.#timer?.cancel();
  }

  #now(): number {
    return this.#options.platform.clock.monotonicMs();
  }

  #schedule(): void {
    this.#timer?.cancel();
    if (this.#closed || !this.#controller.isActive) return;
    const dueMs = this.#controller.nextTickMs - this.#now();
    const delayMs = dueMs <= 0 ? RETRY_MS : Math.min(dueMs, this.#options.config.brokerSessionTimeoutMs);
    this.#timer = this.#options.platform.clock.after(delayMs, () => {
      if (!this.#controller.hasExpiredLeases(this.#now())) {
        this.#controller.tick(this.#now());
        this.#schedule();
        return;
      }
      // A busy event loop is not a silent broker: what has arrived is heard first, then judged.
      this.#options.platform.clock.defer(() => {
        this.#controller.tick(this.#now());
        this.#schedule();
      });
    });
  }

  /** Answers those whose entry is applied. */
  #applied(offset: number): void {
    if (this.#waiting.length === 0) return;
    const due = this.#waiting.filter((one) => one.offset <= offset);
    if (due.length === 0) return;
    this.#waiting = this.#waiting.filter((one) => one.offset > offset);
    for (const one of due) one.done(undefined);
  }

  #whenApplied(offset: number, done: (error: VarveError | undefined) => void): void {
    if (offset <= this.#options.state.image.offset) done(undefined);
    else this.#waiting.push({ offset, done });
  }

  /** Asked before a decision is made: what was decided is in the log, and cannot be refused any more. */
  #checkRoom(): void {
    if (this.#waiting.length + this.#held.length < MAX_WAITING) return;
    throw new VarveError('THROTTLING_QUOTA_EXCEEDED', 'The controller has too many requests waiting. Try again.');
  }

  /** The response of a decision once what it rests on is committed and applied here. */
  #committed<T>(decide: () => Outcome<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      this.#checkRoom();
      const { offset, response } = decide();
      this.#whenApplied(offset, (error) => (error === undefined ? resolve(response) : reject(error)));
    });
  }

  /**
   * As `#committed`, for what nobody can take back: a refusal, too, may rest on proposals that come to nothing, and a leader
   * cuts its log for one.
   */
  async #committedEither<T>(decide: () => Outcome<T>): Promise<T> {
    const told = await this.#committed<{ readonly response: T } | VarveError>(() => {
      try {
        const { offset, response } = decide();
        return { offset, response: { response } };
      } catch (error) {
        if (!(error instanceof VarveError)) throw error;
        return { offset: this.#controller.image.offset, response: error };
      }
    });
    if (told instanceof VarveError) throw told;
    return told.response;
  }

  #makeHandlers(): RpcHandlers {
    const p = varve.internal;
    return {
      unary: {
        [REGISTER_BROKER]: async (bytes) => {
          const request = decodeMessage(p.RegisterBrokerRequest, bytes);
          const owner = this.#beatingOwner(request);
          if (owner !== undefined) await this.#refuseIfAlive(owner);
          const judged = this.#judgedTogether(request);
          if (judged !== undefined) await judged;
          return p.RegisterBrokerResponse.encode(
            await this.#committed(() => this.#controller.registerBroker(request, this.#now())),
          ).finish();
        },
        [ALTER_PARTITION]: async (bytes) =>
          p.AlterPartitionResponse.encode(
            await this.#committed(() => this.#controller.alterPartition(decodeMessage(p.AlterPartitionRequest, bytes))),
          ).finish(),
        [REPORT_TRUNCATION]: async (bytes) =>
          p.ReportTruncationResponse.encode(
            await this.#committedEither(() =>
              this.#controller.reportTruncation(decodeMessage(p.ReportTruncationRequest, bytes)),
            ),
          ).finish(),
        [ALLOCATE_PRODUCER_IDS]: async (bytes) =>
          p.AllocateProducerIdsResponse.encode(
            await this.#committed(() =>
              this.#controller.allocateProducerIds(decodeMessage(p.AllocateProducerIdsRequest, bytes)),
            ),
          ).finish(),
        [FORWARD_ADMIN]: async (bytes) => {
          const request = decodeMessage(p.ForwardAdminRequest, bytes);
          if (!isQuorumMethod(request.method)) {
            return p.ForwardAdminResponse.encode(
              await this.#committed(() => this.#controller.forwardAdmin(request)),
            ).finish();
          }
          const response = await quorumAdmin(
            this.#options.raft,
            this.#options.addressOf,
            request.method,
            request.request,
          );
          return p.ForwardAdminResponse.encode({ version: 1, response }).finish();
        },
      },
      streams: { [HEARTBEAT]: (stream) => this.serveHeartbeats(stream) },
    };
  }

  /** Of one broker; it is answered what it does not know yet: most heartbeats need no word. */
  serveHeartbeats(stream: ServedHeartbeatStream): void {
    let from: { nodeId: NodeId; brokerEpoch: number } | undefined;
    let open = true;
    let told: varve.internal.IHeartbeatResponse | undefined;
    const answer = (response: varve.internal.IHeartbeatResponse): void => {
      if (!open) return;
      told = response;
      stream.send(varve.internal.HeartbeatResponse.encode(response).finish());
    };
    stream.onMessage((bytes) => {
      const request = decodeMessage(varve.internal.HeartbeatRequest, bytes);
      from = { nodeId: request.node_id, brokerEpoch: request.broker_epoch };
      const refuse = ({ code, message }: VarveError): void => {
        if (open) stream.end({ code, message });
        open = false;
      };
      try {
        // Whoever is heard lives, however many requests wait; it is only the answer that there may be no room for.
        const outcome = this.#controller.heartbeat(request, this.#now());
        const { node_id: nodeId, broker_epoch: brokerEpoch } = request;
        if (outcome.response.error === 0) this.#beating.set(nodeId, { stream, brokerEpoch });
        if (outcome.offset > this.#options.state.image.offset) this.#checkRoom();
        this.#whenApplied(outcome.offset, (error) => {
          if (error !== undefined) refuse(error);
          // Who wants to stop asks whether it may, and whether there is a controller at all.
          else if (request.want_shut_down || !isSameAnswer(outcome.response, told)) answer(outcome.response);
        });
      } catch (error) {
        if (!(error instanceof VarveError)) throw error;
        refuse(error);
      }
    });
    stream.onClose(() => {
      open = false;
      if (from === undefined) return;
      if (this.#beating.get(from.nodeId)?.stream === stream) this.#beating.delete(from.nodeId);
      if (this.#closed) return;
      const redial = this.#controller.heartbeatStreamClosed(from.nodeId, from.brokerEpoch, this.#now());
      if (redial !== undefined) void this.#redial(redial, 'in office');
    });
  }

  /** The incarnation that this registration would end, where it has a heartbeat stream still. Throws as `registerBroker`. */
  #beatingOwner(request: varve.internal.IRegisterBrokerRequest): Redial | undefined {
    const beating = this.#beating.get(request.node_id ?? -1);
    if (beating === undefined) return undefined;
    const owner = this.#controller.endedBy(request, this.#now());
    return owner?.brokerEpoch === beating.brokerEpoch ? owner : undefined;
  }

  /**
   * A directory's ids tell a restart from another machine, but not from a copy of its disk: one that answers for itself
   * while it beats is no dead one. Each would end the other for ever.
   */
  async #refuseIfAlive(owner: Redial): Promise<void> {
    const result = await this.#askAll(internalAddresses(owner));
    if (result.kind !== 'answered' || result.incarnationId !== owner.incarnationId) return;
    throw new VarveError(
      'INVALID_REGISTRATION',
      `Node ${owner.nodeId} lives, with the same log directory ids: this one has a copy of its disk. Stop the other one ` +
        'first, or give this one an empty log directory and another node.id.',
    );
  }

  /** At least one address. */
  async #askAll(addresses: readonly Address[]): Promise<RedialResult> {
    const results = await Promise.all(addresses.map((address) => this.#ask(address)));
    const answered = results.find((result) => result.kind === 'answered');
    const refused = results.every((result) => result.kind === 'refused');
    return answered ?? (refused ? { kind: 'refused' } : { kind: 'unclear' });
  }

  async #redial(redial: Redial, when: 'takes office' | 'in office'): Promise<void> {
    const addresses = internalAddresses(redial);
    if (addresses.length === 0) return;
    this.#redials++;
    const result = await this.#askAll(addresses);
    this.#options.platform.logger.info(
      { nodeId: redial.nodeId, result: result.kind },
      'A broker without a heartbeat stream was redialed.',
    );
    this.#redials--;
    if (isGone(redial, result)) this.#gone.push(redial);
    const justDied = result.kind === 'refused' && when === 'in office';
    if (justDied || this.#redials === 0) this.#fenceGone();
    else if (this.#gone.length > 0) this.#fenceGoneSoon();
  }

  /**
   * A registration tells, as an answer does, that the incarnation before is gone: while others are asked, it waits to be
   * judged with them.
   */
  #judgedTogether(request: varve.internal.IRegisterBrokerRequest): Promise<void> | undefined {
    if (this.#redials === 0) return undefined;
    this.#checkRoom();
    const ended = this.#controller.endedBy(request, this.#now());
    if (ended === undefined) return undefined;
    this.#gone.push(ended);
    this.#fenceGoneSoon();
    return new Promise((resolve) => this.#held.push(resolve));
  }

  #fenceGoneSoon(): void {
    this.#goneTimer ??= this.#options.platform.clock.after(JUDGED_TOGETHER_MS, () => this.#fenceGone());
  }

  /**
   * Together: after a loss of power everywhere, each would else lose its place as if those that died with it had gone on
   * without it. Whoever has started anew led nothing for long, and when a controller takes office it cannot know who died
   * first, so that a moment more does no harm; who refuses later is a leader that has just died, and is fenced at once.
   */
  #fenceGone(): void {
    this.#goneTimer?.cancel();
    this.#goneTimer = undefined;
    const gone = this.#gone;
    this.#gone = [];
    this.#controller.foundGone(gone);
    this.#releaseHeld();
  }

  #releaseHeld(): void {
    const held = this.#held;
    this.#held = [];
    for (const release of held) release();
  }

  /**
   * Refused, or who answers there. A process that is being killed closes its connections before its listener: what was
   * taken and then dropped is asked again for a while, until it is refused or answered.
   */
  async #ask(address: Address): Promise<RedialResult> {
    const { clock } = this.#options.platform;
    const deadlineMs = clock.monotonicMs() + REDIAL_TIMEOUT_MS;
    for (;;) {
      if (await this.#isRefused(address)) return { kind: 'refused' };
      const answer = await this.#identify(address);
      if (answer !== undefined) return answer;
      if (clock.monotonicMs() >= deadlineMs || this.#closed) return { kind: 'unclear' };
      await sleep(clock, REDIAL_PAUSE_MS);
    }
  }

  /** A plain connection tells a refusal from silence. */
  async #isRefused({ host, port }: Address): Promise<boolean> {
    try {
      const probe = await this.#options.platform.transport.connectBytes({ host, port, timeoutMs: REDIAL_TIMEOUT_MS });
      probe.onClose(() => {});
      probe.destroy();
      return false;
    } catch (error) {
      return error instanceof TransportError && error.kind === 'refused';
    }
  }

  /** Undefined: no answer. */
  async #identify({ host, port }: Address): Promise<RedialResult | undefined> {
    const { tls } = this.#options;
    const client = this.#options.platform.transport.connectRpc({
      host,
      port,
      maxMessageBytes: MAX_IDENTIFY_BYTES,
      channel: 'redial',
      ...(tls === undefined ? {} : { tls }),
    });
    try {
      const request = varve.internal.IdentifyRequest.encode({ version: 1 }).finish();
      const answer = await client.unary(IDENTIFY, request, { timeoutMs: REDIAL_TIMEOUT_MS });
      return redialAnswer(decodeMessage(varve.internal.IdentifyResponse, answer));
    } catch {
      return undefined;
    } finally {
      client.close();
    }
  }
}

function internalAddresses({ listeners }: Redial): Address[] {
  return listeners.filter((listener) => listener.name === 'INTERNAL');
}

function isSameAnswer(a: varve.internal.IHeartbeatResponse, b: varve.internal.IHeartbeatResponse | undefined): boolean {
  return a.error === b?.error && a.fenced === b?.fenced && a.should_shut_down === b?.should_shut_down;
}
