import t from 'tap';
import { DEFAULT_LOG_CONFIG, DEFAULT_LOG_DIRECTORY_CONFIG } from '../../src/log/log-config.js';
import { LogDirectory } from '../../src/log/log-directory.js';
import { TailCache } from '../../src/log/tail-cache.js';
import type { Platform } from '../../src/platform/platform.js';
import { Simulation } from '../../src/simulation/simulation.js';
import { makeBatch, TOPIC_ID } from '../log/support.js';

function open(platform: Platform): Promise<LogDirectory> {
  return LogDirectory.open({
    path: '/data',
    nodeId: 1,
    platform,
    config: DEFAULT_LOG_DIRECTORY_CONFIG,
    tailCache: new TailCache({ capacityBytes: 1 << 20 }),
  });
}

t.test('what a failed sync left in the page cache alone is durable once the next start counts it so', async (t) => {
  const simulation = new Simulation({ seed: 7 });
  const host = simulation.host('n1');
  const run = <T>(work: (platform: Platform) => Promise<T>): Promise<T> =>
    new Promise((resolve) => {
      host.start(async (platform) => {
        resolve(await work(platform));
        await new Promise(() => {});
      });
    });
  await simulation.run(
    async () => {
      await run(async (platform) => {
        const directory = await open(platform);
        const log = await directory.openLog('t', 0, TOPIC_ID, DEFAULT_LOG_CONFIG);
        log.appendAsLeader(makeBatch(), 0);
        await log.flush();
        host.disk.behaviour.syncFailureRate = 1;
        log.appendAsLeader(makeBatch(), 0);
        await t.rejects(log.flush(), { code: 'KAFKA_STORAGE_ERROR' });
        host.disk.behaviour.syncFailureRate = 0;
        await directory.close();
      });
      host.kill();
      const durable = await run(async (platform) => {
        const log = await (await open(platform)).openLog('t', 0, TOPIC_ID, DEFAULT_LOG_CONFIG);
        log.appendAsLeader(makeBatch(), 0);
        await log.flush();
        return log.durableOffset;
      });
      t.equal(durable, 3, 'the page cache still had it');
      host.powerOff();
      await run(async (platform) => {
        const log = await (await open(platform)).openLog('t', 0, TOPIC_ID, DEFAULT_LOG_CONFIG);
        t.equal(log.endOffset, durable);
      });
    },
    { limitMs: 60_000 },
  );
});
