import { VarveError } from '../common/errors.js';
import type { ErrorName } from '../common/errors.js';
import { uuidFromBytes } from '../common/ids.js';
import { MAX_DESCRIBED_RESOURCES } from '../common/request-limits.js';
import { varve } from '../protocol/varve.js';
import * as types from './admin-types.js';
import { Cluster } from './cluster.js';
import { CLIENT_OPTIONS, checkNames } from './options.js';
import type { ClientOptions } from './options.js';
import { wireError } from './wire-error.js';

const { v1 } = varve;

interface Encoder {
  encode(message: never): { finish(): Uint8Array };
}
interface Decoder<Response> {
  encode(message: never): { finish(): Uint8Array };
  decode(bytes: Uint8Array): Response;
}

/**
 * Manages topics, configurations, partitions and the quorum. Any node takes a call. Calls on several things give one
 * result for each, with an `error` where that one failed; the call itself rejects when none could be tried.
 */
export class Admin {
  readonly #cluster: Cluster;

  constructor(options: ClientOptions) {
    checkNames(options, CLIENT_OPTIONS, 'client for administration');
    this.#cluster = new Cluster(options);
  }

  /** Makes one topic. Rejects with TOPIC_ALREADY_EXISTS, INVALID_REPLICATION_FACTOR and the like. */
  async createTopic(spec: types.TopicSpec): Promise<types.CreatedTopic> {
    const [result] = await this.createTopics([spec]);
    return succeeded(result, 'CreateTopics');
  }

