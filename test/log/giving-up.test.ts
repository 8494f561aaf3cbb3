import t from 'tap';
import type { Test } from 'tap';
import type { PartitionLog } from '../../src/log/partition-log.js';
import type { RangeToGiveUp } from '../../src/log/give-up.js';
import { batchBaseOffset, batchNextOffset, batchRecordCount } from '../../src/record/batch-header.js';
import { crashAtEachStep, type CrashTrial } from './crash-steps.js';
import { FakeDisk, Seeded } from './fake-disk.js';
import { logConfig, makeBatch, openDirectory, readAll, settle, TOPIC_ID } from './support.js';

const FOLDER = '/data/t-0';
const RECORDS = 2;
const BATCHES = 12;
const END = BATCHES * RECORDS;
const TIME_MS = 1_700_000_000_000;
/** The leader epoch of each batch. */
const EPOCHS = Array.from({ length: BATCHES }, (_, index) => (index < 6 ? 0 : 3));

function batchOf(index: number, producerId = 7): Buffer {
  return makeBatch({
    records: RECORDS,
    valueBytes: 30,
    fill: index,
    timestamp: TIME_MS + index,
    producerId,
    baseSequence: index * RECORDS,
  });
}

const SIZE = batchOf(0).length;
/** Five batches a segment: two are closed, and the active one has the last two batches. */
const CONFIG = logConfig({ segmentBytes: 5 * SIZE, indexIntervalBytes: SIZE });

async function fill(log: PartitionLog, contentAt = batchOf): Promise<Buffer[]> {
  for (const [index, epoch] of EPOCHS.entries()) log.appendAsLeader(contentAt(index), epoch);
  await log.flush();
  log.updateHighWatermark(END);
  return (await readAll(log)).map((batch) => Buffer.from(batch));
}

function damage(disk: FakeDisk, indexes: readonly number[]): void {
  for (const index of indexes) {
    const segment = index - (index % 5);
    const path = `${FOLDER}/${String(segment * RECORDS).padStart(20, '0')}.log`;
    disk.flipBit(path, (index - segment) * SIZE + SIZE - 5);
  }
}

async function scrub(log: PartitionLog): Promise<void> {
  while (!(await log.scrubSlice(1 << 20)));
}

async function damagedLog(disk: FakeDisk, indexes: readonly number[]) {
  const { directory, clock } = await openDirectory(disk.mount(), { cacheBytes: 0 });
  const log = await directory.openLog('t', 0, TOPIC_ID, CONFIG);
  const good = await fill(log);
  await directory.checkpoint();
  damage(disk, indexes);
  await scrub(log);
  return { directory, clock, log, good };
}

/** Until it is done, as it is tried again: a segment that was active has to be on the disk first. */
async function giveUp(log: PartitionLog, ranges: readonly RangeToGiveUp[]): Promise<unknown[]> {
  const lost: unknown[] = [];
  for (let tries = 0; tries < 3 && log.damagedRanges.length > 0; tries++) {
    lost.push(...(await log.giveUp(ranges, () => true)));
    await log.flush();
  }
  return lost;
}

const shape = (batches: readonly Buffer[]): unknown[] =>
  batches.map((batch) => [batchBaseOffset(batch, 0), batchNextOffset(batch, 0), batchRecordCount(batch, 0)]);

async function checkGivenUp(t: Test, log: PartitionLog, good: readonly Buffer[], epochs: unknown): Promise<void> {
  const batches = await readAll(log);
  t.same(shape(batches), [
    [0, 2, 2],
    [2, 4, 0],
    [4, 6, 2],
    [6, 8, 2],
    [8, 10, 2],
    [10, 12, 0],
    ...[6, 7, 8, 9].map((index) => [index * 2, index * 2 + 2, 2]),
    [20, 24, 0],
  ]);
  for (const batch of batches) {
    if (batchRecordCount(batch, 0) > 0) t.ok(good[batchBaseOffset(batch, 0) / 2]?.equals(batch));
  }
  t.equal(log.endOffset, END);
  t.same(log.epochs, epochs);
  t.same(log.damagedRanges, []);
}

