import t from 'tap';
import type { VarveError } from '../../src/common/errors.js';
import { formatEpochCheckpoint } from '../../src/log/checkpoint-files.js';
import type { EpochStart } from '../../src/log/leader-epoch-cache.js';
import { LEADER_EPOCH_AT, LENGTH_AT } from '../../src/record/batch-header.js';
import { FakeDisk, Seeded } from './fake-disk.js';
import { logConfig, makeBatch, openDirectory, readAll, TOPIC_ID } from './support.js';

const LOG = '/data/t-0/00000000000000000000.log';
const EPOCHS = '/data/t-0/leader-epoch-checkpoint';

/** The disk of a log with a batch of each epoch, all of them below the recovery point, behind a crash that lost nothing. */
async function crashedLog(
  epochs: readonly number[],
): Promise<{ readonly disk: FakeDisk; readonly good: readonly Buffer[]; readonly epochs: readonly EpochStart[] }> {
  const disk = new FakeDisk();
  const { directory } = await openDirectory(disk);
  const log = await directory.openLog('t', 0, TOPIC_ID, logConfig());
  for (const epoch of epochs) log.appendAsLeader(makeBatch(), epoch);
  await log.flush();
  await directory.checkpoint();
  const good = await readAll(log);
  disk.crash(new Seeded(1), 'keepAll');
  return { disk, good, epochs: log.epochs };
}

t.test('a mended batch that begins a leader epoch gives the epoch its start back, and is served', async (t) => {
  for (const epochs of [
    [0, 0, 1, 1, 1],
    [0, 0, 1, 2, 2],
  ]) {
    const disk = new FakeDisk();
    const first = await openDirectory(disk);
    const log = await first.directory.openLog('t', 0, TOPIC_ID, logConfig());
    for (const epoch of epochs) log.appendAsLeader(makeBatch(), epoch);
    await log.flush();
    await first.directory.checkpoint();
    const good = await readAll(log);
    const { epochs: before } = log;
    disk.crash(new Seeded(1), 'keepAll');
    const path = '/data/t-0/00000000000000000000.log';
    const damaged = Buffer.from(disk.bytesOf(path));
    const inThird = 2 * makeBatch().length + 70;
    damaged[inThird] = (damaged[inThird] ?? 0) ^ 1;
    disk.put(path, damaged);
    const second = await openDirectory(disk, { cacheBytes: 0 });
    const again = await second.directory.openLog('t', 0, TOPIC_ID, logConfig());
    t.same(again.damagedRanges, [{ fromOffset: 2, toOffset: 3 }]);
    t.same(again.endOffsetForEpoch(0), { epoch: 0, endOffset: 2 }, 'followers are cut where the epoch really ended');
    t.ok(await again.repair(2, Buffer.from(good[2] ?? Buffer.alloc(0))));
    t.same(again.epochs, before);
    t.same(await readAll(again), good);
    t.same(again.damagedRanges, []);
    await second.directory.close();
  }
});

// Seed 166 of the log's model (LOG_SEEDS=600), at that time: good batches behind the mended one were taken for damaged.
t.test('a mended batch before all epochs that are noted takes nothing that follows for its own', async (t) => {
  for (const noted of [
    [
      { epoch: 3, startOffset: 4 },
      { epoch: 4, startOffset: 5 },
    ],
    [{ epoch: 3, startOffset: 4 }],
  ]) {
    const disk = new FakeDisk();
    const first = await openDirectory(disk);
    const log = await first.directory.openLog('t', 0, TOPIC_ID, logConfig());
    for (const epoch of [1, 2, 2, 2, 3, noted.at(-1)?.epoch ?? 3]) log.appendAsLeader(makeBatch(), epoch);
    await log.flush();
    const good = await readAll(log);
    await first.directory.close();
    // The epochs below a log start went, and the power before the start was stored: it is 0 again.
    disk.put('/data/t-0/leader-epoch-checkpoint', Buffer.from(formatEpochCheckpoint(noted)));
    disk.flipBit('/data/t-0/00000000000000000000.log', 70);
    const second = await openDirectory(disk, { cacheBytes: 0 });
    const again = await second.directory.openLog('t', 0, TOPIC_ID, logConfig());
    t.equal(again.recovery, undefined);
    while (!(await again.scrubSlice(1 << 20)));
    t.same(again.damagedRanges, [{ fromOffset: 0, toOffset: 1 }]);
    t.ok(await again.repair(0, Buffer.from(good[0] ?? Buffer.alloc(0))));
    t.same(again.epochs, noted);
    t.same(await readAll(again), good);
    t.same(again.damagedRanges, []);
    await second.directory.close();
  }
});

