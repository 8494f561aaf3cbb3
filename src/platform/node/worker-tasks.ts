import { unreachable } from '../../common/assert.js';
import { VarveError } from '../../common/errors.js';
import type { WorkerTasks } from '../workers.js';

/** Runs one task here and now: what a worker thread does, and the pool itself where threads cannot start. */
export async function runTask<Name extends keyof WorkerTasks>(
  task: Name,
  input: WorkerTasks[Name]['input'],
): Promise<WorkerTasks[Name]['output']>;
export async function runTask(task: keyof WorkerTasks, input: WorkerTasks[typeof task]['input']): Promise<Uint8Array> {
  switch (task) {
    case 'decompress':
    case 'compress':
      throw new VarveError('UNSUPPORTED_COMPRESSION_TYPE', `No codec is registered for ${input.codec}.`);
    default:
      return unreachable(task);
  }
}