t.test('what is lost is empty batches, and all else is as it was', async (t) => {
  const disk = new FakeDisk();
  const { directory, log, good } = await damagedLog(disk, [1, 5, 6, 10, 11]);
  const { epochs } = log;
  const ranges = [
    { fromOffset: 2, toOffset: 4, batches: [] },
    { fromOffset: 10, toOffset: 14, batches: [good[6] ?? Buffer.alloc(0)] },
    { fromOffset: 20, toOffset: 24, batches: [] },
  ];
  t.same(
    log.damagedRanges,
    ranges.map(({ fromOffset, toOffset }) => ({ fromOffset, toOffset })),
  );
  t.same(
    await giveUp(log, ranges),
    [
      { fromOffset: 2, toOffset: 4 },
      { fromOffset: 10, toOffset: 12 },
      { fromOffset: 20, toOffset: 24 },
    ],
    'one was elsewhere',
  );
  await checkGivenUp(t, log, good, epochs);
  t.equal(log.highWatermark, END);
  t.match(await log.offsetForTimestamp(TIME_MS + 1, END), { offset: 4 }, 'the first record at or after that time');
  t.equal(await disk.stat(`${FOLDER}/may-have-gaps`), undefined, 'a gap is damage, as before');
  await scrub(log);
  t.same(log.damagedRanges, []);

  const follower = await (await openDirectory(new FakeDisk())).directory.openLog('t', 0, TOPIC_ID, CONFIG);
  follower.appendAsFollower(Buffer.concat(await readAll(log)));
  t.same(follower.epochs, epochs);
  for (const replica of [follower, log]) {
    t.equal(replica.producerState.producers.get(7)?.lastSequence, 19);
    t.match(replica.appendAsLeader(batchOf(7), 3), { duplicateOf: { firstOffset: 14 } }, 'what is left is known');
  }

  await log.flush();
  await directory.checkpoint();
  disk.crash(new Seeded(1), 'keepAll');
  const again = await openDirectory(disk.mount(), { cacheBytes: 0 });
  const reopened = await again.directory.openLog('t', 0, TOPIC_ID, CONFIG);
  await checkGivenUp(t, reopened, good, epochs);
  t.notOk(reopened.truncatedByRecovery, 'nothing is the matter with it');
  t.equal(reopened.producerState.producers.get(7)?.lastSequence, 19);
  t.match(reopened.appendAsLeader(batchOf(10), 3), { firstOffset: END }, 'a retry of what is lost is news');
});

t.test('segments that end while records are given up write down what is left of the producers', async (t) => {
  for (let seed = 0; seed < 40; seed++) {
    const disk = new FakeDisk();
    const random = new Seeded(seed);
    const { directory, log } = await damagedLog(disk, [10, 11]);
    const ranges = [{ fromOffset: 20, toOffset: 24, batches: [] }];
    t.same(await log.giveUp(ranges, () => true), [], 'what was active is to be on the disk first');
    await log.flush();
    disk.manual = true;
    let lost: unknown;
    void log.giveUp(ranges, () => true).then((gone) => (lost = gone));
    const begins = random.below(20);
    let others = 0;
    for (let turn = 0; lost === undefined; turn++) {
      if (turn >= begins && others < 18) {
        const batch = { records: RECORDS, valueBytes: 30, producerId: 8, baseSequence: others++ * RECORDS };
        log.appendAsLeader(makeBatch(batch), 3);
      }
      await settle(40);
      disk.runOne(random);
    }
    disk.manual = false;
    while (disk.runOne(random));
    t.match(lost, [{ fromOffset: 20, toOffset: 24 }]);
    await log.flush();
    await directory.checkpoint();
    disk.crash(random, 'keepAll');
    const again = await openDirectory(disk.mount(), { cacheBytes: 0 });
    const { producers } = (await again.directory.openLog('t', 0, TOPIC_ID, CONFIG)).producerState;
    t.equal(producers.get(7)?.lastSequence, 19, `seed ${seed}: a retry of what is lost is news`);
    t.equal(producers.get(8)?.lastSequence, others === 0 ? undefined : others * RECORDS - 1);
  }
});

t.test('a leader epoch that begins in what is lost begins where it did', async (t) => {
  const disk = new FakeDisk();
  const { log } = await damagedLog(disk, [5, 6]);
  const { epochs } = log;
  t.same(await giveUp(log, [{ fromOffset: 10, toOffset: 14, batches: [] }]), [{ fromOffset: 10, toOffset: 14 }]);
  const follower = await (await openDirectory(new FakeDisk())).directory.openLog('t', 0, TOPIC_ID, CONFIG);
  follower.appendAsFollower(Buffer.concat(await readAll(log)));
  t.same(follower.epochs, epochs);
  t.same(shape((await readAll(follower)).slice(5, 7)), [
    [10, 12, 0],
    [12, 14, 0],
  ]);
});

