import t from 'tap';
import type { Clock } from '../../src/platform/clock.js';
import { sleep } from '../../src/platform/clock.js';
import type { Platform } from '../../src/platform/platform.js';
import { TransportError } from '../../src/platform/transport.js';
import type { RpcClient, RpcHandlers, RpcStream } from '../../src/platform/transport.js';
import { HEALTHY_LINK } from '../../src/simulation/network/network.js';
import { Simulation } from '../../src/simulation/simulation.js';

const LIMIT_MS = 600_000;
const PORT = 9093;
const MAX_MESSAGE_BYTES = 1024 * 1024;

interface Subject {
  readonly simulation: Simulation;
  readonly client: RpcClient;
  readonly clock: Clock;
}

function echoServer(platform: Platform): Promise<void> {
  const handlers: RpcHandlers = {
    unary: { '/t/Echo': async (request) => request },
    streams: { '/t/Echo': (stream) => stream.onMessage((message) => stream.send(message)) },
  };
  void platform.transport.serveRpc({ host: 'n1', port: PORT, handlers, maxMessageBytes: MAX_MESSAGE_BYTES });
  return new Promise(() => {});
}

function withServer(seed: number, test: (subject: Subject) => Promise<void>): Promise<void> {
  const simulation = new Simulation({ seed });
  return simulation.run(
    async ({ clock, transport }) => {
      simulation.host('n1').start(echoServer);
      await sleep(clock, 5);
      const client = transport.connectRpc({
        host: 'n1',
        port: PORT,
        channel: 'test',
        maxMessageBytes: MAX_MESSAGE_BYTES,
      });
      await test({ simulation, client, clock });
    },
    { limitMs: LIMIT_MS },
  );
}

async function outcome(work: Promise<unknown>): Promise<string> {
  try {
    await work;
    return 'ok';
  } catch (error) {
    return error instanceof TransportError ? error.kind : String(error);
  }
}

const call = (client: RpcClient, timeoutMs = 1000): Promise<string> =>
  outcome(client.unary('/t/Echo', Buffer.from('x'), { timeoutMs }));

function watch(stream: RpcStream): { received: string[]; closed: string | undefined } {
  const seen: { received: string[]; closed: string | undefined } = { received: [], closed: undefined };
  stream.onMessage((message) => seen.received.push(message.toString()));
  stream.onClose((error) => {
    seen.closed = error instanceof TransportError ? error.kind : 'in order';
  });
  return seen;
}

t.test('a dead process refuses at once, a dead host is silent', async (t) => {
  await withServer(1, async ({ simulation, client, clock }) => {
    const host = simulation.host('n1');
    t.equal(await call(client), 'ok');
    const stream = watch(client.stream('/t/Echo'));
    await sleep(clock, 5);
    host.kill();
    await sleep(clock, 5);
    t.equal(stream.closed, 'closed', 'the kernel of a killed process resets its connections');
    const start = clock.monotonicMs();
    t.equal(await call(client), 'refused');
    t.ok(clock.monotonicMs() - start < 100);
    host.start(echoServer);
    await sleep(clock, 5);
    t.equal(await call(client), 'ok', 'the connection is remade');

    const silent = watch(client.stream('/t/Echo'));
    await sleep(clock, 5);
    host.powerOff();
    const off = clock.monotonicMs();
    t.equal(await call(client, 1000), 'timeout');
    t.ok(clock.monotonicMs() - off >= 1000);
    t.equal(silent.closed, undefined, 'nobody tells that the host is gone');
    await sleep(clock, 20_000);
    t.equal(silent.closed, 'closed', 'the keepalive does, after a while');
    t.equal(await call(client, 10_000), 'unreachable');
    host.start(echoServer);
    await sleep(clock, 5);
    t.equal(await call(client, 10_000), 'ok');
  });
});

t.test('a host that comes back resets the connections of its former life', async (t) => {
  await withServer(2, async ({ simulation, client, clock }) => {
    const host = simulation.host('n1');
    const live = client.stream('/t/Echo');
    const seen = watch(live);
    live.send(Buffer.from('1'));
    await sleep(clock, 5);
    host.powerOff();
    live.send(Buffer.from('2'));
    await sleep(clock, 100);
    host.start(echoServer);
    await sleep(clock, 1000);
    t.same(seen.received, ['1']);
    t.equal(seen.closed, 'closed');
  });
});

t.test('a short partition holds everything back and loses nothing; a long one breaks the connection', async (t) => {
  await withServer(3, async ({ simulation, client, clock }) => {
    const { network } = simulation;
    const live = client.stream('/t/Echo');
    const seen = watch(live);
    const expected: string[] = [];
    for (let i = 0; i < 200; i++) {
      live.send(Buffer.from(`${i}`));
      expected.push(`${i}`);
      if (i === 50) network.cut('n1', 'scenario');
      if (i === 80) network.heal('n1', 'scenario');
      if (i === 100) network.cut('scenario', 'n1');
      if (i === 150) network.heal('scenario', 'n1');
      await sleep(clock, 10);
    }
    await sleep(clock, 2000);
    t.same(seen.received, expected, 'each once, in order');
    network.cut('scenario', 'n1');
    live.send(Buffer.from('never'));
    t.equal(await call(client, 500), 'timeout');
    await sleep(clock, 20_000);
    t.equal(seen.closed, 'closed');
    t.equal(await call(client, 20_000), 'unreachable');
    network.healAll();
    t.equal(await call(client), 'ok');
    t.same(seen.received, expected);
  });
});

