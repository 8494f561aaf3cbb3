import type { NodeId } from '../common/ids.js';
import { configResourceOf } from './image.js';
import type { BrokerRegistration, MetadataImage, PartitionState, TopicImage } from './image.js';
import { PersistentVector } from './persistent/persistent-vector.js';
import type { ConfigResourceType } from './records.js';

export interface BrokerDifference {
  readonly nodeId: NodeId;
  /** Undefined: newly registered. */
  readonly before: BrokerRegistration | undefined;
  /** Undefined: unregistered. */
  readonly after: BrokerRegistration | undefined;
}

export interface PartitionDifference {
  /** As it is after; for a topic that is gone, as it was before. */
  readonly topic: TopicImage;
  readonly partition: number;
  /** Undefined: new. */
  readonly before: PartitionState | undefined;
  /** Undefined: the topic was deleted. */
  readonly after: PartitionState | undefined;
}

/** What differs between two images: what a broker needs in order to start, stop and re-aim its replicas. */
export interface ImageChanges {
  readonly brokers: readonly BrokerDifference[];
  readonly createdTopics: readonly TopicImage[];
  readonly deletedTopics: readonly TopicImage[];
  /** Those of created and deleted topics too. */
  readonly partitions: readonly PartitionDifference[];
  readonly configs: readonly { readonly type: ConfigResourceType; readonly name: string }[];
}

/** Compares by shared structure: the cost follows the changes, not the size of the images. */
export function changesBetween(before: MetadataImage, after: MetadataImage): ImageChanges {
  const brokers: BrokerDifference[] = [];
  const createdTopics: TopicImage[] = [];
  const deletedTopics: TopicImage[] = [];
  const partitions: PartitionDifference[] = [];
  const configs: { type: ConfigResourceType; name: string }[] = [];
  before.brokers.diff(after.brokers, (nodeId, old, now) => brokers.push({ nodeId, before: old, after: now }));
  before.topics.diff(after.topics, (_, old, now) => {
    const topic = now ?? old;
    if (!topic) return;
    if (!old) createdTopics.push(topic);
    if (!now) deletedTopics.push(topic);
    (old?.partitions ?? NONE).diff(now?.partitions ?? NONE, (partition, oldState, newState) =>
      partitions.push({ topic, partition, before: oldState, after: newState }),
    );
  });
  before.configs.diff(after.configs, (key) => configs.push(configResourceOf(key)));
  return { brokers, createdTopics, deletedTopics, partitions, configs };
}

const NONE = PersistentVector.empty<PartitionState>();

/** The contents are equal, whatever their history; for checks in tests and simulations. Visits only what is not shared. */
export function imagesEqual(a: MetadataImage, b: MetadataImage): boolean {
  const changes = changesBetween(a, b);
  let equal = a.nextProducerId === b.nextProducerId && a.offset === b.offset;
  a.features.diff(b.features, () => (equal = false));
  a.topicIds.diff(b.topicIds, () => (equal = false));
  a.topics.diff(b.topics, (_, before, after) => {
    equal &&= before?.name === after?.name && before?.partitions.length === after?.partitions.length;
  });
  return (
    equal &&
    changes.createdTopics.length + changes.deletedTopics.length === 0 &&
    changes.brokers.every((one) => sameContent(one.before, one.after)) &&
    changes.partitions.every((one) => sameContent(one.before, one.after)) &&
    changes.configs.every(({ type, name }) => sameConfigs(a, b, type, name))
  );
}

/** Fields are plain values and arrays of them, always made in the same order. */
function sameContent(a: object | undefined, b: object | undefined): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

function sameConfigs(a: MetadataImage, b: MetadataImage, type: ConfigResourceType, name: string): boolean {
  const [x, y] = [a.dynamicConfigs(type, name), b.dynamicConfigs(type, name)];
  return x.size === y.size && [...x].every(([key, value]) => y.get(key) === value);
}
