import { decodeMessage } from '../common/decode-message.js';
import { VarveError, errorName, toVarveError } from '../common/errors.js';
import type { NodeId } from '../common/ids.js';
import type { BrokerConfig } from '../metadata/configs/tables.js';
import type { Clock, Timer } from '../platform/clock.js';
import type { Logger } from '../platform/observe.js';
import { varve } from '../protocol/controller.js';
import type { ControllerLink, HeartbeatStream } from './controller-link.js';

export interface RegistrationOptions {
  readonly nodeId: NodeId;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly link: ControllerLink;
  /** All of the request but version and node_id. */
  readonly request: () => varve.internal.IRegisterBrokerRequest;
  /** Raft index that this node's image has applied. */
  readonly metadataOffset: () => number;
  readonly offlineLogDirs: () => Uint8Array[];
  /** Looked at for each heartbeat. */
  readonly diskHangs: (nowMs: number) => boolean;
  readonly heartbeatIntervalMs: number;
  /** A heartbeat is sent after so long though the quorum had none for it to travel with (`quorumBeats`). */
  readonly longestIntervalMs: number;
  readonly retryMs: number;
  /** How long this node goes on when it is refused because its node.id is in use: some leases. */
  readonly duplicateGraceMs: number;
  /** The broker epoch of a new registration; the image has it a little later. */
  readonly onRegistered: (brokerEpoch: number) => void;
  /** The registration was refused for good: another live node has this id, or the cluster is another one. */
  readonly onRefused: (error: VarveError) => void;
}

/** How long a broker that stops waits for its leaders to be moved away: see `Registration.shutDown`. */
export interface ShutDownPatience {
  readonly timeoutMs: number;
  readonly loneMs: number;
  readonly silentMs: number;
}

/** Without a controller for so long, a stopping node no longer waits for its leaders to move. */
const LONE_SHUTDOWN_MS = 500;
/** After this part of its interval a beat may be sent, if it can travel with something else. */
const DUE_PART = 3 / 4;

/** Refusals that trying again does not mend. */
const FATAL = new Set([
  'DUPLICATE_BROKER_REGISTRATION',
  'INCONSISTENT_CLUSTER_ID',
  'UNSUPPORTED_VERSION',
  'INVALID_REGISTRATION',
]);

/**
 * Keeps this broker registered with the active controller and its lease alive: registers, then heartbeats on one stream,
 * reopened at once towards a new controller. A controller that does not know this broker epoch makes it register anew.
 */
export class Registration {
  readonly #options: RegistrationOptions;
  #brokerEpoch = -1;
  #stream: HeartbeatStream | undefined;
  #streamTo: NodeId | undefined;
  /** The registration under way, and whom it asks. */
  #attempt: { readonly controller: NodeId | undefined } | undefined;
  /** Since when every answer has been that this node.id is in use. */
  #duplicateSinceMs: number | undefined;
  #beat: Timer | undefined;
  #beatMs = Number.NEGATIVE_INFINITY;
  #retry: Timer | undefined;
  #closed = false;
  #fenced = true;
  /** When a controller answered last. */
  #heardMs = Number.NEGATIVE_INFINITY;
  #wantShutDown: (() => void) | undefined;

  constructor(options: RegistrationOptions) {
    this.#options = options;
  }

  /** -1 before the first registration. */
  get brokerEpoch(): number {
    return this.#brokerEpoch;
  }

  get fenced(): boolean {
    return this.#fenced;
  }

