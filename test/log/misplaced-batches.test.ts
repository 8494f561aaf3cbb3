import fc from 'fast-check';
import t from 'tap';
import { GAPS_MARK } from '../../src/log/file-names.js';
import type { PartitionLog } from '../../src/log/partition-log.js';
import { batchBaseOffset } from '../../src/record/batch-header.js';
import { FakeDisk, Seeded } from './fake-disk.js';
import { logConfig, makeBatch, openDirectory, readAll, TOPIC_ID } from './support.js';

/** Batches of one size: a write that goes astray leaves whole ones, with right CRCs, at the wrong offsets. */
const SIZE = makeBatch({ valueBytes: 60 }).length;
const PER_SEGMENT = 12;
const BATCHES = 3 * PER_SEGMENT;
const CONFIG = logConfig({ segmentBytes: PER_SEGMENT * SIZE, indexIntervalBytes: 300 });

interface Misplaced {
  /** The batches from here on, `count` of them, stand in the places of those from `to` on, too. */
  readonly from: number;
  readonly to: number;
  readonly count: number;
}

function pathOf(segment: number): string {
  return `/data/t-0/${String(segment * PER_SEGMENT).padStart(20, '0')}.log`;
}

async function filled(): Promise<{ disk: FakeDisk; sent: Buffer[] }> {
  const disk = new FakeDisk();
  const { directory } = await openDirectory(disk.mount(), { cacheBytes: 0 });
  const log = await directory.openLog('t', 0, TOPIC_ID, CONFIG);
  for (let index = 0; index < BATCHES; index++) {
    const batch = { valueBytes: 60, fill: index, timestamp: 1_000 + index };
    log.appendAsLeader(makeBatch({ ...batch, producerId: 7, producerEpoch: 0, baseSequence: index }), 0);
  }
  await log.flush();
  const sent = await readAll(log);
  await directory.close();
  return { disk, sent };
}

function misplace(disk: FakeDisk, sent: readonly Buffer[], { from, to, count }: Misplaced): void {
  const moved = Buffer.concat(sent.slice(from, from + count));
  const segment = Math.floor(to / PER_SEGMENT);
  disk.overwrite(pathOf(segment), (to % PER_SEGMENT) * SIZE, moved);
}

/** What a replica does with damage: mends it in place, or cuts there and fetches on. Gives how often it did. */
async function mend(log: PartitionLog, sent: readonly Buffer[]): Promise<number> {
  let mended = 0;
  for (let [range] = log.damagedRanges; range !== undefined; [range] = log.damagedRanges) {
    const { fromOffset, toOffset } = range;
    if (fromOffset >= toOffset || ++mended > 20) throw new Error(`${fromOffset} to ${toOffset} cannot be asked for`);
    if (await log.repair(fromOffset, Buffer.concat(sent.slice(fromOffset, toOffset)))) continue;
    await log.truncateTo(fromOffset);
    for (const batch of sent.slice(log.endOffset)) log.appendAsFollower(Buffer.from(batch));
    await log.flush();
  }
  return mended;
}

/** Everything is read, mended and read again, until it is as it was. */
async function readAndMend(log: PartitionLog, sent: readonly Buffer[]): Promise<number> {
  let mended = 0;
  for (let offset = 0; offset < BATCHES;) {
    const found = await Promise.resolve(log.read(offset, 1, log.endOffset)).catch(() => undefined);
    const [batch] = found ?? [];
    if (batch === undefined) {
      const now = await mend(log, sent);
      if (now === 0) throw new Error(`nothing is served at ${offset}, and nothing is to mend`);
      mended += now;
      continue;
    }
    if (batchBaseOffset(batch, 0) !== offset) throw new Error(`${batchBaseOffset(batch, 0)} is served for ${offset}`);
    offset++;
  }
  return mended;
}

async function scrubAll(log: PartitionLog): Promise<void> {
  for (let slices = 0; !(await log.scrubSlice(5 * SIZE)); slices++) {
    if (slices > 200) throw new Error('the scrub does not come around');
  }
}

const MISPLACED = fc
  .record({
    from: fc.nat(BATCHES - 1),
    place: fc.nat(PER_SEGMENT - 1),
    segment: fc.nat(2),
    count: fc.integer({ min: 1, max: 5 }),
  })
  .map(({ from, place, segment, count }): Misplaced => {
    const fits = Math.min(count, PER_SEGMENT - place, BATCHES - from);
    return { from, to: segment * PER_SEGMENT + place, count: fits };
  })
  .filter(({ from, to }) => from !== to);

