import t from 'tap';
import { sleep } from '../../src/platform/clock.js';
import type { Platform } from '../../src/platform/platform.js';
import { SimulationFailure, Simulation } from '../../src/simulation/simulation.js';

const LIMIT_MS = 600_000;

t.test('nothing of a process runs after its end', async (t) => {
  const simulation = new Simulation({ seed: 1 });
  const host = simulation.host('n1');
  const log: string[] = [];
  const program =
    (life: number) =>
    async ({ clock, fileSystem }: Platform): Promise<void> => {
      clock.after(100, () => log.push(`timer of ${life}`));
      clock.defer(() => log.push(`start of ${life}`));
      const file = await fileSystem.open(`/f${life}`, 'createNew');
      for (;;) {
        await file.write([Buffer.alloc(10)], 0);
        await file.sync();
        log.push(`sync of ${life}`);
      }
    };
  await simulation.run(
    async ({ clock }) => {
      host.start(program(1));
      await sleep(clock, 50);
      host.kill();
      const before = log.length;
      await sleep(clock, 200);
      t.equal(log.length, before, 'silence');
      t.ok(log.includes('sync of 1'));
      host.start(program(2));
      await sleep(clock, 150);
      t.notOk(log.includes('timer of 1'));
      t.ok(log.includes('timer of 2'));
      t.equal(host.incarnation, 2);
      host.kill();
    },
    { limitMs: LIMIT_MS },
  );
});

/** What comes over any connection to port 9092 of n1 goes to `onData`. */
async function hear({ transport }: Platform, onData: (bytes: Buffer) => void): Promise<void> {
  await transport.serveBytes({ host: 'n1', port: 9092, onConnection: (stream) => stream.onData(onData) });
}

t.test('a paused process stands still; on resume, timers come before input, and defer after it', async (t) => {
  const simulation = new Simulation({ seed: 2 });
  const host = simulation.host('n1');
  const log: string[] = [];
  await simulation.run(
    async ({ clock, transport }) => {
      host.start(async (platform) => {
        await hear(platform, () => log.push('input'));
        platform.clock.after(100, () => {
          log.push('timer');
          platform.clock.defer(() => log.push('deferred'));
        });
        await new Promise(() => {});
      });
      await sleep(clock, 10);
      const stream = await transport.connectBytes({ host: 'n1', port: 9092, timeoutMs: 1000 });
      host.pause();
      stream.write(Buffer.from('x'));
      const other = await transport.connectBytes({ host: 'n1', port: 9092, timeoutMs: 1000 });
      other.write(Buffer.from('y'));
      await sleep(clock, 1000);
      t.same(log, [], 'a paused host accepts connections and bytes, and does nothing');
      host.resume();
      await sleep(clock, 1);
      t.same(log, ['timer', 'input', 'input', 'deferred']);
      host.kill();
    },
    { limitMs: LIMIT_MS },
  );
});

/** What a paused process of this seed is handed when it goes on: each of three connections sent two bytes meanwhile. */
async function inputAfterPause(seed: number): Promise<string> {
  const simulation = new Simulation({ seed });
  const host = simulation.host('n1');
  let log = '';
  await simulation.run(
    async ({ clock, transport }) => {
      host.start(async (platform) => {
        await hear(platform, (bytes) => (log += bytes.toString()));
        await new Promise(() => {});
      });
      await sleep(clock, 10);
      const streams = [];
      for (let i = 0; i < 3; i++) {
        streams.push(await transport.connectBytes({ host: 'n1', port: 9092, timeoutMs: 1000 }));
      }
      await sleep(clock, 10);
      host.pause();
      for (const [i, stream] of streams.entries()) stream.write(Buffer.from('abc'.charAt(i)));
      await sleep(clock, 10);
      for (const [i, stream] of streams.entries()) stream.write(Buffer.from('ABC'.charAt(i)));
      await sleep(clock, 1000);
      host.resume();
      await sleep(clock, 1);
      host.kill();
    },
    { limitMs: LIMIT_MS },
  );
  return log;
}

