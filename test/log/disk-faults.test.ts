import t from 'tap';
import { batchNextOffset } from '../../src/record/batch-header.js';
import { FakeDisk, Seeded } from './fake-disk.js';
import { logConfig, makeBatch, openDirectory, readAll, settle, TOPIC_ID } from './support.js';

t.test(
  'a full disk: the write is cut back, appends are refused by name, and all goes on when there is room',
  async (t) => {
    const disk = new FakeDisk();
    const { directory, clock } = await openDirectory(disk);
    const log = await directory.openLog('t', 0, TOPIC_ID, logConfig());
    const sent = [makeBatch({ valueBytes: 100 }), makeBatch({ valueBytes: 100 })];
    log.appendAsLeader(sent[0] ?? makeBatch(), 0);
    await log.flush();
    const written = disk.bytesOf('/data/t-0/00000000000000000000.log').length;
    disk.capacityBytes = disk.usedBytes + 50;
    log.appendAsLeader(sent[1] ?? makeBatch(), 0);
    await settle();
    t.ok(directory.full);
    t.equal(log.durableOffset, 1, 'nothing is acknowledged that is not on disk');
    t.equal(disk.bytesOf('/data/t-0/00000000000000000000.log').length, written, 'half a batch is not left behind');
    t.same(await readAll(log), sent, 'what was appended stays readable');
    t.throws(() => log.appendAsLeader(makeBatch(), 0), { code: 'KAFKA_STORAGE_ERROR', message: /full/ });
    t.notOk(directory.offline);
    clock.advance(1000);
    await settle();
    t.equal(log.durableOffset, 1, 'tried again in vain');
    disk.capacityBytes = Infinity;
    clock.advance(1000);
    await settle();
    t.equal(log.durableOffset, 2);
    t.notOk(directory.full);
    sent.push(makeBatch());
    log.appendAsLeader(sent[2] ?? makeBatch(), 0);
    await directory.close();
    const again = await openDirectory(disk);
    t.same(await readAll(await again.directory.openLog('t', 0, TOPIC_ID, logConfig())), sent);
  },
);

t.test('a failed sync is never retried: the directory goes offline with all its logs', async (t) => {
  const disk = new FakeDisk();
  const { directory, clock } = await openDirectory(disk);
  const log = await directory.openLog('t', 0, TOPIC_ID, logConfig());
  const other = await directory.openLog('u', 1, TOPIC_ID, logConfig());
  log.appendAsLeader(makeBatch(), 0);
  await log.flush();
  disk.fault = (call, path) => (call === 'sync' && path.endsWith('.log') ? 'full' : undefined);
  const failed: string[] = [];
  directory.onOffline(() => failed.push('directory'));
  log.onFailed(() => failed.push('log'));
  other.onFailed(() => failed.push('other'));
  log.appendAsLeader(makeBatch(), 0);
  await settle();
  t.same(failed.sort(), ['directory', 'log', 'other']);
  t.ok(directory.offline);
  t.equal(log.durableOffset, 1);
  const syncs = disk.count('sync');
  disk.fault = undefined;
  clock.advance(10_000);
  await settle();
  t.equal(disk.count('sync'), syncs, 'even a disk that works again is left alone');
  for (const refused of [
    () => log.appendAsLeader(makeBatch(), 0),
    () => other.appendAsFollower(makeBatch({ leaderEpoch: 1 })),
    () => log.read(0, 1, 1),
  ]) {
    t.throws(refused, { code: 'KAFKA_STORAGE_ERROR', message: /offline.*sync/ });
  }
  await t.rejects(log.flush(), { code: 'KAFKA_STORAGE_ERROR' });
  await t.rejects(log.truncateTo(0), { code: 'KAFKA_STORAGE_ERROR' });
  await directory.close();
  t.notOk(disk.exists('/data/.kafka_cleanshutdown'), 'it was no clean stop');
});

t.test('pending bytes are bounded', async (t) => {
  const disk = new FakeDisk();
  const { directory } = await openDirectory(disk, { config: { maxPendingBytes: 1000 } });
  const log = await directory.openLog('t', 0, TOPIC_ID, logConfig());
  disk.manual = true;
  log.appendAsLeader(makeBatch({ valueBytes: 800 }), 0);
  t.throws(() => log.appendAsLeader(makeBatch({ valueBytes: 800 }), 0), {
    code: 'KAFKA_STORAGE_ERROR',
    message: /behind/,
  });
  t.equal(log.endOffset, 1);
});

