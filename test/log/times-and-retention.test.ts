import t from 'tap';
import { MAX_TIMESTAMP } from '../../src/log/time-lookup.js';
import { BatchBuilder } from '../../src/record/batch-builder.js';
import { batchBaseOffset, CompressionCodec } from '../../src/record/batch-header.js';
import type { Workers } from '../../src/platform/workers.js';
import { FakeDisk, Seeded } from './fake-disk.js';
import { inlineWorkers, logConfig, makeBatch, openDirectory, readAll, settle, TOPIC_ID } from './support.js';

const START = 1_700_000_000_000;

const SHAPES: Readonly<Record<string, (index: number, random: Seeded) => number>> = {
  rising: (index, random) => START + index * 10 + random.below(100),
  falling: (index, random) => START + 3000 - index * 10 - random.below(100),
  'of no order': (_, random) => START + random.below(3000),
};

t.test('records are found by time, in files and in memory, as a search of all of them finds them', async (t) => {
  for (const [shape, timeOf] of Object.entries(SHAPES)) {
    const disk = new FakeDisk();
    const { directory } = await openDirectory(disk, { cacheBytes: 2000 });
    const log = await directory.openLog('t', 0, TOPIC_ID, logConfig({ segmentBytes: 2000, indexIntervalBytes: 100 }));
    const random = new Seeded(3);
    const times: number[] = [];
    /** Where batches end. */
    const bounds = [0];
    for (let index = 0; index < 150; index++) {
      const builder = new BatchBuilder();
      builder.reset({});
      for (let records = 1 + random.below(3); records > 0; records--) {
        const timestamp = timeOf(times.length, random);
        builder.append(timestamp, null, 'x'.repeat(random.below(80)));
        times.push(timestamp);
      }
      log.appendAsLeader(builder.detach(), 0);
      bounds.push(times.length);
      if (index === 120) await log.flush();
    }
    const check = async (): Promise<void> => {
      for (let turn = 0; turn < 80; turn++) {
        const wanted = START - 50 + random.below(3100);
        const upTo = turn % 2 === 0 ? log.endOffset : (bounds[random.below(bounds.length)] ?? 0);
        const where = `${shape}, from ${log.startOffset} below ${upTo}`;
        const isThere = (offset: number): boolean => offset >= log.startOffset && offset < upTo;
        const expected = times.findIndex((time, offset) => isThere(offset) && time >= wanted);
        const found = await log.offsetForTimestamp(wanted, upTo);
        t.equal(found?.offset ?? -1, expected, `${where}: ${wanted}`);
        if (expected >= 0) t.match(found, { timestampMs: times[expected], leaderEpoch: 0 });
        const greatest = Math.max(...times.filter((_, offset) => isThere(offset)));
        const latest = times.findIndex((time, offset) => isThere(offset) && time === greatest);
        t.equal((await log.offsetForTimestamp(MAX_TIMESTAMP, upTo))?.offset ?? -1, latest, `${where}: the latest`);
      }
    };
    await check();
    await log.flush();
    await check();
    for (const start of [1, 5, 40, 41, 150, 200, times.length - 20, times.length - 1, times.length]) {
      log.deleteRecordsBefore(start);
      await check();
    }
    await directory.close();
  }
});

t.test('the record with the greatest timestamp is one that is left, whenever others are deleted', async (t) => {
  let deletedMeanwhile = 0;
  for (let before = 0; before < 12; before++) {
    const disk = new FakeDisk();
    const { directory } = await openDirectory(disk, { cacheBytes: 0 });
    const log = await directory.openLog('t', 0, TOPIC_ID, logConfig());
    for (let index = 0; index < 10; index++) log.appendAsLeader(makeBatch({ timestamp: START - index }), 0);
    await log.flush();
    let reads = 0;
    disk.fault = (call) => {
      if (call === 'read' && reads++ === before) log.deleteRecordsBefore(5);
      return undefined;
    };
    const found = await log.offsetForTimestamp(MAX_TIMESTAMP, 10);
    t.ok(found?.offset === 5 || (found?.offset === 0 && before > 0), `before read ${before}: ${found?.offset}`);
    if (found?.offset === 5) deletedMeanwhile++;
    await directory.close();
  }
  t.ok(deletedMeanwhile > 1, `${deletedMeanwhile} times under the search`);
});

