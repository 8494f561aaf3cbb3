import type { ErrorName } from '../../common/errors.js';
import type { TaskOutput } from './worker-tasks.js';

/** What a worker thread posts: `ready` once, when its code is loaded, then one answer for each request, in order. */
export type WorkerResponse =
  | { readonly ready: true }
  | { readonly output: TaskOutput }
  | { readonly failure: { readonly code: ErrorName; readonly message: string } };

/**
 * A copy of `bytes` alone in its memory, which can be handed over to another thread. Posting a slice as it is would
 * copy all of the memory that it is a slice of.
 */
export function handOver(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  return new Uint8Array(bytes);
}
