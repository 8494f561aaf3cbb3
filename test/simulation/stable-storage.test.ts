import t from 'tap';
import { DEFAULT_LOG_CONFIG } from '../../src/log/log-config.js';
import type { LogDirectory } from '../../src/log/log-directory.js';
import type { PartitionLog } from '../../src/log/partition-log.js';
import { sleep } from '../../src/platform/clock.js';
import type { Platform } from '../../src/platform/platform.js';
import type { Entry } from '../../src/raft/core/types.js';
import { VoterSet } from '../../src/raft/core/voter-set.js';
import { RaftStorage } from '../../src/raft/storage/raft-storage.js';
import { HEALTHY_DISK } from '../../src/simulation/disk/disk.js';
import { makeBatch, TOPIC_ID } from '../log/support.js';
import { keepsWhatItTold, openDirectory } from './starts.js';

// What a process said is durable is there after the next loss of power, whatever the disk does to the rest: one scenario
// for each sync that other syncs mostly hide.

/** Long enough for a write to reach the page cache, far shorter than a sync of the slow disk. */
const WRITTEN_MS = 100;
const NO_SYNC_MS = 30_000;
const FORMER_ID = 'AAAAAAAAAAAAAAAAAAAAAQ';

async function openLog(platform: Platform): Promise<PartitionLog> {
  return (await openDirectory(platform)).openLog('t', 0, TOPIC_ID, DEFAULT_LOG_CONFIG);
}

const logEnd = async (platform: Platform): Promise<number> => (await openLog(platform)).endOffset;

t.test('what recovery found in the page cache alone is durable once the log says so', async (t) => {
  const lost = await keepsWhatItTold(
    t,
    (told) => [
      {
        work: async (platform, host) => {
          const log = await openLog(platform);
          host.disk.behaviour.syncMs = [NO_SYNC_MS, NO_SYNC_MS];
          log.appendAsLeader(makeBatch({ records: 3 }), 0);
          await sleep(platform.clock, WRITTEN_MS);
          host.disk.behaviour.syncMs = HEALTHY_DISK.syncMs;
        },
        end: 'kill',
      },
      { work: async (platform) => void told.push((await openLog(platform)).durableOffset), end: 'powerOff' },
    ],
    logEnd,
  );
  t.same(lost, []);
});

t.test('what a failed sync was to store is never called durable, however often it is synced again', async (t) => {
  const lost = await keepsWhatItTold(
    t,
    (told) => [
      {
        work: async (platform, host) => {
          const log = await openLog(platform);
          log.appendAsLeader(makeBatch({ records: 3 }), 0);
          await log.flush();
          host.disk.behaviour.syncFailureRate = 1;
          log.appendAsLeader(makeBatch({ records: 3 }), 0);
          await sleep(platform.clock, WRITTEN_MS);
          host.disk.behaviour.syncFailureRate = 0;
          // Far longer than a full disk is tried again after.
          await sleep(platform.clock, NO_SYNC_MS);
          told.push(log.durableOffset);
        },
        end: 'powerOff',
      },
    ],
    logEnd,
  );
  t.same(lost, []);
});

t.test(
  'a new log, and each segment of it, is found again: their folders are synced before anything is durable',
  async (t) => {
    // The first batch alone, too: what a new segment syncs may hide what the log did not.
    for (const batches of [1, 10]) {
      const lost = await keepsWhatItTold(
        t,
        (told) => [
          {
            work: async (platform) => {
              const directory = await openDirectory(platform);
              const log = await directory.openLog('t', 0, TOPIC_ID, { ...DEFAULT_LOG_CONFIG, segmentBytes: 500 });
              for (let left = batches; left > 0; left--) {
                log.appendAsLeader(makeBatch({ records: 3 }), 0);
                await log.flush();
              }
              told.push(log.durableOffset);
            },
            end: 'powerOff',
          },
        ],
        logEnd,
      );
      t.same(lost, []);
    }
  },
);

t.test('a start that is given up before its logs are open does not pass for a clean stop', async (t) => {
  const lost = await keepsWhatItTold(
    t,
    (told) => [
      {
        // A clean stop, whose checkpoint and snapshot of the producers agree: they would be the log's end.
        work: async (platform) => {
          const directory = await openDirectory(platform);
          const log = await directory.openLog('t', 0, TOPIC_ID, DEFAULT_LOG_CONFIG);
          log.appendAsLeader(makeBatch({ records: 3 }), 0);
          await log.flush();
          await directory.close();
        },
        end: 'kill',
      },
      {
        work: async (platform) => {
          const log = await openLog(platform);
          log.appendAsLeader(makeBatch({ records: 3 }), 0);
          await log.flush();
          told.push(log.durableOffset);
        },
        end: 'powerOff',
      },
      { work: async (platform) => (await openDirectory(platform)).close(), end: 'kill' },
    ],
    logEnd,
  );
  t.same(lost, []);
});

