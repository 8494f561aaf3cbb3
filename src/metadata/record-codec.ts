import { VarveError } from '../common/errors.js';
import { uuidFromBytes, uuidToBytes } from '../common/ids.js';
import type { Uuid } from '../common/ids.js';
import { varve } from '../protocol/metadata.js';
import type { MetadataRecord, PartitionChangeRecord, RecoveryMark } from './records.js';

/**
 * The bytes of the metadata log: one Raft payload is one batch, applied whole or not at all. A batch or a record of a
 * newer version is refused by name, since an image that skips what it does not understand is another image.
 */
const BATCH_VERSION = 1;

/** The greatest version of each record kind that this program reads; it writes the same. */
const RECORD_VERSIONS = {
  registerBroker: 1,
  brokerChange: 1,
  unregisterBroker: 1,
  topic: 1,
  removeTopic: 1,
  partition: 1,
  partitionChange: 1,
  config: 1,
  producerIds: 1,
  featureLevel: 1,
} as const satisfies Record<MetadataRecord['kind'], number>;

export function encodeMetadataBatch(records: readonly MetadataRecord[]): Uint8Array {
  return varve.internal.MetadataBatch.encode({ version: BATCH_VERSION, records: records.map(toMessage) }).finish();
}

/** Throws a VarveError: UNSUPPORTED_VERSION for a newer format, CORRUPT_MESSAGE for bytes that are no batch. */
export function decodeMetadataBatch(payload: Uint8Array): MetadataRecord[] {
  let batch: varve.internal.MetadataBatch;
  try {
    batch = varve.internal.MetadataBatch.decode(payload);
  } catch (cause) {
    throw new VarveError('CORRUPT_MESSAGE', 'A metadata batch cannot be decoded.', { cause });
  }
  if (batch.version !== BATCH_VERSION) {
    throw new VarveError(
      'UNSUPPORTED_VERSION',
      `A metadata batch has version ${batch.version}; this program reads ${BATCH_VERSION}. Run the newer release.`,
    );
  }
  return batch.records.map((record) => fromMessage(varve.internal.MetadataRecord.create(record)));
}

function toMessage(record: MetadataRecord): varve.internal.IMetadataRecord {
  return { version: RECORD_VERSIONS[record.kind], ...bodyOf(record) };
}

function bodyOf(record: MetadataRecord): varve.internal.IMetadataRecord {
  switch (record.kind) {
    case 'registerBroker':
      return {
        register_broker: {
          node_id: record.nodeId,
          incarnation_id: uuidToBytes(record.incarnationId),
          broker_epoch: record.brokerEpoch ?? NO_BROKER_EPOCH,
          listeners: record.listeners.map((one) => ({
            name: one.name,
            host: one.host,
            port: one.port,
            security_protocol: one.securityProtocol,
          })),
          rack: record.rack ?? null,
          log_dirs: record.logDirs.map(uuidToBytes),
          offline_log_dirs: record.offlineLogDirs.map(uuidToBytes),
          fenced: record.fenced,
          in_controlled_shutdown: record.inControlledShutdown,
          min_metadata_version: record.minMetadataVersion,
          max_metadata_version: record.maxMetadataVersion,
        },
      };
    case 'brokerChange':
      return {
        broker_change: {
          node_id: record.nodeId,
          broker_epoch: record.brokerEpoch,
          fenced: record.fenced ?? null,
          in_controlled_shutdown: record.inControlledShutdown ?? null,
          newly_offline_log_dirs: (record.newlyOfflineLogDirs ?? []).map(uuidToBytes),
        },
      };
    case 'unregisterBroker':
      return { unregister_broker: { node_id: record.nodeId, broker_epoch: record.brokerEpoch } };
    case 'topic':
      return { topic: { topic_id: uuidToBytes(record.topicId), name: record.name } };
    case 'removeTopic':
      return { remove_topic: { topic_id: uuidToBytes(record.topicId) } };
    case 'partition':
      return {
        partition: {
          topic_id: uuidToBytes(record.topicId),
          partition: record.partition,
          replicas: [...record.replicas],
          directories: record.directories.map(uuidToBytes),
          isr: [...record.isr],
          eligible_leader_replicas: [...record.elr],
          last_known_eligible_leader_replicas: [...record.lastKnownElr],
          adding_replicas: [...record.addingReplicas],
          removing_replicas: [...record.removingReplicas],
          leader: record.leader,
          leader_epoch: record.leaderEpoch,
          partition_epoch: record.partitionEpoch,
          recovery_marks: record.recoveryMarks.map(toMarkMessage),
        },
      };
    case 'partitionChange':
      return { partition_change: toPartitionChangeMessage(record) };
    case 'config':
      return {
        config: {
          resource_type: record.resourceType === 'topic' ? 0 : 1,
          resource_name: record.resourceName,
          name: record.name,
          value: record.value ?? null,
        },
      };
    case 'producerIds':
      return {
        producer_ids: {
          node_id: record.nodeId,
          broker_epoch: record.brokerEpoch,
          next_producer_id: record.nextProducerId,
        },
      };
    case 'featureLevel':
      return { feature_level: { name: record.name, level: record.level } };
  }
}