t.test('a one-way cut lets the other way through', async (t) => {
  await withServer(4, async ({ simulation, client, clock }) => {
    const heard: string[] = [];
    const server = simulation.host('n2');
    server.start(async ({ transport }) => {
      const handlers: RpcHandlers = {
        unary: {},
        streams: { '/t/Hear': (stream) => stream.onMessage((message) => heard.push(message.toString())) },
      };
      await transport.serveRpc({ host: 'n2', port: PORT, handlers, maxMessageBytes: MAX_MESSAGE_BYTES });
      await new Promise(() => {});
    });
    t.equal(await call(client), 'ok');
    const other = simulation.host('n1');
    other.kill();
    other.start(async ({ transport, clock: own }) => {
      const peer = transport.connectRpc({ host: 'n2', port: PORT, channel: 'x', maxMessageBytes: MAX_MESSAGE_BYTES });
      const stream = peer.stream('/t/Hear');
      for (let i = 0; ; i++) {
        stream.send(Buffer.from(`${i}`));
        await sleep(own, 10);
      }
    });
    await sleep(clock, 100);
    simulation.network.cut('n2', 'n1');
    const before = heard.length;
    await sleep(clock, 100);
    t.ok(heard.length > before + 5);
  });
});

t.test('resets break connections in the middle; loss delays', async (t) => {
  await withServer(5, async ({ simulation, client, clock }) => {
    const live = client.stream('/t/Echo');
    const seen = watch(live);
    const behaviour = { ...simulation.network.behaviour, lossRate: 0.3 };
    simulation.network.link('scenario', 'n1').behaviour = behaviour;
    for (let i = 0; i < 20; i++) live.send(Buffer.from(`${i}`));
    await sleep(clock, 20);
    t.ok(seen.received.length < 20, 'a lost packet holds up what is behind it');
    await sleep(clock, 20_000);
    t.equal(seen.received.length, 20);
    t.equal(simulation.network.resetConnections('n1', 'scenario'), 1);
    await sleep(clock, 1);
    t.equal(seen.closed, 'closed');
    t.equal(await call(client, 10_000), 'ok');
  });
});

t.test('what a clog holds comes at once and in its order; a long one breaks the connection', async (t) => {
  await withServer(1, async ({ simulation, client, clock }) => {
    const { network } = simulation;
    const stream = client.stream('/t/Echo');
    const seen = watch(stream);
    stream.send(Buffer.from('0'));
    await sleep(clock, 5);
    network.clog('n1', 'scenario');
    for (let i = 1; i <= 20; i++) stream.send(Buffer.from(String(i)));
    await sleep(clock, 3_000);
    t.same(seen.received, ['0'], 'nothing gets through');
    // It is held as well as cut off.
    network.cutBoth('n1', 'scenario');
    network.healBoth('n1', 'scenario');
    await sleep(clock, 500);
    t.same(seen.received, ['0'], 'still');
    network.unclog('n1', 'scenario');
    await sleep(clock, 5);
    t.same(
      seen.received,
      Array.from({ length: 21 }, (_, i) => String(i)),
    );
    network.clog('scenario', 'n1');
    await sleep(clock, 20_000);
    t.equal(seen.closed, 'closed', 'the keepalive gives it up');
    network.healAll();
    t.equal(await call(client, 10_000), 'ok');
  });
});

t.test('what arrives at a process in the moment it is resumed waits behind what arrived before', async (t) => {
  for (let seed = 1; seed <= 20; seed++) {
    await withServer(seed, async ({ simulation, client, clock }) => {
      const { network } = simulation;
      const host = simulation.host('n1');
      const stream = client.stream('/t/Echo');
      const seen = watch(stream);
      stream.send(Buffer.from('0'));
      await sleep(clock, 5);
      host.pause();
      for (let i = 1; i <= 5; i++) stream.send(Buffer.from(String(i)));
      await sleep(clock, 50);
      network.clog('n1', 'scenario');
      for (let i = 6; i <= 10; i++) stream.send(Buffer.from(String(i)));
      await sleep(clock, 50);
      network.healAll();
      host.resume();
      await sleep(clock, 50);
      const sent = Array.from({ length: 11 }, (_, i) => String(i));
      t.same(seen.received, sent, `seed ${seed}`);
    });
  }
});

t.test('a slow link takes its time', async (t) => {
  await withServer(6, async ({ simulation, client, clock }) => {
    t.equal(await call(client), 'ok');
    simulation.network.link('scenario', 'n1').behaviour = { ...simulation.network.behaviour, bytesPerMs: 1000 };
    const start = clock.monotonicMs();
    await client.unary('/t/Echo', Buffer.alloc(500_000), { timeoutMs: 10_000 });
    t.ok(clock.monotonicMs() - start >= 500);
  });
});

