import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
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

t.test('threads that did not start are tried again', async (t) => {
  const late = join(t.testdir(), 'late-worker.mjs');
  const workers = new NodeWorkers({ entry: late, threads: 1, maxQueued: 0, retryMs: 0 });
  t.teardown(() => workers.close());
  const run = async (): Promise<number> => {
    const tasks = Array.from({ length: 3 }, () => workers.run('compress', { codec: GZIP, data: Buffer.alloc(1000) }));
    return (await Promise.allSettled(tasks)).filter(({ status }) => status === 'fulfilled').length;
  };
  await workers.run('compress', { codec: GZIP, data: Buffer.alloc(1000) });
  writeFileSync(late, `import ${JSON.stringify(pathToFileURL(entry).href)};`);
  t.equal(await run(), 1, 'one has the thread, and none may wait for it');
});

t.test('one that does not start is no loss while another works', async (t) => {
  const folder = t.testdir();
  const once = join(folder, 'once-worker.mjs');
  // The first one to come makes the folder, and lives.
  const first = JSON.stringify(join(folder, 'first'));
  const code = `import { mkdirSync } from 'node:fs'; mkdirSync(${first}); await import(${JSON.stringify(pathToFileURL(entry).href)});`;
  writeFileSync(once, code);
  const workers = new NodeWorkers({ entry: once, threads: 2, maxQueued: 1 });
  t.teardown(() => workers.close());
  const run = (): Promise<Uint8Array> => workers.run('compress', { codec: GZIP, data: Buffer.alloc(1000) });
  await run();
  t.equal((await Promise.all([run(), run()])).length, 2, 'the other has its task, too');
  const results = await Promise.allSettled([run(), run(), run()]);
  t.same(
    results.map(({ status }) => status),
    ['fulfilled', 'fulfilled', 'rejected'],
    'nothing is done on the event loop',
  );
});

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
