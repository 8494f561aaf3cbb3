import type { Test } from 'tap';
import { defined } from '../../../src/common/assert.js';
import { VarveError } from '../../../src/common/errors.js';
import { sleep } from '../../../src/platform/clock.js';
import type { Clock } from '../../../src/platform/clock.js';
import { TransportError } from '../../../src/platform/transport.js';
import type {
  Address,
  ByteStream,
  RpcCall,
  RpcClient,
  RpcHandlers,
  RpcServer,
  RpcStream,
  Transport,
  TransportErrorKind,
} from '../../../src/platform/transport.js';

/** Both sides of a network, and a name of the serving host that the other side reaches. */
export interface TransportSubject {
  readonly server: Transport;
  readonly client: Transport;
  readonly host: string;
  readonly clock: Clock;
}

type Make = (t: Test) => Promise<TransportSubject>;

const MAX_MESSAGE_BYTES = 8 * 1024 * 1024;
/** Far above what any step takes, far below the time-out of a test file. */
const PATIENCE_MS = 20_000;

/** Waits until `condition` holds; fails the test by name after a long time. */
async function until(t: Test, clock: Clock, what: string, condition: () => boolean): Promise<void> {
  const deadline = clock.monotonicMs() + PATIENCE_MS;
  while (!condition()) {
    if (clock.monotonicMs() > deadline) {
      t.fail(`in time: ${what}`);
      return;
    }
    await sleep(clock, 2);
  }
}

/** What came out of a stream, in order. */
class Recorder {
  readonly messages: Buffer[] = [];
  ended = false;
  closed = false;
  closes = 0;
  error: Error | undefined;

  constructor(stream: RpcStream, options: { readonly keepOpen?: boolean } = {}) {
    stream.onMessage((message) => this.messages.push(message));
    if (options.keepOpen === true) {
      stream.onEnd(() => {
        this.ended = true;
      });
    }
    stream.onClose((error) => {
      this.closed = true;
      this.closes++;
      this.error = error;
    });
  }

  get text(): string {
    return this.messages.map((message) => message.toString()).join(',');
  }
}

async function serve(t: Test, subject: TransportSubject, handlers: Partial<RpcHandlers>): Promise<RpcServer> {
  const server = await subject.server.serveRpc({
    host: subject.host,
    port: 0,
    handlers: { unary: {}, streams: {}, ...handlers },
    maxMessageBytes: MAX_MESSAGE_BYTES,
  });
  t.teardown(() => server.close(0));
  return server;
}

function connect(t: Test, subject: TransportSubject, address: Address, channel = 'test'): RpcClient {
  const client = subject.client.connectRpc({ ...address, channel, maxMessageBytes: MAX_MESSAGE_BYTES });
  t.teardown(() => client.close());
  return client;
}

async function failure(work: Promise<unknown>): Promise<unknown> {
  try {
    await work;
    return undefined;
  } catch (error) {
    return error;
  }
}

function isTransportError(t: Test, error: unknown, ...kinds: TransportErrorKind[]): void {
  t.type(error, TransportError);
  if (error instanceof TransportError)
    t.ok(kinds.includes(error.kind), `${error.kind} is one of ${kinds.join()}: ${error.message}`);
}

/** What every Transport does. `make` gives a network of its own each time. */
export function transportConformance(t: Test, make: Make): void {
  t.test('unary calls', (t) => unaryCalls(t, make));
  t.test('unary calls that fail', (t) => unaryFailures(t, make));
  t.test('streams', (t) => streams(t, make));
  t.test('how streams end', (t) => streamEnds(t, make));
  t.test('messages in allocated buffers', (t) => allocatedMessages(t, make));
  t.test('back-pressure', (t) => backPressure(t, make));
  t.test('connections of calls', (t) => connections(t, make));
  t.test('byte streams', (t) => byteStreams(t, make));
}

/** Of `sizeBytes`, unlike any other message of the same size. */
function fillMessage(message: Buffer, index: number): Buffer {
  for (let at = 0; at < message.length; at++) message[at] = (at * 7 + index * 13) & 0xff;
  return message;
}

