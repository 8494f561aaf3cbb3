import { connect as connectHttp2 } from 'node:http2';
import type { Settings } from 'node:http2';
import { createServer, connect as connectTcp } from 'node:net';
import type { Server as NetServer, Socket } from 'node:net';
import { Client, Metadata, Server, ServerCredentials, compressionAlgorithms, credentials, status } from '@grpc/grpc-js';
import type { ServiceError } from '@grpc/grpc-js';
import t from 'tap';
import type { Test } from 'tap';
import { BufferPool } from '../../src/platform/buffer-pool.js';
import { VarveError } from '../../src/common/errors.js';
import { sleep } from '../../src/platform/clock.js';
import { RealClock } from '../../src/platform/node/clock.js';
import { MAX_FRAME_BYTES } from '../../src/platform/node/grpc-internals.js';
import { NodeTransport } from '../../src/platform/node/transport.js';
import type { NodeTransportOptions } from '../../src/platform/node/transport.js';
import type { Address, RpcClient, RpcHandlers, RpcStream } from '../../src/platform/transport.js';

const maxMessageBytes = 4_000_000;
const timeoutMs = 10_000;
const clock = new RealClock();
const same = (message: Buffer): Buffer => message;

const handlers: RpcHandlers = {
  unary: {
    '/t.T/Echo': async (request) => request,
    '/t.T/Fail': async () => {
      throw new VarveError('UNKNOWN_TOPIC_OR_PARTITION', 'There is no topic "ordërs".');
    },
  },
  streams: {
    '/t.T/Count': (stream) => {
      stream.onMessage((message) => {
        for (let i = 0; i < Number(message.toString()); i++) stream.send(Buffer.from(`${i}`));
        stream.end();
      });
    },
    '/t.T/Sum': (stream) => {
      let sum = 0;
      stream.onMessage((message) => {
        sum += Number(message.toString());
      });
      stream.onEnd(() => {
        stream.send(Buffer.from(`${sum}`));
        stream.end();
      });
    },
  },
};

async function serve(t: Test, served: RpcHandlers, options: NodeTransportOptions = {}, maxConnections?: number) {
  const server = await new NodeTransport(options).serveRpc({
    host: '127.0.0.1',
    port: 0,
    maxMessageBytes,
    handlers: served,
    ...(maxConnections === undefined ? {} : { maxConnections }),
  });
  t.teardown(() => server.close(0));
  return server;
}

function connect(t: Test, address: Address, options: NodeTransportOptions = {}): RpcClient {
  const client = new NodeTransport(options).connectRpc({ ...address, channel: 'test', maxMessageBytes });
  t.teardown(() => client.close());
  return client;
}

function foreignClient(t: Test, address: Address, options = {}): Client {
  const client = new Client(`${address.host}:${address.port}`, credentials.createInsecure(), options);
  t.teardown(() => client.close());
  return client;
}

const closed = (stream: RpcStream): Promise<Error | undefined> => new Promise((resolve) => stream.onClose(resolve));

t.test('a generic gRPC client calls', async (t) => {
  const { address } = await serve(t, handlers);
  const plain = foreignClient(t, address);
  const gzip = foreignClient(t, address, { 'grpc.default_compression_algorithm': compressionAlgorithms.gzip });
  for (const client of [plain, gzip]) {
    const unary = (method: string): Promise<Buffer> =>
      new Promise((resolve, reject) => {
        client.makeUnaryRequest(method, same, same, Buffer.from('x'.repeat(5000)), (error, answer) => {
          if (error) reject(error);
          else resolve(answer ?? Buffer.alloc(0));
        });
      });
    t.equal((await unary('/t.T/Echo')).length, 5000);
    const error = await unary('/t.T/Fail').then(
      () => undefined,
      (failure: ServiceError) => failure,
    );
    t.equal(error?.code, status.NOT_FOUND);
    t.equal(error?.details, 'There is no topic "ordërs".');
    t.same(error?.metadata.get('varve-error'), ['UNKNOWN_TOPIC_OR_PARTITION']);
    t.same(error?.metadata.get('varve-retriable'), ['true']);
    await t.rejects(unary('/t.T/None'), { code: status.UNIMPLEMENTED });

    const counted: string[] = [];
    const counting = client.makeServerStreamRequest('/t.T/Count', same, same, Buffer.from('40'), new Metadata());
    for await (const message of counting) counted.push(String(message));
    t.same(
      counted,
      Array.from({ length: 40 }, (_, i) => `${i}`),
    );
    const sum = await new Promise((resolve) => {
      const call = client.makeClientStreamRequest('/t.T/Sum', same, same, (_error, answer) => resolve(String(answer)));
      for (let i = 1; i <= 10; i++) call.write(Buffer.from(`${i}`));
      call.end();
    });
    t.equal(sum, '55');
  }
});