/** A log of which checkpoints say that it begins behind records that were deleted. */
async function makeShortened(directory: LogDirectory): Promise<void> {
  const log = await directory.openLog('t', 0, FORMER_ID, DEFAULT_LOG_CONFIG);
  for (let left = 9; left > 0; left--) log.appendAsLeader(makeBatch(), 0);
  await log.flush();
  log.updateHighWatermark(9);
  log.deleteRecordsBefore(7);
  await directory.checkpoint();
}

t.test('the checkpoints of a deleted log are not taken for those of the next one of its name', async (t) => {
  const lost = await keepsWhatItTold(
    t,
    (told) => [
      {
        work: async (platform) => {
          const directory = await openDirectory(platform);
          await makeShortened(directory);
          await directory.deleteLog('t', 0);
          const log = await directory.openLog('t', 0, TOPIC_ID, DEFAULT_LOG_CONFIG);
          log.appendAsLeader(makeBatch({ records: 3 }), 0);
          await log.flush();
          told.push(log.durableOffset - log.startOffset);
        },
        end: 'powerOff',
      },
    ],
    async (platform) => {
      const { endOffset, startOffset } = await openLog(platform);
      return endOffset - startOffset;
    },
  );
  t.same(lost, []);
});

t.test('nor are they where a full disk did not take what they say without it', async (t) => {
  const lost = await keepsWhatItTold(
    t,
    (told) => [
      {
        work: async (platform, host) => {
          const directory = await openDirectory(platform);
          await makeShortened(directory);
          host.disk.capacityBytes = 0;
          void directory.deleteLog('t', 0);
          await sleep(platform.clock, 10 * WRITTEN_MS);
          host.disk.capacityBytes = Infinity;
        },
        end: 'powerOff',
      },
      {
        work: async (platform) => {
          const directory = await openDirectory(platform);
          await directory.findPartitions();
          const log = await directory.openLog('t', 0, TOPIC_ID, DEFAULT_LOG_CONFIG);
          log.appendAsLeader(makeBatch({ records: 3 }), 0);
          await log.flush();
          told.push(3);
        },
        end: 'powerOff',
      },
    ],
    async (platform) => {
      const { endOffset, startOffset } = await openLog(platform);
      // The former log's start would make it begin there.
      return startOffset === 0 ? endOffset : 0;
    },
  );
  t.same(lost, []);
});

const SELF = { nodeId: 1, directoryId: TOPIC_ID };
const VOTERS = new VoterSet([{ ...SELF, host: 'n1', port: 9093 }], TOPIC_ID);
const NOTHING = {
  entries: [],
  founding: undefined,
  clusterId: undefined,
  snapshot: undefined,
  isEmpty: false,
  messages: [],
};

async function openRaft({ fileSystem, keyValueStores }: Platform, mustExist: boolean) {
  return RaftStorage.open({ fileSystem, keyValueStores, directory: '/data/quorum', mustExist, self: SELF });
}

t.test(
  'a new metadata log is found again: the folders that hold it are synced before it promises anything',
  async (t) => {
    const lost = await keepsWhatItTold(
      t,
      (told) => [
        {
          work: async (platform) => {
            await platform.fileSystem.makeDirectory('/data');
            await platform.fileSystem.syncDirectory('/');
            const { storage } = await openRaft(platform, false);
            await storage.write({ ...NOTHING, hardState: { term: 3, vote: undefined, commit: 0 } });
            told.push(3);
          },
          end: 'powerOff',
        },
      ],
      async (platform) => (await openRaft(platform, true)).restored.hardState.term,
    );
    t.same(lost, []);
  },
);

t.test(
  'a snapshot that takes the place of entries is whole, though its store begins a new journal within it',
  async (t) => {
    const pieces = ['first', 'second', 'third'];
    const lost = await keepsWhatItTold(
      t,
      (told) => [
        {
          work: async (platform, host) => {
            const { storage } = await openRaft(platform, false);
            const entries: Entry[] = [1, 2, 3].map((index) => ({
              index,
              term: 1,
              type: 'normal',
              payload: Buffer.from('x'),
            }));
            const hardState = { term: 1, vote: undefined, commit: 3 };
            await storage.write({ ...NOTHING, founding: VOTERS, clusterId: VOTERS.clusterId, entries, hardState });
            // Every batch begins a journal.
            host.disk.behaviour.journalBytes = 1;
            const source = { index: 3, term: 1, voters: VOTERS, chunks: pieces.map((piece) => Buffer.from(piece)) };
            await storage.saveSnapshot(source, { index: 3, term: 1 });
            told.push(pieces.length);
          },
          end: 'powerOff',
        },
      ],
      async (platform) => (await openRaft(platform, true)).restored.snapshot?.chunks.length ?? 0,
    );
    t.same(lost, []);
  },
);
