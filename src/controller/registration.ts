import { VarveError } from '../common/errors.js';
import { uuidFromBytes } from '../common/ids.js';
import type { NodeId, Uuid } from '../common/ids.js';
import type { BrokerRegistration, MetadataImage, PartitionState } from '../metadata/image.js';
import type { BrokerListener, RecoveryMark, RegisterBrokerRecord } from '../metadata/records.js';
import type { varve } from '../protocol/controller.js';
import type { Draft } from './draft.js';
import { partitionsWhere } from './fencing.js';
import type { Leases } from './leases.js';
import { changePartition } from './partition-change.js';
import type { PartitionTarget } from './partition-change.js';

type Request = varve.internal.IRegisterBrokerRequest;

interface Registration {
  readonly record: RegisterBrokerRecord;
  /** The epoch of its last clean shutdown, -1 after an unclean one. */
  readonly previousBrokerEpoch: number;
  /** By topic id and partition: what its recovery left of logs that it cut. */
  readonly marks: ReadonlyMap<string, RecoveryMark>;
}

/**
 * Registers an incarnation of a broker. The same incarnation again gets the epoch that it has: the answer was lost.
 *
 * A restart (another incarnation, one of the same directories) ends the old incarnation at once, lease or not: in this
 * one batch the broker leaves every ISR and what it led gets a new leader epoch, before the new incarnation can append.
 * Another machine with the same node.id is refused while the first one lives. Throws a VarveError.
 */
export function registerBroker(
  draft: Draft,
  request: Request,
  leases: Leases,
  nowMs: number,
  clusterId: Uuid | undefined,
): { readonly existingEpoch: number } | undefined {
  const registration = checked(request, draft.image, clusterId);
  const { record } = registration;
  const existing = draft.image.broker(record.nodeId);
  if (existing?.incarnationId === record.incarnationId) return { existingEpoch: existing.brokerEpoch };
  if (existing) refuseDuplicate(existing, record, leases, nowMs);
  draft.emit(record);
  const wasClean = existing !== undefined && registration.previousBrokerEpoch === existing.brokerEpoch;
  const places = partitionsWhere(draft, ({ replicas }) => replicas.includes(record.nodeId));
  for (const { topic, partition, state } of places) {
    const mark = registration.marks.get(markKey(topic.id, partition));
    const losesPlace = !wasClean && draft.isRelaxed(topic.name);
    const target = afterRestart(draft, state, record, mark, losesPlace);
    changePartition(draft, topic, partition, target);
  }
  return undefined;
}

function refuseDuplicate(
  existing: BrokerRegistration,
  record: RegisterBrokerRecord,
  leases: Leases,
  nowMs: number,
): void {
  const dirs = [...existing.logDirs, ...existing.offlineLogDirs];
  const isRestart = record.logDirs.some((dir) => dirs.includes(dir));
  if (isRestart || !leases.isValid(existing.nodeId, existing.brokerEpoch, nowMs)) return;
  throw new VarveError(
    'DUPLICATE_BROKER_REGISTRATION',
    `A live broker with other log directories is registered as node ${record.nodeId}: give this one another node.id, or ` +
      'stop the other one first.',
  );
}

/**
 * A partition of a broker that has started anew. Out of the ISR until it has caught up. Data is lost with the directory
 * that held it, and on relaxed topics with an unclean stop; a recovery that cut the log leaves a mark.
 */
function afterRestart(
  draft: Draft,
  state: PartitionState,
  record: RegisterBrokerRecord,
  mark: RecoveryMark | undefined,
  losesPlace: boolean,
): PartitionTarget {
  const { nodeId } = record;
  const directoryGone = !draft.isHosted(state, nodeId);
  const isWhole = (node: NodeId): boolean => !state.recoveryMarks.some((one) => one.nodeId === node);
  const others = [...state.isr, ...state.elr].filter((node) => node !== nodeId && isWhole(node));
  const isMember = state.isr.includes(nodeId) || state.elr.includes(nodeId);
  // The last whole copy keeps its place under the old directory: it cannot be elected from there, but nobody else can
  // be taken for whole either, and when the disk comes back nothing is lost.
  const waitsForDirectory = directoryGone && isMember && others.length === 0;
  const lost = isMember && !waitsForDirectory && (directoryGone || losesPlace);
  const marked = mark && isMember && !lost;
  return {
    isr: state.isr.filter((node) => node !== nodeId),
    lost: lost ? [nodeId] : [],
    ...(marked ? { recoveryMarks: [...state.recoveryMarks.filter((one) => one.nodeId !== nodeId), mark] } : {}),
    ...(directoryGone && !waitsForDirectory ? { directories: movedTo(draft, state, record) } : {}),
  };
}

