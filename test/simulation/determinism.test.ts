import t from 'tap';
import { sleep } from '../../src/platform/clock.js';
import type { Platform } from '../../src/platform/platform.js';
import type { RpcHandlers } from '../../src/platform/transport.js';
import { SeededRandom } from '../../src/simulation/random.js';
import { Simulation } from '../../src/simulation/simulation.js';

const PORT = 9093;
const MAX_MESSAGE_BYTES = 1024 * 1024;

/** A node that writes down what it is told, tells the others, and comes back after crashes. */
function gossip(self: string, others: readonly string[]) {
  return async ({ transport, fileSystem, keyValueStores, clock, random, logger }: Platform): Promise<void> => {
    await fileSystem.makeDirectory('/data');
    const file = await fileSystem.open('/data/log', 'write');
    const store = await keyValueStores.open('/store');
    let position = await file.sizeBytes();
    const handlers: RpcHandlers = {
      unary: {
        '/t/Tell': async (request) => {
          const at = position;
          position += request.length;
          await file.write([request], at);
          await file.sync();
          await store.write([{ type: 'put', key: Buffer.from([at & 255]), value: request }], { sync: true });
          return Buffer.from(`${position}`);
        },
      },
      streams: { '/t/Echo': (stream) => stream.onMessage((message) => stream.send(message)) },
    };
    await transport.serveRpc({ host: self, port: PORT, handlers, maxMessageBytes: MAX_MESSAGE_BYTES });
    const clients = others.map((host) =>
      transport.connectRpc({ host, port: PORT, channel: 'gossip', maxMessageBytes: MAX_MESSAGE_BYTES }),
    );
    for (;;) {
      await sleep(clock, random.below(20));
      for (const client of clients) {
        client.unary('/t/Tell', random.bytes(100), { timeoutMs: 500 }).then(
          (answer) => logger.debug({ answer: answer.toString() }, 'Told.'),
          (error: unknown) => logger.debug({ error }, 'Not told.'),
        );
      }
    }
  };
}

interface Outcome {
  readonly digest: string;
  readonly events: number;
  readonly lines: string[];
}

async function run(seed: number): Promise<Outcome> {
  const simulation = new Simulation({ seed });
  const names = ['n1', 'n2', 'n3'];
  await simulation.run(
    async ({ clock }) => {
      const random = simulation.random.split('faults');
      const start = (name: string): void =>
        simulation.host(name).start(
          gossip(
            name,
            names.filter((other) => other !== name),
          ),
        );
      for (const name of names) start(name);
      for (let i = 0; i < 30; i++) {
        await sleep(clock, random.below(300));
        const name = random.pick(names);
        const other = random.pick(names);
        const fault = random.below(4);
        if (fault === 0) simulation.host(name).kill();
        else if (fault === 1) simulation.host(name).powerOff();
        else if (fault === 2) simulation.network.cut(name, other);
        else simulation.network.healAll();
        if (fault < 2) {
          await sleep(clock, random.below(100));
          start(name);
        }
      }
    },
    { limitMs: 60_000 },
  );
  const lines = simulation.trace.lines().map((line) => `${line.timeMs} ${line.who} ${line.text}`);
  return { digest: simulation.digest, events: simulation.scheduler.executed, lines };
}

t.test('a seed is a run, to the last event, and touches nothing real', async (t) => {
  const digests = new Set<string>();
  for (let seed = 0; seed < 10; seed++) {
    const first = await run(seed);
    const second = await run(seed);
    t.equal(first.digest, second.digest);
    t.equal(first.events, second.events);
    t.equal(first.lines.join('\n'), second.lines.join('\n'));
    t.ok(first.events > 1000);
    digests.add(first.digest);
  }
  t.equal(digests.size, 10, 'another seed is another run');
});

t.test('random streams are uniform, bounded and their own', (t) => {
  const random = new SeededRandom(2 ** 40 + 5);
  const counts = new Array<number>(10).fill(0);
  for (let i = 0; i < 100_000; i++) {
    const value = random.below(10);
    counts[value] = (counts[value] ?? 0) + 1;
  }
  for (const count of counts) t.ok(Math.abs(count - 10_000) < 500, `${count} of 10,000`);
  const one = new SeededRandom(1);
  const expected = one.split('a').bytes(16);
  one.bytes(1000);
  t.same(one.split('a').bytes(16), expected, 'a split does not depend on what was drawn');
  t.notSame(one.split('b').bytes(16), expected);
  t.notSame(new SeededRandom(2).split('a').bytes(16), expected);
  t.end();
});
