import { setImmediate } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import t from 'tap';
import { linesOf } from '../../src/cli/lines.js';
import { untilStopped } from '../../src/cli/until-stopped.js';

const CHUNK_BYTES = 64 * 1024;

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

function heldBytes(): number {
  collect();
  return process.memoryUsage().arrayBuffers;
}

async function* chunks(count: number): AsyncGenerator<Buffer> {
  for (let index = 0; index < count; index += 1) {
    await setImmediate();
    yield Buffer.alloc(CHUNK_BYTES, `${'x'.repeat(1_023)}\n`);
  }
}

t.test('what was read is not kept', async (t) => {
  const before = heldBytes();
  let lines = 0;
  let mostBytes = 0;
  let steps = 0;
  for await (const some of untilStopped(new AbortController().signal, linesOf(chunks(1_000), CHUNK_BYTES))) {
    lines += some.length;
    steps += 1;
    if (steps % 250 === 0) mostBytes = Math.max(mostBytes, heldBytes() - before);
  }
  t.equal(lines, 64_000, 'all 64 MiB of it are read');
  t.ok(mostBytes < 16 * 1024 * 1024, `${mostBytes} bytes are held`);
});

t.test('a stop ends it while the source is silent, and what the source throws is thrown', async (t) => {
  const stop = new AbortController();
  async function* silent(): AsyncGenerator<number> {
    yield 1;
    await new Promise(() => {});
  }
  const seen: number[] = [];
  for await (const value of untilStopped(stop.signal, silent())) {
    seen.push(value);
    queueMicrotask(() => stop.abort());
  }
  t.same(seen, [1]);
  for await (const value of untilStopped(stop.signal, silent())) t.fail(`${value} comes after the stop`);
  // eslint-disable-next-line require-yield
  async function* failing(): AsyncGenerator<number> {
    throw new Error('broken');
  }
  await t.rejects(untilStopped(new AbortController().signal, failing()).next(), /broken/);
});
