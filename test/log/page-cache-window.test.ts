import t from 'tap';
import { defined } from '../../src/common/assert.js';
import type { LogConfig, LogDirectoryConfig } from '../../src/log/log-config.js';
import { PageCacheRun, PageCacheWindow } from '../../src/log/page-cache-window.js';
import type { PartitionLog } from '../../src/log/partition-log.js';
import { FakeDisk } from './fake-disk.js';
import { logConfig, makeBatch, openDirectory, TOPIC_ID } from './support.js';

const MIB = 1024 * 1024;
const MIN_HINT_BYTES = 200_000;

interface Subject {
  readonly disk: FakeDisk;
  readonly log: PartitionLog;
  readonly close: () => Promise<void>;
}

async function openLog(
  config: Partial<LogConfig> = {},
  directoryConfig: Partial<LogDirectoryConfig> = {},
): Promise<Subject> {
  const { disk, logs, close } = await openLogs(1, config, directoryConfig);
  return { disk, log: defined(logs[0], 'one was opened'), close };
}

async function openLogs(
  count: number,
  config: Partial<LogConfig> = {},
  directoryConfig: Partial<LogDirectoryConfig> = {},
) {
  const disk = new FakeDisk();
  const { directory } = await openDirectory(disk, { config: directoryConfig });
  const logs: PartitionLog[] = [];
  for (let partition = 0; partition < count; partition++) {
    logs.push(await directory.openLog('orders', partition, TOPIC_ID, logConfig(config)));
  }
  return { disk, logs, close: () => directory.close() };
}

/** The ranges of the hints so far, in bytes. */
function hints(disk: FakeDisk): Array<readonly [from: number, to: number]> {
  return disk.dropped.map((line) => {
    const [, from = '', to = ''] = /(\d+)-(\d+)$/.exec(line) ?? [];
    return [Number(from), Number(to)];
  });
}

/** How much of `log` is behind the last hint, in MiB. */
function keptMiB(disk: FakeDisk, log: PartitionLog): number {
  return (log.sizeBytes - (hints(disk).at(-1)?.[1] ?? 0)) / MIB;
}

/** Appends about `sizeBytes` in batches of a quarter MiB, and syncs all `syncBytes`. */
async function append(log: PartitionLog, sizeBytes: number, syncBytes = MIB / 4): Promise<void> {
  for (let done = 0; done < sizeBytes;) {
    for (let group = 0; group < syncBytes; group += MIB / 4) log.appendAsLeader(makeBatch({ valueBytes: MIB / 4 }), 1);
    await log.flush();
    done += syncBytes;
  }
}

/** Lets what is ready go on. */
async function turn(): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve));
}

t.test('a window keeps what was touched last, whoever did', async (t) => {
  const disk = new FakeDisk();
  const window = new PageCacheWindow(disk, 4 * MIB);
  const [one, other] = [new PageCacheRun(window), new PageCacheRun(window)];
  for (let mib = 0; mib < 4; mib++) {
    one.touch('/one', mib * MIB, (mib + 1) * MIB);
    if (mib < 2) other.touch('/other', mib * MIB, (mib + 1) * MIB);
  }
  t.same(disk.dropped, [`/one 0-${MIB}`, `/other 0-${MIB}`], 'the oldest leaves first');
  one.touch('/two', 0, MIB);
  t.equal(disk.dropped.at(-1), `/one 0-${2 * MIB}`, 'with the page that lay across its beginning');
  for (let at = 0; at < 100; at++) other.touch('/two', at * 1_000, at * 1_000 + 10);
  t.equal(disk.dropped.length, 3);
  for (let mib = 1; mib < 9; mib++) one.touch('/two', mib * MIB, (mib + 1) * MIB);
  const late = disk.dropped.slice(3).filter((line) => !line.startsWith('/one') && !line.startsWith('/other'));
  t.ok(late.length >= 4 && late.length <= 6, 'no hint for scattered crumbs, but for the last one');
});

t.test('a run that has ended takes no room for ever', async (t) => {
  const disk = new FakeDisk();
  const window = new PageCacheWindow(disk, 4 * MIB);
  for (let file = 0; file < 40; file++) new PageCacheRun(window).touch(`/ended-${file}`, 0, MIB / 8);
  const run = new PageCacheRun(window);
  for (let mib = 0; mib < 20; mib++) run.touch('/busy', mib * MIB, (mib + 1) * MIB);
  t.equal(disk.dropped.filter((line) => line.startsWith('/ended')).length, 40);
  t.equal(disk.dropped.at(-1), `/busy ${13 * MIB}-${16 * MIB}`, 'the busy one has all of the window');
});

