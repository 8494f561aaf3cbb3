import { once } from 'node:events';
import { connect as connectHttp2 } from 'node:http2';
import type { ClientHttp2Stream } from 'node:http2';
import { gzipSync } from 'node:zlib';
import { Client, credentials } from '@grpc/grpc-js';
import t from 'tap';
import type { Test } from 'tap';
import { NodeTransport } from '../../src/platform/node/transport.js';
import type { NodeTransportOptions } from '../../src/platform/node/transport.js';
import type { Address } from '../../src/platform/transport.js';
import { until } from '../broker/local-cluster.js';

// Clients that begin unary calls and do not go on to their ends.

const MIB = 1024 * 1024;
const ECHO = '/t.T/Echo';
const STREAM = '/t.T/Stream';
const UNREAD = '/t.T/Unread';
const RESOURCE_EXHAUSTED = 8;
const DEADLINE_EXCEEDED = 4;
const INVALID_ARGUMENT = 3;
const UNIMPLEMENTED = 12;
const timeoutMs = 20_000;
const same = (message: Buffer): Buffer => message;

async function serve(
  t: Test,
  maxReceivingBytes: number,
  options: NodeTransportOptions = {},
  maxUnreadUnaryBytes = Infinity,
) {
  const served: number[] = [];
  const server = await new NodeTransport(options).serveRpc({
    host: '127.0.0.1',
    port: 0,
    maxMessageBytes: 4 * MIB,
    maxReceivingBytes,
    maxReceivingUnaryBytes: maxReceivingBytes,
    maxUnreadUnaryBytes,
    handlers: {
      unary: {
        [ECHO]: async (request) => {
          served.push(request.length);
          return request;
        },
      },
      streams: {
        [STREAM]: (stream) => stream.onMessage((message) => stream.send(message)),
        [UNREAD]: (stream) => stream.onMessage(() => stream.pause()),
      },
    },
  });
  t.teardown(() => server.close(0));
  return { address: server.address, served };
}

/** A client that can leave messages unfinished. */
function rawClient(t: Test, { host, port }: Address, settings = {}) {
  const session = connectHttp2(`http://${host}:${port}`, { maxSessionMemory: 1_000, settings });
  session.on('error', () => {});
  t.teardown(() => session.destroy());
  const headers = { ':method': 'POST', ':path': ECHO, 'content-type': 'application/grpc', te: 'trailers' };
  /** Statuses of the calls that the server has ended. */
  const statuses: number[] = [];
  /** A call of which nothing comes but its headers. */
  const open = (more = {}): ClientHttp2Stream => {
    const stream = session.request({ ...headers, ...more }, { endStream: false });
    stream.on('error', () => {});
    stream.on('response', (response) => statuses.push(Number(response['grpc-status'] ?? -1)));
    stream.resume();
    return stream;
  };
  /** `bytes` of a message that says that it has `sizeBytes`. */
  const begin = (bytes: number, sizeBytes: number, more = {}): ClientHttp2Stream => {
    const stream = open(more);
    const frame = Buffer.alloc(5 + bytes);
    frame.writeUInt32BE(sizeBytes, 1);
    stream.write(frame);
    return stream;
  };
  /** Whole messages, gzipped, without an end of the call. */
  const beginGzipped = (messages: readonly Buffer[], more = {}): ClientHttp2Stream => {
    const stream = open({ 'grpc-encoding': 'gzip', ...more });
    const frames = messages.map((message) => {
      const frame = Buffer.alloc(5);
      frame[0] = 1;
      frame.writeUInt32BE(message.length, 1);
      return Buffer.concat([frame, message]);
    });
    stream.write(Buffer.concat(frames));
    return stream;
  };
  return { open, begin, beginGzipped, statuses };
}

async function echoes(t: Test, address: Address, bytes: number): Promise<void> {
  const client = new NodeTransport().connectRpc({ ...address, channel: 'honest', maxMessageBytes: 4 * MIB });
  t.teardown(() => client.close());
  t.equal((await client.unary(ECHO, Buffer.alloc(bytes), { timeoutMs })).length, bytes);
}

t.test('unary requests that are not whole hold a bounded number of bytes: the oldest ones make room', async (t) => {
  const { address } = await serve(t, 10 * MIB);
  const calls = 60;
  for (const [what, sizeBytes] of [
    ['messages in parts', 4 * MIB],
    ['messages without an end of the call', 2 * MIB],
  ] as const) {
    const { begin, statuses } = rawClient(t, address);
    const streams = Array.from({ length: calls }, () => begin(2 * MIB, sizeBytes));
    const least = calls - 10 / 2;
    await until(`${what}: the oldest ones were refused`, () => statuses.length >= least);
    t.ok(statuses.every((status) => status === RESOURCE_EXHAUSTED));
    await echoes(t, address, 3 * MIB);
    t.ok(statuses.length < calls, 'those that there is room for go on');
    // Not `close`: a stream that the server resets at that moment would stay, in this client's view, for ever.
    for (const stream of streams) stream.destroy();
  }
  await echoes(t, address, 4 * MIB);
});