t.test('a search by time inflates on the workers, a few at a time', async (t) => {
  let inflated = 0;
  let atOnce = 0;
  let most = 0;
  const workers: Workers = {
    run: async (task, input) => {
      inflated++;
      most = Math.max(most, ++atOnce);
      await settle(3);
      atOnce--;
      return await inlineWorkers.run(task, input);
    },
    close: () => inlineWorkers.close(),
  };
  const { directory } = await openDirectory(new FakeDisk(), { workers });
  const log = await directory.openLog('t', 0, TOPIC_ID, logConfig());
  const builder = new BatchBuilder().reset({ codec: CompressionCodec.gzip });
  for (let n = 0; n < 40; n++) builder.append(START + n, null, 'x');
  log.appendAsFollower(builder.detach());
  const searches = Array.from({ length: 40 }, (_, n) => log.offsetForTimestamp(START + n, 40));
  const found = await Promise.all(searches);
  t.same(
    found.map((each) => each?.offset),
    Array.from({ length: 40 }, (_, n) => n),
  );
  t.equal(inflated, 40);
  t.ok(most > 1 && most <= 8, `${most} at once`);
  await directory.close();
});

t.test('retention removes whole segments from the start, by size, time and log start', async (t) => {
  const disk = new FakeDisk();
  const { directory, clock } = await openDirectory(disk, { cacheBytes: 0 });
  const config = logConfig({ segmentBytes: 1000, retentionMs: Infinity });
  const log = await directory.openLog('t', 0, TOPIC_ID, config);
  for (let index = 0; index < 60; index++) {
    log.appendAsLeader(makeBatch({ timestamp: START + index * 1000, valueBytes: 100 }), Math.floor(index / 20));
  }
  await log.flush();
  t.same(await log.applyRetention(clock.wallMs()), { segments: 0, bytes: 0 });
  const { sizeBytes } = log;

  log.setConfig({ ...config, retentionBytes: sizeBytes - 1500 });
  t.same(await log.applyRetention(clock.wallMs()), { segments: 0, bytes: 0 }, 'nothing beyond the high watermark');
  log.updateHighWatermark(log.endOffset);
  const bySize = await log.applyRetention(clock.wallMs());
  t.equal(bySize.segments, 1);
  t.equal(log.sizeBytes, sizeBytes - bySize.bytes);
  t.equal(log.startOffset, log.firstSegmentOffset);
  t.throws(() => log.read(0, 1, 60), { code: 'OFFSET_OUT_OF_RANGE' });
  t.equal(batchBaseOffset((await readAll(log))[0] ?? Buffer.alloc(8), 0), log.startOffset);

  log.setConfig({ ...config, retentionMs: 10_000 });
  await log.applyRetention(START + 40_000);
  t.ok(log.startOffset > 20 && log.startOffset <= 30, `kept from ${log.startOffset}`);
  t.equal(log.epochs[0]?.epoch, 1, 'epochs before the start are forgotten');

  log.setConfig(config);
  log.deleteRecordsBefore(47);
  t.equal(log.startOffset, 47);
  t.throws(() => log.read(46, 1, 60), { code: 'OFFSET_OUT_OF_RANGE' });
  await log.applyRetention(START);
  t.ok(log.firstSegmentOffset > 30 && log.firstSegmentOffset <= 47);
  await directory.close();
  const again = await openDirectory(disk);
  const reopened = await again.directory.openLog('t', 0, TOPIC_ID, config);
  t.equal(reopened.startOffset, 47, 'the start is checkpointed');

  reopened.setConfig({ ...config, retentionMs: 10 });
  reopened.updateHighWatermark(60);
  await reopened.applyRetention(START + 1e9);
  t.equal(reopened.startOffset, 60, 'the active segment is rolled to go, too');
  t.equal(reopened.endOffset, 60);
  t.equal(reopened.appendAsLeader(makeBatch(), 5).firstOffset, 60);
  await reopened.flush();
});

