import t from 'tap';
import { SYNC_FAILED_MARK } from '../../src/log/file-names.js';
import type { PartitionLog } from '../../src/log/partition-log.js';
import type { File, FileSystem } from '../../src/platform/file-system.js';
import { FakeDisk, Seeded } from './fake-disk.js';
import { logConfig, makeBatch, openDirectory, readAll, TOPIC_ID } from './support.js';

const LOG = '/data/t-0/00000000000000000000.log';
/** Several index entries and several chunks of a walk over headers. */
const BATCHES = 60;
const CONFIG = logConfig({ indexIntervalBytes: 400 });

/** Whether this read of the log's file, of so many bytes from there on, gives the bytes of another place. */
type IsAstray = (read: number, position: number, length: number) => boolean;

/** The disk with reads of the segment's file that go astray, counted from the last call of `begin`. */
function astrayDisk(disk: FileSystem): { fileSystem: FileSystem; begin: (isAstray: IsAstray) => void; reads: number } {
  let isAstray: IsAstray = () => false;
  const astray = {
    reads: 0,
    begin: (which: IsAstray): void => {
      astray.reads = 0;
      isAstray = which;
    },
    fileSystem: undefined as unknown as FileSystem,
  };
  const wrapped = (file: File): File => ({
    read: async (buffer, position) => {
      const elsewhere = isAstray(astray.reads++, position, buffer.length);
      const length = await file.read(buffer, position);
      if (elsewhere) await file.read(buffer.subarray(0, length), Math.max(0, position - 1_234) + 77);
      return length;
    },
    write: (buffers, position) => file.write(buffers, position),
    sync: () => file.sync(),
    truncate: (sizeBytes) => file.truncate(sizeBytes),
    sizeBytes: () => file.sizeBytes(),
    close: () => file.close(),
  });
  astray.fileSystem = {
    maxOpenDescriptors: Infinity,
    open: async (path, mode) => (path === LOG ? wrapped(await disk.open(path, mode)) : disk.open(path, mode)),
    readFile: (path) => disk.readFile(path),
    stat: (path) => disk.stat(path),
    readDirectory: (path) => disk.readDirectory(path),
    makeDirectory: (path) => disk.makeDirectory(path),
    rename: (from, to) => disk.rename(from, to),
    unlink: (path) => disk.unlink(path),
    removeTree: (path) => disk.removeTree(path),
    syncDirectory: (path) => disk.syncDirectory(path),
    lockDirectory: (path) => disk.lockDirectory(path),
    freeBytes: (path) => disk.freeBytes(path),
  };
  return astray;
}

async function fill(log: PartitionLog, from = 0, to = BATCHES): Promise<Buffer[]> {
  for (let index = from; index < to; index++) {
    const options = { valueBytes: 60, fill: index, producerId: 7, producerEpoch: 0, baseSequence: index };
    log.appendAsLeader(makeBatch(options), 0);
  }
  await log.flush();
  return readAll(log);
}

// SEED=5083 SECONDS=6, at that time: a wrong read made a truncation to offset 78 cut the file at the batch of offset 67.
t.test('a truncation cuts where its offset is, whichever of its reads goes astray', async (t) => {
  for (let which = 0; which < 8; which++) {
    const disk = new FakeDisk();
    const astray = astrayDisk(disk.mount());
    const { directory } = await openDirectory(astray.fileSystem, { cacheBytes: 0 });
    const log = await directory.openLog('t', 0, TOPIC_ID, CONFIG);
    const sent = await fill(log);
    const at = `read ${which} goes astray`;
    astray.begin((read) => read === which);
    await log.truncateTo(41);
    t.ok(astray.reads > 0, 'the truncation reads the file');
    astray.begin(() => false);
    t.equal(log.endOffset, 41, at);
    t.same(log.damagedRanges, [], at);
    t.same(await readAll(log), sent.slice(0, 41), at);
    t.equal(log.producerState.producers.get(7)?.lastSequence, 40, `${at}: the producer goes on where it was cut`);
    log.appendAsLeader(makeBatch({ valueBytes: 9 }), 3);
    await log.flush();
    disk.crash(new Seeded(1), 'keepAll');
    const again = await openDirectory(disk.mount(), { cacheBytes: 0 });
    const reopened = await again.directory.openLog('t', 0, TOPIC_ID, CONFIG);
    t.match(reopened.recovery, { endOffset: 42, damaged: [], truncatedBytes: 0 }, at);
    t.same(reopened.epochs, [
      { epoch: 0, startOffset: 0 },
      { epoch: 3, startOffset: 41 },
    ]);
  }
});

