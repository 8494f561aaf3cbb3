import t from 'tap';
import { DEFAULT_LOG_CONFIG } from '../../src/log/log-config.js';
import type { LogDirectory } from '../../src/log/log-directory.js';
import type { PartitionLog } from '../../src/log/partition-log.js';
import { sleep } from '../../src/platform/clock.js';
import { FileSystemError } from '../../src/platform/file-system.js';
import type { KeyValueStores } from '../../src/platform/key-value-store.js';
import type { Platform } from '../../src/platform/platform.js';
import type { Entry } from '../../src/raft/core/types.js';
import { RaftStorage } from '../../src/raft/storage/raft-storage.js';
import { HEALTHY_DISK } from '../../src/simulation/disk/disk.js';
import { SeededRandom } from '../../src/simulation/random.js';
import { makeBatch, readAll, TOPIC_ID } from '../log/support.js';
import { keepsWhatItTold, onStarts, openDirectory } from './starts.js';
import { seedsOf } from './seeds.js';
import { storesThat } from '../raft/watched-stores.js';

// What a start found, mended, cut or took away is so for good: the power goes right behind it.

const FOLDER = '/data/t-0';
const LOG_FILE = `${FOLDER}/00000000000000000000.log`;
const NEXT_ID = 'AAAAAAAAAAAAAAAAAAAAAQ';
const SEEDS = 60;

function openLog(directory: LogDirectory, topicId: string = TOPIC_ID): Promise<PartitionLog> {
  return directory.openLog('t', 0, topicId, DEFAULT_LOG_CONFIG);
}

async function append(log: PartitionLog, count: number): Promise<void> {
  for (let left = count; left > 0; left--) log.appendAsLeader(makeBatch({ records: 1, valueBytes: 100 }), 0);
  await log.flush();
}

/** So much of it can be read from its start on. */
async function readable(platform: Platform): Promise<number> {
  const log = await openLog(await openDirectory(platform));
  return (await readAll(log)).length;
}

t.test('what recovery wrote anew after a failed sync is on the disk once the log calls it durable', async (t) => {
  const lost = await keepsWhatItTold(
    t,
    (told) => [
      {
        work: async (platform, host) => {
          const directory = await openDirectory(platform);
          const log = await openLog(directory);
          await append(log, 2);
          host.disk.behaviour.syncFailureRate = 1;
          await append(log, 1).catch(() => {});
          host.disk.behaviour.syncFailureRate = 0;
          await directory.close();
        },
        end: 'kill',
      },
      {
        work: async (platform) => void told.push((await openLog(await openDirectory(platform))).durableOffset),
        end: 'powerOff',
      },
    ],
    readable,
  );
  t.same(lost, []);
});

t.test('what mended a damaged range is on the disk once the log has no damage', async (t) => {
  const lost = await keepsWhatItTold(
    t,
    (told) => [
      {
        work: async (platform, host) => {
          const log = await openLog(await openDirectory(platform, { cacheBytes: 0 }));
          await append(log, 10);
          const sizeBytes = host.disk.peek(LOG_FILE)?.length ?? 0;
          const batches = await readAll(log);
          host.disk.flipBit(LOG_FILE, sizeBytes * 0.5 - 2);
          await log.scrubSlice(1 << 20);
          const [range] = log.damagedRanges;
          const good = batches[4];
          if (range?.fromOffset !== 4 || good === undefined) throw new Error('the fifth batch is damaged');
          if (!(await log.repair(4, good))) throw new Error('a whole copy of it fits');
          told.push(10);
        },
        end: 'powerOff',
      },
    ],
    readable,
  );
  t.same(lost, []);
});

t.test('the marker of a clean stop is gone for good before anything else is durable', async (t) => {
  const lost = await keepsWhatItTold(
    t,
    (told) => [
      {
        work: async (platform) => {
          const directory = await openDirectory(platform);
          await append(await openLog(directory), 3);
          await directory.close();
        },
        end: 'kill',
      },
      {
        work: async (platform) => {
          const log = await openLog(await openDirectory(platform));
          await append(log, 3);
          told.push(log.durableOffset);
        },
        end: 'powerOff',
      },
    ],
    readable,
  );
  t.same(lost, []);
});