t.test('what is appended while retention looks at the active segment is not removed with it', async (t) => {
  const config = logConfig({ retentionMs: 10_000 });
  for (let turns = 0; turns < 60; turns++) {
    const disk = new FakeDisk();
    const first = await openDirectory(disk, { cacheBytes: 0 });
    const before = await first.directory.openLog('t', 0, TOPIC_ID, config);
    before.appendAsLeader(makeBatch({ timestamp: START }), 0);
    before.updateHighWatermark(1);
    await first.directory.close();
    const { directory } = await openDirectory(disk, { cacheBytes: 0 });
    const log = await directory.openLog('t', 0, TOPIC_ID, config);
    // After a clean start the newest timestamp is looked up in the file, which takes a moment.
    const retention = log.applyRetention(START + 1_000_000);
    for (let turn = 0; turn < turns; turn++) await Promise.resolve();
    const { firstOffset } = log.appendAsLeader(makeBatch({ timestamp: START }), 0);
    const { segments } = await retention;
    t.equal(log.highWatermark, 1, `after ${turns} turns: the new record is not replicated yet`);
    t.equal(log.startOffset, segments);
    t.equal(batchBaseOffset((await readAll(log)).at(-1) ?? Buffer.alloc(8), 0), firstOffset);
    await directory.close();
  }
});

t.test('a log start that was stored is found after a crash', async (t) => {
  const disk = new FakeDisk();
  const { directory } = await openDirectory(disk.mount());
  const log = await directory.openLog('t', 0, TOPIC_ID, logConfig());
  for (let index = 0; index < 4; index++) log.appendAsLeader(makeBatch(), 0);
  await log.flush();
  log.updateHighWatermark(4);
  log.deleteRecordsBefore(2);
  await log.saveStartOffset();
  t.equal(log.savedStartOffset, 2);
  log.deleteRecordsBefore(3);
  t.equal(log.savedStartOffset, 2, 'what is not stored is not said to be');
  disk.crash(new Seeded(1), 'loseAll');
  const again = await openDirectory(disk.mount());
  const reopened = await again.directory.openLog('t', 0, TOPIC_ID, logConfig());
  t.equal(reopened.startOffset, 2);
  t.equal(reopened.savedStartOffset, 2);
  t.equal(reopened.endOffset, 4);
});

t.test('a log start that was stored is found after a crash while its segments are removed', async (t) => {
  const config = logConfig({ segmentBytes: 200 });
  const stored = '/data/log-start-offset-checkpoint';
  for (const removes of ['retention', 'a start over behind its end'] as const) {
    const disk = new FakeDisk();
    const { directory, clock } = await openDirectory(disk.mount());
    const log = await directory.openLog('t', 0, TOPIC_ID, config);
    for (let index = 0; index < 6; index++) log.appendAsLeader(makeBatch(), 0);
    await log.flush();
    log.updateHighWatermark(6);
    log.deleteRecordsBefore(6);
    await log.saveStartOffset();
    await directory.checkpoint();
    // No file goes for a while.
    disk.fault = (call, path) => (call === 'unlink' && path.endsWith('.log') ? 'full' : undefined);
    const removing = removes === 'retention' ? log.applyRetention(clock.wallMs()) : log.truncateFullyAndStartAt(8);
    await settle(400);
    t.ok(log.firstSegmentOffset >= 6, removes);
    t.equal(log.savedStartOffset, 6, `${removes}: no more is stored than was`);
    await directory.checkpoint();
    t.match(disk.bytesOf(stored).toString(), `t 0 ${log.startOffset}\n`, `${removes}: and no less`);
    disk.crash(new Seeded(1), 'loseAll');
    disk.fault = undefined;
    const again = await openDirectory(disk.mount());
    const reopened = await again.directory.openLog('t', 0, TOPIC_ID, config);
    t.ok(reopened.startOffset >= 6, `${removes}: what was deleted stays so, after ${reopened.startOffset}`);
    void removing;
  }
});

t.test('a log whose files a recovery removed goes on where it started, after a second crash as well', async (t) => {
  const disk = new FakeDisk();
  const first = await openDirectory(disk.mount());
  const log = await first.directory.openLog('t', 0, TOPIC_ID, logConfig());
  for (let index = 0; index < 4; index++) log.appendAsLeader(makeBatch(), 0);
  await log.flush();
  log.updateHighWatermark(4);
  log.deleteRecordsBefore(4);
  await log.saveStartOffset();
  disk.crash(new Seeded(1), 'loseAll');
  // All that is left was deleted before.
  const path = '/data/t-0/00000000000000000000.log';
  disk.put(path, disk.bytesOf(path).subarray(0, 100));
  for (let crash = 0; crash < 2; crash++) {
    const { directory } = await openDirectory(disk.mount());
    const again = await directory.openLog('t', 0, TOPIC_ID, logConfig());
    t.same([again.startOffset, again.endOffset, again.savedStartOffset], [4, 4, 4], `after crash ${crash}`);
    await directory.checkpoint();
    disk.crash(new Seeded(1), 'loseAll');
  }
});