t.test('whole batches at the place of others are damage of what should be there, and mended', async (t) => {
  const { disk: whole, sent } = await filled();
  const files = [0, 1, 2].map((segment) => whole.bytesOf(pathOf(segment)));
  const ways = fc.constantFrom('read', 'scrub', 'clean start', 'recovery', 'cut', 'by time');
  await fc.assert(
    fc.asyncProperty(fc.array(MISPLACED, { minLength: 1, maxLength: 2 }), ways, async (misplaced, way) => {
      const disk = new FakeDisk();
      const first = await openDirectory(disk.mount(), { cacheBytes: 0 });
      let { directory } = first;
      let log = await directory.openLog('t', 0, TOPIC_ID, CONFIG);
      for (const batch of sent) log.appendAsFollower(Buffer.from(batch));
      await log.flush();
      if (way === 'clean start') await directory.close();
      if (way === 'recovery') {
        await directory.checkpoint();
        disk.crash(new Seeded(1), 'keepAll');
      }
      for (const each of misplaced) misplace(disk, sent, each);
      if (way === 'clean start' || way === 'recovery') {
        ({ directory } = await openDirectory(disk.mount(), { cacheBytes: 0 }));
        log = await directory.openLog('t', 0, TOPIC_ID, CONFIG);
        for (const batch of sent.slice(log.endOffset)) log.appendAsFollower(Buffer.from(batch));
        await log.flush();
      }
      if (way === 'scrub') {
        await scrubAll(log);
        if (log.damagedRanges.length === 0) throw new Error('the scrub found nothing');
        await mend(log, sent);
      }
      if (way === 'cut') {
        await log.truncateTo(BATCHES - 8);
        for (const batch of sent.slice(log.endOffset)) log.appendAsFollower(Buffer.from(batch));
        await log.flush();
      }
      if (way === 'by time') {
        for (const [offset] of sent.entries()) {
          const found = await log.offsetForTimestamp(1_000 + offset, BATCHES).catch(() => undefined);
          if (found !== undefined && found.offset !== offset) throw new Error(`${found.offset} for ${offset}`);
        }
      }
      await readAndMend(log, sent);
      await scrubAll(log);
      const isMended = log.damagedRanges.length === 0 && Buffer.concat(await readAll(log)).equals(Buffer.concat(sent));
      if (!isMended) throw new Error(`it is not as it was: ${JSON.stringify(log.damagedRanges)}`);
      const onDisk = [0, 1, 2].map((segment) => disk.bytesOf(pathOf(segment)));
      if (!Buffer.concat(onDisk).equals(Buffer.concat(files))) throw new Error('the files are not as they were');
      if (log.producerState.producers.get(7)?.lastSequence !== BATCHES - 1)
        throw new Error('the producer is not known');
    }),
    { numRuns: 300, seed: 1 },
  );
  t.pass('and served again');
});

// SEED=1795809911 SECONDS=3, at that time: a range without any offset was asked for again and again.
t.test(
  'where compaction may have left gaps, the scrub finds them as well, and what it finds can be mended',
  async (t) => {
    const { sent } = await filled();
    await fc.assert(
      fc.asyncProperty(MISPLACED, async (misplaced) => {
        const disk = new FakeDisk();
        const first = await openDirectory(disk.mount());
        const before = await first.directory.openLog('t', 0, TOPIC_ID, CONFIG);
        for (const batch of sent) before.appendAsFollower(Buffer.from(batch));
        await before.flush();
        await first.directory.close();
        disk.put(`/data/t-0/${GAPS_MARK}`, Buffer.alloc(0));
        misplace(disk, sent, misplaced);
        const { directory } = await openDirectory(disk.mount(), { cacheBytes: 0 });
        const log = await directory.openLog('t', 0, TOPIC_ID, CONFIG);
        let rounds = 0;
        do {
          if (++rounds > 10) throw new Error('it is never mended');
          await scrubAll(log);
        } while ((await mend(log, sent)) > 0);
        const now = await readAll(log);
        if (!Buffer.concat(now).equals(Buffer.concat(sent))) throw new Error('it is not as it was');
      }),
      { numRuns: 200, seed: 1 },
    );
    t.pass('all of it is as it was');
  },
);

t.test('a log is cut where a segment ends, whatever stands behind its last batch', async (t) => {
  for (const what of [makeBatch({ baseOffset: 5 }), Buffer.alloc(200, 0xff), makeBatch({ baseOffset: 99_999 })]) {
    for (const end of [PER_SEGMENT, PER_SEGMENT + 3]) {
      const { disk, sent } = await filled();
      disk.put(pathOf(0), Buffer.concat([disk.bytesOf(pathOf(0)), what]));
      const { directory } = await openDirectory(disk.mount(), { cacheBytes: 0 });
      const log = await directory.openLog('t', 0, TOPIC_ID, CONFIG);
      // The producers are replayed from the first segment on.
      for (const path of disk.paths('/data/t-0/')) if (path.endsWith('.snapshot')) await disk.unlink(path);
      await log.truncateTo(end);
      t.same([log.offline, log.endOffset, log.damagedRanges], [false, end, []]);
      t.same(await readAll(log), sent.slice(0, end));
      t.equal(log.producerState.producers.get(7)?.lastSequence, end - 1);
      for (const batch of sent.slice(end)) log.appendAsFollower(Buffer.from(batch));
      await log.flush();
      await scrubAll(log);
      t.same([await readAll(log), log.damagedRanges], [sent, []]);
    }
  }
});
