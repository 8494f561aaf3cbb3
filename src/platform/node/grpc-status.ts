import { Metadata, status as Status } from '@grpc/grpc-js';
import type { StatusObject } from '@grpc/grpc-js';
import { ERRORS, GRPC_STATUS, VarveError } from '../../common/errors.js';
import type { ErrorName } from '../../common/errors.js';
import { TransportError } from '../transport.js';
import type { Headers, TransportErrorKind } from '../transport.js';

/** How a server ends a call. */
export interface CallStatus {
  readonly code: Status;
  readonly details: string;
  readonly metadata?: Metadata;
}

/** Trailers that are larger than a client takes would lose the whole status. */
const MAX_DETAILS_LENGTH = 2_000;

export const OK_STATUS: CallStatus = { code: Status.OK, details: '' };

/** The status of an error of the table, its Kafka name beside it for clients that know it. */
export function errorStatus(code: ErrorName, message: string): CallStatus {
  const { grpc, retriable } = ERRORS[code];
  const metadata = new Metadata();
  metadata.set('varve-error', code);
  metadata.set('varve-retriable', String(retriable));
  // By way of bytes: a lone surrogate in the text would make grpc-js throw when it escapes it.
  const details = Buffer.from(message.slice(0, MAX_DETAILS_LENGTH)).toString();
  return { code: GRPC_STATUS[grpc], details, metadata };
}

/** What a client is told of the status of a call to `target`: undefined when it ended in order. */
export function errorFromStatus({ code, details, metadata }: StatusObject, target: string): Error | undefined {
  if (code === Status.OK) return undefined;
  const name = metadata.get('varve-error')[0];
  if (typeof name === 'string' && Object.hasOwn(ERRORS, name)) return new VarveError(name as ErrorName, details);
  if (code === Status.UNAVAILABLE) return connectionError(details, target);
  // What the HTTP/2 layer says of a call that the other side broke off without a status.
  if (details.startsWith('Received RST_STREAM')) return lostConnection(details, target);
  const kind = KIND_OF_STATUS.get(code) ?? 'protocol';
  const limitBytes = kind === 'tooLarge' ? receiveLimit(details) : undefined;
  return new TransportError(kind, details || `The call to ${target} ended with gRPC status ${code}.`, { limitBytes });
}

/** RESOURCE_EXHAUSTED is said of many things; only the text of grpc-js tells that a message was over the limit. */
function receiveLimit(details: string): number | undefined {
  const [, limit] = /^Received message larger than max \(\d+ vs\.? (\d+)\)/.exec(details) ?? [];
  return limit === undefined ? undefined : Number(limit);
}

/** grpc-js has one status for all that can happen to a connection, and tells them apart in its text alone. */
function connectionError(details: string, target: string): TransportError {
  const [, reason] =
    /^No connection established\. Last error: (?:Error: )?(.*?)\.?\s+(?:\([^()]*\)\. )?Resolution note:/s.exec(
      details,
    ) ?? [];
  if (reason === undefined && !details.startsWith('Name resolution failed')) return lostConnection(details, target);
  if (reason?.includes('ECONNREFUSED') === true) {
    return new TransportError('refused', `Nothing listens at ${target}: is the node running?`);
  }
  const handshake = reason === undefined ? undefined : handshakeFailure(reason, target);
  return new TransportError('unreachable', handshake ?? `Cannot connect to ${target}: ${reason ?? details}.`);
}

/**
 * What a connection that ended in its handshake tells of TLS: an alert of OpenSSL's, if the node sent one. Node ends the
 * connection without one when it does not trust a client's certificate.
 */
function handshakeFailure(reason: string, target: string): string | undefined {
  const [, alert] = /:(?:tls|ssl)v\d+ alert ([a-z ]+?)\s*:/.exec(reason) ?? [];
  if (alert !== undefined) {
    return `${target} refused the TLS handshake (${alert}): show it a certificate that it trusts.`;
  }
  if (!/^Failed to connect|disconnected before secure TLS/.test(reason)) return undefined;
  return (
    `${target} ended the connection in its handshake: does one side speak TLS and the other not, ` +
    'or does it not trust the certificate that it was shown?'
  );
}

function lostConnection(details: string, target: string): TransportError {
  return new TransportError('closed', `The connection to ${target} was lost: ${details}.`);
}

const KIND_OF_STATUS: ReadonlyMap<Status, TransportErrorKind> = new Map([
  [Status.CANCELLED, 'cancelled'],
  [Status.DEADLINE_EXCEEDED, 'timeout'],
  [Status.RESOURCE_EXHAUSTED, 'tooLarge'],
  [Status.PERMISSION_DENIED, 'denied'],
  [Status.UNAUTHENTICATED, 'denied'],
]);

/** Headers of ours hold any text (a principal's name, say), and HTTP/2 takes ASCII alone: theirs travel escaped. */
const ESCAPED_HEADER = /^varve-/;

export function metadataFrom(headers: Headers): Metadata {
  const metadata = new Metadata();
  for (const [name, value] of Object.entries(headers)) {
    metadata.set(name, ESCAPED_HEADER.test(name) ? encodeURIComponent(value) : value);
  }
  return metadata;
}

/** Text headers alone: a client may send binary ones (`-bin`), which no call of ours has. */
export function headersFrom(metadata: Metadata): Headers {
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(metadata.getMap())) {
    if (typeof value === 'string') headers[name] = ESCAPED_HEADER.test(name) ? unescape(value) : value;
  }
  return headers;
}

function unescape(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    // Not escaped, then: a client that is none of ours.
    return value;
  }
}