t.test('a disk that cannot be read is not cut by guess, nor are its producers guessed', async (t) => {
  const size = makeBatch({ valueBytes: 60, producerId: 7 }).length;
  // Where the walk to the cut begins, by the index; and where the replay of the producers does, behind a snapshot: it reads
  // more at once than who looks for that place.
  for (const { what, from, cut, leastBytes } of [
    { what: 'the walk to the cut', from: 40, cut: 41, leastBytes: 1_000 },
    { what: 'the replay of the producers', from: 20, cut: 119, leastBytes: 10_000 },
  ]) {
    const disk = new FakeDisk();
    const first = await openDirectory(disk.mount(), { cacheBytes: 0 });
    const sent = await fill(await first.directory.openLog('t', 0, TOPIC_ID, CONFIG), 0, 20);
    await first.directory.close();
    const astray = astrayDisk(disk.mount());
    const { directory } = await openDirectory(astray.fileSystem, { cacheBytes: 0 });
    const log = await directory.openLog('t', 0, TOPIC_ID, CONFIG);
    await fill(log, 20, 120);
    let misread = 0;
    astray.begin((_, position, length) => {
      const isIt = position === from * size && length > leastBytes;
      if (isIt) misread++;
      return isIt;
    });
    await t.rejects(log.truncateTo(cut), { code: 'KAFKA_STORAGE_ERROR', message: /was read wrong at byte/ }, what);
    t.ok(misread >= 10, `${what}: ${misread} reads`);
    t.ok(log.offline);
    await directory.close();
    astray.begin(() => false);
    const again = await openDirectory(disk.mount(), { cacheBytes: 0 });
    const reopened = await again.directory.openLog('t', 0, TOPIC_ID, CONFIG);
    t.ok(reopened.recovery !== undefined, `${what}: nothing of it is trusted at the next start`);
    t.same(await readAll(reopened), [...sent, ...(await readAll(reopened)).slice(20)]);
    t.equal(reopened.producerState.producers.get(7)?.lastSequence, reopened.endOffset - 1, what);
  }
});

t.test('a read that goes astray during recovery cuts nothing and marks nothing', async (t) => {
  for (let which = 0; which < 6; which++) {
    const disk = new FakeDisk();
    const first = await openDirectory(disk.mount());
    const sent = await fill(await first.directory.openLog('t', 0, TOPIC_ID, CONFIG));
    disk.crash(new Seeded(1), 'keepAll');
    const astray = astrayDisk(disk.mount());
    astray.begin((read) => read === which);
    const { directory } = await openDirectory(astray.fileSystem, { cacheBytes: 0 });
    const log = await directory.openLog('t', 0, TOPIC_ID, CONFIG);
    astray.begin(() => false);
    t.match(log.recovery, { endOffset: BATCHES, truncatedBytes: 0, damaged: [] }, `read ${which}`);
    t.notOk(log.truncatedByRecovery);
    t.same(await readAll(log), sent);
  }
});

// SEED=1795811588 SECONDS=4 with default settings, at that time: after a failed sync a start writes the segments anew, and
// one wrong read was in the copy for good.
t.test('a read that goes astray while a segment is written anew does not end up in the copy', async (t) => {
  for (let which = 0; which < 12; which++) {
    const disk = new FakeDisk();
    const first = await openDirectory(disk.mount());
    const sent = await fill(await first.directory.openLog('t', 0, TOPIC_ID, CONFIG));
    disk.crash(new Seeded(1), 'keepAll');
    const mark = await disk.mount().open(`/data/${SYNC_FAILED_MARK}`, 'createNew');
    await mark.close();
    const astray = astrayDisk(disk.mount());
    astray.begin((read) => read === which);
    const { directory } = await openDirectory(astray.fileSystem, { cacheBytes: 0 });
    const log = await directory.openLog('t', 0, TOPIC_ID, CONFIG);
    astray.begin(() => false);
    t.same(await readAll(log), sent, `read ${which}`);
  }
});

