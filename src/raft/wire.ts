import { unreachable } from '../common/assert.js';
import { VarveError } from '../common/errors.js';
import { uuidFromBytes, uuidToBytes } from '../common/ids.js';
import type { NodeId, Uuid } from '../common/ids.js';
import { varve } from '../protocol/raft.js';
import type { ReplicaId } from './api.js';
import type { Entry, EntryType, Message } from './core/types.js';
import { voterSetFromMessage, voterSetToMessage } from './core/voter-set-codec.js';
import { VoterSet, parseReplicaKey, replicaKey } from './core/voter-set.js';
import type { ReplicaKey } from './core/voter-set.js';
import { checkMessage, malformed } from './wire-checks.js';

/** What nodes tell each other before there is a cluster: who they are and whether they were ever part of one. */
export interface FoundingState {
  readonly blank: boolean;
  readonly configuredNodeIds: readonly NodeId[];
  readonly foundingSet: VoterSet | undefined;
  readonly wantsAnswer: boolean;
  /** Counts the times that the sender has asked. */
  readonly round: number;
  /** The receiver's last round that the sender has heard, 0 for none: what it says here was true after that. */
  readonly answersRound: number;
}

/** Without `toDirectoryId` it is meant for whichever replica the node is now (founding, hello). */
export interface Envelope {
  readonly clusterId: Uuid | undefined;
  readonly from: ReplicaId;
  readonly toDirectoryId: Uuid | undefined;
  readonly body:
    | { readonly kind: 'core'; readonly message: Message }
    | { readonly kind: 'hello'; readonly term: number }
    | { readonly kind: 'founding'; readonly state: FoundingState };
}

const VERSION = 1;
const NONE = new Uint8Array(0);
const ENTRY_TYPES: readonly EntryType[] = ['normal', 'leaderChange', 'voters'];

export function encodeEnvelope(envelope: Envelope): Uint8Array {
  const { body } = envelope;
  const wire: varve.internal.IRaftMessage = {
    version: VERSION,
    cluster_id: envelope.clusterId === undefined ? NONE : uuidToBytes(envelope.clusterId),
    from_node_id: envelope.from.nodeId,
    from_directory_id: uuidToBytes(envelope.from.directoryId),
    to_directory_id: envelope.toDirectoryId === undefined ? NONE : uuidToBytes(envelope.toDirectoryId),
    term: body.kind === 'core' ? body.message.term : body.kind === 'hello' ? body.term : 0,
  };
  if (body.kind === 'core') putBody(wire, body.message);
  else if (body.kind === 'hello') wire.hello = {};
  else {
    const { state } = body;
    wire.founding_state = {
      blank: state.blank,
      configured_node_ids: [...state.configuredNodeIds],
      wants_answer: state.wantsAnswer,
      round: state.round,
      answers_round: state.answersRound,
      ...(state.foundingSet === undefined ? {} : { founding_set: voterSetToMessage(state.foundingSet) }),
    };
  }
  return varve.internal.RaftMessage.encode(wire).finish();
}

/** Sets the oneof field of a message. In place: every heartbeat comes through here, and copies of objects cost more than it. */
function putBody(wire: varve.internal.IRaftMessage, m: Message): void {
  switch (m.type) {
    case 'heartbeat':
      wire.heartbeat = { commit: m.commit, read_sequence: m.readSequence };
      return;
    case 'heartbeatResponse':
      wire.heartbeat_response = { read_sequence: m.readSequence };
      return;
    case 'append':
      wire.append = {
        prev_index: m.prevIndex,
        prev_term: m.prevTerm,
        commit: m.commit,
        entries: m.entries.map((entry) => ({
          term: entry.term,
          type: ENTRY_TYPES.indexOf(entry.type),
          payload: entry.payload,
        })),
      };
      return;
    case 'appendResponse':
      wire.append_response = { index: m.index, rejected: m.rejected, hint_index: m.hintIndex, hint_term: m.hintTerm };
      return;
    case 'voteRequest':
      wire.vote_request = {
        pre_vote: m.preVote,
        last_index: m.lastIndex,
        last_term: m.lastTerm,
        transfer: m.transfer,
      };
      return;
    case 'voteResponse':
      wire.vote_response = { pre_vote: m.preVote, granted: m.granted };
      return;
    case 'snapshotChunk':
      wire.snapshot_chunk = {
        index: m.index,
        term: m.snapshotTerm,
        voters: voterSetToMessage(m.voters),
        chunk: m.chunk,
        chunks: m.chunks,
        data: m.data,
      };
      return;
    case 'snapshotResponse':
      wire.snapshot_response = { index: m.index, next_chunk: m.nextChunk };
      return;
    case 'timeoutNow':
      wire.timeout_now = {};
      return;
    case 'readRequest':
      wire.read_request = { request_id: m.requestId };
      return;
    case 'readResponse':
      wire.read_response = { request_id: m.requestId, index: m.index };
      return;
    case 'hello':
      wire.hello = {};
      return;
    default:
      return unreachable(m);
  }
}

/**
 * The message in `bytes`, as `self` receives it. Throws a VarveError: UNSUPPORTED_VERSION for a newer version,
 * INVALID_REQUEST for what is no Raft message.
 */
