import { VarveError } from '../common/errors.js';
import type { NodeId, Uuid } from '../common/ids.js';
import { NO_NODE, uuidFromBytes, uuidToBytes } from '../common/ids.js';
import type { BrokerConfig } from '../metadata/configs/tables.js';
import { type ConfigTexts, parseBrokerConfig } from '../metadata/configs/parse.js';
import type { MetadataImage } from '../metadata/image.js';
import { MetadataState } from '../metadata/metadata-state.js';
import type { Platform } from '../platform/platform.js';
import type { Address } from '../platform/transport.js';
import type { RaftNode } from '../raft/raft-node.js';
import type { ReplicaManager } from '../replication/replica-manager.js';
import { AdminRouter } from './admin-router.js';
import { describeQuorum } from './quorum-admin.js';
import { Broker } from './broker.js';
import type { BrokerApi } from './broker-api.js';
import { DiskWatch } from './disk-watch.js';
import { foreignTo } from './cluster-identity.js';
import { ControllerLink } from './controller-link.js';
import { ControllerService } from './controller-service.js';
import { internalHandlers } from './internal-handlers.js';
import { LeaderApi } from './leader-api.js';
import { LogMaintenance } from './log-maintenance.js';
import { LogManager, type TruncatedReplica } from './log-manager.js';
import type { NodeDoor, NodeHealth } from './node-door.js';
import { type ListenerName, NodeListeners } from './node-listeners.js';
import { type NodeParts, openRaft, topicConfigOf } from './node-opening.js';
import { NodePeers } from './node-peers.js';
import { NodeReadiness } from './node-readiness.js';
import { NodeMetrics } from './node-metrics.js';
import { makeReplicas } from './node-replicas.js';
import { nodeReadings } from './node-readings.js';
import { PartitionLookup } from './partition-lookup.js';
import { ProducerIds } from './producer-ids.js';
import { handOverQuorum } from './quorum-hand-over.js';
import { registrationRequest } from './registration-request.js';
import { Registration, longestHeartbeatIntervalMs, shutDownPatience } from './registration.js';
import { ReplicaAssigner } from './replica-assigner.js';
import { TlsFiles } from './tls-files.js';
import { TopicReadiness } from './topic-readiness.js';

export interface NodeOptions {
  /** Configuration as texts by Kafka's names. */
  readonly config: ConfigTexts;
  readonly platform: Platform;
  /** What listens besides INTERNAL; those without a listener in the configuration stay closed. */
  readonly doors: readonly NodeDoor[];
  /** The node cannot go on (a failed disk under the metadata, a refused registration) and should be closed. */
  readonly onFailure: (error: Error) => void;
}

const CONTROLLER_TIMEOUT_MS = 5_000;
const RETRY_MS = 50;
const FETCH_CHUNK_BYTES = 512 * 1024;
const FETCH_RESPONSE_BYTES = 512 * 1024;
const HIGH_WATERMARK_DELAY_MS = 100;

/**
 * One node: controller, broker or both. `start` brings it up to where it listens and seeks its cluster; `ready` resolves
 * when it serves.
 */
export class VarveNode {
  readonly nodeId: NodeId;
  readonly config: BrokerConfig;
  readonly health: NodeHealth;
  readonly #options: NodeOptions;
  readonly #platform: Platform;
  readonly #incarnationId: Buffer;
  readonly #state: MetadataState;
  readonly #logs: LogManager;
  readonly #tls: TlsFiles | undefined;
  readonly #listeners: NodeListeners;
  readonly #raft: RaftNode;
  readonly #controller: ControllerService;
  readonly #link: ControllerLink;
  readonly #peers: NodePeers;
  readonly #replicas: ReplicaManager;
  readonly #assigner: ReplicaAssigner;
  readonly #topicReadiness: TopicReadiness;
  readonly #adminRouter: AdminRouter;
  readonly #broker: Broker;
  readonly #leaderApi: LeaderApi;
  readonly #diskWatch: DiskWatch;
  readonly #registration: Registration;
  readonly #maintenance: LogMaintenance;
  readonly #metrics: NodeMetrics;
  /** What the recovery of the logs cut; undefined until it is through. */
  #truncated: readonly TruncatedReplica[] | undefined;
  /** It was handed to who started it, who is told of failures from then on. */
  #started = false;
  readonly #clusterListeners = new Set<() => void>();
  /** Of the nodes that follow this one: when they said something last. */
  readonly #heardMs = new Map<NodeId, number>();
  readonly #readiness = new NodeReadiness(() => this.#pendingBecause());
  #registering = false;
  #closing: Promise<void> | undefined;