t.test('a flipped bit is never served, at any place', async (t) => {
  const config = logConfig({ segmentBytes: 3000, indexIntervalBytes: 300 });
  const random = new Seeded(11);
  let found = 0;
  for (let turn = 0; turn < 60; turn++) {
    const disk = new FakeDisk();
    const { directory } = await openDirectory(disk.mount(), { cacheBytes: 0 });
    const log = await directory.openLog('t', 0, TOPIC_ID, config);
    const sent: Buffer[] = [];
    for (let index = 0; index < 40; index++) {
      const batch = makeBatch({ valueBytes: random.below(300), fill: index });
      log.appendAsLeader(batch, 0);
      sent.push(Buffer.from(batch));
    }
    await log.flush();
    await directory.checkpoint();
    const segment = random.chance(50) ? '00000000000000000000' : String(log.firstSegmentOffset).padStart(20, '0');
    const path = `/data/t-0/${segment}.log`;
    disk.flipBit(path, random.below(disk.bytesOf(path).length), random.below(8));
    const damaged: unknown[] = [];
    log.onDamaged((range) => damaged.push(range));
    for (const batch of sent) {
      const offset = batchNextOffset(batch, 0) - 1;
      try {
        const read = (await log.read(offset, 1, log.endOffset))[0] ?? Buffer.alloc(0);
        // Base offset and leader epoch lie outside the CRC.
        t.ok(read.subarray(16).equals(batch.subarray(16)), 'what is served is what was sent');
      } catch (error) {
        t.match(error, { code: 'CORRUPT_MESSAGE' });
      }
    }
    if (damaged.length === 0) continue;
    found++;
    t.equal(damaged.length, 1, 'told once');
    const [range] = log.damagedRanges;
    if (range === undefined) throw new Error('the range is listed');
    const good = sent.filter((_, index) => index >= range.fromOffset && index < range.toOffset);
    t.ok(await log.repair(range.fromOffset, Buffer.concat(good)), 'the good bytes of another replica fit');
    t.same(log.damagedRanges, []);
    t.same(await readAll(log), sent);
  }
  t.ok(found > 45, `${found} were found`);
});

t.test('the scrubber finds damage that nobody reads', async (t) => {
  const disk = new FakeDisk();
  const { directory } = await openDirectory(disk, { cacheBytes: 0 });
  const log = await directory.openLog('t', 0, TOPIC_ID, logConfig({ segmentBytes: 2000 }));
  for (let index = 0; index < 60; index++) log.appendAsLeader(makeBatch({ valueBytes: 100 }), 0);
  await log.flush();
  let slices = 1;
  while (!(await log.scrubSlice(500))) slices++;
  t.ok(slices > 10, 'in slices');
  t.same(log.damagedRanges, []);
  const size = 61 + 100 + 8 + 1;
  disk.flipBit('/data/t-0/00000000000000000000.log', size * 3 + 80);
  while (!(await log.scrubSlice(500)));
  t.match(log.damagedRanges, [{ fromOffset: 3, toOffset: 4 }]);
  await t.rejects(async () => log.read(3, 1, 60), { code: 'CORRUPT_MESSAGE' });
  t.ok((await readAll(log, 4)).length > 50, 'the rest is served');
});