t.test('nothing is given up where more of the segment is damaged, or the caller leads no more', async (t) => {
  const disk = new FakeDisk();
  const { log } = await damagedLog(disk, [1, 3]);
  const both = [2, 6].map((fromOffset) => ({ fromOffset, toOffset: fromOffset + 2, batches: [] }));
  const before = await disk.readDirectory(FOLDER);
  t.same(await log.giveUp(both.slice(1), () => true), []);
  t.same(await log.giveUp([{ fromOffset: 2, toOffset: 8, batches: [] }], () => true), [], 'another range');
  t.same(await log.giveUp(both, () => false), []);
  t.equal(log.damagedRanges.length, 2);
  t.same(await disk.readDirectory(FOLDER), before, 'nothing is left of a copy');
  // What was deleted is not asked for.
  log.deleteRecordsBefore(4);
  t.same(await log.giveUp(both.slice(1), () => true), [{ fromOffset: 6, toOffset: 8 }]);
  t.same(log.damagedRanges, []);
});

t.test('where compaction left gaps, what is lost takes the offsets up to the next batch', async (t) => {
  const disk = new FakeDisk();
  const { directory } = await openDirectory(disk.mount(), { cacheBytes: 0 });
  const log = await directory.openLog('t', 0, TOPIC_ID, CONFIG);
  for (const baseOffset of [0, 4, 10, 12, 30]) log.appendAsFollower(makeBatch({ baseOffset, leaderEpoch: 0 }));
  await log.flush();
  disk.flipBit(`${FOLDER}/00000000000000000000.log`, 2 * makeBatch().length + 70);
  await scrub(log);
  t.same(log.damagedRanges, [{ fromOffset: 5, toOffset: 12 }]);
  t.same(await giveUp(log, [{ fromOffset: 5, toOffset: 12, batches: [] }]), [{ fromOffset: 5, toOffset: 12 }]);
  t.same(shape(await readAll(log)), [
    [0, 1, 1],
    [4, 5, 1],
    [5, 12, 0],
    [12, 13, 1],
    [30, 31, 1],
  ]);
});

/** One batch is all that its producer wrote. */
const withAnother = (index: number): Buffer => (index === 8 ? batchOf(0, 9) : batchOf(index > 8 ? index - 1 : index));

/** The log after a crash, some of whose bytes the disk has lost: of the first segment's fourth batch on, or the whole second. */
async function shortened(what: 'end of a segment' | 'segment' | 'both', recoveryFindsIt: boolean) {
  const disk = new FakeDisk();
  const { directory } = await openDirectory(disk.mount(), { cacheBytes: 0 });
  const log = await directory.openLog('t', 0, TOPIC_ID, CONFIG);
  const good = await fill(log, withAnother);
  const { epochs } = log;
  await directory.checkpoint();
  disk.crash(new Seeded(1), 'keepAll');
  const [first, second] = [0, 10].map((base) => `${FOLDER}/${String(base).padStart(20, '0')}`);
  if (what !== 'segment') disk.put(`${first}.log`, disk.bytesOf(`${first}.log`).subarray(0, 3 * SIZE + 10));
  if (what !== 'end of a segment')
    for (const suffix of ['log', 'index', 'timeindex']) await disk.unlink(`${second}.${suffix}`);
  // Without them it reads the whole log.
  const snapshots = (await disk.readDirectory(FOLDER)).filter((name) => name.endsWith('.snapshot'));
  if (recoveryFindsIt) for (const name of snapshots) await disk.unlink(`${FOLDER}/${name}`);
  const again = await openDirectory(disk.mount(), { cacheBytes: 0 });
  const reopened = await again.directory.openLog('t', 0, TOPIC_ID, CONFIG);
  if (recoveryFindsIt) t.equal(reopened.damagedRanges.length, 1);
  await scrub(reopened);
  // A hole between segments is found by who reads there.
  if (reopened.damagedRanges.length === 0) await t.rejects(readAll(reopened), { code: 'CORRUPT_MESSAGE' });
  return { disk, good, epochs, log: reopened };
}

async function* oneByOne(batches: readonly Buffer[], fails = false): AsyncGenerator<Buffer, void, undefined> {
  for (const one of batches) {
    await settle(1);
    yield one;
  }
  if (fails) throw new Error('nobody answers any more');
}

