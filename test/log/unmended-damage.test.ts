import t from 'tap';
import type { Test } from 'tap';
import type { PartitionLog } from '../../src/log/partition-log.js';
import { FakeDisk, Seeded } from './fake-disk.js';
import { logConfig, makeBatch, type Opened, openDirectory, readAll, TOPIC_ID } from './support.js';

// Damage that a recovery stepped over, and what becomes of it over stops and crashes before and after its mend.

const CONFIG = logConfig({ segmentBytes: 1000, indexIntervalBytes: 100 });
const MARK = '/data/t-0/recovery-damaged';
/** Whose one batch is damaged. */
const PRODUCER = 2;

const ofProducer = (producerId: number): Buffer =>
  makeBatch({ producerId, producerEpoch: 0, baseSequence: 0, valueBytes: 100 });

interface Start extends Opened {
  readonly log: PartitionLog;
}

async function start(disk: FakeDisk): Promise<Start> {
  const opened = await openDirectory(disk.mount(), { cacheBytes: 0 });
  return { ...opened, log: await opened.directory.openLog('t', 0, TOPIC_ID, CONFIG) };
}

/** Appends a batch of each producer, all synced. */
async function append(log: PartitionLog, producerIds: readonly number[]): Promise<void> {
  for (const producerId of producerIds) log.appendAsLeader(ofProducer(producerId), 0);
  await log.flush();
}

/** A log of four batches, each of a producer of its own, that a recovery found damaged; and what it held. */
async function recoverDamaged(t: Test, disk: FakeDisk): Promise<Start & { readonly good: readonly Buffer[] }> {
  const first = await start(disk);
  await append(first.log, [0, 1, PRODUCER, 3]);
  await first.directory.checkpoint();
  const good = await readAll(first.log);
  disk.crash(new Seeded(1), 'loseAll');
  disk.flipBit('/data/t-0/00000000000000000000.log', PRODUCER * ofProducer(0).length + 120);
  const second = await start(disk);
  knowsOfDamage(t, second.log, 'a recovery');
  await second.log.truncationReported();
  return { ...second, good };
}

function knowsOfDamage(t: Test, log: PartitionLog, when: string): void {
  t.same(log.damagedRanges, [{ fromOffset: 2, toOffset: 3 }], when);
  t.equal(log.vouchedOffset, 2, `${when}: it does not speak for what the damage hides`);
  t.ok(log.truncatedByRecovery, `${when}: and the controller is told`);
}

/** The damage is mended, and what it hid is known. */
async function mend(t: Test, log: PartitionLog, good: readonly Buffer[]): Promise<void> {
  t.ok(await log.repair(2, Buffer.from(good[2] ?? [])));
  t.equal(log.vouchedOffset, log.durableOffset);
  knowsRetry(t, log);
}

function knowsRetry(t: Test, log: PartitionLog): void {
  t.match(log.appendAsLeader(ofProducer(PRODUCER), 1), { duplicateOf: { firstOffset: 2, lastOffset: 2 } });
}

t.test('a clean stop before the mend does not make a damaged log a whole one', async (t) => {
  const disk = new FakeDisk();
  const { directory, good } = await recoverDamaged(t, disk);
  await directory.close();
  const again = await start(disk);
  t.ok(again.directory.wasClean);
  knowsOfDamage(t, again.log, 'after a clean stop');
  await mend(t, again.log, good);
  await again.directory.close();
  t.notOk(disk.exists(MARK));
  const whole = await start(disk);
  t.equal(whole.log.recovery, undefined, 'once it is mended a clean stop is one again');
  knowsRetry(t, whole.log);
  await whole.directory.close();
});

t.test('a second crash does not either, wherever the recovery point is by then', async (t) => {
  const disk = new FakeDisk();
  const { directory, log } = await recoverDamaged(t, disk);
  await append(log, [4, 5, 6, 7, 8]);
  t.equal(log.segmentCount, 2);
  await directory.checkpoint();
  disk.crash(new Seeded(1), 'loseAll');
  const again = await start(disk);
  knowsOfDamage(t, again.log, 'after a second crash');
  t.equal(again.log.endOffset, 9);
});

