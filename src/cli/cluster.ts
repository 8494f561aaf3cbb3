import { VarveError } from '../common/errors.js';
import { varve } from '../protocol/varve.js';
import type { ConnectionOptions, Session } from './session.js';
import { withSession } from './session.js';
import type { Surroundings } from './surroundings.js';
import { isUnderReplicated } from './under-replicated.js';

const { v1 } = varve;

interface Health {
  readonly topics: number;
  readonly partitions: number;
  readonly offline: number;
  readonly underReplicated: number;
}

/** Prints the brokers, who is controller, and how many partitions are short of replicas. */
export function clusterStatus(surroundings: Surroundings, options: ConnectionOptions): Promise<void> {
  return withSession(surroundings, options, async (session) => {
    const { cluster, report } = session;
    const described = await cluster.call(
      '/varve.v1.Admin/DescribeCluster',
      v1.DescribeClusterRequest,
      v1.DescribeClusterResponse,
      v1.DescribeClusterRequest.create(),
    );
    const brokers = described.brokers
      .map((broker) => ({
        nodeId: broker.node_id ?? 0,
        host: broker.host ?? '',
        port: broker.port ?? 0,
        rack: broker.rack ?? '',
        state: broker.fenced ? 'fenced' : 'up',
        controller: (broker.node_id ?? 0) === described.controller_id,
      }))
      .sort((a, b) => a.nodeId - b.nodeId);
    const health = await partitionHealth(session);
    const status = {
      clusterId: described.cluster_id,
      controllerId: described.controller_id,
      metadataVersion: described.metadata_version,
      metadataOffset: described.metadata_offset,
      brokers,
      ...health,
    };
    report.give(status, () => {
      const { colors } = report;
      const controller = status.controllerId < 0 ? colors.red('none') : `node ${status.controllerId}`;
      report.line(
        `Cluster ${colors.bold(status.clusterId)}, controller ${controller}, metadata at ${status.metadataOffset}`,
      );
      report.table(
        ['NODE', 'ADDRESS', 'RACK', 'STATE', ''],
        brokers.map((broker) => [
          broker.nodeId,
          `${broker.host}:${broker.port}`,
          broker.rack || '-',
          broker.state === 'up' ? colors.green('up') : colors.red('fenced'),
          broker.controller ? 'controller' : '',
        ]),
      );
      const offline = health.offline > 0 ? colors.red(`${health.offline} offline`) : '0 offline';
      const under = `${health.underReplicated} under-replicated`;
      const short = health.underReplicated > 0 ? colors.yellow(under) : under;
      report.line(`${health.topics} topics, ${health.partitions} partitions, ${offline}, ${short}`);
    });
  });
}

/** Takes a stopped broker out of the cluster for good. */
export function unregisterBroker(
  surroundings: Surroundings,
  nodeId: number,
  options: ConnectionOptions,
): Promise<void> {
  return withSession(surroundings, options, async ({ cluster, report }) => {
    const { UnregisterBrokerRequest: Request, UnregisterBrokerResponse: Response } = v1;
    const request = Request.create({ node_id: nodeId });
    const lostAt: string[] = [];
    const onAnswerLost = (address: string): void => void lostAt.push(address);
    try {
      await cluster.call('/varve.v1.Admin/UnregisterBroker', Request, Response, request, onAnswerLost);
    } catch (error) {
      // A node that gave no answer has taken it out.
      const isGone = error instanceof VarveError && error.code === 'BROKER_ID_NOT_REGISTERED';
      if (!isGone || lostAt.length === 0) throw error;
    }
    report.give({ nodeId, registered: false }, () => report.line(`Broker ${nodeId} is unregistered.`));
  });
}

async function partitionHealth({ cluster }: Session): Promise<Health> {
  const metadata = await cluster.call(
    '/varve.v1.Varve/Metadata',
    v1.MetadataRequest,
    v1.MetadataResponse,
    v1.MetadataRequest.create(),
  );
  const partitions = metadata.topics.flatMap((topic) => topic.partitions ?? []);
  return {
    topics: metadata.topics.length,
    partitions: partitions.length,
    offline: partitions.filter((partition) => (partition.leader ?? 0) < 0).length,
    underReplicated: partitions.filter(isUnderReplicated).length,
  };
}
