import { unreachable } from '../common/assert.js';
import { CompressionCodec } from '../record/batch-header.js';
import { checkCompressedRecords } from '../record/batch-validation.js';
import { compressRecords, decompressRecords, prepareCodec } from '../record/compression.js';
import type { TaskRunner } from './workers.js';
import type { WorkerTasks } from '../platform/workers.js';

type TaskRequest = {
  readonly [Name in keyof WorkerTasks]: { readonly task: Name; readonly input: WorkerTasks[Name]['input'] };
}[keyof WorkerTasks];

/**
 * Loads what the codecs need and gives the tasks of worker threads as plain functions. Before a run: within one, nothing
 * may wait for the real world.
 */
export async function loadWorkerTasks(): Promise<TaskRunner> {
  for (const codec of Object.values(CompressionCodec)) await prepareCodec(codec);
  return (task, input) => runTask({ task, input } as TaskRequest);
}

function runTask(request: TaskRequest): WorkerTasks[keyof WorkerTasks]['output'] {
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
