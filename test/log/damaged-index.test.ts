import t from 'tap';
import type { PartitionLog } from '../../src/log/partition-log.js';
import { MAX_TIMESTAMP } from '../../src/log/time-lookup.js';
import { CRC_AT } from '../../src/record/batch-header.js';
import { BatchBuilder } from '../../src/record/batch-builder.js';
import { FakeDisk, Seeded } from './fake-disk.js';
import { logConfig, makeBatch, openDirectory, readAll, TOPIC_ID } from './support.js';

const START = 1_700_000_000_000;
const BATCHES = 20;
const CONFIG = logConfig({ segmentBytes: 1300, indexIntervalBytes: 300, retentionMs: Infinity });

/** A log of two segments, closed cleanly; timestamps rise by ten with every batch. */
async function closedLog(): Promise<{ disk: FakeDisk; sent: Buffer[]; bases: string[] }> {
  const disk = new FakeDisk();
  const { directory } = await openDirectory(disk);
  const log = await directory.openLog('t', 0, TOPIC_ID, CONFIG);
  const sent: Buffer[] = [];
  for (let index = 0; index < BATCHES; index++) {
    const batch = makeBatch({
      valueBytes: 60,
      fill: index,
      timestamp: START + index * 10,
      producerId: 7,
      baseSequence: index,
    });
    log.appendAsLeader(batch, 0);
    sent.push(Buffer.from(batch));
  }
  t.equal(log.segmentCount, 2);
  log.updateHighWatermark(BATCHES);
  await directory.close();
  const names = await disk.readDirectory('/data/t-0');
  return { disk, sent, bases: names.filter((name) => name.endsWith('.log')).map((name) => name.slice(0, 20)) };
}

/** A copy of the files, so that each bit is flipped in a log of its own. */
async function copyOf(disk: FakeDisk): Promise<FakeDisk> {
  const copy = new FakeDisk();
  for (const folder of ['/data', '/data/t-0']) {
    for (const name of await disk.readDirectory(folder)) {
      const path = `${folder}/${name}`;
      if (!(await disk.stat(path))?.isDirectory) copy.put(path, disk.bytesOf(path));
    }
  }
  return copy;
}

type Use = (log: PartitionLog, sent: readonly Buffer[]) => Promise<unknown>;

/** Does `use` on a log with each bit of its indexes flipped, and expects what it gives on a good one. */
async function flipEach(suffix: string, use: Use): Promise<void> {
  const { disk, sent, bases } = await closedLog();
  const run = async (on: FakeDisk): Promise<unknown> => {
    const { directory } = await openDirectory(on, { cacheBytes: 0 });
    const log = await directory.openLog('t', 0, TOPIC_ID, CONFIG);
    const found = await use(log, sent).catch((error: unknown) => `rejected: ${String(error)}`);
    return { found, damaged: log.damagedRanges };
  };
  const expected = await run(await copyOf(disk));
  t.match(expected, { damaged: [] });
  let wrong = 0;
  for (const [which, base] of bases.entries()) {
    const path = `/data/t-0/${base}${suffix}`;
    const bits = disk.bytesOf(path).length * 8;
    t.ok(bits >= 2 * 64, `${path} has entries to damage`);
    for (let bit = 0; bit < bits; bit++) {
      const damaged = await copyOf(disk);
      damaged.flipBit(path, bit >> 3, bit & 7);
      const found = await run(damaged);
      if (JSON.stringify(found) === JSON.stringify(expected)) continue;
      // One of them tells enough.
      if (wrong++ === 0) t.same(found, expected, `segment ${which}, ${suffix}, bit ${bit}`);
    }
  }
  t.equal(wrong, 0, `${wrong} bits of ${suffix} lead astray`);
}

t.test('a flipped bit in an index is no damage of the log: reads', async () => {
  const readEach: Use = async (log) => {
    const found: number[] = [];
    for (let offset = 0; offset < BATCHES; offset++) {
      const [first] = await log.read(offset, 1, BATCHES);
      found.push(first?.readUInt32BE(CRC_AT) ?? -1);
    }
    return found;
  };
  for (const suffix of ['.index', '.timeindex']) await flipEach(suffix, readEach);
});

