import t from 'tap';
import type { Cluster } from '../../src/client/cluster.js';
import { MetadataWatcher } from '../../src/client/metadata-watcher.js';
import { VarveError } from '../../src/common/errors.js';
import { silentLogger } from '../../src/platform/observe.js';
import { ManualClock } from '../log/support.js';

/** How often a watcher asks within a minute when each stream ends so, and what it says of that. */
async function asksInAMinute(error: Error | undefined): Promise<{ asked: number; warnings: string[] }> {
  const clock = new ManualClock();
  const warnings: string[] = [];
  let asked = 0;
  let end: (() => void) | undefined;
  const stream = {
    onMessage() {},
    onDrain() {},
    onEnd() {},
    onClose: (listener: (error: Error | undefined) => void) => (end = () => listener(error)),
    send: () => true,
    end() {},
    cancel() {},
  };
  const cluster = {
    platform: {
      clock,
      logger: { ...silentLogger, warn: (_: unknown, message: string) => void warnings.push(message) },
    },
    pickAddress: () => ({ host: 'a', port: 1 }),
    connection: () => ({
      stream: () => {
        asked++;
        return stream;
      },
    }),
    metadataRequest: () => ({ topics: [] }),
  };
  const watcher = new MetadataWatcher(cluster as unknown as Cluster, new Set());
  for (let ms = 0; ms < 60_000; ms += 10) {
    await Promise.resolve();
    end?.();
    end = undefined;
    clock.advance(10);
  }
  watcher.close();
  return { asked, warnings };
}

t.test('a watcher that no node has room for asks every five seconds, and says so once', async (t) => {
  const full = await asksInAMinute(new VarveError('THROTTLING_QUOTA_EXCEEDED', 'There is no room.'));
  t.ok(full.asked > 10 && full.asked < 25, `${full.asked} times in a minute`);
  t.same(full.warnings, [
    'A node has no room to tell this client of new leaders, which it may learn of later: There is no room.',
  ]);
});

t.test('a watcher whose node is gone asks on at short intervals', async (t) => {
  const gone = await asksInAMinute(undefined);
  t.ok(gone.asked > 250, `${gone.asked} times in a minute`);
  t.same(gone.warnings, []);
});
