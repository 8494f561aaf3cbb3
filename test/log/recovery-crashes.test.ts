import t from 'tap';
import { batchBaseOffset, batchNextOffset } from '../../src/record/batch-header.js';
import { FakeDisk, Seeded } from './fake-disk.js';
import { logConfig, makeBatch, openDirectory, readAll, TOPIC_ID } from './support.js';

const CONFIG = logConfig({ segmentBytes: 600, indexIntervalBytes: 100 });

/** A log of several segments with a flipped bit in its second, none of them below a recovery point. */
async function damagedDisk(): Promise<FakeDisk> {
  const disk = new FakeDisk();
  const { directory } = await openDirectory(disk.mount());
  const log = await directory.openLog('t', 0, TOPIC_ID, CONFIG);
  for (let index = 0; index < 30; index++) log.appendAsLeader(makeBatch({ valueBytes: 60, fill: index }), 0);
  await log.flush();
  t.ok(log.segmentCount > 4);
  disk.crash(new Seeded(1), 'keepAll');
  disk.flipBit(secondSegment(disk), 3 * makeBatch({ valueBytes: 60 }).length - 20);
  return disk;
}

function secondSegment(disk: FakeDisk): string {
  const pathOf = (offset: number): string => `/data/t-0/${String(offset).padStart(20, '0')}.log`;
  let offset = 1;
  while (!disk.exists(pathOf(offset))) offset++;
  return pathOf(offset);
}

// SEED=81011 SECONDS=6 NODES=5, at that time: the disk failed after recovery had cut a segment and before it had removed
// those behind it; the next recovery took them for the rest of the log, with a hole before them.
t.test('a crash at any step of a recovery that cuts leaves no hole in the log', async (t) => {
  for (let failAt = 0, failed = true; failed; failAt++) {
    const disk = await damagedDisk();
    let calls = 0;
    failed = false;
    disk.fault = (call) => {
      if (call === 'read' || call === 'open' || calls++ < failAt) return undefined;
      failed = true;
      return 'io';
    };
    const open = async (): Promise<{ end: number; read: Buffer[]; marked: boolean }> => {
      const { directory } = await openDirectory(disk.mount(), { cacheBytes: 0 });
      const log = await directory.openLog('t', 0, TOPIC_ID, CONFIG);
      return { end: log.endOffset, read: await readAll(log), marked: log.truncatedByRecovery };
    };
    await open().catch(() => undefined);
    disk.fault = undefined;
    disk.crash(new Seeded(failAt), failAt % 2 === 0 ? 'keepAll' : 'mix');
    const { end, read, marked } = await open();
    let expected = 0;
    for (const batch of read) {
      t.equal(batchBaseOffset(batch, 0), expected, `call ${failAt} fails`);
      expected = batchNextOffset(batch, 0);
    }
    t.equal(expected, end, `call ${failAt} fails: the log is whole up to its end`);
    t.ok(marked, `call ${failAt} fails: it says that it was cut`);
  }
});
