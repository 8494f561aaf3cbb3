import { unreachable } from '../../common/assert.js';
import { compressRecords, decompressRecords, prepareCodec } from '../../record/compression.js';
import type { WorkerTasks } from '../workers.js';

/**
 * Runs one task here and now: what a worker thread does, and the pool itself where threads cannot start. This is where
 * the code of the tasks is known, so that this file alone of `platform/node` imports from a folder above it.
 */
export async function runTask<Name extends keyof WorkerTasks>(
  task: Name,
  input: WorkerTasks[Name]['input'],
): Promise<WorkerTasks[Name]['output']>;
export async function runTask(task: keyof WorkerTasks, input: WorkerTasks[typeof task]['input']): Promise<Uint8Array> {
  await prepareCodec(input.codec);
  switch (task) {
    case 'decompress':
      return decompressRecords(input.codec, input.data, (input as WorkerTasks['decompress']['input']).maxBytes);
    case 'compress':
      return compressRecords(input.codec, input.data);
    default:
      return unreachable(task);
  }
}