t.test('of a mended range each batch gives its epoch the start back', async (t) => {
  const disk = new FakeDisk();
  const first = await openDirectory(disk);
  const log = await first.directory.openLog('t', 0, TOPIC_ID, logConfig());
  for (const epoch of [1, 2, 2, 3]) log.appendAsLeader(makeBatch(), epoch);
  await log.flush();
  const good = await readAll(log);
  const { epochs } = log;
  await first.directory.close();
  disk.put('/data/t-0/leader-epoch-checkpoint', Buffer.from(formatEpochCheckpoint(epochs.slice(2))));
  for (let index = 0; index < 3; index++) {
    disk.flipBit('/data/t-0/00000000000000000000.log', index * makeBatch().length + 70);
  }
  const second = await openDirectory(disk, { cacheBytes: 0 });
  const again = await second.directory.openLog('t', 0, TOPIC_ID, logConfig());
  while (!(await again.scrubSlice(1 << 20)));
  t.same(again.damagedRanges, [{ fromOffset: 0, toOffset: 3 }]);
  t.ok(await again.repair(0, Buffer.concat(good.slice(0, 3))));
  t.same(again.epochs, epochs);
  t.same(await readAll(again), good);
  await second.directory.close();
});

// SEED=600188 SECONDS=4, at that time: a flipped bit made an epoch so late that all behind it was cut, and a leader stumble.
t.test('a flipped bit in the epoch of a batch is damage of that batch alone', async (t) => {
  for (const epochs of [
    [0, 0, 0, 0, 1],
    [0, 0, 0, 1, 1],
    [0, 0, 1, 1, 2],
    [0, 0, 1, 2, 2],
  ]) {
    const disk = new FakeDisk();
    const first = await openDirectory(disk);
    const log = await first.directory.openLog('t', 0, TOPIC_ID, logConfig());
    for (const epoch of epochs) log.appendAsLeader(makeBatch(), epoch);
    await log.flush();
    await first.directory.checkpoint();
    const good = await readAll(log);
    const { epochs: before } = log;
    disk.crash(new Seeded(1), 'keepAll');
    disk.flipBit('/data/t-0/00000000000000000000.log', 2 * makeBatch().length + LEADER_EPOCH_AT + 1);
    const second = await openDirectory(disk, { cacheBytes: 0 });
    const again = await second.directory.openLog('t', 0, TOPIC_ID, logConfig());
    t.match(again.recovery, { endOffset: 5, truncatedBytes: 0 });
    t.same(again.damagedRanges, [{ fromOffset: 2, toOffset: 3 }]);
    t.ok(await again.repair(2, Buffer.from(good[2] ?? Buffer.alloc(0))));
    t.same(again.epochs, before);
    t.same(await readAll(again), good);
    await second.directory.close();
  }
});