  async createTopics(
    specs: readonly types.TopicSpec[],
    options: { readonly validateOnly?: boolean } = {},
  ): Promise<types.CreatedTopic[]> {
    const answer = await this.#call('CreateTopics', v1.CreateTopicsRequest, v1.CreateTopicsResponse, {
      topics: specs.map((spec) => ({
        name: spec.name,
        partitions: count(spec.partitions, 'partitions', 'INVALID_PARTITIONS'),
        replication_factor: count(spec.replicationFactor, 'replicationFactor', 'INVALID_REPLICATION_FACTOR'),
        configs: { ...spec.configs },
        assignment: assignmentMessage(spec.assignment),
      })),
      validate_only: options.validateOnly ?? false,
      timeout_ms: this.#cluster.requestTimeoutMs,
    });
    return answer.topics.map((each) => ({
      name: each.name ?? '',
      error: wireError(each.error),
      topicId: (each.topic_id?.length ?? 0) === 16 ? uuidFromBytes(each.topic_id ?? new Uint8Array(16)) : undefined,
      partitions: each.partitions ?? 0,
      replicationFactor: each.replication_factor ?? 0,
    }));
  }

  async deleteTopic(name: string): Promise<void> {
    const [result] = await this.deleteTopics([name]);
    succeeded(result, 'DeleteTopics');
  }

  async deleteTopics(names: readonly string[]): Promise<types.TopicResult[]> {
    const answer = await this.#call('DeleteTopics', v1.DeleteTopicsRequest, v1.DeleteTopicsResponse, {
      names: [...names],
      timeout_ms: this.#cluster.requestTimeoutMs,
    });
    return answer.topics.map(topicResult);
  }

  /** Names, ids and partitions of topics; of all without `names`. */
  async describeTopics(names?: readonly string[]): Promise<types.TopicDescription[]> {
    const answer = await this.#metadata(names);
    return answer.topics.map(types.topicDescription);
  }

  async listTopics(): Promise<string[]> {
    return (await this.describeTopics()).filter((each) => !each.internal).map((each) => each.name);
  }

  /** Raises the number of partitions of one topic to `totalCount`. */
  async createPartitions(
    name: string,
    totalCount: number,
    options: { readonly assignment?: readonly (readonly number[])[]; readonly validateOnly?: boolean } = {},
  ): Promise<void> {
    if (!Number.isInteger(totalCount) || totalCount < 1) {
      throw new VarveError('INVALID_PARTITIONS', `totalCount is an integer of at least 1, not ${String(totalCount)}.`);
    }
    const answer = await this.#call('CreatePartitions', v1.CreatePartitionsRequest, v1.CreatePartitionsResponse, {
      topics: [{ name, total_count: totalCount, assignment: assignmentMessage(options.assignment) }],
      validate_only: options.validateOnly ?? false,
      timeout_ms: this.#cluster.requestTimeoutMs,
    });
    succeeded(answer.topics.map(topicResult)[0], 'CreatePartitions');
  }

  /** Removes the records below an offset (-1: all that are replicated). */
  async deleteRecords(partitions: readonly types.DeleteRecordsSpec[]): Promise<types.DeletedRecords[]> {
    const answer = await this.#call('DeleteRecords', v1.DeleteRecordsRequest, v1.DeleteRecordsResponse, {
      partitions: partitions.map((each) => ({
        topic: each.topic,
        partition: each.partition,
        before_offset: Number(each.beforeOffset),
      })),
      timeout_ms: this.#cluster.requestTimeoutMs,
    });
    return answer.partitions.map((each) => ({
      topic: each.topic ?? '',
      partition: each.partition ?? 0,
      error: wireError(each.error),
      lowWatermark: BigInt(each.low_watermark ?? -1),
    }));
  }

  /** All settings of topics and brokers; one that is named twice is described once. */
  async describeConfigs(resources: readonly types.ConfigResource[]): Promise<types.ConfigDescription[]> {
    const described: types.ConfigDescription[] = [];
    for (let at = 0; at < resources.length; at += MAX_DESCRIBED_RESOURCES) {
      const answer = await this.#call('DescribeConfigs', v1.DescribeConfigsRequest, v1.DescribeConfigsResponse, {
        resources: resources.slice(at, at + MAX_DESCRIBED_RESOURCES).map(types.resourceMessage),
      });
      for (const each of answer.resources) {
        described.push({
          resource: types.resourceOf(each.resource),
          error: wireError(each.error),
          entries: (each.entries ?? []).map(types.configEntry),
        });
      }
    }
    return described;
  }

  async alterConfigs(
    alterations: readonly types.ConfigAlteration[],
    options: { readonly validateOnly?: boolean } = {},
  ): Promise<types.AlteredConfig[]> {
    const answer = await this.#call('AlterConfigs', v1.AlterConfigsRequest, v1.AlterConfigsResponse, {
      alterations: alterations.map((each) => ({
        resource: types.resourceMessage(each.resource),
        changes: each.changes.map(types.changeMessage),
      })),
      validate_only: options.validateOnly ?? false,
    });
    return answer.results.map((each) => ({ resource: types.resourceOf(each.resource), error: wireError(each.error) }));
  }

  /** Elects the preferred leaders (or, uncleanly, any) of partitions; of all without `partitions`. */
  async electLeaders(
    type: 'preferred' | 'unclean',
    partitions: readonly types.TopicPartitions[] = [],
  ): Promise<types.PartitionResult[]> {
    const answer = await this.#call('ElectLeaders', v1.ElectLeadersRequest, v1.ElectLeadersResponse, {
      type: type === 'unclean' ? v1.ElectionType.ELECTION_UNCLEAN : v1.ElectionType.ELECTION_PREFERRED,
      partitions: partitions.map((each) => ({ topic: each.topic, partitions: [...each.partitions] })),
    });
    return answer.partitions.map(partitionResult);
  }

  /** Moves partitions to other replicas; without `replicas` an ongoing move is cancelled. */
  async alterPartitionReassignments(reassignments: readonly types.Reassignment[]): Promise<types.PartitionResult[]> {
    const answer = await this.#call(
      'AlterPartitionReassignments',
      v1.AlterPartitionReassignmentsRequest,
      v1.AlterPartitionReassignmentsResponse,
      {
        reassignments: reassignments.map((each) => ({
          topic: each.topic,
          partition: each.partition,
          replicas: [...(each.replicas ?? [])],
          cancel: each.replicas === undefined,
        })),
      },
    );
    return answer.partitions.map(partitionResult);
  }

  async listPartitionReassignments(
    partitions: readonly types.TopicPartitions[] = [],
  ): Promise<types.OngoingReassignment[]> {
    const answer = await this.#call(
      'ListPartitionReassignments',
      v1.ListPartitionReassignmentsRequest,
      v1.ListPartitionReassignmentsResponse,
      { partitions: partitions.map((each) => ({ topic: each.topic, partitions: [...each.partitions] })) },
    );
    return answer.reassignments.map((each) => ({
      topic: each.topic ?? '',
      partition: each.partition ?? 0,
      replicas: each.replicas ?? [],
      addingReplicas: each.adding_replicas ?? [],
      removingReplicas: each.removing_replicas ?? [],
    }));
  }

  async describeCluster(): Promise<types.ClusterDescription> {
    const answer = await this.#call('DescribeCluster', v1.DescribeClusterRequest, v1.DescribeClusterResponse, {});
    return {
      clusterId: answer.cluster_id,
      controllerId: answer.controller_id,
      brokers: answer.brokers.map(types.brokerDescription),
      metadataVersion: answer.metadata_version,
      metadataOffset: BigInt(answer.metadata_offset),
    };
  }

  /** Takes a stopped broker out of the cluster for good. Rejects with BROKER_ID_NOT_REGISTERED, INVALID_REQUEST (it runs). */
  async unregisterBroker(nodeId: number): Promise<void> {
    const request = { node_id: nodeId };
    await this.#call('UnregisterBroker', v1.UnregisterBrokerRequest, v1.UnregisterBrokerResponse, request);
  }

  async describeQuorum(): Promise<types.QuorumDescription> {
    const answer = await this.#call('DescribeQuorum', v1.DescribeQuorumRequest, v1.DescribeQuorumResponse, {});
    return {
      leaderId: answer.leader_id,
      leaderEpoch: answer.leader_epoch,
      commitOffset: BigInt(answer.commit_offset),
      voters: answer.voters.map(types.quorumReplica),
      observers: answer.observers.map(types.quorumReplica),
    };
  }

  async addVoter(nodeId: number, directoryId: string): Promise<void> {
    const request = { node_id: nodeId, directory_id: directoryId };
    await this.#call('AddVoter', v1.AddVoterRequest, v1.AddVoterResponse, request);
  }

  async removeVoter(nodeId: number, directoryId: string): Promise<void> {
    const request = { node_id: nodeId, directory_id: directoryId };
    await this.#call('RemoveVoter', v1.RemoveVoterRequest, v1.RemoveVoterResponse, request);
  }

  /** Hands the quorum to another voter, by default the one that is furthest; gives the new leader. */
  async transferQuorumLeadership(toNodeId = -1): Promise<number> {
    const answer = await this.#call(
      'TransferQuorumLeadership',
      v1.TransferQuorumLeadershipRequest,
      v1.TransferQuorumLeadershipResponse,
      { to_node_id: toNodeId },
    );
    return answer.leader_id;
  }

  async close(): Promise<void> {
    this.#cluster.close();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  #call<Response>(method: string, request: Encoder, response: Decoder<Response>, message: object): Promise<Response> {
    return this.#cluster.call(`/varve.v1.Admin/${method}`, request, response, message);
  }

  #metadata(names: readonly string[] | undefined): Promise<varve.v1.MetadataResponse> {
    return this.#cluster.call('/varve.v1.Varve/Metadata', v1.MetadataRequest, v1.MetadataResponse, {
      topics: [...(names ?? [])],
      brokers_only: names !== undefined && names.length === 0,
    });
  }
}

/** A number of something that is at least one; -1, the cluster's default, for none given. */
function count(given: number | undefined, name: string, code: ErrorName): number {
  if (given === undefined || given === -1) return -1;
  if (Number.isInteger(given) && given > 0) return given;
  throw new VarveError(
    code,
    `${name} is an integer of at least 1, or left out for the cluster's default, not ${given}.`,
  );
}

function assignmentMessage(assignment: readonly (readonly number[])[] | undefined): varve.v1.IReplicaAssignment[] {
  return (assignment ?? []).map((replicas) => ({ replicas: [...replicas] }));
}

function topicResult(result: varve.v1.ITopicResult): types.TopicResult {
  return { name: result.name ?? '', error: wireError(result.error) };
}

function partitionResult(result: varve.v1.IPartitionResult): types.PartitionResult {
  return { topic: result.topic ?? '', partition: result.partition ?? 0, error: wireError(result.error) };
}

function succeeded<Result extends { readonly error: VarveError | undefined }>(
  result: Result | undefined,
  method: string,
): Result {
  if (result === undefined) throw new Error(`The answer to ${method} is empty.`);
  if (result.error !== undefined) throw result.error;
  return result;
}
