import type { Test } from 'tap';
import { DEFAULT_LOG_DIRECTORY_CONFIG } from '../../src/log/log-config.js';
import { LogDirectory } from '../../src/log/log-directory.js';
import { IndexCache } from '../../src/log/index-cache.js';
import { PoisonedBuffers } from '../../src/simulation/poisoned-buffers.js';
import { TailCache } from '../../src/log/tail-cache.js';
import type { Platform } from '../../src/platform/platform.js';
import type { SimulatedHost } from '../../src/simulation/host.js';
import { Simulation } from '../../src/simulation/simulation.js';
import { seedsOf } from './seeds.js';

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

/** Runs the starts with each seed; `told` is filled by them, and read back by `left`, which follows them. */
export async function keepsWhatItTold(
  t: Test,
  starts: (told: number[]) => readonly Start[],
  left: (platform: Platform) => Promise<number>,
  seeds = 10,
): Promise<string[]> {
  const lost: string[] = [];
  for (const seed of seedsOf(t, seeds)) {
    const told: number[] = [];
    const work = async (platform: Platform): Promise<void> => {
      const found = await left(platform).catch((error: unknown) => String(error));
      const promised = told.at(-1) ?? 0;
      if (typeof found === 'string' || found < promised)
        lost.push(`seed ${seed}: ${promised} was durable, ${found} is left`);
    };
    await onStarts(seed, [...starts(told), { work, end: 'kill' }]);
  }
  return lost;
}

/** The log directory of a node, as a start opens it. */
export function openDirectory(
  platform: Platform,
  { cacheBytes = 1 << 20 }: { readonly cacheBytes?: number } = {},
): Promise<LogDirectory> {
  return LogDirectory.open({
    path: '/data',
    nodeId: 1,
    platform,
    config: DEFAULT_LOG_DIRECTORY_CONFIG,
    tailCache: new TailCache({ capacityBytes: cacheBytes, buffers: new PoisonedBuffers() }),
    indexCache: new IndexCache({ capacityBytes: 1 << 20 }),
  });
}