// SEED=94639 SECONDS=60, at that time: a recovery took such an epoch for one that began there, and served it.
t.test(
  'a flipped bit that makes an epoch one between its neighbours, or one of theirs, is damage as well',
  async (t) => {
    for (const [epochs, bit] of [
      [[0, 8, 8, 11, 11], 1],
      [[0, 8, 9, 11, 11], 0],
      [[0, 8, 8, 9, 9], 0],
      [[0, 8, 8, 9, 11], 0],
      [[0, 0, 8, 8, 11], 1],
      [[0, 0, 8, 11, 11], 1],
    ] as const) {
      const { disk, good, epochs: before } = await crashedLog(epochs);
      disk.flipBit(LOG, 2 * makeBatch().length + LEADER_EPOCH_AT + 3, bit);
      const { directory } = await openDirectory(disk, { cacheBytes: 0 });
      const log = await directory.openLog('t', 0, TOPIC_ID, logConfig());
      t.match(log.recovery, { endOffset: 5, truncatedBytes: 0 }, epochs.join());
      t.same(log.damagedRanges, [{ fromOffset: 2, toOffset: 3 }]);
      t.same(log.epochs, before, 'followers are cut where the epochs really ended');
      t.ok(await log.repair(2, Buffer.from(good[2] ?? Buffer.alloc(0))));
      t.same(log.epochs, before);
      t.same(await readAll(log), good);
      await directory.close();
    }
  },
);

t.test('a recovery believes the batches where the file of the epochs departs from several alike', async (t) => {
  for (const [epochs, right, wrong] of [
    [[3, 3, 4, 4, 7, 7], '4 2', '5 2'],
    [[3, 3, 4, 4, 7, 7], '7 4', '6 4'],
    [[3, 3, 4, 4, 4, 7], '4 2', '4 4'],
    [[3, 3, 3, 3, 4, 4], '4 4', '4 1'],
    [[3, 3, 4, 4, 4, 4], '2\n3 0\n4 2\n', '1\n3 0\n'],
  ] as const) {
    const { disk, good, epochs: before } = await crashedLog(epochs);
    const text = disk.bytesOf(EPOCHS).toString();
    t.ok(text.includes(right));
    disk.put(EPOCHS, Buffer.from(text.replace(right, wrong)));
    const { directory } = await openDirectory(disk, { cacheBytes: 0 });
    const log = await directory.openLog('t', 0, TOPIC_ID, logConfig());
    t.same(log.damagedRanges, [], wrong);
    t.same(log.epochs, before);
    t.same(await readAll(log), good);
    await directory.close();
  }
});

t.test('what the file of the epochs says wrong of many batches is looked into once', async (t) => {
  const { disk, good } = await crashedLog(Array.from({ length: 100 }, () => 4));
  disk.put(EPOCHS, Buffer.from(formatEpochCheckpoint([{ epoch: 5, startOffset: 0 }])));
  const before = disk.count('read', LOG);
  const { directory } = await openDirectory(disk, { cacheBytes: 0 });
  const log = await directory.openLog('t', 0, TOPIC_ID, logConfig());
  t.same(log.epochs, [{ epoch: 4, startOffset: 0 }]);
  t.ok(disk.count('read', LOG) < before + 20);
  t.same(await readAll(log), good);
  await directory.close();
});

// SEED=19 SECONDS=4 PLAN="bitFlip every 60 ms for 100 ms, deleteRecords every 300 ms for 50 ms", at that time: such a batch went
// on with its wrong epoch.
t.test('a flipped bit in the epoch of a batch that the log starts in is damage', async (t) => {
  const disk = new FakeDisk();
  const { directory } = await openDirectory(disk, { cacheBytes: 0 });
  const log = await directory.openLog('t', 0, TOPIC_ID, logConfig());
  const three = { records: 3 };
  for (let index = 0; index < 3; index++) log.appendAsLeader(makeBatch(three), 0);
  await log.flush();
  log.deleteRecordsBefore(4);
  disk.flipBit('/data/t-0/00000000000000000000.log', makeBatch(three).length + LEADER_EPOCH_AT + 1);
  await t.rejects(readAll(log, 4), { code: 'CORRUPT_MESSAGE' });
  t.same(log.damagedRanges, [{ fromOffset: 3, toOffset: 6 }]);
  await directory.close();
});