export function decodeEnvelope(bytes: Uint8Array, self: ReplicaKey): Envelope {
  const wire = decodeWire(bytes);
  if (wire.from_directory_id.length !== 16 || wire.from_node_id < 0) throw malformed('has no sender');
  if (!Number.isSafeInteger(wire.term) || wire.term < 0) throw malformed(`has term ${wire.term}`);
  const from = { nodeId: wire.from_node_id, directoryId: uuidFromBytes(wire.from_directory_id) };
  const envelope = {
    clusterId: optionalUuid(wire.cluster_id),
    from,
    toDirectoryId: optionalUuid(wire.to_directory_id),
  };
  if (wire.hello) return { ...envelope, body: { kind: 'hello', term: wire.term } };
  if (wire.founding_state) {
    const { blank, configured_node_ids, founding_set, wants_answer, round, answers_round } = wire.founding_state;
    const state = {
      blank: blank ?? false,
      configuredNodeIds: configured_node_ids ?? [],
      foundingSet: founding_set ? voterSetFromMessage(founding_set) : undefined,
      wantsAnswer: wants_answer ?? false,
      round: round ?? 0,
      answersRound: answers_round ?? 0,
    };
    return { ...envelope, body: { kind: 'founding', state } };
  }
  // The log of one replica is no other's business: a message about it names both.
  if (envelope.toDirectoryId === undefined) throw malformed('names no replica that it is meant for');
  const message = decodeBody(wire, { from: replicaKey(from), to: self, term: wire.term });
  checkMessage(message);
  return { ...envelope, body: { kind: 'core', message } };
}

function decodeWire(bytes: Uint8Array): varve.internal.RaftMessage {
  let wire: varve.internal.RaftMessage;
  try {
    wire = varve.internal.RaftMessage.decode(bytes);
  } catch (error) {
    throw new VarveError('INVALID_REQUEST', 'A Raft message could not be decoded.', { cause: error });
  }
  if (wire.version <= VERSION) return wire;
  throw new VarveError(
    'UNSUPPORTED_VERSION',
    `Node ${wire.from_node_id} sent Raft message version ${wire.version}, newer than ${VERSION}: upgrade this node.`,
  );
}

function optionalUuid(bytes: Uint8Array): Uuid | undefined {
  return bytes.length === 16 ? uuidFromBytes(bytes) : undefined;
}

interface Head {
  readonly from: ReplicaKey;
  readonly to: ReplicaKey;
  readonly term: number;
}

function decodeBody(wire: varve.internal.RaftMessage, head: Head): Message {
  // Field by field where it is hot: a spread is copied by the engine's runtime.
  const { from, to, term } = head;
  if (wire.append) return decodeAppend(wire.append, head);
  if (wire.append_response) {
    const { index, rejected, hint_index, hint_term } = wire.append_response;
    return {
      type: 'appendResponse',
      from,
      to,
      term,
      index: index ?? 0,
      rejected: rejected ?? false,
      hintIndex: hint_index ?? 0,
      hintTerm: hint_term ?? 0,
    };
  }
  if (wire.heartbeat) {
    const { commit, read_sequence } = wire.heartbeat;
    return { type: 'heartbeat', from, to, term, commit: commit ?? 0, readSequence: read_sequence ?? 0 };
  }
  if (wire.heartbeat_response) {
    return { type: 'heartbeatResponse', from, to, term, readSequence: wire.heartbeat_response.read_sequence ?? 0 };
  }
  if (wire.vote_request) {
    const { pre_vote, last_index, last_term, transfer } = wire.vote_request;
    return {
      ...head,
      type: 'voteRequest',
      preVote: pre_vote ?? false,
      lastIndex: last_index ?? 0,
      lastTerm: last_term ?? 0,
      transfer: transfer ?? false,
    };
  }
  if (wire.vote_response) {
    const { pre_vote, granted } = wire.vote_response;
    return { ...head, type: 'voteResponse', preVote: pre_vote ?? false, granted: granted ?? false };
  }
  return decodeRareBody(wire, head);
}

function decodeRareBody(wire: varve.internal.RaftMessage, head: Head): Message {
  if (wire.snapshot_chunk) {
    const { index, term, voters, chunk, chunks, data } = wire.snapshot_chunk;
    return {
      ...head,
      type: 'snapshotChunk',
      index: index ?? 0,
      snapshotTerm: term ?? 0,
      voters: voters ? voterSetFromMessage(voters) : VoterSet.empty,
      chunk: chunk ?? 0,
      chunks: chunks ?? 0,
      data: data ?? NONE,
    };
  }
  if (wire.snapshot_response) {
    const { index, next_chunk } = wire.snapshot_response;
    return { ...head, type: 'snapshotResponse', index: index ?? 0, nextChunk: next_chunk ?? 0 };
  }
  if (wire.timeout_now) return { ...head, type: 'timeoutNow' };
  if (wire.read_request) return { ...head, type: 'readRequest', requestId: wire.read_request.request_id ?? 0 };
  if (wire.read_response) {
    const { request_id, index } = wire.read_response;
    return { ...head, type: 'readResponse', requestId: request_id ?? 0, index: index ?? 0 };
  }
  throw malformed('has no body that this version knows');
}

function decodeAppend(append: varve.internal.IRaftAppend, head: Head): Message {
  const prevIndex = append.prev_index ?? 0;
  const entries = (append.entries ?? []).map((entry, i): Entry => {
    const type = ENTRY_TYPES[entry.type ?? 0];
    if (type === undefined) throw malformed(`has an entry of unknown type ${entry.type}`);
    return { index: prevIndex + 1 + i, term: entry.term ?? 0, type, payload: entry.payload ?? NONE };
  });
  return { ...head, type: 'append', prevIndex, prevTerm: append.prev_term ?? 0, commit: append.commit ?? 0, entries };
}

/** The envelope of a core message. */
export function coreEnvelope(message: Message, clusterId: Uuid | undefined): Envelope {
  return {
    clusterId,
    from: parseReplicaKey(message.from),
    toDirectoryId: parseReplicaKey(message.to).directoryId,
    body: { kind: 'core', message },
  };
}
