import { unreachable } from '../../common/assert.js';
import { checkCompressedRecords } from '../../record/batch-validation.js';
import { compressRecords, decompressRecords, prepareCodec } from '../../record/compression.js';
import type { WorkerTasks } from '../workers.js';

/** One task with its input, as it goes to a worker thread. */
export type TaskRequest = {
  readonly [Name in keyof WorkerTasks]: { readonly task: Name; readonly input: WorkerTasks[Name]['input'] };
}[keyof WorkerTasks];

export type TaskOutput = WorkerTasks[keyof WorkerTasks]['output'];

/** Runs one task here and now: what a worker thread does, and the pool itself where threads cannot start. */
export async function runTask(request: TaskRequest): Promise<TaskOutput> {
  await prepareCodec(request.input.codec);
  switch (request.task) {
    case 'decompress':
      return decompressRecords(request.input.codec, request.input.data, request.input.maxBytes);
    case 'compress':
      return compressRecords(request.input.codec, request.input.data);
    case 'checkRecords':
      return { maxTimestamp: checkCompressedRecords(request.input.data, request.input.rules) };
    default:
      return unreachable(request);
  }
}
