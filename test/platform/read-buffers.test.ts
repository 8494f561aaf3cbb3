import t from 'tap';
import type { Test } from 'tap';
import { BufferRelease } from '../../src/platform/node/buffer-release.js';
import { NodeTransport } from '../../src/platform/node/transport.js';
import type { RpcClient, RpcStream } from '../../src/platform/transport.js';

const MESSAGE_BYTES = 300_000;
const MESSAGES = 40;
const TOTAL_BYTES = MESSAGE_BYTES * MESSAGES;
/** Frame headers, and what is not of messages. */
const MOST_MORE_BYTES = 100_000;

/** A message that tells which one it is, in each of its bytes. */
function messageOf(call: number, number: number): Buffer {
  const message = Buffer.alloc(MESSAGE_BYTES, number);
  for (let i = 0; i < message.length; i += 100) message[i] = call;
  return message;
}

/** Collects what comes on a call of which `call` is the number; resolves to those that came whole and in order. */
function received(stream: RpcStream, call: number): Promise<number> {
  let number = 0;
  let intact = 0;
  return new Promise((resolve) => {
    stream.onMessage((message) => {
      if (message.equals(messageOf(call, number))) intact++;
      number++;
      if (number === MESSAGES) resolve(intact);
    });
  });
}

function sendAll(stream: RpcStream, call: number): void {
  let number = 0;
  const send = (): void => {
    while (number < MESSAGES) if (!stream.send(messageOf(call, number++))) return;
  };
  stream.onDrain(send);
  send();
}

interface Calls {
  /** Moves messages on so many calls at once, each way; gives how many came whole and in order on each. */
  move(calls: readonly number[]): Promise<{ readonly got: number[]; readonly arrived: number[] }>;
  readonly client: RpcClient;
  readonly atServer: BufferRelease;
  readonly atClient: BufferRelease;
}

async function connected(t: Test): Promise<Calls> {
  const atServer = new BufferRelease();
  const atClient = new BufferRelease();
  let arrivals: Array<Promise<number>> = [];
  const server = await new NodeTransport({ release: atServer }).serveRpc({
    host: '127.0.0.1',
    port: 0,
    maxMessageBytes: 1_000_000,
    handlers: {
      unary: { '/t.T/Echo': async (request) => request },
      streams: {
        '/t.T/Send': (stream, { headers }) => arrivals.push(received(stream, Number(headers['call']))),
        '/t.T/Get': (stream, { headers }) => sendAll(stream, Number(headers['call'])),
      },
    },
  });
  t.teardown(() => server.close(0));
  const client = new NodeTransport({ release: atClient }).connectRpc({
    ...server.address,
    channel: 'data',
    maxMessageBytes: 1_000_000,
  });
  t.teardown(() => client.close());
  const move: Calls['move'] = async (calls) => {
    arrivals = [];
    const streams = calls.map((call) => {
      const headers = { call: `${call}` };
      return { call, get: client.stream('/t.T/Get', { headers }), send: client.stream('/t.T/Send', { headers }) };
    });
    const coming = streams.map(({ call, get }) => received(get, call));
    for (const { call, send } of streams) sendAll(send, call);
    const got = await Promise.all(coming);
    // By then every call has begun there: its messages were sent before the last ones came.
    while (arrivals.length < calls.length) await client.unary('/t.T/Echo', Buffer.alloc(1), { timeoutMs: 10_000 });
    const arrived = await Promise.all(arrivals);
    for (const { get, send } of streams) {
      get.cancel();
      send.cancel();
    }
    return { got, arrived };
  };
  return { move, client, atServer, atClient };
}

t.test('what a call received is given back, on both sides', async (t) => {
  const { move, atServer, atClient } = await connected(t);
  t.same(await move([1]), { got: [MESSAGES], arrived: [MESSAGES] }, 'every byte arrives');
  for (const [side, { freedBytes }] of Object.entries({ atServer, atClient })) {
    t.ok(freedBytes > TOTAL_BYTES / 2, `${side}: ${freedBytes} bytes of ${TOTAL_BYTES} were given back`);
    t.ok(freedBytes < TOTAL_BYTES + MOST_MORE_BYTES, `${side}: and no more than came`);
  }
});

t.test('calls that share the buffers of one connection lose nothing', async (t) => {
  const { move, client } = await connected(t);
  const moved = move([1, 2, 3]);
  for (let i = 0; i < 50; i++) {
    const echo = Buffer.alloc(1 + i * 700, i);
    t.ok(echo.equals(await client.unary('/t.T/Echo', echo, { timeoutMs: 10_000 })), `echo ${i}`);
  }
  t.same(await moved, { got: [MESSAGES, MESSAGES, MESSAGES], arrived: [MESSAGES, MESSAGES, MESSAGES] });
});
