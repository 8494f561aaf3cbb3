import t from 'tap';
import type { Test } from 'tap';
import { DEFAULT_LOG_CONFIG } from '../../src/log/log-config.js';
import type { LogConfig } from '../../src/log/log-config.js';
import type { LogDirectory } from '../../src/log/log-directory.js';
import type { PartitionLog } from '../../src/log/partition-log.js';
import { sleep } from '../../src/platform/clock.js';
import type { Platform } from '../../src/platform/platform.js';
import type { Entry } from '../../src/raft/core/types.js';
import { RaftStorage } from '../../src/raft/storage/raft-storage.js';
import { HEALTHY_DISK } from '../../src/simulation/disk/disk.js';
import type { SimulatedHost } from '../../src/simulation/host.js';
import { SeededRandom } from '../../src/simulation/random.js';
import { makeBatch, readAll, TOPIC_ID } from '../log/support.js';
import { keepsWhatItTold, onStarts, openDirectory } from './starts.js';
import { seedsOf } from './seeds.js';

// Files beside the records that a promise hangs on, too: the power is lost behind or amid their writing.

const CONFIG: LogConfig = { ...DEFAULT_LOG_CONFIG, segmentBytes: 500, retentionMs: Infinity };
const SEEDS = 60;
/** Of the producer, one record each. */
const BATCHES = 6;
/** Behind the batch that follows them. */
const END = BATCHES + 4;
const FIRST_FILE = '/data/t-0/00000000000000000000.log';

function openLog(directory: LogDirectory, config: LogConfig = CONFIG): Promise<PartitionLog> {
  return directory.openLog('t', 0, TOPIC_ID, config);
}

/** What producer 7 sends: the same batch each time that it is sent again. */
function batchOf(baseSequence: number): Buffer {
  return makeBatch({ producerId: 7, producerEpoch: 0, baseSequence, valueBytes: 100 });
}

async function append(log: PartitionLog, count = BATCHES): Promise<void> {
  for (let sequence = 0; sequence < count; sequence++) log.appendAsLeader(batchOf(sequence), 0);
  await log.flush();
}

/** Names reach the disk in any order, and of those that were not synced about half. */
function losesNames({ disk }: SimulatedHost): void {
  disk.behaviour.namesInOrder = false;
}

/** Whether the batch, sent again, is stored a second time by the log as the next start finds it. */
function storesAgain(log: PartitionLog, baseSequence: number): boolean {
  return log.appendAsLeader(batchOf(baseSequence), 0).duplicateOf === undefined;
}

interface Removal {
  readonly what: string;
  /** Where the log begins by what DeleteRecords was told: behind all that the producer sent. */
  readonly start: number;
  readonly remove: (log: PartitionLog) => Promise<unknown>;
}

/** Ways by which the files of records that were deleted go. */
const REMOVALS: readonly Removal[] = [
  { what: 'retention', start: END, remove: (log) => log.applyRetention(0) },
  // What is cut is the batch that the log begins in: an empty log is left.
  { what: 'a truncation at the start of the log', start: END - 2, remove: (log) => log.truncateTo(END - 1) },
  {
    what: 'a new beginning where the leader begins',
    start: END,
    remove: (log) => log.truncateFullyAndStartAt(END, log.producersBelowStart()),
  },
];

/** A log with the producer's batches and one of somebody else's, the first records of which are deleted. */
async function makeShortened(directory: LogDirectory, config: LogConfig, start: number): Promise<PartitionLog> {
  const log = await openLog(directory, config);
  await append(log);
  log.appendAsLeader(makeBatch({ records: END - BATCHES, valueBytes: 10 }), 0);
  await log.flush();
  log.updateHighWatermark(END);
  log.deleteRecordsBefore(start);
  await directory.checkpoint();
  return log;
}