// SEED=5083 SECONDS=6, at that time: a follower kept a record that the leader had cut, since the leader's epoch seemed to
// begin behind the damage.
t.test('damage that reaches beyond the recovery point is cut: no epoch begins unseen in it', async (t) => {
  const disk = new FakeDisk();
  const first = await openDirectory(disk);
  const log = await first.directory.openLog('t', 0, TOPIC_ID, logConfig());
  for (let index = 0; index < 3; index++) log.appendAsLeader(makeBatch(), 0);
  await log.flush();
  await first.directory.checkpoint();
  for (let index = 0; index < 3; index++) log.appendAsLeader(makeBatch(), 4);
  await log.flush();
  disk.crash(new Seeded(1), 'keepAll');
  const path = '/data/t-0/00000000000000000000.log';
  for (const batch of [2, 3]) disk.flipBit(path, batch * makeBatch().length + 70);
  const second = await openDirectory(disk, { cacheBytes: 0 });
  const again = await second.directory.openLog('t', 0, TOPIC_ID, logConfig());
  t.match(again.recovery, { endOffset: 2, truncatedDamage: true, damaged: [] });
  t.same(again.endOffsetForEpoch(0), { epoch: 0, endOffset: 2 });
  t.ok(again.truncatedByRecovery, 'whole replicas are elected before it');
  await second.directory.close();
});

t.test(
  'a replica that recovery found damaged within says so until the controller knows, over a second crash',
  async (t) => {
    const disk = new FakeDisk();
    const first = await openDirectory(disk);
    const log = await first.directory.openLog('t', 0, TOPIC_ID, logConfig());
    for (let index = 0; index < 4; index++) log.appendAsLeader(makeBatch(), 0);
    await log.flush();
    await first.directory.checkpoint();
    disk.crash(new Seeded(1), 'keepAll');
    disk.flipBit('/data/t-0/00000000000000000000.log', makeBatch().length + 70);
    for (let start = 0; start < 2; start++) {
      const { directory } = await openDirectory(disk.mount());
      const again = await directory.openLog('t', 0, TOPIC_ID, logConfig());
      t.same(again.damagedRanges, [{ fromOffset: 1, toOffset: 2 }]);
      t.ok(again.truncatedByRecovery, `start ${start}`);
      if (start === 1) await again.truncationReported();
      disk.crash(new Seeded(1), 'keepAll');
    }
  },
);

// SEED=41054 SECONDS=6 NODES=5, at that time: the retry was refused, and what the producer sent anew stood twice.
t.test("a mended batch that was its producer's last is known again: its retry is a duplicate", async (t) => {
  const disk = new FakeDisk();
  const first = await openDirectory(disk);
  const log = await first.directory.openLog('t', 0, TOPIC_ID, logConfig());
  const ofProducer = (producerId: number): Buffer => makeBatch({ producerId, producerEpoch: 0, baseSequence: 0 });
  for (const producerId of [1, 2, 3]) log.appendAsLeader(ofProducer(producerId), 0);
  await log.flush();
  await first.directory.checkpoint();
  const good = await readAll(log);
  disk.crash(new Seeded(1), 'keepAll');
  disk.flipBit('/data/t-0/00000000000000000000.log', ofProducer(1).length + 70);
  const second = await openDirectory(disk, { cacheBytes: 0 });
  const again = await second.directory.openLog('t', 0, TOPIC_ID, logConfig());
  t.same(again.damagedRanges, [{ fromOffset: 1, toOffset: 2 }]);
  t.same([again.durableOffset, again.vouchedOffset], [3, 1], 'it does not speak for what the damage hides');
  const told: number[] = [];
  again.onDurable(() => told.push(again.vouchedOffset));
  t.ok(await again.repair(1, Buffer.from(good[1] ?? Buffer.alloc(0))));
  t.same(told, [3], 'and says so once it is mended');
  t.match(again.appendAsLeader(ofProducer(2), 1), { duplicateOf: { firstOffset: 1, lastOffset: 1 } });
  await second.directory.close();
});

