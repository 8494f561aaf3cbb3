import t from 'tap';
import type { PartitionLog } from '../../src/log/partition-log.js';
import { BatchBuilder } from '../../src/record/batch-builder.js';
import { FakeDisk, Seeded } from './fake-disk.js';
import { logConfig, makeBatch, openDirectory, type Opened, readAll, settle, TOPIC_ID } from './support.js';

const OTHER_TOPIC_ID = 'AAAAAAAAAAAAAAAAAAAAAQ';
const MEMORY = 1 << 20;
const COMPACTED = logConfig({
  segmentBytes: 20_000,
  cleanupCompact: true,
  cleanupDelete: false,
  minCleanableDirtyRatio: 0,
});

const RECORDS = 60;

/** A log of so many keys; when they are all different a compaction copies the whole of it. */
async function openCompacted({ directory }: Opened, keys = RECORDS): Promise<PartitionLog> {
  const log = await directory.openLog('c', 0, TOPIC_ID, COMPACTED);
  for (let index = 0; index < RECORDS; index++) {
    const builder = new BatchBuilder();
    builder.reset({}).append(1_700_000_000_000, `key ${index % keys}`, 'x'.repeat(1000));
    log.appendAsLeader(builder.detach(), 0);
  }
  await log.flush();
  log.updateHighWatermark(log.endOffset);
  return log;
}

/** Lets `seconds` pass for what waits for room. */
async function pass({ clock }: Opened, seconds: number): Promise<void> {
  for (let second = 0; second < seconds; second++) {
    clock.advance(1000);
    await settle(400);
  }
}

async function halfDone(disk: FakeDisk): Promise<string[]> {
  return (await disk.readDirectory('/data/c-0')).filter((name) => /\.(cleaned|swap)$/.test(name));
}

t.test('a compaction that finds no room leaves nothing of its copy, and keeps nobody waiting', async (t) => {
  const disk = new FakeDisk();
  const opened = await openDirectory(disk);
  const log = await openCompacted(opened);
  const before = await readAll(log);
  for (const [what, room] of [
    ['the log', 5_000],
    ['an index', undefined],
  ] as const) {
    if (room !== undefined) disk.capacityBytes = disk.usedBytes + room;
    else disk.fault = (call, path) => (call === 'write' && path.endsWith('.timeindex.swap') ? 'full' : undefined);
    const refused = { code: 'KAFKA_STORAGE_ERROR', message: /no room to compact/ };
    await t.rejects(log.compact(opened.clock.wallMs(), MEMORY), refused, `no room for ${what}`);
    t.same(await halfDone(disk), [], 'the copy does not take the last of the room');
    t.notOk(opened.directory.full, 'no append waits for a compaction');
    disk.capacityBytes = Infinity;
    disk.fault = undefined;
  }
  t.same(await readAll(log), before);
  t.ok(await log.compact(opened.clock.wallMs(), MEMORY), 'with room it goes through');
  t.notOk(opened.directory.offline);
  await opened.directory.close();
});

// SEED=20300 SECONDS=6, at that time: records that waited for room were not in the copy of their segment, and had no place
// in the log any more when there was some.
t.test('a segment of which a part waits for room is not compacted', async (t) => {
  const disk = new FakeDisk();
  const opened = await openDirectory(disk, { cacheBytes: 0 });
  const log = await openCompacted(opened, 3);
  const segments = log.segmentCount;
  disk.capacityBytes = disk.usedBytes + 3_000;
  const builder = new BatchBuilder();
  while (log.segmentCount === segments) {
    builder.reset({}).append(1_700_000_000_000, `key ${log.endOffset}`, 'x'.repeat(1000));
    log.appendAsLeader(builder.detach(), 0);
  }
  await settle();
  t.ok(opened.directory.full);
  t.equal(log.durableOffset, RECORDS, 'the rest of the segment that is closed now waits');
  log.updateHighWatermark(log.durableOffset);
  const waiting = await readAll(log, RECORDS);
  disk.fault = (call, path) => (call === 'write' && path.endsWith('.log') ? 'full' : undefined);
  disk.capacityBytes = Infinity;
  t.ok(await log.compact(opened.clock.wallMs(), MEMORY), 'what is before it is');
  disk.fault = undefined;
  await pass(opened, 2);
  await log.flush();
  t.same(await readAll(log, RECORDS), waiting);
  const all = await readAll(log);
  await opened.directory.close();
  const again = await openDirectory(disk, { cacheBytes: 0 });
  const reopened = await again.directory.openLog('c', 0, TOPIC_ID, COMPACTED);
  t.same(await readAll(reopened), all);
  await again.directory.close();
});

t.test('a compaction that is broken off leaves nothing of its copy', async (t) => {
  const disk = new FakeDisk();
  const opened = await openDirectory(disk);
  const log = await openCompacted(opened);
  const compacting = log.compact(opened.clock.wallMs(), MEMORY);
  while ((await halfDone(disk)).length === 0) await settle(1);
  await log.truncateTo(log.endOffset - 1);
  t.equal(await compacting, undefined);
  t.same(await halfDone(disk), []);
  await opened.directory.close();
});