for (const { what, start, remove } of REMOVALS) {
  t.test(`a producer whose records went by ${what} is known after a loss of power`, async (t) => {
    const again: string[] = [];
    for (const seed of seedsOf(t, SEEDS)) {
      await onStarts(seed, [
        {
          work: async (platform, host) => {
            const directory = await openDirectory(platform);
            const log = await makeShortened(directory, CONFIG, start);
            losesNames(host);
            await remove(log);
          },
          end: 'powerOff',
        },
        {
          work: async (platform, host) => {
            Object.assign(host.disk.behaviour, HEALTHY_DISK);
            const log = await openLog(await openDirectory(platform));
            if (log.endOffset < END - 2) throw new Error(`it ends at ${log.endOffset}`);
            if (storesAgain(log, BATCHES - 1)) again.push(`seed ${seed}: a retry is stored a second time`);
          },
          end: 'kill',
        },
      ]);
    }
    t.same(again, []);
  });
}

t.test('a producer is known though the power is lost amid the removal of its records', async (t) => {
  const again: string[] = [];
  for (const seed of seedsOf(t, 2 * SEEDS)) {
    const random = new SeededRandom(seed);
    await onStarts(seed, [
      {
        work: async (platform, host) => {
          const directory = await openDirectory(platform);
          const { start, remove } = random.pick(REMOVALS.slice(0, 2));
          // In one segment or in several.
          const log = await makeShortened(directory, random.pick([CONFIG, DEFAULT_LOG_CONFIG]), start);
          losesNames(host);
          void remove(log);
          // At any moment, or as soon as one of the files is gone.
          if (random.chance(0.5)) await sleep(platform.clock, random.between(0, 12));
          else while (host.disk.peek(FIRST_FILE) !== undefined) await sleep(platform.clock, 0.01);
        },
        end: 'powerOff',
      },
      {
        work: async (platform, host) => {
          Object.assign(host.disk.behaviour, HEALTHY_DISK);
          const log = await openLog(await openDirectory(platform));
          if (storesAgain(log, BATCHES - 1)) again.push(`seed ${seed}: a retry is stored a second time`);
        },
        end: 'kill',
      },
    ]);
  }
  t.same(again, []);
});

t.test("a relaxed topic's records are on the disk flush.ms after they came", async (t) => {
  const relaxed = { ...CONFIG, flushMessages: 1_000_000, flushMs: 100 };
  const lost = await keepsWhatItTold(
    t,
    (told) => [
      {
        work: async (platform) => {
          const log = await openLog(await openDirectory(platform), relaxed);
          log.appendAsLeader(batchOf(0), 0);
          await sleep(platform.clock, 200);
          told.push(log.endOffset);
        },
        end: 'powerOff',
      },
    ],
    async (platform) => (await openLog(await openDirectory(platform), relaxed)).endOffset,
  );
  t.same(lost, []);
});

t.test('a log whose making a full disk held up is found again once it holds anything', async (t) => {
  const lost = await keepsWhatItTold(
    t,
    (told) => [
      {
        work: async (platform, host) => {
          const directory = await openDirectory(platform);
          host.disk.behaviour.nameSurvives = 0;
          host.disk.capacityBytes = host.disk.usedBytes;
          const opening = openLog(directory);
          await sleep(platform.clock, 100);
          host.disk.capacityBytes = Infinity;
          const log = await opening;
          await append(log);
          told.push(log.durableOffset);
        },
        end: 'powerOff',
      },
    ],
    async (platform) => (await readAll(await openLog(await openDirectory(platform)))).length,
  );
  t.same(lost, []);
});

t.test('gaps that a follower was given are no damage after a loss of power', async (t) => {
  const lost = await keepsWhatItTold(
    t,
    (told) => [
      {
        work: async (platform, host) => {
          const log = await openLog(await openDirectory(platform));
          host.disk.behaviour.nameSurvives = 0;
          // As a leader has them that has compacted its log.
          for (const baseOffset of [0, 3]) log.appendAsFollower(makeBatch({ baseOffset, leaderEpoch: 1 }));
          await log.flush();
          told.push(log.durableOffset);
        },
        end: 'powerOff',
      },
    ],
    async (platform) => (await openLog(await openDirectory(platform))).endOffset,
  );
  t.same(lost, []);
});