const NO_BROKER_EPOCH = -1;

function toPartitionChangeMessage(record: PartitionChangeRecord): varve.internal.IPartitionChangeRecord {
  const nodes = (list: readonly number[] | undefined): varve.internal.INodeList | null =>
    list ? { nodes: [...list] } : null;
  return {
    topic_id: uuidToBytes(record.topicId),
    partition: record.partition,
    isr: nodes(record.isr),
    leader: record.leader ?? null,
    replicas: nodes(record.replicas),
    directories: record.directories ? { directories: record.directories.map(uuidToBytes) } : null,
    adding_replicas: nodes(record.addingReplicas),
    removing_replicas: nodes(record.removingReplicas),
    eligible_leader_replicas: nodes(record.elr),
    last_known_eligible_leader_replicas: nodes(record.lastKnownElr),
    recovery_marks: record.recoveryMarks ? { marks: record.recoveryMarks.map(toMarkMessage) } : null,
  };
}

function toMarkMessage(mark: RecoveryMark): varve.internal.IRecoveryMarkRecord {
  return { node_id: mark.nodeId, last_epoch: mark.lastEpoch, end_offset: mark.endOffset };
}

function fromMarkMessage(mark: varve.internal.IRecoveryMarkRecord): RecoveryMark {
  return { nodeId: mark.node_id ?? 0, lastEpoch: mark.last_epoch ?? 0, endOffset: mark.end_offset ?? 0 };
}

type Message = varve.internal.MetadataRecord;