t.test('a log that recovery cut says so, though the power is lost again on the way', async (t) => {
  const silent: string[] = [];
  for (const seed of seedsOf(t, SEEDS)) {
    const random = new SeededRandom(seed);
    await onStarts(seed, [
      {
        work: async (platform, host) => {
          const log = await openLog(await openDirectory(platform));
          await append(log, 10);
          const sizeBytes = host.disk.peek(LOG_FILE)?.length ?? 0;
          host.disk.flipBit(LOG_FILE, sizeBytes - 2);
        },
        end: 'kill',
      },
      {
        work: async (platform, host) => {
          host.disk.behaviour.nameSurvives = 0;
          void openDirectory(platform).then((directory) => openLog(directory));
          await sleep(platform.clock, random.between(0, 20));
        },
        end: 'powerOff',
      },
      {
        work: async (platform) => {
          const log = await openLog(await openDirectory(platform));
          if (log.endOffset < 10 && !log.truncatedByRecovery) silent.push(`seed ${seed}: it ends at ${log.endOffset}`);
        },
        end: 'kill',
      },
    ]);
  }
  t.same(silent, []);
});

t.test('nothing of a log that was deleted is in the next one of its name', async (t) => {
  const left: string[] = [];
  for (const seed of seedsOf(t, SEEDS)) {
    const random = new SeededRandom(seed);
    await onStarts(seed, [
      {
        work: async (platform, host) => {
          const directory = await openDirectory(platform);
          await append(await openLog(directory), 3);
          host.disk.behaviour.namesInOrder = false;
          void directory.deleteLog('t', 0);
          await sleep(platform.clock, random.between(0, 8));
        },
        end: 'powerOff',
      },
      {
        work: async (platform, host) => {
          Object.assign(host.disk.behaviour, HEALTHY_DISK);
          const directory = await openDirectory(platform);
          const [found] = await directory.findPartitions();
          // A node deletes what belongs to another topic.
          if (found?.topicId === TOPIC_ID) await directory.deleteLog('t', 0);
          const { endOffset } = await openLog(directory, NEXT_ID);
          if (endOffset > 0) left.push(`seed ${seed}: ${endOffset} records`);
        },
        end: 'kill',
      },
    ]);
  }
  t.same(left, []);
});

t.test('damage in what a recovery reads for the producers alone is found', async (t) => {
  const silent: string[] = [];
  const config = { ...DEFAULT_LOG_CONFIG, segmentBytes: 500 };
  for (const seed of seedsOf(t, 10)) {
    await onStarts(seed, [
      {
        work: async (platform) => {
          const log = await (await openDirectory(platform)).openLog('t', 0, TOPIC_ID, config);
          for (let baseSequence = 0; baseSequence < 4; baseSequence++) {
            log.appendAsLeader(makeBatch({ producerId: 7, producerEpoch: 0, baseSequence, valueBytes: 100 }), 1);
          }
          await log.flush();
          if (log.segmentCount !== 2) throw new Error('it has two segments');
        },
        end: 'powerOff',
      },
      {
        // Reads both segments, takes no snapshot for that of the second one's start, and moves the recovery point there.
        work: async (platform, host) => {
          const directory = await openDirectory(platform);
          await directory.openLog('t', 0, TOPIC_ID, config);
          await directory.checkpoint();
          host.disk.flipBit(LOG_FILE, 120);
        },
        end: 'powerOff',
      },
      {
        work: async (platform) => {
          const log = await (await openDirectory(platform)).openLog('t', 0, TOPIC_ID, config);
          if (log.damagedRanges.length !== 1) silent.push(`seed ${seed}: nobody hears of the damage`);
          if (log.vouchedOffset > 0) silent.push(`seed ${seed}: it vouches for ${log.vouchedOffset}`);
        },
        end: 'kill',
      },
    ]);
  }
  t.same(silent, []);
});

