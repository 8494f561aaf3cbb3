import { defined } from '../common/assert.js';
import { errorCode, VarveError } from '../common/errors.js';
import { uuidFromBytes } from '../common/ids.js';
import type { NodeId, Uuid } from '../common/ids.js';
import { foundingConfigs } from '../metadata/configs/parse.js';
import type { ConfigTexts } from '../metadata/configs/parse.js';
import type { BrokerListener } from '../metadata/records.js';
import { MAX_METADATA_VERSION, METADATA_VERSION } from '../metadata/records.js';
import { MetadataImage } from '../metadata/image.js';
import { encodeMetadataBatch } from '../metadata/record-codec.js';
import { replayBatch } from '../metadata/replay.js';
import type { Random } from '../platform/random.js';
import type { varve } from '../protocol/controller.js';
import { handleAdmin } from './admin.js';
import { alterPartition } from './alter-partition.js';
import { ClusterSettings, Draft } from './draft.js';
import { rebalanceLeaders } from './elections.js';
import { fenceBrokers } from './fencing.js';
import { heartbeat, saysNothingNew } from './heartbeat.js';
import { Leases } from './leases.js';
import { registerBroker } from './registration.js';
import { reportTruncation } from './truncation-report.js';

export interface ControllerOptions {
  /** Appends one payload to the quorum's log and gives its index; throws NOT_CONTROLLER or THROTTLING_QUOTA_EXCEEDED. */
  readonly append: (payload: Uint8Array) => number;
  /** This node's own configuration; the cluster's dynamic defaults lie over it. */
  readonly staticTexts: ConfigTexts;
  readonly configuredVoters: number;
  readonly clusterId: () => Uuid | undefined;
  readonly random: Random;
  /** The broker in this controller's own process, in this life of it. */
  readonly own?: { readonly nodeId: NodeId; readonly incarnationId: Uuid };
}

/** An answer that may be given once the entry at `offset` is committed and applied; until then it may come to nothing. */
export interface Outcome<T> {
  readonly response: T;
  readonly offset: number;
}

/** Ask at once who answers at these listeners' addresses (INTERNAL's first), and tell `foundGone` of who is gone. */
export interface Redial {
  readonly nodeId: NodeId;
  readonly brokerEpoch: number;
  readonly incarnationId: Uuid;
  readonly listeners: readonly BrokerListener[];
  /** When it began, on the clock of `nowMs`. */
  readonly startedMs: number;
}

/**
 * `refused`: nothing listens at any of the addresses. `answered`: Node.Identify gave this incarnation. `unclear`: anything
 * else, such as silence.
 */
export type RedialResult =
  { readonly kind: 'refused' | 'unclear' } | { readonly kind: 'answered'; readonly incarnationId: Uuid };

/** Nothing listens there, or another incarnation does; anything else leaves a broker to its lease. */
export function isGone({ incarnationId }: Redial, result: RedialResult): boolean {
  return result.kind === 'refused' || (result.kind === 'answered' && result.incarnationId !== incarnationId);
}

const PRODUCER_IDS_PER_BLOCK = 1000;
/**
 * Bytes of one batch: half of what a message between nodes of the quorum may have, which a batch is never split over. One
 * that nobody could be sent would stop the log for good.
 */
const MAX_BATCH_BYTES = 8 * 1024 * 1024;

/**
 * The active controller: turns requests into records. It holds no I/O and no clock; times are milliseconds of one
 * monotonic clock, passed in.
 *
 * It decides on the committed image plus its own proposals (`#image`), which are in the log and not committed yet, so that
 * decisions may follow each other without waiting. When it loses office they may or may not come true: it drops them, and
 * everything else that it knew. It takes office once an entry of its own term is applied, so that its image lacks nothing
 * that an earlier controller committed (the driver calls `activate` then, see raft's StateMachine.onLeader).
 */
export class Controller {
  readonly #options: ControllerOptions;
  readonly #settings: ClusterSettings;
  readonly #leases: Leases;
  /** Where the leaders of a broker in controlled shutdown were moved away, by node: all must have heard of it. */
  readonly #handedOverAt = new Map<NodeId, { readonly brokerEpoch: number; readonly offset: number }>();
  #active = false;
  #image = MetadataImage.EMPTY;
  #nextRebalanceMs = 0;

