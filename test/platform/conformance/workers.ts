import type { Test } from 'tap';
import type { Workers } from '../../../src/platform/workers.js';

const GZIP = 1;

/** What every Workers does. */
export function workersConformance(t: Test, make: () => Workers): void {
  t.test('tasks give their output', async (t) => {
    const workers = make();
    t.teardown(() => workers.close());
    // A slice in the middle of other bytes: only it may be seen.
    const all = Buffer.from(`--${'records '.repeat(1000)}--`);
    const data = all.subarray(2, all.length - 2);
    const packed = await workers.run('compress', { codec: GZIP, data });
    t.ok(packed.length > 0 && packed.length < data.length / 4);
    const unpacked = await workers.run('decompress', { codec: GZIP, data: packed, maxBytes: data.length });
    t.ok(data.equals(unpacked));
    t.ok(packed.length > 0, 'the input stays the caller’s');
    const many = await Promise.all(
      Array.from({ length: 20 }, (_, i) => workers.run('compress', { codec: GZIP, data: Buffer.alloc(1000, i) })),
    );
    const back = await Promise.all(
      many.map((one) => workers.run('decompress', { codec: GZIP, data: one, maxBytes: 1000 })),
    );
    t.same(
      back.map((one) => one[999]),
      Array.from({ length: 20 }, (_, i) => i),
    );
  });

  t.test('errors of a task are typed, and the next one runs', async (t) => {
    const workers = make();
    t.teardown(() => workers.close());
    const broken = workers.run('decompress', { codec: GZIP, data: Buffer.from('no gzip'), maxBytes: 100 });
    await t.rejects(broken, { name: 'VarveError', code: 'CORRUPT_MESSAGE' });
    const packed = await workers.run('compress', { codec: GZIP, data: Buffer.alloc(1_000_000) });
    const bomb = workers.run('decompress', { codec: GZIP, data: packed, maxBytes: 1000 });
    await t.rejects(bomb, { name: 'VarveError' }, 'the output is bounded');
    const none = workers.run('compress', { codec: 7, data: Buffer.alloc(1) });
    await t.rejects(none, { name: 'VarveError', code: 'UNSUPPORTED_COMPRESSION_TYPE' });
  });

  t.test('a closed pool takes no more', async (t) => {
    const workers = make();
    await workers.close();
    await t.rejects(workers.run('compress', { codec: GZIP, data: Buffer.alloc(1) }), { name: 'VarveError' });
  });
}
