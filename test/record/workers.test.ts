import t from 'tap';
import { NodeWorkers } from '../../src/platform/node/workers.js';
import { CompressionCodec } from '../../src/record/batch-header.js';

t.test('worker threads inflate and deflate with every codec, and errors keep their code', async (t) => {
  const entry = new URL('../../src/platform/node/worker-main.js', import.meta.url);
  const workers = new NodeWorkers({ entry, threads: 1, maxQueued: 100 });
  t.teardown(() => workers.close());
  const data = Buffer.alloc(100_000, 'varve');
  for (const codec of Object.values(CompressionCodec)) {
    const compressed = await workers.run('compress', { codec, data });
    const inflated = await workers.run('decompress', { codec, data: compressed, maxBytes: data.length });
    t.ok(Buffer.from(inflated).equals(data), `codec ${codec}`);
    if (codec === CompressionCodec.none) continue;
    await t.rejects(workers.run('decompress', { codec, data: compressed, maxBytes: 1000 }), {
      code: 'MESSAGE_TOO_LARGE',
    });
    await t.rejects(workers.run('decompress', { codec, data: Buffer.from('none of it'), maxBytes: 1000 }), {
      code: 'CORRUPT_MESSAGE',
    });
  }
});

t.test(
  'data that is given away is not copied, once its thread is there, and is there for who has no thread',
  async (t) => {
    const entry = new URL('../../src/platform/node/worker-main.js', import.meta.url);
    const workers = new NodeWorkers({ entry, threads: 1, maxQueued: 100 });
    t.teardown(() => workers.close());
    const threadless = new NodeWorkers({ entry: new URL('file:///there/is/none.js'), threads: 1, maxQueued: 100 });
    t.teardown(() => threadless.close());
    const codec = CompressionCodec.gzip;
    const expected = Buffer.alloc(100_000, 'varve');
    const give = async (pool: NodeWorkers): Promise<number> => {
      // A part of memory of its own, as a batch without its header is.
      const data = Buffer.allocUnsafeSlow(100_061).subarray(61);
      expected.copy(data);
      const compressed = await pool.run('compress', { codec, data, givesData: true });
      const inflated = await pool.run('decompress', { codec, data: compressed, maxBytes: expected.length });
      t.ok(Buffer.from(inflated).equals(expected));
      return data.length;
    };
    await give(workers);
    t.equal(await give(workers), 0, "its memory is the thread's");
    t.equal(await give(threadless), expected.length);
  },
);