t.test('a message of an error that is long or broken text still arrives', async (t) => {
  const message = `100 % \ud800 ${'é'.repeat(100_000)}`;
  const { address } = await serve(t, {
    streams: {},
    unary: { '/t.T/Fail': () => Promise.reject(new VarveError('INVALID_CONFIG', message)) },
  });
  const failed = connect(t, address).unary('/t.T/Fail', Buffer.alloc(0), { timeoutMs });
  await t.rejects(failed, { code: 'INVALID_CONFIG', message: /^100 % \ufffd é{1000}/ });
});

t.test('a node that says that time was up is not taken for one that is silent', async (t) => {
  const message = 'The controller gave no answer within 1 ms.';
  const { address } = await serve(t, {
    streams: {},
    unary: { '/t.T/Fail': () => Promise.reject(new VarveError('REQUEST_TIMED_OUT', message)) },
  });
  const failed = connect(t, address).unary('/t.T/Fail', Buffer.alloc(0), { timeoutMs });
  await t.rejects(failed, { name: 'VarveError', code: 'REQUEST_TIMED_OUT', message });
});

t.test('a generic gRPC server is called', async (t) => {
  const server = new Server();
  server.register(
    '/t.T/Refuse',
    (_call: unknown, callback: (error: object) => void) => callback({ code: status.PERMISSION_DENIED, details: 'No.' }),
    same,
    same,
    'unary',
  );
  const port = await new Promise<number>((resolve) => {
    server.bindAsync('127.0.0.1:0', ServerCredentials.createInsecure(), (_error, bound) => resolve(bound));
  });
  t.teardown(() => server.forceShutdown());
  const client = connect(t, { host: '127.0.0.1', port });
  const refused = client.unary('/t.T/Refuse', Buffer.alloc(0), { timeoutMs });
  await t.rejects(refused, { name: 'TransportError', kind: 'denied', message: 'No.' });
});

t.test('a reader that stands still holds a bounded number of bytes, and more than 64 KiB', async (t) => {
  const streamWindowBytes = 1024 * 1024;
  const { address } = await serve(t, { unary: {}, streams: { '/t.T/Still': (s) => s.pause() } }, { streamWindowBytes });
  const stream = connect(t, address).stream('/t.T/Still');
  const chunk = Buffer.alloc(64 * 1024);
  let sent = 0;
  let handedOver = 0;
  for (let quiet = 0; quiet < 20; quiet++) {
    while (sent < 64 * 1024 * 1024 && stream.send(chunk)) sent += chunk.length;
    await sleep(clock, 10);
    if (sent - stream.queuedBytes > handedOver) quiet = 0;
    handedOver = sent - stream.queuedBytes;
  }
  // What is partly written still counts as queued.
  t.ok(sent >= streamWindowBytes * 1.25, `the server takes its window: ${sent}`);
  t.ok(handedOver <= streamWindowBytes * 2, `and not much more: ${handedOver}`);
  stream.cancel();
});

t.test('a sender that does not heed the bound is broken off', async (t) => {
  const { address } = await serve(t, { unary: {}, streams: { '/t.T/Still': (stream) => stream.pause() } });
  const stream = connect(t, address, { maxQueuedBytes: 100_000 }).stream('/t.T/Still');
  const over = closed(stream);
  for (let i = 0; i < 100; i++) stream.send(Buffer.alloc(100_000));
  t.match(await over, { name: 'TransportError', kind: 'tooLarge' });
  t.equal(stream.queuedBytes, 0);
});

