import { decodeMessage } from '../common/decode-message.js';
import { VarveError } from '../common/errors.js';
import type { NodeId } from '../common/ids.js';
import type { Address } from '../platform/transport.js';
import { varve } from '../protocol/varve.js';
import type { Raft, ReplicaStatus } from '../raft/api.js';
import { notController } from '../raft/refusals.js';

const DESCRIBE = '/varve.v1.Admin/DescribeQuorum';
const ADD_VOTER = '/varve.v1.Admin/AddVoter';
const REMOVE_VOTER = '/varve.v1.Admin/RemoveVoter';
const TRANSFER = '/varve.v1.Admin/TransferQuorumLeadership';

const METHODS: ReadonlySet<string> = new Set([DESCRIBE, ADD_VOTER, REMOVE_VOTER, TRANSFER]);

/** Whether the method is answered by the quorum's leader itself, not by records of the controller. */
export function isQuorumMethod(method: string): boolean {
  return METHODS.has(method);
}

/**
 * Answers one of them on the leader; `request` and the answer are encoded messages of varve.v1. Throws NOT_CONTROLLER
 * elsewhere: who led a moment ago knows of no observers, and of no progress but its own.
 */
export async function quorumAdmin(
  raft: Raft,
  addressOf: (nodeId: NodeId) => Address | undefined,
  method: string,
  request: Uint8Array,
): Promise<Uint8Array> {
  if (raft.role !== 'leader') throw notController(raft.leaderId);
  switch (method) {
    case DESCRIBE:
      return varve.v1.DescribeQuorumResponse.encode(describeQuorum(raft)).finish();
    case ADD_VOTER:
      await addVoter(raft, addressOf, decodeMessage(varve.v1.AddVoterRequest, request));
      return varve.v1.AddVoterResponse.encode({}).finish();
    case REMOVE_VOTER:
      await removeVoter(raft, decodeMessage(varve.v1.RemoveVoterRequest, request));
      return varve.v1.RemoveVoterResponse.encode({}).finish();
    case TRANSFER: {
      const { to_node_id } = decodeMessage(varve.v1.TransferQuorumLeadershipRequest, request);
      await raft.transferLeadership(to_node_id < 0 ? undefined : to_node_id);
      return varve.v1.TransferQuorumLeadershipResponse.encode({ leader_id: raft.leaderId ?? -1 }).finish();
    }
    default:
      throw new VarveError('UNSUPPORTED_VERSION', `${method} is not a request to the quorum.`);
  }
}

/** The quorum as this node sees it; whole on the leader alone. */
export function describeQuorum(raft: Raft): varve.v1.IDescribeQuorumResponse {
  const status = raft.status();
  const replica = (one: ReplicaStatus): varve.v1.IQuorumReplica => ({
    node_id: one.nodeId,
    directory_id: one.directoryId,
    log_end_offset: one.matchIndex,
    last_contact_ms: one.lastContactMs ?? -1,
  });
  return {
    node_id: status.nodeId,
    problem: status.problem ?? '',
    leader_id: status.leaderId ?? -1,
    leader_epoch: status.term,
    commit_offset: status.committedIndex,
    voters: status.replicas.filter((one) => one.isVoter).map(replica),
    observers: status.replicas.filter((one) => !one.isVoter).map(replica),
  };
}

async function addVoter(
  raft: Raft,
  addressOf: (nodeId: NodeId) => Address | undefined,
  request: varve.v1.AddVoterRequest,
): Promise<void> {
  const known = observerOf(raft, request);
  const address = addressOf(request.node_id);
  if (known === undefined) {
    throw new VarveError('VOTER_NOT_FOUND', `Node ${request.node_id} does not observe the quorum: start it first.`);
  }
  if (address === undefined) {
    throw new VarveError(
      'VOTER_NOT_FOUND',
      `Where node ${request.node_id} listens is not known: it is no broker, and controller.quorum.voters of node ` +
        `${raft.nodeId} does not name it. Add it there.`,
    );
  }
  await raft.addVoter({ nodeId: known.nodeId, directoryId: known.directoryId, host: address.host, port: address.port });
}

/**
 * The observer that is meant: without a directory id the one of this node that was heard last. What the node was before its
 * directory was exchanged is counted among the observers for a while.
 */
function observerOf(raft: Raft, { node_id, directory_id }: varve.v1.AddVoterRequest): ReplicaStatus | undefined {
  const silenceOf = ({ lastContactMs }: ReplicaStatus): number => lastContactMs ?? Number.MAX_SAFE_INTEGER;
  return raft
    .status()
    .replicas.filter(
      (one) => !one.isVoter && one.nodeId === node_id && (directory_id === '' || one.directoryId === directory_id),
    )
    .sort((a, b) => silenceOf(a) - silenceOf(b))[0];
}

async function removeVoter(raft: Raft, request: varve.v1.RemoveVoterRequest): Promise<void> {
  const voter = raft
    .status()
    .voters.find(
      (one) =>
        one.nodeId === request.node_id && (request.directory_id === '' || one.directoryId === request.directory_id),
    );
  if (voter === undefined) {
    throw new VarveError('VOTER_NOT_FOUND', `Node ${request.node_id} is not a voter of the quorum.`);
  }
  await raft.removeVoter({ nodeId: voter.nodeId, directoryId: voter.directoryId });
}
