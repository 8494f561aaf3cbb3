/** A process of its own that opens one of everything, uses it, closes it, and must then end by itself. */
import { defined } from '../../src/common/assert.js';
import { createNodePlatform } from '../../src/platform/node/platform.js';

const folder = defined(process.argv[2], 'a folder is named');
const here = defined(process.argv[3], 'the place of this file is named');
const platform = await createNodePlatform({
  logLevel: 'info',
  workerEntry: new URL('../../src/platform/node/worker-main.js', here),
});
const lock = await platform.fileSystem.lockDirectory(folder);
const store = await platform.keyValueStores.open(`${folder}/store`);
await store.write([{ type: 'put', key: Buffer.from('a'), value: Buffer.from('b') }], { sync: true });
const server = await platform.transport.serveRpc({
  host: '127.0.0.1',
  port: 0,
  maxMessageBytes: 1000,
  handlers: { unary: { '/t/Echo': async (request) => request }, streams: { '/t/Stream': () => {} } },
});
const bytes = await platform.transport.serveBytes({ host: '127.0.0.1', port: 0, onConnection: () => {} });
const client = platform.transport.connectRpc({ ...server.address, channel: 'test', maxMessageBytes: 1000 });
await client.unary('/t/Echo', Buffer.from('x'), { timeoutMs: 10_000 });
client.stream('/t/Stream').send(Buffer.from('x'));
await platform.transport.connectBytes({ ...bytes.address, timeoutMs: 10_000 });
await platform.workers.run('compress', { codec: 0, data: Buffer.from('x') }).catch(() => {});
await platform.metrics.text();
client.close();
await server.close(100);
await bytes.close();
await store.close();
await lock.release();
platform.logger.info({}, 'all closed');
await platform.close();