  /** Starts, or goes on after the controller changed. */
  controllerChanged(): void {
    if (this.#closed) return;
    const controller = this.#options.link.controllerId;
    if (this.#stream !== undefined && this.#streamTo === controller) return;
    this.#dropStream();
    if (controller !== undefined) this.#proceed();
  }

  /** Says at once what the next heartbeat would say: the image moved on, or a directory failed. */
  beatNow(): void {
    if (this.#stream !== undefined) this.#sendBeat();
  }

  /**
   * The quorum has its heartbeat: this node is about to answer its leader, which is the controller. A beat that is due, or soon
   * will be, travels with the answer, and wakes neither of the two once more.
   */
  quorumBeats(): void {
    const sinceMs = this.#options.clock.monotonicMs() - this.#beatMs;
    if (sinceMs >= this.#options.heartbeatIntervalMs * DUE_PART) this.beatNow();
  }

  /** While fenced, each step of the image may be the one that ends it: say so without waiting for the next beat. */
  beatIfFenced(): void {
    if (this.#fenced) this.beatNow();
  }

  /**
   * Controlled shutdown: resolves when the controller has moved the leaders away; after `timeoutMs`; when no controller was
   * there to ask for `loneMs`: the whole cluster is going down, and nobody can take the leaders; or when the one that is
   * asked said nothing for `silentMs`: it hangs, and nobody has taken its place.
   */
  async shutDown({ timeoutMs, loneMs, silentMs }: ShutDownPatience): Promise<void> {
    if (this.#brokerEpoch < 0 || this.#closed) return;
    const { clock } = this.#options;
    const startMs = clock.monotonicMs();
    let reachedMs = startMs;
    await new Promise<void>((resolve) => {
      let timer: Timer | undefined;
      const look = (): void => {
        const now = clock.monotonicMs();
        if (this.#stream !== undefined) reachedMs = now;
        const isOver = now - startMs >= timeoutMs || now - reachedMs >= loneMs;
        if (isOver || now - Math.max(startMs, this.#heardMs) >= silentMs) resolve();
        else timer = clock.after(this.#options.retryMs, look);
      };
      this.#wantShutDown = () => {
        timer?.cancel();
        resolve();
      };
      look();
      this.beatNow();
    });
  }

  close(): void {
    this.#closed = true;
    this.#retry?.cancel();
    this.#dropStream();
  }

  #proceed(): void {
    if (this.#closed) return;
    if (this.#brokerEpoch < 0) void this.#register();
    else this.#openStream();
  }

  async #register(): Promise<void> {
    const controller = this.#options.link.controllerId;
    // One that a controller was asked which is gone since is not waited for: the same incarnation may register twice.
    if (this.#attempt !== undefined && this.#attempt.controller === controller) return;
    const attempt = { controller };
    this.#attempt = attempt;
    try {
      const response = await this.#options.link.register({
        ...this.#options.request(),
        version: 1,
        node_id: this.#options.nodeId,
      });
      if (this.#closed || this.#attempt !== attempt) return;
      this.#brokerEpoch = response.broker_epoch;
      this.#duplicateSinceMs = undefined;
      this.#options.onRegistered(response.broker_epoch);
    } catch (error) {
      const refusal = toVarveError(error);
      if (this.#closed || this.#attempt !== attempt) return;
      if (FATAL.has(refusal.code) && !this.#maySettle(refusal)) {
        this.#options.onRefused(refusal);
        return;
      }
      this.#options.logger.debug({ code: refusal.code }, `Registration is tried again: ${refusal.message}`);
    } finally {
      if (this.#attempt === attempt) this.#attempt = undefined;
    }
    if (this.#brokerEpoch < 0) this.#retryLater();
    else this.#openStream();
  }

  /**
   * The holder of this node.id may be this node before its directory was exchanged, dead and not yet known to be: its
   * lease has to run out.
   */
  #maySettle(refusal: VarveError): boolean {
    if (refusal.code !== 'DUPLICATE_BROKER_REGISTRATION') return false;
    const nowMs = this.#options.clock.monotonicMs();
    this.#duplicateSinceMs ??= nowMs;
    return nowMs - this.#duplicateSinceMs < this.#options.duplicateGraceMs;
  }

  #retryLater(): void {
    if (this.#closed) return;
    this.#retry ??= this.#options.clock.after(this.#options.retryMs, () => {
      this.#retry = undefined;
      this.#proceed();
    });
  }

  #openStream(): void {
    if (this.#stream !== undefined || this.#closed) return;
    const stream = this.#options.link.openHeartbeat();
    if (stream === undefined) {
      this.#retryLater();
      return;
    }
    this.#stream = stream;
    this.#streamTo = this.#options.link.controllerId;
    stream.onMessage((message) => {
      if (this.#stream === stream) this.#answered(decodeMessage(varve.internal.HeartbeatResponse, message));
    });
    stream.onClose(() => {
      if (this.#stream !== stream) return;
      this.#dropStream();
      this.#retryLater();
    });
    this.#sendBeat();
  }

  #dropStream(): void {
    const stream = this.#stream;
    this.#stream = undefined;
    this.#streamTo = undefined;
    this.#beat?.cancel();
    this.#beat = undefined;
    stream?.cancel();
  }

  #sendBeat(): void {
    this.#beatMs = this.#options.clock.monotonicMs();
    this.#stream?.send(
      varve.internal.HeartbeatRequest.encode({
        version: 1,
        node_id: this.#options.nodeId,
        broker_epoch: this.#brokerEpoch,
        metadata_offset: this.#options.metadataOffset(),
        want_shut_down: this.#wantShutDown !== undefined,
        offline_log_dirs: this.#options.offlineLogDirs(),
        disk_hangs: this.#options.diskHangs(this.#beatMs),
      }).finish(),
    );
    if (this.#beat === undefined) this.#beatAfter(this.#options.longestIntervalMs);
  }

  /** The timer stands until it fires and then looks how long ago the last beat was: to set it anew with each costs more. */
  #beatAfter(delayMs: number): void {
    const { clock, longestIntervalMs } = this.#options;
    this.#beat = clock.after(delayMs, () => {
      const leftMs = this.#beatMs + longestIntervalMs - clock.monotonicMs();
      if (leftMs > 0) {
        this.#beatAfter(leftMs);
        return;
      }
      this.#beat = undefined;
      this.#sendBeat();
    });
  }

  #answered(response: varve.internal.HeartbeatResponse): void {
    this.#heardMs = this.#options.clock.monotonicMs();
    const error = errorName(response.error);
    if (error === 'STALE_BROKER_EPOCH' || error === 'BROKER_ID_NOT_REGISTERED') {
      this.#options.logger.warn(
        { brokerEpoch: this.#brokerEpoch },
        'The controller does not know this registration; registering anew.',
      );
      this.#brokerEpoch = -1;
      this.#dropStream();
      this.#retryLater();
      return;
    }
    if (error !== 'NONE') {
      this.#dropStream();
      this.#retryLater();
      return;
    }
    this.#fenced = response.fenced;
    if (response.should_shut_down) this.#wantShutDown?.();
  }
}

/**
 * Where the quorum has a heartbeat for each of a broker's to travel with, the timer is for a leader that says nothing: what
 * piles up before one that hangs tells it later that this node lived all the while. Three times a lease is often enough.
 */
export function longestHeartbeatIntervalMs(config: BrokerConfig): number {
  const { brokerHeartbeatIntervalMs, quorumHeartbeatIntervalMs, brokerSessionTimeoutMs } = config;
  if (quorumHeartbeatIntervalMs > brokerHeartbeatIntervalMs) return brokerHeartbeatIntervalMs;
  return Math.max(brokerHeartbeatIntervalMs, brokerSessionTimeoutMs / 3);
}

export function shutDownPatience(config: BrokerConfig): ShutDownPatience {
  const { controlledShutdownTimeoutMs, brokerSessionTimeoutMs } = config;
  return { timeoutMs: controlledShutdownTimeoutMs, loneMs: LONE_SHUTDOWN_MS, silentMs: 2 * brokerSessionTimeoutMs };
}