  constructor(options: ControllerOptions) {
    this.#options = options;
    this.#settings = new ClusterSettings(options.staticTexts);
    this.#leases = new Leases(this.#settings.of(MetadataImage.EMPTY).brokerSessionTimeoutMs);
  }

  get isActive(): boolean {
    return this.#active;
  }

  /** The committed image plus own proposals; meaningful while active. */
  get image(): MetadataImage {
    return this.#image;
  }

  /** Takes office on `image`. Gives the brokers to redial: none has a heartbeat stream to this node yet. */
  activate(image: MetadataImage, nowMs: number): Redial[] {
    this.#active = true;
    this.#image = image;
    this.#leases.clear();
    this.#handedOverAt.clear();
    this.#nextRebalanceMs = nowMs + this.#settings.of(image).leaderImbalanceCheckIntervalSeconds * 1000;
    const redials: Redial[] = [];
    for (const broker of image.brokers.sortedValues()) {
      if (broker.fenced) continue;
      this.#leases.grant(broker.nodeId, broker.incarnationId, broker.brokerEpoch, nowMs);
      redials.push({ ...broker, startedMs: nowMs });
    }
    this.#foundIfPossible();
    return redials;
  }

  get #isFounded(): boolean {
    return this.#image.metadataVersion > 0;
  }

  /** The log may take nothing when office is taken: a hand-over may be under way already. Then `tick` tries again. */
  #foundIfPossible(): void {
    if (!this.#isFounded) this.#decideIfPossible(() => {});
  }

  /** Loses office: own proposals are forgotten, whether or not they are committed yet. */
  deactivate(): void {
    this.#active = false;
    this.#image = MetadataImage.EMPTY;
    this.#leases.clear();
    this.#handedOverAt.clear();
  }

  registerBroker(
    request: varve.internal.IRegisterBrokerRequest,
    nowMs: number,
  ): Outcome<varve.internal.IRegisterBrokerResponse> {
    const { response: existing, offset } = this.#decide((draft) =>
      registerBroker(draft, request, this.#leases, nowMs, this.#options.clusterId()),
    );
    if (existing) return { response: { version: 1, broker_epoch: existing.existingEpoch }, offset };
    const nodeId = request.node_id ?? -1;
    const broker = defined(this.#image.broker(nodeId), 'a broker that has just registered is registered');
    this.#leases.grant(nodeId, broker.incarnationId, broker.brokerEpoch, nowMs);
    this.#handedOverAt.delete(nodeId);
    return { response: { version: 1, broker_epoch: broker.brokerEpoch }, offset };
  }

  /** The unfenced incarnation that this registration ends when it is taken: that one is gone. Throws as `registerBroker`. */
  endedBy(request: varve.internal.IRegisterBrokerRequest, nowMs: number): Redial | undefined {
    this.#checkActive();
    const broker = this.#image.broker(request.node_id ?? -1);
    if (!broker || broker.fenced) return undefined;
    const trial = new Draft(this.#image, this.#settings);
    const again = registerBroker(trial, request, this.#leases, nowMs, this.#options.clusterId());
    return again === undefined ? { ...broker, startedMs: nowMs } : undefined;
  }

  /** Errors are in the response: the stream goes on. */
  heartbeat(request: varve.internal.IHeartbeatRequest, nowMs: number): Outcome<varve.internal.IHeartbeatResponse> {
    this.#checkActive();
    const nodeId = request.node_id ?? -1;
    const brokerEpoch = request.broker_epoch ?? -1;
    const broker = this.#image.broker(nodeId);
    if (!broker || broker.brokerEpoch !== brokerEpoch) {
      const response = { version: 1, error: errorCode('STALE_BROKER_EPOCH'), fenced: true, should_shut_down: false };
      return { response, offset: this.#image.offset };
    }
    this.#leases.renew(nodeId, broker.incarnationId, brokerEpoch, request.metadata_offset ?? -1, nowMs);
    if (this.#isFounded && saysNothingNew(broker, request)) {
      return { response: { version: 1, error: 0, fenced: false, should_shut_down: false }, offset: this.#image.offset };
    }
    const handed = this.#handedOverAt.get(nodeId);
    const handedOverAt = handed?.brokerEpoch === brokerEpoch ? handed.offset : undefined;
    const before = this.#image.offset;
    const { response, offset } = this.#decide((draft) => heartbeat(draft, request, this.#leases, handedOverAt));
    if (request.want_shut_down === true && (offset > before || handedOverAt === undefined)) {
      this.#handedOverAt.set(nodeId, { brokerEpoch, offset });
    }
    const { fenced, shouldShutDown } = response;
    return { response: { version: 1, error: 0, fenced, should_shut_down: shouldShutDown }, offset };
  }

  /** The heartbeat stream of an incarnation closed: whoever is behind it is redialed at once. */
  heartbeatStreamClosed(nodeId: NodeId, brokerEpoch: number, nowMs: number): Redial | undefined {
    const broker = this.#active ? this.#image.broker(nodeId) : undefined;
    if (!broker || broker.fenced || broker.brokerEpoch !== brokerEpoch) return undefined;
    return { ...broker, startedMs: nowMs };
  }

  /**
   * DESIGN promise 4: incarnations that are gone are fenced now. Several in one batch: one after the other, a replica would
   * lose its place as if those that died with it had gone on without it. A heartbeat since the redial began goes before.
   */
  foundGone(redials: readonly Redial[]): void {
    if (!this.#active) return;
    const isStill = ({ nodeId, brokerEpoch, startedMs }: Redial): boolean =>
      this.#image.broker(nodeId)?.brokerEpoch === brokerEpoch &&
      !this.#leases.heardSince(nodeId, brokerEpoch, startedMs);
    this.#fence(redials.filter(isStill).map(({ nodeId }) => nodeId));
  }

  /**
   * Some lease is over. A busy event loop is not a silent broker: the driver lets the input that has arrived be delivered
   * (Clock.defer) before it calls `tick`.
   */
  hasExpiredLeases(nowMs: number): boolean {
    return this.#active && this.#leases.expired(nowMs).length > 0;
  }

  /**
   * When `tick` has something to do, as far as is known now. A lease that is granted later ends a whole session time-out
   * after that: a driver that looks again within one misses none.
   */
  get nextTickMs(): number {
    if (this.#active && !this.#isFounded) return Number.NEGATIVE_INFINITY;
    return Math.min(this.#leases.nextExpiryMs, this.#nextRebalanceMs);
  }

  /** Fences brokers whose lease is over, and gives leadership back from time to time. Call it at `nextTickMs`. */
  tick(nowMs: number): void {
    if (!this.#active) return;
    this.#foundIfPossible();
    const expired = this.#leases.expired(nowMs);
    // Its own broker was held up with it, if at all: whoever judges here lives.
    for (const nodeId of expired) if (this.#isOwn(nodeId)) this.#leases.extend(nodeId, nowMs);
    this.#fence(expired.filter((nodeId) => !this.#isOwn(nodeId)));
    if (nowMs < this.#nextRebalanceMs) return;
    const config = this.#settings.of(this.#image);
    this.#nextRebalanceMs = nowMs + config.leaderImbalanceCheckIntervalSeconds * 1000;
    if (config.autoLeaderRebalanceEnable) this.#decideIfPossible(rebalanceLeaders);
  }

  #isOwn(nodeId: NodeId): boolean {
    const { own } = this.#options;
    return own?.nodeId === nodeId && this.#image.broker(nodeId)?.incarnationId === own.incarnationId;
  }

  /** In one batch. The leases stay when the log takes nothing now: the next tick tries again. */
  #fence(nodeIds: readonly NodeId[]): void {
    if (nodeIds.length === 0) return;
    if (!this.#decideIfPossible((draft) => fenceBrokers(draft, nodeIds))) {
      // Together they may be too large for a batch.
      if (nodeIds.length > 1) for (const nodeId of nodeIds) this.#fence([nodeId]);
      return;
    }
    for (const nodeId of nodeIds) this.#leases.remove(nodeId);
  }

  /** For what nobody waits for: false when the log takes nothing now. */
  #decideIfPossible(decision: (draft: Draft) => void): boolean {
    try {
      this.#decide(decision);
      return true;
    } catch (error) {
      if (error instanceof VarveError) return false;
      throw error;
    }
  }

  alterPartition(request: varve.internal.IAlterPartitionRequest): Outcome<varve.internal.IAlterPartitionResponse> {
    return this.#decide((draft) => alterPartition(draft, request));
  }

  /** Throws a VarveError. */
  reportTruncation(
    request: varve.internal.IReportTruncationRequest,
  ): Outcome<varve.internal.IReportTruncationResponse> {
    const { offset } = this.#decide((draft) => reportTruncation(draft, request));
    return { response: { version: 1 }, offset };
  }

  /** Throws STALE_BROKER_EPOCH. */
  allocateProducerIds(
    request: varve.internal.IAllocateProducerIdsRequest,
  ): Outcome<varve.internal.IAllocateProducerIdsResponse> {
    return this.#decide((draft) => {
      const nodeId = request.node_id ?? -1;
      const brokerEpoch = request.broker_epoch ?? -1;
      if (draft.image.broker(nodeId)?.brokerEpoch !== brokerEpoch) throw new VarveError('STALE_BROKER_EPOCH');
      const first = draft.image.nextProducerId;
      draft.emit({ kind: 'producerIds', nodeId, brokerEpoch, nextProducerId: first + PRODUCER_IDS_PER_BLOCK });
      return { version: 1, first_producer_id: first, length: PRODUCER_IDS_PER_BLOCK };
    });
  }

  /**
   * One request of varve.v1.Admin that changes metadata, by its full method path; request and response are encoded
   * messages. Throws UNSUPPORTED_VERSION for a method that is not the controller's.
   */
  admin(method: string, request: Uint8Array): Outcome<Uint8Array> {
    const context = { ...this.#options, unheard: this.#unheard() };
    return this.#decide((draft) => handleAdmin(draft, method, request, context));
  }

  #unheard(): NodeId[] {
    return this.#image.brokers
      .sortedValues()
      .filter(({ nodeId, brokerEpoch, fenced }) => {
        return !fenced && !this.#isOwn(nodeId) && !this.#leases.heardSince(nodeId, brokerEpoch, -Infinity);
      })
      .map(({ nodeId }) => nodeId);
  }

  /** ForwardAdmin as it arrives from another node. */
  forwardAdmin(request: varve.internal.IForwardAdminRequest): Outcome<varve.internal.IForwardAdminResponse> {
    const { response, offset } = this.admin(request.method ?? '', request.request ?? new Uint8Array());
    return { response: { version: 1, response, metadata_offset: offset }, offset };
  }

  /**
   * Decides on the present image, appends what was decided as one batch, and goes on from the image that it makes. When
   * the append fails nothing has happened. Without records the answer still waits for what it was read from.
   */
  #decide<T>(decision: (draft: Draft) => T): Outcome<T> {
    this.#checkActive();
    // The first controller of a cluster founds it, before it decides anything else.
    if (!this.#isFounded) this.#decideFounded((draft) => found(draft, this.#options.staticTexts));
    return this.#decideFounded(decision);
  }

  #decideFounded<T>(decision: (draft: Draft) => T): Outcome<T> {
    const draft = new Draft(this.#image, this.#settings);
    const response = decision(draft);
    if (draft.records.length === 0) return { response, offset: this.#image.offset };
    const batch = encodeMetadataBatch(draft.records);
    if (batch.length > MAX_BATCH_BYTES) {
      throw new VarveError(
        'POLICY_VIOLATION',
        `The request makes ${batch.length} bytes of metadata, and ${MAX_BATCH_BYTES} is the most at once: split it.`,
      );
    }
    const offset = this.#options.append(batch);
    this.#image = replayBatch(this.#image, draft.records, offset);
    return { response, offset };
  }

  #checkActive(): void {
    if (!this.#active) throw new VarveError('NOT_CONTROLLER');
  }
}

function found(draft: Draft, staticTexts: ConfigTexts): void {
  draft.emit({ kind: 'featureLevel', name: METADATA_VERSION, level: MAX_METADATA_VERSION });
  for (const [name, value] of foundingConfigs(staticTexts)) {
    draft.emit({ kind: 'config', resourceType: 'broker', resourceName: '', name, value });
  }
}

/** The incarnation in an answer of Node.Identify. */
export function redialAnswer(response: varve.internal.IIdentifyResponse): RedialResult {
  const bytes = response.incarnation_id;
  return bytes?.length === 16 ? { kind: 'answered', incarnationId: uuidFromBytes(bytes) } : { kind: 'unclear' };
}
