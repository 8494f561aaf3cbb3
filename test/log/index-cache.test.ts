import t from 'tap';
import type { Test } from 'tap';
import { IndexCache } from '../../src/log/index-cache.js';
import { OffsetIndex } from '../../src/log/offset-index.js';
import type { PartitionLog } from '../../src/log/partition-log.js';
import { Segment } from '../../src/log/segment.js';
import { TimeIndex } from '../../src/log/time-index.js';
import { MAX_TIMESTAMP } from '../../src/log/time-lookup.js';
import { CRC_AT } from '../../src/record/batch-header.js';
import type { FileSystem } from '../../src/platform/file-system.js';
import { FakeDisk } from './fake-disk.js';
import { logConfig, makeBatch, openDirectory, readAll, settle, TOPIC_ID } from './support.js';

const START = 1_700_000_000_000;
const BATCHES = 300;
/** What five batches take: so many segments, each with an index. */
const CONFIG = logConfig({ segmentBytes: 700, indexIntervalBytes: 100, retentionMs: Infinity });
const AMPLE_BYTES = 1 << 20;

function makeIndexes(baseOffset: number, entries: number): { offsets: OffsetIndex; times: TimeIndex } {
  const indexes = { offsets: OffsetIndex.empty(baseOffset), times: TimeIndex.empty(baseOffset) };
  for (let entry = 1; entry <= entries; entry++) {
    indexes.offsets.add(baseOffset + entry, entry * 4096);
    indexes.times.addIfLater(START + entry, baseOffset + entry);
  }
  return indexes;
}

function segmentAt(baseOffset: number): Segment {
  return new Segment({ baseOffset, folder: '/data/t-0', createdMs: 0, rollJitterMs: 0 });
}

/** As a read does: what is not in memory is read of the files first. */
function use(cache: IndexCache, segment: Segment, entries: number): void {
  segment.indexes ??= makeIndexes(segment.baseOffset, entries);
  cache.use(segment);
}

const entriesIn = (segments: readonly Segment[]): number =>
  segments.reduce((sum, { indexes }) => sum + (indexes?.offsets.sizeBytes ?? 0) / 8, 0);

t.test('the indexes of ever so many segments take what the cache may take, those used last stay', async (t) => {
  const cache = new IndexCache({ capacityBytes: 100_000 });
  const segments = Array.from({ length: 200 }, (_, index) => segmentAt(index * 10_000));
  const first = segmentAt(5_000_000);
  for (const segment of segments) {
    use(cache, first, 100);
    use(cache, segment, 100);
    t.ok(cache.usedBytes <= 100_000);
  }
  t.equal(cache.count, [...segments, first].filter(({ indexes }) => indexes !== undefined).length);
  t.ok(entriesIn([...segments, first]) * 20 <= cache.usedBytes, 'each entry in memory is counted');
  t.ok(cache.usedBytes > 90_000, 'and the room is made use of');
  t.not(first.indexes, undefined, 'the one that is used again and again');
  t.not(segments.at(-1)?.indexes, undefined);
  t.equal(segments[0]?.indexes, undefined);
  for (const segment of [...segments, first]) cache.forget(segment);
  t.equal(cache.usedBytes, 0, 'and nothing is counted of segments that are gone');
});

t.test('indexes that are added to, or that the files do not have, are not given back', async (t) => {
  const cache = new IndexCache({ capacityBytes: 0 });
  const active = Segment.empty({ baseOffset: 0, folder: '/data/t-0', createdMs: 0, rollJitterMs: 0 });
  for (let offset = 0; offset < 100; offset++) {
    active.add(4097, offset, START + offset, 4096);
    cache.use(active);
  }
  const { indexes } = active;
  t.equal(indexes?.offsets.sizeBytes, 99 * 8);
  t.equal(cache.usedBytes, 0);
  t.not(indexes, undefined);
  if (indexes === undefined) return;
  cache.release(active, makeIndexes(0, 1));
  t.equal(active.indexes, indexes, 'others were written than it has');
  cache.release(active, indexes);
  t.equal(active.indexes, undefined, 'it is closed and written');
  const reopened = segmentAt(1000);
  cache.keep(reopened);
  use(cache, reopened, 10);
  t.not(reopened.indexes, undefined, 'it is appended to again');
});

