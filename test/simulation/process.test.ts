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

t.test('a paused process stands still; on resume, timers come before input, and defer after it', async (t) => {
  const simulation = new Simulation({ seed: 2 });
  const host = simulation.host('n1');
  const log: string[] = [];
  await simulation.run(
    async ({ clock, transport }) => {
      host.start(async (platform) => {
        await platform.transport.serveBytes({
          host: 'n1',
          port: 9092,
          onConnection: (stream) => stream.onData(() => log.push('input')),
        });
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