/** The replica is made anew in the online directory of its broker that holds the fewest replicas. */
function movedTo(draft: Draft, state: PartitionState, record: RegisterBrokerRecord): readonly Uuid[] {
  const target = draft.directoryFor(record.nodeId);
  return state.directories.map((directory, i) => (state.replicas[i] === record.nodeId ? target : directory));
}

function checked(request: Request, image: MetadataImage, clusterId: Uuid | undefined): Registration {
  const nodeId = request.node_id ?? -1;
  if (!Number.isInteger(nodeId) || nodeId < 0) throw refused(`node.id ${nodeId} is negative.`);
  const wanted = request.cluster_id ?? '';
  if (wanted !== '' && clusterId !== undefined && wanted !== clusterId) {
    throw new VarveError(
      'INCONSISTENT_CLUSTER_ID',
      `Node ${nodeId} belongs to cluster ${wanted}, this is cluster ${clusterId}: check controller.quorum.voters.`,
    );
  }
  const logDirs = (request.log_dirs ?? []).map((bytes) => idOf(bytes, 'log directory id'));
  if (logDirs.length === 0) throw refused(`Node ${nodeId} has no log directory online: repair or replace its disk.`);
  if (new Set(logDirs).size !== logDirs.length) throw refused(`Node ${nodeId} names a log directory twice.`);
  refuseForeignDirectories(image, nodeId, logDirs);
  const minMetadataVersion = request.min_metadata_version ?? 0;
  const maxMetadataVersion = request.max_metadata_version ?? 0;
  const version = image.metadataVersion;
  if (version < minMetadataVersion || version > maxMetadataVersion) {
    throw new VarveError(
      'UNSUPPORTED_VERSION',
      `The cluster's metadata.version is ${version}; node ${nodeId} understands ${minMetadataVersion} to ` +
        `${maxMetadataVersion}: run a release that understands it.`,
    );
  }
  return {
    record: {
      kind: 'registerBroker',
      nodeId,
      incarnationId: idOf(request.incarnation_id, 'incarnation id'),
      brokerEpoch: undefined,
      listeners: listenersOf(request, nodeId),
      rack: request.rack ?? undefined,
      logDirs,
      offlineLogDirs: [],
      fenced: true,
      inControlledShutdown: false,
      minMetadataVersion,
      maxMetadataVersion,
    },
    previousBrokerEpoch: request.previous_broker_epoch ?? -1,
    marks: marksOf(request, nodeId),
  };
}

function listenersOf(request: Request, nodeId: NodeId): BrokerListener[] {
  const listeners = (request.listeners ?? []).map((one) => ({
    name: one.name ?? '',
    host: one.host ?? '',
    port: one.port ?? 0,
    securityProtocol: one.security_protocol ?? '',
  }));
  if (new Set(listeners.map((one) => one.name)).size !== listeners.length) {
    throw refused(`Node ${nodeId} names a listener twice.`);
  }
  if (!listeners.some((one) => one.name === 'INTERNAL')) throw refused(`Node ${nodeId} has no INTERNAL listener.`);
  return listeners;
}

function refuseForeignDirectories(image: MetadataImage, nodeId: NodeId, logDirs: readonly Uuid[]): void {
  image.brokers.forEach((broker) => {
    if (broker.nodeId === nodeId) return;
    const shared = logDirs.find((dir) => broker.logDirs.includes(dir) || broker.offlineLogDirs.includes(dir));
    if (shared === undefined) return;
    throw refused(`Log directory ${shared} of node ${nodeId} belongs to node ${broker.nodeId}: it is a copy of it.`);
  });
}

function marksOf(request: Request, nodeId: NodeId): Map<string, RecoveryMark> {
  const marks = new Map<string, RecoveryMark>();
  for (const { topic_id, partition, last_epoch, end_offset } of request.truncated_replicas ?? []) {
    const key = markKey(idOf(topic_id, 'topic id'), partition ?? 0);
    marks.set(key, { nodeId, lastEpoch: last_epoch ?? -1, endOffset: end_offset ?? 0 });
  }
  return marks;
}

function markKey(topicId: Uuid, partition: number): string {
  return `${topicId}:${partition}`;
}

function idOf(bytes: Uint8Array | null | undefined, what: string): Uuid {
  if (bytes?.length !== 16) throw refused(`A ${what} has ${bytes?.length ?? 0} bytes, not 16.`);
  return uuidFromBytes(bytes);
}

function refused(message: string): VarveError {
  return new VarveError('INVALID_REGISTRATION', message);
}
