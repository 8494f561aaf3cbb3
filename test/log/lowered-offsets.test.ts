import t from 'tap';
import { BatchBuilder } from '../../src/record/batch-builder.js';
import type { PartitionLog } from '../../src/log/partition-log.js';
import { FakeDisk, Seeded } from './fake-disk.js';
import { logConfig, openDirectory, TOPIC_ID } from './support.js';

const CONFIG = logConfig({
  segmentBytes: 600,
  cleanupCompact: true,
  cleanupDelete: false,
  minCleanableDirtyRatio: 0,
});

async function append(log: PartitionLog, count: number, leaderEpoch: number): Promise<void> {
  for (let n = 0; n < count; n++) {
    const builder = new BatchBuilder();
    builder.reset({ baseOffset: log.endOffset, leaderEpoch });
    builder.append(1_700_000_000_000, `key ${n % 3}`, 'x'.repeat(200));
    log.appendAsFollower(builder.detach());
  }
  await log.flush();
}

t.test('a crash behind a truncation does not take what came in its place for committed, nor for clean', async (t) => {
  for (const [how, cut] of [
    ['within the log', 5],
    ['to its start', 0],
  ] as const) {
    const disk = new FakeDisk();
    const { directory, clock } = await openDirectory(disk.mount());
    const log = await directory.openLog('t', 0, TOPIC_ID, CONFIG);
    await append(log, 12, 1);
    log.updateHighWatermark(12);
    await log.compact(clock.wallMs(), 1 << 20);
    await directory.checkpoint();
    t.ok(log.cleanedOffset > 5, `${how}: it is clean up to ${log.cleanedOffset}`);

    await log.truncateTo(cut);
    await append(log, 12, 2);
    disk.crash(new Seeded(1), 'keepAll');
    const again = await openDirectory(disk.mount());
    const reopened = await again.directory.openLog('t', 0, TOPIC_ID, CONFIG);
    t.ok(reopened.endOffset >= 12, `${how}: what came is there`);
    t.ok(reopened.highWatermark <= cut, `${how}: committed up to ${reopened.highWatermark}`);
    t.ok(reopened.cleanedOffset <= cut, `${how}: clean up to ${reopened.cleanedOffset}`);
    await again.directory.close();
  }
});

t.test('a log that is cut below its start begins there, also by what is said to be stored', async (t) => {
  const { directory } = await openDirectory(new FakeDisk().mount());
  const log = await directory.openLog('t', 0, TOPIC_ID, logConfig());
  await append(log, 10, 1);
  log.updateHighWatermark(10);
  log.deleteRecordsBefore(6);
  await log.saveStartOffset();
  t.equal(log.savedStartOffset, 6);
  await log.truncateTo(3);
  t.equal(log.startOffset, 3);
  t.equal(log.savedStartOffset, 3);
  await directory.close();
});