t.test('what the indexes grew by is given back when their segment is closed', async (t) => {
  const cache = new IndexCache({ capacityBytes: AMPLE_BYTES });
  const segment = segmentAt(0);
  const indexes = makeIndexes(0, 1100);
  segment.indexes = indexes;
  t.ok(indexes.offsets.memoryBytes >= 2048 * 8, 'they double as they grow');
  const before = [indexes.offsets.content(), indexes.times.content()];
  cache.release(segment, indexes);
  t.equal(indexes.offsets.memoryBytes, 1100 * 8);
  t.equal(indexes.times.memoryBytes, 1100 * 12);
  t.same([indexes.offsets.content(), indexes.times.content()], before);
  indexes.offsets.add(5000, 1101 * 4096);
  t.same(indexes.offsets.entryBefore(6000), { lastOffset: 5000, position: 1101 * 4096 }, 'and it can grow again');
  // Kafka makes index files of 10 MiB ahead.
  const preallocated = Buffer.concat([indexes.offsets.content(), Buffer.alloc(100_000)]);
  const parsed = OffsetIndex.parse(0, preallocated, 1 << 30);
  t.not(parsed, undefined);
  const read = segmentAt(1);
  if (parsed !== undefined) read.indexes = { offsets: parsed, times: TimeIndex.empty(1) };
  cache.use(read);
  t.equal(parsed?.memoryBytes, 1101 * 8);
});

function append(log: PartitionLog, from: number, to: number): void {
  for (let index = from; index < to; index++) {
    log.appendAsLeader(makeBatch({ valueBytes: 60, fill: index & 0xff, timestamp: START + index * 10 }), 0);
  }
}

async function openLog(
  disk: FileSystem,
  indexCache: IndexCache,
): Promise<{ log: PartitionLog; close: () => Promise<void> }> {
  const { directory } = await openDirectory(disk, { cacheBytes: 0, indexCache });
  const log = await directory.openLog('t', 0, TOPIC_ID, CONFIG);
  return { log, close: () => directory.close() };
}

async function readAt(log: PartitionLog, offset: number): Promise<Buffer | undefined> {
  const [first] = await log.read(offset, 1, log.endOffset);
  return first;
}

/** What the log answers, by its indexes. */
async function answers(log: PartitionLog): Promise<unknown[]> {
  const found: unknown[] = [log.endOffset, log.segmentCount];
  for (let offset = 0; offset < log.endOffset; offset += 7) {
    found.push((await readAt(log, offset))?.readUInt32BE(CRC_AT));
  }
  for (let time = START - 5; time < START + BATCHES * 10; time += 90) {
    found.push((await log.offsetForTimestamp(time, log.endOffset))?.offset);
  }
  found.push(await log.offsetForTimestamp(MAX_TIMESTAMP, log.endOffset));
  return found;
}

/** A log that is written, read, cut in a closed segment, written on and opened again, and what it answers all along. */
async function lifeOfALog(t: Test, indexCache: IndexCache, most: number): Promise<unknown> {
  const disk = new FakeDisk();
  const { log, close } = await openLog(disk, indexCache);
  const found: unknown[] = [];
  const look = async (of: PartitionLog): Promise<void> => {
    found.push(await answers(of));
    t.ok(indexCache.usedBytes <= most, `${indexCache.usedBytes} bytes of indexes in memory`);
  };
  append(log, 0, BATCHES);
  await log.flush();
  await look(log);
  await log.truncateTo(BATCHES - 48);
  await look(log);
  append(log, BATCHES - 48, BATCHES + 20);
  await log.flush();
  await look(log);
  await close();
  const files = disk.paths('/data/t-0').filter((path) => path.endsWith('index'));
  found.push(files.map((path) => [path, disk.bytesOf(path).toString('hex')]));
  const again = await openLog(disk, indexCache);
  await look(again.log);
  append(again.log, 0, 5);
  await again.log.flush();
  found.push((await readAll(again.log)).map((batch) => batch.readUInt32BE(CRC_AT)));
  await again.close();
  return found;
}

t.test('a log whose indexes are given back and read again answers as one that keeps them', async (t) => {
  const ample = new IndexCache({ capacityBytes: AMPLE_BYTES });
  const expected = await lifeOfALog(t, ample, AMPLE_BYTES);
  t.ok(ample.count > 40, `${ample.count} closed segments`);
  for (const capacityBytes of [0, 5000]) {
    const cache = new IndexCache({ capacityBytes });
    t.same(await lifeOfALog(t, cache, capacityBytes), expected, `${capacityBytes} bytes`);
  }
});

