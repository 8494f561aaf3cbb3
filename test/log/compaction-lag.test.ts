import t from 'tap';
import type { PartitionLog } from '../../src/log/partition-log.js';
import { BatchBuilder } from '../../src/record/batch-builder.js';
import { NO_TIMESTAMP } from '../../src/record/batch-header.js';
import { FakeDisk } from './fake-disk.js';
import { logConfig, ManualClock, openDirectory, TOPIC_ID } from './support.js';

const LAG_MS = 10_000;
const CONFIG = logConfig({
  segmentBytes: 1000,
  cleanupCompact: true,
  cleanupDelete: false,
  maxCompactionLagMs: LAG_MS,
});

/** Two of them fit a segment of `CONFIG`. */
async function append(log: PartitionLog, timestamps: readonly number[]): Promise<void> {
  for (const timestamp of timestamps) {
    const builder = new BatchBuilder();
    builder.reset({});
    builder.append(timestamp, 'key', 'x'.repeat(400));
    log.appendAsLeader(builder.detach(), 0);
  }
  await log.flush();
  log.updateHighWatermark(log.endOffset);
}

async function isOverdue(log: PartitionLog, nowMs: number): Promise<boolean | undefined> {
  return (await log.findCleanable(nowMs))?.isOverdue;
}

t.test('a first batch without a timestamp makes no log overdue', async (t) => {
  const { directory, clock } = await openDirectory(new FakeDisk());
  const log = await directory.openLog('t', 0, TOPIC_ID, CONFIG);
  const startMs = clock.wallMs();
  await append(log, [NO_TIMESTAMP, startMs, NO_TIMESTAMP, startMs, startMs]);
  t.equal(log.segmentCount, 3);
  t.equal(await isOverdue(log, startMs + LAG_MS - 1), false);
  t.equal(await isOverdue(log, startMs + 10 * LAG_MS), false, 'the third segment is the active one');
  await directory.close();
});

t.test('any dirty segment that is too old makes its log overdue, after a restart as well', async (t) => {
  const disk = new FakeDisk();
  const clock = new ManualClock();
  const startMs = clock.wallMs();
  const first = await openDirectory(disk, { clock });
  const written = await first.directory.openLog('t', 0, TOPIC_ID, CONFIG);
  // Of a segment of old records the first batch tells, not the latest one.
  await append(written, [NO_TIMESTAMP, startMs, startMs, startMs + 5000, startMs + 5000]);
  t.equal(await isOverdue(written, startMs + LAG_MS), false);
  t.equal(await isOverdue(written, startMs + LAG_MS + 1), true);
  await first.directory.close();

  const second = await openDirectory(disk, { clock });
  const log = await second.directory.openLog('t', 0, TOPIC_ID, CONFIG);
  log.updateHighWatermark(log.endOffset);
  t.equal(await isOverdue(log, startMs + LAG_MS), false);
  t.equal(await isOverdue(log, startMs + LAG_MS + 1), true);
  await second.directory.close();
});

t.test(
  'the active segment of a compacted log is rolled by when its records are due, after a restart as well',
  async (t) => {
    const disk = new FakeDisk();
    const clock = new ManualClock();
    const startMs = clock.wallMs();
    const large = { ...CONFIG, segmentBytes: 1 << 20 };
    const first = await openDirectory(disk, { clock });
    const log = await first.directory.openLog('t', 0, TOPIC_ID, large);
    await append(log, [startMs, startMs + LAG_MS]);
    t.equal(log.segmentCount, 1);
    await append(log, [startMs + LAG_MS + 1]);
    t.equal(log.segmentCount, 2);
    t.equal(await isOverdue(log, startMs + LAG_MS + 1), true, 'and what was in it can be compacted');
    await first.directory.close();

    const second = await openDirectory(disk, { clock });
    const reopened = await second.directory.openLog('t', 0, TOPIC_ID, large);
    // The first append has the segment's first timestamp read.
    await append(reopened, [startMs + LAG_MS + 2, startMs + 2 * LAG_MS + 1]);
    t.equal(reopened.segmentCount, 2);
    await append(reopened, [startMs + 2 * LAG_MS + 2]);
    t.equal(reopened.segmentCount, 3);
    // Without compaction nothing is due.
    reopened.setConfig({ ...large, cleanupCompact: false });
    await append(reopened, [startMs + 9 * LAG_MS]);
    t.equal(reopened.segmentCount, 3);
    // A shorter segment.ms does not make way for a longer lag.
    reopened.setConfig({ ...large, segmentMs: LAG_MS / 2 });
    await append(reopened, [startMs + 9 * LAG_MS, startMs + 9 * LAG_MS + LAG_MS / 2]);
    t.equal(reopened.segmentCount, 4);
    await append(reopened, [startMs + 9 * LAG_MS + LAG_MS / 2 + 1]);
    t.equal(reopened.segmentCount, 5);
    await second.directory.close();
  },
);