t.test('a run knows what of its file is still in the window', async (t) => {
  const run = new PageCacheRun(new PageCacheWindow(new FakeDisk(), 4 * MIB));
  for (let mib = 0; mib < 10; mib++) run.touch('/one', mib * MIB, (mib + 1) * MIB);
  const held = (path: string, mib: number): boolean => run.holds(path, mib * MIB);
  t.same([held('/one', 5), held('/one', 6), held('/one', 9), held('/one', 10)], [false, true, true, false]);
  run.touch('/two', 0, MIB);
  t.same([held('/one', 9), held('/two', 0)], [false, true], 'of the file that it is at');
  run.touch('/two', 3 * MIB, 4 * MIB);
  t.same([held('/two', 0), held('/two', 3)], [false, true], 'somebody else wrote what is between');
  run.touch('/two', 2 * MIB, 3 * MIB);
  t.same([held('/two', 1), held('/two', 2)], [false, true], 'it was cut back');
});

t.test('a window without a bound gives no hint', async (t) => {
  const disk = new FakeDisk();
  const run = new PageCacheRun(new PageCacheWindow(disk, Infinity));
  for (let mib = 0; mib < 1_000; mib++) run.touch('/one', mib * MIB, (mib + 1) * MIB);
  t.same(disk.dropped, []);
});

t.test('hints for what small and large runs touch are few', async (t) => {
  const disk = new FakeDisk();
  const window = new PageCacheWindow(disk, 64 * MIB);
  const runs = Array.from({ length: 600 }, () => new PageCacheRun(window));
  const step = 100_000;
  for (let at = 0; at < 20 * step; at += step) {
    for (const [index, run] of runs.entries()) run.touch(`/file-${index}`, at, at + step);
  }
  const written = runs.length * 20 * step;
  t.ok(disk.dropped.length * MIN_HINT_BYTES <= written, `${disk.dropped.length} hints`);
  const last = new Map(disk.dropped.map((line) => [line.split(' ')[0], Number(line.split('-').at(-1))]));
  const dropped = [...last.values()].reduce((sum, to) => sum + to, 0);
  t.ok(written - dropped <= runs.length * 3 * step + 65 * MIB, 'of each little stays beside the window');
});

t.test('what a log without readers has synced leaves the cache, but for the last of it', async (t) => {
  const { disk, log, close } = await openLog({}, { pageCacheBytes: 4 * MIB });
  log.setHasReaders(false);
  await append(log, 9 * MIB);
  const ranges = hints(disk);
  t.ok(ranges.length >= 4 && ranges.length <= 6, `${ranges.length} hints for 5 MiB`);
  let end = 0;
  for (const [from, to] of ranges) {
    t.ok(from <= end && from >= end - 2 * MIB, 'each goes on where the one before it ended, or a page before that');
    t.ok(to - end >= MIB);
    end = to;
  }
  t.ok(keptMiB(disk, log) > 2 && keptMiB(disk, log) <= 5, 'the end of the file stays');
  await close();
});

t.test('followers keep 64 MiB, however much leaders may', async (t) => {
  for (const pageCacheBytes of [256 * MIB, Infinity]) {
    const { disk, log, close } = await openLog({}, { pageCacheBytes });
    await append(log, 72 * MIB, 8 * MIB);
    t.same(disk.dropped, []);
    log.setHasReaders(false);
    await append(log, 80 * MIB, 8 * MIB);
    t.ok((hints(disk)[0]?.[0] ?? 0) >= 70 * MIB, 'what it wrote while it was read stays');
    t.ok(keptMiB(disk, log) > 48 && keptMiB(disk, log) <= 76);
    await close();
  }
});

