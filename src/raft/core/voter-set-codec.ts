import { uuidFromBytes, uuidToBytes } from '../../common/ids.js';
import { decodeMessage } from '../../common/decode-message.js';
import { VarveError } from '../../common/errors.js';
import { varve } from '../../protocol/raft.js';
import { VoterSet } from './voter-set.js';

const VERSION = 1;

export function voterSetToMessage(set: VoterSet): varve.internal.IRaftVoterSet {
  return {
    version: VERSION,
    cluster_id: set.clusterId === undefined ? new Uint8Array(0) : uuidToBytes(set.clusterId),
    voters: set.voters.map((voter) => ({
      node_id: voter.nodeId,
      directory_id: uuidToBytes(voter.directoryId),
      host: voter.host,
      port: voter.port,
    })),
    replacing_node_ids: [...set.replacing],
  };
}

/** Throws UNSUPPORTED_VERSION for a set that a newer version wrote, INVALID_REQUEST for what is none. */
export function voterSetFromMessage(message: varve.internal.IRaftVoterSet): VoterSet {
  if ((message.version ?? 0) > VERSION) {
    throw new VarveError(
      'UNSUPPORTED_VERSION',
      `The voter set has version ${message.version}, newer than ${VERSION}: upgrade this node.`,
    );
  }
  const clusterId = message.cluster_id ?? new Uint8Array(0);
  const voters = message.voters ?? [];
  const isWhole = voters.every(({ node_id, directory_id }) => (node_id ?? 0) >= 0 && directory_id?.length === 16);
  if (!isWhole || new Set(voters.map(({ node_id }) => node_id ?? 0)).size !== voters.length) {
    throw new VarveError('INVALID_REQUEST', 'A voter set names a node twice, or a replica without its directory id.');
  }
  return new VoterSet(
    voters.map((voter) => ({
      nodeId: voter.node_id ?? 0,
      directoryId: uuidFromBytes(voter.directory_id ?? new Uint8Array(16)),
      host: voter.host ?? '',
      port: voter.port ?? 0,
    })),
    clusterId.length === 16 ? uuidFromBytes(clusterId) : undefined,
    message.replacing_node_ids ?? [],
  );
}

/** The payload of a voters entry. */
export function encodeVoterSet(set: VoterSet): Uint8Array {
  return varve.internal.RaftVoterSet.encode(voterSetToMessage(set)).finish();
}

export function decodeVoterSet(payload: Uint8Array): VoterSet {
  return voterSetFromMessage(decodeMessage(varve.internal.RaftVoterSet, payload));
}
