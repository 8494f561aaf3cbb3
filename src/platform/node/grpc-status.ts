import { ERRORS, GRPC_STATUS, VarveError } from '../../common/errors.js';
import type { ErrorName, GrpcStatusName } from '../../common/errors.js';
import { TransportError } from '../transport.js';
import type { Headers, TransportErrorKind } from '../transport.js';

/** Trailers that tell a client how a call ended. */
export type StatusTrailers = Readonly<Record<string, string>>;

export const OK_TRAILERS: StatusTrailers = { 'grpc-status': '0' };

/** Trailers for an error of the table: its gRPC status, and its Kafka name for clients that know it. */
export function errorTrailers(code: ErrorName, message: string): StatusTrailers {
  const { grpc, retriable } = ERRORS[code];
  return { ...statusTrailers(grpc, message), 'varve-error': code, 'varve-retriable': String(retriable) };
}

export function statusTrailers(status: GrpcStatusName, message: string): StatusTrailers {
  return { 'grpc-status': String(GRPC_STATUS[status]), 'grpc-message': percentEncode(message) };
}

/** Trailers for a call that this side broke off: too large a message, a malformed one. */
export function transportErrorTrailers(error: TransportError): StatusTrailers {
  return statusTrailers(error.kind === 'tooLarge' ? 'RESOURCE_EXHAUSTED' : 'INTERNAL', error.message);
}

/** How a call ended, from its trailers: undefined when in order. */
export function errorFromTrailers(trailers: Headers): Error | undefined {
  const status = Number(trailers['grpc-status']);
  if (status === GRPC_STATUS.OK) return undefined;
  const message = percentDecode(trailers['grpc-message'] ?? '');
  const name = trailers['varve-error'];
  if (name !== undefined && Object.hasOwn(ERRORS, name)) return new VarveError(name as ErrorName, message);
  const kind = KIND_OF_STATUS.get(status) ?? 'protocol';
  return new TransportError(kind, message === '' ? `The call ended with gRPC status ${status}.` : message);
}

const KIND_OF_STATUS: ReadonlyMap<number, TransportErrorKind> = new Map([
  [GRPC_STATUS.CANCELLED, 'cancelled'],
  [GRPC_STATUS.DEADLINE_EXCEEDED, 'timeout'],
  [GRPC_STATUS.RESOURCE_EXHAUSTED, 'tooLarge'],
  [GRPC_STATUS.UNAVAILABLE, 'closed'],
  [GRPC_STATUS.PERMISSION_DENIED, 'denied'],
  [GRPC_STATUS.UNAUTHENTICATED, 'denied'],
]);

/** gRPC over HTTP/2, "Percent-Encoded": the bytes of the UTF-8 text, those outside printable ASCII and `%` escaped. */
function percentEncode(text: string): string {
  if (/^[ -$&-~]*$/.test(text)) return text;
  let encoded = '';
  for (const byte of Buffer.from(text)) {
    const plain = byte >= 0x20 && byte <= 0x7e && byte !== 0x25;
    encoded += plain ? String.fromCharCode(byte) : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
  }
  return encoded;
}

/** Lenient, as the specification asks: what is no escape stays as it is. */
function percentDecode(text: string): string {
  if (!text.includes('%')) return text;
  const latin = text.replace(/%([0-9A-Fa-f]{2})/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));
  return Buffer.from(latin, 'latin1').toString();
}

const TIMEOUT_UNITS_MS: Readonly<Record<string, number>> = {
  H: 3_600_000,
  M: 60_000,
  S: 1_000,
  m: 1,
  u: 0.001,
  n: 0.000_001,
};

/** `grpc-timeout` for a time-out: at most eight digits and a unit. */
export function encodeTimeout(timeoutMs: number): string {
  const wholeMs = Math.max(1, Math.ceil(timeoutMs));
  if (wholeMs < 1e8) return `${wholeMs}m`;
  return `${Math.min(Math.ceil(wholeMs / 1000), 99_999_999)}S`;
}

/** Milliseconds of a `grpc-timeout` header; undefined without one; throws a TransportError for one that makes no sense. */
export function decodeTimeout(header: string | undefined): number | undefined {
  if (header === undefined) return undefined;
  const [, digits, unit] = /^(\d{1,8})([HMSmun])$/.exec(header) ?? [];
  const unitMs = TIMEOUT_UNITS_MS[unit ?? ''];
  if (digits === undefined || unitMs === undefined) {
    throw new TransportError('protocol', `The header grpc-timeout is not a time-out: '${header}'.`);
  }
  return Number(digits) * unitMs;
}
