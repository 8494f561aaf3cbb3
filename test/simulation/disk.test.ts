import t from 'tap';
import { sleep } from '../../src/platform/clock.js';
import { FileSystemError } from '../../src/platform/file-system.js';
import type { FileSystem } from '../../src/platform/file-system.js';
import type { Platform } from '../../src/platform/platform.js';
import type { UnsyncedFate } from '../../src/simulation/disk/file-content.js';
import { FileContent, SECTOR_BYTES } from '../../src/simulation/disk/file-content.js';
import { SeededRandom } from '../../src/simulation/random.js';
import { Simulation } from '../../src/simulation/simulation.js';
import type { SimulatedHost } from '../../src/simulation/host.js';

const LIMIT_MS = 60_000;

/** Lets `before` run on a host, pulls the plug when it is done, and gives what `after` sees on the next boot. */
async function acrossPowerLoss<T>(options: {
  readonly seed: number;
  readonly prepare?: (host: SimulatedHost) => void;
  readonly before: (platform: Platform) => Promise<void>;
  readonly after: (platform: Platform) => Promise<T>;
}): Promise<T> {
  const simulation = new Simulation({ seed: options.seed });
  const host = simulation.host('n1');
  options.prepare?.(host);
  return simulation.run(
    async () => {
      await new Promise<void>((resolve) => {
        host.start(async (platform) => {
          await options.before(platform);
          resolve();
          await new Promise(() => {});
        });
      });
      host.powerOff();
      return new Promise<T>((resolve) => {
        host.start(async (platform) => resolve(await options.after(platform)));
      });
    },
    { limitMs: LIMIT_MS },
  );
}

async function kindOf(work: Promise<unknown>): Promise<string | undefined> {
  try {
    await work;
    return undefined;
  } catch (error) {
    if (error instanceof FileSystemError) return error.kind;
    throw error;
  }
}

/** Makes a file whose name is durable. */
async function durableName(fileSystem: FileSystem, path: string): Promise<void> {
  await fileSystem.makeDirectory('/d');
  await fileSystem.syncDirectory('/');
  const file = await fileSystem.open(path, 'createNew');
  await file.close();
  await fileSystem.syncDirectory('/d');
}

/** Writes `a` bytes that are synced and `b` bytes that are not, and gives the file after the power was lost. */
async function tailAfter(fate: UnsyncedFate, seed: number): Promise<Buffer> {
  return acrossPowerLoss({
    seed,
    prepare: (host) => {
      host.disk.behaviour.fates = [fate];
    },
    before: async ({ fileSystem }) => {
      await durableName(fileSystem, '/d/f');
      const file = await fileSystem.open('/d/f', 'write');
      await file.write([Buffer.alloc(1000, 'a')], 0);
      await file.sync();
      await file.write([Buffer.alloc(4000, 'b')], 1000);
    },
    after: ({ fileSystem }) => fileSystem.readFile('/d/f'),
  });
}

t.test('a power loss never takes synced bytes, and takes unsynced ones as its fate says', async (t) => {
  const sizes = new Set<number>();
  const holes = new Set<number>();
  for (let seed = 0; seed < 20; seed++) {
    for (const fate of ['lost', 'kept', 'prefix', 'subset', 'zeroed'] as const) {
      const bytes = await tailAfter(fate, seed);
      t.ok(bytes.subarray(0, 1000).equals(Buffer.alloc(1000, 'a')), `${fate} keeps what was synced`);
      const tail = bytes.subarray(1000);
      if (fate === 'lost') t.equal(tail.length, 0);
      if (fate === 'kept') t.ok(tail.equals(Buffer.alloc(4000, 'b')));
      if (fate === 'zeroed') t.ok(tail.equals(Buffer.alloc(4000)));
      if (fate === 'prefix') {
        t.ok(tail.equals(Buffer.alloc(tail.length, 'b')), 'a prefix is whole');
        sizes.add(tail.length);
      }
      if (fate === 'subset') {
        t.equal(tail.length, 4000);
        const lostSectors = [];
        for (let sector = 2; sector * SECTOR_BYTES < 5000; sector++) {
          const part = bytes.subarray(sector * SECTOR_BYTES, Math.min(5000, (sector + 1) * SECTOR_BYTES));
          const lost = part.equals(Buffer.alloc(part.length));
          t.ok(lost || part.equals(Buffer.alloc(part.length, 'b')), 'a sector is whole or untouched');
          if (lost) lostSectors.push(sector);
        }
        holes.add(lostSectors.length);
      }
    }
  }
  t.ok(sizes.size > 10, 'prefixes end anywhere');
  t.ok(holes.size > 2, 'subsets differ');
});

