import t from 'tap';
import type { PartitionLog } from '../../src/log/partition-log.js';
import { BatchBuilder } from '../../src/record/batch-builder.js';
import { batchBaseOffset } from '../../src/record/batch-header.js';
import { FakeDisk, Seeded } from './fake-disk.js';
import { logConfig, makeBatch, openDirectory, readAll, settle, TOPIC_ID } from './support.js';

const SMALL = logConfig({ segmentBytes: 500, indexIntervalBytes: 150 });
const FOLDER = '/data/t-0';

async function reopen(disk: FakeDisk, config = SMALL): Promise<PartitionLog> {
  const { directory } = await openDirectory(disk.mount(), { cacheBytes: 0 });
  return directory.openLog('t', 0, TOPIC_ID, config);
}

/** A log of five segments or so, synced; its recovery point is `checkpointedAt` batches in. */
async function synced(checkpointedAt: number): Promise<{ disk: FakeDisk; bases: number[] }> {
  const disk = new FakeDisk();
  const { directory } = await openDirectory(disk.mount());
  const log = await directory.openLog('t', 0, TOPIC_ID, SMALL);
  for (let index = 0; index < 24; index++) {
    if (index === checkpointedAt) {
      await log.flush();
      await directory.checkpoint();
    }
    log.appendAsLeader(makeBatch({ valueBytes: 30, fill: index }), 0);
  }
  await log.flush();
  if (checkpointedAt >= 24) await directory.checkpoint();
  disk.crash(new Seeded(1), 'keepAll');
  const names = (await disk.readDirectory(FOLDER)).filter((name) => name.endsWith('.log'));
  return { disk, bases: names.map((name) => Number(name.slice(0, 20))) };
}

function pathOf(base: number | undefined, suffix = '.log'): string {
  return `${FOLDER}/${String(base).padStart(20, '0')}${suffix}`;
}

t.test('a follower of a compacted leader recovers its gaps, whatever its settings say today', async (t) => {
  for (const how of ['keepAll', 'loseAll', 'mix', 'mix', 'mix', 'mix'] as const) {
    for (let seed = 0; seed < 8; seed++) {
      const random = new Seeded(seed);
      const disk = new FakeDisk();
      const { directory } = await openDirectory(disk.mount());
      const log = await directory.openLog('t', 0, TOPIC_ID, logConfig({ cleanupCompact: true }));
      disk.manual = how === 'mix';
      const offsets = [0, 1, 5, 6, 30, 31, 32, 90];
      for (const baseOffset of offsets) {
        log.appendAsFollower(makeBatch({ baseOffset, leaderEpoch: 0 }));
        for (let turn = 0; disk.manual && turn < random.below(8); turn++) {
          disk.runOne(random);
          await settle(20);
        }
      }
      if (how !== 'mix') await log.flush();
      const { durableOffset } = log;
      disk.manual = false;
      disk.crash(random, how);
      const again = await reopen(disk, logConfig());
      t.ok(again.endOffset >= durableOffset, `${how}: ${again.endOffset} of ${durableOffset}`);
      t.same(again.damagedRanges, []);
      t.notOk(again.truncatedByRecovery, 'gaps are no damage');
      const found = (await readAll(again)).map((batch) => batchBaseOffset(batch, 0));
      t.same(found, offsets.slice(0, found.length));
    }
  }
});

