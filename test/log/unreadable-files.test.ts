import t, { type Test } from 'tap';
import { VarveError } from '../../src/common/errors.js';
import type { LogConfig } from '../../src/log/log-config.js';
import type { PartitionLog } from '../../src/log/partition-log.js';
import type { FileSystemErrorKind } from '../../src/platform/file-system.js';
import { MAX_TIMESTAMP } from '../../src/log/time-lookup.js';
import { BatchBuilder } from '../../src/record/batch-builder.js';
import { FakeDisk, Seeded } from './fake-disk.js';
import { logConfig, openDirectory, settle, TOPIC_ID } from './support.js';

const CONFIG = logConfig({ segmentBytes: 2000, indexIntervalBytes: 300 });
const FIRST = '/data/t-0/00000000000000000000.log';
const LATER = 1_700_000_100_000;
const BATCH_BYTES = keyed(0).length;

function keyed(index: number): Buffer {
  const builder = new BatchBuilder();
  builder.reset({}).append(1_700_000_000_000, `key ${index % 10}`, 'x'.repeat(100));
  return builder.detach();
}

/** A log of several segments after a clean stop, with nothing in memory. */
async function openedAgain(
  config: LogConfig,
  damage: (disk: FakeDisk) => void,
): Promise<{ disk: FakeDisk; log: PartitionLog; offline: () => number }> {
  const disk = new FakeDisk();
  const first = await openDirectory(disk, { cacheBytes: 0 });
  const written = await first.directory.openLog('t', 0, TOPIC_ID, config);
  for (let index = 0; index < 30; index++) written.appendAsLeader(keyed(index), 0);
  written.updateHighWatermark(written.endOffset);
  await first.directory.close();
  damage(disk);
  const { directory } = await openDirectory(disk, { cacheBytes: 0 });
  let offline = 0;
  directory.onOffline(() => offline++);
  const log = await directory.openLog('t', 0, TOPIC_ID, config);
  log.updateHighWatermark(log.endOffset);
  return { disk, log, offline: () => offline };
}

/** Does `use` with the disk failing from each of its reads on, until it comes to its end before; gives how many there were. */
async function failEach(
  t: Test,
  kind: FileSystemErrorKind,
  use: (log: PartitionLog) => Promise<unknown>,
  options: { config?: LogConfig; damage?: (disk: FakeDisk) => void; ends?: string } = {},
): Promise<number> {
  for (let good = 0; ; good++) {
    const { disk, log, offline } = await openedAgain(options.config ?? CONFIG, options.damage ?? (() => {}));
    let reads = 0;
    disk.fault = (call) => (call === 'read' && reads++ >= good ? kind : undefined);
    const outcome = await use(log).then(
      () => 'done',
      (error: unknown) => (error instanceof VarveError ? error.code : String(error)),
    );
    if (reads <= good) {
      t.equal(outcome, options.ends ?? 'done', `${kind}: all ${good} reads are good`);
      t.equal(offline(), 0);
      return good;
    }
    t.equal(outcome, 'KAFKA_STORAGE_ERROR', `${kind} at read ${good}`);
    t.equal(offline(), kind === 'io' ? 1 : 0, `${kind} at read ${good}: whether the directory is given up`);
    t.equal(log.offline, kind === 'io');
  }
}

t.test('a disk that fails while damage is measured costs its directory, not the node', async (t) => {
  const flipped = { damage: (disk: FakeDisk) => disk.flipBit(FIRST, BATCH_BYTES * 3 + 80), ends: 'CORRUPT_MESSAGE' };
  // The end of its file is gone.
  const lost = {
    damage: (disk: FakeDisk) => disk.put(FIRST, disk.bytesOf(FIRST).subarray(0, BATCH_BYTES * 9)),
    ends: 'CORRUPT_MESSAGE',
  };
  for (const kind of ['io', 'tooManyFiles'] as const) {
    const inFlipped = await failEach(t, kind, async (log) => log.read(3, 1, log.endOffset), flipped);
    const inLost = await failEach(t, kind, async (log) => log.read(9, 1, log.endOffset), lost);
    t.ok(inFlipped > 4 && inLost > 2, `${inFlipped} and ${inLost} reads`);
  }
});

