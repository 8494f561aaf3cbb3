import type { Test } from 'tap';
import { defined } from '../../../src/common/assert.js';
import { sleep } from '../../../src/platform/clock.js';
import type { RpcStream } from '../../../src/platform/transport.js';
import { until, Recorder, serve, connect, type Make } from './transport-subject.js';

/** Of `sizeBytes`, unlike any other message of the same size. */
function fillMessage(message: Buffer, index: number): Buffer {
  for (let at = 0; at < message.length; at++) message[at] = (at * 7 + index * 13) & 0xff;
  return message;
}

/** Memory may be used again for later messages: never before an earlier one has left. */
export async function allocatedMessages(t: Test, make: Make): Promise<void> {
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

/** What was answered is given back, and other messages are made of it: those that were received stay as they are. */
export async function recycledMessages(t: Test, make: Make): Promise<void> {
  const subject = await make(t);
  const received: Buffer[] = [];
  const server = await serve(t, subject, {
    streams: {
      '/test.Test/Answer': (stream) => {
        stream.onMessage((message) => {
          received.push(message);
          stream.send(Buffer.from('read'));
        });
        stream.onEnd(() => stream.end());
      },
    },
  });
  const sizes = Array.from({ length: 40 }, (_, index) => [300_000, 1_000, 40_000, 280_000][index % 4] ?? 0);
  const stream = connect(t, subject, server.address).stream('/test.Test/Answer');
  const unanswered: Buffer[] = [];
  let sent = 0;
  const sendNext = (): void => {
    const size = sizes[sent];
    if (size === undefined) return;
    const message = fillMessage(stream.allocate(size), sent++);
    unanswered.push(message);
    stream.send(message);
  };
  let answers = 0;
  stream.onMessage(() => {
    answers++;
    stream.recycle(defined(unanswered.shift(), 'an answer is to a message'));
    sendNext();
  });
  // Two at a time: one is on its way while the memory of the other is used again.
  sendNext();
  sendNext();
  await until(t, subject.clock, 'all are answered', () => answers === sizes.length);
  const intact = received.every((message, index) =>
    message.equals(fillMessage(Buffer.alloc(sizes[index] ?? 0), index)),
  );
  t.ok(intact, 'every message is as it was sent');
  stream.end();
}

export async function backPressure(t: Test, make: Make): Promise<void> {
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
