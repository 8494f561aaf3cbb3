import { decodeMessage } from '../common/decode-message.js';
import { VarveError } from '../common/errors.js';
import type { NodeId } from '../common/ids.js';
import { TransportError } from '../platform/transport.js';
import type { RpcClient, RpcStream } from '../platform/transport.js';
import { varve } from '../protocol/controller.js';
import type { Raft } from '../raft/api.js';
import { localHeartbeats } from './local-heartbeats.js';
import type { ProducerIdBlock } from './producer-ids.js';

export const REGISTER_BROKER = '/varve.internal.Controller/RegisterBroker';
export const HEARTBEAT = '/varve.internal.Controller/Heartbeat';
export const ALTER_PARTITION = '/varve.internal.Controller/AlterPartition';
export const REPORT_TRUNCATION = '/varve.internal.Controller/ReportTruncation';
export const ALLOCATE_PRODUCER_IDS = '/varve.internal.Controller/AllocateProducerIds';
export const FORWARD_ADMIN = '/varve.internal.Controller/ForwardAdmin';
export const IDENTIFY = '/varve.internal.Node/Identify';

/** A broker's side of the stream that tells the controller that it lives. */
export type HeartbeatStream = Pick<RpcStream, 'send' | 'onMessage' | 'onClose' | 'cancel'>;
/** The controller's side of it. */
export type ServedHeartbeatStream = Pick<RpcStream, 'send' | 'onMessage' | 'onClose' | 'end'>;

/** The controller's answer to an admin request, and the offset of metadata that has what it decided. */
export interface AdminAnswer {
  readonly response: Uint8Array;
  readonly metadataOffset: number;
}

export interface ControllerLinkOptions {
  readonly nodeId: NodeId;
  readonly raft: Pick<Raft, 'leaderId' | 'openStream'>;
  /** Connects to a voter's INTERNAL listener over the connection kept for requests to the controller. */
  readonly clientOf: (nodeId: NodeId) => RpcClient | undefined;
  /** Serves this node's own heartbeats while it is the controller. */
  readonly serveOwnHeartbeats: (stream: ServedHeartbeatStream) => void;
  readonly timeoutMs: number;
}

/** This broker's way to whoever is the active controller now. */
export class ControllerLink {
  readonly #options: ControllerLinkOptions;

  constructor(options: ControllerLinkOptions) {
    this.#options = options;
  }

  get controllerId(): NodeId | undefined {
    return this.#options.raft.leaderId;
  }

  async register(request: varve.internal.IRegisterBrokerRequest): Promise<varve.internal.RegisterBrokerResponse> {
    const bytes = varve.internal.RegisterBrokerRequest.encode(request).finish();
    return decodeMessage(varve.internal.RegisterBrokerResponse, await this.#call(REGISTER_BROKER, bytes));
  }

  async alterPartition(request: varve.internal.IAlterPartitionRequest): Promise<varve.internal.AlterPartitionResponse> {
    const bytes = varve.internal.AlterPartitionRequest.encode(request).finish();
    return decodeMessage(varve.internal.AlterPartitionResponse, await this.#call(ALTER_PARTITION, bytes));
  }

  /** Resolves once the controller's decision is committed. */
  async reportTruncation(request: varve.internal.IReportTruncationRequest): Promise<void> {
    await this.#call(REPORT_TRUNCATION, varve.internal.ReportTruncationRequest.encode(request).finish());
  }

  /** For this broker, as it registered last. */
  async allocateProducerIds(brokerEpoch: number): Promise<ProducerIdBlock> {
    const request = { version: 1, node_id: this.#options.nodeId, broker_epoch: brokerEpoch };
    const bytes = varve.internal.AllocateProducerIdsRequest.encode(request).finish();
    const answer = await this.#call(ALLOCATE_PRODUCER_IDS, bytes);
    const block = decodeMessage(varve.internal.AllocateProducerIdsResponse, answer);
    return { firstProducerId: block.first_producer_id, length: block.length };
  }

  async admin(request: varve.internal.IForwardAdminRequest, timeoutMs: number): Promise<AdminAnswer> {
    const bytes = varve.internal.ForwardAdminRequest.encode(request).finish();
    const answer = await this.#call(FORWARD_ADMIN, bytes, timeoutMs);
    const { response, metadata_offset } = decodeMessage(varve.internal.ForwardAdminResponse, answer);
    return { response, metadataOffset: metadata_offset };
  }

  /**
   * Undefined while no controller is known. It shares Raft's connection: what this node says to the leader of the quorum and
   * to the controller, which are one, goes in one packet.
   */
  openHeartbeat(): HeartbeatStream | undefined {
    const { nodeId, raft, clientOf, serveOwnHeartbeats } = this.#options;
    const id = raft.leaderId;
    if (id === undefined) return undefined;
    if (id === nodeId) return localHeartbeats(serveOwnHeartbeats);
    return raft.openStream(id, HEARTBEAT) ?? clientOf(id)?.stream(HEARTBEAT);
  }

  async #call(method: string, request: Uint8Array, timeoutMs = this.#options.timeoutMs): Promise<Buffer> {
    const id = this.controllerId;
    const client = id === undefined ? undefined : this.#options.clientOf(id);
    if (client === undefined) {
      throw new VarveError('NOT_CONTROLLER', 'No active controller is known at the moment. Try again.');
    }
    try {
      return await client.unary(method, request, { timeoutMs });
    } catch (error) {
      if (!(error instanceof TransportError)) throw error;
      const code = error.kind === 'timeout' ? 'REQUEST_TIMED_OUT' : 'NETWORK_EXCEPTION';
      throw new VarveError(code, `The active controller, node ${id}, gave no answer: ${error.message}. Try again.`, {
        cause: error,
      });
    }
  }
}
