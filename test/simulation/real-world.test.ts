import { execFileSync, spawn } from 'node:child_process';
import { createHash, generateKeyPairSync, getRandomValues, pbkdf2, randomBytes, webcrypto } from 'node:crypto';
import { createSocket } from 'node:dgram';
import { lookup, promises as dnsPromises } from 'node:dns';
import fs, { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import http from 'node:http';
import http2 from 'node:http2';
import https from 'node:https';
import { createRequire } from 'node:module';
import net from 'node:net';
import { setTimeout as laterTimeout } from 'node:timers';
import { setTimeout as promisedTimeout } from 'node:timers/promises';
import tls from 'node:tls';
import { runInThisContext } from 'node:vm';
import { Worker } from 'node:worker_threads';
import { createGzip, gzip, gzipSync } from 'node:zlib';
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
  ['timers.setTimeout', () => laterTimeout(() => {}, 1)],
  ['timers.promises.setTimeout', () => promisedTimeout(1)],
  ['AbortSignal.timeout', () => AbortSignal.timeout(1)],
  ['Atomics.wait', () => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 0)],
  ['process.uptime', () => process.uptime()],
  ['crypto.randomBytes', () => randomBytes(1)],
  ['crypto.generateKeyPairSync', () => generateKeyPairSync('ed25519')],
  ['crypto.getRandomValues', () => globalThis.crypto.getRandomValues(new Uint8Array(1))],
  ['crypto.getRandomValues', () => getRandomValues(new Uint8Array(1))],
  ['crypto.randomUUID', () => webcrypto.randomUUID()],
  ['crypto.subtle.digest', () => webcrypto.subtle.digest('SHA-256', new Uint8Array(1))],
  ['crypto.pbkdf2', () => pbkdf2('a', 'b', 1, 1, 'sha256', () => {})],
  ['zlib.gzip', () => gzip('x', () => {})],
  ['zlib.createGzip', () => createGzip()],
  ['fs.readFileSync', () => readFileSync('package.json')],
  ['fs.statSync', () => statSync('package.json')],
  ['fs.existsSync', () => existsSync('package.json')],
  ['fs.readdirSync', () => readdirSync('.')],
  ['fs.opendirSync', () => fs.opendirSync('.')],
  ['fs.realpathSync.native', () => fs.realpathSync.native('.')],
  ['fs.createReadStream', () => fs.createReadStream('package.json')],
  ['fs.watch', () => fs.watch('package.json')],
  ['fs.promises.readFile', () => readFile('package.json')],
  ['fs.promises.stat', () => stat('package.json')],
  ['fs.promises.open', () => fs.promises.open('package.json')],
  ['child_process.spawn', () => spawn('true')],
  ['child_process.execFileSync', () => execFileSync('true')],
  ['worker_threads.Worker', () => new Worker('', { eval: true })],
  ['dns.lookup', () => lookup('localhost', () => {})],
  ['dns.promises.lookup', () => dnsPromises.lookup('localhost')],
  ['dgram.createSocket', () => createSocket('udp4')],
  ['Socket.connect', () => net.connect(1)],
  ['Server.listen', () => net.createServer().listen(0)],
  ['tls.connect', () => tls.connect(1)],
  ['http.get', () => http.get('http://localhost:1')],
  ['https.request', () => https.request('https://localhost:1')],
  ['http2.connect', () => http2.connect('http://localhost:1')],
  ['fetch', () => fetch('http://localhost:1')],
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
    http.createServer(() => {}).close();
    return new Date(0).toISOString() + createHash('sha256').update(gzipSync('x')).digest('hex') + net.isIP('::1');
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

const CONTENTS =
  'module.exports = { text: require("fs").readFileSync(__filename, "utf8"), read: require("fs").statSync };';

t.test('modules are loaded during a run, and read what they load by; their functions are guarded', async (t) => {
  const path = `${t.testdir({ 'module.cjs': CONTENTS })}/module.cjs`;
  const load = (): { text: string; read: (path: string) => unknown } =>
    createRequire(import.meta.url)(path) as ReturnType<typeof load>;
  let text = '';
  const loading = async (): Promise<void> => {
    text = load().text;
  };
  t.equal(await failureOf(loading), undefined);
  t.equal(text, CONTENTS);
  t.match(await failureOf(() => load().read('.')), { message: /the real world is touched: fs.statSync$/ });
  let imported: object | undefined;
  const simulation = new Simulation({ seed: 1 });
  await simulation.run(
    async ({ clock }) => {
      import('../../src/cli/program.js').then(
        (module) => (imported = module),
        (error: unknown) => simulation.fail('the import', error),
      );
      while (imported === undefined) await sleep(clock, 1);
    },
    { limitMs: Number.MAX_SAFE_INTEGER },
  );
  t.match(imported, { buildProgram: Function });
});

t.test('who writes down the stack of an error may read source maps, as test frameworks do', async (t) => {
  const { prepareStackTrace } = Error;
  let asked = 0;
  Error.prepareStackTrace = function prepareStackTrace(error, frames) {
    asked++;
    return existsSync('package.json') ? `${error.name}, ${frames.length} frames` : '';
  };
  let stack: string | undefined;
  const failure = await failureOf(() => {
    stack = new Error('x').stack;
  });
  const touching = await failureOf(() => existsSync('package.json'));
  Error.prepareStackTrace = prepareStackTrace;
  t.equal(failure, undefined);
  t.match(stack, /^Error, \d+ frames$/);
  t.ok(asked > 0);
  t.match(touching, { message: /the real world is touched: fs.existsSync$/ });
});

t.test('a run may print, to a file, too', async (t) => {
  const path = `${t.testdir({ out: '' })}/out`;
  const module = new URL('../../src/simulation/simulation.js', import.meta.url).href;
  const script = `
    import { Simulation } from ${JSON.stringify(module)};
    await new Simulation({ seed: 1 }).run(async () => console.log('printed'), { limitMs: 10 });`;
  const out = fs.openSync(path, 'w');
  execFileSync(process.execPath, ['--input-type=module', '--eval', script], { stdio: ['ignore', out, 'inherit'] });
  fs.closeSync(out);
  t.equal(readFileSync(path, 'utf8'), 'printed\n');
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
