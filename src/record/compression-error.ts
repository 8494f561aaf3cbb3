import { VarveError } from '../common/errors.js';

/** The compressed bytes break their format; `what` completes "The lz4 data of the batch …". */
export function malformed(codec: string, what: string, cause?: unknown): VarveError {
  return new VarveError('CORRUPT_MESSAGE', `The ${codec} data of the batch ${what}.`, { cause });
}

/** The output would pass its bound. */
export function inflatesTooFar(maxBytes: number): VarveError {
  return new VarveError(
    'MESSAGE_TOO_LARGE',
    `The batch inflates to more than ${maxBytes} bytes: send smaller batches.`,
  );
}