t.test('the order of input that is ready together is drawn, but for that of one connection', async (t) => {
  const orders = new Set<string>();
  let overtaken = 0;
  for (let seed = 1; seed <= 20; seed++) {
    const order = await inputAfterPause(seed);
    t.equal(await inputAfterPause(seed), order, 'the same seed draws the same order');
    t.equal([...order].sort().join(''), 'ABCabc', 'all came, once');
    for (const name of 'abc')
      t.ok(order.indexOf(name) < order.indexOf(name.toUpperCase()), `${name} in order: ${order}`);
    // What was sent 10 ms later to another connection arrived last, and is handed over first.
    if (/[A-C].*[a-c]/.test(order)) overtaken++;
    orders.add(order);
  }
  t.ok(orders.size >= 10, `${orders.size} orders`);
  t.ok(overtaken >= 5, `${overtaken} of 20 hand over what came later first`);
});

t.test('which of two processes that are ready at the same time runs first is drawn', async (t) => {
  const firsts = new Map<string, number>();
  for (let seed = 1; seed <= 40; seed++) {
    const simulation = new Simulation({ seed });
    const started: string[] = [];
    await simulation.run(
      async ({ clock }) => {
        for (const name of ['a', 'b']) {
          simulation.host(name).start(async () => {
            started.push(name);
            await Promise.resolve();
          });
        }
        await sleep(clock, 1);
      },
      { limitMs: LIMIT_MS },
    );
    t.equal(started.length, 2);
    const [first = ''] = started;
    firsts.set(first, (firsts.get(first) ?? 0) + 1);
  }
  t.ok((firsts.get('a') ?? 0) >= 8 && (firsts.get('b') ?? 0) >= 8, JSON.stringify([...firsts]));
});

t.test('clocks drift, and wall time jumps', async (t) => {
  const simulation = new Simulation({ seed: 3, timerSlackMs: 0 });
  const fast = simulation.host('fast');
  fast.time.setRate(2);
  await simulation.run(
    async ({ clock }) => {
      let woke = 0;
      let wallStep = 0;
      fast.start(async (platform) => {
        const start = platform.clock.monotonicMs();
        await sleep(platform.clock, 100);
        t.equal(platform.clock.monotonicMs() - start, 100);
        woke = simulation.nowMs;
        const wall = platform.clock.wallMs();
        fast.time.jumpWall(-5000);
        wallStep = platform.clock.wallMs() - wall;
      });
      await sleep(clock, 200);
      t.equal(woke, 50);
      t.equal(wallStep, -5000);
    },
    { limitMs: LIMIT_MS },
  );
});

t.test('a failure names the seed, the time and the cause', async (t) => {
  const run = async (break_: (platform: Platform) => Promise<void>): Promise<SimulationFailure> => {
    const simulation = new Simulation({ seed: 42 });
    try {
      await simulation.run(
        async (platform) => {
          platform.logger.info({ step: 1 }, 'Begins.');
          await break_(platform);
        },
        { limitMs: 1000 },
      );
    } catch (error) {
      if (error instanceof SimulationFailure) return error;
      throw error;
    }
    throw new Error('the run fails');
  };
  const rejected = await run(async () => {
    throw new Error('broken');
  });
  t.match(rejected.message, /seed 42, .*broken/);
  t.match(rejected.report(), /Begins\. step=1/);
  const thrown = await run(async ({ clock }) => {
    clock.after(5, () => {
      throw new Error('in a timer');
    });
    await sleep(clock, 100);
  });
  t.match(thrown.message, /an event failed: Error: in a timer/);
  const unhandled = await run(async ({ clock }) => {
    clock.after(5, () => void Promise.reject(new Error('nobody cares')));
    await sleep(clock, 100);
  });
  t.match(unhandled.message, /nobody cares/);
  t.match((await run(() => new Promise(() => {}))).message, /nothing is left/);
  const endless = await run(async ({ clock }) => {
    for (;;) await sleep(clock, 10);
  });
  t.match(endless.message, /1000 ms have passed/);
});
