import type { Test } from 'tap';
import { defined } from '../../../src/common/assert.js';
import { VarveError } from '../../../src/common/errors.js';
import type { RpcCall, RpcStream } from '../../../src/platform/transport.js';
import {
  MAX_MESSAGE_BYTES,
  until,
  Recorder,
  serve,
  connect,
  isTransportError,
  type Make,
} from './transport-subject.js';

export async function streams(t: Test, make: Make): Promise<void> {
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

interface AcceptedStream {
  readonly stream: RpcStream;
  readonly call: RpcCall;
  readonly recorder: Recorder;
}

export async function streamEnds(t: Test, make: Make): Promise<void> {
  const subject = await make(t);
  const accepted: AcceptedStream[] = [];
  const server = await serve(t, subject, {
    streams: {
      '/test.Test/Open': (stream, call) => {
        accepted.push({ stream, call, recorder: new Recorder(stream, { keepOpen: true }) });
        t.equal(call.signal.aborted, false);
      },
    },
  });
  const client = connect(t, subject, server.address);
  const open = async (): Promise<{ stream: RpcStream; mine: Recorder; theirs: AcceptedStream }> => {
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

export async function streamRefusals(t: Test, make: Make): Promise<void> {
  const subject = await make(t);
  const refusedMessages: string[] = [];
  const server = await serve(t, subject, {
    streams: {
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
}