t.test('overwritten and truncated bytes come back when they were not synced', async (t) => {
  const outcomes = new Map<string, number>();
  for (let seed = 0; seed < 60; seed++) {
    const bytes = await acrossPowerLoss({
      seed,
      before: async ({ fileSystem }) => {
        await durableName(fileSystem, '/d/f');
        const file = await fileSystem.open('/d/f', 'write');
        await file.write([Buffer.alloc(2048, 'a')], 0);
        await file.sync();
        await file.write([Buffer.alloc(512, 'b')], 512);
        await file.truncate(1536);
      },
      after: ({ fileSystem }) => fileSystem.readFile('/d/f'),
    });
    t.equal(bytes[0], 0x61);
    t.ok(bytes.length === 2048 || bytes.length === 1536);
    const overwritten = bytes.subarray(512, 1024);
    t.ok(overwritten.equals(Buffer.alloc(512, 'a')) || overwritten.equals(Buffer.alloc(512, 'b')));
    const outcome = `${bytes.length} ${String.fromCharCode(overwritten[0] ?? 0)}`;
    outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
  }
  t.same([...outcomes.keys()].sort(), ['1536 a', '1536 b', '2048 a', '2048 b'], 'all that can happen does');
});

t.test('a name is durable only once its folder was synced', async (t) => {
  let lost = 0;
  for (let seed = 0; seed < 40; seed++) {
    const names = await acrossPowerLoss({
      seed,
      before: async ({ fileSystem }) => {
        await durableName(fileSystem, '/d/old');
        const file = await fileSystem.open('/d/new', 'createNew');
        await file.write([Buffer.from('x')], 0);
        await file.sync();
        await fileSystem.rename('/d/old', '/d/moved');
      },
      after: ({ fileSystem }) => fileSystem.readDirectory('/d'),
    });
    t.equal(names.filter((name) => name === 'old' || name === 'moved').length, 1, 'a move is whole or not at all');
    if (!names.includes('new')) {
      lost++;
      t.ok(names.includes('old'), 'operations on one folder keep their order');
    }
  }
  t.ok(lost > 0 && lost < 40, 'a synced file whose folder was not synced may be gone');
});

t.test('a kill keeps what was written; operations under way happen or not', async (t) => {
  const simulation = new Simulation({ seed: 3 });
  const host = simulation.host('n1');
  const content = await simulation.run(
    async () => {
      await new Promise<void>((resolve) => {
        host.start(async ({ fileSystem }) => {
          const file = await fileSystem.open('/f', 'createNew');
          await file.write([Buffer.from('unsynced')], 0);
          void file.write([Buffer.from('HALF')], 8);
          resolve();
          await new Promise(() => {});
        });
      });
      host.kill();
      return new Promise<string>((resolve) => {
        host.start(async ({ fileSystem }) => resolve((await fileSystem.readFile('/f')).toString()));
      });
    },
    { limitMs: LIMIT_MS },
  );
  t.match(content, /^unsynced(H(A(L(F)?)?)?)?$/);
});

t.test('a failed sync makes nothing durable, and neither does the next', async (t) => {
  let host: SimulatedHost | undefined;
  const failSyncs = (rate: number): void => {
    if (host !== undefined) host.disk.behaviour.syncFailureRate = rate;
  };
  const bytes = await acrossPowerLoss({
    seed: 5,
    prepare: (prepared) => {
      host = prepared;
      host.disk.behaviour.fates = ['lost'];
    },
    before: async ({ fileSystem }) => {
      await durableName(fileSystem, '/d/f');
      const file = await fileSystem.open('/d/f', 'write');
      await file.write([Buffer.from('first')], 0);
      failSyncs(1);
      t.equal(await kindOf(file.sync()), 'io');
      failSyncs(0);
      await file.sync();
    },
    after: ({ fileSystem }) => fileSystem.readFile('/d/f'),
  });
  t.equal(bytes.length, 0);
});

t.test('syncs hang where they are to, and end', async (t) => {
  const simulation = new Simulation({ seed: 1 });
  const { disk } = simulation.host('n1');
  const scenario = async ({ fileSystem, keyValueStores, clock }: Platform): Promise<void> => {
    await fileSystem.makeDirectory('/d/quorum');
    const file = await fileSystem.open('/d/log', 'write');
    const store = await keyValueStores.open('/d/quorum/store');
    disk.behaviour.hang = { ms: 4_000, concerns: (path) => path.includes('quorum') };
    const timeOf = async (work: () => Promise<void>): Promise<number> => {
      const startMs = clock.monotonicMs();
      await work();
      return clock.monotonicMs() - startMs;
    };
    const put = (): Promise<void> =>
      store.write([{ type: 'put', key: Buffer.from('k'), value: Buffer.from('v') }], { sync: true });
    t.ok((await timeOf(put)) > 4_000, 'a store');
    t.ok((await timeOf(() => fileSystem.syncDirectory('/d/quorum'))) > 4_000, 'a folder');
    t.ok((await timeOf(() => file.sync())) < 100, 'not what is elsewhere');
    const hanging = timeOf(put);
    await sleep(clock, 5);
    disk.behaviour.hang = undefined;
    t.ok((await hanging) > 4_000, 'one that has begun goes on');
    t.ok((await timeOf(put)) < 100);
  };
  await simulation.run(scenario, { limitMs: LIMIT_MS, hostName: 'n1' });
});

