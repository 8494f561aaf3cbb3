import t from 'tap';
import { defined } from '../../src/common/assert.js';
import type { LogConfig } from '../../src/log/log-config.js';
import type { PartitionLog } from '../../src/log/partition-log.js';
import { FakeDisk } from './fake-disk.js';
import { logConfig, makeBatch, openDirectory, TOPIC_ID } from './support.js';

const MIB = 1024 * 1024;

interface Subject {
  readonly disk: FakeDisk;
  readonly log: PartitionLog;
  readonly close: () => Promise<void>;
}

async function openLog(config: Partial<LogConfig> = {}): Promise<Subject> {
  const { disk, logs, close } = await openLogs(1, config);
  return { disk, log: defined(logs[0], 'one was opened'), close };
}

async function openLogs(count: number, config: Partial<LogConfig> = {}) {
  const disk = new FakeDisk();
  const { directory } = await openDirectory(disk);
  const logs: PartitionLog[] = [];
  for (let partition = 0; partition < count; partition++) {
    logs.push(await directory.openLog('orders', partition, TOPIC_ID, logConfig(config)));
  }
  return { disk, logs, close: () => directory.close() };
}

/** How much of `log` is behind the last hint, in MiB. */
function keptMiB(disk: FakeDisk, log: PartitionLog): number {
  return (log.sizeBytes - Number(disk.dropped.at(-1)?.split('-').at(-1))) / MIB;
}

/** Appends about `sizeBytes` in batches of a quarter MiB, each synced by itself. */
async function append(log: PartitionLog, sizeBytes: number): Promise<void> {
  for (let done = 0; done < sizeBytes; done += MIB / 4) {
    log.appendAsLeader(makeBatch({ valueBytes: MIB / 4 }), 1);
    await log.flush();
  }
}

t.test('what a log without readers has synced leaves the cache, its last MiBs excepted', async (t) => {
  const { disk, log, close } = await openLog();
  log.setHasReaders(false);
  await append(log, 9 * MIB);
  const ranges = disk.dropped.map((line) => line.split(' ')[1]?.split('-').map(Number) ?? []);
  t.ok(ranges.length >= 3 && ranges.length <= 5, `${ranges.length} hints for 9 MiB`);
  let end = ranges[0]?.[0] ?? -1;
  for (const [from = -1, to = -1] of ranges) {
    t.ok(from <= end && from >= end - 2 * MIB, 'each goes on where the one before it ended, or a page before that');
    t.ok(to - end >= MIB);
    end = to;
  }
  t.ok(end <= log.sizeBytes - 4 * MIB && end > log.sizeBytes - 6 * MIB, 'the end of the file stays');
  await close();
});

t.test('what stays of many logs is bounded for all of them together', async (t) => {
  const { disk, logs, close } = await openLogs(64);
  const [first, ...others] = logs.map((log) => {
    log.setHasReaders(false);
    return log;
  });
  const log = defined(first, 'there are 64');
  await append(log, 4 * MIB);
  t.ok(keptMiB(disk, log) >= 1 && keptMiB(disk, log) < 2, 'a MiB each, and half of one at a time');
  t.ok(disk.dropped.length >= 4, 'so hints come more often');
  for (const other of others.slice(0, 30)) other.setHasReaders(true);
  for (const other of others.slice(30)) await other.close();
  disk.dropped.length = 0;
  await append(log, 8 * MIB);
  t.ok(keptMiB(disk, log) >= 4 && keptMiB(disk, log) < 6, 'those that are read, or closed, keep nothing to its loss');
  await close();
});

t.test('a log that is read keeps what it has in the cache', async (t) => {
  const { disk, log, close } = await openLog();
  await append(log, 9 * MIB);
  t.same(disk.dropped, [], 'as long as nobody has said otherwise');
  log.setHasReaders(false);
  log.setHasReaders(true);
  await append(log, 9 * MIB);
  t.same(disk.dropped, []);
  log.setHasReaders(false);
  await append(log, 9 * MIB);
  const from = Number(disk.dropped[0]?.split(' ')[1]?.split('-')[0]);
  t.ok(from >= 16 * MIB, 'what it wrote while it was read stays');
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

t.test('a log that compaction will read keeps it, too', async (t) => {
  const { disk, log, close } = await openLog({ cleanupCompact: true });
  log.setHasReaders(false);
  for (let done = 0; done < 9 * MIB; done += MIB / 4) {
    log.appendAsFollower(keyed(log.endOffset));
    await log.flush();
  }
  t.same(disk.dropped, []);
  await close();
});

t.test('a log that was cut back begins anew', async (t) => {
  const { disk, log, close } = await openLog();
  log.setHasReaders(false);
  await append(log, 9 * MIB);
  const size = log.sizeBytes;
  await log.truncateTo(4);
  disk.dropped.length = 0;
  await append(log, 9 * MIB);
  t.ok(disk.dropped.length >= 3);
  for (const line of disk.dropped) t.ok(Number(line.split('-').at(-1)) <= log.sizeBytes - 4 * MIB, line);
  t.ok(log.sizeBytes > size);
  await close();
});

function keyed(baseOffset: number): Buffer {
  return makeBatch({ valueBytes: MIB / 4, baseOffset });
}