t.test('a log that is deleted leaves no indexes behind', async (t) => {
  const cache = new IndexCache({ capacityBytes: AMPLE_BYTES });
  const { directory } = await openDirectory(new FakeDisk(), { cacheBytes: 0, indexCache: cache });
  const log = await directory.openLog('t', 0, TOPIC_ID, CONFIG);
  append(log, 0, 100);
  await log.flush();
  await answers(log);
  const { count } = cache;
  t.ok(count > 10);
  log.updateHighWatermark(50);
  log.deleteRecordsBefore(50);
  const { segments } = await log.applyRetention(START);
  t.equal(cache.count, count - segments, 'nor do the segments that retention removed');
  await directory.deleteLog('t', 0);
  t.equal(cache.count, 0);
  t.equal(cache.usedBytes, 0);
});

t.test('the indexes of a segment stay until all is written that closes it', async (t) => {
  const disk = new FakeDisk();
  const cache = new IndexCache({ capacityBytes: 0 });
  const { directory, clock } = await openDirectory(disk, { cacheBytes: 0, indexCache: cache });
  const log = await directory.openLog('t', 0, TOPIC_ID, CONFIG);
  let refused = 0;
  disk.fault = (call, path) => (call === 'open' && path.endsWith('.snapshot') && refused++ === 0 ? 'full' : undefined);
  append(log, 0, 20);
  await settle();
  t.equal(refused, 1, 'the disk had no room for the state of the producers');
  clock.advance(10_000);
  await log.flush();
  t.ok(refused > 1);
  t.equal((await readAll(log)).length, 20);
});

t.test('the indexes of a segment that is being cut stay, whatever is read meanwhile', async (t) => {
  const cache = new IndexCache({ capacityBytes: 0 });
  const disk = new FakeDisk();
  const { log } = await openLog(disk, cache);
  append(log, 0, 100);
  await log.flush();
  const wanted = (await readAll(log)).map((batch) => batch.readUInt32BE(CRC_AT));
  disk.manual = true;
  let done = false;
  const cut = log.truncateTo(52).then(() => (done = true));
  for (let turn = 0; !done; turn++) {
    // Of the segment that is cut, and of others: each read lets go of what it loaded.
    if (turn % 3 === 0 && turn < 60) void readAt(log, 45 + (turn % 5)).catch(() => undefined);
    await settle(20);
    disk.waiting.shift()?.();
  }
  await cut;
  disk.manual = false;
  for (let run = disk.waiting.shift(); run !== undefined; run = disk.waiting.shift()) run();
  t.equal(log.endOffset, 52);
  append(log, 52, 60);
  await log.flush();
  t.same((await readAll(log)).map((batch) => batch.readUInt32BE(CRC_AT)).slice(0, 52), wanted.slice(0, 52));
  t.equal((await readAll(log)).length, 60);
});

t.test('indexes that were read before their segment was cut are not taken for those of after', async (t) => {
  // Room for the indexes of a few segments.
  const cache = new IndexCache({ capacityBytes: 5000 });
  const disk = new FakeDisk();
  // The index is on its way to whoever reads it, and comes at the end.
  let gate: Promise<void> | undefined;
  let letGo = (): void => {};
  let held = 0;
  const readFile = async (path: string): Promise<Buffer> => {
    const content = await disk.readFile(path);
    if (gate !== undefined && path.endsWith('.index')) {
      held++;
      await gate;
    }
    return content;
  };
  const { log } = await openLog({ ...disk.mount(), readFile }, cache);
  append(log, 0, 100);
  await log.flush();
  gate = new Promise((resolve) => (letGo = resolve));
  const slow = readAt(log, 52);
  await settle(20);
  gate = undefined;
  t.equal(held, 1);
  await log.truncateTo(52);
  // Where batches begin behind the cut is another place.
  for (let index = 0; index < 2; index++) log.appendAsLeader(makeBatch({ valueBytes: 100, timestamp: START + 600 }), 0);
  append(log, 54, 150);
  await log.flush();
  letGo();
  await slow;
  disk.calls.length = 0;
  t.equal((await readAt(log, 53))?.readUInt32BE(4), 53);
  t.ok(disk.count('read', '.log') <= 3, `${disk.count('read', '.log')} reads find a batch by its index`);
});