/** Memory may be used again for later messages: never before an earlier one has left. */
async function allocatedMessages(t: Test, make: Make): Promise<void> {
  const subject = await make(t);
  const sizes = Array.from(
    { length: 60 },
    (_, index) => [0, 1, 5_000, 16_384, 70_000, 262_144, 600_000][index % 7] ?? 0,
  );
  const send = async (stream: RpcStream): Promise<void> => {
    let drained = (): void => {};
    stream.onDrain(() => drained());
    for (const [index, size] of sizes.entries()) {
      const message = fillMessage(stream.allocate(size), index);
      if (!stream.send(message)) await new Promise<void>((resolve) => (drained = resolve));
    }
  };
  const received: Buffer[] = [];
  const server = await serve(t, subject, {
    streams: {
      '/test.Test/Both': (stream) => {
        stream.onMessage((message) => received.push(message));
        stream.onEnd(() => stream.end());
        void send(stream);
      },
    },
  });
  const stream = connect(t, subject, server.address).stream('/test.Test/Both');
  const recorder = new Recorder(stream, { keepOpen: true });
  await send(stream);
  const arrived = (messages: readonly Buffer[]): boolean => messages.length === sizes.length;
  await until(t, subject.clock, 'all arrive', () => arrived(received) && arrived(recorder.messages));
  for (const messages of [received, recorder.messages]) {
    const intact = messages.every((message, index) =>
      message.equals(fillMessage(Buffer.alloc(sizes[index] ?? 0), index)),
    );
    t.ok(intact, 'every message is as it was sent');
  }
  stream.end();
  await until(t, subject.clock, 'the stream is closed', () => recorder.closed);
}

async function unaryCalls(t: Test, make: Make): Promise<void> {
  const subject = await make(t);
  const calls: RpcCall[] = [];
  const server = await serve(t, subject, {
    unary: {
      '/test.Test/Reverse': async (request, call) => {
        calls.push(call);
        return Buffer.from(request).reverse();
      },
    },
  });
  t.ok(server.address.port > 0, 'port 0 takes a free one');
  const client = connect(t, subject, server.address);
  const options = { timeoutMs: PATIENCE_MS, headers: { 'varve-principal': 'User:zoë 100 %' } };
  t.equal((await client.unary('/test.Test/Reverse', Buffer.from('abc'), options)).toString(), 'cba');
  const call = defined(calls[0], 'the handler ran');
  t.equal(call.headers['varve-principal'], 'User:zoë 100 %');
  t.ok(call.timeoutMs !== undefined && call.timeoutMs > 0 && call.timeoutMs <= PATIENCE_MS);
  t.match(call.peer.address, /:\d+$/);
  t.equal(call.signal.aborted, false);
  const empty = await client.unary('/test.Test/Reverse', Buffer.alloc(0), { timeoutMs: PATIENCE_MS });
  t.equal(empty.length, 0);
  const large = Buffer.alloc(3_000_000, 7);
  large[0] = 1;
  const reversed = await client.unary('/test.Test/Reverse', large, { timeoutMs: PATIENCE_MS });
  t.equal(reversed.length, large.length);
  t.equal(reversed[large.length - 1], 1);
  const many = await Promise.all(
    Array.from({ length: 50 }, (_, i) =>
      client.unary('/test.Test/Reverse', Buffer.from(`${i}`), { timeoutMs: PATIENCE_MS }),
    ),
  );
  t.same(
    many.map((answer) => answer.toString()),
    Array.from({ length: 50 }, (_, i) => [...`${i}`].reverse().join('')),
  );
}

