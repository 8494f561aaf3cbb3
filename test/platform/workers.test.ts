import { join } from 'node:path';
import t from 'tap';
import { NodeWorkers } from '../../src/platform/node/workers.js';
import { workersConformance } from './conformance/workers.js';

const entry = join(process.cwd(), 'dist/src/platform/node/worker-main.js');
const GZIP = 1;

t.test('in threads', (t) => {
  workersConformance(t, () => new NodeWorkers({ entry, threads: 2, maxQueued: 100 }));
  t.end();
});

t.test('without threads', (t) => {
  workersConformance(t, () => new NodeWorkers({ threads: 2, maxQueued: 100 }));
  t.end();
});

for (const [how, path] of [
  ['cannot start', '/nowhere/worker.js'],
  // Worker throws at once for this, as where the system gives no thread.
  ['cannot be made', 'worker.js'],
] as const) {
  t.test(`where threads ${how} the work is done all the same`, async (t) => {
    const workers = new NodeWorkers({ entry: path, threads: 2, maxQueued: 100 });
    t.teardown(() => workers.close());
    const done = await Promise.all(
      Array.from({ length: 10 }, () => workers.run('compress', { codec: GZIP, data: Buffer.alloc(1000) })),
    );
    t.equal(done.length, 10);
  });
}

t.test('the queue is bounded', async (t) => {
  const workers = new NodeWorkers({ entry, threads: 1, maxQueued: 2 });
  t.teardown(() => workers.close());
  const results = await Promise.allSettled(
    Array.from({ length: 5 }, () => workers.run('compress', { codec: GZIP, data: Buffer.alloc(1000) })),
  );
  t.same(
    results.map((result) => result.status),
    ['fulfilled', 'fulfilled', 'fulfilled', 'rejected', 'rejected'],
  );
  const refused = results[4];
  t.match(refused?.status === 'rejected' ? refused.reason : undefined, {
    code: 'THROTTLING_QUOTA_EXCEEDED',
    retriable: true,
  });
});

t.test('closing fails what waits', async (t) => {
  const workers = new NodeWorkers({ entry, threads: 1, maxQueued: 10 });
  const results = Promise.allSettled(
    Array.from({ length: 3 }, () => workers.run('compress', { codec: GZIP, data: Buffer.alloc(1000) })),
  );
  await workers.close();
  for (const result of await results) t.equal(result.status, 'rejected');
});
