import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { isatty } from 'node:tty';
import { main } from '../cli/main.js';
import type { Output, Surroundings } from '../cli/surroundings.js';

/** The `varve` command over the real world: the one place that makes it. `varve.cjs` starts it. */

function outputOf(stream: NodeJS.WriteStream, onGone: () => void): Output {
  let gone = false;
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    // The reader (head, less) has enough.
    gone = true;
    onGone();
  });
  return {
    write: (chunk) => gone || stream.write(chunk),
    drained: () =>
      new Promise((resolve) => {
        if (gone || !stream.writableNeedDrain) {
          resolve();
          return;
        }
        const settle = (): void => {
          for (const event of ['drain', 'close', 'error']) stream.off(event, settle);
          resolve();
        };
        for (const event of ['drain', 'close', 'error']) stream.once(event, settle);
      }),
    isTerminal: stream.isTTY === true,
    columns: stream.columns,
  };
}

function packageVersion(): string {
  const content: unknown = JSON.parse(readFileSync(new URL('../../../package.json', import.meta.url), 'utf8'));
  const version = typeof content === 'object' && content !== null && 'version' in content ? content.version : undefined;
  return typeof version === 'string' ? version : 'unknown';
}

/** The first signal asks for an end in order, a second one ends the process at once. */
function stopOnSignals(stop: AbortController): void {
  for (const [signal, code] of [
    ['SIGINT', 130],
    ['SIGTERM', 143],
    // Its terminal is closed.
    ['SIGHUP', 129],
  ] as const) {
    // prettier-ignore
    process.on(signal, () => {
      if (stop.signal.aborted) process.exit(code);
      stop.abort(signal);
    });
  }
}

function parseTime(text: string): number | undefined {
  const value = /^\d+$/.test(text) ? Number(text) : Date.parse(text);
  return Number.isSafeInteger(value) ? value : undefined;
}

/** How long who was told to stop waits for the reader of what it has written. */
const LAST_OUTPUT_MS = 500;

const stop = new AbortController();
stopOnSignals(stop);
let stdinUsed = false;
const surroundings: Surroundings = {
  args: process.argv.slice(2),
  env: process.env,
  stdin: {
    get chunks() {
      stdinUsed = true;
      return process.stdin;
    },
    isTerminal: isatty(0),
  },
  stdout: outputOf(process.stdout, () => stop.abort()),
  stderr: outputOf(process.stderr, () => {}),
  stop: stop.signal,
  version: packageVersion(),
  temporaryDirectory: tmpdir(),
  readFile: (path) => readFile(path, 'utf8'),
  parseTime,
  openPlatform: async ({ logLevel, metrics = false }) => {
    const [{ createNodePlatform }, { HeapGrowth }, { BufferRelease }] = await Promise.all([
      import('../platform/node/platform.js'),
      import('../platform/node/heap-growth.js'),
      import('../platform/node/buffer-release.js'),
    ]);
    const heapGrowth = new HeapGrowth();
    const platform = await createNodePlatform({
      logLevel,
      metrics,
      workerEntry: new URL('../platform/node/worker-main.js', import.meta.url),
      transport: { release: new BufferRelease() },
    });
    const close = async (): Promise<void> => {
      heapGrowth.stop();
      await platform.close();
    };
    return { ...platform, close };
  },
};
process.exitCode = await main(surroundings);
// Told to stop: a reader of the output that has stopped reading gets a moment, and does not keep the process.
if (stop.signal.aborted && process.stdout.writableLength > 0) setTimeout(() => process.exit(), LAST_OUTPUT_MS).unref();
// Input that is still open must not keep the process.
if (stdinUsed) process.stdin.destroy();