/** A disk that syncs the names in every folder but one. */
function exceptIn(folder: string, platform: Platform): Platform {
  const fileSystem = new Proxy(platform.fileSystem, {
    get(target, name) {
      if (name === 'syncDirectory') {
        return (path: string) =>
          path === folder ? Promise.reject(new FileSystemError('io', path, '')) : target.syncDirectory(path);
      }
      const value: unknown = Reflect.get(target, name);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
  return { ...platform, fileSystem };
}

t.test('a metadata log that a failed start made is durable once the next start promises anything', async (t) => {
  const directory = '/data/quorum';
  const open = ({ fileSystem, keyValueStores }: Platform, mustExist: boolean) => {
    const self = { nodeId: 1, directoryId: TOPIC_ID };
    return RaftStorage.open({ fileSystem, keyValueStores, directory, mustExist, self });
  };
  const nothing = { entries: [], founding: undefined, clusterId: undefined, snapshot: undefined, messages: [] };
  const lost = await keepsWhatItTold(
    t,
    (told) => [
      {
        work: async (platform) => {
          await platform.fileSystem.makeDirectory('/data');
          await platform.fileSystem.syncDirectory('/');
          const failed = await open(exceptIn(directory, platform), false).catch((error: unknown) => error);
          if (!(failed instanceof FileSystemError)) throw new Error('the first start fails');
        },
        end: 'kill',
      },
      {
        work: async (platform) => {
          const { storage } = await open(platform, false);
          const hardState = { term: 3, vote: undefined, commit: 0 };
          await storage.write({ ...nothing, hardState, isEmpty: false });
          told.push(3);
        },
        end: 'powerOff',
      },
    ],
    async (platform) => (await open(platform, true)).restored.hardState.term,
  );
  t.same(lost, []);
});

const openRaft = ({ fileSystem, keyValueStores }: Platform, mustExist = true) => {
  const self = { nodeId: 1, directoryId: TOPIC_ID };
  return RaftStorage.open({ fileSystem, keyValueStores, directory: '/data/quorum', mustExist, self });
};

function persist(term: number, entries: readonly number[]) {
  const hardState = { term, vote: undefined, commit: 1 };
  const nothing = { founding: undefined, clusterId: undefined, snapshot: undefined, messages: [] };
  const payload = Buffer.from('x');
  const written = entries.map((index): Entry => ({ index, term, type: 'normal', payload }));
  return { ...nothing, hardState, entries: written, isEmpty: false };
}

/** A metadata log of three entries of term 1. In term 2 its second entry is to take the place of two of them. */
async function threeEntries(platform: Platform): Promise<RaftStorage> {
  await platform.fileSystem.makeDirectory('/data');
  await platform.fileSystem.syncDirectory('/');
  const { storage } = await openRaft(platform, false);
  await storage.write(persist(1, [1, 2, 3]));
  await storage.write(persist(2, []));
  return storage;
}

async function termOfSecond(platform: Platform): Promise<number> {
  const { restored } = await openRaft(platform);
  return restored.entries[1]?.term ?? 0;
}

// SEED=94804 SECONDS=60, at that time: the store was refused for good, by a promise that had been lowered since.
t.test('a promise of the metadata log that a failed sync kept from the disk is written anew', async (t) => {
  const lost = await keepsWhatItTold(
    t,
    (told) => [
      {
        work: async (platform, host) => {
          const storage = await threeEntries(platform);
          host.disk.behaviour.syncFailureRate = 1;
          await t.rejects(storage.write(persist(2, [2])), { message: /the sync of .*quorum-state failed/ });
          host.disk.behaviour.syncFailureRate = 0;
        },
        end: 'kill',
      },
      {
        work: async (platform) => {
          const { storage } = await openRaft(platform);
          await storage.write(persist(2, [2]));
          told.push(2);
        },
        end: 'powerOff',
      },
    ],
    termOfSecond,
    SEEDS,
  );
  t.same(lost, []);
});

/** Stores that get no further than their first write: it is on the disk, and nobody goes on. */
function stopsBehindWrite({ keyValueStores }: Platform, written: () => void): KeyValueStores {
  return storesThat(keyValueStores, async (write, ...args) => {
    await write(...args);
    written();
    await new Promise(() => {});
  });
}

t.test('a promise that a killed process had not synced yet is on the disk before the store relies on it', async (t) => {
  const lost = await keepsWhatItTold(
    t,
    (told) => [
      {
        work: async (platform) => {
          const storage = await threeEntries(platform);
          void storage.write(persist(2, [2]));
          // By then it is written, and its sync has begun.
          await sleep(platform.clock, HEALTHY_DISK.syncMs[0] / 2);
        },
        end: 'kill',
      },
      {
        work: (platform) =>
          new Promise((resolve, reject) => {
            const keyValueStores = stopsBehindWrite(platform, () => {
              told.push(2);
              resolve();
            });
            openRaft({ ...platform, keyValueStores }).then(({ storage }) => storage.write(persist(2, [2])), reject);
          }),
        end: 'powerOff',
      },
    ],
    termOfSecond,
    SEEDS,
  );
  t.same(lost, []);
});