/** One reader a kind, by the name of its field in the message. */
const READERS: { readonly [field: string]: (message: Message) => MetadataRecord | undefined } = {
  register_broker: ({ register_broker: body }) =>
    body
      ? {
          kind: 'registerBroker',
          nodeId: body.node_id ?? 0,
          incarnationId: uuid(body.incarnation_id),
          brokerEpoch: (body.broker_epoch ?? NO_BROKER_EPOCH) < 0 ? undefined : (body.broker_epoch ?? undefined),
          listeners: (body.listeners ?? []).map((one) => ({
            name: one.name ?? '',
            host: one.host ?? '',
            port: one.port ?? 0,
            securityProtocol: one.security_protocol ?? '',
          })),
          rack: body.rack ?? undefined,
          logDirs: (body.log_dirs ?? []).map(uuid),
          offlineLogDirs: (body.offline_log_dirs ?? []).map(uuid),
          fenced: body.fenced ?? false,
          inControlledShutdown: body.in_controlled_shutdown ?? false,
          minMetadataVersion: body.min_metadata_version ?? 0,
          maxMetadataVersion: body.max_metadata_version ?? 0,
        }
      : undefined,
  broker_change: ({ broker_change: body }) =>
    body
      ? {
          kind: 'brokerChange',
          nodeId: body.node_id ?? 0,
          brokerEpoch: body.broker_epoch ?? 0,
          ...(typeof body.fenced === 'boolean' ? { fenced: body.fenced } : {}),
          ...(typeof body.in_controlled_shutdown === 'boolean'
            ? { inControlledShutdown: body.in_controlled_shutdown }
            : {}),
          ...(body.newly_offline_log_dirs?.length
            ? { newlyOfflineLogDirs: body.newly_offline_log_dirs.map(uuid) }
            : {}),
        }
      : undefined,
  unregister_broker: ({ unregister_broker: body }) =>
    body ? { kind: 'unregisterBroker', nodeId: body.node_id ?? 0, brokerEpoch: body.broker_epoch ?? 0 } : undefined,
  topic: ({ topic: body }) =>
    body ? { kind: 'topic', topicId: uuid(body.topic_id), name: body.name ?? '' } : undefined,
  remove_topic: ({ remove_topic: body }) => (body ? { kind: 'removeTopic', topicId: uuid(body.topic_id) } : undefined),
  partition: ({ partition: body }) =>
    body
      ? {
          kind: 'partition',
          topicId: uuid(body.topic_id),
          partition: body.partition ?? 0,
          replicas: body.replicas ?? [],
          directories: (body.directories ?? []).map(uuid),
          isr: body.isr ?? [],
          elr: body.eligible_leader_replicas ?? [],
          lastKnownElr: body.last_known_eligible_leader_replicas ?? [],
          addingReplicas: body.adding_replicas ?? [],
          removingReplicas: body.removing_replicas ?? [],
          leader: body.leader ?? 0,
          leaderEpoch: body.leader_epoch ?? 0,
          partitionEpoch: body.partition_epoch ?? 0,
          recoveryMarks: (body.recovery_marks ?? []).map(fromMarkMessage),
        }
      : undefined,
  partition_change: ({ partition_change: body }) => (body ? fromPartitionChangeMessage(body) : undefined),
  config: ({ config: body }) =>
    body
      ? {
          kind: 'config',
          resourceType: body.resource_type === 0 ? 'topic' : 'broker',
          resourceName: body.resource_name ?? '',
          name: body.name ?? '',
          value: body.value ?? undefined,
        }
      : undefined,
  producer_ids: ({ producer_ids: body }) =>
    body
      ? {
          kind: 'producerIds',
          nodeId: body.node_id ?? 0,
          brokerEpoch: body.broker_epoch ?? 0,
          nextProducerId: body.next_producer_id ?? 0,
        }
      : undefined,
  feature_level: ({ feature_level: body }) =>
    body ? { kind: 'featureLevel', name: body.name ?? '', level: body.level ?? 0 } : undefined,
};

function fromPartitionChangeMessage(body: varve.internal.IPartitionChangeRecord): PartitionChangeRecord {
  const nodes = (list: varve.internal.INodeList): readonly number[] => list.nodes ?? [];
  return {
    kind: 'partitionChange',
    topicId: uuid(body.topic_id),
    partition: body.partition ?? 0,
    ...(body.isr ? { isr: nodes(body.isr) } : {}),
    ...(typeof body.leader === 'number' ? { leader: body.leader } : {}),
    ...(body.replicas ? { replicas: nodes(body.replicas) } : {}),
    ...(body.directories ? { directories: (body.directories.directories ?? []).map(uuid) } : {}),
    ...(body.adding_replicas ? { addingReplicas: nodes(body.adding_replicas) } : {}),
    ...(body.removing_replicas ? { removingReplicas: nodes(body.removing_replicas) } : {}),
    ...(body.eligible_leader_replicas ? { elr: nodes(body.eligible_leader_replicas) } : {}),
    ...(body.last_known_eligible_leader_replicas
      ? { lastKnownElr: nodes(body.last_known_eligible_leader_replicas) }
      : {}),
    ...(body.recovery_marks ? { recoveryMarks: (body.recovery_marks.marks ?? []).map(fromMarkMessage) } : {}),
  };
}

function fromMessage(message: Message): MetadataRecord {
  const record = message.kind ? READERS[message.kind]?.(message) : undefined;
  if (!record) {
    throw new VarveError(
      'UNSUPPORTED_VERSION',
      'The metadata log holds a kind of record that this program does not know. Run the newer release.',
    );
  }
  const known = RECORD_VERSIONS[record.kind];
  if (message.version < 1 || message.version > known) {
    throw new VarveError(
      'UNSUPPORTED_VERSION',
      `A metadata record '${record.kind}' has version ${message.version}; this program reads up to ${known}. ` +
        'Run the newer release.',
    );
  }
  return record;
}

function uuid(bytes: Uint8Array | null | undefined): Uuid {
  if (bytes?.length !== 16) {
    throw new VarveError('CORRUPT_MESSAGE', `An id in a metadata record has ${bytes?.length ?? 0} bytes, not 16.`);
  }
  return uuidFromBytes(bytes);
}
