import type { Test } from 'tap';
import { defined } from '../../../src/common/assert.js';
import type { ByteStream, RpcClient, RpcHandlers } from '../../../src/platform/transport.js';
import {
  MAX_MESSAGE_BYTES,
  PATIENCE_MS,
  until,
  Recorder,
  serve,
  connect,
  failure,
  isTransportError,
  type Make,
} from './transport-subject.js';

export async function connections(t: Test, make: Make): Promise<void> {
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

export async function byteStreams(t: Test, make: Make): Promise<void> {
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