t.test('connections beyond the bound are refused, those before go on', async (t) => {
  const { address } = await serve(t, handlers, {}, 1);
  const first = connect(t, address);
  const echo = (client: RpcClient): Promise<Buffer> => client.unary('/t.T/Echo', Buffer.from('x'), { timeoutMs });
  await echo(first);
  await t.rejects(echo(connect(t, address)), { name: 'TransportError' });
  t.equal((await echo(first)).toString(), 'x');
});

/** Something between client and server that can stop passing bytes on, as a host does that hangs. */
async function relay(t: Test, target: Address): Promise<{ readonly address: Address; freeze(): void }> {
  const sockets = new Set<Socket>();
  const server: NetServer = createServer((near) => {
    const far = connectTcp(target);
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(from);
      from.on('error', () => {});
      from.on('data', (chunk) => to.write(chunk));
      from.once('close', () => to.destroy());
    }
  });
  await new Promise<void>((resolve) => server.listen({ host: '127.0.0.1', port: 0 }, () => resolve()));
  t.teardown(() => {
    server.close();
    for (const socket of sockets) socket.destroy();
  });
  const bound = server.address();
  const port = typeof bound === 'object' && bound !== null ? bound.port : 0;
  return {
    address: { host: '127.0.0.1', port },
    freeze() {
      for (const socket of sockets) socket.pause();
    },
  };
}

t.test('a peer that hangs is given up by both sides', async (t) => {
  const keepalive = { keepaliveMs: 50, keepaliveTimeoutMs: 200 };
  let served: Promise<Error | undefined> | undefined;
  const { address } = await serve(
    t,
    {
      unary: {},
      streams: {
        '/t.T/Open': (stream) => {
          served = closed(stream);
          stream.onMessage((message) => stream.send(message));
        },
      },
    },
    keepalive,
  );
  const between = await relay(t, address);
  const stream = connect(t, between.address, keepalive).stream('/t.T/Open');
  const over = closed(stream);
  await new Promise<void>((resolve) => {
    stream.onMessage(() => resolve());
    stream.send(Buffer.from('x'));
  });
  between.freeze();
  t.match(await over, { name: 'TransportError', kind: 'closed' });
  t.match(await served, { name: 'TransportError' });
});

t.test('a host that answers with nothing is unreachable within the time-out', async (t) => {
  const silent = createServer(() => {});
  await new Promise<void>((resolve) => silent.listen({ host: '127.0.0.1', port: 0 }, () => resolve()));
  const bound = silent.address();
  const port = typeof bound === 'object' && bound !== null ? bound.port : 0;
  const sockets = new Set<Socket>();
  silent.on('connection', (socket) => sockets.add(socket.on('error', () => {})));
  t.teardown(() => {
    silent.close();
    for (const socket of sockets) socket.destroy();
  });
  const client = connect(t, { host: '127.0.0.1', port }, { connectTimeoutMs: 100 });
  for (let attempt = 0; attempt < 2; attempt++) {
    t.match(await closed(client.stream('/t.T/Open')), { name: 'TransportError', kind: 'unreachable' });
    const call = client.unary('/t.T/Open', Buffer.alloc(0), { timeoutMs });
    await t.rejects(call, { name: 'TransportError', kind: 'unreachable' });
  }
  const short = client.unary('/t.T/Open', Buffer.alloc(0), { timeoutMs: 20 });
  await t.rejects(short, { name: 'TransportError', kind: 'timeout' });
});

t.test('a name that does not exist is unreachable', async (t) => {
  const client = connect(t, { host: 'nowhere.invalid', port: 1 });
  const call = client.unary('/t.T/Open', Buffer.alloc(0), { timeoutMs });
  await t.rejects(call, { name: 'TransportError', kind: 'unreachable' });
});

t.test('a server takes larger HTTP/2 frames than the default', async (t) => {
  const { address } = await serve(t, handlers);
  const session = connectHttp2(`http://127.0.0.1:${address.port}`);
  t.teardown(() => session.destroy());
  const settings = await new Promise<Settings>((resolve) => session.once('remoteSettings', resolve));
  t.equal(settings.maxFrameSize, MAX_FRAME_BYTES);
});

