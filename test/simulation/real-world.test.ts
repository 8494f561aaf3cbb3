import { createHash, randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import net from 'node:net';
import { runInThisContext } from 'node:vm';
import t from 'tap';
import { sleep } from '../../src/platform/clock.js';
import { Simulation } from '../../src/simulation/simulation.js';

const TOUCHES: ReadonlyArray<readonly [what: string, touch: () => unknown]> = [
  ['Date.now', () => Date.now()],
  ['Date', () => new Date()],
  ['performance.now', () => performance.now()],
  ['process.hrtime.bigint', () => process.hrtime.bigint()],
  ['Math.random', () => Math.random()],
  ['setTimeout', () => setTimeout(() => {}, 1)],
  ['setImmediate', () => setImmediate(() => {})],
  ['crypto.randomBytes', () => randomBytes(1)],
  ['fs.readFileSync', () => readFileSync('package.json')],
  ['Socket.connect', () => net.connect(1)],
  ['Server.listen', () => net.createServer().listen(0)],
];

async function failureOf(program: () => unknown): Promise<unknown> {
  const simulation = new Simulation({ seed: 1 });
  try {
    await simulation.run(
      async ({ clock }) => {
        await sleep(clock, 5);
        await program();
      },
      { limitMs: 10 },
    );
    return undefined;
  } catch (error) {
    return error;
  }
}

t.test('a run that touches the real world fails by the name of what it touched', async (t) => {
  for (const [what, touch] of TOUCHES) {
    t.match(await failureOf(touch), { message: new RegExp(`the real world is touched: ${what}$`) });
    const swallowed = await failureOf(() => {
      try {
        touch();
      } catch {
        // As production code does with what it takes for a failed file or socket.
      }
    });
    t.match(swallowed, { message: new RegExp(`the real world is touched: ${what}$`) }, 'though nobody passed it on');
  }
});

t.test('what is no reading of clock or chance is left alone', async (t) => {
  const pure = async (): Promise<string> => {
    await undefined;
    return new Date(0).toISOString() + createHash('sha256').update('x').digest('hex');
  };
  t.equal(await failureOf(pure), undefined);
});

t.test('a test framework may look at its watch, and set no timer', async (t) => {
  const filename = '/somewhere/node_modules/framework/index.js';
  const reading = runInThisContext('() => Date.now()', { filename }) as () => unknown;
  const timing = runInThisContext('() => setTimeout(() => {}, 1)', { filename }) as () => unknown;
  t.equal(await failureOf(reading), undefined);
  t.match(await failureOf(timing), { message: /the real world is touched: setTimeout/ });
});

t.test('the rest of the process has its real world, during a run and after it', async (t) => {
  const { Date: realDate, setTimeout: realTimeout } = globalThis;
  let heard = 0;
  const interval = setInterval(() => {
    if (Date.now() > 0 && Math.random() >= 0) heard++;
  }, 1);
  const simulation = new Simulation({ seed: 1 });
  await simulation.run(
    async ({ clock }) => {
      while (heard < 2) await sleep(clock, 1);
    },
    { limitMs: Number.MAX_SAFE_INTEGER },
  );
  clearInterval(interval);
  t.ok(heard >= 2, 'timers that were there before went on');
  t.equal(globalThis.Date, realDate);
  t.equal(globalThis.setTimeout, realTimeout);
});

t.test('two runs at once are guarded both', async (t) => {
  const [clean, touching] = await Promise.all([failureOf(() => undefined), failureOf(() => Date.now())]);
  t.equal(clean, undefined);
  t.match(touching, { message: /the real world is touched: Date.now/ });
  t.ok(Date.now() > 0);
});

t.test('a microtask that throws fails the run, and later ones run in their order', async (t) => {
  const said: string[] = [];
  const failure = await failureOf(async () => {
    queueMicrotask(() => said.push('first'));
    void Promise.resolve().then(() => said.push('second'));
    queueMicrotask(() => {
      throw new Error('thrown by a microtask');
    });
    queueMicrotask(() => said.push('third'));
    await new Promise<void>((resolve) => {
      queueMicrotask(resolve);
    });
  });
  t.match(failure, { message: /an event failed: Error: thrown by a microtask$/ });
  t.strictSame(said, ['first', 'second', 'third']);
});