t.test('what was hidden by mended damage is known after a loss of power', async (t) => {
  const again: string[] = [];
  for (const seed of seedsOf(t, SEEDS)) {
    const random = new SeededRandom(seed);
    let good: Buffer | undefined;
    await onStarts(seed, [
      {
        work: async (platform, host) => {
          const directory = await openDirectory(platform);
          const log = await openLog(directory);
          await append(log, 2);
          // Behind the damage is what shows that it is one.
          log.appendAsLeader(makeBatch(), 0);
          await log.flush();
          good = (await readAll(log))[1];
          await directory.checkpoint();
          host.disk.flipBit(FIRST_FILE, Math.floor(batchOf(0).length * 1.5));
        },
        end: 'kill',
      },
      {
        // Its recovery steps over the damage; the snapshots that it leaves do not know of the batch in it.
        work: async (platform, host) => {
          const directory = await openDirectory(platform, { cacheBytes: 0 });
          const log = await openLog(directory);
          if (log.damagedRanges.length !== 1 || good === undefined) throw new Error('one batch is damaged');
          for (let left = 6; left > 0; left--) log.appendAsLeader(makeBatch({ valueBytes: 100 }), 0);
          await log.flush();
          await sleep(platform.clock, 100);
          await directory.checkpoint();
          losesNames(host);
          if (!(await log.repair(1, good))) throw new Error('a whole copy of it fits');
          await sleep(platform.clock, random.between(0, 5));
        },
        end: 'powerOff',
      },
      {
        work: async (platform, host) => {
          Object.assign(host.disk.behaviour, HEALTHY_DISK);
          const log = await openLog(await openDirectory(platform));
          if (log.vouchedOffset >= log.endOffset && storesAgain(log, 1))
            again.push(`seed ${seed}: a retry is stored a second time`);
        },
        end: 'kill',
      },
    ]);
  }
  t.same(again, []);
});

const SELF = { nodeId: 1, directoryId: TOPIC_ID };
const NOTHING = { founding: undefined, clusterId: undefined, snapshot: undefined, messages: [], isEmpty: false };

async function openRaft({ fileSystem, keyValueStores }: Platform): Promise<RaftStorage> {
  const directory = '/data/quorum';
  const { storage } = await RaftStorage.open({ fileSystem, keyValueStores, directory, mustExist: false, self: SELF });
  return storage;
}

function entries(from: number, to: number, term: number): Entry[] {
  return Array.from({ length: to - from + 1 }, (_, at) => {
    return { index: from + at, term, type: 'normal' as const, payload: Buffer.from('x') };
  });
}

/** Why a start refuses its metadata log, by the seeds with which it does. `make` is over for good when `work` begins. */
async function refusals(
  t: Test,
  make: (platform: Platform) => Promise<unknown>,
  work: (platform: Platform) => Promise<unknown>,
): Promise<string[]> {
  const refused: string[] = [];
  for (const seed of seedsOf(t, 2 * SEEDS)) {
    const random = new SeededRandom(seed);
    await onStarts(seed, [
      {
        work: async (platform, { disk }) => {
          await platform.fileSystem.makeDirectory('/data');
          await platform.fileSystem.syncDirectory('/');
          await make(platform);
          disk.behaviour.fates = ['kept'];
        },
        end: 'powerOff',
      },
      {
        work: async (platform, { disk }) => {
          Object.assign(disk.behaviour, HEALTHY_DISK);
          void work(platform);
          await sleep(platform.clock, random.between(0, 15));
        },
        end: 'powerOff',
      },
      {
        work: async (platform) => {
          await openRaft(platform).catch((error: unknown) => refused.push(`seed ${seed}: ${String(error)}`));
        },
        end: 'kill',
      },
    ]);
  }
  return refused;
}

t.test('a metadata log is opened again, at whatever moment of its making the power was lost', async (t) => {
  t.same(await refusals(t, async () => {}, openRaft), []);
});

t.test('a metadata log is opened again, at whatever moment of a cut the power was lost', async (t) => {
  const hardState = { term: 1, vote: undefined, commit: 1 };
  const refused = await refusals(
    t,
    async (platform) => {
      const storage = await openRaft(platform);
      await storage.write({ ...NOTHING, entries: entries(1, 5, 1), hardState });
    },
    async (platform) => {
      const storage = await openRaft(platform);
      await storage.write({ ...NOTHING, entries: entries(3, 3, 2), hardState: { ...hardState, term: 2 } });
    },
  );
  t.same(refused, []);
});
