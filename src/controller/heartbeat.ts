import { uuidFromBytes } from '../common/ids.js';
import type { NodeId } from '../common/ids.js';
import type { BrokerRegistration } from '../metadata/image.js';
import type { varve } from '../protocol/controller.js';
import type { Draft } from './draft.js';
import { relieve } from './hanging-disks.js';
import { fenceBroker, handOver, takeDirectoriesOffline, unfenceBroker, waitsForHandOver } from './fencing.js';
import type { Leases } from './leases.js';

export interface HeartbeatState {
  readonly fenced: boolean;
  readonly shouldShutDown: boolean;
}

/**
 * What a heartbeat of the current incarnation changes; its lease was renewed before. A fenced broker is unfenced once its
 * metadata holds its own registration: it then knows what it must not lead.
 *
 * A broker that wants to stop hands its leaders over. It may stop when it leads nothing that a live replica could take
 * soon, and all live brokers have heard of the new leaders (`handedOverAt`).
 *
 * One whose disk hangs is relieved of what others can do for it, and goes on with the rest (see `relieve`).
 */
export function heartbeat(
  draft: Draft,
  request: varve.internal.IHeartbeatRequest,
  leases: Leases,
  handedOverAt: number | undefined,
): HeartbeatState {
  const nodeId = request.node_id ?? -1;
  const offline = (request.offline_log_dirs ?? []).filter((bytes) => bytes.length === 16).map(uuidFromBytes);
  takeDirectoriesOffline(draft, nodeId, offline);
  const broker = draft.image.broker(nodeId);
  const caughtUp = (request.metadata_offset ?? -1) >= (broker?.brokerEpoch ?? Infinity);
  const wantsShutDown = request.want_shut_down === true;

  if (broker?.fenced) {
    if (wantsShutDown) return { fenced: true, shouldShutDown: true };
    if (caughtUp) unfenceBroker(draft, nodeId);
  } else if (wantsShutDown) {
    return shutDown(draft, nodeId, leases, handedOverAt);
  }
  relieve(draft, nodeId, request.disk_hangs === true);
  return { fenced: draft.image.broker(nodeId)?.fenced !== false, shouldShutDown: false };
}

/**
 * One that says nothing new of a broker in no particular state, as nearly all do: `heartbeat` would decide nothing. They are most
 * of what an idle controller does, so that it need not make a draft for each.
 */
export function saysNothingNew(broker: BrokerRegistration, request: varve.internal.IHeartbeatRequest): boolean {
  return (
    !broker.fenced &&
    !broker.inControlledShutdown &&
    request.want_shut_down !== true &&
    request.disk_hangs !== true &&
    (request.offline_log_dirs?.length ?? 0) === 0
  );
}

function shutDown(draft: Draft, nodeId: NodeId, leases: Leases, handedOverAt: number | undefined): HeartbeatState {
  const broker = draft.image.broker(nodeId);
  if (!broker) return { fenced: true, shouldShutDown: true };
  if (!broker.inControlledShutdown) {
    draft.emit({ kind: 'brokerChange', nodeId, brokerEpoch: broker.brokerEpoch, inControlledShutdown: true });
  }
  const before = draft.records.length;
  handOver(draft, nodeId);
  const movedNow = draft.records.length > before;
  if (movedNow || handedOverAt === undefined || waitsForHandOver(draft, nodeId)) {
    return { fenced: false, shouldShutDown: false };
  }
  for (const other of draft.image.brokers.sortedValues()) {
    const isAsked = other.nodeId !== nodeId && !other.fenced;
    if (isAsked && leases.metadataOffset(other.nodeId) < handedOverAt) return { fenced: false, shouldShutDown: false };
  }
  fenceBroker(draft, nodeId);
  return { fenced: true, shouldShutDown: true };
}