t.test('recovery: damage below the recovery point is fenced off, above it cut and reported', async (t) => {
  const config = logConfig();
  const build = async (): Promise<{ disk: FakeDisk; sizes: number[] }> => {
    const disk = new FakeDisk();
    const { directory } = await openDirectory(disk.mount());
    const log = await directory.openLog('t', 0, TOPIC_ID, config);
    const sizes: number[] = [];
    for (let index = 0; index < 20; index++) {
      const batch = makeBatch({ valueBytes: 50, fill: index });
      log.appendAsLeader(batch, 3);
      sizes.push(batch.length);
      if (index === 9) {
        await log.flush();
        await directory.checkpoint();
      }
    }
    await log.flush();
    disk.crash(new Seeded(1), 'keepAll');
    return { disk, sizes };
  };
  const path = '/data/t-0/00000000000000000000.log';
  const reopen = async (disk: FakeDisk) => {
    const { directory } = await openDirectory(disk.mount());
    return directory.openLog('t', 0, TOPIC_ID, config);
  };
  const size = (await build()).sizes[0] ?? 0;

  const below = await build();
  below.disk.flipBit(path, size * 4 + 70);
  const fenced = await reopen(below.disk);
  t.match(fenced.recovery, { endOffset: 20, truncatedDamage: false, truncatedBytes: 0 });
  t.same(fenced.damagedRanges, [{ fromOffset: 4, toOffset: 5 }]);
  await t.rejects(async () => fenced.read(4, 1, 20), { code: 'CORRUPT_MESSAGE' });
  t.equal((await readAll(fenced, 5)).length, 15);

  const above = await build();
  above.disk.flipBit(path, size * 14 + 70);
  const cut = await reopen(above.disk);
  t.match(cut.recovery, { endOffset: 14, lastEpoch: 3, truncatedDamage: true, truncatedBytes: size * 6 });
  t.equal(cut.endOffset, 14);

  const lengthOfLast = await build();
  lengthOfLast.disk.flipBit(path, size * 19 + 10);
  t.match(
    (await reopen(lengthOfLast.disk)).recovery,
    { endOffset: 19, truncatedDamage: true },
    'a damaged length is no torn write',
  );

  for (const [what, change] of [
    ['cut in its records', (bytes: Buffer) => bytes.subarray(0, size * 19 + 70)],
    ['cut in its header', (bytes: Buffer) => bytes.subarray(0, size * 19 + 30)],
    ['zeros behind it', (bytes: Buffer) => Buffer.concat([bytes.subarray(0, size * 19), Buffer.alloc(5000)])],
  ] as const) {
    const torn = await build();
    torn.disk.put(path, change(torn.disk.bytesOf(path)));
    t.match(
      (await reopen(torn.disk)).recovery,
      { endOffset: 19, truncatedDamage: false },
      `a last batch that is ${what}`,
    );
  }
});

t.test('a flipped bit in the recovery point of a clean stop is not taken for the end of the log', async (t) => {
  const path = '/data/recovery-point-offset-checkpoint';
  const entry = 't 0 ';
  for (let bit = 0; bit < 4; bit++) {
    for (let digit = 0; digit < 2; digit++) {
      const disk = new FakeDisk();
      const first = await openDirectory(disk);
      const log = await first.directory.openLog('t', 0, TOPIC_ID, logConfig());
      for (let index = 0; index < 25; index++) log.appendAsLeader(makeBatch(), 0);
      await first.directory.close();
      // The stop before has left a snapshot in the same segment.
      const second = await openDirectory(disk);
      const again = await second.directory.openLog('t', 0, TOPIC_ID, logConfig());
      for (let index = 0; index < 20; index++) again.appendAsLeader(makeBatch(), 0);
      const sent = await readAll(again);
      await second.directory.close();
      disk.flipBit(path, disk.bytesOf(path).indexOf(entry) + entry.length + digit, bit);
      const { directory } = await openDirectory(disk);
      const reopened = await directory.openLog('t', 0, TOPIC_ID, logConfig());
      const point = disk.bytesOf(path).toString().split('\n')[2] ?? '';
      t.equal(reopened.endOffset, 45, point);
      t.same(await readAll(reopened), sent);
      await directory.close();
    }
  }
});

t.test('indexes that are missing or wrong are rebuilt', async (t) => {
  for (const suffix of ['.index', '.timeindex']) {
    for (const damage of ['missing', 'wrong', 'cut'] as const) {
      const disk = new FakeDisk();
      const config = logConfig({ segmentBytes: 3000, indexIntervalBytes: 100 });
      const { directory } = await openDirectory(disk.mount());
      const log = await directory.openLog('t', 0, TOPIC_ID, config);
      const sent: Buffer[] = [];
      for (let index = 0; index < 50; index++) {
        const batch = makeBatch({ valueBytes: 100, timestamp: 1_700_000_000_000 + index });
        log.appendAsLeader(batch, 0);
        sent.push(batch);
      }
      await directory.close();
      const path = `/data/t-0/00000000000000000000${suffix}`;
      const good = disk.bytesOf(path);
      if (damage === 'missing') await disk.unlink(path);
      else disk.put(path, damage === 'wrong' ? Buffer.alloc(good.length, 7) : good.subarray(0, good.length - 3));
      const again = await openDirectory(disk.mount(), { cacheBytes: 0 });
      const reopened = await again.directory.openLog('t', 0, TOPIC_ID, config);
      t.same(await readAll(reopened), sent, `${suffix} ${damage}`);
      t.equal((await reopened.offsetForTimestamp(1_700_000_000_007, 50))?.offset, 7);
    }
  }
});
