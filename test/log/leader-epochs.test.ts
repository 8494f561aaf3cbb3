import t from 'tap';
import { LeaderEpochCache } from '../../src/log/leader-epoch-cache.js';
import type { PartitionLog } from '../../src/log/partition-log.js';
import { FakeDisk } from './fake-disk.js';
import { logConfig, makeBatch, openDirectory, settle, TOPIC_ID } from './support.js';

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
