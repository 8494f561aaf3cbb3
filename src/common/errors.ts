/**
 * Every error that reaches a client, in one table: Kafka's name and code (org.apache.kafka.common.protocol.Errors,
 * 4.3), the gRPC status it travels as, and whether the same request may succeed when sent again.
 */

/** The canonical gRPC status codes (grpc/doc/statuscodes.md). */
export const GRPC_STATUS = {
  OK: 0,
  CANCELLED: 1,
  UNKNOWN: 2,
  INVALID_ARGUMENT: 3,
  DEADLINE_EXCEEDED: 4,
  NOT_FOUND: 5,
  ALREADY_EXISTS: 6,
  PERMISSION_DENIED: 7,
  RESOURCE_EXHAUSTED: 8,
  FAILED_PRECONDITION: 9,
  ABORTED: 10,
  OUT_OF_RANGE: 11,
  UNIMPLEMENTED: 12,
  INTERNAL: 13,
  UNAVAILABLE: 14,
  DATA_LOSS: 15,
  UNAUTHENTICATED: 16,
} as const;

export type GrpcStatusName = keyof typeof GRPC_STATUS;

interface ErrorRow {
  readonly code: number;
  readonly grpc: GrpcStatusName;
  readonly retriable: boolean;
  readonly text: string;
}

const row = (code: number, grpc: GrpcStatusName, retriable: boolean, text: string): ErrorRow => ({
  code,
  grpc,
  retriable,
  text,
});

