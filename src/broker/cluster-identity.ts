import { VarveError } from '../common/errors.js';
import type { Uuid } from '../common/ids.js';
import type { BrokerConfig } from '../metadata/configs/tables.js';

/**
 * Why a node with this configuration and these log directories must not be a broker of the cluster: it would take the logs
 * of another one for strays, and remove them.
 */
export function foreignTo(
  clusterId: Uuid,
  config: BrokerConfig,
  directories: ReadonlyArray<{ readonly path: string; readonly clusterId: Uuid | undefined }>,
): VarveError | undefined {
  if (config.clusterId !== undefined && config.clusterId !== clusterId) {
    const message = `cluster.id=${config.clusterId}, but this is cluster ${clusterId}.`;
    return new VarveError('INCONSISTENT_CLUSTER_ID', message);
  }
  const foreign = directories.find((one) => one.clusterId !== undefined && one.clusterId !== clusterId);
  if (foreign === undefined) return undefined;
  return new VarveError(
    'INCONSISTENT_CLUSTER_ID',
    `${foreign.path} belongs to cluster ${foreign.clusterId}, but the voters to cluster ${clusterId}: ` +
      'correct controller.quorum.voters, or point log.dirs at another folder.',
  );
}
