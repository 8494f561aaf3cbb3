import t from 'tap';
import type { File } from '../../src/platform/file-system.js';
import { BatchBuilder, buildEmptyBatch } from '../../src/record/batch-builder.js';
import { NO_TIMESTAMP } from '../../src/record/batch-header.js';
import { FakeDisk } from './fake-disk.js';
import { logConfig, makeBatch, openDirectory, readAll, settle, TOPIC_ID } from './support.js';

const RELAXED = logConfig({
  flushMessages: 1000,
  cleanupCompact: true,
  cleanupDelete: false,
  minCleanableDirtyRatio: 0,
});

/** A disk on which the syncs of one log wait until the test lets them. */
class BusyDisk extends FakeDisk {
  release = (): void => {};
  readonly #released = new Promise<void>((resolve) => (this.release = resolve));

  override async open(path: string, mode: 'read' | 'write' | 'createNew'): Promise<File> {
    const file = await super.open(path, mode);
    if (!path.includes('/busy-0/') || !path.endsWith('.log')) return file;
    return { ...file, sync: () => this.#released.then(() => file.sync()) };
  }
}

const MIB = 1024 * 1024;

function record(key: string): Buffer {
  const builder = new BatchBuilder();
  builder.reset({}).append(1_700_000_000_000, key, 'x'.repeat(150));
  return builder.detach();
}

t.test('a closed segment that waits for its sync is not compacted', async (t) => {
  const disk = new BusyDisk();
  const { directory, clock } = await openDirectory(disk, { config: { maxConcurrentSyncs: 1 } });
  const busy = await directory.openLog('busy', 0, TOPIC_ID, logConfig());
  const log = await directory.openLog('t', 0, TOPIC_ID, { ...RELAXED, segmentBytes: 300 });
  // The second segment is written, and the other log takes the flusher before it is closed.
  let isBusy = false;
  log.onDurable((offset) => {
    if (offset < 2 || isBusy) return;
    isBusy = true;
    busy.appendAsLeader(makeBatch(), 0);
  });
  for (const key of ['a', 'b', 'c']) log.appendAsLeader(record(key), 0);
  await settle(400);
  t.same([log.segmentCount, log.durableOffset, log.syncedOffset], [3, 2, 1], 'written, and not synced');
  log.updateHighWatermark(log.durableOffset);
  log.setConfig({ ...RELAXED, segmentBytes: 1000 });
  await log.compact(clock.wallMs(), 1 << 20);
  disk.release();
  await log.flush();
  log.updateHighWatermark(log.endOffset);
  await log.compact(clock.wallMs(), 1 << 20);
  t.equal(log.segmentCount, 2, 'once it is synced it is');
  const all = await readAll(log);
  t.equal(all.length, 3);
  await directory.close();
  const again = await openDirectory(disk, { cacheBytes: 0 });
  const reopened = await again.directory.openLog('t', 0, TOPIC_ID, RELAXED);
  t.same(await readAll(reopened), all, 'nothing of it is lost');
  await again.directory.close();
});

t.test('what nobody waits for is synced all the same, eight MiB at a time', async (t) => {
  const disk = new BusyDisk();
  const { directory } = await openDirectory(disk);
  const config = logConfig({ flushMessages: Infinity });
  const logs = [
    await directory.openLog('t', 0, TOPIC_ID, config),
    await directory.openLog('busy', 0, TOPIC_ID, config),
  ] as const;
  for (const log of logs) {
    for (let batch = 0; batch < 70; batch++) log.appendAsLeader(makeBatch({ valueBytes: MIB / 4 }), 0);
  }
  await settle(400);
  const [log, busy] = logs;
  t.equal(log.durableOffset, 70, 'all of it counts as stored');
  // Two groups of the 31 batches that one write takes.
  t.equal(disk.count('sync', '/t-0/00000000000000000000.log'), 1);
  t.equal(log.syncedOffset, 62);
  t.equal(busy.syncedOffset, 0);
  t.equal(busy.durableOffset, 62, 'what was written does not wait for its sync');
  disk.release();
  await settle(400);
  t.equal(busy.durableOffset, 70);
  await directory.close();
});

t.test('after a truncation, what is not synced begins where the log was cut', async (t) => {
  const { directory } = await openDirectory(new FakeDisk());
  const log = await directory.openLog('t', 0, TOPIC_ID, logConfig({ flushMessages: Infinity }));
  const append = async (count: number): Promise<void> => {
    for (let batch = 0; batch < count; batch++) log.appendAsLeader(makeBatch({ valueBytes: MIB / 4 }), 0);
    await settle(400);
  };
  await append(24);
  await log.flush();
  await append(12);
  t.same([log.durableOffset, log.syncedOffset], [36, 24]);
  await log.truncateTo(4);
  await append(33);
  t.same([log.durableOffset, log.syncedOffset], [37, 37], 'eight MiB further on it is synced');
  await directory.close();
});

t.test('a batch without records is synced before it counts as stored', async (t) => {
  const disk = new BusyDisk();
  const { directory } = await openDirectory(disk);
  const log = await directory.openLog('busy', 0, TOPIC_ID, logConfig());
  log.appendAsFollower(buildEmptyBatch({ baseOffset: 0, leaderEpoch: 0 }, 4, NO_TIMESTAMP));
  await settle(400);
  t.same([log.endOffset, log.durableOffset], [5, 0], 'it waits for the disk like any other');
  disk.release();
  await settle(400);
  t.same([log.durableOffset, log.syncedOffset], [5, 5]);
  await directory.close();
});
