import t from 'tap';
import type { PartitionLog } from '../../src/log/partition-log.js';
import { BatchBuilder } from '../../src/record/batch-builder.js';
import { records } from '../../src/record/record-cursor.js';
import { crashAtEachStep, type CrashTrial } from './crash-steps.js';
import type { FakeDisk } from './fake-disk.js';
import { logConfig, openDirectory, readAll, TOPIC_ID } from './support.js';

const CONFIG = logConfig({
  segmentBytes: 600,
  cleanupCompact: true,
  cleanupDelete: false,
  minCleanableDirtyRatio: 0,
});
const FILLER = 'x'.repeat(400);

/** What the leader sent: its cleaner had been through it, and set the tombstone's time. */
function appendCopy(log: PartitionLog, key: string, value: string | null): void {
  const builder = new BatchBuilder();
  const horizon = value === null ? { deleteHorizonMs: 1 } : {};
  builder.reset({ baseOffset: log.endOffset, leaderEpoch: 0, ...horizon });
  builder.append(1_700_000_000_000, key, value, [{ key: 'filler', value: FILLER }]);
  log.appendAsFollower(builder.detach());
}

async function values(log: PartitionLog): Promise<Array<readonly [string, string]>> {
  const latest = new Map<string, string>();
  for (const batch of await readAll(log)) {
    for (const { key, value } of records(batch)) {
      if (value === null) latest.delete(`${key}`);
      else latest.set(`${key}`, `${value}`);
    }
  }
  return [...latest].sort();
}

t.test('no crash brings back what a tombstone deleted that went in the same compaction', async (t) => {
  const prepare = async (disk: FakeDisk, step: number): Promise<CrashTrial> => {
    const { directory, clock } = await openDirectory(disk.mount(), { cacheBytes: 0 });
    const log = await directory.openLog('t', 0, TOPIC_ID, CONFIG);
    // A segment each. Nothing stays of the second and the third, which are exchanged together with the first.
    appendCopy(log, 'stays', 'value');
    appendCopy(log, 'deleted', 'value');
    appendCopy(log, 'deleted', null);
    appendCopy(log, 'last', 'value');
    appendCopy(log, 'active', 'value');
    await log.flush();
    t.equal(log.segmentCount, 5);
    log.updateHighWatermark(log.endOffset);
    log.setConfig({ ...CONFIG, segmentBytes: 1500 });
    await directory.checkpoint();
    const before = await values(log);
    const check = async (): Promise<void> => {
      const again = await openDirectory(disk.mount(), { cacheBytes: 0 });
      const reopened = await again.directory.openLog('t', 0, TOPIC_ID, CONFIG);
      t.same(await values(reopened), before, `crash after ${step} calls`);
      t.equal(reopened.endOffset, 5);
      reopened.updateHighWatermark(reopened.endOffset);
      await reopened.compact(clock.wallMs(), 1 << 20);
      t.same(await values(reopened), before, `crash after ${step} calls, compacted again`);
    };
    return { work: () => log.compact(clock.wallMs(), 1 << 20), check };
  };
  for (let seed = 0; seed < 4; seed++) t.ok((await crashAtEachStep({ how: 'mix', seed, prepare })) > 20);
});