t.test('bytes that are gone come back from those who have them, and nothing is lost', async (t) => {
  const places = { 'end of a segment': [6, 10], segment: [10, 20], both: [6, 20] } as const;
  const cases = (['end of a segment', 'segment', 'both'] as const).flatMap((what) =>
    [false, true].map((recoveryFindsIt) => ({ what, recoveryFindsIt })),
  );
  for (const { what, recoveryFindsIt } of cases) {
    const [fromOffset, toOffset] = places[what];
    const { disk, good, epochs, log } = await shortened(what, recoveryFindsIt);
    t.same(log.damagedRanges, [{ fromOffset, toOffset }], what);
    const missing = good.slice(fromOffset / RECORDS, toOffset / RECORDS);
    t.notOk(await log.repair(fromOffset, Buffer.concat(missing)), 'there is no place for it');

    const before = await disk.readDirectory(FOLDER);
    const endsEarly = { fromOffset, toOffset, batches: oneByOne(missing.slice(0, -1), true) };
    t.same(await log.giveUp([endsEarly], () => true), []);
    t.same(log.damagedRanges, [{ fromOffset, toOffset }], 'it is not given up for that');
    t.same(await disk.readDirectory(FOLDER), before);
    const elsewhere = { fromOffset, toOffset, batches: good.slice(fromOffset / RECORDS - 1) };
    t.same(await log.giveUp([elsewhere], () => true), []);
    t.same(log.damagedRanges.length, 1, 'nor replaced by what is not of it');

    t.same(await giveUp(log, [{ fromOffset, toOffset, batches: oneByOne(missing) }]), []);
    const check = async (found: PartitionLog): Promise<void> => {
      t.same(found.damagedRanges, []);
      t.same(await readAll(found), good);
      t.same(found.epochs, epochs);
      t.equal(found.vouchedOffset, END);
      t.match(found.appendAsLeader(withAnother(11), 3), { duplicateOf: { firstOffset: 22 } });
      t.match(found.appendAsLeader(withAnother(8), 3), { duplicateOf: { firstOffset: 16 } }, 'a retry is known');
    };
    await check(log);
    await scrub(log);
    t.same(log.damagedRanges, []);
    t.notOk(disk.exists(`${FOLDER}/recovery-damaged`));
    disk.crash(new Seeded(1), 'loseAll');
    await check(
      await (await openDirectory(disk.mount(), { cacheBytes: 0 })).directory.openLog('t', 0, TOPIC_ID, CONFIG),
    );
  }
});

t.test('what is in memory is told', async (t) => {
  const { directory } = await openDirectory(new FakeDisk());
  const log = await directory.openLog('t', 0, TOPIC_ID, CONFIG);
  await fill(log);
  t.equal(log.inMemoryFrom, 0);
  const other = await openDirectory(new FakeDisk(), { cacheBytes: 0 });
  const uncached = await other.directory.openLog('t', 0, TOPIC_ID, CONFIG);
  await fill(uncached);
  t.equal(uncached.inMemoryFrom, END);
});

t.test('a crash at any point leaves the damage, or what takes its place', async (t) => {
  for (const how of ['mix', 'loseAll', 'keepAll'] as const) {
    const seen = new Set<string>();
    const prepare = async (disk: FakeDisk, step: number): Promise<CrashTrial> => {
      const { log, good } = await damagedLog(disk, [1, 10]);
      // Every other time, others have it.
      const isWhole = step % 2 === 1;
      const ranges = [2, 20].map((fromOffset) => {
        const index = fromOffset / RECORDS;
        return { fromOffset, toOffset: fromOffset + RECORDS, batches: isWhole ? good.slice(index, index + 1) : [] };
      });
      const check = async (): Promise<void> => {
        const { directory } = await openDirectory(disk.mount(), { cacheBytes: 0 });
        const reopened = await directory.openLog('t', 0, TOPIC_ID, CONFIG);
        await scrub(reopened);
        t.equal(reopened.endOffset, END);
        const isDamaged = new Set(reopened.damagedRanges.map(({ fromOffset }) => fromOffset));
        seen.add([...isDamaged].join());
        for (const [index, batch] of good.entries()) {
          if (isDamaged.has(index * 2)) continue;
          const found = (await reopened.read(index * 2, 1, END))[0];
          const wanted = !isWhole && (index === 1 || index === 10) ? 0 : 2;
          t.same(found && shape([found]), [[index * 2, index * 2 + 2, wanted]], `${how} after ${step} calls`);
          if (wanted > 0) t.ok(found?.equals(batch));
        }
      };
      return { work: () => giveUp(log, ranges), check };
    };
    const crashes = await crashAtEachStep({ how, prepare });
    t.ok(crashes > 20, `${crashes} crashes`);
    t.ok(seen.has('2,20') && seen.has('20'), [...seen].join('; '));
  }
});