t.test('a gap that is wider than a segment can be begins a segment where the next batch does', async (t) => {
  const FAR = 2 ** 31;
  for (const offsets of [
    [FAR + 5, FAR + 6],
    [0, 1, FAR + 5, FAR + 6, 2 * FAR + 4, 4 * FAR],
  ]) {
    for (const how of ['one by one', 'together', 'crash'] as const) {
      const disk = new FakeDisk();
      const config = logConfig({ indexIntervalBytes: 50 });
      const { directory } = await openDirectory(disk.mount(), { cacheBytes: 0 });
      const log = await directory.openLog('t', 0, TOPIC_ID, config);
      const batches = offsets.map((baseOffset) => makeBatch({ baseOffset, leaderEpoch: 0 }));
      if (how === 'together') log.appendAsFollower(Buffer.concat(batches));
      else for (const batch of batches) log.appendAsFollower(batch);
      await log.flush();
      const check = async (found: PartitionLog, kept: readonly number[]): Promise<void> => {
        t.equal(found.endOffset, (kept.at(-1) ?? 0) + 1);
        t.same(
          (await readAll(found)).map((batch) => batchBaseOffset(batch, 0)),
          kept,
        );
        t.same(found.damagedRanges, []);
        t.equal(found.startOffset, 0);
      };
      await check(log, offsets);
      if (how === 'crash') disk.crash(new Seeded(1), 'loseAll');
      else await directory.close();
      const again = await reopen(disk, config);
      t.notOk(again.truncatedByRecovery);
      await check(again, offsets);
      await again.truncateTo(FAR + 6);
      await check(again, offsets.slice(0, offsets.indexOf(FAR + 6)));
      again.appendAsFollower(makeBatch({ baseOffset: 3 * FAR, leaderEpoch: 0 }));
      await again.flush();
      await check(again, [...offsets.slice(0, offsets.indexOf(FAR + 6)), 3 * FAR]);
    }
  }
});

t.test('a gap that waits to be written is noted even when a truncation takes its place in the queue', async (t) => {
  const random = new Seeded(5);
  for (let steps = 0; steps < 30; steps++) {
    const disk = new FakeDisk();
    const { directory } = await openDirectory(disk.mount());
    const log = await directory.openLog('t', 0, TOPIC_ID, SMALL);
    log.appendAsFollower(makeBatch({ baseOffset: 0, leaderEpoch: 0 }));
    await log.flush();
    disk.manual = true;
    for (const baseOffset of [7, 8, 9, 10, 11, 12, 13, 14])
      log.appendAsFollower(makeBatch({ baseOffset, valueBytes: 60, leaderEpoch: 0 }));
    for (let step = 0; step < steps; step++) {
      disk.runOne(random);
      await settle(10);
    }
    const cut = log.truncateTo(9);
    await settle(50);
    disk.manual = false;
    while (disk.waiting.length > 0) {
      disk.runOne(random);
      await settle(10);
    }
    await cut;
    await log.flush();
    disk.crash(random, 'keepAll');
    const again = await reopen(disk);
    t.equal(again.endOffset, 9);
    t.notOk(again.truncatedByRecovery);
  }
});

t.test(
  'what stands behind a gap is served, and its producers are known, before any of it is in the file',
  async (t) => {
    const disk = new FakeDisk();
    const { directory } = await openDirectory(disk.mount(), { cacheBytes: 0 });
    const log = await directory.openLog('t', 0, TOPIC_ID, SMALL);
    const append = (baseOffset: number, baseSequence: number): void =>
      log.appendAsFollower(makeBatch({ baseOffset, valueBytes: 60, leaderEpoch: 0, producerId: 5, baseSequence }));
    append(0, 0);
    await log.flush();
    disk.manual = true;
    for (let index = 1; index <= 9; index++) append(10 + index, index);
    t.ok(log.segmentCount > 2);
    const found = log.read(1, 1, log.endOffset);
    t.same(found instanceof Promise ? 'read from the file' : found.map((batch) => batchBaseOffset(batch, 0)), [11]);
    const cut = log.truncateTo(19);
    await settle(50);
    disk.manual = false;
    while (disk.waiting.length > 0) {
      disk.runOne(new Seeded(1));
      await settle(10);
    }
    await cut;
    t.equal(log.endOffset, 19);
    t.equal(log.producerState.producers.get(5)?.lastSequence, 8);
    await log.flush();
    disk.crash(new Seeded(1), 'loseAll');
    t.equal((await reopen(disk)).producerState.producers.get(5)?.lastSequence, 8);
  },
);

