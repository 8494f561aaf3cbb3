/** The entry of a worker thread: takes requests and answers each in turn. */
import { parentPort } from 'node:worker_threads';
import { defined } from '../../common/assert.js';
import { toVarveError } from '../../common/errors.js';
import { handOver } from './worker-protocol.js';
import type { WorkerResponse } from './worker-protocol.js';
import { runTask } from './worker-tasks.js';
import type { TaskRequest } from './worker-tasks.js';

const port = defined(parentPort, 'this file is started as a worker thread');

port.on('message', (request: TaskRequest) => {
  void answer(request);
});

const ready: WorkerResponse = { ready: true };
port.postMessage(ready);

async function answer(request: TaskRequest): Promise<void> {
  try {
    const result = await runTask(request);
    if (!(result instanceof Uint8Array)) {
      const response: WorkerResponse = { output: result };
      port.postMessage(response);
      return;
    }
    const output = handOver(result);
    const response: WorkerResponse = { output };
    port.postMessage(response, [output.buffer]);
  } catch (error) {
    const { code, message } = toVarveError(error);
    const response: WorkerResponse = { failure: { code, message } };
    port.postMessage(response);
  }
}