  private constructor(parts: NodeParts) {
    const { options, config, state, logs, raft } = parts;
    this.#options = options;
    this.#platform = options.platform;
    this.config = config;
    this.nodeId = config.nodeId;
    this.#incarnationId = parts.incarnationId;
    this.#state = state;
    this.#logs = logs;
    this.#tls = parts.tls;
    this.#listeners = new NodeListeners(config, options.platform, parts.tls);
    this.#raft = raft;
    this.#metrics = new NodeMetrics(this.#platform.metrics, this.#platform.clock);
    this.#peers = new NodePeers({
      nodeId: config.nodeId,
      config,
      transport: options.platform.transport,
      tls: this.#listeners.tlsOf('INTERNAL'),
      raft,
      image: () => this.#image,
      ownAddress: () => this.#listeners.advertised('INTERNAL'),
    });
    this.#link = new ControllerLink({
      nodeId: config.nodeId,
      raft,
      clientOf: (nodeId) => this.#peers.control.client(nodeId),
      serveOwnHeartbeats: (stream) => this.#controller.serveHeartbeats(stream),
      timeoutMs: CONTROLLER_TIMEOUT_MS,
    });
    this.#controller = this.#makeController();
    this.#diskWatch = new DiskWatch({
      oldestWorkMs: () => [...this.#logs.oldestWorkMs, this.#raft.persistingSinceMs],
      logger: options.platform.logger,
    });
    this.#registration = this.#makeRegistration();
    this.#replicas = makeReplicas({
      nodeId: this.nodeId,
      config,
      platform: options.platform,
      logs,
      link: this.#link,
      peers: this.#peers,
      metrics: this.#metrics,
      image: () => this.#image,
      clusterId: () => this.clusterId ?? '',
      brokerEpoch: () => this.brokerEpoch,
      onTick: () => this.#broker.tick(),
      heardMs: (nodeId) => this.#heardMs.get(nodeId),
    });
    this.#assigner = new ReplicaAssigner({
      nodeId: this.nodeId,
      config,
      configTexts: options.config,
      replicas: this.#replicas,
      logger: options.platform.logger,
      configChanged: (topic, changed, partitions) => this.#logs.configChanged(topic, changed, partitions),
      removeStrays: (image) => void this.#logs.removeStrays(image).catch((error) => this.#fail(error)),
    });
    this.#topicReadiness = this.#makeTopicReadiness();
    const lookup = new PartitionLookup(this.nodeId, this.#replicas, (topic, partition) =>
      this.#image.topicByName(topic)?.partitions.get(partition),
    );
    this.#leaderApi = new LeaderApi(lookup, this.#platform.clock, config.fetchMaxBytes, this.#metrics);
    this.#adminRouter = this.#makeAdminRouter();
    this.#broker = this.#makeBroker(lookup);
    this.#maintenance = new LogMaintenance({
      clock: this.#platform.clock,
      logger: this.#platform.logger,
      config: () => this.#assigner.brokerConfig,
      logs: () => this.#logs.logs,
      configuredLogs: () => this.#logs.configuredLogs,
    });
    this.health = {
      notLiveBecause: () => this.#readiness.failure?.message,
      notReadyBecause: () => this.#readiness.notReadyBecause(),
      onChange: (listener) => this.#onClusterChange(listener),
    };
  }

  /**
   * Starts a node. Rejects with a VarveError (INVALID_CONFIG, KAFKA_STORAGE_ERROR, INCONSISTENT_CLUSTER_ID,
   * UNSUPPORTED_VERSION: a newer release wrote its metadata), a FileSystemError (`locked`: another process uses the data directory) or a TransportError (`addressInUse`); nothing is
   * left open then.
   */
  static async start(options: NodeOptions): Promise<VarveNode> {
    const config = parseBrokerConfig(options.config);
    const { platform } = options;
    const tls = config.listenerSecurityProtocolMap.some((entry) => entry.protocol === 'SSL')
      ? await TlsFiles.open(config, platform)
      : undefined;
    const late: { node?: VarveNode } = {};
    const state = new MetadataState({
      onLeader: (term) => late.node?.controllerActivated(term),
      onFollower: () => late.node?.controllerDeposed(),
    });
    const logs = await LogManager.open({
      nodeId: config.nodeId,
      config,
      platform,
      topicConfig: (topic) => topicConfigOf(late.node?.dynamicConfig ?? config, state.image, topic),
      onOffline: (directoryId, error) => late.node?.directoryFailed(directoryId, error),
    }).catch((error: unknown) => {
      tls?.close();
      throw error;
    });
    const recovering = logs.recover();
    try {
      // Waited for below, where its error counts.
      recovering.catch(() => {});
      const raft = await openRaft(options, config, logs, state, tls, late);
      const incarnationId = platform.random.bytes(16);
      const node = new VarveNode({ options, config, state, logs, raft, tls, incarnationId });
      late.node = node;
      await node.#joinQuorum();
      await node.#serve(await recovering);
      return node;
    } catch (error) {
      await recovering.catch(() => {});
      await late.node?.close();
      await logs.close();
      tls?.close();
      throw error;
    }
  }

  get api(): BrokerApi {
    return this.#broker;
  }

  get raft(): RaftNode {
    return this.#raft;
  }

  get image(): MetadataImage {
    return this.#state.image;
  }

  get replicas(): ReplicaManager {
    return this.#replicas;
  }

  get logs(): LogManager {
    return this.#logs;
  }

  get clusterId(): Uuid | undefined {
    return this.#raft.clusterId;
  }

  /** The configuration with what was changed while the cluster runs. */
  get dynamicConfig(): BrokerConfig {
    return this.#assigner.brokerConfig;
  }

  get brokerEpoch(): number {
    return this.#registration.brokerEpoch;
  }

  /** Where the listener is, with the port that 0 became; undefined when it is not configured. */
  address(listener: ListenerName): Address | undefined {
    return this.#listeners.address(listener);
  }

  /** Resolves when the node is a live member of its cluster (at once, for one that is no broker). */
  ready(): Promise<void> {
    return this.#readiness.ready();
  }

  /** Controlled shutdown: leaders move away first, then everything is closed; the stop is marked as clean. */
  close(): Promise<void> {
    this.#readiness.beginClosing();
    this.#closing ??= this.#close();
    return this.#closing;
  }

  controllerActivated(term: number): void {
    this.#controller.activate(term);
  }

  controllerDeposed(): void {
    this.#controller.resign();
  }

  directoryFailed(directoryId: Uuid, error: unknown): void {
    this.#platform.logger.error(
      { directoryId, error: String(error) },
      'A log directory is offline; its partitions fail over.',
    );
    const offline = new VarveError(
      'KAFKA_STORAGE_ERROR',
      'The disk of this replica failed. The partition moves to another node.',
    );
    for (const log of this.#logs.logsOf(directoryId)) {
      const replica = this.#replicas.replica(log.topic, log.partition);
      if (replica !== undefined && replica.log === log) this.#replicas.storageFailed(replica, offline);
    }
    this.#registration.beatNow();
    if (directoryId !== this.#raft.directoryId) return;
    const failure = new VarveError(
      'KAFKA_STORAGE_ERROR',
      'The disk that holds the metadata log failed: the node stops.',
      { cause: error },
    );
    // A next start that did not know would take what the page cache shows for durable.
    void this.#logs.failureNoted(directoryId).then(() => this.fail(failure));
  }

  fail(error: Error): void {
    this.#fail(error);
  }

  get #image(): MetadataImage {
    return this.#state.image;
  }

  #fail(error: unknown): void {
    const failure = error instanceof Error ? error : new Error(String(error));
    if (this.#readiness.fail(failure) && this.#started) this.#options.onFailure(failure);
  }

  #pendingBecause(): string | undefined {
    if (this.#raft.clusterId === undefined)
      return this.#raft.status().problem ?? 'The node has not found its cluster yet.';
    if (!this.config.processRoles.includes('broker')) return undefined;
    if (!this.#assigner.live) {
      return this.#raft.status().problem ?? 'The node is not registered with the active controller yet.';
    }
    if (this.#image.broker(this.nodeId)?.fenced !== false) return 'The controller has fenced this node.';
    return undefined;
  }

  #makeController(): ControllerService {
    return new ControllerService({
      nodeId: this.nodeId,
      incarnationId: uuidFromBytes(this.#incarnationId),
      config: this.config,
      configTexts: this.#options.config,
      platform: this.#platform,
      raft: this.#raft,
      state: this.#state,
      tls: this.#listeners.tlsOf('INTERNAL'),
      addressOf: (nodeId) => this.#peers.voterAddress(nodeId),
    });
  }

  #makeRegistration(): Registration {
    return new Registration({
      nodeId: this.nodeId,
      clock: this.#platform.clock,
      logger: this.#platform.logger,
      link: this.#link,
      request: () =>
        registrationRequest({
          clusterId: this.#raft.clusterId ?? '',
          incarnationId: this.#incarnationId,
          rack: this.config.rack,
          listeners: this.#listeners,
          logs: this.#logs,
          truncated: this.#truncated ?? [],
        }),
      metadataOffset: () => this.#image.offset,
      offlineLogDirs: () => this.#logs.offlineDirectoryIds.map(uuidToBytes),
      diskHangs: (nowMs) => this.#diskWatch.look(nowMs),
      heartbeatIntervalMs: this.config.brokerHeartbeatIntervalMs,
      longestIntervalMs: longestHeartbeatIntervalMs(this.config),
      retryMs: RETRY_MS,
      duplicateGraceMs: 2 * this.config.brokerSessionTimeoutMs,
      onRegistered: () => this.#goLiveIfRegistered(),
      onRefused: (error) => this.#fail(error),
    });
  }

  #makeTopicReadiness(): TopicReadiness {
    return new TopicReadiness({
      nodeId: this.nodeId,
      clock: this.#platform.clock,
      image: () => this.#image,
      onChange: (listener) => this.#onClusterChange(listener),
      isLive: () => this.#assigner.live,
      whenOpened: (topicId, listener) => this.#replicas.whenOpened(topicId, listener),
      clientOf: (nodeId) => this.#peers.control.client(nodeId),
    });
  }

  #cluster(): { readonly clusterId: string; readonly controllerId: NodeId } {
    return { clusterId: this.#raft.clusterId ?? '', controllerId: this.#raft.leaderId ?? NO_NODE };
  }

  #makeAdminRouter(): AdminRouter {
    return new AdminRouter({
      nodeId: this.nodeId,
      configTexts: this.#options.config,
      image: () => this.#image,
      cluster: () => this.#cluster(),
      quorum: () => describeQuorum(this.#raft),
      deleteRecords: (call) => this.#broker.deleteRecords(call),
      allowsDeletion: (topic) => topicConfigOf(this.dynamicConfig, this.#image, topic).cleanupPolicy.includes('delete'),
      clock: this.#platform.clock,
      awaitTopics: (...made) => this.#topicReadiness.everywhere(...made),
      forward: (method, request, { principal, timeoutMs }) =>
        this.#link.admin({ version: 1, method, request, principal }, timeoutMs ?? 6 * CONTROLLER_TIMEOUT_MS),
      brokerClient: (nodeId) => this.#peers.forward.client(nodeId),
    });
  }

  #makeBroker(lookup: PartitionLookup): Broker {
    return new Broker({
      nodeId: this.nodeId,
      lookup,
      leaderApi: this.#leaderApi,
      image: () => this.#image,
      cluster: () => this.#cluster(),
      onClusterChange: (listener) => this.#onClusterChange(listener),
      forwardClient: (nodeId) => this.#peers.forward.client(nodeId),
      maxForwardBytes: this.config.queuedMaxRequestBytes,
      clock: this.#platform.clock,
      metrics: this.#metrics,
      producerIds: new ProducerIds(() => this.#link.allocateProducerIds(this.#registration.brokerEpoch)),
      admin: (method, request, context) => this.#adminRouter.handle(method, request, context),
    });
  }

  /**
   * Takes part in the metadata quorum: it can be elected while the logs are still recovered. Nothing else begins before
   * they are: until the broker registers it leads and follows nothing, and no election counts on it.
   */
  async #joinQuorum(): Promise<void> {
    await this.#listeners.openInternal(
      internalHandlers({
        raft: this.#raft,
        controller: this.#controller,
        leaderApi: this.#leaderApi,
        topicReadiness: this.#topicReadiness,
        describeConfigs: this.#adminRouter.serveDescribeConfigs,
        identity: () => ({
          clusterId: this.#raft.clusterId ?? '',
          nodeId: this.nodeId,
          incarnationId: this.#incarnationId,
        }),
        replicaById: (topicId, partition) => this.#replicas.replicaById(topicId, partition),
        fetchSession: {
          clock: this.#platform.clock,
          clusterId: () => this.#raft.clusterId ?? '',
          leaderOf: (topicId, partition) => this.#replicas.leaderById(topicId, partition),
          brokerEpochOf: (nodeId) => this.#image.broker(nodeId)?.brokerEpoch ?? -1,
          throttle: this.#replicas.leaderThrottle,
          chunkBytes: Math.min(FETCH_CHUNK_BYTES, this.config.replicaFetchMaxBytes),
          responseBytes: FETCH_RESPONSE_BYTES,
          highWatermarkDelayMs: HIGH_WATERMARK_DELAY_MS,
          sessions: new Map(),
          heardMs: this.#heardMs,
          onSilent: (nodeId) => this.#raft.probe(nodeId),
        },
      }),
    );
    this.#state.onImage((image, changes) => {
      this.#assigner.imageChanged(image, changes);
      // What the node replays at its start has been counted, if at all, by the process before.
      if (this.#assigner.live) this.#metrics.partitionsChanged(this.nodeId, changes);
      if (changes.partitions.some(({ before, after }) => before?.leader !== after?.leader))
        this.#broker.leadersChanged();
      this.#goLiveIfRegistered();
      this.#clusterChanged();
      this.#registration.beatIfFenced();
      this.#readiness.changed();
    });
    this.#raft.onHeartbeat(() => {
      this.#registration.quorumBeats();
      // Behind the answer, which the leader of the quorum waits for.
      this.#platform.clock.atEndOfTurn(() => this.#replicas.quorumBeats());
    });
    this.#raft.onReached((nodeId) => this.#replicas.sourceReached(nodeId));
    this.#metrics.watchElections(this.#raft);
    this.#raft.onLeadershipChange(() => {
      this.#seekController();
      this.#replicas.controllerChanged();
      this.#clusterChanged();
      this.#readiness.changed();
    });
    this.#raft.start();
  }

  /** Opens the doors and seeks the controller: the logs are recovered, and what that cut is known. */
  async #serve(truncated: readonly TruncatedReplica[]): Promise<void> {
    await this.#listeners.openDoors(this.#options.doors, this.#broker, this.health);
    const { failure } = this.#readiness;
    if (failure !== undefined) throw failure;
    this.#truncated = truncated;
    this.#started = true;
    this.#replicas.start();
    this.#maintenance.start();
    this.#metrics.start(
      nodeReadings({
        nodeId: this.nodeId,
        image: () => this.#image,
        replicas: this.#replicas,
        offlineDirectories: () => this.#logs.offlineDirectoryCount,
        isController: () => this.#controller.isActive,
      }),
    );
    this.#seekController();
  }

  #onClusterChange(listener: () => void): () => void {
    this.#clusterListeners.add(listener);
    return () => void this.#clusterListeners.delete(listener);
  }

  #clusterChanged(): void {
    for (const listener of [...this.#clusterListeners]) listener();
  }

  /** Registers, or goes on with the heartbeats, as soon as cluster and controller are known. */
  #seekController(): void {
    if (!this.config.processRoles.includes('broker')) return;
    if (this.#readiness.closing) {
      // Whoever is the controller now is asked to take this node's leaders; one that was never registered has none.
      if (this.#registration.brokerEpoch >= 0) this.#registration.controllerChanged();
      return;
    }
    if (this.#truncated === undefined) return;
    const { clusterId } = this.#raft;
    if (clusterId === undefined || this.#readiness.failure !== undefined) return;
    if (!this.#registering) {
      this.#registering = true;
      const refusal = foreignTo(clusterId, this.config, this.#logs.directories);
      if (refusal !== undefined) {
        this.#fail(refusal);
        return;
      }
      this.#logs.setClusterId(clusterId).catch((error: unknown) => this.#fail(error));
    }
    this.#registration.controllerChanged();
  }

  #goLiveIfRegistered(): void {
    if (this.#raft.clusterId !== undefined && !this.#registering) this.#seekController();
    const { brokerEpoch } = this.#registration;
    if (brokerEpoch < 0 || this.#image.broker(this.nodeId)?.brokerEpoch !== brokerEpoch) return;
    // Also where the controller did not know the registration before it any more: a clean stop tells of the last one.
    this.#logs.registeredAs(brokerEpoch);
    this.#assigner.registeredAs(brokerEpoch);
    if (this.#assigner.live) return;
    // What was cut is known there from here on: another registration in this life has nothing to add.
    this.#truncated = [];
    this.#logs.truncationsReported().catch((error: unknown) => this.#fail(error));
    this.#assigner.goLive(this.#image);
    this.#clusterChanged();
    this.#registration.beatNow();
    this.#readiness.changed();
  }

  async #close(): Promise<void> {
    if (this.#readiness.failure === undefined) {
      await this.#registration.shutDown(shutDownPatience(this.config));
      await handOverQuorum(this.#raft, this.#platform.clock);
    }
    this.#readiness.changed();
    this.#registration.close();
    this.#topicReadiness.close();
    await this.#listeners.closeDoors();
    this.#broker.close();
    this.#replicas.close();
    this.#maintenance.close();
    this.#controller.close();
    await this.#raft.close();
    this.#peers.close();
    await this.#listeners.closeInternal();
    this.#tls?.close();
    await this.#logs.close();
  }
}
