import { decodeMessage } from '../common/decode-message.js';
import type { BrokerApi } from '../broker/broker-api.js';
import type { RpcHandlers, UnaryHandler } from '../platform/transport.js';
import { varve } from '../protocol/varve.js';
import type { MessageType } from './call.js';
import { requestContext } from './call.js';

const { v1 } = varve;

/** The methods of `varve.v1.Admin` and what each takes. */
const METHODS: Readonly<Record<string, MessageType<unknown, never>>> = {
  CreateTopics: v1.CreateTopicsRequest,
  DeleteTopics: v1.DeleteTopicsRequest,
  CreatePartitions: v1.CreatePartitionsRequest,
  DeleteRecords: v1.DeleteRecordsRequest,
  DescribeConfigs: v1.DescribeConfigsRequest,
  AlterConfigs: v1.AlterConfigsRequest,
  ElectLeaders: v1.ElectLeadersRequest,
  AlterPartitionReassignments: v1.AlterPartitionReassignmentsRequest,
  ListPartitionReassignments: v1.ListPartitionReassignmentsRequest,
  DescribeCluster: v1.DescribeClusterRequest,
  DescribeQuorum: v1.DescribeQuorumRequest,
  AddVoter: v1.AddVoterRequest,
  RemoveVoter: v1.RemoveVoterRequest,
  TransferQuorumLeadership: v1.TransferQuorumLeadershipRequest,
};

/**
 * Admin calls pass through as bytes, to this node's broker or on to the active controller. They are decoded here only so
 * that a malformed one ends at the node that took it.
 */
export function adminHandlers(broker: BrokerApi): RpcHandlers {
  const unary: Record<string, UnaryHandler> = {};
  for (const [name, type] of Object.entries(METHODS)) {
    const method = `/varve.v1.Admin/${name}`;
    unary[method] = async (bytes, call) => {
      decodeMessage(type, bytes);
      return broker.admin(method, bytes, requestContext(call));
    };
  }
  return { unary, streams: {} };
}
