import { fork } from 'node:child_process';
import { join } from 'node:path';
import t from 'tap';
import { RealClock } from '../../src/platform/node/clock.js';
import { NodeTransport } from '../../src/platform/node/transport.js';

const SILENCE_MS = 100;
const BUSY_MS = 300;

/** Holds the event loop, as a long garbage collection or a large request does. */
function holdEventLoop(clock: RealClock): void {
  const end = clock.monotonicMs() + BUSY_MS;
  while (clock.monotonicMs() < end);
}

t.test('a time-out that a busy event loop caused is seen for what it is after a defer', async (t) => {
  const clock = new RealClock();
  let heard = 0;
  let onHeard: (() => void) | undefined;
  const server = await new NodeTransport().serveRpc({
    host: '127.0.0.1',
    port: 0,
    maxMessageBytes: 1000,
    handlers: {
      unary: {},
      streams: {
        '/t.T/Heartbeat': (stream) =>
          stream.onMessage(() => {
            heard++;
            onHeard?.();
          }),
      },
    },
  });
  t.teardown(() => server.close(0));
  const sender = fork(join(process.cwd(), 'dist/test/platform/heartbeat-sender.js'), [`${server.address.port}`]);
  t.teardown(() => sender.kill('SIGKILL'));
  for (let round = 0; round < 5; round++) {
    await new Promise<void>((resolve) => {
      onHeard = resolve;
    });
    onHeard = undefined;
    const [before, judged] = await new Promise<readonly number[]>((resolve) => {
      // At the end of a turn: timers that are due by then come before anything that has arrived is read.
      clock.atEndOfTurn(() => {
        const start = heard;
        clock.after(SILENCE_MS, () => clock.defer(() => resolve([start, heard])));
        holdEventLoop(clock);
      });
    });
    t.ok((judged ?? 0) > (before ?? 0), 'what had arrived is delivered before the judgement');
  }
});