t.test('a flipped bit in an index does not move a truncation', async () => {
  const truncate =
    (offset: number): Use =>
    async (log) => {
      await log.truncateTo(offset);
      log.appendAsLeader(makeBatch({ valueBytes: 5, timestamp: START + 5000 }), 1);
      await log.flush();
      const all = (await readAll(log)).map((batch) => batch.readUInt32BE(CRC_AT));
      const producer = log.producerState.producers.get(7);
      const latest = await log.offsetForTimestamp(MAX_TIMESTAMP, log.endOffset);
      return [log.endOffset, log.epochs, all, producer?.lastSequence, latest];
    };
  for (const suffix of ['.index', '.timeindex']) {
    await flipEach(suffix, truncate(BATCHES - 3));
    await flipEach(suffix, truncate(9));
  }
});

t.test('a flipped bit in an index does not hide a record from a search by time', async () => {
  const search: Use = async (log) => {
    const found: unknown[] = [];
    for (let time = START - 5; time < START + BATCHES * 10 + 5; time += 10) {
      found.push((await log.offsetForTimestamp(time, BATCHES))?.offset);
    }
    for (const upTo of [BATCHES, BATCHES - 1, 7]) {
      found.push((await log.offsetForTimestamp(MAX_TIMESTAMP, upTo))?.offset);
    }
    return found;
  };
  for (const suffix of ['.index', '.timeindex']) await flipEach(suffix, search);
});

t.test('a flipped bit in a time index neither removes a segment early nor keeps it', async () => {
  const retain: Use = async (log) => {
    log.setConfig({ ...CONFIG, retentionMs: 1000 });
    const removed: unknown[] = [];
    for (const nowMs of [START + 1050, START + 1000 + BATCHES * 10]) removed.push(await log.applyRetention(nowMs));
    return [removed, log.startOffset];
  };
  for (const suffix of ['.index', '.timeindex']) await flipEach(suffix, retain);
});

t.test('a flipped bit in an index does not stop compaction', async () => {
  const compacted: Use = async (log) => {
    log.setConfig({ ...CONFIG, cleanupCompact: true, minCleanableDirtyRatio: 0 });
    for (let index = 0; index < 8; index++) {
      const builder = new BatchBuilder();
      builder.reset({}).append(START + 900, 'key', 'x'.repeat(300));
      log.appendAsLeader(builder.detach(), 1);
    }
    await log.flush();
    log.updateHighWatermark(log.endOffset);
    await log.compact(START, 1 << 20);
    return [log.cleanedOffset, log.sizeBytes, (await readAll(log)).map((batch) => batch.readUInt32BE(CRC_AT))];
  };
  for (const suffix of ['.index', '.timeindex']) await flipEach(suffix, compacted);
});

t.test('a recovery is not misled by a flipped bit in an index of a segment that it does not read', async () => {
  const disk = new FakeDisk();
  const { directory } = await openDirectory(disk.mount());
  const log = await directory.openLog('t', 0, TOPIC_ID, CONFIG);
  for (let index = 0; index < BATCHES; index++) {
    log.appendAsLeader(makeBatch({ valueBytes: 60, producerId: 7, baseSequence: index }), 0);
  }
  await log.flush();
  await directory.checkpoint();
  const [first, second] = log.segmentCount === 2 ? (await disk.readDirectory('/data/t-0')).sort() : [];
  t.ok(first !== undefined && second !== undefined);
  disk.crash(new Seeded(1), 'keepAll');
  // The producers of the second segment's base come from the first segment's batches.
  for (const name of await disk.readDirectory('/data/t-0')) {
    if (name.endsWith('.snapshot')) await disk.unlink(`/data/t-0/${name}`);
  }
  const path = '/data/t-0/00000000000000000000.index';
  for (let bit = 0; bit < disk.bytesOf(path).length * 8; bit++) {
    const damaged = await copyOf(disk);
    damaged.flipBit(path, bit >> 3, bit & 7);
    const opened = await openDirectory(damaged);
    const again = await opened.directory.openLog('t', 0, TOPIC_ID, CONFIG);
    const entry = again.producerState.producers.get(7);
    if (entry?.lastSequence !== BATCHES - 1 || again.truncatedByRecovery || again.damagedRanges.length > 0) {
      t.fail(`bit ${bit}: ${JSON.stringify([entry, again.recovery])}`);
      break;
    }
  }
});
