import type { ErrorName } from '../../common/errors.js';
import type { WorkerTasks } from '../workers.js';

/** What the pool posts to a worker thread. */
export interface WorkerRequest {
  readonly task: keyof WorkerTasks;
  readonly input: unknown;
}

/** What a worker thread posts back: exactly one for each request, in order. */
export type WorkerResponse =
  { readonly output: Uint8Array } | { readonly failure: { readonly code: ErrorName; readonly message: string } };
