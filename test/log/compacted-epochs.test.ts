import t from 'tap';
import type { LogDirectory } from '../../src/log/log-directory.js';
import type { PartitionLog } from '../../src/log/partition-log.js';
import { BatchBuilder } from '../../src/record/batch-builder.js';
import { batchProducerId, batchRecordCount, NO_PRODUCER_ID } from '../../src/record/batch-header.js';
import { buildMarkerBatch } from '../../src/record/control-record.js';
import { divergence } from '../../src/replication/divergence.js';
import { FakeDisk, Seeded } from './fake-disk.js';
import type { ManualClock } from './support.js';
import { logConfig, makeBatch, openDirectory, readAll, TOPIC_ID } from './support.js';

// Followers are cut by where leader epochs begin. What compaction takes out of a log must not move these places.

const CHECKPOINT = '/data/t-0/leader-epoch-checkpoint';
const MEMORY = 1 << 20;
const CONFIG = logConfig({
  segmentBytes: 1500,
  indexIntervalBytes: 200,
  cleanupCompact: true,
  cleanupDelete: false,
  minCleanableDirtyRatio: 0,
  deleteRetentionMs: 1000,
});

interface Opened {
  readonly directory: LogDirectory;
  readonly clock: ManualClock;
  readonly log: PartitionLog;
}

async function open(disk: FakeDisk): Promise<Opened> {
  const { directory, clock } = await openDirectory(disk.mount(), { cacheBytes: 0 });
  return { directory, clock, log: await directory.openLog('t', 0, TOPIC_ID, CONFIG) };
}

function keyed(key: string, producer: { producerId?: number; isTransactional?: boolean } = {}): Buffer {
  const builder = new BatchBuilder();
  const numbered = producer.producerId === undefined ? {} : { producerEpoch: 0, baseSequence: 0 };
  builder.reset({ ...producer, ...numbered }).append(1_700_000_000_000, key, 'x'.repeat(20));
  return builder.detach();
}

async function compact({ log, clock }: Opened): Promise<void> {
  await log.flush();
  log.updateHighWatermark(log.endOffset);
  await log.compact(clock.wallMs(), MEMORY);
}

/** Ten records of epoch 1; epochs 2 and 3 overwrite a few keys again and again; all of that is compacted. */
async function compacted(disk: FakeDisk): Promise<Opened> {
  const opened = await open(disk);
  const { log } = opened;
  for (let index = 0; index < 10; index++) log.appendAsLeader(keyed(`old ${index}`), 1);
  for (let index = 0; index < 60; index++) log.appendAsLeader(keyed(`hot ${index % 3}`), index < 30 ? 2 : 3);
  await compact(opened);
  return opened;
}

/** A log that was made anew from the other. */
async function copyOf(log: PartitionLog): Promise<PartitionLog> {
  const copy = await open(new FakeDisk());
  for (const batch of await readAll(log)) copy.log.appendAsFollower(Buffer.from(batch));
  await copy.log.flush();
  return copy.log;
}

/** Nothing is left that would spare a recovery the batches: as after the recovery of a log of several segments. */
async function crashWithoutSnapshots(disk: FakeDisk): Promise<void> {
  for (const name of await disk.readDirectory('/data/t-0')) {
    if (name.endsWith('.snapshot')) await disk.unlink(`/data/t-0/${name}`);
  }
  await disk.syncDirectory('/data/t-0');
  disk.crash(new Seeded(1), 'keepAll');
}

t.test(
  'where an epoch begins is known by a copy and after a recovery, though its first records are gone',
  async (t) => {
    const disk = new FakeDisk();
    const first = await compacted(disk);
    const epochs = [...first.log.epochs];
    t.same(epochs, [
      { epoch: 1, startOffset: 0 },
      { epoch: 2, startOffset: 10 },
      { epoch: 3, startOffset: 40 },
    ]);
    const copy = await copyOf(first.log);
    t.same(copy.epochs, epochs);
    t.same(
      divergence(copy, 1, 13),
      { epoch: 1, endOffset: 10 },
      'a deposed leader with three records that were never committed is cut, not joined',
    );
    const sizeBytes = first.log.sizeBytes;
    for (let index = 0; index < 60; index++) first.log.appendAsLeader(keyed(`hot ${index % 3}`), 4);
    await compact(first);
    t.ok(first.log.sizeBytes < sizeBytes + 3000, 'compacted once more');
    const more = [...first.log.epochs];
    t.same((await copyOf(first.log)).epochs, more);
    t.same(more.slice(0, 3), epochs);

    await crashWithoutSnapshots(disk);
    const second = await open(disk);
    t.ok((second.log.recovery?.scannedSegments ?? 0) > 1);
    t.same(second.log.epochs, more);
    await second.directory.close();
    disk.put(CHECKPOINT, Buffer.from('no checkpoint'));
    const third = await open(disk);
    t.same(third.log.epochs, more, 'nor does it take the checkpoint');
    await third.directory.close();
  },
);

