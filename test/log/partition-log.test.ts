import t from 'tap';
import { batchBaseOffset, batchLeaderEpoch, checkCrc } from '../../src/record/batch-header.js';
import { FakeDisk, Seeded } from './fake-disk.js';
import { logConfig, makeBatch, openDirectory, readAll, settle, TOPIC_ID } from './support.js';

t.test('an append is readable at once and durable after its sync', async (t) => {
  const disk = new FakeDisk();
  const { directory } = await openDirectory(disk.mount());
  const log = await directory.openLog('t', 0, TOPIC_ID, logConfig());
  disk.manual = true;
  const durable: number[] = [];
  log.onDurable((offset) => durable.push(offset));
  t.match(log.appendAsLeader(makeBatch({ records: 3 }), 4), { firstOffset: 0, lastOffset: 2, logAppendTimeMs: -1 });
  t.match(log.appendAsLeader(makeBatch({ records: 2 }), 4), { firstOffset: 3, lastOffset: 4 });
  t.equal(log.endOffset, 5);
  t.equal(log.durableOffset, 0);
  const batches = await readAll(log);
  t.same(
    batches.map((batch) => [batchBaseOffset(batch, 0), batchLeaderEpoch(batch, 0), checkCrc(batch, 0)]),
    [
      [0, 4, true],
      [3, 4, true],
    ],
  );
  const random = new Seeded(1);
  while (disk.count('sync', '.log') === 0) {
    t.equal(log.durableOffset, 0, 'not before the sync');
    disk.runOne(random);
    await settle();
  }
  t.same(durable, [5], 'both appends share one write and one sync');
  t.equal(disk.count('write', '.log'), 1);
  t.ok(
    disk.calls.findIndex(([call, path]) => call === 'syncDirectory' && path === '/data/t-0') <
      disk.calls.findIndex(([call, path]) => call === 'sync' && path.endsWith('.log')),
    'the folder of a new file is synced before anything in it counts',
  );
});

t.test('reads from files agree with reads from memory', async (t) => {
  const disk = new FakeDisk();
  const { directory } = await openDirectory(disk.mount(), { cacheBytes: 0 });
  const log = await directory.openLog('t', 0, TOPIC_ID, logConfig({ segmentBytes: 4096, indexIntervalBytes: 200 }));
  const sent: Buffer[] = [];
  for (let index = 0; index < 120; index++) {
    const batch = makeBatch({
      records: 1 + (index % 4),
      valueBytes: 20 + (index % 60),
      timestamp: 1_700_000_000_000 + index,
    });
    log.appendAsLeader(batch, 0);
    sent.push(batch);
  }
  const fromMemory = await readAll(log);
  t.same(fromMemory, sent);
  await log.flush();
  t.equal(log.durableOffset, log.endOffset);
  t.ok(log.segmentCount > 4);
  for (const maxBytes of [1, 300, 5000])
    t.same(await readAll(log, 0, maxBytes), sent, `at most ${maxBytes} bytes a read`);
  const base = batchBaseOffset(sent[50] ?? Buffer.alloc(0), 0);
  t.same((await log.read(base + 1, 1, log.endOffset))[0], sent[50], 'an offset within a batch gives the batch');
  t.same(await log.read(base, 1 << 20, base), [], 'nothing at or beyond the limit');
  t.same(Buffer.concat(await log.read(0, 1 << 20, base)).length > 0, true);
  t.throws(() => log.read(log.endOffset + 1, 1, log.endOffset + 1), { code: 'OFFSET_OUT_OF_RANGE' });
  await directory.close();

  const reopened = await openDirectory(disk.mount(), { cacheBytes: 0 });
  const reads = disk.count('read', '.log');
  const again = await reopened.directory.openLog('t', 0, TOPIC_ID, logConfig({ segmentBytes: 4096 }));
  t.equal(disk.count('read', '.log'), reads, 'a clean stop makes the next opening read no batch');
  t.equal(again.recovery, undefined);
  t.equal(again.endOffset, log.endOffset);
  t.same(await readAll(again), sent);
});

t.test('what was synced survives a crash', async (t) => {
  for (let seed = 0; seed < 40; seed++) {
    const disk = new FakeDisk();
    const random = new Seeded(seed);
    const { directory } = await openDirectory(disk.mount());
    const config = logConfig({ segmentBytes: 2000 });
    const log = await directory.openLog('t', 0, TOPIC_ID, config);
    const sent: Buffer[] = [];
    for (let index = 0; index < 30; index++) {
      const batch = makeBatch({ valueBytes: random.below(200), fill: index, producerId: 7, baseSequence: index });
      log.appendAsLeader(batch, Math.floor(index / 10));
      sent.push(batch);
      if (random.chance(40)) await settle(random.below(40));
    }
    const durable = log.durableOffset;
    disk.crash(random);
    const reopened = await openDirectory(disk.mount());
    t.notOk(reopened.directory.wasClean);
    const again = await reopened.directory.openLog('t', 0, TOPIC_ID, config);
    t.ok(again.endOffset >= durable, `seed ${seed}: ${again.endOffset} of ${durable}`);
    t.same(await readAll(again), sent.slice(0, again.endOffset));
    t.equal(again.latestEpoch, again.endOffset === 0 ? -1 : Math.floor((again.endOffset - 1) / 10));
    if (again.endOffset > 0) {
      const last = makeBatch({ valueBytes: 1, producerId: 7, baseSequence: again.endOffset });
      const { endOffset } = again;
      t.equal(again.appendAsLeader(last, 9).firstOffset, endOffset, 'producers go on');
    }
  }
});