t.test('a crash after the mend finds no producer state of the time before it', async (t) => {
  const disk = new FakeDisk();
  const { directory, log, good } = await recoverDamaged(t, disk);
  await append(log, [4, 5, 6, 7, 8]);
  // The next segment's end is on its way to the disk when the damage is mended.
  for (const producerId of [9, 10, 11, 12, 13, 14]) log.appendAsLeader(ofProducer(producerId), 0);
  t.equal(log.segmentCount, 3);
  await mend(t, log, good);
  t.notOk(disk.exists(MARK));
  await log.flush();
  await directory.checkpoint();
  disk.crash(new Seeded(1), 'loseAll');
  const again = await start(disk);
  t.same(again.log.damagedRanges, []);
  knowsRetry(t, again.log);
});

t.test('a mark that cannot be read is of damage anywhere; one without damage ends', async (t) => {
  const disk = new FakeDisk();
  const first = await recoverDamaged(t, disk);
  await append(first.log, [4, 5, 6, 7, 8]);
  await first.directory.close();
  disk.put(MARK, Buffer.from('0\n99\nand more'));
  const again = await start(disk);
  knowsOfDamage(t, again.log, 'with such a mark');
  again.log.deleteRecordsBefore(3);
  await again.directory.checkpoint();
  disk.crash(new Seeded(1), 'loseAll');
  t.ok(disk.exists(MARK));
  const deleted = await start(disk);
  t.same([deleted.log.damagedRanges, deleted.log.vouchedOffset], [[], 9], 'it was deleted');
  t.notOk(disk.exists(MARK));
  await deleted.directory.close();
});

t.test('a clean stop whose last snapshot is damaged is recovered from, and what is damaged found', async (t) => {
  for (const isDamaged of [false, true]) {
    const disk = new FakeDisk();
    const first = await start(disk);
    await append(first.log, [0, 1, PRODUCER, 3, 4, 5, 6, 7]);
    await first.directory.close();
    const snapshot = '/data/t-0/00000000000000000008.snapshot';
    disk.flipBit(snapshot, 20);
    if (isDamaged) disk.flipBit('/data/t-0/00000000000000000000.log', PRODUCER * ofProducer(0).length + 120);
    // Nor is there one where the last segment begins.
    for (const name of await disk.readDirectory('/data/t-0')) {
      if (name.endsWith('.snapshot') && !snapshot.endsWith(name)) await disk.unlink(`/data/t-0/${name}`);
    }
    const { log, directory } = await start(disk);
    t.ok(directory.wasClean);
    t.equal(log.endOffset, 8);
    if (isDamaged) knowsOfDamage(t, log, 'behind such a snapshot');
    else knowsRetry(t, log);
    await directory.close();
  }
});

t.test('a truncation that replays past damage does not vouch for what it hides either', async (t) => {
  for (const isKnown of [false, true]) {
    for (const stops of [false, true]) {
      const disk = new FakeDisk();
      const first = await start(disk);
      let { log } = first;
      await append(log, [0, 1, PRODUCER, 3, 4, 5, 6]);
      const good = await readAll(log);
      disk.flipBit('/data/t-0/00000000000000000000.log', PRODUCER * ofProducer(0).length + 120);
      while (isKnown && !(await log.scrubSlice(1 << 20)));
      t.equal(log.vouchedOffset, 7, 'the producers are known');
      await log.truncateTo(4);
      t.same(log.damagedRanges, [{ fromOffset: 2, toOffset: 3 }]);
      t.equal(log.vouchedOffset, 2, 'they are not any more');
      if (stops) {
        await first.directory.close();
        ({ log } = await start(disk));
        knowsOfDamage(t, log, 'after a clean stop');
      }
      await mend(t, log, good);
      t.notOk(disk.exists(MARK));
    }
  }
});

t.test('a log says so when it vouches for more since retention took the damage along', async (t) => {
  const { log, directory } = await recoverDamaged(t, new FakeDisk());
  await append(log, [4, 5, 6, 7, 8]);
  t.equal(log.segmentCount, 2);
  log.updateHighWatermark(9);
  const told: number[] = [];
  log.onDurable(() => told.push(log.vouchedOffset));
  log.setConfig({ ...CONFIG, cleanupDelete: true, retentionBytes: 0 });
  t.match(await log.applyRetention(0), { segments: 2 });
  t.same([log.damagedRanges, log.vouchedOffset], [[], 9]);
  t.same(told, [9], 'nothing else would be heard of an idle partition');
  await directory.close();
});
