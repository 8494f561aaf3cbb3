import { VarveError } from '../common/errors.js';
import type { NodeId } from '../common/ids.js';
import type { BrokerRegistration, MetadataImage, PartitionState, TopicImage } from '../metadata/image.js';
import { isInternalTopic } from '../metadata/image.js';
import { invalidTopicName, topicNameProblem } from '../metadata/topic-name.js';
import type { BrokerView, ClusterView, MetadataQuery, PartitionView, TopicView } from './broker-api.js';

/** What clients see of an image. */
export function clusterView(
  image: MetadataImage,
  query: MetadataQuery,
  cluster: { readonly clusterId: string; readonly controllerId: NodeId },
): ClusterView {
  const brokers: BrokerView[] = [];
  image.brokers.forEach((broker) => brokers.push(brokerView(broker)));
  brokers.sort((a, b) => a.nodeId - b.nodeId);
  return { ...cluster, brokers, topics: topicsOf(image, query.topics), metadataOffset: image.offset };
}

function brokerView(broker: BrokerRegistration): BrokerView {
  return {
    nodeId: broker.nodeId,
    listeners: new Map(broker.listeners.map(({ name, host, port }) => [name, { host, port }])),
    rack: broker.rack,
    fenced: broker.fenced,
  };
}

function topicsOf(image: MetadataImage, names: readonly string[] | undefined): TopicView[] {
  const topics: TopicView[] = [];
  if (names === undefined) {
    image.topics.forEach((topic) => topics.push(topicView(image, topic)));
  } else {
    for (const name of new Set(names)) {
      const topic = image.topicByName(name);
      topics.push(topic === undefined ? unknownTopic(name) : topicView(image, topic));
    }
  }
  return topics.sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
}

function unknownTopic(name: string): TopicView {
  const problem = topicNameProblem(name);
  // One that can never be there: who waits for it to be made waits in vain.
  const error =
    problem === undefined
      ? new VarveError('UNKNOWN_TOPIC_OR_PARTITION', `There is no topic '${name}'. Create it first.`)
      : invalidTopicName(name, problem);
  return { name, error, topicId: 'AAAAAAAAAAAAAAAAAAAAAA', internal: false, partitions: [] };
}

function topicView(image: MetadataImage, topic: TopicImage): TopicView {
  const partitions: PartitionView[] = [];
  topic.partitions.forEach((state, partition) => partitions.push(partitionView(image, state, partition)));
  return { name: topic.name, error: undefined, topicId: topic.id, internal: isInternalTopic(topic.name), partitions };
}

function partitionView(image: MetadataImage, state: PartitionState, partition: number): PartitionView {
  return {
    partition,
    leader: state.leader,
    leaderEpoch: state.leaderEpoch,
    replicas: state.replicas,
    isr: state.isr,
    eligibleLeaderReplicas: state.elr,
    // The broker is away, or the disk that holds the replica (KIP-858).
    offlineReplicas: state.replicas.filter((id) => image.broker(id)?.fenced !== false || !image.isHosted(state, id)),
    addingReplicas: state.addingReplicas,
  };
}