t.test('deleting a topic makes room on a disk that has none left', async (t) => {
  const disk = new FakeDisk();
  const opened = await openDirectory(disk.mount());
  const { directory } = opened;
  const log = await directory.openLog('t', 0, TOPIC_ID, logConfig());
  for (let index = 0; index < 20; index++) log.appendAsLeader(makeBatch({ valueBytes: 1000 }), 0);
  await log.flush();
  log.updateHighWatermark(20);
  log.deleteRecordsBefore(7);
  await directory.checkpoint();
  disk.capacityBytes = disk.usedBytes;
  let deleted = false;
  void directory.deleteLog('t', 0).then(() => (deleted = true));
  await pass(opened, 3);
  t.ok(deleted, 'the checkpoints took their room from the files');
  t.same(
    (await disk.readDirectory('/data')).filter((name) => name.startsWith('t-')),
    [],
  );
  t.notOk(disk.bytesOf('/data/log-start-offset-checkpoint').includes('t 0'), 'they do not tell of it any more');
  await directory.close();
});

t.test(
  'a crash before the checkpoints had room: those of a deleted log are not those of the next of its name',
  async (t) => {
    const disk = new FakeDisk();
    const opened = await openDirectory(disk.mount());
    const log = await opened.directory.openLog('t', 0, TOPIC_ID, logConfig());
    const kept = await opened.directory.openLog('kept', 0, TOPIC_ID, logConfig());
    for (const each of [log, kept]) {
      for (let index = 0; index < 9; index++) each.appendAsLeader(makeBatch(), 0);
      await each.flush();
      each.updateHighWatermark(9);
      each.deleteRecordsBefore(7);
    }
    await opened.directory.checkpoint();
    disk.fault = (call) => (call === 'write' ? 'full' : undefined);
    void opened.directory.deleteLog('t', 0);
    await pass(opened, 3);
    t.notOk(disk.exists('/data/t-0/00000000000000000000.log'), 'its files are gone');
    disk.fault = undefined;
    disk.crash(new Seeded(1), 'loseAll');

    const again = await openDirectory(disk.mount());
    t.same(
      (await again.directory.findPartitions()).map(({ topic }) => topic),
      ['kept'],
    );
    const next = await again.directory.openLog('t', 0, OTHER_TOPIC_ID, logConfig());
    next.appendAsLeader(makeBatch(), 0);
    await next.flush();
    disk.crash(new Seeded(1), 'loseAll');
    const { directory } = await openDirectory(disk.mount());
    const reopened = await directory.openLog('t', 0, OTHER_TOPIC_ID, logConfig());
    t.match(reopened, { startOffset: 0, endOffset: 1, truncatedByRecovery: false });
    const other = await directory.openLog('kept', 0, TOPIC_ID, logConfig());
    t.match(other, { startOffset: 7, endOffset: 9 }, 'the other logs keep theirs');
  },
);

t.test('a log is deleted while its truncation waits for room', async (t) => {
  const disk = new FakeDisk();
  const opened = await openDirectory(disk);
  const { directory } = opened;
  const log = await directory.openLog('t', 0, TOPIC_ID, logConfig());
  for (let index = 0; index < 9; index++) log.appendAsLeader(makeBatch(), 0);
  await log.flush();
  disk.fault = (call, path) => (call === 'write' && path.includes('recovery-point') ? 'full' : undefined);
  const truncated = log.truncateTo(4).then(
    () => 'cut',
    (error: unknown) => error,
  );
  await pass(opened, 2);
  t.ok(directory.full);
  void directory.deleteLog('t', 0);
  await pass(opened, 2);
  t.match(await truncated, { code: 'KAFKA_STORAGE_ERROR', message: /deleted/ });
  t.notOk(disk.exists('/data/t-0/00000000000000000000.log'));
  disk.fault = undefined;
  await pass(opened, 2);
  t.notOk(directory.full);
  await directory.close();
});

t.test('a stop waits for room for a while, and is no clean one without', async (t) => {
  for (const hasRoomAgain of [true, false]) {
    const disk = new FakeDisk();
    const opened = await openDirectory(disk.mount());
    const log = await opened.directory.openLog('t', 0, TOPIC_ID, logConfig());
    const other = await opened.directory.openLog('u', 0, TOPIC_ID, logConfig());
    for (let index = 0; index < 3; index++) {
      log.appendAsLeader(makeBatch(), 0);
      other.appendAsLeader(makeBatch(), 0);
      await log.flush();
    }
    await other.flush();
    disk.capacityBytes = disk.usedBytes;
    log.appendAsLeader(makeBatch(), 0);
    await settle();
    t.ok(opened.directory.full);
    let closed = false;
    void opened.directory.close(3).then(() => (closed = true));
    await pass(opened, 3);
    t.notOk(closed);
    if (hasRoomAgain) disk.capacityBytes = Infinity;
    await pass(opened, 6);
    t.ok(closed);
    disk.capacityBytes = Infinity;
    const again = await openDirectory(disk.mount());
    t.equal(again.directory.wasClean, hasRoomAgain);
    const reopened = await again.directory.openLog('t', 0, TOPIC_ID, logConfig());
    t.equal(reopened.endOffset, hasRoomAgain ? 4 : 3, 'what was stored is there');
    t.equal(reopened.truncatedByRecovery, false);
    await again.directory.close();
  }
});
