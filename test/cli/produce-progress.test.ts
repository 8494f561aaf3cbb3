import t from 'tap';
import { main } from '../../src/cli/main.js';
import type { Surroundings } from '../../src/cli/surroundings.js';
import { Admin } from '../../src/index.js';
import { createNodePlatform } from '../../src/platform/node/platform.js';
import { startCluster } from '../../src/testing/index.js';

const TOPIC = 'lines';

/** Runs `varve produce`; the second line comes once the terminal has told of the first. */
async function produce(bootstrap: string, isTerminal: boolean, args: readonly string[] = []): Promise<string> {
  let stderr = '';
  let onProgress = (): void => {};
  const told = new Promise<void>((resolve) => (onProgress = resolve));
  async function* lines(): AsyncGenerator<Buffer> {
    yield Buffer.from('first\n');
    if (isTerminal && args.length === 0) await told;
    yield Buffer.from('second\n');
  }
  const output = (isTerminal: boolean, take: (text: string) => void): Surroundings['stderr'] => ({
    write: (chunk) => {
      take(typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString());
      return true;
    },
    drained: async () => {},
    isTerminal,
    columns: 80,
  });
  const code = await main({
    args: ['produce', TOPIC, '--bootstrap', bootstrap, ...args],
    env: {},
    stdin: { chunks: lines(), isTerminal: false },
    stdout: output(false, () => {}),
    stderr: output(isTerminal, (text) => {
      stderr += text;
      if (stderr.includes('1 of 1 acknowledged')) onProgress();
    }),
    stop: new AbortController().signal,
    version: '0.0.0',
    temporaryDirectory: '/tmp',
    parseTime: () => undefined,
    readFile: async (path) => Promise.reject(new Error(`There is no file ${path}.`)),
    openPlatform: () => createNodePlatform({ logLevel: 'silent', metrics: false }),
  });
  t.equal(code, 0, stderr);
  return stderr;
}

t.test('varve produce tells a terminal how far it is, over and over in one line, and nobody else', async (t) => {
  const cluster = await startCluster({ nodes: 1 });
  t.teardown(() => cluster.close());
  const admin = new Admin({ bootstrap: cluster.bootstrap });
  await admin.createTopic({ name: TOPIC, partitions: 1 });
  await admin.close();
  const bootstrap = cluster.bootstrap.join();
  const shown = await produce(bootstrap, true);
  const LINE = String.raw`\r\u001b\[K\d+ of \d+ acknowledged, \d+ records/s, \d+\.\d MiB/s`;
  t.match(shown, new RegExp(`^(${LINE})+\n$`), 'each is written over the one before it');
  t.match(shown, /K1 of 1 acknowledged/);
  t.match(shown, /K2 of 2 acknowledged[^\r]*\n$/, 'the last stays, with the totals');
  t.equal(await produce(bootstrap, true, ['--quiet']), '');
  t.equal(await produce(bootstrap, false), '', 'a file or a pipe gets none of it');
});