async function unaryFailures(t: Test, make: Make): Promise<void> {
  const subject = await make(t);
  const calls: RpcCall[] = [];
  const server = await serve(t, subject, {
    unary: {
      '/test.Test/Fail': async () => {
        throw new VarveError('NOT_LEADER_OR_FOLLOWER', 'Node 2 leads "orders-0" – 100 % sure.');
      },
      '/test.Test/Break': async () => {
        throw new RangeError('a bug');
      },
      '/test.Test/Hang': async (_request, call) => {
        calls.push(call);
        return new Promise(() => {});
      },
    },
  });
  const client = connect(t, subject, server.address);
  const timeoutMs = PATIENCE_MS;
  const failed = await failure(client.unary('/test.Test/Fail', Buffer.alloc(0), { timeoutMs }));
  t.match(failed, { name: 'VarveError', code: 'NOT_LEADER_OR_FOLLOWER', retriable: true });
  t.match(failed, { message: 'Node 2 leads "orders-0" – 100 % sure.' });
  const broken = await failure(client.unary('/test.Test/Break', Buffer.alloc(0), { timeoutMs }));
  t.match(broken, { name: 'VarveError', code: 'UNKNOWN_SERVER_ERROR' });
  isTransportError(t, await failure(client.unary('/test.Test/None', Buffer.alloc(0), { timeoutMs })), 'protocol');
  isTransportError(t, await failure(client.unary('/test.Test/Hang', Buffer.alloc(0), { timeoutMs: 30 })), 'timeout');
  await until(t, subject.clock, 'the handler learns that nobody waits', () => calls[0]?.signal.aborted === true);
  const tooLarge = client.unary('/test.Test/Fail', Buffer.alloc(MAX_MESSAGE_BYTES + 1), { timeoutMs });
  isTransportError(t, await failure(tooLarge), 'tooLarge');
  const hanging = failure(client.unary('/test.Test/Hang', Buffer.alloc(0), { timeoutMs }));
  await until(t, subject.clock, 'the call has begun', () => calls.length === 2);
  await server.close(0);
  isTransportError(t, await hanging, 'closed');
  isTransportError(
    t,
    await failure(client.unary('/test.Test/Fail', Buffer.alloc(0), { timeoutMs })),
    'refused',
    'closed',
  );
}

async function streams(t: Test, make: Make): Promise<void> {
  const subject = await make(t);
  const headers: Array<string | undefined> = [];
  const server = await serve(t, subject, {
    streams: {
      '/test.Test/Echo': (stream, call) => {
        headers.push(call.headers['varve-name']);
        stream.onMessage((message) => stream.send(message));
      },
      '/test.Test/Count': (stream) => {
        // One request, many answers: the shape that gRPC calls server streaming.
        stream.onMessage((message) => {
          for (let i = 0; i < Number(message.toString()); i++) stream.send(Buffer.from(`${i}`));
          stream.end();
        });
      },
    },
  });
  const client = connect(t, subject, server.address);
  const stream = client.stream('/test.Test/Echo', { headers: { 'varve-name': 'first' } });
  const echo = new Recorder(stream);
  const sent = Array.from({ length: 500 }, (_, i) => Buffer.alloc((i * i) % 70_000, i % 256));
  for (const message of sent) stream.send(message);
  stream.end();
  await until(t, subject.clock, 'the echo is closed', () => echo.closed);
  t.equal(echo.error, undefined, 'in order');
  t.equal(echo.closes, 1);
  t.equal(echo.messages.length, sent.length);
  t.ok(Buffer.concat(echo.messages).equals(Buffer.concat(sent)), 'all messages, in order');
  t.same(headers, ['first']);
  t.equal(stream.send(Buffer.from('late')), false, 'nothing is taken any more');

  const counting = client.stream('/test.Test/Count');
  const count = new Recorder(counting, { keepOpen: true });
  counting.send(Buffer.from('5'));
  await until(t, subject.clock, 'the count is closed', () => count.closed);
  t.equal(count.text, '0,1,2,3,4');
  t.equal(count.ended, true, 'the end of the server is told before the close');
  t.equal(count.error, undefined, 'the server ends the call though the client did not');
}

