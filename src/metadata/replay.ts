import { assert, defined, unreachable } from '../common/assert.js';
import { NO_NODE } from '../common/ids.js';
import type { NodeId } from '../common/ids.js';
import { configKey, MetadataImage } from './image.js';
import type { BrokerRegistration, PartitionState, TopicImage } from './image.js';
import { PersistentVector } from './persistent/persistent-vector.js';
import type {
  BrokerChangeRecord,
  ConfigRecord,
  MetadataRecord,
  PartitionChangeRecord,
  PartitionRecord,
  RegisterBrokerRecord,
} from './records.js';

/**
 * The image after one batch. The controller that proposed the batch and every node that applies it run this one function.
 * What a batch may hold is decided before it is proposed; a record that does not fit the image is a bug.
 */
export function replayBatch(image: MetadataImage, records: readonly MetadataRecord[], offset: number): MetadataImage {
  assert(offset >= image.offset, `a batch at ${offset} follows the image's offset ${image.offset}`);
  let next = image.with({ offset });
  for (const record of records) next = replay(next, record);
  return next;
}

/** The image after one record of the batch at `image.offset`. */
export function replay(image: MetadataImage, record: MetadataRecord): MetadataImage {
  switch (record.kind) {
    case 'registerBroker':
      return image.with({ brokers: image.brokers.set(record.nodeId, registrationOf(record, image.offset)) });
    case 'brokerChange': {
      const broker = registered(image, record.nodeId, record.brokerEpoch);
      return image.with({ brokers: image.brokers.set(record.nodeId, changedBroker(broker, record)) });
    }
    case 'unregisterBroker':
      registered(image, record.nodeId, record.brokerEpoch);
      return image.with({ brokers: image.brokers.delete(record.nodeId) });
    case 'topic': {
      assert(!image.topicIds.has(record.name), `topic ${record.name} is new`);
      assert(!image.topics.has(record.topicId), `topic id ${record.topicId} is new`);
      const topic = { id: record.topicId, name: record.name, partitions: PersistentVector.empty<PartitionState>() };
      return image.with({
        topics: image.topics.set(record.topicId, topic),
        topicIds: image.topicIds.set(record.name, record.topicId),
      });
    }
    case 'removeTopic': {
      const topic = topicOf(image, record.topicId);
      return image.with({
        topics: image.topics.delete(topic.id),
        topicIds: image.topicIds.delete(topic.name),
        configs: image.configs.delete(configKey('topic', topic.name)),
      });
    }
    case 'partition': {
      const topic = topicOf(image, record.topicId);
      assert(record.partition === topic.partitions.length, 'partitions are numbered without gaps');
      return withPartition(image, topic, record.partition, partitionOf(record));
    }
    case 'partitionChange': {
      const topic = topicOf(image, record.topicId);
      const state = defined(topic.partitions.get(record.partition), 'a changed partition exists');
      return withPartition(image, topic, record.partition, changedPartition(state, record));
    }
    case 'config':
      return replayConfig(image, record);
    case 'producerIds':
      assert(record.nextProducerId >= image.nextProducerId, 'producer ids never go back');
      return image.with({ nextProducerId: record.nextProducerId });
    case 'featureLevel':
      return image.with({ features: image.features.set(record.name, record.level) });
    default:
      return unreachable(record);
  }
}

function registrationOf(record: RegisterBrokerRecord, offset: number): BrokerRegistration {
  return {
    nodeId: record.nodeId,
    incarnationId: record.incarnationId,
    brokerEpoch: record.brokerEpoch ?? offset,
    listeners: record.listeners,
    rack: record.rack,
    logDirs: record.logDirs,
    offlineLogDirs: record.offlineLogDirs,
    fenced: record.fenced,
    inControlledShutdown: record.inControlledShutdown,
    minMetadataVersion: record.minMetadataVersion,
    maxMetadataVersion: record.maxMetadataVersion,
  };
}

