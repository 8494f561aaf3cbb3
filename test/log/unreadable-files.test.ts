import t, { type Test } from 'tap';
import { VarveError } from '../../src/common/errors.js';
import type { LogConfig } from '../../src/log/log-config.js';
import type { PartitionLog } from '../../src/log/partition-log.js';
import type { FileSystemErrorKind } from '../../src/platform/file-system.js';
import { FakeDisk } from './fake-disk.js';
import { logConfig, makeBatch, openDirectory, TOPIC_ID } from './support.js';

const CONFIG = logConfig({ segmentBytes: 2000, indexIntervalBytes: 300 });
const FIRST = '/data/t-0/00000000000000000000.log';
const BATCH_BYTES = makeBatch({ valueBytes: 100 }).length;

/** A log of several segments after a clean stop, with nothing in memory. */
async function openedAgain(
  config: LogConfig,
  damage: (disk: FakeDisk) => void,
): Promise<{ disk: FakeDisk; log: PartitionLog; offline: () => number }> {
  const disk = new FakeDisk();
  const first = await openDirectory(disk, { cacheBytes: 0 });
  const written = await first.directory.openLog('t', 0, TOPIC_ID, config);
  for (let index = 0; index < 30; index++) written.appendAsLeader(makeBatch({ valueBytes: 100, fill: index }), 0);
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