t.test('bytes keep their order and no boundaries', async (t) => {
  const simulation = new Simulation({ seed: 8 });
  await simulation.run(
    async ({ clock, transport }) => {
      const received: Buffer[] = [];
      simulation.host('n1').start(async (platform) => {
        await platform.transport.serveBytes({
          host: 'n1',
          port: 1,
          onConnection: (stream) => stream.onData((chunk) => received.push(chunk)),
        });
        await new Promise(() => {});
      });
      await sleep(clock, 5);
      const stream = await transport.connectBytes({ host: 'n1', port: 1, timeoutMs: 100 });
      const sent = Array.from({ length: 200 }, (_, i) => Buffer.from(`message ${i};`));
      for (const message of sent) stream.write(message);
      await sleep(clock, 100);
      t.ok(Buffer.concat(received).equals(Buffer.concat(sent)));
      t.ok(received.length > sent.length, 'some were cut in two');
      t.equal(await outcome(transport.connectBytes({ host: 'n1', port: 2, timeoutMs: 100 })), 'refused');
      t.equal(await outcome(transport.connectBytes({ host: 'nowhere', port: 2, timeoutMs: 100 })), 'unreachable');
      simulation.network.cut('scenario', 'n1');
      const start = clock.monotonicMs();
      t.equal(await outcome(transport.connectBytes({ host: 'n1', port: 1, timeoutMs: 2500 })), 'unreachable');
      t.ok(clock.monotonicMs() - start >= 2500);
    },
    { limitMs: LIMIT_MS },
  );
});

/** A server that notes what it is asked, and two clients on one host, with a connection each. */
async function withTwoClients(
  seed: number,
  test: (subject: Subject & { readonly other: RpcClient; readonly handled: string[] }) => Promise<void>,
): Promise<void> {
  const simulation = new Simulation({ seed });
  const handled: string[] = [];
  const handlers: RpcHandlers = {
    unary: {
      '/t/Note': async (request) => {
        handled.push(request.toString());
        return request;
      },
    },
    streams: {},
  };
  await simulation.run(
    async ({ clock, transport }) => {
      simulation.host('n1').start(async (platform) => {
        void platform.transport.serveRpc({ host: 'n1', port: PORT, handlers, maxMessageBytes: MAX_MESSAGE_BYTES });
        await new Promise(() => {});
      });
      await sleep(clock, 5);
      const connect = (channel: string): RpcClient =>
        transport.connectRpc({ host: 'n1', port: PORT, channel, maxMessageBytes: MAX_MESSAGE_BYTES });
      const [client, other] = [connect('one'), connect('other')];
      for (const each of [client, other]) await note(each, 'hello');
      handled.length = 0;
      await test({ simulation, client, other, clock, handled });
    },
    { limitMs: LIMIT_MS },
  );
}

const note = (client: RpcClient, text: string, timeoutMs = 1_000): Promise<string> =>
  outcome(client.unary('/t/Note', Buffer.from(text), { timeoutMs }));

t.test('what goes over different connections of two hosts overtakes each other', async (t) => {
  let overtaken = 0;
  await withTwoClients(1, async ({ client, other, handled }) => {
    for (let i = 0; i < 50; i++) {
      await Promise.all([note(client, `${i} first`), note(other, `${i} second`)]);
      if (handled.at(-2) === `${i} second`) overtaken++;
    }
  });
  t.ok(overtaken > 10 && overtaken < 40, `${overtaken} of 50`);
});

t.test('a request that was given up and sent again comes twice, the first copy last', async (t) => {
  await withTwoClients(2, async ({ simulation, client, other, clock, handled }) => {
    const link = simulation.network.link('scenario', 'n1');
    link.behaviour = { ...HEALTHY_LINK, latencyMs: [800, 801] };
    const first = note(client, 'first copy', 300);
    await sleep(clock, 1);
    link.behaviour = HEALTHY_LINK;
    t.equal(await first, 'timeout');
    t.equal(await note(other, 'sent again'), 'ok');
    await sleep(clock, 1_000);
    t.same(handled, ['sent again', 'first copy']);
  });
});

t.test('of what a broken connection had under way a part may come, behind what was sent again', async (t) => {
  const seen = new Set<string>();
  for (let seed = 1; seed <= 40; seed++) {
    await withTwoClients(seed, async ({ simulation, client, other, clock, handled }) => {
      const { network } = simulation;
      const link = network.link('scenario', 'n1');
      link.behaviour = { ...HEALTHY_LINK, latencyMs: [100, 101] };
      const first = note(client, 'first copy');
      await sleep(clock, 1);
      link.behaviour = HEALTHY_LINK;
      client.close();
      t.not(await first, 'ok');
      await note(other, 'sent again');
      await sleep(clock, 1_000);
      seen.add(handled.join(', '));
    });
  }
  t.ok(seen.has('sent again') && seen.has('sent again, first copy'), [...seen].join('; '));
});