async function streamEnds(t: Test, make: Make): Promise<void> {
  const subject = await make(t);
  const accepted: Array<{ readonly stream: RpcStream; readonly call: RpcCall; readonly recorder: Recorder }> = [];
  const refusedMessages: string[] = [];
  const server = await serve(t, subject, {
    streams: {
      '/test.Test/Open': (stream, call) => {
        accepted.push({ stream, call, recorder: new Recorder(stream, { keepOpen: true }) });
        t.equal(call.signal.aborted, false);
      },
      '/test.Test/Throw': () => {
        throw new VarveError('CLUSTER_AUTHORIZATION_FAILED', 'No.');
      },
      '/test.Test/Refuse': (stream) => {
        stream.onMessage((message) => {
          refusedMessages.push(message.toString());
          stream.send(message);
          if (message.toString() === 'bad') throw new VarveError('INVALID_REQUEST', 'Not that.');
        });
      },
    },
  });
  const client = connect(t, subject, server.address);
  const open = async (): Promise<{
    stream: RpcStream;
    mine: Recorder;
    theirs: (typeof accepted)[number];
  }> => {
    const before = accepted.length;
    const stream = client.stream('/test.Test/Open');
    const mine = new Recorder(stream, { keepOpen: true });
    stream.send(Buffer.from('hello'));
    await until(t, subject.clock, 'the server has the stream', () => accepted[before]?.recorder.text === 'hello');
    return { stream, mine, theirs: defined(accepted[before], 'the stream was accepted') };
  };

  const ended = await open();
  ended.stream.end();
  await until(t, subject.clock, 'the server sees the end', () => ended.theirs.recorder.ended);
  t.equal(ended.theirs.recorder.closed, false, 'it may still send');
  ended.theirs.stream.send(Buffer.from('last words'));
  ended.theirs.stream.end({ code: 'OFFSET_OUT_OF_RANGE', message: 'Offset 7 is gone.' });
  await until(t, subject.clock, 'the client sees the error', () => ended.mine.closed);
  t.equal(ended.mine.text, 'last words', 'what was sent before the error arrives');
  t.match(ended.mine.error, { name: 'VarveError', code: 'OFFSET_OUT_OF_RANGE', message: 'Offset 7 is gone.' });
  await until(t, subject.clock, 'the server is done', () => ended.theirs.recorder.closed);
  t.equal(ended.theirs.recorder.error, undefined, 'an end with an error is an end in order for who ended it');

  const cancelled = await open();
  cancelled.stream.cancel();
  await until(
    t,
    subject.clock,
    'both sides are closed',
    () => cancelled.mine.closed && cancelled.theirs.recorder.closed,
  );
  isTransportError(t, cancelled.mine.error, 'cancelled');
  isTransportError(t, cancelled.theirs.recorder.error, 'cancelled', 'closed');
  t.equal(cancelled.theirs.call.signal.aborted, true);

  const dropped = await open();
  dropped.theirs.stream.cancel();
  await until(t, subject.clock, 'both sides are closed', () => dropped.mine.closed && dropped.theirs.recorder.closed);
  isTransportError(t, dropped.mine.error, 'cancelled', 'closed');
  isTransportError(t, dropped.theirs.recorder.error, 'cancelled');
  t.equal(dropped.mine.ended, false);

  const thrown = new Recorder(client.stream('/test.Test/Throw'));
  await until(t, subject.clock, 'the handler refuses', () => thrown.closed);
  t.match(thrown.error, { name: 'VarveError', code: 'CLUSTER_AUTHORIZATION_FAILED' });
  const refused = client.stream('/test.Test/Refuse');
  const refusal = new Recorder(refused);
  for (const message of ['good', 'bad', 'late']) refused.send(Buffer.from(message));
  await until(t, subject.clock, 'the listener refuses', () => refusal.closed);
  t.match(refusal.error, { name: 'VarveError', code: 'INVALID_REQUEST', message: 'Not that.' });
  t.equal(refusal.text, 'good,bad', 'what was answered before goes out');
  t.same(refusedMessages, ['good', 'bad'], 'nothing is delivered after a refusal');
  const picky = client.stream('/test.Test/Refuse');
  let pickyClosed: Error | undefined;
  picky.onMessage(() => {
    throw new VarveError('UNSUPPORTED_VERSION', 'Too new.');
  });
  picky.onClose((error) => (pickyClosed = error));
  picky.send(Buffer.from('good'));
  await until(t, subject.clock, 'the client breaks it off', () => pickyClosed !== undefined);
  t.match(pickyClosed, { name: 'VarveError', code: 'UNSUPPORTED_VERSION' });
  const unknown = new Recorder(client.stream('/test.Test/None'));
  await until(t, subject.clock, 'there is no such method', () => unknown.closed);
  isTransportError(t, unknown.error, 'protocol');

  const large = await open();
  large.stream.send(Buffer.alloc(MAX_MESSAGE_BYTES + 1));
  await until(t, subject.clock, 'too large a message ends it', () => large.mine.closed && large.theirs.recorder.closed);
  isTransportError(t, large.mine.error, 'tooLarge');
  isTransportError(t, large.theirs.recorder.error, 'tooLarge', 'cancelled');

  const last = await open();
  await server.close(0);
  await until(t, subject.clock, 'closing ends all', () => last.mine.closed && last.theirs.recorder.closed);
  t.ok(last.mine.error instanceof Error, 'not in order');
  for (const { recorder } of accepted) t.equal(recorder.closes, 1, 'told once');
}

