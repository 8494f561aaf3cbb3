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