t.test('a disk that cannot be read is given up by whatever else reads it', async (t) => {
  const all = logConfig({ segmentBytes: 2000, indexIntervalBytes: 300, minCleanableDirtyRatio: 0 });
  const compacted = { ...all, cleanupCompact: true, cleanupDelete: false };
  const uses: Array<readonly [string, LogConfig, (log: PartitionLog) => Promise<unknown>]> = [
    ['the scrub', all, (log) => log.scrubSlice(1 << 20)],
    ['a look for what to compact', { ...compacted, minCompactionLagMs: 1 }, (log) => log.findCleanable(LATER)],
    ['compaction', compacted, (log) => log.compact(LATER, 1 << 20)],
    ['a search by time', all, (log) => log.offsetForTimestamp(1_700_000_000_000, log.endOffset)],
    ['a search for the greatest time', all, (log) => log.offsetForTimestamp(MAX_TIMESTAMP, log.endOffset)],
    ['retention', { ...all, retentionMs: 1e9 }, (log) => log.applyRetention(LATER)],
  ];
  for (const [what, config, use] of uses) {
    const readsOf = await failEach(t, 'io', use, { config });
    t.ok(readsOf > 0, `${what}: ${readsOf} reads`);
    t.equal(await failEach(t, 'tooManyFiles', use, { config }), readsOf, `${what}, without a free file handle`);
  }
});

t.test('a disk that fails while damage is given up is given up itself', async (t) => {
  const damage = (disk: FakeDisk): void => disk.flipBit(FIRST, BATCH_BYTES * 3 + 80);
  const find = async (log: PartitionLog): Promise<void> => {
    try {
      await log.read(3, 1, log.endOffset);
    } catch (error) {
      if (log.damagedRanges.length === 0) throw error;
    }
  };
  const giveUp = async (log: PartitionLog): Promise<void> => {
    await find(log);
    const ranges = log.damagedRanges.map((range) => ({ ...range, batches: [] }));
    t.same(await log.giveUp(ranges, () => true), [{ fromOffset: 3, toOffset: 4 }]);
  };
  const toFind = await failEach(t, 'io', find, { damage });
  const inAll = await failEach(t, 'io', giveUp, { damage });
  t.ok(inAll > toFind, `${inAll - toFind} reads of what is not damaged`);
});

t.test('an unreadable sector does not hide from the scrub what is behind it', async (t) => {
  const { disk, log, offline } = await openedAgain(CONFIG, () => {});
  const [, second = ''] = disk.paths('/data/t-0/').filter((path) => path.endsWith('.log'));
  disk.fault = (call, path) => (call === 'read' && path === second ? 'io' : undefined);
  const scrub = async (): Promise<void> => {
    while (!(await log.scrubSlice(500)));
  };
  await t.rejects(scrub(), { code: 'KAFKA_STORAGE_ERROR' });
  t.equal(offline(), 1, 'the directory is given up, and others serve its partitions');
});

t.test('what fails since its file went is no failure of the disk', async (t) => {
  const config = logConfig({
    segmentBytes: 2000,
    indexIntervalBytes: 300,
    cleanupCompact: true,
    minCompactionLagMs: 1,
    retentionMs: Infinity,
  });
  const random = new Seeded(1);
  let inVain = 0;
  for (let steps = 0; steps < 20; steps++) {
    const { disk, log, offline } = await openedAgain(config, () => {});
    disk.manual = true;
    const looks = [log.findCleanable(LATER), log.scrubSlice(1 << 20)].map((look) => look.catch(() => inVain++));
    for (let step = 0; step < steps; step++) {
      await settle(20);
      disk.runOne(random);
    }
    disk.manual = false;
    log.setConfig({ ...config, retentionBytes: 0 });
    t.ok((await log.applyRetention(LATER)).segments > 2);
    while (disk.runOne(random)) await settle(20);
    await Promise.all(looks);
    t.equal(offline(), 0, `after ${steps} calls`);
  }
  t.ok(inVain > 2, `${inVain} looks found their files gone`);
});

t.test('nor is what looks for the files of a log that was deleted', async (t) => {
  const random = new Seeded(1);
  let inVain = 0;
  for (let steps = 0; steps < 20; steps++) {
    const { disk, log, offline } = await openedAgain(CONFIG, () => {});
    // Within a segment: its first batches are looked at, too.
    log.deleteRecordsBefore(5);
    disk.manual = true;
    const look = log.offsetForTimestamp(MAX_TIMESTAMP, log.endOffset).catch(() => inVain++);
    for (let step = 0; step < steps; step++) {
      await settle(20);
      disk.runOne(random);
    }
    disk.manual = false;
    await log.discard();
    await disk.removeTree('/data/t-0');
    while (disk.runOne(random)) await settle(20);
    await look;
    t.equal(offline(), 0, `after ${steps} calls`);
  }
  t.ok(inVain > 2, `${inVain} looks found their files gone`);
});
