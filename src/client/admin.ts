import { VarveError } from '../common/errors.js';
import type { ErrorName } from '../common/errors.js';
import { MAX_DESCRIBED_RESOURCES } from '../common/request-limits.js';
import type { Clock } from '../platform/clock.js';
import { varve } from '../protocol/varve.js';
import * as types from './admin-types.js';
import { Cluster, HARMLESS_ATTEMPT_MS } from './cluster.js';
import { CLIENT_OPTIONS, checkNames } from './options.js';
import type { ClientOptions } from './options.js';
import { isAsAskedFor } from './topic-shape.js';
import { untilKnown } from './until-known.js';
import { changeVoters, furthestVoter } from './voter-changes.js';
import type { VoterChange } from './voter-changes.js';
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

  /**
   * Makes one topic. Rejects with TOPIC_ALREADY_EXISTS, INVALID_REPLICATION_FACTOR and the like; not where an attempt whose
   * answer was lost has made it.
   */
  async createTopic(spec: types.TopicSpec): Promise<types.CreatedTopic> {
    const [result] = await this.createTopics([spec]);
    return succeeded(result, 'CreateTopics');
  }

  async createTopics(
    specs: readonly types.TopicSpec[],
    options: { readonly validateOnly?: boolean } = {},
  ): Promise<types.CreatedTopic[]> {
    const request = {
      topics: specs.map((spec) => ({
        name: spec.name,
        partitions: count(spec.partitions, 'partitions', 'INVALID_PARTITIONS'),
        replication_factor: count(spec.replicationFactor, 'replicationFactor', 'INVALID_REPLICATION_FACTOR'),
        configs: { ...spec.configs },
        assignment: assignmentMessage(spec.assignment),
      })),
      validate_only: options.validateOnly ?? false,
      timeout_ms: this.#cluster.requestTimeoutMs,
    };
    const { CreateTopicsRequest: Request, CreateTopicsResponse: Response } = v1;
    const { answer, answerLost } = await this.#change('CreateTopics', Request, Response, request);
    const created = answer.topics.map(types.createdTopic);
    if (!answerLost || options.validateOnly === true) return created;
    return Promise.all(created.map((each) => this.#unlessMade(each, specs)));
  }

  /** The topic that an attempt has made whose answer was lost; else the `result` as it is. */
  async #unlessMade(result: types.CreatedTopic, specs: readonly types.TopicSpec[]): Promise<types.CreatedTopic> {
    const spec = specs.find((each) => each.name === result.name);
    if (result.error?.code !== 'TOPIC_ALREADY_EXISTS' || spec === undefined) return result;
    const [topic, settings] = await untilKnown(
      this.#clock,
      async () => {
        const [described] = await this.describeTopics([spec.name]);
        const [own] = await this.describeConfigs([{ type: 'topic', name: spec.name }]);
        return [described, own] as const;
      },
      (found) => found.every((each) => each !== undefined && each.error === undefined),
    );
    const replicas = (topic?.partitions ?? []).map((each) => each.replicas);
    const own = (settings?.entries ?? []).filter((each) => each.source === 'DYNAMIC_TOPIC_CONFIG');
    const { assignment, configs = {} } = spec;
    const [partitions, replicationFactor] = [stated(spec.partitions), stated(spec.replicationFactor)];
    const asked = { partitions, replicationFactor, assignment, configs };
    const found = { replicas, configs: Object.fromEntries(own.map(({ name, value }) => [name, value])) };
    if (topic?.error !== undefined || !isAsAskedFor(asked, found)) return result;
    return {
      name: spec.name,
      error: undefined,
      topicId: topic?.topicId,
      partitions: replicas.length,
      replicationFactor: replicas[0]?.length ?? 0,
    };
  }

  async deleteTopic(name: string): Promise<void> {
    const [result] = await this.deleteTopics([name]);
    succeeded(result, 'DeleteTopics');
  }

  /** A topic that is gone by an attempt whose answer was lost is deleted: that it is not there is no failure then. */
  async deleteTopics(names: readonly string[]): Promise<types.TopicResult[]> {
    const request = { names: [...names], timeout_ms: this.#cluster.requestTimeoutMs };
    const { DeleteTopicsRequest: Request, DeleteTopicsResponse: Response } = v1;
    const { answer, answerLost } = await this.#change('DeleteTopics', Request, Response, request);
    return answer.topics.map(topicResult).map((each) => unlessDone(each, answerLost, 'UNKNOWN_TOPIC_OR_PARTITION'));
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
    const request = {
      topics: [{ name, total_count: totalCount, assignment: assignmentMessage(options.assignment) }],
      validate_only: options.validateOnly ?? false,
      timeout_ms: this.#cluster.requestTimeoutMs,
    };
    const { CreatePartitionsRequest: Request, CreatePartitionsResponse: Response } = v1;
    const { answer, answerLost } = await this.#change('CreatePartitions', Request, Response, request);
    const result = answer.topics.map(topicResult)[0];
    if (answerLost && result?.error?.code === 'INVALID_PARTITIONS' && options.validateOnly !== true) {
      // The attempt whose answer was lost may have made them.
      const [topic] = await untilKnown(
        this.#clock,
        () => this.describeTopics([name]),
        ([found]) => found !== undefined && found.partitions.length >= totalCount,
      );
      if (topic?.partitions.length === totalCount) return;
    }
    succeeded(result, 'CreatePartitions');
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
      const answer = await this.#read('DescribeConfigs', v1.DescribeConfigsRequest, v1.DescribeConfigsResponse, {
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
    const { ElectLeadersRequest: Request, ElectLeadersResponse: Response } = v1;
    const { answer, answerLost } = await this.#change('ElectLeaders', Request, Response, {
      type: type === 'unclean' ? v1.ElectionType.ELECTION_UNCLEAN : v1.ElectionType.ELECTION_PREFERRED,
      partitions: partitions.map((each) => ({ topic: each.topic, partitions: [...each.partitions] })),
    });
    return answer.partitions.map(partitionResult).map((each) => unlessDone(each, answerLost, 'ELECTION_NOT_NEEDED'));
  }

  /**
   * Moves partitions to other replicas; without `replicas` an ongoing move is cancelled. NO_REASSIGNMENT_IN_PROGRESS of one
   * that is to be cancelled: nothing moves. Where an attempt's answer was lost, that may have cancelled it; or the move had
   * finished: see its replicas.
   */
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
    const answer = await this.#read(
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
    const answer = await this.#read('DescribeCluster', v1.DescribeClusterRequest, v1.DescribeClusterResponse, {});
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
    const { UnregisterBrokerRequest: Request, UnregisterBrokerResponse: Response } = v1;
    let answerLost = false;
    const onAnswerLost = (): void => void (answerLost = true);
    try {
      await this.#cluster.call('/varve.v1.Admin/UnregisterBroker', Request, Response, request, { onAnswerLost });
    } catch (error) {
      // The attempt whose answer was lost has taken it out.
      const isGone = error instanceof VarveError && error.code === 'BROKER_ID_NOT_REGISTERED';
      if (!answerLost || !isGone) throw error;
    }
  }

  async describeQuorum(): Promise<types.QuorumDescription> {
    const answer = await this.#read('DescribeQuorum', v1.DescribeQuorumRequest, v1.DescribeQuorumResponse, {});
    return types.quorumDescription(answer);
  }

  addVoter(nodeId: number, directoryId: string): Promise<void> {
    return this.#changeVoters('add', 'AddVoter', v1.AddVoterRequest, v1.AddVoterResponse, { nodeId, directoryId });
  }

  removeVoter(nodeId: number, directoryId: string): Promise<void> {
    const { RemoveVoterRequest: Request, RemoveVoterResponse: Response } = v1;
    return this.#changeVoters('remove', 'RemoveVoter', Request, Response, { nodeId, directoryId });
  }

  #changeVoters<Response>(
    kind: VoterChange['kind'],
    method: string,
    request: Encoder,
    response: Decoder<Response>,
    voter: VoterChange['voter'],
  ): Promise<void> {
    const path = `/varve.v1.Admin/${method}`;
    const message = { node_id: voter.nodeId, directory_id: voter.directoryId };
    return changeVoters({
      kind,
      voter,
      clock: this.#clock,
      timeoutMs: this.#cluster.requestTimeoutMs,
      attempt: (onAnswerLost) => this.#cluster.call(path, request, response, message, { onAnswerLost }),
      describe: () => this.describeQuorum(),
    });
  }

  /** Hands the quorum to another voter, by default the one that is furthest; gives the new leader. */
  async transferQuorumLeadership(toNodeId?: number): Promise<number> {
    // By its number: a call that is repeated after a lost answer moves the leadership on from there otherwise.
    const to = toNodeId === undefined || toNodeId < 0 ? furthestVoter(await this.describeQuorum()) : toNodeId;
    const answer = await this.#call(
      'TransferQuorumLeadership',
      v1.TransferQuorumLeadershipRequest,
      v1.TransferQuorumLeadershipResponse,
      { to_node_id: to },
    );
    return answer.leader_id;
  }

  get #clock(): Clock {
    return this.#cluster.platform.clock;
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

  /** As `#call`, of what does no harm twice: a node that hangs costs one attempt. */
  #read<Response>(method: string, request: Encoder, response: Decoder<Response>, message: object): Promise<Response> {
    const path = `/varve.v1.Admin/${method}`;
    return this.#cluster.call(path, request, response, message, { attemptMs: HARMLESS_ATTEMPT_MS });
  }

  /** As `#call`. `answerLost`: an attempt before the one that was answered may have done what was asked. */
  async #change<Response>(
    method: string,
    request: Encoder,
    response: Decoder<Response>,
    message: object,
  ): Promise<{ readonly answer: Response; readonly answerLost: boolean }> {
    let answerLost = false;
    const onAnswerLost = (): void => void (answerLost = true);
    const path = `/varve.v1.Admin/${method}`;
    const answer = await this.#cluster.call(path, request, response, message, { onAnswerLost });
    return { answer, answerLost };
  }

  #metadata(names: readonly string[] | undefined): Promise<varve.v1.MetadataResponse> {
    const request = { topics: [...(names ?? [])], brokers_only: names !== undefined && names.length === 0 };
    const { MetadataRequest: Request, MetadataResponse: Response } = v1;
    const options = { attemptMs: HARMLESS_ATTEMPT_MS };
    return this.#cluster.call('/varve.v1.Varve/Metadata', Request, Response, request, options);
  }
}

/** Undefined: the cluster's default. */
function stated(given: number | undefined): number | undefined {
  return given === -1 ? undefined : given;
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

/** A result without the error that tells that there is nothing to do, where an attempt whose answer was lost did it. */
function unlessDone<Result extends { readonly error: VarveError | undefined }>(
  result: Result,
  answerLost: boolean,
  code: ErrorName,
): Result {
  return answerLost && result.error?.code === code ? { ...result, error: undefined } : result;
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
