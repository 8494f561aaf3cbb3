import t from 'tap';
import { LeaderEpochCache } from '../../src/log/leader-epoch-cache.js';
import type { PartitionLog } from '../../src/log/partition-log.js';
import { FakeDisk } from './fake-disk.js';
import type { LogConfig } from '../../src/log/log-config.js';
import type { LogDirectory } from '../../src/log/log-directory.js';
import { logConfig, makeBatch, openDirectory, readAll, settle, TOPIC_ID } from './support.js';

const CHECKPOINT = '/data/t-0/leader-epoch-checkpoint';

/** Nothing is read from memory. */
async function openLog(
  disk: FakeDisk,
  config: LogConfig = logConfig(),
): Promise<{ readonly directory: LogDirectory; readonly log: PartitionLog }> {
  const { directory } = await openDirectory(disk.mount(), { cacheBytes: 0 });
  return { directory, log: await directory.openLog('t', 0, TOPIC_ID, config) };
}

t.test('where an epoch ends, as Kafka tells it (LeaderEpochFileCache.endOffsetFor)', async (t) => {
  const epochs = new LeaderEpochCache([
    { epoch: 4, startOffset: 1000 },
    { epoch: 7, startOffset: 1200 },
  ]);
  t.same(epochs.endOffset(7, 1300), { epoch: 7, endOffset: 1300 }, 'the latest ends with the log');
  t.same(epochs.endOffset(5, 1300), { epoch: 4, endOffset: 1200 }, 'one that is not there: the one before it');
  t.same(
    epochs.endOffset(3, 1300),
    { epoch: 3, endOffset: 1000 },
    'one whose records were all deleted ended where the first known one begins',
  );
  t.same(epochs.endOffset(-1, 1300), { epoch: -1, endOffset: -1 }, 'none asked for');
  t.same(new LeaderEpochCache().endOffset(3, 0), { epoch: -1, endOffset: -1 }, 'none known');
});

// SEED=156 SECONDS=6, at that time: a follower asked its leader again and again with an epoch that it had led alone.
t.test('a log that is told to end where it ends forgets an epoch that it led without writing', async (t) => {
  const { directory } = await openDirectory(new FakeDisk().mount());
  const log = await directory.openLog('t', 0, TOPIC_ID, logConfig());
  log.appendAsLeader(makeBatch({ records: 3 }), 4);
  log.beginEpoch(6);
  t.equal(log.latestEpoch, 6);
  await log.truncateTo(3);
  t.equal(log.endOffset, 3);
  t.equal(log.latestEpoch, 4);
  t.same(log.endOffsetForEpoch(6), { epoch: 4, endOffset: 3 }, 'so that it departs from nobody');
});

t.test('a stop beside a checkpoint of the directory writes the epochs once', async (t) => {
  for (let turns = 0; turns < 60; turns += 3) {
    const disk = new FakeDisk();
    const { directory } = await openDirectory(disk);
    const logs: PartitionLog[] = [];
    for (let partition = 0; partition < 7; partition++) {
      logs.push(await directory.openLog('t', partition, TOPIC_ID, logConfig()));
    }
    for (const baseOffset of [0, 1])
      for (const log of logs) log.appendAsFollower(makeBatch({ baseOffset, leaderEpoch: 1 }));
    for (const log of logs) await log.flush();
    // It saves the recovery points of all.
    const cut = logs.at(-1)?.truncateTo(1);
    await settle(turns);
    await directory.close(7);
    await cut;
    t.notOk(directory.offline, `after ${turns} turns`);
    t.ok(disk.exists('/data/.kafka_cleanshutdown'), 'a clean stop');
  }
});

t.test(
  'an epoch that was led without writing is gone from the file, too, before an earlier one is written',
  async (t) => {
    const disk = new FakeDisk();
    const first = await openLog(disk);
    first.log.appendAsLeader(makeBatch({ records: 3 }), 5);
    first.log.appendAsLeader(makeBatch({ records: 3 }), 6);
    first.log.beginEpoch(7);
    await first.log.flush();
    await first.directory.close();
    const second = await openLog(disk);
    second.log.appendAsFollower(makeBatch({ records: 3, baseOffset: 6, leaderEpoch: 6 }));
    await second.log.flush();
    await second.directory.close();
    const third = await openLog(disk);
    t.same(third.log.epochs, [
      { epoch: 5, startOffset: 0 },
      { epoch: 6, startOffset: 3 },
    ]);
    t.equal((await readAll(third.log)).length, 3);
    await third.directory.close();
  },
);

t.test('epochs of which the file cannot be read are those of the batches, from the first one on', async (t) => {
  const disk = new FakeDisk();
  const config = logConfig({ segmentBytes: 300 });
  const first = await openLog(disk, config);
  for (const epoch of [3, 3, 3, 3, 4, 4, 4, 4, 7, 7, 7, 7]) {
    first.log.appendAsLeader(makeBatch({ records: 3 }), epoch);
    await first.log.flush();
  }
  const { epochs } = first.log;
  t.ok(first.log.segmentCount > 2);
  await first.directory.close();
  disk.put(CHECKPOINT, Buffer.concat([Buffer.from('1'), disk.bytesOf(CHECKPOINT)]));
  const second = await openLog(disk, config);
  t.same(second.log.epochs, epochs);
  t.same(second.log.endOffsetForEpoch(3), { epoch: 3, endOffset: 12 });
  await second.directory.close();
});

t.test('an epoch that a flipped bit of the file made another one is put right by good batches', async (t) => {
  const disk = new FakeDisk();
  const first = await openLog(disk);
  for (const epoch of [3, 3, 4, 4, 7]) first.log.appendAsLeader(makeBatch(), epoch);
  await first.log.flush();
  const { epochs } = first.log;
  const good = await readAll(first.log);
  await first.directory.close();
  const text = disk.bytesOf(CHECKPOINT).toString();
  for (const [right, wrong] of [
    ['4 2', '5 2'],
    ['4 2', '4 0'],
    ['4 2', '4 3'],
    ['7 4', '7 5'],
  ] as const) {
    t.ok(text.includes(right));
    disk.put(CHECKPOINT, Buffer.from(text.replace(right, wrong)));
    const { directory, log } = await openLog(disk);
    for (let offset = 0; offset < good.length; offset++) {
      await Promise.resolve(log.read(offset, 1, offset + 1)).catch(() => undefined);
      for (const range of log.damagedRanges) {
        t.ok(await log.repair(range.fromOffset, Buffer.concat(good.slice(range.fromOffset, range.toOffset))));
      }
    }
    t.same(log.epochs, epochs, wrong);
    t.same(await readAll(log), good);
    await directory.close();
  }
});