t.test('writes during a sync are not made durable by it', (t) => {
  const content = new FileContent();
  content.write(Buffer.alloc(1024, 'a'), 0);
  content.beginSync();
  content.write(Buffer.alloc(512, 'b'), 512);
  content.write(Buffer.alloc(512, 'c'), 1024);
  content.endSync('done');
  content.losePower('lost', new SeededRandom(1));
  const bytes = Buffer.alloc(2048);
  t.equal(content.read(bytes, 0), 1024);
  t.ok(bytes.subarray(0, 1024).equals(Buffer.alloc(1024, 'a')));
  t.end();
});

t.test('a full disk takes what fits and says so', async (t) => {
  const simulation = new Simulation({ seed: 9 });
  simulation.host('scenario').disk.capacityBytes = 1000;
  await simulation.run(
    async ({ fileSystem }) => {
      const file = await fileSystem.open('/f', 'createNew');
      await file.write([Buffer.alloc(900)], 0);
      t.equal(await fileSystem.freeBytes('/'), 100);
      t.equal(await kindOf(file.write([Buffer.alloc(60, 1), Buffer.alloc(60, 2)], 900)), 'full');
      t.equal(await file.sizeBytes(), 1000);
      await file.write([Buffer.alloc(100)], 0);
      await file.truncate(500);
      t.equal(await fileSystem.freeBytes('/'), 500);
      await fileSystem.unlink('/f');
      t.equal(await fileSystem.freeBytes('/'), 1000);
    },
    { limitMs: LIMIT_MS },
  );
});

t.test('a store keeps synced batches whole, and of the others the first ones', async (t) => {
  const counts = new Set<number>();
  for (let seed = 0; seed < 40; seed++) {
    const kept = await acrossPowerLoss({
      seed,
      before: async ({ keyValueStores, fileSystem }) => {
        const store = await keyValueStores.open('/s');
        await fileSystem.syncDirectory('/');
        for (let i = 0; i < 10; i++) {
          const writes = [0, 1].map(
            (j) => ({ type: 'put', key: Buffer.from([i, j]), value: Buffer.from('v') }) as const,
          );
          await store.write(writes, { sync: i === 4 });
        }
      },
      after: async ({ keyValueStores }) => {
        const store = await keyValueStores.open('/s');
        return (await store.entries({})).map(([key]) => key[0]);
      },
    });
    t.equal(kept.length % 2, 0, 'batches are whole');
    t.ok(kept.length >= 10, 'what was synced, and all before it, is there');
    t.same(
      kept,
      Array.from({ length: kept.length }, (_, i) => Math.floor(i / 2)),
      'the first ones',
    );
    counts.add(kept.length);
  }
  t.ok(counts.size > 3, 'some are lost');
});

t.test('damage: flipped bits, failing and misdirected reads', async (t) => {
  const simulation = new Simulation({ seed: 11 });
  const { disk } = simulation.host('scenario');
  await simulation.run(
    async ({ fileSystem }) => {
      const file = await fileSystem.open('/f', 'createNew');
      const content = Buffer.from(Array.from({ length: 4096 }, (_, i) => (i * 7) % 251));
      await file.write([content], 0);
      disk.behaviour.misdirectedReadRate = 1;
      t.notOk((await fileSystem.readFile('/f')).equals(content), 'a misdirected read gives other bytes');
      disk.behaviour.misdirectedReadRate = 0;
      t.ok((await fileSystem.readFile('/f')).equals(content), 'and leaves the stored ones alone');
      disk.behaviour.readFailureRate = 1;
      t.equal(await kindOf(fileSystem.readFile('/f')), 'io');
      disk.behaviour.readFailureRate = 0;
      t.ok(disk.flipBit('/f', 100));
      const damaged = await fileSystem.readFile('/f');
      t.same(
        [...damaged.keys()].filter((i) => damaged[i] !== content[i]),
        [100],
      );
      disk.failed = true;
      t.equal(await kindOf(file.sync()), 'io');
    },
    { limitMs: LIMIT_MS },
  );
});
