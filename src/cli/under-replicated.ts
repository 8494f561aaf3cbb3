import type { varve } from '../protocol/varve.js';

/** Whether a replica is missing from the ISR. KIP-455: those that a reassignment adds are none before they have caught up. */
export function isUnderReplicated(partition: varve.v1.IPartitionMetadata): boolean {
  const replicationFactor = (partition.replicas?.length ?? 0) - (partition.adding_replicas?.length ?? 0);
  return (partition.isr?.length ?? 0) < replicationFactor;
}