// SEED=99241 SECONDS=60, at that time: the retry was refused until its `delivery.timeout.ms`.
t.test('so is one before the last, among as many as are remembered', async (t) => {
  const disk = new FakeDisk();
  const first = await openDirectory(disk);
  const log = await first.directory.openLog('t', 0, TOPIC_ID, logConfig());
  const batchOf = (sequence: number): Buffer => makeBatch({ producerId: 7, producerEpoch: 0, baseSequence: sequence });
  for (let sequence = 0; sequence < 7; sequence++) log.appendAsLeader(batchOf(sequence), 0);
  await log.flush();
  await first.directory.checkpoint();
  const good = await readAll(log);
  disk.crash(new Seeded(1), 'keepAll');
  const size = batchOf(0).length;
  for (const damaged of [1, 3]) disk.flipBit(LOG, damaged * size + 70);
  const second = await openDirectory(disk, { cacheBytes: 0 });
  const again = await second.directory.openLog('t', 0, TOPIC_ID, logConfig());
  t.same(again.damagedRanges, [{ fromOffset: 1, toOffset: 2 }, { fromOffset: 3, toOffset: 4 }]); // prettier-ignore
  t.throws(
    () => again.appendAsLeader(batchOf(3), 1),
    { code: 'OUT_OF_ORDER_SEQUENCE_NUMBER' },
    'not while it is damaged',
  );
  for (const offset of [3, 1]) t.ok(await again.repair(offset, Buffer.from(good[offset] ?? Buffer.alloc(0))));
  const retried = (sequence: number): unknown => {
    try {
      return again.appendAsLeader(batchOf(sequence), 1).duplicateOf?.firstOffset;
    } catch (error) {
      return (error as VarveError).code;
    }
  };
  for (const known of [2, 3, 4, 5, 6]) t.equal(retried(known), known, 'what was mended is known for a duplicate');
  t.throws(
    () => again.appendAsLeader(batchOf(1), 1),
    { code: 'OUT_OF_ORDER_SEQUENCE_NUMBER' },
    'it is the sixth from the end',
  );
  t.match(again.appendAsLeader(batchOf(7), 1), { firstOffset: 7 });
  await second.directory.close();
});

t.test('a log does not vouch for damage that will be cut off, until it is mended or cut', async (t) => {
  const disk = new FakeDisk();
  const { directory } = await openDirectory(disk, { cacheBytes: 0 });
  const log = await directory.openLog('t', 0, TOPIC_ID, logConfig());
  const good = Array.from({ length: 6 }, () => makeBatch());
  for (const [index, batch] of good.entries()) log.appendAsLeader(batch, index < 2 ? 0 : 4);
  await log.flush();
  const size = makeBatch().length;
  for (const at of [2, 4]) disk.flipBit('/data/t-0/00000000000000000000.log', size * at + 70);
  while (!(await log.scrubSlice(1 << 20)));
  t.same(
    log.damagedRanges.map(({ fromOffset }) => fromOffset),
    [2, 4],
  );
  t.equal(log.vouchedOffset, 6, 'it has had all of it, and others count on that');
  const told: number[] = [];
  log.onDurable(() => told.push(log.vouchedOffset));
  t.equal(log.withdraw(4), 4, 'the epoch before it');
  t.same(told, [4]);
  t.equal(log.withdraw(2), 0);
  t.ok(await log.repair(2, Buffer.from(good[2] ?? Buffer.alloc(0))));
  t.same(told, [4, 2, 4]);
  t.notOk(log.isWithdrawn(2), 'nothing is to be cut there any more');
  t.equal(log.withdraw(2), undefined);
  t.ok(log.isWithdrawn(4));
  await log.truncateTo(4);
  log.appendAsFollower(makeBatch({ baseOffset: 4, leaderEpoch: 4 }));
  await log.flush();
  t.equal(log.vouchedOffset, 5);
});

// SEED=70160 SECONDS=6, at that time: nobody could give such a range, and the replica waited for it for ever.
t.test('damage below the start of the log is none', async (t) => {
  const disk = new FakeDisk();
  const first = await openDirectory(disk);
  const log = await first.directory.openLog('t', 0, TOPIC_ID, logConfig());
  for (let index = 0; index < 6; index++) log.appendAsLeader(makeBatch(), 0);
  await log.flush();
  log.deleteRecordsBefore(3);
  await first.directory.checkpoint();
  disk.crash(new Seeded(1), 'keepAll');
  const path = '/data/t-0/00000000000000000000.log';
  disk.flipBit(path, makeBatch().length + 70);
  const second = await openDirectory(disk, { cacheBytes: 0 });
  const again = await second.directory.openLog('t', 0, TOPIC_ID, logConfig());
  t.equal(again.startOffset, 3);
  t.match(again.recovery, { damaged: [], endOffset: 6 });
  t.notOk(again.truncatedByRecovery);
  t.equal(again.vouchedOffset, 6);
  while (!(await again.scrubSlice(1 << 20)));
  t.same(again.damagedRanges, []);
  await second.directory.close();
});