export const ERRORS = {
  UNKNOWN_SERVER_ERROR: row(-1, 'INTERNAL', false, 'The server met an unexpected error.'),
  NONE: row(0, 'OK', false, 'No error.'),
  OFFSET_OUT_OF_RANGE: row(1, 'OUT_OF_RANGE', false, 'The offset is not within the range kept for this partition.'),
  CORRUPT_MESSAGE: row(2, 'DATA_LOSS', true, 'The batch fails its CRC, exceeds its size, or is otherwise damaged.'),
  UNKNOWN_TOPIC_OR_PARTITION: row(3, 'NOT_FOUND', true, 'This cluster has no such topic or partition.'),
  INVALID_FETCH_SIZE: row(4, 'INVALID_ARGUMENT', false, 'The fetch size is not valid.'),
  LEADER_NOT_AVAILABLE: row(5, 'UNAVAILABLE', true, 'The partition has no leader at the moment.'),
  NOT_LEADER_OR_FOLLOWER: row(6, 'UNAVAILABLE', true, 'This node is not the leader (or a replica) of the partition.'),
  REQUEST_TIMED_OUT: row(7, 'DEADLINE_EXCEEDED', true, 'The request was not completed in time.'),
  BROKER_NOT_AVAILABLE: row(8, 'UNAVAILABLE', false, 'The broker is not available.'),
  REPLICA_NOT_AVAILABLE: row(9, 'UNAVAILABLE', true, 'The replica is not available.'),
  MESSAGE_TOO_LARGE: row(10, 'INVALID_ARGUMENT', false, 'The batch is larger than max.message.bytes allows.'),
  STALE_CONTROLLER_EPOCH: row(11, 'FAILED_PRECONDITION', false, 'The request comes from an older controller.'),
  OFFSET_METADATA_TOO_LARGE: row(12, 'INVALID_ARGUMENT', false, 'The metadata with the committed offset is too large.'),
  NETWORK_EXCEPTION: row(13, 'UNAVAILABLE', true, 'The server disconnected before a response was received.'),
  COORDINATOR_LOAD_IN_PROGRESS: row(14, 'UNAVAILABLE', true, 'The coordinator is loading its state.'),
  COORDINATOR_NOT_AVAILABLE: row(15, 'UNAVAILABLE', true, 'The coordinator is not available.'),
  NOT_COORDINATOR: row(16, 'UNAVAILABLE', true, 'This node is not the coordinator.'),
  INVALID_TOPIC_EXCEPTION: row(17, 'INVALID_ARGUMENT', false, 'The topic name is not valid.'),
  RECORD_LIST_TOO_LARGE: row(18, 'INVALID_ARGUMENT', false, 'The batch is larger than a segment may be.'),
  NOT_ENOUGH_REPLICAS: row(19, 'UNAVAILABLE', true, 'Fewer replicas are in sync than min.insync.replicas asks for.'),
  NOT_ENOUGH_REPLICAS_AFTER_APPEND: row(
    20,
    'UNAVAILABLE',
    true,
    'The batch was appended, but fewer replicas are in sync than asked for.',
  ),
  INVALID_REQUIRED_ACKS: row(21, 'INVALID_ARGUMENT', false, 'acks must be 0, 1 or all (-1).'),
  ILLEGAL_GENERATION: row(22, 'FAILED_PRECONDITION', false, 'The group generation is not current.'),
  INCONSISTENT_GROUP_PROTOCOL: row(23, 'INVALID_ARGUMENT', false, "The member's protocols do not match the group's."),
  INVALID_GROUP_ID: row(24, 'INVALID_ARGUMENT', false, 'The group id is not valid.'),
  UNKNOWN_MEMBER_ID: row(25, 'NOT_FOUND', false, 'The coordinator does not know this member.'),
  INVALID_SESSION_TIMEOUT: row(26, 'INVALID_ARGUMENT', false, 'The session timeout is outside the allowed range.'),
  REBALANCE_IN_PROGRESS: row(27, 'ABORTED', false, 'The group is rebalancing.'),
  INVALID_COMMIT_OFFSET_SIZE: row(28, 'INVALID_ARGUMENT', false, 'The committed offset data is too large.'),
  TOPIC_AUTHORIZATION_FAILED: row(29, 'PERMISSION_DENIED', false, 'Not authorized for the topic.'),
  GROUP_AUTHORIZATION_FAILED: row(30, 'PERMISSION_DENIED', false, 'Not authorized for the group.'),
  CLUSTER_AUTHORIZATION_FAILED: row(31, 'PERMISSION_DENIED', false, 'Not authorized for the cluster.'),
  INVALID_TIMESTAMP: row(32, 'INVALID_ARGUMENT', false, 'The timestamp of the record is out of the accepted range.'),
  UNSUPPORTED_SASL_MECHANISM: row(33, 'INVALID_ARGUMENT', false, 'The SASL mechanism is not supported.'),
  ILLEGAL_SASL_STATE: row(34, 'FAILED_PRECONDITION', false, 'The request is not valid in the current SASL state.'),
  UNSUPPORTED_VERSION: row(35, 'UNIMPLEMENTED', false, 'The version of the API is not supported.'),
  TOPIC_ALREADY_EXISTS: row(36, 'ALREADY_EXISTS', false, 'A topic of this name exists already.'),
  INVALID_PARTITIONS: row(37, 'INVALID_ARGUMENT', false, 'The number of partitions is not valid.'),
  INVALID_REPLICATION_FACTOR: row(
    38,
    'INVALID_ARGUMENT',
    false,
    'The replication factor is below 1 or above the number of usable brokers.',
  ),
  INVALID_REPLICA_ASSIGNMENT: row(39, 'INVALID_ARGUMENT', false, 'The replica assignment is not valid.'),
  INVALID_CONFIG: row(40, 'INVALID_ARGUMENT', false, 'The configuration is not valid.'),
  NOT_CONTROLLER: row(41, 'UNAVAILABLE', true, 'This node is not the active controller.'),
  INVALID_REQUEST: row(42, 'INVALID_ARGUMENT', false, 'The request is malformed or makes no sense here.'),
  UNSUPPORTED_FOR_MESSAGE_FORMAT: row(
    43,
    'INVALID_ARGUMENT',
    false,
    'The message format does not support the request.',
  ),
  POLICY_VIOLATION: row(44, 'FAILED_PRECONDITION', false, 'The request violates a policy.'),
  OUT_OF_ORDER_SEQUENCE_NUMBER: row(
    45,
    'FAILED_PRECONDITION',
    false,
    "The producer's sequence number does not follow its last one.",
  ),
  DUPLICATE_SEQUENCE_NUMBER: row(46, 'ALREADY_EXISTS', false, "The producer's sequence number was seen before."),
  INVALID_PRODUCER_EPOCH: row(47, 'FAILED_PRECONDITION', false, "The producer's epoch is older than the current one."),
  INVALID_TXN_STATE: row(48, 'FAILED_PRECONDITION', false, 'The transaction is not in a state for this request.'),
  INVALID_PRODUCER_ID_MAPPING: row(
    49,
    'FAILED_PRECONDITION',
    false,
    'The producer id does not belong to the transactional id.',
  ),
  INVALID_TRANSACTION_TIMEOUT: row(50, 'INVALID_ARGUMENT', false, 'The transaction timeout is larger than allowed.'),
  CONCURRENT_TRANSACTIONS: row(51, 'ABORTED', true, 'Another request on this transaction is in progress.'),
  TRANSACTION_COORDINATOR_FENCED: row(
    52,
    'FAILED_PRECONDITION',
    false,
    'The transaction coordinator has been superseded.',
  ),
  TRANSACTIONAL_ID_AUTHORIZATION_FAILED: row(
    53,
    'PERMISSION_DENIED',
    false,
    'Not authorized for the transactional id.',
  ),
  SECURITY_DISABLED: row(54, 'FAILED_PRECONDITION', false, 'Security features are disabled.'),
  OPERATION_NOT_ATTEMPTED: row(55, 'ABORTED', false, 'The operation was not attempted because another one failed.'),
  KAFKA_STORAGE_ERROR: row(56, 'UNAVAILABLE', true, 'The disk of this replica failed or is full.'),
  LOG_DIR_NOT_FOUND: row(57, 'NOT_FOUND', false, 'The log directory is not known.'),
  SASL_AUTHENTICATION_FAILED: row(58, 'UNAUTHENTICATED', false, 'Authentication failed.'),
  UNKNOWN_PRODUCER_ID: row(59, 'FAILED_PRECONDITION', false, 'The broker has no state for this producer id.'),
  REASSIGNMENT_IN_PROGRESS: row(60, 'ABORTED', false, 'A reassignment of the partition is in progress.'),
  DELEGATION_TOKEN_AUTH_DISABLED: row(61, 'FAILED_PRECONDITION', false, 'Delegation tokens are not enabled.'),
  DELEGATION_TOKEN_NOT_FOUND: row(62, 'NOT_FOUND', false, 'The delegation token is not known.'),
  DELEGATION_TOKEN_OWNER_MISMATCH: row(63, 'PERMISSION_DENIED', false, 'The principal does not own the token.'),
  DELEGATION_TOKEN_REQUEST_NOT_ALLOWED: row(
    64,
    'PERMISSION_DENIED',
    false,
    'Token requests are not allowed on this connection.',
  ),
  DELEGATION_TOKEN_AUTHORIZATION_FAILED: row(
    65,
    'PERMISSION_DENIED',
    false,
    'Not authorized for the delegation token.',
  ),
  DELEGATION_TOKEN_EXPIRED: row(66, 'UNAUTHENTICATED', false, 'The delegation token has expired.'),
  INVALID_PRINCIPAL_TYPE: row(67, 'INVALID_ARGUMENT', false, 'The principal type is not supported.'),
  NON_EMPTY_GROUP: row(68, 'FAILED_PRECONDITION', false, 'The group is not empty.'),
  GROUP_ID_NOT_FOUND: row(69, 'NOT_FOUND', false, 'The group does not exist.'),
  FETCH_SESSION_ID_NOT_FOUND: row(70, 'NOT_FOUND', true, 'The fetch session is not known.'),
  INVALID_FETCH_SESSION_EPOCH: row(71, 'INVALID_ARGUMENT', true, 'The fetch session epoch is not valid.'),
  LISTENER_NOT_FOUND: row(72, 'NOT_FOUND', true, 'The leader has no listener of this name.'),
  TOPIC_DELETION_DISABLED: row(73, 'FAILED_PRECONDITION', false, 'Deleting topics is disabled.'),
  FENCED_LEADER_EPOCH: row(
    74,
    'FAILED_PRECONDITION',
    true,
    "The leader epoch in the request is older than the broker's.",
  ),
  UNKNOWN_LEADER_EPOCH: row(75, 'UNAVAILABLE', true, "The leader epoch in the request is newer than the broker's."),
  UNSUPPORTED_COMPRESSION_TYPE: row(76, 'UNIMPLEMENTED', false, 'The compression type is not supported.'),
  STALE_BROKER_EPOCH: row(77, 'FAILED_PRECONDITION', false, 'The broker epoch is not current.'),
  OFFSET_NOT_AVAILABLE: row(
    78,
    'UNAVAILABLE',
    true,
    "The leader's high watermark has not caught up with its epoch yet.",
  ),
  MEMBER_ID_REQUIRED: row(
    79,
    'FAILED_PRECONDITION',
    false,
    'The member must join again with the id that it was given.',
  ),
  PREFERRED_LEADER_NOT_AVAILABLE: row(80, 'UNAVAILABLE', true, 'The preferred leader is not available.'),
  GROUP_MAX_SIZE_REACHED: row(81, 'RESOURCE_EXHAUSTED', false, 'The group has its greatest number of members.'),
  FENCED_INSTANCE_ID: row(82, 'FAILED_PRECONDITION', false, 'Another member has taken this group.instance.id.'),
  ELIGIBLE_LEADERS_NOT_AVAILABLE: row(83, 'UNAVAILABLE', true, 'No eligible leader is available.'),
  ELECTION_NOT_NEEDED: row(84, 'FAILED_PRECONDITION', false, 'No election is needed for the partition.'),
  NO_REASSIGNMENT_IN_PROGRESS: row(
    85,
    'FAILED_PRECONDITION',
    false,
    'No reassignment of the partition is in progress.',
  ),
  GROUP_SUBSCRIBED_TO_TOPIC: row(
    86,
    'FAILED_PRECONDITION',
    false,
    'A group that is subscribed to the topic uses the offsets.',
  ),
  INVALID_RECORD: row(87, 'INVALID_ARGUMENT', false, 'A record of the batch breaks a rule of the broker.'),
  UNSTABLE_OFFSET_COMMIT: row(88, 'UNAVAILABLE', true, 'Offsets of an open transaction are not stable yet.'),
  THROTTLING_QUOTA_EXCEEDED: row(89, 'RESOURCE_EXHAUSTED', true, 'The quota is used up for now.'),
  PRODUCER_FENCED: row(
    90,
    'FAILED_PRECONDITION',
    false,
    'A newer producer with the same transactional id has taken over.',
  ),
  RESOURCE_NOT_FOUND: row(91, 'NOT_FOUND', false, 'The resource does not exist.'),
  DUPLICATE_RESOURCE: row(92, 'ALREADY_EXISTS', false, 'The resource exists already.'),
  UNACCEPTABLE_CREDENTIAL: row(93, 'INVALID_ARGUMENT', false, 'The credential is not acceptable.'),
  INCONSISTENT_VOTER_SET: row(94, 'FAILED_PRECONDITION', false, 'The voter sets do not agree.'),
  INVALID_UPDATE_VERSION: row(95, 'FAILED_PRECONDITION', false, 'The update version is not valid.'),
  FEATURE_UPDATE_FAILED: row(96, 'FAILED_PRECONDITION', false, 'The feature update failed.'),
  PRINCIPAL_DESERIALIZATION_FAILURE: row(97, 'INVALID_ARGUMENT', false, 'The forwarded principal cannot be read.'),
  SNAPSHOT_NOT_FOUND: row(98, 'NOT_FOUND', false, 'The snapshot does not exist.'),
  POSITION_OUT_OF_RANGE: row(99, 'OUT_OF_RANGE', false, 'The position is not within the snapshot.'),
  UNKNOWN_TOPIC_ID: row(100, 'NOT_FOUND', true, 'This cluster has no topic with this id.'),
  DUPLICATE_BROKER_REGISTRATION: row(
    101,
    'ALREADY_EXISTS',
    false,
    'Another live broker is registered with this node.id.',
  ),
  BROKER_ID_NOT_REGISTERED: row(102, 'NOT_FOUND', false, 'No broker is registered with this node.id.'),
  INCONSISTENT_TOPIC_ID: row(103, 'FAILED_PRECONDITION', true, 'The topic id does not match the one on this broker.'),
  INCONSISTENT_CLUSTER_ID: row(104, 'FAILED_PRECONDITION', false, "The cluster id does not match this cluster's."),
  TRANSACTIONAL_ID_NOT_FOUND: row(105, 'NOT_FOUND', false, 'The transactional id is not known.'),
  FETCH_SESSION_TOPIC_ID_ERROR: row(106, 'FAILED_PRECONDITION', true, 'The fetch session met inconsistent topic ids.'),
  INELIGIBLE_REPLICA: row(
    107,
    'FAILED_PRECONDITION',
    false,
    'A replica of the proposed ISR is fenced, shutting down or not current.',
  ),
  NEW_LEADER_ELECTED: row(108, 'FAILED_PRECONDITION', false, 'The change moved the leadership to another replica.'),
  OFFSET_MOVED_TO_TIERED_STORAGE: row(109, 'OUT_OF_RANGE', false, 'The offset was moved to tiered storage.'),
  FENCED_MEMBER_EPOCH: row(110, 'FAILED_PRECONDITION', false, 'The member epoch is fenced: rejoin with epoch 0.'),
  UNRELEASED_INSTANCE_ID: row(111, 'FAILED_PRECONDITION', false, 'Another member still uses the instance id.'),
  UNSUPPORTED_ASSIGNOR: row(112, 'INVALID_ARGUMENT', false, 'The assignor is not supported by the group.'),
  STALE_MEMBER_EPOCH: row(113, 'FAILED_PRECONDITION', false, 'The member epoch is stale: retry with the current one.'),
  MISMATCHED_ENDPOINT_TYPE: row(114, 'INVALID_ARGUMENT', false, 'The request went to the wrong type of endpoint.'),
  UNSUPPORTED_ENDPOINT_TYPE: row(115, 'INVALID_ARGUMENT', false, 'The endpoint type is not supported.'),
  UNKNOWN_CONTROLLER_ID: row(116, 'NOT_FOUND', false, 'The controller id is not known.'),
  UNKNOWN_SUBSCRIPTION_ID: row(117, 'NOT_FOUND', false, 'The telemetry subscription is not known.'),
  TELEMETRY_TOO_LARGE: row(118, 'INVALID_ARGUMENT', false, 'The telemetry is too large.'),
  INVALID_REGISTRATION: row(119, 'INVALID_ARGUMENT', false, 'The broker registration is not valid.'),
  TRANSACTION_ABORTABLE: row(120, 'ABORTED', false, 'The transaction met an error and must be aborted.'),
  INVALID_RECORD_STATE: row(
    121,
    'FAILED_PRECONDITION',
    false,
    "The record's state does not allow the acknowledgement.",
  ),
  SHARE_SESSION_NOT_FOUND: row(122, 'NOT_FOUND', true, 'The share session is not known.'),
  INVALID_SHARE_SESSION_EPOCH: row(123, 'INVALID_ARGUMENT', true, 'The share session epoch is not valid.'),
  FENCED_STATE_EPOCH: row(124, 'FAILED_PRECONDITION', false, 'The share state epoch is fenced.'),
  INVALID_VOTER_KEY: row(125, 'INVALID_ARGUMENT', false, "The voter key is not this replica's."),
  DUPLICATE_VOTER: row(126, 'ALREADY_EXISTS', false, 'The voter is in the voter set already.'),
  VOTER_NOT_FOUND: row(127, 'NOT_FOUND', false, 'The voter is not in the voter set.'),
  INVALID_REGULAR_EXPRESSION: row(128, 'INVALID_ARGUMENT', false, 'The regular expression is not valid.'),
  REBOOTSTRAP_REQUIRED: row(129, 'UNAVAILABLE', false, 'The client must find the cluster anew.'),
  STREAMS_INVALID_TOPOLOGY: row(130, 'INVALID_ARGUMENT', false, 'The streams topology is not valid.'),
  STREAMS_INVALID_TOPOLOGY_EPOCH: row(131, 'INVALID_ARGUMENT', false, 'The streams topology epoch is not valid.'),
  STREAMS_TOPOLOGY_FENCED: row(132, 'FAILED_PRECONDITION', false, 'The streams topology is fenced.'),
  SHARE_SESSION_LIMIT_REACHED: row(133, 'RESOURCE_EXHAUSTED', true, 'The limit of share sessions is reached.'),
} satisfies Record<string, ErrorRow>;