t.test('what marks the beginning of an epoch tells of no producer and no transaction', async (t) => {
  const opened = await open(new FakeDisk());
  const { log, clock } = opened;
  log.appendAsLeader(keyed('a'), 1);
  log.appendAsLeader(keyed('b', { producerId: 7, isTransactional: true }), 2);
  const marker = { producerId: 7, producerEpoch: 0, type: 'abort', coordinatorEpoch: 0, timestamp: 0 } as const;
  log.appendAsLeader(buildMarkerBatch(marker), 2, { origin: 'coordinator' });
  log.appendAsLeader(buildMarkerBatch({ ...marker, producerEpoch: 1 }), 3, { origin: 'coordinator' });
  for (let round = 0; round < 3; round++) {
    for (let index = 0; index < 30; index++) log.appendAsLeader(keyed(`hot ${index % 3}`), 3);
    await compact(opened);
    clock.advance(2000);
  }
  t.same(log.epochs.slice(0, 3), [
    { epoch: 1, startOffset: 0 },
    { epoch: 2, startOffset: 1 },
    { epoch: 3, startOffset: 3 },
  ]);
  const second = (await readAll(log))[1] ?? Buffer.alloc(61);
  t.equal(batchRecordCount(second, 0), 0);
  t.equal(batchProducerId(second, 0), NO_PRODUCER_ID);
  const copy = await copyOf(log);
  t.same(copy.epochs, log.epochs);
  t.equal(copy.lastStableOffset(copy.endOffset), copy.endOffset, 'nothing is open');
  await opened.directory.close();
});

t.test('an epoch that begins in a gap begins there after a recovery, too', async (t) => {
  for (const segmentEnds of [false, true]) {
    const disk = new FakeDisk();
    const first = await open(disk);
    for (let baseOffset = 0; baseOffset < 10; baseOffset++) {
      first.log.appendAsFollower(makeBatch({ baseOffset, leaderEpoch: 1 }));
    }
    first.log.beginEpoch(2);
    const valueBytes = segmentEnds ? 1200 : 10;
    for (const baseOffset of [57, 58]) {
      first.log.appendAsFollower(makeBatch({ baseOffset, leaderEpoch: 2, valueBytes }));
    }
    await first.log.flush();
    await first.directory.checkpoint();
    t.equal(first.log.segmentCount > 1, segmentEnds);
    const { epochs } = first.log;
    t.same(epochs[1], { epoch: 2, startOffset: 10 });
    await crashWithoutSnapshots(disk);
    const second = await open(disk);
    t.same(second.log.epochs, epochs);
    await second.directory.close();
  }
});

t.test('what is missing at the start of a log is of the epoch that it begins with', async (t) => {
  const disk = new FakeDisk();
  const first = await open(disk);
  await first.log.truncateFullyAndStartAt(100);
  for (const baseOffset of [157, 158]) first.log.appendAsFollower(makeBatch({ baseOffset, leaderEpoch: 5 }));
  await first.log.flush();
  await first.directory.checkpoint();
  t.same(first.log.epochs, [{ epoch: 5, startOffset: 100 }]);
  t.same(divergence(first.log, 4, 130), { epoch: 4, endOffset: 100 }, 'a tail of an earlier epoch there is cut');
  disk.put(CHECKPOINT, Buffer.from('no checkpoint'));
  disk.crash(new Seeded(1), 'keepAll');
  const second = await open(disk);
  t.same(second.log.epochs, [{ epoch: 5, startOffset: 100 }]);
  await second.directory.close();
});

t.test('an epoch that was cut out of a log is not back in the gap of the later one', async (t) => {
  const disk = new FakeDisk();
  const first = await open(disk);
  for (let baseOffset = 0; baseOffset < 10; baseOffset++) {
    first.log.appendAsFollower(makeBatch({ baseOffset, leaderEpoch: baseOffset < 6 ? 5 : 6 }));
  }
  await first.log.flush();
  await first.directory.checkpoint();
  // The leader of epoch 7 has nothing of 6; what it had of 5 up to 20 is compacted away.
  await first.log.truncateTo(6);
  first.log.appendAsFollower(makeBatch({ baseOffset: 20, leaderEpoch: 7 }));
  await first.log.flush();
  const { epochs } = first.log;
  t.same(divergence(first.log, 6, 9), { epoch: 5, endOffset: 20 });
  await crashWithoutSnapshots(disk);
  const second = await open(disk);
  t.same(second.log.epochs, epochs);
  await second.directory.close();
});

// SEED=92193 SECONDS=60, at that time: it refused its leader for good.
t.test('what a recovery does not find takes its epochs along', async (t) => {
  const batches = [0, 1, 57].map((baseOffset) => makeBatch({ baseOffset, leaderEpoch: baseOffset < 57 ? 1 : 6 }));
  for (const left of [0, 1]) {
    const disk = new FakeDisk();
    const first = await open(disk);
    for (const batch of batches) first.log.appendAsFollower(Buffer.from(batch));
    await first.log.flush();
    await first.directory.checkpoint();
    // A disk that had said it was synced.
    disk.put('/data/t-0/00000000000000000000.log', Buffer.concat(batches.slice(0, left)));
    await crashWithoutSnapshots(disk);
    const second = await open(disk);
    t.equal(second.log.endOffset, left);
    t.same(second.log.epochs, left === 0 ? [] : [{ epoch: 1, startOffset: 0 }]);
    for (const batch of batches.slice(left)) second.log.appendAsFollower(Buffer.from(batch));
    t.same(second.log.epochs, first.log.epochs);
    await second.directory.close();
  }
});
