import t from 'tap';
import type { Test } from 'tap';
import { setImmediate } from 'node:timers/promises';
import type { Platform } from '../../src/platform/platform.js';
import { drive } from '../../src/simulation/driver.js';
import { Simulation } from '../../src/simulation/simulation.js';
import { clockConformance } from '../platform/conformance/clock.js';
import { fileSystemConformance } from '../platform/conformance/file-system.js';
import { keyValueStoreConformance } from '../platform/conformance/key-value-store.js';
import { transportConformance } from '../platform/conformance/transport.js';

/** A simulation that runs beside the test, as the real world would: the suites are written for any platform. */
class Background {
  readonly simulation = new Simulation({ seed: 7 });
  #stopped = false;

  constructor(t: Test) {
    t.teardown(() => {
      this.#stopped = true;
    });
    void this.#run();
  }

  platform(hostName: string): Promise<Platform> {
    return new Promise((resolve) => {
      this.simulation.host(hostName).start((platform) => {
        resolve(platform);
        return new Promise(() => {});
      });
    });
  }

  async #run(): Promise<void> {
    while (!this.#stopped) {
      await drive({
        scheduler: this.simulation.scheduler,
        done: () => this.#stopped,
        limitMs: Number.POSITIVE_INFINITY,
        onFailure: (error) => {
          throw error;
        },
      });
      await setImmediate();
    }
  }
}

t.test('clock', async (t) => {
  const { clock } = await new Background(t).platform('n1');
  clockConformance(t, () => clock);
});

t.test('file system', async (t) => {
  const { fileSystem } = await new Background(t).platform('n1');
  let folders = 0;
  fileSystemConformance(t, async () => {
    const folder = `/data/${++folders}`;
    await fileSystem.makeDirectory(folder);
    return { fileSystem, folder };
  });
});

t.test('key-value stores', async (t) => {
  const { keyValueStores: stores } = await new Background(t).platform('n1');
  let folders = 0;
  keyValueStoreConformance(t, async () => ({ stores, path: `/stores/${++folders}` }));
});

t.test('transport', async (t) => {
  const background = new Background(t);
  let hosts = 0;
  transportConformance(t, async () => {
    hosts++;
    const server = await background.platform(`server-${hosts}`);
    const client = await background.platform(`client-${hosts}`);
    return { server: server.transport, client: client.transport, host: `server-${hosts}`, clock: client.clock };
  });
});
