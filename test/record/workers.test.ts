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
