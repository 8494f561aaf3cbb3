import type { NodeId } from '../common/ids.js';
import type { MetadataImage } from '../metadata/image.js';
import { replicationFactorOf } from '../metadata/image.js';
import type { PartitionLeader } from '../replication/partition-leader.js';
import type { ReplicaManager } from '../replication/replica-manager.js';
import type { NodeReadings } from './node-metrics.js';

export interface ReadingSources {
  readonly nodeId: NodeId;
  readonly image: () => MetadataImage;
  readonly replicas: ReplicaManager;
  readonly offlineDirectories: () => number;
  readonly isController: () => boolean;
}

/** How the gauges are read from the parts of a node. */
export function nodeReadings(sources: ReadingSources): NodeReadings {
  const leaders = (): PartitionLeader[] => {
    const led: PartitionLeader[] = [];
    for (const { leader } of sources.replicas.replicas()) if (leader !== undefined) led.push(leader);
    return led;
  };
  /** KIP-455: those that a reassignment adds are not missed while they catch up, which may take hours. */
  const isUnderReplicated = ({ topicId, partition, isr }: PartitionLeader): boolean => {
    const state = sources.image().partition(topicId, partition);
    return state !== undefined && isr.length < replicationFactorOf(state);
  };
  return {
    offlinePartitions: () => {
      let offline = 0;
      sources.image().forEachPartition((_topic, _partition, state) => {
        if (state.leader < 0) offline++;
      });
      return offline;
    },
    underReplicatedPartitions: () => leaders().filter(isUnderReplicated).length,
    underMinIsrPartitions: () => leaders().filter((one) => one.isUnderMinIsr).length,
    leaderPartitions: () => leaders().length,
    replicaPartitions: () => sources.replicas.replicas().length,
    offlineLogDirectories: sources.offlineDirectories,
    activeController: () => (sources.isController() ? 1 : 0),
    fencedBrokers: () => {
      let fenced = 0;
      sources.image().brokers.forEach((broker) => {
        if (broker.fenced) fenced++;
      });
      return fenced;
    },
  };
}
