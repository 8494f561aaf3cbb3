import type { BrokerConfig } from './tables.js';

/**
 * default.replication.factor where it is not set: three replicas, or as many as there are nodes. Voters that have not
 * registered yet count, so that a topic made while a cluster starts does not stay with one replica.
 */
export function defaultReplicationFactor(
  config: Pick<BrokerConfig, 'defaultReplicationFactor'>,
  registeredBrokers: number,
  configuredVoters: number,
): number {
  return config.defaultReplicationFactor ?? Math.min(3, Math.max(1, registeredBrokers, configuredVoters));
}

/**
 * min.insync.replicas in force for one partition: what is configured, at most the replicas there are (KIP-966), or a
 * majority of them where nothing is configured. Controller and leader must agree on it: both use this function.
 */
export function effectiveMinInsyncReplicas(configured: number | undefined, replicationFactor: number): number {
  return Math.min(configured ?? Math.floor(replicationFactor / 2) + 1, replicationFactor);
}
