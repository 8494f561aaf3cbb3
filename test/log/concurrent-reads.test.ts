import t from 'tap';
import { BatchBuilder } from '../../src/record/batch-builder.js';
import { batchBaseOffset } from '../../src/record/batch-header.js';
import { FakeDisk, Seeded } from './fake-disk.js';
import { logConfig, ManualClock, makeBatch, openDirectory, settle, TOPIC_ID } from './support.js';

const START = 1_700_000_000_000;

async function finish<T>(disk: FakeDisk, random: Seeded, work: Promise<T>): Promise<T> {
  let done = false;
  const end = work.finally(() => (done = true));
  end.catch(() => undefined);
  for (let turn = 0; !done; turn++) {
    if (turn > 50_000) throw new Error('the disk work does not end');
    await settle(10);
    disk.runOne(random);
  }
  return end;
}

t.test('a search by time is right while compaction exchanges the segments under it', async (t) => {
  const config = logConfig({ segmentBytes: 900, indexIntervalBytes: 100, cleanupCompact: true, cleanupDelete: false });
  for (let seed = 0; seed < 15; seed++) {
    const random = new Seeded(seed);
    const disk = new FakeDisk();
    const { directory } = await openDirectory(disk, { cacheBytes: 0, clock: new ManualClock() });
    const log = await directory.openLog('t', 0, TOPIC_ID, config);
    for (let index = 0; index < 60; index++) {
      const builder = new BatchBuilder();
      builder.reset({}).append(START + index, `key ${index % 7}`, 'x'.repeat(30));
      log.appendAsLeader(builder.detach(), 0);
    }
    await log.flush();
    log.updateHighWatermark(60);
    disk.manual = true;
    const compacted = log.compact(START, 1 << 20);
    const found: Array<Promise<{ offset: number } | undefined>> = [];
    for (let turn = 0; turn < 12; turn++) {
      found.push(log.offsetForTimestamp(START + 57, 60));
      for (let step = 0; step < random.below(12); step++) {
        disk.runOne(random);
        await settle(10);
      }
    }
    await finish(disk, random, compacted);
    for (const one of found) t.equal((await finish(disk, random, one))?.offset, 57);
  }
});

t.test('damage that was measured while the log was cut fences off nothing of what is there now', async (t) => {
  const size = makeBatch({ valueBytes: 100 }).length;
  for (let before = 0; before < 40; before++) {
    const random = new Seeded(before);
    const disk = new FakeDisk();
    const { directory } = await openDirectory(disk, { cacheBytes: 0 });
    const log = await directory.openLog('t', 0, TOPIC_ID, logConfig());
    for (let index = 0; index < 20; index++) log.appendAsLeader(makeBatch({ valueBytes: 100 }), 0);
    await log.flush();
    disk.flipBit('/data/t-0/00000000000000000000.log', size * 15 + 80);
    disk.manual = true;
    const read = Promise.resolve(log.read(15, 1, 20)).catch(() => undefined);
    for (let step = 0; step < before >> 2; step++) {
      disk.runOne(random);
      await settle(1 + random.below(6));
    }
    await finish(disk, random, log.truncateTo(10));
    for (let index = 0; index < 12; index++) log.appendAsLeader(makeBatch({ valueBytes: 100 }), 1);
    await finish(disk, random, log.flush());
    await finish(disk, random, read);
    t.same(log.damagedRanges, [], `after ${before} steps`);
    if (log.damagedRanges.length > 0) break;
  }
});

// SEED=2541516225 SECONDS=3 without damage, at that time.
t.test('reads and the scrub find what compaction keeps, while it exchanges the segments under them', async (t) => {
  const config = logConfig({ segmentBytes: 900, indexIntervalBytes: 100, cleanupCompact: true, cleanupDelete: false });
  for (let seed = 0; seed < 60; seed++) {
    const random = new Seeded(seed);
    const disk = new FakeDisk();
    const { directory } = await openDirectory(disk, { cacheBytes: 0, clock: new ManualClock() });
    const log = await directory.openLog('t', 0, TOPIC_ID, config);
    // The first keys come once, later records replace one another: the last ones of the old files are what counts.
    for (let index = 0; index < 60; index++) {
      const builder = new BatchBuilder();
      const key = index % 3 === 0 ? `own ${index}` : `key ${index % 7}`;
      builder.reset({}).append(START + index, key, 'x'.repeat(30 + random.below(40)));
      log.appendAsLeader(builder.detach(), 0);
    }
    await log.flush();
    log.updateHighWatermark(60);
    disk.manual = true;
    const compacted = log.compact(START, 1 << 20);
    const reads: Array<readonly [offset: number, read: Promise<Buffer[]>]> = [];
    const scrubs: Array<Promise<boolean>> = [];
    for (let turn = 0; turn < 40; turn++) {
      const offset = 3 * random.below(18);
      reads.push([offset, Promise.resolve(log.read(offset, 1, 60))]);
      if (turn % 5 === 0) scrubs.push(log.scrubSlice(1 << 20));
      for (let step = 0; step < random.below(16); step++) {
        disk.runOne(random);
        await settle(10);
      }
    }
    await finish(disk, random, compacted);
    for (const [offset, read] of reads) {
      const [first] = await finish(disk, random, read);
      const found = first === undefined ? -1 : batchBaseOffset(first, 0);
      if (found !== offset) t.equal(found, offset, `seed ${seed}: the record that is its key's last`);
    }
    for (const scrub of scrubs) await finish(disk, random, scrub);
    t.same(log.damagedRanges, [], `seed ${seed}`);
  }
});