async function backPressure(t: Test, make: Make): Promise<void> {
  const subject = await make(t);
  let serving: RpcStream | undefined;
  let drains = 0;
  let sent = 0;
  const chunk = Buffer.alloc(256 * 1024);
  const total = 200;
  const fill = (stream: RpcStream): void => {
    while (sent < total) {
      chunk.writeUInt32BE(sent, 0);
      sent++;
      if (!stream.send(Buffer.from(chunk))) return;
    }
    stream.end();
  };
  const server = await serve(t, subject, {
    streams: {
      '/test.Test/Flood': (stream) => {
        serving = stream;
        stream.onDrain(() => {
          drains++;
          fill(stream);
        });
        fill(stream);
      },
      '/test.Test/Echo': (stream) => stream.onMessage((message) => stream.send(message)),
    },
  });
  const client = connect(t, subject, server.address);
  const stream = client.stream('/test.Test/Flood');
  const flood = new Recorder(stream);
  stream.pause();
  await until(t, subject.clock, 'the stream is served', () => serving !== undefined);
  // Another stream on the same connection goes on while this one stands still.
  const neighbour = client.stream('/test.Test/Echo');
  const echo = new Recorder(neighbour);
  for (let i = 0; i < 20; i++) {
    neighbour.send(Buffer.from(`${i}`));
    await until(t, subject.clock, 'the neighbour answers', () => echo.messages.length === i + 1);
  }
  await sleep(subject.clock, 100);
  const held = defined(serving, 'the stream is served').queuedBytes;
  t.ok(held > 0 && held < 8 * 1024 * 1024, `a sender that heeds send() holds little: ${held}`);
  t.ok(sent < total, 'a reader that stands still stops the sender');
  t.same(flood.messages, [], 'nothing is delivered while paused');
  stream.resume();
  await until(t, subject.clock, 'all arrives after resume', () => flood.closed);
  t.equal(flood.error, undefined);
  t.same(
    flood.messages.map((message) => message.readUInt32BE(0)),
    Array.from({ length: total }, (_, i) => i),
  );
  t.ok(drains > 0);
  neighbour.end();

  // Pausing from within a message holds the next one back, even if it arrived together with this one.
  sent = total - 3;
  const stepping = client.stream('/test.Test/Flood');
  const steps: number[] = [];
  let done = false;
  stepping.onMessage((message) => {
    steps.push(message.readUInt32BE(0));
    stepping.pause();
  });
  stepping.onClose(() => {
    done = true;
  });
  for (let i = 1; i <= 3; i++) {
    await until(t, subject.clock, 'a step', () => steps.length === i);
    await sleep(subject.clock, 10);
    t.equal(steps.length, i, 'one message a resume');
    t.equal(done, false, 'no close before what came earlier was delivered');
    stepping.resume();
  }
  await until(t, subject.clock, 'closed after the last', () => done);
}