t.test('a message that its reader is through with lends its memory to a later one', async (t) => {
  const server = await serve(t, {
    unary: {},
    streams: {
      '/t.T/Borrow': (stream) => {
        const kept: Buffer[] = [];
        const seen = new Set<ArrayBufferLike>();
        stream.onBorrowedMessage((message) => {
          const isKept = message[0] === 1;
          if (isKept) kept.push(message);
          const isReused = seen.has(message.buffer);
          seen.add(message.buffer);
          const areWhole = kept.every((one) => one.equals(Buffer.alloc(one.length, 1)));
          stream.send(Buffer.from(JSON.stringify({ length: message.length, isReused, areWhole })));
          return !isKept;
        });
      },
    },
  });
  const stream = connect(t, server.address).stream('/t.T/Borrow');
  const answers: string[] = [];
  let told = (): void => {};
  stream.onMessage((message) => {
    answers.push(message.toString());
    told();
  });
  const ask = async (length: number, content: number): Promise<unknown> => {
    const answer = new Promise<void>((resolve) => (told = resolve));
    stream.send(Buffer.alloc(length, content));
    await answer;
    return JSON.parse(answers.at(-1) ?? '');
  };
  t.same(await ask(200_000, 0), { length: 200_000, isReused: false, areWhole: true });
  t.same(await ask(199_000, 0), { length: 199_000, isReused: true, areWhole: true });
  t.same(await ask(200_000, 1), { length: 200_000, isReused: true, areWhole: true }, 'it keeps this one');
  t.same(await ask(200_000, 0), { length: 200_000, isReused: false, areWhole: true });
  t.same(await ask(200_000, 2), { length: 200_000, isReused: true, areWhole: true });
  t.same(await ask(3_000_000, 0), { length: 3_000_000, isReused: false, areWhole: true }, 'larger than is made ahead');
  t.same(await ask(3_000_000, 2), { length: 3_000_000, isReused: true, areWhole: true });
  t.same(await ask(100, 0), { length: 100, isReused: false, areWhole: true }, 'not worth it');
  stream.cancel();
});

t.test("small messages share Node's memory for small buffers, which is nobody's to lend", async (t) => {
  const poolSize = Buffer.poolSize;
  t.teardown(() => (Buffer.poolSize = poolSize));
  // As Node has it from 26.3 on.
  Buffer.poolSize = 65_536;
  const buffers = new BufferPool();
  const server = await new NodeTransport({ pool: buffers }).serveRpc({
    host: '127.0.0.1',
    port: 0,
    maxMessageBytes: 1_000_000,
    handlers: {
      unary: {},
      streams: {
        '/t.T/Borrow': (stream) => stream.onBorrowedMessage((message) => stream.send(Buffer.from([message[0] ?? 0]))),
      },
    },
  });
  t.teardown(() => server.close(0));
  const stream = connect(t, server.address).stream('/t.T/Borrow');
  let answers = 0;
  const answered = new Promise<void>((resolve) => stream.onMessage(() => ++answers === 500 && resolve()));
  for (let number = 0; number < 500; number++) stream.send(Buffer.alloc(1_000, number));
  await answered;
  t.equal(buffers.freeBytes, 0);
  stream.cancel();
});

t.test("a client's message that was answered lends its memory to a later one", async (t) => {
  const server = await serve(t, {
    unary: {},
    streams: { '/t.T/Answer': (stream) => stream.onMessage(() => stream.send(Buffer.from('read'))) },
  });
  const stream = connect(t, server.address).stream('/t.T/Answer');
  const first = stream.allocate(100_000);
  const answered = new Promise<void>((resolve) => stream.onMessage(() => resolve()));
  stream.send(first);
  await answered;
  t.not(stream.allocate(100_000).buffer, first.buffer, 'not before it is given back');
  stream.recycle(first);
  const later = stream.allocate(99_000);
  t.equal(later.buffer, first.buffer);
  t.equal(later.length, 99_000);
  stream.cancel();
});