t.test('a compacted log that becomes an ordinary one recovers its gaps', async (t) => {
  const config = logConfig({
    segmentBytes: 900,
    cleanupCompact: true,
    cleanupDelete: false,
    minCleanableDirtyRatio: 0,
  });
  const disk = new FakeDisk();
  const { directory, clock } = await openDirectory(disk.mount());
  const log = await directory.openLog('t', 0, TOPIC_ID, config);
  for (let index = 0; index < 60; index++) {
    const builder = new BatchBuilder();
    builder.reset({}).append(1_700_000_000_000, `key ${index % 5}`, 'x'.repeat(30));
    log.appendAsLeader(builder.detach(), 0);
  }
  await log.flush();
  log.updateHighWatermark(60);
  await log.compact(clock.wallMs(), 1 << 20);
  const kept = await readAll(log);
  t.ok(kept.length < 40);
  disk.crash(new Seeded(1), 'keepAll');
  const again = await reopen(disk, logConfig());
  t.notOk(again.truncatedByRecovery);
  t.same(again.damagedRanges, []);
  t.same(await readAll(again), kept);
});

// SEED=359 SECONDS=6, at that time: a log ended at 2^46, and what followed was dropped.
t.test('a gap where nothing was compacted is damage, though compaction is on today', async (t) => {
  const { disk } = await synced(24);
  const size = makeBatch({ valueBytes: 30 }).length;
  const last = Math.max(...(await synced(24)).bases);
  // The base offset of the segment's third batch.
  disk.flipBit(pathOf(last), size * 2 + 5);
  const again = await reopen(disk, { ...SMALL, cleanupCompact: true });
  t.match(again.damagedRanges, [{ fromOffset: last + 2 }]);
});

/** What a disk does to the end of the segment at `base`, and how many batches it leaves of it. */
type Harm = readonly [what: string, harm: (disk: FakeDisk, base: number) => void | Promise<void>, left: number];
const SIZE = makeBatch({ valueBytes: 30 }).length;
const HARMS: readonly Harm[] = [
  ['shorter by a batch', (disk, base) => disk.put(pathOf(base), disk.bytesOf(pathOf(base)).subarray(0, SIZE * 2)), 2],
  ['shorter by half', (disk, base) => disk.put(pathOf(base), disk.bytesOf(pathOf(base)).subarray(0, SIZE + 70)), 1],
  ['zeros at its end', (disk, base) => disk.put(pathOf(base), disk.bytesOf(pathOf(base)).fill(0, SIZE)), 1],
  ['gone', (disk, base) => disk.unlink(pathOf(base)), 0],
];

t.test(
  'recovery takes a segment that does not reach the next one for a loss, says so, and drops what follows',
  async (t) => {
    for (const [what, harm, left] of HARMS) {
      const { disk, bases } = await synced(1);
      const base = bases[2] ?? 0;
      await harm(disk, base);
      const again = await reopen(disk);
      t.equal(again.endOffset, base + left, what);
      t.ok(again.truncatedByRecovery, `${what}: the replica is marked`);
      t.equal((await readAll(again)).length, base + left);
      again.appendAsLeader(makeBatch(), 1);
      await again.flush();
    }
  },
);

/** As a recovery of several segments leaves it: the next one reads them all again for the producers. */
async function withoutSnapshots(disk: FakeDisk): Promise<void> {
  for (const name of await disk.readDirectory(FOLDER)) {
    if (name.endsWith('.snapshot')) await disk.unlink(`${FOLDER}/${name}`);
  }
}

t.test('nothing that follows goes for a loss below the recovery point', async (t) => {
  const flips: readonly Harm[] = [
    ['a bit of its last batch', (disk, base) => disk.flipBit(pathOf(base), disk.bytesOf(pathOf(base)).length - 5), 4],
    ['all of its bytes', (disk, base) => disk.put(pathOf(base), disk.bytesOf(pathOf(base)).fill(7)), 0],
  ];
  for (const [what, harm, left] of [...HARMS, ...flips]) {
    const { disk, bases } = await synced(24);
    const [, base = 0, next = 0] = bases;
    const path = pathOf(base);
    const good = disk.bytesOf(path);
    await withoutSnapshots(disk);
    await harm(disk, base);
    const harmed = what !== 'gone' && disk.bytesOf(path).length === good.length;
    const again = await reopen(disk);
    t.equal(again.endOffset, 24, `${what}: nothing is dropped`);
    // Without a file the segment before it has to reach the one behind it.
    t.same(again.damagedRanges, [{ fromOffset: base + left, toOffset: next }], what);
    t.equal(again.vouchedOffset, base + left, what);
    t.ok(again.truncatedByRecovery, `${what}: the replica is marked`);
    t.equal((await readAll(again, next)).length, 24 - next, `${what}: what follows is served`);
    t.equal((await again.read(0, 1 << 20, 1)).length, 1);
    await t.rejects(readAll(again), { code: 'CORRUPT_MESSAGE' }, what);
    t.equal(await again.repair(base + left, good.subarray(SIZE * left)), harmed, `${what}: mended where there is room`);
    if (harmed) t.equal((await readAll(again)).length, 24, what);
    else await again.truncateTo(base + left);
    t.same([again.damagedRanges, again.vouchedOffset], [[], harmed ? 24 : base + left], what);
  }
});

