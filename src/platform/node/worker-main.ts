/** The entry of a worker thread: takes requests one at a time and answers each. */
import { parentPort } from 'node:worker_threads';
import { defined } from '../../common/assert.js';
import { toVarveError } from '../../common/errors.js';
import type { WorkerRequest, WorkerResponse } from './worker-protocol.js';
import { runTask } from './worker-tasks.js';

const port = defined(parentPort, 'this file is started as a worker thread');

port.on('message', (request: WorkerRequest) => {
  void answer(request);
});

async function answer(request: WorkerRequest): Promise<void> {
  let response: WorkerResponse;
  try {
    response = { output: await runTask(request.task, request.input as never) };
  } catch (error) {
    const { code, message } = toVarveError(error);
    response = { failure: { code, message } };
  }
  port.postMessage(response);
}
