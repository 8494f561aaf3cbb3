import t from 'tap';
import { FakeDisk, Seeded } from './fake-disk.js';
import { logConfig, makeBatch, openDirectory, settle, TOPIC_ID } from './support.js';

t.test('a log is deleted while the checkpoints are written: its missing folder is no failed disk', async (t) => {
  const disk = new FakeDisk();
  const { directory } = await openDirectory(disk);
  for (let partition = 0; partition < 8; partition++) {
    const log = await directory.openLog('t', partition, TOPIC_ID, logConfig());
    log.appendAsLeader(makeBatch(), 3);
    await log.flush();
  }
  const checkpointed = directory.checkpoint();
  for (let partition = 7; partition > 0; partition--) await directory.deleteLog('t', partition);
  await checkpointed;
  t.notOk(directory.offline);
  await directory.checkpoint();
  const points = disk.bytesOf('/data/recovery-point-offset-checkpoint').toString();
  t.same(points.trim().split('\n').slice(2), ['t 0 1'], 'a new log of that name does not find its recovery point');
  await directory.close();
});

t.test('a topic with the longest of names is deleted', async (t) => {
  const disk = new FakeDisk();
  const topic = 'n'.repeat(249);
  const { directory } = await openDirectory(disk);
  await directory.openLog(topic, 12, TOPIC_ID, logConfig());
  await directory.deleteLog(topic, 12);
  t.notOk(directory.offline, 'the name of its folder meanwhile is not too long for the file system');
  t.notOk(disk.exists(`/data/${topic}-12`));
  await directory.close();
});

t.test('a log is deleted while retention, truncation and compaction are at work in it', async (t) => {
  const disk = new FakeDisk();
  const { directory, clock } = await openDirectory(disk);
  const config = logConfig({ segmentBytes: 200, retentionMs: 1000, cleanupCompact: true, minCleanableDirtyRatio: 0 });
  const work = ['retention', 'truncation', 'compaction'] as const;
  for (const kind of work) {
    for (let turns = 0; turns < 60; turns += 3) {
      const log = await directory.openLog(kind, 0, TOPIC_ID, config);
      for (let batch = 0; batch < 6; batch++) log.appendAsFollower(makeBatch({ baseOffset: batch, leaderEpoch: 0 }));
      await log.flush();
      log.updateHighWatermark(6);
      const atWork =
        kind === 'retention'
          ? log.applyRetention(clock.wallMs() + 1_000_000)
          : kind === 'truncation'
            ? log.truncateTo(3)
            : log.compact(clock.wallMs() + 1_000_000, 1 << 20);
      for (let turn = 0; turn < turns; turn++) await Promise.resolve();
      const deleted = directory.deleteLog(kind, 0);
      await atWork.catch((error: unknown) => t.match(error, { code: 'KAFKA_STORAGE_ERROR' }));
      await deleted;
      t.notOk(directory.offline, `${kind}, ${turns} turns after it began`);
      t.notOk(disk.exists(`/data/${kind}-0`));
      await t.rejects(log.applyRetention(clock.wallMs()), { code: 'KAFKA_STORAGE_ERROR' }, 'nothing begins again');
    }
  }
  await directory.close();
});

t.test('who still has a deleted log does not read the files of the one made anew under its name', async (t) => {
  for (let steps = 0; steps < 40; steps++) {
    const disk = new FakeDisk();
    const random = new Seeded(steps);
    const { directory } = await openDirectory(disk, { cacheBytes: 0 });
    const old = await directory.openLog('t', 0, TOPIC_ID, logConfig());
    for (let batch = 0; batch < 20; batch++) old.appendAsLeader(makeBatch({ valueBytes: 100 }), 0);
    await old.flush();
    disk.manual = true;
    const scrubbed = old.scrubSlice(1 << 20);
    for (let step = 0; step < steps >> 1; step++) {
      disk.runOne(random);
      await settle(10);
    }
    disk.manual = false;
    while (disk.runOne(random));
    await directory.deleteLog('t', 0);
    const log = await directory.openLog('t', 0, 'AAAAAAAAAAAAAAAAAAAAAQ', logConfig());
    log.appendAsLeader(makeBatch({ valueBytes: 7 }), 0);
    await log.flush();
    await scrubbed;
    t.equal(await old.scrubSlice(1 << 20), true);
    t.same(old.damagedRanges, [], `the scrub was at step ${steps}`);
    t.throws(() => old.read(0, 1, 20), { code: 'KAFKA_STORAGE_ERROR' });
    await t.rejects(old.offsetForTimestamp(0, 20), { code: 'KAFKA_STORAGE_ERROR' });
  }
});

t.test(
  'after a crash the checkpoints of a deleted log are not taken for those of the next one of its name',
  async (t) => {
    const disk = new FakeDisk();
    const { directory } = await openDirectory(disk.mount());
    const old = await directory.openLog('t', 0, TOPIC_ID, logConfig());
    for (let index = 0; index < 9; index++) old.appendAsLeader(makeBatch(), 0);
    await old.flush();
    old.updateHighWatermark(9);
    old.deleteRecordsBefore(7);
    await directory.checkpoint();
    await directory.deleteLog('t', 0);
    const next = await directory.openLog('t', 0, 'AAAAAAAAAAAAAAAAAAAAAQ', logConfig());
    next.appendAsLeader(makeBatch(), 0);
    await next.flush();
    disk.crash(new Seeded(1), 'loseAll');
    const again = await openDirectory(disk.mount());
    const reopened = await again.directory.openLog('t', 0, 'AAAAAAAAAAAAAAAAAAAAAQ', logConfig());
    t.equal(reopened.startOffset, 0);
    t.equal(reopened.endOffset, 1);
    t.equal(reopened.truncatedByRecovery, false);
  },
);