t.test('epochs that begin in damage at the end of a segment begin there, whatever follows', async (t) => {
  const config = logConfig({ segmentBytes: SIZE * 2 });
  for (const [follows, epochs, kept] of [
    ['others', [0, 1, 2, 3, 3], 5],
    ['more of it', [0, 1, 1, 1, 1], 5],
    ['what is cut', [0, 1, 1], 2],
  ] as const) {
    const disk = new FakeDisk();
    const { directory } = await openDirectory(disk.mount());
    const log = await directory.openLog('t', 0, TOPIC_ID, config);
    for (const [offset, epoch] of epochs.entries()) {
      log.appendAsLeader(makeBatch({ valueBytes: 30 }), epoch);
      if (offset >= kept) continue;
      await log.flush();
      await directory.checkpoint();
    }
    await log.flush();
    const { epochs: before } = log;
    disk.crash(new Seeded(1), 'keepAll');
    await withoutSnapshots(disk);
    // The last batch of the first segment, and the first one of the second.
    disk.flipBit(pathOf(0), SIZE + 70);
    disk.flipBit(pathOf(2), 70);
    const again = await reopen(disk, config);
    t.match(again.damagedRanges[0], { fromOffset: 1, toOffset: 2 }, follows);
    t.equal(again.endOffset, kept, follows);
    t.same(again.epochs, before, follows);
    t.same(again.endOffsetForEpoch(0), { epoch: 0, endOffset: 1 }, follows);
  }
});

t.test('preallocated space at the end of a closed segment is no loss', async (t) => {
  const { disk, bases } = await synced(1);
  const path = pathOf(bases[1]);
  disk.put(path, Buffer.concat([disk.bytesOf(path), Buffer.alloc(300)]));
  const again = await reopen(disk);
  t.equal(again.endOffset, 24);
  t.notOk(again.truncatedByRecovery);
});

t.test('a log whose files are gone says so', async (t) => {
  const { disk, bases } = await synced(24);
  for (const base of bases) await disk.unlink(pathOf(base));
  const again = await reopen(disk);
  t.equal(again.endOffset, 0);
  t.ok(again.truncatedByRecovery);
  const fresh = await openDirectory(new FakeDisk());
  t.notOk((await fresh.directory.openLog('t', 0, TOPIC_ID, SMALL)).truncatedByRecovery, 'unlike a new one');
});

t.test('a hole below the recovery point is found when it is read, and never stepped over', async (t) => {
  const size = makeBatch({ valueBytes: 30 }).length;
  for (const left of [0, 1, 2]) {
    const { disk, bases } = await synced(24);
    const [, base = 0, next = 0] = bases;
    if (left === 0) await disk.unlink(pathOf(base));
    else disk.put(pathOf(base), disk.bytesOf(pathOf(base)).subarray(0, size * left));
    const again = await reopen(disk);
    await t.rejects(readAll(again), { code: 'CORRUPT_MESSAGE' });
    const end = base + left;
    t.same(again.damagedRanges, [{ fromOffset: end, toOffset: next }]);
    t.equal((await again.read(end - 1, 1, 24)).length, 1, 'what comes before is served');
    t.ok((await readAll(again, next)).length > 0, 'and what follows');
    t.notOk(await again.repair(end, Buffer.alloc(0)), 'there is no place to mend');
    await again.truncateTo(end + 1);
    t.equal(again.endOffset, end, 'a cut within the hole ends before it');
    t.same(again.damagedRanges, []);
    t.equal((await readAll(again)).length, end);
  }
});