t.test('what stays of many logs is bounded for all of them together', async (t) => {
  const { disk, logs, close } = await openLogs(16, {}, { pageCacheBytes: 8 * MIB });
  for (const log of logs) {
    log.setHasReaders(false);
    await append(log, 2 * MIB);
  }
  const total = logs.reduce((sum, log) => sum + log.sizeBytes, 0) / MIB;
  const ends = new Map(disk.dropped.map((line) => [line.split(' ')[0], Number(line.split('-').at(-1)) / MIB]));
  const dropped = [...ends.values()].reduce((sum, end) => sum + end, 0);
  t.ok(total - dropped > 4 && total - dropped <= 10, `${total - dropped} of ${total} MiB stay`);
  await close();
});

t.test('what is read of a log takes its turn with what is written', async (t) => {
  const { disk, log, close } = await openLog({}, { pageCacheBytes: 8 * MIB });
  await append(log, 12 * MIB);
  t.ok(keptMiB(disk, log) > 6 && keptMiB(disk, log) <= 9);
  const before = disk.dropped.length;
  for (let offset = 0; offset < 16;) {
    const batches = await log.read(offset, MIB + 4_096, log.endOffset);
    offset += batches.reduce((sum, { length }) => sum + Math.floor(length / (MIB / 4)), 0);
  }
  const more = disk.dropped.length - before;
  t.ok(more >= 3 && more <= 6, `${more} hints for 4 MiB that were read`);
  for (let times = 0; times < 40; times++) t.ok((await log.read(41, MIB, log.endOffset)).length > 0);
  t.equal(disk.dropped.length, before + more, 'but none for what is read soon after it was written');
  await close();
});

t.test('a topic that relaxes syncing gives back what a sync has covered', async (t) => {
  const { disk, log, close } = await openLog({ flushMessages: 40 }, { pageCacheBytes: MIB });
  const appendSome = async (count: number): Promise<void> => {
    for (let batch = 0; batch < count; batch++) log.appendAsLeader(makeBatch({ valueBytes: MIB / 16 }), 1);
    while (log.durableOffset < log.endOffset) await turn();
  };
  await appendSome(40);
  const synced = log.sizeBytes;
  await appendSome(39);
  t.same(disk.dropped, [], 'nothing of it is synced that could take the place of the first');
  await appendSome(1);
  t.same(hints(disk), [[0, synced]], 'from its first byte on');
  await close();
});

t.test('who reads at the tail is served from memory, before the sync and after it', async (t) => {
  const { disk, log, close } = await openLog();
  const tail = async (offset: number): Promise<void> => {
    t.equal((await log.read(offset, MIB, log.endOffset)).length, 1, `from ${offset}`);
  };
  for (let offset = 0; offset < 50; offset++) {
    log.appendAsLeader(makeBatch({ valueBytes: 1_000 }), 1);
    await tail(offset);
    await log.flush();
    await tail(offset);
  }
  t.equal(disk.count('read', '.log'), 0, 'no file is read');
  await close();
});

t.test('a log without readers is in memory until it is in the file', async (t) => {
  const { disk, log, close } = await openLog();
  const readsFile = async (): Promise<boolean> => {
    disk.calls.length = 0;
    t.equal((await log.read(0, 1, log.endOffset))[0]?.length, makeBatch().length);
    return disk.calls.some(([call]) => call === 'read');
  };
  log.appendAsLeader(makeBatch(), 1);
  await log.flush();
  t.equal(await readsFile(), false, 'with readers it stays');
  log.setHasReaders(false);
  log.appendAsLeader(makeBatch(), 1);
  t.equal(await readsFile(), false);
  await log.flush();
  t.equal(await readsFile(), true);
  log.setHasReaders(true);
  log.appendAsLeader(makeBatch(), 1);
  await log.flush();
  t.equal((await log.read(2, MIB, log.endOffset)).length, 1);
  await close();
});

t.test('what compaction will read stays in the cache', async (t) => {
  const { disk, log, close } = await openLog({ cleanupCompact: true }, { pageCacheBytes: MIB });
  log.setHasReaders(false);
  for (let done = 0; done < 9 * MIB; done += MIB / 4) {
    log.appendAsFollower(keyed(log.endOffset));
    await log.flush();
  }
  for (let offset = 0; offset < 36; offset += 4) {
    t.ok((await log.read(offset, MIB + 4_096, log.endOffset)).length > 0);
  }
  t.same(disk.dropped, [], 'neither what was written nor what was read leaves the cache');
  await close();
});

function keyed(baseOffset: number): Buffer {
  return makeBatch({ valueBytes: MIB / 4, baseOffset });
}