t.test(
  'a folder that does not say whose log it is makes no later start unclean, and is itself recovered',
  async (t) => {
    const disk = new FakeDisk();
    const first = await openDirectory(disk);
    for (const topic of ['known', 'stray']) {
      const log = await first.directory.openLog(topic, 0, TOPIC_ID, logConfig());
      log.appendAsLeader(makeBatch({ records: 3 }), 1);
      await log.flush();
    }
    const folder = (await first.directory.findPartitions()).find(({ topic }) => topic === 'stray')?.folder ?? '';
    disk.crash(new Seeded(1), 'loseAll');
    const fileSystem = disk.mount();
    await fileSystem.unlink(`${folder}/partition.metadata`);
    await fileSystem.syncDirectory(folder);

    const second = await openDirectory(disk);
    const found = await second.directory.findPartitions();
    t.equal(found.find(({ topic }) => topic === 'stray')?.topicId, undefined);
    await second.directory.openLog('known', 0, TOPIC_ID, logConfig());
    await second.directory.close();
    const third = await openDirectory(disk);
    t.equal(third.directory.wasClean, true, 'every log that has an owner was recovered');
    await third.directory.findPartitions();
    t.equal((await third.directory.openLog('known', 0, TOPIC_ID, logConfig())).recovery, undefined);
    const stray = await third.directory.openLog('stray', 0, TOPIC_ID, logConfig());
    t.equal(stray.recovery?.endOffset, 3, 'a topic of its name got it: nothing is taken on trust');
    await third.directory.close();
  },
);

// SEED=806748395 SECONDS=3, at that time: the damage was stepped over in silence.
t.test('damage in what has to be read for the producers is found, below the recovery point as well', async (t) => {
  const disk = new FakeDisk();
  const first = await openDirectory(disk);
  const config = logConfig({ segmentBytes: 500 });
  const log = await first.directory.openLog('t', 0, TOPIC_ID, config);
  const append = (baseSequence: number): unknown =>
    log.appendAsLeader(makeBatch({ producerId: 7, producerEpoch: 0, baseSequence, valueBytes: 100 }), 1);
  for (let sequence = 0; sequence < 4; sequence++) append(sequence);
  await log.flush();
  t.equal(log.segmentCount, 2);
  disk.crash(new Seeded(1), 'loseAll');
  // Reads both segments, and takes no snapshot for that of the second one's start which it finds.
  const second = await openDirectory(disk);
  await second.directory.openLog('t', 0, TOPIC_ID, config);
  await second.directory.checkpoint();
  disk.crash(new Seeded(1), 'loseAll');
  const path = '/data/t-0/00000000000000000000.log';
  const content = disk.bytesOf(path);
  content.writeUInt8(content.readUInt8(120) ^ 1, 120);
  disk.put(path, content);
  const third = await openDirectory(disk);
  const recovered = await third.directory.openLog('t', 0, TOPIC_ID, config);
  t.equal(recovered.endOffset, 4);
  t.equal(recovered.damagedRanges.length, 1, 'the others are told of it');
  t.equal(recovered.vouchedOffset, 0, 'and this replica vouches for nothing behind it');
  await third.directory.close();
});

// SEED=3636550203 SECONDS=3, at that time: the next start cut what had been acknowledged.
t.test('a start that ends before it has opened the logs of a crash does not pass for a clean stop', async (t) => {
  const disk = new FakeDisk();
  const first = await openDirectory(disk);
  const log = await first.directory.openLog('t', 0, TOPIC_ID, logConfig());
  log.appendAsLeader(makeBatch({ records: 3 }), 1);
  await log.flush();
  await first.directory.checkpoint();
  log.appendAsLeader(makeBatch({ records: 2 }), 1);
  await log.flush();
  disk.crash(new Seeded(1), 'loseAll');
  const second = await openDirectory(disk);
  await second.directory.close();
  const third = await openDirectory(disk);
  t.equal(third.directory.wasClean, false);
  const recovered = await third.directory.openLog('t', 0, TOPIC_ID, logConfig());
  t.equal(recovered.endOffset, 5, 'what was synced behind the checkpoint is there');
  await third.directory.close();
  const fourth = await openDirectory(disk);
  t.equal(fourth.directory.wasClean, true);
  t.equal((await fourth.directory.openLog('t', 0, TOPIC_ID, logConfig())).endOffset, 5);
  await fourth.directory.close();
});