export type ErrorName = keyof typeof ERRORS;

const byCode = new Map<number, ErrorName>();
for (const name of Object.keys(ERRORS) as ErrorName[]) byCode.set(ERRORS[name].code, name);

export function errorCode(name: ErrorName): number {
  return ERRORS[name].code;
}

/** The name of a Kafka error code; UNKNOWN_SERVER_ERROR for a code this version does not know. */
export function errorName(code: number): ErrorName {
  return byCode.get(code) ?? 'UNKNOWN_SERVER_ERROR';
}

/**
 * What can happen and is told to a client: a name from the table, and one sentence that says what was wrong and what to
 * do. Bugs are InvariantViolations instead.
 */
/** Of an error's text, in UTF-16 units; of a longer one so much is told of its end. As long as a gRPC status may be. */
const MAX_TEXT_LENGTH = 2_000;
const END_LENGTH = 500;
const GAP = ' ... ';

export class VarveError extends Error {
  override readonly name = 'VarveError';
  readonly code: ErrorName;
  readonly retriable: boolean;

  constructor(code: ErrorName, message?: string, options?: { cause?: unknown }) {
    super(bounded(message ?? ERRORS[code].text), options);
    this.code = code;
    this.retriable = ERRORS[code].retriable;
  }
}

/** A text may quote what somebody has sent: the middle of one that is too long is left out. */
function bounded(text: string): string {
  if (text.length <= MAX_TEXT_LENGTH) return text;
  const cut = text.slice(0, MAX_TEXT_LENGTH - END_LENGTH - GAP.length) + GAP + text.slice(-END_LENGTH);
  // Half a character, where it was cut, is none in UTF-8.
  return Buffer.from(cut).toString();
}

/** The VarveError in `error`, or UNKNOWN_SERVER_ERROR around anything else. */
export function toVarveError(error: unknown): VarveError {
  if (error instanceof VarveError) return error;
  const message = error instanceof Error ? error.message : String(error);
  return new VarveError('UNKNOWN_SERVER_ERROR', message, { cause: error });
}