t.test('a read that goes astray is no damage: the place is read again', async (t) => {
  const disk = new FakeDisk();
  const astray = astrayDisk(disk.mount());
  const { directory } = await openDirectory(astray.fileSystem, { cacheBytes: 0 });
  const log = await directory.openLog('t', 0, TOPIC_ID, CONFIG);
  await fill(log);
  astray.begin((read) => read === 0);
  t.equal((await log.read(30, 1, BATCHES)).length, 1);
  t.ok(astray.reads > 1);
  t.same(log.damagedRanges, []);
  astray.begin((read) => read === 0);
  t.equal(await log.scrubSlice(1 << 20), false, 'the scrubber looks at the place again');
  t.equal(await log.scrubSlice(1 << 20), true);
  t.same(log.damagedRanges, []);
});

// SEED=3 SECONDS=60, at that time: damage in one batch was taken for damage of all that follows, and nobody could mend it.
t.test(
  'damage is as long as it is, and none where there is none, whichever reads of its measure go astray',
  async (t) => {
    for (const isDamaged of [false, true]) {
      for (let which = 1; which < 10; which++) {
        const disk = new FakeDisk();
        const astray = astrayDisk(disk.mount());
        const { directory } = await openDirectory(astray.fileSystem, { cacheBytes: 0 });
        const log = await directory.openLog('t', 0, TOPIC_ID, CONFIG);
        const before = (await fill(log)).slice(0, 30).reduce((sum, batch) => sum + batch.length, 0);
        if (isDamaged) disk.flipBit('/data/t-0/00000000000000000000.log', before + 70);
        astray.begin((read) => read === 0 || read === which);
        await Promise.resolve(log.read(30, 1, BATCHES)).catch(() => undefined);
        astray.begin(() => false);
        while (!(await log.scrubSlice(1 << 20)));
        const found = isDamaged ? [{ fromOffset: 30, toOffset: 31 }] : [];
        t.same(log.damagedRanges, found, `read ${which} goes astray, too`);
      }
    }
  },
);

// SEED=144 SECONDS=5, at that time: a topic that was made again adopted the segments of its namesake.
t.test('a small file that is read wrong once is not taken for absent', async (t) => {
  for (const name of ['partition.metadata', 'leader-epoch-checkpoint']) {
    const disk = new FakeDisk();
    const first = await openDirectory(disk.mount());
    const log = await first.directory.openLog('t', 0, TOPIC_ID, CONFIG);
    log.appendAsLeader(makeBatch(), 0);
    log.appendAsLeader(makeBatch(), 5);
    await log.flush();
    await first.directory.close();
    const { epochs } = log;
    const fileSystem = disk.mount();
    let wrong = 0;
    const open = (): ReturnType<typeof openDirectory> =>
      openDirectory({
        ...fileSystem,
        readFile: async (path) => {
          const content = await fileSystem.readFile(path);
          return path.endsWith(name) && wrong++ % 2 === 0 ? Buffer.concat([content.subarray(9), content]) : content;
        },
      });
    const { directory } = await open();
    t.match(await directory.findPartitions(), [{ topicId: TOPIC_ID }], name);
    await t.rejects(
      directory.openLog('t', 0, 'AAAAAAAAAAAAAAAAAAAAAQ', CONFIG),
      { code: 'INCONSISTENT_TOPIC_ID' },
      name,
    );
    t.same((await directory.openLog('t', 0, TOPIC_ID, CONFIG)).epochs, epochs, name);
    t.ok(wrong > 1);
    await directory.close();
  }
});
