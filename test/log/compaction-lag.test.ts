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
