import type { RequestContext } from '../broker/broker-api.js';
import { ERRORS, VarveError } from '../common/errors.js';
import { MAX_TOPIC_NAME_LENGTH, invalidTopicName, topicNameProblem } from '../metadata/topic-name.js';
import type { RpcCall, RpcStream, UnaryHandler } from '../platform/transport.js';
import type { varve } from '../protocol/varve.js';
import type { RepeatedFields } from './bounded-decoding.js';
import { decodeBounded } from './bounded-decoding.js';

/** Kafka's name of a caller without authentication. */
const ANONYMOUS = 'User:ANONYMOUS';

/** A generated message type, as far as a door needs it. */
export interface MessageType<Message, Properties> {
  readonly name: string;
  decode(bytes: Uint8Array): Message;
  encode(message: Properties): { finish(): Uint8Array };
}

export function requestContext(call: RpcCall): RequestContext {
  const subject = call.peer.certificateSubject;
  return {
    principal: subject === undefined ? ANONYMOUS : `User:${subject}`,
    peerAddress: call.peer.address,
    timeoutMs: call.timeoutMs,
    // Made when it is asked for: few calls are given up, and a signal costs more than the rest of a small one.
    get signal() {
      return call.signal;
    },
  };
}

/** A unary method from its typed body. `repeated`: the request's fields that may come many times. */
export function unaryMethod<Request, Response>(
  requestType: MessageType<Request, never>,
  responseType: MessageType<unknown, Response>,
  body: (request: Request, context: RequestContext) => Promise<Response>,
  repeated: RepeatedFields = {},
): UnaryHandler {
  return async (bytes, call) => {
    const request = decodeBounded(requestType, bytes, repeated);
    return responseType.encode(await body(request, requestContext(call))).finish();
  };
}

/** Ends a stream with the error's status. */
export function endWithError(stream: RpcStream, error: VarveError): void {
  stream.end({ code: error.code, message: error.message });
}

/** The error as it rides inside an answer; null for none. */
export function errorMessage(error: VarveError | undefined): varve.v1.IError | null {
  if (error === undefined) return null;
  return { code: ERRORS[error.code].code, name: error.code, message: error.message, retriable: error.retriable };
}

/** Throws INVALID_REQUEST unless `value` is an offset or id that a number holds exactly, at least `least`. */
export function checkInteger(value: number, least: number, what: string): number {
  if (Number.isSafeInteger(value) && value >= least) return value;
  throw new VarveError('INVALID_REQUEST', `${what} must be an integer from ${least} to 2^53-1, not ${value}.`);
}

/**
 * Throws INVALID_TOPIC_EXCEPTION for a name that is longer than any topic's: what is kept of a request, and each answer
 * that repeats the name, would have a stranger's length. Whether there is such a topic is for others to say.
 */
export function boundedTopicName(name: string | null | undefined): string {
  const given = name ?? '';
  const problem = given.length > MAX_TOPIC_NAME_LENGTH ? topicNameProblem(given) : undefined;
  if (problem !== undefined) throw invalidTopicName(given, problem);
  return given;
}