async function connections(t: Test, make: Make): Promise<void> {
  const subject = await make(t);
  const peers: string[] = [];
  const opened: Recorder[] = [];
  const handlers: RpcHandlers = {
    streams: { '/test.Test/Open': (stream) => opened.push(new Recorder(stream)) },
    unary: {
      '/test.Test/Peer': async (_request, call) => {
        peers.push(call.peer.address);
        return Buffer.from('x');
      },
    },
  };
  const first = await serve(t, subject, handlers);
  const { address } = first;
  const call = (client: RpcClient): Promise<unknown> =>
    client.unary('/test.Test/Peer', Buffer.alloc(0), { timeoutMs: PATIENCE_MS });
  const one = connect(t, subject, address, 'raft');
  const two = connect(t, subject, address, 'fetch');
  await call(one);
  await call(one);
  await call(two);
  t.equal(peers[0], peers[1], 'calls of one client share a connection');
  t.not(peers[0], peers[2], 'clients of different channels do not');
  await first.close(0);

  isTransportError(t, await failure(call(one)), 'refused', 'closed');
  isTransportError(t, await failure(call(one)), 'refused');
  const dead = new Recorder(one.stream('/test.Test/Peer'));
  await until(t, subject.clock, 'a stream to nobody is closed', () => dead.closed);
  isTransportError(t, dead.error, 'refused');

  const again = await subject.server.serveRpc({ ...address, handlers, maxMessageBytes: MAX_MESSAGE_BYTES });
  t.teardown(() => again.close(0));
  t.same(again.address, address, 'a port that was left can be taken again');
  const start = subject.clock.monotonicMs();
  await call(one);
  t.ok(subject.clock.monotonicMs() - start < 2_000, 'the connection is remade within the back-off');
  isTransportError(
    t,
    await failure(subject.server.serveRpc({ ...address, handlers, maxMessageBytes: MAX_MESSAGE_BYTES })),
    'addressInUse',
  );
  const open = new Recorder(two.stream('/test.Test/Open'));
  await until(t, subject.clock, 'a stream is open', () => opened.length === 1);
  two.close();
  await until(t, subject.clock, 'it ends with its client', () => open.closed && opened[0]?.closed === true);
  isTransportError(t, open.error, 'cancelled', 'closed');
  one.close();
  isTransportError(t, await failure(call(one)), 'cancelled');
}

async function byteStreams(t: Test, make: Make): Promise<void> {
  const subject = await make(t);
  const accepted: ByteStream[] = [];
  let closes = 0;
  const server = await subject.server.serveBytes({
    host: subject.host,
    port: 0,
    onConnection: (stream) => {
      accepted.push(stream);
      stream.onData((chunk) => stream.write(chunk));
      stream.onClose(() => closes++);
    },
  });
  t.teardown(() => server.close());
  const dialOptions = { ...server.address, timeoutMs: PATIENCE_MS };
  const stream = await subject.client.connectBytes(dialOptions);
  const chunks: Buffer[] = [];
  let received = 0;
  let closed: { readonly error: Error | undefined } | undefined;
  let drains = 0;
  stream.onData((chunk) => {
    chunks.push(chunk);
    received += chunk.length;
  });
  stream.onDrain(() => drains++);
  stream.onClose((error) => {
    closed = { error };
  });
  const sent = Array.from({ length: 300 }, (_, i) => Buffer.alloc(1 + i * 7, i % 256));
  for (const chunk of sent) stream.write(chunk);
  const total = Buffer.concat(sent);
  await until(t, subject.clock, 'all bytes come back', () => received === total.length);
  t.ok(Buffer.concat(chunks).equals(total), 'in order');

  const far = defined(accepted[0], 'the connection was accepted');
  t.match(far.peer.address, /:\d+$/);
  far.pause();
  let taken = 0;
  while (taken < 512 && stream.write(Buffer.alloc(64 * 1024))) taken++;
  t.ok(taken < 512, 'a reader that stands still stops the writer');
  t.ok(stream.queuedBytes < 4 * 1024 * 1024);
  t.equal(drains, 0);
  far.resume();
  await until(t, subject.clock, 'the writer may go on', () => drains === 1);
  stream.end();
  await until(t, subject.clock, 'an end closes both', () => closed !== undefined && closes === 1);
  t.equal(closed?.error, undefined);
  t.equal(stream.write(Buffer.from('late')), false);

  const second = await subject.client.connectBytes(dialOptions);
  let lost = false;
  second.onClose(() => {
    lost = true;
  });
  await until(t, subject.clock, 'the second is accepted', () => accepted.length === 2);
  accepted[1]?.destroy();
  await until(t, subject.clock, 'a destroyed connection is lost', () => lost && closes === 2);
  const third = await subject.client.connectBytes(dialOptions);
  let cut = false;
  third.onClose(() => {
    cut = true;
  });
  await until(t, subject.clock, 'the third is accepted', () => accepted.length === 3);
  await server.close();
  await until(t, subject.clock, 'closing the server cuts it', () => cut);
  isTransportError(t, await failure(subject.client.connectBytes(dialOptions)), 'refused');
}