t.test('damage that was to be cut, and was deleted meanwhile, is not cut', async (t) => {
  const disk = new FakeDisk();
  const { directory } = await openDirectory(disk, { cacheBytes: 0 });
  const log = await directory.openLog('t', 0, TOPIC_ID, logConfig());
  for (let index = 0; index < 6; index++) log.appendAsLeader(makeBatch(), 0);
  await log.flush();
  disk.flipBit('/data/t-0/00000000000000000000.log', makeBatch().length * 2 + 70);
  while (!(await log.scrubSlice(1 << 20)));
  t.equal(log.withdraw(2), 0);
  t.equal(log.vouchedOffset, 2);
  log.deleteRecordsBefore(5);
  t.notOk(log.isWithdrawn(2), 'it is not there any more');
  t.equal(log.withdraw(2), undefined);
  t.equal(log.vouchedOffset, 6);
  await directory.close();
});

// SEED=20 SECONDS=4 PLAN="bitFlip every 60 ms for 100 ms, deleteRecords every 300 ms for 50 ms", at that time: the batch behind a
// damaged one was damaged as well, and never asked for, since the place was known.
t.test('damage that grows behind the place where it begins is asked for', async (t) => {
  for (const start of [0, 2]) {
    const disk = new FakeDisk();
    const { directory } = await openDirectory(disk, { cacheBytes: 0 });
    const log = await directory.openLog('t', 0, TOPIC_ID, logConfig());
    for (let index = 0; index < 6; index++) log.appendAsLeader(makeBatch(), 0);
    await log.flush();
    const path = '/data/t-0/00000000000000000000.log';
    disk.flipBit(path, makeBatch().length + 70);
    while (!(await log.scrubSlice(1 << 20)));
    log.deleteRecordsBefore(start);
    disk.flipBit(path, makeBatch().length * 2 + 70);
    await t.rejects(readAll(log, 2), { code: 'CORRUPT_MESSAGE' });
    t.same(log.damagedRanges, [{ fromOffset: 1, toOffset: 3 }], `the log starts at ${start}`);
    await directory.close();
  }
});

// SEED=1899150029 SECONDS=60, at that time: the way from an index entry to what was asked for led over such damage.
t.test('what stands behind damage is read, looked up and cut, wherever the log starts', async (t) => {
  for (const found of ['before the log starts behind it', 'afterwards', 'and not deleted'] as const) {
    const disk = new FakeDisk();
    const { directory } = await openDirectory(disk, { cacheBytes: 0 });
    const log = await directory.openLog('t', 0, TOPIC_ID, logConfig());
    for (let index = 0; index < 8; index++) log.appendAsLeader(makeBatch({ timestamp: 1_000 + index }), 0);
    await log.flush();
    const good = await readAll(log);
    // Nothing tells any more where the next batch begins.
    disk.flipBit('/data/t-0/00000000000000000000.log', makeBatch().length + LENGTH_AT + 3);
    if (found !== 'afterwards') while (!(await log.scrubSlice(1 << 20)));
    if (found !== 'and not deleted') log.deleteRecordsBefore(3);
    t.same(await readAll(log, 3), good.slice(3), found);
    t.match(await log.offsetForTimestamp(1_005, 8), { offset: 5 }, found);
    t.same(log.damagedRanges, found === 'and not deleted' ? [{ fromOffset: 1, toOffset: 2 }] : [], found);
    await log.truncateTo(6);
    t.equal(log.endOffset, 6, found);
    t.same(await readAll(log, 3), good.slice(3, 6), found);
    await directory.close();
  }
});
