import { DEFAULT_LOG_DIRECTORY_CONFIG } from '../../src/log/log-config.js';
import { LogDirectory } from '../../src/log/log-directory.js';
import { TailCache } from '../../src/log/tail-cache.js';
import type { Platform } from '../../src/platform/platform.js';
import type { SimulatedHost } from '../../src/simulation/host.js';
import { Simulation } from '../../src/simulation/simulation.js';

/** A process, and how its life ends once its work is done. */
export interface Start {
  readonly work: (platform: Platform, host: SimulatedHost) => Promise<void>;
  readonly end: 'kill' | 'powerOff';
}

/** Processes one after the other on the disk of one host. */
export async function onStarts(seed: number, starts: readonly Start[]): Promise<void> {
  const simulation = new Simulation({ seed });
  const host = simulation.host('n1');
  await simulation.run(
    async () => {
      for (const { work, end } of starts) {
        await new Promise<void>((resolve) => {
          host.start(async (platform) => {
            await work(platform, host);
            resolve();
            await new Promise(() => {});
          });
        });
        if (end === 'kill') host.kill();
        else host.powerOff();
      }
    },
    { limitMs: 60_000 },
  );
}

/** The log directory of a node, as a start opens it. */
export function openDirectory(platform: Platform): Promise<LogDirectory> {
  return LogDirectory.open({
    path: '/data',
    nodeId: 1,
    platform,
    config: DEFAULT_LOG_DIRECTORY_CONFIG,
    tailCache: new TailCache({ capacityBytes: 1 << 20 }),
  });
}