function registered(image: MetadataImage, nodeId: NodeId, brokerEpoch: number): BrokerRegistration {
  const broker = defined(image.brokers.get(nodeId), `broker ${nodeId} is registered`);
  assert(broker.brokerEpoch === brokerEpoch, `the change of broker ${nodeId} names its current epoch`);
  return broker;
}

function changedBroker(broker: BrokerRegistration, record: BrokerChangeRecord): BrokerRegistration {
  const gone = record.newlyOfflineLogDirs ?? [];
  return {
    ...broker,
    fenced: record.fenced ?? broker.fenced,
    inControlledShutdown: record.inControlledShutdown ?? broker.inControlledShutdown,
    logDirs: gone.length ? broker.logDirs.filter((dir) => !gone.includes(dir)) : broker.logDirs,
    offlineLogDirs: gone.length ? [...broker.offlineLogDirs, ...gone] : broker.offlineLogDirs,
  };
}

function topicOf(image: MetadataImage, topicId: string): TopicImage {
  return defined(image.topics.get(topicId), `topic ${topicId} exists`);
}

function withPartition(
  image: MetadataImage,
  topic: TopicImage,
  partition: number,
  state: PartitionState,
): MetadataImage {
  checkPartition(state, `${topic.name}-${partition}`);
  const changed = { ...topic, partitions: topic.partitions.set(partition, state) };
  return image.with({ topics: image.topics.set(topic.id, changed) });
}

function partitionOf(record: PartitionRecord): PartitionState {
  return {
    replicas: record.replicas,
    directories: record.directories,
    isr: record.isr,
    elr: record.elr,
    lastKnownElr: record.lastKnownElr,
    addingReplicas: record.addingReplicas,
    removingReplicas: record.removingReplicas,
    leader: record.leader,
    leaderEpoch: record.leaderEpoch,
    partitionEpoch: record.partitionEpoch,
    recoveryMarks: record.recoveryMarks,
  };
}

function changedPartition(state: PartitionState, record: PartitionChangeRecord): PartitionState {
  return {
    replicas: record.replicas ?? state.replicas,
    directories: record.directories ?? state.directories,
    isr: record.isr ?? state.isr,
    elr: record.elr ?? state.elr,
    lastKnownElr: record.lastKnownElr ?? state.lastKnownElr,
    addingReplicas: record.addingReplicas ?? state.addingReplicas,
    removingReplicas: record.removingReplicas ?? state.removingReplicas,
    leader: record.leader ?? state.leader,
    leaderEpoch: record.leader === undefined ? state.leaderEpoch : state.leaderEpoch + 1,
    partitionEpoch: state.partitionEpoch + 1,
    recoveryMarks: record.recoveryMarks ?? state.recoveryMarks,
  };
}

function checkPartition(state: PartitionState, name: string): void {
  const { replicas, isr, elr } = state;
  assert(new Set(replicas).size === replicas.length && replicas.length > 0, `replicas of ${name} are distinct`);
  assert(state.directories.length === replicas.length, `each replica of ${name} has a directory`);
  assert(within(isr, replicas), `ISR of ${name} is within its replicas`);
  assert(within(elr, replicas), `ELR of ${name} is within its replicas`);
  assert(!elr.some((node) => isr.includes(node)), `ISR and ELR of ${name} are disjoint`);
  assert(state.leader === NO_NODE || isr.includes(state.leader), `the leader of ${name} is in its ISR`);
  assert(within(state.addingReplicas, replicas), `adding replicas of ${name} are replicas`);
  assert(within(state.removingReplicas, replicas), `removing replicas of ${name} are replicas`);
}

function within(part: readonly NodeId[], whole: readonly NodeId[]): boolean {
  return part.every((node) => whole.includes(node));
}

function replayConfig(image: MetadataImage, record: ConfigRecord): MetadataImage {
  const key = configKey(record.resourceType, record.resourceName);
  const values = new Map(image.configs.get(key));
  if (record.value === undefined) values.delete(record.name);
  else values.set(record.name, record.value);
  return image.with({ configs: values.size ? image.configs.set(key, values) : image.configs.delete(key) });
}
