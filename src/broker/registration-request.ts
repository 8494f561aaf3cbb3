import type { Uuid } from '../common/ids.js';
import { uuidToBytes } from '../common/ids.js';
import { MAX_METADATA_VERSION } from '../metadata/records.js';
import type { varve } from '../protocol/controller.js';
import type { LogManager, TruncatedReplica } from './log-manager.js';
import type { NodeListeners } from './node-listeners.js';

export interface RegistrationRequestOptions {
  readonly clusterId: Uuid;
  readonly incarnationId: Uint8Array;
  readonly rack: string | undefined;
  readonly listeners: NodeListeners;
  readonly logs: LogManager;
  readonly truncated: readonly TruncatedReplica[];
}

/** The least metadata.version that this release understands. */
const MIN_METADATA_VERSION = 1;

/** What a broker says of itself when it registers; `Registration` adds who it is. */
export function registrationRequest(options: RegistrationRequestOptions): varve.internal.IRegisterBrokerRequest {
  const { clusterId, incarnationId, rack, listeners, logs, truncated } = options;
  return {
    cluster_id: clusterId,
    incarnation_id: incarnationId,
    listeners: listeners.registered(),
    ...(rack === undefined ? {} : { rack }),
    log_dirs: logs.onlineDirectoryIds.map(uuidToBytes),
    min_metadata_version: MIN_METADATA_VERSION,
    max_metadata_version: MAX_METADATA_VERSION,
    previous_broker_epoch: logs.previousBrokerEpoch,
    truncated_replicas: truncated.map((one) => ({
      topic_id: uuidToBytes(one.topicId),
      partition: one.partition,
      last_epoch: one.lastEpoch,
      end_offset: one.endOffset,
    })),
  };
}
