import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import t from 'tap';
import { WaitQueue } from '../../src/replication/wait-queue.js';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

/** A waiter whose closure holds a batch, as a produce's does. */
function waitWithBatch(queue: WaitQueue, offset: number, told: number[]): WeakRef<Buffer> {
  const batch = Buffer.alloc(1000, offset);
  queue.add(offset, Infinity, () => told.push(batch[0] ?? -1));
  return new WeakRef(batch);
}

t.test('what was answered is not held on to, whether or not others still wait', async (t) => {
  const queue = new WaitQueue();
  const told: number[] = [];
  const batches = [1, 2, 3, 4].map((offset) => waitWithBatch(queue, offset, told));
  queue.reached(3);
  t.same(told, [1, 2, 3]);
  t.equal(queue.size, 1);
  // A WeakRef holds its target until the end of the turn that made it.
  await new Promise((resolve) => setImmediate(resolve));
  collect();
  t.same(
    batches.map((batch) => batch.deref() !== undefined),
    [false, false, false, true],
  );
  queue.reached(4);
  t.equal(queue.size, 0);
});

t.test('those who wait are answered in order, the late and the failed with an error', (t) => {
  const queue = new WaitQueue();
  const told: string[] = [];
  const add = (offset: number, deadlineMs: number): void =>
    queue.add(offset, deadlineMs, (error) => told.push(`${offset} ${error?.code ?? 'NONE'}`));
  for (let offset = 1; offset <= 200; offset++) add(offset, offset === 150 ? 5 : 100);
  queue.reached(149);
  queue.expire(5);
  t.same(told.slice(-2), ['149 NONE', '150 REQUEST_TIMED_OUT']);
  queue.reached(199);
  t.equal(queue.size, 1);
  queue.expire(100);
  t.same(told.slice(-1), ['200 REQUEST_TIMED_OUT']);
  t.equal(told.length, 200);
  t.equal(queue.size, 0);
  t.end();
});
