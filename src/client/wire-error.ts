import type { ErrorName } from '../common/errors.js';
import { ERRORS, VarveError, errorName } from '../common/errors.js';
import { TransportError } from '../platform/transport.js';
import type { varve } from '../protocol/varve.js';

/** The VarveError that an answer carries; undefined for none. */
export function wireError(error: varve.v1.IError | null | undefined): VarveError | undefined {
  if (error === null || error === undefined || (error.code ?? 0) === 0) return undefined;
  const name = error.name ?? '';
  const code = Object.hasOwn(ERRORS, name) ? (name as ErrorName) : errorName(error.code ?? -1);
  return new VarveError(code, error.message || undefined);
}

/** What a call failed with, as a client tells it: a broken connection is Kafka's NETWORK_EXCEPTION. */
export function callError(error: unknown): VarveError {
  if (error instanceof VarveError) return error;
  if (error instanceof TransportError) {
    const code: ErrorName =
      error.kind === 'timeout'
        ? 'REQUEST_TIMED_OUT'
        : error.kind === 'tooLarge'
          ? 'MESSAGE_TOO_LARGE'
          : 'NETWORK_EXCEPTION';
    return new VarveError(code, error.message, { cause: error });
  }
  const message = error instanceof Error ? error.message : String(error);
  return new VarveError('UNKNOWN_SERVER_ERROR', message, { cause: error });
}
