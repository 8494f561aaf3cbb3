import type { BrokerApi } from '../broker/broker-api.js';
import type { RpcHandlers, UnaryHandler } from '../platform/transport.js';
import { varve } from '../protocol/varve.js';
import type { RepeatedFields } from './bounded-decoding.js';
import { decodeBounded } from './bounded-decoding.js';
import type { MessageType } from './call.js';
import { requestContext } from './call.js';

const { v1 } = varve;

interface AdminMethod {
  readonly request: MessageType<unknown, never>;
  readonly repeated: RepeatedFields;
}

const assignment = { within: { replicas: {} } };
const topicPartitions = { within: { partitions: {} } };

/** The methods of `varve.v1.Admin`, what each takes, and which fields of that are repeated. */
const METHODS: Readonly<Record<string, AdminMethod>> = {
  CreateTopics: {
    request: v1.CreateTopicsRequest,
    repeated: { topics: { within: { configs: {}, assignment } } },
  },
  DeleteTopics: { request: v1.DeleteTopicsRequest, repeated: { names: {} } },
  CreatePartitions: {
    request: v1.CreatePartitionsRequest,
    repeated: { topics: { within: { assignment } } },
  },
  DeleteRecords: { request: v1.DeleteRecordsRequest, repeated: { partitions: { most: 10_000 } } },
  DescribeConfigs: { request: v1.DescribeConfigsRequest, repeated: { resources: {} } },
  AlterConfigs: {
    request: v1.AlterConfigsRequest,
    repeated: { alterations: { within: { changes: {} } } },
  },
  ElectLeaders: { request: v1.ElectLeadersRequest, repeated: { partitions: topicPartitions } },
  AlterPartitionReassignments: {
    request: v1.AlterPartitionReassignmentsRequest,
    repeated: { reassignments: { within: { replicas: {} } } },
  },
  ListPartitionReassignments: {
    request: v1.ListPartitionReassignmentsRequest,
    repeated: { partitions: topicPartitions },
  },
  DescribeCluster: { request: v1.DescribeClusterRequest, repeated: {} },
  UnregisterBroker: { request: v1.UnregisterBrokerRequest, repeated: {} },
  DescribeQuorum: { request: v1.DescribeQuorumRequest, repeated: {} },
  AddVoter: { request: v1.AddVoterRequest, repeated: {} },
  RemoveVoter: { request: v1.RemoveVoterRequest, repeated: {} },
  TransferQuorumLeadership: { request: v1.TransferQuorumLeadershipRequest, repeated: {} },
};

/**
 * Admin calls pass through as bytes, to this node's broker or on to the active controller. They are decoded here only so
 * that a malformed one ends at the node that took it.
 */
export function adminHandlers(broker: BrokerApi): RpcHandlers {
  const unary: Record<string, UnaryHandler> = {};
  for (const [name, { request, repeated }] of Object.entries(METHODS)) {
    const method = `/varve.v1.Admin/${name}`;
    unary[method] = async (bytes, call) => {
      decodeBounded(request, bytes, repeated);
      return broker.admin(method, bytes, requestContext(call));
    };
  }
  return { unary, streams: {} };
}