t.test('answers that clients do not read hold a bounded number of bytes: the oldest ones are broken off', async (t) => {
  const { address } = await serve(t, 400 * MIB, {}, 10 * MIB);
  const calls = 60;
  // It grants no stream a byte: what it is answered stays with the server.
  const { begin } = rawClient(t, address, { initialWindowSize: 0 });
  const streams = Array.from({ length: calls }, () => begin(2 * MIB, 2 * MIB));
  for (const stream of streams) stream.end();
  const brokenOff = (): number => streams.filter(({ destroyed }) => destroyed).length;
  await until('the oldest ones were broken off', () => brokenOff() >= calls - 10 / 2);
  t.ok(brokenOff() < calls, 'those that there is room for are kept');
  await echoes(t, address, 3 * MIB);
});

t.test('streams that stop within a message hold a bounded number of bytes, those between messages go on', async (t) => {
  const { address } = await serve(t, 10 * MIB);
  const client = new NodeTransport().connectRpc({ ...address, channel: 'honest', maxMessageBytes: 4 * MIB });
  t.teardown(() => client.close());
  const honest = client.stream(STREAM);
  const answers: number[] = [];
  honest.onMessage((message) => answers.push(message.length));
  honest.send(Buffer.alloc(3 * MIB));
  await until('it is answered', () => answers.length === 1);
  const { begin } = rawClient(t, address);
  const streams = Array.from({ length: 60 }, () => begin(2 * MIB, 4 * MIB, { ':path': STREAM }));
  const brokenOff = (): number => streams.filter(({ destroyed }) => destroyed).length;
  await until('the oldest ones were broken off', () => brokenOff() >= 55);
  honest.send(Buffer.alloc(3 * MIB));
  await until('it goes on', () => answers.length === 2);
  t.ok(brokenOff() < 60, 'those that there is room for are kept');
});

t.test('calls of which nothing has come but their headers are bounded, too', async (t) => {
  const { address } = await serve(t, 4 * MIB);
  const calls = 2_000;
  const clients = [rawClient(t, address), rawClient(t, address)];
  for (const { open } of clients) for (let n = 0; n < calls / clients.length; n += 1) open();
  const refused = (): number => clients.reduce((sum, { statuses }) => sum + statuses.length, 0);
  await until('most of them were refused', () => refused() >= calls / 2);
  await echoes(t, address, 100);
  t.ok(refused() < calls, 'those that there is room for go on');
});

t.test('compressed messages are inflated when they are read, and then count by what they are', async (t) => {
  const { address } = await serve(t, 10 * MIB);
  const bomb = gzipSync(Buffer.alloc(3 * MIB));
  const before = process.memoryUsage().arrayBuffers;
  let greatest = 0;
  const watch = setInterval(() => (greatest = Math.max(greatest, process.memoryUsage().arrayBuffers)), 5);
  t.teardown(() => clearInterval(watch));
  const unary = rawClient(t, address);
  const calls = 12;
  for (let n = 0; n < calls; n += 1) unary.beginGzipped([bomb]);
  await until('all but three were refused', () => unary.statuses.length >= calls - 3);
  t.ok(unary.statuses.every((status) => status === RESOURCE_EXHAUSTED));
  const streams = rawClient(t, address);
  const unread = { ':path': UNREAD };
  for (let n = 0; n < 20; n += 1) streams.beginGzipped(Array<Buffer>(5).fill(bomb), unread);
  // It has its turn after all that were to be inflated before it.
  const last = streams.beginGzipped([gzipSync(Buffer.alloc(1))]);
  last.end();
  await once(last, 'end');
  // 60 MiB are read of the streams, and all that came of them has 300.
  t.ok(greatest - before < 150 * MIB, `${Math.round((greatest - before) / MIB)} MiB at the most`);

  const large = rawClient(t, address);
  large.beginGzipped([gzipSync(Buffer.alloc(5 * MIB))]);
  large.beginGzipped([Buffer.from('this is no gzip')]);
  large.beginGzipped([bomb], { 'grpc-encoding': 'snappy' });
  await until('they are refused', () => large.statuses.length === 3);
  t.same(large.statuses.sort(), [UNIMPLEMENTED, INVALID_ARGUMENT, INVALID_ARGUMENT]);
});

t.test('a unary request has its time to be whole', async (t) => {
  const { address, served } = await serve(t, 64 * MIB, { maxReceiveMs: 100 });
  const { begin, statuses } = rawClient(t, address);
  const inParts = begin(10, 100);
  const unended = begin(10, 10);
  const withDeadline = begin(10, 100, { 'grpc-timeout': '20m' });
  await until('they were ended', () => [inParts, unended, withDeadline].every(({ destroyed }) => destroyed));
  t.same(statuses, [DEADLINE_EXCEEDED, DEADLINE_EXCEEDED, DEADLINE_EXCEEDED]);
  t.same(served, []);
});

t.test('a client of another make is told why', async (t) => {
  const { address, served } = await serve(t, 64 * MIB, { maxReceiveMs: 200 });
  const client = new Client(`${address.host}:${address.port}`, credentials.createInsecure());
  t.teardown(() => client.close());
  const call = (messages: number): Promise<Error | null> =>
    new Promise((resolve) => {
      const stream = client.makeClientStreamRequest(ECHO, same, same, (error) => resolve(error));
      for (let sent = 0; sent < messages; sent += 1) stream.write(Buffer.from('x'));
    });
  t.match(await call(1), { code: DEADLINE_EXCEEDED, details: /not whole within 200 ms/ });
  t.match(await call(2), { details: /one request message/ });
  t.same(served, [], 'neither has an effect');
});
