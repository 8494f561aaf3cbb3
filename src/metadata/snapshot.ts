import { configResourceOf, MetadataImage } from './image.js';
import type { BrokerRegistration, PartitionState, TopicImage } from './image.js';
import { decodeMetadataBatch, encodeMetadataBatch } from './record-codec.js';
import type { MetadataRecord, PartitionRecord, RegisterBrokerRecord } from './records.js';
import { replayBatch } from './replay.js';

/** Records of one piece of a snapshot: some 64 KiB of partitions. */
const RECORDS_PER_CHUNK = 512;

/** Batches that make this image from the empty one. Pieces are made as they are asked for. */
export function* snapshotOf(image: MetadataImage): Generator<Uint8Array, void, undefined> {
  let records: MetadataRecord[] = [];
  for (const record of recordsOf(image)) {
    records.push(record);
    if (records.length < RECORDS_PER_CHUNK) continue;
    yield encodeMetadataBatch(records);
    records = [];
  }
  if (records.length > 0) yield encodeMetadataBatch(records);
}

/**
 * The image that `snapshotOf` wrote, as of `offset`. The log stores and sends the pieces cut as it likes, within a record
 * too: together they are one batch, since messages of protobuf one behind the other are one message. Throws a VarveError for
 * a newer or damaged format.
 */
export function imageFromSnapshot(chunks: readonly Uint8Array[], offset: number): MetadataImage {
  const whole = Buffer.concat(chunks);
  const records = whole.length === 0 ? [] : decodeMetadataBatch(whole);
  return replayBatch(MetadataImage.EMPTY, records, offset);
}

function* recordsOf(image: MetadataImage): Generator<MetadataRecord, void, undefined> {
  for (const name of image.features.sortedKeys()) {
    yield { kind: 'featureLevel', name, level: image.features.get(name) ?? 0 };
  }
  for (const broker of image.brokers.sortedValues()) yield registrationRecord(broker);
  for (const topic of image.topics.sortedValues()) yield* topicRecords(topic);
  for (const key of image.configs.sortedKeys()) {
    const { type, name } = configResourceOf(key);
    for (const [config, value] of image.dynamicConfigs(type, name)) {
      yield { kind: 'config', resourceType: type, resourceName: name, name: config, value };
    }
  }
  if (image.nextProducerId > 0) {
    yield { kind: 'producerIds', nodeId: -1, brokerEpoch: -1, nextProducerId: image.nextProducerId };
  }
}

function registrationRecord(broker: BrokerRegistration): RegisterBrokerRecord {
  return { kind: 'registerBroker', ...broker };
}

function* topicRecords(topic: TopicImage): Generator<MetadataRecord, void, undefined> {
  yield { kind: 'topic', topicId: topic.id, name: topic.name };
  for (let partition = 0; partition < topic.partitions.length; partition++) {
    const state = topic.partitions.get(partition);
    if (state) yield partitionRecord(topic.id, partition, state);
  }
}

/** The record that holds the whole state of a partition. */
export function partitionRecord(topicId: string, partition: number, state: PartitionState): PartitionRecord {
  return { kind: 'partition', topicId, partition, ...state };
}
